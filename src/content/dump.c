/* The document as text, a node a line: what --dump=document prints and the golden files hold. */
#include "base/file.h"
#include "base/utf8.h"
#include "content/document.h"

static const char *const KINDS[] = {[DOC_DOCUMENT] = "document",
    [DOC_MASTHEAD] = "masthead",
    [DOC_SECTION] = "section",
    [DOC_HEADING] = "heading",
    [DOC_PARAGRAPH] = "paragraph",
    [DOC_LIST] = "list",
    [DOC_ITEM] = "item",
    [DOC_LABEL] = "label",
    [DOC_BODY] = "body",
    [DOC_QUOTE] = "quote",
    [DOC_CALLOUT] = "callout",
    [DOC_CALLOUT_TITLE] = "callout-title",
    [DOC_CODE_BLOCK] = "code-block",
    [DOC_TABLE] = "table",
    [DOC_ROW] = "row",
    [DOC_CELL] = "cell",
    [DOC_FIGURE] = "figure",
    [DOC_PEOPLE] = "people",
    [DOC_QR] = "qr",
    [DOC_CAPTION] = "caption",
    [DOC_LINES] = "lines",
    [DOC_RULE] = "rule",
    [DOC_PAGE_BREAK] = "page-break",
    [DOC_TEXT] = "text",
    [DOC_EMPHASIS] = "emphasis",
    [DOC_STRONG] = "strong",
    [DOC_CODE] = "code",
    [DOC_LINK] = "link",
    [DOC_ADDRESS] = "address",
    [DOC_IMAGE] = "image",
    [DOC_SPAN] = "span",
    [DOC_CITATION] = "citation",
    [DOC_BLANK] = "blank",
    [DOC_SOFT_BREAK] = "soft-break",
    [DOC_LINE_BREAK] = "line-break"};

static const char *const ROLES[] = {[ROLE_NONE] = "",
    [ROLE_SUMMARY] = "summary",
    [ROLE_CONDITION] = "condition",
    [ROLE_USUAL_CARE] = "usual-care",
    [ROLE_TREATMENT] = "treatment",
    [ROLE_EVIDENCE] = "evidence",
    [ROLE_EXCLUSIONS] = "exclusions",
    [ROLE_VISIT] = "visit",
    [ROLE_WARNINGS] = "warnings",
    [ROLE_QUESTIONS] = "questions",
    [ROLE_SOURCES] = "sources",
    [ROLE_STANDARD] = "standard",
    [ROLE_NOTICE] = "notice",
    [ROLE_CLINIC] = "clinic",
    [ROLE_PURPOSE] = "purpose",
    [ROLE_CONTACT] = "contact",
    [ROLE_STATE] = "state",
    [ROLE_FIELDS] = "fields",
    [ROLE_SOURCE_LIST] = "source-list",
    [ROLE_STANDARD_SOURCES] = "standard-sources",
    [ROLE_IMPRINT] = "imprint"};

static const char *const MARKS[] = {
    [MARK_BULLET] = "bullet", [MARK_NUMBER] = "number", [MARK_BOX] = "box", [MARK_BOX_TICKED] = "box-ticked"};

static const char *const CALLOUTS[] = {[CALLOUT_CAUTION] = "caution",
    [CALLOUT_WARNING] = "warning",
    [CALLOUT_IMPORTANT] = "important",
    [CALLOUT_NOTE] = "note",
    [CALLOUT_TIP] = "tip"};

static const char *const ALIGNS[] = {
    [ALIGN_DEFAULT] = "default", [ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"};

static void put_quoted(struct buf *out, struct str text)
{
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_text(out, "\\n");
        else if (c < ' ' || c == 0x7F)
            buf_printf(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void put_field(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_printf(out, " %s=", name);
    put_quoted(out, value);
}

static void put_aligns(struct buf *out, const struct doc_node *table)
{
    buf_printf(out, " columns=%zu aligns=", table->table.columns);
    for (size_t i = 0; i < table->table.columns; i++)
        buf_printf(out, "%s%s", i ? "," : "", ALIGNS[table->table.aligns[i]]);
}

/* A link into the document names its target by its anchor. */
static void put_link(struct buf *out, const struct doc_node *node)
{
    put_field(out, "url", node->link.url);
    put_field(out, "title", node->link.title);
    if (node->link.target)
        put_field(out, "target", node->link.target->heading.anchor);
}

static void put_citation(struct buf *out, const struct doc_node *node)
{
    put_field(out, "id", node->citation.id);
    buf_printf(out, " number=%d", node->citation.number);
}

static void put_item(struct buf *out, const struct doc_node *node)
{
    buf_printf(out, " mark=%s", MARKS[node->item.mark]);
    if (node->item.mark == MARK_NUMBER)
        buf_printf(out, " number=%d%c", node->item.number, node->item.delimiter);
}

static void put_list(struct buf *out, const struct doc_node *node)
{
    buf_text(out, node->list.ordered ? " ordered" : " bullet");
    buf_text(out, node->list.tight ? " tight" : " loose");
    if (node->list.ordered)
        buf_printf(out, " start=%d", node->list.start);
}

static void put_people(struct buf *out, const struct doc_node *node)
{
    buf_printf(out, " filled=%d total=%d", node->people.filled, node->people.total);
    put_field(out, "alt", node->people.alt);
}

static void put_image(struct buf *out, const struct doc_node *node)
{
    if (node->image.path)
        put_field(out, "file", path_base(node->image.path));
    buf_text(out, " alt=");
    put_quoted(out, node->image.alt);
}

/* What a block has beside its children. */
static void put_block(struct buf *out, const struct doc_node *node)
{
    if (node->kind == DOC_HEADING) {
        buf_printf(out, " level=%d", node->heading.level);
        put_field(out, "anchor", node->heading.anchor);
    } else if (node->kind == DOC_LIST) {
        put_list(out, node);
    } else if (node->kind == DOC_ITEM) {
        put_item(out, node);
    } else if (node->kind == DOC_CALLOUT) {
        buf_printf(out, " kind=%s", CALLOUTS[node->callout.kind]);
    } else if (node->kind == DOC_CODE_BLOCK) {
        put_field(out, "info", node->code.info);
        buf_char(out, ' ');
        put_quoted(out, node->code.text);
    } else if (node->kind == DOC_TABLE) {
        put_aligns(out, node);
    } else if (node->kind == DOC_ROW) {
        buf_text(out, node->row.header ? " header" : "");
    } else if (node->kind == DOC_CELL) {
        buf_printf(out, " column=%zu%s", node->cell.column, node->cell.header ? " header" : "");
    } else if (node->kind == DOC_PEOPLE) {
        put_people(out, node);
    } else if (node->kind == DOC_QR) {
        put_field(out, "url", node->qr.url);
        put_field(out, "alt", node->qr.alt);
    } else if (node->kind == DOC_LINES) {
        buf_printf(out, " count=%d", node->lines.count);
    }
}

static void put_inline(struct buf *out, const struct doc_node *node)
{
    if (node->kind == DOC_LINK)
        put_link(out, node);
    else if (node->kind == DOC_IMAGE)
        put_image(out, node);
    else if (node->kind == DOC_CITATION)
        put_citation(out, node);
    else if (node->kind == DOC_BLANK)
        put_field(out, "label", node->blank.label);
    else if (node->kind == DOC_TEXT || node->kind == DOC_CODE || node->kind == DOC_ADDRESS) {
        buf_char(out, ' ');
        put_quoted(out, node->text);
    }
}

/* Where the last node stood, so that the next one on its line is found by what lies between them: a line can
 * be a megabyte long and hold as many nodes. */
struct place {
    const struct source *source;
    size_t offset, line, column;
};

static void go_to(struct place *place, const struct source *source, size_t offset)
{
    bool near = place->source == source && offset >= source->lines[place->line - 1] &&
                (place->line == source->line_count || offset < source->lines[place->line]);
    if (!near)
        source_line_column(source, offset, &place->line, &place->column);
    else if (offset >= place->offset)
        place->column += utf8_length(str_slice(source->text, place->offset, offset));
    else
        place->column -= utf8_length(str_slice(source->text, offset, place->offset));
    place->source = source;
    place->offset = offset;
}

/* The file is named where it is not the parent's. */
static void put_pos(struct buf *out, const struct doc_node *node, struct place *place)
{
    const struct source *source = node->pos.source;
    if (!source)
        return;
    go_to(place, source, node->pos.offset);
    buf_text(out, " @");
    if (node->parent && node->parent->pos.source != source)
        buf_printf(out, "%.*s:", STR_FMT(path_base(source->path)));
    buf_printf(out, "%zu:%zu", place->line, place->column);
}

static void put_node(struct buf *out, const struct doc_node *node, size_t depth, struct place *place)
{
    for (size_t i = 0; i < depth; i++)
        buf_text(out, "  ");
    buf_text(out, KINDS[node->kind]);
    if (node->role != ROLE_NONE)
        buf_printf(out, " role=%s", ROLES[node->role]);
    put_field(out, "lang", node->lang);
    if (doc_is_inline(node->kind))
        put_inline(out, node);
    else
        put_block(out, node);
    put_pos(out, node, place);
    buf_char(out, '\n');
}

void document_dump(const struct document *document, struct buf *out)
{
    size_t depth = 0;
    buf_text(out, "fields");
    put_field(out, "title", document->title);
    put_field(out, "lang", document->lang);
    put_field(out, "author", document->author);
    put_field(out, "subject", document->subject);
    put_field(out, "keywords", document->keywords);
    put_field(out, "id", document->id);
    put_field(out, "version", document->version);
    put_field(out, "state", document->state);
    put_field(out, "date", document->date);
    if (document->pages_wanted)
        buf_printf(out, " pages=%d", document->pages_wanted);
    buf_char(out, '\n');
    const struct doc_node *root = document->root;
    struct place place = {0};
    for (const struct doc_node *node = root; node;) {
        put_node(out, node, depth, &place);
        if (node->first) {
            node = node->first;
            depth++;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == root ? NULL : node->next;
    }
}
