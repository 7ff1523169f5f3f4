#include "base/source.h"

#include "base/utf8.h"

#include <string.h>

/* Where the next line feed at or after an offset is; the text's length if there is none. */
static size_t line_end(struct str text, size_t from)
{
    const char *feed = from < text.n ? memchr(text.p + from, '\n', text.n - from) : NULL;
    return feed ? (size_t)(feed - text.p) : text.n;
}

struct source *source_new(struct arena *arena, const char *path, struct str text)
{
    size_t count = 1;
    for (size_t at = line_end(text, 0); at < text.n; at = line_end(text, at + 1))
        count++;
    struct source *source = ARENA_NEW(arena, struct source);
    source->path = path;
    source->text = text;
    source->lines = ARENA_ARRAY(arena, size_t, count);
    source->line_count = 1;
    for (size_t at = line_end(text, 0); at < text.n; at = line_end(text, at + 1))
        source->lines[source->line_count++] = at + 1;
    return source;
}

size_t source_line_number(const struct source *source, size_t offset)
{
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

void source_line_column(const struct source *source, size_t offset, size_t *line, size_t *column)
{
    if (offset > source->text.n)
        offset = source->text.n;
    *line = source_line_number(source, offset);
    *column = utf8_length(str_slice(source->text, source->lines[*line - 1], offset)) + 1;
}

struct str source_line(const struct source *source, size_t line)
{
    if (line < 1 || line > source->line_count)
        return STR("");
    size_t from = source->lines[line - 1];
    size_t to = line < source->line_count ? source->lines[line] : source->text.n;
    while (to > from && (source->text.p[to - 1] == '\n' || source->text.p[to - 1] == '\r'))
        to--;
    return str_slice(source->text, from, to);
}
