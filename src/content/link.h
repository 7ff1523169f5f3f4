/* Links: their URLs, and the addresses printed behind them, since paper has nothing to click. For the
 * Markdown files of content, and assemble.c, only. */
#ifndef CONTENT_LINK_H
#define CONTENT_LINK_H

#include "content/reader.h"

/* Completes a LINK whose text is complete: fills in variables, encodes its URL, adds an ADDRESS. A link that
 * leads nowhere becomes a SPAN without a language, for inline.c to take out. Codes: link-empty,
 * link-relative, link-scheme. */
void link_finish(struct reader *reader, struct doc_node *link);

/* A URL as it is written with its variables filled in, and its scheme where the value that it starts with
 * lacks one; `pos` is what holds it. An empty variable leaves its label in `blank`. Codes: those of
 * reference_fill. */
struct str link_fill(struct reader *reader, struct str written, struct pos pos, struct str *blank);
/* The same of a number to call as it is dialed: "tel:(555) 010-0199" as "tel:555010-0199". */
struct str link_without_spaces(struct arena *arena, struct str url);
/* A URL with all that needs it percent-encoded. */
struct str link_encode(struct arena *arena, struct str url);
/* The address that is printed for a URL: without scheme and trailing slash, with the characters that
 * percent-encoding hides where they can be read. */
struct str link_address(struct arena *arena, struct str url);
/* Percent-decoding of everything, as for a file's name or an anchor; as it is where that gives no UTF-8. */
struct str link_decode(struct arena *arena, struct str url);
/* The length of a URL's scheme with its colon, 0 if it has none. */
size_t link_scheme(struct str url);

#endif
