#include "design/picture_file.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER_SIZE = 33, /* signature, and the chunk IHDR whole: PNG 1.2, §11.2.2 */
    WIDTH_AT = 16,
    HEIGHT_AT = 20,
    CHUNK_LIMIT = 8 * 1024 * 1024, /* bytes that one chunk other than the pixels may take */
    CHUNK_COUNT = 1000,
};

/* One decoding. All that must survive the error exit of libpng is here, never in a local variable. */
struct job {
    const struct picture_file *file;
    png_structp png;
    png_infop info;
    jmp_buf exit;
    char message[128];
    size_t at; /* in file->bytes */
    struct picture *picture;
    struct str profile;  /* of colors; empty = none */
    unsigned char *rows; /* width × channels samples each: one row, or all of an interlaced picture; malloc */
    size_t data_width, data_height, channels;
};

static void on_error(png_structp png, png_const_charp message)
{
    struct job *job = png_get_error_ptr(png);
    strncpy(job->message, message, sizeof job->message - 1);
    longjmp(job->exit, 1);
}

/* Warnings concern chunks beside the pixels; the picture is whole without them. */
static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void on_read(png_structp png, png_bytep out, size_t size)
{
    struct job *job = png_get_io_ptr(png);
    struct str bytes = job->file->bytes;
    if (size > bytes.n - job->at)
        png_error(png, "the file ends too early");
    memcpy(out, bytes.p + job->at, size);
    job->at += size;
}

/* Reads up to the pixels and asks for gray or RGB, with alpha if there is any, of 8 bits. */
static void read_header(struct job *job)
{
    png_read_info(job->png, job->info);
    int type = png_get_color_type(job->png, job->info);
    png_set_expand(job->png);
    png_set_scale_16(job->png);
    png_uint_32 x, y;
    int unit;
    if (png_get_pHYs(job->png, job->info, &x, &y, &unit) && unit == PNG_RESOLUTION_METER && x == y) {
        const double meters_per_inch = 0.0254;
        job->picture->dpi = (double)x * meters_per_inch;
    }
    png_bytep exif;
    png_uint_32 exif_size;
    int orientation = png_get_eXIf_1(job->png, job->info, &exif_size, &exif)
                          ? picture_exif_orientation((struct str){(const char *)exif, exif_size})
                          : 1;
    picture_set_size(job->picture, job->data_width, job->data_height, orientation);
    job->picture->components = type & PNG_COLOR_MASK_COLOR ? 3 : 1;
    png_charp name;
    int compression;
    png_bytep profile;
    png_uint_32 size;
    if (png_get_iCCP(job->png, job->info, &name, &compression, &profile, &size))
        job->profile = str_copy(job->file->arena, (struct str){(const char *)profile, size});
}

/* Splits a row of pixels into color and alpha. */
static void split_row(
    const struct job *job, const unsigned char *row, unsigned char *data, unsigned char *alpha)
{
    size_t components = (size_t)job->picture->components;
    if (job->channels == components) {
        memcpy(data, row, job->data_width * components);
        return;
    }
    for (size_t x = 0; x < job->data_width; x++) {
        for (size_t c = 0; c < components; c++)
            *data++ = *row++;
        *alpha++ = *row++;
    }
}

static void read_pixels(struct job *job)
{
    int passes = png_set_interlace_handling(job->png);
    png_read_update_info(job->png, job->info);
    job->channels = png_get_channels(job->png, job->info);
    size_t components = (size_t)job->picture->components;
    size_t stride = job->data_width * job->channels, pixels = job->data_width * job->data_height;
    if (png_get_rowbytes(job->png, job->info) != stride || job->channels < components)
        png_error(job->png, "its pixels are of an unknown kind");
    job->rows = malloc(passes > 1 ? stride * job->data_height : stride);
    if (!job->rows)
        out_of_memory();
    unsigned char *data = arena_alloc(job->file->arena, pixels * components);
    unsigned char *alpha = job->channels > components ? arena_alloc(job->file->arena, pixels) : NULL;
    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < job->data_height; y++) {
            unsigned char *row = job->rows + (passes > 1 ? y * stride : 0);
            png_read_row(job->png, row, NULL);
            if (pass == passes - 1)
                split_row(job, row, data + y * job->data_width * components,
                    alpha ? alpha + y * job->data_width : NULL);
        }
    png_read_end(job->png, NULL);
    job->picture->data = (struct str){(const char *)data, pixels * components};
    if (alpha)
        job->picture->alpha = (struct str){(const char *)alpha, pixels};
}

/* The one function that libpng's error exit returns to. */
static bool decode(struct job *job)
{
    if (setjmp(job->exit))
        return false;
    job->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, job, on_error, on_warning);
    if (!job->png)
        out_of_memory();
    job->info = png_create_info_struct(job->png);
    if (!job->info)
        out_of_memory();
    png_set_read_fn(job->png, job, on_read);
    png_set_chunk_malloc_max(job->png, CHUNK_LIMIT);
    png_set_chunk_cache_max(job->png, CHUNK_COUNT);
    /* Texts and palettes that nobody asks for are passed over, not unpacked. */
    static const png_byte ignored[] = "tEXt\0zTXt\0iTXt\0sPLT\0hIST";
    png_set_keep_unknown_chunks(job->png, PNG_HANDLE_CHUNK_NEVER, ignored, sizeof ignored / 5);
    read_header(job);
    read_pixels(job);
    return true;
}

static size_t read_u32(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

static bool is_opaque(struct str alpha)
{
    for (size_t i = 0; i < alpha.n; i++)
        if ((unsigned char)alpha.p[i] != UINT8_MAX)
            return false;
    return true;
}

const struct picture *picture_png_read(const struct picture_file *file)
{
    struct job job = {.file = file};
    if (file->bytes.n < HEADER_SIZE) {
        picture_fail(file, "picture-damaged", "the file is damaged: it ends too early");
        return NULL;
    }
    /* The size is checked before libpng allocates anything. */
    job.data_width = read_u32(file->bytes.p + WIDTH_AT);
    job.data_height = read_u32(file->bytes.p + HEIGHT_AT);
    if (!picture_size_ok(file, job.data_width, job.data_height))
        return NULL;
    job.picture = ARENA_NEW(file->arena, struct picture);
    job.picture->kind = PICTURE_RASTER;
    job.picture->path = file->path;
    bool good = decode(&job);
    png_destroy_read_struct(&job.png, &job.info, NULL);
    free(job.rows);
    if (!good) {
        picture_fail(file, "picture-damaged", "the file is damaged: %s", job.message);
        return NULL;
    }
    picture_judge_profile(file, job.profile);
    if (is_opaque(job.picture->alpha))
        job.picture->alpha = (struct str){0};
    return job.picture;
}
