/* handout build and handout check: the same handouts, built or judged. */
#ifndef RUN_BUILD_H
#define RUN_BUILD_H

#include "run/options.h"

/* Builds or judges what the options ask for, and returns the exit status. `program` is argv[0]. */
int build_run(struct arena *arena, const struct options *options, const char *program);

#endif
