/* handout new TOPIC. */
#ifndef RUN_NEW_H
#define RUN_NEW_H

#include "run/options.h"

/* Makes the files of a new topic and returns the exit status. `program` is argv[0]. Nothing is made if any of
 * the files exists (file-exists), if the name belongs to another topic (topic-exists), or if no project is
 * here (root-missing). */
int new_run(struct arena *arena, const struct options *options, const char *program);

#endif
