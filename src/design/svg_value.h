/* Values as SVG writes them: numbers, lengths, colors, transforms (SVG 1.1, chapters 4 and 7). Used by
 * design/svg*.c and picture_svg.c only. */
#ifndef DESIGN_SVG_VALUE_H
#define DESIGN_SVG_VALUE_H

#include "config/units.h"
#include "design/svg_tree.h"

/* x' = a x + c y + e, y' = b x + d y + f. */
struct matrix {
    double a, b, c, d, e, f;
};

/* What a percentage is a part of. */
enum svg_axis { AXIS_X, AXIS_Y, AXIS_BOTH };

struct svg_measures {
    double width, height; /* of the viewport, user units */
    double font_size;
};

/* The greatest number that a drawing may hold. */
static const double SVG_MOST = 1e7;

/* Reads a number at `*at` (sign, digits, fraction, exponent) and moves behind it. False if none stands there
 * or it is beyond ±SVG_MOST. */
bool svg_value_number(struct str text, size_t *at, double *value);
/* Moves over white space, and over white space with at most one comma. */
void svg_value_space(struct str text, size_t *at);
bool svg_value_comma(struct str text, size_t *at); /* was there a comma? */
/* A length in user units: all of `text`, with or without a unit. */
bool svg_value_length(
    struct str text, const struct svg_measures *measures, enum svg_axis axis, double *value);
/* The numbers of a list, as many as `most`; -1 if it is malformed or longer. */
int svg_value_numbers(struct str text, int most, double *values);

enum svg_color { SVG_COLOR, SVG_COLOR_NONE, SVG_COLOR_CURRENT, SVG_COLOR_ALPHA, SVG_COLOR_BAD };
/* A color, "none" (also: fully transparent), "currentColor", or why it is none of these: ALPHA is a color
 * that can be seen through. */
enum svg_color svg_value_color(struct str text, struct color *color);
/* One of CSS's 148 color names (any case). */
bool svg_color_named(struct str name, struct color *color);

/* The matrix that applies `inner` first, then `outer`. */
struct matrix svg_value_multiply(struct matrix outer, struct matrix inner);
/* A list of transforms; false at the part that is malformed. */
bool svg_value_transform(struct str text, struct matrix *matrix, struct str *bad);

static const struct matrix IDENTITY = {1, 0, 0, 1, 0, 0};

#endif
