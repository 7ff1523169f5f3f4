/* From rules to computed styles. Used within design/ only. */
#ifndef DESIGN_COMPUTE_H
#define DESIGN_COMPUTE_H

#include "base/vec.h"
#include "design/rule.h"

/* A box style that was computed before. */
struct known_box {
    const struct rule *rule;
    enum text_align align;
    const struct box_style *style;
};

/* The text style of an element that was computed last; no style: none yet. */
struct known_text {
    const struct text_style *parent, *style;
    struct color background;
};

struct styler {
    struct arena *arena;
    struct diags *diags;
    const struct stylesheet *sheet;
    struct fontset *fontset;
    struct shelf *shelf;                  /* pictures */
    double tightness;                     /* of copy-fitting, 0 to 1 */
    VEC(const struct text_style *) texts; /* those made so far, so that equal ones are one */
    VEC(struct known_box) boxes;          /* the same for the styles of boxes */
    struct known_text known[ELEMENT_COUNT];
};

const struct rule *styler_rule(const struct styler *styler, enum element element);
/* The contrast that WCAG 2.1 wants of text at least (success criterion 1.4.3). */
#define STYLE_TEXT_CONTRAST 4.5

/* Is it large text (WCAG 2.1, "large scale"), which needs less contrast? */
bool style_is_large(const struct text_style *style);
/* The text style of a rule within `parent` (NULL: the sheet's `text`), on a background. A color that cannot
 * be read on it (a link in a dark table head) gives way to the parent's; legible.h tells of those that were
 * meant to be seen. */
const struct text_style *style_text(
    struct styler *styler, const struct text_style *parent, const struct rule *rule, struct color background);
/* The box style of a rule, which must live as long as the styler; `align` is the parent's alignment. */
const struct box_style *style_box(struct styler *styler, const struct rule *rule, enum text_align align);
/* The most that a picture may be scaled by copy-fitting, at most 1. */
double style_figure_scale(const struct styler *styler);
/* The page, with its upper and lower margins as copy-fitting has them. */
struct page_style style_page(const struct styler *styler);
struct edge style_edge(struct rule_edge edge);
/* A pen that can be seen on a background: where its own color cannot, it has `otherwise`. */
struct edge style_pen(struct rule_edge edge, struct color otherwise, struct color background);
bool color_is_white(struct color color);

static const struct color COLOR_WHITE = {255, 255, 255};

#endif
