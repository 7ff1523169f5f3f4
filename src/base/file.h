/* Files: whole reads with a limit, atomic writes, and paths that may not leave a folder. Any folder may use
 * it. Failures are diagnostics: "missing file" of an author's making is an error, a failing disk a machine
 * error. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>

enum { FILE_LIMIT = 64 * 1024 * 1024 }; /* bytes; the usual limit for a picture, font or text */

/* Joins two path parts with one '/'; an absolute `name`, or a folder "" or ".", gives `name` alone. */
char *path_join(struct arena *arena, const char *folder, const char *name);
/* The last part of a path, and the part before it ("." when there is none). */
struct str path_base(const char *path);
struct str path_folder(const char *path);
/* A file's name for other names to be made of by adding at most `more` bytes: itself, or a hash where the
 * system would take the longer one for none. */
struct str path_stem(struct arena *arena, struct str name, size_t more);
bool path_is_file(const char *path);
bool path_is_folder(const char *path);

/* The bytes of a file of at most `limit` bytes, NUL-terminated, in the arena. On failure a diagnostic (codes
 * file-missing, file-unreadable, file-too-large) and false. `where` is the place that named the file, or
 * {NULL}. The trace of `diags` is told of it. */
bool file_read(struct arena *arena, struct diags *diags, struct pos where, const char *path, size_t limit,
    struct str *bytes);

/* Reads a UTF-8 text file as a source; a byte-order mark is skipped, malformed UTF-8 is an error with
 * position [text-encoding]. NULL on failure. */
struct source *source_read(struct arena *arena, struct diags *diags, struct pos where, const char *path);

/* The real paths of the folders that path_beneath came across last, so that it need not follow all links anew
 * for each file in them. As long as it lives, folders are taken to stay what they are. */
struct folders;
struct folders *folders_new(struct arena *arena);

/* The real path of `name` (relative to `folder`) when it exists and lies beneath `root`, all links followed;
 * else NULL and a diagnostic: path-outside, file-missing. The result is path_join(folder, name), in the
 * arena, so that messages show what the author wrote. `folders` may be NULL. */
char *path_beneath(struct arena *arena, struct diags *diags, struct folders *folders, struct pos where,
    const char *root, const char *folder, struct str name);

/* Does an existing path lie beneath a folder, all links followed? */
bool path_lies_beneath(const char *path, const char *root);

/* Writes all bytes to an open file, pipe or terminal. False on failure, with errno. */
bool file_put(int fd, struct str bytes);

/* Does a path name something that can only be written to, and must not be replaced: a pipe, a terminal, a
 * device, /dev/stdout? */
bool path_is_stream(const char *path);

/* Writes to such a thing. A diagnostic (file-unwritable) and false on failure. */
bool file_pour(struct diags *diags, const char *path, struct str bytes);

/* Writes a file whole or not at all: it comes into its place once it is on the disk, and the old one stays
 * until then. A process that is killed leaves nothing, or a file that the next writer takes away
 * (base/replace.h). Missing folders are made. A diagnostic (machine error file-unwritable) and false on
 * failure. */
bool file_write(struct diags *diags, const char *path, struct str bytes);

/* The names in a folder that end in `suffix`, sorted by bytes; NULL-terminated; a missing folder gives none.
 */
char **folder_list(struct arena *arena, const char *path, const char *suffix);

#endif
