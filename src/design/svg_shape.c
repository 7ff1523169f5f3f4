#include "design/svg_shape.h"

#include <math.h>

static const double KAPPA = 0.5522847498; /* of a curve that is a quarter circle */

struct shape_job {
    struct svg *svg;
    const struct svg_node *node;
    const struct svg_measures *measures;
    struct svg_path *path;
};

double svg_shape_length(struct svg *svg, const struct svg_node *node, const char *name,
    const struct svg_measures *measures, enum svg_axis axis, double otherwise)
{
    const struct svg_attribute *attribute = svg_tree_attribute(node, name);
    double value;
    if (!attribute)
        return otherwise;
    if (svg_value_length(attribute->value, measures, axis, &value))
        return value;
    svg_tree_fault(svg, svg_tree_pos(node, attribute, attribute->value), "drawing-value",
        "%s: '%.*s' is not a length (a number up to 10,000,000, with px, pt, mm, cm, in, em, %% or no unit)",
        name, STR_FMT(str_slice(attribute->value, 0, 60)));
    return otherwise;
}

static double length(const struct shape_job *job, const char *name, enum svg_axis axis)
{
    return svg_shape_length(job->svg, job->node, name, job->measures, axis, 0);
}

/* A length that may not be negative; NAN where it is missing or "auto". */
static double extent(const struct shape_job *job, const char *name, enum svg_axis axis)
{
    const struct svg_attribute *attribute = svg_tree_attribute(job->node, name);
    if (!attribute || str_is(str_trim(attribute->value), "auto"))
        return NAN;
    double value = length(job, name, axis);
    if (value >= 0)
        return value;
    svg_tree_fault(job->svg, svg_tree_pos(job->node, attribute, attribute->value), "drawing-value",
        "%s may not be negative", name);
    return 0;
}

static void add_ellipse(struct svg_path *path, double cx, double cy, double rx, double ry)
{
    double kx = KAPPA * rx, ky = KAPPA * ry;
    svg_path_move(path, cx + rx, cy);
    svg_path_curve(path, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
    svg_path_curve(path, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
    svg_path_curve(path, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
    svg_path_curve(path, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
    svg_path_close(path);
}

static void add_round_rectangle(
    struct svg_path *path, double x, double y, double w, double h, double rx, double ry)
{
    double kx = rx * (1 - KAPPA), ky = ry * (1 - KAPPA); /* from a corner to the control points */
    svg_path_move(path, x + rx, y);
    svg_path_line(path, x + w - rx, y);
    svg_path_curve(path, x + w - kx, y, x + w, y + ky, x + w, y + ry);
    svg_path_line(path, x + w, y + h - ry);
    svg_path_curve(path, x + w, y + h - ky, x + w - kx, y + h, x + w - rx, y + h);
    svg_path_line(path, x + rx, y + h);
    svg_path_curve(path, x + kx, y + h, x, y + h - ky, x, y + h - ry);
    svg_path_line(path, x, y + ry);
    svg_path_curve(path, x, y + ky, x + kx, y, x + rx, y);
    svg_path_close(path);
}

static void add_rectangle(const struct shape_job *job)
{
    double x = length(job, "x", AXIS_X), y = length(job, "y", AXIS_Y);
    double w = extent(job, "width", AXIS_X), h = extent(job, "height", AXIS_Y);
    double rx = extent(job, "rx", AXIS_X), ry = extent(job, "ry", AXIS_Y);
    if (!(w > 0 && h > 0))
        return;
    rx = isnan(rx) ? ry : rx;
    ry = isnan(ry) ? rx : ry;
    rx = isnan(rx) ? 0 : fmin(rx, w / 2);
    ry = isnan(ry) ? 0 : fmin(ry, h / 2);
    if (rx > 0 && ry > 0) {
        add_round_rectangle(job->path, x, y, w, h, rx, ry);
        return;
    }
    svg_path_move(job->path, x, y);
    svg_path_line(job->path, x + w, y);
    svg_path_line(job->path, x + w, y + h);
    svg_path_line(job->path, x, y + h);
    svg_path_close(job->path);
}

static void add_round(const struct shape_job *job)
{
    double cx = length(job, "cx", AXIS_X), cy = length(job, "cy", AXIS_Y);
    double rx = extent(job, "rx", AXIS_X), ry = extent(job, "ry", AXIS_Y);
    if (str_is(job->node->name, "circle"))
        rx = ry = extent(job, "r", AXIS_BOTH);
    rx = isnan(rx) ? ry : rx;
    ry = isnan(ry) ? rx : ry;
    if (rx > 0 && ry > 0)
        add_ellipse(job->path, cx, cy, rx, ry);
}

static void add_line(const struct shape_job *job)
{
    svg_path_move(job->path, length(job, "x1", AXIS_X), length(job, "y1", AXIS_Y));
    svg_path_line(job->path, length(job, "x2", AXIS_X), length(job, "y2", AXIS_Y));
}

static void add_points(const struct shape_job *job, bool closed)
{
    const struct svg_attribute *points = svg_tree_attribute(job->node, "points");
    struct str text = points ? points->value : STR("");
    size_t at = 0, start = 0;
    double x, y;
    for (svg_value_space(text, &at); at < text.n; svg_value_comma(text, &at)) {
        start = at;
        bool good = svg_value_number(text, &at, &x);
        svg_value_comma(text, &at);
        if (!good || !svg_value_number(text, &at, &y)) {
            svg_tree_fault(job->svg, svg_tree_pos(job->node, points, str_slice(text, start, start + 1)),
                "drawing-value", "points: here should stand two numbers");
            return;
        }
        if (job->path->steps.n)
            svg_path_line(job->path, x, y);
        else
            svg_path_move(job->path, x, y);
    }
    if (closed && job->path->steps.n)
        svg_path_close(job->path);
}

static void add_data(const struct shape_job *job)
{
    const struct svg_attribute *data = svg_tree_attribute(job->node, "d");
    size_t at = 0;
    if (!data)
        return;
    const char *wrong = svg_path_data(job->path, data->value, &at);
    if (!wrong || job->path->too_long || job->path->too_far)
        return;
    svg_tree_fault(job->svg,
        svg_tree_pos(job->node, data, str_slice(data->value, at, at + (at < data->value.n))), "drawing-value",
        "d: %s", wrong);
}

bool svg_shape_is(struct str name)
{
    static const char *const NAMES[] = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_is(name, NAMES[i]))
            return true;
    return false;
}

void svg_shape_add(
    struct svg *svg, const struct svg_node *node, const struct svg_measures *measures, struct svg_path *path)
{
    const struct shape_job job = {svg, node, measures, path};
    if (str_is(node->name, "path"))
        add_data(&job);
    else if (str_is(node->name, "rect"))
        add_rectangle(&job);
    else if (str_is(node->name, "circle") || str_is(node->name, "ellipse"))
        add_round(&job);
    else if (str_is(node->name, "line"))
        add_line(&job);
    else
        add_points(&job, str_is(node->name, "polygon"));
    if (path->too_long)
        svg_tree_fault(svg, node->pos, "picture-too-large",
            "the drawing has more than %d steps (simplify its paths)", SVG_MOST_STEPS);
    else if (path->too_far)
        svg_tree_fault(svg, node->pos, "drawing-value",
            "this shape reaches farther than a page can (look for a number that is too large)");
}
