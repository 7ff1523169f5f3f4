/* What a figure shows, as a block: a picture, a code, people. Used within layout/. */
#ifndef LAYOUT_FIGURE_H
#define LAYOUT_FIGURE_H

#include "layout/flow.h"

/* Sets a PICTURE or PEOPLE box above what follows: its caption stays with it. */
void figure_flow(struct flow *flow, const struct box *box);
/* The same with its caption, the next box, at its side, as one piece. False where that is not wanted, or the
 * caption would be too narrow: then nothing is set, though a figure at the side of the text may
 * have been cleared. */
bool figure_flow_beside(struct flow *flow, const struct box *box);

#endif
