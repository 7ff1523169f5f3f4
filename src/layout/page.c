/* Pages as text, an item a line: what --dump=pages prints and the golden files hold. */
#include "layout/page.h"

static void put_number(struct buf *out, double value)
{
    buf_char(out, ' ');
    buf_number(out, value, 1);
}

static void put_color(struct buf *out, struct color color)
{
    buf_printf(out, " #%02x%02x%02x", color.r, color.g, color.b);
}

static void put_quoted(struct buf *out, struct str text)
{
    buf_text(out, " \"");
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7F)
            buf_printf(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void put_text(struct buf *out, const struct item *item)
{
    put_quoted(out, item->text.text);
    buf_printf(out, " %.*s", STR_FMT(item->text.font->ps_name));
    put_color(out, item->text.color);
}

static void put_shape(struct buf *out, const struct item *item)
{
    if (item->kind != ITEM_FILL) {
        buf_text(out, " width");
        put_number(out, item->shape.width);
    }
    if (item->shape.radius > 0) {
        buf_text(out, " radius");
        put_number(out, item->shape.radius);
    }
    put_color(out, item->shape.color);
}

/* The steps of the shape that a path repeats, if it does so more than twice: else all of them. */
static size_t repeated_shape(const struct item *item)
{
    const struct path_step *steps = item->path.steps;
    size_t count = item->path.step_count, size = 1;
    while (size < count && steps[size - 1].op != PATH_CLOSE)
        size++;
    for (; 3 * size <= count; size++) {
        size_t same = size;
        while (same < count && steps[same].op == steps[same - size].op)
            same++;
        if (same == count && count % size == 0)
            return size;
    }
    return count;
}

static void put_path(struct buf *out, const struct item *item)
{
    static const char ops[] = {[PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z'};
    const size_t most = 100; /* more are only counted */
    size_t shape = repeated_shape(item);
    if (item->path.filled)
        buf_text(out, item->path.even_odd ? " filled even-odd" : " filled");
    if (item->path.pen)
        buf_text(out, item->path.pen->dash_count ? " stroked dashed" : " stroked");
    buf_text(out, item->path.clipped ? " clipped " : " ");
    if (item->path.step_count > shape)
        buf_printf(out, "%zux", item->path.step_count / shape);
    if (shape > most)
        buf_printf(out, "%zu steps", shape);
    for (size_t i = 0; i < shape && shape <= most; i++)
        buf_char(out, ops[item->path.steps[i].op]);
    if (item->path.filled)
        put_color(out, item->path.fill);
    if (item->path.pen)
        put_color(out, item->path.pen->color);
}

static void put_item(struct buf *out, const struct item *item)
{
    static const char *const kinds[] = {[ITEM_TEXT] = "text",
        [ITEM_FILL] = "fill",
        [ITEM_FRAME] = "frame",
        [ITEM_LINE] = "line",
        [ITEM_PATH] = "path",
        [ITEM_IMAGE] = "image",
        [ITEM_LINK] = "link"};
    buf_printf(out, "  %s", kinds[item->kind]);
    put_number(out, item->x);
    put_number(out, item->y);
    put_number(out, item->w);
    put_number(out, item->h);
    switch (item->kind) {
    case ITEM_TEXT: put_text(out, item); break;
    case ITEM_FILL:
    case ITEM_FRAME:
    case ITEM_LINE: put_shape(out, item); break;
    case ITEM_PATH: put_path(out, item); break;
    case ITEM_IMAGE: buf_printf(out, " %zux%zu", item->picture->width, item->picture->height); break;
    case ITEM_LINK: break;
    }
    if (item->tag)
        buf_printf(out, " node %u", item->tag->id);
    buf_char(out, '\n');
}

size_t *pages_of_nodes(struct arena *arena, const struct pages *pages, size_t node_count)
{
    size_t *first = ARENA_ARRAY(arena, size_t, node_count);
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->at[p].item_count; i++)
            for (const struct doc_node *node = pages->at[p].items[i].tag; node && !first[node->id];
                 node = node->parent)
                first[node->id] = p + 1;
    return first;
}

void pages_dump(const struct pages *pages, struct buf *out)
{
    for (size_t p = 0; p < pages->n; p++) {
        buf_printf(out, "page %zu", p + 1);
        put_number(out, pages->width);
        put_number(out, pages->height);
        buf_char(out, '\n');
        for (size_t i = 0; i < pages->at[p].item_count; i++)
            put_item(out, &pages->at[p].items[i]);
    }
}
