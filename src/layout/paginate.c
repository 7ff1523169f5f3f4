#include "layout/paginate.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* ---- What pages cost ---- */

static const double COST_PAGE = 2000;     /* fewer pages are better */
static const double COST_EMPTY = 1000;    /* an empty page; by the square of the share that is empty */
static const double COST_SHORT = 600;     /* as much, on a page that ends where it must: a mere rest */
static const double COST_REST = 300;      /* and any page that is filled so little */
static const double COST_UNEVEN = 300;    /* pages that face each other; by the square of the difference */
static const double COST_FRAME = 150;     /* a panel or call-out that goes on over the page's end */
static const double COST_REMNANT = 400;   /* and has one box of its content alone on a side of it */
static const double COST_OVERFULL = 1e9;  /* content over the end */
static const double SHORT_PAGE = 1.0 / 3; /* of the height: less is a mere rest */
static const double TOLERANCE = 0.05;     /* points */

/* The cheapest way to end a page at a place. What may follow is the cheaper or dearer for one thing alone:
 * how deep that page is, if it is a left-hand one and the next faces it. */
struct state {
    double cost;
    size_t previous_place, previous; /* the place that ends the page before, and its state */
    double height;                   /* of the page that ends here */
    bool right;                      /* it is a right-hand page, as the first is */
};

/* A place where a page may end, and the next begin; the first one is where the list begins. */
struct place {
    size_t item;                   /* the vitem; the list's length where it ends */
    size_t start;                  /* the first vitem of a page that begins here */
    size_t next;                   /* the first place where such a page can end */
    double above, above_start;     /* the height of what stands before `item`, and before `start` */
    double heads, feet;            /* of the frames that are open here: at a page's top, and at its foot */
    const struct open_frame *open; /* innermost first */
    double cost;                   /* of ending a page here, whatever the page */
    bool forced;                   /* a page must end here */
    VEC(struct state) states;
    double least[2]; /* of them, by `right` */
};

struct search {
    struct arena *arena;
    const struct vlist *list;
    struct place *places;
    size_t n;
    double height;
};

/* ---- Places ---- */

static const struct open_frame *open_frame(
    struct arena *arena, const struct open_frame *outer, const struct frame *frame)
{
    struct open_frame *open = ARENA_NEW(arena, struct open_frame);
    *open = (struct open_frame){frame, outer};
    return open;
}

/* Does only one box stand between a break and the beginning, or end, of the frame that is open there? */
static bool leaves_remnant(const struct vlist *list, size_t at)
{
    enum vitem_kind kind = V_BREAK;
    size_t boxes = 0;
    for (size_t i = at; boxes < 2 && i-- > 0 && (kind = list->items.at[i].kind) != V_OPEN && kind != V_CLOSE;)
        boxes += kind == V_BOX;
    if (boxes == 1 && kind == V_OPEN)
        return true;
    boxes = 0;
    for (size_t i = at + 1; boxes < 2 && i < list->items.n; i++) {
        kind = list->items.at[i].kind;
        if (kind == V_OPEN || kind == V_CLOSE)
            break;
        boxes += kind == V_BOX;
    }
    return boxes == 1 && kind == V_CLOSE;
}

/* What it costs to end a page at a break, whatever the page. A frame that is not painted is a table's, which
 * counts its rows itself. */
static double break_cost(const struct vlist *list, size_t at, const struct open_frame *innermost)
{
    double cost = list->items.at[at].cost;
    if (cost <= COST_FORCED)
        return 0;
    if (cost >= COST_FORBIDDEN)
        return cost;
    for (const struct open_frame *open = innermost; open; open = open->outer)
        cost += open->frame->style ? COST_FRAME : 0;
    return cost + (innermost && innermost->frame->style && leaves_remnant(list, at) ? COST_REMNANT : 0);
}

/* The first item of a page from `start` on: spaces vanish there. */
static size_t page_start(const struct vlist *list, size_t start)
{
    while (start < list->items.n &&
           (list->items.at[start].kind == V_SPACE ||
               (list->items.at[start].kind == V_BREAK && list->items.at[start].cost > COST_FORCED)))
        start++;
    return start;
}

/* Adds a place whose page below begins from item `below` on. */
static struct place *add_place(struct search *search, const struct place *here, size_t item, size_t below)
{
    struct place *place = &search->places[search->n++];
    *place = *here;
    place->item = item;
    place->start = page_start(search->list, below);
    place->above_start = here->above;
    for (size_t i = below; i < place->start; i++)
        place->above_start +=
            search->list->items.at[i].kind == V_SPACE ? search->list->items.at[i].height : 0;
    place->least[0] = place->least[1] = INFINITY;
    return place;
}

/* Finds the places: all, or those that are not forbidden. */
static void find_places(struct search *search, bool forbidden)
{
    const struct vlist *list = search->list;
    struct place here = {0}; /* what is true of it and not of the list alone */
    search->n = 0;
    add_place(search, &here, 0, 0)->forced = true;
    for (size_t i = 0; i < list->items.n; i++) {
        const struct vitem *item = &list->items.at[i];
        switch (item->kind) {
        case V_BOX:
        case V_SPACE: here.above += item->height; break;
        case V_OPEN:
            here.above += item->frame->top;
            here.heads += item->frame->top + item->frame->head_height;
            here.feet += item->frame->bottom;
            here.open = open_frame(search->arena, here.open, item->frame);
            break;
        case V_CLOSE:
            here.above += item->frame->bottom;
            here.heads -= item->frame->top + item->frame->head_height;
            here.feet -= item->frame->bottom;
            here.open = here.open ? here.open->outer : NULL;
            break;
        case V_BREAK:
            here.cost = break_cost(list, i, here.open);
            if (forbidden || here.cost < COST_FORBIDDEN)
                add_place(search, &here, i, i + 1)->forced = item->cost <= COST_FORCED;
            break;
        }
    }
    here.cost = here.feet = 0;
    add_place(search, &here, list->items.n, list->items.n)->forced = true;
    for (size_t i = 0, next = 1; i + 1 < search->n; i++) {
        while (next <= i || search->places[next].item < search->places[i].start)
            next++;
        search->places[i].next = next;
    }
}

/* ---- The search ---- */

static double page_cost(const struct search *search, double height, bool forced)
{
    double filled = height < search->height ? height / search->height : 1;
    double empty = !forced ? 1 - filled : filled < SHORT_PAGE ? 1 - filled / SHORT_PAGE : 0;
    double cost = COST_PAGE + (forced ? COST_SHORT : COST_EMPTY) * empty * empty;
    if (filled < SHORT_PAGE)
        cost += COST_REST;
    return height > search->height + TOLERANCE ? cost + COST_OVERFULL : cost;
}

/* Keeps a state unless another is so much cheaper that this one cannot be part of the cheapest whole. Where
 * no page faces the one that ends here, the cheapest is enough. */
static void keep_state(struct search *search, struct place *place, struct state state)
{
    bool alone = state.right || place->forced;
    if (alone ? state.cost >= place->least[state.right]
              : state.cost > place->least[state.right] + COST_UNEVEN)
        return;
    if (state.cost < place->least[state.right])
        place->least[state.right] = state.cost;
    for (size_t i = 0; alone && i < place->states.n; i++)
        if (place->states.at[i].right == state.right) {
            place->states.at[i] = state;
            return;
        }
    vec_push(search->arena, &place->states, state);
}

/* A page of `height` between two places, behind each way to come to the first one. */
static void add_page(struct search *search, size_t from, size_t to, double height)
{
    const struct place *begin = &search->places[from];
    struct place *end = &search->places[to];
    double cost = page_cost(search, height, end->forced) + end->cost;
    if (begin->least[0] + cost > end->least[1] + COST_UNEVEN &&
        begin->least[1] + cost > end->least[0] + COST_UNEVEN)
        return; /* other pages are so much cheaper that this one is none of the cheapest */
    for (size_t i = 0; i < begin->states.n; i++) {
        const struct state *before = &begin->states.at[i];
        if (before->cost > begin->least[before->right] + COST_UNEVEN)
            continue; /* cheaper ones came after it */
        bool faces = !before->right && !begin->forced && !end->forced;
        double difference = faces ? fabs(height - before->height) / search->height : 0;
        keep_state(search, end,
            (struct state){
                .cost = before->cost + cost + COST_UNEVEN * (difference < 1 ? difference * difference : 1),
                .previous_place = from,
                .previous = i,
                .height = height,
                .right = !before->right});
    }
}

/* Tries every page that begins at a place. */
static void try_pages(struct search *search, size_t from)
{
    const struct place *begin = &search->places[from];
    for (size_t to = begin->next; to < search->n; to++) {
        const struct place *end = &search->places[to];
        double height = begin->heads + end->above - begin->above_start + end->feet;
        bool over = height > search->height + TOLERANCE;
        if (over && to > begin->next)
            return;
        add_page(search, from, to, height);
        if (over || end->forced)
            return;
    }
}

static const struct state *cheapest(const struct place *place)
{
    const struct state *best = place->states.at;
    for (size_t i = 1; i < place->states.n; i++)
        if (place->states.at[i].cost < best->cost)
            best = &place->states.at[i];
    return best;
}

/* The pages that lead to the end of the list, from the last one back. */
static struct page_ranges collect(const struct search *search)
{
    const struct place *places = search->places;
    const struct state *last = cheapest(&places[search->n - 1]), *state = last;
    struct page_ranges ranges = {.n = 1, .cost = last->cost};
    for (; state->previous_place; ranges.n++)
        state = &places[state->previous_place].states.at[state->previous];
    ranges.at = ARENA_ARRAY(search->arena, struct page_range, ranges.n);
    state = last;
    for (size_t i = ranges.n, to = search->list->items.n; i > 0;) {
        const struct place *begin = &places[state->previous_place];
        ranges.at[--i] =
            (struct page_range){.from = begin->start, .to = to, .open = begin->open, .height = state->height};
        to = begin->item;
        state = &begin->states.at[state->previous];
    }
    return ranges;
}

static struct page_ranges find_pages(struct search *search, bool forbidden)
{
    find_places(search, forbidden);
    keep_state(search, &search->places[0], (struct state){0});
    for (size_t i = 0; i + 1 < search->n; i++)
        if (search->places[i].states.n)
            try_pages(search, i);
    return collect(search);
}

/* Most places to break are forbidden. They are tried only if something would run over a page's end otherwise.
 */
struct page_ranges paginate(struct arena *arena, const struct vlist *list, double height)
{
    size_t most = 2;
    for (size_t i = 0; i < list->items.n; i++)
        most += list->items.at[i].kind == V_BREAK;
    struct search search = {
        .arena = arena, .list = list, .places = ARENA_ARRAY(arena, struct place, most), .height = height};
    struct page_ranges ranges = find_pages(&search, false);
    return ranges.cost < COST_OVERFULL ? ranges : find_pages(&search, true);
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

/* What is painted behind comes first, then the content in its order. What only filling needs is in `scratch`.
 */
static void fill_page(struct arena *arena, struct arena *scratch, const struct vlist *list,
    const struct page_range *range, const struct page_style *style, struct page *page)
{
    struct filler filler = {.arena = scratch, .y = style->top};
    filler.items.cap = vlist_count(list, range->from, range->to);
    filler.items.at = ARENA_ARRAY(scratch, struct item, filler.items.cap);
    walk_page(&filler, list, range);
    size_t most = filler.fragments.n * MOST_FRAGMENT_ITEMS + filler.items.n;
    page->items = ARENA_ARRAY(arena, struct item, most);
    for (size_t i = 0; i < filler.fragments.n; i++)
        page->item_count += paint_fragment(&filler.fragments.at[i], page->items + page->item_count);
    if (filler.items.n)
        memcpy(page->items + page->item_count, filler.items.at, filler.items.n * sizeof *filler.items.at);
    page->item_count += filler.items.n;
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
    pages->folded = style->folded;
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < ranges->n; i++) {
        fill_page(arena, scratch, list, &ranges->at[i], style, &pages->at[i]);
        pages->at[i].filled = ranges->at[i].height / pages->room;
        arena_rewind(scratch);
    }
    arena_free(scratch);
    return pages;
}
