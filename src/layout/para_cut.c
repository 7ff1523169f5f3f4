#include "layout/para_cut.h"

#include "base/map.h"
#include "base/utf8.h"
#include "layout/bonds.h"
#include "layout/breaks.h"

#include <string.h>

enum { LONGEST_WORD = 64 }; /* bytes shaped at once; what is longer is no word */

#define OBJECT "\xEF\xBF\xBC" /* OBJECT_CHAR */

/* A paragraph being cut: its whole text, with what is known of each byte. */
struct cutter {
    struct arena *scratch; /* its pieces grow there */
    struct para *para;
    struct str text;
    const unsigned char *breaks, *levels;
    size_t run_start; /* of the run being cut */
};

/* ---- From runs to one text ---- */

/* What a run stands for in the text. */
static struct str text_of(const struct run *run)
{
    switch (run->kind) {
    case RUN_TEXT: return run->text;
    case RUN_BREAK: return STR("\n");
    case RUN_BLANK:
    case RUN_PICTURE: break;
    }
    return STR(OBJECT);
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
        .run = (uint32_t)(run - cutter->para->runs),
        .word = word,
        .width = width,
        .level = cutter->levels ? cutter->levels[offset] : 0};
    vec_push(cutter->scratch, &cutter->para->pieces, piece);
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
    if (run->personal) {
        diag_at(cutter->para->diags, SEVERITY_ERROR, pos, "glyph-missing",
            "no face has a character of what was set for the patient, which is not shown here (write it in "
            "another way, or add a face to fonts/fonts.yaml)");
        return;
    }
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
    size_t count = para->kept ? to - from : 1;
    enum piece_kind before = para->pieces.n ? para->pieces.at[para->pieces.n - 1].kind : PIECE_BREAK;
    if (!para->kept && (before == PIECE_SPACE || before == PIECE_BREAK))
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

/* No line ends behind the last piece, unless it must. */
static void bind_last(struct para *para)
{
    if (para->pieces.n && para->pieces.at[para->pieces.n - 1].may_break != BREAK_MUST)
        para->pieces.at[para->pieces.n - 1].bond = BOND_FIXED;
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
        bind_last(cutter->para); /* a blank stays with what it is for */
        add_piece(cutter, PIECE_OBJECT, run, NULL, run->width, from);
        mark_break(cutter, run, to, to);
        return;
    case RUN_PICTURE:
        add_piece(cutter, PIECE_OBJECT, run, NULL, run->width, from);
        mark_break(cutter, run, to, to);
        return;
    }
}

static void cut_runs(struct para *para, size_t run_count, struct str text)
{
    struct cutter cutter = {.scratch = shaper_scratch(para->shaper), .para = para, .text = text};
    unsigned char *breaks = breaks_find(cutter.scratch, text);
    bind_objects(text, breaks);
    cutter.breaks = breaks;
    cutter.levels = levels_find(cutter.scratch, text, &para->rtl);
    para->mixed = cutter.levels != NULL;
    for (size_t i = 0; i < run_count; i++) {
        size_t end = cutter.run_start + text_of(&para->runs[i]).n;
        cut_run(&cutter, &para->runs[i], cutter.run_start, end);
        cutter.run_start = end;
    }
}

/* ---- Paragraphs that were cut before ---- */

/* What tells runs apart that are cut in different ways, beside their text and language. */
struct run_key {
    double size;
    size_t text, lang; /* bytes */
    uint32_t face;
    unsigned char kind, tabular, address, kept;
};

static void put(char *key, size_t *at, const void *bytes, size_t size)
{
    if (size)
        memcpy(key + *at, bytes, size);
    *at += size;
}

/* The runs' keys and languages, and then their text; in `scratch`. */
static struct str key_of(struct arena *scratch, const struct para *para, size_t count, struct str *text)
{
    size_t size = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        size += sizeof(struct run_key) + para->runs[i].lang.n + text_of(&para->runs[i]).n;
    char *key = arena_alloc(scratch, size + 1);
    for (size_t i = 0; i < count; i++) {
        const struct run *run = &para->runs[i];
        struct run_key part;
        memset(&part, 0, sizeof part); /* its padding counts, too */
        part.size = run->style->size;
        part.text = text_of(run).n;
        part.lang = run->lang.n;
        part.face = (uint32_t)run->style->font->index;
        part.kind = (unsigned char)run->kind;
        part.tabular = run->style->tabular;
        part.address = run->address;
        part.kept = para->kept;
        put(key, &at, &part, sizeof part);
        put(key, &at, run->lang.p, run->lang.n);
    }
    size_t start = at;
    for (size_t i = 0; i < count; i++)
        put(key, &at, text_of(&para->runs[i]).p, text_of(&para->runs[i]).n);
    *text = (struct str){key + start, size - start};
    return (struct str){key, size};
}

/* The width of an object is up to the line. */
static bool has_objects(const struct para *para)
{
    for (size_t i = 0; i < para->pieces.n; i++)
        if (para->pieces.at[i].kind == PIECE_OBJECT)
            return true;
    return false;
}

static struct piece *copy_pieces(struct arena *arena, const struct para *para)
{
    struct piece *pieces = ARENA_ARRAY(arena, struct piece, para->pieces.n);
    if (para->pieces.n)
        memcpy(pieces, para->pieces.at, para->pieces.n * sizeof *pieces);
    return pieces;
}

static struct cut *keep(const struct para *para, struct str key)
{
    struct arena *arena = shaper_arena(para->shaper);
    struct cut *cut = ARENA_NEW(arena, struct cut);
    *cut = (struct cut){
        .pieces = copy_pieces(arena, para), .n = para->pieces.n, .rtl = para->rtl, .mixed = para->mixed};
    map_put(arena, shaper_paragraphs(para->shaper), str_copy(arena, key), cut);
    return cut;
}

static void take_pieces(struct para *para, struct piece *pieces, size_t n)
{
    para->pieces.at = pieces;
    para->pieces.n = para->pieces.cap = n;
}

void para_cut(struct para *para, size_t run_count)
{
    struct arena *scratch = shaper_scratch(para->shaper);
    struct str text, key = key_of(scratch, para, run_count, &text);
    struct cut *cut = map_get(shaper_paragraphs(para->shaper), key);
    if (!cut) {
        size_t told = para->diags->list.n;
        cut_runs(para, run_count, text);
        if (para->diags->list.n > told || has_objects(para))
            take_pieces(para, copy_pieces(para->arena, para), para->pieces.n);
        else
            cut = keep(para, key);
    }
    if (cut) {
        take_pieces(para, cut->pieces, cut->n);
        para->cut = cut;
        para->rtl = cut->rtl;
        para->mixed = cut->mixed;
    }
    arena_rewind(scratch);
}
