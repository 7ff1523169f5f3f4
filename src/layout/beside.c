#include "layout/beside.h"

#include "layout/para.h"

#include <math.h>

static const double NARROWEST = 14;   /* text beside a figure, in type sizes: some 28 characters */
static const double FIGURE_GAP = 1.2; /* between text and figure, in type sizes */

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

void beside_clear(struct flow *flow, enum beside kind)
{
    struct reach *reach = &flow->beside[kind];
    if (reach->below > 0)
        flow_box(flow, NULL, 0, flow->above_baseline + reach->below, fmax(flow->above_baseline, 0.01));
    if (reach->left > flow->gap) {
        flow_gap(flow, 0, COST_FORBIDDEN);
        flow_box(flow, NULL, 0, reach->left - flow->gap, 0);
    }
    reach->left = 0;
    if (kind == BESIDE_FIGURE)
        flow->figure_room = 0;
}

/* ---- Headings and titles ---- */

void beside_text(struct flow *flow, const struct box *box, enum beside kind)
{
    bool on_band = kind == BESIDE_TITLE;
    double left = on_band ? flow->band_left : flow->page->left;
    double width = on_band ? flow->band_width : flow->page->side;
    beside_clear(flow, kind);
    flow_gap(flow, box->style->space_before, 0);
    double indent = flow_icon(flow, box, left);
    struct lines lines = flow_set(flow, box, width - indent, SPACES_COLLAPSE);
    double height = 0, first = lines.n ? lines.at[0].baseline : 0;
    for (size_t i = 0; i < lines.n; i++) {
        const struct line *line = &lines.at[i];
        line_move(line, left + indent, height - first);
        for (size_t k = 0; k < line->item_count; k++)
            vec_push(flow->arena, &flow->markers, line->items[k]);
        height += line->height;
    }
    flow->above_baseline = fmax(flow->above_baseline, first);
    flow->beside[kind].below = height - first;
}

/* ---- Figures ---- */

double beside_room(const struct flow *flow)
{
    const struct reach *reach = &flow->beside[BESIDE_FIGURE];
    return reach->below > 0 || reach->left > 0 ? flow->figure_room : 0;
}

/* A figure, or a picture by itself (a logo), set in a column of its own. False if that cannot be. */
static bool set_figure(struct flow *flow, const struct box *figure, double width, struct vlist *list)
{
    struct diags diags = diags_new(flow->arena);
    struct flow column = {.arena = flow->arena,
        .diags = &diags,
        .shaper = flow->shaper,
        .page = flow->page,
        .list = list,
        .left = flow->left + flow->width - width,
        .width = width,
        .framed_height = flow->framed_height};
    if (figure->kind == BOX_PICTURE)
        flow_figure(&column, figure);
    else
        flow_blocks(&column, figure->first, NULL);
    for (size_t i = 0; i < list->items.n; i++)
        if (list->items.at[i].kind == V_OPEN)
            return false;
    return diags.errors + diags.warnings == 0 && vlist_height(list, 0, list->items.n) <= flow_room(flow);
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
    bool lone = figure->kind == BOX_PICTURE;
    double size = figure->text->size, width = lone ? figure->picture.width : figure->style->width;
    double pad = lone ? figure->style->padding : 0, room = width + 2 * pad + FIGURE_GAP * size;
    struct vlist list = {0};
    if (!figure->next || width <= 0 || flow->width - room < NARROWEST * size)
        return false;
    flow->width -= pad;
    bool good = set_figure(flow, figure, width, &list);
    flow->width += pad;
    if (!good)
        return false;
    beside_clear(flow, BESIDE_FIGURE);
    flow_gap(flow, figure->style->space_before, 0);
    /* Its top is level with the capitals of the first line. */
    double height = vlist_height(&list, 0, list.items.n) + 2 * pad;
    double above = figure->text->font->cap_height * size;
    size_t count = vlist_count(&list, 0, list.items.n);
    struct item *items = ARENA_ARRAY(flow->arena, struct item, count);
    vlist_place(&list, 0, list.items.n, 0, pad - above, items);
    if (lone && figure->style->has_fill)
        vec_push(flow->arena, &flow->markers, backing(flow, figure, width + 2 * pad, height, -above));
    for (size_t i = 0; i < count; i++)
        vec_push(flow->arena, &flow->markers, items[i]);
    flow->above_baseline = fmax(flow->above_baseline, above);
    flow->beside[BESIDE_FIGURE].below = height - above;
    flow->figure_room = room;
    return true;
}
