/* Shaping and line breaking. */
#include "base/vec.h"
#include "layout/breaks.h"
#include "layout/para.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char PROSE[] =
    "Osteoarthritis changes the whole joint. The smooth cartilage gets thinner, and the bone, the lining and "
    "the "
    "ligaments change too. You may feel pain when you use the joint, and it may be stiff for a while after "
    "rest. "
    "Ask your doctor what else can help you before you decide. It is fine to take your time.";

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
    struct shaper *shaper;
    struct text_style style;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->fontset = fontset_read(fixture->arena, &fixture->diags, "fonts");
    assert_non_null(fixture->fontset);
    fixture->shaper = shaper_new(fixture->fontset);
    fixture->style = (struct text_style){.size = 12, .leading = 15.6};
    fixture->style.font = fontset_find(
        fixture->fontset, &fixture->diags, (struct pos){0}, STR("Atkinson Hyperlegible Next"), 400, false);
    assert_non_null(fixture->style.font);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    shaper_free(fixture->shaper);
    fontset_free(fixture->fontset);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct run text_run(const struct fixture *fixture, const char *text)
{
    return (struct run){
        .kind = RUN_TEXT, .text = str_from(text), .style = &fixture->style, .lang = STR("en")};
}

static struct para *para_of(struct fixture *fixture, const struct run *runs, size_t count)
{
    return para_new(
        fixture->arena, &fixture->diags, fixture->shaper, runs, count, &fixture->style, SPACES_COLLAPSE);
}

static struct lines set(struct fixture *fixture, const char *text, double width)
{
    struct run *run = ARENA_NEW(fixture->arena, struct run);
    *run = text_run(fixture, text);
    return para_lines(para_of(fixture, run, 1), width, ALIGN_LEFT);
}

/* All that the lines spell, one after another. */
static struct str text_of(struct fixture *fixture, const struct lines *lines)
{
    struct buf text = {0};
    for (size_t i = 0; i < lines->n; i++)
        for (size_t k = 0; k < lines->at[i].item_count; k++)
            if (lines->at[i].items[k].kind == ITEM_TEXT)
                buf_str(&text, lines->at[i].items[k].text.text);
    struct str copy = str_copy(fixture->arena, buf_slice(&text));
    buf_free(&text);
    return copy;
}

/* Raggedness: the standard deviation of how full the lines are, without the last ones. */
struct raggedness {
    double sum, squares, count;
};

static void measure(struct raggedness *raggedness, const struct lines *lines, double width)
{
    for (size_t i = 0; i + 1 < lines->n; i++) {
        double fill = lines->at[i].width / width;
        raggedness->sum += fill;
        raggedness->squares += fill * fill;
        raggedness->count++;
    }
}

static double deviation(const struct raggedness *raggedness)
{
    double mean = raggedness->sum / raggedness->count;
    return sqrt(raggedness->squares / raggedness->count - mean * mean);
}

static void test_every_line_fits_and_no_word_is_lost(void **state)
{
    struct fixture *fixture = *state;
    for (double width = 90; width < 500; width += 7) {
        struct lines lines = set(fixture, PROSE, width);
        for (size_t i = 0; i < lines.n; i++)
            assert_true(lines.at[i].width <= width + 0.02);
        assert_true(str_is(text_of(fixture, &lines), PROSE));
    }
    assert_int_equal(fixture->diags.list.n, 0);
}

/* First-fit breaking of the same words, as a yardstick: never more even than the optimum. */
static struct lines first_fit(struct fixture *fixture, const char *text, double width)
{
    struct lines lines = {0};
    lines.at = ARENA_ARRAY(fixture->arena, struct line, strlen(text));
    double space = set(fixture, "a a", 1000).at[0].width - 2 * set(fixture, "a", 1000).at[0].width, used = 0;
    struct str rest = str_from(text);
    while (rest.n) {
        struct str word = str_cut(&rest, ' ');
        double own = set(fixture, str_dup(fixture->arena, word), 1000).at[0].width;
        if (lines.n && used + space + own <= width) {
            used += space + own;
        } else {
            lines.n++;
            used = own;
        }
        lines.at[lines.n - 1].width = used;
    }
    return lines;
}

static void test_lines_are_more_even_than_first_fit(void **state)
{
    struct fixture *fixture = *state;
    struct raggedness ours = {0}, greedy = {0};
    for (double width = 150; width < 420; width += 3) {
        struct lines best = set(fixture, PROSE, width), yardstick = first_fit(fixture, PROSE, width);
        measure(&ours, &best, width);
        measure(&greedy, &yardstick, width);
        assert_true(best.n <= yardstick.n + 1);
    }
    print_message("raggedness: %.4f, first fit %.4f\n", deviation(&ours), deviation(&greedy));
    assert_true(deviation(&ours) < 0.9 * deviation(&greedy));
}

static void test_no_lone_short_word_on_the_last_line(void **state)
{
    struct fixture *fixture = *state;
    int lone = 0, lone_first_fit = 0;
    for (double width = 150; width < 420; width += 2) {
        struct lines best = set(fixture, PROSE, width), yardstick = first_fit(fixture, PROSE, width);
        lone += best.at[best.n - 1].width < 0.12 * width;
        lone_first_fit += yardstick.at[yardstick.n - 1].width < 0.12 * width;
    }
    assert_int_equal(lone, 0);
    assert_true(lone_first_fit > 0); /* or the test would show nothing */
}

static void test_words_of_several_styles_do_not_break(void **state)
{
    struct fixture *fixture = *state;
    struct text_style bold = fixture->style;
    bold.font =
        fontset_find(fixture->fontset, &fixture->diags, (struct pos){0}, bold.font->family, 700, false);
    struct run runs[] = {
        text_run(fixture, "before un"), text_run(fixture, "break"), text_run(fixture, "able after")};
    runs[1].style = &bold;
    struct para *para = para_of(fixture, runs, 3);
    struct lines lines = para_lines(para, para_min_width(para) + 0.5, ALIGN_LEFT);
    assert_int_equal(lines.n, 3);
    assert_int_equal(lines.at[1].item_count, 3);
}

static void test_a_word_wider_than_the_line_is_broken_with_a_warning(void **state)
{
    struct fixture *fixture = *state;
    struct lines lines = set(fixture, "see Donaudampfschifffahrtsgesellschaft now", 60);
    for (size_t i = 0; i < lines.n; i++)
        assert_true(lines.at[i].width <= 60.02);
    assert_true(str_is(text_of(fixture, &lines), "see Donaudampfschifffahrtsgesellschaft now"));
    assert_int_equal(fixture->diags.warnings, 1);
    assert_string_equal(fixture->diags.list.at[0].code, "line-overfull");
}

static void test_addresses_break_behind_their_marks(void **state)
{
    struct fixture *fixture = *state;
    struct run run =
        text_run(fixture, "www.fda.gov/vaccines-blood-biologics/consumers-biologics/consumer-alert");
    run.address = true;
    struct para *para = para_of(fixture, &run, 1);
    assert_true(para_min_width(para) < 70);
    struct lines lines = para_lines(para, 150, ALIGN_LEFT);
    assert_true(lines.n > 1);
    for (size_t i = 0; i + 1 < lines.n; i++) {
        const struct item *last = &lines.at[i].items[lines.at[i].item_count - 1];
        assert_true(breaks_after_in_address(last->text.text.p[last->text.text.n - 1]));
    }
    assert_int_equal(fixture->diags.list.n, 0);
}

/* A text with a bar at each place where a line may end. */
static void expect_breaks(struct fixture *fixture, struct str text, const char *expected)
{
    const unsigned char *breaks = breaks_find(fixture->arena, text);
    struct buf marked = {0};
    for (size_t i = 0; i < text.n; i++) {
        buf_text(&marked, breaks[i] == BREAK_MAY ? "|" : "");
        buf_char(&marked, text.p[i]);
    }
    assert_string_equal(marked.p, expected);
    buf_free(&marked);
}

static void test_no_break_within_numbers_to_call(void **state)
{
    struct fixture *fixture = *state;
    expect_breaks(fixture, STR("call 1-800-FDA-1088, or 555-0100."), "call |1-800-FDA-1088, |or |555-0100.");
    expect_breaks(fixture, STR("call (555)-010-0199"), "call |(555)-010-0199");
    expect_breaks(
        fixture, STR("a 12-month, X-ray-guided, L4-L5 test"), "a |12-|month, |X-|ray-|guided, |L4-|L5 |test");
}

static void test_what_belongs_together_is_not_parted(void **state)
{
    struct fixture *fixture = *state;
    const char *text =
        "Take 5 mg of it, and call (555) 010-0199 or 1-800-FDA-1088 if it is over 38 \u00B0C [3].";
    const char *const bound[] = {"5 mg", "(555) 010-0199", "1-800-FDA-1088", "38 \u00B0C [3]."};
    for (double width = 110; width < 300; width += 1) { /* the longest of them takes 105 points */
        struct lines lines = set(fixture, text, width);
        size_t found = 0;
        for (size_t i = 0; i < lines.n; i++)
            for (size_t k = 0; k < sizeof bound / sizeof *bound; k++)
                found += str_find(lines.at[i].items[0].text.text, bound[k], 0) != SIZE_MAX;
        assert_int_equal(found, 4);
    }
    /* Where they cannot be held together the line is set all the same. */
    struct lines narrow = set(fixture, "(555) 010-0199", 64);
    assert_int_equal(narrow.n, 2);
    assert_int_equal(fixture->diags.warnings, 0);
    struct run run = text_run(fixture, "(555) 010-0199");
    struct para *para = para_of(fixture, &run, 1);
    assert_true(fabs(para_min_width(para) - para_max_width(para)) < 0.001);
}

static void test_headings_are_balanced(void **state)
{
    struct fixture *fixture = *state;
    struct doc_node heading = {.kind = DOC_HEADING}, words = {.kind = DOC_TEXT, .parent = &heading};
    struct run run = text_run(fixture, "What you can do about it at home and at work");
    run.tag = &words;
    for (double width = 100; width < 240; width += 1) {
        struct lines lines = para_lines(para_of(fixture, &run, 1), width, ALIGN_LEFT);
        struct lines plain = set(fixture, "What you can do about it at home and at work", width);
        double least = width, most = 0;
        for (size_t i = 0; i < lines.n; i++) {
            least = fmin(least, lines.at[i].width);
            most = fmax(most, lines.at[i].width);
        }
        assert_true(lines.n <= plain.n);
        assert_true(most - least < 60); /* no word is so long */
    }
}

static void test_quotation_marks_hang(void **state)
{
    struct fixture *fixture = *state;
    double mark = set(fixture, "\u201C", 400).at[0].width, bracket = set(fixture, "(", 400).at[0].width;
    double quoted = set(fixture, "\u201Cwell\u201D, she said", 400).at[0].items[0].x;
    double bracketed = set(fixture, "(well), she said", 400).at[0].items[0].x;
    assert_true(quoted < -mark / 2 && quoted > -mark);
    assert_true(bracketed < 0 && bracketed > -bracket / 2);
    assert_true(fabs(set(fixture, "well\u201D, she said", 400).at[0].items[0].x) < 0.001);
    struct run run = text_run(fixture, "\"well\", she said");
    struct para *code =
        para_new(fixture->arena, &fixture->diags, fixture->shaper, &run, 1, &fixture->style, SPACES_KEEP);
    assert_true(fabs(para_lines(code, 400, ALIGN_LEFT).at[0].items[0].x) < 0.001);
    struct lines right = para_lines(para_of(fixture, &run, 1), 400, ALIGN_RIGHT);
    assert_true(fabs(right.at[0].items[0].x + right.at[0].width - 400) < 0.001);
}

/* ---- Against all other ways to break ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

enum { WORDS = 13, LETTERS = 4 };

/* Words of random length, from a few letters so that some are the same, in a line of a width. */
struct trial {
    char text[WORDS * (LETTERS + 1) + 1];
    struct str words[WORDS];
    double widths[WORDS], space, width;
};

static struct trial random_words(struct fixture *fixture, uint32_t *seed)
{
    struct trial trial = {
        .space = set(fixture, "n n", 1000).at[0].width - 2 * set(fixture, "n", 1000).at[0].width};
    size_t at = 0;
    for (size_t i = 0; i < WORDS; i++) {
        size_t start = at, letters = 1 + next_random(seed) % LETTERS;
        char letter = (char)('n' + next_random(seed) % 3);
        for (size_t k = 0; k < letters; k++)
            trial.text[at++] = letter;
        trial.words[i] = str_copy(fixture->arena, (struct str){trial.text + start, at - start});
        trial.widths[i] = set(fixture, trial.words[i].p, 1000).at[0].width;
        trial.text[at++] = i + 1 < WORDS ? ' ' : '\0';
    }
    trial.width = 60 + next_random(seed) % 60;
    return trial;
}

/* What a way to break costs, by the words of para_break.c: bit i is set if a line ends behind word i.
 * Infinite if a line is too long. */
static double cost_of(const struct trial *trial, unsigned breaks)
{
    double cost = 0, before = -1, before_that = -1; /* fills of the lines */
    size_t from = 0;
    for (size_t i = 0; i < WORDS; i++) {
        bool last = i + 1 == WORDS;
        if (!last && !(breaks >> i & 1))
            continue;
        double width = trial->space * (double)(i - from), filled;
        for (size_t k = from; k <= i; k++)
            width += trial->widths[k];
        if (width > trial->width + 0.01)
            return INFINITY;
        filled = width / trial->width;
        cost += 6 + (last ? 0 : (0.95 - filled) * (0.95 - filled) * 100);
        if (last && from > 0)
            cost += from == i ? 7 : 1 * fmax(0, 1 - filled / 0.18); /* all words are short */
        if (!last && str_eq(trial->words[from], trial->words[i + 1]))
            cost += 1.5;
        if (from > 0 && str_eq(trial->words[from - 1], trial->words[i]))
            cost += 1.5;
        if (before_that >= 0 && before < before_that - 0.12 && before < filled - 0.12)
            cost += 1;
        before_that = before;
        before = filled;
        from = i + 1;
    }
    return cost;
}

static unsigned breaks_of(const struct lines *lines)
{
    unsigned breaks = 0;
    size_t words = 0;
    for (size_t i = 0; i + 1 < lines->n; i++) {
        struct str text = lines->at[i].items[0].text.text;
        for (size_t k = 0; k < text.n; k++)
            words += text.p[k] == ' '; /* one of them at the end */
        breaks |= 1U << (words - 1);
    }
    return breaks;
}

static void test_no_other_lines_are_cheaper(void **state)
{
    struct fixture *fixture = *state;
    uint32_t seed = 11;
    for (int round = 0; round < 200; round++) {
        struct trial trial = random_words(fixture, &seed);
        struct lines lines = set(fixture, trial.text, trial.width);
        double least = INFINITY;
        for (unsigned breaks = 0; breaks < 1U << (WORDS - 1); breaks++)
            least = fmin(least, cost_of(&trial, breaks));
        double cost = cost_of(&trial, breaks_of(&lines));
        if (fabs(cost - least) > 0.001)
            fail_msg("'%s' in %.0f points: cost %.3f, least %.3f", trial.text, trial.width, cost, least);
    }
}

static void test_no_break_within_abbreviations(void **state)
{
    struct fixture *fixture = *state;
    expect_breaks(
        fixture, STR("see (e.g. fda.gov), 3.5 mg, and/or"), "see |(e.g. |fda.gov), |3.5 |mg, |and/|or");
}

static void test_no_break_at_soft_hyphens(void **state)
{
    struct fixture *fixture = *state;
    struct lines lines = set(fixture, "rheuma\xC2\xADtoid arthri\xC2\xADtis", 70);
    assert_int_equal(lines.n, 2);
    assert_true(str_is(lines.at[1].items[0].text.text, "arthri\xC2\xADtis"));
}

static void test_pictures_and_blanks_shrink_with_the_line(void **state)
{
    struct fixture *fixture = *state;
    static const struct picture raster = {.kind = PICTURE_RASTER};
    struct run runs[] = {text_run(fixture, "see "),
        {.kind = RUN_PICTURE, .width = 1440, .height = 30, .picture = &raster},
        {.kind = RUN_BLANK, .width = 500}};
    runs[1].style = runs[2].style = &fixture->style;
    struct para *para = para_of(fixture, runs, 3);
    assert_true(para_min_width(para) < 80);
    struct lines lines = para_lines(para, 144, ALIGN_LEFT);
    for (size_t i = 0; i < lines.n; i++)
        assert_true(lines.at[i].width <= 144.02);
    const struct item *picture = &lines.at[1].items[0];
    assert_int_equal(picture->kind, ITEM_IMAGE);
    assert_true(fabs(picture->w - 144) < 0.01);
    assert_true(fabs(picture->h - 3) < 0.01);
}

static void test_a_blank_begins_the_line_behind_a_hard_break(void **state)
{
    struct fixture *fixture = *state;
    struct run runs[] = {
        text_run(fixture, "unbreakable"), {.kind = RUN_BREAK}, {.kind = RUN_BLANK, .width = 30}};
    runs[1].style = runs[2].style = &fixture->style;
    struct para *para = para_of(fixture, runs, 3);
    assert_true(para_min_width(para) <= para_max_width(para));
    assert_int_equal(para_lines(para, para_max_width(para), ALIGN_LEFT).n, 2);
}

/* ---- What is kept of a paragraph ---- */

static void assert_same_lines(const struct lines *a, const struct lines *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        const struct line *one = &a->at[i], *other = &b->at[i];
        assert_true(one->width == other->width && one->height == other->height);
        assert_true(one->baseline == other->baseline);
        assert_int_equal(one->item_count, other->item_count);
        for (size_t k = 0; k < one->item_count; k++) {
            const struct item *x = &one->items[k], *y = &other->items[k];
            assert_int_equal(x->kind, y->kind);
            assert_true(x->x == y->x && x->y == y->y && x->w == y->w && x->h == y->h);
            assert_ptr_equal(x->tag, y->tag);
            if (x->kind != ITEM_TEXT)
                continue;
            assert_true(str_eq(x->text.text, y->text.text));
            assert_true(x->text.size == y->text.size && x->text.color.r == y->text.color.r);
            assert_int_equal(x->text.glyph_count, y->text.glyph_count);
            for (size_t g = 0; g < x->text.glyph_count; g++)
                assert_true(x->text.glyphs[g].id == y->text.glyphs[g].id &&
                            x->text.glyphs[g].x == y->text.glyphs[g].x);
        }
    }
}

/* Sets runs twice: by a shaper that has set others, in other ways, and by one that knows nothing. */
static void set_by_both(
    struct fixture *fixture, const struct run *runs, size_t count, enum para_spaces spaces, double width)
{
    struct shaper *fresh = shaper_new(fixture->fontset), *used = fixture->shaper;
    struct diags told = diags_new(fixture->arena), told_fresh = told;
    struct arena *moment = arena_new(); /* what is kept must not lie here */
    struct lines lines[2];
    lines[0] =
        para_lines(para_new(moment, &told, used, runs, count, runs[0].style, spaces), width, ALIGN_LEFT);
    lines[1] = para_lines(
        para_new(moment, &told_fresh, fresh, runs, count, runs[0].style, spaces), width, ALIGN_LEFT);
    assert_same_lines(&lines[0], &lines[1]);
    assert_int_equal(told.list.n, told_fresh.list.n);
    arena_free(moment);
    shaper_free(fresh);
}

static void test_what_is_kept_makes_no_difference(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        PROSE, "2023 (and 1.150) \u201Cin all\u201D", "https://example.org/a-b/c?d=e", "a\u4E00b", ""};
    static const double widths[] = {300, 301, 40, 300, 12, 301, 500};
    struct doc_node heading = {.kind = DOC_HEADING}, body = {.kind = DOC_PARAGRAPH};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text_style styles[5];
        for (size_t s = 0; s < 5; s++)
            styles[s] = fixture->style;
        styles[1].leading = 20;
        styles[1].color.r = 200;
        styles[2].size = 12.5;
        styles[3].tabular = true;
        styles[4].font = fontset_find(fixture->fontset, &fixture->diags, (struct pos){0},
            STR("Atkinson Hyperlegible Next"), 700, false);
        for (size_t w = 0; w < 2 * sizeof widths / sizeof *widths; w++)
            for (size_t s = 0; s < 5; s++) {
                double width = widths[w / 2];
                struct run runs[] = {text_run(fixture, texts[i]), text_run(fixture, " end")};
                runs[0].style = runs[1].style = &styles[s];
                runs[0].tag = runs[1].tag = w % 2 ? &heading : &body;
                set_by_both(fixture, runs, 1, SPACES_COLLAPSE, width);
                set_by_both(fixture, runs, 2, SPACES_COLLAPSE, width);
                set_by_both(fixture, runs, 2, SPACES_KEEP, width);
                runs[0].address = true;
                set_by_both(fixture, runs, 2, SPACES_COLLAPSE, width);
                runs[0].lang = STR("es");
                set_by_both(fixture, runs, 2, SPACES_COLLAPSE, width);
                runs[1].style = &styles[0];
                set_by_both(fixture, runs, 2, SPACES_COLLAPSE, width);
                runs[1] = (struct run){.kind = RUN_BLANK, .width = 60 + 30 * (double)w, .style = &styles[s]};
                set_by_both(fixture, runs, 2, SPACES_COLLAPSE, width);
            }
    }
}

static void test_a_missing_character_is_an_error_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    struct source *source = source_new(fixture->arena, "a.md", STR("one\ntwo \xF0\x9F\x98\x80 three\n"));
    struct doc_node *node = doc_new(fixture->arena, DOC_TEXT, NULL, (struct pos){source, 4, 14});
    struct run run = text_run(fixture, "two \xF0\x9F\x98\x80 three");
    node->text = run.text;
    run.tag = node;
    run.pos = node->pos;
    para_of(fixture, &run, 1);
    assert_int_equal(fixture->diags.errors, 1);
    const struct diag *diag = &fixture->diags.list.at[0];
    assert_string_equal(diag->code, "glyph-missing");
    assert_int_equal(diag->line, 2);
    assert_int_equal(diag->column, 5);
    assert_int_equal(diag->width, 1);
}

static void test_missing_letters_come_from_the_fallback_face(void **state)
{
    struct fixture *fixture = *state;
    struct lines lines = set(fixture, "alpha \xCE\xB1 end", 400); /* Greek, which the text face lacks */
    assert_int_equal(fixture->diags.list.n, 0);
    assert_int_equal(lines.n, 1);
    assert_int_equal(lines.at[0].item_count, 3);
    assert_true(str_is(lines.at[0].items[1].text.font->family, "Noto Sans"));
    assert_true(str_is(text_of(fixture, &lines), "alpha \xCE\xB1 end"));
}

static void test_a_word_with_a_missing_letter_is_set_in_one_face(void **state)
{
    struct fixture *fixture = *state;
    struct lines lines = set(fixture, "Ti\xE1\xBA\xBFng", 400); /* U+1EBF, which the text face lacks */
    assert_int_equal(lines.at[0].item_count, 1);
    const struct item *item = &lines.at[0].items[0];
    assert_true(str_is(item->text.font->family, "Noto Sans"));
    assert_int_equal(item->text.glyph_count, 5);
}

static void test_combining_marks_stay_with_their_letter(void **state)
{
    struct fixture *fixture = *state;
    struct lines lines = set(fixture,
        "caf"
        "e\xCC\x81",
        400);
    assert_int_equal(lines.at[0].item_count, 1);
    assert_int_equal(lines.at[0].items[0].text.glyph_count, 4);
    assert_int_equal(fixture->diags.list.n, 0);
}

static void test_tabular_figures_have_one_width(void **state)
{
    struct fixture *fixture = *state;
    fixture->style.tabular = true;
    double ones = set(fixture, "1111", 400).at[0].width, eights = set(fixture, "8888", 400).at[0].width;
    assert_true(fabs(ones - eights) < 0.001);
    fixture->style.tabular = false;
    assert_true(set(fixture, "1111", 400).at[0].width < set(fixture, "8888", 400).at[0].width);
}

static void test_hard_breaks_and_trailing_spaces(void **state)
{
    struct fixture *fixture = *state;
    struct run runs[] = {text_run(fixture, "one  two "), {.kind = RUN_BREAK, .style = &fixture->style},
        text_run(fixture, "three")};
    struct lines lines = para_lines(para_of(fixture, runs, 3), 400, ALIGN_LEFT);
    assert_int_equal(lines.n, 2);
    assert_true(str_is(text_of(fixture, &lines), "one two three"));
    assert_true(fabs(lines.at[0].width - set(fixture, "one two", 400).at[0].width) < 0.001);
}

static void test_mixed_directions_keep_the_order_of_the_text(void **state)
{
    struct fixture *fixture = *state;
    bool rtl = true;
    /* Hebrew alef, bet between Latin letters: logical order a b א ב c. */
    struct str text = STR("ab \xD7\x90\xD7\x91 c");
    const unsigned char *levels = levels_find(fixture->arena, text, &rtl);
    assert_non_null(levels);
    assert_false(rtl);
    assert_int_equal(levels[0], 0);
    assert_int_equal(levels[3], 1);
    assert_int_equal(levels[8], 0);
    assert_null(levels_find(fixture->arena, STR("plain \xE2\x80\x9Cquotes\xE2\x80\x9D"), &rtl));
}

static void test_links_get_an_area_on_each_line(void **state)
{
    struct fixture *fixture = *state;
    struct doc_node link = {.kind = DOC_LINK};
    struct run runs[] = {text_run(fixture, "See "), text_run(fixture, "a link that goes on over two lines"),
        text_run(fixture, ".")};
    runs[1].link = &link;
    struct lines lines = para_lines(para_of(fixture, runs, 3), 120, ALIGN_LEFT);
    size_t areas = 0;
    for (size_t i = 0; i < lines.n; i++)
        for (size_t k = 0; k < lines.at[i].item_count; k++)
            areas += lines.at[i].items[k].kind == ITEM_LINK && lines.at[i].items[k].tag == &link;
    assert_int_equal(areas, lines.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_line_fits_and_no_word_is_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lines_are_more_even_than_first_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_lone_short_word_on_the_last_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_words_of_several_styles_do_not_break, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_word_wider_than_the_line_is_broken_with_a_warning, setup, teardown),
        cmocka_unit_test_setup_teardown(test_addresses_break_behind_their_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_belongs_together_is_not_parted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_headings_are_balanced, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quotation_marks_hang, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_other_lines_are_cheaper, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_break_within_abbreviations, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_break_within_numbers_to_call, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_break_at_soft_hyphens, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pictures_and_blanks_shrink_with_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_blank_begins_the_line_behind_a_hard_break, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_missing_character_is_an_error_at_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing_letters_come_from_the_fallback_face, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_word_with_a_missing_letter_is_set_in_one_face, setup, teardown),
        cmocka_unit_test_setup_teardown(test_combining_marks_stay_with_their_letter, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tabular_figures_have_one_width, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hard_breaks_and_trailing_spaces, setup, teardown),
        cmocka_unit_test_setup_teardown(test_mixed_directions_keep_the_order_of_the_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links_get_an_area_on_each_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_kept_makes_no_difference, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
