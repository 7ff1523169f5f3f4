#include "base/pack.h"

#include <string.h>

/* The length of a text that is NULL: no text has it. */
static const uint64_t NO_TEXT = UINT64_MAX;

void pack_number(struct buf *out, uint64_t value)
{
    buf_put(out, &value, sizeof value);
}

void pack_hash(struct buf *out, struct hash128 hash)
{
    pack_number(out, hash.high);
    pack_number(out, hash.low);
}

void pack_text(struct buf *out, const char *text)
{
    pack_number(out, text ? strlen(text) : NO_TEXT);
    if (text)
        buf_text(out, text);
}

struct str unpack_bytes(struct unpack *unpack, uint64_t size)
{
    if (size > unpack->rest.n) {
        unpack->bad = true;
        unpack->rest.n = 0;
        return STR("");
    }
    struct str bytes = str_slice(unpack->rest, 0, (size_t)size);
    unpack->rest = str_slice(unpack->rest, (size_t)size, unpack->rest.n);
    return bytes;
}

uint64_t unpack_number(struct unpack *unpack)
{
    uint64_t value = 0;
    struct str bytes = unpack_bytes(unpack, sizeof value);
    if (bytes.n)
        memcpy(&value, bytes.p, sizeof value);
    return value;
}

struct hash128 unpack_hash(struct unpack *unpack)
{
    struct hash128 hash;
    hash.high = unpack_number(unpack);
    hash.low = unpack_number(unpack);
    return hash;
}

const char *unpack_text(struct unpack *unpack, struct arena *arena)
{
    uint64_t size = unpack_number(unpack);
    return size == NO_TEXT || unpack->bad ? NULL : str_dup(arena, unpack_bytes(unpack, size));
}
