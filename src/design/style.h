/* Computed styles: every property settled, lengths in points, faces loaded, colors resolved. Made by
 * design/stylesheet.c, used by design and layout. */
#ifndef DESIGN_STYLE_H
#define DESIGN_STYLE_H

#include "config/units.h"
#include "content/document.h"
#include "design/font.h"

/* How text looks. Constant and shared: two runs with the same style point to the same struct. */
struct text_style {
    const struct font *font;
    double size;    /* points */
    double leading; /* distance of baselines, points */
    struct color color;
    bool tabular; /* figures of one width (OpenType feature tnum) */
    bool underline;
};

struct edge {
    double width; /* 0 = none */
    struct color color;
};

/* How the rows of a table stand: side by side in columns, or each as a block of its own whose cells are
 * labeled with the heads of their columns; AUTO: in columns where these are wide enough. */
enum row_form { ROWS_AUTO, ROWS_GRID, ROWS_LABELED };

/* How a block stands. */
struct box_style {
    double space_before, space_after;
    double indent_left, indent_right;
    double padding;        /* at top and bottom, inside the rules and border */
    double padding_sides;  /* at left and right */
    double measure;        /* greatest width of text, 0 = none */
    int columns;           /* 2: what is text and nothing else is set in two columns; else 0 or 1 */
    double column_gap;     /* between them */
    int column_lines;      /* text of fewer lines goes over the whole width */
    enum text_align align; /* never DEFAULT; LEFT means the start of the paragraph's direction */
    bool has_fill;
    struct color fill;
    double radius;
    struct edge bar;    /* a heavy rule along the left side */
    struct edge above;  /* a rule over the block */
    struct edge below;  /* a rule under the block */
    struct edge border; /* a frame */
    bool keep_with_next, keep_together;
    bool new_page;   /* starts a page */
    bool one_page;   /* must not run on to another page */
    bool full_width; /* reaches over the side column too */
    bool beside;     /* stands beside what follows: a heading in the side column, a figure at the right, the
                        title of a call-out on the call-out's bar */
    double width;    /* of a figure, where it stands beside the text */
};

/* What becomes of the colors of pictures (tone.h). */
enum picture_tone { TONE_COLOR, TONE_GRAY, TONE_LINES };

/* What the page itself looks like; points. */
struct page_style {
    double width, height;
    bool folded;                     /* two to a side of the sheet, which is folded then */
    double top, bottom, left, right; /* margins */
    enum picture_tone pictures;
    double side, side_gap; /* width of the column for side headings, 0 = none; its gap to the text */
};

struct running_style {
    struct str left, center, right; /* patterns with {{variables}}, {{page}} and {{pages}} */
    struct pos left_pos, center_pos, right_pos;
    const struct text_style *text;
    struct edge rule;
    double distance; /* from the page's edge to the text's */
    bool first_page; /* printed on the first page too */
};

#endif
