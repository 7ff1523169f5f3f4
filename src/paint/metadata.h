/* What the PDF says about itself: information dictionary, XMP packet (ISO 16684-1), output intent, and how it
 * wants to be printed. Used within paint/ only. */
#ifndef PAINT_METADATA_H
#define PAINT_METADATA_H

#include "content/document.h"
#include "layout/page.h"
#include "paint/press.h"
#include "paint/writer.h"

/* Writes the information dictionary, XMP and output intent; appends their entries, and those on language,
 * title, and printing, for the catalog. */
void metadata_write(struct writer *writer, struct press *press, const struct document *document,
    const struct pages *pages, struct buf *catalog);

#endif
