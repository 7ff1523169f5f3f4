/* Boxes: the document with its styles, ready to be set. A box names the document node that it shows. Made by
 * design/cascade.c, constant afterwards; layout reads it. */
#ifndef DESIGN_BOX_H
#define DESIGN_BOX_H

#include "base/buf.h"
#include "content/document.h"
#include "design/picture.h"
#include "design/style.h"

enum run_kind {
    RUN_TEXT,
    RUN_BREAK,   /* a hard line break */
    RUN_BLANK,   /* a rule to write on, `width` wide */
    RUN_PICTURE, /* `picture`, width × height */
};

/* A piece of a line of text in one style. */
struct run {
    enum run_kind kind;
    struct str text; /* TEXT; line ends are spaces */
    const struct text_style *style;
    const struct doc_node *tag;  /* the node that it shows */
    const struct doc_node *link; /* the LINK or CITATION around it, or NULL */
    struct pos pos;              /* where text starts in the source; source NULL if it is the program's */
    struct str lang;             /* BCP 47 */
    bool personal;               /* about one patient: no message repeats it */
    bool address;                /* may break behind '/', '.', '-' and the like */
    double width, height;        /* BLANK, PICTURE: at most; they shrink to fit a line */
    const struct picture *picture;
};

enum box_kind {
    BOX_STACK,   /* children, one below the other */
    BOX_TEXT,    /* runs */
    BOX_CODE,    /* runs, one for each line, not to be filled; long lines wrap */
    BOX_ITEM,    /* marker, and children */
    BOX_TABLE,   /* BOX_ROWs */
    BOX_ROW,     /* BOX_TEXT cells */
    BOX_PICTURE, /* `picture`; of a QR, a drawing */
    BOX_PEOPLE,  /* `people`: rows of little people */
    BOX_LINES,   /* `lines.count` ruled lines */
    BOX_RULE,    /* a line across; style->above is its pen */
    BOX_BREAK,   /* a page break */
};

enum marker_kind { MARKER_TEXT, MARKER_DISC, MARKER_RING, MARKER_SQUARE, MARKER_BOX, MARKER_BOX_TICKED };

/* People lower than this are hard to count; they are not made so for want of room. */
static const double PEOPLE_LEAST_HEIGHT = 7;

struct rule;

struct box {
    enum box_kind kind;
    const struct doc_node *tag;
    const struct rule
        *rule; /* of the style sheet, that gave it its look: for design/legible.c; NULL = none */
    const struct box_style *style;
    const struct text_style *text; /* the block's own text style */
    struct box *first, *last, *next;
    union {
        struct {
            struct run *runs;
            size_t n;
            int icon; /* callout_kind + 1 to draw before (CALLOUT_KINDS + 1: a telephone) the text, 0 = none
                       */
            struct color behind; /* the icon */
        } para;
        struct {
            enum marker_kind marker;
            struct str text; /* MARKER_TEXT */
            const struct doc_node *label;
            double width; /* room for the marker and its gap */
            struct color color;
        } item;
        struct {
            size_t columns;
            const enum text_align *aligns;
            double padding, padding_sides; /* inside each cell */
            bool flush;                    /* not at the outer sides of the first and last column */
            struct edge rule;              /* between rows */
            bool has_stripe;
            struct color stripe; /* behind every second row of the body */
            enum row_form rows;
            struct box *labels; /* the head's cells once more, as labels of cells; NULL: rows stay a grid */
        } table;
        struct {
            bool header;
            bool has_fill;
            struct color fill;
            struct box *title; /* the first cell once more, over a labeled row; NULL: as in `labels` */
        } row;
        struct {
            const struct picture *picture;
            double width, height; /* natural size at its resolution, points */
            struct str lang;      /* BCP 47, of the words in a drawing */
            bool beside;          /* its caption may stand at its side */
        } picture;
        struct {
            int filled, total;
            int per_row;        /* at most */
            double height;      /* of one, where there is room */
            struct color color; /* of those filled in */
            struct edge pen;    /* the outline of the others */
            bool beside;        /* their caption may stand at their side */
        } people;
        struct {
            int count;
            double pitch; /* distance of the lines */
            struct edge pen;
        } lines;
    };
};

struct box_tree {
    struct box *root;
    struct page_style page;
    struct running_style header, footer;
};

/* A box a line, indented: for --dump=boxes and golden tests. */
void box_tree_dump(const struct box_tree *tree, struct buf *out);

#endif
