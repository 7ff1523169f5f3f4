/* What makes this program what it is: its code and that of the libraries it runs with. For the cache. */
#ifndef RUN_FINGERPRINT_H
#define RUN_FINGERPRINT_H

#include "base/hash.h"

/* The same for two processes that run the same code: of the build-ids (GNU ld, --build-id) of the program and
 * of all libraries that are loaded, or of the contents of those files that have none. False where the system
 * does not tell what is loaded. */
bool fingerprint_program(struct hash128 *hash);

#endif
