/* Whole PDFs: what a document with everything becomes, and what it says about itself. */
#include "sheet.h"

#include <locale.h>

/* --- a document with everything ------------------------------------------------------------------------ */

static void add_masthead(struct sheet *sheet)
{
    struct doc_node *masthead = node(sheet, DOC_MASTHEAD, NULL);
    line(sheet, heading_node(sheet, masthead, 1, "Knees and hips"), sheet->bold, 24, "Knees and hips");
    line(sheet, text_node(sheet, node(sheet, DOC_PARAGRAPH, masthead), "What it is for"), sheet->text, 12,
        "What it is for");
}

static void add_text(struct sheet *sheet, struct doc_node *section)
{
    line(sheet, heading_node(sheet, section, 2, "Text"), sheet->bold, 16, "Text");
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, section);
    struct doc_node *plain = text_node(sheet, paragraph, "AVATAR Tofu, and ");
    struct doc_node *strong = text_node(sheet, node(sheet, DOC_STRONG, paragraph), "strong");
    struct doc_node *rest = text_node(sheet, paragraph, " words.");
    sheet->y += 17;
    double x = put(sheet, plain, sheet->text, 12, LEFT, "AVATAR Tofu, and ", false);
    x = put(sheet, strong, sheet->bold, 12, x, "strong", false);
    put(sheet, rest, sheet->text, 12, x, " words.", false);
    struct doc_node *noto = text_node(sheet, node(sheet, DOC_PARAGRAPH, section), "");
    noto->text = STR("office e\xCC\xA3\xCC\x82 x\xCC\x8A\xCC\xA3 y\xCC\xA3 \xCE\xB1\xCE\xB2 a\xC2\xA0m");
    line(sheet, noto, sheet->noto, 12, noto->text.p);
    struct doc_node *span = node(sheet, DOC_SPAN, node(sheet, DOC_PARAGRAPH, section));
    span->lang = STR("es");
    line(sheet, text_node(sheet, span, "Llame al 911"), sheet->text, 12, "Llame al 911");
    struct doc_node *rtl = node(sheet, DOC_PARAGRAPH, section);
    rtl->lang = STR("he");
    sheet->y += 17;
    put(sheet, text_node(sheet, rtl, "abg dfi"), sheet->noto, 12, LEFT, "abg dfi", true);
}

static void add_link(struct sheet *sheet, struct doc_node *section)
{
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, section);
    struct doc_node *before = text_node(sheet, paragraph, "See ");
    struct doc_node *link = node(sheet, DOC_LINK, paragraph);
    link->link.url = STR("https://www.cdc.gov/arthritis?a=1&b=(2)");
    struct doc_node *text = text_node(sheet, link, "the pages on arthritis");
    struct doc_node *address = node(sheet, DOC_ADDRESS, link);
    address->text = STR("www.cdc.gov/arthritis");
    struct doc_node *after = text_node(sheet, paragraph, " for more.");
    sheet->y += 17;
    double x = put(sheet, before, sheet->text, 12, LEFT, "See ", false);
    double end = put(sheet, text, sheet->text, 12, x, "the pages on", false);
    shape(sheet, ITEM_LINE, NULL, x, sheet->y + 2, end - x, 0, BLUE);
    shape(sheet, ITEM_LINK, link, x, sheet->y - 10, end - x, 13, BLUE);
    sheet->y += 17;
    end = put(sheet, text, sheet->text, 12, LEFT, "arthritis", false);
    shape(sheet, ITEM_LINK, link, LEFT, sheet->y - 10, end - LEFT, 13, BLUE);
    end = put(sheet, address, sheet->text, 10, end + 4, "www.cdc.gov/", false);
    sheet->y += 17;
    end = put(sheet, address, sheet->text, 10, LEFT, "arthritis", false);
    put(sheet, after, sheet->text, 12, end, " for more.", false);
}

static void add_lists(struct sheet *sheet, struct doc_node *section, const struct doc_node **source)
{
    static const enum item_mark marks[] = {MARK_BULLET, MARK_NUMBER, MARK_BOX};
    for (size_t i = 0; i < 3; i++) {
        struct doc_node *list = node(sheet, DOC_LIST, section);
        struct doc_node *item = item_node(sheet, list, marks[i]);
        struct doc_node *text = text_node(sheet, node(sheet, DOC_PARAGRAPH, item->last), "An item");
        sheet->y += 17;
        if (marks[i] == MARK_NUMBER)
            put(sheet, item->first, sheet->text, 12, LEFT, "1.", false);
        else
            shape(sheet, marks[i] == MARK_BOX ? ITEM_FRAME : ITEM_FILL, item->first, LEFT, sheet->y - 8, 6, 6,
                BLACK)
                ->shape.radius = marks[i] == MARK_BOX ? 0 : 3;
        put(sheet, text, sheet->text, 12, LEFT + 18, "An item", false);
        *source = item;
    }
}

static void add_table(struct sheet *sheet)
{
    struct doc_node *table = table_node(sheet, 2, 3);
    shape(sheet, ITEM_FILL, table, LEFT, sheet->y + 4, 300, 60, TINT);
    for (struct doc_node *row = table->first; row; row = row->next) {
        sheet->y += 17;
        put(sheet, text_node(sheet, row->first, "Cell"), sheet->text, 12, LEFT, "Cell", false);
        if (row->row.header) /* the others stay empty */
            put(sheet, text_node(sheet, row->last, "Head"), sheet->bold, 12, LEFT + 150, "Head", false);
        shape(sheet, ITEM_LINE, NULL, LEFT, sheet->y + 4, 300, 0, BLACK);
    }
}

static void add_callouts(struct sheet *sheet)
{
    static const enum callout_kind kinds[] = {CALLOUT_NOTE, CALLOUT_WARNING, CALLOUT_TIP};
    for (size_t i = 0; i < 3; i++) {
        struct doc_node *callout = node(sheet, DOC_CALLOUT, NULL);
        callout->callout.kind = kinds[i];
        struct doc_node *title = text_node(sheet, node(sheet, DOC_CALLOUT_TITLE, callout), "Title");
        struct doc_node *text = text_node(sheet, node(sheet, DOC_PARAGRAPH, callout), "Words");
        shape(sheet, ITEM_FILL, NULL, LEFT, sheet->y + 2, 300, 40, TINT)->shape.radius = 4;
        line(sheet, title, sheet->bold, 12, "Title");
        line(sheet, text, sheet->text, 12, "Words");
    }
}

static void add_code_and_quote(struct sheet *sheet)
{
    struct doc_node *code = node(sheet, DOC_CODE_BLOCK, NULL);
    code->code.text = STR("first line\nsecond\n");
    line(sheet, code, sheet->mono, 10, "first line");
    line(sheet, code, sheet->mono, 10, "second");
    struct doc_node *quote = node(sheet, DOC_PARAGRAPH, node(sheet, DOC_QUOTE, NULL));
    line(sheet, text_node(sheet, quote, "Quoted"), sheet->text, 12, "Quoted");
    node(sheet, DOC_RULE, NULL);
    shape(sheet, ITEM_LINE, sheet->document.root->last, LEFT, sheet->y + 8, 300, 0, BLACK);
}

static struct picture *make_picture(struct sheet *sheet)
{
    enum { W = 32, H = 16 };
    unsigned char *data = arena_alloc(sheet->arena, W * H * 3), *alpha = arena_alloc(sheet->arena, W * H);
    for (int i = 0; i < W * H; i++) {
        data[3 * i] = (unsigned char)(i % W * 8);
        data[3 * i + 1] = (unsigned char)(i / W * 16);
        data[3 * i + 2] = 128;
        alpha[i] = (unsigned char)(255 - i % W * 4);
    }
    struct picture *picture = ARENA_NEW(sheet->arena, struct picture);
    *picture =
        (struct picture){.kind = PICTURE_RASTER, .width = W, .height = H, .orientation = 1, .components = 3};
    picture->data = (struct str){(char *)data, W * H * 3};
    picture->alpha = (struct str){(char *)alpha, W * H};
    return picture;
}

static void add_figures(struct sheet *sheet)
{
    static const char *const alts[] = {"A gradient", ""};
    for (size_t i = 0; i < 2; i++) {
        struct doc_node *figure = node(sheet, DOC_FIGURE, NULL);
        struct doc_node *image = node(sheet, DOC_IMAGE, figure);
        image->image.alt = str_from(alts[i]);
        struct item *item = shape(sheet, ITEM_IMAGE, image, LEFT, sheet->y + 6, 100, 50, BLACK);
        item->picture = make_picture(sheet);
        sheet->y += 56;
        struct doc_node *caption = text_node(sheet, node(sheet, DOC_CAPTION, figure), "Caption");
        line(sheet, caption, sheet->text, 10, "Caption");
    }
}

static void add_last_paragraphs(struct sheet *sheet, const struct doc_node *source)
{
    struct doc_node *paragraph = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *text = text_node(sheet, paragraph, "A claim");
    struct doc_node *citation = node(sheet, DOC_CITATION, paragraph);
    citation->citation.number = 1;
    citation->citation.target = source;
    sheet->y += 17;
    double x = put(sheet, text, sheet->text, 12, LEFT, "A claim", false);
    double end = put(sheet, citation, sheet->text, 12, x, "[1]", false);
    shape(sheet, ITEM_LINK, citation, x, sheet->y - 10, end - x, 12, BLUE);
    struct doc_node *form = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *label = text_node(sheet, form, "Phone: ");
    struct doc_node *blank = node(sheet, DOC_BLANK, form);
    blank->blank.label = STR("phone");
    sheet->y += 17;
    x = put(sheet, label, sheet->text, 12, LEFT, "Phone: ", false);
    shape(sheet, ITEM_LINE, blank, x, sheet->y, 80, 0, BLACK);
    struct doc_node *spanning = node(sheet, DOC_PARAGRAPH, NULL);
    struct doc_node *words = text_node(sheet, spanning, "This goes on overleaf.");
    line(sheet, words, sheet->text, 12, "This goes on");
    put(sheet, NULL, sheet->text, 9, LEFT, "Page 1 of 2", false);
    end_page(sheet);
    line(sheet, words, sheet->text, 12, "overleaf.");
}

static void add_everything(struct sheet *sheet)
{
    const struct doc_node *source;
    add_masthead(sheet);
    struct doc_node *section = node(sheet, DOC_SECTION, NULL);
    add_text(sheet, section);
    add_link(sheet, section);
    add_lists(sheet, section, &source);
    add_table(sheet);
    add_callouts(sheet);
    add_code_and_quote(sheet);
    add_figures(sheet);
    node(sheet, DOC_SECTION, NULL); /* shows nothing */
    add_last_paragraphs(sheet, source);
}

/* --- tests --------------------------------------------------------------------------------------------- */

static void the_structure_tree_is_the_document(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "everything");
    assert_string_equal(tree(sheet, pdf),
        "Document(Div(H1(0) P(1)) Sect(H2(2) P(3) P(4) P(Span(5)) P(6) P(7 Link(8 @ @) 9) "
        "L(LI(Lbl(10) LBody(P(11)))) L(LI(Lbl(12) LBody(P(13)))) L(LI(Lbl(14) LBody(P(15))))) "
        "Table(THead(TR(TH(16) TH(17))) TBody(TR(TD(18) TD) TR(TD(19) TD))) "
        "Note(P(20) P(21)) Sect(P(22) P(23)) Note(P(24) P(25)) P(Code(26)) BlockQuote(P(27)) "
        "Div(Figure(28) Caption(P(29))) Div(Caption(P(30))) P(31 Reference(Link(32 @))) P(33 Span(34)) P(35 "
        "0'))");
}

static void elements_carry_what_readers_need(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    struct str pdf = write_sheet(sheet);
    assert_int_equal(count(pdf, "/A <</O /Table /Scope /Column>>"), 2);
    assert_int_equal(count(pdf, "/ListNumbering /Disc"), 1);
    assert_int_equal(count(pdf, "/ListNumbering /Decimal"), 1);
    assert_int_equal(count(pdf, "/ListNumbering /None"), 1);
    assert_true(has(pdf, "/S /Lbl /P "));
    assert_int_equal(count(pdf, "/ActualText <FEFF2022>"), 1);
    assert_true(has(pdf, "/ID (note-0000001)"));
    assert_true(has(pdf, "/IDTree <</Names [(note-0000001) "));
    assert_true(has(pdf, "/Lang (es)"));
    assert_int_equal(count(pdf, "/Alt (A gradient)"), 1);
    assert_true(has(pdf, "/A <</O /Layout /Placement /Block /BBox [ 72 "));
    assert_true(has(pdf, "/ActualText (phone \\(blank to fill in\\))"));
    /* links */
    assert_int_equal(count(pdf, "/Subtype /Link /F 4 /Border [0 0 0] /StructParent "), 3);
    assert_int_equal(count(pdf, "/URI (https://www.cdc.gov/arthritis?a=1&b=\\(2\\))"), 2);
    assert_int_equal(count(pdf, " /Contents ("), 3);
    /* the citation and two bookmarks */
    assert_int_equal(count(pdf, " null]"), 3);
    assert_true(has(pdf, "/Type /Outlines"));
}

static void the_catalog_claims_what_is_true(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    struct str pdf = write_sheet(sheet);
    assert_true(str_starts(pdf, "%PDF-1.7\n"));
    assert_true(has(pdf, "/MarkInfo <</Marked true>>"));
    assert_true(has(pdf, "/ViewerPreferences <</DisplayDocTitle true "));
    assert_true(has(pdf, "/Lang (en-US)"));
    assert_true(has(pdf, "/S /GTS_PDFA1"));
    assert_true(has(pdf, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>"));
    assert_true(has(pdf, "<pdfuaid:part>1</pdfuaid:part>"));
    assert_true(has(pdf, ">Knees &amp; hips: a &lt;test&gt;</rdf:li>"));
    assert_true(has(pdf, "<rdf:li>knee</rdf:li><rdf:li>hip</rdf:li>"));
    assert_true(has(pdf, "/CreationDate (D:20261120000000Z)"));
    assert_true(has(pdf, "<xmp:CreateDate>2026-11-20T00:00:00Z</xmp:CreateDate>"));
    assert_int_equal(count(pdf, "/Tabs /S"), 2);
    assert_false(has(pdf, "fonts/"));
}

static void printing_is_as_the_pages_ask(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    struct pages pages = finish(sheet);
    assert_int_equal(pages.n, 2);
    assert_true(has(write_pages(sheet, &pages), "/ViewerPreferences <</DisplayDocTitle true "
                                                "/Duplex /DuplexFlipLongEdge /PrintScaling /None "
                                                "/PickTrayByPDFSize true>>"));
    pages.folded = true;
    assert_true(has(write_pages(sheet, &pages),
        "/ViewerPreferences <</DisplayDocTitle true /Duplex /DuplexFlipShortEdge>>"));
    pages.folded = false;
    pages.n = 1;
    assert_true(
        has(write_pages(sheet, &pages), "<</DisplayDocTitle true /Duplex /Simplex /PrintScaling /None "));
}

static void a_document_without_a_date_has_none(void **state)
{
    struct sheet *sheet = *state;
    sheet->document.date = sheet->document.author = sheet->document.keywords = (struct str){0};
    line(sheet, heading_node(sheet, NULL, 1, "Title"), sheet->bold, 20, "Title");
    struct str pdf = write_sheet(sheet);
    check_pdf(sheet, pdf, "undated");
    assert_false(has(pdf, "Date"));
    assert_false(has(pdf, "/Author"));
    assert_false(has(pdf, "dc:creator"));
}

static void what_is_written_depends_on_the_document_alone(void **state)
{
    struct sheet *sheet = *state, *other;
    add_everything(sheet);
    struct str pdf = write_sheet(sheet);
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales && !setlocale(LC_ALL, locales[i]); i++)
        ;
    void *fresh;
    setup(&fresh);
    other = fresh;
    add_everything(other);
    assert_true(str_eq(write_sheet(other), pdf));
    setlocale(LC_ALL, "C");
    other->document.title = STR("Another title");
    other->document.root = doc_new(other->arena, DOC_DOCUMENT, NULL, (struct pos){0});
    other->pages.n = 0;
    add_everything(other);
    struct str different = write_sheet(other);
    size_t id = str_find(pdf, "/ID [<", 0), other_id = str_find(different, "/ID [<", 0);
    assert_false(str_eq(str_slice(pdf, id, id + 38), str_slice(different, other_id, other_id + 38)));
    teardown(&fresh);
}

/* A press that has made other PDFs, this one among them, makes the same one as a new press. */
static void what_was_written_before_does_not_show(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    const struct pages pages = finish(sheet);
    const struct document document = sheet->document;
    struct str first = write_pages(sheet, &pages);
    sheet->document.root = doc_new(sheet->arena, DOC_DOCUMENT, NULL, (struct pos){0});
    memset(&sheet->pages, 0, sizeof sheet->pages);
    line(sheet, heading_node(sheet, NULL, 1, "Another"), sheet->bold, 20, "Another");
    const struct pages other_pages = finish(sheet);
    const struct document other_document = sheet->document;
    struct str other = write_pages(sheet, &other_pages);
    sheet->document = document;
    assert_true(str_eq(write_pages(sheet, &pages), first));
    press_free(sheet->press);
    sheet->press = press_new();
    sheet->document = other_document;
    assert_true(str_eq(write_pages(sheet, &other_pages), other));
    sheet->document = document;
    assert_true(str_eq(write_pages(sheet, &pages), first));
}

static void other_programs_read_the_text(void **state)
{
    struct sheet *sheet = *state;
    add_everything(sheet);
    struct str pdf = write_sheet(sheet);
    const char *text = judge(sheet, pdf, "pdfinfo", "-struct-text");
    if (text) {
        assert_non_null(strstr(text, "\"AVATAR Tofu, and strong words.\""));
        assert_non_null(strstr(text, "\"office e\xCC\xA3\xCC\x82 x\xCC\x8A\xCC\xA3 y\xCC\xA3 "
                                     "\xCE\xB1\xCE\xB2 a\xC2\xA0m\""));
        assert_non_null(strstr(text, "\"the pages on arthritis www.cdc.gov/arthritis\""));
        assert_non_null(strstr(text, "\"first line second\""));
        assert_non_null(strstr(text, "\" overleaf.\""));
        assert_non_null(strstr(text, "\"abg dfi\"")); /* right to left, in logical order */
        assert_null(strstr(text, "Page 1 of 2"));
    }
    const char *fonts = judge(sheet, pdf, "pdffonts", "");
    if (fonts) {
        assert_int_equal(count(str_from(fonts), "yes yes yes"), 4);
        assert_int_equal(count(str_from(fonts), "+NotoSans-Regular"), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_structure_tree_is_the_document, setup, teardown),
        cmocka_unit_test_setup_teardown(elements_carry_what_readers_need, setup, teardown),
        cmocka_unit_test_setup_teardown(the_catalog_claims_what_is_true, setup, teardown),
        cmocka_unit_test_setup_teardown(printing_is_as_the_pages_ask, setup, teardown),
        cmocka_unit_test_setup_teardown(a_document_without_a_date_has_none, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_written_depends_on_the_document_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_written_before_does_not_show, setup, teardown),
        cmocka_unit_test_setup_teardown(other_programs_read_the_text, setup, teardown),
    };
    return cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
