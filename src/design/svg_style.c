#include "design/svg_style.h"

#include <math.h>

enum property {
    FONT_SIZE, /* first: lengths of the others may be in em */
    COLOR,
    DISPLAY,
    VISIBILITY,
    FILL,
    FILL_RULE,
    STROKE,
    STROKE_WIDTH,
    STROKE_LINECAP,
    STROKE_LINEJOIN,
    STROKE_MITERLIMIT,
    STROKE_DASHARRAY,
    STROKE_DASHOFFSET,
    FONT_WEIGHT,
    TEXT_ANCHOR,
    PROPERTIES
};

static const char *const PROPERTY_NAMES[] = {"font-size", "color", "display", "visibility", "fill",
    "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-dasharray", "stroke-dashoffset", "font-weight", "text-anchor"};

/* What would be seen and is not painted, with the values that change nothing, and what to do. */
static const struct neutral {
    const char *name, *values, *hint;
} NEUTRAL[] = {
    {"opacity", "1|1.0|100%", "mix the color itself"},
    {"fill-opacity", "1|1.0|100%", "mix the color itself"},
    {"stroke-opacity", "1|1.0|100%", "mix the color itself"},
    {"filter", "none", "take the effect away"},
    {"clip-path", "none", "cut the shapes themselves"},
    {"clip", "auto", "cut the shapes themselves"},
    {"mask", "none", "cut the shapes themselves"},
    {"mix-blend-mode", "normal", "mix the colors themselves"},
    {"marker", "none", "draw arrow heads as paths"},
    {"marker-start", "none", "draw arrow heads as paths"},
    {"marker-mid", "none", "draw arrow heads as paths"},
    {"marker-end", "none", "draw arrow heads as paths"},
    {"vector-effect", "none", "give the stroke the width that it shall have"},
    {"paint-order", "normal|fill|fill stroke|fill stroke markers|stroke fill markers",
        "draw the stroke as a shape of its own"},
    {"pathLength", "", "give dashes in the path's own length"},
    {"transform-origin", "0 0|0px 0px", "write it into the transform"},
    {"transform-box", "view-box", "write it into the transform"},
    {"letter-spacing", "normal|0|0px", "leave it out"},
    {"word-spacing", "normal|0|0px", "leave it out"},
    {"kerning", "auto", "leave it out"},
    {"text-decoration", "none", "draw the line"},
    {"text-decoration-line", "none", "draw the line"},
    {"text-transform", "none", "write it as it shall be read"},
    {"text-indent", "0", "move x"},
    {"font", "", "use font-size and font-weight"},
    {"font-style", "normal", "use font-weight for stress"},
    {"font-variant", "normal", "leave it out"},
    {"font-stretch", "normal|100%", "leave it out"},
    {"font-size-adjust", "none", "leave it out"},
    {"baseline-shift", "baseline|0|0px", "move y"},
    {"dominant-baseline", "auto|alphabetic|baseline|no-change|use-script", "move y"},
    {"alignment-baseline", "auto|alphabetic|baseline", "move y"},
    {"writing-mode", "lr-tb|lr|horizontal-tb", "write from left to right"},
    {"direction", "ltr", "leave it out: the letters themselves say how they run"},
    {"unicode-bidi", "normal|embed", "leave it out"},
    {"glyph-orientation-vertical", "auto", "leave it out"},
    {"white-space", "normal|nowrap", "break lines by tspan elements"},
    {"inline-size", "0|auto", "break lines by tspan elements"},
    {"shape-inside", "none|auto", "break lines by tspan elements"},
    {"textLength", "", "change the font-size"},
    {"lengthAdjust", "spacing", "change the font-size"},
    {"rotate", "", "words must stand upright"},
};

/* What changes nothing here: names, hints to a viewer, and parts of what NEUTRAL refuses. */
static const char *const IGNORED[] = {"id", "class", "version", "baseProfile", "role", "tabindex", "lang",
    "focusable", "font-family", "enable-background", "shape-rendering", "text-rendering", "image-rendering",
    "color-rendering", "color-interpolation", "color-interpolation-filters", "color-profile",
    "pointer-events", "cursor", "contentStyleType", "contentScriptType", "zoomAndPan", "requiredFeatures",
    "clip-rule", "mask-type", "stop-color", "stop-opacity", "flood-color", "flood-opacity", "lighting-color",
    "overflow", "solid-color", "solid-opacity", "isolation", "line-height", "text-align", "text-align-last",
    "text-decoration-style", "text-decoration-color", "text-orientation", "text-overflow", "shape-padding",
    "shape-margin", "font-variant-ligatures", "font-variant-position", "font-variant-caps",
    "font-variant-numeric", "font-variant-alternates", "font-variant-east-asian", "font-feature-settings",
    "font-variation-settings", "font-kerning", "font-synthesis", "will-change", "externalResourcesRequired"};

/* What elements read by themselves. */
static const char *const OWN[] = {"x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2",
    "y2", "d", "points", "dx", "dy", "transform", "viewBox", "preserveAspectRatio", "href", "systemLanguage",
    "requiredExtensions", "target", "rel", "type", "download", "hreflang", "title"};

/* Where a value was declared. */
struct declaration {
    const struct svg_attribute *attribute; /* NULL = not declared */
    struct str value;
};

struct style_job {
    struct svg *svg;
    const struct svg_node *node;
    struct svg_style *style;
    struct svg_measures measures;
    struct declaration declared[PROPERTIES];
};

struct svg_style svg_style_initial(void)
{
    return (struct svg_style){.fill = {.painted = true},
        .visible = true,
        .pen = {.width = 1, .miter = 4},
        .font_size = 16,
        .font_weight = 400,
        .anchor = ANCHOR_START};
}

struct color svg_style_color(const struct svg_style *style, const struct svg_paint *paint)
{
    return paint->current ? style->color : paint->color;
}

/* What a name means. */
struct word {
    enum { WORD_PROPERTY, WORD_NEUTRAL, WORD_IGNORED, WORD_OWN } kind;
    size_t index;
};

static void add_word(struct svg *svg, const char *name, int kind, size_t index)
{
    struct word *word = ARENA_NEW(svg->arena, struct word);
    word->kind = kind;
    word->index = index;
    map_put(svg->arena, &svg->words, str_from(name), word);
}

void svg_style_prepare(struct svg *svg)
{
    for (size_t i = 0; i < PROPERTIES; i++)
        add_word(svg, PROPERTY_NAMES[i], WORD_PROPERTY, i);
    for (size_t i = 0; i < sizeof NEUTRAL / sizeof *NEUTRAL; i++)
        add_word(svg, NEUTRAL[i].name, WORD_NEUTRAL, i);
    for (size_t i = 0; i < sizeof IGNORED / sizeof *IGNORED; i++)
        add_word(svg, IGNORED[i], WORD_IGNORED, i);
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        add_word(svg, OWN[i], WORD_OWN, i);
}

/* Is `word` one of the words that '|' parts? */
static bool is_one_of(struct str word, const char *words)
{
    for (struct str rest = str_from(words); rest.n;)
        if (str_eq(str_cut(&rest, '|'), word))
            return true;
    return false;
}

/* ---- Declarations: which value each property has ---- */

static void refuse(struct style_job *job, const struct svg_attribute *attribute, struct str name,
    struct str value, const char *hint)
{
    svg_tree_fault(job->svg, svg_tree_pos(job->node, attribute, value), "drawing-unsupported",
        "'%.*s: %.*s' cannot be drawn (%s)", STR_FMT(name), STR_FMT(str_slice(value, 0, 60)), hint);
}

/* A property, or a presentation attribute. False if the name is none. */
static bool declare(
    struct style_job *job, const struct svg_attribute *attribute, struct str name, struct str value)
{
    const struct word *word = map_get(&job->svg->words, name);
    if (!word || word->kind == WORD_OWN)
        return false;
    if (word->kind == WORD_PROPERTY)
        job->declared[word->index] = (struct declaration){attribute, value};
    if (word->kind == WORD_NEUTRAL && !is_one_of(value, NEUTRAL[word->index].values) &&
        !str_is(value, "inherit"))
        refuse(job, attribute, name, value, NEUTRAL[word->index].hint);
    return true;
}

/* Cuts a declaration off a style attribute: at a semicolon, but not at one within quotes. */
static struct str cut_declaration(struct str *rest)
{
    char quote = 0;
    size_t at = 0;
    for (; at < rest->n && (quote || rest->p[at] != ';'); at++) {
        char c = rest->p[at];
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
    }
    struct str cut = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at < rest->n ? at + 1 : at, rest->n);
    return str_trim(cut);
}

static void declare_style(struct style_job *job, const struct svg_attribute *attribute)
{
    for (struct str rest = attribute->value; rest.n && !svg_tree_hopeless(job->svg);) {
        struct str value = cut_declaration(&rest), whole = value;
        if (!value.n)
            continue;
        bool colon = str_find(value, ":", 0) != SIZE_MAX;
        struct str name = str_trim(str_cut(&value, ':'));
        value = str_trim(value);
        if (!colon || !value.n)
            svg_tree_fault(job->svg, svg_tree_pos(job->node, attribute, whole), "drawing-value",
                "'%.*s' is no 'property: value'", STR_FMT(str_slice(whole, 0, 60)));
        else if (!str_starts(name, "-") && !declare(job, attribute, name, value))
            svg_tree_fault(job->svg, svg_tree_pos(job->node, attribute, name), "drawing-unsupported",
                "the property '%.*s' is not known (leave it out)", STR_FMT(name));
    }
}

/* Does the element read this attribute by itself, or is it nobody's business? */
static bool is_own(const struct svg *svg, struct str name)
{
    const struct word *word = map_get(&svg->words, name);
    return (word && word->kind == WORD_OWN) || str_starts(name, "data-") || str_starts(name, "aria-");
}

/* Presentation attributes first: the style attribute goes before them. */
static void declare_all(struct style_job *job)
{
    const struct svg_attribute *style = NULL;
    for (size_t i = 0; i < job->node->attribute_count && !svg_tree_hopeless(job->svg); i++) {
        const struct svg_attribute *attribute = &job->node->attributes[i];
        if (attribute->space != SPACE_NONE)
            continue;
        if (str_is(attribute->name, "style"))
            style = attribute;
        else if (!is_own(job->svg, attribute->name) &&
                 !declare(job, attribute, attribute->name, str_trim(attribute->value)))
            svg_tree_fault(job->svg, svg_tree_pos(job->node, attribute, attribute->value),
                "drawing-unsupported", "the attribute '%.*s' is not known (leave it out)",
                STR_FMT(attribute->name));
    }
    if (style)
        declare_style(job, style);
}

/* ---- Values ---- */

static void wrong_value(const struct style_job *job, enum property property, const char *wanted)
{
    const struct declaration *declared = &job->declared[property];
    svg_tree_fault(job->svg, svg_tree_pos(job->node, declared->attribute, declared->value), "drawing-value",
        "%s: '%.*s' is not %s", PROPERTY_NAMES[property], STR_FMT(str_slice(declared->value, 0, 60)), wanted);
}

/* The index of the declared word among `words`, or -1 with an error. */
static int read_word(const struct style_job *job, enum property property, const char *words)
{
    struct str rest = str_from(words);
    for (int i = 0; rest.n; i++)
        if (str_eq(str_cut(&rest, '|'), job->declared[property].value))
            return i;
    wrong_value(job, property, arena_printf(job->svg->arena, "one of %s", words));
    return -1;
}

static bool read_length(const struct style_job *job, enum property property, double least, double *value)
{
    double length;
    if (svg_value_length(job->declared[property].value, &job->measures, AXIS_BOTH, &length) &&
        length >= least) {
        *value = length;
        return true;
    }
    wrong_value(job, property, least >= 0 ? "a length of 0 or more" : "a length");
    return false;
}

static void read_paint(struct style_job *job, enum property property, struct svg_paint *paint)
{
    const struct declaration *declared = &job->declared[property];
    if (str_starts(declared->value, "url(")) {
        refuse(job, declared->attribute, str_from(PROPERTY_NAMES[property]), declared->value,
            "a gradient or a pattern: take a plain color");
        return;
    }
    enum svg_color kind = svg_value_color(declared->value, &paint->color);
    paint->painted = kind != SVG_COLOR_NONE;
    paint->current = kind == SVG_COLOR_CURRENT;
    if (kind == SVG_COLOR_ALPHA)
        refuse(job, declared->attribute, str_from(PROPERTY_NAMES[property]), declared->value,
            "it can be seen through: mix the color itself");
    else if (kind == SVG_COLOR_BAD)
        wrong_value(job, property, "a color (write #rrggbb)");
}

static void read_dashes(struct style_job *job)
{
    struct pen *pen = &job->style->pen;
    struct str value = job->declared[STROKE_DASHARRAY].value;
    double sum = 0;
    int count = 0;
    pen->dash_count = 0;
    if (str_is(value, "none"))
        return;
    for (size_t at = 0; at < value.n;) {
        size_t end = at;
        while (end < value.n && !ascii_is_space(value.p[end]) && value.p[end] != ',')
            end++;
        double length;
        if (count == MOST_DASHES / 2 ||
            !svg_value_length(str_slice(value, at, end), &job->measures, AXIS_BOTH, &length) || length < 0) {
            wrong_value(job, STROKE_DASHARRAY, "a list of at most 8 lengths of 0 or more");
            return;
        }
        sum += pen->dashes[count++] = length;
        at = end;
        svg_value_comma(value, &at);
    }
    /* An odd list is gone through twice. PDF does so as well, but not all viewers. */
    for (int given = count, i = 0; given % 2 && i < given; i++)
        pen->dashes[count++] = pen->dashes[i];
    pen->dash_count = sum > 0 ? count : 0;
}

static void read_weight(struct style_job *job)
{
    struct str value = job->declared[FONT_WEIGHT].value;
    int inherited = job->style->font_weight, *weight = &job->style->font_weight;
    size_t number;
    if (str_to_size(value, 900, &number) && number >= 100)
        *weight = (int)number;
    else if (str_is(value, "bolder"))
        *weight = inherited < 350 ? 400 : inherited < 550 ? 700 : 900;
    else if (str_is(value, "lighter"))
        *weight = inherited < 550 ? 100 : inherited < 750 ? 400 : 700;
    else
        *weight = read_word(job, FONT_WEIGHT, "normal|bold") == 1 ? 700 : 400;
}

static void read_font_size(struct style_job *job)
{
    struct str value = job->declared[FONT_SIZE].value;
    double size;
    if (str_ends(value, "%")) { /* of the font-size around, not of the viewport */
        job->measures.width = job->measures.height = job->measures.font_size;
    }
    if (read_length(job, FONT_SIZE, 0, &size))
        job->style->font_size = size;
}

static void read_color(struct style_job *job)
{
    struct color color;
    enum svg_color kind = svg_value_color(job->declared[COLOR].value, &color);
    if (kind == SVG_COLOR)
        job->style->color = color;
    else if (kind != SVG_COLOR_CURRENT)
        wrong_value(job, COLOR, "a color (write #rrggbb)");
}

static void read_property(struct style_job *job, enum property property)
{
    struct svg_style *style = job->style;
    int word;
    switch (property) {
    case FONT_SIZE: read_font_size(job); break;
    case COLOR: read_color(job); break;
    case DISPLAY: break; /* is_displayed has read it */
    case VISIBILITY: style->visible = read_word(job, VISIBILITY, "visible|hidden|collapse") <= 0; break;
    case FILL: read_paint(job, FILL, &style->fill); break;
    case FILL_RULE: style->even_odd = read_word(job, FILL_RULE, "nonzero|evenodd") == 1; break;
    case STROKE: read_paint(job, STROKE, &style->stroke); break;
    case STROKE_WIDTH: read_length(job, STROKE_WIDTH, 0, &style->pen.width); break;
    case STROKE_LINECAP:
        word = read_word(job, STROKE_LINECAP, "butt|round|square");
        style->pen.cap = word < 0 ? CAP_BUTT : (enum line_cap)word;
        break;
    case STROKE_LINEJOIN:
        word = read_word(job, STROKE_LINEJOIN, "miter|round|bevel");
        style->pen.join = word < 0 ? JOIN_MITER : (enum line_join)word;
        break;
    case STROKE_MITERLIMIT:
        if (svg_value_numbers(job->declared[STROKE_MITERLIMIT].value, 1, &style->pen.miter) != 1 ||
            style->pen.miter < 1)
            wrong_value(job, STROKE_MITERLIMIT, "a number of 1 or more");
        break;
    case STROKE_DASHARRAY: read_dashes(job); break;
    case STROKE_DASHOFFSET: read_length(job, STROKE_DASHOFFSET, -SVG_MOST, &style->pen.dash_phase); break;
    case FONT_WEIGHT: read_weight(job); break;
    case TEXT_ANCHOR:
        word = read_word(job, TEXT_ANCHOR, "start|middle|end");
        style->anchor = word < 0 ? ANCHOR_START : (enum anchor)word;
        break;
    case PROPERTIES: break;
    }
}

/* What is not displayed may hold anything: editors hide layers in this way. */
static bool is_displayed(const struct svg_node *node)
{
    const struct svg_attribute *attribute = svg_tree_attribute(node, "display");
    struct str display = attribute ? str_trim(attribute->value) : STR("");
    attribute = svg_tree_attribute(node, "style");
    for (struct str rest = attribute ? attribute->value : STR(""); rest.n;) {
        struct str value = cut_declaration(&rest);
        if (str_is(str_trim(str_cut(&value, ':')), "display"))
            display = str_trim(value);
    }
    return !str_is(display, "none");
}

bool svg_style_read(struct svg *svg, const struct svg_node *node, const struct svg_measures *viewport,
    const struct svg_style *parent, struct svg_style *style)
{
    struct style_job job = {
        .svg = svg,
        .node = node,
        .style = style,
        .measures = *viewport,
    };
    if (!is_displayed(node))
        return false;
    *style = *parent;
    declare_all(&job);
    for (int i = 0; i < PROPERTIES; i++) {
        job.measures = *viewport;
        job.measures.font_size = style->font_size;
        if (job.declared[i].attribute && !str_is(job.declared[i].value, "inherit"))
            read_property(&job, (enum property)i);
    }
    return true;
}
