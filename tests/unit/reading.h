/* Reading Markdown in a test: a text goes in, document nodes and diagnostics come out. */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "content/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const char FIXTURES[] = "tests/fixtures";

struct trial {
    struct arena *arena;
    struct diags diags;
    struct words words;
    struct map variables;
    struct markdown_context context;
    struct document document;
    bool good;
};

static inline void reading_variable(struct trial *reading, const char *name, const char *value)
{
    struct str *kept = ARENA_NEW(reading->arena, struct str);
    *kept = str_from(value);
    map_put(reading->arena, &reading->variables, str_from(name), kept);
}

/* A reading with words and a few variables, before any text. */
static inline struct trial reading_new(void)
{
    struct trial reading = {.arena = arena_new()};
    reading.diags = diags_new(reading.arena);
    reading.words.callouts[CALLOUT_CAUTION] = STR("Caution");
    reading.words.callouts[CALLOUT_WARNING] = STR("Warning");
    reading.words.callouts[CALLOUT_IMPORTANT] = STR("Important");
    reading.words.callouts[CALLOUT_NOTE] = STR("Note");
    reading.words.callouts[CALLOUT_TIP] = STR("Tip");
    reading.words.people = STR("{filled}/{total}: {caption}");
    reading.words.qr = STR("{address}: {caption}");
    reading_variable(&reading, "clinic.name", "Sample Clinic");
    reading_variable(&reading, "clinic.web", "clinic.example.org/start");
    reading_variable(&reading, "clinic.mail", "desk@example.org");
    reading_variable(&reading, "clinic.phone.day", "(555) 010-0199");
    reading_variable(&reading, "clinic.phone.after-hours", "");
    reading_variable(&reading, "tricky", "*a* [@b] {{clinic.name}} <b>");
    return reading;
}

static inline void reading_text(struct trial *reading, struct str text)
{
    reading->context.picture_root = FIXTURES;
    reading->context.words = &reading->words;
    reading->context.variables = &reading->variables;
    char *path = arena_printf(reading->arena, "%s/text.md", FIXTURES);
    struct source *source = source_new(reading->arena, path, str_copy(reading->arena, text));
    reading->document.lang = STR("en");
    reading->document.root = doc_new(reading->arena, DOC_DOCUMENT, NULL, (struct pos){source, 0, text.n});
    reading->good =
        markdown_read(reading->arena, &reading->diags, source, &reading->context, reading->document.root);
    reading->document.node_count = doc_number(reading->document.root);
}

static inline void reading_free(struct trial *reading)
{
    arena_free(reading->arena);
}

/* "line:col+width code" for each diagnostic, joined by "; ". */
static inline const char *reading_diags(struct trial *reading)
{
    struct buf out = {0};
    buf_text(&out, "");
    for (size_t i = 0; i < reading->diags.list.n; i++) {
        const struct diag *diag = &reading->diags.list.at[i];
        buf_printf(&out, "%s%s %zu:%zu+%zu %s", i ? "; " : "",
            diag->severity == SEVERITY_WARNING ? "warning" : "error", diag->line, diag->column, diag->width,
            diag->code);
    }
    const char *text = arena_copy(reading->arena, out.p, out.n);
    buf_free(&out);
    return text;
}

static inline void put_inlines(struct buf *out, const struct doc_node *parent);

static inline void put_wrapped(struct buf *out, const char *name, const struct doc_node *node)
{
    buf_printf(out, "<%s>", name);
    put_inlines(out, node);
    buf_printf(out, "</%s>", name);
}

/* Inlines in a shape that is quick to read and write. */
static inline void put_inlines(struct buf *out, const struct doc_node *parent)
{
    for (const struct doc_node *node = parent->first; node; node = node->next) {
        if (node->kind == DOC_TEXT)
            buf_str(out, node->text);
        else if (node->kind == DOC_CODE)
            buf_printf(out, "`%.*s`", STR_FMT(node->text));
        else if (node->kind == DOC_ADDRESS)
            buf_printf(out, " (%.*s)", STR_FMT(node->text));
        else if (node->kind == DOC_BLANK)
            buf_printf(out, "____%.*s____", STR_FMT(node->blank.label));
        else if (node->kind == DOC_CITATION)
            buf_printf(out, "^%.*s^", STR_FMT(node->citation.id));
        else if (node->kind == DOC_IMAGE)
            buf_printf(out, "<img %.*s>", STR_FMT(node->image.alt));
        else if (node->kind == DOC_SOFT_BREAK)
            buf_text(out, "~");
        else if (node->kind == DOC_LINE_BREAK)
            buf_text(out, "|");
        else
            put_wrapped(out,
                node->kind == DOC_EMPHASIS ? "em"
                : node->kind == DOC_STRONG ? "b"
                : node->kind == DOC_LINK   ? "a"
                                           : "span",
                node);
    }
}

static inline void put_blocks(struct buf *out, const struct doc_node *parent);

static inline void put_table(struct buf *out, const struct doc_node *table)
{
    buf_text(out, "table ");
    for (size_t i = 0; i < table->table.columns; i++)
        buf_char(out, ".<^>"[table->table.aligns[i]]);
    for (const struct doc_node *row = table->first; row; row = row->next) {
        buf_text(out, row->row.header ? " #" : " ");
        size_t column = 0;
        for (const struct doc_node *cell = row->first; cell; cell = cell->next, column++) {
            assert_int_equal(cell->cell.column, column);
            assert_int_equal(cell->cell.header, row->row.header);
            buf_char(out, '[');
            put_inlines(out, cell);
            buf_char(out, ']');
        }
        assert_int_equal(column, table->table.columns);
    }
}

static inline void put_holder(struct buf *out, const char *name, const struct doc_node *node)
{
    buf_printf(out, "%s(", name);
    put_blocks(out, node);
    buf_char(out, ')');
}

static inline void put_item(struct buf *out, const struct doc_node *item)
{
    static const char *const MARKS[] = {"*", "", "[ ]", "[x]"};
    buf_text(out, MARKS[item->item.mark]);
    if (item->item.mark == MARK_NUMBER)
        buf_printf(out, "%d%c", item->item.number, item->item.delimiter);
    assert_int_equal(item->first->kind, DOC_LABEL);
    put_holder(out, "", item->last);
}

static inline void put_block(struct buf *out, const struct doc_node *node)
{
    static const char *const CALLOUTS[] = {"caution", "warning", "important", "note", "tip"};
    if (node->kind == DOC_TABLE)
        put_table(out, node);
    else if (node->kind == DOC_LIST)
        put_holder(out, node->list.tight ? "tight" : "loose", node);
    else if (node->kind == DOC_ITEM)
        put_item(out, node);
    else if (node->kind == DOC_QUOTE)
        put_holder(out, "quote", node);
    else if (node->kind == DOC_CALLOUT)
        put_holder(out, CALLOUTS[node->callout.kind], node);
    else if (node->kind == DOC_CODE_BLOCK)
        buf_printf(out, "code{%.*s}", STR_FMT(str_trim(node->code.text)));
    else if (node->kind == DOC_LINES)
        buf_printf(out, "lines %d", node->lines.count);
    else if (node->kind == DOC_PEOPLE)
        buf_printf(out, "%d/%d", node->people.filled, node->people.total);
    else if (node->kind == DOC_LINK) /* around a code */
        buf_printf(out, "<qr %.*s>", STR_FMT(node->first->qr.url));
    else if (node->kind == DOC_RULE || node->kind == DOC_PAGE_BREAK)
        buf_text(out, node->kind == DOC_RULE ? "rule" : "page-break");
    else {
        static const char *const NAMES[] = {[DOC_HEADING] = "h",
            [DOC_PARAGRAPH] = "p",
            [DOC_CALLOUT_TITLE] = "title",
            [DOC_FIGURE] = "figure",
            [DOC_CAPTION] = "caption"};
        buf_text(out, NAMES[node->kind]);
        if (node->kind == DOC_HEADING)
            buf_int(out, node->heading.level);
        buf_char(out, '(');
        if (node->kind == DOC_FIGURE && node->first->kind != DOC_IMAGE) {
            put_blocks(out, node);
        } else if (node->kind == DOC_FIGURE && node->last->kind == DOC_CAPTION) {
            buf_printf(out, "<img %.*s> ", STR_FMT(node->first->image.alt));
            put_block(out, node->last);
        } else {
            put_inlines(out, node);
        }
        buf_char(out, ')');
    }
}

static inline void put_blocks(struct buf *out, const struct doc_node *parent)
{
    for (const struct doc_node *node = parent->first; node; node = node->next) {
        put_block(out, node);
        if (node->next)
            buf_char(out, ' ');
    }
}

/* The whole document in that shape. */
static inline const char *reading_shape(struct trial *reading)
{
    struct buf out = {0};
    buf_text(&out, "");
    put_blocks(&out, reading->document.root);
    const char *text = arena_copy(reading->arena, out.p, out.n);
    buf_free(&out);
    return text;
}

/* A text and what must come of it: nodes in the shape above, and diagnostics. */
struct case_text {
    const char *markdown, *shape, *diags;
};

static inline void reading_check(const struct case_text *cases, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct trial reading = reading_new();
        reading_text(&reading, str_from(cases[i].markdown));
        const char *shape = reading_shape(&reading), *diags = reading_diags(&reading);
        const char *expected = cases[i].diags ? cases[i].diags : "";
        if (strcmp(shape, cases[i].shape) != 0 || strcmp(diags, expected) != 0) {
            print_error("case %zu:\n%s\n  expected %s\n       got %s\n  expected {%s}\n       got {%s}\n", i,
                cases[i].markdown, cases[i].shape, shape, expected, diags);
            wrong++;
        }
        reading_free(&reading);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_CASES(cases) reading_check((cases), sizeof(cases) / sizeof *(cases))

#endif
