#include "content/scan.h"

#include "base/utf8.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_ENTITY = 32, LONGEST_LABEL = 1000, MOST_PARENTHESES = 32, REPLACEMENT = 0xFFFD };

static const char CDATA[] = "<![CDATA[", CDATA_END[] = "]]>";

static char at_or_nul(struct str s, size_t at)
{
    return at < s.n ? s.p[at] : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

size_t scan_run(struct str s, size_t at, char c)
{
    size_t i = at;
    while (i < s.n && s.p[i] == c)
        i++;
    return i - at;
}

size_t scan_blanks(struct str s, size_t at)
{
    size_t i = at;
    while (i < s.n && is_blank(s.p[i]))
        i++;
    return i - at;
}

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    char low = ascii_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* "&#123;" and "&#x1F;": at most 7 decimal or 6 hexadecimal digits. */
static size_t scan_number(struct str s, size_t at, char *out, size_t *out_size)
{
    size_t i = at + 2, first;
    bool hex = ascii_lower(at_or_nul(s, i)) == 'x';
    i += hex;
    first = i;
    uint32_t value = 0;
    for (; i < s.n && i - first < (hex ? 7u : 8u); i++) {
        int digit = hex_value(s.p[i]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        value = value * (hex ? 16u : 10u) + (uint32_t)digit;
    }
    if (i == first || i - first > (hex ? 6u : 7u) || at_or_nul(s, i) != ';')
        return 0;
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        value = REPLACEMENT;
    *out_size = utf8_encode(value, out);
    return i + 1 - at;
}

/* What cmark makes of a named entity standing alone: the names are its business. */
static bool decode_name(struct str entity, char *out, size_t *out_size)
{
    cmark_node *root = cmark_parse_document(entity.p, entity.n, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(root);
    cmark_node *text = paragraph ? cmark_node_first_child(paragraph) : NULL;
    const char *literal = text ? cmark_node_get_literal(text) : NULL;
    size_t n = literal ? strlen(literal) : 0;
    bool decoded = n > 0 && n <= SCAN_ENTITY_MOST && !(n == entity.n && memcmp(literal, entity.p, n) == 0);
    if (decoded) {
        memcpy(out, literal, n);
        *out_size = n;
    } else if (strncmp(entity.p, "&Tab;", 5) == 0 || strncmp(entity.p, "&NewLine;", 9) == 0) {
        out[0] = entity.p[1] == 'T' ? '\t' : '\n'; /* white space that cmark trims */
        *out_size = 1;
        decoded = true;
    }
    cmark_node_free(root);
    return decoded;
}

size_t scan_entity(struct str s, size_t at, char out[SCAN_ENTITY_MOST], size_t *out_size)
{
    if (at_or_nul(s, at) != '&')
        return 0;
    if (at_or_nul(s, at + 1) == '#')
        return scan_number(s, at, out, out_size);
    size_t i = at + 1;
    while (i < s.n && i - at < LONGEST_ENTITY && (ascii_is_alpha(s.p[i]) || ascii_is_digit(s.p[i])))
        i++;
    if (i - at < 3 || at_or_nul(s, i) != ';')
        return 0;
    struct str entity = str_slice(s, at, i + 1);
    return decode_name(entity, out, out_size) ? entity.n : 0;
}

size_t scan_label(struct str s, size_t at)
{
    if (at_or_nul(s, at) != '[')
        return 0;
    for (size_t i = at + 1; i < s.n && i - at <= LONGEST_LABEL + 1; i++) {
        if (s.p[i] == ']')
            return i + 1 - at;
        if (s.p[i] == '[')
            return 0;
        if (s.p[i] == '\\' && ascii_is_punct(at_or_nul(s, i + 1)))
            i++;
    }
    return 0;
}

/* SIZE_MAX when there is no destination; a destination without brackets may be empty. */
static size_t destination(struct str s, size_t at)
{
    size_t i = at;
    if (at_or_nul(s, i) == '<') {
        for (i++; i < s.n && s.p[i] != '\n' && s.p[i] != '<'; i++) {
            if (s.p[i] == '>')
                return i + 1 - at;
            if (s.p[i] == '\\')
                i++;
        }
        return SIZE_MAX;
    }
    size_t open = 0;
    for (; i < s.n && !ascii_is_space(s.p[i]); i++) {
        if (s.p[i] == '\\' && ascii_is_punct(at_or_nul(s, i + 1)))
            i++;
        else if (s.p[i] == '(' && ++open > MOST_PARENTHESES)
            return SIZE_MAX;
        else if (s.p[i] == ')' && open == 0)
            break;
        else if (s.p[i] == ')')
            open--;
    }
    if (open)
        return SIZE_MAX;
    return i - at;
}

static size_t title(struct str s, size_t at)
{
    char open = at_or_nul(s, at), close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return 0;
    for (size_t i = at + 1; i < s.n; i++) {
        if (s.p[i] == close)
            return i + 1 - at;
        if (s.p[i] == '(' && open == '(')
            return 0;
        if (s.p[i] == '\\' && ascii_is_punct(at_or_nul(s, i + 1)))
            i++;
    }
    return 0;
}

static size_t white_space(struct str s, size_t at)
{
    size_t i = at;
    while (i < s.n && ascii_is_space(s.p[i]))
        i++;
    return i - at;
}

/* Blanks with at most one line end among them. */
static size_t blanks_and_line_end(struct str s, size_t at)
{
    size_t i = at + scan_blanks(s, at);
    if (at_or_nul(s, i) == '\n' && i < s.n) {
        i++;
        i += scan_blanks(s, i);
    }
    return i - at;
}

/* Where the line ends if only blanks are left on it: the offset behind the line end, else SIZE_MAX. */
static size_t line_end(struct str s, size_t at)
{
    at += scan_blanks(s, at);
    if (at >= s.n)
        return at;
    return s.p[at] == '\n' ? at + 1 : SIZE_MAX;
}

size_t scan_definition(struct str s, size_t at)
{
    size_t i = at + scan_label(s, at);
    if (i == at || !str_trim(str_slice(s, at + 1, i - 1)).n || at_or_nul(s, i) != ':')
        return 0;
    i++;
    i += blanks_and_line_end(s, i);
    size_t size = destination(s, i);
    if (size == SIZE_MAX || size == 0)
        return 0;
    i += size;
    size_t before_title = i, blanks = blanks_and_line_end(s, i);
    size_t end = SIZE_MAX;
    size = blanks ? title(s, i + blanks) : 0;
    if (size)
        end = line_end(s, i + blanks + size);
    if (end == SIZE_MAX)
        end = line_end(s, before_title);
    return end == SIZE_MAX ? 0 : end - at;
}

size_t scan_link_tail(struct str s, size_t at)
{
    if (at_or_nul(s, at) != '(')
        return 0;
    size_t i = at + 1;
    i += white_space(s, i);
    size_t size = destination(s, i);
    if (size == SIZE_MAX)
        return 0;
    i += size;
    size_t space = white_space(s, i);
    i += space;
    if (space)
        i += title(s, i);
    i += white_space(s, i);
    return at_or_nul(s, i) == ')' ? i + 1 - at : 0;
}

static size_t through(struct str s, size_t at, const char *end)
{
    size_t found = str_find(s, end, at);
    return found == SIZE_MAX ? 0 : found + strlen(end) - at;
}

/* A tag's attributes, or what a browser would take for them: quoted values may hold '>'. */
static size_t scan_tag(struct str s, size_t at, struct str *name)
{
    size_t i = at + 1 + (at_or_nul(s, at + 1) == '/'), first = i;
    if (!ascii_is_alpha(at_or_nul(s, i)))
        return 0;
    while (i < s.n && (ascii_is_alpha(s.p[i]) || ascii_is_digit(s.p[i]) || s.p[i] == '-'))
        i++;
    *name = str_slice(s, first, i);
    if (i < s.n && !ascii_is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>')
        return 0;
    while (i < s.n && s.p[i] != '>') {
        char c = s.p[i++];
        if (c == '<')
            return 0;
        if (c != '=')
            continue;
        i += white_space(s, i);
        char quote = at_or_nul(s, i);
        if (quote != '"' && quote != '\'')
            continue;
        const char *close = memchr(s.p + i + 1, quote, s.n - i - 1);
        if (!close)
            return 0;
        i = (size_t)(close - s.p) + 1;
    }
    return i < s.n ? i + 1 - at : 0;
}

struct str scan_cdata(struct str html)
{
    size_t begin = sizeof CDATA - 1, end = sizeof CDATA_END - 1;
    bool whole = html.n >= begin + end && str_starts(html, CDATA) && str_ends(html, CDATA_END);
    return whole ? str_slice(html, begin, html.n - end) : STR("");
}

size_t scan_html(struct str s, size_t at, enum scan_html *what, struct str *name)
{
    *name = STR("");
    *what = SCAN_OTHER;
    struct str rest = str_slice(s, at, s.n);
    if (str_starts(rest, "<!--")) {
        *what = SCAN_COMMENT;
        return through(s, at, "-->");
    }
    if (str_starts(rest, CDATA))
        return through(s, at, CDATA_END);
    if (str_starts(rest, "<?"))
        return through(s, at, "?>");
    if (str_starts(rest, "<!") && ascii_is_alpha(at_or_nul(s, at + 2)))
        return through(s, at, ">");
    *what = SCAN_TAG;
    return at_or_nul(s, at) == '<' ? scan_tag(s, at, name) : 0;
}
