#include "design/box.h"

static const char *const KINDS[] = {[BOX_STACK] = "stack",
    [BOX_TEXT] = "text",
    [BOX_CODE] = "code",
    [BOX_ITEM] = "item",
    [BOX_TABLE] = "table",
    [BOX_ROW] = "row",
    [BOX_PICTURE] = "picture",
    [BOX_PEOPLE] = "people",
    [BOX_LINES] = "lines",
    [BOX_RULE] = "rule",
    [BOX_BREAK] = "break"};

static void put_length(struct buf *out, const char *name, double value)
{
    if (value == 0)
        return;
    buf_printf(out, " %s=", name);
    buf_number(out, value, 2);
}

static void put_color(struct buf *out, const char *name, struct color color)
{
    buf_printf(out, " %s=#%02x%02x%02x", name, color.r, color.g, color.b);
}

static void put_text_style(struct buf *out, const struct text_style *style)
{
    buf_printf(out, " %.*s/", STR_FMT(style->font->ps_name));
    buf_number(out, style->size, 2);
    buf_char(out, '/');
    buf_number(out, style->leading, 2);
    put_color(out, "color", style->color);
    if (style->tabular)
        buf_text(out, " tabular");
    if (style->underline)
        buf_text(out, " underline");
}

static void put_box_style(struct buf *out, const struct box_style *style)
{
    put_length(out, "before", style->space_before);
    put_length(out, "after", style->space_after);
    put_length(out, "left", style->indent_left);
    put_length(out, "right", style->indent_right);
    put_length(out, "padding", style->padding);
    if (style->padding_sides != style->padding)
        put_length(out, "padding-sides", style->padding_sides);
    put_length(out, "measure", style->measure);
    if (style->columns > 1)
        buf_printf(out, " columns=%d", style->columns);
    put_length(out, "bar", style->bar.width);
    put_length(out, "above", style->above.width);
    put_length(out, "below", style->below.width);
    put_length(out, "border", style->border.width);
    put_length(out, "radius", style->radius);
    if (style->has_fill)
        put_color(out, "fill", style->fill);
    const struct {
        bool set;
        const char *name;
    } flags[] = {{style->keep_with_next, "keep-with-next"}, {style->keep_together, "keep-together"},
        {style->new_page, "new-page"}, {style->one_page, "one-page"}, {style->full_width, "full-width"},
        {style->beside, "beside"}, {style->align == ALIGN_CENTER, "center"},
        {style->align == ALIGN_RIGHT, "right-aligned"}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].set)
            buf_printf(out, " %s", flags[i].name);
}

static void put_run(struct buf *out, const struct run *run, const struct text_style *block)
{
    static const char *const kinds[] = {[RUN_TEXT] = "run",
        [RUN_BREAK] = "line-break",
        [RUN_BLANK] = "blank",
        [RUN_PICTURE] = "inline-picture"};
    buf_text(out, kinds[run->kind]);
    if (run->style && run->style != block)
        put_text_style(out, run->style);
    put_length(out, "width", run->width);
    put_length(out, "height", run->height);
    if (run->link)
        buf_text(out, " link");
    if (run->kind == RUN_TEXT)
        buf_printf(out, " \"%.*s\"", STR_FMT(run->text));
    buf_char(out, '\n');
}

static void indent(struct buf *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_text(out, "  ");
}

static void put_people(struct buf *out, const struct box *box)
{
    buf_printf(
        out, " filled=%d total=%d per-row=%d", box->people.filled, box->people.total, box->people.per_row);
    put_length(out, "height", box->people.height);
    put_color(out, "color", box->people.color);
    put_length(out, "pen", box->people.pen.width);
    put_color(out, "pen-color", box->people.pen.color);
    if (box->people.beside)
        buf_text(out, " caption-beside");
}

/* The depth of boxes is bounded, as that of the document is. */
static void put_box(struct buf *out, const struct box *box, int depth)
{
    indent(out, depth);
    buf_text(out, KINDS[box->kind]);
    if (box->text && (box->kind == BOX_TEXT || box->kind == BOX_CODE))
        put_text_style(out, box->text);
    put_box_style(out, box->style);
    if (box->kind == BOX_ITEM && box->item.marker == MARKER_TEXT)
        buf_printf(out, " marker=\"%.*s\"", STR_FMT(box->item.text));
    if (box->kind == BOX_ITEM)
        put_length(out, "marker-width", box->item.width);
    if (box->kind == BOX_TABLE)
        buf_printf(out, " columns=%zu", box->table.columns);
    if (box->kind == BOX_ROW && box->row.header)
        buf_text(out, " header");
    if (box->kind == BOX_PEOPLE)
        put_people(out, box);
    if (box->kind == BOX_LINES)
        buf_printf(out, " count=%d", box->lines.count);
    if (box->kind == BOX_PICTURE) {
        put_length(out, "width", box->picture.width);
        put_length(out, "height", box->picture.height);
        if (box->picture.beside)
            buf_text(out, " caption-beside");
    }
    buf_char(out, '\n');
    if (box->kind == BOX_TEXT || box->kind == BOX_CODE) {
        for (size_t i = 0; i < box->para.n; i++) {
            indent(out, depth + 1);
            put_run(out, &box->para.runs[i], box->text);
        }
    }
    for (const struct box *child = box->first; child; child = child->next)
        put_box(out, child, depth + 1);
}

void box_tree_dump(const struct box_tree *tree, struct buf *out)
{
    const struct page_style *page = &tree->page;
    buf_text(out, "page");
    put_length(out, "width", page->width);
    put_length(out, "height", page->height);
    put_length(out, "top", page->top);
    put_length(out, "bottom", page->bottom);
    put_length(out, "left", page->left);
    put_length(out, "right", page->right);
    put_length(out, "side", page->side);
    put_length(out, "gap", page->side_gap);
    buf_char(out, '\n');
    put_box(out, tree->root, 0);
}
