/* handout build. */
#ifndef RUN_BUILD_H
#define RUN_BUILD_H

#include "run/options.h"

/* Builds what the options ask for and returns the exit status. `program` is argv[0]. */
int build_run(struct arena *arena, const struct options *options, const char *program);

#endif
