/* How far a run is, on standard error: one line that is drawn anew on a terminal, or lines now and then in a
 * log. What else is written to a terminal must hide the line first; report.c and standard.c do so. */
#ifndef RUN_PROGRESS_H
#define RUN_PROGRESS_H

#include "base/buf.h"

#include <stdbool.h>

/* --progress */
enum progress_wish { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };
enum progress_form { PROGRESS_NONE, PROGRESS_LINE, PROGRESS_LOG };

struct progress {
    enum progress_form form;
    size_t total, done;
    long long started, drawn; /* milliseconds of clock_now() */
    size_t told;              /* tenths of the run that the log knows of */
    bool visible;             /* the line stands on the terminal */
};

/* Progress of nothing yet. On a terminal that can redraw a line it takes this form; elsewhere that of a log,
 * but for `auto` only where CI is set, or on a terminal that can do no more. */
struct progress progress_new(enum progress_wish wish, bool quiet);
/* A run of so many tasks begins. */
void progress_start(struct progress *progress, size_t total);
/* So many are done, and `current` is being worked on: says so if it is time to. */
void progress_show(struct progress *progress, size_t done, const char *current);
/* Takes the line away before something is written to this descriptor. */
void progress_hide(struct progress *progress, int fd);
/* For a summary: " in 4.2 s", if progress is shown. */
void progress_put_time(const struct progress *progress, struct buf *out);

#endif
