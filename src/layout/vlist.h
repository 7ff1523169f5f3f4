/* The vertical list: a document's content as one column of boxes, spaces and places to break, in TeX's terms.
 * Made by flow.c, cut into pages by paginate.c. Used within layout/. */
#ifndef LAYOUT_VLIST_H
#define LAYOUT_VLIST_H

#include "base/vec.h"
#include "design/box.h"
#include "layout/page.h"

enum vitem_kind {
    V_BOX,   /* content of a height that no page break cuts */
    V_SPACE, /* vanishes at the top of a page */
    V_BREAK, /* a page may end here, at a cost */
    V_OPEN,  /* a frame begins: padding, and what is painted behind and around */
    V_CLOSE, /* a frame ends */
};

/* Costs of breaks: the sum over all pages is made as small as possible. A page's own cost is in paginate.c.
 */
enum {
    COST_FORCED = -1000000,  /* a page must end here */
    COST_FORBIDDEN = 100000, /* never, unless nothing else fits on a page */
};

/* Something around part of the list that goes on over a page break. */
struct frame {
    const struct box_style *style; /* fill, rules and border; NULL = nothing is painted */
    double x, width;               /* of its outer edge */
    double top, bottom; /* room that it takes at its upper and lower end, on every page that it is on */
    struct vitem *head; /* boxes repeated at the top of each further page, already without tags */
    size_t head_count;
    double head_height;
};

struct vitem {
    enum vitem_kind kind;
    double height;            /* BOX, SPACE */
    double baseline;          /* BOX: of its first line, from its top; 0 = it has none */
    double cost;              /* BREAK */
    const struct item *items; /* BOX: x from the page's left edge, y from the box's top */
    size_t item_count;
    const struct frame *frame; /* OPEN, CLOSE */
};

/* A stretch of the list that must stand on one page. */
struct one_page {
    size_t from, to; /* indices of vitems */
    const struct doc_node *tag;
    double line; /* height of a line of its text, to say how much is over */
};

/* A paragraph of more than one line that ends with a short one: a few words less, and it takes a line less.
 */
struct short_end {
    const struct doc_node *tag;
    size_t vitem;      /* its last line */
    size_t characters; /* of that */
};

struct vlist {
    VEC(struct vitem) items;
    VEC(struct short_end) short_ends;
    VEC(struct one_page) one_pages;
};

/* Do two lists of the same text, set more and less tightly, differ in nothing but heights? Then there is one
 * between them: each height lies between theirs, by `share` from 0 to 1, and its boxes show what those of the
 * loose one do. */
bool vlist_alike(const struct vlist *a, const struct vlist *b);
struct vlist *vlist_between(
    struct arena *arena, const struct vlist *loose, const struct vlist *tight, double share);
/* The height of a stretch of the list, with the edges of the frames that begin in it. */
double vlist_height(const struct vlist *list, size_t from, size_t to);
/* How many display items a stretch holds. */
size_t vlist_count(const struct vlist *list, size_t from, size_t to);
/* Writes the display items of a stretch without frames to `items`, its boxes one below the other, moved by x,
 * y. Returns how many were written. */
size_t vlist_place(const struct vlist *list, size_t from, size_t to, double x, double y, struct item *items);

#endif
