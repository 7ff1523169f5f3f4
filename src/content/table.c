#include "content/table.h"

#include "content/scan.h"

#include <cmark.h>
#include <string.h>

enum { MOST_COLUMNS = 100, CODE_INDENT = 4 };

/* A line of a paragraph, in view of a table. */
struct row_line {
    size_t number;   /* from 1 */
    struct str text; /* behind containers and indentation */
    size_t prefix;   /* the bytes before that */
    size_t indent;   /* columns behind the containers */
    bool lazy;
};

struct cell_span {
    size_t from, to; /* in the row's text, trimmed */
};

/* A script being written anew. */
struct writer {
    struct arena *arena; /* for tables and cells, which outlive the script's lines */
    struct arena *lines_arena;
    struct diags *diags;
    struct script *script;
    struct containers containers;
    struct buf text, prefix;
    VEC(struct script_line) lines;
    VEC(struct cell_span) cells; /* of the row at hand */
    size_t done;                 /* lines of the old script that are in the new one */
    bool found, ended_early;     /* a table; one that ended within what cmark took for its paragraph */
};

static bool is_row_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static size_t pass_row_space(struct str row, size_t at)
{
    while (at < row.n && is_row_space(row.p[at]))
        at++;
    return at;
}

/* Splits a row at its pipes into writer->cells and returns how many there are. A pipe behind a backslash
 * belongs to its cell, even if that backslash is escaped itself: so the reference implementation reads it. */
static size_t split_row(struct writer *writer, struct str row)
{
    writer->cells.n = 0;
    size_t at = pass_row_space(row, 0);
    if (at < row.n && row.p[at] == '|')
        at = pass_row_space(row, at + 1);
    while (at < row.n) {
        size_t end = at;
        while (end < row.n && (row.p[end] != '|' || (end > at && row.p[end - 1] == '\\')))
            end++;
        struct cell_span cell = {at, end};
        while (cell.to > cell.from && is_row_space(row.p[cell.to - 1]))
            cell.to--;
        vec_push(writer->lines_arena, &writer->cells, cell);
        at = end < row.n ? pass_row_space(row, end + 1) : end;
    }
    return writer->cells.n;
}

/* The alignment that a delimiter cell asks for; false if it is none. */
static bool delimiter_cell(struct str cell, enum text_align *align)
{
    bool left = cell.n && cell.p[0] == ':', right = cell.n > 1 && cell.p[cell.n - 1] == ':';
    size_t dashes = scan_run(cell, left, '-');
    *align = left && right ? ALIGN_CENTER : left ? ALIGN_LEFT : right ? ALIGN_RIGHT : ALIGN_DEFAULT;
    return dashes > 0 && left + dashes + right == cell.n;
}

/* The columns of a delimiter row and their alignments, NULL if it is none. */
static enum text_align *delimiter_row(struct writer *writer, struct str row, size_t *columns)
{
    *columns = split_row(writer, row);
    enum text_align *aligns = ARENA_ARRAY(writer->arena, enum text_align, *columns);
    for (size_t i = 0; i < *columns; i++) {
        struct cell_span cell = writer->cells.at[i];
        if (!delimiter_cell(str_slice(row, cell.from, cell.to), &aligns[i]))
            return NULL;
    }
    return *columns ? aligns : NULL;
}

static struct row_line read_line(const struct writer *writer, size_t number)
{
    struct line_place place;
    struct row_line line = {.number = number};
    line.lazy = !containers_pass(&writer->containers, number, &place);
    line.indent = place_indent(&place);
    line.prefix = place.offset;
    line.text = str_slice(place.line, place.offset, place.line.n);
    return line;
}

/* Would the line begin a block that is no paragraph? cmark is asked about it alone, if it has the look. */
static bool begins_block(const struct row_line *line)
{
    static const char FIRST[] = "#>`~<-+*_0123456789";
    if (line->indent >= CODE_INDENT)
        return true;
    if (!line->text.n || !memchr(FIRST, line->text.p[0], sizeof FIRST - 1))
        return false;
    cmark_node *root = cmark_parse_document(line->text.p, line->text.n, CMARK_OPT_DEFAULT);
    cmark_node *first = cmark_node_first_child(root);
    bool begins = first && cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH;
    cmark_node_free(root);
    return begins;
}

/* A list marker can be followed by a vertical tab or form feed, which is no indentation but parts it from a
 * text; a heading needs a blank there. */
static void put_blank(struct buf *out, struct str prefix)
{
    char last = prefix.n ? prefix.p[prefix.n - 1] : ' ';
    if (last != ' ' && last != '\t' && last != '>')
        buf_char(out, ' ');
}

/* The marks before a row as they must be repeated on further lines: quote marks stay, all else becomes blanks
 * of the same width. */
static void make_prefix(struct writer *writer, const struct row_line *line)
{
    struct str text = script_line_text(writer->script, line->number);
    buf_clear(&writer->prefix);
    for (size_t i = 0; i < line->prefix; i++) {
        if (text.p[i] == '>')
            buf_char(&writer->prefix, '>');
        else if (text.p[i] == '\t')
            buf_text(&writer->prefix, &"    "[writer->prefix.n % 4]);
        else if ((unsigned char)text.p[i] < 0x80) /* a byte-order mark has no width */
            buf_char(&writer->prefix, ' ');
    }
    put_blank(&writer->prefix, str_slice(text, 0, line->prefix));
}

/* Copies the lines up to `last` as they are. */
static void copy_lines(struct writer *writer, size_t last)
{
    const struct script *script = writer->script;
    for (; writer->done < last; writer->done++) {
        struct script_line line = script->lines[writer->done];
        size_t end =
            writer->done + 1 < script->line_count ? script->lines[writer->done + 1].from : script->text.n;
        size_t from = writer->text.n;
        buf_str(&writer->text, str_slice(script->text, line.from, end));
        line.to = from + (line.to - line.from);
        line.from = from;
        vec_push(writer->lines_arena, &writer->lines, line);
    }
}

/* Writes a cell's content, without the backslashes of its "\|". */
static void write_content(
    struct writer *writer, struct str content, size_t line_start, struct script_cell *cell)
{
    VEC(uint32_t) gaps = {0};
    cell->content = writer->text.n - line_start;
    for (size_t i = 0; i < content.n; i++) {
        if (content.p[i] == '\\' && i + 1 < content.n && content.p[i + 1] == '|') {
            vec_push(writer->arena, &gaps, (uint32_t)(writer->text.n - line_start));
            i++;
        }
        buf_char(&writer->text, content.p[i]);
    }
    cell->content_end = writer->text.n - line_start;
    cell->gaps = gaps.at;
    cell->gap_count = gaps.n;
}

/* The specification wants excess cells ignored; their text should not vanish unseen. */
static void warn_of_excess(const struct writer *writer, const struct row_line *row, size_t columns)
{
    struct cell_span first = writer->cells.at[columns], last = writer->cells.at[writer->cells.n - 1];
    const struct script_line *line = script_line(writer->script, row->number);
    size_t start = line->from + row->prefix, offset = script_origin(line, start + first.from);
    struct pos pos = {writer->script->source, offset, script_origin(line, start + last.to) - offset};
    if (last.to > first.from)
        diag_at(writer->diags, SEVERITY_WARNING, pos, "table-cells",
            "this row has more cells than its table has columns (%zu), and they are not printed", columns);
}

/* Writes the row whose cells are in writer->cells, each as a heading. The first one keeps the marks that
 * stand before it, unless `repeat`: they may be a list item's. */
static void write_row(
    struct writer *writer, const struct row_line *row, struct script_table *table, bool repeat)
{
    const struct script_line *old = script_line(writer->script, row->number);
    if (!repeat)
        make_prefix(writer, row);
    for (size_t i = 0; i < writer->cells.n && i < table->columns; i++) {
        struct cell_span span = writer->cells.at[i];
        struct script_cell *cell = ARENA_NEW(writer->arena, struct script_cell);
        *cell = (struct script_cell){.table = table, .row = table->rows.n, .column = i};
        struct script_line line = {.from = writer->text.n, .cell = cell};
        line.origin = script_origin(old, old->from + row->prefix + span.from);
        line.start = script_origin(old, old->from);
        struct str prefix = str_slice(script_line_text(writer->script, row->number), 0, row->prefix);
        buf_str(&writer->text, i == 0 && !repeat ? prefix : buf_slice(&writer->prefix));
        if (i == 0 && !repeat)
            put_blank(&writer->text, prefix);
        buf_text(&writer->text, "###### ");
        write_content(writer, str_slice(row->text, span.from, span.to), line.from, cell);
        buf_text(&writer->text, " ######");
        line.to = writer->text.n;
        buf_char(&writer->text, '\n');
        vec_push(writer->lines_arena, &writer->lines, line);
    }
    if (writer->cells.n > table->columns)
        warn_of_excess(writer, row, table->columns);
    vec_push(writer->arena, &table->rows, script_pos(writer->script, row->number, row->prefix, row->number));
}

/* Rewrites the table whose head is `head`, on the line before the delimiter row. Its rows go on until a blank
 * line, a lazy one, or one that begins another block. */
static void write_table(struct writer *writer, const struct row_line *head, const struct row_line *delimiter,
    const enum text_align *aligns, size_t columns)
{
    struct script_table *table = ARENA_NEW(writer->arena, struct script_table);
    table->columns = columns;
    table->aligns = aligns;
    copy_lines(writer, head->number - 1);
    bool repeat = head->lazy || head->indent >= CODE_INDENT;
    if (repeat)
        make_prefix(writer, delimiter);
    split_row(writer, head->text);
    write_row(writer, head, table, repeat);
    size_t number = delimiter->number + 1;
    for (; number <= writer->script->line_count; number++) {
        struct row_line row = read_line(writer, number);
        if (row.lazy || begins_block(&row) || split_row(writer, row.text) == 0)
            break;
        write_row(writer, &row, table, false);
    }
    writer->done = number - 1;
    table->pos = script_pos(writer->script, head->number, head->prefix, number - 1);
}

/* Rewrites the first table in a paragraph's lines. Where it ends before they do, what follows is no longer
 * that paragraph, nor perhaps in its containers: only reading the script again will tell what it is. */
static void find_table(struct writer *writer, size_t first, size_t last)
{
    for (size_t number = first + 1; number <= last; number++) {
        if (!script_line(writer->script, number)->maybe_delimiter)
            continue;
        struct row_line delimiter = read_line(writer, number), head = read_line(writer, number - 1);
        size_t columns;
        if (delimiter.lazy || delimiter.indent >= CODE_INDENT)
            continue;
        enum text_align *aligns = delimiter_row(writer, delimiter.text, &columns);
        if (!aligns)
            continue;
        if (split_row(writer, head.text) != columns)
            return; /* the reference implementation looks no further, either */
        if (columns <= MOST_COLUMNS) {
            write_table(writer, &head, &delimiter, aligns, columns);
            writer->found = true;
            writer->ended_early = writer->done < last;
            return;
        }
        if (!writer->script->width_reported)
            diag_at(writer->diags, SEVERITY_ERROR,
                script_pos(writer->script, head.number, head.prefix, head.number), "table-too-wide",
                "a table has at most %d columns", MOST_COLUMNS);
        writer->script->width_reported = true;
    }
}

/* Goes on to the next block, in document order. */
static cmark_node *next_block(struct containers *containers, cmark_node *node, cmark_node *root)
{
    cmark_node_type type = cmark_node_get_type(node);
    bool holds_blocks = type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_BLOCK_QUOTE ||
                        type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM;
    cmark_node *child = holds_blocks ? cmark_node_first_child(node) : NULL;
    if (child) {
        containers_enter(containers, node);
        return child;
    }
    while (node != root && !cmark_node_next(node)) {
        node = cmark_node_parent(node);
        containers_leave(containers, node);
    }
    return node == root ? NULL : cmark_node_next(node);
}

static bool may_hold_table(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) &&
           cmark_node_get_end_line(node) > cmark_node_get_start_line(node);
}

bool table_rewrite(struct arena *arena, struct diags *diags, struct script *script, cmark_node *root)
{
    if (!script_has_delimiters(script))
        return false;
    struct writer writer = {.arena = arena, .diags = diags, .script = script, .lines_arena = arena_new()};
    writer.containers.script = script;
    for (cmark_node *node = root; node && !writer.ended_early;
         node = next_block(&writer.containers, node, root)) {
        if (!may_hold_table(node) || containers_lost(&writer.containers))
            continue;
        size_t first = (size_t)cmark_node_get_start_line(node);
        if (first > writer.done)
            find_table(&writer, first, containers_last_line(&writer.containers, node));
    }
    if (writer.found) {
        copy_lines(&writer, script->line_count);
        script->text = str_copy(writer.lines_arena, buf_slice(&writer.text));
        script->lines = writer.lines.at;
        script->line_count = writer.lines.n;
        struct arena *old = script->arena;
        script->arena = writer.lines_arena;
        writer.lines_arena = old;
    }
    arena_free(writer.lines_arena);
    buf_free(&writer.text);
    buf_free(&writer.prefix);
    return writer.found;
}
