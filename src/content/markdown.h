/* Markdown into document nodes: CommonMark by cmark, then our own passes for what the manual lists (pipe
 * tables, check lists, call-outs, citations, fenced blocks, spans, variables). The only file group that knows
 * cmark. */
#ifndef CONTENT_MARKDOWN_H
#define CONTENT_MARKDOWN_H

#include "base/diag.h"
#include "content/document.h"
#include "content/words.h"

/* What a text may refer to. */
struct markdown_context {
    const char *picture_root; /* pictures may not leave it */
    bool own_folder;          /* picture_root is the folder of this file, not that of all content */
    const struct words *words;
    const struct map *variables; /* name → struct str *, NULL: {{…}} stays as it is written */
    struct doc_remarks *remarks; /* where comments that begin with "check:" are kept; NULL: nowhere */
    bool publish;                /* an empty variable is an error */
    struct parsed_kept *kept;    /* where what cmark makes of it stays for the next time; NULL: nowhere */
};

/* Reads a Markdown source beneath `parent`. Levels of headings are as written; anchors, citation numbers and
 * link targets are not set yet (content/assemble.c does that over the whole document). Positions, and that of
 * `parent` if it lies in this source, may refer to a copy of it that was kept. False after an error. */
bool markdown_read(struct arena *arena, struct diags *diags, const struct source *source,
    const struct markdown_context *context, struct doc_node *parent);

#endif
