#include "base/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *buf)
{
    free(buf->p);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    if (buf->p)
        buf->p[0] = '\0';
}

static void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->cap - buf->n > more)
        return;
    if (more > SIZE_MAX / 4 || buf->n > SIZE_MAX / 4)
        out_of_memory();
    size_t cap = buf->cap ? buf->cap * 2 : 256;
    if (cap < buf->n + more + 1)
        cap = buf->n + more + 1;
    char *p = realloc(buf->p, cap);
    if (!p)
        out_of_memory();
    buf->p = p;
    buf->cap = cap;
}

void buf_put(struct buf *buf, const void *bytes, size_t size)
{
    buf_reserve(buf, size);
    if (size)
        memcpy(buf->p + buf->n, bytes, size);
    buf->n += size;
    buf->p[buf->n] = '\0';
}

void buf_str(struct buf *buf, struct str s)
{
    buf_put(buf, s.p, s.n);
}

void buf_text(struct buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    buf_put(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0)
        return;
    buf_reserve(buf, (size_t)length);
    va_start(list, format);
    vsnprintf(buf->p + buf->n, (size_t)length + 1, format, list);
    va_end(list);
    buf->n += (size_t)length;
}

void buf_int(struct buf *buf, long long value)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long rest = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[--at] = '-';
    buf_put(buf, digits + at, sizeof digits - at);
}

void buf_number(struct buf *buf, double value, int decimals)
{
    static const long long scales[] = {1, 10, 100, 1000, 10000, 100000};
    const double largest = 1e9;
    if (!(value >= -largest))
        value = -largest;
    if (value > largest)
        value = largest;
    long long scale = scales[decimals < 0 ? 0 : decimals > 5 ? 5 : decimals];
    long long scaled = llround(value * (double)scale);
    if (scaled < 0) {
        buf_char(buf, '-');
        scaled = -scaled;
    }
    buf_int(buf, scaled / scale);
    long long fraction = scaled % scale;
    if (!fraction)
        return;
    char digits[8] = ".";
    size_t n = 1;
    for (long long unit = scale / 10; fraction > 0; unit /= 10) { /* fraction is below 10 units */
        digits[n++] = (char)('0' + fraction / unit);
        fraction %= unit;
    }
    buf_put(buf, digits, n);
}

struct str buf_slice(const struct buf *buf)
{
    return (struct str){buf->p ? buf->p : "", buf->n};
}
