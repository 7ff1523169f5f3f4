/* A growing byte buffer, always NUL-terminated behind its end. Any folder may use it. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stddef.h>
#include <string.h>

struct buf {
    char *p; /* owned; never NULL after the first put */
    size_t n, cap;
};

void buf_free(struct buf *buf);  /* frees the bytes; the buffer is empty and usable again */
void buf_clear(struct buf *buf); /* empties it and keeps the memory */
/* Makes room for `more` bytes and a NUL. */
void buf_grow(struct buf *buf, size_t more);
/* In line, as most of the text is put in few bytes at a time. */
static inline void buf_put(struct buf *buf, const void *bytes, size_t size)
{
    if (buf->cap - buf->n <= size)
        buf_grow(buf, size);
    if (size)
        memcpy(buf->p + buf->n, bytes, size);
    buf->n += size;
    buf->p[buf->n] = '\0';
}
static inline void buf_str(struct buf *buf, struct str s)
{
    buf_put(buf, s.p, s.n);
}
static inline void buf_text(struct buf *buf, const char *text) /* inline, so that literals are not measured */
{
    buf_put(buf, text, strlen(text));
}
static inline void buf_char(struct buf *buf, char c)
{
    if (buf->cap - buf->n <= 1)
        buf_grow(buf, 1);
    buf->p[buf->n++] = c;
    buf->p[buf->n] = '\0';
}
/* printf without floating-point conversions, so that no locale can change what it writes. */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A number with at most `decimals` (0 to 5) decimals, rounded half away from zero, without trailing zeros,
 * with a point in every locale, never "-0". Values beyond ±1e9 are clamped. */
void buf_number(struct buf *buf, double value, int decimals);
/* An integer in decimal; faster than buf_printf. */
void buf_int(struct buf *buf, long long value);
/* How many decimal digits a number has. */
static inline size_t buf_count_digits(unsigned long long value)
{
    const size_t most = 20;
    size_t count = 4;
    if (value < 10000)
        return 1 + (size_t)(value >= 10) + (value >= 100) + (value >= 1000);
    for (unsigned long long bound = 10000; value >= bound && count < most; bound *= 10)
        count++;
    return count;
}
/* Writes `count` of them, the last ones, with leading zeros if it has fewer; returns their end. */
static inline char *buf_write_digits(char *at, unsigned long long value, size_t count)
{
    for (size_t i = count; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + count;
}
/* Room for `size` bytes behind the end, to be written at once; buf_end tells where they end. */
char *buf_room(struct buf *buf, size_t size);
void buf_end(struct buf *buf, const char *end);
/* The content as a slice; valid until the buffer changes. */
static inline struct str buf_slice(const struct buf *buf)
{
    return (struct str){buf->p ? buf->p : "", buf->n};
}

#endif
