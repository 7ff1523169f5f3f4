/* SVG drawings: SVG 1.1 as far as a page can show it exactly. All else that would be seen is an error at its
 * place in the file. */
#include "base/file.h"
#include "design/picture_file.h"
#include "design/svg_shape.h"
#include "design/svg_style.h"
#include "design/svg_text.h"
#include "design/svg_view.h"

#include <math.h>

enum {
    MOST_BYTES = 2 * 1024 * 1024,
    MOST_SHAPES = 20 * 1000,
    MOST_USED = 4 * 1024 * 1024, /* bytes of what is used, each time */
    MOST_DEPTH = 90,             /* of elements within elements, those by `use` too */
    MOST_USES = 16,              /* of `use` within what is used */
};

struct walk {
    struct svg *svg;
    struct svg_view view;
    VEC(struct drawing_shape) shapes;
    struct svg_lines lines;
    size_t steps; /* how many may yet come */
    size_t used;  /* how many bytes may yet be used */
    size_t depth;
    bool full;                              /* a limit was reached */
    const struct svg_node *uses[MOST_USES]; /* targets that are being drawn */
    size_t use_count;
};

/* ---- Elements that are not drawn ---- */

static bool is_any(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (str_is(name, *names))
            return true;
    return false;
}

/* What describes, and what is seen only where something refers to it. */
static bool is_silent(struct str name)
{
    static const char *const NAMES[] = {"title", "desc", "metadata", "defs", "symbol", "linearGradient",
        "radialGradient", "pattern", "clipPath", "mask", "filter", "marker", "view", "color-profile", "style",
        "script", NULL};
    return is_any(name, NAMES);
}

static void refuse_element(struct svg *svg, const struct svg_node *node)
{
    static const struct {
        const char *name, *hint;
    } HINTS[] = {{"image", "use the picture by itself, or redraw it"}, {"foreignObject", "use text"},
        {"svg", "make it a group with a transform"}, {"textPath", "use text"}, {"tref", "use text"},
        {"tspan", "put it into text"}, {"flowRoot", "convert it to text"}};
    const char *hint = "draw it with paths, shapes and text";
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++)
        if (str_is(node->name, HINTS[i].name))
            hint = HINTS[i].hint;
    svg_tree_fault(
        svg, node->pos, "drawing-unsupported", "<%.*s> cannot be drawn (%s)", STR_FMT(node->name), hint);
}

static struct svg_node *next_node(struct svg_node *node)
{
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

/* What acts from anywhere in the file: style sheets, scripts, animations. */
static void refuse_actors(struct svg *svg)
{
    static const char *const ACTORS[] = {"script", "animate", "animateTransform", "animateMotion",
        "animateColor", "set", "discard", "handler", "listener", NULL};
    for (struct svg_node *node = svg->root; node; node = next_node(node)) {
        if (is_any(node->name, ACTORS))
            svg_tree_fault(svg, node->pos, "drawing-unsupported",
                "<%.*s> does nothing on paper (take it away, and draw what shall be seen)",
                STR_FMT(node->name));
        if (str_is(node->name, "style") && node->first && str_trim(node->first->text).n)
            svg_tree_fault(svg, node->pos, "drawing-unsupported",
                "style sheets are not read (let the editor save \"plain SVG\" with presentation attributes)");
    }
}

/* ---- Languages ---- */

/* Do two languages agree as far as the shorter one goes? "en" and "en-US" do. */
static bool same_language(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return n && (a.n == b.n || (a.n > n ? a.p[n] : b.p[n]) == '-');
}

/* The conditions of an element (SVG 1.1, section 5.8): is it for this handout? */
static bool is_meant(const struct svg *svg, const struct svg_node *node)
{
    const struct svg_attribute *languages = svg_tree_attribute(node, "systemLanguage");
    if (svg_tree_attribute(node, "requiredExtensions"))
        return false;
    if (!languages)
        return true;
    for (struct str rest = languages->value; rest.n;)
        if (same_language(str_trim(str_cut(&rest, ',')), svg->lang))
            return true;
    return false;
}

/* ---- Shapes ---- */

/* How much a matrix enlarges the same in all directions, or 0 if it does not. */
static double even_scale(const struct matrix *m)
{
    const double tolerance = 1e-3;
    double first = hypot(m->a, m->b), second = hypot(m->c, m->d), dot = m->a * m->c + m->b * m->d;
    bool even = fabs(first - second) <= tolerance * first && fabs(dot) <= tolerance * first * second;
    return even ? (first + second) / 2 : 0;
}

/* A phase as PDF has it, not negative. */
static double dash_phase(const struct pen *pen)
{
    double period = 0;
    for (int i = 0; i < pen->dash_count; i++)
        period += pen->dashes[i];
    double phase = period > 0 ? fmod(pen->dash_phase, period) : 0;
    return phase < 0 ? phase + period : phase;
}

static struct pen pen_of(struct walk *walk, const struct svg_node *node, const struct svg_style *style,
    const struct matrix *matrix)
{
    struct pen pen = style->pen;
    double scale = even_scale(matrix);
    if (!style->stroke.painted || pen.width <= 0)
        return (struct pen){0};
    if (scale <= 0)
        svg_tree_fault(walk->svg, node->pos, "drawing-unsupported",
            "this stroke is stretched or skewed (scale its shape without a stroke, or alike in both "
            "directions)");
    pen.color = svg_style_color(style, &style->stroke);
    pen.width *= scale;
    for (int i = 0; i < pen.dash_count; i++)
        pen.dashes[i] *= scale;
    pen.dash_phase *= scale;
    pen.dash_phase = dash_phase(&pen);
    return pen;
}

/* Has a path an inside? A single straight line has none, yet a PDF viewer would paint it. */
static bool has_area(const struct svg_path *path)
{
    size_t lines = 0;
    for (size_t i = 0; i < path->steps.n; i++) {
        enum path_op op = path->steps.at[i].op;
        lines = op == PATH_MOVE ? 0 : lines + (op == PATH_LINE);
        if (op == PATH_CURVE || lines >= 2)
            return path->left < path->right && path->top < path->bottom;
    }
    return false;
}

/* Does a path, with what its pen adds, leave the drawing? */
static bool leaves(const struct walk *walk, const struct svg_path *path, const struct pen *pen)
{
    const double tolerance = 0.01, corner = 1.5; /* of a square cap, in half widths */
    double reach = pen->width / 2 * (pen->join == JOIN_MITER ? fmax(pen->miter, corner) : corner);
    return path->left - reach < -tolerance || path->top - reach < -tolerance ||
           path->right + reach > walk->view.width + tolerance ||
           path->bottom + reach > walk->view.height + tolerance;
}

static void add_shape(struct walk *walk, struct drawing_shape shape)
{
    if (walk->shapes.n < MOST_SHAPES) {
        vec_push(walk->svg->arena, &walk->shapes, shape);
        return;
    }
    walk->full = true;
    svg_tree_fault(walk->svg, walk->svg->root->pos, "picture-too-large",
        "the drawing has more than %d shapes (simplify it)", MOST_SHAPES);
}

static void add_path(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    struct svg_path path = {.arena = walk->svg->arena, .matrix = matrix, .room = walk->steps};
    struct svg_measures measures = walk->view.measures;
    measures.font_size = style->font_size;
    svg_shape_add(walk->svg, node, &measures, &path);
    walk->steps = path.room;
    walk->full = walk->full || path.too_long;
    struct drawing_shape shape = {.kind = SHAPE_PATH, .pos = node->pos};
    shape.path.steps = path.steps.at;
    shape.path.n = path.steps.n;
    shape.path.filled = style->fill.painted && has_area(&path);
    shape.path.even_odd = style->even_odd;
    shape.path.fill = svg_style_color(style, &style->fill);
    shape.path.pen = pen_of(walk, node, style, &matrix);
    shape.path.clipped = leaves(walk, &path, &shape.path.pen);
    if (style->visible && path.steps.n && (shape.path.filled || shape.path.pen.width > 0))
        add_shape(walk, shape);
}

static void add_text(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    memset(&walk->lines.list, 0, sizeof walk->lines.list);
    svg_text_add(walk->svg, node, &walk->view.measures, style, matrix, &walk->lines);
    for (size_t i = 0; i < walk->lines.list.n; i++)
        add_shape(walk, walk->lines.list.at[i]);
}

/* ---- The tree ---- */

static void add_node(
    struct walk *walk, const struct svg_node *node, const struct svg_style *parent, struct matrix matrix);

static void add_children(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    for (const struct svg_node *child = node->first; child; child = child->next)
        add_node(walk, child, style, matrix);
}

static void add_switch(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    for (const struct svg_node *child = node->first; child; child = child->next)
        if (child->name.n && is_meant(walk->svg, child)) {
            add_node(walk, child, style, matrix);
            return;
        }
    if (node->first)
        svg_tree_fault(walk->svg, node->pos, "drawing-value",
            "this switch has nothing for the language '%.*s' (add an element with systemLanguage=\"%.*s\", "
            "or as "
            "the last one an element without that attribute)",
            STR_FMT(walk->svg->lang), STR_FMT(walk->svg->lang));
}

static const struct svg_attribute *href_of(const struct svg_node *node)
{
    const struct svg_attribute *plain = svg_tree_attribute(node, "href");
    for (size_t i = 0; !plain && i < node->attribute_count; i++)
        if (node->attributes[i].space == SPACE_XLINK && str_is(node->attributes[i].name, "href"))
            return &node->attributes[i];
    return plain;
}

/* What a `use` refers to, or NULL with an error. */
static const struct svg_node *target_of(struct walk *walk, const struct svg_node *node)
{
    struct svg *svg = walk->svg;
    const struct svg_attribute *href = href_of(node);
    struct str name = href ? str_trim(href->value) : STR("");
    struct pos pos = href ? svg_tree_pos(node, href, href->value) : node->pos;
    const char *wrong = NULL;
    const struct svg_node *target = NULL;
    if (!str_starts(name, "#"))
        wrong = "only elements of this file can be used (write href=\"#id\")";
    else if (!(target = map_get(&svg->ids, str_slice(name, 1, name.n))))
        wrong = "there is no element with this id";
    for (const struct svg_node *at = node; at && !wrong; at = at->parent)
        if (at == target)
            wrong = "this uses itself";
    for (size_t i = 0; i < walk->use_count && !wrong; i++)
        if (walk->uses[i] == target)
            wrong = "this uses itself";
    if (!wrong && walk->use_count == MOST_USES)
        wrong = "this is used by what is used, too often (draw it in its place)";
    if (!wrong && str_is(target->name, "symbol") && svg_tree_attribute(target, "viewBox"))
        wrong = "a symbol with a viewBox cannot be drawn (make it a group)";
    if (!wrong)
        return target;
    svg_tree_fault(svg, pos, "drawing-reference", "use: '%.*s': %s", STR_FMT(str_slice(name, 0, 60)), wrong);
    return NULL;
}

/* Counts what is used against the limit, by its size: so a small file cannot make work without end. False if
 * it is over that. */
static bool afford(struct walk *walk, const struct svg_node *target)
{
    if (target->size <= walk->used) {
        walk->used -= target->size;
        return true;
    }
    walk->full = true;
    svg_tree_fault(walk->svg, walk->svg->root->pos, "picture-too-large",
        "the drawing has too many elements, counting each as often as it is used (simplify it)");
    return false;
}

static void add_use(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    const struct svg_node *target = target_of(walk, node);
    struct svg_measures measures = walk->view.measures;
    measures.font_size = style->font_size;
    struct matrix shift = IDENTITY;
    shift.e = svg_shape_length(walk->svg, node, "x", &measures, AXIS_X, 0);
    shift.f = svg_shape_length(walk->svg, node, "y", &measures, AXIS_Y, 0);
    matrix = svg_value_multiply(matrix, shift);
    if (!target || !afford(walk, target))
        return;
    walk->uses[walk->use_count++] = target;
    if (str_is(target->name, "symbol")) {
        struct svg_style inner;
        if (svg_style_read(walk->svg, target, &walk->view.measures, style, &inner))
            add_children(walk, target, &inner, matrix);
    } else {
        add_node(walk, target, style, matrix);
    }
    walk->use_count--;
}

/* An element whose style is read and whose transform is in the matrix. */
static void add_element(
    struct walk *walk, const struct svg_node *node, const struct svg_style *style, struct matrix matrix)
{
    if (str_is(node->name, "g") || str_is(node->name, "a"))
        add_children(walk, node, style, matrix);
    else if (str_is(node->name, "switch"))
        add_switch(walk, node, style, matrix);
    else if (str_is(node->name, "use"))
        add_use(walk, node, style, matrix);
    else if (str_is(node->name, "text"))
        add_text(walk, node, style, matrix);
    else if (svg_shape_is(node->name))
        add_path(walk, node, style, matrix);
    else
        refuse_element(walk->svg, node);
}

/* Is there any point in drawing an element? Not where a limit was reached. */
static bool goes_on(struct walk *walk, const struct svg_node *node)
{
    if (svg_tree_hopeless(walk->svg) || walk->full)
        return false;
    if (walk->depth < MOST_DEPTH)
        return true;
    svg_tree_fault(walk->svg, node->pos, "picture-too-large",
        "elements are nested more than %d deep, counting those that are used (ungroup them)", MOST_DEPTH);
    return false;
}

/* Applies the `transform` of an element. False if that leaves nothing to see, or (reported) is malformed. */
static bool transform(struct walk *walk, const struct svg_node *node, struct matrix *matrix)
{
    const struct svg_attribute *attribute = svg_tree_attribute(node, "transform");
    struct matrix own;
    struct str bad;
    if (!attribute)
        return true;
    if (!svg_value_transform(attribute->value, &own, &bad)) {
        svg_tree_fault(walk->svg, svg_tree_pos(node, attribute, bad), "drawing-value",
            "transform: '%.*s' is no transform (matrix, translate, scale, rotate, skewX or skewY, with their "
            "numbers)",
            STR_FMT(str_slice(bad, 0, 60)));
        return false;
    }
    *matrix = svg_value_multiply(*matrix, own);
    return matrix->a * matrix->d != matrix->b * matrix->c;
}

static void add_node(
    struct walk *walk, const struct svg_node *node, const struct svg_style *parent, struct matrix matrix)
{
    struct svg_style style;
    if (!node->name.n || is_silent(node->name) || !is_meant(walk->svg, node) || !goes_on(walk, node))
        return;
    if (!svg_style_read(walk->svg, node, &walk->view.measures, parent, &style))
        return;
    walk->depth++;
    if (transform(walk, node, &matrix))
        add_element(walk, node, &style, matrix);
    walk->depth--;
}

/* ---- The file ---- */

static void draw(struct walk *walk)
{
    struct svg *svg = walk->svg;
    const struct svg_attribute *transformed = svg_tree_attribute(svg->root, "transform");
    struct svg_style initial = svg_style_initial(), style;
    refuse_actors(svg);
    if (transformed)
        svg_tree_fault(svg, svg_tree_pos(svg->root, transformed, transformed->value), "drawing-unsupported",
            "the whole drawing cannot be transformed (put its content into a group)");
    if (!svg_view_read(svg, &walk->view))
        return;
    if (svg_style_read(svg, svg->root, &walk->view.measures, &initial, &style))
        add_children(walk, svg->root, &style, walk->view.matrix);
    if (!walk->shapes.n && !svg->faults)
        svg_tree_fault(svg, svg->root->pos, "drawing-value", "there is nothing to see in this drawing");
}

const struct picture *picture_svg_read(const struct picture_file *file, struct str lang)
{
    if (file->bytes.n > MOST_BYTES) {
        picture_fail(file, "picture-too-large", "a drawing of more than %d MB is too large (simplify it)",
            MOST_BYTES / 1024 / 1024);
        return NULL;
    }
    const struct source *source = source_read(file->arena, file->diags, file->where, file->path);
    struct svg *svg = source ? svg_tree_read(file->arena, file->diags, source, lang) : NULL;
    if (!svg)
        return NULL;
    svg_style_prepare(svg);
    struct walk walk = {
        .svg = svg, .lines = {.room = SVG_MOST_WORDS}, .steps = SVG_MOST_STEPS, .used = MOST_USED};
    draw(&walk);
    if (svg->faults)
        return NULL;
    struct drawing *drawing = ARENA_NEW(file->arena, struct drawing);
    *drawing = (struct drawing){walk.view.width, walk.view.height, walk.shapes.at, walk.shapes.n};
    struct picture *picture = ARENA_NEW(file->arena, struct picture);
    *picture = (struct picture){.kind = PICTURE_DRAWING, .drawing = drawing, .path = file->path};
    return picture;
}
