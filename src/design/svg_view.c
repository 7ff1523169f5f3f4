#include "design/svg_view.h"

#include "design/svg_shape.h"

#include <math.h>

enum { MOST_SIDE = 20000 };            /* px */
static const double LEAST_SIDE = 0.01; /* px */
static const double POINTS = 0.75;     /* in a px */

/* The size that the root asks for, px; NAN where it leaves that open. */
static double root_size(struct svg *svg, const char *name)
{
    const struct svg_attribute *attribute = svg_tree_attribute(svg->root, name);
    const struct svg_measures measures = {0, 0, 16};
    struct str value = attribute ? str_trim(attribute->value) : STR("");
    if (!value.n || str_ends(value, "%") || str_is(value, "auto"))
        return NAN;
    double size = svg_shape_length(svg, svg->root, name, &measures, AXIS_BOTH, NAN);
    if (size <= 0)
        svg_tree_fault(svg, svg_tree_pos(svg->root, attribute, attribute->value), "drawing-value",
            "%s must be more than 0", name);
    return size;
}

/* How the viewBox lies in the viewport (SVG 1.1, section 7.8); false if it is malformed. */
static bool read_aspect(struct svg *svg, double *align_x, double *align_y, bool *slice, bool *stretch)
{
    static const char *const SIDES[] = {"Min", "Mid", "Max"};
    const struct svg_attribute *attribute = svg_tree_attribute(svg->root, "preserveAspectRatio");
    *align_x = *align_y = 0.5;
    *slice = *stretch = false;
    if (!attribute)
        return true;
    struct str rest = str_trim(attribute->value);
    struct str align = str_cut(&rest, ' '), mode = str_trim(rest);
    *align_x = *align_y = -1;
    *slice = str_is(mode, "slice");
    *stretch = str_is(align, "none");
    for (int i = 0; i < 3; i++) {
        if (str_eq(str_slice(align, 1, 4), str_from(SIDES[i])))
            *align_x = i / 2.0;
        if (str_eq(str_slice(align, 5, 8), str_from(SIDES[i])))
            *align_y = i / 2.0;
    }
    bool named = align.n == 8 && align.p[0] == 'x' && align.p[4] == 'Y' && *align_x >= 0 && *align_y >= 0;
    if ((*stretch || named) && (!mode.n || *slice || str_is(mode, "meet")))
        return true;
    svg_tree_fault(svg, svg_tree_pos(svg->root, attribute, attribute->value), "drawing-value",
        "preserveAspectRatio is none, or an alignment as xMidYMid with meet or slice");
    return false;
}

/* From user space to px. */
static struct matrix view_matrix(struct svg *svg, const double box[4], double width, double height)
{
    double align_x, align_y, sx = width / box[2], sy = height / box[3];
    bool slice, stretch;
    if (!read_aspect(svg, &align_x, &align_y, &slice, &stretch))
        return IDENTITY;
    if (!stretch)
        sx = sy = slice ? fmax(sx, sy) : fmin(sx, sy);
    double free_x = stretch ? 0 : (width - box[2] * sx) * align_x;
    double free_y = stretch ? 0 : (height - box[3] * sy) * align_y;
    return (struct matrix){sx, 0, 0, sy, free_x - box[0] * sx, free_y - box[1] * sy};
}

static bool read_view_box(struct svg *svg, double box[4])
{
    const struct svg_attribute *attribute = svg_tree_attribute(svg->root, "viewBox");
    if (!attribute)
        return false;
    if (svg_value_numbers(attribute->value, 4, box) == 4 && box[2] > 0 && box[3] > 0)
        return true;
    svg_tree_fault(svg, svg_tree_pos(svg->root, attribute, attribute->value), "drawing-value",
        "viewBox: here should stand four numbers up to 10,000,000, a width and a height above 0 last");
    return false;
}

bool svg_view_read(struct svg *svg, struct svg_view *view)
{
    double box[4] = {0}, width = root_size(svg, "width"), height = root_size(svg, "height");
    bool boxed = read_view_box(svg, box);
    if (boxed && isnan(width))
        width = isnan(height) ? box[2] : height * box[2] / box[3];
    if (boxed && isnan(height))
        height = width * box[3] / box[2];
    if (!svg->faults && (isnan(width) || isnan(height)))
        svg_tree_fault(svg, svg->root->pos, "drawing-value",
            "the drawing does not say how large it is (give <svg> a viewBox)");
    if (!svg->faults && (width > MOST_SIDE || height > MOST_SIDE))
        svg_tree_fault(svg, svg->root->pos, "picture-too-large",
            "the drawing is larger than %d px (make it smaller)", MOST_SIDE);
    if (!svg->faults && (width < LEAST_SIDE || height < LEAST_SIDE))
        svg_tree_fault(
            svg, svg->root->pos, "drawing-value", "the drawing is too small to be seen (make it larger)");
    if (svg->faults)
        return false;
    *view = (struct svg_view){.width = width * POINTS,
        .height = height * POINTS,
        .measures = {.width = boxed ? box[2] : width, .height = boxed ? box[3] : height}};
    const struct matrix points = {POINTS, 0, 0, POINTS, 0, 0};
    view->matrix = boxed ? svg_value_multiply(points, view_matrix(svg, box, width, height)) : points;
    return true;
}
