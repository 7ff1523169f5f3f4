#include "content/reference.h"

#include "content/inline.h"
#include "content/scan.h"
#include "content/variables.h"

#include <string.h>

enum { LONGEST_NAME = 100, LONGEST_CITATION = 1000 };

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return name.n > 0;
}

/* The size of a "{{name}}", or 0 where two braces open none; `name` is then empty. */
static size_t variable_size(struct str text, size_t at, struct str *name)
{
    size_t start = at + 2, end = start;
    *name = STR("");
    while (end < text.n && end - start < LONGEST_NAME && text.p[end] != '}' && text.p[end] != '{')
        end++;
    if (end + 1 >= text.n || text.p[end] != '}' || text.p[end + 1] != '}')
        return 0;
    struct str inner = str_trim(str_slice(text, start, end));
    if (!is_name(inner))
        return 0;
    *name = inner;
    return end + 2 - at;
}

/* "clinic.phone.after-hours" as words: "clinic phone after hours". */
static struct str label_of(struct arena *arena, struct str name)
{
    char *label = arena_copy(arena, name.p, name.n);
    for (size_t i = 0; i < name.n; i++)
        if (label[i] == '.' || label[i] == '-' || label[i] == '_')
            label[i] = ' ';
    return (struct str){label, name.n};
}

/* The value of a variable, with a diagnostic when there is none, or none that may be printed. */
static const struct str *value_of(struct reader *reader, struct str name, struct pos pos)
{
    const struct map *variables = reader->context->variables;
    const struct str *value = variables_get(variables, name);
    if (!value) {
        struct str near = variables_nearest(variables, name);
        if (near.n)
            diag_at(reader->diags, SEVERITY_ERROR, pos, "variable-unknown",
                "unknown variable '%.*s' (did you mean '%.*s'?)", STR_FMT(name), STR_FMT(near));
        else
            diag_at(reader->diags, SEVERITY_ERROR, pos, "variable-unknown", "unknown variable '%.*s'",
                STR_FMT(name));
    } else if (value->n == 0 && reader->context->publish) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "blank-unfilled",
            "the variable '%.*s' is empty, and what is published has no blanks", STR_FMT(name));
    }
    return value;
}

static void report_malformed(struct reader *reader, struct pos pos)
{
    diag_at(reader->diags, SEVERITY_WARNING, pos, "variable-malformed",
        "this opens no variable and is printed as it is (write {{clinic.name}}, or \\{{ for braces)");
}

/* A text's conventions being put in their places. */
struct rewriting {
    struct reader *reader;
    struct doc_node *text, *parent;
    size_t done; /* the bytes before this are in place */
    bool citations;
};

static void put_text(struct rewriting *rewriting, size_t to)
{
    if (to > rewriting->done)
        doc_append(
            rewriting->parent, inline_cut(rewriting->reader->arena, rewriting->text, rewriting->done, to));
    rewriting->done = to;
}

/* Puts a variable's value or blank beneath `parent`; false if there is no such variable. */
static bool put_variable(struct reader *reader, struct str name, struct pos pos, struct doc_node *parent)
{
    const struct str *value = value_of(reader, name, pos);
    if (!value)
        return false;
    struct doc_node *node = doc_new(reader->arena, value->n ? DOC_TEXT : DOC_BLANK, parent, pos);
    if (!value->n)
        node->blank.label = label_of(reader->arena, name);
    else
        node->text = *value;
    if (value->n && variables_is_desk(name))
        node->veil = label_of(reader->arena, name);
    return true;
}

/* Reads the braces at `at`; returns how many bytes to go on. */
static size_t read_variable(struct rewriting *rewriting, size_t at)
{
    struct reader *reader = rewriting->reader;
    struct doc_node *text = rewriting->text;
    struct str name;
    size_t braces = scan_run(text->text, at, '{');
    if (braces < 2 || inline_escaped(text, at) || inline_escaped(text, at + 1))
        return 1;
    at += braces - 2; /* of more braces, the last two open it */
    size_t size = variable_size(text->text, at, &name);
    if (!size) {
        report_malformed(reader, doc_text_pos(text, at, at + 2));
        return braces;
    }
    put_text(rewriting, at);
    if (put_variable(reader, name, doc_text_pos(text, at, at + size), rewriting->parent))
        rewriting->done = at + size;
    return braces - 2 + size;
}

/* The id at `at`, behind its '@', or an empty slice. */
static struct str id_at(struct str text, size_t at)
{
    size_t end = at;
    while (
        end < text.n && (ascii_is_alpha(text.p[end]) || ascii_is_digit(text.p[end]) || text.p[end] == '-' ||
                            text.p[end] == '_' || text.p[end] == '.' || text.p[end] == ':'))
        end++;
    return str_slice(text, at, end);
}

/* The size of "[@a]" or "[@a; @b]", or 0; puts a CITATION for each id beneath `parent` unless that is NULL.
 */
static size_t citation(const struct rewriting *rewriting, size_t at, struct doc_node *parent)
{
    const struct doc_node *node = rewriting->text;
    struct str text = node->text;
    for (size_t i = at + 1; i < text.n && i - at < LONGEST_CITATION;) {
        struct str id = text.p[i] == '@' ? id_at(text, i + 1) : STR("");
        if (!id.n || inline_escaped(node, i))
            return 0;
        if (parent) {
            struct pos pos = doc_text_pos(node, i, i + 1 + id.n);
            doc_new(rewriting->reader->arena, DOC_CITATION, parent, pos)->citation.id = id;
        }
        i += 1 + id.n;
        i += scan_blanks(text, i);
        if (i < text.n && text.p[i] == ']' && !inline_escaped(node, i))
            return i + 1 - at;
        if (i >= text.n || text.p[i] != ';')
            return 0;
        i++;
        i += scan_blanks(text, i);
    }
    return 0;
}

static bool in_link(const struct doc_node *node)
{
    for (; node && doc_is_inline(node->kind); node = node->parent)
        if (node->kind == DOC_LINK)
            return true;
    return false;
}

static size_t read_citation(struct rewriting *rewriting, size_t at)
{
    struct doc_node *text = rewriting->text;
    if (at + 1 >= text->text.n || text->text.p[at + 1] != '@' || inline_escaped(text, at) ||
        inline_escaped(text, at + 1))
        return 1;
    struct diags *diags = rewriting->reader->diags;
    size_t size = citation(rewriting, at, NULL);
    struct pos pos = doc_text_pos(text, at, at + (size ? size : 2));
    if (!size) {
        diag_at(diags, SEVERITY_WARNING, pos, "citation-malformed",
            "this is no citation and is printed as it is (write [@source-id] or [@one; @two])");
        return 2;
    }
    if (in_link(rewriting->parent)) {
        diag_at(diags, SEVERITY_ERROR, pos, "citation-in-link",
            "a citation cannot stand in the text of a link (put it behind the link)");
        return size;
    }
    put_text(rewriting, at);
    citation(rewriting, at, rewriting->parent);
    rewriting->done = at + size;
    return size;
}

static void rewrite(struct rewriting *rewriting)
{
    struct str text = rewriting->text->text;
    bool variables = rewriting->reader->context->variables != NULL;
    for (size_t i = 0; i < text.n;) {
        if (text.p[i] == '{' && variables)
            i += read_variable(rewriting, i);
        else if (text.p[i] == '[' && rewriting->citations)
            i += read_citation(rewriting, i);
        else
            i++;
    }
    if (rewriting->done == 0)
        doc_append(rewriting->parent, rewriting->text);
    else
        put_text(rewriting, text.n);
}

static bool has_conventions(const struct doc_node *parent)
{
    for (const struct doc_node *node = parent->first; node; node = node->next)
        if (node->kind == DOC_TEXT &&
            (memchr(node->text.p, '{', node->text.n) || memchr(node->text.p, '[', node->text.n)))
            return true;
    return false;
}

void reference_read(struct reader *reader, struct doc_node *block)
{
    for (struct doc_node *parent = block; parent; parent = doc_next(parent, block)) {
        if (!parent->first || !has_conventions(parent))
            continue;
        bool in_image = false;
        for (const struct doc_node *node = parent; node && doc_is_inline(node->kind); node = node->parent)
            in_image = in_image || node->kind == DOC_IMAGE;
        for (struct doc_node *node = inline_take(parent), *next; node; node = next) {
            next = node->next;
            struct rewriting rewriting = {reader, node, parent, 0, !in_image};
            if (node->kind == DOC_TEXT)
                rewrite(&rewriting);
            else
                doc_append(parent, node);
        }
    }
}

/* Where a variable is named within `rest`, what is left of the source of what holds it; for messages. */
static struct pos find_in(struct pos *rest, struct str variable)
{
    struct str held =
        rest->source ? str_slice(rest->source->text, rest->offset, rest->offset + rest->length) : STR("");
    size_t at = 0;
    while ((at = str_find(held, "{{", at)) != SIZE_MAX &&
           !str_eq(str_slice(held, at, at + variable.n), variable))
        at++;
    if (at == SIZE_MAX) {
        rest->length = 0; /* it is written otherwise there: look no more */
        return *rest;
    }
    struct pos found = {rest->source, rest->offset + at, variable.n};
    rest->offset += at + variable.n;
    rest->length -= at + variable.n;
    return found;
}

void reference_fill_text(struct reader *reader, struct str text, struct pos pos, struct doc_node *parent)
{
    size_t done = 0;
    struct pos rest = pos;
    for (size_t at = 0; reader->context->variables && (at = str_find(text, "{{", at)) != SIZE_MAX;) {
        at += scan_run(text, at, '{') - 2;
        struct str name;
        size_t size = variable_size(text, at, &name);
        if (size && at > done)
            doc_new(reader->arena, DOC_TEXT, parent, pos)->text = str_slice(text, done, at);
        struct pos where = find_in(&rest, str_slice(text, at, at + (size ? size : 2)));
        if (!size)
            report_malformed(reader, where);
        else
            done = put_variable(reader, name, where, parent) ? at + size : at;
        at += size ? size : 2;
    }
    if (done < text.n)
        doc_new(reader->arena, DOC_TEXT, parent, pos)->text = str_slice(text, done, text.n);
}

struct str reference_fill(struct reader *reader, struct str text, struct pos pos, struct str *blank)
{
    struct doc_node pieces = {.kind = DOC_SPAN};
    reference_fill_text(reader, text, pos, &pieces);
    struct buf filled = {0};
    for (const struct doc_node *node = pieces.first; node; node = node->next) {
        if (node->kind == DOC_TEXT)
            buf_str(&filled, node->text);
        else if (!blank->n)
            *blank = node->blank.label;
    }
    struct str result = str_copy(reader->arena, buf_slice(&filled));
    buf_free(&filled);
    return result;
}

struct str reference_veil(struct str text)
{
    struct str name;
    for (size_t at = 0; (at = str_find(text, "{{", at)) != SIZE_MAX; at += 2) {
        at += scan_run(text, at, '{') - 2;
        if (variable_size(text, at, &name) && variables_is_desk(name))
            return text;
    }
    return STR("");
}
