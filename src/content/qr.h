/* `qr` blocks: an address as a code to scan, with a caption and, since not everyone scans, the address
 * itself. For the Markdown files of content only. */
#ifndef CONTENT_QR_H
#define CONTENT_QR_H

#include "content/reader.h"

/* What a block says: "```qr ADDRESS", and `body` below it. */
struct qr_block {
    struct str address; /* as it is written */
    struct pos address_pos;
    struct str body;
    struct pos line;  /* that opens the block */
    struct pos fence; /* the whole block */
};

/* A FIGURE of a LINK around a QR, and a CAPTION that ends with the address. Where a variable in the address
 * is empty there is nothing to scan: then it is a PARAGRAPH of the caption with a blank for the address. NULL
 * after an error: qr-address, qr-caption, and the codes of reference.h. */
struct doc_node *qr_read(struct reader *reader, const struct qr_block *block);

#endif
