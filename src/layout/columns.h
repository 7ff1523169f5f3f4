/* Text in two columns of the same height: what `columns: 2` of a section makes of its paragraphs and lists.
 * Used within layout/. */
#ifndef LAYOUT_COLUMNS_H
#define LAYOUT_COLUMNS_H

#include "layout/flow.h"

/* Sets the children of a section in columns. Headings of levels 1 and 2, tables, pictures, and whatever has a
 * frame reach over both, as does a heading above one of these. What stands between two of them is balanced in
 * columns by itself, as one piece that no page break cuts, unless it is taller than a page; what has no place
 * to break stands in the left column. Where columns would be too narrow for the type or for a word, text goes
 * over the whole width. */
void columns_flow(struct flow *flow, const struct box *section);

#endif
