#include "content/document.h"

struct doc_node *doc_new(struct arena *arena, enum doc_kind kind, struct doc_node *parent, struct pos pos)
{
    struct doc_node *node = ARENA_NEW(arena, struct doc_node);
    node->kind = kind;
    node->pos = pos;
    if (parent)
        doc_append(parent, node);
    return node;
}

void doc_append(struct doc_node *parent, struct doc_node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void doc_unlink(struct doc_node *child)
{
    struct doc_node *parent = child->parent, *before = NULL;
    if (!parent)
        return;
    if (parent->first == child) {
        parent->first = child->next;
    } else {
        for (before = parent->first; before->next != child; before = before->next)
            ;
        before->next = child->next;
    }
    if (parent->last == child)
        parent->last = before;
    child->parent = NULL;
    child->next = NULL;
}

struct doc_node *doc_skip(const struct doc_node *node, const struct doc_node *root)
{
    while (node && node != root) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

struct doc_node *doc_next(const struct doc_node *node, const struct doc_node *root)
{
    return node->first ? node->first : doc_skip(node, root);
}

size_t doc_number(struct doc_node *root)
{
    uint32_t count = 0;
    for (struct doc_node *node = root; node; node = doc_next(node, root))
        node->id = count++;
    return count;
}

bool doc_is_inline(enum doc_kind kind)
{
    return kind >= DOC_TEXT;
}

bool doc_is_within(const struct doc_node *node, enum doc_role role)
{
    for (; node; node = node->parent)
        if (node->kind == DOC_SECTION && node->role == role)
            return true;
    return false;
}

const struct doc_node *doc_block(const struct doc_node *node)
{
    while (node && doc_is_inline(node->kind))
        node = node->parent;
    return node;
}

/* A space between two blocks, unless there is one or nothing stands before. */
static void part(struct buf *out, size_t start)
{
    if (out->n > start && out->p[out->n - 1] != ' ')
        buf_char(out, ' ');
}

static void put_text(const struct doc_node *root, bool veiled, struct buf *out)
{
    size_t start = out->n;
    for (const struct doc_node *node = root, *next; node; node = next) {
        next = doc_next(node, root);
        if (!doc_is_inline(node->kind))
            part(out, start);
        if (node->kind == DOC_TEXT || node->kind == DOC_CODE)
            buf_str(out, veiled && node->veil.n ? node->veil : node->text);
        else if (node->kind == DOC_CODE_BLOCK)
            buf_str(out, str_trim(node->code.text));
        else if (node->kind == DOC_IMAGE)
            buf_str(out, node->image.alt);
        else if (node->kind == DOC_BLANK)
            buf_str(out, node->blank.label);
        else if (node->kind == DOC_SOFT_BREAK || node->kind == DOC_LINE_BREAK)
            buf_char(out, ' ');
        if (next && !doc_is_inline(next->kind))
            part(out, start);
    }
}

void doc_text(const struct doc_node *node, struct buf *out)
{
    put_text(node, false, out);
}

void doc_public_text(const struct doc_node *node, struct buf *out)
{
    put_text(node, true, out);
}

/* The index of the run that byte `at` belongs to. */
static size_t run_of(const struct doc_node *node, size_t at)
{
    size_t low = 0, high = node->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (node->runs[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where byte `at` stands, never beyond the start of what follows its run. */
static size_t byte_offset(const struct doc_node *node, size_t at)
{
    size_t end = node->pos.offset + node->pos.length;
    size_t offset = node->pos.offset + at;
    if (node->run_count) {
        size_t i = run_of(node, at);
        offset = node->runs[i].offset + (at - node->runs[i].at);
        if (i + 1 < node->run_count)
            end = node->runs[i + 1].offset;
    }
    return offset < end ? offset : end ? end - 1 : 0;
}

struct pos doc_text_pos(const struct doc_node *node, size_t from, size_t to)
{
    struct pos pos = node->pos;
    bool plain = node->run_count == 0 && node->text.n != pos.length;
    if (!pos.source || plain || to <= from || to > node->text.n)
        return pos;
    pos.offset = byte_offset(node, from);
    size_t end = byte_offset(node, to - 1) + 1;
    pos.length = end > pos.offset ? end - pos.offset : 0;
    return pos;
}

struct str doc_lang(const struct document *document, const struct doc_node *node)
{
    for (; node; node = node->parent)
        if (node->lang.n)
            return node->lang;
    return document->lang;
}
