/* UTF-8 (RFC 3629) and UTF-16. Any folder may use it. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Characters from one to another. */
struct utf8_range {
    uint32_t first, last;
};

/* Decodes the character at `*at` and moves `*at` behind it. Malformed bytes give U+FFFD and move one byte.
 * `*at` must be less than s.n. */
uint32_t utf8_next(struct str s, size_t *at);
/* Writes the UTF-8 of `c` (at most 4 bytes) and returns how many. */
size_t utf8_encode(uint32_t c, char out[4]);
/* The offset of the first byte that is not well-formed UTF-8, or SIZE_MAX when all is well. */
size_t utf8_check(struct str s);
/* How many characters (code points) `s` has. */
size_t utf8_length(struct str s);
/* Controls, and the format characters that reorder or hide text (Unicode TR 36, "bidirectional spoofing"):
 * what nobody wants to see in a terminal or a log as it is. */
bool utf8_is_unsafe(uint32_t c);
/* Is `c` in one of the ranges? */
bool utf8_is_within(uint32_t c, const struct utf8_range *ranges, size_t n);
/* Appends `s` as UTF-16, big endian, with a byte-order mark first if `mark`. */
void utf16_put(struct buf *out, struct str s, bool mark);

#endif
