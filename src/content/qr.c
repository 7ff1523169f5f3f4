#include "content/qr.h"

#include "content/caption.h"
#include "content/inline.h"
#include "content/link.h"
#include "content/reference.h"

#include <string.h>

enum { FEWEST_DIGITS = 3 }; /* of a number to call: 911 */

static void fail(struct reader *reader, struct pos pos, const char *text)
{
    diag_at(reader->diags, SEVERITY_ERROR, pos, "qr-address", "%s", text);
}

static bool has_scheme(struct str url, const char *scheme)
{
    size_t n = strlen(scheme);
    if (url.n < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (ascii_lower(url.p[i]) != scheme[i])
            return false;
    return true;
}

/* The part of an http address that names the computer. */
static struct str host_of(struct str url)
{
    size_t start = str_find(url, "//", 0) + 2, end = start;
    while (end < url.n && !strchr("/?#", url.p[end]))
        end++;
    return str_slice(url, start, end);
}

static size_t count_digits(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++)
        digits += ascii_is_digit(text.p[i]);
    return digits;
}

static bool has_space(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ascii_is_space(text.p[i]))
            return true;
    return false;
}

/* Does a telephone know what to do with it? */
static bool is_whole(struct str url)
{
    if (has_scheme(url, "https://") || has_scheme(url, "http://"))
        return str_find(host_of(url), ".", 0) != SIZE_MAX;
    if (has_scheme(url, "mailto:"))
        return str_find(url, "@", 0) != SIZE_MAX;
    return has_scheme(url, "tel:") && count_digits(url) >= FEWEST_DIGITS;
}

/* Says what is wrong with an address whose variables are filled in; never what their values are, which may be
 * a patient's. */
static bool check_address(struct reader *reader, const struct qr_block *block, struct str url)
{
    if (!block->address.n)
        fail(reader, block->address_pos,
            "a 'qr' block needs an address (write, say, ```qr https://clinic.example.org)");
    else if (has_space(url))
        fail(reader, block->address_pos, "an address has no spaces (one is written as %20)");
    else if (!is_whole(url))
        fail(reader, block->address_pos,
            "this is no whole address (write, say, https://clinic.example.org, "
            "mailto:desk@clinic.example.org "
            "or tel:555-0100)");
    else
        return true;
    return false;
}

/* Is what a reader would type part of the caption already? */
static bool says(const struct doc_node *caption, struct arena *arena, struct str address)
{
    struct buf text = {0};
    doc_text(caption, &text);
    for (const struct doc_node *node = caption; node; node = doc_next(node, caption))
        if (node->kind == DOC_ADDRESS)
            buf_str(&text, node->text);
    bool found = str_find(buf_slice(&text), str_dup(arena, address), 0) != SIZE_MAX;
    buf_free(&text);
    return found;
}

static struct doc_node *add_link(
    struct reader *reader, struct doc_node *parent, struct pos pos, struct str url)
{
    struct doc_node *link = doc_new(reader->arena, DOC_LINK, parent, pos);
    link->link.url = url;
    return link;
}

/* A new line of the caption with the address, which its link alone shows. */
static void add_address(struct reader *reader, const struct qr_block *block, struct doc_node *caption,
    struct str url, struct str address)
{
    if (says(caption, reader->arena, address))
        return;
    doc_new(reader->arena, DOC_LINE_BREAK, caption, block->address_pos);
    struct doc_node *link = add_link(reader, caption, block->address_pos, url);
    struct doc_node *printed = doc_new(reader->arena, DOC_ADDRESS, link, block->address_pos);
    printed->text = address;
    printed->veil = reference_veil(block->address);
}

/* What a reader types or dials: a number as it was written, with the spaces that make it easy to read. */
static struct str printed_address(struct arena *arena, struct str filled, struct str url)
{
    const size_t scheme = strlen("tel:");
    return has_scheme(filled, "tel:") ? str_trim(str_slice(filled, scheme, filled.n))
                                      : link_address(arena, url);
}

/* What is read aloud in place of the code. */
static struct str code_alt(struct reader *reader, const struct doc_node *caption, struct str address)
{
    struct arena *arena = reader->arena;
    struct buf text = {0};
    doc_text(caption, &text);
    struct str alt = words_fill(arena, reader->context->words->qr, "address", address, "caption",
        str_copy(arena, str_trim(buf_slice(&text))), (char *)NULL);
    buf_free(&text);
    return alt;
}

/* FIGURE and CAPTION become a paragraph, with a blank unless the caption has one for the same. */
static struct doc_node *leave_blank(
    struct reader *reader, const struct qr_block *block, struct doc_node *caption, struct str label)
{
    struct doc_node *paragraph = doc_new(reader->arena, DOC_PARAGRAPH, NULL, caption->pos);
    bool has_blank = false;
    for (struct doc_node *node = inline_take(caption), *next; node; node = next) {
        next = node->next;
        doc_append(paragraph, node);
    }
    for (const struct doc_node *node = paragraph; node; node = doc_next(node, paragraph))
        has_blank = has_blank || (node->kind == DOC_BLANK && str_eq(node->blank.label, label));
    if (has_blank)
        return paragraph;
    doc_new(reader->arena, DOC_SOFT_BREAK, paragraph, block->address_pos);
    doc_new(reader->arena, DOC_BLANK, paragraph, block->address_pos)->blank.label = label;
    return paragraph;
}

static bool read_caption(struct reader *reader, const struct qr_block *block, struct doc_node *figure)
{
    struct pos wrong;
    if (caption_read(reader, block->body, block->line, figure, &wrong))
        return true;
    diag_at(reader->diags, SEVERITY_ERROR, wrong, "qr-caption",
        wrong.offset == block->line.offset
            ? "a 'qr' block needs a caption (write between its fences where the code leads)"
            : "the caption of a 'qr' block is one paragraph of text (put the rest behind the block)");
    return false;
}

struct doc_node *qr_read(struct reader *reader, const struct qr_block *block)
{
    struct arena *arena = reader->arena;
    struct doc_node *figure = doc_new(arena, DOC_FIGURE, NULL, block->fence);
    struct doc_node *link = add_link(reader, figure, block->address_pos, STR(""));
    struct doc_node *qr = doc_new(arena, DOC_QR, link, block->address_pos);
    size_t errors = reader->diags->errors;
    struct str blank = STR(""), filled = link_fill(reader, block->address, block->address_pos, &blank);
    struct str url = link_without_spaces(arena, filled);
    bool good = reader->diags->errors == errors; /* else a variable is unknown, or must not be empty */
    if (good && !blank.n)
        good = check_address(reader, block, url);
    if (!read_caption(reader, block, figure) || !good)
        return NULL;
    struct doc_node *caption = figure->last;
    if (blank.n)
        return leave_blank(reader, block, caption, blank);
    link->link.url = qr->qr.url = link_encode(arena, url);
    struct str address = printed_address(arena, filled, qr->qr.url);
    link->link.title = qr->qr.alt = code_alt(reader, caption, address);
    add_address(reader, block, caption, qr->qr.url, address);
    return figure;
}
