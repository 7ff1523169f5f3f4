/* The two ways in which a file comes into its place whole, and what they may leave behind. file_write chooses
 * between them; nobody else needs them but those who clean up after a process that was killed.
 *
 * Names: what NAME is written through is called .NAME.new or .NAME.tmp. There is no process's number in them,
 * so that whoever writes NAME next finds what a dead process left, and takes it away. Of a NAME that is too
 * long for that, there is a hash instead (path_stem). */
#ifndef BASE_REPLACE_H
#define BASE_REPLACE_H

#include "base/str.h"

#include <stdbool.h>

/* Writes the bytes to a file without a name (Linux), and names it once it is whole and on the disk: a process
 * that is killed leaves nothing. When a file is replaced, there is a moment between two system calls in which
 * it would leave .NAME.new. False, with errno, when anything fails: not all file systems can do it. */
bool replace_unnamed(const char *path, struct str bytes);

/* Writes the bytes to .NAME.tmp, locked while it is written, and renames it. What has that name and is locked
 * by no living process is taken away first. False, with errno, on failure; EBUSY when another process has
 * been writing this very file for longer than anyone should. */
bool replace_named(const char *path, struct str bytes);

/* Takes away what a process that was killed while it wrote `path` has left. */
void replace_clean(const char *path);

#endif
