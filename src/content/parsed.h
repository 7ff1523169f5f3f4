/* What cmark makes of a source whose pipe tables are rewritten for it (table.h): the first half of reading
 * Markdown, which depends on nothing but the text, so that it may be kept from one handout to the next. For
 * markdown.c, and for those who keep it. */
#ifndef CONTENT_PARSED_H
#define CONTENT_PARSED_H

#include "base/diag.h"
#include "content/script.h"

struct parsed {
    struct arena *arena;
    struct script script;
    struct cmark_node *root;
    bool kept;   /* it stays as it is, but for the user data of its nodes */
    bool copied; /* script.source is a copy that lies in `arena` */
};

/* Of files that many handouts end with: each path once. What was found wrong is not kept: each handout tells
 * it anew. */
struct parsed_kept;

struct parsed_kept *parsed_keep(void);
void parsed_kept_free(struct parsed_kept *kept);

/* Parses a source, or takes what was kept of one of the same path and text (`kept` NULL: nothing is). To be
 * given back by parsed_done before `arena` goes. Code: table-too-wide and the warnings of table.h. */
struct parsed *parsed_of(
    struct parsed_kept *kept, struct arena *arena, struct diags *diags, const struct source *source);

/* Gives back what parsed_of gave. A source that it copied, and that is not kept, goes to `arena`, for
 * positions refer to it. */
void parsed_done(struct parsed *parsed, struct arena *arena);

#endif
