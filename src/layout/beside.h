/* What stands beside the text: headings in the side column, the titles of call-outs on their bands, figures
 * at the text's right. Each begins with the first line of the content that follows it and reaches down along
 * it. Used within layout/. */
#ifndef LAYOUT_BESIDE_H
#define LAYOUT_BESIDE_H

#include "layout/flow.h"

/* Sets a heading (in the side column) or a call-out's title (on the band of the frame around it): it waits
 * for the first line of what follows, to stand on its baseline. False where it is too long for that: then it
 * has to stand in the column. */
bool beside_text(struct flow *flow, const struct box *box, enum beside kind);
/* Sets a figure, or a logo, at the right of the text that follows it, which keeps clear of it, block by
 * block; the second of two in a row below the first. False where the text would be too narrow, or the figure
 * takes most of a page: then nothing has happened. */
bool beside_figure(struct flow *flow, const struct box *figure);
/* The room that a block which begins here has to leave free at its right. Where that would leave `width` too
 * narrow for type of `size`, the block goes below the figure: 0. */
double beside_room(struct flow *flow, double width, double size);
/* Brings the content below what stands beside it and reaches further down. */
void beside_clear(struct flow *flow, enum beside kind);
/* The same for all that stands beside it. */
void beside_clear_all(struct flow *flow);
/* Content of a height was added: what stands beside it reaches so much less below it. */
void beside_pass(struct flow *flow, double height);
/* The line was added that things beside it waited for; its baseline lies `baseline` below its top. */
void beside_start(struct flow *flow, double baseline);
/* Does something reach below the content so far, so that no page may end here? */
bool beside_reaches(const struct flow *flow);

#endif
