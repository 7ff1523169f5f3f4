/* Tables on pages: in columns, or in labeled rows where columns would be too narrow; every cell and head
 * shown once for a reader of the document, whatever the form. */
#include "setting.h"

/* Pages are 612 by 792 points. */
enum { LEFT = 54, RIGHT = 612 - LEFT, PADDING = 6 };

static const char CARE[] = "| Choice | Effectiveness | Precautions |\n|---|---|---|\n"
                           "| Exercise | Eases | Slowly |\n| Shot | | Knee |\n| Surgery | Helps | |\n";

static const char LABELED[] = "table: {rows: labeled}\n";

/* ---- Looking at pages ---- */

/* The text items that contain a word; the n-th of them, or NULL. */
static const struct item *nth(const struct set *set, const char *word, size_t n)
{
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind == ITEM_TEXT && str_find(item->text.text, word, 0) != SIZE_MAX && n-- == 0)
                return item;
        }
    return NULL;
}

static size_t times(const struct set *set, const char *word)
{
    size_t n = 0;
    while (nth(set, word, n))
        n++;
    return n;
}

static size_t count_kind(const struct set *set, enum item_kind kind)
{
    size_t n = 0;
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++)
            n += set->pages->at[p].items[i].kind == kind;
    return n;
}

static bool told(const struct set *set, const char *code)
{
    for (size_t i = 0; i < set->reading.diags.list.n; i++)
        if (strcmp(set->reading.diags.list.at[i].code, code) == 0)
            return true;
    return false;
}

/* Text without white space. */
static void squeeze(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_space(text.p[i]))
            buf_char(out, text.p[i]);
}

/* Each text of the document is shown by tagged items, once, piece after piece. */
static void check_shown_once(const struct set *set)
{
    const struct document *document = &set->reading.document;
    struct buf *shown = ARENA_ARRAY(set->reading.arena, struct buf, document->node_count);
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind == ITEM_TEXT && item->tag)
                squeeze(&shown[item->tag->id], item->text.text);
        }
    for (const struct doc_node *node = document->root; node; node = doc_next(node, document->root)) {
        struct buf wanted = {0};
        if (node->kind == DOC_TEXT || node->kind == DOC_CODE)
            squeeze(&wanted, node->text);
        if (wanted.n && !str_eq(buf_slice(&wanted), buf_slice(&shown[node->id])))
            fail_msg("'%.*s' is shown as '%.*s'", STR_FMT(node->text), STR_FMT(buf_slice(&shown[node->id])));
        buf_free(&wanted);
    }
    for (size_t i = 0; i < document->node_count; i++)
        buf_free(&shown[i]);
}

/* No text crosses the margins of the page, unless that was told. */
static void check_inside(const struct set *set, double left, double right)
{
    if (told(set, "line-overfull") || told(set, "table-too-wide"))
        return;
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind == ITEM_TEXT && item->tag && (item->x < left - 0.01 || item->x > right))
                fail_msg("'%.*s' is out of the page", STR_FMT(item->text.text));
        }
}

/* ---- The choice ---- */

static void test_columns_that_are_wide_enough_stay(void **state)
{
    struct set table = set(*state, "", CARE);
    assert_true(near(find(&table, "Choice", NULL)->y, find(&table, "Effectiveness", NULL)->y));
    assert_true(near(find(&table, "Exercise", NULL)->y, find(&table, "Slowly", NULL)->y));
    assert_int_equal(times(&table, "Precautions"), 1);
    set_free(&table);
}

static void test_words_wider_than_columns_make_labeled_rows(void **state)
{
    struct set table = set(*state, "page: {margins: {left: 54pt, right: 400pt}}\n", CARE);
    assert_int_equal(table.reading.diags.warnings, 0);
    assert_true(find(&table, "Exercise", NULL)->y > find(&table, "Choice", NULL)->y);
    assert_true(find(&table, "Slowly", NULL)->y > find(&table, "Eases", NULL)->y);
    check_shown_once(&table);
    set_free(&table);
    /* unless the style wants columns */
    struct set grid = set(*state, "page: {margins: {left: 54pt, right: 400pt}}\ntable: {rows: grid}\n", CARE);
    assert_true(told(&grid, "table-too-wide"));
    set_free(&grid);
}

static void test_slivers_make_labeled_rows(void **state)
{
    static const char PHRASES[] = "| One | Two | Three |\n|---|---|---|\n"
                                  "| a phrase of many short words that go on and on to the end | so does "
                                  "this one, up to its end, in as "
                                  "many | last: and this is the third of the phrases that go on |\n";
    struct set wide = set(*state, "", PHRASES);
    assert_true(near(find(&wide, "One", NULL)->y, find(&wide, "Two", NULL)->y));
    set_free(&wide);
    struct set narrow = set(*state, "page: {margins: {left: 54pt, right: 380pt}}\n", PHRASES);
    assert_true(find(&narrow, "last:", NULL)->y > find(&narrow, "so does", NULL)->y);
    assert_int_equal(narrow.reading.diags.warnings, 0);
    set_free(&narrow);
    /* the same columns are wide enough for what is short */
    struct set brief = set(*state, "page: {margins: {left: 54pt, right: 380pt}}\n",
        "| One | Two | Three |\n|---|---|---|\n| a few words | here and there | and no more |\n");
    assert_true(near(find(&brief, "One", NULL)->y, find(&brief, "Three", NULL)->y));
    set_free(&brief);
}

static void test_a_table_of_one_column_or_one_row_keeps_its_form(void **state)
{
    struct set column = set(*state, LABELED, "| Head |\n|---|\n| cell |\n");
    assert_int_equal(times(&column, "Head"), 1);
    assert_true(near(find(&column, "cell", NULL)->x, LEFT + PADDING));
    set_free(&column);
    struct set head = set(*state, LABELED, "| Alpha | Beta |\n|---|---|\n");
    assert_true(near(find(&head, "Alpha", NULL)->y, find(&head, "Beta", NULL)->y));
    set_free(&head);
}

/* ---- Labeled rows ---- */

static void test_labels_stand_beside_their_cells(void **state)
{
    struct set table = set(*state, LABELED, CARE);
    const struct item *title = find(&table, "Exercise", NULL), *label = find(&table, "Effectiveness", NULL);
    const struct item *cell = find(&table, "Eases", NULL), *next = find(&table, "Slowly", NULL);
    assert_true(near(title->x, LEFT + PADDING) && near(label->x, LEFT + PADDING));
    assert_true(title->text.font->weight > cell->text.font->weight);
    assert_true(label->text.font->weight > cell->text.font->weight);
    assert_true(near(label->y, cell->y) && cell->y > title->y && next->y > cell->y);
    assert_true(cell->x > label->x + label->w && near(cell->x, next->x));
    assert_true(find(&table, "Shot", NULL)->y > next->y);
    check_shown_once(&table);
    set_free(&table);
}

static void test_long_labels_stand_above_their_cells(void **state)
{
    struct set table =
        set(*state, "page: {margins: {left: 54pt, right: 400pt}}\ntable: {rows: labeled}\n", CARE);
    const struct item *label = find(&table, "Effectiveness", NULL), *cell = find(&table, "Eases", NULL);
    assert_true(near(label->x, cell->x) && cell->y > label->y);
    assert_int_equal(table.reading.diags.warnings, 0);
    check_shown_once(&table);
    set_free(&table);
}

/* A head is content where it labels its first cell, and furniture from then on. */
static void test_heads_are_content_once(void **state)
{
    struct set table = set(*state, LABELED,
        "| Choice | [Link](https://example.org/) | Knee |\n|---|---|---|\n| a | | x |\n| b | y | z |\n| c | "
        "w | v |\n");
    assert_int_equal(times(&table, "Choice"), 1);
    assert_int_equal(times(&table, "Link"), 2);
    assert_int_equal(times(&table, "Knee"), 3);
    assert_non_null(nth(&table, "Link", 0)->tag);
    assert_null(nth(&table, "Link", 1)->tag);
    assert_non_null(nth(&table, "Knee", 0)->tag);
    assert_null(nth(&table, "Knee", 2)->tag);
    assert_true(
        nth(&table, "Link", 0)->y > nth(&table, "Knee", 0)->y); /* the first cell of its column was empty */
    assert_int_equal(count_kind(&table, ITEM_LINK), 1);
    check_shown_once(&table);
    set_free(&table);
}

static void test_an_only_row_has_no_title(void **state)
{
    struct set table = set(*state, LABELED, "| Visit | Shot |\n|---|---|\n| $100 | $2000 |\n");
    const struct item *head = find(&table, "Visit", NULL), *cell = find(&table, "$100", NULL);
    assert_true(near(head->y, cell->y) && cell->x > head->x + head->w);
    assert_true(head->text.font->weight > cell->text.font->weight);
    assert_int_equal(count_kind(&table, ITEM_FILL), 0);
    check_shown_once(&table);
    set_free(&table);
}

static void test_empty_cells_are_left_out_unless_all_are(void **state)
{
    struct set table = set(*state, LABELED, CARE);
    assert_int_equal(times(&table, "Effectiveness"), 2); /* not for the shot */
    assert_int_equal(times(&table, "Precautions"), 2);   /* not for the surgery */
    set_free(&table);
    struct set form = set(*state, LABELED, "| Pill | Dose | Time |\n|---|---|---|\n| One | | |\n| | | |\n");
    assert_int_equal(times(&form, "Dose"), 2);
    assert_int_equal(times(&form, "Time"), 2);
    set_free(&form);
    /* a head is shown even if no cell stands below it */
    struct set head =
        set(*state, LABELED, "| A | Dose | Never |\n|---|---|---|\n| One | 1 | |\n| Two | 2 | |\n");
    assert_int_equal(times(&head, "Never"), 1);
    check_shown_once(&head);
    set_free(&head);
}

static void test_rows_stay_whole_and_the_first_head_is_repeated(void **state)
{
    struct buf text = {0};
    buf_text(&text, "| Choice | Alpha | Beta |\n|---|---|---|\n");
    for (int i = 0; i < 40; i++)
        buf_printf(&text, "| title%d. | first%d. | last%d. |\n", i, i, i);
    struct set table = set(*state, LABELED, text.p);
    assert_true(table.pages->n > 2);
    assert_int_equal(times(&table, "Choice"), table.pages->n);
    assert_non_null(nth(&table, "Choice", 0)->tag);
    assert_null(nth(&table, "Choice", 1)->tag);
    for (int i = 0; i < 40; i++) {
        size_t first, last;
        find(&table, arena_printf(table.reading.arena, "title%d.", i), &first);
        find(&table, arena_printf(table.reading.arena, "last%d.", i), &last);
        assert_int_equal(first, last);
    }
    check_shown_once(&table);
    buf_free(&text);
    set_free(&table);
}

static void test_a_row_taller_than_a_page_goes_on(void **state)
{
    struct buf text = {0};
    buf_text(&text, "| Choice | Alpha | Beta |\n|---|---|---|\n| title | short | ");
    for (int i = 0; i < 900; i++)
        buf_printf(&text, "w%d. ", i);
    buf_text(&text, "|\n");
    struct set table = set(*state, LABELED, text.p);
    assert_true(table.pages->n > 1);
    assert_false(told(&table, "page-overfull"));
    size_t page;
    find(&table, "title", &page);
    assert_int_equal(page, 0);
    find(&table, "w0.", &page);
    assert_int_equal(page, 0);
    check_shown_once(&table);
    buf_free(&text);
    set_free(&table);
}

static void test_a_word_that_no_form_can_show_is_told(void **state)
{
    struct set table = set(*state, "page: {margins: {left: 54pt, right: 400pt}}\n",
        "| a | b |\n|---|---|\n| c | incomprehensibilityincomprehensibility |\n");
    assert_true(told(&table, "table-too-wide"));
    assert_true(told(&table, "line-overfull"));
    check_shown_once(&table);
    set_free(&table);
}

/* ---- In columns ---- */

static void test_figures_and_blanks_are_level(void **state)
{
    struct set table = set(*state, "",
        "| Item | Price |\n|---|--:|\n| One | 1,111.11 |\n| Two | 888 |\n| Line | "
        "{{clinic.phone.after-hours}} |\n");
    const struct item *one = find(&table, "1,111.11", NULL), *two = find(&table, "888", NULL);
    assert_true(near(one->x + one->w, RIGHT - PADDING) && near(two->x + two->w, RIGHT - PADDING));
    const struct item *ones = nth(&table, "1,111.11", 0);
    double digits = ones->w / ones->text.size, eights = two->w / two->text.size;
    assert_true(digits > 2 * eights - 0.01); /* six figures of the same width, and more */
    const struct item *text = find(&table, "Line", NULL), *blank = NULL;
    for (size_t i = 0; i < table.pages->at[0].item_count; i++) {
        const struct item *item = &table.pages->at[0].items[i];
        if (item->kind == ITEM_LINE && item->tag && item->tag->kind == DOC_BLANK)
            blank = item;
    }
    assert_non_null(blank);
    assert_true(blank->y >= text->y && blank->y < text->y + 0.1 * text->text.size);
    double before = find(&table, "888", NULL)->y;
    assert_true(blank->y - before > 1.9 * text->text.size); /* room to write above it */
    set_free(&table);
}

/* ---- All kinds of tables ---- */

static const char *wide_table(struct arena *arena, int columns, const char *head, const char *cell)
{
    struct buf text = {0};
    for (int row = 0; row < 4; row++) {
        for (int i = 0; i < columns; i++)
            buf_printf(&text, "| %s%d. ", row == 1 ? "---" : row == 0 ? head : cell, row * columns + i);
        buf_text(&text, "|\n");
    }
    for (char *p = text.p; (p = strstr(p, "---")) != NULL; p += 3) /* "---7." is no delimiter */
        for (char *q = p + 3; *q != ' '; q++)
            *q = '-';
    char *copy = str_dup(arena, buf_slice(&text));
    buf_free(&text);
    return copy;
}

static void test_hostile_tables_show_everything_once(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    const char *const tables[] = {CARE, "| a |\n|---|\n| b |\n", "| |\n|---|\n", "| | |\n|---|---|\n| | |\n",
        wide_table(arena, 1, "h", "c"), wide_table(arena, 7, "head", "some cell"),
        wide_table(arena, 40, "head", "cell"), wide_table(arena, 100, "h", "c"),
        "| \u200Fhead | \u202Ereversed\u202C words | third |\n|---|---|---|\n"
        "| \u200Frow one | \u202Eabc def\u202C | abc \u202Edef\u202C 12 |\n",
        "| a | b |\n|---|---|\n| `code` **bold** *x* | [l](https://example.org/averylongaddress) [b](#c) |\n",
        "| a | b | c |\n|---|---|---|\n| - x | # y | > z |\n| 1. x | ``` | <br> |\n",
        "> > | Alphabetical | Betablockers | Gammaglobulin |\n> > |---|---|---|\n> > | d | e | f |\n"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (int right = 54; right <= 400; right += 57)
            for (int form = 0; form < 3; form++) {
                static const char *const forms[] = {"auto", "grid", "labeled"};
                if (right > 250 && form == 1)
                    continue; /* columns of a point or two */
                struct set table = try_set(fixture,
                    arena_printf(arena, "page: {margins: {left: 54pt, right: %dpt}}\ntable: {rows: %s}\n",
                        right, forms[form]),
                    tables[i]);
                if (!table.pages)
                    fail_msg("%s", reading_diags(&table.reading));
                check_shown_once(&table);
                check_inside(&table, LEFT, 612 - right);
                set_free(&table);
            }
}

/* Whatever a cell lacks is told once, though a title is set anew in its own style. */
static void test_what_is_wrong_with_a_cell_is_told_once(void **state)
{
    struct set table =
        try_set(*state, LABELED, "| a\uFFFEb | c\uE001d |\n|---|---|\n| e\uE002f | g\uE003h |\n");
    size_t missing = 0;
    for (size_t i = 0; i < table.reading.diags.list.n; i++)
        missing += strcmp(table.reading.diags.list.at[i].code, "glyph-missing") == 0;
    assert_true(missing >= 3);
    for (size_t i = 0; i < table.reading.diags.list.n; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(table.reading.diags.list.at[i].line == table.reading.diags.list.at[k].line &&
                         table.reading.diags.list.at[i].column == table.reading.diags.list.at[k].column);
    set_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_that_are_wide_enough_stay),
        cmocka_unit_test(test_words_wider_than_columns_make_labeled_rows),
        cmocka_unit_test(test_slivers_make_labeled_rows),
        cmocka_unit_test(test_a_table_of_one_column_or_one_row_keeps_its_form),
        cmocka_unit_test(test_labels_stand_beside_their_cells),
        cmocka_unit_test(test_long_labels_stand_above_their_cells),
        cmocka_unit_test(test_heads_are_content_once),
        cmocka_unit_test(test_an_only_row_has_no_title),
        cmocka_unit_test(test_empty_cells_are_left_out_unless_all_are),
        cmocka_unit_test(test_rows_stay_whole_and_the_first_head_is_repeated),
        cmocka_unit_test(test_a_row_taller_than_a_page_goes_on),
        cmocka_unit_test(test_a_word_that_no_form_can_show_is_told),
        cmocka_unit_test(test_figures_and_blanks_are_level),
        cmocka_unit_test(test_hostile_tables_show_everything_once),
        cmocka_unit_test(test_what_is_wrong_with_a_cell_is_told_once),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
