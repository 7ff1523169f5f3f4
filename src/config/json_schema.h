/* Tables of fields as JSON Schemas (draft 2020-12), with which editors complete and check YAML files. A
 * schema takes what the decoder takes, but for oddities such as a quoted "true"; it refuses what a table can
 * know to be wrong, and leaves to the program what it cannot: names that must exist, ranges of lengths. */
#ifndef CONFIG_JSON_SCHEMA_H
#define CONFIG_JSON_SCHEMA_H

#include "base/buf.h"
#include "config/schema.h"

/* A table that many fields have as their record: written once, and referred to by its name. */
struct json_schema_part {
    const char *name; /* NULL ends the list */
    const struct field *fields;
};

/* Appends the schema of a file as a whole: a RECORD or a NODE, whose name is the schema's title. `parts` may
 * be NULL. */
void json_schema_put(struct buf *out, const struct field *file, const struct json_schema_part *parts);

#endif
