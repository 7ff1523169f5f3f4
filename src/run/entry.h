/* What the cache keeps of a result, as a file: what it was made of and what was said about it. Only by
 * cache.c. The file is for the same program on the same machine; anything else in its place is noticed. */
#ifndef RUN_ENTRY_H
#define RUN_ENTRY_H

#include "base/trace.h"
#include "run/convert.h"

struct entry {
    struct hash128 key;     /* of all that the result depends on, but what is in `inputs` */
    struct hash128 pdf;     /* of its bytes */
    struct outcome outcome; /* as it was reported, without what depends on today */
    const struct trace *inputs;
};

/* Reads an entry into the arena. False if there is none, or none that is whole; then `*damaged` tells the
 * two apart. */
bool entry_read(struct arena *arena, const char *path, struct entry *entry, bool *damaged);
/* Writes an entry in its place, where it needs no care: one that is only half written, or by two at once, has
 * a wrong checksum. Its folder is made when it is missing; the folder above must be there. False, with
 * errno, on failure. */
bool entry_write(struct arena *arena, const char *path, const struct entry *entry);

#endif
