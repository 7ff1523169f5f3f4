/* The clinic profile: content/clinic.yaml. For library.c and variables.c only. */
#ifndef CONTENT_CLINIC_H
#define CONTENT_CLINIC_H

#include "content/library.h"

/* What a clinic profile may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field CLINIC_FILE;

/* Reads a clinic profile and applies the settings to it. False after an error. */
bool clinic_read(struct arena *arena, struct diags *diags, const char *path, const struct settings *settings,
    struct clinic *clinic);

/* The variables that every clinic has, whether or not its profile mentions them; ended by NULL. */
extern const char *const CLINIC_VARIABLES[];

#endif
