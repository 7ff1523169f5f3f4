#include "content/inline.h"

#include "content/html.h"
#include "content/image.h"
#include "content/link.h"
#include "content/reference.h"
#include "content/scan.h"
#include "content/span.h"

#include <cmark.h>
#include <string.h>

/* One leaf block's inline nodes being read. */
struct reading {
    struct reader *reader;
    struct doc_node *parent;  /* where new nodes go */
    size_t depth;             /* of cmark's nodes */
    cmark_node *hidden_until; /* the tag that ends a script or style */
    struct doc_node *shown;   /* the parent to go back to then */
    struct doc_node dropped;  /* what is hidden goes here */
    struct html_search search;
};

struct doc_node *inline_take(struct doc_node *parent)
{
    struct doc_node *first = parent->first;
    parent->first = parent->last = NULL;
    return first;
}

bool inline_escaped(const struct doc_node *text, size_t at)
{
    size_t low = 0, high = text->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->runs[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < text->run_count && text->runs[low].at == at && text->runs[low].escaped;
}

struct doc_node *inline_cut(struct arena *arena, const struct doc_node *text, size_t from, size_t to)
{
    struct doc_node *cut = doc_new(arena, DOC_TEXT, NULL, doc_text_pos(text, from, to));
    cut->text = str_slice(text->text, from, to);
    size_t first = 0, last = text->run_count;
    while (first + 1 < text->run_count && text->runs[first + 1].at <= from)
        first++;
    while (last > first + 1 && text->runs[last - 1].at >= to)
        last--;
    if (first == last || (first + 1 == last && !inline_escaped(text, from) && cut->pos.length == cut->text.n))
        return cut;
    struct text_run *runs = ARENA_ARRAY(arena, struct text_run, last - first);
    for (size_t i = first; i < last; i++) {
        size_t at = text->runs[i].at > from ? text->runs[i].at : from;
        size_t offset = text->runs[i].offset + (at - text->runs[i].at);
        runs[i - first] = (struct text_run){
            (uint32_t)(at - from), (uint32_t)offset, text->runs[i].escaped && at == text->runs[i].at};
    }
    cut->runs = runs;
    cut->run_count = last - first;
    return cut;
}

static struct str literal_of(cmark_node *node)
{
    return str_from(cmark_node_get_literal(node));
}

static struct pos here(const struct reading *reading)
{
    return (struct pos){reading->reader->script->source, align_offset(&reading->reader->align), 0};
}

/* The position of a node that starts at its `pos.offset` and ends at the cursor. */
static void close_pos(const struct reading *reading, struct doc_node *node)
{
    size_t end = align_end(&reading->reader->align);
    node->pos.length = end > node->pos.offset ? end - node->pos.offset : 0;
}

static void read_break(struct reading *reading, enum doc_kind kind)
{
    struct doc_node *node = doc_new(reading->reader->arena, kind, reading->parent, here(reading));
    node->pos.length = node->pos.offset < node->pos.source->text.n;
    align_break(&reading->reader->align);
}

/* The text of a CDATA section, line by line. */
static void read_cdata(struct reading *reading, struct str literal)
{
    struct reader *reader = reading->reader;
    struct str rest = scan_cdata(literal);
    size_t before = (size_t)(rest.p - literal.p);
    align_html(&reader->align, str_slice(literal, 0, before));
    struct str after = str_slice(literal, before + rest.n, literal.n);
    while (rest.n) {
        bool breaks = memchr(rest.p, '\n', rest.n);
        struct str line = str_cut(&rest, '\n');
        struct doc_node *made = doc_new(reader->arena, DOC_TEXT, reading->parent, here(reading));
        made->text = str_copy(reader->arena, line);
        align_html(&reader->align, line);
        close_pos(reading, made);
        if (breaks)
            read_break(reading, DOC_SOFT_BREAK);
    }
    align_html(&reader->align, after);
}

/* Tags are dropped, with one warning for a block; <br> breaks the line all the same, so that no words are
 * joined. */
static void read_html(struct reading *reading, cmark_node *node)
{
    struct reader *reader = reading->reader;
    struct str literal = literal_of(node), name;
    enum scan_html what;
    struct pos pos = here(reading);
    scan_html(literal, 0, &what, &name);
    if (scan_cdata(literal).n)
        read_cdata(reading, literal);
    else
        align_html(&reader->align, literal);
    pos.length = align_end(&reader->align) - pos.offset;
    if (what == SCAN_COMMENT) {
        html_remark(reader, pos, literal);
        return;
    }
    bool hidden = reading->hidden_until;
    if (!hidden)
        reading->hidden_until = html_hidden_until(&reading->search, node);
    if (!hidden && reading->hidden_until)
        html_report_hidden(reader, pos, literal);
    else
        html_report(reader, pos, literal);
    if (html_is(name, "br") && reading->parent)
        doc_new(reader->arena, DOC_LINE_BREAK, reading->parent, pos);
    if (node == reading->hidden_until) {
        reading->parent = reading->shown;
        reading->hidden_until = NULL;
    } else if (!hidden && reading->hidden_until) {
        reading->shown = reading->parent;
        reading->parent = &reading->dropped;
    }
}

static void read_leaf(struct reading *reading, cmark_node *node)
{
    struct reader *reader = reading->reader;
    struct doc_node *made;
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        made = doc_new(reader->arena, DOC_TEXT, reading->parent, here(reading));
        align_text(&reader->align, reader->arena, literal_of(node), made);
        break;
    case CMARK_NODE_CODE:
        made = doc_new(reader->arena, DOC_CODE, reading->parent, here(reading));
        align_code(&reader->align, reader->arena, literal_of(node), made);
        break;
    case CMARK_NODE_SOFTBREAK: read_break(reading, DOC_SOFT_BREAK); break;
    case CMARK_NODE_LINEBREAK: read_break(reading, DOC_LINE_BREAK); break;
    case CMARK_NODE_HTML_INLINE: read_html(reading, node); break;
    default: break;
    }
}

static bool is_container(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK ||
           type == CMARK_NODE_IMAGE;
}

static void open_container(struct reading *reading, cmark_node *node)
{
    struct reader *reader = reading->reader;
    struct pos pos = here(reading);
    align_open(&reader->align, node);
    if (++reading->depth > INLINE_DEPTH_MOST) {
        reader_too_deep(reader, pos);
        return;
    }
    cmark_node_type type = cmark_node_get_type(node);
    enum doc_kind kind = type == CMARK_NODE_EMPH     ? DOC_EMPHASIS
                         : type == CMARK_NODE_STRONG ? DOC_STRONG
                         : type == CMARK_NODE_LINK   ? DOC_LINK
                                                     : DOC_IMAGE;
    struct doc_node *made = doc_new(reader->arena, kind, reading->parent, pos);
    if (kind == DOC_LINK) {
        made->link.url = str_copy(reader->arena, str_from(cmark_node_get_url(node)));
        made->link.title = str_copy(reader->arena, str_from(cmark_node_get_title(node)));
    } else if (kind == DOC_IMAGE) {
        made->image.url = str_copy(reader->arena, str_from(cmark_node_get_url(node)));
        made->image.title = str_copy(reader->arena, str_from(cmark_node_get_title(node)));
    }
    reading->parent = made;
}

static void close_container(struct reading *reading, cmark_node *node)
{
    align_close(&reading->reader->align, node);
    if (reading->depth-- > INLINE_DEPTH_MOST)
        return;
    close_pos(reading, reading->parent);
    reading->parent = reading->parent->parent;
}

void inline_read(struct reader *reader, cmark_node *leaf, struct doc_node *block)
{
    struct reading reading = {.reader = reader, .parent = block};
    align_load(&reader->align, &reader->containers, leaf);
    for (cmark_node *node = cmark_node_first_child(leaf); node;) {
        cmark_node *child = cmark_node_first_child(node);
        if (is_container(node)) {
            open_container(&reading, node);
            if (child) {
                node = child;
                continue;
            }
            close_container(&reading, node);
        } else {
            read_leaf(&reading, node);
        }
        while (!cmark_node_next(node) && cmark_node_parent(node) != leaf) {
            node = cmark_node_parent(node);
            close_container(&reading, node);
        }
        node = cmark_node_next(node);
    }
}

static bool is_nothing(const struct doc_node *node)
{
    if (node->kind == DOC_TEXT)
        return node->text.n == 0;
    return !node->first && (node->kind == DOC_EMPHASIS || node->kind == DOC_STRONG || node->kind == DOC_SPAN);
}

/* Takes out children that came out empty, and puts in their place the children of a span without a language.
 */
static void sweep(struct doc_node *parent)
{
    for (struct doc_node *node = inline_take(parent), *next; node; node = next) {
        next = node->next;
        if (is_nothing(node))
            continue;
        if (node->kind != DOC_SPAN || node->lang.n) {
            doc_append(parent, node);
            continue;
        }
        for (struct doc_node *child = inline_take(node), *sibling; child; child = sibling) {
            sibling = child->next;
            doc_append(parent, child);
        }
    }
}

static bool is_break(const struct doc_node *node)
{
    return node->kind == DOC_SOFT_BREAK || node->kind == DOC_LINE_BREAK;
}

/* Drops line breaks and blanks at either end of a block, which a dropped tag or comment can leave behind. */
static void trim(struct reader *reader, struct doc_node *block)
{
    struct doc_node *keep = NULL;
    for (struct doc_node *node = inline_take(block), *next; node; node = next) {
        next = node->next;
        if (!block->first && is_break(node))
            continue;
        if (!block->first && node->kind == DOC_TEXT && scan_blanks(node->text, 0)) {
            node = inline_cut(reader->arena, node, scan_blanks(node->text, 0), node->text.n);
            if (!node->text.n)
                continue;
        }
        doc_append(block, node);
        if (!is_break(node))
            keep = node;
    }
    block->last = keep;
    if (keep)
        keep->next = NULL;
    else
        block->first = NULL;
}

static bool in_image(const struct doc_node *node)
{
    for (node = node->parent; node && doc_is_inline(node->kind); node = node->parent)
        if (node->kind == DOC_IMAGE)
            return true;
    return false;
}

void inline_finish(struct reader *reader, struct doc_node *block)
{
    VEC(struct doc_node *) containers = {0};
    span_read(reader, block);
    reference_read(reader, block);
    for (struct doc_node *node = block->first; node; node = doc_next(node, block))
        if (node->first || node->kind == DOC_LINK || node->kind == DOC_IMAGE)
            vec_push(reader->arena, &containers, node);
    for (size_t i = containers.n;
         i-- > 0;) /* what is within goes first: it may leave what is around it empty */
        sweep(containers.at[i]);
    for (size_t i = 0; i < containers.n; i++)
        if (containers.at[i]->kind == DOC_IMAGE && !in_image(containers.at[i]))
            image_finish(reader, containers.at[i]);
    for (size_t i = 0; i < containers.n; i++)
        if (containers.at[i]->kind == DOC_LINK && !in_image(containers.at[i]))
            link_finish(reader, containers.at[i]);
    for (size_t i = containers.n; i-- > 0;)
        sweep(containers.at[i]);
    sweep(block);
    trim(reader, block);
}
