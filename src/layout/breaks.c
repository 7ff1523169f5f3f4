#include "layout/breaks.h"

#include "base/utf8.h"

#include <fribidi.h>
#include <string.h>
#include <unilbrk.h>

/* Rule LB29 of UAX #14, which libunistring 1.0 leaves out: no break behind the stop of "e.g." or "fda.gov".
 */
static bool is_inner_stop(char before, char after)
{
    return before != '\0' && strchr(".,:;", before) &&
           (ascii_is_alpha(after) || (unsigned char)after >= 0x80);
}

/* Handouts are not hyphenated, so a line does not break behind a soft hyphen (U+00AD) either. */
static bool is_behind_soft_hyphen(struct str text, size_t at)
{
    return at >= 2 && text.p[at - 2] == '\xC2' && text.p[at - 1] == '\xAD';
}

static bool is_of_number(char c)
{
    return ascii_is_digit(c) || c == '-' || (c >= 'A' && c <= 'Z');
}

/* A number to call, "1-800-FDA-1088" or "555-0100", is not broken: digits and capitals, parted by hyphens,
 * with three digits at least. */
static bool is_in_number(struct str text, size_t at)
{
    enum { FEWEST_DIGITS = 3, LONGEST = 20 };
    size_t from = at, to = at, digits = 0;
    if (text.p[at - 1] != '-')
        return false;
    while (from && to - from <= LONGEST && is_of_number(text.p[from - 1]))
        from--;
    while (to < text.n && to - from <= LONGEST && is_of_number(text.p[to]))
        to++;
    while (text.p[from] == '-' && from + 1 < at) /* "(555)-010-0199" */
        from++;
    for (size_t i = from; i < to; i++)
        digits += ascii_is_digit(text.p[i]);
    return to - from <= LONGEST && digits >= FEWEST_DIGITS && ascii_is_digit(text.p[from]) &&
           ascii_is_digit(text.p[to - 1]);
}

unsigned char *breaks_find(struct arena *arena, struct str text)
{
    unsigned char *breaks = arena_alloc(arena, text.n + 1);
    char *classes = arena_alloc(arena, text.n + 1);
    u8_possible_linebreaks((const uint8_t *)text.p, text.n, "UTF-8", classes);
    for (size_t i = 1; i < text.n; i++) {
        /* "Mandatory" marks the line feed itself; what follows it starts the new line. */
        if (text.p[i - 1] == '\n')
            breaks[i] = BREAK_MUST;
        else if (classes[i] == UC_BREAK_POSSIBLE && !is_behind_soft_hyphen(text, i) &&
                 !is_inner_stop(text.p[i - 1], text.p[i]) && !is_in_number(text, i))
            breaks[i] = BREAK_MAY;
    }
    return breaks;
}

bool breaks_after_in_address(char c)
{
    return c != '\0' && strchr("/-_?=&#", c) != NULL;
}

/* The blocks of Unicode that hold right-to-left scripts, and the marks that turn the direction. */
static bool is_rtl(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || c == 0x200F || c == 0x202B || c == 0x202E || c == 0x2067 ||
           (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

/* Most texts have none, and need no further look. */
static bool has_rtl(struct str text)
{
    enum { FIRST_LEAD_BYTE = 0xD6 };
    for (size_t at = 0; at < text.n;) {
        if ((unsigned char)text.p[at] < FIRST_LEAD_BYTE)
            at++;
        else if (is_rtl(utf8_next(text, &at)))
            return true;
    }
    return false;
}

unsigned char *levels_find(struct arena *arena, struct str text, bool *rtl_base)
{
    *rtl_base = false;
    if (!has_rtl(text))
        return NULL;
    size_t count = utf8_length(text);
    FriBidiChar *chars = ARENA_ARRAY(arena, FriBidiChar, count + 1);
    FriBidiCharType *types = ARENA_ARRAY(arena, FriBidiCharType, count + 1);
    FriBidiBracketType *brackets = ARENA_ARRAY(arena, FriBidiBracketType, count + 1);
    FriBidiLevel *levels = ARENA_ARRAY(arena, FriBidiLevel, count + 1);
    size_t n = 0;
    for (size_t at = 0; at < text.n && n < count;)
        chars[n++] = utf8_next(text, &at);
    FriBidiStrIndex length = (FriBidiStrIndex)n;
    FriBidiParType base = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(chars, length, types);
    fribidi_get_bracket_types(chars, length, types, brackets);
    FriBidiLevel most = fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, levels);
    if (most <= 1) /* the highest level + 1, or 0 when FriBidi is out of memory */
        return NULL;
    *rtl_base = FRIBIDI_IS_RTL(base);
    unsigned char *by_byte = arena_alloc(arena, text.n + 1);
    n = 0;
    for (size_t at = 0; at < text.n && n < count; n++) {
        size_t start = at;
        utf8_next(text, &at);
        memset(by_byte + start, (unsigned char)levels[n], at - start);
    }
    return by_byte;
}
