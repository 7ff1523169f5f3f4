/* Pages: display lists, the finished layout. Paint turns them into operators without measuring anything.
 * Points; x to the right and y downward from the page's top left corner. Items stand in the document's
 * reading order, whatever their places. Each names the document node that it shows; NULL = furniture (an
 * artifact). */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H

#include "config/units.h"
#include "content/document.h"
#include "design/drawing.h"
#include "design/font.h"
#include "design/picture.h"

enum item_kind {
    ITEM_TEXT,  /* glyphs on a baseline that starts at x, y */
    ITEM_FILL,  /* a filled rectangle, corners rounded by `radius` */
    ITEM_FRAME, /* a stroked rectangle, the line centred on its edge */
    ITEM_LINE,  /* a stroked line from x, y to x + w, y + h */
    ITEM_PATH,  /* a path, filled, stroked, or both */
    ITEM_IMAGE, /* a picture scaled to w × h */
    ITEM_LINK,  /* an active area; `tag` is its LINK or CITATION node */
};

/* A glyph, in thousandths of the type size. In a right-to-left item too, glyphs stand in logical order
 * (the order of the text), each with its own place. */
struct glyph {
    uint32_t id;
    uint32_t cluster; /* offset into text.text of the first character that it stands for */
    float x;          /* where its origin lies, from the item's x (to the right), thousandths of the size */
    float y;          /* upward from the baseline, thousandths of the size */
};

struct item {
    enum item_kind kind;
    const struct doc_node *tag;
    double x, y, w, h; /* TEXT: baseline start, w = advance, h = type size */
    union {
        struct {
            const struct font *font;
            double size;
            struct color color;
            const struct glyph *glyphs;
            size_t glyph_count;
            struct str text; /* what the glyphs spell, UTF-8, in logical order */
        } text;
        struct {
            struct color color;
            double radius, width; /* width of the stroke for FRAME and LINE */
        } shape;
        struct {
            const struct path_step *steps; /* relative to the item's x, y */
            size_t step_count;
            bool filled, even_odd; /* else by the non-zero winding rule */
            bool clipped;          /* only what lies within w × h shows */
            struct color fill;
            const struct pen *pen; /* NULL = not stroked; over the filling */
        } path;
        const struct picture *picture;
    };
};

struct page {
    struct item *items;
    size_t item_count;
    double filled; /* how much of the height between the margins its content takes: 0 to 1, above if it runs
                      over */
};

struct pages {
    double width, height; /* points, the same for all pages */
    double room;          /* height between the margins */
    bool folded;          /* two to a side of a sheet, as in a booklet */
    struct page *at;
    size_t n;
};

/* The page, from 1, on which each node of a document shows first, by its id; 0 = on none. */
size_t *pages_of_nodes(struct arena *arena, const struct pages *pages, size_t node_count);
/* An item a line, with places to a tenth of a point: for --dump=pages and golden tests. */
void pages_dump(const struct pages *pages, struct buf *out);

#endif
