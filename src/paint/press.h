/* What the PDFs of a run have in common, so that the next one costs less: compressors, and compressed bytes
 * that many of them hold, as fonts reduced to the same glyphs. No byte of a PDF depends on what was kept from
 * others. One for each process: run makes it, paint uses it. It must not outlive the font set. */
#ifndef PAINT_PRESS_H
#define PAINT_PRESS_H

#include "base/str.h"

struct press;

struct press *press_new(void);
/* NULL is allowed. */
void press_free(struct press *press);
/* Begins a PDF: what was kept until now may be given up, to bound the memory. */
void press_begin(struct press *press);

enum press_effort {
    PRESS_FAST,  /* text and outlines, where more effort gains little */
    PRESS_SMALL, /* pictures */
};

/* `bytes`, compressed; valid until the next call of a press_ function. */
struct str press_deflate(struct press *press, struct str bytes, enum press_effort effort);

/* What is kept of some bytes. */
struct kept {
    struct str deflated;
    size_t size;   /* of the bytes */
    uint64_t hash; /* of the bytes: hash_bytes */
};

/* What is kept under a key, valid until the next PDF begins, or NULL. */
const struct kept *press_find(const struct press *press, struct str key);
/* Compresses `bytes` and keeps the result under a key that stands for them and this effort, and nothing else.
 */
const struct kept *press_keep(
    struct press *press, struct str key, struct str bytes, enum press_effort effort);
/* May this PDF keep a key and what stands under it, of about `size` bytes together? For what may be large;
 * the rest is to be kept in any case. */
bool press_has_room(const struct press *press, size_t size);

#endif
