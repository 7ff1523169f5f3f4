/* The PDF as a file of objects. The only file that knows libharu, which here numbers the objects, keeps the
 * page tree, frames streams and writes the cross-reference table; what the objects say is text of ours, so
 * that none of libharu's limits (array sizes, string encodings, floats) shape a document. Used within paint/
 * only.
 *
 * Objects are known by their numbers, as in the file. Errors stick: the first one is kept, later calls do no
 * harm, and writer_save reports it. */
#ifndef PAINT_WRITER_H
#define PAINT_WRITER_H

#include "base/buf.h"
#include "base/diag.h"

struct writer;

enum stream_coding {
    STREAM_PLAIN,    /* as it is */
    STREAM_DEFLATED, /* compressed, see paint/press.h */
    STREAM_JPEG,     /* a whole JPEG file */
};

/* A new PDF 1.7 that will have `page_count` pages. NULL and a machine error [pdf-write] when the libharu that
 * runs is not of the family that this program was compiled with, or cannot start. */
struct writer *writer_new(struct arena *arena, struct diags *diags, size_t page_count);
/* Releases what lies outside the arena. NULL is allowed. */
void writer_free(struct writer *writer);

/* "2.3.0": the libharu in use. */
const char *writer_library_version(void);

/* A new, empty dictionary's number. */
int writer_reserve(struct writer *writer);
/* What a reserved dictionary holds: its entries, without "<<" and ">>". Once for each. */
void writer_set(struct writer *writer, int object, struct str entries);
/* A new stream's number; `entries` are those besides /Length and /Filter. */
int writer_stream(struct writer *writer, struct str entries, struct str bytes, enum stream_coding coding);
/* The number of page `index`, from 0. All pages are there from the start. */
int writer_page(const struct writer *writer, size_t index);
/* The content of a page, compressed, and its entries besides /Type, /Parent and /Contents. Once for each. */
void writer_set_page(struct writer *writer, size_t index, struct str entries, struct str content);
/* Entries of the catalog (besides /Type and /Pages) and of the information dictionary. Once each. */
void writer_set_catalog(struct writer *writer, struct str entries);
void writer_set_info(struct writer *writer, struct str entries);

/* Appends the file, its /ID made from all that it holds, to `out`. False and a machine error [pdf-write] if
 * anything went wrong since writer_new. */
bool writer_save(struct writer *writer, struct diags *diags, struct buf *out);

#endif
