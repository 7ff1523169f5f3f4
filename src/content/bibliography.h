/* The bibliography: content/sources.yaml. For library.c only. */
#ifndef CONTENT_BIBLIOGRAPHY_H
#define CONTENT_BIBLIOGRAPHY_H

#include "content/library.h"

/* What the bibliography may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field BIBLIOGRAPHY_FILE;

/* Reads the sources of a file into `sources`, id → struct bib_entry *; a wrong one is reported and left out.
 * A missing file gives none. False only if the file as a whole cannot be read. */
bool bibliography_read(struct arena *arena, struct diags *diags, const char *path, struct map *sources);

#endif
