/* An ICC profile of sRGB (IEC 61966-2-1), made here so that the program needs no file for it. Used within
 * paint/ only. */
#ifndef PAINT_ICC_H
#define PAINT_ICC_H

#include "base/buf.h"

/* Appends a display profile of version 2.1 (ICC.1:1998-09): matrix and tone curve of sRGB, about 1 kB. */
void icc_put_srgb(struct buf *out);

#endif
