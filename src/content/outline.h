/* The headings of a whole document: levels that do not skip, anchors that are unique, links that find them.
 * For assemble.c and bare.c. */
#ifndef CONTENT_OUTLINE_H
#define CONTENT_OUTLINE_H

#include "base/diag.h"
#include "content/document.h"

/* Closes up skipped levels and clamps those past 6 beneath `root`, in document order, each with a warning
 * [heading-skipped, heading-clamped]. Levels may be any positive number before. */
void outline_levels(struct diags *diags, struct doc_node *root);

/* Gives every heading its anchor and finds the target of each "#anchor" link; within one file its own
 * headings go before those of others. Code: anchor-unknown. */
void outline_anchors(struct arena *arena, struct diags *diags, struct doc_node *root);

#endif
