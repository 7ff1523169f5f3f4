/* Lengths and colors as style sheets write them. */
#ifndef CONFIG_UNITS_H
#define CONFIG_UNITS_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct color {
    uint8_t r, g, b; /* sRGB */
};

/* "12pt", "0.75in", "20mm", "2cm": points. A bare "0" is 0. Negative lengths are allowed; false if malformed.
 */
bool length_parse(struct str text, double *points);
/* A plain decimal number, in any locale the same: optional sign, digits, optional fraction. */
bool number_parse(struct str text, double *value);
/* "#rrggbb" or "#rgb". */
bool color_parse(struct str text, struct color *color);
bool color_eq(struct color a, struct color b);
/* How well two colors can be told apart: the contrast ratio of WCAG 2.1, from 1 (not at all) to 21. */
double color_contrast(struct color a, struct color b);
/* A color without color, as copiers and printer drivers turn it to gray: its luma by ITU-R BT.601, three
 * times. */
struct color color_gray(struct color color);
/* "2026-11-20": a day that exists. */
struct date {
    int year, month, day; /* year 0 = none */
};
bool date_parse(struct str text, struct date *date);
/* Days since 1 January 1970, for comparison (proleptic Gregorian). */
long date_days(struct date date);

#endif
