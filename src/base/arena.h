/* Region memory. Everything that one stage of a handout's journey makes lives in the arena it is given and
 * goes when that arena goes; nothing is freed one by one. One arena per handout, one for what a batch shares.
 * Any folder may use it. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* Makes memory that arenas give back stay with the process, where the C library would return it and ask for
 * it anew with each handout. To be called at the start of the program. */
void arena_keep_memory(void);

/* A new, empty arena, owned by the caller. Out of memory ends the process with exit status 4. */
struct arena *arena_new(void);

/* Frees the arena and all that was allocated from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Takes back all that was allocated from the arena, and keeps the memory for what comes next. */
void arena_rewind(struct arena *arena);

/* Hands all that was allocated from `from` over to `arena`, which lives longer; `from` is no more. */
void arena_adopt(struct arena *arena, struct arena *from);

/* `size` zeroed bytes, aligned for any object. Never NULL: out of memory ends the process with status 4. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc, for `count` objects of `size` bytes; an overflow of the product is out of memory. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* Room for `larger` objects, more than the `count` at `at`, which is what arena_alloc_array or arena_grow
 * gave, or NULL with none. They come first, moved or not; what follows is not zeroed. */
void *arena_grow(struct arena *arena, void *at, size_t count, size_t larger, size_t size);

/* A NUL-terminated copy of `size` bytes. */
char *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* A NUL-terminated formatted string (printf in the C locale's manner: see buf_printf). */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As arena_printf; `*length` is that of the string. */
char *arena_vprintf(struct arena *arena, size_t *length, const char *format, va_list list);

/* Bytes handed out so far, for limits and reports. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* Ends the process with status 4 after saying so on standard error. */
_Noreturn void out_of_memory(void);

#endif
