/* The clusters of a text item: the least pieces of text that glyphs can be told apart for. Used within paint/
 * only. */
#ifndef PAINT_CLUSTER_H
#define PAINT_CLUSTER_H

#include "layout/page.h"

struct cluster {
    size_t first, count; /* glyphs */
    struct str text;     /* what they spell together */
};

/* Moves `cluster` (at first all zero, or empty at a glyph where one begins) to the item's next one; false
 * behind the last. Together the clusters spell the whole text of the item. */
static inline bool cluster_next(const struct item *item, struct cluster *cluster)
{
    const struct glyph *glyphs = item->text.glyphs;
    size_t first = cluster->first + cluster->count, total = item->text.glyph_count;
    if (first >= total)
        return false;
    size_t end = first + 1;
    while (end < total && glyphs[end].cluster <= glyphs[first].cluster)
        end++;
    size_t from = first == 0 ? 0 : glyphs[first].cluster;
    size_t to = end < total ? glyphs[end].cluster : item->text.text.n;
    *cluster = (struct cluster){first, end - first, {item->text.text.p + from, to - from}};
    return true;
}

#endif
