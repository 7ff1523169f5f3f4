/* Citations and the lists of sources that they lead to. For assemble.c and bare.c. */
#ifndef CONTENT_CITATION_H
#define CONTENT_CITATION_H

#include "content/library.h"

/* Sources cited so far, in order of their first citation: one such list for the topic, one for the standard
 * page. */
struct citations {
    struct arena *arena;
    struct diags *diags;
    struct str lang;           /* of the document */
    const struct map *sources; /* id → struct bib_entry *; NULL: there are none */
    struct map cited;          /* id → struct cited * */
};

/* Numbers the citations beneath `root`, going on from those before. Code: citation-unknown. */
void citation_number(struct citations *citations, struct doc_node *root);
/* Appends the list of what was cited (an ordered LIST, ROLE_SOURCE_LIST) to `parent`, and leads the citations
 * to it; nothing when nothing was cited. */
void citation_list(struct citations *citations, struct doc_node *parent);

#endif
