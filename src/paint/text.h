/* Text items as text objects (ISO 32000-1, §9.4). Used within paint/ only. */
#ifndef PAINT_TEXT_H
#define PAINT_TEXT_H

#include "paint/fontfile.h"

/* What is set in the page's graphics state; all zero at the start of a page. */
struct text_state {
    const struct fontfile *file;
    double size;
    bool has_fill;
    struct color fill;
};

/* Sets the color for text and filled shapes unless it is set. */
void text_set_fill(struct text_state *state, struct color color, struct buf *out);
/* Appends the glyphs [from, to) of a text item whose baseline starts at the item's x and at `y`, in PDF
 * coordinates; with an invisible space before them, left of their start, if `space`. */
void text_paint(struct text_state *state, const struct fontfile *file, const struct item *item, size_t from,
    size_t to, double y, bool space, struct buf *out);

#endif
