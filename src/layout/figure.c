#include "layout/figure.h"

#include "layout/beside.h"
#include "layout/drawing.h"
#include "layout/people.h"

#include <math.h>
#include <string.h>

/* The greatest height of a picture: a caption may follow. */
static double picture_room(const struct flow *flow)
{
    return flow_room(flow) * 0.8;
}

/* Where a picture begins in the column. */
static double aligned(const struct flow *flow, const struct box *box, double width)
{
    double free = flow->width - width;
    if (box->style->align == ALIGN_CENTER)
        return flow->left + free / 2;
    return box->style->align == ALIGN_RIGHT ? flow->left + free : flow->left;
}

/* What a FIGURE shows, its top left corner at 0, 0. */
struct figure {
    struct item *items;
    size_t n;
    double width, height, baseline;
};

/* In a FIGURE, a picture within a LINK is all that the link has. */
static void add_link(struct flow *flow, const struct doc_node *link, struct figure *figure)
{
    struct item *items = ARENA_ARRAY(flow->arena, struct item, figure->n + 1);
    memcpy(items, figure->items, figure->n * sizeof *items);
    items[figure->n++] =
        (struct item){.kind = ITEM_LINK, .tag = link, .w = figure->width, .h = figure->height};
    figure->items = items;
}

static struct figure set_picture(struct flow *flow, const struct box *box)
{
    double scale = fmin(1, fmin(flow->width / box->picture.width, picture_room(flow) / box->picture.height));
    struct figure figure = {.width = box->picture.width * scale,
        .height = box->picture.height * scale,
        .baseline = box->text->font->ascender * box->text->size};
    const struct placed_picture placed = {.picture = box->picture.picture,
        .tag = box->tag,
        .text = box->text,
        .lang = box->picture.lang,
        .depth = flow->depth,
        .w = figure.width,
        .h = figure.height};
    figure.items = drawing_items(flow->arena, flow->diags, flow->shaper, &placed, &figure.n);
    if (box->tag->parent && box->tag->parent->kind == DOC_LINK)
        add_link(flow, box->tag->parent, &figure);
    return figure;
}

/* Their first row stands on the baseline. */
static struct figure set_people(struct flow *flow, const struct box *box)
{
    struct people_plan plan = people_plan(box, flow->width, picture_room(flow));
    struct figure figure = {.items = ARENA_ARRAY(flow->arena, struct item, PEOPLE_ITEMS),
        .width = plan.width,
        .height = plan.height,
        .baseline = plan.person};
    figure.n = people_items(flow->arena, box, &plan, 0, figure.items);
    return figure;
}

static void move_figure(const struct figure *figure, double x, double y)
{
    for (size_t i = 0; i < figure->n; i++) {
        figure->items[i].x += x;
        figure->items[i].y += y;
    }
}

/* Is it text and nothing around it? */
static bool is_plain(const struct box *box)
{
    const struct box_style *style = box->style;
    return box->kind == BOX_TEXT && !flow_is_framed(style) && style->indent_left + style->indent_right <= 0;
}

/* A figure with its caption at its side, as one piece. False where that is not wanted, or the caption would
 * be too narrow: then nothing has happened. */
static bool flow_beside_caption(struct flow *flow, const struct box *box, const struct figure *figure)
{
    const double narrowest = 12; /* of the caption, in sizes */
    bool code = box->tag->kind == DOC_QR;
    const double gap = code ? 0.4 : 1.2; /* between them, in sizes; a code has a margin of its own */
    const struct box *caption = box->next;
    if (box->style->align != ALIGN_LEFT || !caption || !is_plain(caption))
        return false;
    double left = figure->width + gap * caption->text->size, room = flow->width - left;
    if (room < narrowest * caption->text->size)
        return false;
    struct lines lines = flow_set(flow, caption, room, SPACES_COLLAPSE);
    double height = 0, y;
    for (size_t i = 0; i < lines.n; i++)
        height += lines.at[i].height;
    y = fmax(0, (figure->height - height) / 2);
    move_figure(figure, flow->left, 0);
    VEC(struct item) items = {0};
    for (size_t i = 0; i < figure->n; i++)
        vec_push(flow->arena, &items, figure->items[i]);
    for (size_t i = 0; i < lines.n; y += lines.at[i++].height) {
        line_move(&lines.at[i], flow->left + left, y);
        for (size_t k = 0; k < lines.at[i].item_count; k++)
            vec_push(flow->arena, &items, lines.at[i].items[k]);
    }
    flow_gap(flow, box->style->space_before, 0);
    flow_box(flow, items.at, items.n, fmax(figure->height, height), figure->baseline);
    flow_gap(flow, caption->style->space_after, 0);
    return true;
}

static struct figure set_figure(struct flow *flow, const struct box *box)
{
    return box->kind == BOX_PEOPLE ? set_people(flow, box) : set_picture(flow, box);
}

void figure_flow(struct flow *flow, const struct box *box)
{
    if (box->kind == BOX_PICTURE && !box->picture.picture)
        return;
    struct figure figure = set_figure(flow, box);
    move_figure(&figure, aligned(flow, box, figure.width), 0);
    flow_box(flow, figure.items, figure.n, figure.height, figure.baseline);
    flow_gap(flow, 0, box->next ? COST_FORBIDDEN : 0);
}

bool figure_flow_beside(struct flow *flow, const struct box *box)
{
    bool wanted = box->kind == BOX_PEOPLE
                      ? box->people.beside
                      : box->kind == BOX_PICTURE && box->picture.picture && box->picture.beside;
    if (!wanted)
        return false;
    double width = flow->width;
    flow->width -= beside_room(flow, flow->width, box->text->size);
    struct figure figure = set_figure(flow, box);
    bool done = flow_beside_caption(flow, box, &figure);
    flow->width = width;
    return done;
}
