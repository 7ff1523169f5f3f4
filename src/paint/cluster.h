/* The clusters of a text item: the least pieces of text that glyphs can be told apart for. Used within paint/
 * only. */
#ifndef PAINT_CLUSTER_H
#define PAINT_CLUSTER_H

#include "layout/page.h"

struct cluster {
    size_t first, count; /* glyphs */
    struct str text;     /* what they spell together */
};

/* Moves `cluster` (at first all zero) to the item's next one; false behind the last. Together the clusters
 * spell the whole text of the item. */
bool cluster_next(const struct item *item, struct cluster *cluster);

#endif
