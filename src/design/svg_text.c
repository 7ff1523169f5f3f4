#include "design/svg_text.h"

#include "base/buf.h"
#include "design/svg_shape.h"

#include <math.h>

static const double FARTHEST = 1e6; /* points */

struct text_job {
    struct svg *svg;
    const struct svg_measures *measures;
    struct matrix matrix;
    struct svg_lines *lines;
    /* The line being put together: it begins where an x says so. */
    double x, y;
    enum anchor anchor;
    struct pos pos;
    VEC(struct drawing_span) spans;
    bool space; /* what comes next stands behind white space, or first */
};

/* White space at the end of a line is not part of it. */
static void trim_end(struct text_job *job)
{
    while (job->spans.n) {
        struct str *text = &job->spans.at[job->spans.n - 1].text;
        while (text->n && text->p[text->n - 1] == ' ')
            text->n--;
        if (text->n)
            return;
        job->spans.n--;
    }
}

static void end_line(struct text_job *job)
{
    trim_end(job);
    const struct matrix *m = &job->matrix;
    struct drawing_shape shape = {.kind = SHAPE_TEXT, .pos = job->pos};
    shape.text.spans = job->spans.at;
    shape.text.n = job->spans.n;
    shape.text.x = m->a * job->x + m->e;
    shape.text.y = m->d * job->y + m->f;
    shape.text.anchor = job->anchor;
    if (job->spans.n && !(fabs(shape.text.x) <= FARTHEST && fabs(shape.text.y) <= FARTHEST &&
                            shape.text.spans[0].size <= FARTHEST))
        svg_tree_fault(job->svg, job->pos, "drawing-value",
            "these words stand farther off than a page reaches (look for a number that is too large)");
    else if (job->spans.n)
        vec_push(job->svg->arena, &job->lines->list, shape);
    memset(&job->spans, 0, sizeof job->spans);
    job->space = true;
}

/* ---- Places ---- */

/* A place of one value; lists of them place letters one by one. */
static bool read_place(struct text_job *job, const struct svg_node *node, const struct svg_style *style,
    const char *name, enum svg_axis axis, double *value)
{
    const struct svg_attribute *attribute = svg_tree_attribute(node, name);
    struct svg_measures measures = *job->measures;
    *value = 0;
    if (!attribute)
        return false;
    struct str text = str_trim(attribute->value);
    for (size_t i = 0; i < text.n; i++)
        if (ascii_is_space(text.p[i]) || text.p[i] == ',') {
            svg_tree_fault(job->svg, svg_tree_pos(node, attribute, attribute->value), "drawing-unsupported",
                "letters are not placed one by one (give %s one value)", name);
            return false;
        }
    measures.font_size = style->font_size;
    *value = svg_shape_length(job->svg, node, name, &measures, axis, 0);
    return true;
}

/* Moves to where an element begins. Behind words only an x tells where that is: how wide they are, the face
 * decides. */
static void move(struct text_job *job, const struct svg_node *node, const struct svg_style *style)
{
    double x, y, dx, dy;
    bool has_x = read_place(job, node, style, "x", AXIS_X, &x);
    bool has_y = read_place(job, node, style, "y", AXIS_Y, &y);
    read_place(job, node, style, "dx", AXIS_X, &dx);
    read_place(job, node, style, "dy", AXIS_Y, &dy);
    if (has_x)
        end_line(job);
    else if (job->spans.n && (has_y || dx != 0 || dy != 0)) {
        svg_tree_fault(job->svg, node->pos, "drawing-unsupported",
            "words cannot be moved within a line (give this tspan an x of its own)");
        return;
    }
    job->x = (has_x ? x : job->x) + dx;
    job->y = (has_y ? y : job->y) + dy;
}

/* ---- Words ---- */

/* Text with each stretch of white space made one space, and none first in a line. */
static struct str collapse(struct text_job *job, struct str text)
{
    struct buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool space = ascii_is_space(c);
        if (!space || !job->space)
            buf_char(&out, space ? ' ' : c);
        job->space = space;
    }
    struct str collapsed = str_copy(job->svg->arena, buf_slice(&out));
    buf_free(&out);
    return collapsed;
}

/* Would xml:space="preserve" show what collapsing hides? */
static bool loses_space(const struct svg_node *node, struct str collapsed)
{
    return node->keeps_space && str_trim(collapsed).n && !str_eq(str_trim(node->text), str_trim(collapsed));
}

static void add_words(struct text_job *job, const struct svg_node *node, const struct svg_style *style)
{
    struct svg *svg = job->svg;
    bool first = job->spans.n == 0;
    struct drawing_span span = {.text = collapse(job, node->text),
        .size = style->font_size * job->matrix.a,
        .weight = style->font_weight,
        .color = svg_style_color(style, &style->fill)};
    if (loses_space(node, span.text))
        svg_tree_fault(svg, node->pos, "drawing-unsupported",
            "white space is not kept as it is written (place the parts by tspan elements)");
    if (!span.text.n || (first && !str_trim(span.text).n))
        return;
    if (span.text.n > job->lines->room) {
        svg_tree_fault(
            svg, node->pos, "picture-too-large", "the drawing holds more than %d letters", SVG_MOST_WORDS);
        return;
    }
    job->lines->room -= span.text.n;
    if (first) {
        job->pos = node->pos;
        job->anchor = style->anchor;
    }
    if (span.size > 0)
        vec_push(svg->arena, &job->spans, span);
}

/* Words that are seen, or not, as a whole. */
static bool is_paintable(struct text_job *job, const struct svg_node *node, const struct svg_style *style)
{
    if (style->stroke.painted && style->pen.width > 0) {
        svg_tree_fault(job->svg, node->pos, "drawing-unsupported",
            "the outlines of letters are not stroked (add stroke=\"none\")");
        return false;
    }
    return style->visible && style->fill.painted;
}

static void add_content(struct text_job *job, const struct svg_node *node, const struct svg_style *style)
{
    move(job, node, style);
    for (const struct svg_node *child = node->first; child; child = child->next) {
        struct svg_style inner;
        if (!child->name.n) {
            add_words(job, child, style);
        } else if (str_is(child->name, "tspan") || str_is(child->name, "a")) {
            if (!svg_style_read(job->svg, child, job->measures, style, &inner))
                continue;
            if (is_paintable(job, child, &inner))
                add_content(job, child, &inner);
            else
                svg_tree_fault(job->svg, child->pos, "drawing-unsupported",
                    "part of a line cannot be hidden (take it away, or make it a text of its own)");
        } else if (!str_is(child->name, "title") && !str_is(child->name, "desc")) {
            svg_tree_fault(job->svg, child->pos, "drawing-unsupported",
                "<%.*s> within text cannot be drawn (use tspan)", STR_FMT(child->name));
        }
    }
}

void svg_text_add(struct svg *svg, const struct svg_node *node, const struct svg_measures *measures,
    const struct svg_style *style, struct matrix matrix, struct svg_lines *lines)
{
    const double tolerance = 1e-3;
    struct text_job job = {
        .svg = svg, .measures = measures, .matrix = matrix, .lines = lines, .pos = node->pos, .space = true};
    if (!is_paintable(&job, node, style))
        return;
    double scale = matrix.a;
    if (!(scale > 0) || fabs(matrix.b) > tolerance * scale || fabs(matrix.c) > tolerance * scale ||
        fabs(matrix.d - scale) > tolerance * scale) {
        svg_tree_fault(svg, node->pos, "drawing-unsupported",
            "words are not turned, mirrored or stretched (transform the shapes beside them alone)");
        return;
    }
    add_content(&job, node, style);
    end_line(&job);
}
