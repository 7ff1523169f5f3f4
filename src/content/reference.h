/* {{variables}} and [@citations]. A variable's value is plain text, never read as Markdown. For the Markdown
 * files of content only. */
#ifndef CONTENT_REFERENCE_H
#define CONTENT_REFERENCE_H

#include "content/reader.h"

/* Puts values, blanks and citations in their places among the texts beneath `block`. Codes: variable-unknown,
 * variable-malformed, blank-unfilled, citation-malformed, citation-in-link. */
void reference_read(struct reader *reader, struct doc_node *block);

/* A string with its variables filled in, for what is no text node: a URL. `pos` is what holds it. An empty
 * variable leaves nothing, and its label in `blank` (if that is still empty). */
struct str reference_fill(struct reader *reader, struct str text, struct pos pos, struct str *blank);

/* The same as text nodes and blanks beneath `parent`: a caption. */
void reference_fill_text(struct reader *reader, struct str text, struct pos pos, struct doc_node *parent);

/* The veil before what a string becomes when it is filled in: the string itself if it names what a desk sets,
 * else nothing. */
struct str reference_veil(struct str text);

#endif
