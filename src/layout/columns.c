#include "layout/columns.h"

#include <math.h>

static const double NARROWEST = 14; /* column, in type sizes: some 28 characters */
static const double LEAST_GAP = 1;  /* between them, in type sizes */

/* ---- What is set in columns ---- */

/* Text, or a list of it, with nothing around that would have to be painted. */
static bool is_running(const struct box *box)
{
    const struct box_style *style = box->style;
    bool text = box->kind == BOX_TEXT, list = box->kind == BOX_STACK || box->kind == BOX_ITEM;
    if (box->tag && box->tag->kind == DOC_HEADING && box->tag->heading.level <= 2)
        return false;
    if ((!text && !list) || flow_is_framed(style) || style->full_width || style->beside)
        return false;
    if (style->new_page || style->one_page)
        return false;
    for (const struct box *child = box->first; child; child = child->next)
        if (!is_running(child))
            return false;
    return true;
}

/* Children of a section: those from one up to `end` are set in columns, those from `end` up to `next` are
 * not. */
struct stretch {
    const struct box *end, *next;
};

/* A heading at the end of running text belongs to what follows, and is set with it. */
static struct stretch find_stretch(const struct box *first)
{
    struct stretch stretch = {.end = first};
    const struct box *child = first;
    for (; child && is_running(child); child = child->next)
        if (!child->style->keep_with_next)
            stretch.end = child->next;
    stretch.next = child ? child->next : NULL;
    return stretch;
}

/* ---- Where the columns are cut ---- */

/* What a place to break costs, in points: the height, more of it where the right column is the higher one;
 * and a paragraph in one piece is worth some lines. So much the more in a list, whose items are looked up. */
static double break_cost(const struct vitem *item, double left, double right, double leading)
{
    const double leaning = 0.5;                /* for each point that the right one is higher */
    const double paragraph = 1.6, entry = 2.5; /* lines */
    double cost = fmax(left, right) + leaning * fmax(0, right - left);
    if (item->cost == COST_PARAGRAPH)
        cost += paragraph * leading;
    if (item->cost == COST_WITHIN_ITEM)
        cost += entry * leading;
    return cost;
}

/* A part of the list in two columns: what stands between `from` and `middle`, and between `right` and `end`.
 */
struct cut {
    size_t from, middle, right, end;
};

/* The first box from `from` on, or the list's end. */
static size_t find_box(const struct vlist *list, size_t from)
{
    while (from < list->items.n && list->items.at[from].kind != V_BOX)
        from++;
    return from;
}

/* All that is left, cut so that both columns are about as high. What has no place to break stands in the left
 * one. The list holds no frames and no forced breaks: nothing in running text has them. */
static struct cut cut_evenly(const struct vlist *list, size_t from, double leading)
{
    size_t n = list->items.n, best = n;
    double least = INFINITY, left = 0, height = vlist_height(list, from, n);
    for (size_t i = from; i < n; i++) {
        const struct vitem *item = &list->items.at[i];
        left += item->height;
        if (item->kind != V_BREAK || item->cost >= COST_FORBIDDEN)
            continue;
        double space = vlist_height(list, i, find_box(list, i));
        double cost = break_cost(item, left, height - left - space, leading);
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return (struct cut){from, best, find_box(list, best), n};
}

/* Where a column ends that is at most `room` high, if there is a place for it: one that costs less, or else
 * any. */
static size_t column_end(const struct vlist *list, size_t from, double room)
{
    size_t end = from;
    double height = 0, cost = INFINITY;
    for (size_t i = from; i < list->items.n; i++) {
        const struct vitem *item = &list->items.at[i];
        height += item->height;
        if (item->kind == V_BOX && height > room && end > from)
            return end;
        if (item->kind == V_BREAK && (item->cost < COST_FORBIDDEN || cost >= COST_FORBIDDEN)) {
            end = i;
            cost = item->cost;
        }
    }
    return list->items.n;
}

/* As much as fits in two columns of that height. */
static struct cut cut_full(const struct vlist *list, size_t from, double room)
{
    size_t middle = column_end(list, from, room), right = find_box(list, middle);
    return (struct cut){from, middle, right, column_end(list, right, room)};
}

/* ---- Both columns as one piece ---- */

struct piece {
    struct item *items;
    size_t n;
    double height, baseline; /* of its first line */
};

/* Adds the boxes of a column, moved by x, y. */
static void add_column(
    const struct vlist *list, size_t from, size_t to, double x, double y, struct piece *piece)
{
    piece->n += vlist_place(list, from, to, x, y, piece->items + piece->n);
    piece->height = fmax(piece->height, y + vlist_height(list, from, to));
}

/* How much lower the right column's first baseline is. Where one of the first lines is taller by more than
 * `most`, the columns have the same top instead: 0. */
static double baseline_shift(const struct vlist *list, const struct cut *cut, double most)
{
    if (cut->right >= cut->end)
        return 0;
    double left = list->items.at[cut->from].baseline, right = list->items.at[cut->right].baseline;
    return left > 0 && right > 0 && fabs(right - left) <= most ? right - left : 0;
}

/* Puts the right column beside the left, `across` away from it. */
static struct piece join_columns(
    struct arena *arena, const struct vlist *list, const struct cut *cut, double across, double leading)
{
    struct piece piece = {.items = ARENA_ARRAY(arena, struct item, vlist_count(list, cut->from, cut->end))};
    double shift = baseline_shift(list, cut, leading), baseline = list->items.at[cut->from].baseline;
    add_column(list, cut->from, cut->middle, 0, fmax(0, shift), &piece);
    add_column(list, cut->right, cut->end, across, fmax(0, -shift), &piece);
    piece.baseline = baseline > 0 ? baseline + fmax(0, shift) : 0;
    return piece;
}

/* ---- Columns into the list ---- */

/* The height of what must stand on the same page above the next content: its heading. */
static double kept_height(const struct flow *flow)
{
    if (flow->gap_cost < COST_FORBIDDEN)
        return 0;
    double height = flow->gap;
    for (size_t i = flow->list->items.n; i > 0; i--) {
        const struct vitem *item = &flow->list->items.at[i - 1];
        if (item->kind == V_BREAK && item->cost < COST_FORBIDDEN)
            break;
        height += item->height;
    }
    return height;
}

/* The space before a box, also that of what it begins with. */
static double space_before(const struct box *box)
{
    double space = 0;
    for (; box; box = box->first)
        space = fmax(space, box->style->space_before);
    return space;
}

/* Adds a list as pieces, each two columns no higher than a page; the last one is balanced. */
static void flow_pieces(struct flow *flow, const struct vlist *list, double across, double leading)
{
    double left = vlist_height(list, 0, list->items.n), room = flow_room(flow) - kept_height(flow);
    for (size_t from = 0; from < list->items.n;) {
        struct cut cut = {0};
        struct piece piece = {.height = INFINITY};
        if (left <= 2 * room) {
            cut = cut_evenly(list, from, leading);
            piece = join_columns(flow->arena, list, &cut, across, leading);
        }
        if (piece.height > room) {
            cut = cut_full(list, from, room - leading); /* a baseline may be moved by that much */
            piece = join_columns(flow->arena, list, &cut, across, leading);
        }
        flow_box(flow, piece.items, piece.n, piece.height, piece.baseline);
        size_t next = find_box(list, cut.end);
        left -= vlist_height(list, from, next);
        from = next;
        room = flow_room(flow);
    }
}

/* Sets the children from `first` up to `end` in two columns. False if that cannot be; then nothing has
 * happened, and what was wrong with them is told when they are set over the whole width. */
static bool flow_stretch(
    struct flow *flow, const struct box *section, const struct box *first, const struct box *end)
{
    double size = section->text->size, gap = fmax(section->style->column_gap, LEAST_GAP * size);
    double width = (flow->width - gap) / 2;
    if (width < NARROWEST * size)
        return false;
    struct diags diags = diags_new(flow->arena);
    struct flow column = {.arena = flow->arena,
        .diags = &diags,
        .shaper = flow->shaper,
        .depth = flow->depth,
        .page = flow->page,
        .list = ARENA_NEW(flow->arena, struct vlist),
        .left = flow->left,
        .width = width,
        .framed_height = flow->framed_height};
    flow_blocks(&column, first, end);
    double least = (section->style->column_lines - 0.5) * section->text->leading;
    if (diags.errors + diags.warnings > 0 || vlist_height(column.list, 0, column.list->items.n) < least)
        return false;
    flow_gap(flow, space_before(first), 0);
    flow_pieces(flow, column.list, width + gap, section->text->leading);
    flow_gap(flow, column.gap, column.gap_cost);
    return true;
}

void columns_flow(struct flow *flow, const struct box *section)
{
    const struct box *first = section->first;
    while (first) {
        struct stretch stretch = find_stretch(first);
        if (stretch.end != first && !flow_stretch(flow, section, first, stretch.end))
            flow_blocks(flow, first, stretch.end);
        flow_blocks(flow, stretch.end, stretch.next);
        first = stretch.next;
    }
}
