#include "base/map.h"

#include <string.h>

/* The number in four or eight bytes, the lowest first, whatever the machine's order is. */
static uint64_t number4(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

static uint64_t number8(const unsigned char *p)
{
    return number4(p) | number4(p + 4) << 32;
}

/* As good as FNV-1a where the slots are. Eight bytes at a time, of long keys in two lanes, which a processor
 * works on together; the last bytes overlap those before. */
uint64_t hash_bytes(const void *bytes, size_t size)
{
    const uint64_t prime = 0x9E3779B97F4A7C15ULL; /* odd, near 2^64 / the golden ratio */
    const unsigned char *p = bytes, *end = p + size;
    uint64_t hash = size, other = prime, rest = 0;
    for (; end - p > 16; p += 16) {
        hash = (hash ^ number8(p)) * prime;
        other = (other ^ number8(p + 8)) * prime;
        hash ^= hash >> 32;
        other ^= other >> 32;
    }
    hash ^= other << 32 | other >> 32;
    if (end - p > 8) {
        hash = (hash ^ number8(p)) * prime;
        hash ^= hash >> 32;
    }
    if (size >= 8)
        rest = number8(end - 8);
    else if (size >= 4)
        rest = number4(p) | number4(end - 4) << 32;
    else if (size > 0)
        rest = p[0] | (uint64_t)p[size / 2] << 8 | (uint64_t)end[-1] << 16;
    hash = (hash ^ rest) * prime;
    hash = (hash ^ hash >> 32) * prime; /* so that the last byte, too, tells in the lowest bits */
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
