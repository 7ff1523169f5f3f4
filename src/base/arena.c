#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024, EXIT_MACHINE = 4 };

struct chunk {
    struct chunk *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct chunk *chunk; /* the newest; older ones follow */
    struct chunk *spare; /* left from before a rewind */
    size_t used;
};

void out_of_memory(void)
{
    fputs("handout: error: out of memory [machine-memory]\n", stderr);
    exit(EXIT_MACHINE);
}

void arena_keep_memory(void)
{
#ifdef __GLIBC__
    const int much = 64 * 1024 * 1024;
    mallopt(M_TRIM_THRESHOLD, much);
    mallopt(M_MMAP_THRESHOLD, 4 * LARGEST_CHUNK);
#endif
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    return arena;
}

static void free_chunks(struct chunk *chunk)
{
    for (struct chunk *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_chunks(arena->chunk);
    free_chunks(arena->spare);
    free(arena);
}

/* The link behind the last of some chunks. */
static struct chunk **end_of(struct chunk **chunks)
{
    while (*chunks)
        chunks = &(*chunks)->next;
    return chunks;
}

void arena_rewind(struct arena *arena)
{
    for (struct chunk *chunk = arena->chunk; chunk; chunk = chunk->next)
        chunk->used = 0;
    *end_of(&arena->spare) = arena->chunk;
    arena->chunk = NULL;
    arena->used = 0;
}

void arena_adopt(struct arena *arena, struct arena *from)
{
    struct chunk **older = arena->chunk ? &arena->chunk->next : &arena->chunk;
    *end_of(&from->chunk) = *older;
    *older = from->chunk;
    arena->used += from->used;
    free_chunks(from->spare);
    free(from);
}

static struct chunk *chunk_new(size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    struct chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        out_of_memory();
    chunk->next = NULL;
    chunk->size = size;
    chunk->used = 0;
    return chunk;
}

/* A chunk with room for `size` bytes: the smallest spare one, or a new one of `want` bytes. */
static struct chunk *take_chunk(struct arena *arena, size_t size, size_t want)
{
    struct chunk **best = NULL;
    for (struct chunk **link = &arena->spare; *link; link = &(*link)->next)
        if ((*link)->size >= size && (!best || (*link)->size < (*best)->size))
            best = link;
    if (!best)
        return chunk_new(want);
    struct chunk *chunk = *best;
    *best = chunk->next;
    chunk->next = NULL;
    return chunk;
}

/* What a block of a size takes. */
static size_t round_up(size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        out_of_memory();
    return (size + unit - 1) / unit * unit;
}

/* As arena_alloc, but the bytes are what they were. */
static void *take(struct arena *arena, size_t size)
{
    size = round_up(size);
    struct chunk *chunk = arena->chunk;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t want = chunk ? chunk->size * 2 : FIRST_CHUNK;
        if (want > LARGEST_CHUNK)
            want = LARGEST_CHUNK;
        if (size > want / 2) { /* a large block gets a chunk of its own, behind the one being filled */
            struct chunk *own = take_chunk(arena, size, size);
            own->used = size;
            if (chunk) {
                own->next = chunk->next;
                chunk->next = own;
            } else {
                arena->chunk = own;
            }
            arena->used += size;
            return own->bytes;
        }
        chunk = take_chunk(arena, size, want);
        chunk->next = arena->chunk;
        arena->chunk = chunk;
    }
    void *bytes = chunk->bytes + chunk->used;
    chunk->used += size;
    arena->used += size;
    return bytes;
}

/* Only what is handed out is cleared, when it is about to be used: most of a large chunk may never be. */
void *arena_alloc(struct arena *arena, size_t size)
{
    void *bytes = take(arena, size);
    memset(bytes, 0, size);
    return bytes;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *at, size_t count, size_t larger, size_t size)
{
    if (size && larger > SIZE_MAX / size)
        out_of_memory();
    const size_t before = count * size, after = larger * size, more = round_up(after) - round_up(before);
    struct chunk *chunk = arena->chunk;
    unsigned char *bytes = at;
    if (at && bytes + round_up(before) == chunk->bytes + chunk->used && chunk->size - chunk->used >= more) {
        chunk->used += more; /* nothing has been allocated since: it grows where it is */
        arena->used += more;
    } else {
        bytes = take(arena, after);
        if (at && before)
            memcpy(bytes, at, before);
    }
    return bytes;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    if (size == SIZE_MAX)
        out_of_memory();
    char *copy = take(arena, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

char *arena_vprintf(struct arena *arena, size_t *length, const char *format, va_list list)
{
    char most[128]; /* of what is printed is shorter */
    va_list again;
    va_copy(again, list);
    int size = vsnprintf(most, sizeof most, format, list);
    *length = size < 0 ? 0 : (size_t)size;
    char *text = take(arena, *length + 1);
    if (*length >= sizeof most)
        vsnprintf(text, *length + 1, format, again);
    else
        memcpy(text, most, *length);
    text[*length] = '\0';
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    size_t length;
    va_list list;
    va_start(list, format);
    char *text = arena_vprintf(arena, &length, format, list);
    va_end(list);
    return text;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
