/* Pictures: inline, or alone in a paragraph as a figure with its caption. For the Markdown files of content
 * only. */
#ifndef CONTENT_IMAGE_H
#define CONTENT_IMAGE_H

#include "content/reader.h"

/* Completes an IMAGE: its children become its alternative text, its URL a path that lies beneath the
 * context's picture root. Codes: image-alt-missing (warning), image-remote, path-outside, file-missing. */
void image_finish(struct reader *reader, struct doc_node *image);
/* Makes a paragraph that holds nothing but a picture a FIGURE. */
void image_figure(struct reader *reader, struct doc_node *paragraph);

#endif
