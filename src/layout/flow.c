#include "layout/flow.h"

#include "base/utf8.h"
#include "layout/beside.h"
#include "layout/columns.h"
#include "layout/figure.h"
#include "layout/marker.h"
#include "layout/table.h"

#include <math.h>
#include <string.h>

/* Costs of ending a page within a block; see vlist.h for the scale. */
enum { COST_FIRST_ITEM = 600, COST_INTRODUCTION = 1500, COST_ITEM = 20, COST_LINES = 200 };

/* ---- The list's end: gaps, boxes, frames ---- */

void flow_gap(struct flow *flow, double space, double cost)
{
    /* At the top of a frame its padding is space enough, and no page ends there; a break that is asked for
     * comes before the frame. */
    bool at_top = flow->opening.n > 0;
    if (!at_top)
        flow->gap = fmax(flow->gap, space);
    if (cost <= COST_FORCED)
        flow->gap_cost = COST_FORCED;
    else if (flow->gap_cost > COST_FORCED && !at_top)
        flow->gap_cost = fmax(flow->gap_cost, cost);
}

static void push(struct flow *flow, struct vitem item)
{
    vec_push(flow->arena, &flow->list->items, item);
}

/* Puts what waits into the list: a place to break, and space. */
static void settle(struct flow *flow)
{
    if (flow->list->items.n) {
        bool bound = beside_reaches(flow) && flow->gap_cost > COST_FORCED;
        push(flow, (struct vitem){.kind = V_BREAK, .cost = bound ? COST_FORBIDDEN : flow->gap_cost});
        if (flow->gap > 0)
            push(flow, (struct vitem){.kind = V_SPACE, .height = flow->gap});
        beside_pass(flow, flow->gap);
    }
    for (size_t i = 0; i < flow->opening.n; i++) {
        push(flow, (struct vitem){.kind = V_OPEN, .frame = flow->opening.at[i]});
        beside_pass(flow, flow->opening.at[i]->top);
    }
    flow->opening.n = 0;
    flow->gap = flow->gap_cost = 0;
}

/* The items of a line with the waiting markers before them, moved down by `shift`. */
static const struct item *with_markers(
    struct flow *flow, const struct item *items, size_t *count, double shift, double baseline)
{
    size_t markers = flow->markers.n;
    struct item *all = ARENA_ARRAY(flow->arena, struct item, markers + *count);
    for (size_t i = 0; i < markers; i++) {
        all[i] = flow->markers.at[i];
        all[i].y += baseline;
    }
    for (size_t i = 0; i < *count; i++) {
        all[markers + i] = items[i];
        all[markers + i].y += shift;
    }
    *count += markers;
    flow->markers.n = 0;
    return all;
}

void flow_box(struct flow *flow, const struct item *items, size_t count, double height, double baseline)
{
    settle(flow);
    if (flow->markers.n && baseline > 0) {
        double shift = fmax(0, flow->above_baseline - baseline);
        baseline += shift;
        height += shift;
        items = with_markers(flow, items, &count, shift, baseline);
        beside_start(flow, baseline);
    }
    beside_pass(flow, height);
    push(flow,
        (struct vitem){
            .kind = V_BOX, .height = height, .baseline = baseline, .items = items, .item_count = count});
}

void flow_open(struct flow *flow, const struct frame *frame)
{
    vec_push(flow->arena, &flow->opening, frame);
    flow->framed_height += frame->top + frame->bottom + frame->head_height;
}

void flow_close(struct flow *flow, const struct frame *frame)
{
    flow->framed_height -= frame->top + frame->bottom + frame->head_height;
    if (flow->opening.n) { /* nothing was in it */
        flow->opening.n--;
        return;
    }
    push(flow, (struct vitem){.kind = V_CLOSE, .frame = frame});
    beside_pass(flow, frame->bottom);
    flow->gap = 0;
    flow->gap_cost = flow->gap_cost <= COST_FORCED ? COST_FORCED : 0;
}

double flow_room(const struct flow *flow)
{
    return flow->page->height - flow->page->top - flow->page->bottom - flow->framed_height;
}

bool flow_is_framed(const struct box_style *style)
{
    return style->has_fill || style->padding > 0 || style->padding_sides > 0 || style->border.width > 0 ||
           style->bar.width > 0 || style->above.width > 0 || style->below.width > 0;
}

/* Where text begins, beside the side column. */
static double column_left(const struct page_style *page)
{
    return page->left + page->side + page->side_gap;
}

/* Forbids breaks within the list from `from` on, if that fits on a page. */
static void keep_together(struct flow *flow, size_t from)
{
    double height = 0;
    bool begun = false;
    for (size_t i = from; i < flow->list->items.n; i++) {
        const struct vitem *item = &flow->list->items.at[i];
        begun = begun || item->kind == V_BOX || item->kind == V_OPEN;
        if (begun)
            height += item->height;
        if (item->kind == V_OPEN)
            height += item->frame->top + item->frame->bottom;
    }
    if (height > flow_room(flow))
        return;
    begun = false;
    for (size_t i = from; i < flow->list->items.n; i++) {
        struct vitem *item = &flow->list->items.at[i];
        begun = begun || item->kind == V_BOX || item->kind == V_OPEN;
        if (begun && item->kind == V_BREAK && item->cost > COST_FORCED)
            item->cost = COST_FORBIDDEN;
    }
}

/* ---- Text ---- */

struct para *flow_para(struct flow *flow, struct diags *diags, const struct run *runs, size_t count,
    const struct text_style *text, enum para_spaces spaces)
{
    struct para *para = para_new(flow->arena, diags, flow->shaper, runs, count, text, spaces);
    para_deep(para, flow->depth);
    return para;
}

struct lines flow_set(struct flow *flow, const struct box *box, double width, enum para_spaces spaces)
{
    struct para *para = flow_para(flow, flow->diags, box->para.runs, box->para.n, box->text, spaces);
    const struct box_style *style = box->style;
    return para_lines(para, fmax(1, style->measure > 0 ? fmin(width, style->measure) : width), style->align);
}

static void note_short_end(struct flow *flow, const struct box *box, const struct lines *lines)
{
    enum { SHORT = 16 }; /* characters */
    size_t characters = 0;
    if (lines->n < 2)
        return;
    const struct line *last = &lines->at[lines->n - 1];
    for (size_t i = 0; i < last->item_count; i++) {
        if (last->items[i].kind == ITEM_TEXT)
            characters += utf8_length(last->items[i].text.text);
        else if (last->items[i].kind == ITEM_LINE) /* a blank or an underline: not to be cut */
            return;
    }
    struct short_end end = {box->tag, flow->list->items.n - 1, characters};
    if (characters <= SHORT)
        vec_push(flow->arena, &flow->list->short_ends, end);
}

/* Lines one below the other; no widow, no orphan. */
static void flow_lines(struct flow *flow, const struct lines *lines)
{
    double cost = flow->items ? COST_WITHIN_ITEM : COST_PARAGRAPH;
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->at[i];
        line_move(line, flow->left, 0);
        flow_box(flow, line->items, line->item_count, line->height, line->baseline);
        if (i + 1 < lines->n)
            flow_gap(flow, 0, i == 0 || i + 2 == lines->n ? COST_FORBIDDEN : cost);
    }
}

double flow_icon(struct flow *flow, const struct box *box, double left)
{
    const double gap = 0.35; /* behind the icon, in sizes */
    if (box->kind != BOX_TEXT || !box->para.icon)
        return 0;
    struct item items[ICON_ITEMS];
    double width;
    size_t count = icon_items(flow->arena, (enum callout_kind)(box->para.icon - 1), box->text, left,
        box->para.behind, items, &width);
    for (size_t i = 0; i < count; i++)
        vec_push(flow->arena, &flow->markers, items[i]);
    return width + gap * box->text->size;
}

static void flow_text(struct flow *flow, const struct box *box)
{
    double indent = flow_icon(flow, box, flow->left);
    flow->left += indent;
    flow->width -= indent;
    struct lines lines =
        flow_set(flow, box, flow->width, box->kind == BOX_CODE ? SPACES_KEEP : SPACES_COLLAPSE);
    flow_lines(flow, &lines);
    note_short_end(flow, box, &lines);
    flow->left -= indent;
    flow->width += indent;
}

/* ---- Other blocks ---- */

static void add_text_marker(struct flow *flow, const struct box *item, double right)
{
    struct run run = {.kind = RUN_TEXT,
        .text = item->item.text,
        .style = item->text,
        .tag = item->item.label,
        .lang = STR("")};
    struct run *kept = ARENA_NEW(flow->arena, struct run);
    *kept = run;
    struct para *para = flow_para(flow, flow->diags, kept, 1, item->text, SPACES_COLLAPSE);
    struct lines lines = para_lines(para, fmax(1, para_max_width(para)), ALIGN_LEFT);
    if (!lines.n)
        return;
    line_move(&lines.at[0], right - lines.at[0].width, -lines.at[0].baseline);
    for (size_t i = 0; i < lines.at[0].item_count; i++)
        vec_push(flow->arena, &flow->markers, lines.at[0].items[i]);
}

static void flow_item(struct flow *flow, const struct box *box)
{
    const double gap = 0.5; /* between a number and its text, in sizes */
    double size = box->text->size, indent = fmin(box->item.width, flow->width / 2);
    if (box->item.marker == MARKER_TEXT) {
        add_text_marker(flow, box, flow->left + indent - gap * size);
    } else {
        struct item items[MARKER_ITEMS];
        size_t count = marker_items(
            flow->arena, box->item.marker, box->text, box->item.color, box->item.label, flow->left, items);
        for (size_t i = 0; i < count; i++)
            vec_push(flow->arena, &flow->markers, items[i]);
    }
    flow->left += indent;
    flow->width -= indent;
    flow->items++;
    flow_blocks(flow, box->first, NULL);
    flow->items--;
    if (flow->markers.n) /* an item without text still shows its mark */
        flow_box(flow, NULL, 0, box->text->leading, box->text->leading * 0.75);
    flow->left -= indent;
    flow->width += indent;
}

static struct item *line_item(struct flow *flow, double y, struct edge pen)
{
    struct item *item = ARENA_NEW(flow->arena, struct item);
    *item = (struct item){.kind = ITEM_LINE,
        .x = flow->left,
        .y = y,
        .w = flow->width,
        .shape = {.color = pen.color, .width = pen.width}};
    return item;
}

static void flow_ruled_lines(struct flow *flow, const struct box *box)
{
    for (int i = 0; i < box->lines.count; i++) {
        flow_box(
            flow, line_item(flow, box->lines.pitch, box->lines.pen), 1, box->lines.pitch, box->lines.pitch);
        bool lone = i == 0 || i + 2 == box->lines.count;
        if (i + 1 < box->lines.count)
            flow_gap(flow, 0, lone ? COST_FORBIDDEN : COST_LINES);
    }
}

static void flow_block(struct flow *flow, const struct box *box);

static bool is_figure_beside(const struct box *box)
{
    return (box->kind == BOX_STACK || box->kind == BOX_PICTURE) && box->style->beside;
}

/* Does a box reach over the side column? Only what stands in the column itself can: not what is within an
 * item or a frame. */
static bool is_over_side(const struct flow *flow, const struct box *box)
{
    const struct page_style *page = flow->page;
    return box->style->full_width && page->side > 0 && flow->left == column_left(page) && !flow->framed;
}

/* Behind the figures that begin with this one: what they may stand beside, or `end`. */
static const struct box *behind_figures(const struct box *figure, const struct box *end)
{
    while (figure != end && is_figure_beside(figure) && !figure->style->new_page)
        figure = figure->next;
    return figure;
}

/* Is what stands behind figures text that this one can stand beside? Before a heading, it belongs to the text
 * above it. */
static bool has_company(
    const struct flow *flow, const struct box *figure, const struct box *next, const struct box *end)
{
    if (next == end || next->kind == BOX_BREAK || next->style->new_page || is_over_side(flow, next))
        return false;
    return figure->kind == BOX_PICTURE || !next->tag || next->tag->kind != DOC_HEADING;
}

void flow_blocks(struct flow *flow, const struct box *first, const struct box *end)
{
    size_t index = 0;
    bool figure = false;             /* one of these stands at the side */
    const struct box *behind = NULL; /* the row of figures that the child is one of; NULL: not looked for */
    for (const struct box *child = first; child != end; child = child->next, index++) {
        bool item = child->kind == BOX_ITEM;
        if (item && index > 0)
            flow_gap(flow, 0, index == 1 || !child->next ? COST_FIRST_ITEM : COST_ITEM);
        bool beside = is_figure_beside(child) && !child->style->new_page;
        if (!beside)
            behind = NULL;
        else if (!behind)
            behind = behind_figures(child, end);
        if (beside && has_company(flow, child, behind, end) && beside_figure(flow, child)) {
            figure = true;
        } else if (figure_flow_beside(flow, child)) {
            child = child->next;
            behind = NULL;
        } else {
            flow_block(flow, child);
        }
    }
    if (figure)
        beside_clear(flow, BESIDE_FIGURE);
}

static void flow_content(struct flow *flow, const struct box *box)
{
    switch (box->kind) {
    case BOX_STACK:
        if (box->style->columns > 1 && box->tag && box->tag->kind == DOC_SECTION)
            columns_flow(flow, box);
        else
            flow_blocks(flow, box->first, NULL);
        break;
    case BOX_TEXT:
    case BOX_CODE: flow_text(flow, box); break;
    case BOX_ITEM: flow_item(flow, box); break;
    case BOX_TABLE: table_flow(flow, box); break;
    case BOX_ROW: break; /* table_flow sets them */
    case BOX_PICTURE:
    case BOX_PEOPLE: figure_flow(flow, box); break;
    case BOX_LINES: flow_ruled_lines(flow, box); break;
    case BOX_RULE:
        flow_box(flow, line_item(flow, 0, box->style->above.width > 0 ? box->style->above : box->style->bar),
            1, 1, 0);
        break;
    case BOX_BREAK:
        beside_clear_all(flow);
        flow_gap(flow, 0, COST_FORCED);
        break;
    }
}

/* Are the style's lines drawn within the box, not around it? */
static bool has_own_lines(const struct box *box)
{
    return box->kind == BOX_TABLE || box->kind == BOX_RULE || box->kind == BOX_PEOPLE ||
           box->kind == BOX_LINES;
}

/* The style of a frame in a column: its bar takes at most two fifths of the width, its padding what then is
 * to spare. */
static const struct box_style *fit_frame(struct flow *flow, const struct box_style *style)
{
    const double widest_bar = 0.4, least_text = 0.5;
    struct box_style *fitted = ARENA_NEW(flow->arena, struct box_style);
    *fitted = *style;
    fitted->bar.width = fmin(style->bar.width, widest_bar * flow->width);
    double spare = (1 - least_text) * flow->width - fitted->bar.width - 2 * style->border.width;
    fitted->padding_sides = fmax(0, fmin(style->padding_sides, spare / 2));
    return fitted;
}

/* Does a frame begin with a title that stands on its band? */
static bool has_band_title(const struct box *box)
{
    const struct box *first = box->kind == BOX_STACK ? box->first : NULL;
    return first && first->style->beside && first->tag && first->tag->kind == DOC_CALLOUT_TITLE;
}

/* A box within its frame, if it has one to show. */
static void flow_framed(struct flow *flow, const struct box *box)
{
    if (!flow_is_framed(box->style) || has_own_lines(box)) {
        flow_content(flow, box);
        return;
    }
    bool titled = has_band_title(box);
    if (titled)
        beside_clear(flow, BESIDE_TITLE); /* that of a call-out around it */
    const struct box_style *style = fit_frame(flow, box->style);
    struct frame *frame = ARENA_NEW(flow->arena, struct frame);
    *frame = (struct frame){.style = style,
        .x = flow->left,
        .width = flow->width,
        .top = style->padding + style->above.width + style->border.width,
        .bottom = style->padding + style->below.width + style->border.width};
    double right = style->padding_sides + style->border.width, left = right + style->bar.width;
    double band_left = flow->band_left, band_width = flow->band_width;
    flow_open(flow, frame);
    flow->band_left = flow->left + style->padding_sides;
    flow->band_width = fmax(1, style->bar.width - 2 * style->padding_sides);
    flow->left += left;
    flow->width -= left + right;
    flow->framed++;
    flow_content(flow, box);
    if (titled)
        beside_clear(flow, BESIDE_TITLE);
    flow->framed--;
    flow->band_left = band_left;
    flow->band_width = band_width;
    flow->left -= left;
    flow->width += left + right;
    if (!box->first && box->kind == BOX_STACK) /* an empty frame is still seen */
        flow_box(flow, NULL, 0, 1, 0);
    flow_close(flow, frame);
}

static void note_one_page(struct flow *flow, const struct box *box, size_t from)
{
    struct one_page range = {
        .from = from, .to = flow->list->items.n, .tag = box->tag, .line = box->text->leading};
    vec_push(flow->arena, &flow->list->one_pages, range);
}

/* Sets a heading or title beside what follows it. False if it does not stand there. */
static bool flow_beside(struct flow *flow, const struct box *box)
{
    bool title = box->tag && box->tag->kind == DOC_CALLOUT_TITLE;
    return box->style->beside && !is_figure_beside(box) &&
           beside_text(flow, box, title ? BESIDE_TITLE : BESIDE_HEADING);
}

/* Sets a box in the column, which is narrower beside a figure: that is up to each block within a stack. */
static void flow_in_column(struct flow *flow, const struct box *box)
{
    const struct box_style *style = box->style;
    bool group = (box->kind == BOX_STACK || box->kind == BOX_ITEM) && !flow_is_framed(style);
    double left = flow->left, width = flow->width;
    double marker = box->kind == BOX_ITEM ? fmin(box->item.width, width / 2) : 0;
    double room = beside_room(flow, width - marker, box->text->size), kept = flow->figure_room;
    if (!group) {
        flow->width -= room;
        flow->figure_room = 0;
    }
    double indent = fmin(style->indent_left + style->indent_right, flow->width * 0.6);
    flow->left += fmin(style->indent_left, indent);
    flow->width -= indent;
    flow_framed(flow, box);
    flow->left = left;
    flow->width = width;
    if (!group)
        flow->figure_room = kept;
}

/* Does a box announce what follows it: "Studies left out people with:", a figure above its text, or a
 * masthead? */
static bool introduces(const struct box *box)
{
    if (box->next && box->tag && (box->tag->kind == DOC_FIGURE || box->tag->kind == DOC_MASTHEAD))
        return true;
    if (box->kind != BOX_TEXT || !box->para.n || !box->next || box->next->kind == BOX_TEXT)
        return false;
    const struct run *last = &box->para.runs[box->para.n - 1];
    return last->kind == RUN_TEXT && str_ends(str_trim(last->text), ":");
}

static void flow_block(struct flow *flow, const struct box *box)
{
    const struct box_style *style = box->style;
    double left = flow->left, width = flow->width;
    if (style->new_page && flow->list->items.n) {
        beside_clear_all(flow);
        flow_gap(flow, 0, COST_FORCED);
    }
    if (flow_beside(flow, box))
        return;
    bool over_side = is_over_side(flow, box);
    if (over_side) {
        beside_clear(flow, BESIDE_HEADING);
        beside_clear(flow, BESIDE_FIGURE);
    }
    flow_gap(flow, style->space_before, 0);
    if (over_side) {
        flow->left = flow->page->left;
        flow->width = flow->page->width - flow->page->left - flow->page->right;
    }
    size_t from = flow->list->items.n;
    flow_in_column(flow, box);
    if (style->keep_together && box->kind != BOX_TABLE)
        keep_together(flow, from);
    if (style->one_page)
        note_one_page(flow, box, from);
    flow->left = left;
    flow->width = width;
    double cost = introduces(box) ? COST_INTRODUCTION : 0;
    flow_gap(flow, style->space_after, style->keep_with_next ? COST_FORBIDDEN : cost);
}

struct vlist *flow_boxes(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct box_tree *tree, enum depth depth)
{
    const struct page_style *page = &tree->page;
    struct flow flow = {.arena = arena,
        .diags = diags,
        .shaper = shaper,
        .depth = depth,
        .page = page,
        .list = ARENA_NEW(arena, struct vlist),
        .left = column_left(page),
        .width = page->width - page->right - column_left(page)};
    flow_blocks(&flow, tree->root->first, NULL);
    beside_clear(&flow, BESIDE_HEADING);
    return flow.list;
}
