#include "paint/text.h"

#include "paint/syntax.h"

#include <math.h>

/* The array of a TJ operator while it grows. Widths come from the font's /W; glyphs that do not follow each
 * other by these are moved, to a thousandth of the size. */
struct show {
    const struct fontfile *file;
    struct buf *out;
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

static void end_string(struct show *show)
{
    if (show->in_string)
        buf_char(show->out, '>');
    show->in_string = false;
}

static void end_array(struct show *show)
{
    end_string(show);
    if (show->in_array)
        buf_text(show->out, "]TJ\n");
    show->in_array = false;
}

static void set_rise(struct show *show, double rise)
{
    if (fabs(rise - show->rise) < 0.5)
        return;
    end_array(show);
    buf_number(show->out, rise * show->size / 1000, 3);
    buf_text(show->out, " Ts\n");
    show->rise = rise;
}

static void show_glyph(struct show *show, uint32_t glyph, double x, double y)
{
    set_rise(show, y);
    if (!show->in_array)
        buf_char(show->out, '[');
    show->in_array = true;
    long move = lround(x) - show->pen;
    if (move) {
        end_string(show);
        buf_int(show->out, -move);
    }
    if (!show->in_string)
        buf_char(show->out, '<');
    show->in_string = true;
    syntax_hex4(show->out, glyph);
    show->pen += move + fontfile_width(show->file, glyph);
}

void text_paint(struct text_state *state, const struct fontfile *file, const struct item *item, size_t from,
    size_t to, double y, bool space, struct buf *out)
{
    text_set_fill(state, item->text.color, out);
    buf_text(out, "BT");
    if (state->file != file || state->size != item->text.size) {
        buf_printf(out, " /F%d", fontfile_number(file));
        syntax_point(out, item->text.size);
        buf_text(out, " Tf");
        state->file = file;
        state->size = item->text.size;
    }
    syntax_point(out, item->x);
    syntax_point(out, y);
    buf_text(out, " Td\n");
    struct show show = {.file = file, .out = out, .size = item->text.size};
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
    buf_text(out, "ET\n");
}
