/* What a run has to say, in the format that was asked for: as people read it (GNU style, with the source line
 * and a caret), or as machines do. On standard error (`check`: on standard output). Keeps the counts that
 * decide the exit status. The formats have a file each, report_*.c. */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "run/options.h"

#include <stdio.h>

/* The exit statuses that are promised. */
enum status { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_DENIED = 3, STATUS_MACHINE = 4 };

struct finding;
struct outcome;
struct result;
struct task;

struct report {
    struct arena *arena; /* remembers what was said */
    FILE *stream;
    enum command command;
    enum format format;
    enum verbosity verbosity;
    bool deny_warnings, color;
    struct map said; /* a shared section is read for every handout, but its mistakes are told once */
    size_t errors, warnings, machine_errors;
    bool begun, broken; /* the stream: something was written; it could not be written */
    size_t asked, built;

    const struct task *task;           /* what is told now concerns this result; NULL: none */
    VEC(const struct finding *) about; /* told of that result, or of an earlier one */
    size_t finding_count;
    VEC(struct finding *) findings; /* of a report that is written at its end */
    VEC(struct result) results;     /* the same */
    struct progress progress;
};

struct report report_new(struct arena *arena, FILE *stream, const struct options *options);
/* Reports a diagnostic, unless the same one was reported before. */
void report_diag(struct report *report, const struct diag *diag);
/* Reports all that were collected, and how many more there were. */
void report_diags(struct report *report, const struct diags *diags);
/* What is reported from here on concerns the result of a task, which must live as long as the report. */
void report_task(struct report *report, const struct task *task);
/* Reports what became of that task; `good`: its result is where it was wanted. What is reported from here on
 * concerns none. */
void report_result(struct report *report, const struct outcome *outcome, bool good);
/* Reports a usage error: a sentence, and where help is. Returns STATUS_USAGE. */
int report_usage(FILE *stream, enum command command, const char *problem);
/* A line of progress, only with --verbose. */
void report_verbose(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line with the time of day before it, unless --quiet. */
void report_event(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "4 handouts, 3 up to date, 1 warning" unless a single one was asked for, with the time that they took if
 * progress was shown; why the run fails if warnings alone are to blame. */
void report_summary(struct report *report, size_t asked, size_t built, size_t current);
/* The exit status: the machine before errors (`failed`, or any reported) before denied warnings. */
int report_status(const struct report *report, bool failed);
/* Ends the report: one that machines read is not whole without this. Returns the exit status, which is
 * `status` unless the report could not be written. */
int report_finish(struct report *report, int status);

/* Appends a diagnostic as text: its line, and the excerpt if there is one. */
void report_format(const struct diag *diag, struct buf *out);
/* As much of the start of a text as fits into so many columns of a terminal. */
struct str report_fit(struct str text, size_t columns);
/* Appends text so that no character of it can control a terminal or reorder a line. */
void report_visible(struct buf *out, struct str text);

#endif
