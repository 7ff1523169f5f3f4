/* Display lists as page content: operators (ISO 32000-1, §8 and §9), in marked content (§14.6) that tells
 * which element of the structure tree each run of items belongs to, or that they are furniture. Used within
 * paint/ only. */
#ifndef PAINT_CANVAS_H
#define PAINT_CANVAS_H

#include "paint/fontfile.h"
#include "paint/image.h"
#include "paint/spacing.h"
#include "paint/tags.h"

/* What content refers to. */
struct canvas_context {
    struct arena *arena;
    struct tags *tags;
    struct fontfiles *fonts;
    struct images *images;
    struct spacing *spacing;
    double page_height;
};

/* Appends the content of page `index`. Active areas paint nothing: see paint/links.h. */
void canvas_paint(
    const struct canvas_context *context, const struct page *page, size_t index, struct buf *out);

#endif
