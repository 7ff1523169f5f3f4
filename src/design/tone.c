#include "design/tone.h"

#include "design/picture_file.h"

#include <string.h>

static struct color fill_of(struct color color, enum picture_tone tone)
{
    enum { DARK = 96 }; /* of 255: ink that a drawing cannot do without */
    struct color gray = color_gray(color);
    return tone == TONE_LINES && gray.r > DARK ? (struct color){255, 255, 255} : gray;
}

static const struct drawing_span *tone_spans(struct arena *arena, const struct drawing_span *spans, size_t n)
{
    struct drawing_span *toned = ARENA_ARRAY(arena, struct drawing_span, n);
    for (size_t i = 0; i < n; i++) {
        toned[i] = spans[i];
        toned[i].color = color_gray(spans[i].color);
    }
    return toned;
}

static const struct drawing *tone_drawing(
    struct arena *arena, const struct drawing *drawing, enum picture_tone tone)
{
    struct drawing *toned = ARENA_NEW(arena, struct drawing);
    struct drawing_shape *shapes = ARENA_ARRAY(arena, struct drawing_shape, drawing->n);
    for (size_t i = 0; i < drawing->n; i++) {
        shapes[i] = drawing->shapes[i];
        if (shapes[i].kind == SHAPE_TEXT) {
            shapes[i].text.spans = tone_spans(arena, shapes[i].text.spans, shapes[i].text.n);
        } else {
            shapes[i].path.fill = fill_of(shapes[i].path.fill, tone);
            shapes[i].path.pen.color = color_gray(shapes[i].path.pen.color);
        }
    }
    *toned = *drawing;
    toned->shapes = shapes;
    return toned;
}

static struct str tone_samples(struct arena *arena, struct str rgb)
{
    size_t n = rgb.n / 3;
    char *gray = arena_alloc(arena, n ? n : 1);
    const unsigned char *from = (const unsigned char *)rgb.p;
    for (size_t i = 0; i < n; i++)
        gray[i] = (char)color_gray((struct color){from[3 * i], from[3 * i + 1], from[3 * i + 2]}).r;
    return (struct str){gray, n};
}

const struct picture *tone_picture(struct arena *arena, const struct picture *picture, enum picture_tone tone)
{
    if (tone == TONE_COLOR || (picture->kind != PICTURE_DRAWING && picture->components == 1))
        return picture;
    struct picture *toned = ARENA_NEW(arena, struct picture);
    *toned = *picture;
    toned->components = 1;
    switch (picture->kind) {
    case PICTURE_DRAWING: toned->drawing = tone_drawing(arena, picture->drawing, tone); break;
    case PICTURE_RASTER: toned->data = tone_samples(arena, picture->data); break;
    case PICTURE_JPEG:
        toned->kind = PICTURE_RASTER;
        toned->data = picture_jpeg_gray(arena, picture->data);
        break;
    }
    return toned;
}
