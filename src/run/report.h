/* Diagnostics as people read them: GNU style, with the source line and a caret, on standard error (`check`:
 * on standard output). Keeps the counts that decide the exit status. */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "run/options.h"

#include <stdio.h>

/* The exit statuses that are promised. */
enum status { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_DENIED = 3, STATUS_MACHINE = 4 };

struct report {
    struct arena *arena; /* remembers what was said */
    FILE *stream;
    enum verbosity verbosity;
    bool deny_warnings;
    struct map said; /* a shared section is read for every handout, but its mistakes are told once */
    size_t errors, warnings, machine_errors;
    bool broken; /* the stream could not be written */
};

struct report report_new(struct arena *arena, FILE *stream, const struct options *options);
/* Reports a diagnostic, unless the same one was reported before. */
void report_diag(struct report *report, const struct diag *diag);
/* Reports all that were collected, and how many more there were. */
void report_diags(struct report *report, const struct diags *diags);
/* Reports a usage error: a sentence, and where help is. Returns STATUS_USAGE. */
int report_usage(FILE *stream, enum command command, const char *problem);
/* A line of progress, only with --verbose. */
void report_verbose(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "4 handouts, 1 warning" unless a single one was asked for; why the run fails if warnings alone are to
 * blame. */
void report_summary(struct report *report, size_t asked, size_t built);
/* The exit status: the machine before errors (`failed`, or any reported) before denied warnings. */
int report_status(const struct report *report, bool failed);

/* Appends a diagnostic as text: its line, and the excerpt if there is one. */
void report_format(const struct diag *diag, struct buf *out);
/* Appends text so that no character of it can control a terminal or reorder a line. */
void report_visible(struct buf *out, struct str text);

#endif
