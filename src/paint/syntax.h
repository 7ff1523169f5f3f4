/* The text of PDF objects (ISO 32000-1, §7.3), put into buffers. Used within paint/ only. */
#ifndef PAINT_SYNTAX_H
#define PAINT_SYNTAX_H

#include "base/buf.h"
#include "config/units.h"

/* "12 0 R" */
void syntax_ref(struct buf *out, int object);
/* A text string (§7.9.2.2): plain ASCII as it is, other text as UTF-16. What would pass the limit of PDF/A-2
 * (32,767 bytes) is cut off at a character and ends in an ellipsis. */
void syntax_text(struct buf *out, struct str text);
/* Bytes as a hexadecimal string. */
void syntax_bytes(struct buf *out, struct str bytes);
/* A URI as an ASCII string; bytes that a URI cannot hold are percent-encoded. */
void syntax_uri(struct buf *out, struct str uri);
/* Would syntax_uri keep within the limit of a string? */
bool syntax_uri_fits(struct str uri);
/* Four hexadecimal digits. */
void syntax_hex4(struct buf *out, unsigned value);
/* A length or place in points, to a hundredth, behind a space unless it begins a line. */
void syntax_point(struct buf *out, double value);
/* The operator that sets a color for filling or stroking, with a line end. */
void syntax_color(struct buf *out, struct color color, bool stroke);

#endif
