/* A hash map from string slices to pointers, in an arena, that keeps the order of insertion.
 * Keys are not copied: they must live as long as the map. Any folder may use it. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct map_entry {
    struct str key;
    void *value;
};

struct map {
    struct map_entry *entries; /* in order of insertion */
    size_t n, cap;
    uint32_t *slots; /* index of an entry + 1; 0 = free */
    size_t slot_count;
};

/* The value of `key`, or NULL. */
void *map_get(const struct map *map, struct str key);
/* Sets `key` to `value` (not NULL); returns the value that it replaces, or NULL. */
void *map_put(struct arena *arena, struct map *map, struct str key, void *value);
/* The key nearest to `key` in spelling, for "did you mean", or an empty slice when none is near. */
struct str map_nearest(const struct map *map, struct str key);
/* The same on every machine; not for security. */
uint64_t hash_bytes(const void *bytes, size_t size);

#endif
