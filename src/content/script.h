/* What cmark is given to read: the source as it is, or with its pipe tables rewritten (table.h), line by line
 * with a note of where each line came from, so that every byte can be traced back to the source. For the
 * Markdown files of content only. */
#ifndef CONTENT_SCRIPT_H
#define CONTENT_SCRIPT_H

#include "base/source.h"
#include "base/vec.h"
#include "content/document.h"

/* A pipe table found in the source. */
struct script_table {
    size_t columns;
    const enum text_align *aligns;
    struct pos pos;
    VEC(struct pos) rows; /* the first one is the head */
};

/* One cell, as a heading line of its own. */
struct script_cell {
    struct script_table *table;
    size_t row, column;
    size_t content, content_end; /* offsets in its line */
    const uint32_t *gaps; /* offsets in its line before which the source has a byte more: the '\' of "\|" */
    size_t gap_count;
};

struct script_line {
    size_t from, to;                /* in the script's text, without the line end */
    size_t origin;                  /* in the source: of `from`, or of the cell's content */
    size_t start;                   /* in the source: where a cell's row starts */
    const struct script_cell *cell; /* NULL: the line stands in the source like this */
    bool maybe_delimiter;           /* could be a table's delimiter row */
};

struct script {
    struct arena *arena; /* of text and lines; its own, since they are written anew for each reading */
    const struct source *source;
    struct str text;
    struct script_line *lines;
    size_t line_count;
    bool width_reported; /* of a table with too many columns */
};

/* The source as it is. Lines end at LF, CR LF or CR, as CommonMark has it. To be freed by script_free. */
struct script script_new(const struct source *source);
void script_free(struct script *script);
/* The line (from 1, clamped) and its text. */
const struct script_line *script_line(const struct script *script, size_t line);
struct str script_line_text(const struct script *script, size_t line);
/* The number of the line that byte `offset` of the source stands on; not for one in a table. */
size_t script_line_at(const struct script *script, size_t offset);
/* Where a byte of the script, on that line, stands in the source. */
size_t script_origin(const struct script_line *line, size_t offset);
/* The stretch of the source that the lines `first` to `last` (from 1) hold, from a byte column of the first
 * on. */
struct pos script_pos(const struct script *script, size_t first, size_t column, size_t last);
/* Has any line the look of a delimiter row? */
bool script_has_delimiters(const struct script *script);

#endif
