/* The PDF of finished pages: PDF 1.7 that claims PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), with the
 * document's tree as its structure tree. What run may include of paint. */
#ifndef PAINT_PDF_H
#define PAINT_PDF_H

#include "base/buf.h"
#include "base/diag.h"
#include "content/document.h"
#include "layout/page.h"
#include "paint/press.h"

/* Writes the PDF of `pages` into `out`. The bytes depend on the arguments alone, and not on what the press
 * has done before. Every node that shows something is tagged; every item with a NULL tag is an artifact.
 * False and a machine error [pdf-write] on failure. */
bool pdf_write(struct arena *arena, struct diags *diags, struct press *press, const struct document *document,
    const struct pages *pages, size_t font_count, struct buf *out);

#endif
