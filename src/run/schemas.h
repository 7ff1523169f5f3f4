/* `handout schema KIND`: the JSON Schema of a kind of YAML file, for editors, or of what the program writes
 * for other programs. */
#ifndef RUN_SCHEMAS_H
#define RUN_SCHEMAS_H

#include "run/options.h"

/* Prints it on standard output; the exit status. */
int schemas_run(struct arena *arena, const struct options *options);
/* Is there a schema of that kind? */
bool schemas_has(const char *kind);
/* The kinds, for messages: "style, handout, ...". */
const char *schemas_kinds(struct arena *arena);

#endif
