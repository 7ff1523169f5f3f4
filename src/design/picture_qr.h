/* QR codes (ISO/IEC 18004) as drawings. The only file that knows libqrencode. Used by design/cascade.c. */
#ifndef DESIGN_PICTURE_QR_H
#define DESIGN_PICTURE_QR_H

#include "design/picture.h"

enum {
    QR_QUIET = 4,        /* modules that stay empty around a code: ISO/IEC 18004, 6.3.8 */
    QR_BYTES_MOST = 2331 /* that always fit; digits and capitals take less: Table 7, version 40-M */
};

/* Modules narrower than this are too fine for many telephones and printers: 0.4 mm, in points. */
static const double QR_LEAST_MODULE = 0.4 * 72 / 25.4;

/* The code of a text with error correction at level M (15% of it may be lost), and the quiet zone around it.
 * A module is a point wide; `*modules` make the width of the code without that zone. On white of its own if
 * `ground`. NULL if the text does not fit in a code. */
const struct picture *picture_qr(
    struct arena *arena, struct str text, struct color color, bool ground, int *modules);

#endif
