/* The rules of `check` that look at the finished pages: what is stranded, divided, nearly empty, too small or
 * too near the paper's edge. What run may include, with measure.h. */
#ifndef LAYOUT_GATE_H
#define LAYOUT_GATE_H

#include "content/check.h"
#include "layout/page.h"

/* Judges the pages of the check's document: [heading-stranded], [line-stranded], [split-needless],
 * [page-empty], [edge-near], [figure-far], [picture-words]. Each finding names the page, and stands where the
 * text on it does. The pages of a state's notice are exempt. */
void gate_check(struct check *check, const struct pages *pages);

#endif
