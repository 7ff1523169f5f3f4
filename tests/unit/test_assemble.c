/* Sections into documents: tests/fixtures/assemble. */
#include "reading.h"

#include "base/file.h"
#include "content/assemble.h"
#include "content/outline.h"
#include "content/parsed.h"

static const char CONTENT[] = "tests/fixtures/assemble/content";

struct assembling {
    struct trial reading; /* for its arena and diagnostics */
    struct library *library;
    struct assemble_options options;
    struct document *document;
};

static struct assembling start(const char *clinic)
{
    struct assembling assembling = {.reading = reading_new(), .options = {.today = {2026, 11, 20}}};
    struct arena *arena = assembling.reading.arena;
    char *path = clinic ? path_join(arena, CONTENT, clinic) : NULL;
    assembling.library = library_read(arena, &assembling.reading.diags, CONTENT, path, (struct settings){0});
    assert_non_null(assembling.library);
    assert_int_equal(assembling.reading.diags.list.n, 0);
    return assembling;
}

static void assemble(struct assembling *assembling, const char *id, const char *lang)
{
    struct diags *diags = &assembling->reading.diags;
    const struct handout *handout = library_find(assembling->library, diags, str_from(id));
    assert_non_null(handout);
    const struct edition *edition = handout_edition(handout, str_from(lang));
    assert_non_null(edition);
    assembling->document = assemble_handout(
        assembling->reading.arena, diags, assembling->library, handout, edition, &assembling->options);
}

static void assemble_bare(struct assembling *assembling, const char *name)
{
    char *path = arena_printf(assembling->reading.arena, "tests/fixtures/assemble/bare/%s", name);
    assembling->document = assemble_file(assembling->reading.arena, &assembling->reading.diags, CONTENT,
        assembling->library, path, STR("en"), &assembling->options);
}

static void finish(struct assembling *assembling)
{
    reading_free(&assembling->reading);
}

/* The dump without positions, and from a line on that holds `from`. */
static const char *dump(struct assembling *assembling, const char *from)
{
    struct buf out = {0}, plain = {0};
    assert_non_null(assembling->document);
    document_dump(assembling->document, &out);
    struct str rest = buf_slice(&out);
    bool on = false;
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');
        on = on || str_find(line, from, 0) != SIZE_MAX;
        size_t at = str_find(line, " @", 0);
        if (at != SIZE_MAX && str_find(line, "\" @", 0) != SIZE_MAX)
            at = str_find(line, "\" @", 0) + 1;
        if (on) {
            buf_str(&plain, str_slice(line, 0, at));
            buf_char(&plain, '\n');
        }
    }
    const char *text = arena_copy(assembling->reading.arena, plain.n ? plain.p : "", plain.n);
    buf_free(&out);
    buf_free(&plain);
    return text;
}

static const struct doc_node *find(
    const struct document *document, enum doc_kind kind, enum doc_role role, size_t skip)
{
    for (const struct doc_node *node = document->root; node; node = doc_next(node, document->root))
        if (node->kind == kind && (role == ROLE_NONE || node->role == role) && skip-- == 0)
            return node;
    return NULL;
}

/* The dump with all positions. */
static const char *whole(struct assembling *assembling)
{
    struct buf out = {0};
    assert_non_null(assembling->document);
    document_dump(assembling->document, &out);
    const char *text = str_dup(assembling->reading.arena, buf_slice(&out));
    buf_free(&out);
    return text;
}

static void test_what_is_kept_changes_nothing(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    struct diags *diags = &assembling.reading.diags;
    struct arena *arena = assembling.reading.arena;
    assemble(&assembling, "knee", "en");
    const char *expected = whole(&assembling);
    size_t said = diags->list.n;
    assembling.options.words = words_keep(arena);
    assembling.options.parsed = parsed_keep();
    const struct words *words = NULL;
    const struct source *standard = NULL;
    for (size_t times = 1; times <= 3; times++) {
        diags->trace = trace_new(arena);
        assemble(&assembling, "knee", "en");
        assert_string_equal(whole(&assembling), expected);
        assert_int_equal(diags->list.n, said * (times + 1)); /* all is told each time */
        const struct input *input = trace_find(diags->trace, path_join(arena, CONTENT, "en/words.yaml"));
        struct str bytes;
        assert_true(file_read(arena, diags, (struct pos){0}, input->path, FILE_LIMIT, &bytes));
        assert_true(input->read && hash128_eq(input->hash, hash128_of(bytes)));
        const struct doc_node *section = find(assembling.document, DOC_SECTION, ROLE_STANDARD, 0);
        assert_true(!words || words == assembling.document->words);
        assert_true(!standard || standard == section->pos.source);
        assert_ptr_equal(section->first->pos.source, section->pos.source);
        words = assembling.document->words;
        standard = section->pos.source;
    }
    parsed_kept_free(assembling.options.parsed);
    finish(&assembling);
}

static const struct source *text_of(struct arena *arena, const char *text)
{
    return source_new(arena, "a.md", str_from(text));
}

static void test_what_was_parsed(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    struct arena *arena = reading.arena;
    struct parsed_kept *kept = parsed_keep();
    static const char WRONG[] = "| a |\n|---|\n| b | c |\n";
    for (size_t times = 1; times <= 2; times++) { /* what has a warning is not kept */
        struct parsed *parsed = parsed_of(kept, arena, &reading.diags, text_of(arena, WRONG));
        assert_false(parsed->kept);
        parsed_done(parsed, arena);
        assert_int_equal(reading.diags.list.n, times);
    }
    struct parsed *first = parsed_of(kept, arena, &reading.diags, text_of(arena, "a\n"));
    parsed_done(first, arena);
    assert_ptr_equal(parsed_of(kept, arena, &reading.diags, text_of(arena, "a\n")), first);
    struct parsed *other = parsed_of(kept, arena, &reading.diags, text_of(arena, "b\n")); /* it has changed */
    assert_ptr_not_equal(other, first);
    assert_true(str_is(other->script.text, "b\n"));
    parsed_done(other, arena);
    parsed_kept_free(kept);
    reading_free(&reading);
}

static void test_a_handout(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    assemble(&assembling, "knee", "en");
    assert_string_equal(
        reading_diags(&assembling.reading), "warning 6:1+12 heading-skipped; warning 8:1+16 heading-skipped");
    const struct document *document = assembling.document;
    assert_non_null(document);
    assert_true(str_is(document->title, "Your knee"));
    assert_true(str_is(document->subject, "What helps."));
    assert_true(str_is(document->author, "Example Joint Clinic"));
    assert_true(str_is(document->keywords, "knee, M17, 239873007"));
    assert_true(str_is(document->id, "knee"));
    assert_true(str_is(document->version, "1.2"));
    assert_true(str_is(document->date, "2026-03-01"));
    assert_true(str_eq(document->state, document->words->state_reviewed));
    assert_int_equal(document->pages_wanted, 4);
    assert_string_equal(dump(&assembling, "masthead"),
        "  masthead\n"
        "    paragraph role=clinic\n"
        "      text \"Example Joint Clinic — Joints and tendons\"\n"
        "    heading level=1 anchor=\"your-knee\"\n"
        "      text \"Your knee\"\n"
        "    paragraph role=purpose\n"
        "      text \"What helps.\"\n"
        "    paragraph role=state\n"
        "      text \"Version 1.2, March 1, 2026 · Reviewed by A. Reviewer, MD on March 2, 2026\"\n"
        "  section role=summary\n"
        "    heading level=2 anchor=\"in-short\"\n"
        "      text \"In short\"\n"
        "    paragraph\n"
        "      text \"Exercise helps \"\n"
        "      citation id=\"two-2021\" number=1\n"
        "      text \", see \"\n"
        "      link url=\"#what-is-known\" target=\"what-is-known\"\n"
        "        text \"the evidence\"\n"
        "      text \" and \"\n"
        "      link url=\"#costs\" target=\"costs\"\n"
        "        text \"costs\"\n"
        "      text \".\"\n"
        "    heading level=3 anchor=\"costs\"\n"
        "      text \"Costs\"\n"
        "    paragraph\n"
        "      text \"Call \"\n"
        "      blank label=\"clinic phone day\"\n"
        "      text \".\"\n"
        "  section role=evidence\n"
        "    heading level=2 anchor=\"what-is-known\"\n"
        "      text \"What is known\"\n"
        "    paragraph\n"
        "      text \"It helps \"\n"
        "      citation id=\"one-2020\" number=2\n"
        "      citation id=\"two-2021\" number=1\n"
        "      text \".\"\n"
        "    heading level=3 anchor=\"skipped\"\n"
        "      text \"Skipped\"\n"
        "    heading level=3 anchor=\"skipped-too\"\n"
        "      text \"Skipped too\"\n"
        "    heading level=4 anchor=\"deeper\"\n"
        "      text \"Deeper\"\n"
        "    heading level=5 anchor=\"deepest-here\"\n"
        "      text \"Deepest, \"\n"
        "      link url=\"#costs\" target=\"costs-1\"\n" /* this file's own heading of that name */
        "        text \"here\"\n"
        "    heading level=3 anchor=\"costs-1\"\n"
        "      text \"Costs\"\n"
        "  section role=sources\n"
        "    heading level=2 anchor=\"sources\"\n"
        "      text \"Sources\"\n"
        "    list role=source-list ordered tight start=1\n"
        "      item mark=number number=1.\n"
        "        label\n"
        "        body\n"
        "          paragraph\n"
        "            text \"Are there two? Journal of Seconds, 2021.\"\n"
        "      item mark=number number=2.\n"
        "        label\n"
        "        body\n"
        "          paragraph\n"
        "            text \"One A. The first. Journal of Firsts, 2020. \"\n"
        "            link url=\"https://doi.org/10.1000/1\"\n"
        "              text \"doi.org/10.1000/1\"\n"
        "    paragraph role=imprint\n"
        "      text \"We sell what this sheet describes.\"\n"
        "  section role=standard\n"
        "    heading level=2 anchor=\"risks-and-costs\"\n"
        "      text \"Risks and costs\"\n"
        "    heading level=3 anchor=\"what-it-costs\"\n"
        "      text \"What it costs\"\n"
        "    paragraph\n"
        "      text \"Ask \"\n"
        "      citation id=\"three-2022\" number=1\n"
        "      citation id=\"one-2020\" number=2\n"
        "      text \".\"\n"
        "    heading role=standard-sources level=3 anchor=\"sources-for-this-page\"\n"
        "      text \"Sources for this page\"\n"
        "    list role=source-list ordered tight start=1\n"
        "      item mark=number number=1.\n"
        "        label\n"
        "        body\n"
        "          paragraph\n"
        "            text \"Three C, and others. The third. 2022.\"\n"
        "      item mark=number number=2.\n"
        "        label\n"
        "        body\n"
        "          paragraph\n"
        "            text \"One A. The first. Journal of Firsts, 2020. \"\n"
        "            link url=\"https://doi.org/10.1000/1\"\n"
        "              text \"doi.org/10.1000/1\"\n"
        "    paragraph role=imprint\n"
        "      text \"Standard page 1.0, November 20, 2026\"\n");
    for (const struct doc_node *node = document->root; node; node = doc_next(node, document->root))
        assert_true(node->id < document->node_count);
    const struct doc_node *citation = find(document, DOC_CITATION, ROLE_NONE, 0);
    assert_ptr_equal(citation->citation.target, find(document, DOC_LIST, ROLE_SOURCE_LIST, 0)->first);
    const struct doc_node *standard = document->root->last;
    while (standard->kind != DOC_CITATION)
        standard = doc_next(standard, document->root);
    assert_ptr_equal(standard->citation.target, find(document, DOC_LIST, ROLE_SOURCE_LIST, 1)->first);
    finish(&assembling);
}

static void test_another_clinic(void **state)
{
    (void)state;
    struct assembling assembling = start("clinic-real.yaml");
    assemble(&assembling, "knee", "en");
    const struct document *document = assembling.document;
    const struct doc_node *logo = find(document, DOC_MASTHEAD, ROLE_NONE, 0)->first;
    assert_int_equal(logo->kind, DOC_FIGURE);
    assert_string_equal(logo->first->image.path, "tests/fixtures/assemble/content/figures/logo.png");
    assert_true(str_is(logo->first->image.alt, "River Clinic"));
    struct buf text = {0};
    doc_text(find(document, DOC_PARAGRAPH, ROLE_CLINIC, 0), &text);
    assert_string_equal(text.p, "River Clinic");
    buf_clear(&text);
    doc_text(document->root->last, &text);
    assert_int_equal(document->root->last->role, ROLE_NOTICE);
    assert_string_equal(text.p, "Notice of the state As the law says.");
    buf_free(&text);
    assert_int_equal(
        find(document, DOC_PARAGRAPH, ROLE_IMPRINT, 0)->parent->role, ROLE_STANDARD); /* no conflict */
    finish(&assembling);
}

static void test_mistakes(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    assemble(&assembling, "mistakes", "en");
    assert_null(assembling.document);
    assert_string_equal(reading_diags(&assembling.reading),
        "error 3:1+14 variable-unknown; error 1:1+1 section-heading; error 3:17+9 citation-unknown; "
        "error 3:29+7 citation-unknown; error 5:3+7 section-heading; error 12:32+15 file-missing; "
        "error 13:29+16 path-outside; error 1:1+0 section-heading; warning 1:1+20 heading-skipped; error "
        "3:38+10 anchor-unknown");
    const struct diag *list = assembling.reading.diags.list.at;
    assert_string_equal(list[2].message, "unknown source 'one-2002' (did you mean 'one-2020'?)");
    assert_string_equal(list[3].message, "unknown source 'nobody' (sources are listed in sources.yaml)");
    finish(&assembling);
}

static void test_a_language_without_the_standard_page(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    assemble(&assembling, "knee", "es");
    assert_null(assembling.document);
    assert_string_equal(reading_diags(&assembling.reading), "error 0:0+0 standard-missing");
    assert_string_equal(assembling.reading.diags.list.at[0].file,
        "tests/fixtures/assemble/content/es/shared/risks-and-cost.md");
    finish(&assembling);
}

static void test_publishing(void **state)
{
    (void)state;
    static const struct {
        const char *clinic, *id;
        struct date today;
        bool publish;
        const char *codes;
    } CASES[] = {
        {NULL, "knee", {2026, 11, 20}, false, ""},
        {NULL, "knee", {2027, 1, 1}, false, "warning review-due; "},
        {NULL, "knee", {2027, 3, 2}, false, "warning review-due; "},
        {NULL, "knee", {2027, 3, 3}, false, "warning review-overdue; "},
        {NULL, "knee", {2027, 3, 3}, true,
            "error review-overdue; error publish-sample; error blank-unfilled; "},
        {"clinic-real.yaml", "knee", {2026, 11, 20}, true, ""},
        {"clinic-real.yaml", "mistakes", {2026, 11, 20}, true, "error publish-draft; "},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct assembling assembling = start(CASES[i].clinic);
        assembling.options = (struct assemble_options){.publish = CASES[i].publish, .today = CASES[i].today};
        assemble(&assembling, CASES[i].id, "en");
        struct buf codes = {0};
        buf_text(&codes, "");
        for (size_t j = 0; j < assembling.reading.diags.list.n; j++) {
            const struct diag *diag = &assembling.reading.diags.list.at[j];
            bool matters = strncmp(diag->code, "review", 6) == 0 || strncmp(diag->code, "publish", 7) == 0 ||
                           strncmp(diag->code, "blank", 5) == 0;
            if (matters)
                buf_printf(
                    &codes, "%s %s; ", diag->severity == SEVERITY_WARNING ? "warning" : "error", diag->code);
        }
        assert_string_equal(codes.p, CASES[i].codes);
        buf_free(&codes);
        finish(&assembling);
    }
}

static void test_a_bare_file(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    assemble_bare(&assembling, "knee-pain.md");
    assert_string_equal(reading_diags(&assembling.reading), "warning 13:1+11 heading-skipped");
    assert_string_equal(dump(&assembling, "fields"),
        "fields title=\"knee-pain\" lang=\"en\" author=\"Example Joint Clinic\" state=\"Draft\"\n"
        "document\n"
        "  masthead\n"
        "    heading level=1 anchor=\"knee-pain\"\n"
        "      text \"knee-pain\"\n"
        "    paragraph role=state\n"
        "      text \"Draft: not yet reviewed by a clinician\"\n"
        "  paragraph\n"
        "    text \"Before the title.\"\n"
        "  heading level=1 anchor=\"knee-pain-1\"\n"
        "    text \"Knee pain\"\n"
        "  heading level=2 anchor=\"causes\"\n"
        "    text \"Causes\"\n"
        "  paragraph\n"
        "    text \"Many \"\n"
        "    citation id=\"one-2020\" number=1\n"
        "    text \". \"\n"
        "    text \"Example Joint Clinic\"\n"
        "  figure\n"
        "    image file=\"knee.png\" alt=\"The knee\"\n"
        "  heading level=1 anchor=\"another-title\"\n"
        "    text \"Another title\"\n"
        "  heading level=2 anchor=\"skipped\"\n"
        "    text \"Skipped\"\n"
        "  section role=sources\n"
        "    heading level=2 anchor=\"sources\"\n"
        "      text \"Sources\"\n"
        "    list role=source-list ordered tight start=1\n"
        "      item mark=number number=1.\n"
        "        label\n"
        "        body\n"
        "          paragraph\n"
        "            text \"One A. The first. Journal of Firsts, 2020. \"\n"
        "            link url=\"https://doi.org/10.1000/1\"\n"
        "              text \"doi.org/10.1000/1\"\n");
    finish(&assembling);
}

static void test_a_bare_file_without_anything(void **state)
{
    (void)state;
    struct assembling assembling = start(NULL);
    assembling.library = NULL;
    assembling.options.publish = true;
    assemble_bare(&assembling, "untitled.md");
    assert_null(assembling.document);
    assert_string_equal(reading_diags(&assembling.reading),
        "error 0:0+0 publish-draft; error 3:1+33 path-outside; error 3:36+9 citation-unknown");
    finish(&assembling);
}

/* Levels 1 to 6 as written beneath a section's title print as 2 to 7, and there is no 7. */
static void test_levels(void **state)
{
    (void)state;
    static const struct {
        int written[8], printed[8];
        const char *codes;
    } CASES[] = {
        {{1, 2, 3, 4, 5, 6, 7}, {1, 2, 3, 4, 5, 6, 6}, "heading-clamped "},
        {{1, 3, 3, 2, 4, 5, 2}, {1, 2, 2, 2, 3, 4, 2}, "heading-skipped heading-skipped heading-skipped "},
        {{2, 3, 1, 2}, {2, 3, 1, 2}, ""},
        {{1, 7, 7, 2}, {1, 2, 2, 2}, "heading-skipped heading-skipped "},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct trial reading = reading_new();
        struct doc_node *root = doc_new(reading.arena, DOC_DOCUMENT, NULL, (struct pos){0});
        for (size_t j = 0; CASES[i].written[j]; j++)
            doc_new(reading.arena, DOC_HEADING, root, (struct pos){0})->heading.level = CASES[i].written[j];
        outline_levels(&reading.diags, root);
        size_t j = 0;
        for (const struct doc_node *node = root->first; node; node = node->next)
            assert_int_equal(node->heading.level, CASES[i].printed[j++]);
        struct buf codes = {0};
        buf_text(&codes, "");
        for (j = 0; j < reading.diags.list.n; j++)
            buf_printf(&codes, "%s ", reading.diags.list.at[j].code);
        assert_string_equal(codes.p, CASES[i].codes);
        buf_free(&codes);
        reading_free(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_handout),
        cmocka_unit_test(test_what_is_kept_changes_nothing),
        cmocka_unit_test(test_what_was_parsed),
        cmocka_unit_test(test_another_clinic),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_a_language_without_the_standard_page),
        cmocka_unit_test(test_publishing),
        cmocka_unit_test(test_a_bare_file),
        cmocka_unit_test(test_a_bare_file_without_anything),
        cmocka_unit_test(test_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
