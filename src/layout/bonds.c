#include "layout/bonds.h"

#include "base/utf8.h"

#include <string.h>

enum { LONGEST = 48 /* bytes of a word that are looked at: what is longer is none of these */ };

/* ---- The words on both sides ---- */

static struct str word_before(struct str text, size_t at)
{
    size_t end = at;
    while (end > 0 && ascii_is_space(text.p[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && !ascii_is_space(text.p[start - 1]) && end - start < LONGEST)
        start--;
    return str_slice(text, start, end);
}

static struct str word_after(struct str text, size_t at)
{
    size_t start = at;
    while (start < text.n && ascii_is_space(text.p[start]))
        start++;
    size_t end = start;
    while (end < text.n && !ascii_is_space(text.p[end]) && end - start < LONGEST)
        end++;
    return str_slice(text, start, end);
}

static bool starts_with_any(struct str s, const char *const marks[], size_t count, size_t *size)
{
    for (size_t i = 0; i < count; i++) {
        *size = strlen(marks[i]);
        if (str_starts(s, marks[i]))
            return true;
    }
    return false;
}

/* A word without the quotation marks and brackets before it. */
static struct str without_openers(struct str word)
{
    static const char *const openers[] = {
        "(", "[", "\"", "'", "\u201C", "\u2018", "\u00AB", "\u00BF", "\u00A1"};
    size_t size;
    if (word.n && (ascii_is_alpha(word.p[0]) || ascii_is_digit(word.p[0]))) /* most are plain */
        return word;
    while (starts_with_any(word, openers, sizeof openers / sizeof *openers, &size))
        word = str_slice(word, size, word.n);
    return word;
}

/* A word without the punctuation behind it. */
static struct str without_closers(struct str word)
{
    static const char *const curly[] = {"\u201D", "\u2019", "\u00BB"};
    for (;;) {
        size_t n = word.n;
        if (n && strchr(".,;:!?)]\"'", word.p[n - 1]))
            word.n--;
        for (size_t i = 0; i < sizeof curly / sizeof *curly; i++)
            if (str_ends(word, curly[i]))
                word.n -= strlen(curly[i]);
        if (word.n == n)
            return word;
    }
}

static bool is_one_of(struct str word, const char *const words[])
{
    for (; word.n && *words; words++)
        if (word.p[0] == **words && str_is(word, *words))
            return true;
    return false;
}

/* As is_one_of, whatever the case of ASCII letters; the words of the list are in small letters. */
static bool is_one_of_small(struct str word, const char *const words[])
{
    char small[LONGEST];
    if (word.n > sizeof small)
        return false;
    for (size_t i = 0; i < word.n; i++)
        small[i] = ascii_lower(word.p[i]);
    return is_one_of((struct str){small, word.n}, words);
}

static bool is_letter(char c)
{
    return ascii_is_alpha(c) || (unsigned char)c >= 0xC3; /* not U+0080 to U+00BF: those are signs */
}

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

static bool starts_with_digit(struct str word)
{
    return word.n && ascii_is_digit(word.p[0]);
}

/* ---- Function words ---- */

static bool is_language(struct str lang, const char *primary)
{
    return lang.n >= 2 && lang.p[0] == primary[0] && lang.p[1] == primary[1] &&
           (lang.n == 2 || lang.p[2] == '-');
}

unsigned char bond_of_word(struct str word, struct str lang)
{
    enum { MOST_LETTERS = 3, MOST_BYTES = MOST_LETTERS + 6 /* with what opens before it */ };
    static const char *const english_articles[] = {"a", "an", "the", "i", NULL};
    static const char *const english[] = {
        "of", "to", "in", "on", "at", "by", "or", "as", "if", "for", "no", "my", NULL};
    static const char *const spanish_articles[] = {
        "el", "la", "los", "las", "un", "una", "lo", "al", "del", NULL};
    static const char *const spanish[] = {
        "de", "en", "a", "o", "y", "e", "u", "con", "por", "se", "su", "que", "ni", "mi", "no", NULL};
    bool is_spanish = is_language(lang, "es"), is_english = is_language(lang, "en");
    if (word.n > MOST_BYTES)
        return BOND_NONE;
    word = without_openers(word);
    if (word.n > MOST_LETTERS || (!is_spanish && !is_english))
        return BOND_NONE;
    if (is_one_of_small(word, is_spanish ? spanish_articles : english_articles))
        return BOND_ARTICLE;
    return is_one_of_small(word, is_spanish ? spanish : english) ? BOND_SHORT : BOND_NONE;
}

/* ---- Numbers ---- */

static bool ends_with_number(struct str word)
{
    static const char *const fractions[] = {"\u00BD", "\u00BC", "\u00BE"};
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (str_ends(word, fractions[i]))
            return true;
    return word.n && ascii_is_digit(word.p[word.n - 1]);
}

/* Digits with the marks of thousands and decimals, and not a year. */
static bool is_count(struct str word)
{
    enum { YEAR_DIGITS = 4 };
    for (size_t i = 0; i < word.n; i++)
        if (!ascii_is_digit(word.p[i]) && word.p[i] != ',' && word.p[i] != '.')
            return false;
    bool is_year = word.n == YEAR_DIGITS && (str_starts(word, "19") || str_starts(word, "20"));
    return starts_with_digit(word) && ascii_is_digit(word.p[word.n - 1]) && !is_year;
}

/* A unit or sign that belongs to the number before it. "in" is not among them: it is a word. */
static bool is_unit(struct str word)
{
    static const char *const units[] = {"mg", "mcg", "\u00B5g", "\u03BCg", "g", "kg", "ml", "mL", "l", "L",
        "dl", "dL", "cc", "mm", "cm", "m", "km", "ft", "lb", "lbs", "oz", "\u00B0C", "\u00B0F", "\u00B0", "%",
        "mmHg", "mmol", "mEq", "IU", "UI", "kcal", "cal", "Hz", "pt", "h", "hr", "hrs", "min", "s", "am",
        "pm", "AM", "PM", "a.m", "p.m", "\u20AC", "$", "USD", NULL};
    struct str head = without_closers(word);
    for (size_t i = 0; i < head.n; i++)
        if (head.p[i] == '/' && i > 0)
            head.n = i; /* "mg/dL" goes by its "mg" */
    return is_one_of(head, units);
}

/* A part of a telephone number: "+1", "(555)", "010-0199". */
static bool is_phone_part(struct str word)
{
    if (!word.n || is_letter(word.p[0]))
        return false;
    word = without_closers(word);
    size_t digits = 0;
    for (size_t i = 0; i < word.n; i++) {
        digits += ascii_is_digit(word.p[i]);
        if (!ascii_is_digit(word.p[i]) && !strchr("+()-.", word.p[i]))
            return false;
    }
    return digits > 0;
}

static size_t digits_of(struct str word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.n; i++)
        digits += ascii_is_digit(word.p[i]);
    return digits;
}

/* Are both words parts of one telephone number? That has 7 to 15 digits (ITU-T E.164). */
static bool is_phone(struct str text, struct str before, struct str after)
{
    enum { MOST_PARTS = 6, FEWEST = 7, MOST = 15 };
    if (!is_phone_part(before) || !is_phone_part(after) || (!starts_with_digit(after) && after.p[0] != '('))
        return false;
    if (before.p[before.n - 1] == '.' || before.p[before.n - 1] == ',')
        return false; /* the end of a sentence, a list of numbers */
    size_t digits = digits_of(before) + digits_of(after);
    struct str word = before;
    for (int i = 0; i < MOST_PARTS && word.p > text.p; i++) {
        word = word_before(text, (size_t)(word.p - text.p));
        if (!is_phone_part(word))
            break;
        digits += digits_of(word);
    }
    word = after;
    for (int i = 0; i < MOST_PARTS; i++) {
        word = word_after(text, (size_t)(word.p - text.p) + word.n);
        if (!starts_with_digit(word) || !is_phone_part(word))
            break;
        digits += digits_of(word);
    }
    return digits >= FEWEST && digits <= MOST;
}

/* "10 000": the digits before, and three more. */
static bool is_grouped(struct str before, struct str after)
{
    enum { GROUP = 3 };
    after = without_closers(after);
    return before.n <= GROUP && digits_of(before) == before.n && before.n && after.n == GROUP &&
           digits_of(after) == GROUP;
}

/* "$5 million", "3 millones". */
static bool is_scaled(struct str before, struct str after)
{
    static const char *const scales[] = {"million", "billion", "thousand", "millones", "mil", NULL};
    if (str_starts(before, "$"))
        before = str_slice(before, 1, before.n);
    return is_count(before) && is_one_of(without_closers(after), scales);
}

/* What a number has to do with the word behind it. */
static unsigned char bond_of_number(struct str text, struct str before, struct str after)
{
    if (ends_with_number(before) && is_unit(after))
        return BOND_FIXED;
    if (is_phone(text, before, after) || is_grouped(before, after))
        return BOND_FIXED;
    if (is_scaled(before, after))
        return BOND_FIXED;
    return is_count(before) && is_letter(after.p[0]) ? BOND_LOOSE : BOND_NONE;
}

/* What stands before a number and belongs to it. */
static unsigned char bond_to_number(struct str before)
{
    static const char *const labels[] = {"No.", "Nos.", "no.", "N.\u00BA", "n.\u00BA", "N\u00BA", "n\u00BA",
        "N\u00FAm.", "n\u00FAm.", "Fig.", "Figs.", "fig.", "figs.", "p.", "pp.", "p\u00E1g.", "p\u00E1gs.",
        "vol.", "Vol.", "cap.", "Cap.", "ch.", "Ch.", "art.", "ext.", "Ext.", "\u00A7", "#", "$", "US$",
        "USD", "\u20AC", "+", "\u00B1", "\u2212", NULL};
    static const char *const kinds[] = {"type", "grade", "stage", "page", "figure", "table", "step", "phase",
        "level", "part", "tipo", "grado", "fase", "etapa", "p\u00E1gina", "figura", "tabla", "paso", "nivel",
        "parte", "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.",
        "sept.", "oct.", "nov.", "dec.", NULL};
    before = without_openers(before);
    if (is_one_of(before, labels))
        return BOND_FIXED;
    return is_one_of_small(before, kinds) ? BOND_TIGHT : BOND_NONE;
}

/* ---- Abbreviations, citations, dashes ---- */

static bool is_title(struct str word)
{
    static const char *const titles[] = {"Dr.", "Drs.", "Dra.", "Mr.", "Mrs.", "Ms.", "Prof.", "Profa.",
        "St.", "Sr.", "Sra.", "Srta.", "D\u00F1a.", NULL};
    return str_ends(word, ".") && is_one_of(without_openers(word), titles);
}

/* "EE. UU.", "FF. AA.": a plural by doubled letters. */
static bool is_doubled(struct str before, struct str after)
{
    enum { SIZE = 3 };
    before = without_openers(before);
    return before.n == SIZE && after.n >= SIZE && before.p[0] == before.p[1] && is_capital(before.p[0]) &&
           before.p[2] == '.' && after.p[0] == after.p[1] && is_capital(after.p[0]) && after.p[2] == '.';
}

/* "[3]" and what it stands behind. */
static bool is_citation(struct str word)
{
    size_t at = 1;
    if (word.n < 3 || word.p[0] != '[' || !ascii_is_digit(word.p[1]))
        return false;
    while (at < word.n && (ascii_is_digit(word.p[at]) || word.p[at] == ','))
        at++;
    return at < word.n && word.p[at] == ']';
}

static bool is_dash(struct str word)
{
    return str_is(word, "\u2013") || str_is(word, "\u2014");
}

static bool starts_with_dash(struct str word)
{
    return str_starts(word, "\u2013") || str_starts(word, "\u2014");
}

/* Is the word before the first one of its sentence, and short? */
static bool opens_sentence(struct str text, struct str before)
{
    enum { SHORT = 4 };
    size_t start = (size_t)(before.p - text.p);
    if (before.n > SHORT + 2 || !before.n || !is_letter(before.p[before.n - 1]) || !start)
        return false;
    struct str bare = without_openers(before);
    if (bare.n > SHORT || !is_capital(bare.p[0]))
        return false;
    struct str last = word_before(text, start);
    return last.n > SHORT && strchr(".?!", last.p[last.n - 1]);
}

/* At a space. */
static unsigned char bond_at_space(struct str text, struct str before, struct str after, struct str lang)
{
    unsigned char bond = bond_of_word(before, lang);
    if (!before.n || !after.n)
        return BOND_NONE;
    if (is_citation(after) || is_dash(after) || is_doubled(before, after))
        return BOND_FIXED;
    if (is_title(before) && is_capital(without_openers(after).p[0]))
        return BOND_TIGHT;
    unsigned char of_number = bond_of_number(text, without_openers(before), after);
    unsigned char to_number = starts_with_digit(after) ? bond_to_number(before) : BOND_NONE;
    bond = of_number > bond ? of_number : bond;
    bond = to_number > bond ? to_number : bond;
    if (bond < BOND_LOOSE && opens_sentence(text, before))
        return BOND_LOOSE;
    return bond;
}

/* Within what stands between two spaces: at a dash, a stroke, or a hyphen. */
static unsigned char bond_within(struct str text, size_t at)
{
    enum { SHORT = 3 };
    struct str before = word_before(text, at), after = word_after(text, at);
    bool dash = str_ends(before, "\u2013") || str_ends(before, "\u2014");
    if (starts_with_dash(after) || is_dash(before))
        return BOND_FIXED; /* an opening dash stays with its word, any other with the word before it */
    if (dash)
        return starts_with_digit(after) ? BOND_FIXED : BOND_NONE; /* a range of numbers */
    if (str_ends(before, "/"))
        return is_unit(before) ? BOND_FIXED : BOND_LOOSE;
    if (str_ends(before, "-"))
        return without_openers(before).n <= SHORT ? BOND_TIGHT : BOND_LOOSE; /* "X-ray", "L4-L5" */
    return BOND_NONE;
}

unsigned char bond_at(struct str text, size_t at, struct str lang)
{
    if (at == 0 || at >= text.n)
        return BOND_NONE;
    if (!ascii_is_space(text.p[at - 1]))
        return bond_within(text, at);
    struct str before = word_before(text, at);
    bool plain = before.n && ascii_is_alpha(before.p[before.n - 1]) && ascii_is_alpha(text.p[at]);
    if (plain) { /* as nearly everywhere */
        unsigned char bond = bond_of_word(before, lang);
        return bond == BOND_NONE && opens_sentence(text, before) ? BOND_LOOSE : bond;
    }
    return bond_at_space(text, before, word_after(text, at), lang);
}
