#include "paint/image.h"

#include <string.h>

struct image {
    const struct picture *picture;
    int object;
};

struct images {
    struct arena *arena;
    struct press *press;
    struct writer *writer;
    VEC(struct image) list;
};

struct images *images_new(struct arena *arena, struct press *press, struct writer *writer)
{
    struct images *images = ARENA_NEW(arena, struct images);
    images->arena = arena;
    images->press = press;
    images->writer = writer;
    return images;
}

/* Samples of 8 bits as they lie in a picture's data. */
struct samples {
    const unsigned char *bytes;
    size_t width, height, components;
};

static unsigned distance(unsigned char difference)
{
    return difference < 128 ? difference : 256u - difference;
}

/* PNG's filters (PNG 1.2, §6) help photographs and shades and harm flat color: for each row the one with the
 * least sum of differences is taken. Returns the row's length with its filter byte. */
static size_t filter_row(const struct samples *samples, size_t y, unsigned char *out)
{
    enum { NONE, SUB, UP, FILTERS };
    size_t n = samples->width * samples->components, back = samples->components;
    const unsigned char *row = samples->bytes + y * n, *above = y ? row - n : NULL;
    size_t sums[FILTERS] = {0};
    for (size_t i = 0; i < n; i++) {
        sums[NONE] += distance(row[i]);
        sums[SUB] += distance((unsigned char)(row[i] - (i < back ? 0 : row[i - back])));
        sums[UP] += distance((unsigned char)(row[i] - (above ? above[i] : 0)));
    }
    int best = NONE;
    for (int filter = SUB; filter < FILTERS; filter++)
        if (sums[filter] < sums[best])
            best = filter;
    *out++ = (unsigned char)best;
    for (size_t i = 0; i < n; i++) {
        unsigned char base = 0;
        if (best == SUB && i >= back)
            base = row[i - back];
        else if (best == UP && above)
            base = above[i];
        out[i] = (unsigned char)(row[i] - base);
    }
    return n + 1;
}

static struct str filter(struct arena *arena, const struct samples *samples)
{
    size_t row = samples->width * samples->components + 1;
    unsigned char *filtered = arena_alloc_array(arena, samples->height, row);
    for (size_t y = 0; y < samples->height; y++)
        filter_row(samples, y, filtered + y * row);
    return (struct str){(const char *)filtered, samples->height * row};
}

/* What the press keeps samples under: all of them. */
static void put_key(const struct samples *samples, struct buf *out)
{
    const size_t measures[] = {samples->width, samples->height, samples->components};
    buf_put(out, measures, sizeof measures);
    buf_put(out, samples->bytes, samples->width * samples->height * samples->components);
}

/* The samples, filtered and compressed; valid until the press is used again. Small ones, which may be of a
 * logo, are compressed once. */
static struct str compress(struct press *press, const struct samples *samples)
{
    struct arena *scratch = arena_new();
    bool small = press_has_room(press, 2 * samples->width * samples->height * samples->components);
    struct buf key = {0};
    struct str deflated;
    if (small)
        put_key(samples, &key);
    const struct kept *kept = small ? press_find(press, buf_slice(&key)) : NULL;
    if (small && !kept)
        kept = press_keep(press, buf_slice(&key), filter(scratch, samples), PRESS_SMALL);
    deflated = kept ? kept->deflated : press_deflate(press, filter(scratch, samples), PRESS_SMALL);
    buf_free(&key);
    arena_free(scratch);
    return deflated;
}

static int write_samples(const struct images *images, const struct samples *samples, int mask)
{
    struct buf entries = {0};
    buf_printf(&entries,
        "/Type /XObject /Subtype /Image /Width %zu /Height %zu /BitsPerComponent 8 /ColorSpace /%s\n"
        "/DecodeParms <</Predictor 15 /Colors %zu /BitsPerComponent 8 /Columns %zu>>",
        samples->width, samples->height, samples->components == 1 ? "DeviceGray" : "DeviceRGB",
        samples->components, samples->width);
    if (mask)
        buf_printf(&entries, " /SMask %d 0 R", mask);
    int object =
        writer_stream(images->writer, buf_slice(&entries), compress(images->press, samples), STREAM_DEFLATED);
    buf_free(&entries);
    return object;
}

static bool is_transposed(const struct picture *picture)
{
    const int first_transposed = 5; /* Exif 2.32, tag 0x0112 */
    return picture->orientation >= first_transposed;
}

static int write_image(const struct images *images, const struct picture *picture)
{
    struct samples samples = {.bytes = (const unsigned char *)picture->data.p,
        .width = is_transposed(picture) ? picture->height : picture->width,
        .height = is_transposed(picture) ? picture->width : picture->height,
        .components = (size_t)picture->components};
    if (picture->kind == PICTURE_RASTER) {
        struct samples alpha = samples;
        alpha.bytes = (const unsigned char *)picture->alpha.p;
        alpha.components = 1;
        return write_samples(images, &samples, picture->alpha.n ? write_samples(images, &alpha, 0) : 0);
    }
    struct buf entries = {0};
    buf_printf(&entries,
        "/Type /XObject /Subtype /Image /Width %zu /Height %zu /BitsPerComponent 8 /ColorSpace /%s",
        samples.width, samples.height, picture->components == 1 ? "DeviceGray" : "DeviceRGB");
    int object = writer_stream(images->writer, buf_slice(&entries), picture->data, STREAM_JPEG);
    buf_free(&entries);
    return object;
}

/* Two reads of one file make two pictures that show the same. */
static bool is_same(const struct picture *a, const struct picture *b)
{
    return a == b || (a->kind == b->kind && a->width == b->width && a->height == b->height &&
                         a->orientation == b->orientation && a->components == b->components &&
                         str_eq(a->data, b->data) && str_eq(a->alpha, b->alpha));
}

int images_use(struct images *images, const struct picture *picture)
{
    for (size_t i = 0; i < images->list.n; i++)
        if (is_same(images->list.at[i].picture, picture))
            return (int)i;
    vec_push(images->arena, &images->list, (struct image){picture, write_image(images, picture)});
    return (int)images->list.n - 1;
}

void images_put_resources(const struct images *images, struct buf *out)
{
    for (size_t i = 0; i < images->list.n; i++)
        buf_printf(out, "/I%zu %d 0 R ", i, images->list.at[i].object);
}

void image_matrix(
    const struct picture *picture, double x, double y, double width, double height, double matrix[6])
{
    /* By orientation: where the image's axes and its lower left corner lie in the square that is seen. */
    static const signed char turns[][6] = {
        {1, 0, 0, 1, 0, 0},   /* as seen */
        {-1, 0, 0, 1, 1, 0},  /* mirrored left to right */
        {-1, 0, 0, -1, 1, 1}, /* upside down */
        {1, 0, 0, -1, 0, 1},  /* mirrored top to bottom */
        {0, -1, -1, 0, 1, 1}, /* mirrored at the falling diagonal */
        {0, -1, 1, 0, 0, 1},  /* to be turned right */
        {0, 1, 1, 0, 0, 0},   /* mirrored at the rising diagonal */
        {0, 1, -1, 0, 1, 0},  /* to be turned left */
    };
    int orientation = picture->orientation >= 1 && picture->orientation <= 8 ? picture->orientation : 1;
    const signed char *turn = turns[orientation - 1];
    for (int i = 0; i < 6; i += 2) {
        matrix[i] = turn[i] * width;
        matrix[i + 1] = turn[i + 1] * height;
    }
    matrix[4] += x;
    matrix[5] += y;
}
