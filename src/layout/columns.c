#include "layout/columns.h"

#include <math.h>

enum { NARROWEST = 14 }; /* column, in type sizes: some 28 characters */

/* Text, or a list of it, with nothing around that would have to be painted. */
static bool is_running(const struct box *box)
{
    bool text = box->kind == BOX_TEXT, list = box->kind == BOX_STACK || box->kind == BOX_ITEM;
    const struct doc_node *node = box->tag;
    if (node && node->kind == DOC_HEADING && node->heading.level <= 2)
        return false;
    if ((!text && !list) || flow_is_framed(box->style) || box->style->full_width || box->style->new_page)
        return false;
    for (const struct box *child = box->first; child; child = child->next)
        if (!is_running(child))
            return false;
    return true;
}

/* The first child behind a stretch that is set in columns, or `first` if there is none: a heading at its end belongs to
 * what follows. */
static const struct box *stretch_end(const struct box *first)
{
    const struct box *end = first;
    for (const struct box *child = first; child && is_running(child); child = child->next)
        if (!child->style->keep_with_next || !child->next)
            end = child->next;
    return end;
}

static double height_of(const struct vlist *list, size_t from, size_t to)
{
    double height = 0;
    while (from < to && list->items.at[from].kind != V_BOX)
        from++;
    for (size_t i = from; i < to; i++)
        height += list->items.at[i].height;
    return height;
}

/* The place to break that makes both columns about as high, the left one rather higher; SIZE_MAX if there is none. */
static size_t best_break(const struct vlist *list)
{
    const double point = 0.6, uneven = 0.05; /* what a unit of cost, and a point of difference, are worth in points */
    size_t best = SIZE_MAX;
    double least = INFINITY;
    for (size_t i = 0; i < list->items.n; i++) {
        const struct vitem *item = &list->items.at[i];
        if (item->kind != V_BREAK || item->cost >= COST_FORBIDDEN)
            continue;
        double left = height_of(list, 0, i), right = height_of(list, i, list->items.n);
        double cost = fmax(left, right) + point * item->cost + uneven * fabs(left - right);
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

struct pile {
    struct item *items;
    size_t n;
    double height;
};

/* Adds a stretch of the list, moved to the right by `x`, to the items. */
static void pile_up(const struct vlist *list, size_t from, size_t to, double x, struct pile *pile)
{
    double y = 0;
    while (from < to && list->items.at[from].kind != V_BOX)
        from++;
    for (size_t i = from; i < to; i++) {
        const struct vitem *vitem = &list->items.at[i];
        for (size_t k = 0; k < vitem->item_count; k++) {
            struct item *item = &pile->items[pile->n++];
            *item = vitem->items[k];
            item->x += x;
            item->y += y;
        }
        y += vitem->height;
    }
    pile->height = fmax(pile->height, y);
}

static size_t item_count(const struct vlist *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->items.n; i++)
        count += list->items.at[i].item_count;
    return count;
}

/* Sets the children from `first` up to `end` in two columns, as one piece. False if that cannot be; then nothing has
 * happened. */
static bool flow_stretch(struct flow *flow, const struct box *first, const struct box *end, double gap)
{
    double width = (flow->width - gap) / 2;
    if (width < NARROWEST * first->text->size)
        return false;
    struct flow column = {.arena = flow->arena,
        .diags = flow->diags,
        .shaper = flow->shaper,
        .page = flow->page,
        .list = ARENA_NEW(flow->arena, struct vlist),
        .left = flow->left,
        .width = width};
    for (const struct box *child = first; child != end; child = child->next)
        flow_block(&column, child);
    size_t middle = best_break(column.list);
    if (middle == SIZE_MAX)
        return false;
    struct pile pile = {.items = ARENA_ARRAY(flow->arena, struct item, item_count(column.list))};
    pile_up(column.list, 0, middle, 0, &pile);
    pile_up(column.list, middle, column.list->items.n, width + gap, &pile);
    if (pile.height > flow_room(flow))
        return false;
    flow_gap(flow, first->style->space_before, 0);
    flow_box(flow, pile.items, pile.n, pile.height, 0);
    flow_gap(flow, column.gap, column.gap_cost);
    return true;
}

void columns_flow(struct flow *flow, const struct box *box)
{
    for (const struct box *child = box->first, *end; child; child = end) {
        end = stretch_end(child);
        if (end == child) {
            end = child->next;
            flow_block(flow, child);
        } else if (!flow_stretch(flow, child, end, box->style->column_gap)) {
            for (; child != end; child = child->next)
                flow_block(flow, child);
        }
    }
}
