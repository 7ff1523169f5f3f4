#include "layout/marker.h"

#include "layout/drawing.h"

#include <string.h>

/* The distance of a Bézier curve's control points that makes it a quarter of a circle. */
static const float KAPPA = 0.5523F;

static struct path_step move(float x, float y)
{
    return (struct path_step){PATH_MOVE, {x}, {y}};
}

static struct path_step line(float x, float y)
{
    return (struct path_step){PATH_LINE, {x}, {y}};
}

static struct path_step close(void)
{
    return (struct path_step){.op = PATH_CLOSE};
}

enum { CIRCLE_STEPS = 6, RECTANGLE_STEPS = 5 };

static void circle(struct path_step steps[CIRCLE_STEPS], float x, float y, float r)
{
    float k = KAPPA * r;
    steps[0] = move(x + r, y);
    steps[1] = (struct path_step){PATH_CURVE, {x + r, x + k, x}, {y + k, y + r, y + r}};
    steps[2] = (struct path_step){PATH_CURVE, {x - k, x - r, x - r}, {y + r, y + k, y}};
    steps[3] = (struct path_step){PATH_CURVE, {x - r, x - k, x}, {y - k, y - r, y - r}};
    steps[4] = (struct path_step){PATH_CURVE, {x + k, x + r, x + r}, {y - r, y - k, y}};
    steps[5] = close();
}

static struct item path_item(struct arena *arena, const struct doc_node *tag, double x, double size,
    struct color color, double width, const struct path_step *steps, size_t count)
{
    struct path_step *kept = ARENA_ARRAY(arena, struct path_step, count);
    memcpy(kept, steps, count * sizeof *steps);
    return (struct item){.kind = ITEM_PATH,
        .tag = tag,
        .x = x,
        .w = size,
        .h = size,
        .path = {.steps = kept,
            .step_count = count,
            .filled = width <= 0,
            .fill = color,
            .pen = width > 0 ? drawing_pen(arena, width, color) : NULL}};
}

size_t marker_items(struct arena *arena, enum marker_kind kind, const struct text_style *text,
    struct color color, const struct doc_node *tag, double x, struct item items[MARKER_ITEMS])
{
    const double size = text->size;
    const float middle = (float)(-0.54 * text->font->x_height * size);
    struct path_step steps[CIRCLE_STEPS];
    const float box = (float)(0.78 * size), low = (float)(0.1 * size);
    switch (kind) {
    case MARKER_TEXT: return 0;
    case MARKER_DISC:
    case MARKER_RING: {
        double pen = kind == MARKER_RING ? 0.08 * size : 0;
        circle(steps, (float)(0.45 * size), middle, (float)(0.19 * size));
        items[0] = path_item(arena, tag, x, size, color, pen, steps, CIRCLE_STEPS);
        return 1;
    }
    case MARKER_SQUARE: {
        const float left = (float)(0.3 * size), half = (float)(0.15 * size);
        const struct path_step square[] = {move(left, middle - half), line(left + 2 * half, middle - half),
            line(left + 2 * half, middle + half), line(left, middle + half), close()};
        items[0] = path_item(arena, tag, x, size, color, 0, square, sizeof square / sizeof *square);
        return 1;
    }
    case MARKER_BOX:
    case MARKER_BOX_TICKED: {
        const struct path_step square[] = {
            move(0.6F, low - box), line(box, low - box), line(box, low), line(0.6F, low), close()};
        items[0] =
            path_item(arena, tag, x, size, color, 0.075 * size, square, sizeof square / sizeof *square);
        if (kind == MARKER_BOX)
            return 1;
        const struct path_step tick[] = {move(0.25F * box, low - 0.5F * box),
            line(0.45F * box, low - 0.25F * box), line(0.85F * box, low - 0.8F * box)};
        items[1] = path_item(arena, tag, x, size, color, 0.12 * size, tick, sizeof tick / sizeof *tick);
        return 2;
    }
    }
    return 0;
}

/* An exclamation mark or a lower-case i within an icon of height `h`, centered on x. */
static struct item sign(struct arena *arena, bool inverted, double x, float center, float top, float bottom,
    float width, struct color color)
{
    float h = bottom - top, dot = width * 1.1F;
    float stem_top = inverted ? top + h * 0.36F : top, stem_bottom = inverted ? bottom : bottom - h * 0.36F;
    float dot_top = inverted ? top : bottom - dot;
    const struct path_step steps[] = {move(center - width / 2, stem_top), line(center + width / 2, stem_top),
        line(center + width / 2, stem_bottom), line(center - width / 2, stem_bottom), close(),
        move(center - dot / 2, dot_top), line(center + dot / 2, dot_top),
        line(center + dot / 2, dot_top + dot), line(center - dot / 2, dot_top + dot), close()};
    return path_item(arena, NULL, x, h, color, 0, steps, sizeof steps / sizeof *steps);
}

static void rectangle(
    struct path_step steps[RECTANGLE_STEPS], float left, float top, float right, float bottom)
{
    steps[0] = move(left, top);
    steps[1] = line(right, top);
    steps[2] = line(right, bottom);
    steps[3] = line(left, bottom);
    steps[4] = close();
}

/* A cell phone of height h: its body, and screen and button on it. */
static size_t phone_items(struct arena *arena, struct color color, struct color behind, double x,
    double height, float top, struct item items[ICON_ITEMS])
{
    const float h = (float)height, left = 0.2F * h, right = 0.8F * h, r = 0.12F * h, k = r * (1 - KAPPA);
    const float bottom = top + h;
    const struct path_step body[] = {move(left + r, top), line(right - r, top),
        {PATH_CURVE, {right - k, right, right}, {top, top + k, top + r}}, line(right, bottom - r),
        {PATH_CURVE, {right, right - k, right - r}, {bottom - k, bottom, bottom}}, line(left + r, bottom),
        {PATH_CURVE, {left + k, left, left}, {bottom, bottom - k, bottom - r}}, line(left, top + r),
        {PATH_CURVE, {left, left + k, left + r}, {top + k, top, top}}, close()};
    struct path_step face[2 * RECTANGLE_STEPS];
    rectangle(face, left + 0.08F * h, top + 0.14F * h, right - 0.08F * h, bottom - 0.24F * h);
    rectangle(face + RECTANGLE_STEPS, 0.42F * h, bottom - 0.16F * h, 0.58F * h, bottom - 0.08F * h);
    items[0] = path_item(arena, NULL, x, height, color, 0, body, sizeof body / sizeof *body);
    items[1] = path_item(arena, NULL, x, height, behind, 0, face, sizeof face / sizeof *face);
    return 2;
}

size_t icon_items(struct arena *arena, enum callout_kind kind, const struct text_style *text, double x,
    struct color behind, struct item items[ICON_ITEMS], double *width)
{
    const float h = (float)(1.2 * text->size),
                below = (float)(0.5 * (1.2 - text->font->cap_height) * text->size);
    const float top = below - h, middle = h / 2;
    struct path_step steps[10];
    *width = (double)h;
    switch (kind) {
    case CALLOUT_CAUTION: { /* an octagon, as a stop sign */
        const float a = h * 0.293F;
        const struct path_step octagon[] = {move(a, top), line(h - a, top), line(h, top + a),
            line(h, below - a), line(h - a, below), line(a, below), line(0, below - a), line(0, top + a),
            close()};
        items[0] =
            path_item(arena, NULL, x, (double)h, text->color, 0, octagon, sizeof octagon / sizeof *octagon);
        items[1] = sign(arena, false, x, middle, top + h * 0.2F, below - h * 0.2F, h * 0.13F, behind);
        return 2;
    }
    case CALLOUT_WARNING: { /* a triangle */
        const struct path_step triangle[] = {move(middle, top), line(h, below), line(0, below), close()};
        items[0] = path_item(
            arena, NULL, x, (double)h, text->color, 0, triangle, sizeof triangle / sizeof *triangle);
        items[1] = sign(arena, false, x, middle, top + h * 0.35F, below - h * 0.1F, h * 0.12F, behind);
        return 2;
    }
    case CALLOUT_IMPORTANT:
        circle(steps, middle, top + middle, middle);
        items[0] = path_item(arena, NULL, x, (double)h, text->color, 0, steps, CIRCLE_STEPS);
        items[1] = sign(arena, false, x, middle, top + h * 0.2F, below - h * 0.2F, h * 0.13F, behind);
        return 2;
    case CALLOUT_NOTE:
        circle(steps, middle, top + middle, middle);
        items[0] = path_item(arena, NULL, x, (double)h, text->color, 0, steps, CIRCLE_STEPS);
        items[1] = sign(arena, true, x, middle, top + h * 0.2F, below - h * 0.2F, h * 0.13F, behind);
        return 2;
    case CALLOUT_TIP: { /* a tick */
        circle(steps, middle, top + middle, middle);
        items[0] = path_item(arena, NULL, x, (double)h, text->color, 0, steps, CIRCLE_STEPS);
        const struct path_step tick[] = {move(h * 0.27F, top + h * 0.52F), line(h * 0.44F, top + h * 0.69F),
            line(h * 0.74F, top + h * 0.33F)};
        items[1] =
            path_item(arena, NULL, x, (double)h, behind, (double)h * 0.12, tick, sizeof tick / sizeof *tick);
        return 2;
    }
    case ICON_PHONE: return phone_items(arena, text->color, behind, x, (double)h, top, items);
    }
    return 0;
}
