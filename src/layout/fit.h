/* Copy-fitting: the most generous setting of a document that keeps to its page budget, within the bounds that
 * the style sheet names (`fit`). What run may include, with layout.h. */
#ifndef LAYOUT_FIT_H
#define LAYOUT_FIT_H

#include "design/cascade.h"
#include "layout/page.h"
#include "layout/shape.h"

struct fitted {
    const struct box_tree *boxes;
    struct pages *pages;
};

/* Sets a document. The budget counts all pages but those of the clinic's notice. A last page of the
 * topic that would be nearly empty is pulled in, where a tighter setting can do that. False after an error;
 * one of them is that even the tightest setting is over the budget [pages-over-budget]. */
bool fit(struct arena *arena, struct diags *diags, const struct stylesheet *sheet, struct shaper *shaper,
    struct gallery *gallery, const struct document *document, struct fitted *fitted);

#endif
