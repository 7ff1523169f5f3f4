/* Compression, by libdeflate. The bytes depend on the input and on libdeflate's version alone. Used within
 * paint/ only. */
#ifndef PAINT_DEFLATE_H
#define PAINT_DEFLATE_H

#include "base/str.h"

struct deflater;

struct deflater *deflater_new(struct arena *arena);
/* Releases what lies outside the arena. NULL is allowed. */
void deflater_free(struct deflater *deflater);
/* `bytes` in zlib's format, as the filter FlateDecode reads it; valid until the next call. */
struct str deflate_bytes(struct deflater *deflater, struct str bytes);

#endif
