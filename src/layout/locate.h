/* Pages for what was found while lines and tables were set, before there were pages. Used within layout/. */
#ifndef LAYOUT_LOCATE_H
#define LAYOUT_LOCATE_H

#include "base/diag.h"
#include "layout/page.h"

/* Tells the page in each diagnostic of overfull lines and tables and of missing glyphs, from number `from` of
 * the list on: "on page 2, …". The page is that on which the line of its source shows first. */
void locate_pages(struct arena *arena, struct diags *diags, size_t from, const struct pages *pages);

#endif
