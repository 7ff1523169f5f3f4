#include "base/buf.h"

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

void buf_grow(struct buf *buf, size_t more)
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
        buf_grow(buf, more);
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
    const size_t longest = 24;
    char *at = buf_room(buf, longest);
    unsigned long long rest = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
    if (value < 0)
        *at++ = '-';
    buf_end(buf, buf_write_digits(at, rest, buf_count_digits(rest)));
}

/* As llround, of what is far from its limits. */
static long long round_away(double value)
{
    const double half = 0.5;
    long long whole = (long long)value;
    double rest = value - (double)whole; /* exact */
    return whole + (rest >= half) - (rest <= -half);
}

void buf_number(struct buf *buf, double value, int decimals)
{
    static const long long scales[] = {1, 10, 100, 1000, 10000, 100000};
    const double largest = 1e9;
    const size_t longest = 32;
    if (!(value >= -largest))
        value = -largest;
    if (value > largest)
        value = largest;
    int places = decimals < 0 ? 0 : decimals > 5 ? 5 : decimals;
    long long scaled = round_away(value * (double)scales[places]);
    const unsigned long long all = (unsigned long long)(scaled < 0 ? -scaled : scaled);
    const unsigned long long scale = (unsigned long long)scales[places];
    const unsigned long long whole = places == 2 ? all / 100 : all / scale; /* 2: the most frequent */
    unsigned long long rest = all - whole * scale;
    char *at = buf_room(buf, longest);
    if (scaled < 0)
        *at++ = '-';
    at = buf_write_digits(at, whole, buf_count_digits(whole));
    if (rest) {
        for (; rest % 10 == 0; places--)
            rest /= 10;
        *at++ = '.';
        at = buf_write_digits(at, rest, (size_t)places);
    }
    buf_end(buf, at);
}
