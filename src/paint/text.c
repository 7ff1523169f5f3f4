#include "paint/text.h"

#include "paint/syntax.h"

#include <math.h>
#include <string.h>

/* The array of a TJ operator while it grows. Widths come from the font's /W; glyphs that do not follow each
 * other by these are moved, to a thousandth of the size. */
struct show {
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
    unsigned long rest = move < 0 ? 0UL - (unsigned long)move : (unsigned long)move;
    if (move < 0)
        *at++ = '-';
    return buf_write_digits(at, rest, buf_count_digits(rest));
}

/* Begins a string within an array, `move` behind the end of the one before. */
static char *begin_string(const struct show *show, char *at, long move)
{
    if (show->in_string)
        *at++ = ')';
    if (!show->in_array)
        *at++ = '[';
    if (move)
        at = put_move(at, -move);
    *at++ = '(';
    return at;
}

static inline void show_glyph(struct show *show, const struct shown *shown, double x, double y)
{
    if (y != show->rise)
        set_rise(show, y);
    const long move = (long)(x < 0 ? x - 0.5 : x + 0.5) - show->pen;
    char *at = show->at;
    if (move || !show->in_string)
        at = begin_string(show, at, move);
    show->in_array = show->in_string = true;
    memcpy(at, shown->code, sizeof shown->code);
    show->at = at + shown->code_size;
    show->pen += move + shown->width;
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
    struct show show = {.out = out, .size = item->text.size};
    show.room = (to - from + 2) * MOST_FOR_GLYPH;
    begin(&show);
    const struct shown_glyphs glyphs = fontfile_shown(file);
    if (space && glyphs.space)
        show_glyph(&show, glyphs.space, (double)item->text.glyphs[from].x - glyphs.space->width, 0);
    for (size_t i = from; i < to; i++) {
        const struct glyph *glyph = &item->text.glyphs[i];
        const struct shown *shown = fontfile_show(&glyphs, glyph->id);
        if (shown)
            show_glyph(&show, shown, (double)glyph->x, (double)glyph->y);
    }
    set_rise(&show, 0);
    end_array(&show);
    buf_end(out, show.at);
    buf_text(out, "ET\n");
}
