/* Pictures in the PDF, each of them once however often it is shown. Used within paint/ only. */
#ifndef PAINT_IMAGE_H
#define PAINT_IMAGE_H

#include "design/picture.h"
#include "paint/press.h"
#include "paint/writer.h"

struct images;

struct images *images_new(struct arena *arena, struct press *press, struct writer *writer);
/* The number in the resource name /I0, /I1 … of a picture, written now if it was not before. */
int images_use(struct images *images, const struct picture *picture);
/* Appends the entries of the resource dictionary /XObject; none without pictures. */
void images_put_resources(const struct images *images, struct buf *out);
/* The matrix that sets the unit square of an image as the picture is seen into a rectangle, for the operator
 * cm: six numbers. */
void image_matrix(
    const struct picture *picture, double x, double y, double width, double height, double matrix[6]);

#endif
