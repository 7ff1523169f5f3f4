#include "layout/shape.h"

#include "base/map.h"
#include "base/utf8.h"

#include <hb-ot.h>
#include <string.h>
#include <unigbrk.h>

enum { THOUSAND = 1000, KEY_PREFIX = 8, LONGEST_LANG = 8, LONGEST_KEY = 256 };

/* Bytes that words, and paragraphs, may take from document to document. Words come again; of the paragraphs,
 * those of shared sections do. */
enum { MOST_OF_WORDS = 2 * 1024 * 1024, MOST_OF_PARAGRAPHS = 2 * 1024 * 1024 };

/* How HarfBuzz shapes with a face, in a script and language: found out once. */
struct plan {
    const struct font *font;
    hb_segment_properties_t properties;
    bool tabular;
    hb_shape_plan_t *plan;
};

enum { MOST_PLANS = 32 };

struct shaper {
    struct arena *own, *word_arena, *paragraph_arena, *scratch;
    struct fontset *fontset;
    hb_buffer_t *buffer;
    struct plan plans[MOST_PLANS];
    size_t plan_count;
    struct map words, paragraphs;
};

struct shaper *shaper_new(struct fontset *fontset)
{
    struct arena *own = arena_new();
    struct shaper *shaper = ARENA_NEW(own, struct shaper);
    shaper->own = own;
    shaper->word_arena = arena_new();
    shaper->paragraph_arena = arena_new();
    shaper->scratch = arena_new();
    shaper->fontset = fontset;
    shaper->buffer = hb_buffer_create();
    if (!hb_buffer_allocation_successful(shaper->buffer))
        out_of_memory();
    return shaper;
}

static void forget_plans(struct shaper *shaper)
{
    while (shaper->plan_count)
        hb_shape_plan_destroy(shaper->plans[--shaper->plan_count].plan);
}

void shaper_free(struct shaper *shaper)
{
    if (!shaper)
        return;
    hb_buffer_destroy(shaper->buffer);
    forget_plans(shaper);
    arena_free(shaper->scratch);
    arena_free(shaper->paragraph_arena);
    arena_free(shaper->word_arena);
    arena_free(shaper->own);
}

void shaper_trim(struct shaper *shaper)
{
    bool words = arena_used(shaper->word_arena) > MOST_OF_WORDS;
    if (words) {
        arena_rewind(shaper->word_arena);
        shaper->words = (struct map){0};
    }
    if (words || arena_used(shaper->paragraph_arena) > MOST_OF_PARAGRAPHS) { /* they are made of words */
        arena_rewind(shaper->paragraph_arena);
        shaper->paragraphs = (struct map){0};
    }
}

struct fontset *shaper_fontset(const struct shaper *shaper)
{
    return shaper->fontset;
}

struct arena *shaper_scratch(const struct shaper *shaper)
{
    return shaper->scratch;
}

struct arena *shaper_arena(const struct shaper *shaper)
{
    return shaper->paragraph_arena;
}

struct map *shaper_paragraphs(struct shaper *shaper)
{
    return &shaper->paragraphs;
}

size_t cluster_end(struct str text, size_t from)
{
    const uint8_t *start = (const uint8_t *)text.p + from;
    const uint8_t *end = u8_grapheme_next(start, (const uint8_t *)text.p + text.n);
    return end ? (size_t)(end - (const uint8_t *)text.p) : text.n;
}

/* The script of the first character that has one of its own; Latin if none has. */
static hb_script_t script_of(struct str text)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c < 0x80)
            continue;
        hb_script_t script = hb_unicode_script(unicode, c);
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN)
            return script;
    }
    return HB_SCRIPT_LATIN;
}

static const hb_feature_t TABULAR = {
    HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};

/* The plan for what stands in the buffer. */
static hb_shape_plan_t *plan_for(struct shaper *shaper, const struct font *font, bool tabular)
{
    struct plan wanted = {.font = font, .tabular = tabular};
    hb_buffer_get_segment_properties(shaper->buffer, &wanted.properties);
    for (size_t i = 0; i < shaper->plan_count; i++) {
        const struct plan *plan = &shaper->plans[i];
        if (plan->font == font && plan->tabular == tabular &&
            hb_segment_properties_equal(&plan->properties, &wanted.properties))
            return plan->plan;
    }
    if (shaper->plan_count == MOST_PLANS)
        forget_plans(shaper);
    wanted.plan = hb_shape_plan_create(font->face, &wanted.properties, &TABULAR, tabular ? 1 : 0, NULL);
    shaper->plans[shaper->plan_count++] = wanted;
    return wanted.plan;
}

static void shape_into_buffer(
    struct shaper *shaper, const struct font *font, struct str text, struct shape_options options)
{
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_flags(
        buffer, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT | HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, 0, (int)text.n);
    /* Everything is set by hand: guessing would ask the locale for a language. */
    hb_buffer_set_script(buffer, script_of(text));
    hb_buffer_set_direction(buffer, options.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string(options.lang.p, (int)options.lang.n));
    if (!hb_shape_plan_execute(
            plan_for(shaper, font, options.tabular), font->shaper, buffer, &TABULAR, options.tabular ? 1 : 0))
        out_of_memory();
}

/* Has the face every letter of a text as it is? HarfBuzz makes a missing one of its parts, which looks right,
 * but readers of the PDF may find the accent apart from its letter. */
static bool has_letters(const struct font *font, struct str text)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at), base, mark;
        hb_codepoint_t glyph;
        if (c >= 0x80 && hb_unicode_decompose(unicode, c, &base, &mark) && mark &&
            !hb_font_get_nominal_glyph(font->shaper, c, &glyph))
            return false;
    }
    return true;
}

static struct word *word_from_buffer(
    struct shaper *shaper, const struct font *font, struct str text, bool rtl)
{
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(shaper->buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(shaper->buffer, &count);
    struct word *word = ARENA_NEW(shaper->word_arena, struct word);
    *word = (struct word){.font = font, .text = text, .glyph_count = count, .complete = true};
    word->glyphs = ARENA_ARRAY(shaper->word_arena, struct glyph, count);
    const double scale = (double)THOUSAND / font->units_per_em;
    double pen = 0;
    for (unsigned i = 0; i < count; i++) {
        /* HarfBuzz gives visual order; a display list wants the order of the text. */
        struct glyph *glyph = &word->glyphs[rtl ? count - 1 - i : i];
        glyph->id = infos[i].codepoint;
        glyph->cluster = infos[i].cluster;
        glyph->x = (float)(pen + places[i].x_offset * scale);
        glyph->y = (float)(places[i].y_offset * scale);
        pen += places[i].x_advance * scale;
        if (infos[i].codepoint == 0)
            word->complete = false;
    }
    word->width = pen;
    word->exact = word->complete && has_letters(font, text);
    return word;
}

/* What tells words apart, as bytes: face, options, language, text. Returns its length, 0 if it is too long.
 */
static size_t make_key(
    char key[LONGEST_KEY], const struct font *font, struct str text, struct shape_options options)
{
    if (KEY_PREFIX + LONGEST_LANG + text.n > LONGEST_KEY || options.lang.n > LONGEST_LANG)
        return 0;
    memset(key, 0, KEY_PREFIX + LONGEST_LANG);
    uint32_t face = (uint32_t)font->index;
    memcpy(key, &face, sizeof face);
    key[4] = (char)(options.rtl | options.tabular << 1);
    if (options.lang.n)
        memcpy(key + KEY_PREFIX, options.lang.p, options.lang.n);
    memcpy(key + KEY_PREFIX + LONGEST_LANG, text.p, text.n);
    return KEY_PREFIX + LONGEST_LANG + text.n;
}

const struct word *shape_word(
    struct shaper *shaper, const struct font *font, struct str text, struct shape_options options)
{
    char key[LONGEST_KEY];
    size_t size = make_key(key, font, text, options);
    const struct word *known = size ? map_get(&shaper->words, (struct str){key, size}) : NULL;
    if (known)
        return known;
    shape_into_buffer(shaper, font, text, options);
    struct str kept = str_copy(shaper->word_arena, size ? (struct str){key, size} : text);
    struct word *word = word_from_buffer(shaper, font, str_slice(kept, kept.n - text.n, kept.n), options.rtl);
    if (size)
        map_put(shaper->word_arena, &shaper->words, kept, word);
    return word;
}
