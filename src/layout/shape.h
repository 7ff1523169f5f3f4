/* Shaping: text of one style into glyphs, by HarfBuzz, word by word, every word once. Used within layout/;
 * run keeps a shaper from handout to handout, for most of their words are the same. */
#ifndef LAYOUT_SHAPE_H
#define LAYOUT_SHAPE_H

#include "design/font.h"
#include "design/style.h"
#include "layout/page.h"

/* A shaped word (or space). Constant, shared by all places where it stands. */
struct word {
    const struct font *font;
    struct str text;
    struct glyph *glyphs; /* in logical order; x from the word's left edge, thousandths of the size */
    size_t glyph_count;
    double width;  /* thousandths of the size */
    bool complete; /* nothing in it is a missing glyph */
    bool exact;    /* and no letter had to be put together from its parts */
};

/* How a word is to be shaped, apart from its face. */
struct shape_options {
    bool rtl;
    bool tabular;
    struct str lang; /* BCP 47: forms that belong to a language */
};

struct shaper;
struct map;

/* The caller frees it, and what it shaped with it; before its fontset. */
struct shaper *shaper_new(struct fontset *fontset);
void shaper_free(struct shaper *shaper); /* NULL is allowed */
/* To be called between documents: forgets all words and paragraphs if they take much memory. What is kept
 * makes no difference but to the time. */
void shaper_trim(struct shaper *shaper);
struct fontset *shaper_fontset(const struct shaper *shaper);
/* For para_cut.c and para_break.c: memory for the moment; whoever uses it rewinds it. */
struct arena *shaper_scratch(const struct shaper *shaper);
/* For para_cut.c: where paragraphs are kept, and those that were made of them, by what they say. */
struct arena *shaper_arena(const struct shaper *shaper);
struct map *shaper_paragraphs(struct shaper *shaper);
/* Shapes a word in one face, from a cache if it was shaped before. */
const struct word *shape_word(
    struct shaper *shaper, const struct font *font, struct str text, struct shape_options options);
/* The end of the user-perceived character (UAX #29) that starts at `from`. */
size_t cluster_end(struct str text, size_t from);

#endif
