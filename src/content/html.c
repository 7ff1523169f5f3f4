#include "content/html.h"

#include "content/inline.h"
#include "content/scan.h"

#include <cmark.h>
#include <string.h>

static const char *const HIDDEN[] = {"script", "style"};
enum { HIDDEN_COUNT = sizeof HIDDEN / sizeof *HIDDEN };

/* Tags of HTML's flow that stand between words, so that their text begins a paragraph of its own. */
static const char *const FLOW[] = {"address", "article", "aside", "blockquote", "body", "caption", "center",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "title", "tr", "ul"};

bool html_is(struct str name, const char *tag)
{
    if (name.n != strlen(tag))
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (ascii_lower(name.p[i]) != tag[i])
            return false;
    return true;
}

static int hidden_index(struct str name)
{
    for (int i = 0; i < HIDDEN_COUNT; i++)
        if (html_is(name, HIDDEN[i]))
            return i;
    return -1;
}

static bool is_flow(struct str name)
{
    for (size_t i = 0; i < sizeof FLOW / sizeof *FLOW; i++)
        if (html_is(name, FLOW[i]))
            return true;
    return false;
}

/* The start of a construct, as a message quotes it. */
static struct str start_of(struct str construct)
{
    size_t end = 0;
    while (end < construct.n && end < 40 && (unsigned char)construct.p[end] >= ' ')
        end++;
    while (end > 0 && end < construct.n && ((unsigned char)construct.p[end] & 0xC0) == 0x80)
        end--;
    return str_slice(construct, 0, end);
}

void html_report(struct reader *reader, struct pos pos, struct str construct)
{
    if (reader->html_reported)
        return;
    reader->html_reported = true;
    diag_at(reader->diags, SEVERITY_WARNING, pos, "html-dropped",
        "raw HTML is not printed, only the text between its tags: '%.*s'", STR_FMT(start_of(construct)));
}

void html_report_hidden(struct reader *reader, struct pos pos, struct str construct)
{
    if (reader->html_hidden_reported)
        return;
    reader->html_reported = reader->html_hidden_reported = true;
    diag_at(reader->diags, SEVERITY_WARNING, pos, "html-dropped",
        "raw HTML is not printed, and here not even the text inside: '%.*s'", STR_FMT(start_of(construct)));
}

void html_remark(struct reader *reader, struct pos pos, struct str comment)
{
    size_t open = STR("<!--").n, close = STR("-->").n;
    struct doc_remarks *remarks = reader->context->remarks;
    if (!remarks || comment.n < open + close)
        return;
    struct str text = str_trim(str_slice(comment, open, comment.n - close));
    if (str_starts(text, "check:"))
        vec_push(reader->arena, remarks, (struct doc_remark){str_copy(reader->arena, text), pos});
}

cmark_node *html_hidden_until(struct html_search *search, cmark_node *tag)
{
    enum scan_html what;
    struct str name, literal = str_from(cmark_node_get_literal(tag));
    scan_html(literal, 0, &what, &name);
    int index = what == SCAN_TAG && !str_starts(literal, "</") ? hidden_index(name) : -1;
    if (index < 0)
        return NULL;
    if (search->parent != cmark_node_parent(tag))
        *search = (struct html_search){.parent = cmark_node_parent(tag)};
    if (search->failed[index])
        return NULL;
    for (cmark_node *node = cmark_node_next(tag); node; node = cmark_node_next(node)) {
        literal = str_from(cmark_node_get_literal(node));
        if (cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE || !str_starts(literal, "</"))
            continue;
        scan_html(literal, 0, &what, &name);
        if (hidden_index(name) == index)
            return node;
    }
    search->failed[index] = true;
    return NULL;
}

enum { NO_SPACE = -1 };

/* An HTML block being taken apart. */
struct block {
    struct reader *reader;
    struct doc_node *parent, *paragraph; /* paragraph NULL: none begun */
    struct str content;                  /* where it stands is in reader->align */
    struct buf text;                     /* the paragraph's text since its last node */
    VEC(struct text_run) runs;
    size_t expected; /* where the next byte stands if the last run goes on */
    long space;      /* white space due before the next character: where, or NO_SPACE */
    bool dead[4];    /* constructs whose end was looked for in vain */
};

static size_t origin(const struct block *block, size_t at)
{
    return block->reader->align.origins[at];
}

static struct pos pos_at(const struct block *block, size_t at, size_t size)
{
    size_t start = origin(block, at), end = size ? origin(block, at + size - 1) + 1 : start;
    return (struct pos){block->reader->script->source, start, end > start ? end - start : 0};
}

/* Ends the text begun, as a node of its own. */
static void flush_text(struct block *block)
{
    if (!block->text.n)
        return;
    struct arena *arena = block->reader->arena;
    struct pos pos = {block->reader->script->source, block->runs.at[0].offset, 0};
    struct doc_node *node = doc_new(arena, DOC_TEXT, block->paragraph, pos);
    const struct text_run *last = &block->runs.at[block->runs.n - 1];
    node->text = str_copy(arena, buf_slice(&block->text));
    node->pos.length = last->offset + (node->text.n - last->at) - pos.offset;
    node->runs = block->runs.at;
    node->run_count = block->runs.n;
    memset(&block->runs, 0, sizeof block->runs);
    buf_clear(&block->text);
}

static void end_paragraph(struct block *block)
{
    flush_text(block);
    if (block->paragraph && block->paragraph->last) {
        struct pos last = block->paragraph->last->pos;
        block->paragraph->pos.length = last.offset + last.length - block->paragraph->pos.offset;
    }
    if (block->paragraph) {
        inline_finish(block->reader, block->paragraph);
        if (block->paragraph->first)
            doc_append(block->parent, block->paragraph);
    }
    block->paragraph = NULL;
    block->space = NO_SPACE;
}

static void put_bytes(struct block *block, const char *bytes, size_t n, size_t at, bool decoded)
{
    size_t offset = origin(block, at);
    if (block->runs.n == 0 || decoded || offset != block->expected)
        vec_push(block->reader->arena, &block->runs,
            (struct text_run){(uint32_t)block->text.n, (uint32_t)offset, decoded});
    block->expected = decoded ? SIZE_MAX : offset + n;
    buf_put(&block->text, bytes, n);
}

/* Adds a character, which stands at `at` in the content. */
static void put_character(struct block *block, const char *bytes, size_t n, size_t at, bool decoded)
{
    if (!block->paragraph)
        block->paragraph = doc_new(block->reader->arena, DOC_PARAGRAPH, NULL, pos_at(block, at, 1));
    bool begun = block->text.n || block->paragraph->first;
    if (block->space != NO_SPACE && begun)
        put_bytes(block, " ", 1, (size_t)block->space, false);
    block->space = NO_SPACE;
    put_bytes(block, bytes, n, at, decoded);
}

/* Adds the byte at `at`; white space waits for what comes behind it. */
static void put_or_space(struct block *block, size_t at)
{
    if (!ascii_is_space(block->content.p[at]))
        put_character(block, block->content.p + at, 1, at, false);
    else if (block->space == NO_SPACE)
        block->space = (long)at;
}

/* Reads one character or entity; returns its size. */
static size_t read_character(struct block *block, size_t at)
{
    char decoded[SCAN_ENTITY_MOST];
    size_t made, size = scan_entity(block->content, at, decoded, &made);
    if (size) {
        put_character(block, decoded, made, at, true);
        return size;
    }
    put_or_space(block, at);
    return 1;
}

/* Goes behind the tag that closes a script or style; to the end if none does. */
static size_t skip_hidden(const struct block *block, size_t at, const char *tag)
{
    struct str content = block->content;
    enum scan_html what;
    while ((at = str_find(content, "</", at)) != SIZE_MAX) {
        struct str name;
        size_t size = scan_html(content, at, &what, &name);
        if (size && html_is(name, tag))
            return at + size;
        at += 2;
    }
    return content.n;
}

/* Which of the constructs that run to a certain end a '<' begins; -1 for none of them. */
static int construct_of(struct str rest)
{
    if (str_starts(rest, "<!--"))
        return 0;
    if (str_starts(rest, "<!["))
        return 1;
    return str_starts(rest, "<?") ? 2 : str_starts(rest, "<!") ? 3 : -1;
}

/* Reads a construct at a '<'; returns its size, 0 if it is none. */
static size_t read_construct(struct block *block, size_t at)
{
    int construct = construct_of(str_slice(block->content, at, block->content.n));
    if (construct >= 0 && block->dead[construct])
        return 0;
    enum scan_html what;
    struct str name;
    size_t size = scan_html(block->content, at, &what, &name);
    if (!size && construct >= 0)
        block->dead[construct] = true;
    if (!size && construct == 0)
        diag_at(block->reader->diags, SEVERITY_ERROR, pos_at(block, at, 4), "html-unclosed",
            "this comment is never closed (end it with '-->')");
    struct str tag = str_slice(block->content, at, at + size);
    if (size && what == SCAN_COMMENT)
        html_remark(block->reader, pos_at(block, at, size), tag);
    if (!size || what == SCAN_COMMENT)
        return size;
    int hidden = hidden_index(name);
    if (hidden >= 0 && tag.p[1] != '/') {
        html_report_hidden(block->reader, pos_at(block, at, size), tag);
        return skip_hidden(block, at + size, HIDDEN[hidden]) - at;
    }
    html_report(block->reader, pos_at(block, at, size), tag);
    struct str cdata = scan_cdata(tag);
    for (size_t i = 0; i < cdata.n; i++)
        put_or_space(block, at + (size_t)(cdata.p - tag.p) + i);
    if (is_flow(name))
        end_paragraph(block);
    if (html_is(name, "br") && block->paragraph) {
        flush_text(block);
        doc_new(block->reader->arena, DOC_LINE_BREAK, block->paragraph, pos_at(block, at, size));
        block->space = NO_SPACE;
    }
    return size;
}

static size_t line_count(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == '\n' || (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return count;
}

void html_read_block(struct reader *reader, cmark_node *node, struct doc_node *parent)
{
    size_t first = (size_t)cmark_node_get_start_line(node);
    align_load_lines(
        &reader->align, &reader->containers, first, line_count(str_from(cmark_node_get_literal(node))));
    reader->html_reported = reader->html_hidden_reported = false;
    struct block block = {
        .reader = reader, .parent = parent, .content = buf_slice(&reader->align.text), .space = NO_SPACE};
    for (size_t at = 0; at < block.content.n;) {
        size_t size = block.content.p[at] == '<' ? read_construct(&block, at) : 0;
        at += size ? size : read_character(&block, at);
    }
    end_paragraph(&block);
    buf_free(&block.text);
}
