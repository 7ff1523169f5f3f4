/* cmark reads, these files carry its tree over:
 *
 *     script     what cmark is given, with the source of every byte
 *     parsed     has cmark read it, and may keep the result
 *     table      rewrites pipe tables in it, so that cmark reads their cells
 *     container  how far the marks of quotes and lists reach on a line
 *     align      which characters of the source made a text
 *     inline     inline nodes; then span, reference, link and image for our conventions
 *     extension  conventions of blocks; html for raw HTML; scan for what is lexical
 */
#include "content/markdown.h"

#include "base/file.h"
#include "content/extension.h"
#include "content/html.h"
#include "content/image.h"
#include "content/inline.h"
#include "content/parsed.h"

#include <cmark.h>
#include <string.h>

enum { LIST_DEPTH = 2 };

/* The blocks being carried over. */
struct copying {
    struct reader *reader;
    size_t depth;                     /* of containers made */
    const struct script_table *table; /* whose cells are being read */
    struct doc_node *table_node, *row_node;
    size_t row; /* that row_node shows */
};

void reader_too_deep(struct reader *reader, struct pos pos)
{
    if (!reader->depth_reported)
        diag_at(reader->diags, SEVERITY_ERROR, pos, "nesting-too-deep",
            "this is nested more than %d levels deep, and what is deeper is not told apart",
            BLOCK_DEPTH_MOST);
    reader->depth_reported = true;
}

static struct pos pos_of(const struct copying *copying, cmark_node *node)
{
    int column = cmark_node_get_start_column(node);
    return script_pos(copying->reader->script, (size_t)cmark_node_get_start_line(node),
        column > 0 ? (size_t)column - 1 : 0, containers_last_line(&copying->reader->containers, node));
}

/* Where the children of cmark's node go: its document node, or one above it that was made. */
static struct doc_node *home(cmark_node *node)
{
    return cmark_node_get_user_data(node);
}

static void set_home(cmark_node *node, struct doc_node *target)
{
    cmark_node_set_user_data(node, target);
}

static void enter_list(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    struct reader *reader = copying->reader;
    if (copying->depth + LIST_DEPTH > BLOCK_DEPTH_MOST) {
        reader_too_deep(reader, pos_of(copying, node));
        set_home(node, parent);
        return;
    }
    copying->depth += LIST_DEPTH;
    struct doc_node *list = doc_new(reader->arena, DOC_LIST, parent, pos_of(copying, node));
    list->list.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list->list.tight = cmark_node_get_list_tight(node);
    list->list.start = cmark_node_get_list_start(node);
    set_home(node, list);
}

/* The number that an ordered list's next item prints. */
static int next_number(const struct doc_node *list)
{
    return list->last ? list->last->item.number + 1 : list->list.start;
}

static void enter_item(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    struct arena *arena = copying->reader->arena;
    containers_enter(&copying->reader->containers, node);
    if (parent->kind != DOC_LIST) { /* its list was too deep */
        set_home(node, parent);
        return;
    }
    struct pos pos = pos_of(copying, node);
    int number = next_number(parent);
    struct doc_node *item = doc_new(arena, DOC_ITEM, parent, pos);
    item->item.mark = parent->list.ordered ? MARK_NUMBER : MARK_BULLET;
    item->item.number = number;
    item->item.delimiter =
        cmark_node_get_list_delim(cmark_node_parent(node)) == CMARK_PAREN_DELIM ? ')' : '.';
    doc_new(arena, DOC_LABEL, item, pos);
    set_home(node, doc_new(arena, DOC_BODY, item, pos));
}

static void enter_quote(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    containers_enter(&copying->reader->containers, node);
    set_home(node, parent);
    if (copying->depth + 1 > BLOCK_DEPTH_MOST) {
        reader_too_deep(copying->reader, pos_of(copying, node));
        return;
    }
    copying->depth++;
    set_home(node, doc_new(copying->reader->arena, DOC_QUOTE, NULL, pos_of(copying, node)));
}

/* A quote takes its place when it is complete, and only if anything is in it. */
static void leave(struct copying *copying, cmark_node *node)
{
    struct doc_node *made = home(node), *parent = home(cmark_node_parent(node));
    cmark_node_type type = cmark_node_get_type(node);
    containers_leave(&copying->reader->containers, node);
    if (made == parent)
        return;
    if (type == CMARK_NODE_LIST)
        copying->depth -= LIST_DEPTH;
    if (type != CMARK_NODE_BLOCK_QUOTE)
        return;
    copying->depth--;
    if (made->first)
        doc_append(parent, made);
}

/* A paragraph begins with its text, behind reference definitions and the marks of conventions. */
static void begin_at_text(struct doc_node *paragraph)
{
    if (!paragraph->first)
        return;
    size_t end = paragraph->pos.offset + paragraph->pos.length, start = paragraph->first->pos.offset;
    paragraph->pos.offset = start;
    paragraph->pos.length = end > start ? end - start : 0;
}

static void read_paragraph(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    struct reader *reader = copying->reader;
    struct doc_node *paragraph = doc_new(reader->arena, DOC_PARAGRAPH, NULL, pos_of(copying, node));
    inline_read(reader, node, paragraph);
    if (parent->kind == DOC_QUOTE && !parent->first)
        extension_callout(reader, parent, paragraph);
    else if (parent->kind == DOC_BODY && !parent->first)
        extension_box(reader, parent->parent, paragraph);
    begin_at_text(paragraph);
    inline_finish(reader, paragraph);
    image_figure(reader, paragraph);
    if (paragraph->first)
        doc_append(parent, paragraph);
}

/* The table's rows up to the cell's are made with all their cells, for a short row lacks some. */
static struct doc_node *cell_node(
    struct copying *copying, const struct script_cell *cell, struct doc_node *parent)
{
    struct arena *arena = copying->reader->arena;
    const struct script_table *table = cell->table;
    if (!copying->table_node || copying->table != table) {
        copying->table = table;
        copying->table_node = doc_new(arena, DOC_TABLE, parent, table->pos);
        copying->row_node = NULL;
        copying->table_node->table.columns = table->columns;
        enum text_align *aligns = ARENA_ARRAY(arena, enum text_align, table->columns);
        memcpy(aligns, table->aligns, table->columns * sizeof *aligns);
        copying->table_node->table.aligns = aligns;
    }
    if (!copying->row_node || copying->row != cell->row) {
        struct doc_node *row = doc_new(arena, DOC_ROW, copying->table_node, table->rows.at[cell->row]);
        row->row.header = cell->row == 0;
        for (size_t i = 0; i < table->columns; i++) {
            struct doc_node *made = doc_new(arena, DOC_CELL, row, row->pos);
            made->cell.column = i;
            made->cell.header = row->row.header;
        }
        copying->row_node = row;
        copying->row = cell->row;
    }
    struct doc_node *node = copying->row_node->first;
    for (size_t i = 0; i < cell->column; i++)
        node = node->next;
    return node;
}

static void read_heading(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    struct reader *reader = copying->reader;
    const struct script_line *line = script_line(reader->script, (size_t)cmark_node_get_start_line(node));
    if (line->cell) {
        struct doc_node *cell = cell_node(copying, line->cell, parent);
        inline_read(reader, node, cell);
        cell->pos.offset = script_origin(line, line->from + line->cell->content);
        cell->pos.length = script_origin(line, line->from + line->cell->content_end) - cell->pos.offset;
        inline_finish(reader, cell);
        return;
    }
    struct doc_node *heading = doc_new(reader->arena, DOC_HEADING, NULL, pos_of(copying, node));
    heading->heading.level = cmark_node_get_heading_level(node);
    inline_read(reader, node, heading);
    inline_finish(reader, heading);
    if (heading->first)
        doc_append(parent, heading);
    else
        diag_at(reader->diags, SEVERITY_WARNING, heading->pos, "heading-empty", "this heading has no text");
}

/* A code block points at its first character, so that the place of others can be told where it is not
 * indented. */
static struct pos code_pos(const struct copying *copying, cmark_node *node, struct str text)
{
    const struct reader *reader = copying->reader;
    struct pos pos = pos_of(copying, node);
    const char *info = cmark_node_get_fence_info(node);
    size_t first = (size_t)cmark_node_get_start_line(node);
    const struct script_line *line = script_line(reader->script, first + 1);
    struct line_place place;
    containers_pass(&reader->containers, first + 1, &place);
    size_t offset = script_origin(line, line->from + place.offset);
    struct str there = str_slice(reader->script->source->text, offset, offset + text.n);
    if (info && text.n && str_eq(there, text))
        return (struct pos){pos.source, offset, text.n};
    return pos;
}

static void read_code(struct copying *copying, cmark_node *node, struct doc_node *parent)
{
    struct str text = str_from(cmark_node_get_literal(node)),
               info = str_from(cmark_node_get_fence_info(node));
    struct pos pos = pos_of(copying, node);
    struct doc_node *made = extension_fence(copying->reader, info, text, pos);
    if (!made)
        return;
    if (made->kind == DOC_CODE_BLOCK)
        made->pos = code_pos(copying, node, text);
    doc_append(parent, made);
}

/* Reads a block; true if it holds others, which come next. */
static bool read_block(struct copying *copying, cmark_node *node)
{
    struct doc_node *parent = home(cmark_node_parent(node));
    copying->reader->html_reported = copying->reader->html_hidden_reported = false;
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE: enter_quote(copying, node, parent); return true;
    case CMARK_NODE_LIST: enter_list(copying, node, parent); return true;
    case CMARK_NODE_ITEM: enter_item(copying, node, parent); return true;
    case CMARK_NODE_PARAGRAPH: read_paragraph(copying, node, parent); return false;
    case CMARK_NODE_HEADING: read_heading(copying, node, parent); return false;
    case CMARK_NODE_CODE_BLOCK: read_code(copying, node, parent); return false;
    case CMARK_NODE_HTML_BLOCK: html_read_block(copying->reader, node, parent); return false;
    case CMARK_NODE_THEMATIC_BREAK:
        doc_new(copying->reader->arena, DOC_RULE, parent, pos_of(copying, node));
        return false;
    default: return false;
    }
}

static void copy_blocks(struct copying *copying, cmark_node *root)
{
    for (cmark_node *node = cmark_node_first_child(root); node;) {
        if (read_block(copying, node)) {
            if (cmark_node_first_child(node)) {
                node = cmark_node_first_child(node);
                continue;
            }
            leave(copying, node);
        }
        while (!cmark_node_next(node) && cmark_node_parent(node) != root) {
            node = cmark_node_parent(node);
            leave(copying, node);
        }
        node = cmark_node_next(node);
    }
}

bool markdown_read(struct arena *arena, struct diags *diags, const struct source *source,
    const struct markdown_context *context, struct doc_node *parent)
{
    size_t errors = diags->errors;
    struct parsed *parsed = parsed_of(context->kept, arena, diags, source);
    struct reader reader = {.arena = arena,
        .diags = diags,
        .context = context,
        .script = &parsed->script,
        .folder = str_dup(arena, path_folder(source->path)),
        .containers = {.script = &parsed->script}};
    struct copying copying = {.reader = &reader};
    if (parent->pos.source == source)
        parent->pos.source = parsed->script.source;
    set_home(parsed->root, parent);
    copy_blocks(&copying, parsed->root);
    align_free(&reader.align);
    parsed_done(parsed, arena);
    return diags->errors == errors;
}
