/* Growing arrays in an arena. `VEC(type)` declares one; an all-zero one is empty. Any folder may use it.
 * Elements move when the array grows: keep indices, not pointers, while pushing. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#include <stddef.h>
#include <string.h>

#define VEC(type)                                                                                            \
    struct {                                                                                                 \
        type *at;                                                                                            \
        size_t n, cap;                                                                                       \
    }

/* Appends `value` (any expression of the element type). */
#define vec_push(arena, v, ...)                                                                              \
    do {                                                                                                     \
        (v)->at = vec_room((arena), (v)->at, (v)->n, &(v)->cap, sizeof *(v)->at);                            \
        (v)->at[(v)->n++] = (__VA_ARGS__);                                                                   \
    } while (0)

/* Room for one more element: the array itself, or a larger one in the arena. */
static inline void *vec_room(struct arena *arena, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    size_t first = size >= 32 ? 2 : 8; /* most lists of large things stay short */
    size_t old = *cap;
    *cap = old ? old * 2 : first;
    return arena_grow(arena, at, old, *cap, size);
}

#endif
