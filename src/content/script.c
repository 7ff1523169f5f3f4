#include "content/script.h"

#include <string.h>

/* Could the line be a delimiter row behind the marks of quotes and lists? Only a quick sieve: it ends in a
 * run of
 * "-:| " with a '-', and a '|' or ':', and what stands before is no more than such marks. */
static bool maybe_delimiter(struct str line)
{
    bool dash = false, part = false;
    size_t i = line.n;
    for (; i > 0; i--) {
        char c = line.p[i - 1];
        if (c == '-')
            dash = true;
        else if (c == '|' || c == ':')
            part = true;
        else if (!ascii_is_space(c))
            break;
    }
    if (!dash || !part)
        return false;
    for (; i > 0; i--) {
        char c = line.p[i - 1];
        if (c != '>' && c != '.' && c != ')' && c != '*' && c != '+' && c != '-' && !ascii_is_space(c) &&
            !ascii_is_digit(c))
            return false;
    }
    return true;
}

/* Where the line that starts at `at` ends; `returns`: a CR could end it. */
static size_t line_end(struct str text, size_t at, bool returns)
{
    if (!returns) {
        const char *found = memchr(text.p + at, '\n', text.n - at);
        return found ? (size_t)(found - text.p) : text.n;
    }
    while (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
        at++;
    return at;
}

/* Where the line behind one that ends at `end` starts. */
static size_t next_line(struct str text, size_t end)
{
    return end + 1 + (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n');
}

struct script script_new(const struct source *source)
{
    struct str text = source->text;
    struct script script = {.arena = arena_new(), .source = source, .text = text};
    bool returns = text.n && memchr(text.p, '\r', text.n);
    size_t count = 1;
    for (size_t at = 0; at < text.n; at = next_line(text, line_end(text, at, returns)))
        count++;
    script.lines = ARENA_ARRAY(script.arena, struct script_line, count);
    for (size_t at = 0; at < text.n;) {
        size_t end = line_end(text, at, returns);
        struct script_line *line = &script.lines[script.line_count++];
        *line = (struct script_line){.from = at, .to = end, .origin = at};
        line->maybe_delimiter = maybe_delimiter(str_slice(text, at, end));
        at = next_line(text, end);
    }
    if (script.line_count == 0)
        script.line_count = 1; /* an empty text has one empty line */
    return script;
}

void script_free(struct script *script)
{
    arena_free(script->arena);
    script->arena = NULL;
}

const struct script_line *script_line(const struct script *script, size_t line)
{
    if (line < 1)
        line = 1;
    return &script->lines[(line <= script->line_count ? line : script->line_count) - 1];
}

struct str script_line_text(const struct script *script, size_t line)
{
    const struct script_line *found = script_line(script, line);
    return str_slice(script->text, found->from, found->to);
}

size_t script_line_at(const struct script *script, size_t offset)
{
    size_t low = 0, high = script->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (script->lines[middle].origin <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

size_t script_origin(const struct script_line *line, size_t offset)
{
    const struct script_cell *cell = line->cell;
    if (!cell)
        return line->origin + (offset > line->from ? offset - line->from : 0);
    offset -= line->from < offset ? line->from : offset;
    if (offset < cell->content) /* the marks before a row are as wide as before each of its cells */
        return line->start + offset < line->origin ? line->start + offset : line->origin;
    if (offset > cell->content_end)
        offset = cell->content_end;
    size_t low = 0, high = cell->gap_count; /* how many gaps lie at or before the byte */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cell->gaps[middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return line->origin + (offset - cell->content) + low;
}

struct pos script_pos(const struct script *script, size_t first, size_t column, size_t last)
{
    const struct script_line *from = script_line(script, first), *to = script_line(script, last);
    size_t start = from->from + column;
    size_t offset = script_origin(from, start < from->to ? start : from->to), end = script_origin(to, to->to);
    return (struct pos){script->source, offset, end > offset ? end - offset : 0};
}

bool script_has_delimiters(const struct script *script)
{
    for (size_t i = 0; i < script->line_count; i++)
        if (script->lines[i].maybe_delimiter)
            return true;
    return false;
}
