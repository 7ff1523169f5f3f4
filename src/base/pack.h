/* Numbers and texts as bytes, and back, for what one process of this program leaves to another on the same
 * machine. Any folder may use it. */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

void pack_number(struct buf *out, uint64_t value);
void pack_hash(struct buf *out, struct hash128 hash);
/* A text, or NULL, which is told from an empty one. */
void pack_text(struct buf *out, const char *text);

/* Bytes being read; `bad` once they ended too early. */
struct unpack {
    struct str rest;
    bool bad;
};

/* Each gives 0, nothing or NULL when the bytes are bad. */
uint64_t unpack_number(struct unpack *unpack);
struct hash128 unpack_hash(struct unpack *unpack);
/* The next bytes, where they are. */
struct str unpack_bytes(struct unpack *unpack, uint64_t size);
/* A copy in the arena. */
const char *unpack_text(struct unpack *unpack, struct arena *arena);

#endif
