/* The inside of a table: its rows, in whichever form, as strips that a page break may part. Used by table.c,
 * table_grid.c and table_labeled.c alone. */
#ifndef LAYOUT_TABLE_PARTS_H
#define LAYOUT_TABLE_PARTS_H

#include "layout/flow.h"
#include "layout/para.h"

/* A part of a row that no page break cuts. */
struct strip {
    VEC(struct item) items; /* x from the page's left edge, y from the strip's top */
    double height;
    double baseline; /* of its first line, from its top; 0 = it has none */
    double cost;     /* of ending a page behind it */
};

struct table_row {
    const struct box *box; /* says what is painted behind it */
    bool striped;
    bool opens;               /* a rule stands above it: no head does */
    VEC(struct strip) strips; /* one, unless the row is too tall for a page */
    double height;
};

struct table_rows {
    struct table_row *at;
    size_t n, head_count;
    double head_height; /* of the head, if it is to be repeated on each page; else 0 */
};

/* What both forms are made from. */
struct table {
    struct flow *flow;
    const struct box *box;
    double padding, sides; /* within each cell, at its ends and its sides */
    double room;           /* the height of a page */
};

/* ---- In columns: table_grid.c ---- */

struct grid;

/* Measures a table in columns. What is wrong with it waits for grid_rows. */
struct grid *grid_new(const struct table *table);
/* Can a reader take in all cells? Not if a word is wider than its column, or a long text stands in a narrow
 * one, a sliver of a few words a line. */
bool grid_is_readable(struct grid *grid);
/* Is each cell one line? What is filled in reads badly in pieces: a name, a date. */
bool grid_is_of_lines(struct grid *grid);
struct table_rows grid_rows(struct grid *grid);

/* ---- Each row a block of its own, its cells labeled: table_labeled.c ---- */

/* Only for a table with labels. */
struct table_rows labeled_rows(const struct table *table);

/* ---- For both: table.c ---- */

/* The text of a cell. */
struct para *table_para(const struct table *table, struct diags *diags, const struct box *cell);
/* The height of lines, one below the other. */
double table_height(const struct lines *lines);
/* Adds a line with its top left corner at x, y; `furniture`: as a repetition of what is said elsewhere. */
void table_add_line(const struct table *table, struct strip *strip, const struct line *line, double x,
    double y, bool furniture);
/* Joins a row's strips to one, if it fits on a page; and settles the row's height. */
void table_finish_row(const struct table *table, struct table_row *row, double room);
/* The height that a head takes at the top of each page, 0 if it is too tall to be repeated. */
double table_head_height(const struct table *table, double height);
void table_warn_too_wide(const struct table *table, struct diags *diags);

#endif
