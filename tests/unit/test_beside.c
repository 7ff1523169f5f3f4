/* What stands beside the text: figures at its right, headings in the side column, titles on the bands of
 * call-outs. */
#include "setting.h"

/* Pages of 612 by 792 points, with the margins of the shipped base. The picture is 72 points wide. */
static const double LEFT = 54, ROOM = 504, TOP = 54, BOTTOM = 792 - 57.6;
static const double TEXT = 12, GAP = 1.2 * 12, PICTURE_WIDTH = 72, PICTURE_HEIGHT = 144;
static const double SIDE_LEFT = 54 + 504 - 100;

static const char SIDE[] = "figure: {place: side, width: 100pt}\n";
static const char FIGURE[] = "![A gray field](pictures/tall.png)\n\n";
static const char HEADINGS[] = "page: {side: {width: 100pt, gap: 12pt}}\nheading-2: {place: side}\n"
                               "table: {span: page}\n";
static const char BAND[] = "callout: {padding: 10pt, padding-sides: 8pt, rule: {width: 130pt}}\n"
                           "callout-title: {place: side, size: 15pt}\n";

/* ---- Looking at pages ---- */

/* The items of a kind, in their order. */
static const struct item *nth(const struct set *set, enum item_kind kind, size_t n, size_t *page)
{
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind != kind || n-- > 0)
                continue;
            if (page)
                *page = p;
            return item;
        }
    fail_msg("too few items of kind %d", (int)kind);
    return NULL;
}

static double baseline(const struct set *set, const char *word)
{
    return find(set, word, NULL)->y;
}

static double bottom_of(const struct item *item)
{
    return item->y + item->h;
}

/* How far to the right text reaches that has its baseline between two heights. */
static double right_edge(const struct set *set, double from, double to)
{
    double right = 0;
    for (size_t i = 0; i < set->pages->at[0].item_count; i++) {
        const struct item *item = &set->pages->at[0].items[i];
        if (item->kind == ITEM_TEXT && item->y > from && item->y <= to)
            right = fmax(right, item->x + item->w - 4); /* less a space at the end */
    }
    return right;
}

static bool overlap(const struct item *text, const struct item *picture)
{
    double cap = text->text.font->cap_height * text->text.size;
    return text->x < picture->x + picture->w && text->x + text->w - 4 > picture->x &&
           text->y - cap < bottom_of(picture) - 0.01 && text->y > picture->y + 0.01;
}

/* Pictures stand between the margins, and no text is on them. */
static void check_clear(const struct set *set)
{
    for (size_t p = 0; p < set->pages->n; p++) {
        const struct page *page = &set->pages->at[p];
        for (size_t i = 0; i < page->item_count; i++) {
            const struct item *picture = &page->items[i];
            if (picture->kind != ITEM_IMAGE)
                continue;
            assert_true(picture->y >= TOP - 0.01 && bottom_of(picture) <= BOTTOM + 0.01);
            for (size_t k = 0; k < page->item_count; k++)
                if (page->items[k].kind == ITEM_TEXT && overlap(&page->items[k], picture))
                    fail_msg("'%.*s' runs into a picture", STR_FMT(page->items[k].text.text));
        }
    }
}

static void put_words(struct buf *out, const char *stem, int count)
{
    for (int i = 1; i <= count; i++)
        buf_printf(out, "%s%d ", stem, i);
    buf_text(out, "\n\n");
}

static struct set set_buf(struct fixture *fixture, const char *style, struct buf *text)
{
    buf_char(text, '\0');
    struct set made = set(fixture, style, text->p);
    buf_free(text);
    return made;
}

/* ---- Figures ---- */

static void test_a_figure_stands_at_the_right_of_its_text(void **state)
{
    struct buf text = {0};
    buf_text(&text, FIGURE);
    put_words(&text, "beside", 150);
    put_words(&text, "below", 60);
    struct set page = set_buf(*state, SIDE, &text);
    const struct item *picture = nth(&page, ITEM_IMAGE, 0, NULL), *first = find(&page, "beside1 ", NULL);
    assert_true(near(picture->x, SIDE_LEFT) && near(picture->w, PICTURE_WIDTH));
    assert_true(near(picture->h, PICTURE_HEIGHT));
    assert_true(near(first->x, LEFT));
    assert_true(near(picture->y, first->y - first->text.font->cap_height * TEXT)); /* level with capitals */
    assert_true(near(picture->y, TOP) || picture->y > TOP);
    double right = right_edge(&page, 0, bottom_of(picture));
    assert_true(right > SIDE_LEFT - GAP - 60 && right <= SIDE_LEFT - GAP + 0.01);
    assert_true(right_edge(&page, baseline(&page, "below1 ") - 1, BOTTOM) > SIDE_LEFT);
    assert_true(picture < first); /* it is read first, as the author has it */
    check_clear(&page);
    set_free(&page);
}

/* What begins below the figure has the whole width, even if the space above it reaches up along it. */
static void test_text_below_a_figure_has_the_whole_width(void **state)
{
    bool narrow = false, wide = false;
    for (int words = 30; words < 100; words++) {
        struct buf text = {0};
        buf_text(&text, FIGURE);
        put_words(&text, "beside", words);
        put_words(&text, "next", 60);
        struct set page =
            set_buf(*state, "figure: {place: side, width: 100pt}\nparagraph: {space-after: 20pt}\n", &text);
        const struct item *next = find(&page, "next1 ", NULL), *picture = nth(&page, ITEM_IMAGE, 0, NULL);
        double top = next->y - TEXT; /* about where its line begins */
        bool is_wide = right_edge(&page, next->y - 1, next->y + 1) > SIDE_LEFT;
        if (is_wide)
            assert_true(top > bottom_of(picture) - 4);
        else
            assert_true(top < bottom_of(picture) + 4);
        *(is_wide ? &wide : &narrow) = true;
        check_clear(&page);
        set_free(&page);
    }
    assert_true(narrow && wide);
}

/* Without text to stand beside, it stands in the column. */
static void test_a_figure_without_company_stands_in_the_column(void **state)
{
    static const char *const BEHIND[] = {"", "## head\n\ntext\n", "```page-break\n```\n\ntext\n"};
    for (size_t i = 0; i < sizeof BEHIND / sizeof *BEHIND; i++) {
        struct buf text = {0};
        buf_printf(&text, "before\n\n%s%s", FIGURE, BEHIND[i]);
        struct set page = set_buf(*state, SIDE, &text);
        assert_true(near(nth(&page, ITEM_IMAGE, 0, NULL)->x, LEFT));
        check_clear(&page);
        set_free(&page);
    }
    static const char *const STYLES[] = {
        "figure: {place: side, width: 340pt}\n",               /* text would be too narrow */
        "figure: {place: side, width: 100pt, padding: 5pt}\n", /* it has a frame of its own */
        "figure: {place: side, width: 100pt, new-page: true}\n",
        "section: {columns: 2}\nfigure: {place: side, width: 100pt}\n",
        "figure: {place: side, width: 2000pt}\n",
    };
    for (size_t i = 0; i < sizeof STYLES / sizeof *STYLES; i++) {
        struct buf text = {0};
        buf_printf(&text, "before\n\n%sbeside\n", FIGURE);
        struct set page = set_buf(*state, STYLES[i], &text);
        assert_true(nth(&page, ITEM_IMAGE, 0, NULL)->x < LEFT + 6);
        assert_true(near(find(&page, "beside", NULL)->x, LEFT));
        check_clear(&page);
        set_free(&page);
    }
}

static void test_figures_in_a_row_stand_one_below_the_other(void **state)
{
    struct buf text = {0};
    buf_printf(&text, "%s%s", FIGURE, FIGURE);
    put_words(&text, "beside", 300);
    struct set page = set_buf(*state, SIDE, &text);
    const struct item *one = nth(&page, ITEM_IMAGE, 0, NULL), *two = nth(&page, ITEM_IMAGE, 1, NULL);
    assert_true(near(one->x, SIDE_LEFT) && near(two->x, SIDE_LEFT));
    assert_true(near(two->y, bottom_of(one) + GAP));
    assert_true(find(&page, "beside1 ", NULL) > two);
    assert_true(baseline(&page, "beside1 ") < bottom_of(one));
    check_clear(&page);
    set_free(&page);
    /* with text between them, the second waits until the first is over */
    text = (struct buf){0};
    buf_printf(&text, "%sshort\n\n%slast\n", FIGURE, FIGURE);
    page = set_buf(*state, SIDE, &text);
    one = nth(&page, ITEM_IMAGE, 0, NULL);
    assert_true(nth(&page, ITEM_IMAGE, 1, NULL)->y >= bottom_of(one));
    check_clear(&page);
    set_free(&page);
    /* more than a page has room for: all are shown, none over the page's end */
    text = (struct buf){0};
    for (int i = 0; i < 12; i++)
        buf_text(&text, FIGURE);
    put_words(&text, "beside", 20);
    page = set_buf(*state, SIDE, &text);
    nth(&page, ITEM_IMAGE, 11, NULL);
    check_clear(&page);
    set_free(&page);
}

/* What follows its section stands below a figure that is taller than its text; a frame around both as well.
 */
static void test_a_figure_is_taller_than_its_text(void **state)
{
    struct buf text = {0};
    buf_printf(&text, "> %s>\n> short\n\nafter\n", "![A gray field](pictures/tall.png)\n");
    struct set page = set_buf(*state,
        "figure: {place: side, width: 100pt}\nquote: {fill: \"#eeeeee\", padding: 10pt, rule: {width: 0pt}}\n"
        "paragraph: {space-after: 200pt}\n",
        &text);
    const struct item *fill = nth(&page, ITEM_FILL, 0, NULL), *picture = nth(&page, ITEM_IMAGE, 0, NULL);
    assert_true(near(bottom_of(fill), bottom_of(picture) + 10)); /* and the space is dropped */
    assert_true(baseline(&page, "after") > bottom_of(fill));
    check_clear(&page);
    set_free(&page);
}

static void test_a_page_ends_below_a_figure(void **state)
{
    static const char *const ENDS[] = {"```page-break\n```\n\nnext1 next2\n", "### next1\n\nnext2\n"};
    for (size_t i = 0; i < 2; i++) {
        struct buf text = {0};
        for (int k = 0; k < 24; k++)
            buf_text(&text, "above\n\n");
        buf_printf(&text, "%sbeside\n\n%s", FIGURE, ENDS[i]);
        struct set page = set_buf(*state,
            "figure: {place: side, width: 100pt}\nheading-3: {new-page: true, space-before: 0pt}\n", &text);
        size_t next = 0, picture = 0;
        const struct item *first = find(&page, "next1", &next);
        nth(&page, ITEM_IMAGE, 0, &picture);
        assert_true(next == picture + 1 && page.pages->n == picture + 2);
        assert_true(first->y < TOP + 20);
        check_clear(&page);
        set_free(&page);
    }
}

/* The text with another in the place of its %. */
static void put_around(struct buf *out, const char *text, const char *middle)
{
    const char *place = strchr(text, '%');
    buf_put(out, text, (size_t)(place - text));
    buf_text(out, middle);
    buf_text(out, place + 1);
}

/* However far down it comes, a figure stays with the text beside it, on one page. */
static void test_no_page_break_cuts_a_figure_from_its_text(void **state)
{
    static const char *const AROUND[] = {"%beside1\n\nbeside2\n\nbeside3\n",
        "- %beside1\n- beside2\n- beside3\n", "### head\n\n%beside1\n\nbeside2\n",
        "> [!NOTE]\n> %>\n> beside1\n>\n> beside2\n", "%- beside1\n  - beside2\n    - beside3\n\n",
        "%| beside1 | b |\n|---|---|\n| c | d |\n", "%> [!TIP]\n> beside1\n>\n> beside2\n",
        "%```lines 4\n```\n\nbeside1\n", "%    beside1\n"};
    for (size_t i = 0; i < sizeof AROUND / sizeof *AROUND; i++) {
        bool seen[2] = {false, false};
        for (int rows = 20; rows < 50; rows++) {
            struct buf text = {0};
            for (int k = 0; k < rows; k++)
                buf_text(&text, "above\\\n");
            buf_text(&text, "above\n\n");
            bool quoted = AROUND[i][0] == '>';
            put_around(&text, AROUND[i], quoted ? "![A gray field](pictures/tall.png)\n" : FIGURE);
            buf_text(&text, "\nafter\n");
            struct set page = set_buf(*state, SIDE, &text);
            size_t picture = 0, beside = 0;
            nth(&page, ITEM_IMAGE, 0, &picture);
            find(&page, "beside1", &beside);
            assert_int_equal(picture, beside);
            assert_int_equal(page.reading.diags.warnings, 0);
            seen[picture] = true;
            check_clear(&page);
            set_free(&page);
        }
        assert_true(seen[0] && seen[1]);
    }
}

/* Where lists within lists would leave the text too narrow, it goes below the figure. */
static void test_narrow_text_goes_below(void **state)
{
    struct buf text = {0};
    buf_text(&text, "![A gray field](pictures/tall.png)\n\nbeside\n\n");
    for (int depth = 0; depth < 12; depth++)
        buf_printf(&text, "%*s- depth%d some words more to fill it up\n", 2 * depth, "", depth);
    struct set page = set_buf(*state, "figure: {place: side, width: 250pt}\n", &text);
    assert_int_equal(page.reading.diags.warnings, 0);
    assert_true(baseline(&page, "beside") < PICTURE_HEIGHT);
    check_clear(&page);
    const struct item *picture = nth(&page, ITEM_IMAGE, 0, NULL);
    assert_true(near(picture->x, LEFT + ROOM - 250));
    assert_true(baseline(&page, "depth11") > bottom_of(picture));
    set_free(&page);
}

/* ---- Headings ---- */

static void test_a_heading_stands_level_with_its_text(void **state)
{
    struct set page = set(*state, HEADINGS, "## head\n\ntext\n");
    const struct item *head = find(&page, "head", NULL), *text = find(&page, "text", NULL);
    assert_true(near(head->x, LEFT) && near(text->x, LEFT + 112) && near(head->y, text->y));
    assert_true(head < text);
    set_free(&page);
    page = set(*state, HEADINGS, "## head\n\n```lines 3\n```\n\n## next\n\ntext\n");
    assert_true(
        near(baseline(&page, "head"), nth(&page, ITEM_LINE, 0, NULL)->y)); /* lines to write on, too */
    set_free(&page);
}

/* Three lines of heading beside one of text: a heading below keeps clear, and so does what spans the page. */
static void test_what_follows_keeps_clear_of_a_heading(void **state)
{
    static const char *const BEHIND[] = {"## next\n\ntext\n", "| next | b |\n|---|---|\n| c | d |\n"};
    for (size_t i = 0; i < 2; i++) {
        struct buf text = {0};
        buf_printf(&text, "## first second third words here last\n\nbeside\n\n%s", BEHIND[i]);
        struct set page = set_buf(*state, HEADINGS, &text);
        assert_true(baseline(&page, "last") > baseline(&page, "beside") + 15);
        assert_true(baseline(&page, "next") - TEXT > baseline(&page, "last"));
        set_free(&page);
    }
}

/* A heading above what spans the page has nothing to stand beside, and stays with it. */
static void test_a_heading_stays_with_what_spans_the_page(void **state)
{
    static const char *const BEHIND[] = {"| cell | b |\n|---|---|\n| c | d |\n| e | f |\n",
        "> [!NOTE] cell\n> 1\\\n> 2\\\n> 3\\\n> 4\\\n> 5\\\n> 6\\\n> 7\\\n> 8\\\n> 9\\\n> 10\\\n> 11\\\n> "
        "12\\\n> 13\\\n> 14\n"};
    for (size_t i = 0; i < 2; i++) {
        bool seen[2] = {false, false};
        for (int rows = 20; rows < 46; rows++) {
            struct buf text = {0};
            for (int k = 0; k < rows; k++)
                buf_text(&text, "above\\\n");
            buf_printf(&text, "above\n\n## head\n\n%s", BEHIND[i]);
            char *style =
                arena_printf(((struct fixture *)*state)->arena, "%scallout: {span: page}\n", HEADINGS);
            struct set page = set_buf(*state, style, &text);
            size_t head = 0, cell = 0;
            find(&page, "head", &head);
            find(&page, "cell", &cell);
            assert_int_equal(head, cell);
            seen[head] = true;
            set_free(&page);
        }
        assert_true(seen[0] && seen[1]);
    }
}

static void test_a_heading_taller_than_the_page_stands_in_the_column(void **state)
{
    struct buf text = {0};
    buf_text(&text, "## ");
    put_words(&text, "head", 400);
    buf_text(&text, "text\n");
    struct set page = set_buf(*state, HEADINGS, &text);
    assert_true(near(find(&page, "head1 ", NULL)->x, LEFT + 112));
    for (size_t p = 0; p < page.pages->n; p++)
        for (size_t i = 0; i < page.pages->at[p].item_count; i++)
            assert_true(page.pages->at[p].items[i].y <= BOTTOM);
    set_free(&page);
}

/* ---- Titles on bands ---- */

static void test_a_title_stands_on_its_band(void **state)
{
    struct set page = set(*state, BAND, "> [!NOTE] Title\n> body\n");
    const struct item *title = find(&page, "Title", NULL), *body = find(&page, "body", NULL);
    const struct item *band = nth(&page, ITEM_FILL, 1, NULL), *fill = nth(&page, ITEM_FILL, 0, NULL);
    assert_true(near(band->x, LEFT) && near(band->w, 130) && near(band->y, fill->y));
    assert_true(near(band->h, fill->h) && near(fill->w, ROOM));
    assert_true(near(title->y, body->y) && near(body->x, LEFT + 130 + 8));
    assert_true(title->x > LEFT + 8 && title->x + title->w < LEFT + 130 - 8);
    assert_true(title < body);
    set_free(&page);
}

/* The frame ends below the longer of both, by its padding, whatever space the body asks for below it. */
static void test_a_title_is_longer_than_its_body(void **state)
{
    static const char *const BODIES[] = {
        "body", "- body", "| body | b |\n> |---|---|\n> | c | d |", "> body"};
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
        double least = 0;
        for (int space = 0; space <= 60; space += 6) {
            char *style = arena_printf(((struct fixture *)*state)->arena,
                "%sparagraph: {space-after: %dpt}\ntable: {space-after: %dpt}\n", BAND, space, space);
            struct buf text = {0};
            buf_printf(
                &text, "> [!NOTE] A title of many words that goes on and on to the end\n> %s\n", BODIES[i]);
            struct set page = set_buf(*state, style, &text);
            const struct item *fill = nth(&page, ITEM_FILL, 0, NULL);
            double below = bottom_of(fill) - baseline(&page, "end");
            assert_true(below > 10 + 2 && below < 10 + 12); /* padding and the depth of a line */
            least = space ? least : below;
            assert_true(near(least, below));
            set_free(&page);
        }
    }
}

/* Each title belongs to its own call-out: a frame within is no longer for the title of the one around it. */
static void test_titles_of_call_outs_within_call_outs(void **state)
{
    static const char LONG[] = "> [!NOTE] A title of many words that goes on and on to the end\n";
    struct buf text = {0};
    buf_printf(&text, "%s> body\n>\n> > [!TIP] Inner\n> > inside\n", LONG);
    struct set page = set_buf(*state, BAND, &text);
    const struct item *inner = nth(&page, ITEM_FILL, 2, NULL);
    assert_true(inner->y > baseline(&page, "end"));
    assert_true(near(baseline(&page, "Inner"), baseline(&page, "inside")));
    assert_true(bottom_of(inner) - baseline(&page, "inside") < 10 + 12);
    set_free(&page);
    struct set plain = set(*state, BAND, "    code\n");
    text = (struct buf){0};
    buf_printf(&text, "%s>\n>     code\n", LONG);
    struct set around = set_buf(*state, BAND, &text);
    const struct item *outer = nth(&around, ITEM_FILL, 0, NULL), *code = nth(&around, ITEM_FILL, 2, NULL);
    assert_true(fabs(code->h - nth(&plain, ITEM_FILL, 0, NULL)->h) < 4); /* the title is of larger type */
    assert_true(bottom_of(outer) > baseline(&around, "end") + 10);
    set_free(&around);
    set_free(&plain);
    struct set first = set(*state, BAND, "> [!NOTE] Outer\n> > [!TIP] Inner\n> > inside\n");
    assert_true(baseline(&first, "Outer") < baseline(&first, "Inner"));
    set_free(&first);
}

static void test_a_page_break_within_a_call_out(void **state)
{
    struct set page = set(*state, BAND,
        "> [!NOTE] A title of many words that goes on and on to the end\n> body\n>\n> ```page-break\n> "
        "```\n>\n> next\n");
    assert_int_equal(page.pages->n, 2);
    assert_true(bottom_of(nth(&page, ITEM_FILL, 0, NULL)) > baseline(&page, "end") + 10);
    set_free(&page);
}

/* A bar for a wide page leaves text room in a narrow column: two fifths are its most. */
static void test_bands_in_narrow_columns(void **state)
{
    struct set page = set(*state,
        "page: {margins: {left: 200pt, right: 292pt}}\ncallout: {padding: 4pt, rule: {width: 300pt}}\n"
        "callout-title: {place: side, size: 12pt}\n",
        "> [!NOTE] Go\n> body text\n");
    assert_true(near(nth(&page, ITEM_FILL, 1, NULL)->w, 48));
    const struct item *title = find(&page, "Go", NULL), *body = find(&page, "body", NULL);
    assert_true(body->x >= 248 && title->x < 248);
    set_free(&page);
    page = set(*state, BAND, "- item\n\n  > [!NOTE] Go\n  > body\n");
    assert_true(near(baseline(&page, "Go"), baseline(&page, "body")));
    assert_true(near(nth(&page, ITEM_FILL, 0, NULL)->x + 138, find(&page, "body", NULL)->x));
    set_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_figure_stands_at_the_right_of_its_text),
        cmocka_unit_test(test_text_below_a_figure_has_the_whole_width),
        cmocka_unit_test(test_a_figure_without_company_stands_in_the_column),
        cmocka_unit_test(test_figures_in_a_row_stand_one_below_the_other),
        cmocka_unit_test(test_a_figure_is_taller_than_its_text),
        cmocka_unit_test(test_a_page_ends_below_a_figure),
        cmocka_unit_test(test_no_page_break_cuts_a_figure_from_its_text),
        cmocka_unit_test(test_narrow_text_goes_below),
        cmocka_unit_test(test_a_heading_stands_level_with_its_text),
        cmocka_unit_test(test_what_follows_keeps_clear_of_a_heading),
        cmocka_unit_test(test_a_heading_stays_with_what_spans_the_page),
        cmocka_unit_test(test_a_heading_taller_than_the_page_stands_in_the_column),
        cmocka_unit_test(test_a_title_stands_on_its_band),
        cmocka_unit_test(test_a_title_is_longer_than_its_body),
        cmocka_unit_test(test_titles_of_call_outs_within_call_outs),
        cmocka_unit_test(test_a_page_break_within_a_call_out),
        cmocka_unit_test(test_bands_in_narrow_columns),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
