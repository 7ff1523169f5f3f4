#include "paint/tags.h"

#include "paint/element.h"

#include <assert.h>
#include <string.h>

/* The types of nodes that always make one element of one type; NULL: see type_of. */
static const char *const TYPES[] = {
    [DOC_DOCUMENT] = "Document",
    [DOC_MASTHEAD] = "Div",
    [DOC_SECTION] = "Sect",
    [DOC_PARAGRAPH] = "P",
    [DOC_LIST] = "L",
    [DOC_ITEM] = "LI",
    [DOC_LABEL] = "Lbl",
    [DOC_BODY] = "LBody",
    [DOC_QUOTE] = "BlockQuote",
    [DOC_CALLOUT_TITLE] = "P",
    [DOC_CODE_BLOCK] = "P",
    [DOC_TABLE] = "Table",
    [DOC_ROW] = "TR",
    [DOC_FIGURE] = "Div",
    [DOC_PEOPLE] = "Figure",
    [DOC_QR] = "Figure",
    [DOC_CAPTION] = "Caption",
    [DOC_CODE] = "Code",
    [DOC_SPAN] = "Span",
    [DOC_BLANK] = "Span",
    [DOC_CITATION] = "Reference",
    [DOC_LINE_BREAK] = NULL,
};

static bool is_artifact(const struct doc_node *node)
{
    return node->kind == DOC_LINES || node->kind == DOC_RULE || node->kind == DOC_PAGE_BREAK ||
           (node->kind == DOC_IMAGE && node->image.alt.n == 0);
}

static bool changes_language(const struct tags *tags, const struct doc_node *node)
{
    return node->lang.n && node->parent && !str_eq(node->lang, doc_lang(tags->document, node->parent));
}

/* A note or tip stands aside from the text; the graver call-outs are part of it. */
static bool is_aside(enum callout_kind kind)
{
    return kind == CALLOUT_NOTE || kind == CALLOUT_TIP;
}

/* The type of a node's outer element, or NULL if its content belongs to its parent's. */
static const char *type_of(const struct tags *tags, const struct doc_node *node)
{
    static const char *const headings[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    if (node->kind == DOC_HEADING)
        return headings[node->heading.level < 1 ? 0 : node->heading.level > 6 ? 5 : node->heading.level - 1];
    if (node->kind == DOC_CALLOUT)
        return is_aside(node->callout.kind) ? "Note" : "Sect";
    if (node->kind == DOC_CELL) {
        assert(node->parent); /* its row */
        return node->cell.header || node->parent->row.header ? "TH" : "TD";
    }
    if (node->kind == DOC_IMAGE)
        return "Figure";
    if (node->kind == DOC_LINK)
        return tags->survey->active[node->id] ? "Link" : NULL;
    const char *type = TYPES[node->kind];
    return type || !changes_language(tags, node) ? type : "Span";
}

/* The type of the element within the outer one that holds a node's content, or NULL. */
static const char *inner_type_of(const struct tags *tags, const struct doc_node *node)
{
    if (node->kind == DOC_CODE_BLOCK)
        return "Code";
    if (node->kind == DOC_CAPTION)
        return "P"; /* a Caption groups, it does not hold text: ISO 32000-1, §14.8.4.2 */
    if (node->kind == DOC_CITATION)
        return tags->survey->active[node->id] ? "Link" : NULL;
    return NULL;
}

static struct element *add_element(
    struct tags *tags, struct element *parent, const struct doc_node *node, const char *type)
{
    struct element *element = ARENA_NEW(tags->arena, struct element);
    *element = (struct element){.type = type, .node = node, .parent = parent};
    element->order = element->last_order = node->id;
    element->outer = !parent || parent->node != node;
    vec_push(tags->arena, &tags->elements, element);
    return element;
}

/* A table with a head and a body groups its rows in THead and TBody; one that has only one of them does not
 * (a THead without a TBody is forbidden). */
static struct element *row_parent(struct tags *tags, struct element *table, const struct doc_node *row)
{
    const struct doc_node *rows = row->parent;
    assert(rows); /* the table */
    if (!rows->first->row.header || rows->last->row.header)
        return table;
    const struct doc_node *before = tags->row_group ? tags->row_group->node : NULL;
    if (row == rows->first || (before && before->row.header && !row->row.header))
        tags->row_group = add_element(tags, table, row, row->row.header ? "THead" : "TBody");
    return tags->row_group;
}

/* Makes the elements of one node; those of its parent are there. */
static void add_node(struct tags *tags, const struct doc_node *node)
{
    struct element *parent = node->parent ? tags->owners[node->parent->id] : NULL;
    if (is_artifact(node) || (node->parent && !parent))
        return; /* owners[id] stays NULL, for what lies beneath too */
    struct element *owner = parent;
    const char *type = type_of(tags, node);
    if (node->kind == DOC_ROW)
        owner = add_element(tags, row_parent(tags, parent, node), node, type);
    else if (type)
        owner = add_element(tags, parent, node, type);
    const char *inner = inner_type_of(tags, node);
    if (inner)
        owner = add_element(tags, owner, node, inner);
    tags->owners[node->id] = owner;
}

struct tags *tags_new(struct arena *arena, struct writer *writer, const struct document *document,
    const struct survey *survey, size_t page_count)
{
    struct tags *tags = ARENA_NEW(arena, struct tags);
    tags->arena = arena;
    tags->writer = writer;
    tags->document = document;
    tags->survey = survey;
    tags->owners = ARENA_ARRAY(arena, struct element *, document->node_count);
    tags->pages = ARENA_ARRAY(arena, struct page_content, page_count);
    tags->page_count = page_count;
    for (const struct doc_node *node = document->root; node; node = doc_next(node, document->root))
        add_node(tags, node);
    return tags;
}

struct element *tags_owner(const struct tags *tags, const struct doc_node *node)
{
    return tags->owners[node->id];
}

const char *tags_type(const struct element *element)
{
    return element->type;
}

bool tags_is_group(const struct element *element)
{
    static const char *const groups[] = {"Document", "Div", "Sect", "L", "LI", "BlockQuote", "Note", "Table",
        "THead", "TBody", "TR", "Caption"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(element->type, groups[i]) == 0)
            return true;
    return false;
}

/* Content of a leaf stands in the element where the leaf stands in the document. Content that names the
 * element's own node, or one that only surrounds text, stands where it was painted: behind the content before
 * it. */
static uint32_t order_of(const struct element *element, const struct doc_node *node)
{
    return node == element->node || node->first ? element->last_order : node->id;
}

static void add_kid(struct tags *tags, struct element *element, struct kid kid)
{
    kid.sequence = element->kids.n;
    vec_push(tags->arena, &element->kids, kid);
    element->last_order = kid.order;
    for (struct element *at = element; at->parent && at->parent->last_order != at->order; at = at->parent)
        at->parent->last_order = at->order;
}

int tags_add_content(struct tags *tags, struct element *element, const struct doc_node *node, size_t page)
{
    struct page_content *content = &tags->pages[page];
    int mcid = (int)content->owners.n;
    vec_push(tags->arena, &content->owners, element);
    add_kid(tags, element,
        (struct kid){.kind = KID_CONTENT, .order = order_of(element, node), .page = page, .number = mcid});
    return mcid;
}

void tags_add_box(struct element *element, double left, double bottom, double right, double top)
{
    double *box = element->box;
    if (!element->boxed) {
        element->boxed = true;
        box[0] = left;
        box[1] = bottom;
        box[2] = right;
        box[3] = top;
        return;
    }
    box[0] = left < box[0] ? left : box[0];
    box[1] = bottom < box[1] ? bottom : box[1];
    box[2] = right > box[2] ? right : box[2];
    box[3] = top > box[3] ? top : box[3];
}

int tags_add_link(struct tags *tags, const struct doc_node *node, size_t page, int annotation)
{
    struct element *element = tags->owners[node->id];
    struct kid kid = {.kind = KID_ANNOTATION, .order = UINT32_MAX, .page = page, .number = annotation};
    kid.sequence = element->kids.n;
    vec_push(tags->arena, &element->kids, kid);
    vec_push(tags->arena, &tags->links, element);
    return (int)(tags->page_count + tags->links.n - 1);
}
