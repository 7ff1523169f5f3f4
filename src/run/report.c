#include "run/report.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum { TAB_STOP = 4, WIDEST_EXCERPT = 100, EXCERPT_BEFORE = 60 };

struct report report_new(struct arena *arena, FILE *stream, const struct options *options)
{
    return (struct report){.arena = arena,
        .stream = stream,
        .verbosity = options->verbosity,
        .deny_warnings = options->deny_warnings};
}

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

static void put_excerpt(const struct diag *diag, struct buf *out)
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
        for (size_t i = excerpt.from; i < excerpt.to; i++)
            buf_char(out, '^');
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

void report_format(const struct diag *diag, struct buf *out)
{
    static const char *const severities[] = {[SEVERITY_NOTE] = "note",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
        [SEVERITY_MACHINE] = "error"};
    report_visible(out, str_from(diag->file ? diag->file : "handout"));
    if (diag->file && diag->line)
        buf_printf(out, ":%zu", diag->line);
    if (diag->file && diag->line && diag->column)
        buf_printf(out, ":%zu", diag->column);
    buf_printf(out, ": %s: ", severities[diag->severity]);
    report_visible(out, str_from(diag->message));
    buf_printf(out, " [%s]\n", diag->code);
    if (diag->excerpt && diag->line)
        put_excerpt(diag, out);
    if (diag->reason)
        put_reason(diag, out);
}

static void count(struct report *report, enum severity severity)
{
    report->warnings += severity == SEVERITY_WARNING;
    report->errors += severity >= SEVERITY_ERROR;
    report->machine_errors += severity == SEVERITY_MACHINE;
}

static bool is_shown(const struct report *report, enum severity severity)
{
    if (report->verbosity != VERBOSITY_QUIET || severity >= SEVERITY_ERROR)
        return true;
    return severity == SEVERITY_WARNING && report->deny_warnings; /* what fails the run is never hidden */
}

/* One write for the whole of a diagnostic, so that the lines of two programs do not mix. */
/* What is reported on standard output is the result, so that losing it is a failure; told once, where it can
 * be. */
static void put(struct report *report, const struct buf *text)
{
    bool written = fwrite(text->p, 1, text->n, report->stream) == text->n && fflush(report->stream) == 0;
    if (written || report->broken || report->stream != stdout)
        return;
    report->broken = true;
    report->machine_errors++;
    fprintf(
        stderr, "handout: error: cannot write to standard output: %s [output-unwritable]\n", strerror(errno));
}

void report_diag(struct report *report, const struct diag *diag)
{
    struct buf text = {0};
    report_format(diag, &text);
    struct str key = str_copy(report->arena, buf_slice(&text));
    if (!map_put(report->arena, &report->said, key, report->arena)) {
        count(report, diag->severity);
        if (is_shown(report, diag->severity))
            put(report, &text);
    }
    buf_free(&text);
}

void report_diags(struct report *report, const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.n; i++)
        report_diag(report, &diags->list.at[i]);
    if (!diags->dropped)
        return;
    report_diag(report,
        &(struct diag){.severity = SEVERITY_NOTE,
            .code = "diagnostics-dropped",
            .file = diags->list.n ? diags->list.at[0].file : NULL,
            .message = arena_printf(report->arena, "%zu more diagnostics are not shown", diags->dropped)});
    /* Those that were dropped count all the same. */
    size_t kept[SEVERITY_MACHINE + 1] = {0};
    for (size_t i = 0; i < diags->list.n; i++)
        kept[diags->list.at[i].severity]++;
    report->warnings += diags->warnings - kept[SEVERITY_WARNING];
    report->errors += diags->errors - kept[SEVERITY_ERROR] - kept[SEVERITY_MACHINE];
    report->machine_errors += diags->machine_errors - kept[SEVERITY_MACHINE];
}

int report_usage(FILE *stream, enum command command, const char *problem)
{
    struct buf text = {0};
    buf_text(&text, "handout: ");
    report_visible(&text, str_from(problem));
    buf_printf(&text, "\nTry 'handout %s%s--help' for more information.\n",
        command == COMMAND_NONE ? "" : command_name(command), command == COMMAND_NONE ? "" : " ");
    fwrite(text.p, 1, text.n, stream);
    buf_free(&text);
    return STATUS_USAGE;
}

void report_verbose(struct report *report, const char *format, ...)
{
    if (report->verbosity != VERBOSITY_VERBOSE)
        return;
    char line[1024];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(line, sizeof line, format, list);
    va_end(list);
    struct buf text = {0};
    report_visible(&text, length < 0 ? STR("") : str_from(line));
    buf_char(&text, '\n');
    put(report, &text);
    buf_free(&text);
}

static void put_count(struct buf *out, size_t n, const char *noun)
{
    if (n)
        buf_printf(out, ", %zu %s%s", n, noun, n == 1 ? "" : "s");
}

void report_summary(struct report *report, size_t asked, size_t built)
{
    struct buf text = {0};
    if (asked != 1 && report->verbosity != VERBOSITY_QUIET) {
        if (built < asked)
            buf_printf(&text, "%zu of ", built);
        buf_printf(&text, "%zu handouts", asked);
        put_count(&text, report->errors, "error");
        put_count(&text, report->warnings, "warning");
        buf_char(&text, '\n');
    }
    if (report_status(report, built < asked) == STATUS_DENIED)
        buf_text(&text, "handout: the run fails because warnings are denied\n");
    if (text.n)
        put(report, &text);
    buf_free(&text);
}

int report_status(const struct report *report, bool failed)
{
    if (report->machine_errors)
        return STATUS_MACHINE;
    if (report->errors || failed)
        return STATUS_FAILED;
    return report->warnings && report->deny_warnings ? STATUS_DENIED : STATUS_DONE;
}
