/* A paragraph's text into pieces: words and spaces, shaped, and what is known of the places between them.
 * Used by para.c alone.
 *
 * None of that depends on leading, colors, or widths. So paragraphs stay cut for as long as their shaper is
 * there, and copy-fitting, which sets a document several times, cuts each of them once. */
#ifndef LAYOUT_PARA_CUT_H
#define LAYOUT_PARA_CUT_H

#include "layout/para_line.h"

/* Cuts a paragraph's runs into its pieces. Characters that no face has are errors [glyph-missing]. */
void para_cut(struct para *para, size_t run_count);

#endif
