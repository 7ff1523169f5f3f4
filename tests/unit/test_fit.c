/* Copy-fitting: the most generous setting that keeps the budget, and what is told where there is none. */
#include "setting.h"

/* Pages of the shipped base have 680.4 points between the margins; lines of text are 15.6 apart. */
static const char LOOSE[] = "paragraph: {space-after: 12pt}\n";
static const char BOUNDS[] = "fit: {space: [1.0, 0.5]}\nparagraph: {space-after: 12pt}\n";
enum { LINES = 43 }; /* a page's */

/* A section of a document; its text is lines "STEM1" to "STEMn", or what is given. */
struct part {
    enum doc_role role;
    const char *stem;
    int lines;
    const char *text;
};

/* Lines in pairs: no page ends between two of them, and none before the last but one. */
static void put_lines(struct buf *out, const char *stem, int count)
{
    for (int i = 1; i <= count; i++)
        buf_printf(out, "%s%d%s", stem, i, i < count ? "\\\n" : "\n\n");
}

static struct set set_parts(
    struct fixture *fixture, const char *style, int pages, const struct part *parts, size_t count)
{
    struct set set = {.reading = reading_new()};
    begin_document(&set.reading);
    for (size_t i = 0; i < count; i++) {
        struct buf text = {0};
        if (parts[i].text)
            buf_text(&text, parts[i].text);
        else
            put_lines(&text, parts[i].stem, parts[i].lines);
        buf_char(&text, '\0');
        add_section(&set.reading, parts[i].role, text.p);
        buf_free(&text);
    }
    set.reading.document.pages_wanted = pages;
    set.reading.document.pages_wanted_pos = set.reading.document.root->pos;
    put_on_pages(fixture, style, &set);
    return set;
}

static const char *told(const struct set *set, size_t index)
{
    assert_true(index < set->reading.diags.list.n);
    return set->reading.diags.list.at[index].message;
}

/* How many lines it is said to be over; 0 = it fits, -1 = no number is told. */
static int overrun_of(
    struct fixture *fixture, const char *style, int pages, const struct part *parts, size_t count)
{
    struct set made = set_parts(fixture, style, pages, parts, count);
    int lines = 0;
    if (made.reading.diags.errors) {
        const char *number = strstr(told(&made, 0), "set it: ");
        assert_string_equal(made.reading.diags.list.at[0].code, "pages-over-budget");
        lines = number ? atoi(number + strlen("set it: ")) : -1;
    }
    set_free(&made);
    return lines;
}

/* What is told is true: as many lines less fit, and one more does not. */
static void check_overrun(
    struct fixture *fixture, const char *style, int pages, struct part *parts, size_t count, size_t which)
{
    int lines = overrun_of(fixture, style, pages, parts, count);
    assert_true(lines > 0 && lines < parts[which].lines);
    parts[which].lines -= lines - 1;
    assert_int_equal(overrun_of(fixture, style, pages, parts, count), 1);
    parts[which].lines--;
    assert_int_equal(overrun_of(fixture, style, pages, parts, count), 0);
}

static void test_the_overrun_is_true(void **state)
{
    for (int lines = LINES + 1; lines < LINES + 90; lines += 11) {
        struct part parts[] = {{ROLE_NONE, "a", lines, NULL}};
        check_overrun(*state, "", 1, parts, 1, 0);
    }
    for (int lines = LINES + 1; lines < LINES + 20; lines++) { /* pages of as many lines, and no point more */
        struct part parts[] = {{ROLE_NONE, "a", lines, NULL}};
        assert_int_equal(
            overrun_of(*state, "page: {margins: {bottom: 67.2pt}}\n", 1, parts, 1), lines - LINES);
    }
    for (int lines = 20; lines < 60; lines += 7) { /* two paragraphs; the second is cut */
        struct part parts[] = {{ROLE_NONE, "a", 40, NULL}, {ROLE_NONE, "b", lines, NULL}};
        check_overrun(*state, "", 1, parts, 2, 1);
    }
    struct part even[] = {{ROLE_NONE, "a", 2 * LINES + 3, NULL}};
    check_overrun(*state, "", 2, even, 1, 0);
}

/* The standard page, and the notice that does not count, start pages of their own. */
static void test_the_overrun_beside_other_pages(void **state)
{
    static const char style[] = "section-standard: {new-page: true}\nsection-notice: {new-page: true}\n";
    for (int with = 1; with < 4; with++) {
        struct part parts[3] = {{ROLE_NONE, "a", LINES + 17, NULL}};
        size_t count = 1;
        int pages = 1;
        if (with & 1) {
            parts[count++] = (struct part){ROLE_STANDARD, "s", 10, NULL};
            pages++;
        }
        if (with & 2)
            parts[count++] = (struct part){ROLE_NOTICE, "n", 60, NULL};
        check_overrun(*state, style, pages, parts, count, 0);
    }
}

/* A notice on the page of other text leaves that page one that counts. */
static void test_pages_of_a_notice_do_not_count(void **state)
{
    struct part parts[] = {{ROLE_NONE, "a", 10, NULL}, {ROLE_NOTICE, "n", 60, NULL}};
    assert_int_equal(overrun_of(*state, "section-notice: {new-page: true}\n", 1, parts, 2), 0);
    parts[0].lines = LINES + 5;
    assert_int_equal(overrun_of(*state, "section-notice: {new-page: false}\n", 1, parts, 2), 5);
}

static void test_what_follows_is_too_much_by_itself(void **state)
{
    struct part parts[] = {{ROLE_NONE, "a", 5, NULL}, {ROLE_STANDARD, "s", 5, NULL}};
    struct set made = set_parts(*state, "section-standard: {new-page: true}\n", 1, parts, 2);
    assert_string_equal(told(&made, 0),
        "this handout ('en') takes 2 pages where 1 is wanted, as tight as the style "
        "'setting' may set it (shorten it, or allow more pages)");
    assert_int_equal(made.reading.diags.list.n, 1);
    set_free(&made);
}

/* ---- Where cutting helps ---- */

static const char WORDS[] =
    "word word word word word word word word word word word word word word word word word ";

/* Paragraphs that end with a few letters on a line of their own. */
static void put_short_end(struct buf *out, const char *end)
{
    buf_printf(out, "%s\\\n%s\n\n", WORDS, end);
}

static void test_hints_name_the_shortest_ends(void **state)
{
    struct buf text = {0};
    put_lines(&text, "a", LINES - 6);
    put_short_end(&text, "twelve chars");
    put_short_end(&text, "x");
    put_short_end(&text, "four");
    buf_char(&text, '\0');
    struct part parts[] = {{ROLE_NONE, NULL, 0, text.p}};
    struct set made = set_parts(*state, "", 1, parts, 1);
    assert_int_equal(made.reading.diags.list.n, 4);
    assert_string_equal(told(&made, 0), "this handout ('en') takes 2 pages where 1 is wanted, as tight as "
                                        "the style 'setting' may set it: 1 line too many "
                                        "(shorten it, best where the notes say, or allow more pages)");
    assert_string_equal(told(&made, 1), "1 character less here saves a line");
    assert_string_equal(told(&made, 2), "3 characters less here save a line");
    assert_string_equal(told(&made, 3), "4 characters less here save a line");
    for (size_t i = 1; i < 4; i++) {
        assert_int_equal(made.reading.diags.list.at[i].severity, SEVERITY_NOTE);
        assert_string_equal(made.reading.diags.list.at[i].code, "pages-over-budget");
    }
    assert_true(made.reading.diags.list.at[3].line == made.reading.diags.list.at[1].line + 3);
    set_free(&made);
    buf_free(&text);
}

/* Each hint, followed, brings the handout to its budget if that was one line over. */
static void test_a_hint_followed_saves_a_line(void **state)
{
    static const char *const ENDS[] = {"twelve chars", "x", "four"};
    for (size_t cut = 0; cut <= 3; cut++) {
        struct buf text = {0};
        put_lines(&text, "a", LINES - 6);
        for (size_t i = 0; i < 3; i++) {
            if (i == cut)
                buf_printf(&text, "%s\n\n", WORDS);
            else
                put_short_end(&text, ENDS[i]);
        }
        buf_char(&text, '\0');
        struct part parts[] = {{ROLE_NONE, NULL, 0, text.p}};
        assert_int_equal(overrun_of(*state, "", 1, parts, 1), cut == 3);
        buf_free(&text);
    }
}

/* On a page that has room to spare, less helps nothing: no hint leads there. */
static void test_no_hint_where_cutting_is_in_vain(void **state)
{
    struct buf text = {0};
    put_short_end(&text, "x");
    buf_text(&text, "```page-break\n```\n\n");
    for (int i = 1; i < LINES + 4; i++)
        buf_printf(&text, "a%d\\\n", i);
    buf_printf(&text, "%s\n", WORDS);
    buf_char(&text, '\0');
    struct part parts[] = {{ROLE_NONE, NULL, 0, text.p}};
    struct set made = set_parts(*state, "", 2, parts, 1);
    assert_non_null(strstr(told(&made, 0), "it: 4 lines too many"));
    assert_int_equal(made.reading.diags.list.n, 2);
    assert_string_equal(told(&made, 1), "shorten this section: each line less in it helps");
    set_free(&made);
    buf_free(&text);
}

/* ---- The search ---- */

/* The distance of the baselines of two words on the same page. */
static double distance(const struct set *set, const char *first, const char *second)
{
    return find(set, second, NULL)->y - find(set, first, NULL)->y;
}

static const char *paragraphs(struct fixture *fixture, int count)
{
    struct buf text = {0};
    for (int i = 1; i <= count; i++)
        buf_printf(&text, "para%d.\n\n", i);
    const char *kept = arena_copy(fixture->arena, text.p, text.n);
    buf_free(&text);
    return kept;
}

static void test_the_most_generous_setting_is_taken(void **state)
{
    /* paragraph: a line and 12 points, which may shrink to 6 */
    struct part few[] = {{ROLE_NONE, NULL, 0, paragraphs(*state, 24)}};
    struct set made = set_parts(*state, BOUNDS, 1, few, 1);
    assert_int_equal(made.pages->n, 1);
    assert_true(near(distance(&made, "para1.", "para2."), 15.6 + 12)); /* nothing to be done */
    set_free(&made);
    double last = 15.6 + 12;
    for (int count = 26; count <= 31; count++) {
        struct part parts[] = {{ROLE_NONE, NULL, 0, paragraphs(*state, count)}};
        made = set_parts(*state, BOUNDS, 1, parts, 1);
        assert_int_equal(made.pages->n, 1);
        double pitch = distance(&made, "para1.", "para2.");
        assert_true(pitch < last && pitch >= 15.6 + 6);
        /* 1/32 of the bounds more, 6 points, would not fit */
        assert_true((count - 1) * (pitch + 6.0 / 32) + 15.6 > 680.4 - 0.1);
        last = pitch;
        set_free(&made);
    }
    struct part many[] = {{ROLE_NONE, NULL, 0, paragraphs(*state, 33)}};
    assert_true(overrun_of(*state, BOUNDS, 1, many, 1) > 0);
    assert_int_equal(overrun_of(*state, LOOSE, 1, few, 1), 0);
}

/* Of a figure's width and the upper and lower margins, the style names how far they may shrink; type never
 * does. */
static void test_figures_and_margins_give_way(void **state)
{
    static const char style[] = "fit: {figure: [1.0, 0.5], margins: [1.0, 0.8]}\nfigure: {width: 72pt}\n";
    struct buf text = {0};
    buf_text(&text, "![A gray field](pictures/tall.png)\n\n");
    put_lines(&text, "a", LINES - 8);
    buf_char(&text, '\0');
    struct part parts[] = {{ROLE_NONE, NULL, 0, text.p}};
    struct set made = set_parts(*state, style, 1, parts, 1);
    assert_int_equal(made.pages->n, 1);
    const struct item *picture = &made.pages->at[0].items[0], *word = find(&made, "a1", NULL);
    assert_int_equal(picture->kind, ITEM_IMAGE);
    assert_true(picture->h < 144 && picture->h >= 72 && near(picture->h, 2 * picture->w));
    assert_true(picture->y < 54 && picture->y >= 54 * 0.8);
    assert_true(
        near(word->text.size, 12) && near(word->x, 54) && near(picture->x, 54)); /* lines stay as they are */
    set_free(&made);
    buf_free(&text);
}

/* ---- The last page ---- */

static void test_a_nearly_empty_last_page_is_pulled_in(void **state)
{
    struct part parts[] = {{ROLE_NONE, NULL, 0, paragraphs(*state, 28)}};
    struct set loose = set_parts(*state, LOOSE, 0, parts, 1), fitted = set_parts(*state, BOUNDS, 0, parts, 1);
    assert_int_equal(loose.pages->n, 2); /* no bounds, no fitting */
    assert_int_equal(fitted.pages->n, 1);
    assert_int_equal(fitted.reading.diags.list.n, 0);
    set_free(&loose);
    set_free(&fitted);
    struct part many[] = {
        {ROLE_NONE, NULL, 0, paragraphs(*state, 36)}}; /* not even the tightest is short enough */
    struct set over = set_parts(*state, BOUNDS, 0, many, 1);
    assert_int_equal(over.pages->n, 2);
    assert_true(near(distance(&over, "para1.", "para2."), 15.6 + 12)); /* then nothing is tightened */
    set_free(&over);
    struct part third[] = {{ROLE_NONE, NULL, 0, paragraphs(*state, 34)}};
    struct set full = set_parts(*state, LOOSE, 0, third, 1);
    assert_true(full.pages->at[1].filled > 0 && full.pages->n == 2);
    set_free(&full);
}

/* What must stand on one page and cannot is told as it is in the tightest setting, for nothing else helps. */
static void test_one_page_sections_are_told_at_their_tightest(void **state)
{
    static const char style[] =
        "fit: {space: [1.0, 0.5]}\nparagraph: {space-after: 12pt}\nsection-standard: {one-page: true}\n";
    struct part parts[] = {{ROLE_STANDARD, NULL, 0, paragraphs(*state, 40)}};
    struct set made = set_parts(*state, style, 0, parts, 1);
    assert_null(made.pages);
    assert_int_equal(made.reading.diags.list.n, 1);
    /* 40 × 15.6 + 39 × 6 = 858 points are 178 too many: 12 lines */
    assert_string_equal(told(&made, 0),
        "this must fit on one page and is about 12 lines too long (shorten it, or let the style sheet say "
        "'one-page: false')");
    set_free(&made);
    parts[0].text = paragraphs(*state, 31);
    made = set_parts(*state, style, 0, parts, 1);
    assert_true(made.pages && made.pages->n == 1);
    set_free(&made);
}

static void test_an_empty_document_fits(void **state)
{
    struct part parts[] = {{ROLE_NONE, NULL, 0, ""}};
    assert_int_equal(overrun_of(*state, BOUNDS, 1, parts, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_overrun_is_true),
        cmocka_unit_test(test_the_overrun_beside_other_pages),
        cmocka_unit_test(test_pages_of_a_notice_do_not_count),
        cmocka_unit_test(test_what_follows_is_too_much_by_itself),
        cmocka_unit_test(test_hints_name_the_shortest_ends),
        cmocka_unit_test(test_a_hint_followed_saves_a_line),
        cmocka_unit_test(test_no_hint_where_cutting_is_in_vain),
        cmocka_unit_test(test_the_most_generous_setting_is_taken),
        cmocka_unit_test(test_figures_and_margins_give_way),
        cmocka_unit_test(test_a_nearly_empty_last_page_is_pulled_in),
        cmocka_unit_test(test_one_page_sections_are_told_at_their_tightest),
        cmocka_unit_test(test_an_empty_document_fits),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
