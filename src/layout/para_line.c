#include "layout/para_line.h"

#include "layout/drawing.h"

#include <math.h>
#include <string.h>

/* A line being set: pieces [from, end) show, [end, to) are spaces at its end. */
struct setter {
    const struct para *para;
    const struct piece *pieces;
    size_t from, end, to;
    double *lefts; /* by piece, from `from` */
    double baseline;
    VEC(struct item) items;
};

/* How far a style's line reaches over and under the baseline: half of the leading on each side of the face.
 */
static void reach_of(const struct text_style *style, double *above, double *below)
{
    double ascent = style->font->ascender * style->size, descent = -style->font->descender * style->size;
    double half = (style->leading - ascent - descent) / 2;
    *above = fmax(*above, ascent + half);
    *below = fmax(*below, descent + half);
}

/* A picture keeps its proportions when the line makes it narrower. */
static double object_height(const struct run *run, double width)
{
    return run->width > 0 ? run->height * width / run->width : 0;
}

static const struct run *run_of(const struct setter *setter, size_t piece)
{
    return para_run(setter->para, &setter->pieces[piece]);
}

static void measure_height(const struct setter *setter, double *above, double *below)
{
    const double blank_room = 19; /* points: a hand needs that much above the line, whatever the type */
    *above = *below = 0;
    reach_of(setter->para->text, above, below);
    const struct run *last = NULL; /* has been measured */
    for (size_t i = setter->from; i < setter->end; i++) {
        const struct run *run = run_of(setter, i);
        if (last && run == last && last->kind == RUN_TEXT)
            continue;
        last = run;
        if (run->kind == RUN_PICTURE)
            *above = fmax(*above, object_height(run, setter->pieces[i].width));
        else
            reach_of(run->style, above, below);
        if (run->kind == RUN_BLANK)
            *above = fmax(*above, blank_room);
    }
}

/* The visual order of the pieces by their levels: rule L2 of UAX #9. */
static size_t *visual_order(const struct setter *setter, size_t count)
{
    size_t *order = ARENA_ARRAY(setter->para->arena, size_t, count);
    unsigned char highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = setter->from + i;
        if (setter->pieces[order[i]].level > highest)
            highest = setter->pieces[order[i]].level;
    }
    for (unsigned char level = highest; level > 0; level--) {
        for (size_t i = 0; i < count;) {
            size_t end = i;
            while (end < count && setter->pieces[order[end]].level >= level)
                end++;
            for (size_t a = i, b = end; a + 1 < b; a++) {
                size_t swapped = order[--b];
                order[b] = order[a];
                order[a] = swapped;
            }
            i = end > i ? end : i + 1;
        }
    }
    return order;
}

/* Gives each piece its left edge, with the line starting at x = 0; returns the line's width. */
static double place_pieces(struct setter *setter)
{
    size_t count = setter->end - setter->from;
    setter->lefts = ARENA_ARRAY(setter->para->arena, double, setter->to - setter->from + 1);
    size_t *order = setter->para->mixed ? visual_order(setter, count) : NULL;
    double x = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = order ? order[i] : setter->from + i;
        setter->lefts[at - setter->from] = x;
        x += setter->pieces[at].width;
    }
    for (size_t at = setter->end; at < setter->to; at++)
        setter->lefts[at - setter->from] = x; /* all spaces at the end hang at one place */
    return x;
}

static double left_of(const struct setter *setter, size_t piece)
{
    return setter->lefts[piece - setter->from];
}

/* Do two pieces that follow each other make one text item? */
static bool joins(const struct setter *setter, size_t piece)
{
    const struct piece *a = &setter->pieces[piece - 1], *b = &setter->pieces[piece];
    return a->word && b->word && a->run == b->run && a->word->font == b->word->font && a->level % 2 == 0 &&
           a->level == b->level &&
           fabs(left_of(setter, piece - 1) + a->width - left_of(setter, piece)) < 0.001;
}

/* The pieces [from, to), one run in one face, as one text item. */
static void add_text(struct setter *setter, size_t from, size_t to)
{
    struct arena *arena = setter->para->arena;
    const struct run *run = run_of(setter, from);
    size_t glyphs = 0, bytes = 0;
    for (size_t i = from; i < to; i++) {
        glyphs += setter->pieces[i].word->glyph_count;
        bytes += setter->pieces[i].word->text.n;
    }
    struct glyph *out = ARENA_ARRAY(arena, struct glyph, glyphs);
    char *text = arena_alloc(arena, bytes + 1);
    double left = left_of(setter, from), size = run->style->size;
    size_t glyph = 0, byte = 0;
    for (size_t i = from; i < to; i++) {
        const struct word *word = setter->pieces[i].word;
        double shift = (left_of(setter, i) - left) * 1000 / size;
        for (size_t g = 0; g < word->glyph_count; g++) {
            out[glyph] = word->glyphs[g];
            out[glyph].x += (float)shift;
            out[glyph++].cluster += (uint32_t)byte;
        }
        memcpy(text + byte, word->text.p, word->text.n);
        byte += word->text.n;
    }
    struct item item = {.kind = ITEM_TEXT,
        .tag = run->tag,
        .x = left,
        .y = setter->baseline,
        .w = left_of(setter, to - 1) + setter->pieces[to - 1].width - left,
        .h = size,
        .text = {.font = setter->pieces[from].word->font,
            .size = size,
            .color = run->style->color,
            .glyphs = out,
            .glyph_count = glyph,
            .text = {text, byte}}};
    vec_push(arena, &setter->items, item);
}

static void add_picture(struct setter *setter, size_t at)
{
    const struct para *para = setter->para;
    const struct run *run = run_of(setter, at);
    double width = setter->pieces[at].width, height = object_height(run, width);
    const struct placed_picture placed = {.picture = run->picture,
        .tag = run->tag,
        .text = run->style,
        .lang = run->lang,
        .depth = para->depth,
        .x = left_of(setter, at),
        .y = setter->baseline - height,
        .w = width,
        .h = height};
    size_t count;
    const struct item *items = drawing_items(para->arena, para->diags, para->shaper, &placed, &count);
    for (size_t i = 0; i < count; i++)
        vec_push(para->arena, &setter->items, items[i]);
}

static void add_blank(struct setter *setter, size_t at)
{
    const double depth = 0.05, pen = 0.05; /* under the baseline, in sizes */
    const struct run *run = run_of(setter, at);
    double size = run->style->size;
    struct item item = {.kind = ITEM_LINE,
        .tag = run->tag,
        .x = left_of(setter, at),
        .y = setter->baseline + depth * size,
        .w = setter->pieces[at].width,
        .shape = {.color = run->style->color, .width = pen * size}};
    vec_push(setter->para->arena, &setter->items, item);
}

static void add_underline(struct setter *setter, const struct run *run, double left, double right)
{
    const struct font *font = run->style->font;
    double size = run->style->size;
    struct item item = {.kind = ITEM_LINE,
        .x = left,
        .y = setter->baseline - font->underline_position * size,
        .w = right - left,
        .shape = {.color = run->style->color, .width = font->underline_thickness * size}};
    vec_push(setter->para->arena, &setter->items, item);
}

static void add_link(struct setter *setter, const struct run *run, double left, double right)
{
    const struct text_style *style = run->style;
    struct item item = {.kind = ITEM_LINK,
        .tag = run->link,
        .x = left,
        .y = setter->baseline - style->font->ascender * style->size,
        .w = right - left,
        .h = (style->font->ascender - style->font->descender) * style->size};
    vec_push(setter->para->arena, &setter->items, item);
}

/* Finds the stretches [left, right) of neighbors for which `same` holds and hands each to `add`. */
static void add_stretches(struct setter *setter, bool (*has)(const struct run *),
    bool (*same)(const struct run *, const struct run *),
    void (*add)(struct setter *, const struct run *, double, double))
{
    for (size_t i = setter->from; i < setter->end;) {
        const struct run *run = run_of(setter, i);
        double left = left_of(setter, i), right = left + setter->pieces[i].width;
        size_t next = i + 1;
        if (!has(run)) {
            i = next;
            continue;
        }
        for (; next < setter->end && same(run, run_of(setter, next)); next++) {
            left = fmin(left, left_of(setter, next));
            right = fmax(right, left_of(setter, next) + setter->pieces[next].width);
        }
        add(setter, run, left, right);
        i = next;
    }
}

static bool has_underline(const struct run *run)
{
    return run->kind == RUN_TEXT && run->style->underline;
}

static bool same_style(const struct run *a, const struct run *b)
{
    return b->kind == RUN_TEXT && a->style == b->style;
}

static bool has_link(const struct run *run)
{
    return run->link != NULL;
}

static bool same_link(const struct run *a, const struct run *b)
{
    return a->link == b->link;
}

/* How far a line hangs out at its left end: an opening quotation mark or bracket there is light, and flush
 * with the letters of the other lines it would look moved in. */
static double hang_of(const struct setter *setter)
{
    static const char *const marks[] = {"\u201C", "\u2018", "\"", "'", "(", "[", "\u00AB"};
    const double quotation = 0.6, bracket = 0.3; /* of the mark's width */
    const struct piece *first = &setter->pieces[setter->from];
    if (setter->from >= setter->end || !first->word || first->word->glyph_count < 2)
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(first->word->text, marks[i])) {
            double width = first->word->glyphs[1].x * run_of(setter, setter->from)->style->size / 1000;
            return width * (*marks[i] == '(' || *marks[i] == '[' ? bracket : quotation);
        }
    return 0;
}

static void shift(struct setter *setter, double by)
{
    for (size_t i = 0; i < setter->items.n; i++)
        setter->items.at[i].x += by;
}

void line_move(const struct line *line, double x, double y)
{
    for (size_t i = 0; i < line->item_count; i++) {
        line->items[i].x += x;
        line->items[i].y += y;
    }
}

/* One item for all that the line shows. False for a line of which more must be known. */
static bool sketch(struct setter *setter, size_t shown, struct line *line)
{
    const struct para *para = setter->para;
    if (para->depth != DEPTH_SKETCH || para->mixed)
        return false;
    for (size_t i = setter->from; i < setter->end; i++) {
        if (run_of(setter, i)->kind == RUN_PICTURE) /* what is wrong with it counts */
            return false;
        line->width += setter->pieces[i].width;
    }
    if (shown == setter->from)
        return true;
    line->items = ARENA_NEW(para->arena, struct item);
    line->items->kind = ITEM_TEXT;
    line->items->tag = run_of(setter, setter->from)->tag;
    line->item_count = 1;
    return true;
}

struct line para_line_set(
    const struct para *para, size_t from, size_t to, double width, enum text_align align)
{
    struct setter setter = {.para = para, .pieces = para->pieces.at, .from = from, .end = to, .to = to};
    while (setter.end > from && (setter.pieces[setter.end - 1].kind == PIECE_SPACE ||
                                    setter.pieces[setter.end - 1].kind == PIECE_BREAK))
        setter.end--;
    double above, below;
    measure_height(&setter, &above, &below);
    setter.baseline = above;
    struct line line = {.height = above + below, .baseline = above};
    /* One space at the end stays as text, so that a reader does not run the words together. */
    size_t shown =
        setter.end < to && setter.pieces[setter.end].kind == PIECE_SPACE ? setter.end + 1 : setter.end;
    if (sketch(&setter, shown, &line))
        return line;
    line.width = place_pieces(&setter);
    for (size_t i = from; i < shown;) {
        size_t next = i + 1;
        while (setter.pieces[i].word && next < shown && joins(&setter, next))
            next++;
        if (setter.pieces[i].word)
            add_text(&setter, i, next);
        else if (setter.pieces[i].kind == PIECE_OBJECT && run_of(&setter, i)->kind == RUN_PICTURE)
            add_picture(&setter, i);
        else if (setter.pieces[i].kind == PIECE_OBJECT)
            add_blank(&setter, i);
        i = next;
    }
    add_stretches(&setter, has_underline, same_style, add_underline);
    add_stretches(&setter, has_link, same_link, add_link);
    double left = align == ALIGN_CENTER ? (width - line.width) / 2 : 0;
    if (align == ALIGN_RIGHT || (align != ALIGN_CENTER && para->rtl))
        left = width - line.width;
    else if (align != ALIGN_CENTER && !para->mixed && !para->kept)
        left -= hang_of(&setter);
    shift(&setter, left);
    line.items = setter.items.at;
    line.item_count = setter.items.n;
    return line;
}
