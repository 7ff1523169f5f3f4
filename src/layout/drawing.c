#include "layout/drawing.h"

#include <math.h>

static const double USUAL_MITER = 10; /* ISO 32000-1, Table 52 */

struct placer {
    struct arena *arena;
    struct diags *diags;
    struct shaper *shaper;
    const struct placed_picture *placed;
    double scale;
    VEC(struct item) items;
};

const struct pen *drawing_pen(struct arena *arena, double width, struct color color)
{
    struct pen *pen = ARENA_NEW(arena, struct pen);
    *pen = (struct pen){.width = width, .color = color, .miter = USUAL_MITER};
    return pen;
}

static const struct pen *scaled_pen(const struct placer *placer, const struct pen *pen)
{
    const double least = 0.02; /* points: shorter dashes make a solid line */
    double length = 0;
    if (!(pen->width > 0))
        return NULL;
    struct pen *scaled = ARENA_NEW(placer->arena, struct pen);
    *scaled = *pen;
    scaled->width *= placer->scale;
    scaled->dash_phase *= placer->scale;
    for (int i = 0; i < scaled->dash_count; i++)
        length += scaled->dashes[i] *= placer->scale;
    if (length < least)
        scaled->dash_count = 0;
    return scaled;
}

static const struct path_step *scaled_steps(const struct placer *placer, const struct drawing_shape *shape)
{
    struct path_step *steps = ARENA_ARRAY(placer->arena, struct path_step, shape->path.n);
    for (size_t i = 0; i < shape->path.n; i++) {
        steps[i] = shape->path.steps[i];
        for (int p = 0; p < 3; p++) {
            steps[i].x[p] *= (float)placer->scale;
            steps[i].y[p] *= (float)placer->scale;
        }
    }
    return steps;
}

static void place_path(struct placer *placer, const struct drawing_shape *shape)
{
    const struct placed_picture *placed = placer->placed;
    bool whole = placed->depth == DEPTH_WHOLE;
    struct item item = {.kind = ITEM_PATH,
        .tag = placed->tag,
        .x = placed->x,
        .y = placed->y,
        .w = placed->w,
        .h = placed->h,
        .path = {.steps = whole ? scaled_steps(placer, shape) : NULL,
            .step_count = whole ? shape->path.n : 0,
            .filled = shape->path.filled,
            .even_odd = shape->path.even_odd,
            .clipped = shape->path.clipped,
            .fill = shape->path.fill,
            .pen = scaled_pen(placer, &shape->path.pen)}};
    if (item.path.filled || item.path.pen)
        vec_push(placer->arena, &placer->items, item);
}

/* Words that are wider in this family than in the one they were drawn with may leave the drawing. */
static void check_edges(
    const struct placer *placer, const struct drawing_shape *shape, double left, double width)
{
    const double tolerance = 0.5;
    const struct placed_picture *placed = placer->placed;
    double over = fmax(placed->x - left, left + width - placed->x - placed->w);
    if (over > tolerance)
        diag_at(placer->diags, SEVERITY_WARNING, shape->pos, "drawing-overfull",
            "'%.*s' reaches %d pt beyond the drawing's edge (make it shorter or smaller, or the viewBox "
            "wider)",
            STR_FMT(str_trim(shape->text.spans[0].text)), (int)ceil(over));
}

static bool make_run(const struct placer *placer, const struct drawing_shape *shape,
    const struct drawing_span *span, struct run *run)
{
    const struct placed_picture *placed = placer->placed;
    struct text_style *style = ARENA_NEW(placer->arena, struct text_style);
    style->font = fontset_find(shaper_fontset(placer->shaper), placer->diags, shape->pos,
        placed->text->font->family, span->weight, false);
    style->size = style->leading = span->size * placer->scale;
    style->color = span->color;
    *run = (struct run){.kind = RUN_TEXT,
        .text = span->text,
        .style = style,
        .tag = placed->tag,
        .pos = shape->pos,
        .lang = placed->lang};
    return style->font != NULL;
}

/* A line of words, set like any other text, moved to its anchor. */
static void place_text(struct placer *placer, const struct drawing_shape *shape)
{
    const double room = 10; /* so that rounding breaks no line */
    static const double parts[] = {[ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1};
    const struct placed_picture *placed = placer->placed;
    struct run *runs = ARENA_ARRAY(placer->arena, struct run, shape->text.n);
    for (size_t i = 0; i < shape->text.n; i++)
        if (!make_run(placer, shape, &shape->text.spans[i], &runs[i]))
            return;
    struct para *para = para_new(
        placer->arena, placer->diags, placer->shaper, runs, shape->text.n, runs[0].style, SPACES_COLLAPSE);
    para_deep(para, placed->depth);
    double width = para_max_width(para) + room;
    struct lines lines = para_lines(para, width, ALIGN_CENTER);
    if (!lines.n)
        return;
    const struct line *line = &lines.at[0];
    double left = placed->x + shape->text.x * placer->scale - line->width * parts[shape->text.anchor];
    check_edges(placer, shape, left, line->width);
    for (size_t i = 0; i < line->item_count; i++) {
        struct item item = line->items[i];
        item.x += left - (width - line->width) / 2;
        item.y += placed->y + shape->text.y * placer->scale - line->baseline;
        vec_push(placer->arena, &placer->items, item);
    }
}

struct item *drawing_items(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct placed_picture *placed, size_t *count)
{
    struct placer placer = {.arena = arena, .diags = diags, .shaper = shaper, .placed = placed};
    const struct drawing *drawing = placed->picture->drawing;
    if (placed->picture->kind != PICTURE_DRAWING) {
        struct item image = {.kind = ITEM_IMAGE,
            .tag = placed->tag,
            .x = placed->x,
            .y = placed->y,
            .w = placed->w,
            .h = placed->h,
            .picture = placed->picture};
        vec_push(arena, &placer.items, image);
    } else {
        placer.scale = placed->w / drawing->width;
        for (size_t i = 0; i < drawing->n; i++) {
            if (drawing->shapes[i].kind == SHAPE_PATH)
                place_path(&placer, &drawing->shapes[i]);
            else
                place_text(&placer, &drawing->shapes[i]);
        }
    }
    *count = placer.items.n;
    return placer.items.at;
}
