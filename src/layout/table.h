/* Tables: columns as wide as their content asks, rows that stay whole, the head repeated on each page.
 * Used within layout/. */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include "layout/flow.h"

/* Sets a table over the column of `flow`. */
void table_flow(struct flow *flow, const struct box *table);

#endif
