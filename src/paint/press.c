#include "paint/press.h"

#include "base/map.h"
#include "paint/deflate.h"

enum {
    LEVEL_FAST = 1,
    LEVEL_SMALL = 6,             /* higher ones take twice the time for the last percent */
    MOST_KEPT = 4 * 1024 * 1024, /* bytes: fonts of some hundred glyph sets, or a few logos */
};

struct press {
    struct deflater *deflaters[2]; /* by effort; made when first needed */
    struct buf room;
    struct arena *own;
    struct arena *arena; /* of what is kept */
    struct map kept;
    size_t before; /* bytes in the arena when this PDF began */
};

struct press *press_new(void)
{
    struct arena *own = arena_new();
    struct press *press = ARENA_NEW(own, struct press);
    press->own = own;
    press->arena = arena_new();
    return press;
}

void press_free(struct press *press)
{
    if (!press)
        return;
    deflater_free(press->deflaters[PRESS_FAST]);
    deflater_free(press->deflaters[PRESS_SMALL]);
    buf_free(&press->room);
    arena_free(press->arena);
    arena_free(press->own);
}

void press_begin(struct press *press)
{
    if (arena_used(press->arena) >= MOST_KEPT) {
        arena_rewind(press->arena);
        press->kept = (struct map){0};
    }
    press->before = arena_used(press->arena);
}

struct str press_deflate(struct press *press, struct str bytes, enum press_effort effort)
{
    struct deflater **deflater = &press->deflaters[effort];
    if (!*deflater)
        *deflater = deflater_new(effort == PRESS_FAST ? LEVEL_FAST : LEVEL_SMALL);
    buf_clear(&press->room);
    deflate_put(*deflater, bytes, &press->room);
    return buf_slice(&press->room);
}

const struct kept *press_find(const struct press *press, struct str key)
{
    return map_get(&press->kept, key);
}

const struct kept *press_keep(struct press *press, struct str key, struct str bytes, enum press_effort effort)
{
    struct kept *kept = ARENA_NEW(press->arena, struct kept);
    kept->deflated = str_copy(press->arena, press_deflate(press, bytes, effort));
    kept->size = bytes.n;
    kept->hash = hash_bytes(bytes.p, bytes.n);
    map_put(press->arena, &press->kept, str_copy(press->arena, key), kept);
    return kept;
}

bool press_has_room(const struct press *press, size_t size)
{
    return size < MOST_KEPT && arena_used(press->arena) - press->before < MOST_KEPT - size;
}
