#include "base/map.h"

#include <string.h>

/* Eight bytes at a time, the lowest first, whatever the machine's order is; as good as FNV-1a where the slots
 * are. */
uint64_t hash_bytes(const void *bytes, size_t size)
{
    const uint64_t prime = 0x9E3779B97F4A7C15ULL; /* odd, near 2^64 / the golden ratio */
    const unsigned char *p = bytes;
    uint64_t hash = size, part;
    for (; size >= sizeof part; size -= sizeof part, p += sizeof part) {
        part = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
               (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
        hash = (hash ^ part) * prime;
        hash ^= hash >> 32;
    }
    part = 0;
    for (size_t i = 0; i < size; i++)
        part |= (uint64_t)p[i] << 8 * i;
    hash = (hash ^ part) * prime;
    return hash ^ hash >> 32;
}

static size_t map_slot(const struct map *map, struct str key)
{
    size_t slot = (size_t)hash_bytes(key.p, key.n) & (map->slot_count - 1);
    while (map->slots[slot] && !str_eq(map->entries[map->slots[slot] - 1].key, key))
        slot = (slot + 1) & (map->slot_count - 1);
    return slot;
}

void *map_get(const struct map *map, struct str key)
{
    if (!map->slot_count)
        return NULL;
    size_t slot = map_slot(map, key);
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

static void map_grow(struct arena *arena, struct map *map)
{
    size_t cap = map->cap ? map->cap * 2 : 16;
    struct map_entry *entries = ARENA_ARRAY(arena, struct map_entry, cap);
    if (map->n)
        memcpy(entries, map->entries, map->n * sizeof *entries);
    map->entries = entries;
    map->cap = cap;
    map->slot_count = cap * 2;
    map->slots = ARENA_ARRAY(arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->n; i++)
        map->slots[map_slot(map, entries[i].key)] = (uint32_t)i + 1;
}

void *map_put(struct arena *arena, struct map *map, struct str key, void *value)
{
    if (map->n == map->cap)
        map_grow(arena, map);
    size_t slot = map_slot(map, key);
    if (map->slots[slot]) {
        struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        void *old = entry->value;
        entry->value = value;
        return old;
    }
    map->entries[map->n++] = (struct map_entry){key, value};
    map->slots[slot] = (uint32_t)map->n;
    return NULL;
}

struct str map_nearest(const struct map *map, struct str key)
{
    size_t limit = key.n <= 3 ? 1 : key.n <= 8 ? 2 : 3, best = limit + 1;
    struct str nearest = STR("");
    for (size_t i = 0; i < map->n; i++) {
        size_t distance = str_distance(key, map->entries[i].key, limit);
        if (distance < best) {
            best = distance;
            nearest = map->entries[i].key;
        }
    }
    return nearest;
}
