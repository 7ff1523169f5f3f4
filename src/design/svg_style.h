/* How an element is painted: its presentation attributes and its style attribute over what it inherits. What
 * would change the picture and cannot be painted is reported here. Used by design/svg*.c and picture_svg.c
 * only. */
#ifndef DESIGN_SVG_STYLE_H
#define DESIGN_SVG_STYLE_H

#include "design/drawing.h"
#include "design/svg_value.h"

struct svg_paint {
    bool painted, current; /* current: in the color that `color` says where it is used */
    struct color color;
};

struct svg_style {
    struct svg_paint fill, stroke;
    struct color color;
    bool even_odd, visible;
    struct pen pen; /* user units; the color is that of `stroke` */
    double font_size;
    int font_weight;
    enum anchor anchor;
};

/* To be called once for a file, before its styles are read. */
void svg_style_prepare(struct svg *svg);
/* What the root inherits (SVG 1.1, appendix M). */
struct svg_style svg_style_initial(void);
/* The style of an element within its parent's. False if it is not displayed at all. Reports what cannot be
 * painted [drawing-unsupported] and what is malformed [drawing-value]. */
bool svg_style_read(struct svg *svg, const struct svg_node *node, const struct svg_measures *viewport,
    const struct svg_style *parent, struct svg_style *style);
/* The color that a fill or stroke has in a style. */
struct color svg_style_color(const struct svg_style *style, const struct svg_paint *paint);

#endif
