#include "content/citation.h"

#include "content/link.h"

/* A source that was cited, and where. */
struct cited {
    const struct bib_entry *entry;
    int number;
    VEC(struct doc_node *) citations;
};

static void report_unknown(const struct citations *citations, const struct doc_node *node)
{
    struct str id = node->citation.id;
    struct str near = citations->sources ? map_nearest(citations->sources, id) : STR("");
    if (near.n)
        diag_at(citations->diags, SEVERITY_ERROR, node->pos, "citation-unknown",
            "unknown source '%.*s' (did you mean '%.*s'?)", STR_FMT(id), STR_FMT(near));
    else
        diag_at(citations->diags, SEVERITY_ERROR, node->pos, "citation-unknown",
            "unknown source '%.*s' (sources are listed in sources.yaml)", STR_FMT(id));
}

static struct cited *cite(struct citations *citations, const struct doc_node *node)
{
    struct cited *cited = map_get(&citations->cited, node->citation.id);
    if (cited)
        return cited;
    const struct bib_entry *entry =
        citations->sources ? map_get(citations->sources, node->citation.id) : NULL;
    if (!entry) {
        report_unknown(citations, node);
        return NULL;
    }
    cited = ARENA_NEW(citations->arena, struct cited);
    cited->entry = entry;
    cited->number = (int)citations->cited.n + 1;
    map_put(citations->arena, &citations->cited, node->citation.id, cited);
    return cited;
}

void citation_number(struct citations *citations, struct doc_node *root)
{
    for (struct doc_node *node = root; node; node = doc_next(node, root)) {
        struct cited *cited = node->kind == DOC_CITATION ? cite(citations, node) : NULL;
        if (!cited)
            continue;
        node->citation.number = cited->number;
        vec_push(citations->arena, &cited->citations, node);
    }
}

/* Adds one part of an entry and the full stop behind it, unless it ends a sentence itself. */
static void put_sentence(struct buf *out, struct str part)
{
    if (!part.n)
        return;
    buf_str(out, part);
    char last = part.p[part.n - 1];
    buf_text(out, last == '.' || last == '?' || last == '!' ? " " : ". ");
}

/* "Mautner K, and others. Cell-based versus corticosteroid injections. Nature Medicine, 2023. " */
static struct str entry_text(struct arena *arena, const struct bib_entry *entry, bool has_address)
{
    struct buf out = {0};
    put_sentence(&out, entry->authors);
    put_sentence(&out, entry->title);
    struct str published = entry->publisher;
    if (entry->year)
        published = str_printf(arena, "%.*s%s%d", STR_FMT(published), published.n ? ", " : "", entry->year);
    put_sentence(&out, published);
    struct str text = buf_slice(&out);
    struct str kept = str_copy(arena, has_address ? text : str_trim(text));
    buf_free(&out);
    return kept;
}

static void put_entry(struct arena *arena, const struct bib_entry *entry, struct doc_node *paragraph)
{
    struct pos pos = paragraph->pos;
    struct str text = entry_text(arena, entry, entry->url.n > 0);
    if (text.n)
        doc_new(arena, DOC_TEXT, paragraph, pos)->text = text;
    if (!entry->url.n)
        return;
    struct doc_node *link = doc_new(arena, DOC_LINK, paragraph, pos);
    link->link.url = link_encode(arena, entry->url);
    doc_new(arena, DOC_TEXT, link, pos)->text = link_address(arena, link->link.url);
}

void citation_list(struct citations *citations, struct doc_node *parent)
{
    struct arena *arena = citations->arena;
    if (!citations->cited.n)
        return;
    struct doc_node *list = doc_new(arena, DOC_LIST, parent, (struct pos){0});
    list->role = ROLE_SOURCE_LIST;
    list->list.ordered = list->list.tight = true;
    list->list.start = 1;
    for (size_t i = 0; i < citations->cited.n; i++) {
        struct cited *cited = citations->cited.entries[i].value;
        struct doc_node *item = doc_new(arena, DOC_ITEM, list, cited->entry->pos);
        item->item.mark = MARK_NUMBER;
        item->item.number = cited->number;
        item->item.delimiter = '.';
        doc_new(arena, DOC_LABEL, item, item->pos);
        struct doc_node *body = doc_new(arena, DOC_BODY, item, item->pos);
        struct doc_node *paragraph = doc_new(arena, DOC_PARAGRAPH, body, item->pos);
        if (!str_eq(cited->entry->lang, citations->lang))
            paragraph->lang = cited->entry->lang;
        put_entry(arena, cited->entry, paragraph);
        for (size_t j = 0; j < cited->citations.n; j++)
            cited->citations.at[j]->citation.target = item;
    }
}
