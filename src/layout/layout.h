/* Boxes into pages: shaping, line breaking, tables, page breaking, running matter. What run may include. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "design/box.h"
#include "layout/page.h"

/* Sets the boxes on pages. NULL after an error: glyph-missing is a warning or error by style,
 * standard-overflow an error, line-overfull a warning, pages-over-budget a warning. */
struct pages *layout(struct arena *arena, struct diags *diags, struct fontset *fontset,
    const struct document *document, const struct box_tree *boxes);

#endif
