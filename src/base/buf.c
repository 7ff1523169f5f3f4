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

static void grow(struct buf *buf, size_t more)
{
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

static void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->cap - buf->n <= more)
        grow(buf, more);
}

char *buf_room(struct buf *buf, size_t size)
{
    buf_reserve(buf, size);
    return buf->p + buf->n;
}

void buf_end(struct buf *buf, const char *end)
{
    buf->n = (size_t)(end - buf->p);
    buf->p[buf->n] = '\0';
}

void buf_put(struct buf *buf, const void *bytes, size_t size)
{
    buf_reserve(buf, size);
    if (size)
        memcpy(buf->p + buf->n, bytes, size);
    buf->n += size;
    buf->p[buf->n] = '\0';
}

void buf_char(struct buf *buf, char c)
{
    buf_reserve(buf, 1);
    buf->p[buf->n++] = c;
    buf->p[buf->n] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    const size_t often_enough = 100;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(buf_room(buf, often_enough), often_enough, format, list);
    va_end(list);
    if (length >= (int)often_enough) {
        va_start(list, format);
        vsnprintf(buf_room(buf, (size_t)length), (size_t)length + 1, format, list);
        va_end(list);
    }
    if (length > 0)
        buf->n += (size_t)length;
    buf->p[buf->n] = '\0';
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
    int places = decimals < 0 ? 0 : decimals > 5 ? 5 : decimals;
    long long scaled = llround(value * (double)scales[places]);
    unsigned long long rest = (unsigned long long)(scaled < 0 ? -scaled : scaled);
    for (; places > 0 && rest % 10 == 0; places--)
        rest /= 10;
    char digits[32], *at = buf_room(buf, sizeof digits);
    int count = 0, n = 0;
    do { /* from the last digit to the first */
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
        if (++count == places)
            digits[n++] = '.';
    } while (rest || count <= places);
    if (scaled < 0)
        *at++ = '-';
    while (n)
        *at++ = digits[--n];
    buf_end(buf, at);
}
