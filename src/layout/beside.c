#include "layout/beside.h"

#include "layout/figure.h"
#include "layout/para.h"

#include <math.h>

static const double NARROWEST = 14;   /* text beside a figure, in type sizes: some 28 characters */
static const double FIGURE_GAP = 1.2; /* between text and figure, in type sizes */
static const double MOST = 0.8;       /* of the page's height, for what stands beside the text */

void beside_pass(struct flow *flow, double height)
{
    for (int kind = 0; kind < BESIDE_KINDS; kind++)
        flow->beside[kind].left -= height;
}

void beside_start(struct flow *flow, double baseline)
{
    for (int kind = 0; kind < BESIDE_KINDS; kind++) {
        struct reach *reach = &flow->beside[kind];
        if (reach->below > 0)
            reach->left = fmax(reach->left, baseline + reach->below);
        reach->below = 0;
    }
    flow->above_baseline = 0;
}

bool beside_reaches(const struct flow *flow)
{
    for (int kind = 0; kind < BESIDE_KINDS; kind++)
        if (flow->beside[kind].left > 0)
            return true;
    return false;
}

/* Fills the column up as far as something beside it reaches. What waits for the next content, waits on. */
static void fill(struct flow *flow, double height)
{
    double gap = flow->gap, cost = flow->gap_cost;
    flow->gap = flow->gap_cost = 0;
    flow_box(flow, NULL, 0, height, 0);
    flow->gap = fmax(0, gap - height);
    flow->gap_cost = cost;
}

void beside_clear(struct flow *flow, enum beside kind)
{
    struct reach *reach = &flow->beside[kind];
    bool waits = reach->below > 0;
    if (waits)
        flow_box(flow, NULL, 0, flow->above_baseline + reach->below, fmax(flow->above_baseline, 0.01));
    if (reach->left > 0)
        fill(flow, reach->left);
    reach->left = 0;
    if (waits && kind == BESIDE_HEADING) /* it stands above what it was to stand beside */
        flow_gap(flow, 0, COST_FORBIDDEN);
    if (kind == BESIDE_FIGURE)
        flow->figure_room = 0;
}

void beside_clear_all(struct flow *flow)
{
    for (int kind = 0; kind < BESIDE_KINDS; kind++)
        beside_clear(flow, (enum beside)kind);
}

/* ---- Headings and titles ---- */

bool beside_text(struct flow *flow, const struct box *box, enum beside kind)
{
    bool on_band = kind == BESIDE_TITLE;
    double left = on_band ? flow->band_left : flow->page->left;
    double width = on_band ? flow->band_width : flow->page->side;
    beside_clear(flow, kind);
    flow_gap(flow, box->style->space_before, 0);
    size_t waiting = flow->markers.n;
    struct diags diags = diags_new(flow->arena), *told = flow->diags;
    double indent = flow_icon(flow, box, left);
    flow->diags = &diags;
    struct lines lines = flow_set(flow, box, width - indent, SPACES_COLLAPSE);
    flow->diags = told;
    double height = 0, first = lines.n ? lines.at[0].baseline : 0;
    for (size_t i = 0; i < lines.n; i++) {
        const struct line *line = &lines.at[i];
        line_move(line, left + indent, height - first);
        for (size_t k = 0; k < line->item_count; k++)
            vec_push(flow->arena, &flow->markers, line->items[k]);
        height += line->height;
    }
    if (height > MOST * flow_room(flow)) {
        flow->markers.n = waiting;
        return false;
    }
    diags_append(told, &diags);
    flow->above_baseline = fmax(flow->above_baseline, first);
    flow->beside[kind].below = height - first;
    return true;
}

/* ---- Figures ---- */

static bool stands_beside(const struct reach *reach)
{
    return reach->below > 0 || reach->left > 0;
}

double beside_room(struct flow *flow, double width, double size)
{
    const struct reach *reach = &flow->beside[BESIDE_FIGURE];
    if (reach->below <= 0 && reach->left <= flow->gap)
        return 0;
    if (flow->figure_room > 0 && width - flow->figure_room < NARROWEST * size)
        beside_clear(flow, BESIDE_FIGURE);
    return flow->figure_room;
}

/* A figure, or a picture by itself (a logo), set in a column of its own. False if that cannot be. */
static bool set_figure(struct flow *flow, const struct box *figure, double width, struct vlist *list)
{
    struct diags diags = diags_new(flow->arena);
    struct flow column = {.arena = flow->arena,
        .diags = &diags,
        .shaper = flow->shaper,
        .depth = flow->depth,
        .page = flow->page,
        .list = list,
        .left = flow->left + flow->width - width,
        .width = width,
        .framed_height = flow->framed_height};
    if (figure->kind == BOX_PICTURE)
        figure_flow(&column, figure);
    else
        flow_blocks(&column, figure->first, NULL);
    for (size_t i = 0; i < list->items.n; i++)
        if (list->items.at[i].kind == V_OPEN)
            return false;
    return diags.errors + diags.warnings == 0;
}

/* What is painted behind a logo at the right of the column. */
static struct item backing(
    const struct flow *flow, const struct box *picture, double width, double height, double y)
{
    return (struct item){.kind = ITEM_FILL,
        .x = flow->left + flow->width - width,
        .y = y,
        .w = width,
        .h = height,
        .shape = {.color = picture->style->fill, .radius = picture->style->radius}};
}

bool beside_figure(struct flow *flow, const struct box *figure)
{
    const struct reach before = flow->beside[BESIDE_FIGURE];
    bool lone = figure->kind == BOX_PICTURE, waits = before.below > 0;
    double size = figure->text->size, width = lone ? figure->picture.width : figure->style->width;
    double pad = lone ? figure->style->padding : 0, room = width + 2 * pad + FIGURE_GAP * size;
    struct vlist list = {0};
    if (waits)
        room = fmax(room, flow->figure_room);
    bool within = stands_beside(&before) && flow->figure_room <= 0; /* what is beside another */
    bool framed = !lone && flow_is_framed(figure->style);
    if (width <= 0 || within || framed || flow->width - room < NARROWEST * size)
        return false;
    flow->width -= pad;
    bool good = set_figure(flow, figure, width, &list);
    flow->width += pad;
    /* Its top is level with the capitals of the first line, or below the figure that waits for that. */
    double above = figure->text->font->cap_height * size, height = vlist_height(&list, 0, list.items.n);
    double top = waits ? before.below + fmax(figure->style->space_before, FIGURE_GAP * size) : -above;
    double bottom = top + height + 2 * pad;
    if (!good || bottom > MOST * flow_room(flow))
        return false;
    if (!waits) {
        beside_clear(flow, BESIDE_FIGURE);
        flow_gap(flow, figure->style->space_before, 0);
    }
    size_t count = vlist_count(&list, 0, list.items.n);
    struct item *items = ARENA_ARRAY(flow->arena, struct item, count);
    vlist_place(&list, 0, list.items.n, 0, top + pad, items);
    if (lone && figure->style->has_fill)
        vec_push(flow->arena, &flow->markers, backing(flow, figure, width + 2 * pad, height + 2 * pad, top));
    for (size_t i = 0; i < count; i++)
        vec_push(flow->arena, &flow->markers, items[i]);
    flow->above_baseline = fmax(flow->above_baseline, above);
    flow->beside[BESIDE_FIGURE].below = fmax(bottom, 0.01);
    flow->figure_room = room;
    return true;
}
