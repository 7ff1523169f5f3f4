#include "base/diag.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEPT = 1000, LONGEST_EXCERPT = 400, LONGEST_MESSAGE = 1000 };

struct diags diags_new(struct arena *arena)
{
    return (struct diags){.arena = arena};
}

static void count(struct diags *diags, enum severity severity)
{
    if (severity == SEVERITY_WARNING)
        diags->warnings++;
    if (severity >= SEVERITY_ERROR)
        diags->errors++;
    if (severity == SEVERITY_MACHINE)
        diags->machine_errors++;
}

/* No flood of warnings may hide an error: each kind has its own limit. */
static bool is_full(const struct diags *diags, enum severity severity)
{
    return (severity >= SEVERITY_ERROR ? diags->kept_errors : diags->list.n - diags->kept_errors) >=
           MOST_KEPT;
}

static void add(struct diags *diags, struct diag diag)
{
    count(diags, diag.severity);
    if (is_full(diags, diag.severity)) {
        diags->dropped++;
        return;
    }
    diags->kept_errors += diag.severity >= SEVERITY_ERROR;
    vec_push(diags->arena, &diags->list, diag);
}

/* Control characters of an author's text, which a terminal or a log would obey, become spaces; tabs stay
 * where `keep_tabs`, because the column counts on them. */
static void tame(char *text, bool keep_tabs)
{
    for (; *text; text++)
        if (((unsigned char)*text < ' ' && !(keep_tabs && *text == '\t')) || *text == 0x7F)
            *text = ' ';
}

/* The message, cut where an author's text would make it endless. */
static const char *format_message(struct arena *arena, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return format;
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, list);
    tame(text, false);
    if (length <= LONGEST_MESSAGE)
        return text;
    size_t end = LONGEST_MESSAGE;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    return arena_printf(arena, "%.*s…", (int)end, text);
}

/* Where a stretch of a source stands, as a diagnostic says it. */
static void place(struct diags *diags, struct pos pos, struct diag *diag)
{
    if (!pos.source)
        return;
    diag->file = pos.source->path;
    source_line_column(pos.source, pos.offset, &diag->line, &diag->column);
    struct str line = source_line(pos.source, diag->line);
    size_t start = pos.offset - pos.source->lines[diag->line - 1];
    diag->width = utf8_length(str_slice(line, start, start + pos.length));
    if (line.n <= LONGEST_EXCERPT) {
        char *excerpt = str_dup(diags->arena, line);
        tame(excerpt, true);
        diag->excerpt = excerpt;
    }
}

void diag_at(
    struct diags *diags, enum severity severity, struct pos pos, const char *code, const char *format, ...)
{
    if (is_full(diags, severity)) {
        add(diags, (struct diag){.severity = severity});
        return;
    }
    struct diag diag = {.severity = severity, .code = code};
    va_list list;
    va_start(list, format);
    diag.message = format_message(diags->arena, format, list);
    va_end(list);
    place(diags, pos, &diag);
    add(diags, diag);
}

static const char *nonempty(const char *text)
{
    return text && text[0] ? text : NULL;
}

void diag_of_rule(struct diags *diags, enum severity severity, struct pos pos, const char *code,
    const char *reason, const char *basis, const char *message)
{
    diag_at(diags, severity, pos, code, "%s", message);
    if (!diags->list.n || diags->list.at[diags->list.n - 1].code != code)
        return; /* it was dropped */
    struct diag *diag = &diags->list.at[diags->list.n - 1];
    diag->reason = nonempty(reason);
    diag->basis = nonempty(basis);
}

void diag_file(
    struct diags *diags, enum severity severity, const char *path, const char *code, const char *format, ...)
{
    struct diag diag = {.severity = severity, .code = code};
    va_list list;
    va_start(list, format);
    diag.message = format_message(diags->arena, format, list);
    va_end(list);
    if (path)
        diag.file = arena_copy(diags->arena, path, strlen(path));
    add(diags, diag);
}

static const char *copy(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

struct diag diag_copy(struct arena *arena, const struct diag *diag)
{
    struct diag kept = *diag;
    kept.code = copy(arena, diag->code);
    kept.message = copy(arena, diag->message);
    kept.file = copy(arena, diag->file);
    kept.excerpt = copy(arena, diag->excerpt);
    kept.reason = copy(arena, diag->reason);
    kept.basis = copy(arena, diag->basis);
    return kept;
}

void diag_add(struct diags *diags, const struct diag *diag)
{
    add(diags, diag_copy(diags->arena, diag));
}

/* A diagnostic, and where it stood in the list. */
struct placed {
    struct diag diag;
    size_t index;
};

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    int order = strcmp(a->diag.file ? a->diag.file : "", b->diag.file ? b->diag.file : "");
    if (!order)
        order = compare_numbers(a->diag.line, b->diag.line);
    if (!order)
        order = compare_numbers(a->diag.column, b->diag.column);
    return order ? order : compare_numbers(a->index, b->index);
}

void diags_sort(struct diags *diags)
{
    size_t n = diags->list.n;
    struct placed *all = ARENA_ARRAY(diags->arena, struct placed, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct placed){diags->list.at[i], i};
    qsort(all, n, sizeof *all, compare_places);
    for (size_t i = 0; i < n; i++)
        diags->list.at[i] = all[i].diag;
}

void diags_append(struct diags *diags, const struct diags *more)
{
    size_t errors = diags->errors + more->errors, warnings = diags->warnings + more->warnings;
    size_t machine_errors = diags->machine_errors + more->machine_errors;
    for (size_t i = 0; i < more->list.n; i++)
        diag_add(diags, &more->list.at[i]);
    diags->errors = errors;
    diags->warnings = warnings;
    diags->machine_errors = machine_errors;
    diags->dropped += more->dropped;
}
