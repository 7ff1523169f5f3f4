/* `handout watch`: builds, and builds again what changes, until a signal ends it. */
#ifndef RUN_WATCH_H
#define RUN_WATCH_H

#include "run/options.h"

/* Runs the command; returns the exit status where it cannot begin. `program` is argv[0]. */
int watch_run(struct arena *arena, const struct options *options, const char *program);

#endif
