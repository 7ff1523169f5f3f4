/* Tables: in columns as wide as their content asks, or, where these would be too narrow, in labeled rows;
 * rows stay whole, and the head is repeated on each page. Used within layout/. */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include "layout/flow.h"

/* Sets a table over the column of `flow`. */
void table_flow(struct flow *flow, const struct box *table);

#endif
