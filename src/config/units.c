#include "config/units.h"

#include <math.h>

enum {
    MOST_DIGITS = 15
}; /* whole numbers below 10^15 are exact in a double, so that one division rounds right */

bool number_parse(struct str text, double *value)
{
    bool negative = text.n && text.p[0] == '-', point = false;
    size_t at = text.n && (text.p[0] == '-' || text.p[0] == '+') ? 1 : 0;
    if (at == text.n || !ascii_is_digit(text.p[at]) || !ascii_is_digit(text.p[text.n - 1]))
        return false;
    double digits = 0, scale = 1;
    int significant = 0;
    for (; at < text.n; at++) {
        if (text.p[at] == '.' && !point) {
            point = true;
            continue;
        }
        if (!ascii_is_digit(text.p[at]))
            return false;
        if (significant == MOST_DIGITS && !point)
            return false;
        if (significant == MOST_DIGITS || (point && scale >= 1e15))
            continue; /* a fraction's digits that no double holds */
        digits = digits * 10 + (text.p[at] - '0');
        scale *= point ? 10 : 1;
        significant += digits > 0;
    }
    *value = negative && digits > 0 ? -digits / scale : digits / scale;
    return true;
}

bool length_parse(struct str text, double *points)
{
    static const struct {
        const char *name;
        double points;
    } UNITS[] = {{"pt", 1}, {"in", 72}, {"mm", 72 / 25.4}, {"cm", 720 / 25.4}};
    double number;
    if (str_is(text, "0")) {
        *points = 0;
        return true;
    }
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (!str_ends(text, UNITS[i].name) || !number_parse(str_slice(text, 0, text.n - 2), &number))
            continue;
        *points = number * UNITS[i].points;
        return true;
    }
    return false;
}

static int hex_digit(char c)
{
    char lower = ascii_lower(c);
    if (ascii_is_digit(c))
        return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool color_parse(struct str text, struct color *color)
{
    if ((text.n != 4 && text.n != 7) || text.p[0] != '#')
        return false;
    int parts[3];
    size_t width = text.n / 3; /* of a part, in digits: 1 or 2 */
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(text.p[1 + i * width]), low = hex_digit(text.p[i * width + width]);
        if (high < 0 || low < 0)
            return false;
        parts[i] = high * 16 + low;
    }
    *color = (struct color){(uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2]};
    return true;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool digits_parse(struct str text, int *value)
{
    size_t number;
    if (!str_to_size(text, 9999, &number))
        return false;
    *value = (int)number;
    return true;
}

bool date_parse(struct str text, struct date *date)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date read;
    if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-' ||
        !digits_parse(str_slice(text, 0, 4), &read.year) ||
        !digits_parse(str_slice(text, 5, 7), &read.month) || !digits_parse(str_slice(text, 8, 10), &read.day))
        return false;
    if (read.year < 1 || read.month < 1 || read.month > 12 || read.day < 1 ||
        read.day > DAYS[read.month - 1] + (read.month == 2 && is_leap(read.year)))
        return false;
    *date = read;
    return true;
}

/* Years are counted from March, so that the leap day is a year's last; 400 years have 146,097 days. */
long date_days(struct date date)
{
    long year = date.year - (date.month <= 2), month = (date.month + 9) % 12;
    long era = (year >= 0 ? year : year - 399) / 400, in_era = year - era * 400;
    long in_year = (153 * month + 2) / 5 + date.day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

/* The relative luminance of WCAG 2.1, from 0 (black) to 1 (white). */
static double luminance(struct color color)
{
    const uint8_t channels[3] = {color.r, color.g, color.b};
    const double weights[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double value = channels[i] / 255.0;
        sum += weights[i] * (value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

bool color_eq(struct color a, struct color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

struct color color_gray(struct color color)
{
    uint8_t luma = (uint8_t)((299 * color.r + 587 * color.g + 114 * color.b + 500) / 1000);
    return (struct color){luma, luma, luma};
}

double color_contrast(struct color a, struct color b)
{
    double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}
