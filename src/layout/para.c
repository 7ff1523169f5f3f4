#include "layout/para.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "layout/bonds.h"
#include "layout/breaks.h"
#include "layout/para_break.h"

#include <math.h>

enum {
    LONGEST_WORD = 64 /* bytes shaped at once; what is longer is no word */,
    NARROWEST_OBJECT = 36 /* points */
};

static const char OBJECT[] = "\xEF\xBF\xBC"; /* OBJECT_CHAR */

/* A paragraph being cut: its whole text, with what is known of each byte. */
struct cutter {
    struct para *para;
    struct str text;
    const unsigned char *breaks, *levels;
    enum para_spaces spaces;
    size_t run_start; /* of the run being cut */
};

/* ---- From runs to one text ---- */

static struct str join_runs(struct arena *arena, const struct run *runs, size_t count)
{
    struct buf joined = {0};
    for (size_t i = 0; i < count; i++) {
        if (runs[i].kind == RUN_TEXT)
            buf_str(&joined, runs[i].text);
        else
            buf_text(&joined, runs[i].kind == RUN_BREAK ? "\n" : OBJECT);
    }
    struct str text = str_copy(arena, buf_slice(&joined));
    buf_free(&joined);
    return text;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* UAX #14 lets lines break on both sides of an object; between it and a comma that would look wrong. */
static void bind_objects(struct str text, unsigned char *breaks)
{
    const size_t size = sizeof OBJECT - 1;
    for (size_t at = str_find(text, OBJECT, 0); at != SIZE_MAX; at = str_find(text, OBJECT, at + size)) {
        if (at > 0 && !is_space(text.p[at - 1]) && breaks[at] == BREAK_MAY)
            breaks[at] = BREAK_NO;
        if (at + size < text.n && breaks[at + size] == BREAK_MAY)
            breaks[at + size] = BREAK_NO;
    }
}

/* ---- From text to pieces ---- */

static struct shape_options options_of(const struct cutter *cutter, const struct run *run, size_t offset)
{
    return (struct shape_options){.rtl = cutter->levels && cutter->levels[offset] % 2 != 0,
        .tabular = run->style->tabular,
        .lang = run->lang};
}

static void add_piece(struct cutter *cutter, enum piece_kind kind, const struct run *run,
    const struct word *word, double width, size_t offset)
{
    struct piece piece = {.kind = kind,
        .run = run,
        .word = word,
        .width = width,
        .level = cutter->levels ? cutter->levels[offset] : 0};
    vec_push(cutter->para->arena, &cutter->para->pieces, piece);
}

static void add_word(struct cutter *cutter, enum piece_kind kind, const struct run *run,
    const struct word *word, size_t offset)
{
    add_piece(cutter, kind, run, word, word->width * run->style->size / 1000, offset);
}

static void report_missing(struct cutter *cutter, const struct run *run, struct str cluster)
{
    size_t at = 0, offset = (size_t)(cluster.p - cutter->text.p) - cutter->run_start;
    uint32_t c = utf8_next(cluster, &at);
    struct pos pos = run->pos;
    const struct doc_node *tag = run->tag;
    bool is_text = tag && (tag->kind == DOC_TEXT || tag->kind == DOC_CODE);
    if (pos.source && is_text && str_eq(str_slice(tag->text, offset, offset + cluster.n), cluster))
        pos = doc_text_pos(tag, offset, offset + cluster.n);
    diag_at(cutter->para->diags, SEVERITY_ERROR, pos, "glyph-missing",
        "no face has the character '%.*s' (U+%04X); write it in another way, or add a face to "
        "fonts/fonts.yaml",
        STR_FMT(cluster), c);
}

/* A face that has all letters of a part of a word, or NULL. */
static const struct word *shape_exactly(
    struct cutter *cutter, const struct run *run, struct str part, size_t offset)
{
    struct shaper *shaper = cutter->para->shaper;
    struct shape_options options = options_of(cutter, run, offset);
    const struct word *word = shape_word(shaper, run->style->font, part, options);
    for (size_t at = 0; !word->exact && at < part.n;) {
        const struct font *font =
            fontset_for_char(shaper_fontset(shaper), run->style->font, utf8_next(part, &at));
        if (font && font != run->style->font)
            word = shape_word(shaper, font, part, options);
    }
    return word->exact ? word : NULL;
}

/* The face to show a user-perceived character with: one that has it, or one that can put it together; or
 * NULL. */
static const struct font *face_for(
    struct cutter *cutter, const struct run *run, struct str cluster, size_t offset)
{
    const struct word *word = shape_exactly(cutter, run, cluster, offset);
    if (word)
        return word->font;
    const struct font *own = run->style->font;
    return shape_word(cutter->para->shaper, own, cluster, options_of(cutter, run, offset))->complete ? own
                                                                                                     : NULL;
}

/* A word that no face can show alone: cut where the face changes. */
static void cut_by_face(struct cutter *cutter, const struct run *run, struct str part, size_t offset)
{
    const struct font *font = NULL;
    size_t start = 0;
    for (size_t at = 0, end; at < part.n; at = end) {
        end = cluster_end(part, at);
        struct str cluster = str_slice(part, at, end);
        const struct font *own = face_for(cutter, run, cluster, offset);
        if (own == font && own)
            continue;
        if (font)
            add_word(cutter, PIECE_WORD, run,
                shape_word(
                    cutter->para->shaper, font, str_slice(part, start, at), options_of(cutter, run, offset)),
                offset);
        if (!own)
            report_missing(cutter, run, cluster);
        font = own;
        start = at;
    }
    if (font)
        add_word(cutter, PIECE_WORD, run,
            shape_word(
                cutter->para->shaper, font, str_slice(part, start, part.n), options_of(cutter, run, offset)),
            offset);
}

static void cut_word(struct cutter *cutter, const struct run *run, size_t from, size_t to)
{
    struct str part = str_slice(cutter->text, from, to);
    const struct word *word = shape_exactly(cutter, run, part, from);
    if (word)
        add_word(cutter, PIECE_WORD, run, word, from);
    else
        cut_by_face(cutter, run, part, from);
}

static void cut_spaces(struct cutter *cutter, const struct run *run, size_t from, size_t to)
{
    struct para *para = cutter->para;
    size_t count = cutter->spaces == SPACES_COLLAPSE ? 1 : to - from;
    enum piece_kind before = para->pieces.n ? para->pieces.at[para->pieces.n - 1].kind : PIECE_BREAK;
    if (cutter->spaces == SPACES_COLLAPSE && (before == PIECE_SPACE || before == PIECE_BREAK))
        return;
    const struct word *space =
        shape_word(para->shaper, run->style->font, STR(" "), options_of(cutter, run, from));
    for (size_t i = 0; i < count; i++)
        add_word(cutter, PIECE_SPACE, run, space, from);
}

/* Where the word that starts at `from` ends: at a space, a chance to break, a change of direction. */
static size_t word_end(const struct cutter *cutter, const struct run *run, size_t from, size_t limit)
{
    struct str text = cutter->text;
    size_t at = from;
    for (;;) {
        if (at - from < LONGEST_WORD) {
            utf8_next(text, &at);
        } else {
            at = cluster_end(text, at);
            if (at > limit)
                at = limit;
            return at;
        }
        if (at >= limit || is_space(text.p[at]) || cutter->breaks[at] != BREAK_NO)
            return at < limit ? at : limit;
        if (cutter->levels && cutter->levels[at] != cutter->levels[from])
            return at;
        if (run->address && breaks_after_in_address(text.p[at - 1]) && !breaks_after_in_address(text.p[at]))
            return at;
    }
}

/* Marks whether a line may end behind the last piece, whose text ends at `offset`. */
static void mark_break(struct cutter *cutter, const struct run *run, size_t offset, size_t run_end)
{
    struct para *para = cutter->para;
    if (!para->pieces.n)
        return;
    struct piece *piece = &para->pieces.at[para->pieces.n - 1];
    if (offset < cutter->text.n && cutter->breaks[offset] > piece->may_break)
        piece->may_break = cutter->breaks[offset];
    if (piece->may_break == BREAK_MAY)
        piece->bond = bond_at(cutter->text, offset, run->lang);
    bool in_address = run->address && offset < run_end && piece->kind == PIECE_WORD &&
                      breaks_after_in_address(cutter->text.p[offset - 1]);
    if (in_address && piece->may_break == BREAK_NO)
        piece->may_break = BREAK_MAY;
}

static void cut_text(struct cutter *cutter, const struct run *run, size_t from, size_t to)
{
    for (size_t at = from, end; at < to; at = end) {
        if (is_space(cutter->text.p[at])) {
            end = at + 1;
            while (end < to && is_space(cutter->text.p[end]))
                end++;
            cut_spaces(cutter, run, at, end);
        } else {
            end = word_end(cutter, run, at, to);
            cut_word(cutter, run, at, end);
        }
        mark_break(cutter, run, end, to);
    }
}

static void cut_run(struct cutter *cutter, const struct run *run, size_t from, size_t to)
{
    switch (run->kind) {
    case RUN_TEXT: cut_text(cutter, run, from, to); return;
    case RUN_BREAK:
        add_piece(cutter, PIECE_BREAK, run, NULL, 0, from);
        cutter->para->pieces.at[cutter->para->pieces.n - 1].may_break = BREAK_MUST;
        return;
    case RUN_BLANK:
    case RUN_PICTURE:
        add_piece(cutter, PIECE_OBJECT, run, NULL, run->width, from);
        mark_break(cutter, run, to, to);
        return;
    }
}

/* Do runs belong to a heading? */
static bool is_heading(const struct run *runs, size_t count)
{
    const struct doc_node *node = count ? runs[0].tag : NULL;
    while (node && doc_is_inline(node->kind))
        node = node->parent;
    return node && (node->kind == DOC_HEADING || node->kind == DOC_CALLOUT_TITLE);
}

struct para *para_new(struct arena *arena, struct diags *diags, struct shaper *shaper, const struct run *runs,
    size_t run_count, const struct text_style *text, enum para_spaces spaces)
{
    struct para *para = ARENA_NEW(arena, struct para);
    para->arena = arena;
    para->diags = diags;
    para->shaper = shaper;
    para->text = text;
    para->kept = spaces == SPACES_KEEP;
    para->balanced = is_heading(runs, run_count);
    struct cutter cutter = {.para = para, .text = join_runs(arena, runs, run_count), .spaces = spaces};
    unsigned char *breaks = breaks_find(arena, cutter.text);
    bind_objects(cutter.text, breaks);
    cutter.breaks = breaks;
    cutter.levels = levels_find(arena, cutter.text, &para->rtl);
    para->mixed = cutter.levels != NULL;
    for (size_t i = 0, at = 0; i < run_count; i++) {
        size_t size = runs[i].kind == RUN_TEXT    ? runs[i].text.n
                      : runs[i].kind == RUN_BREAK ? 1
                                                  : sizeof OBJECT - 1;
        cutter.run_start = at;
        cut_run(&cutter, &runs[i], at, at + size);
        at += size;
    }
    return para;
}

double para_min_width(const struct para *para)
{
    double widest = 0, width = 0;
    for (size_t i = 0; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        bool leads = piece->kind == PIECE_SPACE && width <= 0;
        if (piece->kind == PIECE_OBJECT) /* shrinks with the line */
            width += fmin(piece->run->width, NARROWEST_OBJECT);
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
        const struct pos *pos = &para->pieces.at[first].run->pos;
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
    struct shape_options options = {
        .rtl = word->level % 2 != 0, .tabular = word->run->style->tabular, .lang = word->run->lang};
    struct str text = word->word->text;
    for (size_t at = 0, end; at < text.n; at = end) {
        end = cluster_end(text, at);
        struct piece part = *word;
        part.word = shape_word(para->shaper, word->word->font, str_slice(text, at, end), options);
        part.width = part.word->width * word->run->style->size / 1000;
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
            para->pieces.at[i].width = fmin(para->pieces.at[i].run->width, width);
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
