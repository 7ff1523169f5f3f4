#include "design/picture_file.h"

#include <assert.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

enum {
    APP0 = 0xE0, /* markers: ITU-T T.81, Table B.1 */
    APP1 = 0xE1,
    APP2 = 0xE2,
    APP14 = 0xEE,
    APP15 = 0xEF,
    COM = 0xFE,
    SOS = 0xDA,
    FILL = 0xFF,
    LONGEST_MARKER = 0xFFFF,
    MOST_SCANS = 200, /* of a progressive file; more are an attack on the decoder's time */
};

/* One decoding. All that must survive the error exit of libjpeg is here, never in a local variable. */
struct job {
    const struct picture_file *file;
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf exit;
    char message[JMSG_LENGTH_MAX];
    bool damaged; /* a warning that means lost pixels */
    bool refused; /* reported already */
    struct picture *picture;
    struct str profile; /* of colors; empty = none */
    unsigned char *row; /* malloc */
};

static void on_error(j_common_ptr jpeg)
{
    struct job *job = jpeg->client_data;
    jpeg->err->format_message(jpeg, job->message);
    longjmp(job->exit, 1);
}

/* A negative level is a warning: the decoder guesses on. Bytes between segments do no harm. */
static void on_message(j_common_ptr jpeg, int level)
{
    struct job *job = jpeg->client_data;
    int code = jpeg->err->msg_code;
    if (level >= 0 || code == JWRN_EXTRANEOUS_DATA || code == JWRN_JFIF_MAJOR || job->damaged)
        return;
    job->damaged = true;
    jpeg->err->format_message(jpeg, job->message);
}

static void on_output(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void on_progress(j_common_ptr jpeg)
{
    struct job *job = jpeg->client_data;
    if (job->jpeg.input_scan_number <= MOST_SCANS)
        return;
    snprintf(job->message, sizeof job->message, "it has more than %d scans", MOST_SCANS);
    longjmp(job->exit, 1);
}

static int orientation_of(const struct jpeg_decompress_struct *jpeg)
{
    static const char signature[] = "Exif\0";
    for (jpeg_saved_marker_ptr at = jpeg->marker_list; at; at = at->next)
        if (at->marker == APP1 && at->data_length > sizeof signature &&
            memcmp(at->data, signature, sizeof signature) == 0)
            return picture_exif_orientation(
                (struct str){(const char *)at->data + sizeof signature, at->data_length - sizeof signature});
    return 1;
}

/* The start of the color profile (ICC.1, B.4), which has what matters; empty if there is none. */
static struct str profile_of(const struct jpeg_decompress_struct *jpeg)
{
    enum { COUNTS = 2 };                           /* which piece of how many */
    static const char signature[] = "ICC_PROFILE"; /* with its end */
    const size_t start = sizeof signature + COUNTS;
    for (jpeg_saved_marker_ptr at = jpeg->marker_list; at; at = at->next)
        if (at->marker == APP2 && at->data_length > start &&
            memcmp(at->data, signature, sizeof signature) == 0 && at->data[sizeof signature] == 1)
            return (struct str){(const char *)at->data + start, at->data_length - start};
    return (struct str){0};
}

static double dpi_of(const struct jpeg_decompress_struct *jpeg)
{
    enum { PER_INCH = 1, PER_CENTIMETER = 2 };
    const double centimeters_per_inch = 2.54;
    if (!jpeg->saw_JFIF_marker || jpeg->X_density != jpeg->Y_density || jpeg->X_density <= 1)
        return 0;
    if (jpeg->density_unit == PER_INCH)
        return jpeg->X_density;
    return jpeg->density_unit == PER_CENTIMETER ? jpeg->X_density * centimeters_per_inch : 0;
}

/* Can a PDF show this kind of JPEG as it is, beside an sRGB output intent? Reports it if not. */
static bool is_usable(struct job *job)
{
    const struct jpeg_decompress_struct *jpeg = &job->jpeg;
    if (!picture_size_ok(job->file, jpeg->image_width, jpeg->image_height))
        return false;
    if (jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK) {
        picture_fail(job->file, "picture-color",
            "it is made of printing inks (CMYK), which an archival PDF for screen and print cannot hold "
            "beside "
            "sRGB (save it as RGB)");
        return false;
    }
    if (jpeg->jpeg_color_space != JCS_GRAYSCALE && jpeg->jpeg_color_space != JCS_YCbCr &&
        jpeg->jpeg_color_space != JCS_RGB) {
        picture_fail(job->file, "picture-color", "its kind of color is unknown (save it as RGB)");
        return false;
    }
    if (jpeg->data_precision != 8 || jpeg->arith_code) {
        picture_fail(job->file, "picture-format", "this kind of JPEG is not for exchange (%s)",
            jpeg->arith_code ? "save it with Huffman coding" : "save it with 8 bits a color");
        return false;
    }
    return true;
}

/* Decodes the whole file, so that whatever is damaged shows. A YCbCr or gray file will be embedded as it is:
 * reading it at an eighth of its size decodes every bit but spares the inverse transforms. An RGB file, which
 * PDF viewers do not agree on, is kept as samples. */
static void read_pixels(struct job *job)
{
    struct jpeg_decompress_struct *jpeg = &job->jpeg;
    bool keep = jpeg->jpeg_color_space == JCS_RGB;
    if (keep) {
        jpeg->out_color_space = JCS_RGB;
    } else {
        jpeg->scale_num = 1;
        jpeg->scale_denom = 8;
        jpeg->out_color_space = JCS_GRAYSCALE;
    }
    jpeg_start_decompress(jpeg);
    size_t stride = (size_t)jpeg->output_width * (size_t)jpeg->output_components;
    job->row = malloc(stride);
    if (!job->row)
        out_of_memory();
    char *data = keep ? arena_alloc(job->file->arena, stride * jpeg->output_height) : NULL;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = job->row;
        size_t y = jpeg->output_scanline;
        if (jpeg_read_scanlines(jpeg, &row, 1) == 1 && keep)
            memcpy(data + y * stride, job->row, stride);
    }
    if (keep)
        job->picture->data = (struct str){data, stride * jpeg->output_height};
    jpeg_finish_decompress(jpeg);
}

static void prepare(struct job *job)
{
    job->jpeg.client_data = job;
    job->jpeg.err = jpeg_std_error(&job->errors);
    job->errors.error_exit = on_error;
    job->errors.emit_message = on_message;
    job->errors.output_message = on_output;
}

/* The one function that libjpeg's error exit returns to. */
static bool decode(struct job *job)
{
    if (setjmp(job->exit))
        return false;
    struct jpeg_decompress_struct *jpeg = &job->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->progress = &job->progress;
    job->progress.progress_monitor = on_progress;
    jpeg_mem_src(jpeg, (const unsigned char *)job->file->bytes.p, (unsigned long)job->file->bytes.n);
    jpeg_save_markers(jpeg, APP1, LONGEST_MARKER);
    jpeg_save_markers(jpeg, APP2, LONGEST_MARKER);
    jpeg_read_header(jpeg, TRUE);
    job->refused = !is_usable(job);
    if (job->refused)
        return false;
    job->picture->kind = jpeg->jpeg_color_space == JCS_RGB ? PICTURE_RASTER : PICTURE_JPEG;
    job->picture->components = jpeg->jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
    job->picture->dpi = dpi_of(jpeg);
    picture_set_size(job->picture, jpeg->image_width, jpeg->image_height, orientation_of(jpeg));
    job->profile = str_copy(job->file->arena, profile_of(jpeg));
    read_pixels(job);
    return !job->damaged;
}

/* The file without what cameras and editors leave in it (places, names, paths, small copies): all application
 * segments but JFIF's and Adobe's, which a decoder needs, and all comments. */
static struct str without_metadata(struct arena *arena, struct str bytes)
{
    char *out = arena_alloc(arena, bytes.n);
    size_t n = 2, at = 2; /* behind SOI */
    memcpy(out, bytes.p, n);
    while (at + 4 <= bytes.n && (unsigned char)bytes.p[at] == FILL) {
        unsigned marker = (unsigned char)bytes.p[at + 1];
        if (marker == FILL) {
            at++;
            continue;
        }
        size_t length = (size_t)(unsigned char)bytes.p[at + 2] << 8 | (unsigned char)bytes.p[at + 3];
        if (marker == SOS || length < 2 || length + 2 > bytes.n - at)
            break;
        bool dropped = marker == COM || (marker > APP0 && marker <= APP15 && marker != APP14);
        if (!dropped) {
            memcpy(out + n, bytes.p + at, length + 2);
            n += length + 2;
        }
        at += length + 2;
    }
    memcpy(out + n, bytes.p + at, bytes.n - at);
    return (struct str){out, n + bytes.n - at};
}

const struct picture *picture_jpeg_read(const struct picture_file *file)
{
    struct job *job = ARENA_NEW(file->arena, struct job);
    job->file = file;
    job->picture = ARENA_NEW(file->arena, struct picture);
    job->picture->path = file->path;
    prepare(job);
    bool good = decode(job);
    jpeg_destroy_decompress(&job->jpeg);
    free(job->row);
    if (job->refused)
        return NULL;
    if (!good) {
        picture_fail(file, "picture-damaged", "the file is damaged: %s", job->message);
        return NULL;
    }
    picture_judge_profile(file, job->profile);
    if (job->picture->kind == PICTURE_JPEG)
        job->picture->data = without_metadata(file->arena, file->bytes);
    return job->picture;
}

/* Reads the luma; the job's `picture` gets the samples. False if libjpeg gave up, on what it had read before.
 */
static bool decode_gray(struct job *job, struct arena *arena, struct str bytes)
{
    struct jpeg_decompress_struct *jpeg = &job->jpeg;
    if (setjmp(job->exit))
        return false;
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, (const unsigned char *)bytes.p, (unsigned long)bytes.n);
    jpeg_read_header(jpeg, TRUE);
    jpeg->out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(jpeg);
    size_t stride = jpeg->output_width;
    char *data = arena_alloc(arena, stride * jpeg->output_height);
    job->picture->data = (struct str){data, stride * jpeg->output_height};
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = (unsigned char *)data + stride * jpeg->output_scanline;
        jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg);
    return true;
}

struct str picture_jpeg_gray(struct arena *arena, struct str jpeg)
{
    struct job *job = ARENA_NEW(arena, struct job);
    job->picture = ARENA_NEW(arena, struct picture);
    prepare(job);
    bool good = decode_gray(job, arena, jpeg);
    assert(good); /* it has been decoded before */
    (void)good;
    jpeg_destroy_decompress(&job->jpeg);
    return job->picture->data;
}
