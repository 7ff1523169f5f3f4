#include "paint/spacing.h"

#include <math.h>
#include <string.h>

struct spacing {
    const struct document *document;
    size_t *cursors;         /* by node id: how much of a node's own text was painted */
    const struct item *last; /* the text item before, or NULL */
    bool last_foreign;       /* its text was not its node's, say brackets around an address */
};

struct spacing *spacing_new(struct arena *arena, const struct document *document)
{
    struct spacing *spacing = ARENA_NEW(arena, struct spacing);
    spacing->document = document;
    spacing->cursors = ARENA_ARRAY(arena, size_t, document->node_count);
    return spacing;
}

static bool has_text(const struct doc_node *node)
{
    return node->kind == DOC_TEXT || node->kind == DOC_CODE || node->kind == DOC_ADDRESS ||
           node->kind == DOC_CODE_BLOCK;
}

static struct str text_of(const struct doc_node *node)
{
    return node->kind == DOC_CODE_BLOCK ? node->code.text : node->text;
}

static const struct doc_node *block_of(const struct doc_node *node)
{
    while (node->parent && doc_is_inline(node->kind))
        node = node->parent;
    return node;
}

static size_t skip_space(struct str text, size_t at)
{
    while (at < text.n && ascii_is_space(text.p[at]))
        at++;
    return at;
}

static bool starts_with_space(struct str text)
{
    return text.n && ascii_is_space(text.p[0]);
}

static bool ends_with_space(struct str text)
{
    return text.n && ascii_is_space(text.p[text.n - 1]);
}

/* Moves `*cursor` from the start of a painted piece in a text to its end; stretches of white space match each
 * other. False if the piece does not stand there. */
static bool match(struct str text, size_t *cursor, struct str piece)
{
    size_t at = *cursor;
    if (piece.n <= text.n - at && memcmp(text.p + at, piece.p, piece.n) == 0) { /* as nearly always */
        *cursor = ends_with_space(piece) ? skip_space(text, at + piece.n) : at + piece.n;
        return true;
    }
    for (size_t i = 0; i < piece.n;) {
        if (ascii_is_space(piece.p[i])) {
            i = skip_space(piece, i);
            at = skip_space(text, at);
        } else if (at < text.n && ascii_lower(text.p[at]) == ascii_lower(piece.p[i])) {
            at++;
            i++;
        } else {
            return false;
        }
    }
    *cursor = at;
    return true;
}

/* Where the document gives no answer, the places do: a new line, or a gap as wide as a thin space. */
static bool stands_apart(const struct item *a, const struct item *b)
{
    const double thin_space = 0.15, same_line = 0.5;
    double size = a->text.size;
    if (fabs(a->y - b->y) > size * same_line)
        return true;
    double gap = b->x > a->x ? b->x - (a->x + a->w) : a->x - (b->x + b->w);
    return gap > size * thin_space;
}

/* White space in the document between the end of what was painted of node `a` and the start of a later node
 * `b`. */
static bool space_between(const struct spacing *spacing, const struct doc_node *a, const struct doc_node *b)
{
    if (b->kind == DOC_ADDRESS)
        return true; /* it is set behind the words of its link */
    for (const struct doc_node *at = a; at && at->id < b->id; at = doc_next(at, spacing->document->root)) {
        if (at->kind == DOC_SOFT_BREAK || at->kind == DOC_LINE_BREAK)
            return true;
        if (!has_text(at))
            continue;
        struct str text = text_of(at);
        size_t cursor = at == a ? spacing->cursors[at->id] : 0;
        if (starts_with_space(str_slice(text, cursor, text.n)))
            return true;
    }
    return false;
}

/* Moves the cursor of the item's node behind it; `*passed`: white space was passed over before it. False if
 * the item shows other text than its node's. */
static bool advance(struct spacing *spacing, const struct item *item, bool *passed)
{
    size_t *cursor = &spacing->cursors[item->tag->id];
    struct str text = text_of(item->tag), piece = item->text.text;
    size_t from = *cursor, start = starts_with_space(piece) ? from : skip_space(text, from);
    if (!match(text, &start, piece))
        return false;
    *passed = skip_space(text, from) > from && !starts_with_space(piece);
    *cursor = start;
    return true;
}

bool spacing_missing(struct spacing *spacing, const struct item *item)
{
    const struct item *last = spacing->last;
    bool own = has_text(item->tag), passed = false, last_foreign = spacing->last_foreign;
    bool foreign = own && !advance(spacing, item, &passed);
    spacing->last = item;
    spacing->last_foreign = foreign;
    if (!last || block_of(last->tag) != block_of(item->tag) || ends_with_space(last->text.text) ||
        starts_with_space(item->text.text))
        return false;
    if (foreign || last_foreign || last->tag->id > item->tag->id || (last->tag == item->tag && !own))
        return stands_apart(last, item);
    return passed || (last->tag != item->tag && space_between(spacing, last->tag, item->tag));
}
