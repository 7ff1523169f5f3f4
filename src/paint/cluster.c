#include "paint/cluster.h"

bool cluster_next(const struct item *item, struct cluster *cluster)
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
    *cluster = (struct cluster){first, end - first, str_slice(item->text.text, from, to)};
    return true;
}
