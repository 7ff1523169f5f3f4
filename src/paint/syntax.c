#include "paint/syntax.h"

#include "base/utf8.h"

enum {
    MOST_STRING = 32767, /* bytes of a string: ISO 19005-2, §6.1.13 */
    MOST_ASCII = 32000,  /* bytes of a text string that is no UTF-16 */
    MOST_UNITS = 16000,  /* UTF-16 units that a text string keeps of a longer one */
    ELLIPSIS = 0x2026,
};

static const char HEX[] = "0123456789ABCDEF";

void syntax_ref(struct buf *out, int object)
{
    buf_int(out, object);
    buf_text(out, " 0 R");
}

void syntax_hex4(struct buf *out, unsigned value)
{
    const char digits[4] = {
        HEX[value >> 12 & 15], HEX[value >> 8 & 15], HEX[value >> 4 & 15], HEX[value & 15]};
    buf_put(out, digits, sizeof digits);
}

static size_t put_utf16(struct buf *out, uint32_t c)
{
    const uint32_t first_supplementary = 0x10000;
    if (c < first_supplementary) {
        syntax_hex4(out, c);
        return 1;
    }
    c -= first_supplementary;
    syntax_hex4(out, 0xD800 | c >> 10);
    syntax_hex4(out, 0xDC00 | (c & 0x3FF));
    return 2;
}

static void put_literal_byte(struct buf *out, char c)
{
    if (c == '(' || c == ')' || c == '\\')
        buf_char(out, '\\');
    buf_char(out, c);
}

static bool is_printable_ascii(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < ' ' || text.p[i] > '~')
            return false;
    return true;
}

void syntax_text(struct buf *out, struct str text)
{
    if (text.n <= MOST_ASCII && is_printable_ascii(text)) {
        buf_char(out, '(');
        for (size_t i = 0; i < text.n; i++)
            put_literal_byte(out, text.p[i]);
        buf_char(out, ')');
        return;
    }
    buf_text(out, "<FEFF");
    size_t units = 0;
    for (size_t at = 0; at < text.n;) {
        if (units >= MOST_UNITS) {
            put_utf16(out, ELLIPSIS);
            break;
        }
        units += put_utf16(out, utf8_next(text, &at));
    }
    buf_char(out, '>');
}

static void put_hex2(struct buf *out, unsigned char byte)
{
    const char digits[2] = {HEX[byte >> 4], HEX[byte & 15]};
    buf_put(out, digits, sizeof digits);
}

void syntax_bytes(struct buf *out, struct str bytes)
{
    buf_char(out, '<');
    for (size_t i = 0; i < bytes.n; i++)
        put_hex2(out, (unsigned char)bytes.p[i]);
    buf_char(out, '>');
}

static bool is_uri_byte(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' && c != '`' &&
           c != '{' && c != '|' && c != '}';
}

void syntax_uri(struct buf *out, struct str uri)
{
    buf_char(out, '(');
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (!is_uri_byte(c)) {
            buf_char(out, '%');
            put_hex2(out, c);
            continue;
        }
        put_literal_byte(out, (char)c);
    }
    buf_char(out, ')');
}

bool syntax_uri_fits(struct str uri)
{
    const size_t longest_byte = 3; /* percent-encoded */
    return uri.n > 0 && uri.n <= MOST_STRING / longest_byte;
}

void syntax_point(struct buf *out, double value)
{
    if (out->n && out->p[out->n - 1] != '\n')
        buf_char(out, ' ');
    buf_number(out, value, 2);
}

void syntax_color(struct buf *out, struct color color, bool stroke)
{
    const double full = 255;
    buf_number(out, color.r / full, 3);
    if (color.r == color.g && color.g == color.b) {
        /* Gray is set as such: printers then take black ink alone. */
        buf_text(out, stroke ? " G\n" : " g\n");
        return;
    }
    buf_char(out, ' ');
    buf_number(out, color.g / full, 3);
    buf_char(out, ' ');
    buf_number(out, color.b / full, 3);
    buf_text(out, stroke ? " RG\n" : " rg\n");
}
