/* The root of a drawing: its size, and how its user space lies in it (SVG 1.1, chapter 7). Used by
 * picture_svg.c only. */
#ifndef DESIGN_SVG_VIEW_H
#define DESIGN_SVG_VIEW_H

#include "design/svg_value.h"

struct svg_view {
    double width, height;         /* of the drawing, points */
    struct svg_measures measures; /* of the user space */
    struct matrix matrix;         /* from user space to points */
};

/* Reads the root's size, viewBox and preserveAspectRatio; false after an error: drawing-value,
 * picture-too-large. */
bool svg_view_read(struct svg *svg, struct svg_view *view);

#endif
