/* The rules that look at finished pages: documents and pages put together by hand, so that every fault can be
 * there, also those that layout avoids; and texts that were set, in which nothing may be found. */
#include "setting.h"

#include "layout/gate.h"

/* Pages of 600 by 800 points; 700 of the height are between the margins. */
struct sheet {
    struct arena *arena;
    struct diags found;
    struct document document;
    struct profile profile;
    const struct source *source;
    const struct font *font;
    VEC(struct page) pages;
    VEC(struct item) items; /* of the last page */
    size_t nodes;           /* so far: each stands on a line of its own */
};

static const enum check_rule RULES[] = {CHECK_HEADING_STRANDED, CHECK_LINE_STRANDED, CHECK_SPLIT_NEEDLESS,
    CHECK_PAGE_EMPTY, CHECK_EDGE_NEAR, CHECK_FIGURE_FAR, CHECK_PICTURE_WORDS};

static struct profile profile_of_pages(void)
{
    struct profile profile = {0};
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        profile.settings[RULES[i]].severity = CHECK_WARNING;
    profile.settings[CHECK_PAGE_EMPTY].limit = 33;
    profile.settings[CHECK_EDGE_NEAR].limit = 18;
    profile.settings[CHECK_PICTURE_WORDS].limit = 12;
    return profile;
}

static struct sheet sheet_new(struct fixture *fixture)
{
    static const char LINES[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";
    struct sheet sheet = {.arena = arena_new(), .profile = profile_of_pages()};
    sheet.found = diags_new(sheet.arena);
    sheet.source = source_new(sheet.arena, "text.md", str_from(LINES));
    sheet.font = fontset_find(
        fixture->fontset, &fixture->diags, (struct pos){0}, STR("Atkinson Hyperlegible Next"), 400, false);
    sheet.document.root = doc_new(sheet.arena, DOC_DOCUMENT, NULL, (struct pos){sheet.source, 0, 1});
    return sheet;
}

/* A node, on the next line of the source. */
static struct doc_node *node(struct sheet *sheet, enum doc_kind kind, struct doc_node *parent)
{
    size_t line = sheet->nodes++, offset = line < 9 ? 2 * line : 18 + 3 * (line - 9);
    struct pos pos = {sheet->source, offset, 1};
    return doc_new(sheet->arena, kind, parent ? parent : sheet->document.root, pos);
}

static struct item *put(struct sheet *sheet, enum item_kind kind, const struct doc_node *tag, double x,
    double y, double w, double h)
{
    struct item item = {.kind = kind, .tag = tag, .x = x, .y = y, .w = w, .h = h};
    vec_push(sheet->arena, &sheet->items, item);
    return &sheet->items.at[sheet->items.n - 1];
}

/* Lines of text, 15 points apart. */
static void text(struct sheet *sheet, const struct doc_node *tag, double y, int lines)
{
    for (int i = 0; i < lines; i++) {
        struct item *item = put(sheet, ITEM_TEXT, tag, 50, y + 15 * i, 300, 12);
        item->text.font = sheet->font;
        item->text.size = 12;
    }
}

static void end_page(struct sheet *sheet, double filled)
{
    struct page page = {.items = sheet->items.at, .item_count = sheet->items.n, .filled = filled};
    vec_push(sheet->arena, &sheet->pages, page);
    memset(&sheet->items, 0, sizeof sheet->items);
}

static const char *findings(struct arena *arena, const struct diags *found)
{
    struct buf out = {0};
    buf_text(&out, "");
    for (size_t i = 0; i < found->list.n; i++) {
        const struct diag *diag = &found->list.at[i];
        buf_printf(&out, "%s%zu %s: %s", i ? "; " : "", diag->line, diag->code, diag->message);
    }
    const char *text = arena_copy(arena, out.p, out.n);
    buf_free(&out);
    return text;
}

/* Judges the pages; each finding has to be "LINE CODE: MESSAGE" up to the fix in brackets. */
static void expect(struct sheet *sheet, const char *wanted)
{
    sheet->document.node_count = doc_number(sheet->document.root);
    struct pages pages = {
        .width = 600, .height = 800, .room = 700, .at = sheet->pages.at, .n = sheet->pages.n};
    struct check *check =
        check_new(sheet->arena, &sheet->found, &sheet->profile, STR("test"), &sheet->document);
    gate_check(check, &pages);
    for (size_t i = 0; i < sheet->found.list.n; i++) {
        char *message = arena_printf(sheet->arena, "%s", sheet->found.list.at[i].message);
        char *fix = strstr(message, " (");
        if (fix)
            *fix = '\0';
        sheet->found.list.at[i].message = message;
    }
    assert_string_equal(findings(sheet->arena, &sheet->found), wanted);
    arena_free(sheet->arena);
}

/* ---- Each rule ---- */

static void test_headings_at_the_foot(void **state)
{
    static const enum doc_kind KINDS[] = {DOC_HEADING, DOC_CALLOUT_TITLE};
    for (size_t i = 0; i < 2; i++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *above = node(&sheet, DOC_PARAGRAPH, NULL), *head = node(&sheet, KINDS[i], NULL);
        struct doc_node *inner = node(&sheet, DOC_TEXT, head), *body = node(&sheet, DOC_PARAGRAPH, NULL);
        text(&sheet, above, 100, 40);
        text(&sheet, inner, 720, 1);
        put(&sheet, ITEM_LINE, NULL, 50, 760, 500, 0); /* furniture */
        end_page(&sheet, 0.9);
        text(&sheet, body, 100, 30);
        end_page(&sheet, 0.6);
        expect(&sheet,
            "2 heading-stranded: this heading stands at the foot of page 1, apart from what it is about");
    }
}

static void test_a_table_head_at_the_foot(void **state)
{
    struct sheet sheet = sheet_new(*state);
    struct doc_node *table = node(&sheet, DOC_TABLE, NULL), *head = node(&sheet, DOC_ROW, table);
    struct doc_node *cell = node(&sheet, DOC_CELL, head), *row = node(&sheet, DOC_ROW, table);
    struct doc_node *body = node(&sheet, DOC_CELL, row);
    head->row.header = true;
    text(&sheet, cell, 720, 1);
    end_page(&sheet, 0.9);
    text(&sheet, body, 100, 46);
    end_page(&sheet, 1);
    expect(
        &sheet, "3 heading-stranded: this heading stands at the foot of page 1, apart from what it is about");
}

/* A heading with its picture, or its lines to write on, is not stranded; nor is one on the last page. */
static void test_headings_that_have_company(void **state)
{
    struct sheet sheet = sheet_new(*state);
    struct doc_node *head = node(&sheet, DOC_HEADING, NULL), *figure = node(&sheet, DOC_FIGURE, NULL);
    struct doc_node *image = node(&sheet, DOC_IMAGE, figure), *next = node(&sheet, DOC_HEADING, NULL);
    node(&sheet, DOC_LINES, NULL);
    struct doc_node *last = node(&sheet, DOC_HEADING, NULL);
    text(&sheet, head, 100, 1);
    put(&sheet, ITEM_IMAGE, image, 50, 120, 100, 500);
    end_page(&sheet, 0.9);
    text(&sheet, next, 100, 1);
    put(&sheet, ITEM_LINE, NULL, 50, 130, 500, 0);
    end_page(&sheet, 0.9);
    text(&sheet, last, 100, 1);
    end_page(&sheet, 0.9);
    expect(&sheet, "");
}

static void test_single_lines(void **state)
{
    static const struct {
        int first, last;
        const char *wanted;
    } CASES[] = {
        {1, 3, "1 line-stranded: one line of this paragraph stands alone at the foot of page 1"},
        {3, 1, "1 line-stranded: one line of this paragraph stands alone at the head of page 2"},
        {2, 2, ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *paragraph = node(&sheet, DOC_PARAGRAPH, NULL);
        text(&sheet, paragraph, 700, CASES[i].first);
        text(&sheet, paragraph, 700 + 15 * (CASES[i].first - 1), 1); /* a line may be of several items */
        end_page(&sheet, 1);
        text(&sheet, paragraph, 50, CASES[i].last);
        end_page(&sheet, 1);
        expect(&sheet, CASES[i].wanted);
    }
}

static void test_needless_splits(void **state)
{
    static const struct {
        enum doc_kind kind;
        int lines; /* on each of two pages */
        const char *wanted;
    } CASES[] = {
        {DOC_CALLOUT, 20,
            "1 split-needless: this call-out goes on from page 1 to page 2, though it would fit on one"},
        {DOC_TABLE, 10,
            "1 split-needless: this table goes on from page 1 to page 2, though it would fit on one"},
        {DOC_FIGURE, 10,
            "1 split-needless: this figure goes on from page 1 to page 2, though it would fit on one"},
        {DOC_QUOTE, 10, ""},
        {DOC_CALLOUT, 24, ""}, /* 48 lines and the frame's padding are more than 700 points */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *block = node(&sheet, CASES[i].kind, NULL);
        struct doc_node *inner = node(&sheet, DOC_PARAGRAPH, block);
        text(&sheet, inner, 100, CASES[i].lines);
        end_page(&sheet, 1);
        text(&sheet, inner, 100, CASES[i].lines);
        end_page(&sheet, 1);
        expect(&sheet, CASES[i].wanted);
    }
}

static void test_empty_pages(void **state)
{
    struct sheet sheet = sheet_new(*state);
    struct doc_node *one = node(&sheet, DOC_PARAGRAPH, NULL), *two = node(&sheet, DOC_PARAGRAPH, NULL);
    text(&sheet, one, 100, 40);
    end_page(&sheet, 0.33);
    text(&sheet, two, 100, 2);
    end_page(&sheet, 0.329);
    expect(&sheet, "2 page-empty: page 2, which begins here, is only 32% full; 33% at least");
    sheet = sheet_new(*state); /* a handout of one page may be short */
    text(&sheet, node(&sheet, DOC_PARAGRAPH, NULL), 100, 1);
    end_page(&sheet, 0.02);
    expect(&sheet, "");
}

static void test_the_edges_of_the_paper(void **state)
{
    static const struct {
        double x, y, w, h;
        const char *wanted;
    } CASES[] = {
        {18, 300, 100, 10, ""},
        {17.5, 300, 100, 10,
            "1 edge-near: something on page 1 comes within 17.5 pt of the paper's edge; 18 pt at least"},
        {490, 300, 100, 10,
            "1 edge-near: something on page 1 comes within 10 pt of the paper's edge; 18 pt at least"},
        {50, 17, 100, 10,
            "1 edge-near: something on page 1 comes within 17 pt of the paper's edge; 18 pt at least"},
        {50, 780, 100, 30,
            "1 edge-near: something on page 1 comes within 0 pt of the paper's edge; 18 pt at least"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *figure = node(&sheet, DOC_FIGURE, NULL), *image = node(&sheet, DOC_IMAGE, figure);
        put(&sheet, ITEM_FILL, NULL, 0, 0, 600, 800); /* color may run off the paper */
        put(&sheet, ITEM_IMAGE, image, CASES[i].x, CASES[i].y, CASES[i].w, CASES[i].h);
        end_page(&sheet, 1);
        expect(&sheet, CASES[i].wanted);
    }
    struct sheet sheet = sheet_new(*state);
    text(&sheet, NULL, 790, 1);
    end_page(&sheet, 1);
    expect(&sheet,
        "1 edge-near: a header or footer on page 1 comes within 10 pt of the paper's edge; 18 pt at least");
}

static void test_what_a_drawing_cuts_off_is_near_no_edge(void **state)
{
    static const struct path_step FAR[] = {{PATH_MOVE, {-500}, {5}}, {PATH_LINE, {9000}, {900}}};
    for (int clipped = 0; clipped < 2; clipped++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *figure = node(&sheet, DOC_FIGURE, NULL), *image = node(&sheet, DOC_IMAGE, figure);
        struct item *path = put(&sheet, ITEM_PATH, image, 50, 300, 100, 10);
        path->path.steps = FAR;
        path->path.step_count = 2;
        path->path.clipped = clipped;
        end_page(&sheet, 1);
        expect(&sheet,
            clipped ? ""
                    : "1 edge-near: something on page 1 comes within 0 pt of the paper's edge; 18 pt at "
                      "least");
    }
}

static void test_figures_far_from_their_text(void **state)
{
    static const struct {
        int before, behind; /* pages, from 0 */
        bool far;
    } CASES[] = {{1, 1, false}, {0, 1, false}, {1, 2, false}, {0, 2, true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct sheet sheet = sheet_new(*state);
        struct doc_node *before = node(&sheet, DOC_PARAGRAPH, NULL), *figure = node(&sheet, DOC_FIGURE, NULL);
        struct doc_node *image = node(&sheet, DOC_IMAGE, figure), *behind = node(&sheet, DOC_PARAGRAPH, NULL);
        for (int page = 0; page < 3; page++) {
            if (CASES[i].before == page)
                text(&sheet, before, 100, 10);
            if (page == 1)
                put(&sheet, ITEM_IMAGE, image, 50, 300, 100, 100);
            if (CASES[i].behind == page)
                text(&sheet, behind, 500, 10);
            end_page(&sheet, 1);
        }
        expect(&sheet,
            CASES[i].far
                ? "2 figure-far: this figure stands on page 2, and the text that it belongs to does not"
                : "");
    }
}

static void test_words_of_pictures(void **state)
{
    struct sheet sheet = sheet_new(*state);
    struct doc_node *masthead = node(&sheet, DOC_MASTHEAD, NULL), *logo = node(&sheet, DOC_IMAGE, masthead);
    struct doc_node *one = node(&sheet, DOC_IMAGE, node(&sheet, DOC_FIGURE, NULL));
    struct doc_node *two = node(&sheet, DOC_IMAGE, node(&sheet, DOC_FIGURE, NULL));
    const double sizes[] = {5, 13, 9, 11, 12};
    const struct doc_node *tags[] = {logo, one, one, one, two};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        text(&sheet, tags[i], 100 + 20 * (double)i, 1);
        sheet.items.at[i].text.size = sizes[i];
    }
    end_page(&sheet, 1);
    expect(&sheet, "4 picture-words: words of this picture print at 9 pt; 12 pt at least");
}

/* What a law demands is set as it is. */
static void test_a_notice_is_exempt(void **state)
{
    struct sheet sheet = sheet_new(*state);
    struct doc_node *above = node(&sheet, DOC_PARAGRAPH, NULL), *notice = node(&sheet, DOC_SECTION, NULL);
    struct doc_node *paragraph = node(&sheet, DOC_PARAGRAPH, notice),
                    *head = node(&sheet, DOC_HEADING, notice);
    struct doc_node *table = node(&sheet, DOC_TABLE, notice), *row = node(&sheet, DOC_ROW, table);
    struct doc_node *cell = node(&sheet, DOC_CELL, row);
    notice->role = ROLE_NOTICE;
    text(&sheet, above, 100, 40);
    end_page(&sheet, 1);
    text(&sheet, paragraph, 700, 1);
    end_page(&sheet, 0.1);
    text(&sheet, paragraph, 10, 1);
    text(&sheet, head, 700, 1);
    end_page(&sheet, 0.1);
    text(&sheet, cell, 100, 1);
    end_page(&sheet, 0.1);
    text(&sheet, cell, 100, 1);
    end_page(&sheet, 0.1);
    expect(&sheet, "");
}

static void test_nothing_to_judge(void **state)
{
    struct sheet sheet = sheet_new(*state);
    end_page(&sheet, 0);
    end_page(&sheet, 0);
    expect(&sheet, "");
    sheet = sheet_new(*state);
    expect(&sheet, "");
}

/* ---- Texts that were set ---- */

/* Nothing is found in what layout makes of a text, whatever its length; a page may be short at its end. */
static void check_set(struct fixture *fixture, const char *style, const char *text)
{
    struct set page = set(fixture, style, text);
    struct profile profile = profile_of_pages();
    profile.settings[CHECK_PAGE_EMPTY].severity = CHECK_OFF;
    struct diags found = diags_new(page.reading.arena);
    struct check *check =
        check_new(page.reading.arena, &found, &profile, STR("test"), &page.reading.document);
    gate_check(check, page.pages);
    if (found.list.n)
        fail_msg("%s\n%s", text, findings(page.reading.arena, &found));
    set_free(&page);
}

static void test_layout_avoids_what_is_found(void **state)
{
    static const char *const TEXTS[] = {
        "## head\n\n![A gray field](pictures/tall.png)\n\nbeside it\n",
        "## head\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n| g | h |\n",
        "## head\n\n> [!NOTE]\n> one\n>\n> two\n>\n> three\n",
        "## head\n\n```lines 3\n```\n\nafter\n",
        "```people 3 of 10\na caption\n```\n",
    };
    static const char *const STYLES[] = {"", "section: {columns: 2}\n",
        "figure: {place: side, width: 100pt}\n"
        "page: {side: {width: 90pt, gap: 12pt}}\nheading-2: {place: side}\n"
        "callout: {rule: {width: 100pt}}\ncallout-title: {place: side}\n"};
    for (size_t s = 0; s < sizeof STYLES / sizeof *STYLES; s++)
        for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
            for (int rows = 20; rows < 64; rows += 2) {
                struct buf text = {0};
                for (int k = 0; k < rows; k++)
                    buf_text(&text, k % 5 ? "word\\\n" : "word\n\n");
                buf_printf(&text, "word\n\n%s\nlast\n", TEXTS[i]);
                buf_char(&text, '\0');
                check_set(*state, STYLES[s], text.p);
                buf_free(&text);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headings_at_the_foot),
        cmocka_unit_test(test_a_table_head_at_the_foot),
        cmocka_unit_test(test_headings_that_have_company),
        cmocka_unit_test(test_single_lines),
        cmocka_unit_test(test_needless_splits),
        cmocka_unit_test(test_empty_pages),
        cmocka_unit_test(test_the_edges_of_the_paper),
        cmocka_unit_test(test_what_a_drawing_cuts_off_is_near_no_edge),
        cmocka_unit_test(test_figures_far_from_their_text),
        cmocka_unit_test(test_words_of_pictures),
        cmocka_unit_test(test_a_notice_is_exempt),
        cmocka_unit_test(test_nothing_to_judge),
        cmocka_unit_test(test_layout_avoids_what_is_found),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
