/* Document and style sheet into boxes: every element gets its computed style. */
#ifndef DESIGN_CASCADE_H
#define DESIGN_CASCADE_H

#include "content/document.h"
#include "design/box.h"
#include "design/shelf.h"
#include "design/stylesheet.h"

/* The box tree of a document. Its pictures are read here, on to the shelf. `tightness` runs from 0 (generous)
 * to 1 (as tight as the style's `fit` allows; without a `fit` it changes nothing). NULL after an error. */
struct box_tree *cascade(struct arena *arena, struct diags *diags, const struct stylesheet *sheet,
    struct fontset *fontset, struct shelf *shelf, const struct document *document, double tightness);

#endif
