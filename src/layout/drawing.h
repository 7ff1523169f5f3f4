/* Pictures in their places as display items: one made of pixels as an image, a drawing as paths and words.
 * Used within layout/. */
#ifndef LAYOUT_DRAWING_H
#define LAYOUT_DRAWING_H

#include "base/diag.h"
#include "design/picture.h"
#include "design/style.h"
#include "layout/para.h"

/* A picture in its place, scaled to w × h. */
struct placed_picture {
    const struct picture *picture;
    const struct doc_node *tag;
    const struct text_style *text; /* of the text around: a drawing's words have its family */
    struct str lang;               /* BCP 47, of these words */
    double x, y, w, h;
    enum depth depth;
};

/* The items that show a picture, and their number. Characters that no face has are errors [glyph-missing] at
 * the words; words that reach beyond the drawing's edge are warnings [drawing-overfull]. */
struct item *drawing_items(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct placed_picture *placed, size_t *count);
/* A pen for solid lines with plain ends and sharp corners. */
const struct pen *drawing_pen(struct arena *arena, double width, struct color color);

#endif
