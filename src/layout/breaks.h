/* Where a line may break, and in which direction characters run. The only file that knows libunistring's line
 * breaking and FriBidi. Used within layout/. */
#ifndef LAYOUT_BREAKS_H
#define LAYOUT_BREAKS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { OBJECT_CHAR = 0xFFFC }; /* stands for a blank or picture within text */

/* May a line break before the byte at this offset? UAX #14. */
enum break_class { BREAK_NO, BREAK_MAY, BREAK_MUST };

/* For each byte of `text`, whether a line may break before it. */
unsigned char *breaks_find(struct arena *arena, struct str text);
/* May an address break behind this character ("/", "-", "?" …)? Not behind a full stop: what follows it would
 * look like the start of something new. */
bool breaks_after_in_address(char c);
/* For each byte of `text`, its embedding level (UAX #9; odd = right to left); NULL when all are 0.
 * `rtl_base` tells the paragraph's own direction. */
unsigned char *levels_find(struct arena *arena, struct str text, bool *rtl_base);

#endif
