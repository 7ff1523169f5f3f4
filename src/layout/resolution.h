/* The rule of `check` for pictures made of pixels: whether they have enough of them for the size at which
 * they print. What run may include. */
#ifndef LAYOUT_RESOLUTION_H
#define LAYOUT_RESOLUTION_H

#include "content/check.h"
#include "layout/page.h"

/* Reports [picture-resolution] at each picture of the document with too few dots an inch, with its page. */
void resolution_check(struct check *check, const struct pages *pages);

#endif
