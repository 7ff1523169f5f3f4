/* Boxes into pages: shaping, line breaking, tables, page breaking, running matter. fit.h is the way in from
 * outside. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "design/box.h"
#include "layout/page.h"
#include "layout/para.h"

/* Boxes that are set and parted into pages, which are still empty. */
struct setting;

/* Sets the boxes, whole or as a sketch, whose pages cannot be filled. glyph-missing and standard-overflow are
 * errors; line-overfull, table-too-wide and page-overfull are warnings. */
struct setting *layout_set(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *boxes, enum depth depth);
/* Do two settings of a document differ in nothing but heights? Then there is one between them, by `share`
 * from 0 (the loose one) to 1. It is a guess: what happens at a certain height only is not seen. */
bool layout_alike(const struct setting *a, const struct setting *b);
struct setting *layout_between(struct arena *arena, struct diags *diags, const struct setting *loose,
    const struct setting *tight, double share);
/* How many pages count: those of a notice that the law demands do not. It stands last. */
size_t layout_counted(const struct setting *setting);
/* What its pages cost, to be compared with other settings of the same document on as many pages. */
double layout_cost(const struct setting *setting);
/* How full the emptiest page is, of those that could be fuller: a share of its height. */
double layout_emptiest(const struct setting *setting);
/* Fills the pages of a setting, with running matter, and tells their numbers in its diagnostics. An unknown
 * variable in running matter is an error, running-overlap is a warning. */
struct pages *layout_fill(struct setting *setting);

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
