#include "design/svg_value.h"

#include <math.h>

void svg_value_space(struct str text, size_t *at)
{
    while (*at < text.n && ascii_is_space(text.p[*at]))
        ++*at;
}

bool svg_value_comma(struct str text, size_t *at)
{
    svg_value_space(text, at);
    if (*at >= text.n || text.p[*at] != ',')
        return false;
    ++*at;
    svg_value_space(text, at);
    return true;
}

/* Digits into `*value`, at most as many as a double holds; returns how many powers of ten those beyond stand
 * for. */
static int read_digits(struct str text, size_t *at, double *value, int *significant)
{
    const int most = 17;
    int beyond = 0;
    for (; *at < text.n && ascii_is_digit(text.p[*at]); ++*at) {
        if (*significant >= most) {
            beyond++;
            continue;
        }
        *value = *value * 10 + (text.p[*at] - '0');
        *significant += *value > 0;
    }
    return beyond;
}

/* An exponent, if one stands here; "1em" has none. */
static int read_exponent(struct str text, size_t *at)
{
    const int most = 9999;
    size_t from = *at + 1;
    if (*at >= text.n || ascii_lower(text.p[*at]) != 'e')
        return 0;
    bool negative = from < text.n && text.p[from] == '-';
    if (from < text.n && (text.p[from] == '-' || text.p[from] == '+'))
        from++;
    if (from >= text.n || !ascii_is_digit(text.p[from]))
        return 0;
    int value = 0;
    for (; from < text.n && ascii_is_digit(text.p[from]); from++)
        value = value < most ? value * 10 + (text.p[from] - '0') : most;
    *at = from;
    return negative ? -value : value;
}

bool svg_value_number(struct str text, size_t *at, double *value)
{
    size_t from = *at;
    bool negative = from < text.n && text.p[from] == '-';
    if (from < text.n && (text.p[from] == '-' || text.p[from] == '+'))
        from++;
    double digits = 0;
    int significant = 0;
    size_t start = from;
    int exponent = read_digits(text, &from, &digits, &significant);
    size_t whole = from - start, fraction = 0;
    if (from + 1 < text.n && text.p[from] == '.' && ascii_is_digit(text.p[from + 1])) {
        start = ++from;
        exponent += read_digits(text, &from, &digits, &significant);
        fraction = from - start;
    }
    if (!whole && !fraction)
        return false;
    exponent += read_exponent(text, &from) - (int)fraction;
    double number = digits > 0 ? digits * pow(10, exponent) : 0;
    if (exponent < 0 && exponent > -300 && digits > 0)
        number = digits / pow(10, -exponent); /* rounds right, where the power is exact */
    if (!(number <= SVG_MOST))
        return false;
    *value = negative ? -number : number;
    *at = from;
    return true;
}

bool svg_value_length(struct str text, const struct svg_measures *measures, enum svg_axis axis, double *value)
{
    static const struct {
        const char *name;
        double units;
    } UNITS[] = {{"", 1}, {"px", 1}, {"pt", 4.0 / 3}, {"pc", 16}, {"in", 96}, {"mm", 96 / 25.4},
        {"cm", 960 / 25.4}, {"Q", 24 / 25.4}};
    size_t at = 0;
    text = str_trim(text);
    if (!svg_value_number(text, &at, value))
        return false;
    struct str unit = str_slice(text, at, text.n);
    double scale = NAN;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (str_is(unit, UNITS[i].name))
            scale = UNITS[i].units;
    if (str_is(unit, "em"))
        scale = measures->font_size;
    if (str_is(unit, "%") && axis == AXIS_X)
        scale = measures->width / 100;
    if (str_is(unit, "%") && axis == AXIS_Y)
        scale = measures->height / 100;
    if (str_is(unit, "%") && axis == AXIS_BOTH)
        scale = sqrt((measures->width * measures->width + measures->height * measures->height) / 2) / 100;
    *value *= scale;
    return fabs(*value) <= SVG_MOST; /* not if the unit is none: NAN */
}

int svg_value_numbers(struct str text, int most, double *values)
{
    int count = 0;
    size_t at = 0;
    for (svg_value_space(text, &at); at < text.n; count++) {
        if (count == most || !svg_value_number(text, &at, &values[count]))
            return -1;
        if (svg_value_comma(text, &at) && at == text.n)
            return -1;
    }
    return count;
}

/* ---- Colors ---- */

static bool same_word(struct str text, const char *word)
{
    struct str other = str_from(word);
    if (text.n != other.n)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (ascii_lower(text.p[i]) != other.p[i])
            return false;
    return true;
}

/* "rgb(…)" or "rgba(…)": three numbers or percentages, and perhaps how much covers. */
static enum svg_color read_function(struct str text, struct color *color)
{
    uint8_t *const parts[] = {&color->r, &color->g, &color->b};
    size_t at = 0;
    while (at < text.n && text.p[at++] != '(')
        continue;
    struct str inner = str_slice(text, at, text.n - 1);
    at = 0;
    for (int i = 0; i < 4; i++) {
        double value;
        svg_value_space(inner, &at);
        if (at == inner.n)
            return i == 3 ? SVG_COLOR : SVG_COLOR_BAD;
        if (!svg_value_number(inner, &at, &value))
            return SVG_COLOR_BAD;
        bool percent = at < inner.n && inner.p[at] == '%';
        at += percent;
        if (!svg_value_comma(inner, &at) && at < inner.n && inner.p[at] == '/')
            at++;
        if (i == 3)
            return at < inner.n ? SVG_COLOR_BAD : value >= (percent ? 100 : 1) ? SVG_COLOR : SVG_COLOR_ALPHA;
        value = percent ? value * 255 / 100 : value;
        *parts[i] = (uint8_t)lround(fmin(fmax(value, 0), 255));
    }
    return SVG_COLOR_BAD;
}

/* "#rgba" and "#rrggbbaa". */
static enum svg_color read_hex(struct str text, struct color *color)
{
    if (text.n != 5 && text.n != 9)
        return color_parse(text, color) ? SVG_COLOR : SVG_COLOR_BAD;
    size_t digits = text.n / 4;
    struct str alpha = str_slice(text, text.n - digits, text.n);
    struct color checked;
    char hex[] = "#000000";
    for (size_t i = 0; i < 6; i++)
        hex[1 + i] = alpha.p[i % digits];
    if (!color_parse(str_slice(text, 0, text.n - digits), color) || !color_parse(str_from(hex), &checked))
        return SVG_COLOR_BAD;
    return same_word(alpha, "f") || same_word(alpha, "ff") ? SVG_COLOR : SVG_COLOR_ALPHA;
}

enum svg_color svg_value_color(struct str text, struct color *color)
{
    *color = (struct color){0, 0, 0};
    if (same_word(text, "none") || same_word(text, "transparent"))
        return SVG_COLOR_NONE;
    if (same_word(text, "currentcolor"))
        return SVG_COLOR_CURRENT;
    if (str_starts(text, "#"))
        return read_hex(text, color);
    if (text.n > 5 && str_ends(text, ")") &&
        (same_word(str_slice(text, 0, 4), "rgb(") || same_word(str_slice(text, 0, 5), "rgba(")))
        return read_function(text, color);
    return svg_color_named(text, color) ? SVG_COLOR : SVG_COLOR_BAD;
}

/* ---- Transforms ---- */

struct matrix svg_value_multiply(struct matrix outer, struct matrix inner)
{
    return (struct matrix){
        .a = outer.a * inner.a + outer.c * inner.b,
        .b = outer.b * inner.a + outer.d * inner.b,
        .c = outer.a * inner.c + outer.c * inner.d,
        .d = outer.b * inner.c + outer.d * inner.d,
        .e = outer.a * inner.e + outer.c * inner.f + outer.e,
        .f = outer.b * inner.e + outer.d * inner.f + outer.f,
    };
}

/* One transform from its name and its numbers; false if there are too few or too many. */
static bool make_transform(struct str name, const double *n, int count, struct matrix *made)
{
    const double radian = acos(-1) / 180;
    double cosine = cos(n[0] * radian), sine = sin(n[0] * radian);
    if (str_is(name, "matrix") && count == 6)
        *made = (struct matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
    else if (str_is(name, "translate") && (count == 1 || count == 2))
        *made = (struct matrix){1, 0, 0, 1, n[0], n[1]};
    else if (str_is(name, "scale") && (count == 1 || count == 2))
        *made = (struct matrix){n[0], 0, 0, count == 1 ? n[0] : n[1], 0, 0};
    else if (str_is(name, "rotate") && (count == 1 || count == 3))
        *made = (struct matrix){cosine, sine, -sine, cosine, n[1] - cosine * n[1] + sine * n[2],
            n[2] - sine * n[1] - cosine * n[2]};
    else if (str_is(name, "skewX") && count == 1)
        *made = (struct matrix){1, 0, tan(n[0] * radian), 1, 0, 0};
    else if (str_is(name, "skewY") && count == 1)
        *made = (struct matrix){1, tan(n[0] * radian), 0, 1, 0, 0};
    else
        return false;
    return true;
}

bool svg_value_transform(struct str text, struct matrix *matrix, struct str *bad)
{
    size_t at = 0;
    *matrix = IDENTITY;
    if (str_is(str_trim(text), "none"))
        return true;
    for (svg_value_space(text, &at); at < text.n; svg_value_comma(text, &at)) {
        size_t start = at, open, close;
        double numbers[6] = {0};
        struct matrix made;
        open = str_find(text, "(", at);
        close = open == SIZE_MAX ? open : str_find(text, ")", open);
        *bad = str_slice(text, start, close == SIZE_MAX ? text.n : close + 1);
        if (close == SIZE_MAX)
            return false;
        int count = svg_value_numbers(str_slice(text, open + 1, close), 6, numbers);
        if (count < 0 || !make_transform(str_trim(str_slice(text, start, open)), numbers, count, &made))
            return false;
        *matrix = svg_value_multiply(*matrix, made);
        at = close + 1;
    }
    return true;
}
