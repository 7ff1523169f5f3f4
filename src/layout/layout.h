/* Boxes into pages: shaping, line breaking, tables, page breaking, running matter. fit.h is the way in from
 * outside. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "design/box.h"
#include "layout/page.h"
#include "layout/shape.h"

/* Sets the boxes on pages. NULL after an error (glyph-missing, standard-overflow, variable-unknown in running
 * matter); line-overfull, table-too-wide, page-overfull and running-overlap are warnings. */
struct pages *layout(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *boxes);

/* A place where cutting helps: a paragraph that ends with a short line, or a section. */
struct easy_cut {
    const struct doc_node *tag; /* the paragraph, or the section's heading */
    size_t characters;          /* in the last line; 0 = of a section */
};

enum { EASY_CUTS = 3 };

/* How much text is too much for a number of pages. */
struct overrun {
    int lines; /* of body text, rounded up; 0 if what follows is too much by itself */
    struct easy_cut cuts[EASY_CUTS];
    size_t cut_count;
};

/* What would have to go, at the end of what stands before the standard page, for the boxes to take no more
 * than `pages` pages, those of a notice apart. */
struct overrun layout_overrun(
    struct arena *arena, struct shaper *shaper, const struct box_tree *boxes, size_t pages);

#endif
