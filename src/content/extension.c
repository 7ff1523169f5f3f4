#include "content/extension.h"

#include "content/caption.h"
#include "content/inline.h"
#include "content/qr.h"
#include "content/scan.h"

#include <string.h>

enum { LINES_MOST = 40 };

static const char *const CALLOUT_NAMES[CALLOUT_KINDS] = {[CALLOUT_CAUTION] = "CAUTION",
    [CALLOUT_WARNING] = "WARNING",
    [CALLOUT_IMPORTANT] = "IMPORTANT",
    [CALLOUT_NOTE] = "NOTE",
    [CALLOUT_TIP] = "TIP"};

/* Removes the first `size` bytes, and the blanks behind them, from a block that begins with a text. */
static void drop_start(struct reader *reader, struct doc_node *block, size_t size)
{
    struct doc_node *text = block->first;
    size += scan_blanks(text->text, size);
    struct doc_node *rest = inline_cut(reader->arena, text, size, text->text.n);
    struct doc_node *next = text->next;
    inline_take(block);
    if (rest->text.n)
        doc_append(block, rest);
    for (struct doc_node *node = next; node; node = next) {
        next = node->next;
        doc_append(block, node);
    }
}

static struct str upper(struct arena *arena, struct str name)
{
    char *out = arena_copy(arena, name.p, name.n);
    for (size_t i = 0; i < name.n; i++)
        if (out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 'a' + 'A');
    return (struct str){out, name.n};
}

static bool kind_of(struct reader *reader, struct str name, struct pos pos, enum callout_kind *kind)
{
    struct str wanted = upper(reader->arena, name);
    const char *near = NULL;
    size_t nearest = 4;
    for (int i = 0; i < CALLOUT_KINDS; i++) {
        size_t distance = str_distance(wanted, str_from(CALLOUT_NAMES[i]), 3);
        *kind = (enum callout_kind)i;
        if (distance == 0)
            return true;
        if (distance < nearest) {
            nearest = distance;
            near = CALLOUT_NAMES[i];
        }
    }
    if (near)
        diag_at(reader->diags, SEVERITY_ERROR, pos, "callout-unknown",
            "unknown call-out '%.*s' (did you mean '%s'?)", STR_FMT(name), near);
    else
        diag_at(reader->diags, SEVERITY_ERROR, pos, "callout-unknown",
            "unknown call-out '%.*s' (there are CAUTION, WARNING, IMPORTANT, NOTE and TIP)", STR_FMT(name));
    return false;
}

/* The size of "[!KIND]" at the start of a block, and the name in it; 0 if it does not begin so. */
static size_t callout_mark(const struct doc_node *block, struct str *name)
{
    const struct doc_node *text = block->first;
    if (!text || text->kind != DOC_TEXT || !str_starts(text->text, "[!") || inline_escaped(text, 0) ||
        inline_escaped(text, 1))
        return 0;
    size_t end = 2;
    while (end < text->text.n && ascii_is_alpha(text->text.p[end]))
        end++;
    *name = str_slice(text->text, 2, end);
    bool closed = end < text->text.n && text->text.p[end] == ']' && !inline_escaped(text, end);
    return closed && name->n ? end + 1 : 0;
}

/* Moves what stands on the first line of `paragraph` into `title`; a break within emphasis does not end it.
 */
static void move_title(struct doc_node *paragraph, struct doc_node *title)
{
    bool in_title = true;
    for (struct doc_node *node = inline_take(paragraph), *next; node; node = next) {
        next = node->next;
        bool ends = in_title && (node->kind == DOC_SOFT_BREAK || node->kind == DOC_LINE_BREAK);
        if (ends)
            in_title = false;
        else
            doc_append(in_title ? title : paragraph, node);
    }
}

void extension_callout(struct reader *reader, struct doc_node *quote, struct doc_node *paragraph)
{
    struct str name;
    enum callout_kind kind;
    size_t size = callout_mark(paragraph, &name);
    if (!size)
        return;
    struct pos pos = doc_text_pos(paragraph->first, 2, size - 1);
    if (!kind_of(reader, name, pos, &kind))
        return;
    quote->kind = DOC_CALLOUT;
    quote->callout.kind = kind;
    struct doc_node *title = doc_new(reader->arena, DOC_CALLOUT_TITLE, quote, paragraph->pos);
    title->pos = doc_text_pos(paragraph->first, 0, size);
    drop_start(reader, paragraph, size);
    move_title(paragraph, title);
    inline_finish(reader, title);
    if (title->first)
        return;
    struct doc_node *text = doc_new(reader->arena, DOC_TEXT, title, title->pos);
    text->text = reader->context->words->callouts[kind];
}

void extension_box(struct reader *reader, struct doc_node *item, struct doc_node *paragraph)
{
    struct doc_node *text = paragraph->first;
    if (!text || text->kind != DOC_TEXT || text->text.n < 3 || text->text.p[0] != '[' ||
        text->text.p[2] != ']' || inline_escaped(text, 0) || inline_escaped(text, 1) ||
        inline_escaped(text, 2))
        return;
    char mark = ascii_lower(text->text.p[1]);
    bool ends = text->text.n == 3 ? !text->next || text->next->kind == DOC_SOFT_BREAK
                                  : ascii_is_space(text->text.p[3]);
    if ((mark != ' ' && mark != 'x') || !ends)
        return;
    item->item.mark = mark == 'x' ? MARK_BOX_TICKED : MARK_BOX;
    drop_start(reader, paragraph, 3);
}

/* Text in a block that has no use for it would vanish unseen. */
static void warn_of_body(struct reader *reader, struct str name, struct str text, struct pos pos)
{
    if (str_trim(text).n)
        diag_at(reader->diags, SEVERITY_WARNING, pos, "block-body",
            "the text in a '%.*s' block is not printed", STR_FMT(name));
}

static struct doc_node *read_lines(struct reader *reader, struct str argument, struct pos pos)
{
    size_t count = 0;
    if (!str_to_size(argument, LINES_MOST, &count) || count == 0) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "lines-count",
            "a 'lines' block needs a number from 1 to %d (write, say, ```lines 4)", LINES_MOST);
        return NULL;
    }
    struct doc_node *lines = doc_new(reader->arena, DOC_LINES, NULL, pos);
    lines->lines.count = (int)count;
    return lines;
}

/* The line that opens a fenced block. */
static struct pos first_line(struct pos fence)
{
    struct str line = str_slice(fence.source->text, fence.offset, fence.offset + fence.length);
    size_t end = 0;
    while (end < line.n && line.p[end] != '\n' && line.p[end] != '\r')
        end++;
    fence.length = end;
    return fence;
}

/* Where `piece` of the argument behind a block's name stands on the line; the whole line if it is written
 * with escapes there. */
static struct pos argument_pos(
    struct arena *arena, struct pos line, const char *block, struct str argument, struct str piece)
{
    struct str written = str_slice(line.source->text, line.offset, line.offset + line.length);
    size_t name = str_find(written, block, 0), at = SIZE_MAX;
    if (name != SIZE_MAX && piece.n)
        at = str_find(written, str_dup(arena, argument), name + strlen(block));
    if (at == SIZE_MAX)
        return line;
    return (struct pos){line.source, line.offset + at + (size_t)(piece.p - argument.p), piece.n};
}

static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_digit(text.p[i]))
            return false;
    return text.n > 0;
}

/* "N of M" as two numbers; false with a diagnostic if it is not that. */
static bool read_people_count(
    struct reader *reader, struct str argument, struct pos line, struct doc_node *people)
{
    struct str rest = argument, filled = str_cut(&rest, ' ');
    rest = str_trim(rest);
    struct str of = str_cut(&rest, ' '), total = str_trim(rest);
    size_t n = 0, m = 0;
    if (!is_number(filled) || !str_is(of, "of") || !is_number(total)) {
        diag_at(reader->diags, SEVERITY_ERROR,
            argument_pos(reader->arena, line, "people", argument, argument), "people-count",
            "a 'people' block says how many of how many (write, say, ```people 74 of 100)");
        return false;
    }
    if (!str_to_size(total, PEOPLE_MOST, &m) || m == 0) {
        diag_at(reader->diags, SEVERITY_ERROR, argument_pos(reader->arena, line, "people", argument, total),
            "people-count", "a 'people' block shows 1 to %d people (100 are easy to compare)", PEOPLE_MOST);
        return false;
    }
    if (!str_to_size(filled, m, &n)) {
        diag_at(reader->diags, SEVERITY_ERROR, argument_pos(reader->arena, line, "people", argument, filled),
            "people-count", "of %zu people, no more than %zu can be filled in", m, m);
        return false;
    }
    people->people.filled = (int)n;
    people->people.total = (int)m;
    return true;
}

/* What is read aloud in place of the picture. */
static struct str people_alt(
    struct reader *reader, const struct doc_node *people, const struct doc_node *caption)
{
    struct arena *arena = reader->arena;
    struct buf text = {0};
    doc_text(caption, &text);
    struct str alt = words_fill(arena, reader->context->words->people, "filled",
        str_printf(arena, "%d", people->people.filled), "total",
        str_printf(arena, "%d", people->people.total), "caption", str_copy(arena, str_trim(buf_slice(&text))),
        (char *)NULL);
    buf_free(&text);
    return alt;
}

static struct doc_node *read_people(
    struct reader *reader, struct str argument, struct str text, struct pos fence)
{
    struct pos line = first_line(fence), wrong;
    struct doc_node *figure = doc_new(reader->arena, DOC_FIGURE, NULL, fence);
    struct doc_node *people = doc_new(reader->arena, DOC_PEOPLE, figure, line);
    bool counted = read_people_count(reader, argument, line, people);
    if (!caption_read(reader, text, line, figure, &wrong)) {
        bool none = wrong.offset == line.offset;
        diag_at(reader->diags, SEVERITY_ERROR, wrong, "people-caption",
            none
                ? "a 'people' block needs a caption (write between its fences what the picture shows)"
                : "the caption of a 'people' block is one paragraph of text (put the rest behind the block)");
        return NULL;
    }
    if (!counted)
        return NULL;
    people->people.alt = people_alt(reader, people, figure->last);
    return figure;
}

static struct doc_node *read_qr(struct reader *reader, struct str argument, struct str text, struct pos fence)
{
    struct pos line = first_line(fence);
    const struct qr_block block = {.address = str_copy(reader->arena, argument),
        .address_pos = argument_pos(reader->arena, line, "qr", argument, argument),
        .body = text,
        .line = line,
        .fence = fence};
    return qr_read(reader, &block);
}

/* A fence whose name is almost that of a block is likely to be meant as one: "line 3", "QR …", "page break".
 */
static void warn_of_near_block(struct reader *reader, struct str info, struct pos pos)
{
    static const char *const names[] = {"lines", "people", "qr", "page-break"};
    enum { NEAR = 2, SHORT = 3, LONGEST = 16 };
    char lower[LONGEST];
    struct str rest = info, name = str_cut(&rest, ' ');
    if (str_is(name, "page") || str_is(name, "Page"))
        name = info;
    if (!name.n || name.n > LONGEST)
        return;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = name.p[i] == ' ' ? '-' : ascii_lower(name.p[i]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str known = str_from(names[i]);
        size_t distance = str_distance((struct str){lower, name.n}, known, NEAR + 1);
        if (distance == 0 || (distance <= NEAR && known.n > SHORT && name.n > SHORT)) {
            diag_at(reader->diags, SEVERITY_WARNING, pos, "block-unknown",
                "there is no block '%.*s', so this is printed as code (did you mean '%s'?)", STR_FMT(name),
                names[i]);
            return;
        }
    }
}

struct doc_node *extension_fence(struct reader *reader, struct str info, struct str text, struct pos pos)
{
    struct str argument = info, name = str_cut(&argument, ' ');
    argument = str_trim(argument);
    if (str_is(name, "lines")) {
        warn_of_body(reader, name, text, pos);
        return read_lines(reader, argument, pos);
    }
    if (str_is(name, "page-break") && !argument.n) {
        warn_of_body(reader, name, text, pos);
        return doc_new(reader->arena, DOC_PAGE_BREAK, NULL, pos);
    }
    if (str_is(name, "people"))
        return read_people(reader, argument, text, pos);
    if (str_is(name, "qr"))
        return read_qr(reader, argument, text, pos);
    warn_of_near_block(reader, info, pos);
    struct doc_node *code = doc_new(reader->arena, DOC_CODE_BLOCK, NULL, pos);
    code->code.info = str_copy(reader->arena, info);
    code->code.text = str_copy(reader->arena, text);
    return code;
}
