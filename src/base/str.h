/* A string slice: pointer and length, not owned, not always NUL-terminated, UTF-8 unless said.
 * Any folder may use it. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

/* For printf's "%.*s". */
#define STR_FMT(s) (int)(s).n, (s).p
/* A slice of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

struct str str_from(const char *text); /* NULL gives an empty slice */

/* A part of `s`, clamped to it. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (struct str){s.p + from, to - from};
}

bool str_eq(struct str a, struct str b);
bool str_is(struct str s, const char *text);
int str_compare(struct str a, struct str b); /* by bytes, as memcmp, a prefix first */
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
struct str str_trim(struct str s); /* without leading and trailing ASCII white space */
/* The offset of `needle` in `s` at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, const char *needle, size_t from);
/* Cuts the text before the first `separator` off `rest` and returns it; all of it when there is none. */
struct str str_cut(struct str *rest, char separator);
/* NUL-terminated copies in the arena. */
struct str str_copy(struct arena *arena, struct str s);
char *str_dup(struct arena *arena, struct str s);
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_vprintf(struct arena *arena, const char *format, va_list list);
/* A copy without a character: "1150" of "1,150". */
struct str str_without(struct arena *arena, struct str s, char unwanted);
/* Decimal number without sign, all of `s`; false if it is none or above `max`. */
bool str_to_size(struct str s, size_t max, size_t *value);

/* ASCII character classes that no locale changes; a space is a space, tab, LF, VT, FF, or CR. */
static inline bool ascii_is_space(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_punct(int c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static inline bool ascii_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_alpha(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char ascii_lower(int c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Levenshtein distance with transpositions, for "did you mean"; gives up above `limit` and returns limit + 1.
 */
size_t str_distance(struct str a, struct str b, size_t limit);

#endif
