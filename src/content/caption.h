/* Text within a fenced block, read as a caption: cmark hands a fenced block over as it is written, so its
 * lines are read once more, as a text of their own. For the Markdown files of content only. */
#ifndef CONTENT_CAPTION_H
#define CONTENT_CAPTION_H

#include "content/reader.h"

/* Reads `text`, the body of the fenced block at `fence`, as the inlines of a CAPTION beneath `parent`, each
 * with its place in the source. Comments may stand around them. False where the text is anything but one
 * paragraph: then `wrong` is where the rest begins, or `fence` if there is no text at all. A reference
 * definition of the file is not known in it. */
bool caption_read(
    struct reader *reader, struct str text, struct pos fence, struct doc_node *parent, struct pos *wrong);

#endif
