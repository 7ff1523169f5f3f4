#include "run/progress.h"

#include "base/file.h"
#include "base/utf8.h"
#include "run/clock.h"
#include "run/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    DRAW_EVERY = 100,      /* ms between two drawings of a line */
    LOG_AFTER = 1000,      /* ms between two lines of a log, at least */
    LOG_EVERY = 60 * 1000, /* and at most: some services end a job that is silent for long */
    USUAL_COLUMNS = 80,
    FEWEST_COLUMNS = 20
};

/* Can the terminal take back what it shows? */
static bool is_able(const char *term)
{
    return term && *term && strcmp(term, "dumb") != 0;
}

struct progress progress_new(enum progress_wish wish, bool quiet)
{
    const char *ci = getenv("CI");
    bool terminal = isatty(STDERR_FILENO) == 1;
    struct progress progress = {.form = PROGRESS_NONE};
    if (quiet || wish == PROGRESS_NEVER)
        return progress;
    if (terminal && is_able(getenv("TERM")))
        progress.form = PROGRESS_LINE;
    else if (wish == PROGRESS_ALWAYS || terminal || (ci && *ci))
        progress.form = PROGRESS_LOG;
    return progress;
}

void progress_start(struct progress *progress, size_t total)
{
    if (progress->form == PROGRESS_NONE)
        return;
    progress->total = total;
    progress->started = progress->drawn = clock_now();
}

/* "100 s", "3 min", "2 h": whole ones, of a unit of which there are at least two. */
static void put_span(struct buf *out, double seconds)
{
    enum { MINUTE = 60, HOUR = 3600, MANY = 2 };
    long long whole = (long long)(seconds + 0.5);
    if (whole / MINUTE < MANY)
        buf_printf(out, "%lld s", whole);
    else if (whole / HOUR < MANY)
        buf_printf(out, "%lld min", whole / MINUTE);
    else
        buf_printf(out, "%lld h", whole / HOUR);
}

/* "412 of 1000 handouts, 398 a second, 2 s left" */
static void put_state(const struct progress *progress, long long now, struct buf *out)
{
    double seconds = (double)(now - progress->started) / 1000;
    buf_printf(out, "%zu of %zu handouts", progress->done, progress->total);
    if (!progress->done || seconds <= 0)
        return;
    double rate = (double)progress->done / seconds;
    buf_text(out, ", ");
    buf_number(out, rate, rate < 10 ? 1 : 0);
    buf_text(out, " a second, ");
    put_span(out, (double)(progress->total - progress->done) / rate);
    buf_text(out, " left");
}

static size_t terminal_columns(void)
{
    size_t columns;
#ifdef TIOCGWINSZ
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    if (str_to_size(str_from(getenv("COLUMNS")), 1000, &columns) && columns > 0)
        return columns;
    return USUAL_COLUMNS;
}

static void draw_line(struct progress *progress, long long now, const char *current)
{
    /* Another program has the terminal, say a shell from which this one was sent to the background. */
    if (tcgetpgrp(STDERR_FILENO) != getpgrp())
        return;
    struct buf state = {0}, line = {0};
    put_state(progress, now, &state);
    buf_text(&state, ": ");
    report_visible(&state, str_from(current));
    size_t columns = terminal_columns(); /* the last one stays free, or some terminals begin a new line */
    buf_char(&line, '\r');
    buf_str(
        &line, report_fit(buf_slice(&state), columns > FEWEST_COLUMNS ? columns - 1 : FEWEST_COLUMNS - 1));
    buf_text(&line, "\x1b[K");
    if (!file_put(STDERR_FILENO, buf_slice(&line)))
        progress->form = PROGRESS_NONE;
    progress->visible = true;
    progress->drawn = now;
    buf_free(&state);
    buf_free(&line);
}

static void write_log(struct progress *progress, long long now)
{
    struct buf line = {0};
    put_state(progress, now, &line);
    buf_char(&line, '\n');
    if (!file_put(STDERR_FILENO, buf_slice(&line)))
        progress->form = PROGRESS_NONE;
    progress->drawn = now;
    buf_free(&line);
}

void progress_show(struct progress *progress, size_t done, const char *current)
{
    if (progress->form == PROGRESS_NONE)
        return;
    long long now = clock_now(), since = now - progress->drawn;
    progress->done = done;
    size_t tenths = done * 10 / progress->total;
    if (progress->form == PROGRESS_LINE && since >= DRAW_EVERY) {
        draw_line(progress, now, current);
    } else if (progress->form == PROGRESS_LOG &&
               ((tenths > progress->told && since >= LOG_AFTER) || since >= LOG_EVERY)) {
        progress->told = tenths;
        write_log(progress, now);
    }
}

void progress_hide(struct progress *progress, int fd)
{
    if (!progress->visible || (fd != STDERR_FILENO && isatty(fd) != 1))
        return;
    file_put(STDERR_FILENO, STR("\r\x1b[K"));
    progress->visible = false;
}

void progress_put_time(const struct progress *progress, struct buf *out)
{
    if (progress->form == PROGRESS_NONE || !progress->total)
        return;
    buf_text(out, " in ");
    buf_number(out, (double)(clock_now() - progress->started) / 1000, 1);
    buf_text(out, " s");
}
