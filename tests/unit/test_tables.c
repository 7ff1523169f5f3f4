/* Pipe tables: each rule of the GitHub Flavored Markdown specification, section 4.10, and what its words
 * leave open as the reference implementation reads it. */
#include "reading.h"

/* In the order of the specification's examples. */
static void test_the_specification(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"| foo | bar |\n| --- | --- |\n| baz | bim |\n", "table .. #[foo][bar] [baz][bim]", NULL},
        {"| abc | defghi |\n:-: | -----------:\nbar | baz\n", "table ^> #[abc][defghi] [bar][baz]", NULL},
        {"| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
            "table . #[f|oo] [b `|` az] [b <b>|</b> im]", NULL},
        {"| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n",
            "table .. #[abc][def] [bar][baz] quote(p(bar))", NULL},
        {"| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
            "table .. #[abc][def] [bar][baz] [bar][] p(bar)", NULL},
        {"| abc | def |\n| --- |\n| bar |\n", "p(| abc | def |~| — |~| bar |)", NULL},
        {"| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
            "table .. #[abc][def] [bar][] [bar][baz]", "warning 4:15+3 table-cells"},
        {"| abc | def |\n| --- | --- |\n", "table .. #[abc][def]", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_delimiter_rows(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"a|b|c|d\n-|:-|:-:|-:\n1|2|3|4\n", "table .<^> #[a][b][c][d] [1][2][3][4]", NULL},
        {"|a|\n|-|", "table . #[a]", NULL},
        {"| a |\n--- |\n| b |\n", "table . #[a] [b]", NULL},
        {"a\n:-:\nb\n", "table ^ #[a] [b]", NULL},
        {"a |\n|-\n", "table . #[a]", NULL},
        {"|  a  |  b  |\n|  :--  |  --:  |  \n|c|d|\n", "table <> #[a][b] [c][d]", NULL},
        {"|\ta\t|\tb\t|\n|\t---\t|\t---\t|\n|\tc\t|\td\t|\n", "table .. #[a][b] [c][d]", NULL},
        /* none of these is one */
        {"| a | b |\n| --- | :: |\n", "p(| a | b |~| — | :: |)", NULL},
        {"| a | b |\n| --- | - - |\n", "p(| a | b |~| — | - - |)", NULL},
        {"| a | b |\n|| --- | --- |\n", "p(| a | b |~|| — | — |)", NULL},
        {"| a | b |\n| --- | x |\n", "p(| a | b |~| — | x |)", NULL},
        {"| a | b |\n\n| --- | --- |\n", "p(| a | b |) p(| — | — |)", NULL},
        {"| a |\n    | - |\n", "p(| a |~| - |)", NULL},
        {"a\n---\n", "h2(a)", NULL},
        {"| --- |\n", "p(| — |)", NULL},
        {"a | b\n- | -\n", "p(a | b) tight(*(p(| -)))", NULL}, /* "- " begins a list item */
        {"    | a |\n    | - |\n", "code{| a |\n| - |}", NULL},
        {"```\n| a |\n| - |\n```\n", "code{| a |\n| - |}", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_cells(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"| a | b |\n|---|---|\n| *x* **y** | `z` |\n", "table .. #[a][b] [<em>x</em> <b>y</b>][`z`]", NULL},
        /* emphasis and code spans stay within their cell */
        {"| *a | b* |\n|---|---|\n| `a | b` |\n", "table .. #[*a][b*] [`a][b`]", NULL},
        {"| a | b |\n|---|---|\n| `c \\| d` | \\| \\|\\| |\n", "table .. #[a][b] [`c | d`][| ||]", NULL},
        {"| a |\n|---|\n| x\\\\|y |\n", "table . #[a] [x|y]", NULL},
        {"| a | b |\n|---|---|\n|| x |\n| | |\n||\n", "table .. #[a][b] [][x] [][] [][]", NULL},
        {"| a |\n|---|\n|\n", "table . #[a] p(|)", NULL}, /* no cell at all */
        {"| a |\n|---|\n| # x |\n| - x |\n| 1. x |\n| > x |\n| ``` |\n",
            "table . #[a] [# x] [- x] [1. x] [> x] [```]", NULL},
        {"| a |\n|---|\n| C# |\n| x ### |\n| \\# |\n| # |\n", "table . #[a] [C#] [x ###] [#] [#]", NULL},
        {"| a |\n|---|\n| [ref] |\n| [x][REF] |\n\n[ref]: https://example.org/r\n",
            "table . #[a] [<a>ref (example.org/r)</a>] [<a>x (example.org/r)</a>]", NULL},
        {"| a |\n|---|\n| trailing \\ |\n| back\\\\slash |\n", "table . #[a] [trailing \\] [back\\slash]",
            NULL},
        {"| it's | \"b\" -- c... |\n|---|---|\n", "table .. #[it\u2019s][\u201Cb\u201D – c…]", NULL},
        {"| a | b |\n|---|---|\n| {{clinic.name}} | [@x-1] |\n", "table .. #[a][b] [Sample Clinic][^x-1^]",
            NULL},
        {"| a |\n|---|\n| x <br> y |\n", "table . #[a] [x | y]", "warning 3:5+4 html-dropped"},
        {"| \u00E9\u4E2D | \U0001F600 |\n|---|---|\n| \u2014 | x |\n",
            "table .. #[\u00E9\u4E2D][\U0001F600] [—][x]", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_where_tables_begin_and_end(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"text\n| a |\n|---|\n| b |\n", "p(text) table . #[a] [b]", NULL},
        {"one\ntwo *three\nfour*\n| a |\n|---|\n", "p(one~two <em>three~four</em>) table . #[a]", NULL},
        {"[r]: /x\n| a |\n|---|\n| [r] |\n", "table . #[a] [<a>r (/x)</a>]", "warning 4:3+3 link-relative"},
        {"| a |\n|---|\n| b |\n# h\n", "table . #[a] [b] h1(h)", NULL},
        {"| a |\n|---|\n| b |\n---\nc\n", "table . #[a] [b] rule p(c)", NULL},
        {"| a |\n|---|\n| b |\n===\n", "table . #[a] [b] [===]", NULL},
        {"| a |\n|---|\n| b |\n- c\n", "table . #[a] [b] tight(*(p(c)))", NULL},
        {"| a |\n|---|\n| b |\n-\n", "table . #[a] [b] tight(*())", NULL},
        {"| a |\n|---|\n| b |\n7. c\n", "table . #[a] [b] tight(7.(p(c)))", NULL},
        {"| a |\n|---|\n| b |\n1234567890. c\n", "table . #[a] [b] [1234567890. c]", NULL},
        {"| a |\n|---|\n| b |\n    code\n", "table . #[a] [b] code{code}", NULL},
        {"| a |\n|---|\n| b |\n```\ncode\n```\n", "table . #[a] [b] code{code}", NULL},
        {"| a |\n|---|\n| b |\n<x-tag>\nc\n", "table . #[a] [b] p(c)", "warning 4:1+7 html-dropped"},
        {"| a |\n|---|\n| b |\n[x]: /y\n", "table . #[a] [b] [[x]: /y]", NULL},
        {"| a |\n|---|\n| b |\n \nc\n", "table . #[a] [b] p(c)", NULL},
        {"| a |\n|---|\n| b |\n\n| c |\n|---|\n", "table . #[a] [b] table . #[c]", NULL},
        {"| a |\n|---|\n| b |\n|---|\n| c |\n", "table . #[a] [b] [—] [c]", NULL},
        {"   | a |\n  |---|\n | b |\n", "table . #[a] [b]", NULL},
        {"x\n        | a |\n|---|\n", "p(x) table . #[a]", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_tables_in_quotes_and_lists(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"> | a | b |\n> |---|---|\n> | c | d |\n", "quote(table .. #[a][b] [c][d])", NULL},
        {">| a | b |\n>|---|---|\n>| c | d |\n", "quote(table .. #[a][b] [c][d])", NULL},
        {"- | a | b |\n  |---|---|\n  | c | d |\n", "tight(*(table .. #[a][b] [c][d]))", NULL},
        {"10) | a | b |\n    |---|---|\n    | c | d |\n", "tight(10)(table .. #[a][b] [c][d]))", NULL},
        {"- x\n\n  | a | b |\n  |---|---|\n  | c | d |\n- y\n",
            "loose(*(p(x) table .. #[a][b] [c][d]) *(p(y)))", NULL},
        {"- | a | b |\n  |---|---|\n- y\n", "tight(*(table .. #[a][b]) *(p(y)))", NULL},
        {"> - > 1. | a | b |\n>   >    |---|---|\n>   >    | c | d |\n",
            "quote(tight(*(quote(tight(1.(table .. #[a][b] [c][d]))))))", NULL},
        {"-\t| a | b |\n\t|---|---|\n\t| c | d |\n", "tight(*(table .. #[a][b] [c][d]))", NULL},
        {">\t| a | b |\n>\t|---|---|\n>\t| c | d |\n", "quote(table .. #[a][b] [c][d])", NULL},
        {"+\v| a | b |\n  |---|---|\n  | c | d |\n", "tight(*(table .. #[a][b] [c][d]))", NULL},
        {"1.\f| a | b |\n   |---|---|\n", "tight(1.(table .. #[a][b]))", NULL},
        /* a line that lacks the marks of its containers is no row */
        {"> | a |\n> |---|\n| b |\n", "quote(table . #[a]) p(| b |)", NULL},
        {"> | a |\n> |---|\n> | b |\nlazy\n", "quote(table . #[a] [b]) p(lazy)", NULL},
        {"> | a |\n|---|\n", "quote(p(| a |~|—|))", NULL},
        {"- | a |\n|---|\n", "tight(*(p(| a |~|—|)))", NULL},
        {"> x\n| a | b |\n> |---|---|\n> | c | d |\n", "quote(p(x) table .. #[a][b] [c][d])", NULL},
        /* and what follows may be a table of its own */
        {"> | a |\n> |---|\n| b |\n|---|\n| c |\n", "quote(table . #[a]) table . #[b] [c]", NULL},
        {"| a |\n|---|\n2. | b |\n   |---|\n   | c |\n", "table . #[a] tight(2.(table . #[b] [c]))", NULL},
        {"> [!NOTE] Title\n> | a |\n> |---|\n> | b |\n", "note(title(Title) table . #[a] [b])", NULL},
        {"- [ ] x\n  | a |\n  |---|\n", "tight([ ](p(x) table . #[a]))", NULL},
    };
    CHECK_CASES(CASES);
}

static void check_place(struct trial *reading, const char *text, size_t line, size_t column)
{
    const struct doc_node *root = reading->document.root;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        size_t at =
            node->kind == DOC_TEXT || node->kind == DOC_CODE ? str_find(node->text, text, 0) : SIZE_MAX;
        if (at == SIZE_MAX)
            continue;
        struct pos pos = doc_text_pos(node, at, at + strlen(text));
        size_t found_line, found_column;
        source_line_column(pos.source, pos.offset, &found_line, &found_column);
        if (found_line != line || found_column != column)
            print_error("'%s' is at %zu:%zu, not %zu:%zu\n", text, found_line, found_column, line, column);
        assert_true(found_line == line && found_column == column);
        return;
    }
    fail_msg("no '%s' in the document", text);
}

static void test_places_in_cells(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    reading_text(&reading, STR("> - | one | *two* |\n"
                               ">   |:--|---|\n"
                               ">   | a\\|b three \\| four | `x\\|y five` |\n"
                               ">   | \\*six | &amp; seven\n"
                               "\n"
                               "eight\n"));
    check_place(&reading, "one", 1, 7);
    check_place(&reading, "two", 1, 14);
    check_place(&reading, "three", 3, 12);
    check_place(&reading, "four", 3, 21);
    check_place(&reading, "five", 3, 34);
    check_place(&reading, "six", 4, 9);
    check_place(&reading, "seven", 4, 21);
    check_place(&reading, "eight", 6, 1);
    const struct doc_node *table = reading.document.root->first->first->first->last->first;
    assert_int_equal(table->kind, DOC_TABLE);
    struct str source = reading.document.root->pos.source->text;
    assert_int_equal(table->pos.offset, 4);
    assert_int_equal(table->pos.offset + table->pos.length, str_find(source, "\n\neight", 0));
    reading_free(&reading);
}

static void test_excess_cells(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    reading_text(&reading, STR("| a |\n|---|\n| b | c\\|d | e |\n| f | |\n"));
    assert_string_equal(reading_shape(&reading), "table . #[a] [b] [f]");
    assert_int_equal(reading.diags.list.n, 1); /* nothing is lost with an empty cell */
    const struct diag *diag = &reading.diags.list.at[0];
    assert_string_equal(diag->code, "table-cells");
    assert_int_equal(diag->line, 3);
    assert_int_equal(diag->column, 7);
    assert_int_equal(diag->width, 8);
    reading_free(&reading);
}

static void test_too_wide(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int row = 0; row < 2; row++) {
        for (int i = 0; i < 101; i++)
            buf_text(&text, row ? "|-" : "|x");
        buf_text(&text, "|\n");
    }
    buf_text(&text, "\n| a |\n|---|\n");
    struct trial reading = reading_new();
    reading_text(&reading, buf_slice(&text));
    assert_string_equal(reading_diags(&reading), "error 1:1+203 table-too-wide");
    assert_false(reading.good);
    assert_int_equal(reading.document.root->last->kind, DOC_TABLE);
    buf_free(&text);
    reading_free(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_specification),
        cmocka_unit_test(test_delimiter_rows),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_where_tables_begin_and_end),
        cmocka_unit_test(test_tables_in_quotes_and_lists),
        cmocka_unit_test(test_places_in_cells),
        cmocka_unit_test(test_excess_cells),
        cmocka_unit_test(test_too_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
