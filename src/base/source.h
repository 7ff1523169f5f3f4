/* A text as it was read, with a table of its lines, so that every later stage can say where a thing stands.
 * Any folder may use it. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/arena.h"
#include "base/str.h"

struct source {
    const char *path; /* as diagnostics print it */
    struct str text;  /* well-formed UTF-8, NUL-terminated */
    size_t *lines;    /* offset at which each line starts */
    size_t line_count;
};

/* A stretch of a source; `source` NULL means nowhere in particular. */
struct pos {
    const struct source *source;
    size_t offset, length; /* bytes; length 0 points between two characters */
};

/* A source over `text`, which must live as long as the arena. Both are only referred to, not copied. */
struct source *source_new(struct arena *arena, const char *path, struct str text);
/* Line and column, from 1; the column counts characters. */
void source_line_column(const struct source *source, size_t offset, size_t *line, size_t *column);
/* The line of an offset alone, whatever the length of that line. */
size_t source_line_number(const struct source *source, size_t offset);
/* The text of a line (from 1) without its line end. */
struct str source_line(const struct source *source, size_t line);

#endif
