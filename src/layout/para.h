/* Paragraphs: runs of text into lines. Used within layout/.
 *
 * A paragraph is cut into pieces: words and spaces, shaped once. Where lines may end is UAX #14, by
 * libunistring (breaks.h); how well that would read is in bonds.h, and the lines are chosen by para_break.h.
 * The order of mixed directions is UAX #9, by FriBidi. */
#ifndef LAYOUT_PARA_H
#define LAYOUT_PARA_H

#include "base/diag.h"
#include "design/box.h"
#include "layout/shape.h"

struct para;

/* A line that is set: its items, placed from its left end and from its top. */
struct line {
    struct item *items;
    size_t item_count;
    double width;    /* of what shows, without spaces at its end */
    double height;   /* its share of the column */
    double baseline; /* from its top */
};

/* Moves what is on a line. */
void line_move(const struct line *line, double x, double y);

struct lines {
    struct line *at;
    size_t n;
};

enum para_spaces { SPACES_COLLAPSE, SPACES_KEEP };

/* How much is made of a text: a sketch has its lines in their places, but one item for all that each shows.
 * To choose a setting, more is not needed. */
enum depth { DEPTH_WHOLE, DEPTH_SKETCH };

/* Cuts and shapes runs. `text` is the block's own style: it sets the least height of lines. Characters that
 * no face has are errors [glyph-missing] at their places. */
struct para *para_new(struct arena *arena, struct diags *diags, struct shaper *shaper, const struct run *runs,
    size_t run_count, const struct text_style *text, enum para_spaces spaces);
/* Its lines are to be set that deep; without this, whole. */
void para_deep(struct para *para, enum depth depth);
/* The width of the widest part that cannot break, and of the whole on one line (of its longest line, where
 * hard breaks cut it); points. */
double para_min_width(const struct para *para);
double para_max_width(const struct para *para);
/* Sets the paragraph in lines of at most `width` points, placed from x = 0 by `align`. At the left edge of
 * running text, quotation marks and brackets hang out a little. A word wider than that
 * is broken anywhere, with a warning [line-overfull]. Not for a width below 1. */
struct lines para_lines(struct para *para, double width, enum text_align align);

#endif
