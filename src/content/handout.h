/* Handout definitions: content/handouts/TOPIC.yaml. For library.c only; what others may use is in
 * content/library.h. */
#ifndef CONTENT_HANDOUT_H
#define CONTENT_HANDOUT_H

#include "content/library.h"

/* What a definition may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field HANDOUT_FILE;

/* Reads a definition. `*good` becomes false after an error; the result then has what could be read, so that
 * asking for its id or aliases can be answered. Never NULL. */
struct handout *handout_load(struct arena *arena, struct diags *diags, const char *path, bool *good);

#endif
