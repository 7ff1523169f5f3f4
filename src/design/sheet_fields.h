/* The tables of fields that a style sheet is decoded by, and what pages, headers and footers are decoded
 * into. Used by design/stylesheet.c, which reads sheets, and design/sheet_schema.c, which explains them. A
 * new property needs a line here, a sentence in design/guide.c, and a TAKE in design/stylesheet.c. */
#ifndef DESIGN_SHEET_FIELDS_H
#define DESIGN_SHEET_FIELDS_H

#include "config/schema.h"
#include "design/rule.h"

enum fold { FOLD_NONE, FOLD_HALF };

struct margins {
    double top, bottom, left, right;
};

struct page_rule {
    int size, fold, pictures;
    struct margins margins;
    struct {
        double width, gap;
    } side;
};

/* The keys of a header or footer that no other element has. */
struct running_decode {
    const struct node *left, *center, *right;
    double distance;
    bool first_page;
};

/* Of a sheet, but for its elements; of the page, of copy-fitting, of an element; what a header and a footer
 * have besides; of a line. */
extern const struct field SHEET_FIELDS[], PAGE_FIELDS[], FIT_FIELDS[], RULE_FIELDS[], RUNNING_FIELDS[],
    EDGE_FIELDS[];
/* A bound of copy-fitting; a color among `colors`. */
extern const struct field BOUND, COLOR_FIELD;

#endif
