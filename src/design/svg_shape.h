/* The shapes of SVG 1.1, chapters 8 and 9, as paths. Used by picture_svg.c only. */
#ifndef DESIGN_SVG_SHAPE_H
#define DESIGN_SVG_SHAPE_H

#include "design/svg_path.h"

/* Is an element of this name a shape? */
bool svg_shape_is(struct str name);
/* Adds the outline of a shape; one without size adds nothing. Reports what is malformed [drawing-value]. */
void svg_shape_add(
    struct svg *svg, const struct svg_node *node, const struct svg_measures *measures, struct svg_path *path);
/* The length that an attribute says; `otherwise` where it is missing or (reported) malformed. */
double svg_shape_length(struct svg *svg, const struct svg_node *node, const char *name,
    const struct svg_measures *measures, enum svg_axis axis, double otherwise);

#endif
