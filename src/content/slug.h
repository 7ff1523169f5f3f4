/* Anchors of headings, as GitHub makes them. The only file that knows libunistring. For assemble.c and its
 * neighbors. */
#ifndef CONTENT_SLUG_H
#define CONTENT_SLUG_H

#include "base/map.h"

/* "What it costs, and why?" → "what-it-costs-and-why": letters, marks and digits of any script in lower case,
 * '-' and '_' kept, each space a '-', all else dropped; "section" when nothing is left. */
struct str slug_of(struct arena *arena, struct str text);

/* The slug itself if it is not yet among `used`, else with the first "-1", "-2" … that is not; adds it. */
struct str slug_unique(struct arena *arena, struct map *used, struct str slug);

#endif
