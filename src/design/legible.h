/* Whether what a style sheet makes of a document can be read: size, contrast in color and in gray, leading,
 * alignment, italics, headings. The style rules of `check` (content/check_rules.h); those of the finished
 * pages are in layout/measure.h. */
#ifndef DESIGN_LEGIBLE_H
#define DESIGN_LEGIBLE_H

#include "content/check.h"
#include "design/box.h"
#include "design/stylesheet.h"

/* Judges the boxes that `sheet` made of the check's document. A finding stands in the style sheet, at the
 * word that asks for what is wrong, once for all places that look alike; an author's italics stand in the
 * text. A state's notice is exempt. */
void legible_check(struct check *check, const struct stylesheet *sheet, const struct box_tree *boxes);

#endif
