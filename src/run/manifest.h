/* The manifest of a run, for machines: a line of JSON for each result, in the order of `LC_ALL=C sort`, so
 * that the manifests of all shards, merged by `sort -m`, are that of the undivided run. What a line says
 * depends on the input alone, not on what was up to date already, on workers, or on shards. It holds no value
 * of a setting. */
#ifndef RUN_MANIFEST_H
#define RUN_MANIFEST_H

#include "run/convert.h"

struct manifest {
    struct arena *arena;
    VEC(struct str) lines;
};

/* Adds the line of a result, which is there as wanted or not. */
void manifest_add(struct manifest *manifest, const struct library *library, const struct task *task,
    const struct outcome *outcome, bool built);
/* Appends the lines in order. */
void manifest_put(struct manifest *manifest, struct buf *out);

/* Appends the JSON Schema of a line. */
void manifest_schema(struct buf *out);

#endif
