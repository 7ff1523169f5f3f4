#include "run/report.h"

#include "run/report_parts.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A variable of the environment; empty if it is not set. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* Colors are for terminals. NO_COLOR (no-color.org) turns them off, CLICOLOR_FORCE on wherever the text goes
 * to. */
static bool wants_color(FILE *stream)
{
    const char *terminal = variable("TERM"), *force = variable("CLICOLOR_FORCE");
    if (*variable("NO_COLOR"))
        return false;
    if (*force && strcmp(force, "0") != 0)
        return true;
    return isatty(fileno(stream)) && *terminal && strcmp(terminal, "dumb") != 0;
}

/* Lines of progress would land inside a report that is for machines. */
static bool has_no_progress(const FILE *stream, const struct options *options)
{
    return options->verbosity == VERBOSITY_QUIET || (stream == stderr && options->format != FORMAT_TEXT);
}

struct report report_new(struct arena *arena, FILE *stream, const struct options *options)
{
    return (struct report){.arena = arena,
        .stream = stream,
        .command = options->command,
        .format = options->format,
        .verbosity = options->verbosity,
        .deny_warnings = options->deny_warnings,
        .color = options->format == FORMAT_TEXT && wants_color(stream),
        .progress = progress_new(options->progress, has_no_progress(stream, options))};
}

/* Is the report written at its end, as one document? */
static bool is_kept(const struct report *report)
{
    return report->format == FORMAT_SARIF || report->format == FORMAT_JUNIT;
}

/* -- the stream */

/* One write for the whole of a diagnostic, so that the lines of two programs do not mix. A report that is the
 * result, on standard output or for machines, must not be lost: that is a failure, told once, where it can
 * be. */
static void put(struct report *report, const struct buf *text)
{
    progress_hide(&report->progress, fileno(report->stream));
    bool written = fwrite(text->p, 1, text->n, report->stream) == text->n && fflush(report->stream) == 0;
    bool matters = report->stream == stdout || report->format != FORMAT_TEXT;
    if (written || report->broken || !matters)
        return;
    report->broken = true;
    report->machine_errors++;
    fprintf(stderr, "handout: error: cannot write to standard %s: %s [output-unwritable]\n",
        report->stream == stdout ? "output" : "error", strerror(errno));
}

/* A document that a signal must not cut in two, if it goes into a file. */
static void put_whole(struct report *report, const struct buf *text)
{
    struct stat status;
    sigset_t endings, before;
    sigemptyset(&endings);
    if (fstat(fileno(report->stream), &status) == 0 && S_ISREG(status.st_mode)) {
        sigaddset(&endings, SIGINT);
        sigaddset(&endings, SIGTERM);
        sigaddset(&endings, SIGHUP);
    }
    sigprocmask(SIG_BLOCK, &endings, &before);
    put(report, text);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Writes the line that comes before all others. */
static void begin(struct report *report)
{
    if (report->begun || report->format != FORMAT_JSON)
        return;
    report->begun = true;
    struct buf line = {0};
    report_json_run(report, &line);
    put(report, &line);
    buf_free(&line);
}

/* -- diagnostics */

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

bool report_is_fatal(const struct report *report, const struct finding *finding)
{
    enum severity severity = finding->diag.severity;
    return severity >= SEVERITY_ERROR || (severity == SEVERITY_WARNING && report->deny_warnings);
}

/* Writes a finding at once, or keeps it. */
static void tell(struct report *report, struct finding *finding)
{
    struct buf text = {0};
    begin(report);
    switch (report->format) {
    case FORMAT_TEXT: report_text(&finding->diag, report->color, &text); break;
    case FORMAT_JSON: report_json_finding(finding, &text); break;
    case FORMAT_GITHUB: report_github(report->arena, finding, &text); break;
    case FORMAT_SARIF:
    case FORMAT_JUNIT:
        finding->diag = diag_copy(report->arena, &finding->diag);
        vec_push(report->arena, &report->findings, finding);
        return;
    }
    put(report, &text);
    buf_free(&text);
    finding->diag = (struct diag){.severity = finding->diag.severity}; /* its texts go soon */
}

/* Adds a finding to those on the present task, once. */
static void relate(struct report *report, struct finding *finding)
{
    for (size_t i = 0; i < report->about.n; i++)
        if (report->about.at[i] == finding)
            return;
    vec_push(report->arena, &report->about, finding);
    if (is_kept(report) || !finding->tasks.n)
        vec_push(report->arena, &finding->tasks, report->task);
}

void report_diag(struct report *report, const struct diag *diag)
{
    struct buf text = {0};
    report_format(diag, &text);
    struct finding *finding = map_get(&report->said, buf_slice(&text));
    bool is_new = !finding;
    if (is_new) {
        finding = ARENA_NEW(report->arena, struct finding);
        finding->diag = *diag;
        if (is_shown(report, diag->severity))
            finding->number = ++report->finding_count;
        map_put(report->arena, &report->said, str_copy(report->arena, buf_slice(&text)), finding);
        count(report, diag->severity);
    }
    if (report->task && finding->number)
        relate(report, finding);
    if (is_new && finding->number)
        tell(report, finding);
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

/* -- results */

struct str report_name(const struct task *task)
{
    struct str name = str_from(task->name);
    return str_slice(name, 0, name.n - STR(".pdf").n);
}

const char *report_source(const struct task *task)
{
    return task->handout ? task->handout->path : task->file;
}

void report_task(struct report *report, const struct task *task)
{
    begin(report);
    report->task = task;
    report->about.n = 0;
}

void report_result(struct report *report, const struct outcome *outcome, bool good)
{
    const struct task *task = report->task;
    struct result result = {.task = task,
        .good = good,
        .pages = outcome->pages,
        .bytes = outcome->bytes,
        .findings = report->about.at,
        .finding_count = report->about.n};
    report->task = NULL;
    if (report->format == FORMAT_JSON) {
        struct buf line = {0};
        report_json_result(report, &result, &line);
        put(report, &line);
        buf_free(&line);
    } else if (is_kept(report)) {
        result.findings = ARENA_ARRAY(report->arena, const struct finding *, result.finding_count);
        for (size_t i = 0; i < result.finding_count; i++)
            result.findings[i] = report->about.at[i];
        vec_push(report->arena, &report->results, result);
    } else if (report->command == COMMAND_BUILD && good && outcome->pages) {
        report_verbose(report, "%s: %zu page%s, %zu bytes%s%s%s", task->path ? task->path : task->name,
            outcome->pages, outcome->pages == 1 ? "" : "s", outcome->bytes,
            outcome->current ? ", up to date" : "", outcome->cause ? "; built anew: " : "",
            outcome->cause ? outcome->cause : "");
    }
}

/* -- the rest */

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

static void put_line(struct report *report, const char *start, const char *format, va_list list)
{
    char line[1024];
    int length = vsnprintf(line, sizeof line, format, list);
    struct buf text = {0};
    buf_text(&text, start);
    report_visible(&text, length < 0 ? STR("") : str_from(line));
    buf_char(&text, '\n');
    put(report, &text);
    buf_free(&text);
}

void report_verbose(struct report *report, const char *format, ...)
{
    if (report->verbosity != VERBOSITY_VERBOSE || report->format != FORMAT_TEXT)
        return;
    va_list list;
    va_start(list, format);
    put_line(report, "", format, list);
    va_end(list);
}

void report_event(struct report *report, const char *format, ...)
{
    enum { TIME_SIZE = sizeof "12:03 " };
    char clock[TIME_SIZE];
    struct tm tm;
    time_t now = time(NULL);
    if (report->verbosity == VERBOSITY_QUIET || !localtime_r(&now, &tm) ||
        !strftime(clock, sizeof clock, "%H:%M ", &tm))
        return;
    va_list list;
    va_start(list, format);
    put_line(report, clock, format, list);
    va_end(list);
}

static void put_count(struct buf *out, size_t n, const char *noun)
{
    if (n)
        buf_printf(out, ", %zu %s%s", n, noun, n == 1 ? "" : "s");
}

void report_summary(struct report *report, size_t asked, size_t built, size_t current)
{
    report->asked = asked;
    report->built = built;
    if (report->format != FORMAT_TEXT && report->format != FORMAT_GITHUB) /* GitHub's log has room for it */
        return;
    struct buf text = {0};
    if (asked != 1 && report->verbosity != VERBOSITY_QUIET) {
        if (built < asked)
            buf_printf(&text, "%zu of ", built);
        buf_printf(&text, "%zu handouts", asked);
        if (current)
            buf_printf(&text, ", %zu up to date", current);
        put_count(&text, report->errors, "error");
        put_count(&text, report->warnings, "warning");
        if (report->stream == stderr) /* the findings of `check` are the same whenever they are made */
            progress_put_time(&report->progress, &text);
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

int report_finish(struct report *report, int status)
{
    struct buf text = {0};
    begin(report);
    switch (report->format) {
    case FORMAT_TEXT:
    case FORMAT_GITHUB: break;
    case FORMAT_JSON: report_json_summary(report, status, &text); break;
    case FORMAT_SARIF: report_sarif(report, status, &text); break;
    case FORMAT_JUNIT: report_junit(report, &text); break;
    }
    if (text.n)
        put_whole(report, &text);
    buf_free(&text);
    return report->broken ? STATUS_MACHINE : status;
}
