/* What a style sheet may hold, as tables of fields with what they mean: for editors (`handout schema style`)
 * and for styles/README.md. */
#ifndef DESIGN_SHEET_SCHEMA_H
#define DESIGN_SHEET_SCHEMA_H

#include "config/json_schema.h"

/* A style sheet as a field; `*parts` are the tables that its elements share. In the arena. */
const struct field *sheet_schema(struct arena *arena, const struct json_schema_part **parts);

#endif
