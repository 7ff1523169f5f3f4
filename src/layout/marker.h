/* Marks drawn as vectors: bullets, check boxes, call-out icons. Used within layout/. */
#ifndef LAYOUT_MARKER_H
#define LAYOUT_MARKER_H

#include "design/box.h"
#include "layout/page.h"

/* The items of a bullet or check box (not MARKER_TEXT) whose room starts at x, on the baseline y = 0, for
 * text of a style. Returns how many were written to `items`. */
enum { MARKER_ITEMS = 2 };
size_t marker_items(struct arena *arena, enum marker_kind kind, const struct text_style *text,
    struct color color, const struct doc_node *tag, double x, struct item items[MARKER_ITEMS]);

/* Instead of a kind of call-out: a telephone. */
enum { ICON_PHONE = CALLOUT_KINDS };

/* A call-out's icon, about as high as the type's capitals, starting at x on the baseline y = 0; furniture,
 * for the title says the same in words; its sign has the color that is `behind` it. Its width goes to
 * `width`. Returns how many items were written. */
enum { ICON_ITEMS = 3 };
size_t icon_items(struct arena *arena, enum callout_kind kind, const struct text_style *text, double x,
    struct color behind, struct item items[ICON_ITEMS], double *width);

#endif
