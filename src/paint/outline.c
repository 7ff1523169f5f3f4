#include "paint/outline.h"

#include "paint/links.h"
#include "paint/syntax.h"

/* An entry; the first stands for the outline itself. Others are given by their index, 0 = none. */
struct entry {
    const struct doc_node *heading;
    int level, object;
    size_t parent, first, last, previous, next;
    size_t beneath; /* entries beneath it, all of them open */
};

struct entries {
    struct entry *at;
    size_t n;
};

static struct entries find_headings(
    struct arena *arena, const struct document *document, const struct survey *survey)
{
    VEC(struct entry) list = {0};
    vec_push(arena, &list, (struct entry){0});
    for (const struct doc_node *node = document->root; node; node = doc_next(node, document->root))
        if (node->kind == DOC_HEADING && survey->places[node->id].shown)
            vec_push(arena, &list, (struct entry){.heading = node, .level = node->heading.level});
    return (struct entries){list.at, list.n};
}

static void nest(struct entries entries)
{
    for (size_t i = 1, open = 0; i < entries.n; open = i++) {
        struct entry *entry = &entries.at[i];
        while (entries.at[open].level >= entry->level && open)
            open = entries.at[open].parent;
        struct entry *parent = &entries.at[open];
        entry->parent = open;
        entry->previous = parent->last;
        if (parent->last)
            entries.at[parent->last].next = i;
        else
            parent->first = i;
        parent->last = i;
    }
    for (size_t i = entries.n - 1; i > 0; i--)
        entries.at[entries.at[i].parent].beneath += entries.at[i].beneath + 1;
}

static void put_link(const struct entries entries, const char *key, size_t other, struct buf *out)
{
    if (!other)
        return;
    buf_text(out, key);
    syntax_ref(out, entries.at[other].object);
}

static void put_title(const struct doc_node *heading, struct buf *out)
{
    struct buf text = {0};
    doc_public_text(heading, &text);
    buf_text(out, "/Title ");
    syntax_text(out, str_trim(buf_slice(&text)));
    buf_free(&text);
}

int outline_write(struct arena *arena, struct writer *writer, const struct document *document,
    const struct survey *survey, double page_height)
{
    struct entries entries = find_headings(arena, document, survey);
    if (entries.n == 1)
        return 0;
    nest(entries);
    for (size_t i = 0; i < entries.n; i++)
        entries.at[i].object = writer_reserve(writer);
    struct buf out = {0};
    for (size_t i = 0; i < entries.n; i++) {
        const struct entry *entry = &entries.at[i];
        buf_clear(&out);
        if (entry->heading) {
            put_title(entry->heading, &out);
            buf_printf(&out, " /Parent %d 0 R", entries.at[entry->parent].object);
            links_put_destination(writer, &survey->places[entry->heading->id], page_height, &out);
        } else {
            buf_text(&out, "/Type /Outlines");
        }
        put_link(entries, " /Prev ", entry->previous, &out);
        put_link(entries, " /Next ", entry->next, &out);
        put_link(entries, " /First ", entry->first, &out);
        put_link(entries, " /Last ", entry->last, &out);
        if (entry->beneath)
            buf_printf(&out, " /Count %zu", entry->beneath);
        writer_set(writer, entry->object, buf_slice(&out));
    }
    buf_free(&out);
    return entries.at[0].object;
}
