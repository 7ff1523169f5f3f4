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
    uint32_t run;            /* of the paragraph: see para_run */
    const struct word *word; /* WORD, SPACE */
    double width;            /* points */
    unsigned char level;     /* UAX #9; odd = right to left */
    unsigned char may_break; /* behind it: enum break_class or BREAK_WORD */
    unsigned char bond;      /* to what follows, where a line may end: enum bond */
};

/* For each line of a paragraph, the index of the piece behind its last one. */
struct line_ends {
    size_t *at;
    size_t n;
};

/* How a paragraph was broken, in which setting. */
struct broken {
    double width;
    bool balanced;
    struct line_ends ends;
};

enum { KEPT_ENDS = 2 };

/* A paragraph that is cut into pieces, kept with them for the next time that the same text is set. */
struct cut {
    struct piece *pieces;
    size_t n;
    bool rtl, mixed;
    struct stop *stops; /* of para_break.c; NULL = not known yet */
    size_t stop_count;
    struct broken broken[KEPT_ENDS]; /* the latest first; no lines: none */
};

struct para {
    struct arena *arena;
    struct diags *diags;
    struct shaper *shaper;
    const struct run *runs;
    const struct text_style *text;
    VEC(struct piece) pieces; /* those of `cut`, if it has one: constant then */
    struct cut *cut;          /* NULL: these pieces are its own */
    enum depth depth;
    bool rtl;      /* the paragraph's own direction */
    bool mixed;    /* some piece runs from right to left */
    bool kept;     /* its spaces are kept, and letters stand below each other, as in code */
    bool broken;   /* words are broken that are wider than the line */
    bool balanced; /* its lines are to be alike, as in a heading */
};

static inline const struct run *para_run(const struct para *para, const struct piece *piece)
{
    return &para->runs[piece->run];
}

/* Sets the pieces from `from` up to `to` as a line. */
struct line para_line_set(
    const struct para *para, size_t from, size_t to, double width, enum text_align align);

#endif
