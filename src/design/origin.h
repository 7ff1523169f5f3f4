/* Where the look of a text comes from: the boxes around it, and the word of the style sheet that asks for
 * what it is. Used by design/legible.c alone. */
#ifndef DESIGN_ORIGIN_H
#define DESIGN_ORIGIN_H

#include "design/box.h"
#include "design/rule.h"

/* What is behind a text, and which word of the style sheet put it there. */
struct backdrop {
    struct color color;
    enum element element; /* NONE: the paper */
    const char *property; /* "fill", "stripe", "rule" */
};

/* A box with those around it. */
struct site {
    const struct stylesheet *sheet;
    const struct site *outer;
    const struct box *box;
    enum element element;                /* of its rule, or NONE */
    struct backdrop behind, behind_side; /* in the column, and in the one for side headings (on
                                            the bar of a call-out: for its title) */
    bool masthead, sources;              /* stands in the masthead, in a list of sources */
};

enum property { PROPERTY_SIZE, PROPERTY_LEADING, PROPERTY_COLOR, PROPERTY_SLANT };

struct origin {
    struct pos pos;              /* the value in the style sheet; source NULL if it says nothing */
    const struct doc_node *node; /* the inline that is styled so, or NULL */
};

struct asked {
    struct color color;
    enum element element; /* that says so; NONE: only `text` does */
    const char *property; /* by which it does */
};

/* A box in its surroundings; `outer` is NULL for the outermost. */
struct site origin_site(const struct stylesheet *sheet, const struct site *outer, const struct box *box);
/* What is behind the text of a box. */
struct backdrop origin_backdrop(const struct site *site);
/* Where a property of a text is from: from the inside out, the first rule that asks for what the text has.
 * `tag` is an inline of the site's box, or NULL for text of its own. */
struct origin origin_find(const struct site *site, const struct doc_node *tag, const struct text_style *style,
    enum property property);
/* The color that the style sheet asks for, be it used or not, by its innermost word of a color. */
struct asked origin_asked(const struct site *site, const struct doc_node *tag);
/* The same for the alignment of a box. */
struct pos origin_align(const struct site *site);
/* What a text is called in a message: the innermost element of the style sheet that it stands in. */
const char *origin_name(const struct site *site, const struct doc_node *tag);

#endif
