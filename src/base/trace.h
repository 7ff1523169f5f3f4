/* What a result was made of: the files that were read for it, told where they are read, so that none is
 * forgotten. `struct diags` carries a trace to every reader. Any folder may use it.
 *
 * Who keeps what was read in a file, and uses it for a second result without reading it again, must tell that
 * result's trace of it, too. */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"

struct input {
    const char *path;
    const char *root; /* a folder that it was found to lie beneath, all links followed; NULL: nobody asked */
    bool read;
    struct hash128 hash; /* of what was read */
};

struct trace {
    struct arena *arena;
    VEC(struct input *) list; /* in the order of the first time, each path once */
    struct map by_path;
    bool torn; /* a file was read twice and had changed: what was made of it is like no state of the files */
};

struct trace *trace_new(struct arena *arena);

/* Each of these does nothing when `trace` is NULL. */

/* A file was read, and these were its bytes. */
void trace_read(struct trace *trace, const char *path, struct str bytes);
/* The same of a file whose hash is known. */
void trace_hash(struct trace *trace, const char *path, struct hash128 hash);
/* A file was found to lie beneath a folder. */
void trace_beneath(struct trace *trace, const char *path, const char *root);

/* What is known of a path, or NULL. */
const struct input *trace_find(const struct trace *trace, const char *path);

#endif
