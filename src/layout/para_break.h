/* Where the lines of a paragraph end. Used by para.c alone.
 *
 * The lines are chosen for the paragraph as a whole, after D. E. Knuth and M. F. Plass, "Breaking Paragraphs
 * into Lines", Software: Practice and Experience 11 (1981), 1119-1184, in the setting for ragged-right text
 * without hyphenation: spaces keep their width, and what is made as small as possible is the sum of what
 * each line costs; see para_break.c for the costs. */
#ifndef LAYOUT_PARA_BREAK_H
#define LAYOUT_PARA_BREAK_H

#include "layout/para_line.h"

/* The cheapest lines of at most `width` points; constant, and as long there as the paragraph. False when some
 * piece does not fit in any line. */
bool para_break(const struct para *para, double width, struct line_ends *ends);

#endif
