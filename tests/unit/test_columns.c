/* Sections in two columns: what stands where, in which order, and that nothing is lost. */
#include "setting.h"

/* Pages are 612 by 792 points, with margins of 54 at the sides. */
enum { LEFT = 54, ROOM = 504, GAP = 24, WIDTH = (ROOM - GAP) / 2, RIGHT = LEFT + WIDTH + GAP };

static const char TWO[] = "section: {columns: 2, column-gap: 24pt}\n";

static bool is_left(const struct set *set, const char *word)
{
    return near(find(set, word, NULL)->x, LEFT);
}

static bool is_right(const struct set *set, const char *word)
{
    return near(find(set, word, NULL)->x, RIGHT);
}

static double baseline(const struct set *set, const char *word)
{
    return find(set, word, NULL)->y;
}

/* How many lines of text begin at a column's edge, or further in. */
static size_t lines_in(const struct set *set, double edge)
{
    size_t lines = 0;
    double last = -1;
    for (size_t i = 0; i < set->pages->at[0].item_count; i++) {
        const struct item *item = &set->pages->at[0].items[i];
        if (item->kind != ITEM_TEXT || item->x < edge - 0.01 || item->x > edge + WIDTH || near(item->y, last))
            continue;
        last = item->y;
        lines++;
    }
    return lines;
}

/* All that stands on the pages, in the order of the display list, without spaces. A line break may have eaten
 * those. */
static const char *spelled(struct set *set)
{
    struct buf out = {0};
    buf_text(&out, "");
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind != ITEM_TEXT || !item->tag)
                continue;
            for (size_t k = 0; k < item->text.text.n; k++)
                if (item->text.text.p[k] != ' ')
                    buf_char(&out, item->text.text.p[k]);
        }
    const char *text = arena_copy(set->reading.arena, out.p, out.n);
    buf_free(&out);
    return text;
}

static size_t count_kind(const struct set *set, enum item_kind kind)
{
    size_t count = 0;
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++)
            count += set->pages->at[p].items[i].kind == kind && set->pages->at[p].items[i].tag;
    return count;
}

/* `count` words, "stem1 stem2 ...", and a blank line. */
static void put_words(struct buf *out, const char *stem, int count)
{
    for (int i = 1; i <= count; i++)
        buf_printf(out, "%s%d ", stem, i);
    buf_text(out, "\n\n");
}

/* A paragraph of `count` lines: "stem1", "stem2", ... */
static void put_lines(struct buf *out, const char *stem, int count)
{
    for (int i = 1; i <= count; i++)
        buf_printf(out, "%s%d%s", stem, i, i < count ? "\\\n" : "\n\n");
}

/* ---- Balance ---- */

static void test_paragraphs_are_shared_out(void **state)
{
    struct set even = set(*state, TWO, "a1\n\na2\n\na3\n\nb1\n\nb2\n\nb3\n");
    assert_true(is_left(&even, "a1") && is_left(&even, "a3") && is_right(&even, "b1"));
    assert_true(near(baseline(&even, "a1"), baseline(&even, "b1")));
    assert_true(near(baseline(&even, "a3"), baseline(&even, "b3")));
    assert_string_equal(spelled(&even), "a1a2a3b1b2b3");
    set_free(&even);
    /* the left column is the higher one */
    struct set odd = set(*state, TWO, "a1\n\na2\n\na3\n\nb1\n\nb2\n");
    assert_true(is_left(&odd, "a3") && is_right(&odd, "b1"));
    set_free(&odd);
}

/* Headings of other sizes at the top: the first lines are level all the same. */
static void test_first_lines_are_level(void **state)
{
    static const char great[] = "section: {columns: 2, column-gap: 24pt}\nheading-3: {size: 20pt}\n";
    struct set right = set(*state, great, "a1\n\na2\n\n### b1\n\nb2\n");
    assert_true(is_left(&right, "a2") && is_right(&right, "b1"));
    assert_true(near(baseline(&right, "a1"), baseline(&right, "b1")));
    set_free(&right);
    struct set left = set(*state, great, "### a1\n\na2\n\nb1\n\nb2\n");
    assert_true(is_left(&left, "a2") && is_right(&left, "b1"));
    assert_true(near(baseline(&left, "a1"), baseline(&left, "b1")));
    set_free(&left);
    /* but not at the price of a hole: here the tops are */
    static const char huge[] = "section: {columns: 2, column-gap: 24pt}\nheading-3: {size: 60pt}\n";
    struct set hole = set(*state, huge, "a1\n\na2\n\na3\n\n### b1\n\nb2\n");
    struct set plain = set(*state, huge, "a1\n\na2\n");
    assert_true(is_left(&hole, "a3") && is_right(&hole, "b1"));
    assert_true(near(baseline(&hole, "a1"), baseline(&plain, "a1")));
    set_free(&hole);
    set_free(&plain);
}

static void test_a_paragraph_breaks_where_that_saves_lines(void **state)
{
    struct buf text = {0};
    put_words(&text, "long", 60);
    buf_text(&text, "b1\n");
    struct set broken = set(*state, TWO, text.p);
    size_t left = lines_in(&broken, LEFT), right = lines_in(&broken, RIGHT);
    assert_true(left > 3 && left >= right && left - right <= 2);
    assert_true(is_right(&broken, "b1"));
    set_free(&broken);
    text.n = 0;
    put_lines(&text, "a", 4);
    put_lines(&text, "b", 4);
    put_lines(&text, "c", 5);
    struct set whole = set(*state, TWO, text.p); /* half of b at the right: that would save but one line */
    assert_true(is_left(&whole, "b4") && is_right(&whole, "c1"));
    set_free(&whole);
    buf_free(&text);
}

/* The style says how many lines are worth two columns. */
static void test_short_text_goes_over_both(void **state)
{
    bool parted = false;
    for (int words = 1; words <= 60; words++) {
        struct buf text = {0};
        put_words(&text, "word", words);
        struct set set_ = set(*state, "section: {columns: 2, column-gap: 24pt, column-lines: 7}\n", text.p);
        size_t left = lines_in(&set_, LEFT), right = lines_in(&set_, RIGHT);
        bool over = false;
        for (size_t i = 0; i < set_.pages->at[0].item_count; i++) {
            const struct item *item = &set_.pages->at[0].items[i];
            over = over || (item->kind == ITEM_TEXT && item->x < LEFT + WIDTH &&
                               item->x + item->w > LEFT + WIDTH + 5); /* and a space */
        }
        assert_false(parted && over); /* a longer text is no less worth it */
        parted = !over && right > 0;
        if (parted)
            assert_true(left + right > 6 && left >= 2 && right >= 2); /* no widow, no orphan */
        else
            assert_true(left <= 3);
        set_free(&set_);
        buf_free(&text);
    }
    assert_true(parted);
}

static void test_list_items_stay_whole(void **state)
{
    struct buf text = {0};
    for (int i = 1; i <= 4; i++) {
        buf_printf(&text, "%d. first%d ", i, i);
        put_words(&text, "and then ", 14);
    }
    struct set list = set(*state, TWO, text.p);
    double first[5] = {0};
    for (int i = 1; i <= 4; i++)
        first[i] = find(&list, arena_printf(list.reading.arena, "first%d", i), NULL)->x;
    assert_true(near(first[1], first[2]) && near(first[3], first[4]));
    assert_true(near(first[3] - first[1], WIDTH + GAP));
    assert_true(near(baseline(&list, "first1"), baseline(&list, "first3")));
    for (int i = 1; i <= 4; i++) { /* the number stands before its text */
        const struct item *number = find(&list, arena_printf(list.reading.arena, "%d.", i), NULL);
        assert_true(near(number->y, baseline(&list, arena_printf(list.reading.arena, "first%d", i))));
        assert_true(number->x < first[i] && number->x > first[i] - 20);
    }
    set_free(&list);
    /* a long one cannot */
    text.n = 0;
    buf_text(&text, "- ");
    put_words(&text, "word", 80);
    struct set item = set(*state, TWO, text.p);
    size_t left = lines_in(&item, LEFT), right = lines_in(&item, RIGHT);
    assert_true(left >= right && left - right <= 1);
    set_free(&item);
    buf_free(&text);
}

static void test_what_is_kept_together_is_not_cut(void **state)
{
    struct buf text = {0};
    put_words(&text, "word", 60);
    struct set kept = set(*state, "section: {columns: 2}\nparagraph: {keep-together: true}\n", text.p);
    assert_int_equal(lines_in(&kept, 300), 0);
    assert_true(lines_in(&kept, LEFT) > 6);
    set_free(&kept);
    buf_free(&text);
    struct set heading = set(*state, TWO, "a1\n\na2\n\n### a3\n\nb1\n\nb2\n"); /* not below its column */
    assert_true(near(find(&heading, "a3", NULL)->x, find(&heading, "b1", NULL)->x));
    set_free(&heading);
}

/* ---- What reaches over both columns ---- */

static const struct item *widest(const struct set *set, enum item_kind kind)
{
    const struct item *found = NULL;
    for (size_t i = 0; i < set->pages->at[0].item_count; i++) {
        const struct item *item = &set->pages->at[0].items[i];
        if (item->kind == kind && (!found || item->w > found->w))
            found = item;
    }
    assert_non_null(found);
    return found;
}

static void test_what_is_not_text_reaches_over_both(void **state)
{
    static const struct {
        const char *markdown;
        enum item_kind kind;
        double least; /* of its width */
    } CASES[] = {
        {"| b1 | c1 |\n|---|---|\n| b2 | c2 |\n", ITEM_FILL, ROOM},
        {"> [!TIP]\n> b1\n", ITEM_FILL, ROOM},
        {"> [!TIP]\n> - b1\n>   - b2\n", ITEM_FILL, ROOM},
        {"    b1\n", ITEM_FILL, ROOM},
        {"```lines 3\n```\n", ITEM_LINE, ROOM},
        {"---\n", ITEM_LINE, ROOM},
        {"```people 74 of 100\nb1\n```\n", ITEM_PATH, 150},
        {"- b1\n\n  | b2 | c1 |\n  |---|---|\n  | b3 | c2 |\n", ITEM_FILL, ROOM - 20},
        {"![x](pictures/gray.jpg)\n", ITEM_IMAGE, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf text = {0};
        buf_printf(&text, "a1\n\na2\n\n### head\n\n%s\n\nz1\n\nz2\n", CASES[i].markdown);
        struct set over = set(*state, TWO, text.p);
        const struct item *block = widest(&over, CASES[i].kind);
        if (block->w < CASES[i].least - 0.1)
            print_error("%s", CASES[i].markdown);
        assert_true(block->w >= CASES[i].least - 0.1);
        assert_true(is_left(&over, "a1") && is_right(&over, "a2"));
        assert_true(is_left(&over, "z1") && is_right(&over, "z2"));
        assert_true(is_left(&over, "head")); /* it belongs to what follows */
        assert_true(baseline(&over, "head") > baseline(&over, "a1") + 10);
        assert_true(baseline(&over, "z1") > baseline(&over, "head") + 10);
        assert_true(near(baseline(&over, "z1"), baseline(&over, "z2")));
        set_free(&over);
        buf_free(&text);
    }
}

static void test_great_headings_reach_over_both(void **state)
{
    struct set great = set(*state, TWO, "a1\n\na2\n\n## head\n\nz1\n\nz2\n");
    assert_true(is_right(&great, "a2") && is_left(&great, "head") && is_right(&great, "z2"));
    set_free(&great);
    struct set small = set(*state, TWO, "### a1\n\na2\n\na3\n\n### b1\n\nb2\n\nb3\n");
    assert_true(is_left(&small, "a3") && is_right(&small, "b1"));
    set_free(&small);
    struct set last = set(*state, TWO, "a1\n\nb1\n\n### last\n"); /* nothing that it could belong to */
    assert_string_equal(spelled(&last), "a1b1last");
    set_free(&last);
    struct set spanning = set(*state, "section: {columns: 2, column-gap: 24pt}\nheading-3: {span: page}\n",
        "a1\n\na2\n\n### head\n\nz1\n\nz2\n");
    assert_true(is_right(&spanning, "a2") && is_left(&spanning, "head") && is_right(&spanning, "z2"));
    set_free(&spanning);
    struct set framed = set(*state, "section: {columns: 2}\nheading-3: {rule-below: {width: 1pt}}\n",
        "a1\n\na2\n\n### head\n\nz1\n\nz2\n");
    assert_true(near(widest(&framed, ITEM_FILL)->w, ROOM));
    set_free(&framed);
}

/* A heading in the side column stands level with the first line of both columns. */
static void test_headings_at_the_side(void **state)
{
    static const char style[] = "page: {side: {width: 100pt, gap: 12pt}}\n"
                                "section: {columns: 2, column-gap: 20pt}\n"
                                "heading-2: {place: side}\nheading-3: {place: side}\n";
    struct set side = set(*state, style, "## head\n\na1\n\nb1\n\n### next\n\nc1\n\nd1\n");
    assert_true(is_left(&side, "head") && is_left(&side, "next"));
    assert_true(near(find(&side, "a1", NULL)->x, LEFT + 112));
    assert_true(near(find(&side, "b1", NULL)->x, LEFT + 112 + (ROOM - 112 + 20) / 2.0));
    assert_true(near(baseline(&side, "head"), baseline(&side, "a1")));
    assert_true(near(baseline(&side, "head"), baseline(&side, "b1")));
    assert_true(near(baseline(&side, "next"), baseline(&side, "d1")));
    assert_true(baseline(&side, "next") > baseline(&side, "head") + 10);
    assert_string_equal(spelled(&side), "heada1b1nextc1d1");
    set_free(&side);
}

/* The space that the first thing within a list asks for is kept above the columns, that of the last thing
 * below. */
static void test_space_around_columns(void **state)
{
    static const char spaced[] = "section: {columns: 2}\nitem: {space-before: 40pt}\n";
    struct set list = set(*state, spaced, "## head\n\n- a1\n- b1\n");
    struct set text = set(*state, TWO, "## head\n\na1\n\nb1\n");
    assert_true(baseline(&list, "a1") > baseline(&text, "a1") + 30);
    assert_true(near(baseline(&list, "a1"), baseline(&list, "b1")));
    set_free(&list);
    set_free(&text);
    struct set below =
        set(*state, "section: {columns: 2}\nparagraph: {space-after: 50pt}\n", "a1\n\nb1\n\n## head\n");
    assert_true(baseline(&below, "head") > baseline(&below, "b1") + 50);
    set_free(&below);
}

/* ---- Pages ---- */

static void test_a_page_break_is_one(void **state)
{
    struct set pages = set(*state, TWO, "a1\n\na2\n\n```page-break\n```\n\nb1\n\nb2\n");
    assert_int_equal(pages.pages->n, 2);
    size_t page;
    assert_true(find(&pages, "a2", &page) && page == 0 && is_right(&pages, "a2"));
    assert_true(find(&pages, "b1", &page) && page == 1 && is_left(&pages, "b1"));
    set_free(&pages);
    struct set forced = set(
        *state, "section: {columns: 2}\nheading-3: {new-page: true}\n", "a1\n\na2\n\n### head\n\nb1\n\nb2\n");
    assert_int_equal(forced.pages->n, 2);
    assert_true(find(&forced, "head", &page) && page == 1);
    set_free(&forced);
}

/* However far down they come: columns stand on one page, and their heading with them. */
static void test_columns_stay_with_their_heading(void **state)
{
    bool seen[2] = {false, false};
    for (int rows = 40; rows < 70; rows++) {
        struct buf text = {0};
        for (int i = 0; i < rows; i++)
            buf_text(&text, "---\n\n");
        buf_text(&text, "## head\n\n");
        for (int i = 0; i < 4; i++)
            put_words(&text, "word", 20);
        buf_text(&text, "last\n");
        struct set set_ = set(*state, TWO, text.p);
        size_t head = 0, last = 0;
        find(&set_, "head", &head);
        find(&set_, "last", &last);
        assert_int_equal(head, last);
        assert_in_range(head, 0, 1);
        seen[head] = true;
        assert_int_equal(set_.reading.diags.warnings, 0);
        set_free(&set_);
        buf_free(&text);
    }
    assert_true(seen[0] && seen[1]);
}

/* How far down the columns of a page reach, and whether each begins at a good place: not with the second line
 * of a paragraph ("x2"), nor with its last ("x5"). */
static void check_page(const struct page *page, bool last)
{
    double lowest[2] = {0, 0};
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        double *low = &lowest[item->x >= RIGHT - 0.01];
        struct str text = item->text.text;
        if (*low <= 0 && text.n > 1)
            assert_false(text.p[text.n - 1] == '2' || text.p[text.n - 1] == '5');
        *low = fmax(*low, item->y);
    }
    assert_true(fabs(lowest[0] - lowest[1]) < 60);
    assert_true(last || fmax(lowest[0], lowest[1]) > 685); /* the page's room ends at 734 */
}

/* Text for more than a page fills its columns to the page's end, and goes on with the next page. */
static void test_long_text_goes_on(void **state)
{
    static const char great[] =
        "section: {columns: 2, column-gap: 24pt}\nheading-3: {size: 22pt}\nheading-2: {size: 50pt}\n";
    for (int paragraphs = 15; paragraphs < 90; paragraphs += 4) {
        struct buf text = {0};
        buf_text(&text, "## head\n\n");
        for (int i = 0; i < paragraphs; i++) {
            if (i % 4 == 3)
                buf_text(&text, "### x\n\n");
            put_lines(&text, "x", 5);
        }
        struct set two = set(*state, great, text.p), one = set(*state, "", text.p);
        assert_string_equal(spelled(&two), spelled(&one));
        assert_int_equal(two.reading.diags.warnings, 0); /* nothing runs over a page's end */
        assert_true(two.pages->n <= one.pages->n * 5 / 8 + 1);
        for (size_t p = 0; p < two.pages->n; p++)
            check_page(&two.pages->at[p], p + 1 == two.pages->n);
        set_free(&two);
        set_free(&one);
        buf_free(&text);
    }
}

static size_t count_code(const struct set *set, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < set->reading.diags.list.n; i++)
        count += strcmp(set->reading.diags.list.at[i].code, code) == 0;
    return count;
}

/* What is over is told of the columns, not of the text in one of them. */
static void test_what_must_stand_on_a_page_is_measured_in_columns(void **state)
{
    static const char style[] = "section: {columns: 2, one-page: true}\n";
    static const struct {
        int paragraphs; /* 31 fit in a column */
        const char *message;
    } CASES[] = {{62, NULL}, {66, "this must fit on one page and is about 2 lines too long (shorten it, or "
                                  "let the style sheet say 'one-page: false')"}};
    for (size_t i = 0; i < 2; i++) {
        struct buf text = {0};
        for (int k = 0; k < CASES[i].paragraphs; k++)
            buf_text(&text, "word\n\n");
        struct set page = try_set(*state, style, text.p);
        assert_int_equal(page.reading.diags.list.n, CASES[i].message != NULL);
        if (CASES[i].message)
            assert_string_equal(page.reading.diags.list.at[0].message, CASES[i].message);
        set_free(&page);
        buf_free(&text);
    }
}

/* ---- Where columns cannot be ---- */

static void test_no_column_is_too_narrow(void **state)
{
    static const char narrow[] = "page: {margins: {left: 2.2in, right: 2.2in}}\nsection: {columns: 2}\n";
    struct set whole = set(*state, narrow, "a1\n\na2\n\na3\n\na4\n");
    assert_true(near(find(&whole, "a4", NULL)->x, 2.2 * 72));
    set_free(&whole);
    struct set close = set(*state, "section: {columns: 2}\n", "a1\n\nb1\n"); /* they never touch */
    assert_true(near(find(&close, "b1", NULL)->x, LEFT + (ROOM + 12) / 2.0));
    set_free(&close);
}

/* A word that is too wide for a column makes the text go over the whole width; what is still wrong is told
 * once. */
static void test_a_wide_word_goes_over_both(void **state)
{
    struct buf text = {0};
    for (int i = 0; i < 45; i++)
        buf_char(&text, 'm');
    buf_text(&text, "\n\na1\n\na2\n\n---\n\nb1\n\nb2\n");
    struct set wide = set(*state, TWO, text.p);
    assert_int_equal(wide.reading.diags.warnings, 0);
    assert_true(is_left(&wide, "a2") && is_right(&wide, "b2"));
    set_free(&wide);
    text.n = 0;
    for (int i = 0; i < 75; i++)
        buf_char(&text, 'm');
    struct set wider = set(*state, TWO, text.p);
    assert_int_equal(count_code(&wider, "line-overfull"), 1);
    set_free(&wider);
    buf_free(&text);
}

static void test_other_blocks_have_no_columns(void **state)
{
    struct set list = set(*state, "list: {columns: 2}\n", "- a1\n- a2\n- a3\n- a4\n");
    assert_true(near(find(&list, "a1", NULL)->x, find(&list, "a4", NULL)->x));
    set_free(&list);
}

/* ---- Nothing is lost ---- */

static void check_same(struct fixture *fixture, const char *around, const char *text)
{
    const char *columns = arena_printf(fixture->arena, "section: {columns: 2, column-gap: 15pt}\n%s", around);
    struct set two = set(fixture, columns, text);
    struct set one = set(fixture, around, text);
    if (strcmp(spelled(&two), spelled(&one)) != 0)
        print_error("with %s", around);
    assert_string_equal(spelled(&two), spelled(&one));
    assert_int_equal(count_kind(&two, ITEM_PATH), count_kind(&one, ITEM_PATH));
    assert_int_equal(count_kind(&two, ITEM_IMAGE), count_kind(&one, ITEM_IMAGE));
    assert_true(count_kind(&two, ITEM_LINK) >= count_kind(&one, ITEM_LINK));
    assert_int_equal(two.reading.diags.errors, 0);
    set_free(&two);
    set_free(&one);
}

/* Every construct within every other, in columns of many widths: all of it is shown once, in its order. */
static void test_all_is_shown_once_in_its_order(void **state)
{
    struct fixture *fixture = *state;
    static const char *const PATHS[] = {"tests/fixtures/torture.md", "tests/golden/lists.md",
        "tests/golden/text.md", "tests/golden/tables.md", "tests/golden/callouts.md"};
    static const char *const MORE[] = {"", "heading-2: {place: side}\nheading-3: {place: side}\n",
        "paragraph: {keep-together: true, measure: 120pt}\nitem: {space-before: 5pt}\n",
        "heading-1: {padding: 5pt, fill: \"#eeeeee\"}\nlist: {keep-together: true}\n",
        "callout: {extends: quote}\nquote: {indent: 10pt}\ncallout-title: {icon: true}\n"};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        struct str text;
        assert_true(file_read(fixture->arena, &fixture->diags, (struct pos){0}, PATHS[i], 1000000, &text));
        for (int margin = 30; margin <= 220; margin += 27)
            for (size_t k = 0; k < sizeof MORE / sizeof *MORE; k++)
                check_same(fixture,
                    arena_printf(fixture->arena,
                        "page: {margins: {left: %dpt, right: 30pt}, side: {width: %dpt, gap: 8pt}}\n%s",
                        margin, margin % 2 ? 60 : 90, MORE[k]),
                    str_dup(fixture->arena, text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs_are_shared_out),
        cmocka_unit_test(test_first_lines_are_level),
        cmocka_unit_test(test_a_paragraph_breaks_where_that_saves_lines),
        cmocka_unit_test(test_short_text_goes_over_both),
        cmocka_unit_test(test_list_items_stay_whole),
        cmocka_unit_test(test_what_is_kept_together_is_not_cut),
        cmocka_unit_test(test_what_is_not_text_reaches_over_both),
        cmocka_unit_test(test_great_headings_reach_over_both),
        cmocka_unit_test(test_headings_at_the_side),
        cmocka_unit_test(test_space_around_columns),
        cmocka_unit_test(test_a_page_break_is_one),
        cmocka_unit_test(test_columns_stay_with_their_heading),
        cmocka_unit_test(test_long_text_goes_on),
        cmocka_unit_test(test_what_must_stand_on_a_page_is_measured_in_columns),
        cmocka_unit_test(test_no_column_is_too_narrow),
        cmocka_unit_test(test_a_wide_word_goes_over_both),
        cmocka_unit_test(test_other_blocks_have_no_columns),
        cmocka_unit_test(test_all_is_shown_once_in_its_order),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
