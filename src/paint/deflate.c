#include "paint/deflate.h"

#include <libdeflate.h>

/* libdeflate's own struct, which is not to be known elsewhere. */
static struct libdeflate_compressor *compressor_of(struct deflater *deflater)
{
    return (struct libdeflate_compressor *)deflater;
}

struct deflater *deflater_new(int level)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    if (!compressor)
        out_of_memory();
    return (struct deflater *)compressor;
}

void deflater_free(struct deflater *deflater)
{
    if (deflater)
        libdeflate_free_compressor(compressor_of(deflater));
}

void deflate_put(struct deflater *deflater, struct str bytes, struct buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(compressor_of(deflater), bytes.n);
    char *room = buf_room(out, bound);
    buf_end(out, room + libdeflate_zlib_compress(compressor_of(deflater), bytes.p, bytes.n, room, bound));
}
