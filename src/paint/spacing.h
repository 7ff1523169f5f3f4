/* Spaces that layout did not paint. A line broken at a space may end without it, a line of code ends without
 * its line feed; but in the text of a PDF, words must not run together. This compares what is painted with
 * what the document says and tells where a space is missing. Used within paint/ only. */
#ifndef PAINT_SPACING_H
#define PAINT_SPACING_H

#include "layout/page.h"

struct spacing;

struct spacing *spacing_new(struct arena *arena, const struct document *document);
/* Takes the next text item that has a tag, in the order of painting. Does white space stand between it and
 * the one before, in the same paragraph, that neither of them shows? */
bool spacing_missing(struct spacing *spacing, const struct item *item);

#endif
