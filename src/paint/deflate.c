#include "paint/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>

enum { LEVEL = 6 }; /* higher ones take twice the time for the last percent */

struct deflater {
    struct libdeflate_compressor *compressor;
    char *room; /* malloc; grows to the largest result's bound */
    size_t size;
};

struct deflater *deflater_new(struct arena *arena)
{
    struct deflater *deflater = ARENA_NEW(arena, struct deflater);
    deflater->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!deflater->compressor)
        out_of_memory();
    return deflater;
}

void deflater_free(struct deflater *deflater)
{
    if (!deflater)
        return;
    libdeflate_free_compressor(deflater->compressor);
    free(deflater->room);
}

struct str deflate_bytes(struct deflater *deflater, struct str bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(deflater->compressor, bytes.n);
    if (bound > deflater->size) {
        free(deflater->room);
        deflater->room = malloc(bound);
        if (!deflater->room)
            out_of_memory();
        deflater->size = bound;
    }
    size_t n =
        libdeflate_zlib_compress(deflater->compressor, bytes.p, bytes.n, deflater->room, deflater->size);
    return (struct str){deflater->room, n};
}
