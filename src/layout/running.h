/* Running headers and footers. Used within layout/. */
#ifndef LAYOUT_RUNNING_H
#define LAYOUT_RUNNING_H

#include "base/diag.h"
#include "design/box.h"
#include "layout/shape.h"

/* Adds header and footer to every page, as furniture. False after an error (an unknown variable). */
bool running_add(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *tree, struct pages *pages);

#endif
