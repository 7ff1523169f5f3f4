/* The inside of a paragraph: pieces, and one line set from them. Used by para.c, para_break.c and para_line.c
 * alone. */
#ifndef LAYOUT_PARA_LINE_H
#define LAYOUT_PARA_LINE_H

#include "base/vec.h"
#include "layout/para.h"

enum piece_kind {
    PIECE_WORD,
    PIECE_SPACE,
    PIECE_BREAK,  /* a hard break */
    PIECE_OBJECT, /* a blank or a picture */
};

enum { BREAK_WORD = 3 }; /* as enum break_class: within a word, when nothing else helps */

struct piece {
    enum piece_kind kind;
    const struct run *run;
    const struct word *word; /* WORD, SPACE */
    double width;            /* points */
    unsigned char level;     /* UAX #9; odd = right to left */
    unsigned char may_break; /* behind it: enum break_class or BREAK_WORD */
    unsigned char bond;      /* to what follows, where a line may end: enum bond */
};

struct para {
    struct arena *arena;
    struct diags *diags;
    struct shaper *shaper;
    const struct text_style *text;
    VEC(struct piece) pieces;
    bool rtl;      /* the paragraph's own direction */
    bool mixed;    /* some piece runs from right to left */
    bool kept;     /* its spaces are kept, and letters stand below each other, as in code */
    bool broken;   /* words are broken that are wider than the line */
    bool balanced; /* its lines are to be alike, as in a heading */
};

/* Sets the pieces from `from` up to `to` as a line. */
struct line para_line_set(
    const struct para *para, size_t from, size_t to, double width, enum text_align align);

#endif
