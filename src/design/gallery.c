#include "design/gallery.h"

#include "base/file.h"
#include "base/map.h"
#include "design/tone.h"

#include <stdlib.h>

enum { MUCH = 16 * 1024 * 1024 };

struct hung {
    struct hash128 hash; /* of the file */
    const struct picture *picture;
};

struct gallery {
    struct arena *arena;
    struct map hung; /* by tone, language and path */
};

struct gallery *gallery_new(void)
{
    struct gallery *gallery = calloc(1, sizeof *gallery);
    if (!gallery)
        out_of_memory();
    gallery->arena = arena_new();
    return gallery;
}

void gallery_free(struct gallery *gallery)
{
    if (!gallery)
        return;
    arena_free(gallery->arena);
    free(gallery);
}

void gallery_trim(struct gallery *gallery)
{
    if (arena_used(gallery->arena) <= MUCH)
        return;
    arena_free(gallery->arena);
    gallery->arena = arena_new();
    gallery->hung = (struct map){0};
}

/* Is the file what it was when its picture was decoded? What is wrong with it otherwise, picture_read tells.
 */
static bool is_unchanged(const struct hung *hung, struct diags *diags, const char *path)
{
    struct arena *scratch = arena_new();
    struct diags ignored = diags_new(scratch);
    struct str bytes;
    bool same = file_read(scratch, &ignored, (struct pos){0}, path, FILE_LIMIT, &bytes) &&
                hash128_eq(hash128_of(bytes), hung->hash);
    if (same)
        trace_hash(diags->trace, path, hung->hash);
    arena_free(scratch);
    return same;
}

const struct picture *gallery_picture(struct gallery *gallery, struct diags *diags, struct pos where,
    const char *path, struct str lang, enum picture_tone tone)
{
    struct arena *arena = gallery->arena;
    const char *key = arena_printf(diags->arena, "%d %.*s %s", (int)tone, STR_FMT(lang), path);
    struct hung *hung = map_get(&gallery->hung, str_from(key));
    if (hung && is_unchanged(hung, diags, path))
        return hung->picture;
    size_t told = diags->list.n;
    struct hash128 hash;
    const struct picture *picture = picture_read(arena, diags, where, path, lang, &hash);
    if (picture)
        picture = tone_picture(arena, picture, tone);
    if (!picture || diags->list.n > told)
        return picture;
    hung = ARENA_NEW(arena, struct hung);
    *hung = (struct hung){hash, picture};
    map_put(arena, &gallery->hung, str_copy(arena, str_from(key)), hung);
    return picture;
}
