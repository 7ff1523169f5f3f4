#include "content/align.h"

#include "content/scan.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { FARTHEST_MATCH = 256 };

/* The runs of one text while it is being followed. */
struct runs {
    VEC(struct text_run) list;
    size_t expected; /* where the next byte stands if the last run goes on */
};

void align_free(struct aligner *aligner)
{
    buf_free(&aligner->text);
    free(aligner->origins);
    *aligner = (struct aligner){0};
}

static void clear(struct aligner *aligner)
{
    buf_clear(&aligner->text);
    aligner->at = 0;
    aligner->verbatim = false;
}

static void put(struct aligner *aligner, const char *bytes, size_t n, size_t origin, bool spread)
{
    while (aligner->text.n + n > aligner->cap) {
        size_t cap = aligner->cap ? aligner->cap * 2 : 1024;
        uint32_t *grown = realloc(aligner->origins, cap * sizeof *grown);
        if (!grown)
            out_of_memory();
        aligner->origins = grown;
        aligner->cap = cap;
    }
    for (size_t i = 0; i < n; i++)
        aligner->origins[aligner->text.n + i] = (uint32_t)(origin + (spread ? i : 0));
    buf_put(&aligner->text, bytes, n);
}

/* Adds a stretch of a line of the script; cmark reads U+FFFD for NUL. */
static void put_line(struct aligner *aligner, const struct script *script, const struct script_line *line,
    size_t from, size_t to)
{
    const char *p = script->text.p;
    while (from < to) {
        const struct script_cell *cell = line->cell;
        size_t end = cell && cell->gap_count ? from + 1 : to; /* a cell with gaps goes byte by byte */
        const char *nul = memchr(p + from, '\0', end - from);
        if (nul)
            end = (size_t)(nul - p);
        put(aligner, p + from, end - from, script_origin(line, from), true);
        from = end;
        if (nul) {
            put(aligner, "\xEF\xBF\xBD", 3, script_origin(line, from), false);
            from++;
        }
    }
}

static void put_line_end(struct aligner *aligner, const struct script_line *line)
{
    put(aligner, "\n", 1, script_origin(line, line->to), false);
}

/* The content of a line from where its containers end; `indented` keeps white space before it. */
static void put_content(
    struct aligner *aligner, const struct containers *containers, size_t number, bool indented)
{
    const struct script_line *line = script_line(containers->script, number);
    struct line_place place;
    bool lazy = !containers_pass(containers, number, &place);
    if (!lazy && !indented)
        place_indent(&place);
    for (size_t i = 0; i < place.spaces; i++)
        put(aligner, " ", 1, script_origin(line, line->from + place.offset), false);
    put_line(aligner, containers->script, line, line->from + place.offset, line->to);
    put_line_end(aligner, line);
}

/* "## text": the marks and blanks before the text of an ATX heading, else 0. */
static size_t atx_mark(struct str text)
{
    size_t marks = scan_run(text, 0, '#');
    if (marks < 1 || marks > 6)
        return 0;
    size_t blanks = scan_blanks(text, marks);
    bool ends = marks < text.n && text.p[marks] == '\n';
    return blanks || ends ? marks + blanks : 0;
}

void align_load(struct aligner *aligner, const struct containers *containers, cmark_node *leaf)
{
    clear(aligner);
    size_t first = (size_t)cmark_node_get_start_line(leaf), last = containers_last_line(containers, leaf);
    const struct script_line *line = script_line(containers->script, first);
    if (line->cell) {
        put_line(aligner, containers->script, line, line->from + line->cell->content,
            line->from + line->cell->content_end);
        put_line_end(aligner, line);
        return;
    }
    for (size_t number = first; number <= last && number <= containers->script->line_count; number++)
        put_content(aligner, containers, number, false);
    if (cmark_node_get_type(leaf) == CMARK_NODE_HEADING)
        aligner->at = atx_mark(buf_slice(&aligner->text));
    if (aligner->at)
        return;
    for (size_t size; (size = scan_definition(buf_slice(&aligner->text), aligner->at)) > 0;)
        aligner->at += size;
}

void align_load_lines(
    struct aligner *aligner, const struct containers *containers, size_t first, size_t count)
{
    clear(aligner);
    for (size_t i = 0; i < count && first + i <= containers->script->line_count; i++)
        put_content(aligner, containers, first + i, true);
}

size_t align_offset(const struct aligner *aligner)
{
    if (aligner->at < aligner->text.n)
        return aligner->origins[aligner->at];
    return align_end(aligner);
}

size_t align_end(const struct aligner *aligner)
{
    if (aligner->at > 0)
        return aligner->origins[aligner->at - 1] + 1u;
    return aligner->text.n ? aligner->origins[0] : 0;
}

static char peek(const struct aligner *aligner, size_t ahead)
{
    size_t at = aligner->at + ahead;
    return at < aligner->text.n ? aligner->text.p[at] : '\0';
}

/* Passes `count` characters if the first of them is one of `expected`. */
static void pass(struct aligner *aligner, const char *expected, size_t count)
{
    char c = peek(aligner, 0);
    if (c == '\0' || !strchr(expected, c) || aligner->at + count > aligner->text.n)
        aligner->misses++;
    else
        aligner->at += count;
}

void align_open(struct aligner *aligner, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_EMPH)
        pass(aligner, "*_", 1);
    else if (type == CMARK_NODE_STRONG)
        pass(aligner, "*_", 2);
    else if (type == CMARK_NODE_IMAGE)
        pass(aligner, "!", 2);
    else if (type == CMARK_NODE_LINK) {
        aligner->verbatim = peek(aligner, 0) == '<';
        pass(aligner, "[<", 1);
    }
}

/* Behind the text of a link: "](…)", "][label]", "][]" or "]". */
static void pass_link_end(struct aligner *aligner)
{
    pass(aligner, "]", 1);
    struct str text = buf_slice(&aligner->text);
    size_t size = scan_link_tail(text, aligner->at);
    aligner->at += size ? size : scan_label(text, aligner->at);
}

void align_close(struct aligner *aligner, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_EMPH)
        pass(aligner, "*_", 1);
    else if (type == CMARK_NODE_STRONG)
        pass(aligner, "*_", 2);
    else if (aligner->verbatim)
        pass(aligner, ">", 1);
    else
        pass_link_end(aligner);
    aligner->verbatim = false;
}

/* Notes where byte `at` of the text stands. */
static inline void note(struct arena *arena, struct runs *runs, size_t at, size_t offset, bool escaped)
{
    if (runs->list.n == 0 || offset != runs->expected || escaped)
        vec_push(arena, &runs->list, (struct text_run){(uint32_t)at, (uint32_t)offset, escaped});
    runs->expected = offset + 1;
}

/* How many characters of the source a piece of smart punctuation stands for; 0 if it is none. */
static size_t smart_size(const struct aligner *aligner, struct str rest)
{
    char c = peek(aligner, 0);
    if (c == '"')
        return str_starts(rest, "\u201C") || str_starts(rest, "\u201D") ? 1 : 0;
    if (c == '\'')
        return str_starts(rest, "\u2018") || str_starts(rest, "\u2019") ? 1 : 0;
    if (c == '.')
        return str_starts(rest, "\u2026") ? 3 : 0;
    if (c == '-')
        return str_starts(rest, "\u2014") ? 3 : str_starts(rest, "\u2013") ? 2 : 0;
    return 0;
}

/* The nearest place ahead where the source has the character that is wanted. */
static void seek(struct aligner *aligner, char wanted)
{
    aligner->misses++;
    for (size_t ahead = 1; ahead < FARTHEST_MATCH && aligner->at + ahead < aligner->text.n; ahead++)
        if (peek(aligner, ahead) == wanted) {
            aligner->at += ahead;
            return;
        }
}

/* Passes the source of the text's next bytes; returns how many bytes of the text that is. */
static size_t step(
    struct aligner *aligner, struct arena *arena, struct str literal, size_t at, struct runs *runs)
{
    struct str rest = str_slice(literal, at, literal.n), text = buf_slice(&aligner->text);
    char wanted = rest.p[0], c = peek(aligner, 0), entity[SCAN_ENTITY_MOST];
    size_t made = 0, size = 0;
    if (c == '\\' && !aligner->verbatim && peek(aligner, 1) == wanted && ascii_is_punct(wanted)) {
        aligner->at++;
        note(arena, runs, at, align_offset(aligner), true);
        aligner->at++;
        return 1;
    }
    if (c == '&')
        size = scan_entity(text, aligner->at, entity, &made);
    if (size && rest.n >= made && memcmp(rest.p, entity, made) == 0) {
        note(arena, runs, at, align_offset(aligner), true); /* an entity starts no convention either */
        runs->expected = SIZE_MAX;
        aligner->at += size;
        return made;
    }
    if (c != wanted && !aligner->verbatim)
        size = smart_size(aligner, rest);
    if (c != wanted && size) {
        note(arena, runs, at, align_offset(aligner), false);
        runs->expected = SIZE_MAX;
        aligner->at += size;
        return 3;
    }
    if (c != wanted)
        seek(aligner, wanted);
    note(arena, runs, at, align_offset(aligner), false);
    aligner->at += peek(aligner, 0) == wanted;
    return 1;
}

/* Fills in text, runs and position; a text that stands in the source as it is needs no runs. */
static void finish(
    struct aligner *aligner, struct arena *arena, struct str literal, struct runs *runs, struct doc_node *out)
{
    out->text = str_copy(arena, literal);
    out->pos.offset = runs->list.n ? runs->list.at[0].offset : align_offset(aligner);
    size_t end = align_end(aligner);
    out->pos.length = end > out->pos.offset ? end - out->pos.offset : 0;
    bool same = runs->list.n == 1 && !runs->list.at[0].escaped && out->pos.length == literal.n;
    out->runs = same ? NULL : runs->list.at;
    out->run_count = same ? 0 : runs->list.n;
}

/* Passes what the source has as the text has it, as far as nothing but that is possible; returns how many
 * bytes that is. Most of a text is of this kind. */
static size_t pass_same(
    struct aligner *aligner, struct arena *arena, struct str literal, size_t at, struct runs *runs)
{
    size_t from = aligner->at, most = from < aligner->text.n ? aligner->text.n - from : 0, n = 0;
    if (!most)
        return 0;
    if (most > literal.n - at)
        most = literal.n - at;
    const char *text = aligner->text.p + from;
    const uint32_t *origins = aligner->origins + from;
    size_t expected = runs->expected;
    for (; n < most; n++) {
        char c = text[n];
        if (c != literal.p[at + n] || c == '\\' || c == '&')
            break;
        if (origins[n] != expected || !runs->list.n) {
            runs->expected = expected;
            note(arena, runs, at + n, origins[n], false);
        }
        expected = origins[n] + (size_t)1;
    }
    runs->expected = expected;
    aligner->at += n;
    return n;
}

void align_text(struct aligner *aligner, struct arena *arena, struct str literal, struct doc_node *out)
{
    struct runs runs = {0};
    for (size_t i = 0; i < literal.n;) {
        i += pass_same(aligner, arena, literal, i, &runs);
        if (i < literal.n)
            i += step(aligner, arena, literal, i, &runs);
    }
    finish(aligner, arena, literal, &runs, out);
}

/* Where the run of exactly `size` backticks that closes a code span starts. */
static size_t code_end(struct str text, size_t at, size_t size)
{
    while (at < text.n) {
        const char *found = memchr(text.p + at, '`', text.n - at);
        if (!found)
            break;
        at = (size_t)(found - text.p);
        size_t run = scan_run(text, at, '`');
        if (run == size)
            return at;
        at += run;
    }
    return text.n;
}

/* Is one space stripped at either end? Not where there is nothing else. */
static bool is_padded(struct str code)
{
    bool spaces = code.n && (code.p[0] == ' ' || code.p[0] == '\n');
    char last = code.n ? code.p[code.n - 1] : '\0';
    return spaces && (last == ' ' || last == '\n') && str_trim(code).n;
}

void align_code(struct aligner *aligner, struct arena *arena, struct str literal, struct doc_node *out)
{
    struct str text = buf_slice(&aligner->text);
    size_t size = scan_run(text, aligner->at, '`');
    size_t end = code_end(text, aligner->at + size, size);
    struct runs runs = {0};
    aligner->misses += size == 0;
    aligner->at += size;
    aligner->at += is_padded(str_slice(text, aligner->at, end));
    for (size_t i = 0; i < literal.n; i++) {
        char c = peek(aligner, 0);
        note(arena, &runs, i, align_offset(aligner), false);
        if (c == literal.p[i] || (c == '\n' && literal.p[i] == ' '))
            aligner->at++;
        else
            aligner->misses++;
    }
    finish(aligner, arena, literal, &runs, out);
    aligner->at = end + size < text.n ? end + size : text.n;
}

void align_html(struct aligner *aligner, struct str literal)
{
    for (size_t i = 0; i < literal.n; i++) {
        char c = literal.p[i];
        if (c == '\r' && i + 1 < literal.n && literal.p[i + 1] == '\n')
            continue;
        if (peek(aligner, 0) == (c == '\r' ? '\n' : c))
            aligner->at++;
        else
            aligner->misses++;
    }
}

void align_break(struct aligner *aligner)
{
    struct str text = buf_slice(&aligner->text);
    while (peek(aligner, 0) != '\n' && ascii_is_space(peek(aligner, 0)))
        aligner->at++;
    bool backslash = peek(aligner, 0) == '\\';
    aligner->at += backslash;
    pass(aligner, "\n", 1);
    if (!backslash) /* behind a backslash, the blanks of a lazy line become text */
        aligner->at += scan_blanks(text, aligner->at);
}
