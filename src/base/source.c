#include "base/source.h"

#include "base/utf8.h"

struct source *source_new(struct arena *arena, const char *path, struct str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == '\n';
    struct source *source = ARENA_NEW(arena, struct source);
    source->path = path;
    source->text = text;
    source->lines = ARENA_ARRAY(arena, size_t, count);
    source->line_count = 1;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            source->lines[source->line_count++] = i + 1;
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
