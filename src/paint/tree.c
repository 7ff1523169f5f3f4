/* The structure tree's second half: writing it (tags.h says how it works). */
#include "paint/element.h"

#include "content/words.h"
#include "paint/syntax.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_PER_LEAF = 64 }; /* of the number tree; a longer one gets leaves of its own */

/* --- which elements there are -------------------------------------------------------------------------- */

static bool keeps_grid(const struct element *element)
{
    enum doc_kind kind = element->node->kind;
    return kind == DOC_ROW || kind == DOC_CELL;
}

/* An element lives if it or one beneath it shows something, and in a table that lives, every row and cell. */
static void find_living(struct tags *tags)
{
    for (size_t i = tags->elements.n; i-- > 0;) {
        struct element *element = tags->elements.at[i];
        element->live = element->live || element->kids.n > 0 || !element->parent;
        if (element->live && element->parent)
            element->parent->live = true;
    }
    for (size_t i = 0; i < tags->elements.n; i++) {
        struct element *element = tags->elements.at[i];
        if (keeps_grid(element) && element->parent->live)
            element->live = true;
    }
}

static void number_living(struct tags *tags)
{
    for (size_t i = 0; i < tags->elements.n; i++) {
        struct element *element = tags->elements.at[i];
        if (!element->live)
            continue;
        element->object = writer_reserve(tags->writer);
        struct element *parent = element->parent;
        if (!parent)
            continue;
        struct kid kid = {.kind = KID_ELEMENT, .order = element->order, .number = element->object};
        kid.sequence = parent->kids.n;
        vec_push(tags->arena, &parent->kids, kid);
    }
}

/* In document order; an element before content that follows it unplaced. */
static int compare_kids(const void *a, const void *b)
{
    const struct kid *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    if ((x->kind == KID_ELEMENT) != (y->kind == KID_ELEMENT))
        return x->kind == KID_ELEMENT ? -1 : 1;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* --- attributes ---------------------------------------------------------------------------------------- */

static void put_list_attributes(const struct doc_node *list, struct buf *out)
{
    static const char *const numberings[] = {
        [MARK_BULLET] = "Disc", [MARK_NUMBER] = "Decimal", [MARK_BOX] = "None", [MARK_BOX_TICKED] = "None"};
    enum item_mark mark = list->first && list->first->kind == DOC_ITEM ? list->first->item.mark : MARK_BULLET;
    buf_printf(out, " /A <</O /List /ListNumbering /%s>>", numberings[mark]);
}

static bool is_in_line(const struct doc_node *image)
{
    const struct doc_node *parent = image->parent;
    return parent &&
           (doc_is_inline(parent->kind) || parent->kind == DOC_PARAGRAPH || parent->kind == DOC_HEADING ||
               parent->kind == DOC_CELL || parent->kind == DOC_CAPTION || parent->kind == DOC_CALLOUT_TITLE);
}

static struct str alt_of(const struct doc_node *node)
{
    if (node->kind == DOC_PEOPLE)
        return node->people.alt;
    return node->kind == DOC_QR ? node->qr.alt : node->image.alt;
}

static void put_figure_attributes(const struct element *element, struct buf *out)
{
    const struct doc_node *node = element->node;
    buf_text(out, " /Alt ");
    syntax_text(out, alt_of(node));
    buf_printf(out, " /A <</O /Layout /Placement /%s", is_in_line(node) ? "Inline" : "Block");
    if (element->boxed) {
        buf_text(out, " /BBox [");
        for (size_t i = 0; i < 4; i++)
            syntax_point(out, element->box[i]);
        buf_char(out, ']');
    }
    buf_text(out, ">>");
}

static void put_replacement(struct str text, struct buf *out)
{
    buf_text(out, " /ActualText ");
    syntax_text(out, text);
}

/* What a drawn label or a rule to write on reads as. */
static void put_label_text(const struct tags *tags, const struct doc_node *item, struct buf *out)
{
    const struct words *words = tags->document->words;
    if (!item || item->kind != DOC_ITEM || item->item.mark == MARK_NUMBER)
        return; /* printed as text */
    if (item->item.mark == MARK_BULLET)
        put_replacement(STR("\xE2\x80\xA2"), out); /* • */
    else if (item->item.mark == MARK_BOX)
        put_replacement(words && words->box.n ? words->box : STR("\xE2\x98\x90"), out); /* ☐ */
    else
        put_replacement(words && words->box_ticked.n ? words->box_ticked : STR("\xE2\x98\x91"), out); /* ☑ */
}

static void put_blank_text(const struct tags *tags, const struct doc_node *blank, struct buf *out)
{
    const struct words *words = tags->document->words;
    struct str label = blank->blank.label, word = words ? words->blank : STR("");
    struct buf text = {0};
    buf_str(&text, label);
    if (label.n && word.n)
        buf_printf(&text, " (%.*s)", STR_FMT(word));
    else
        buf_str(&text, word.n || label.n ? word : STR("____"));
    put_replacement(buf_slice(&text), out);
    buf_free(&text);
}

/* The identifiers of notes, in the order of the document, which is their order in the ID tree as well. */
static void put_note_id(size_t note, struct buf *out)
{
    buf_printf(out, "(note-%07zu)", note);
}

static void put_scope(const struct doc_node *cell, struct buf *out)
{
    assert(cell->parent); /* its row */
    buf_text(out, " /A <</O /Table /Scope /");
    buf_text(out, cell->parent->row.header ? "Column>>" : "Row>>");
}

static void put_attributes(const struct tags *tags, const struct element *element, struct buf *out)
{
    const struct doc_node *node = element->node;
    const char *type = element->type;
    if (element->outer && node->lang.n && node->parent &&
        !str_eq(node->lang, doc_lang(tags->document, node->parent))) {
        buf_text(out, " /Lang ");
        syntax_text(out, node->lang);
    }
    if (strcmp(type, "L") == 0)
        put_list_attributes(node, out);
    else if (strcmp(type, "TH") == 0)
        put_scope(node, out);
    else if (strcmp(type, "Figure") == 0)
        put_figure_attributes(element, out);
    else if (strcmp(type, "Lbl") == 0)
        put_label_text(tags, node->parent, out);
    else if (node->kind == DOC_BLANK)
        put_blank_text(tags, node, out);
    else if (strcmp(type, "Note") == 0)
        buf_text(out, " /A <</O /Layout /Placement /Block>>");
}

/* --- elements ------------------------------------------------------------------------------------------ */

static void put_kid(const struct tags *tags, const struct kid *kid, size_t page, struct buf *out)
{
    int page_object = kid->kind == KID_ELEMENT ? 0 : writer_page(tags->writer, kid->page);
    if (kid->kind == KID_ELEMENT) {
        syntax_ref(out, kid->number);
    } else if (kid->kind == KID_ANNOTATION) {
        buf_text(out, "<</Type /OBJR /Obj ");
        syntax_ref(out, kid->number);
        buf_text(out, " /Pg ");
        syntax_ref(out, page_object);
        buf_text(out, ">>");
    } else if (kid->page == page) {
        buf_int(out, kid->number);
    } else {
        buf_printf(out, "<</Type /MCR /Pg %d 0 R /MCID %d>>", page_object, kid->number);
    }
}

/* The page of the first content, which plain MCIDs among the kids refer to; `none` without content. */
static size_t content_page(const struct element *element, size_t none)
{
    for (size_t i = 0; i < element->kids.n; i++)
        if (element->kids.at[i].kind == KID_CONTENT)
            return element->kids.at[i].page;
    return none;
}

static void write_element(
    const struct tags *tags, struct element *element, int parent, size_t note, struct buf *out)
{
    buf_clear(out);
    buf_text(out, "/S /");
    buf_text(out, element->type);
    buf_text(out, " /P ");
    syntax_ref(out, parent);
    if (note) {
        buf_text(out, " /ID ");
        put_note_id(note, out);
    }
    put_attributes(tags, element, out);
    if (element->kids.n > 1)
        qsort(element->kids.at, element->kids.n, sizeof *element->kids.at, compare_kids);
    size_t page = content_page(element, tags->page_count);
    if (page < tags->page_count) {
        buf_text(out, " /Pg ");
        syntax_ref(out, writer_page(tags->writer, page));
    }
    if (element->kids.n) {
        buf_text(out, " /K [");
        for (size_t i = 0; i < element->kids.n; i++) {
            if (i)
                buf_char(out, ' ');
            put_kid(tags, &element->kids.at[i], page, out);
        }
        buf_char(out, ']');
    }
    writer_set(tags->writer, element->object, buf_slice(out));
}

/* --- the trees beside it ------------------------------------------------------------------------------- */

static void put_parent_key(const struct tags *tags, size_t key, struct buf *out)
{
    buf_int(out, (long long)key);
    buf_char(out, ' ');
    if (key >= tags->page_count) {
        syntax_ref(out, tags->links.at[key - tags->page_count]->object);
        buf_char(out, '\n');
        return;
    }
    const struct page_content *content = &tags->pages[key];
    buf_char(out, '[');
    for (size_t i = 0; i < content->owners.n; i++) {
        syntax_ref(out, content->owners.at[i]->object);
        buf_char(out, i % 10 == 9 ? '\n' : ' ');
    }
    buf_text(out, "]\n");
}

/* From the pages' contents and the links back to their elements (ISO 32000-1, §14.7.4.4). */
static int write_parent_tree(const struct tags *tags, struct buf *out)
{
    size_t keys = tags->page_count + tags->links.n;
    struct buf kids = {0};
    int root = writer_reserve(tags->writer);
    for (size_t first = 0; first < keys; first += KEYS_PER_LEAF) {
        size_t end = keys - first < KEYS_PER_LEAF ? keys : first + KEYS_PER_LEAF;
        buf_clear(out);
        if (keys > KEYS_PER_LEAF)
            buf_printf(out, "/Limits [%zu %zu] ", first, end - 1);
        buf_text(out, "/Nums [");
        for (size_t key = first; key < end; key++)
            put_parent_key(tags, key, out);
        buf_char(out, ']');
        int leaf = keys > KEYS_PER_LEAF ? writer_reserve(tags->writer) : root;
        writer_set(tags->writer, leaf, buf_slice(out));
        syntax_ref(&kids, leaf);
        buf_char(&kids, ' ');
    }
    if (keys > KEYS_PER_LEAF) {
        buf_clear(out);
        buf_printf(out, "/Kids [%s]", kids.p);
        writer_set(tags->writer, root, buf_slice(out));
    }
    buf_free(&kids);
    return root;
}

int tags_write(struct tags *tags)
{
    find_living(tags);
    int root = writer_reserve(tags->writer);
    number_living(tags);
    struct buf out = {0}, ids = {0};
    size_t notes = 0;
    for (size_t i = 0; i < tags->elements.n; i++) {
        struct element *element = tags->elements.at[i];
        if (!element->live)
            continue;
        bool is_note = strcmp(element->type, "Note") == 0;
        write_element(
            tags, element, element->parent ? element->parent->object : root, is_note ? ++notes : 0, &out);
        if (is_note) {
            put_note_id(notes, &ids);
            buf_printf(&ids, " %d 0 R ", element->object);
        }
    }
    int parents = write_parent_tree(tags, &out);
    buf_clear(&out);
    buf_printf(&out, "/Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %zu",
        tags->elements.at[0]->object, parents, tags->page_count + tags->links.n);
    if (notes)
        buf_printf(&out, " /IDTree <</Names [%s]>>", ids.p);
    writer_set(tags->writer, root, buf_slice(&out));
    buf_free(&out);
    buf_free(&ids);
    return root;
}
