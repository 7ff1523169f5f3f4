#include "layout/paginate.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* What a page costs by itself, so that fewer are better; how a page's emptiness counts; content over the end.
 */
static const double COST_PAGE = 2000, COST_EMPTY = 1000, COST_OVERFULL = 1e9;
static const double TOLERANCE = 0.05; /* points */

/* The cheapest way to end a page at a break. */
struct node {
    double cost;
    size_t previous; /* the break that ends the page before */
    const struct open_frame *open;
    double height; /* of the page that ends here */
};

struct search {
    struct arena *arena;
    const struct vlist *list;
    struct node *nodes; /* by index of vitem; the end of the list is one more */
    double height;
};

static const struct open_frame *open_frame(
    struct arena *arena, const struct open_frame *outer, const struct frame *frame)
{
    struct open_frame *open = ARENA_NEW(arena, struct open_frame);
    *open = (struct open_frame){frame, outer};
    return open;
}

/* The frames that are open at each break. */
static void find_open_frames(struct search *search)
{
    const struct open_frame *open = NULL;
    for (size_t i = 0; i < search->list->items.n; i++) {
        const struct vitem *item = &search->list->items.at[i];
        if (item->kind == V_OPEN)
            open = open_frame(search->arena, open, item->frame);
        else if (item->kind == V_CLOSE && open)
            open = open->outer;
        search->nodes[i].open = open;
    }
}

/* The first item of a page that starts behind break `at` (the list's start: at = SIZE_MAX): spaces vanish. */
static size_t page_start(const struct vlist *list, size_t at)
{
    size_t start = at == SIZE_MAX ? 0 : at + 1;
    while (start < list->items.n &&
           (list->items.at[start].kind == V_SPACE ||
               (list->items.at[start].kind == V_BREAK && list->items.at[start].cost > COST_FORCED)))
        start++;
    return start;
}

static void relax(struct search *search, size_t from, size_t to, double cost, double height)
{
    double before = from == SIZE_MAX ? 0 : search->nodes[from].cost;
    struct node *node = &search->nodes[to];
    if (before + cost >= node->cost)
        return;
    node->cost = before + cost;
    node->previous = from;
    node->height = height;
}

static double page_cost(const struct search *search, double height, double break_cost)
{
    double empty = fmax(0, 1 - height / search->height);
    if (break_cost <= COST_FORCED) /* the end of the text, or of a part: it may be empty below */
        return COST_PAGE;
    return COST_PAGE + COST_EMPTY * empty * empty + break_cost;
}

/* Tries every page that starts behind break `from`. */
static void try_pages(struct search *search, size_t from)
{
    const struct vlist *list = search->list;
    double height = 0, bottoms = 0;
    for (const struct open_frame *open = from == SIZE_MAX ? NULL : search->nodes[from].open; open;
         open = open->outer) {
        height += open->frame->top + open->frame->head_height;
        bottoms += open->frame->bottom;
    }
    bool any = false;
    size_t i = page_start(list, from);
    for (; i < list->items.n; i++) {
        const struct vitem *item = &list->items.at[i];
        switch (item->kind) {
        case V_BOX:
        case V_SPACE: height += item->height; break;
        case V_OPEN:
            height += item->frame->top;
            bottoms += item->frame->bottom;
            break;
        case V_CLOSE:
            height += item->frame->bottom;
            bottoms -= item->frame->bottom;
            break;
        case V_BREAK: {
            double total = height + bottoms;
            bool over = total > search->height + TOLERANCE;
            if (over && any)
                return;
            relax(search, from, i, page_cost(search, total, item->cost) + (over ? COST_OVERFULL : 0), total);
            any = true;
            if (over || item->cost <= COST_FORCED)
                return;
            break;
        }
        }
        if (any && item->kind == V_BOX && height + bottoms > search->height + TOLERANCE)
            return;
    }
    bool over = height > search->height + TOLERANCE;
    relax(search, from, list->items.n, page_cost(search, height, COST_FORCED) + (over ? COST_OVERFULL : 0),
        height);
}

struct page_ranges paginate(struct arena *arena, const struct vlist *list, double height)
{
    size_t n = list->items.n;
    struct search search = {arena, list, ARENA_ARRAY(arena, struct node, n + 1), height};
    for (size_t i = 0; i <= n; i++)
        search.nodes[i].cost = INFINITY;
    find_open_frames(&search);
    try_pages(&search, SIZE_MAX);
    for (size_t i = 0; i < n; i++)
        if (list->items.at[i].kind == V_BREAK && !isinf(search.nodes[i].cost))
            try_pages(&search, i);
    struct page_ranges ranges = {0};
    for (size_t at = n; at != SIZE_MAX; at = search.nodes[at].previous)
        ranges.n++;
    ranges.at = ARENA_ARRAY(arena, struct page_range, ranges.n);
    size_t index = ranges.n;
    for (size_t at = n; at != SIZE_MAX; at = search.nodes[at].previous) {
        size_t from = search.nodes[at].previous;
        ranges.at[--index] = (struct page_range){
            .from = page_start(list, from),
            .to = at,
            .open = from == SIZE_MAX ? NULL : search.nodes[from].open,
            .height = search.nodes[at].height,
        };
    }
    return ranges;
}

/* ---- Filling ---- */

/* A frame as it is met on one page. */
struct fragment {
    const struct frame *frame;
    double top, bottom;
    bool starts, ends; /* on this page */
};

struct filler {
    struct arena *arena;
    VEC(struct item) items;
    VEC(struct fragment) fragments; /* in the order of their starts */
    VEC(size_t) open;               /* indices of fragments */
    double y;
};

static void put_items(struct filler *filler, const struct vitem *box)
{
    for (size_t i = 0; i < box->item_count; i++) {
        struct item item = box->items[i];
        item.y += filler->y;
        vec_push(filler->arena, &filler->items, item);
    }
}

static void begin_fragment(struct filler *filler, const struct frame *frame, bool starts)
{
    struct fragment fragment = {.frame = frame, .top = filler->y, .starts = starts};
    vec_push(filler->arena, &filler->open, filler->fragments.n);
    vec_push(filler->arena, &filler->fragments, fragment);
    filler->y += frame->top;
    for (size_t i = 0; !starts && i < frame->head_count; i++) {
        put_items(filler, &frame->head[i]);
        filler->y += frame->head[i].height;
    }
}

static void end_fragment(struct filler *filler, bool ends)
{
    assert(filler->open.n); /* frames close in the order in which they opened */
    struct fragment *fragment = &filler->fragments.at[filler->open.at[--filler->open.n]];
    filler->y += fragment->frame->bottom;
    fragment->bottom = filler->y;
    fragment->ends = ends;
}

/* Outer frames first, so that inner ones lie over them. */
static void reopen(struct filler *filler, const struct open_frame *open)
{
    VEC(const struct frame *) frames = {0};
    for (; open; open = open->outer)
        vec_push(filler->arena, &frames, open->frame);
    while (frames.n)
        begin_fragment(filler, frames.at[--frames.n], false);
}

static struct item rectangle(enum item_kind kind, double x, double y, double w, double h, struct color color)
{
    return (struct item){.kind = kind, .x = x, .y = y, .w = w, .h = h, .shape.color = color};
}

enum { MOST_FRAGMENT_ITEMS = 5 };

/* What is painted behind and around a fragment: none of it is content. Returns how many items that is. */
static size_t paint_fragment(const struct fragment *fragment, struct item items[MOST_FRAGMENT_ITEMS])
{
    const struct frame *frame = fragment->frame;
    const struct box_style *style = frame->style;
    size_t n = 0;
    if (!style)
        return 0;
    double x = frame->x, y = fragment->top, w = frame->width, h = fragment->bottom - fragment->top;
    if (style->has_fill) {
        items[n] = rectangle(ITEM_FILL, x, y, w, h, style->fill);
        items[n++].shape.radius = style->radius;
    }
    if (style->bar.width > 0)
        items[n++] = rectangle(ITEM_FILL, x, y, style->bar.width, h, style->bar.color);
    if (style->above.width > 0 && fragment->starts)
        items[n++] = rectangle(ITEM_FILL, x, y, w, style->above.width, style->above.color);
    if (style->below.width > 0 && fragment->ends)
        items[n++] =
            rectangle(ITEM_FILL, x, y + h - style->below.width, w, style->below.width, style->below.color);
    if (style->border.width > 0) {
        double width = fmin(style->border.width, fmin(w, h) / 2), half = width / 2;
        items[n] = rectangle(ITEM_FRAME, x + half, y + half, w - width, h - width, style->border.color);
        items[n].shape.width = width;
        items[n++].shape.radius = style->radius;
    }
    return n;
}

/* All that stands on a page goes into `filler`. */
static void walk_page(struct filler *filler, const struct vlist *list, const struct page_range *range)
{
    reopen(filler, range->open);
    for (size_t i = range->from; i < range->to; i++) {
        const struct vitem *item = &list->items.at[i];
        switch (item->kind) {
        case V_BOX:
            put_items(filler, item);
            filler->y += item->height;
            break;
        case V_SPACE: filler->y += item->height; break;
        case V_OPEN: begin_fragment(filler, item->frame, true); break;
        case V_CLOSE: end_fragment(filler, true); break;
        case V_BREAK: break;
        }
    }
    while (filler->open.n)
        end_fragment(filler, false);
}

/* What is painted behind comes first, then the content in its order. */
static void fill_page(struct arena *arena, const struct vlist *list, const struct page_range *range,
    const struct page_style *style, struct page *page)
{
    struct filler filler = {.arena = arena_new(), .y = style->top};
    walk_page(&filler, list, range);
    size_t most = filler.fragments.n * MOST_FRAGMENT_ITEMS + filler.items.n;
    page->items = ARENA_ARRAY(arena, struct item, most);
    for (size_t i = 0; i < filler.fragments.n; i++)
        page->item_count += paint_fragment(&filler.fragments.at[i], page->items + page->item_count);
    if (filler.items.n)
        memcpy(page->items + page->item_count, filler.items.at, filler.items.n * sizeof *filler.items.at);
    page->item_count += filler.items.n;
    arena_free(filler.arena);
}

struct pages *pages_fill(struct arena *arena, const struct vlist *list, const struct page_ranges *ranges,
    const struct page_style *style)
{
    struct pages *pages = ARENA_NEW(arena, struct pages);
    pages->width = style->width;
    pages->height = style->height;
    pages->n = ranges->n;
    pages->at = ARENA_ARRAY(arena, struct page, ranges->n);
    pages->room = style->height - style->top - style->bottom;
    for (size_t i = 0; i < ranges->n; i++) {
        fill_page(arena, list, &ranges->at[i], style, &pages->at[i]);
        pages->at[i].filled = ranges->at[i].height / pages->room;
    }
    return pages;
}
