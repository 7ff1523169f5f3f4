#include "paint/links.h"

#include "paint/syntax.h"

void links_put_destination(
    const struct writer *writer, const struct place *place, double page_height, struct buf *out)
{
    const double room_above = 6;
    double top = page_height - place->y + room_above;
    buf_text(out, " /Dest [");
    syntax_ref(out, writer_page(writer, place->page));
    buf_text(out, " /XYZ 0");
    syntax_point(out, top < page_height ? top : page_height);
    buf_text(out, " null]");
}

/* What a reader hears of a link before following it: its title, or its words; of a citation, the source. */
static void put_description(const struct doc_node *link, struct buf *out)
{
    const size_t longest = 300;
    struct buf text = {0};
    if (link->kind == DOC_LINK && link->link.title.n)
        buf_str(&text, link->link.title);
    else if (link->kind == DOC_CITATION && link->citation.target)
        doc_text(link->citation.target, &text);
    else
        doc_text(link, &text);
    struct str description = str_trim(buf_slice(&text));
    if (!description.n && link->kind == DOC_LINK)
        description = link->link.url; /* around a picture without words */
    size_t end = description.n < longest ? description.n : longest;
    while (end < description.n && ((unsigned char)description.p[end] & 0xC0) == 0x80)
        end++;
    buf_text(out, " /Contents ");
    syntax_text(out, str_slice(description, 0, end));
    buf_free(&text);
}

static void put_action(const struct links *links, const struct doc_node *link, struct buf *out)
{
    const struct doc_node *target = survey_target(link);
    if (target) {
        links_put_destination(links->writer, &links->survey->places[target->id], links->page_height, out);
        return;
    }
    buf_text(out, " /A <</S /URI /URI ");
    syntax_uri(out, link->link.url);
    buf_text(out, ">>");
}

static void put_rectangle(const struct links *links, const struct item *item, struct buf *out)
{
    double bottom = links->page_height - item->y - item->h;
    buf_text(out, " /Rect [");
    syntax_point(out, item->x);
    syntax_point(out, bottom);
    syntax_point(out, item->x + item->w);
    syntax_point(out, bottom + item->h);
    buf_char(out, ']');
}

static int write_link(const struct links *links, const struct item *item, size_t page, struct buf *out)
{
    int object = writer_reserve(links->writer);
    int key = tags_add_link(links->tags, item->tag, page, object);
    buf_clear(out);
    buf_text(out, "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /StructParent "); /* F 4: print */
    buf_int(out, key);
    put_rectangle(links, item, out);
    put_description(item->tag, out);
    put_action(links, item->tag, out);
    writer_set(links->writer, object, buf_slice(out));
    return object;
}

void links_write(const struct links *links, const struct page *page, size_t index, struct buf *entries)
{
    struct buf out = {0};
    bool any = false;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        /* A link within decoration has no element that could own it. */
        if (item->kind != ITEM_LINK || !item->tag || !links->survey->active[item->tag->id] ||
            !tags_owner(links->tags, item->tag))
            continue;
        buf_text(entries, any ? " " : " /Annots [");
        any = true;
        syntax_ref(entries, write_link(links, item, index, &out));
    }
    if (any)
        buf_char(entries, ']');
    buf_free(&out);
}
