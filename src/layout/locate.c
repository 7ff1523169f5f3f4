#include "layout/locate.h"

#include <string.h>

/* The page on which each line of a source shows first; 0 = on none. */
struct index {
    const struct source *source;
    size_t *pages; /* by line, from 1 */
};

struct indices {
    VEC(struct index) list;
};

static bool is_of_setting(const struct diag *diag)
{
    static const char *const codes[] = {"line-overfull", "table-too-wide", "glyph-missing"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(diag->code, codes[i]) == 0)
            return diag->line > 0;
    return false;
}

static struct index *index_of(struct arena *arena, struct indices *indices, const struct source *source)
{
    for (size_t i = 0; i < indices->list.n; i++)
        if (indices->list.at[i].source == source)
            return &indices->list.at[i];
    struct index index = {source, ARENA_ARRAY(arena, size_t, source->line_count + 1)};
    vec_push(arena, &indices->list, index);
    return &indices->list.at[indices->list.n - 1];
}

static void note_item(struct arena *arena, struct indices *indices, const struct item *item, size_t page)
{
    if (!item->tag || !item->tag->pos.source)
        return;
    struct index *index = index_of(arena, indices, item->tag->pos.source);
    size_t line = source_line_number(index->source, item->tag->pos.offset);
    if (!index->pages[line])
        index->pages[line] = page;
}

static size_t page_of(const struct indices *indices, const struct diag *diag)
{
    for (size_t i = 0; i < indices->list.n; i++) {
        const struct index *index = &indices->list.at[i];
        if (strcmp(index->source->path, diag->file) == 0 && diag->line <= index->source->line_count)
            return index->pages[diag->line];
    }
    return 0;
}

void locate_pages(struct arena *arena, struct diags *diags, size_t from, const struct pages *pages)
{
    struct indices indices = {0};
    bool indexed = false;
    for (size_t i = from; i < diags->list.n; i++) {
        struct diag *diag = &diags->list.at[i];
        if (!is_of_setting(diag) || !diag->file)
            continue;
        for (size_t p = 0; p < pages->n && !indexed; p++)
            for (size_t k = 0; k < pages->at[p].item_count; k++)
                note_item(arena, &indices, &pages->at[p].items[k], p + 1);
        indexed = true;
        size_t page = page_of(&indices, diag);
        if (page)
            diag->message = arena_printf(arena, "on page %zu, %s", page, diag->message);
    }
}
