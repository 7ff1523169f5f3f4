/* Words of an SVG drawing: text and tspan elements (SVG 1.1, chapter 10) as lines. Used by picture_svg.c
 * only. */
#ifndef DESIGN_SVG_TEXT_H
#define DESIGN_SVG_TEXT_H

#include "base/vec.h"
#include "design/svg_style.h"

enum { SVG_MOST_WORDS = 20 * 1000 /* bytes of text in a drawing */ };

struct svg_lines {
    VEC(struct drawing_shape) list;
    size_t room; /* how many bytes may yet come */
};

/* Adds the lines of a text element whose style is read, by the matrix from its space to the drawing's. */
void svg_text_add(struct svg *svg, const struct svg_node *node, const struct svg_measures *measures,
    const struct svg_style *style, struct matrix matrix, struct svg_lines *lines);

#endif
