#include "run/report_parts.h"

#include "base/utf8.h"

enum { TAB_STOP = 4, WIDEST_EXCERPT = 100, EXCERPT_BEFORE = 60 };

/* Columns of a terminal that a harmless character takes: a good guess, after Unicode TR 11. */
static size_t char_columns(uint32_t c)
{
    static const struct utf8_range marks[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A},
        {0x64B, 0x65F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
        {0xFE20, 0xFE2F}};
    static const struct utf8_range wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    if (utf8_is_within(c, marks, sizeof marks / sizeof *marks))
        return 0;
    return utf8_is_within(c, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

struct str report_fit(struct str text, size_t columns)
{
    size_t taken = 0, fitting = 0;
    for (size_t at = 0; at < text.n; fitting = at) {
        taken += char_columns(utf8_next(text, &at));
        if (taken > columns)
            break;
    }
    return str_slice(text, 0, fitting);
}

/* Appends one character, made visible, and returns the columns that it takes when it stands at `column` (from
 * 0). */
static size_t put_char(struct buf *out, uint32_t c, struct str bytes, size_t column)
{
    size_t start = out->n;
    if (c == '\t') {
        size_t columns = TAB_STOP - column % TAB_STOP;
        for (size_t i = 0; i < columns; i++)
            buf_char(out, ' ');
        return columns;
    }
    if (c == 0xFFFD && bytes.n == 1) { /* a byte that is not UTF-8 */
        buf_printf(out, "\\x%02x", (unsigned char)bytes.p[0]);
        return out->n - start;
    }
    if (utf8_is_unsafe(c)) {
        buf_printf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
        return out->n - start;
    }
    buf_str(out, bytes);
    return char_columns(c);
}

void report_visible(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\n')
            buf_text(out, "\\n");
        else if (c == '\t')
            buf_text(out, "\\t");
        else
            put_char(out, c, str_slice(text, from, at), 0);
    }
}

/* The excerpt made visible, and the columns between which its underlining lies. */
struct excerpt {
    struct buf text;
    size_t from, to;
};

/* Only a part of a long line is shown: that around the column, with an ellipsis at each cut. */
static void draw_excerpt(const struct diag *diag, struct excerpt *excerpt)
{
    struct str line = str_from(diag->excerpt);
    size_t mark = diag->column ? diag->column - 1 : 0, chars = utf8_length(line);
    size_t first = chars > WIDEST_EXCERPT && mark > EXCERPT_BEFORE ? mark - EXCERPT_BEFORE : 0;
    size_t last = chars - first > WIDEST_EXCERPT ? first + WIDEST_EXCERPT : chars;
    size_t column = 0, index = 0;
    if (first) {
        buf_text(&excerpt->text, "…");
        column++;
    }
    for (size_t at = 0; at < line.n && index < last; index++) {
        size_t from = at;
        uint32_t c = utf8_next(line, &at);
        if (index < first)
            continue;
        if (index == mark)
            excerpt->from = column;
        column += put_char(&excerpt->text, c, str_slice(line, from, at), column);
        if (index >= mark && index < mark + diag->width)
            excerpt->to = column;
    }
    if (mark >= last)
        excerpt->from = column;
    if (last < chars)
        buf_text(&excerpt->text, "…");
    if (excerpt->to <= excerpt->from)
        excerpt->to = excerpt->from + 1;
}

/* Colors of a terminal (ECMA-48), if it is one that has them. */
static void put_color(struct buf *out, bool color, const char *codes)
{
    if (color)
        buf_printf(out, "\x1b[%sm", codes);
}

static const char *severity_color(enum severity severity)
{
    switch (severity) {
    case SEVERITY_NOTE: return "1;36";
    case SEVERITY_WARNING: return "1;35";
    case SEVERITY_ERROR:
    case SEVERITY_MACHINE: break;
    }
    return "1;31";
}

static void put_excerpt(const struct diag *diag, bool color, struct buf *out)
{
    struct excerpt excerpt = {0};
    draw_excerpt(diag, &excerpt);
    size_t start = out->n;
    buf_printf(out, "%3zu | ", diag->line);
    size_t gutter = out->n - start - 2;
    buf_str(out, buf_slice(&excerpt.text));
    while (out->p[out->n - 1] == ' ')
        out->n--;
    buf_char(out, '\n');
    if (diag->column) {
        for (size_t i = 0; i < gutter; i++)
            buf_char(out, ' ');
        buf_text(out, "| ");
        for (size_t i = 0; i < excerpt.from; i++)
            buf_char(out, ' ');
        put_color(out, color, severity_color(diag->severity));
        for (size_t i = excerpt.from; i < excerpt.to; i++)
            buf_char(out, '^');
        put_color(out, color, "");
        buf_char(out, '\n');
    }
    buf_free(&excerpt.text);
}

/* "    = why it matters (where that comes from)" */
static void put_reason(const struct diag *diag, struct buf *out)
{
    buf_text(out, "    = ");
    report_visible(out, str_from(diag->reason));
    if (diag->basis) {
        buf_text(out, " (");
        report_visible(out, str_from(diag->basis));
        buf_char(out, ')');
    }
    buf_char(out, '\n');
}

const char *report_severity(enum severity severity)
{
    static const char *const names[] = {[SEVERITY_NOTE] = "note",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
        [SEVERITY_MACHINE] = "error"};
    return names[severity];
}

void report_text(const struct diag *diag, bool color, struct buf *out)
{
    put_color(out, color, "1");
    report_visible(out, str_from(diag->file ? diag->file : "handout"));
    if (diag->file && diag->line)
        buf_printf(out, ":%zu", diag->line);
    if (diag->file && diag->line && diag->column)
        buf_printf(out, ":%zu", diag->column);
    buf_char(out, ':');
    put_color(out, color, "");
    buf_char(out, ' ');
    put_color(out, color, severity_color(diag->severity));
    buf_printf(out, "%s:", report_severity(diag->severity));
    put_color(out, color, "");
    buf_char(out, ' ');
    report_visible(out, str_from(diag->message));
    buf_printf(out, " [%s]\n", diag->code);
    if (diag->excerpt && diag->line)
        put_excerpt(diag, color, out);
    if (diag->reason)
        put_reason(diag, out);
}

void report_format(const struct diag *diag, struct buf *out)
{
    report_text(diag, false, out);
}
