/* The elements of the structure tree as they grow, for tags.c, which makes them, and tree.c, which writes
 * them. No one else may use it. */
#ifndef PAINT_ELEMENT_H
#define PAINT_ELEMENT_H

#include "base/vec.h"
#include "paint/tags.h"

enum kid_kind { KID_ELEMENT, KID_CONTENT, KID_ANNOTATION };

struct kid {
    enum kid_kind kind;
    uint32_t order;  /* id of the node at whose place in the document it stands */
    size_t sequence; /* of arrival, among equals */
    size_t page;     /* CONTENT and ANNOTATION */
    int number;      /* ELEMENT, ANNOTATION: object; CONTENT: MCID */
};

struct element {
    const char *type;
    const struct doc_node *node;
    struct element *parent; /* NULL for the document's */
    bool outer;             /* the first of its node's elements */
    uint32_t order;         /* where it stands in its parent */
    uint32_t last_order;    /* of its last kid so far */
    VEC(struct kid) kids;   /* elements join when the tree is written */
    bool live;              /* shows something, or a grid needs it */
    int object;
    bool boxed;
    double box[4]; /* left, bottom, right, top */
};

/* The elements that own a page's content, by MCID. */
struct page_content {
    VEC(struct element *) owners;
};

struct tags {
    struct arena *arena;
    struct writer *writer;
    const struct document *document;
    const struct survey *survey;
    VEC(struct element *) elements; /* parents first, in document order */
    struct element **owners;        /* by node id */
    struct element *row_group;      /* the THead or TBody being filled */
    struct page_content *pages;
    size_t page_count;
    VEC(struct element *) links; /* the elements of the link annotations, by key - page_count */
};

#endif
