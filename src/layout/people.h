/* Rows of little people, some of them filled in: how many stand in a row, how high they are, and their
 * outlines. Used within layout/. */
#ifndef LAYOUT_PEOPLE_H
#define LAYOUT_PEOPLE_H

#include "design/box.h"
#include "layout/page.h"

/* How the people of a box are set. */
struct people_plan {
    int per_row;          /* no more than there are */
    double person;        /* the height of one */
    double width, height; /* of all, points */
};

/* As the style has them if they keep within `width` and `room`; else in shorter rows; else smaller, though
 * not lower than PEOPLE_LEAST_HEIGHT: then they may reach beyond. */
struct people_plan people_plan(const struct box *box, double width, double room);

/* The items that show them, whose top left corner is at x, 0: one for all that are filled in, one for all
 * others. Returns how many were written. */
enum { PEOPLE_ITEMS = 2 };
size_t people_items(struct arena *arena, const struct box *box, const struct people_plan *plan, double x,
    struct item items[PEOPLE_ITEMS]);

#endif
