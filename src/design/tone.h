/* Pictures without color: for editions that are printed and copied in black. Used within design/ only. */
#ifndef DESIGN_TONE_H
#define DESIGN_TONE_H

#include "design/picture.h"
#include "design/style.h"

/* A picture in a tone: itself for TONE_COLOR; else a copy in gray (color_gray). With
 * TONE_LINES the areas of a drawing that are not dark become white, so that its lines are what is printed;
 * they still hide what lies below them. */
const struct picture *tone_picture(
    struct arena *arena, const struct picture *picture, enum picture_tone tone);

#endif
