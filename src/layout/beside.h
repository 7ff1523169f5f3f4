/* What stands beside the text: headings in the side column, the titles of call-outs on their bands, figures
 * at the text's right. Each begins with the first line of the content that follows it and reaches down along
 * it. Used within layout/. */
#ifndef LAYOUT_BESIDE_H
#define LAYOUT_BESIDE_H

#include "layout/flow.h"

/* Sets a heading (in the side column) or a call-out's title (on the band of the frame around it): it waits
 * for the first line of what follows, to stand on its baseline. */
void beside_text(struct flow *flow, const struct box *box, enum beside kind);
/* Sets a figure at the right of the text that follows it, which keeps clear of it, block by block. False
 * where the text would be too narrow, or the figure is taller than the page's content: then nothing has
 * happened. */
bool beside_figure(struct flow *flow, const struct box *figure);
/* The room that a block which begins here has to leave free at its right. */
double beside_room(const struct flow *flow);
/* Brings the content below what stands beside it and reaches further down. */
void beside_clear(struct flow *flow, enum beside kind);
/* Content of a height was added: what stands beside it reaches so much less below it. */
void beside_pass(struct flow *flow, double height);
/* The line was added that things beside it waited for; its baseline lies `baseline` below its top. */
void beside_start(struct flow *flow, double baseline);
/* Does something reach below the content so far, so that no page may end here? */
bool beside_reaches(const struct flow *flow);

#endif
