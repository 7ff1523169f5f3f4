/* A picture's file while it is read: what the decoders share. Used by design/picture*.c only. */
#ifndef DESIGN_PICTURE_FILE_H
#define DESIGN_PICTURE_FILE_H

#include "design/picture.h"

struct picture_file {
    struct arena *arena;
    struct diags *diags;
    struct pos where;
    const char *path;
    struct str bytes;
};

/* Reports an error about the picture; `code` must be a literal. */
void picture_fail(const struct picture_file *file, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Is the size within the limits? Reports it if not. */
bool picture_size_ok(const struct picture_file *file, size_t width, size_t height);
/* The orientation, 1 to 8, that an Exif block (TIFF 6.0 from its byte-order mark on) asks for; 1 if it is
 * silent or malformed. */
int picture_exif_orientation(struct str tiff);
/* Sets the seen size of a picture from the size and orientation of its data. */
void picture_set_size(struct picture *picture, size_t data_width, size_t data_height, int orientation);
/* Warns of a color profile (ICC.1) that is not sRGB's, if it is one for RGB: it is left out, and the numbers
 * are taken for sRGB [picture-profile]. */
void picture_judge_profile(const struct picture_file *file, struct str profile);

/* Each decodes a file whose first bytes it knows, or reports what is wrong and returns NULL. */
const struct picture *picture_png_read(const struct picture_file *file);
/* The luma of each pixel of a JPEG that was read: a sample of 8 bits, row by row. */
struct str picture_jpeg_gray(struct arena *arena, struct str jpeg);
const struct picture *picture_jpeg_read(const struct picture_file *file);
/* The drawing for a handout in `lang`. It reads the file once more, as text. */
const struct picture *picture_svg_read(const struct picture_file *file, struct str lang);

#endif
