#include "paint/text.h"

#include "paint/syntax.h"

#include <math.h>
#include <string.h>

/* The array of a TJ operator while it grows. Widths come from the font's /W; glyphs that do not follow each
 * other by these are moved, to a thousandth of the size. */
struct show {
    const struct fontfile *file;
    struct buf *out;
    size_t room; /* in the buffer, for all glyphs */
    char *at;    /* its part that is still free */
    bool in_array, in_string;
    long pen;    /* where the next glyph would stand, thousandths of the size from the item's start */
    double rise; /* thousandths */
    double size;
};

void text_set_fill(struct text_state *state, struct color color, struct buf *out)
{
    if (state->has_fill && color_eq(state->fill, color))
        return;
    syntax_color(out, color, false);
    state->has_fill = true;
    state->fill = color;
}

static void end_array(struct show *show)
{
    if (show->in_string)
        *show->at++ = ')';
    if (show->in_array)
        show->at = (char *)memcpy(show->at, "]TJ\n", 4) + 4;
    show->in_array = show->in_string = false;
}

static void begin(struct show *show)
{
    show->at = buf_room(show->out, show->room);
}

static void set_rise(struct show *show, double rise)
{
    if (fabs(rise - show->rise) < 0.5)
        return;
    end_array(show);
    buf_end(show->out, show->at);
    buf_number(show->out, rise * show->size / 1000, 3);
    buf_text(show->out, " Ts\n");
    begin(show);
    show->rise = rise;
}

static char *put_move(char *at, long move)
{
    char digits[20];
    size_t n = 0;
    if (move < 0)
        *at++ = '-';
    for (unsigned long rest = move < 0 ? 0UL - (unsigned long)move : (unsigned long)move; rest; rest /= 10)
        digits[n++] = (char)('0' + rest % 10);
    while (n)
        *at++ = digits[--n];
    return at;
}

/* A byte of a literal string (§7.3.4.2). */
static char *put_byte(char *at, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *at++ = '\\';
    *at++ = byte == '\r' ? 'r' : (char)byte;
    return at;
}

static void show_glyph(struct show *show, uint32_t glyph, double x, double y)
{
    set_rise(show, y);
    char *at = show->at;
    if (!show->in_array)
        *at++ = '[';
    show->in_array = true;
    long move = (long)(x < 0 ? x - 0.5 : x + 0.5) - show->pen;
    if (move) {
        if (show->in_string)
            *at++ = ')';
        show->in_string = false;
        at = put_move(at, -move);
    }
    if (!show->in_string)
        *at++ = '(';
    show->in_string = true;
    at = put_byte(at, (unsigned char)(glyph >> 8));
    at = put_byte(at, (unsigned char)(glyph & 0xFF));
    show->at = at;
    show->pen += move + fontfile_width(show->file, glyph);
}

void text_paint(struct text_state *state, const struct fontfile *file, const struct item *item, size_t from,
    size_t to, double y, bool space, struct buf *out)
{
    text_set_fill(state, item->text.color, out);
    buf_text(out, "BT");
    if (state->file != file || state->size != item->text.size) {
        buf_text(out, " /F");
        buf_int(out, fontfile_number(file));
        syntax_point(out, item->text.size);
        buf_text(out, " Tf");
        state->file = file;
        state->size = item->text.size;
    }
    syntax_point(out, item->x);
    syntax_point(out, y);
    buf_text(out, " Td\n");
    enum {
        MOST_FOR_GLYPH = 32
    }; /* "[", ")", a number of 20 digits, "(", two bytes that are escaped, "]TJ\n" */
    struct show show = {.file = file, .out = out, .size = item->text.size};
    show.room = (to - from + 2) * MOST_FOR_GLYPH;
    begin(&show);
    uint32_t between;
    if (space && fontfile_space(file, &between))
        show_glyph(&show, between, (double)item->text.glyphs[from].x - fontfile_width(file, between), 0);
    for (size_t i = from; i < to; i++) {
        const struct glyph *glyph = &item->text.glyphs[i];
        uint32_t id = fontfile_glyph(file, glyph->id);
        if (id != 0)
            show_glyph(&show, id, (double)glyph->x, (double)glyph->y);
    }
    set_rise(&show, 0);
    end_array(&show);
    buf_end(out, show.at);
    buf_text(out, "ET\n");
}
