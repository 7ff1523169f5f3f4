/* Hashes: SHA-256 (FIPS 180-4), from libmd, for what others are to check; and XXH3 of 128 bits, which is much
 * faster, for telling whether a content is still the same. Any folder may use it. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

enum { SHA256_SIZE = 32 };

struct sha256 {
    unsigned char bytes[SHA256_SIZE];
};

struct sha256 sha256_of(struct str bytes);

/* The fingerprint of a content: nobody makes two contents that share one by accident. */
struct hash128 {
    uint64_t high, low;
};

struct hash128 hash128_of(struct str bytes);
bool hash128_eq(struct hash128 a, struct hash128 b);
/* That of an open file, from where it stands to its end. False, with errno, if it cannot be read. */
bool hash128_of_file(int fd, struct hash128 *hash);

#endif
