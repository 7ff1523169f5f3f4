/* The JSON Schema of the lines that --format json writes (report_json.c): `handout schema report`. */
#ifndef RUN_REPORT_SCHEMA_H
#define RUN_REPORT_SCHEMA_H

#include "base/buf.h"

/* Appends it (draft 2020-12). */
void report_schema_put(struct buf *out);

#endif
