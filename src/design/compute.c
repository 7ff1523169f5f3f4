#include "design/compute.h"

static double between(const double bounds[2], double tightness)
{
    return bounds[0] + (bounds[1] - bounds[0]) * tightness;
}

const struct rule *styler_rule(const struct styler *styler, enum element element)
{
    return &styler->sheet->rules[element];
}

bool color_is_white(struct color color)
{
    return color_eq(color, COLOR_WHITE);
}

static bool text_style_eq(const struct text_style *a, const struct text_style *b)
{
    return a->font == b->font && a->size == b->size && a->leading == b->leading &&
           color_eq(a->color, b->color) && a->tabular == b->tabular && a->underline == b->underline;
}

static const struct text_style *intern(struct styler *styler, struct text_style style)
{
    for (size_t i = 0; i < styler->texts.n; i++)
        if (text_style_eq(styler->texts.at[i], &style))
            return styler->texts.at[i];
    struct text_style *kept = ARENA_NEW(styler->arena, struct text_style);
    *kept = style;
    vec_push(styler->arena, &styler->texts, kept);
    return kept;
}

/* The distance of baselines over the size; copy-fitting narrows the body's. */
static double leading_ratio(
    const struct styler *styler, const struct text_style *parent, const struct rule *rule)
{
    enum { USUAL_PERCENT = 130 };
    const struct fit_bounds *fit = &styler->sheet->fit;
    if (!parent && fit->leading[0] > 0)
        return between(fit->leading, styler->tightness);
    if (rule->has.leading)
        return rule->leading;
    return parent ? parent->leading / parent->size : USUAL_PERCENT / 100.0;
}

bool style_is_large(const struct text_style *style)
{
    enum { LARGE = 18, LARGE_BOLD = 14, BOLD = 700 };
    return style->size >= LARGE || (style->size >= LARGE_BOLD && style->font && style->font->weight >= BOLD);
}

/* Contrast that WCAG 2.1 wants at least, of text (success criterion 1.4.3), large text, and pictures
 * (1.4.11).
 */
static const double LARGE_CONTRAST = 3, PICTURE_CONTRAST = 3;

/* Is a color too faint on a background where another is not? */
static bool is_lost(struct color color, struct color other, struct color background, double least)
{
    double contrast = color_contrast(color, background);
    return contrast < least && contrast < color_contrast(other, background);
}

/* The face of a rule, where its font, weight or slant differs from the one it stands in (NULL: there is
 * none). */
static const struct font *face_of(struct styler *styler, const struct font *around, const struct rule *rule)
{
    enum { REGULAR = 400 };
    if (around && !rule->has.font && !rule->has.weight && !rule->has.slant)
        return around;
    struct str family = around ? around->family : STR("");
    int weight = around ? around->weight : REGULAR;
    bool italic = around && around->italic;
    if (rule->has.font)
        family = stylesheet_family(styler->sheet, rule->font);
    if (rule->has.weight)
        weight = rule->weight;
    if (rule->has.slant)
        italic = rule->slant == SLANT_ITALIC;
    const struct font *face = fontset_find(styler->fontset, styler->diags, rule->pos, family, weight, italic);
    return face ? face : around;
}

static const struct text_style *compute_text(
    struct styler *styler, const struct text_style *parent, const struct rule *rule, struct color background)
{
    struct text_style style = {0};
    if (parent)
        style = *parent;
    style.font = face_of(styler, style.font, rule);
    if (rule->has.size)
        style.size = rule->size;
    style.leading = style.size * leading_ratio(styler, parent, rule);
    double least = style_is_large(&style) ? LARGE_CONTRAST : STYLE_TEXT_CONTRAST;
    if (rule->has.color && !(parent && is_lost(rule->color, parent->color, background, least)))
        style.color = rule->color;
    if (rule->has.figures)
        style.tabular = rule->figures == FIGURES_TABULAR;
    if (rule->has.underline)
        style.underline = rule->underline;
    return intern(styler, style);
}

/* What is remembered of a rule's element, if it is a rule of the sheet as it stands there. */
static struct known_text *known_text(struct styler *styler, const struct rule *rule)
{
    const struct rule *rules = styler->sheet->rules;
    size_t index = ((uintptr_t)rule - (uintptr_t)rules) / sizeof *rule;
    return index < ELEMENT_COUNT && rule == &rules[index] ? &styler->known[index] : NULL;
}

const struct text_style *style_text(
    struct styler *styler, const struct text_style *parent, const struct rule *rule, struct color background)
{
    struct known_text *known = known_text(styler, rule);
    if (known && known->style && known->parent == parent && color_eq(known->background, background))
        return known->style;
    const struct text_style *style = compute_text(styler, parent, rule, background);
    if (known)
        *known = (struct known_text){parent, style, background};
    return style;
}

struct edge style_edge(struct rule_edge edge)
{
    return (struct edge){edge.width, edge.color};
}

struct edge style_pen(struct rule_edge edge, struct color otherwise, struct color background)
{
    bool lost = is_lost(edge.color, otherwise, background, PICTURE_CONTRAST);
    return (struct edge){edge.width, lost ? otherwise : edge.color};
}

static const struct box_style *compute_box(
    const struct styler *styler, const struct rule *rule, enum text_align align)
{
    struct box_style *style = ARENA_NEW(styler->arena, struct box_style);
    const double least_padding = 0.5; /* what a panel keeps of its padding, however tight the text is set */
    double space = between(styler->sheet->fit.space, styler->tightness);
    *style = (struct box_style){
        .space_before = rule->space_before * space,
        .space_after = rule->space_after * space,
        .indent_left = rule->indent,
        .indent_right = rule->indent_right,
        .padding = rule->padding * (space < least_padding ? least_padding : space),
        .padding_sides = rule->has.padding_sides ? rule->padding_sides : rule->padding,
        .measure = rule->measure,
        .columns = rule->columns,
        .column_gap = rule->column_gap,
        .column_lines = rule->column_lines,
        .align = rule->has.align ? (enum text_align)rule->align : align,
        .has_fill = rule->has.fill && !color_is_white(rule->fill),
        .fill = rule->fill,
        .radius = rule->radius,
        .bar = style_edge(rule->rule),
        .above = style_edge(rule->above),
        .below = style_edge(rule->below),
        .border = style_edge(rule->border),
        .keep_with_next = rule->keep_with_next,
        .keep_together = rule->keep_together,
        .new_page = rule->new_page,
        .one_page = rule->one_page,
        .full_width = rule->span == REACH_PAGE,
        .width = rule->width,
    };
    return style;
}

const struct box_style *style_box(struct styler *styler, const struct rule *rule, enum text_align align)
{
    for (size_t i = 0; i < styler->boxes.n; i++)
        if (styler->boxes.at[i].rule == rule && styler->boxes.at[i].align == align)
            return styler->boxes.at[i].style;
    struct known_box known = {rule, align, compute_box(styler, rule, align)};
    vec_push(styler->arena, &styler->boxes, known);
    return known.style;
}

struct page_style style_page(const struct styler *styler)
{
    struct page_style page = styler->sheet->page;
    double factor = between(styler->sheet->fit.margins, styler->tightness);
    page.top *= factor;
    page.bottom *= factor;
    return page;
}

double style_figure_scale(const struct styler *styler)
{
    return between(styler->sheet->fit.figure, styler->tightness);
}
