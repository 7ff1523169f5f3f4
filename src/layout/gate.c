#include "layout/gate.h"

#include <math.h>

/* Where a node of the document shows on the pages. */
struct span {
    size_t first, last;                    /* pages from 1; 0 = it shows nothing */
    double top, bottom;                    /* of what it shows on the last of them */
    double above;                          /* height of what it shows on those before */
    double baseline;                       /* of its last line of text so far */
    size_t lines, lines_first, lines_last; /* of text: in all, on its first and on its last page */
};

/* What comes nearest to the edge of a page's paper. */
struct edge {
    double distance;
    const struct item *item; /* NULL: nothing does */
};

struct gate {
    struct check *check;
    const struct pages *pages;
    struct span *spans; /* by id of node */
    struct edge *edges; /* by page */
};

struct extent {
    double left, top, right, bottom;
};

/* As fmin and fmax, which no compiler sets in line for what might not be a number. */
static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

static struct extent path_extent(const struct item *item)
{
    struct extent extent = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < item->path.step_count; i++) {
        const struct path_step *step = &item->path.steps[i];
        for (int p = 0; p < (step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1); p++) {
            const double x = (double)step->x[p], y = (double)step->y[p];
            extent.left = lesser(extent.left, x);
            extent.right = greater(extent.right, x);
            extent.top = lesser(extent.top, y);
            extent.bottom = greater(extent.bottom, y);
        }
    }
    return (struct extent){
        item->x + extent.left, item->y + extent.top, item->x + extent.right, item->y + extent.bottom};
}

static double between(double least, double value, double most)
{
    return greater(least, lesser(value, most));
}

/* What an item shows: of a path that its drawing cuts off, the part within that. */
static struct extent extent_of(const struct item *item)
{
    struct extent extent = {item->x, item->y, item->x + item->w, item->y + item->h};
    if (item->kind == ITEM_TEXT) {
        extent.top = item->y - item->text.font->cap_height * item->text.size;
        extent.bottom = item->y;
    }
    if (item->kind != ITEM_PATH)
        return extent;
    struct extent path = path_extent(item);
    if (!item->path.clipped)
        return path;
    return (struct extent){between(extent.left, path.left, extent.right),
        between(extent.top, path.top, extent.bottom), between(extent.left, path.right, extent.right),
        between(extent.top, path.bottom, extent.bottom)};
}

static bool is_notice(const struct doc_node *node)
{
    return doc_is_within(node, ROLE_NOTICE);
}

/* -- where everything shows, and what comes near the edge */

static void note_extent(struct span *span, size_t page, const struct extent *extent)
{
    if (span->last != page) {
        if (span->last)
            span->above += span->bottom - span->top;
        span->top = extent->top;
        span->bottom = extent->bottom;
        span->lines_last = 0;
        span->baseline = -INFINITY;
        span->last = page;
    }
    if (!span->first)
        span->first = page;
    span->top = lesser(span->top, extent->top);
    span->bottom = greater(span->bottom, extent->bottom);
}

static void note_line(struct span *span, size_t page, double baseline)
{
    const double same = 0.01; /* points: baselines nearer than that are one */
    if (fabs(span->baseline - baseline) <= same)
        return;
    span->baseline = baseline;
    span->lines++;
    span->lines_last++;
    if (span->first == page)
        span->lines_first++;
}

static void note_edge(
    const struct gate *gate, struct edge *edge, const struct item *item, const struct extent *extent)
{
    double across = lesser(extent->left, gate->pages->width - extent->right);
    double distance = lesser(across, lesser(extent->top, gate->pages->height - extent->bottom));
    bool shows = item->kind == ITEM_TEXT || (item->tag && item->kind != ITEM_LINK);
    if (distance < edge->distance && shows && !is_notice(item->tag))
        *edge = (struct edge){distance, item};
}

/* Do two items in a row show in the same nodes, and are no text? Pictures are made of many. */
static bool goes_on(const struct item *item, const struct item *next)
{
    return item->kind == ITEM_PATH && next->kind == ITEM_PATH && item->tag == next->tag;
}

static struct extent join(const struct extent *a, const struct extent *b)
{
    return (struct extent){lesser(a->left, b->left), lesser(a->top, b->top), greater(a->right, b->right),
        greater(a->bottom, b->bottom)};
}

static void note_page(struct gate *gate, const struct page *page, size_t number, struct edge *edge)
{
    struct extent extent = {0};
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        const struct extent own = extent_of(item);
        extent = i && goes_on(item - 1, item) ? join(&extent, &own) : own;
        note_edge(gate, edge, item, &own);
        if (i + 1 < page->item_count && goes_on(item, item + 1))
            continue;
        for (const struct doc_node *node = item->tag; node; node = node->parent)
            note_extent(&gate->spans[node->id], number, &extent);
        const struct doc_node *block = doc_block(item->tag);
        if (block && item->kind == ITEM_TEXT)
            note_line(&gate->spans[block->id], number, item->y);
    }
}

static void look_around(struct gate *gate)
{
    for (size_t p = 0; p < gate->pages->n; p++) {
        gate->edges[p].distance = INFINITY;
        note_page(gate, &gate->pages->at[p], p + 1, &gate->edges[p]);
    }
}

/* -- the rules */

/* The last block that shows on a page. */
static const struct doc_node *last_block(const struct page *page)
{
    for (size_t i = page->item_count; i > 0; i--)
        if (page->items[i - 1].tag)
            return doc_block(page->items[i - 1].tag);
    return NULL;
}

/* Lines to write on show without a tag. */
static bool is_above_lines(const struct doc_node *block)
{
    return block->next && block->next->kind == DOC_LINES;
}

static void judge_foot(const struct gate *gate, size_t page)
{
    const struct doc_node *block = last_block(&gate->pages->at[page]);
    if (!block || page + 1 == gate->pages->n || is_notice(block) || is_above_lines(block))
        return;
    bool head = block->kind == DOC_CELL && block->parent->row.header;
    if (head || block->kind == DOC_HEADING || block->kind == DOC_CALLOUT_TITLE)
        check_find(gate->check, CHECK_HEADING_STRANDED, block->pos,
            "this heading stands at the foot of page %zu, apart from what it is about", page + 1);
}

static void judge_fill(const struct gate *gate, size_t page)
{
    const double whole = 100; /* percent */
    const struct page *judged = &gate->pages->at[page];
    const struct doc_node *first = NULL;
    double percent = floor(whole * judged->filled), bound;
    for (size_t i = 0; i < judged->item_count && !first; i++)
        first = doc_block(judged->items[i].tag);
    enum check_severity severity = check_judge(gate->check, CHECK_PAGE_EMPTY, percent, &bound);
    if (severity == CHECK_OFF || !first || is_notice(first) || gate->pages->n == 1)
        return;
    check_find_as(gate->check, CHECK_PAGE_EMPTY, severity, first->pos,
        "page %zu, which begins here, is only %d%% full; %s%% at least", page + 1, (int)percent,
        check_number(gate->check, bound));
}

static void judge_edges(const struct gate *gate, size_t page)
{
    const double nearest = gate->edges[page].distance;
    const struct item *found = gate->edges[page].item;
    double bound;
    enum check_severity severity = check_judge(gate->check, CHECK_EDGE_NEAR, nearest, &bound);
    if (severity == CHECK_OFF || !found)
        return;
    const struct doc_node *block = found->tag ? doc_block(found->tag) : gate->check->document->root;
    check_find_as(gate->check, CHECK_EDGE_NEAR, severity, block->pos,
        "%s on page %zu comes within %s pt of the paper's edge; %s pt at least",
        found->tag ? "something" : "a header or footer", page + 1,
        check_measured(gate->check, fmax(0, nearest), bound), check_number(gate->check, bound));
}

/* A paragraph that goes on over a page's end leaves more than a line on both sides. */
static void judge_lines(const struct gate *gate, const struct doc_node *node)
{
    const struct span *span = &gate->spans[node->id];
    if (node->kind != DOC_PARAGRAPH || span->first == span->last)
        return;
    bool foot = span->lines_first == 1, head = span->lines_last == 1;
    if (foot || head)
        check_find(gate->check, CHECK_LINE_STRANDED, node->pos,
            "one line of this paragraph stands alone at the %s of page %zu", foot ? "foot" : "head",
            foot ? span->first : span->last);
}

static const char *divisible_name(enum doc_kind kind)
{
    switch ((int)kind) {
    case DOC_TABLE: return "table";
    case DOC_CALLOUT: return "call-out";
    case DOC_FIGURE: return "figure";
    default: return NULL;
    }
}

/* What would fit on a page is not divided between two. */
static void judge_split(const struct gate *gate, const struct doc_node *node)
{
    const struct span *span = &gate->spans[node->id];
    const double edges = 36; /* of frames, cells and lines: the extents leave them out */
    const char *name = divisible_name(node->kind);
    if (!name || span->first == span->last)
        return;
    double height = span->above + span->bottom - span->top, room = gate->pages->room;
    if (node->kind == DOC_TABLE) /* a longer one may well begin where there is room for some rows */
        room /= 2;
    if (height + edges <= room)
        check_find(gate->check, CHECK_SPLIT_NEEDLESS, node->pos,
            "this %s goes on from page %zu to page %zu, though it would fit on one", name, span->first,
            span->last);
}

/* Does something of a node show on a page? */
static bool shows_on(const struct gate *gate, const struct doc_node *node, size_t page)
{
    const struct span *span = node ? &gate->spans[node->id] : NULL;
    return span && span->first <= page && page <= span->last;
}

/* A figure stands by the text before or behind it. */
static void judge_figure(const struct gate *gate, const struct doc_node *before, const struct doc_node *node)
{
    const struct span *span = &gate->spans[node->id];
    if (node->kind != DOC_FIGURE || !span->first)
        return;
    const struct doc_node *behind = node->next;
    while (behind && !gate->spans[behind->id].first)
        behind = behind->next;
    if ((before || behind) && !shows_on(gate, before, span->first) && !shows_on(gate, behind, span->last))
        check_find(gate->check, CHECK_FIGURE_FAR, node->pos,
            "this figure stands on page %zu, and the text that it belongs to does not", span->first);
}

static void judge_nodes(const struct gate *gate, const struct doc_node *node)
{
    const struct doc_node *before = NULL; /* that shows anything */
    for (; node; node = node->next) {
        if (node->role == ROLE_NOTICE)
            continue;
        judge_lines(gate, node);
        judge_split(gate, node);
        judge_figure(gate, before, node);
        if (!doc_is_inline(node->kind) && node->first)
            judge_nodes(gate, node->first);
        before = gate->spans[node->id].first ? node : before;
    }
}

/* A logo is a mark to know again, not to read. */
static bool is_logo(const struct doc_node *image)
{
    return image->parent && image->parent->kind == DOC_MASTHEAD;
}

/* The smallest words of a picture, once for each. */
static void judge_words(const struct gate *gate, const struct page *page)
{
    const struct doc_node *picture = NULL;
    double smallest = INFINITY;
    for (size_t i = 0; i <= page->item_count; i++) {
        const struct item *item = i < page->item_count ? &page->items[i] : NULL;
        const struct doc_node *tag = item && item->tag && item->tag->kind == DOC_IMAGE ? item->tag : NULL;
        double bound;
        if (tag && is_logo(tag))
            tag = NULL;
        if (tag != picture && picture) {
            enum check_severity severity = check_judge(gate->check, CHECK_PICTURE_WORDS, smallest, &bound);
            if (severity != CHECK_OFF)
                check_find_as(gate->check, CHECK_PICTURE_WORDS, severity, picture->pos,
                    "words of this picture print at %s pt; %s pt at least",
                    check_measured(gate->check, smallest, bound), check_number(gate->check, bound));
            smallest = INFINITY;
        }
        picture = tag;
        if (item && tag && item->kind == ITEM_TEXT)
            smallest = fmin(smallest, item->text.size + 0.005);
    }
}

void gate_check(struct check *check, const struct pages *pages)
{
    struct gate gate = {.check = check,
        .pages = pages,
        .spans = ARENA_ARRAY(check->arena, struct span, check->document->node_count),
        .edges = ARENA_ARRAY(check->arena, struct edge, pages->n)};
    look_around(&gate);
    for (size_t page = 0; page < pages->n; page++) {
        judge_foot(&gate, page);
        judge_fill(&gate, page);
        judge_edges(&gate, page);
        judge_words(&gate, &pages->at[page]);
    }
    judge_nodes(&gate, check->document->root);
}
