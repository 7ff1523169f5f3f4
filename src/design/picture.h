/* Pictures, decoded or checked here so that nothing malformed reaches the PDF. The only file group that knows
 * libpng, libjpeg and expat. */
#ifndef DESIGN_PICTURE_H
#define DESIGN_PICTURE_H

#include "base/diag.h"
#include "design/drawing.h"

enum picture_kind {
    PICTURE_JPEG,    /* `data` is a JPEG file, checked, 8 bit, gray or YCbCr, without its metadata */
    PICTURE_RASTER,  /* `data` is samples of 8 bits, `components` for each pixel, row by row */
    PICTURE_DRAWING, /* `drawing`; width and height count no pixels and are 0 */
};

struct picture {
    enum picture_kind kind;
    size_t width, height; /* pixels, as the picture is seen */
    /* How the pixels in `data` lie, by Exif 2.32, tag 0x0112: 1 = as seen; 2 to 8 = turned or mirrored. From
     * 5 on rows are columns: `data` then has `width` rows of `height` pixels. Whoever paints must turn it. */
    int orientation;
    int components; /* 1 gray or 3 sRGB */
    struct str data;
    struct str alpha; /* a sample of 8 bits for each pixel, lying as `data` does, or empty when opaque */
    double dpi;       /* as the file says, 0 = unknown */
    const struct drawing *drawing; /* of a PICTURE_DRAWING, else NULL */
    const char *path;
};

/* Reads a PNG, JPEG or SVG (told by content, not by name); of an animated PNG, its still picture; of an SVG,
 * what it shows to readers of `lang` (BCP 47). Size limits are checked from the header first: at most 20,000
 * pixels a side and 50 million in all. NULL and a diagnostic at `where` (at the file, if that has no source):
 * picture-format, picture-damaged, picture-too-large, picture-color and the codes of file_read; of an SVG, at
 * its place in the file: these, drawing-unsupported, drawing-value, drawing-reference and text-encoding. A
 * color profile other than sRGB is a warning: picture-profile. `hash` (NULL: not wanted) becomes that of the
 * file's bytes. */
const struct picture *picture_read(struct arena *arena, struct diags *diags, struct pos where,
    const char *path, struct str lang, struct hash128 *hash);

#endif
