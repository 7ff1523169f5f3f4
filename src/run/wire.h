/* Outcomes as bytes, for the way from a worker to the process that reports them: same program, same machine.
 */
#ifndef RUN_WIRE_H
#define RUN_WIRE_H

#include "run/convert.h"

#include <stdint.h>

/* Appends a message: its size, then the outcome, with no more of its inputs than their paths. */
void wire_put(struct buf *out, const struct outcome *outcome);
/* Is a whole message at the start of `bytes`? */
bool wire_is_complete(struct str bytes);
/* Reads a complete message into an outcome, whose diagnostics lie in the arena; the caller frees
 * outcome->text. False if the bytes make no sense, which is what a worker that ran wild may send. */
bool wire_get(struct arena *arena, struct str bytes, struct outcome *outcome);

#endif
