/* Our conventions on top of CommonMark: what is read as one, what is not, and what is said about mistakes. */
#include "reading.h"

#include "content/link.h"
#include "content/slug.h"

#define ERROR(place, code)   "error " place " " code
#define WARNING(place, code) "warning " place " " code

static void test_blocks(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"", "", NULL},
        {"# a\n\nb\n===\n\n## c ##\n", "h1(a) h1(b) h2(c)", NULL},
        {"#\n\na\n", "p(a)", WARNING("1:1+1", "heading-empty")},
        {"- a\n- b\n\n1. c\n\n2. d\n", "tight(*(p(a)) *(p(b))) loose(1.(p(c)) 2.(p(d)))", NULL},
        {"7) a\n7) b\n", "tight(7)(p(a)) 8)(p(b)))", NULL},
        {"> a\n>\n> > b\n", "quote(p(a) quote(p(b)))", NULL},
        {">\n\na\n", "p(a)", NULL}, /* nothing is quoted */
        {"***\n", "rule", NULL},
        {"```c\nint x;\n```\n\n    y\n", "code{int x;} code{y}", NULL},
        {"a\\\nb  \nc\nd\n", "p(a|b|c~d)", NULL},
        {"\"a\" -- 'b' --- c...\n", "p(\u201Ca\u201D – \u2018b\u2019 — c…)", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_check_lists(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"- [ ] a\n- [x] b\n- [X] c\n- d\n", "tight([ ](p(a)) [x](p(b)) [x](p(c)) *(p(d)))", NULL},
        {"1. [ ] a\n", "tight([ ](p(a)))", NULL},
        {"- [ ] *a*\n\n  b\n", "loose([ ](p(<em>a</em>) p(b)))", NULL},
        {"- [ ]\n", "tight([ ]())", NULL},
        {"- [ ]\n  a\n", "tight([ ](p(a)))", NULL},
        {"- \\[ ] a\n- [\\ ] a\n- [ \\] a\n", "tight(*(p([ ] a)) *(p([\\ ] a)) *(p([ ] a)))", NULL},
        {"- [ ]a\n- [y] a\n- a [ ] b\n", "tight(*(p([ ]a)) *(p([y] a)) *(p(a [ ] b)))", NULL},
        {"- [x](https://example.org) a\n", "tight(*(p(<a>x (example.org)</a> a)))", NULL},
        {"- a\n\n  [ ] b\n", "loose(*(p(a) p([ ] b)))", NULL},
        {"[ ] a\n", "p([ ] a)", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_callouts(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"> [!CAUTION]\n> a\n", "caution(title(Caution) p(a))", NULL},
        {"> [!warning] Go *now*, it's late\n> a\n>\n> - b\n",
            "warning(title(Go <em>now</em>, it\u2019s late) p(a) tight(*(p(b))))", NULL},
        {"> [!IMPORTANT]\n", "important(title(Important))", NULL},
        {"> [!NOTE] a\\\n> b\n", "note(title(a) p(b))", NULL},
        {"> [!TIP]\n>\n> a\n", "tip(title(Tip) p(a))", NULL},
        {"> [!NOTE] *a\n> b* c\n> d\n", "note(title(<em>a~b</em> c) p(d))", NULL},
        {"> [!NOTE] {{clinic.name}} [@x]\n", "note(title(Sample Clinic ^x^))", NULL},
        {"> > [!NOTE] a\n", "quote(note(title(a)))", NULL},
        {"- > [!NOTE] a\n", "tight(*(note(title(a))))", NULL},
        {"> [!WARNIG] a\n> b\n", "quote(p([!WARNIG] a~b))", ERROR("1:5+6", "callout-unknown")},
        {"> [!DANGEROUS]\n", "quote(p([!DANGEROUS]))", ERROR("1:5+9", "callout-unknown")},
        {"> \\[!NOTE] a\n", "quote(p([!NOTE] a))", NULL},
        {"> [\\!NOTE] a\n", "quote(p([!NOTE] a))", NULL},
        {"> [!NOTE\\] a\n", "quote(p([!NOTE] a))", NULL},
        {"> a\n> [!NOTE] b\n", "quote(p(a~[!NOTE] b))", NULL},
        {"> [!] a\n", "quote(p([!] a))", NULL},
        {"[!NOTE] a\n", "p([!NOTE] a)", NULL},
        {"> [!NOTE](https://example.org)\n", "quote(p(<a>!NOTE (example.org)</a>))", NULL},
    };
    CHECK_CASES(CASES);
    struct trial reading = reading_new();
    reading_text(&reading, STR("> [!WARNIG]\n"));
    assert_string_equal(
        reading.diags.list.at[0].message, "unknown call-out 'WARNIG' (did you mean 'WARNING'?)");
    reading_free(&reading);
}

static void test_fenced_blocks(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"``` lines 4\n```\n", "lines 4", NULL},
        {"~~~lines 40\n~~~\n", "lines 40", NULL},
        {"- ```lines 1\n  ```\n", "tight(*(lines 1))", NULL},
        {"```lines\n```\n", "", ERROR("1:1+8", "lines-count")},
        {"```lines 0\n```\n", "", ERROR("1:1+10", "lines-count")},
        {"```lines 41\n```\n", "", ERROR("1:1+11", "lines-count")},
        {"```lines four\n```\n", "", ERROR("1:1+13", "lines-count")},
        {"```lines 2\nx\n```\n", "lines 2", WARNING("1:1+10", "block-body")},
        {"```page-break\n```\n", "page-break", NULL},
        {"    lines 4\n", "code{lines 4}", NULL},
        {"```linesman\nx\n```\n", "code{x}", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_people(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"```people 74 of 100\nx\n```\n", "figure(74/100 caption(x))", NULL},
        {"~~~  people   0   of  1  \n x *y\n\tz*\n", "figure(0/1 caption(x <em>y~z</em>))", NULL},
        {"```people 1000 of 1000\n{{clinic.name}}'s [@x-1] \\*\n```\n",
            "figure(1000/1000 caption(Sample Clinic\u2019s ^x-1^ *))", NULL},
        {"- ```people 1 of 2\n  x\n  ```\n- y\n", "tight(*(figure(1/2 caption(x))) *(p(y)))", NULL},
        {"> [!NOTE] x\n> ```people 1 of 2\n> y\n", "note(title(x) figure(1/2 caption(y)))", NULL},
        {"```people 1 of 2\r\nx\r\ny\r\n```\r\n", "figure(1/2 caption(x~y))", NULL},
        {"```people 1 of 2\rx\ry", "figure(1/2 caption(x~y))", NULL},
        {"```people 1 of 2\n\n\nx\n\n```\n", "figure(1/2 caption(x))", NULL},
        {"```people 1 of 2\n<!-- a -->\nx <!-- b -->\n```\n", "figure(1/2 caption(x ))", NULL},
        {"```people 1 of 2\n    x\n```\n", "figure(1/2 caption(x))", NULL},
        {"```people 1 of 2\nx <b>y</b>\n```\n", "figure(1/2 caption(x y))", WARNING("2:3+3", "html-dropped")},
        {"| a |\n|---|\n| b |\n\n```people 1 of 2\n{{x}}\n```\n",
            "table . #[a] [b] figure(1/2 caption({{x}}))", ERROR("6:1+5", "variable-unknown")},
        /* not as many of as many */
        {"```people\nx\n```\n", "", ERROR("1:1+9", "people-count")},
        {"```people 74\nx\n```\n", "", ERROR("1:11+2", "people-count")},
        {"```people 74%\nx\n```\n", "", ERROR("1:11+3", "people-count")},
        {"```people -1 of 10\nx\n```\n", "", ERROR("1:11+8", "people-count")},
        {"```people 1 of 10 men\nx\n```\n", "", ERROR("1:11+11", "people-count")},
        {"```people 1 OF 10\nx\n```\n", "", ERROR("1:11+7", "people-count")},
        {"```people p\nx\n```\n", "", ERROR("1:11+1", "people-count")},
        {"```people 1 \\of 10\nx\n```\n", "", ERROR("1:11+8", "people-count")},
        {"```people 1 &#111;ff 10\nx\n```\n", "", ERROR("1:1+23", "people-count")}, /* written otherwise */
        {"```people 11 of 10\nx\n```\n", "", ERROR("1:11+2", "people-count")},
        {"```people 99999999999999999999 of 10\nx\n```\n", "", ERROR("1:11+20", "people-count")},
        {"```people 0 of 0\nx\n```\n", "", ERROR("1:16+1", "people-count")},
        {"```people 1 of 1001\nx\n```\n", "", ERROR("1:16+4", "people-count")},
        /* not one paragraph */
        {"```people 1 of 2\n```\n", "", ERROR("1:1+16", "people-caption")},
        {"```people 1 of 2", "", ERROR("1:1+16", "people-caption")},
        {"```people 1 of 2\n\n  \n```\n", "", ERROR("1:1+16", "people-caption")},
        {"```people 1 of 2\n[a]: b\n```\n", "", ERROR("1:1+16", "people-caption")},
        {"```people 1 of 2\n**\n\n```\n", "figure(1/2 caption(**))", NULL},
        {"```people 1 of 2\nx\n\ny\n```\n", "", ERROR("4:1+1", "people-caption")},
        {"```people 1 of 2\n- x\n```\n", "", ERROR("2:1+3", "people-caption")},
        {"```people 1 of 2\nx\n---\n```\n", "", ERROR("2:1+1", "people-caption")},
        {"> ~~~people 1 of 2\n> x\n> ```\n> y\n", "", ERROR("3:3+3", "people-caption")},
        {"```people 3 of 2\n```\n", "",
            ERROR("1:11+1", "people-count") "; " ERROR("1:1+16", "people-caption")},
    };
    CHECK_CASES(CASES);
    struct trial reading = reading_new();
    reading_text(&reading, STR("```people 3 of 4\n*a*\nb [@c] {{clinic.name}}\n```\n"));
    const struct doc_node *people = reading.document.root->first->first;
    assert_true(str_is(people->people.alt, "3/4: a b  Sample Clinic"));
    reading_free(&reading);
}

static void test_qr(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"```qr https://a.org/b\nx\n```\n", "figure(<qr https://a.org/b> caption(x|<a> (a.org/b)</a>))",
            NULL},
        {"> ~~~  qr   tel:(555) 010-0199  \n> x *y\n> z*\n",
            "quote(figure(<qr tel:555010-0199> caption(x <em>y~z</em>|<a> ((555) 010-0199)</a>)))", NULL},
        {"```qr mailto:a@b.org?subject=c\nx\n```\n",
            "figure(<qr mailto:a@b.org?subject=c> caption(x|<a> (a@b.org)</a>))", NULL},
        {"```qr HTTP://a.org/é\\&amp;\nx\n```\n",
            "figure(<qr HTTP://a.org/%C3%A9&> caption(x|<a> (a.org/é&)</a>))", NULL},
        /* the address is printed once */
        {"```qr https://a.org/\nSee a.org\n```\n", "figure(<qr https://a.org/> caption(See a.org))", NULL},
        {"```qr https://a.org\n[x](https://a.org)\n```\n",
            "figure(<qr https://a.org> caption(<a>x (a.org)</a>))", NULL},
        /* variables */
        {"```qr {{clinic.web}}/a\nx\n```\n",
            "figure(<qr https://clinic.example.org/start/a> caption(x|<a> (clinic.example.org/start/a)</a>))",
            NULL},
        {"```qr tel:{{clinic.phone.after-hours}}\nx\n```\n", "p(x~____clinic phone after hours____)", NULL},
        {"```qr tel:{{clinic.phone.after-hours}}\nx: {{clinic.phone.after-hours}}.\n```\n",
            "p(x: ____clinic phone after hours____.)", NULL},
        {"- ```qr https://a.org/{{ clinic.nam }}\n  x\n  ```\n", "tight(*())",
            ERROR("1:23+16", "variable-unknown")},
        {"```qr https://a.org/{{\nx\n```\n",
            "figure(<qr https://a.org/%7B%7B> caption(x|<a> (a.org/%7B%7B)</a>))",
            WARNING("1:21+2", "variable-malformed")},
        /* no address */
        {"```qr\nx\n```\n", "", ERROR("1:1+5", "qr-address")},
        {"```qr clinic.example.org\nx\n```\n", "", ERROR("1:7+18", "qr-address")},
        {"```qr https://a.org/b c\nx\n```\n", "", ERROR("1:7+17", "qr-address")},
        {"```qr https:///b.c\nx\n```\n", "", ERROR("1:7+12", "qr-address")},
        {"```qr https://{{clinic.name}}.org\nx\n```\n", "", ERROR("1:7+27", "qr-address")},
        {"```qr ftp://a.org\nx\n```\n", "", ERROR("1:7+11", "qr-address")},
        {"```qr javascript:a.b\nx\n```\n", "", ERROR("1:7+14", "qr-address")},
        {"```qr mailto:a\nx\n```\n", "", ERROR("1:7+8", "qr-address")},
        {"```qr tel:x9\nx\n```\n", "", ERROR("1:7+6", "qr-address")},
        {"```qr #a\nx\n```\n", "", ERROR("1:7+2", "qr-address")},
        {"```qr q&#114;\nx\n```\n", "", ERROR("1:1+13", "qr-address")}, /* written otherwise */
        /* no caption */
        {"```qr https://a.org\n```\n", "", ERROR("1:1+19", "qr-caption")},
        {"> ```qr https://a.org\n> x\n>\n> - y\n", "", ERROR("4:3+3", "qr-caption")},
        {"```qr\n```\n", "", ERROR("1:1+5", "qr-address") "; " ERROR("1:1+5", "qr-caption")},
    };
    CHECK_CASES(CASES);
    struct trial reading = reading_new();
    reading_text(&reading, STR("```qr https://a.org/b\n*a*\nb [@c] {{clinic.name}}\n```\n"));
    const struct doc_node *link = reading.document.root->first->first;
    assert_true(str_is(link->first->qr.alt, "a.org/b: a b  Sample Clinic"));
    assert_true(str_eq(link->link.title, link->first->qr.alt));
    reading_free(&reading);
    reading = reading_new();
    reading.context.publish = true;
    reading_text(&reading, STR("```qr tel:{{clinic.phone.after-hours}}\nx\n```\n"));
    assert_int_equal(reading.diags.errors, 1);
    assert_string_equal(reading.diags.list.at[0].code, "blank-unfilled");
    reading_free(&reading);
}

static void test_variables(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"a {{clinic.name}} b\n", "p(a Sample Clinic b)", NULL},
        {"{{clinic.name}}{{ clinic.name }}\n", "p(Sample ClinicSample Clinic)", NULL},
        {"**{{clinic.name}}**\n", "p(<b>Sample Clinic</b>)", NULL},
        {"# {{clinic.name}}\n", "h1(Sample Clinic)", NULL},
        {"call {{clinic.phone.after-hours}}.\n", "p(call ____clinic phone after hours____.)", NULL},
        {"`{{clinic.name}}` and\n\n    {{clinic.name}}\n", "p(`{{clinic.name}}` and) code{{{clinic.name}}}",
            NULL},
        {"{{clinic.nam}}\n", "p({{clinic.nam}})", ERROR("1:1+14", "variable-unknown")},
        {"a {{nothing.like.it}} b\n", "p(a {{nothing.like.it}} b)", ERROR("1:3+19", "variable-unknown")},
        {"a {{b c\n", "p(a {{b c)", WARNING("1:3+2", "variable-malformed")},
        {"{{}} {{a b}}\n", "p({{}} {{a b}})",
            WARNING("1:1+2", "variable-malformed") "; " WARNING("1:6+2", "variable-malformed")},
        {"{{{clinic.name}}}\n", "p({Sample Clinic})", NULL},
        {"\\{{clinic.name}} {\\{clinic.name}} &#123;{clinic.name}}\n",
            "p({{clinic.name}} {{clinic.name}} {{clinic.name}})", NULL},
        {"{ {clinic.name} }\n", "p({ {clinic.name} })", NULL},
        /* a value is never read as Markdown */
        {"{{tricky}}\n", "p(*a* [@b] {{clinic.name}} <b>)", NULL},
        {"[x]({{clinic.web}}) [y]({{clinic.mail}})\n",
            "p(<a>x (clinic.example.org/start)</a> <a>y (desk@example.org)</a>)", NULL},
        {"[call](<tel:{{clinic.phone.day}}>)\n", "p(<a>call (555010-0199)</a>)", NULL},
        {"[call us]({{clinic.phone.after-hours}})\n", "p(call us (____clinic phone after hours____))", NULL},
        {"[x](https://{{clinic.nam}}/a)\n", "p(<a>x (%7B%7Bclinic.nam%7D%7D/a)</a>)",
            ERROR("1:13+14", "variable-unknown")},
        {"![{{clinic.name}}'s *logo*](pictures/rgb.png)\n", "figure(<img Sample Clinic\u2019s logo>)", NULL},
        {"![a](pictures/rgb.png \"By {{clinic.name}}\")\n", "figure(<img a> caption(By Sample Clinic))",
            NULL},
    };
    CHECK_CASES(CASES);
}

static void test_without_variables(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    struct source *source = source_new(reading.arena, "a.md", STR("{{a}} [x]({{b}}) {{\n"));
    struct markdown_context context = {.picture_root = ".", .words = &reading.words};
    reading.document.root = doc_new(reading.arena, DOC_DOCUMENT, NULL, (struct pos){0});
    assert_true(markdown_read(reading.arena, &reading.diags, source, &context, reading.document.root));
    assert_int_equal(reading.diags.errors, 0);
    struct buf text = {0};
    doc_text(reading.document.root, &text);
    assert_string_equal(text.p, "{{a}} x {{");
    buf_free(&text);
    reading_free(&reading);
}

static void test_publish(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    reading.context.publish = true;
    reading_text(&reading, STR("a {{clinic.phone.after-hours}}\n"));
    assert_false(reading.good);
    assert_string_equal(reading_diags(&reading), ERROR("1:3+28", "blank-unfilled"));
    reading_free(&reading);
}

static void test_citations(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"a [@b-1].\n", "p(a ^b-1^.)", NULL},
        {"[@a; @b;@c ]\n", "p(^a^^b^^c^)", NULL},
        {"*x [@a]*\n", "p(<em>x ^a^</em>)", NULL},
        {"`[@a]` \\[@a] [\\@a] [@a\\]\n", "p(`[@a]` [@a] [@a] [@a])",
            WARNING("1:20+2", "citation-malformed")},
        {"[@] [@a b] [@a;] [@a, @b]\n", "p([@] [@a b] [@a;] [@a, @b])",
            WARNING("1:1+2", "citation-malformed") "; " WARNING("1:5+2", "citation-malformed") "; " WARNING(
                "1:12+2", "citation-malformed") "; " WARNING("1:18+2", "citation-malformed")},
        {"[see [@a]](https://example.org)\n", "p(<a>see [@a] (example.org)</a>)",
            ERROR("1:6+4", "citation-in-link")},
        {"![see [@a]](pictures/rgb.png)\n", "figure(<img see [@a]>)", NULL},
    };
    CHECK_CASES(CASES);
}

static void test_spans(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"[Llame al 911]{lang=es}\n", "p(<span>Llame al 911</span>)", NULL},
        {"a [b *c* `d`]{lang=zh-Hant} e\n", "p(a <span>b <em>c</em> `d`</span> e)", NULL},
        {"[a [b]{lang=es} c]{lang=fr}\n", "p(<span>a <span>b</span> c</span>)", NULL},
        {"[a [b] c]{lang=es}\n", "p(<span>a [b] c</span>)", NULL},
        {"*[a]{lang=es}* [{{clinic.name}} [@x]]{lang=es}\n",
            "p(<em><span>a</span></em> <span>Sample Clinic ^x^</span>)", NULL},
        {"[a]{lang=english}\n", "p(a)", ERROR("1:3+15", "lang-malformed")},
        {"[a]{lang=e} [b]{lang=}\n", "p(a b)",
            ERROR("1:3+9", "lang-malformed") "; " ERROR("1:15+8", "lang-malformed")},
        {"a]{lang=es}\n", "p(a]{lang=es})", WARNING("1:2+10", "lang-malformed")},
        {"\\[a]{lang=es}\n", "p([a]{lang=es})", WARNING("1:4+10", "lang-malformed")},
        {"[a\\]{lang=es} [a]\\{lang=es} `[a]{lang=es}`\n", "p([a]{lang=es} [a]{lang=es} `[a]{lang=es}`)",
            NULL},
        {"[a] {lang=es} [a]{.x}\n", "p([a] {lang=es} [a]{.x})", NULL},
    };
    CHECK_CASES(CASES);
    struct trial reading = reading_new();
    reading_text(&reading, STR("a [b]{lang=pt-BR}\n"));
    const struct doc_node *span = reading.document.root->first->last;
    assert_int_equal(span->kind, DOC_SPAN);
    assert_true(str_is(doc_lang(&reading.document, span->first), "pt-BR"));
    assert_true(str_is(doc_lang(&reading.document, span->parent->first), "en"));
    assert_int_equal(span->pos.offset, 2);
    assert_int_equal(span->pos.length, 15);
    reading_free(&reading);
}

static void test_links(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"[a](https://www.Example.org/b/ \"c\")\n", "p(<a>a (www.Example.org/b)</a>)", NULL},
        {"<https://example.org/> <http://example.org>\n",
            "p(<a>https://example.org/</a> <a>http://example.org</a>)", NULL},
        {"<a@example.org> [mail](mailto:a@example.org?subject=x)\n",
            "p(<a>a@example.org</a> <a>mail (a@example.org)</a>)", NULL},
        {"[example.ORG](https://example.org/)\n", "p(<a>example.ORG</a>)", NULL},
        {"[(555) 010-0199](tel:+555-0100199)\n", "p(<a>(555) 010-0199</a>)", NULL},
        {"[a](https://example.org/caf%C3%A9/%E4%B8%AD?x=%2F%20%41%FF%C2%A0)\n",
            "p(<a>a (example.org/caf\u00E9/\u4E2D?x=%2F%20A%FF%C2%A0)</a>)", NULL},
        {"[a](<https://example.org/\u00E9 b>)\n", "p(<a>a (example.org/\u00E9%20b)</a>)", NULL},
        {"[a](#b)\n", "p(<a>a</a>)", NULL},
        {"[](https://example.org)\n", "p(<a>example.org</a>)", NULL},
        {"[a]()\n", "p(a)", WARNING("1:1+5", "link-empty")},
        {"[a](b.md)\n", "p(<a>a (b.md)</a>)", WARNING("1:1+9", "link-relative")},
        {"[a](JavaScript:b)\n", "p(a)", WARNING("1:1+17", "link-scheme")},
        {"[a][b] [b][] [b]\n\n[b]: https://example.org/c\n",
            "p(<a>a (example.org/c)</a> <a>b (example.org/c)</a> <a>b (example.org/c)</a>)", NULL},
        {"[![a](pictures/rgb.png)](https://example.org)\n", "p(<a><img a> (example.org)</a>)", NULL},
    };
    CHECK_CASES(CASES);
}

/* A patient's name can be a variable, and must not get into a report. */
static void test_values_are_not_reported(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    reading_variable(&reading, "patient.name", "Secret");
    reading_text(&reading,
        STR("[a](b/{{patient.name}}) [c](javascript:{{patient.name}}) ![d]({{patient.name}}.png)\n"));
    assert_int_equal(reading.diags.list.n, 3);
    for (size_t i = 0; i < reading.diags.list.n; i++)
        assert_null(strstr(reading.diags.list.at[i].message, "Secret"));
    assert_non_null(strstr(reading_shape(&reading), "b/Secret"));
    reading_free(&reading);
}

static void test_pictures(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"![a *b*](pictures/rgb.png)\n", "figure(<img a b>)", NULL},
        {"![a](pictures/rgb.png \"c *d* it's\")\n", "figure(<img a> caption(c *d* it's))", NULL},
        {"a ![b](pictures/rgb.png \"c\") d\n", "p(a <img b> d)", NULL},
        {"- ![a](pictures/rgb.png)\n", "tight(*(figure(<img a>)))", NULL},
        {"![](pictures/rgb.png)\n", "figure(<img >)", WARNING("1:1+21", "image-alt-missing")},
        {"![a](https://example.org/a.png)\n", "figure(<img a>)", ERROR("1:1+31", "image-remote")},
        {"![a](//example.org/a.png)\n", "figure(<img a>)", ERROR("1:1+25", "image-remote")},
        {"![a](data:image/png;base64,AAAA)\n", "figure(<img a>)", ERROR("1:1+32", "image-remote")},
        {"![a](none.png)\n", "figure(<img a>)", ERROR("1:1+14", "file-missing")},
        {"![a](../unit/test_markdown.c)\n", "figure(<img a>)", ERROR("1:1+29", "path-outside")},
        {"![a](%2E%2E/unit/test_markdown.c)\n", "figure(<img a>)", ERROR("1:1+33", "path-outside")},
        {"![a](/etc/passwd)\n", "figure(<img a>)", ERROR("1:1+17", "path-outside")},
        {"![a](pictures/%72gb.png)\n", "figure(<img a>)", NULL},
    };
    CHECK_CASES(CASES);
    struct trial reading = reading_new();
    reading_text(&reading, STR("![a](pictures/rgb.png)\n\n![a](none.png)\n"));
    assert_string_equal(reading.document.root->first->first->image.path, "tests/fixtures/pictures/rgb.png");
    assert_null(reading.document.root->last->first->image.path);
    reading_free(&reading);
}

static void test_html(void **state)
{
    (void)state;
    static const struct case_text CASES[] = {
        {"a <!-- b --> c\n\n<!-- d\n\ne -->\n", "p(a  c)", NULL},
        {"<!-- a -->\n", "", NULL},
        {"a <b>c</b> <i>d</i>\n", "p(a c d)", WARNING("1:3+3", "html-dropped")},
        {"a<br>b<br/>c\n", "p(a|b|c)", WARNING("1:2+4", "html-dropped")},
        {"<b></b>\n\n*<i></i>* a\n", "p(a)",
            WARNING("1:1+3", "html-dropped") "; " WARNING("3:2+3", "html-dropped")},
        {"<div>a\n<b>b</b>ld &eacute;&amp;&lt;&#8364;</div>\n", "p(a bld \u00E9&<\u20AC)",
            WARNING("1:1+5", "html-dropped")},
        {"<p>a</p><p>b</p>\n<table><tr><td>c</td><td>d</td></tr></table>\n", "p(a) p(b) p(c) p(d)",
            WARNING("1:1+3", "html-dropped")},
        {"<div>\n\n*a*\n\n</div>\n", "p(<em>a</em>)",
            WARNING("1:1+5", "html-dropped") "; " WARNING("5:1+6", "html-dropped")},
        {"<script>\nalert('a')\n</script>\nb\n", "p(b)", WARNING("1:1+8", "html-dropped")},
        {"a <script>b</script> c <style>d</style>\n", "p(a  c )", WARNING("1:3+8", "html-dropped")},
        {"a <script>b\n", "p(a b)", WARNING("1:3+8", "html-dropped")},
        {"a <![CDATA[<b> &amp;]]> c\n", "p(a <b> &amp; c)", WARNING("1:3+21", "html-dropped")},
        {"> a <![CDATA[b\n> c]]> d\n", "quote(p(a b~c d))", WARNING("1:5+10", "html-dropped")},
        {"<div>\n<![CDATA[<b> &amp;]]>\n", "p(<b> &amp;)", WARNING("1:1+5", "html-dropped")},
        {"<![CDATA[]]> a <![CDATA[\n", "p(a <![CDATA[)", WARNING("1:1+12", "html-dropped")},
        {"<div title=\"a>b\">c</div>\n", "p(c)", WARNING("1:1+17", "html-dropped")},
        {"<?php a ?>\n\n<!DOCTYPE html>\n\n<![CDATA[ b ]]>\n", "p(b)",
            WARNING("1:1+10", "html-dropped") "; " WARNING("3:1+15", "html-dropped") "; " WARNING(
                "5:1+15", "html-dropped")},
        {"<!-- a\n\nb\n", "p(<!-- a b)", ERROR("1:1+4", "html-unclosed")},
        {"> <div>\n> {{clinic.name}} [@a]\n> </div>\n", "quote(p(Sample Clinic ^a^))",
            WARNING("1:3+5", "html-dropped")},
        {"<div>&#123;{clinic.name}} {{clinic.nam}}</div>\n", "p({{clinic.name}} {{clinic.nam}})",
            WARNING("1:1+5", "html-dropped") "; " ERROR("1:27+14", "variable-unknown")},
    };
    CHECK_CASES(CASES);
}

static void test_places_of_diagnostics(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    reading_text(&reading, STR("1.  > a \u00E9\\* 'b' &eacute; -- {{x.y}}\n"
                               "    > `c\n"
                               "    > d` {{x.y}} *e* [f](<g h> (i)) {{x.y}}\n"
                               "lazy \u4E2D {{x.y}}\n"));
    assert_string_equal(reading_diags(&reading),
        "error 1:29+7 variable-unknown; error 3:10+7 variable-unknown; error 3:37+7 variable-unknown; "
        "error 4:8+7 variable-unknown; warning 3:22+14 link-relative");
    reading_free(&reading);
}

static void test_anchors(void **state)
{
    (void)state;
    static const struct {
        const char *text, *slug;
    } CASES[] = {
        {"What it costs, and why?", "what-it-costs-and-why"},
        {"  A  b ", "a--b"},
        {"\u00C9T\u00C9 \u4E2D\u6587 x_y-z", "\u00E9t\u00E9-\u4E2D\u6587-x_y-z"},
        {"1.5 \u00BD\u0301 \u2014 100 %", "15-\u00BD\u0301--100-"},
        {"!?", "section"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(slug_of(arena, str_from(CASES[i].text)).p, CASES[i].slug);
    struct map used = {0};
    assert_true(str_is(slug_unique(arena, &used, STR("a")), "a"));
    assert_true(str_is(slug_unique(arena, &used, STR("a")), "a-1"));
    assert_true(str_is(slug_unique(arena, &used, STR("a-1")), "a-1-1"));
    assert_true(str_is(slug_unique(arena, &used, STR("a")), "a-2"));
    assert_true(str_is(slug_unique(arena, &used, STR("a-2")), "a-2-1"));
    arena_free(arena);
}

/* Answers within a second also to what no author writes. */
static double seconds_for(struct str text, struct trial *reading)
{
    clock_t start = clock();
    *reading = reading_new();
    reading_text(reading, text);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void put_times(struct buf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_text(out, text);
}

static const struct hostile {
    const char *before, *repeated, *after;
    size_t times;
} HOSTILE[] = {
    {"", "> ", "a", 10000},
    {"", "- ", "a", 10000},
    {"", "1. ", "a", 10000},
    {"", "> - ", "a\nb\n", 5000},
    {"", "[", "", 100000},
    {"", "![", "", 50000},
    {"", "[a](", "", 25000},
    {"", "*", "", 100000},
    {"", "*a_ ", "", 50000},
    {"", "**a *b ", "", 15000},
    {"", "*a **a ", "", 15000},
    {"", "`", "", 100000},
    {"", "a ", "", 500000},
    {"", "&amp;", "", 100000},
    {"", "&eacute;", "", 20000},
    {"", "{{", "", 100000},
    {"", "{{a", "", 50000},
    {"", "{{x}} ", "", 50000},
    {"", "[@", "", 50000},
    {"", "[@a] ", "", 50000},
    {"", "[@a;", "", 50000},
    {"[a](", "{{x}}", ")", 50000},
    {"", "[a]{lang=es} ", "", 20000},
    {"", "[", "]{lang=es}", 50000},
    {"", "]{lang=es}", "", 20000},
    {"", "<a>", "", 30000},
    {"", "*<b></b>*", "", 20000},
    {"x ", "<script>", "", 20000},
    {"<div>", "<!--", "", 50000},
    {"<div>", "<!a ", "", 50000},
    {"<div>", "<script", "", 50000},
    {"<div>", "</", "", 50000},
    {"<div>", "<a b='", "", 50000},
    {"| a |\n|---|\n", "|", "", 100000},
    {"", "|-", "", 100000},
    {"", "a\n|-|-|\n", "", 30000},
    {"| a |\n|---|\n", "1\n", "", 50000},
    {"| a |\n|---|\n", "<\n", "", 50000},
    {"", "> | a |\n> |-|\n| a |\n|-|\n", "", 8000},
    {"", ">\n\n", "", 50000},
    {"", "# a\n", "", 30000},
    {"", "- a\n", "", 50000},
    {"", "a\n\n", "", 50000},
    {"", "[a]: b\n", "[a]", 30000},
    {"", "\\\n", "", 100000},
    {"", "\t", "a", 100000},
};

static void test_hostile_texts(void **state)
{
    (void)state;
    size_t slow = 0;
    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
        struct buf text = {0};
        buf_text(&text, HOSTILE[i].before);
        put_times(&text, HOSTILE[i].repeated, HOSTILE[i].times);
        buf_text(&text, HOSTILE[i].after);
        struct trial reading;
        double seconds = seconds_for(buf_slice(&text), &reading);
        size_t memory = arena_used(reading.arena);
        if (getenv("HANDOUT_TIMES"))
            print_message("%-24.24s %6.0f ms %6zu KB\n", HOSTILE[i].repeated, seconds * 1000, memory / 1024);
        if (seconds > 4) { /* sanitizers slow it down; without them all take less than a second */
            print_error("'%s' took %.1f s\n", HOSTILE[i].repeated, seconds);
            slow++;
        }
        reading_free(&reading);
        buf_free(&text);
    }
    assert_int_equal(slow, 0);
}

static size_t height(const struct doc_node *node)
{
    size_t depth = 0, most = 0;
    for (const struct doc_node *at = node; at;) {
        if (depth > most)
            most = depth;
        if (at->first) {
            at = at->first;
            depth++;
            continue;
        }
        while (at != node && !at->next) {
            at = at->parent;
            depth--;
        }
        at = at == node ? NULL : at->next;
    }
    return most;
}

static void test_depth(void **state)
{
    (void)state;
    static const struct {
        const char *open, *close;
        size_t times;
        bool good;
    } CASES[] = {{"> ", "", 50, true}, {"> ", "", 51, false}, {"- ", "", 25, true}, {"- ", "", 26, false},
        {"*a ", "*", 50, true}, {"*a ", "*", 51, false}, {"[", "]{lang=es}", 20, true},
        {"[", "]{lang=es}", 21, false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf text = {0};
        put_times(&text, CASES[i].open, CASES[i].times);
        buf_text(&text, "deep");
        put_times(&text, CASES[i].close, CASES[i].times);
        struct trial reading = reading_new();
        reading_text(&reading, buf_slice(&text));
        assert_int_equal(reading.good, CASES[i].good);
        assert_int_equal(reading.diags.list.n, CASES[i].good ? 0 : 1);
        if (!CASES[i].good)
            assert_string_equal(reading.diags.list.at[0].code, "nesting-too-deep");
        assert_in_range(height(reading.document.root), 20, 130);
        struct buf said = {0};
        doc_text(reading.document.root, &said);
        assert_non_null(strstr(said.p, "deep"));
        buf_free(&said);
        buf_free(&text);
        reading_free(&reading);
    }
}

/* Every document in tests/golden/document, against the dump beside it. HANDOUT_BLESS=1 takes the present one.
 */
static void test_golden_documents(void **state)
{
    (void)state;
    static const char FOLDER[] = "tests/golden/document";
    struct trial reading = reading_new();
    size_t wrong = 0, count = 0;
    for (char **name = folder_list(reading.arena, FOLDER, ".md"); *name; name++, count++) {
        char *path = path_join(reading.arena, FOLDER, *name);
        struct str expected = STR(""), stem = str_slice(str_from(path), 0, strlen(path) - 3);
        char *dump = arena_printf(reading.arena, "%.*s.dump", STR_FMT(stem));
        struct str text;
        assert_true(file_read(reading.arena, &reading.diags, (struct pos){0}, path, FILE_LIMIT, &text));
        struct trial one = reading_new();
        reading_text(&one, text);
        struct buf out = {0};
        document_dump(&one.document, &out);
        for (size_t i = 0; i < one.diags.list.n; i++) {
            const struct diag *diag = &one.diags.list.at[i];
            buf_printf(&out, "%zu:%zu: %s [%s]\n", diag->line, diag->column, diag->message, diag->code);
        }
        const char *bless = getenv("HANDOUT_BLESS");
        if (bless && *bless)
            assert_true(file_write(&reading.diags, dump, buf_slice(&out)));
        else if (!file_read(reading.arena, &reading.diags, (struct pos){0}, dump, FILE_LIMIT, &expected) ||
                 !str_eq(expected, buf_slice(&out))) {
            print_error("%s differs:\n%s", dump, out.p);
            wrong++;
        }
        buf_free(&out);
        reading_free(&one);
    }
    reading_free(&reading);
    assert_in_range(count, 3, 1000);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_check_lists),
        cmocka_unit_test(test_callouts),
        cmocka_unit_test(test_fenced_blocks),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_qr),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_without_variables),
        cmocka_unit_test(test_publish),
        cmocka_unit_test(test_citations),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_values_are_not_reported),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_places_of_diagnostics),
        cmocka_unit_test(test_anchors),
        cmocka_unit_test(test_hostile_texts),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_golden_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
