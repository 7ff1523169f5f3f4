/* A block's inlines as runs of text. Used within design/ only. */
#ifndef DESIGN_INLINE_H
#define DESIGN_INLINE_H

#include "design/box.h"
#include "design/compute.h"

/* Fills box->para with the runs of the inlines beneath `node`, set in `text` on a background. False after an
 * error. */
bool inline_runs(struct styler *styler, const struct document *document, const struct doc_node *node,
    const struct text_style *text, struct color background, struct box *box);
/* The element that an inline is styled by, or NONE. */
enum element inline_element(const struct doc_node *node);
/* A picture as readers of `lang` see it, with its natural size in points. NULL after an error, with a
 * diagnostic. */
const struct picture *inline_picture(
    struct styler *styler, const struct doc_node *image, struct str lang, double *width, double *height);

#endif
