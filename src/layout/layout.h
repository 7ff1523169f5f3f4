/* Boxes into pages: shaping, line breaking, tables, page breaking, running matter. fit.h is the way in from
 * outside. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "design/box.h"
#include "layout/page.h"
#include "layout/shape.h"

/* Sets the boxes on pages. NULL after an error (glyph-missing, standard-overflow, variable-unknown in running
 * matter); line-overfull, table-too-wide, page-overfull and running-overlap are warnings. */
struct pages *layout(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *boxes);

#endif
