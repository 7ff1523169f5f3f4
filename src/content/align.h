/* Where each byte of a text stands in its source. cmark's columns are wrong behind indented lines, it merges
 * text, and an escape leaves no trace. But its reading can be followed: a cursor goes over the raw inline
 * content of one leaf block while the caller walks that block's inline nodes in order, and for each of them
 * it is known which characters of the source made it. For the Markdown files of content only.
 *
 * The content is what cmark's inline parser saw: the block's lines without the marks of containers, each
 * ended by a line feed. If source and tree should ever disagree, the cursor looks for the nearest match, and
 * `misses` says how often; positions are then a best effort. */
#ifndef CONTENT_ALIGN_H
#define CONTENT_ALIGN_H

#include "content/container.h"

struct aligner {
    struct buf text;
    uint32_t *origins; /* for each byte of `text`: where it stands in the source */
    size_t cap;
    size_t at;
    size_t misses;
    bool verbatim; /* within <…>, where escapes and smart punctuation mean nothing */
};

void align_free(struct aligner *aligner);
/* Loads the content of a paragraph or heading (cmark's node), reference definitions at its head passed over.
 */
void align_load(struct aligner *aligner, const struct containers *containers, struct cmark_node *leaf);
/* Loads lines as they stand behind the marks of their containers: raw HTML. */
void align_load_lines(
    struct aligner *aligner, const struct containers *containers, size_t first, size_t count);
/* Where the cursor stands in the source, and where the character before it ends. */
size_t align_offset(const struct aligner *aligner);
size_t align_end(const struct aligner *aligner);

/* Passes what opens or closes emphasis, strong emphasis, a link or an image. */
void align_open(struct aligner *aligner, struct cmark_node *node);
void align_close(struct aligner *aligner, struct cmark_node *node);
/* Pass the source of a text, code span, raw HTML or line break. The first two put a copy of the node's text,
 * its runs and its position into `out`. */
void align_text(struct aligner *aligner, struct arena *arena, struct str literal, struct doc_node *out);
void align_code(struct aligner *aligner, struct arena *arena, struct str literal, struct doc_node *out);
void align_html(struct aligner *aligner, struct str literal);
void align_break(struct aligner *aligner);

#endif
