#include "base/utf8.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

uint32_t utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - *at;
    (*at)++;
    if (p[0] < 0x80)
        return p[0];
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < length)
        return REPLACEMENT;
    uint32_t c = p[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return REPLACEMENT;
        c = c << 6 | (p[i] & 0x3F);
    }
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return REPLACEMENT;
    *at += length - 1;
    return c;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(first[length] | c);
    return length;
}

/* How many bytes from `at` on are ASCII, as far as that is told eight at a time. */
static size_t ascii_run(struct str s, size_t at)
{
    size_t start = at;
    for (uint64_t eight; s.n - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, s.p + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    return at - start;
}

size_t utf8_check(struct str s)
{
    for (size_t at = 0; at < s.n;) {
        at += ascii_run(s, at);
        for (; at < s.n && (unsigned char)s.p[at] < 0x80; at++)
            ;
        size_t start = at;
        if (at == s.n)
            break;
        if (utf8_next(s, &at) == REPLACEMENT && at == start + 1)
            return start;
    }
    return SIZE_MAX;
}

size_t utf8_length(struct str s)
{
    size_t length = 0;
    for (size_t i = 0; i < s.n; i++)
        length += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return length;
}

bool utf8_is_within(uint32_t c, const struct utf8_range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool utf8_is_unsafe(uint32_t c)
{
    static const struct utf8_range ranges[] = {{0, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x61C, 0x61C},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
        {0xE0000, 0xE0FFF}};
    return utf8_is_within(c, ranges, sizeof ranges / sizeof *ranges);
}

static void utf16_unit(struct buf *out, uint32_t unit)
{
    char bytes[2] = {(char)(unit >> 8), (char)(unit & 0xFF)};
    buf_put(out, bytes, 2);
}

void utf16_put(struct buf *out, struct str s, bool mark)
{
    if (mark)
        utf16_unit(out, 0xFEFF);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c > 0xFFFF) {
            c -= 0x10000;
            utf16_unit(out, 0xD800 | c >> 10);
            utf16_unit(out, 0xDC00 | (c & 0x3FF));
        } else {
            utf16_unit(out, c);
        }
    }
}
