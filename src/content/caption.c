#include "content/caption.h"

#include "content/html.h"
#include "content/inline.h"

#include <cmark.h>

/* How many lines a body has; it is empty, or its last line has an end. */
static size_t count_lines(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == '\n' || (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return count;
}

/* The lines from `first` on, without the marks of their containers and without indentation. */
static struct script *excerpt(
    struct arena *arena, const struct containers *containers, size_t first, size_t count)
{
    const struct script *whole = containers->script;
    struct script *part = ARENA_NEW(arena, struct script);
    *part = (struct script){.arena = arena_new(), .source = whole->source, .line_count = count};
    struct buf text = {0};
    part->lines = ARENA_ARRAY(part->arena, struct script_line, count);
    for (size_t i = 0; i < count; i++) {
        const struct script_line *line = script_line(whole, first + i);
        struct line_place place;
        containers_pass(containers, first + i, &place);
        place_indent(&place);
        size_t start = line->from + place.offset, size = line->to - start;
        part->lines[i] =
            (struct script_line){.from = text.n, .to = text.n + size, .origin = script_origin(line, start)};
        buf_str(&text, str_slice(whole->text, start, line->to));
        buf_char(&text, '\n');
    }
    part->text = str_copy(part->arena, buf_slice(&text));
    buf_free(&text);
    return part;
}

static struct pos pos_of(const struct reader *reader, cmark_node *node)
{
    return script_pos(reader->script, (size_t)cmark_node_get_start_line(node), 0,
        containers_last_line(&reader->containers, node));
}

/* The one paragraph among the blocks of a caption; NULL if there is none. Others are `extra`. */
static cmark_node *find_paragraph(struct reader *reader, cmark_node *root, cmark_node **extra)
{
    cmark_node *paragraph = NULL;
    for (cmark_node *node = cmark_node_first_child(root); node && !*extra; node = cmark_node_next(node)) {
        struct doc_node printed = {.kind = DOC_BODY};
        if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK)
            html_read_block(reader, node, &printed);
        else if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && !paragraph)
            paragraph = node;
        else
            *extra = node;
        if (printed.first)
            *extra = node;
    }
    return paragraph;
}

static bool read_blocks(struct reader *reader, cmark_node *root, struct doc_node *parent, struct pos *wrong)
{
    cmark_node *extra = NULL, *paragraph = find_paragraph(reader, root, &extra);
    if (paragraph) {
        struct doc_node *caption = doc_new(reader->arena, DOC_CAPTION, NULL, pos_of(reader, paragraph));
        inline_read(reader, paragraph, caption);
        inline_finish(reader, caption);
        if (caption->first)
            doc_append(parent, caption);
    }
    if (extra)
        *wrong = pos_of(reader, extra);
    return !extra && parent->last && parent->last->kind == DOC_CAPTION;
}

bool caption_read(
    struct reader *reader, struct str text, struct pos fence, struct doc_node *parent, struct pos *wrong)
{
    const struct script *whole = reader->script;
    const struct containers around = reader->containers;
    size_t line = script_line_at(whole, fence.offset), count = count_lines(text);
    *wrong = fence;
    if (count == 0)
        return false;
    struct script *part = excerpt(reader->arena, &around, line + 1, count);
    cmark_node *root =
        cmark_parse_document(part->text.p, part->text.n, CMARK_OPT_SMART | CMARK_OPT_VALIDATE_UTF8);
    reader->script = part;
    reader->containers = (struct containers){.script = part};
    bool good = read_blocks(reader, root, parent, wrong);
    reader->script = whole;
    reader->containers = around;
    cmark_node_free(root);
    script_free(part);
    return good;
}
