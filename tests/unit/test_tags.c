/* PDFs of odd and of huge documents: reading order, spaces, replaced text, limits. */
#include "paint/icc.h"
#include "sheet.h"

#include <time.h>

static void content_is_read_in_the_order_of_the_document(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *first = text_node(sheet, paragraph, "One ");
    struct doc_node *code = node(sheet, DOC_CODE, paragraph);
    code->text = STR("two");
    struct doc_node *third = text_node(sheet, paragraph, " three");
    sheet->document.node_count = doc_number(sheet->document.root);
    /* Painted backwards, as a right-to-left line may be. */
    line(sheet, third, sheet->text, 12, " three");
    line(sheet, code, sheet->mono, 12, "two");
    line(sheet, first, sheet->text, 12, "One ");
    assert_string_equal(tree(sheet, write_sheet(sheet)), "Document(P(2 Code(1) 0))");
}

static void a_run_breaks_where_order_does(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *first = text_node(sheet, paragraph, "One "),
                    *second = text_node(sheet, paragraph, "two");
    sheet->document.node_count = doc_number(sheet->document.root);
    line(sheet, second, sheet->text, 12, "two");
    line(sheet, first, sheet->text, 12, "One ");
    assert_string_equal(tree(sheet, write_sheet(sheet)), "Document(P(1 0))");
}

static void content_of_the_block_itself_stays_where_it_was_painted(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL), *code = node(sheet, DOC_CODE, paragraph);
    code->text = STR("two");
    line(sheet, paragraph, sheet->text, 12, "One ");
    line(sheet, code, sheet->mono, 12, "two");
    line(sheet, paragraph, sheet->text, 12, " three");
    assert_string_equal(tree(sheet, write_sheet(sheet)), "Document(P(0 Code(1) 2))");
}

static void decorations_of_groups_are_artifacts(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *quote = node(sheet, DOC_QUOTE, NULL), *lines = node(sheet, DOC_LINES, NULL);
    struct doc_node *text = text_node(sheet, node(sheet, DOC_PARAGRAPH, quote), "Quoted");
    shape(sheet, ITEM_FILL, quote, LEFT, 80, 2, 20, BLUE);
    line(sheet, text, sheet->text, 12, "Quoted");
    shape(sheet, ITEM_LINE, lines, LEFT, 120, 300, 0, BLUE);
    struct str pdf = write_sheet(sheet);
    assert_string_equal(tree(sheet, pdf), "Document(BlockQuote(P(0)))");
    struct str content = page_content(sheet, pdf, 0);
    assert_int_equal(count(content, "/Artifact <</Type /Layout>> BDC"), 2);
    assert_int_equal(count(content, "BDC"), count(content, "EMC"));
    assert_false(has(content, "q"));
}

static void a_table_keeps_its_grid(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *headed = table_node(sheet, 1, 1), *plain = table_node(sheet, 2, 2);
    for (struct doc_node *row = plain->first; row; row = row->next)
        row->row.header = row->first->cell.header = row->last->cell.header = false;
    plain->last->first->cell.header = true;
    table_node(sheet, 3, 3); /* shows nothing */
    line(sheet, text_node(sheet, headed->first->first, "Head"), sheet->text, 12, "Head");
    line(sheet, text_node(sheet, plain->first->first, "Cell"), sheet->text, 12, "Cell");
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "tables");
    assert_string_equal(tree(sheet, pdf), "Document(Table(TR(TH(0))) Table(TR(TD(1) TD) TR(TH TD)))");
    assert_int_equal(count(pdf, "/Scope /Column"), 1);
    assert_int_equal(count(pdf, "/Scope /Row"), 1);
}

static void links_that_lead_nowhere_are_text(void **state)
{
    struct sheet *sheet = *state;
    static const char *const urls[] = {"#nowhere", ""};
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    char *endless = arena_alloc(sheet->arena, 20001);
    memset(endless, 'a', 20000);
    for (size_t i = 0; i < 3; i++) {
        struct doc_node *link = node(sheet, DOC_LINK, paragraph);
        link->link.url = str_from(i < 2 ? urls[i] : endless);
        line(sheet, text_node(sheet, link, "word "), sheet->text, 12, "word ");
        shape(sheet, ITEM_LINK, link, LEFT, sheet->y - 10, 40, 12, BLUE);
    }
    struct doc_node *hidden = node(sheet, DOC_HEADING, NULL), *link = node(sheet, DOC_LINK, paragraph);
    link->link.url = STR("#hidden");
    link->link.target = hidden; /* on no page */
    shape(sheet, ITEM_LINK, link, LEFT, sheet->y - 10, 40, 12, BLUE);
    struct str pdf = write_sheet(sheet);
    assert_string_equal(tree(sheet, pdf), "Document(P(0))");
    assert_false(has(pdf, "/Annot"));
}

/* Text whose glyphs do not spell it: the same glyph for two letters, a private letter, a missing glyph, and a
 * cluster of two glyphs in the wrong order. */
static void misspelled_clusters_carry_their_text(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *text = text_node(sheet, paragraph, "");
    text->text = STR("aab\xEE\x80\x80"
                     "cde");
    line(sheet, text, sheet->noto, 12, "aabXcde");
    struct item *item = &sheet->items.at[0];
    struct glyph *glyphs = ARENA_ARRAY(sheet->arena, struct glyph, 7);
    memcpy(glyphs, item->text.glyphs, 7 * sizeof *glyphs);
    glyphs[2].id = glyphs[0].id; /* "b" looks like "a" */
    for (size_t i = 4; i < 7; i++)
        glyphs[i].cluster += 2; /* U+E000 takes three bytes */
    glyphs[4].id = 0;           /* "c" is missing */
    struct glyph d = glyphs[5];
    glyphs[5].id = glyphs[6].id;
    glyphs[6].id = d.id;
    glyphs[6].cluster = d.cluster;
    item->text.glyphs = glyphs;
    item->text.text = text->text;
    line(sheet, text_node(sheet, paragraph, " d e"), sheet->noto, 12, " d e");
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "misspelled");
    assert_string_equal(tree(sheet, pdf), "Document(P(0 1 2 3 4 5))");
    struct str content = page_content(sheet, pdf, 0);
    assert_true(has(content, "/Span <</MCID 1 /ActualText (b)>> BDC"));
    assert_true(has(content, "/Span <</MCID 2 /ActualText <FEFFE000>>> BDC"));
    assert_true(has(content, "/Span <</MCID 3 /ActualText (c)>> BDC"));
    assert_true(has(content, "/Span <</MCID 4 /ActualText (de)>> BDC"));
    assert_false(has(content, "<0000>"));
}

/* One character that the face shows with two glyphs: each stands for a part of it. */
static void an_accent_of_its_own_is_read(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *text = text_node(sheet, node(sheet, DOC_PARAGRAPH, NULL), "Ti\xE1\xBA\xBFng");
    line(sheet, text, sheet->text, 12, text->text.p);
    assert_int_equal(sheet->items.at[0].text.glyph_count, 6);
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "accent");
    assert_string_equal(tree(sheet, pdf), "Document(P(0))");
    const char *plain = judge(sheet, pdf, "pdfinfo", "-struct-text");
    if (plain)
        assert_non_null(strstr(plain, "\"Ti\xC3\xAA\xCC\x81ng\""));
}

static void words_never_run_together(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *first = text_node(sheet, paragraph, "one two https://a.org/bc");
    node(sheet, DOC_SOFT_BREAK, paragraph);
    struct doc_node *second = text_node(sheet, node(sheet, DOC_STRONG, paragraph), "three");
    struct doc_node *third = text_node(sheet, paragraph, "four");
    line(sheet, first, sheet->text, 12, "one");
    line(sheet, first, sheet->text, 12, "two https://a.org/"); /* no space at the end of the line before */
    line(sheet, first, sheet->text, 12, "bc");                 /* one word */
    line(sheet, second, sheet->text, 12, "THREE");             /* in capitals, behind a soft break */
    line(sheet, third, sheet->text, 12, "four");               /* one word again */
    struct str pdf = write_sheet(sheet);
    const char *text = judge(sheet, pdf, "pdfinfo", "-struct-text");
    if (text)
        assert_non_null(strstr(text, "\"one two https://a.org/bc THREEfour\""));
}

static void pictures_are_embedded_once(void **state)
{
    struct sheet *sheet = *state;
    struct picture pictures[2];
    for (size_t i = 0; i < 3; i++) {
        struct doc_node *image = node(sheet, DOC_IMAGE, node(sheet, DOC_FIGURE, NULL));
        image->image.alt = STR("Gray");
        struct item *item = shape(sheet, ITEM_IMAGE, image, LEFT, 72 + 60.0 * (double)i, 50, 50, BLUE);
        struct picture *picture = &pictures[i % 2];
        *picture = (struct picture){
            .kind = PICTURE_RASTER, .width = 2, .height = 2, .orientation = 1, .components = 1};
        picture->data = str_copy(sheet->arena, STR("\x00\x40\x80\xFF"));
        item->picture = picture;
    }
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "pictures");
    assert_int_equal(count(pdf, "/Subtype /Image"), 1);
    assert_int_equal(count(page_content(sheet, pdf, 0), "/I0 Do"), 3);
    assert_false(has(pdf, "/Interpolate"));
}

static void people_are_a_figure_with_a_caption(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *figure = node(sheet, DOC_FIGURE, NULL), *people = node(sheet, DOC_PEOPLE, figure);
    struct doc_node *caption = text_node(sheet, node(sheet, DOC_CAPTION, figure), "Caption");
    static const struct path_step square[] = {
        {PATH_MOVE, {0}, {0}}, {PATH_LINE, {10}, {0}}, {PATH_LINE, {10}, {10}}, {PATH_CLOSE, {0}, {0}}};
    static const struct pen pen = {.width = 2, .miter = 10};
    people->people.alt = STR("7 of 10 (caption)");
    for (size_t i = 0; i < 2; i++) {
        struct item *item = shape(sheet, ITEM_PATH, people, LEFT + 20.0 * (double)i, 72, 10, 10, BLUE);
        item->path.steps = square;
        item->path.step_count = sizeof square / sizeof *square;
        item->path.filled = i == 0;
        item->path.pen = i == 0 ? NULL : &pen;
    }
    sheet->y = 100;
    line(sheet, caption, sheet->text, 12, "Caption");
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "people");
    assert_string_equal(tree(sheet, pdf), "Document(Div(Figure(0) Caption(P(1))))");
    assert_int_equal(count(pdf, "/Alt (7 of 10 \\(caption\\))"), 1);
    /* around the pen, too */
    assert_int_equal(count(pdf, "/A <</O /Layout /Placement /Block /BBox [ 72 709 103 721]>>"), 1);
}

static void a_document_may_show_nothing(void **state)
{
    struct sheet *sheet = *state;
    node(sheet, DOC_SECTION, NULL);
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "nothing");
    assert_string_equal(tree(sheet, pdf), "Document");
}

static void strings_keep_to_the_limit_of_pdf_a(void **state)
{
    struct sheet *sheet = *state;
    char *endless = arena_alloc(sheet->arena, 100001);
    memset(endless, 'a', 100000);
    heading_node(sheet, NULL, 1, endless);
    line(sheet, sheet->document.root->first->first, sheet->bold, 12, "a");
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "endless");
    size_t from = str_find(pdf, "/Title <FEFF00610061", 0), end = str_find(pdf, ">", from);
    size_t bytes = (end - from - strlen("/Title <")) / 2;
    assert_true(bytes > 30000 && bytes <= 32767);
    assert_true(has(pdf, "00612026>")); /* ends in an ellipsis */
}

static double seconds_since(clock_t start)
{
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void an_element_may_have_40000_children(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *section = node(sheet, DOC_SECTION, NULL);
    for (int i = 0; i < 40000; i++) {
        line(sheet, text_node(sheet, node(sheet, DOC_PARAGRAPH, section), "a"), sheet->text, 12, "a");
        if (i % 40 == 39)
            end_page(sheet);
    }
    clock_t start = clock();
    struct str pdf = write_sheet(sheet);
    assert_true(seconds_since(start) < 10);
    assert_int_equal(count(pdf, "/S /P /P "), 40000);
    check_pdf(sheet, pdf, "children");
}

static void a_page_may_have_40000_runs(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL), *text = text_node(sheet, paragraph, "a ");
    line(sheet, text, sheet->text, 12, "a ");
    struct item item = sheet->items.at[0];
    for (int i = 0; i < 40000; i++) {
        shape(sheet, ITEM_FILL, NULL, LEFT, 72, 1, 1, BLUE);
        add_item(sheet, item);
    }
    struct str pdf = write_sheet(sheet);
    assert_int_equal(count(page_content(sheet, pdf, 0), "/P <</MCID "), 40001);
    check_pdf(sheet, pdf, "runs");
}

static void a_book_may_have_2000_pages(void **state)
{
    struct sheet *sheet = *state;
    for (int i = 0; i < 2000; i++) {
        line(sheet, heading_node(sheet, NULL, 1 + i % 6, "Page"), sheet->text, 12, "Page");
        if (i < 1999)
            end_page(sheet);
    }
    struct str pdf = write_sheet(sheet);
    assert_int_equal(count(pdf, "/Type /Page\n"), 2000);
    assert_int_equal(count(pdf, "/Limits ["), 32);
    check_pdf(sheet, pdf, "book");
}

static void nesting_costs_no_stack(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *parent = sheet->document.root;
    for (int i = 0; i < 20000; i++)
        parent = node(sheet, DOC_QUOTE, parent);
    line(sheet, text_node(sheet, node(sheet, DOC_PARAGRAPH, parent), "Deep"), sheet->text, 12, "Deep");
    struct str pdf = write_sheet(sheet);
    assert_int_equal(count(pdf, "/S /BlockQuote"), 20000);
}

static size_t number_at(struct str bytes, size_t at)
{
    size_t value = 0;
    for (size_t i = at; i < at + 4; i++)
        value = value << 8 | (unsigned char)bytes.p[i];
    return value;
}

static void the_profile_is_whole(void **state)
{
    (void)state;
    struct buf out = {0};
    icc_put_srgb(&out);
    struct str profile = buf_slice(&out);
    assert_int_equal(number_at(profile, 0), profile.n);
    assert_true(str_starts(str_slice(profile, 12, 24), "mntrRGB XYZ "));
    assert_true(str_starts(str_slice(profile, 36, 40), "acsp"));
    size_t tags = number_at(profile, 128), end = 0;
    for (size_t i = 0; i < tags; i++) {
        size_t offset = number_at(profile, 132 + 12 * i + 4), size = number_at(profile, 132 + 12 * i + 8);
        assert_int_equal(offset % 4, 0);
        end = offset + size > end ? offset + size : end;
    }
    assert_int_equal(end, profile.n);
    buf_free(&out);
}

static void pages_can_be_read_as_text(void **state)
{
    struct sheet *sheet = *state;
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    line(sheet, text_node(sheet, paragraph, "Say \"A\""), sheet->text, 12, "Say \"A\"");
    shape(sheet, ITEM_FRAME, NULL, LEFT, 100.25, 50, 20, BLUE)->shape.radius = 3;
    shape(sheet, ITEM_FILL, NULL, LEFT, 100.25, 50, 20, TINT);
    shape(sheet, ITEM_LINK, paragraph, LEFT, 90, 10, 10, BLUE);
    static const struct path_step steps[] = {{PATH_MOVE, {0}, {0}}, {PATH_LINE, {5}, {5}},
        {PATH_CURVE, {1, 2, 3}, {1, 2, 3}}, {PATH_CLOSE, {0}, {0}}};
    struct item *path = shape(sheet, ITEM_PATH, paragraph, 10, 10, 5, 5, BLACK);
    path->path.filled = true;
    path->path.fill = BLUE;
    path->path.steps = steps;
    path->path.step_count = 4;
    struct pages pages = finish(sheet);
    struct buf out = {0};
    pages_dump(&pages, &out);
    assert_string_equal(out.p,
        "page 1 612 792\n"
        "  text 72 88.8 35.5 12 \"Say \\\"A\\\"\" AtkinsonHyperlegibleNext-Regular #000000 node 2\n"
        "  frame 72 100.3 50 20 width 0.8 radius 3 #1a4f8b\n"
        "  fill 72 100.3 50 20 #f2f4f6\n"
        "  link 72 90 10 10 node 1\n"
        "  path 10 10 5 5 filled MLCZ #1a4f8b node 1\n");
    buf_free(&out);
    struct str content = page_content(sheet, write_pages(sheet, &pages), 0);
    assert_true(has(content, "\n10 782 m\n15 777 l\n11 781 12 780 13 779 c\nh\nf\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(content_is_read_in_the_order_of_the_document, setup, teardown),
        cmocka_unit_test_setup_teardown(a_run_breaks_where_order_does, setup, teardown),
        cmocka_unit_test_setup_teardown(
            content_of_the_block_itself_stays_where_it_was_painted, setup, teardown),
        cmocka_unit_test_setup_teardown(decorations_of_groups_are_artifacts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_keeps_its_grid, setup, teardown),
        cmocka_unit_test_setup_teardown(links_that_lead_nowhere_are_text, setup, teardown),
        cmocka_unit_test_setup_teardown(misspelled_clusters_carry_their_text, setup, teardown),
        cmocka_unit_test_setup_teardown(an_accent_of_its_own_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(words_never_run_together, setup, teardown),
        cmocka_unit_test_setup_teardown(pictures_are_embedded_once, setup, teardown),
        cmocka_unit_test_setup_teardown(people_are_a_figure_with_a_caption, setup, teardown),
        cmocka_unit_test_setup_teardown(a_document_may_show_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(strings_keep_to_the_limit_of_pdf_a, setup, teardown),
        cmocka_unit_test_setup_teardown(an_element_may_have_40000_children, setup, teardown),
        cmocka_unit_test_setup_teardown(a_page_may_have_40000_runs, setup, teardown),
        cmocka_unit_test_setup_teardown(a_book_may_have_2000_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(nesting_costs_no_stack, setup, teardown),
        cmocka_unit_test_setup_teardown(pages_can_be_read_as_text, setup, teardown),
        cmocka_unit_test(the_profile_is_whole),
    };
    return cmocka_run_group_tests_name("tags", tests, NULL, NULL);
}
