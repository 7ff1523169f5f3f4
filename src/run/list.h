/* handout list. */
#ifndef RUN_LIST_H
#define RUN_LIST_H

#include "run/options.h"

/* Prints the topics as a table and returns the exit status. Each edition is set in the standard style, to
 * count its pages; what is wrong with its text is not told here. `program` is argv[0]. */
int list_run(struct arena *arena, const struct options *options, const char *program);

#endif
