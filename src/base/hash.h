/* SHA-256 (FIPS 180-4), from libmd. Any folder may use it. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

enum { SHA256_SIZE = 32 };

struct sha256 {
    unsigned char bytes[SHA256_SIZE];
};

struct sha256 sha256_of(struct str bytes);

#endif
