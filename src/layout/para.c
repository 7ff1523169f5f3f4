#include "layout/para.h"

#include "layout/bonds.h"
#include "layout/breaks.h"
#include "layout/para_break.h"
#include "layout/para_cut.h"

#include <math.h>

enum { NARROWEST_OBJECT = 36 }; /* points */

/* Do runs belong to a heading? */
static bool is_heading(const struct run *runs, size_t count)
{
    const struct doc_node *node = doc_block(count ? runs[0].tag : NULL);
    return node && (node->kind == DOC_HEADING || node->kind == DOC_CALLOUT_TITLE);
}

struct para *para_new(struct arena *arena, struct diags *diags, struct shaper *shaper, const struct run *runs,
    size_t run_count, const struct text_style *text, enum para_spaces spaces)
{
    struct para *para = ARENA_NEW(arena, struct para);
    para->arena = arena;
    para->diags = diags;
    para->shaper = shaper;
    para->runs = runs;
    para->text = text;
    para->kept = spaces == SPACES_KEEP;
    para->balanced = is_heading(runs, run_count);
    para_cut(para, run_count);
    return para;
}

void para_deep(struct para *para, enum depth depth)
{
    para->depth = depth;
}

double para_min_width(const struct para *para)
{
    double widest = 0, width = 0;
    for (size_t i = 0; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        bool leads = piece->kind == PIECE_SPACE && width <= 0;
        if (piece->kind == PIECE_OBJECT) /* shrinks with the line */
            width += fmin(para_run(para, piece)->width, NARROWEST_OBJECT);
        else if (!leads) /* a space counts where a fixed bond goes over it */
            width += piece->width;
        if (piece->kind != PIECE_SPACE)
            widest = fmax(widest, width);
        if (piece->may_break != BREAK_NO && piece->bond != BOND_FIXED)
            width = 0;
    }
    return widest;
}

double para_max_width(const struct para *para)
{
    double widest = 0, width = 0;
    for (size_t i = 0; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        width += piece->width;
        if (piece->kind != PIECE_SPACE)
            widest = fmax(widest, width);
        if (piece->may_break == BREAK_MUST)
            width = 0;
    }
    return widest;
}

/* ---- Choosing the breaks ---- */

static const double TOLERANCE = 0.01; /* points that a word may be over without being called so */

/* Where the first part stands that is wider than the line and cannot break. */
static struct pos too_wide_at(const struct para *para, double width)
{
    double sum = 0, spaces = 0;
    size_t first = 0;
    for (size_t i = 0; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        if (piece->kind == PIECE_SPACE) {
            spaces += piece->width;
        } else {
            sum += spaces + piece->width;
            spaces = 0;
        }
        const struct pos *pos = &para_run(para, &para->pieces.at[first])->pos;
        if (sum > width + TOLERANCE && pos->source)
            return (struct pos){pos->source, pos->offset, 0};
        if (piece->may_break != BREAK_NO) {
            sum = spaces = 0;
            first = i + 1;
        }
    }
    return (struct pos){0};
}

/* The user-perceived characters of a word, each a piece of its own. */
static void push_characters(struct para *para, const struct piece *word)
{
    const struct run *run = para_run(para, word);
    struct shape_options options = {
        .rtl = word->level % 2 != 0, .tabular = run->style->tabular, .lang = run->lang};
    struct str text = word->word->text;
    for (size_t at = 0, end; at < text.n; at = end) {
        end = cluster_end(text, at);
        struct piece part = *word;
        part.word = shape_word(para->shaper, word->word->font, str_slice(text, at, end), options);
        part.width = part.word->width * run->style->size / 1000;
        part.may_break = end < text.n ? BREAK_WORD : word->may_break;
        vec_push(para->arena, &para->pieces, part);
    }
}

/* Makes every piece a place to break, and pieces of words single characters: the way out when a word is wider
 * than the line. */
static void break_words(struct para *para, double width)
{
    diag_at(para->diags, SEVERITY_WARNING, too_wide_at(para, width), "line-overfull",
        "a word here is wider than its line and was broken");
    struct piece *old = para->pieces.at;
    size_t n = para->pieces.n;
    para->broken = true;
    para->cut = NULL;
    para->pieces.at = NULL;
    para->pieces.n = para->pieces.cap = 0;
    for (size_t i = 0; i < n; i++) {
        struct piece piece = old[i];
        if (piece.may_break == BREAK_NO)
            piece.may_break = BREAK_WORD;
        if (piece.kind != PIECE_WORD || piece.width <= width / 4)
            vec_push(para->arena, &para->pieces, piece);
        else
            push_characters(para, &piece);
    }
}

/* Blanks and pictures are at most as wide as the line. */
static void fit_objects(struct para *para, double width)
{
    for (size_t i = 0; i < para->pieces.n; i++)
        if (para->pieces.at[i].kind == PIECE_OBJECT)
            para->pieces.at[i].width = fmin(para_run(para, &para->pieces.at[i])->width, width);
}

struct lines para_lines(struct para *para, double width, enum text_align align)
{
    fit_objects(para, width);
    struct line_ends ends;
    if (!para_break(para, width, &ends)) {
        break_words(para, width);
        double widest = 0;
        for (size_t i = 0; i < para->pieces.n; i++)
            widest = fmax(widest, para->pieces.at[i].width);
        para_break(para, fmax(width, widest), &ends);
    }
    struct lines lines = {.at = ARENA_ARRAY(para->arena, struct line, ends.n), .n = ends.n};
    for (size_t i = 0, from = 0; i < ends.n; from = ends.at[i++])
        lines.at[i] = para_line_set(para, from, ends.at[i], width, align);
    return lines;
}
