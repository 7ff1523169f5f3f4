#include "design/picture.h"

#include "base/file.h"
#include "design/picture_file.h"

#include <math.h>
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

/* The first column that a profile gives to a primary color (rXYZ and so on), an s15Fixed16; false if it has
 * none. */
static bool primary_of(struct str profile, const char *tag, double xyz[3])
{
    enum { HEADER = 128, ENTRY = 12, DATA_AT = 8, VALUES = 3, ONE = 0x10000 };
    size_t count = tiff_number(profile, false, HEADER, 4);
    for (size_t i = 0; i < count && HEADER + 4 + (i + 1) * ENTRY <= profile.n; i++) {
        size_t entry = HEADER + 4 + i * ENTRY, at = tiff_number(profile, false, entry + 4, 4);
        if (!str_starts(str_slice(profile, entry, entry + 4), tag))
            continue;
        if (at > profile.n || profile.n - at < DATA_AT + 4 * VALUES)
            return false;
        for (size_t k = 0; k < VALUES; k++) {
            unsigned long value = tiff_number(profile, false, at + DATA_AT + 4 * k, 4);
            xyz[k] = ((double)value - (value >= 0x80000000UL ? 4294967296.0 : 0)) / ONE;
        }
        return true;
    }
    return false;
}

/* Are its primaries those of sRGB, as IEC 61966-2-1 has them, adapted to D50? */
static bool is_srgb(struct str profile)
{
    static const struct {
        const char *tag;
        double xyz[3];
    } primaries[] = {{"rXYZ", {0.4361, 0.2225, 0.0139}}, {"gXYZ", {0.3851, 0.7169, 0.0971}},
        {"bXYZ", {0.1431, 0.0606, 0.7141}}};
    const double tolerance = 0.012;
    for (size_t i = 0; i < sizeof primaries / sizeof *primaries; i++) {
        double xyz[3];
        if (!primary_of(profile, primaries[i].tag, xyz))
            return false;
        for (int k = 0; k < 3; k++)
            if (fabs(xyz[k] - primaries[i].xyz[k]) > tolerance)
                return false;
    }
    return true;
}

void picture_judge_profile(const struct picture_file *file, struct str profile)
{
    enum { LEAST = 132, SPACE_AT = 16 };
    static const char text[] = "it has a color profile of its own, which is left out: its colors print "
                               "duller or brighter (save it as sRGB)";
    if (profile.n < LEAST || !str_starts(str_slice(profile, SPACE_AT, profile.n), "RGB ") || is_srgb(profile))
        return;
    if (file->where.source)
        diag_at(file->diags, SEVERITY_WARNING, file->where, "picture-profile", "picture '%s': %s", file->path,
            text);
    else
        diag_file(file->diags, SEVERITY_WARNING, file->path, "picture-profile", "%s", text);
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

const struct picture *picture_read(struct arena *arena, struct diags *diags, struct pos where,
    const char *path, struct str lang, struct hash128 *hash)
{
    struct picture_file file = {
        .arena = arena, .diags = diags, .where = where, .path = arena_copy(arena, path, str_from(path).n)};
    if (!file_read(arena, diags, where, path, FILE_LIMIT, &file.bytes))
        return NULL;
    if (hash)
        *hash = hash128_of(file.bytes);
    if (str_starts(file.bytes, "\x89PNG\r\n\x1A\n"))
        return picture_png_read(&file);
    if (str_starts(file.bytes, "\xFF\xD8\xFF"))
        return picture_jpeg_read(&file);
    if (is_markup(file.bytes))
        return picture_svg_read(&file, lang);
    picture_fail(&file, "picture-format", "%s (save it as SVG, PNG or JPEG)", guess_format(file.bytes));
    return NULL;
}
