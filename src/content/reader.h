/* The state of reading one Markdown source, shared by the files that turn cmark's tree into document nodes.
 * For the Markdown files of content only. */
#ifndef CONTENT_READER_H
#define CONTENT_READER_H

#include "content/align.h"
#include "content/markdown.h"

enum {
    BLOCK_DEPTH_MOST = 50,  /* quotes, lists and items within each other */
    INLINE_DEPTH_MOST = 50, /* emphasis, links, spans within each other */
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    const struct markdown_context *context;
    const struct script *script;
    const char *folder; /* of the source */
    struct containers containers;
    struct aligner align;
    bool depth_reported;
    bool html_reported, html_hidden_reported; /* for the block that is being read */
};

/* Reports [nesting-too-deep], once. */
void reader_too_deep(struct reader *reader, struct pos pos);

#endif
