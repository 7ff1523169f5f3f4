/* Link annotations (ISO 32000-1, §12.5.6.5; ISO 14289-1, §7.18) and the places that they and bookmarks lead
 * to. Used within paint/ only. */
#ifndef PAINT_LINKS_H
#define PAINT_LINKS_H

#include "paint/survey.h"
#include "paint/tags.h"
#include "paint/writer.h"

struct links {
    struct writer *writer;
    struct tags *tags;
    const struct survey *survey;
    double page_height;
};

/* Writes the annotations of a page's active areas; appends their array ("/Annots [...]") to `entries` if
 * there are any. */
void links_write(const struct links *links, const struct page *page, size_t index, struct buf *entries);
/* Appends " /Dest [...]": a place, shown with a little room above it. */
void links_put_destination(
    const struct writer *writer, const struct place *place, double page_height, struct buf *out);

#endif
