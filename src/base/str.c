#include "base/str.h"

#include <string.h>

struct str str_from(const char *text)
{
    return text ? (struct str){text, strlen(text)} : (struct str){"", 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str s, const char *text)
{
    return str_eq(s, str_from(text));
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.n < b.n ? a.n : b.n;
    int order = common ? memcmp(a.p, b.p, common) : 0;
    if (order)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}

bool str_ends(struct str s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.n >= n && (n == 0 || memcmp(s.p + s.n - n, suffix, n) == 0);
}

struct str str_trim(struct str s)
{
    while (s.n && ascii_is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && ascii_is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

size_t str_find(struct str s, const char *needle, size_t from)
{
    size_t n = strlen(needle);
    if (n == 0)
        return from <= s.n ? from : SIZE_MAX;
    while (from < s.n && s.n - from >= n) {
        const char *hit = memchr(s.p + from, needle[0], s.n - from - n + 1);
        if (!hit)
            return SIZE_MAX;
        if (memcmp(hit, needle, n) == 0)
            return (size_t)(hit - s.p);
        from = (size_t)(hit - s.p) + 1;
    }
    return SIZE_MAX;
}

struct str str_cut(struct str *rest, char separator)
{
    const char *hit = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    struct str head = *rest;
    if (!hit) {
        *rest = (struct str){rest->p + rest->n, 0};
        return head;
    }
    head.n = (size_t)(hit - rest->p);
    *rest = str_slice(*rest, head.n + 1, rest->n);
    return head;
}

struct str str_copy(struct arena *arena, struct str s)
{
    return (struct str){arena_copy(arena, s.p, s.n), s.n};
}

char *str_dup(struct arena *arena, struct str s)
{
    return arena_copy(arena, s.p, s.n);
}

struct str str_vprintf(struct arena *arena, const char *format, va_list list)
{
    struct str text;
    text.p = arena_vprintf(arena, &text.n, format, list);
    return text;
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct str text = str_vprintf(arena, format, list);
    va_end(list);
    return text;
}

struct str str_without(struct arena *arena, struct str s, char unwanted)
{
    char *kept = arena_copy(arena, s.p, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != unwanted)
            kept[n++] = s.p[i];
    kept[n] = '\0';
    return (struct str){kept, n};
}

bool str_to_size(struct str s, size_t max, size_t *value)
{
    size_t number = 0;
    if (!s.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ascii_is_digit(s.p[i]))
            return false;
        size_t digit = (size_t)(s.p[i] - '0');
        if (digit > max || number > (max - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *value = number;
    return true;
}

size_t str_distance(struct str a, struct str b, size_t limit)
{
    enum { LONGEST = 64 };
    size_t row[3][LONGEST + 1];
    if (a.n > LONGEST || b.n > LONGEST)
        return limit + 1;
    size_t *before = row[0], *previous = row[1], *current = row[2];
    for (size_t j = 0; j <= b.n; j++)
        previous[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        current[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t cost = a.p[i - 1] != b.p[j - 1];
            size_t best = previous[j - 1] + cost;
            if (previous[j] + 1 < best)
                best = previous[j] + 1;
            if (current[j - 1] + 1 < best)
                best = current[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            current[j] = best;
        }
        size_t *recycled = before;
        before = previous;
        previous = current;
        current = recycled;
    }
    return previous[b.n] > limit ? limit + 1 : previous[b.n];
}
