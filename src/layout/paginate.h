/* The vertical list into pages: the breaks that cost least over the whole document, after M. F. Plass,
 * "Optimal Pagination Techniques for Automatic Typesetting Systems", Stanford 1981, in its simplest case (no
 * floats, no stretch): dynamic programming over the places to break. The costs are those of the breaks
 * (vlist.h), and of pages that are not full, that hold a mere rest of the text, that are less deep than the
 * page they face, or that cut a panel in two. Used within layout/. */
#ifndef LAYOUT_PAGINATE_H
#define LAYOUT_PAGINATE_H

#include "base/diag.h"
#include "layout/vlist.h"

/* A page: the stretch of the list that stands on it. */
struct page_range {
    size_t from, to;               /* vitems */
    const struct open_frame *open; /* frames that go on from the page before */
    double height;                 /* of its content */
};

/* The frames that are open at a place in the list, innermost first. */
struct open_frame {
    const struct frame *frame;
    const struct open_frame *outer;
};

struct page_ranges {
    struct page_range *at;
    size_t n;
    double cost; /* of all of them: the least that there is */
};

/* Cuts the list into pages with room for `height` points of content. Always at least one page. Content that
 * is taller than a page stands on one of its own and runs over its end. */
struct page_ranges paginate(struct arena *arena, const struct vlist *list, double height);

/* Fills pages with the items of the list's stretches. */
struct pages *pages_fill(struct arena *arena, const struct vlist *list, const struct page_ranges *ranges,
    const struct page_style *style);

#endif
