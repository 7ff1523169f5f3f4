#include "content/link.h"

#include "base/utf8.h"
#include "content/inline.h"
#include "content/reference.h"

#include <string.h>

/* Schemes that are left out of a printed address; the others are part of it. */
static const char *const HIDDEN_SCHEMES[] = {"https://", "http://", "mailto:", "tel:"};
/* Schemes that a leaflet has no use for, and that a viewer may run. */
static const char *const REFUSED_SCHEMES[] = {"javascript:", "vbscript:", "data:", "file:"};

static bool starts_with_any(struct str url, const char *const *schemes, size_t count, size_t *size)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(schemes[i]), same = 0;
        while (same < n && same < url.n && ascii_lower(url.p[same]) == schemes[i][same])
            same++;
        *size = n;
        if (same == n)
            return true;
    }
    *size = 0;
    return false;
}

size_t link_scheme(struct str url)
{
    size_t i = 0;
    while (i < url.n && (ascii_is_alpha(url.p[i]) || (i > 0 && (ascii_is_digit(url.p[i]) || url.p[i] == '+' ||
                                                                   url.p[i] == '.' || url.p[i] == '-'))))
        i++;
    return i > 1 && i < url.n && url.p[i] == ':' ? i + 1 : 0;
}

struct str link_encode(struct arena *arena, struct str url)
{
    struct buf out = {0};
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c < 0x80 && (ascii_is_alpha(c) || ascii_is_digit(c) || (c && strchr("-_.~!*'();/?:@&=+$,#%", c))))
            buf_char(&out, (char)c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    struct str encoded = str_copy(arena, buf_slice(&out));
    buf_free(&out);
    return encoded;
}

static int hex_digit(char c)
{
    char low = ascii_lower(c);
    return ascii_is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* The byte that "%XX" at `at` stands for, or -1. */
static int encoded_byte(struct str url, size_t at)
{
    if (at + 2 >= url.n || url.p[at] != '%')
        return -1;
    int high = hex_digit(url.p[at + 1]), low = hex_digit(url.p[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

struct str link_decode(struct arena *arena, struct str url)
{
    char *out = arena_alloc(arena, url.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < url.n;) {
        int byte = encoded_byte(url, i);
        out[n++] = byte >= 0 ? (char)byte : url.p[i];
        i += byte >= 0 ? 3 : 1;
    }
    struct str decoded = {out, n};
    return utf8_check(decoded) == SIZE_MAX ? decoded : url;
}

/* Can a reader see the character and type it as it is? Controls, white space, marks of direction, joiners,
 * private-use and unassigned specials cannot be. */
static bool is_readable(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alpha((int)c) || ascii_is_digit((int)c) || c == '-' || c == '.' || c == '_' ||
               c == '~';
    return c > 0xA0 && c != 0xAD && c != 0x1680 && c != 0x3000 && c != 0xFEFF &&
           !(c >= 0x2000 && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202F) && !(c >= 0x205F && c <= 0x206F) &&
           !(c >= 0xE000 && c <= 0xF8FF) && !(c >= 0xFFF0 && c <= 0xFFFF) && c < 0xE0000;
}

/* Decodes one percent-encoded character at `at` if it can be read; returns the bytes of the URL that it took,
 * or 0. */
static size_t decode_readable(struct str url, size_t at, struct buf *out)
{
    char bytes[4];
    size_t n = 0;
    for (int byte; n < sizeof bytes && (byte = encoded_byte(url, at + 3 * n)) >= 0; n++)
        bytes[n] = (char)byte;
    if (n == 0)
        return 0;
    size_t used = 0;
    uint32_t c = utf8_next((struct str){bytes, n}, &used);
    if (!is_readable(c))
        return 0;
    buf_put(out, bytes, used);
    return used * 3;
}

static struct str without_scheme(struct str url)
{
    size_t size;
    bool mail = starts_with_any(url, (const char *const[]){"mailto:"}, 1, &size);
    struct str query = url;
    if (mail)
        url = str_cut(&query, '?');
    if (starts_with_any(url, HIDDEN_SCHEMES, sizeof HIDDEN_SCHEMES / sizeof *HIDDEN_SCHEMES, &size))
        url = str_slice(url, size, url.n);
    if (url.n > 1 && url.p[url.n - 1] == '/')
        url.n--;
    return url;
}

struct str link_address(struct arena *arena, struct str url)
{
    struct buf out = {0};
    url = without_scheme(url);
    for (size_t i = 0; i < url.n;) {
        size_t used = decode_readable(url, i, &out);
        if (!used)
            buf_char(&out, url.p[i]);
        i += used ? used : 1;
    }
    struct str address = str_copy(arena, buf_slice(&out));
    buf_free(&out);
    return address;
}

/* Does the link's own text already say the address? For a telephone only the digits count. */
static bool says_address(struct str text, struct str url, struct str address)
{
    size_t size;
    if (starts_with_any(url, (const char *const[]){"tel:"}, 1, &size)) {
        size_t i = 0, j = 0, digits = 0;
        for (;; i++, j++, digits++) {
            while (i < text.n && !ascii_is_digit(text.p[i]))
                i++;
            while (j < address.n && !ascii_is_digit(address.p[j]))
                j++;
            if (i == text.n || j == address.n || text.p[i] != address.p[j])
                return digits > 0 && i == text.n && j == address.n;
        }
    }
    text = without_scheme(str_trim(text));
    for (size_t i = 0; i < text.n && text.n == address.n; i++)
        if (ascii_lower(text.p[i]) != ascii_lower(address.p[i]))
            return false;
    return text.n == address.n;
}

/* A variable's value as the start of a URL often lacks its scheme: "clinic.example.org", "info@example.org".
 */
static struct str with_scheme(struct arena *arena, struct str written, struct str filled)
{
    if (!str_starts(written, "{{") || !filled.n || link_scheme(filled) || filled.p[0] == '#' ||
        filled.p[0] == '/')
        return filled;
    bool mail = memchr(filled.p, '@', filled.n) && !memchr(filled.p, '/', filled.n);
    return str_printf(arena, "%s%.*s", mail ? "mailto:" : "https://", STR_FMT(filled));
}

struct str link_without_spaces(struct arena *arena, struct str url)
{
    size_t size, n = 0;
    if (!starts_with_any(url, (const char *const[]){"tel:"}, 1, &size))
        return url;
    char *out = arena_alloc(arena, url.n + 1);
    for (size_t i = 0; i < url.n; i++)
        if (!ascii_is_space(url.p[i]) && url.p[i] != '(' && url.p[i] != ')')
            out[n++] = url.p[i];
    return (struct str){out, n};
}

static bool has_blank(const struct doc_node *link)
{
    for (const struct doc_node *node = link->first; node; node = doc_next(node, link))
        if (node->kind == DOC_BLANK)
            return true;
    return false;
}

static struct doc_node *append_text(struct reader *reader, struct doc_node *parent, struct str text)
{
    struct doc_node *node = doc_new(reader->arena, DOC_TEXT, parent, parent->pos);
    node->text = text;
    return node;
}

/* The link becomes its text, with a blank for the address that is still to come. */
static void leave_blank(struct reader *reader, struct doc_node *link, struct str label)
{
    link->kind = DOC_SPAN;
    if (has_blank(link))
        return;
    if (link->first)
        append_text(reader, link, STR(" ("));
    bool text = link->first != NULL;
    doc_new(reader->arena, DOC_BLANK, link, link->pos)->blank.label = label;
    if (text)
        append_text(reader, link, STR(")"));
}

/* Says what is wrong with a URL; false if it must not be a link. Messages quote it as it was written: a
 * variable's value may be a patient's. */
static bool check_url(struct reader *reader, const struct doc_node *link, struct str url, struct str written)
{
    size_t size;
    if (!url.n) {
        diag_at(reader->diags, SEVERITY_WARNING, link->pos, "link-empty", "this link has no address");
        return false;
    }
    if (starts_with_any(url, REFUSED_SCHEMES, sizeof REFUSED_SCHEMES / sizeof *REFUSED_SCHEMES, &size)) {
        diag_at(reader->diags, SEVERITY_WARNING, link->pos, "link-scheme",
            "a link to '%.*s' is of no use to a reader, and only its text is printed",
            STR_FMT(str_slice(url, 0, size)));
        return false;
    }
    bool reported = str_starts(url, "{{"); /* an unknown variable */
    if (!link_scheme(url) && url.p[0] != '#' && !reported)
        diag_at(reader->diags, SEVERITY_WARNING, link->pos, "link-relative",
            "'%.*s' leads nowhere from a printed page (write the whole address, with https://)",
            STR_FMT(written));
    return true;
}

struct str link_fill(struct reader *reader, struct str written, struct pos pos, struct str *blank)
{
    return with_scheme(reader->arena, written, reference_fill(reader, written, pos, blank));
}

void link_finish(struct reader *reader, struct doc_node *link)
{
    struct arena *arena = reader->arena;
    struct str blank = STR(""), written = link->link.url;
    struct str url = link_fill(reader, written, link->pos, &blank);
    if (blank.n) {
        leave_blank(reader, link, blank);
        return;
    }
    url = link_without_spaces(arena, url);
    if (!check_url(reader, link, url, written)) {
        link->kind = DOC_SPAN;
        return;
    }
    link->link.url = link_encode(arena, url);
    struct str address = link_address(arena, link->link.url), veil = reference_veil(written);
    if (!link->first) {
        append_text(reader, link, address.n ? address : link->link.url)->veil = veil;
        return;
    }
    struct buf text = {0};
    doc_text(link, &text);
    if (url.p[0] != '#' && address.n && !says_address(buf_slice(&text), url, address)) {
        struct doc_node *printed = doc_new(arena, DOC_ADDRESS, link, link->pos);
        printed->text = address;
        printed->veil = veil;
    }
    buf_free(&text);
}
