/* A first look at all pages, before anything is painted: where each document node first shows, and which
 * links are active. Used within paint/ only. */
#ifndef PAINT_SURVEY_H
#define PAINT_SURVEY_H

#include "content/document.h"
#include "layout/page.h"

/* The top left corner of what a node shows first, in layout's coordinates. */
struct place {
    bool shown;
    size_t page; /* from 0 */
    double x, y;
};

struct survey {
    const struct place *places; /* by node id */
    const bool *active;         /* by node id: a LINK or CITATION with an active area on some page */
};

struct survey survey_pages(struct arena *arena, const struct document *document, const struct pages *pages);
/* Where an active area leads: the node, or NULL when it is a URI or leads nowhere. */
const struct doc_node *survey_target(const struct doc_node *link);

#endif
