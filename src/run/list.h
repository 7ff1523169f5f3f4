/* handout list. */
#ifndef RUN_LIST_H
#define RUN_LIST_H

#include "content/library.h"
#include "run/options.h"

/* Prints the topics as a table and returns the exit status. `program` is argv[0]. */
int list_run(struct arena *arena, const struct options *options, const char *program);

/* Appends the table of a library's topics. */
void list_format(const struct library *library, struct buf *out);

#endif
