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

/* The cheapest way to end a page at a break. What may follow is the cheaper or dearer for one thing alone:
 * how deep that page is, if it is a left-hand one and the next faces it. */
struct state {
    double cost;
    double height;     /* of the page that ends here */
    size_t from;       /* the break that ends the page before; SIZE_MAX = none */
    uint32_t previous; /* the state of that one */
    bool right;        /* it is a right-hand page, as the first is */
};

/* A place where a page may end. */
struct node {
    VEC(struct state) states;
    double least[2]; /* of the states, by `right` */
    const struct open_frame *open;
    double cost; /* of ending a page here, whatever the page */
    bool forced; /* a page must end here */
};

struct search {
    struct arena *arena;   /* for what is found */
    struct arena *scratch; /* for what only the search needs: most of it all */
    const struct vlist *list;
    struct node *nodes; /* by index of vitem; the end of the list is one more */
    double height;
    bool forbidden; /* pages may end at forbidden places, too */
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

static bool is_forced(const struct search *search, size_t at)
{
    return at == SIZE_MAX || search->nodes[at].forced;
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
static double break_cost(const struct search *search, size_t at)
{
    double cost = is_forced(search, at) ? 0 : search->list->items.at[at].cost;
    if (is_forced(search, at) || cost >= COST_FORBIDDEN)
        return cost;
    const struct open_frame *innermost = search->nodes[at].open;
    for (const struct open_frame *open = innermost; open; open = open->outer)
        cost += open->frame->style ? COST_FRAME : 0;
    return cost +
           (innermost && innermost->frame->style && leaves_remnant(search->list, at) ? COST_REMNANT : 0);
}

static double page_cost(const struct search *search, double height, bool forced)
{
    double filled = height < search->height ? height / search->height : 1;
    double empty = !forced ? 1 - filled : filled < SHORT_PAGE ? 1 - filled / SHORT_PAGE : 0;
    double cost = COST_PAGE + (forced ? COST_SHORT : COST_EMPTY) * empty * empty;
    if (filled < SHORT_PAGE)
        cost += COST_REST;
    return height > search->height + TOLERANCE ? cost + COST_OVERFULL : cost;
}

/* ---- The search ---- */

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

/* Is a state the cheaper one of two left-hand pages, whatever page will face them? What they then cost for
 * being uneven differs by no more than this. */
static bool beats(const struct search *search, const struct state *state, const struct state *other)
{
    double difference = fabs(state->height - other->height) / search->height;
    return !state->right && !other->right && state->cost + 2 * COST_UNEVEN * difference < other->cost;
}

/* Adds a state unless one that is there beats it; those that it beats go. Nothing refers to any of them yet.
 */
static void add_rival(struct search *search, struct node *node, struct state state)
{
    for (size_t i = 0; i < node->states.n; i++)
        if (beats(search, &node->states.at[i], &state))
            return;
    size_t kept = 0;
    for (size_t i = 0; i < node->states.n; i++)
        if (!beats(search, &state, &node->states.at[i]))
            node->states.at[kept++] = node->states.at[i];
    node->states.n = kept;
    vec_push(search->scratch, &node->states, state);
}

/* Keeps a state unless another is so much cheaper that this one cannot be part of the cheapest whole. Where
 * no page faces the one that ends here, the cheapest is enough. */
static void keep_state(struct search *search, size_t at, struct state state)
{
    struct node *node = &search->nodes[at];
    bool alone = state.right || is_forced(search, at);
    if (alone ? state.cost >= node->least[state.right] : state.cost > node->least[state.right] + COST_UNEVEN)
        return;
    if (state.cost < node->least[state.right])
        node->least[state.right] = state.cost;
    if (!alone) {
        add_rival(search, node, state);
        return;
    }
    for (size_t i = 0; i < node->states.n; i++)
        if (node->states.at[i].right == state.right) {
            node->states.at[i] = state;
            return;
        }
    vec_push(search->scratch, &node->states, state);
}

/* A page of `height` between two breaks, behind each way to come to the first one. */
static void add_page(struct search *search, size_t from, size_t to, double height)
{
    static const struct state beginning = {.from = SIZE_MAX};
    bool forced = is_forced(search, to);
    double cost = page_cost(search, height, forced) + search->nodes[to].cost;
    size_t count = from == SIZE_MAX ? 1 : search->nodes[from].states.n;
    const double *begun = search->nodes[from == SIZE_MAX ? 0 : from].least, *least = search->nodes[to].least;
    if (from != SIZE_MAX && begun[0] + cost > least[1] + COST_UNEVEN &&
        begun[1] + cost > least[0] + COST_UNEVEN)
        return; /* other pages are so much cheaper that this one is none of the cheapest */
    for (size_t i = 0; i < count; i++) {
        const struct state *before = from == SIZE_MAX ? &beginning : &search->nodes[from].states.at[i];
        if (from != SIZE_MAX && before->cost > search->nodes[from].least[before->right] + COST_UNEVEN)
            continue; /* cheaper ones came after it */
        bool faces = !before->right && !is_forced(search, from) && !forced;
        double difference = faces ? fabs(height - before->height) / search->height : 0;
        keep_state(search, to,
            (struct state){
                .cost = before->cost + cost + COST_UNEVEN * (difference < 1 ? difference * difference : 1),
                .from = from,
                .previous = (uint32_t)i,
                .height = height,
                .right = !before->right});
    }
}

/* May pages end at a break, in this search? */
static bool is_tried(const struct search *search, size_t at)
{
    return search->forbidden || search->nodes[at].cost < COST_FORBIDDEN;
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
            if (!is_tried(search, i))
                break;
            bool over = height + bottoms > search->height + TOLERANCE;
            if (over && any)
                return;
            add_page(search, from, i, height + bottoms);
            any = true;
            if (over || item->cost <= COST_FORCED)
                return;
            break;
        }
        }
        if (any && item->kind == V_BOX && height + bottoms > search->height + TOLERANCE)
            return;
    }
    add_page(search, from, list->items.n, height);
}

static const struct state *cheapest(const struct node *node)
{
    const struct state *best = node->states.at;
    for (size_t i = 1; i < node->states.n; i++)
        if (node->states.at[i].cost < best->cost)
            best = &node->states.at[i];
    return best;
}

/* The pages that lead to the end of the list, from the last one back. */
static struct page_ranges collect(const struct search *search)
{
    const struct node *nodes = search->nodes;
    const struct state *last = cheapest(&nodes[search->list->items.n]), *state = last;
    struct page_ranges ranges = {.n = 1, .cost = last->cost};
    for (; state->from != SIZE_MAX; ranges.n++)
        state = &nodes[state->from].states.at[state->previous];
    ranges.at = ARENA_ARRAY(search->arena, struct page_range, ranges.n);
    state = last;
    for (size_t i = ranges.n, to = search->list->items.n; i > 0;) {
        ranges.at[--i] = (struct page_range){
            .from = page_start(search->list, state->from),
            .to = to,
            .open = state->from == SIZE_MAX ? NULL : nodes[state->from].open,
            .height = state->height,
        };
        to = state->from;
        if (i > 0)
            state = &nodes[to].states.at[state->previous];
    }
    return ranges;
}

static void find_nodes(struct search *search)
{
    const struct vlist *list = search->list;
    size_t n = list->items.n;
    search->nodes = ARENA_ARRAY(search->scratch, struct node, n + 1);
    find_open_frames(search);
    search->nodes[n].forced = true;
    for (size_t i = 0; i < n; i++) {
        search->nodes[i].forced = list->items.at[i].cost <= COST_FORCED;
        if (list->items.at[i].kind == V_BREAK)
            search->nodes[i].cost = break_cost(search, i);
    }
}

static struct page_ranges find_pages(struct search *search)
{
    size_t n = search->list->items.n;
    for (size_t i = 0; i <= n; i++) {
        search->nodes[i].least[0] = search->nodes[i].least[1] = INFINITY;
        search->nodes[i].states.n = 0;
    }
    try_pages(search, SIZE_MAX);
    for (size_t i = 0; i < n; i++)
        if (search->nodes[i].states.n)
            try_pages(search, i);
    return collect(search);
}

/* Most places to break are forbidden. They are tried only if something would run over a page's end otherwise.
 */
struct page_ranges paginate(struct arena *arena, const struct vlist *list, double height)
{
    struct search search = {.arena = arena, .scratch = arena_new(), .list = list, .height = height};
    find_nodes(&search);
    struct page_ranges ranges = find_pages(&search);
    if (ranges.cost >= COST_OVERFULL) {
        search.forbidden = true;
        ranges = find_pages(&search);
    }
    arena_free(search.scratch);
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
