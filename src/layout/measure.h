/* The rule of `check` that needs the finished pages: how long the lines of running text are. */
#ifndef LAYOUT_MEASURE_H
#define LAYOUT_MEASURE_H

#include "content/check.h"
#include "layout/page.h"

/* Counts the characters of every line of running text: paragraphs, those of list items, sources and the
 * imprint among them; not headings, tables, captions, code, nor the masthead's labels, nor a state's notice.
 * Reports [line-long] once for each section, at its longest line, for the lines of a section share their
 * column. */
void measure_check(struct check *check, const struct pages *pages);

#endif
