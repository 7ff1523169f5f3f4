/* Bookmarks: the headings, nested by their levels (ISO 32000-1, §12.3.3). Used within paint/ only. */
#ifndef PAINT_OUTLINE_H
#define PAINT_OUTLINE_H

#include "paint/survey.h"
#include "paint/writer.h"

/* Writes the outline of a document; its number, or 0 when no heading shows. */
int outline_write(struct arena *arena, struct writer *writer, const struct document *document,
    const struct survey *survey, double page_height);

#endif
