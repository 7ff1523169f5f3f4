#include "base/hash.h"

#include <errno.h>
#include <sha2.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct sha256 sha256_of(struct str bytes)
{
    struct sha256 hash;
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes.p, bytes.n);
    SHA256Final(hash.bytes, &context);
    return hash;
}

static struct hash128 from_xxh(XXH128_hash_t hash)
{
    return (struct hash128){hash.high64, hash.low64};
}

struct hash128 hash128_of(struct str bytes)
{
    return from_xxh(XXH3_128bits(bytes.p, bytes.n));
}

bool hash128_eq(struct hash128 a, struct hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

/* Fills a block as far as the file goes; -1 on failure. */
static ssize_t read_block(int fd, char *block, size_t size)
{
    size_t n = 0;
    while (n < size) {
        ssize_t got = read(fd, block + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    return (ssize_t)n;
}

bool hash128_of_file(int fd, struct hash128 *hash)
{
    char block[64 * 1024];
    ssize_t n = read_block(fd, block, sizeof block);
    if (n >= 0 && (size_t)n < sizeof block) { /* as most files: it fits */
        *hash = hash128_of((struct str){block, (size_t)n});
        return true;
    }
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    for (; n > 0; n = read_block(fd, block, sizeof block))
        XXH3_128bits_update(&state, block, (size_t)n);
    *hash = from_xxh(XXH3_128bits_digest(&state));
    return n == 0;
}
