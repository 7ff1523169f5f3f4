/* cmark's inline nodes into document nodes, each with its place in the source. For the Markdown files of
 * content only. */
#ifndef CONTENT_INLINE_H
#define CONTENT_INLINE_H

#include "content/reader.h"

/* Reads the inline nodes of a paragraph or heading beneath `block`, as cmark has them. */
void inline_read(struct reader *reader, struct cmark_node *leaf, struct doc_node *block);
/* Gives the conventions their turn, when those of blocks had theirs: spans, variables, citations, links,
 * pictures. Drops what came out empty, and line breaks at either end. */
void inline_finish(struct reader *reader, struct doc_node *block);

/* For code that rewrites the children of a node: takes them all out and returns the first. */
struct doc_node *inline_take(struct doc_node *parent);
/* A new text, not yet placed, of the bytes `from` to `to` of another. */
struct doc_node *inline_cut(struct arena *arena, const struct doc_node *text, size_t from, size_t to);
/* Was this character written with a backslash, or as an entity? */
bool inline_escaped(const struct doc_node *text, size_t at);

#endif
