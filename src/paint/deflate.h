/* Compression, by libdeflate. The bytes depend on the input, the level, and libdeflate's version alone. Used
 * within paint/ only. */
#ifndef PAINT_DEFLATE_H
#define PAINT_DEFLATE_H

#include "base/buf.h"

struct deflater;

/* A deflater of a level, 1 (fast) to 12 (small). */
struct deflater *deflater_new(int level);
/* NULL is allowed. */
void deflater_free(struct deflater *deflater);
/* Appends `bytes` in zlib's format, as the filter FlateDecode reads it. */
void deflate_put(struct deflater *deflater, struct str bytes, struct buf *out);

#endif
