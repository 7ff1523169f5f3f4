#include "content/slug.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <unicase.h>
#include <unictype.h>

static bool is_kept(uint32_t c)
{
    return c == '-' || c == '_' ||
           uc_is_general_category_withtable(
               c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_Pc);
}

struct str slug_of(struct arena *arena, struct str text)
{
    struct buf out = {0};
    text = str_trim(text);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        char bytes[4] = {0};
        if (c == ' ')
            buf_char(&out, '-');
        else if (ascii_is_alpha((int)c))
            buf_char(&out, ascii_lower((int)c));
        else if (is_kept(c))
            buf_put(&out, bytes, utf8_encode(uc_tolower(c), bytes));
    }
    struct str slug = out.n ? str_copy(arena, buf_slice(&out)) : STR("section");
    buf_free(&out);
    return slug;
}

/* How often a slug was asked for, kept as its value in the map. */
struct slug_use {
    size_t count;
};

struct str slug_unique(struct arena *arena, struct map *used, struct str slug)
{
    struct slug_use *use = map_get(used, slug);
    struct str unique = slug;
    while (use && map_get(used, unique))
        unique = str_printf(arena, "%.*s-%zu", STR_FMT(slug), ++use->count);
    map_put(arena, used, unique, ARENA_NEW(arena, struct slug_use));
    return unique;
}
