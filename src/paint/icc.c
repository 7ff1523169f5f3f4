#include "paint/icc.h"

#include <math.h>

enum {
    HEADER_SIZE = 128,
    TAG_COUNT = 9,
    TAG_SIZE = 12,
    CURVE_POINTS = 256, /* enough that straight lines between them err by less than a step of 16 bits */
    ASCII_FIELD = 67,   /* of the type desc: the name for Macintosh scripts */
};

static void put16(struct buf *out, unsigned value)
{
    buf_char(out, (char)(value >> 8 & 0xFF));
    buf_char(out, (char)(value & 0xFF));
}

static void put32(struct buf *out, unsigned value)
{
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

static void put_zeros(struct buf *out, size_t count)
{
    while (count--)
        buf_char(out, '\0');
}

/* Types start with their signature and four zero bytes, and end on a multiple of four. */
static void put_type(struct buf *out, const char *signature)
{
    buf_text(out, signature);
    put_zeros(out, 4);
}

static void put_padding(struct buf *out, size_t start)
{
    put_zeros(out, (4 - (out->n - start) % 4) % 4);
}

static void put_description(struct buf *out, struct str text)
{
    size_t start = out->n;
    put_type(out, "desc");
    put32(out, (unsigned)text.n + 1);
    buf_str(out, text);
    put_zeros(out, 1 + 8 + 3 + ASCII_FIELD); /* its end; no Unicode and no Macintosh name */
    put_padding(out, start);
}

static void put_text(struct buf *out, struct str text)
{
    size_t start = out->n;
    put_type(out, "text");
    buf_str(out, text);
    put_zeros(out, 1);
    put_padding(out, start);
}

/* A color in XYZ, in 65,536ths. */
static void put_xyz(struct buf *out, const unsigned xyz[3])
{
    put_type(out, "XYZ ");
    for (int i = 0; i < 3; i++)
        put32(out, xyz[i]);
}

/* The tone curve of IEC 61966-2-1: a straight foot, then a power of 2.4. */
static void put_curve(struct buf *out)
{
    const double foot = 0.04045, slope = 12.92, offset = 0.055, power = 2.4, most = 65535;
    put_type(out, "curv");
    put32(out, CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
        double value = i / (double)(CURVE_POINTS - 1);
        double light = value <= foot ? value / slope : pow((value + offset) / (1 + offset), power);
        put16(out, (unsigned)lround(light * most));
    }
}

static void put_header(struct buf *out, unsigned size)
{
    enum { VERSION_2_1 = 0x02100000 };
    put32(out, size);
    put_zeros(out, 4); /* no preferred color engine */
    put32(out, VERSION_2_1);
    buf_text(out, "mntrRGB XYZ ");
    /* Its date: that of the standard, 1999-10-18. */
    static const unsigned date[] = {1999, 10, 18, 0, 0, 0};
    for (size_t i = 0; i < sizeof date / sizeof *date; i++)
        put16(out, date[i]);
    buf_text(out, "acsp");
    put_zeros(out, 28); /* no platform, flags, device, attributes; intent: perceptual */
    static const unsigned d50[] = {0xF6D6, 0x10000, 0xD32D};
    for (int i = 0; i < 3; i++)
        put32(out, d50[i]);
    put_zeros(out, 48);
}

void icc_put_srgb(struct buf *out)
{
    /* The primaries and white of sRGB, adapted to D50 by Bradford's matrix, as the profile connection space
     * wants. */
    static const unsigned white[] = {0xF6D6, 0x10000, 0xD32D};
    static const unsigned red[] = {0x6FA2, 0x38F5, 0x0390};
    static const unsigned green[] = {0x6299, 0xB785, 0x18DA};
    static const unsigned blue[] = {0x24A0, 0x0F84, 0xB6CF};
    struct buf data = {0};
    struct {
        const char *signature;
        size_t offset, size;
    } tags[TAG_COUNT] = {{"desc", 0, 0}, {"cprt", 0, 0}, {"wtpt", 0, 0}, {"rXYZ", 0, 0}, {"gXYZ", 0, 0},
        {"bXYZ", 0, 0}, {"rTRC", 0, 0}, {"gTRC", 0, 0}, {"bTRC", 0, 0}};
    enum { COPYRIGHT = 1, WHITE, RED, GREEN, BLUE, CURVE };
    for (size_t i = 0; i < TAG_COUNT; i++) {
        tags[i].offset = i > CURVE ? tags[CURVE].offset : data.n; /* one curve for all three */
        switch (i) {
        case 0: put_description(&data, STR("sRGB IEC61966-2.1")); break;
        case COPYRIGHT: put_text(&data, STR("No copyright, use freely")); break;
        case WHITE: put_xyz(&data, white); break;
        case RED: put_xyz(&data, red); break;
        case GREEN: put_xyz(&data, green); break;
        case BLUE: put_xyz(&data, blue); break;
        case CURVE: put_curve(&data); break;
        default: break;
        }
        tags[i].size = data.n - tags[i].offset;
    }
    const size_t table = HEADER_SIZE + 4 + TAG_COUNT * TAG_SIZE;
    put_header(out, (unsigned)(table + data.n));
    put32(out, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        buf_text(out, tags[i].signature);
        put32(out, (unsigned)(table + tags[i].offset));
        put32(out, (unsigned)tags[i].size);
    }
    buf_str(out, buf_slice(&data));
    buf_free(&data);
}
