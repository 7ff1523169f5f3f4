#include "base/hash.h"

#include <sha2.h>

struct sha256 sha256_of(struct str bytes)
{
    struct sha256 hash;
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes.p, bytes.n);
    SHA256Final(hash.bytes, &context);
    return hash;
}
