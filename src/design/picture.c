#include "design/picture.h"

#include "base/file.h"
#include "design/picture_file.h"

#include <stdarg.h>
#include <stdio.h>

enum { MOST_SIDE = 20000, MOST_PIXELS = 50 * 1000 * 1000 };

void picture_fail(const struct picture_file *file, const char *code, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (length < 0)
        text[0] = '\0';
    if (file->where.source)
        diag_at(file->diags, SEVERITY_ERROR, file->where, code, "picture '%s': %s", file->path, text);
    else
        diag_file(file->diags, SEVERITY_ERROR, file->path, code, "%s", text);
}

bool picture_size_ok(const struct picture_file *file, size_t width, size_t height)
{
    if (width == 0 || height == 0) {
        picture_fail(file, "picture-damaged", "the file is damaged (it says that the picture has no size)");
        return false;
    }
    if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
        picture_fail(file, "picture-too-large",
            "%zu x %zu pixels are too many (at most %d a side and %d million in all; 2000 a side print well)",
            width, height, MOST_SIDE, MOST_PIXELS / 1000000);
        return false;
    }
    return true;
}

void picture_set_size(struct picture *picture, size_t data_width, size_t data_height, int orientation)
{
    const int first_transposed = 5;
    picture->orientation = orientation;
    picture->width = orientation < first_transposed ? data_width : data_height;
    picture->height = orientation < first_transposed ? data_height : data_width;
}

static unsigned long tiff_number(struct str tiff, bool little, size_t at, size_t size)
{
    unsigned long value = 0;
    for (size_t i = 0; i < size; i++) {
        size_t place = little ? at + size - 1 - i : at + i;
        value = value << 8 | (unsigned char)tiff.p[place];
    }
    return value;
}

int picture_exif_orientation(struct str tiff)
{
    enum { HEADER = 8, ENTRY = 12, TAG_ORIENTATION = 0x0112, MOST = 8 };
    if (tiff.n < HEADER || (!str_starts(tiff, "II*") && !str_starts(tiff, "MM")))
        return 1;
    bool little = tiff.p[0] == 'I';
    size_t directory = tiff_number(tiff, little, 4, 4);
    if (directory > tiff.n - 2)
        return 1;
    size_t count = tiff_number(tiff, little, directory, 2);
    for (size_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + i * ENTRY;
        if (entry + ENTRY > tiff.n)
            return 1;
        if (tiff_number(tiff, little, entry, 2) != TAG_ORIENTATION)
            continue;
        unsigned long value = tiff_number(tiff, little, entry + 8, 2);
        return value >= 1 && value <= MOST ? (int)value : 1;
    }
    return 1;
}

/* What a file that cannot be a picture seems to be, for a message. */
static const char *guess_format(struct str bytes)
{
    struct str head = str_slice(bytes, 0, 1024);
    if (bytes.n == 0)
        return "the file is empty";
    if (str_starts(head, "GIF8"))
        return "this is a GIF file";
    if (str_starts(head, "RIFF") && bytes.n >= 12 && str_starts(str_slice(head, 8, 12), "WEBP"))
        return "this is a WebP file";
    if (str_starts(head, "%PDF"))
        return "this is a PDF file";
    if (str_starts(head, "II*") || str_starts(head, "MM"))
        return "this is a TIFF file";
    if (str_starts(head, "BM"))
        return "this is a BMP file";
    if (str_starts(head, "\x1F\x8B"))
        return "this is a compressed file (perhaps an SVGZ, which must be unpacked)";
    return "this is no picture that can be read";
}

/* XML, or what looks like it: behind a byte-order mark of UTF-8 or UTF-16 and white space, a "<". */
static bool is_markup(struct str bytes)
{
    if (str_starts(bytes, "\xEF\xBB\xBF"))
        bytes = str_slice(bytes, 3, bytes.n);
    if (bytes.n >= 4 &&
        (str_starts(bytes, "\xFF\xFE<") || str_eq(str_slice(bytes, 0, 4), STR("\xFE\xFF\0<"))))
        return true;
    return str_starts(str_trim(str_slice(bytes, 0, 1024)), "<");
}

const struct picture *picture_read(
    struct arena *arena, struct diags *diags, struct pos where, const char *path, struct str lang)
{
    struct picture_file file = {
        .arena = arena, .diags = diags, .where = where, .path = arena_copy(arena, path, str_from(path).n)};
    if (!file_read(arena, diags, where, path, FILE_LIMIT, &file.bytes))
        return NULL;
    if (str_starts(file.bytes, "\x89PNG\r\n\x1A\n"))
        return picture_png_read(&file);
    if (str_starts(file.bytes, "\xFF\xD8\xFF"))
        return picture_jpeg_read(&file);
    if (is_markup(file.bytes))
        return picture_svg_read(&file, lang);
    picture_fail(&file, "picture-format", "%s (save it as SVG, PNG or JPEG)", guess_format(file.bytes));
    return NULL;
}
