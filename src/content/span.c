#include "content/span.h"

#include "content/inline.h"
#include "content/name.h"

#include <string.h>

enum { SPAN_DEPTH_MOST = 20, LONGEST_TAG = 64 };

static const char OPENING[] = "{lang=";

/* A bracket among the children of one node. */
struct bracket {
    struct doc_node *text;
    size_t at, size; /* '[' alone; "]{lang=es}" with all that */
    struct str lang;
    bool opens, matched;
};

struct brackets {
    VEC(struct bracket) all;
    VEC(size_t) open; /* indices of those not closed yet */
};

/* The whole "]{lang=…}" at a ']', or 0; its tag goes to `lang`. */
static size_t closing_size(const struct doc_node *text, size_t at, struct str *lang)
{
    struct str rest = str_slice(text->text, at + 1, text->text.n);
    if (!str_starts(rest, OPENING) || inline_escaped(text, at + 1))
        return 0;
    size_t start = sizeof OPENING - 1;
    size_t end = start;
    while (end < rest.n && end - start < LONGEST_TAG && rest.p[end] != '}')
        end++;
    if (end == rest.n || rest.p[end] != '}')
        return 0;
    *lang = str_trim(str_slice(rest, start, end));
    return end + 2;
}

static void close_bracket(struct reader *reader, struct brackets *brackets, struct bracket found)
{
    struct pos pos = doc_text_pos(found.text, found.at, found.at + (found.size ? found.size : 1));
    if (brackets->open.n == 0) {
        if (found.size)
            diag_at(reader->diags, SEVERITY_WARNING, pos, "lang-malformed",
                "no '[' before this names the text in the language '%.*s'", STR_FMT(found.lang));
        return;
    }
    size_t opening = brackets->open.at[--brackets->open.n];
    if (!found.size)
        return;
    if (!name_is_lang(found.lang)) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "lang-malformed",
            "'%.*s' is no language tag (write, say, 'es' or 'pt-BR')", STR_FMT(found.lang));
        found.lang = STR("");
    }
    brackets->all.at[opening].matched = true;
    brackets->all.at[opening].lang = found.lang;
    found.matched = true;
    vec_push(reader->arena, &brackets->all, found);
}

static void find_in_text(struct reader *reader, struct doc_node *text, struct brackets *brackets)
{
    for (size_t i = 0; i < text->text.n; i++) {
        char c = text->text.p[i];
        if ((c != '[' && c != ']') || inline_escaped(text, i))
            continue;
        struct bracket found = {.text = text, .at = i, .opens = c == '['};
        if (found.opens) {
            found.size = 1;
            vec_push(reader->arena, &brackets->open, brackets->all.n);
            vec_push(reader->arena, &brackets->all, found);
        } else {
            found.size = closing_size(text, i, &found.lang);
            close_bracket(reader, brackets, found);
        }
    }
}

/* Builds the children anew, with a SPAN for each pair of brackets that matched. */
static void rebuild(struct reader *reader, struct doc_node *parent, const struct brackets *brackets)
{
    struct doc_node *into = parent;
    size_t depth = 0, next_bracket = 0;
    for (struct doc_node *node = inline_take(parent), *next; node; node = next) {
        next = node->next;
        size_t from = 0;
        bool cut = false;
        for (; next_bracket < brackets->all.n && brackets->all.at[next_bracket].text == node;
             next_bracket++) {
            const struct bracket *bracket = &brackets->all.at[next_bracket];
            if (!bracket->matched)
                continue;
            cut = true;
            if (bracket->at > from)
                doc_append(into, inline_cut(reader->arena, node, from, bracket->at));
            from = bracket->at + bracket->size;
            struct pos pos = doc_text_pos(node, bracket->at, from);
            if (!bracket->opens) {
                if (depth-- <= SPAN_DEPTH_MOST) {
                    into->pos.length = pos.offset + pos.length - into->pos.offset;
                    into = into->parent;
                }
            } else if (++depth <= SPAN_DEPTH_MOST) {
                into = doc_new(reader->arena, DOC_SPAN, into, pos);
                into->lang = bracket->lang;
            } else {
                reader_too_deep(reader, pos);
            }
        }
        if (!cut)
            doc_append(into, node);
        else if (from < node->text.n)
            doc_append(into, inline_cut(reader->arena, node, from, node->text.n));
    }
}

static bool has_language(const struct doc_node *parent)
{
    for (const struct doc_node *node = parent->first; node; node = node->next)
        if (node->kind == DOC_TEXT && str_find(node->text, "]{lang=", 0) != SIZE_MAX)
            return true;
    return false;
}

void span_read(struct reader *reader, struct doc_node *block)
{
    for (struct doc_node *parent = block; parent; parent = doc_next(parent, block)) {
        if (!parent->first || parent->kind == DOC_SPAN || !has_language(parent))
            continue;
        struct brackets brackets = {0};
        for (struct doc_node *node = parent->first; node; node = node->next)
            if (node->kind == DOC_TEXT)
                find_in_text(reader, node, &brackets);
        rebuild(reader, parent, &brackets);
    }
}
