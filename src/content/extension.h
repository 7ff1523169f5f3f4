/* The conventions of blocks: call-outs, check lists, and fenced blocks that are no code. For the Markdown
 * files of content only. */
#ifndef CONTENT_EXTENSION_H
#define CONTENT_EXTENSION_H

#include "content/reader.h"

/* Makes a QUOTE a CALLOUT if `paragraph`, its first block, begins with "[!KIND]"; what follows on that line
 * becomes the title. To be called before inline_finish, which it does for the title. Code: callout-unknown.
 */
void extension_callout(struct reader *reader, struct doc_node *quote, struct doc_node *paragraph);

/* Makes an ITEM one with a box to tick if `paragraph`, its first block, begins with "[ ]" or "[x]". To be
 * called before inline_finish. */
void extension_box(struct reader *reader, struct doc_node *item, struct doc_node *paragraph);

/* Reads a code block as what its info string says. NULL if it prints nothing. Codes: lines-count,
 * people-count, people-caption, block-body, and those of qr.h. */
struct doc_node *extension_fence(struct reader *reader, struct str info, struct str text, struct pos pos);

#endif
