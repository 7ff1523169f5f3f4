/* Boxes into the vertical list: text is set in lines, tables in rows, spaces between blocks collapse, and
 * places to break get their costs. Used within layout/. */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include "base/diag.h"
#include "layout/para.h"
#include "layout/shape.h"
#include "layout/vlist.h"

/* What it costs to end a page within a paragraph, and within one of a list's item; see vlist.h for the scale.
 */
enum { COST_PARAGRAPH = 30, COST_WITHIN_ITEM = 120 };

/* What can stand beside the content (beside.h). */
enum beside { BESIDE_HEADING, BESIDE_TITLE, BESIDE_FIGURE, BESIDE_KINDS };

/* How far something beside the content reaches down. */
struct reach {
    double below; /* while it waits for a line: under that line's baseline */
    double left;  /* below the content so far */
};

struct flow {
    struct arena *arena;
    struct diags *diags;
    struct shaper *shaper;
    enum depth depth;
    const struct page_style *page;
    struct vlist *list;
    double left, width;   /* of the column being filled */
    int framed;           /* how many frames it stands in */
    int items;            /* how many list items */
    double framed_height; /* the room that they take on each page */
    /* What waits for the next content. */
    double gap;                        /* space */
    double gap_cost;                   /* of breaking there */
    VEC(const struct frame *) opening; /* frames that begin with it */
    VEC(struct item) markers; /* list markers, icons, what stands beside: y from the next line's baseline */
    double above_baseline;    /* the room that they need over that baseline */
    struct reach beside[BESIDE_KINDS];
    double figure_room;           /* what a figure beside the text takes of its width, with the gap */
    double band_left, band_width; /* of the band of the call-out around, for its title */
};

/* The vertical list of a box tree. Diagnostics tell of what could not be set. */
struct vlist *flow_boxes(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct box_tree *tree, enum depth depth);

/* For columns.c: sets boxes of one stack, from `first` up to `end` (NULL = all that follow). */
void flow_blocks(struct flow *flow, const struct box *first, const struct box *end);
/* For columns.c: is something painted around a box, or room kept within its edge? */
bool flow_is_framed(const struct box_style *style);
/* For table.c and columns.c: asks for `space` before the next content and makes a break there cost at least
 * `cost`. */
void flow_gap(struct flow *flow, double space, double cost);
/* For table.c and columns.c: appends content of `height` whose first line has its baseline at `baseline` (0 =
 * it has none).
 */
void flow_box(struct flow *flow, const struct item *items, size_t count, double height, double baseline);
/* For table.c: runs as a paragraph of the flow. What is wrong with them is told in `diags`. */
struct para *flow_para(struct flow *flow, struct diags *diags, const struct run *runs, size_t count,
    const struct text_style *text, enum para_spaces spaces);
/* For beside.c and figure.c: a box's text in lines; its icon, if it has one, which waits for the next line
 * with its left edge at `left`: returns how far the text moves to the right. */
struct lines flow_set(struct flow *flow, const struct box *box, double width, enum para_spaces spaces);
double flow_icon(struct flow *flow, const struct box *box, double left);
/* Begins and ends a frame; one without content leaves no trace. */
void flow_open(struct flow *flow, const struct frame *frame);
void flow_close(struct flow *flow, const struct frame *frame);
/* The height of a page's content, within the frames that are open. */
double flow_room(const struct flow *flow);

#endif
