#include "run/report_parts.h"

#include <string.h>

/* Workflow commands, as GitHub's documentation and its runner have them: "::error file=a,line=1::text". The
 * runner reads a command a line, so that what would end a line or a property is escaped; of other characters
 * that control a terminal none gets into the log. */

/* Appends text in which the characters of `marks` stand as "%XX". */
static void put_escaped(struct buf *out, struct str text, const char *marks)
{
    struct buf visible = {0};
    while (text.n) { /* a line end is escaped, and not shown as report_visible would */
        size_t end = 0;
        while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
            end++;
        report_visible(&visible, str_slice(text, 0, end));
        if (end < text.n)
            buf_char(&visible, text.p[end++]);
        text = str_slice(text, end, text.n);
    }
    for (size_t i = 0; i < visible.n; i++) {
        if (strchr(marks, visible.p[i]))
            buf_printf(out, "%%%02X", (unsigned)visible.p[i]);
        else
            buf_char(out, visible.p[i]);
    }
    buf_free(&visible);
}

/* Appends a property; the first one stands behind a space. */
static void put_property(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "%s%s=", strchr(out->p, ' ') ? "," : " ", name);
    put_escaped(out, str_from(text), "%\r\n:,");
}

static void put_number(struct buf *out, const char *name, size_t number)
{
    buf_printf(out, ",%s=%zu", name, number);
}

static void put_place(struct arena *arena, const struct diag *diag, struct buf *out)
{
    const char *whole, *path = report_path(arena, diag->file, &whole);
    put_property(out, "file", path ? path : whole);
    if (!diag->line)
        return;
    put_number(out, "line", diag->line);
    put_number(out, "endLine", diag->line);
    if (!diag->column)
        return;
    put_number(out, "col", diag->column);
    put_number(out, "endColumn", diag->column + diag->width);
}

void report_github(struct arena *arena, const struct finding *finding, struct buf *out)
{
    static const char *const commands[] = {[SEVERITY_NOTE] = "::notice",
        [SEVERITY_WARNING] = "::warning",
        [SEVERITY_ERROR] = "::error",
        [SEVERITY_MACHINE] = "::error"};
    const struct diag *diag = &finding->diag;
    struct buf command = {0};
    buf_text(&command, commands[diag->severity]);
    if (diag->file)
        put_place(arena, diag, &command);
    put_property(&command, "title", diag->code);
    buf_text(&command, "::");
    struct buf message = {0};
    buf_text(&message, diag->message);
    if (diag->reason)
        buf_printf(&message, "\n%s", diag->reason);
    if (diag->reason && diag->basis)
        buf_printf(&message, " (%s)", diag->basis);
    put_escaped(&command, buf_slice(&message), "%\r\n");
    buf_char(&command, '\n');
    buf_str(out, buf_slice(&command));
    buf_free(&message);
    buf_free(&command);
}
