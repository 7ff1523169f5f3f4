#include "content/container.h"

#include <cmark.h>

enum { TAB_STOP = 4, CODE_INDENT = 4, MOST_PADDING = 5 };

static bool at_blank(const struct line_place *place)
{
    return place->spaces || (place->offset < place->line.n && (place->line.p[place->offset] == ' ' ||
                                                                  place->line.p[place->offset] == '\t'));
}

/* Passes one column of white space. */
static void pass_column(struct line_place *place)
{
    place->column++;
    if (place->spaces) {
        place->spaces--;
        return;
    }
    if (place->line.p[place->offset++] == '\t')
        place->spaces = TAB_STOP - 1 - (place->column - 1) % TAB_STOP;
}

static void pass_columns(struct line_place *place, size_t count)
{
    while (count-- > 0 && at_blank(place))
        pass_column(place);
}

static void pass_bytes(struct line_place *place, size_t count)
{
    place->offset += count;
    place->column += count;
}

size_t place_indent(struct line_place *place)
{
    size_t start = place->column;
    while (at_blank(place))
        pass_column(place);
    return place->column - start;
}

static bool pass_quote(struct line_place *place)
{
    struct line_place inner = *place;
    if (place_indent(&inner) >= CODE_INDENT || inner.offset >= inner.line.n ||
        inner.line.p[inner.offset] != '>')
        return false;
    pass_bytes(&inner, 1);
    pass_columns(&inner, 1);
    *place = inner;
    return true;
}

/* Behind the marker: how many columns separate it from the content (a code block takes only one of them). */
static size_t pass_padding(struct line_place *place)
{
    struct line_place inner = *place;
    pass_columns(&inner, MOST_PADDING);
    size_t columns = inner.column - place->column;
    if (columns >= 1 && columns < MOST_PADDING && inner.offset < inner.line.n) {
        *place = inner;
        return columns;
    }
    pass_columns(place, 1);
    return 1;
}

/* The bytes of a bullet or an ordinal with its delimiter. */
static size_t marker_size(const struct line_place *place)
{
    size_t i = place->offset;
    while (i < place->line.n && ascii_is_digit(place->line.p[i]))
        i++;
    return i + 1 - place->offset;
}

static bool pass_item(const struct container *item, size_t line, struct line_place *place)
{
    if (item->line == line) {
        place_indent(place);
        pass_bytes(place, item->marker);
        pass_padding(place);
        return true;
    }
    struct line_place inner = *place;
    size_t indent = place_indent(&inner);
    if (indent >= item->indent + item->padding) {
        pass_columns(place, item->indent + item->padding);
        return true;
    }
    if (inner.offset < inner.line.n)
        return false;
    *place = inner; /* a blank line needs no indentation */
    return true;
}

static struct line_place start_of(const struct script *script, size_t line)
{
    struct line_place place = {.line = script_line_text(script, line)};
    if (line == 1 && str_starts(place.line, "\xEF\xBB\xBF"))
        place.offset = 3;
    return place;
}

bool containers_pass(const struct containers *containers, size_t line, struct line_place *place)
{
    *place = start_of(containers->script, line);
    size_t n = containers->n < CONTAINERS_MOST ? containers->n : CONTAINERS_MOST;
    for (size_t i = 0; i < n; i++) {
        const struct container *container = &containers->at[i];
        if (container->item ? !pass_item(container, line, place) : !pass_quote(place))
            return false;
    }
    return true;
}

bool containers_lost(const struct containers *containers)
{
    return containers->n > CONTAINERS_MOST;
}

void containers_enter(struct containers *containers, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_BLOCK_QUOTE && type != CMARK_NODE_ITEM)
        return;
    if (containers->n < CONTAINERS_MOST) {
        struct container entered = {
            .item = type == CMARK_NODE_ITEM, .line = (size_t)cmark_node_get_start_line(node)};
        struct line_place place;
        if (entered.item && containers_pass(containers, entered.line, &place)) {
            entered.indent = place_indent(&place);
            entered.marker = marker_size(&place);
            pass_bytes(&place, entered.marker);
            entered.padding = entered.marker + pass_padding(&place);
        }
        containers->at[containers->n] = entered;
    }
    containers->n++;
}

void containers_leave(struct containers *containers, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM)
        containers->n--;
}

static bool is_underline(const struct containers *containers, size_t line)
{
    struct line_place place;
    if (!containers_pass(containers, line, &place) || place_indent(&place) >= CODE_INDENT)
        return false;
    struct str text = str_trim(str_slice(place.line, place.offset, place.line.n));
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != text.p[0])
            return false;
    return text.n && (text.p[0] == '=' || text.p[0] == '-');
}

size_t containers_last_line(const struct containers *containers, cmark_node *leaf)
{
    size_t first = (size_t)cmark_node_get_start_line(leaf), last = (size_t)cmark_node_get_end_line(leaf);
    bool setext = cmark_node_get_type(leaf) == CMARK_NODE_HEADING && last > first + 1;
    return setext && is_underline(containers, last - 1) ? last - 1 : last < first ? first : last;
}
