/* [text]{lang=es}: text in another language. For the Markdown files of content only. */
#ifndef CONTENT_SPAN_H
#define CONTENT_SPAN_H

#include "content/reader.h"

/* Puts such stretches beneath `block` into SPANs. What its brackets hold may be other inlines, but both must
 * stand in the same one. */
void span_read(struct reader *reader, struct doc_node *block);

#endif
