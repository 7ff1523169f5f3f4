/* What `check` makes of findings: severities, remarks that silence a rule, figures, and the way to the
 * report. */
#include "reading.h"

#include "content/check.h"
#include "content/figures.h"
#include "run/report.h"
#include "run/wire.h"

#include <math.h>

/* A text, a profile of the test's own, and what is found. */
struct fixture {
    struct trial trial;
    struct lexicon *lexicon;
    struct profile *profile;
    struct diags found;
};

static struct phrases phrases_of(struct fixture *fixture, const char *text)
{
    struct arena *arena = fixture->trial.arena;
    VEC(struct phrase) list = {0};
    struct str rest = str_from(text);
    while (rest.n) {
        struct phrase phrase;
        assert_true(phrase_read(
            arena, &fixture->trial.diags, str_trim(str_cut(&rest, ';')), (struct pos){0}, &phrase));
        vec_push(arena, &list, phrase);
    }
    return (struct phrases){list.at, list.n};
}

/* Only rules on remarks and hard words are on: "utilize" and "commence" are hard. */
static struct fixture start(void)
{
    struct fixture fixture = {.trial = reading_new()};
    struct arena *arena = fixture.trial.arena;
    fixture.profile = ARENA_NEW(arena, struct profile);
    fixture.lexicon = ARENA_NEW(arena, struct lexicon);
    *fixture.lexicon = (struct lexicon){.english = true, .long_word = 3};
    fixture.lexicon->hard = phrases_of(&fixture, "utilize; commence");
    static const enum check_rule ON[] = {CHECK_ALLOW_UNKNOWN, CHECK_ALLOW_REASON, CHECK_WORD_HARD};
    for (size_t i = 0; i < sizeof ON / sizeof *ON; i++)
        fixture.profile->settings[ON[i]].severity = CHECK_ERROR;
    fixture.profile->settings[CHECK_ALLOW_UNUSED].severity = CHECK_WARNING;
    fixture.profile->settings[CHECK_CHECK_ALLOWED].severity = CHECK_NOTE;
    fixture.trial.document.words = &fixture.trial.words;
    return fixture;
}

static void finish(struct fixture *fixture)
{
    reading_free(&fixture->trial);
}

static struct check *check_of(struct fixture *fixture, const char *style)
{
    fixture->found = diags_new(fixture->trial.arena);
    struct check *check = check_new(
        fixture->trial.arena, &fixture->found, fixture->profile, str_from(style), &fixture->trial.document);
    check->lexicon = fixture->lexicon;
    return check;
}

static void read_text(struct fixture *fixture, const char *text)
{
    struct doc_remarks *remarks = &fixture->trial.document.remarks;
    *remarks = (struct doc_remarks){0};
    fixture->trial.context.remarks = remarks;
    reading_text(&fixture->trial, str_from(text));
    if (!fixture->trial.good)
        fail_msg("%s", reading_diags(&fixture->trial));
}

/* "LINE:COLUMN code" of each finding, joined by "; ", with a "!" before errors and a "." before notes. */
static const char *findings(struct fixture *fixture)
{
    struct buf out = {0};
    buf_text(&out, "");
    for (size_t i = 0; i < fixture->found.list.n; i++) {
        const struct diag *diag = &fixture->found.list.at[i];
        buf_printf(&out, "%s%s%zu:%zu %s", i ? "; " : "",
            diag->severity == SEVERITY_ERROR  ? "!"
            : diag->severity == SEVERITY_NOTE ? "."
                                              : "",
            diag->line, diag->column, diag->code);
    }
    const char *text = arena_copy(fixture->trial.arena, out.p, out.n);
    buf_free(&out);
    return text;
}

static const char *judge(struct fixture *fixture, const char *text)
{
    read_text(fixture, text);
    struct check *check = check_of(fixture, "test");
    check_content(check);
    check_end(check);
    return findings(fixture);
}

struct example {
    const char *markdown, *found;
};

static void expect_all(const struct example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct fixture fixture = start();
        const char *found = judge(&fixture, examples[i].markdown);
        if (strcmp(found, examples[i].found) != 0) {
            print_error("%s\n  expected %s\n       got %s\n", examples[i].markdown, examples[i].found, found);
            wrong++;
        }
        finish(&fixture);
    }
    assert_int_equal(wrong, 0);
}

#define EXPECT_ALL(examples) expect_all((examples), sizeof(examples) / sizeof *(examples))

/* -- remarks */

#define ALLOW "<!-- check: allow word-hard it is a quote -->"

static const struct example SCOPES[] = {
    {"We utilize it. So we commence.\n", "!1:4 word-hard; !1:22 word-hard"},
    {ALLOW "\n\nWe utilize it.\n\nWe utilize it.\n", ".3:4 check-allowed; !5:4 word-hard"},
    {"We utilize " ALLOW " it. So we commence.\n\nWe utilize it.\n",
        ".1:4 check-allowed; .1:68 check-allowed; !3:4 word-hard"},
    {"We utilize it. " ALLOW "\n", ".1:4 check-allowed"},
    {ALLOW " We utilize it.\n", ".1:50 check-allowed"},
    /* before a heading: the section under it, with those below */
    {"# T\n\n" ALLOW "\n\n## Utilize\n\nWe utilize.\n\n### Deeper\n\nWe utilize.\n\n## Next\n\nWe utilize.\n",
        ".5:4 check-allowed; .7:4 check-allowed; .11:4 check-allowed; !15:4 word-hard"},
    {"## Utilize it " ALLOW "\n\nWe utilize.\n\n## Next\n\nWe utilize.\n",
        ".1:4 check-allowed; .3:4 check-allowed; !7:4 word-hard"},
    {"# T\n\n" ALLOW "\n\n## Last\n\nWe utilize.\n", ".7:4 check-allowed"},
    /* a list, a table, a quote, or a part of them */
    {ALLOW "\n\n- Utilize\n- commence\n\nUtilize\n",
        ".3:3 check-allowed; .4:3 check-allowed; !6:1 word-hard"},
    {"- Utilize " ALLOW "\n- commence\n", ".1:3 check-allowed; !2:3 word-hard"},
    {ALLOW "\n\n| a |\n|---|\n| utilize |\n| commence |\n", ".5:3 check-allowed; .6:3 check-allowed"},
    {"| a | b |\n|---|---|\n| utilize | utilize " ALLOW " |\n", "!3:3 word-hard; .3:13 check-allowed"},
    {"> " ALLOW "\n>\n> utilize\n>\n> utilize\n", ".3:3 check-allowed; !5:3 word-hard"},
    {ALLOW "\n\n> utilize\n>\n> utilize\n", ".3:3 check-allowed; .5:3 check-allowed"},
    {ALLOW "\n\n> [!TIP] Utilize\n> - utilize\n\nutilize\n",
        ".3:10 check-allowed; .4:5 check-allowed; !6:1 word-hard"},
    /* behind everything: for nothing */
    {"We utilize it.\n\n" ALLOW "\n", "!1:4 word-hard; 3:1 allow-unused"},
    {ALLOW "\n", "1:1 allow-unused"},
    /* twice: the first one serves */
    {ALLOW "\n" ALLOW "\n\nWe utilize it.\n", ".4:4 check-allowed; 2:1 allow-unused"},
    {"# T\n\n" ALLOW "\n\n## A\n\n" ALLOW "\n\nWe utilize it.\n\nWe utilize it.\n",
        ".9:4 check-allowed; .11:4 check-allowed; 7:1 allow-unused"},
    /* where no remark is read */
    {"`" ALLOW "` utilize\n", "!1:49 word-hard"},
    {"```\n" ALLOW "\n```\n\nutilize\n", "!5:1 word-hard"},
};

static void test_scopes(void **state)
{
    (void)state;
    EXPECT_ALL(SCOPES);
}

static const struct example MISTAKES[] = {
    {"<!-- check: allow word-hrad why -->\n\nWe utilize it.\n", "!1:1 allow-unknown; !3:4 word-hard"},
    {"<!-- check: allow word-hard -->\n\nWe utilize it.\n", "!1:1 allow-reason; !3:4 word-hard"},
    {"<!-- check: allow word-hard \n -->\n\nWe utilize it.\n", "!1:1 allow-reason; !4:4 word-hard"},
    {"<!-- check: alow word-hard why -->\n\nx\n", "!1:1 allow-unknown"},
    {"<!-- check: -->\n\nx\n", "!1:1 allow-unknown"},
    {"<!-- check: allow -->\n\nx\n", "!1:1 allow-unknown"},
    {"<!-- check: allow word-banned why -->\n\nWe utilize it.\n", "!3:4 word-hard"}, /* that rule is off */
    {"<!-- check: allow word-hard why -->\n\nWe use it.\n", "1:1 allow-unused"},
    {"<!-- a comment -->\n\n<!--check: allow word-hard why-->\n\nWe utilize it.\n", ".5:4 check-allowed"},
    {"<!-- check:   allow   word-hard\n  why so -->\n\nWe utilize it.\n", ".4:4 check-allowed"},
    {"<!-- Check: allow word-hard why -->\n\nWe utilize it.\n", "!3:4 word-hard"},
};

static void test_mistakes_in_remarks(void **state)
{
    (void)state;
    EXPECT_ALL(MISTAKES);
}

static void test_messages_of_remarks(void **state)
{
    (void)state;
    struct fixture fixture = start();
    judge(&fixture, "<!-- check: allow word-hrad why -->\n\n<!-- check: allow x why -->\n\n<!-- check: deny "
                    "x -->\n\n" ALLOW "\n\nWe utilize it.\n");
    const struct diag *at = fixture.found.list.at;
    assert_int_equal(fixture.found.list.n, 4);
    assert_non_null(strstr(at[0].message, "there is no rule 'word-hrad'; did you mean 'word-hard'?"));
    assert_null(strstr(at[1].message, "did you mean"));
    assert_non_null(strstr(at[2].message, "a remark can only 'allow', not 'deny'"));
    assert_string_equal(at[3].message, "word-hard is allowed here: it is a quote");
    finish(&fixture);
}

/* Two files of one document: a remark of one says nothing of the other, though it stands at the same place.
 */
static void test_remarks_hold_in_their_own_file(void **state)
{
    (void)state;
    struct fixture fixture = start();
    struct arena *arena = fixture.trial.arena;
    read_text(&fixture, ALLOW "\n\nWe utilize it.\n");
    const struct source *shared = source_new(arena, "shared.md",
        STR("Well.\n\nSo be it.\n\nx\n\nWe utilize it. "
            "We utilize it. We utilize it.\n"));
    assert_true(markdown_read(
        arena, &fixture.trial.diags, shared, &fixture.trial.context, fixture.trial.document.root));
    fixture.trial.document.node_count = doc_number(fixture.trial.document.root);
    struct check *check = check_of(&fixture, "test");
    check_content(check);
    check_end(check);
    assert_string_equal(
        findings(&fixture), ".3:4 check-allowed; !7:4 word-hard; !7:19 word-hard; !7:34 word-hard");
    finish(&fixture);
}

/* Many remarks and many findings: each finds its own. */
static void test_many_remarks(void **state)
{
    (void)state;
    struct fixture fixture = start();
    struct buf text = {0};
    for (int i = 0; i < 300; i++)
        buf_text(&text, i % 3 ? "We utilize it.\n\n" : ALLOW "\n\nWe utilize it.\n\n");
    buf_put(&text, "", 1);
    judge(&fixture, text.p);
    buf_free(&text);
    assert_int_equal(fixture.found.list.n, 300);
    assert_int_equal(fixture.found.errors, 200);
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(fixture.found.list.at[i].severity, i % 3 ? SEVERITY_ERROR : SEVERITY_NOTE);
    finish(&fixture);
}

/* -- severities */

static void test_what_is_off_is_not_found(void **state)
{
    (void)state;
    struct fixture fixture = start();
    fixture.profile->settings[CHECK_WORD_HARD].severity = CHECK_OFF;
    assert_string_equal(judge(&fixture, "We utilize it.\n"), "");
    fixture.profile->settings[CHECK_WORD_HARD].severity = CHECK_NOTE;
    assert_string_equal(judge(&fixture, "We utilize it.\n"), ".1:4 word-hard");
    read_text(&fixture, "We utilize it.\n");
    struct check *check = check_of(&fixture, "test");
    struct pos pos = fixture.trial.document.root->pos;
    check_find_as(check, CHECK_WORD_HARD, CHECK_ERROR, pos, "so");
    check_find_as(check, CHECK_WORD_HARD, CHECK_OFF, pos, "so");
    fixture.profile->settings[CHECK_WORD_HARD].severity = CHECK_OFF;
    check_find_as(check, CHECK_WORD_HARD, CHECK_ERROR, pos, "so");
    assert_string_equal(findings(&fixture), "!1:1 word-hard");
    finish(&fixture);
}

struct judgement {
    enum check_rule rule;
    struct check_setting setting;
    double value;
    enum check_severity severity;
    double bound;
};

static const struct judgement JUDGEMENTS[] = {
    /* at most */
    {CHECK_SMOG, {CHECK_ERROR, 9, 8, true}, 9.01, CHECK_ERROR, 9},
    {CHECK_SMOG, {CHECK_ERROR, 9, 8, true}, 9, CHECK_WARNING, 8},
    {CHECK_SMOG, {CHECK_ERROR, 9, 8, true}, 8, CHECK_OFF, 0},
    {CHECK_SMOG, {CHECK_WARNING, 9, 0, false}, 9.5, CHECK_WARNING, 9},
    {CHECK_SMOG, {CHECK_WARNING, 9, 0, false}, 8.5, CHECK_OFF, 0},
    {CHECK_SMOG, {CHECK_OFF, 9, 8, true}, 99, CHECK_OFF, 0},
    /* at least */
    {CHECK_READING_EASE, {CHECK_ERROR, 60, 70, true}, 59.9, CHECK_ERROR, 60},
    {CHECK_READING_EASE, {CHECK_ERROR, 60, 70, true}, 60, CHECK_WARNING, 70},
    {CHECK_READING_EASE, {CHECK_ERROR, 60, 70, true}, 70, CHECK_OFF, 0},
    {CHECK_READING_EASE, {CHECK_ERROR, 60, 0, false}, 61, CHECK_OFF, 0},
    {CHECK_READING_EASE, {CHECK_NOTE, 60, 0, false}, 1, CHECK_NOTE, 60},
};

static void test_judgements(void **state)
{
    (void)state;
    struct fixture fixture = start();
    read_text(&fixture, "x\n");
    for (size_t i = 0; i < sizeof JUDGEMENTS / sizeof *JUDGEMENTS; i++) {
        const struct judgement *judgement = &JUDGEMENTS[i];
        fixture.profile->settings[judgement->rule] = judgement->setting;
        double bound;
        struct check *check = check_of(&fixture, "test");
        assert_int_equal(check_judge(check, judgement->rule, judgement->value, &bound), judgement->severity);
        if (judgement->severity != CHECK_OFF)
            assert_true(bound == judgement->bound);
    }
    finish(&fixture);
}

/* Beside a build: errors become warnings, remarks hold, and nothing is said about them. */
static void test_looks_are_judged_mildly(void **state)
{
    (void)state;
    struct fixture fixture = start();
    fixture.profile->settings[CHECK_TYPE_SMALL] = (struct check_setting){CHECK_ERROR, 12, 14, true};
    fixture.profile->settings[CHECK_JUSTIFIED].severity = CHECK_WARNING;
    fixture.profile->settings[CHECK_ITALIC_RUN].severity = CHECK_NOTE;
    read_text(&fixture,
        "<!-- check: allow type-small why -->\n\nOne.\n\nTwo. <!-- check: allow smoll why -->\n\n"
        "<!-- check: allow type-small -->\n\n<!-- check: allow justified why -->\n\nThree.\n");
    fixture.found = diags_new(fixture.trial.arena);
    struct check *check = check_new_of_looks(
        fixture.trial.arena, &fixture.found, fixture.profile, STR("test"), &fixture.trial.document);
    for (const struct doc_node *node = fixture.trial.document.root->first; node; node = node->next)
        check_find(check, CHECK_TYPE_SMALL, node->pos, "it is small");
    const struct pos pos = fixture.trial.document.root->first->next->pos;
    double bound;
    assert_int_equal(check_judge(check, CHECK_TYPE_SMALL, 11, &bound), CHECK_WARNING);
    assert_int_equal(check_judge(check, CHECK_TYPE_SMALL, 13, &bound), CHECK_WARNING);
    check_find(check, CHECK_JUSTIFIED, pos, "it is centered");
    check_find(check, CHECK_ITALIC_RUN, pos, "it is in italics");
    check_find(check, CHECK_TYPE_TINY, pos, "that rule is off");
    check_end(check);
    assert_string_equal(
        findings(&fixture), "5:1 type-small; 11:1 type-small; 5:1 justified; .5:1 italic-run");
    assert_int_equal(fixture.profile->settings[CHECK_TYPE_SMALL].severity, CHECK_ERROR);
    finish(&fixture);
}

static void test_a_style_has_settings_of_its_own(void **state)
{
    (void)state;
    struct fixture fixture = start();
    struct check_setting *settings = ARENA_ARRAY(fixture.trial.arena, struct check_setting, CHECK_RULE_COUNT);
    settings[CHECK_TYPE_SMALL] = (struct check_setting){.severity = CHECK_WARNING, .limit = 18};
    map_put(fixture.trial.arena, &fixture.profile->styles, STR("large"), settings);
    fixture.profile->settings[CHECK_TYPE_SMALL] =
        (struct check_setting){.severity = CHECK_ERROR, .limit = 12};
    read_text(&fixture, "We utilize it.\n");
    struct check *check = check_of(&fixture, "large");
    assert_true(check_limit(check, CHECK_TYPE_SMALL) == 18);
    assert_false(check_is_on(check, CHECK_WORD_HARD));
    check_content(check);
    assert_string_equal(findings(&fixture), "");
    check = check_of(&fixture, "larger");
    assert_true(check_limit(check, CHECK_TYPE_SMALL) == 12);
    check_content(check);
    assert_string_equal(findings(&fixture), "!1:4 word-hard");
    finish(&fixture);
}

/* -- figures */

/* Puts everything that was read into a section. */
static void wrap(struct fixture *fixture)
{
    struct doc_node *root = fixture->trial.document.root;
    struct doc_node *section = doc_new(fixture->trial.arena, DOC_SECTION, NULL, root->pos);
    while (root->first) {
        struct doc_node *child = root->first;
        doc_unlink(child);
        doc_append(section, child);
    }
    doc_append(root, section);
    fixture->trial.document.node_count = doc_number(root);
}

static struct figures_table count(struct fixture *fixture, const char *text)
{
    fixture->lexicon->unavoidable = phrases_of(fixture, "arthritis; injection|injections");
    fixture->lexicon->passive = phrases_of(fixture, "was|were *en|*ed");
    fixture->lexicon->address = phrases_of(fixture, "you|your|yours");
    read_text(fixture, text);
    wrap(fixture);
    const struct prose *prose =
        prose_new(fixture->trial.arena, &fixture->trial.document, &fixture->lexicon->prose);
    return figures_of(fixture->trial.arena, prose, fixture->lexicon);
}

static void assert_near(double value, double expected)
{
    if (fabs(value - expected) > 0.001)
        fail_msg("%f is not %f", value, expected);
}

static void test_figures(void **state)
{
    (void)state;
    struct fixture fixture = start();
    struct figures_table table = count(&fixture,
        "## Your pain in general\n\nArthritis hurts your knee. You can walk.\n\n- The shot was given.\n\n"
        "> [!TIP] Tell everybody\n> Everybody needs 25 injections!\n");
    assert_int_equal(table.n, 1);
    const struct figures *figures = &table.sections[0];
    assert_true(str_is(figures->title, "Your pain in general"));
    assert_int_equal(figures->all.sentences, 4);
    assert_int_equal(figures->all.words, 4 + 3 + 4 + 4);
    assert_int_equal(figures->all.syllables, 3 + 1 + 1 + 1 + 3 + 3 + 2 + 4 + 1 + 1 + 3);
    assert_int_equal(figures->plain.words, 15 - 2);
    assert_int_equal(figures->plain.syllables, 23 - 6);
    assert_int_equal(figures->plain.sentences, 4);
    assert_int_equal(figures->all.long_words, 3);
    assert_int_equal(figures->long_words, 1);
    assert_int_equal(figures->passive, 1);
    assert_int_equal(figures->address, 2);
    assert_near(figures_long_share(figures), 100.0 / 13);
    assert_near(figures_passive_share(figures), 25);
    assert_near(figures_words_per_address(figures), 7.5);
    assert_near(reading_grade(&figures->all), 0.39 * 15 / 4 + 11.8 * 23 / 15 - 15.59);
    assert_near(reading_grade(&figures->plain), 0.39 * 13 / 4 + 11.8 * 17 / 13 - 15.59);
    assert_memory_equal(&table.whole.all, &figures->all, sizeof figures->all);
    finish(&fixture);
}

static void test_the_table_of_figures(void **state)
{
    (void)state;
    struct fixture fixture = start();
    struct figures_table table =
        count(&fixture, "## A heading that is really long\n\nArthritis hurts your knee. You can walk.\n");
    struct buf out = {0};
    figures_print(&table, fixture.lexicon, &out);
    buf_put(&out, "", 1);
    assert_string_equal(out.p, "  section                          words   sent.    FKGL  -terms    SMOG    "
                               "ease  w/sent    long passive     "
                               "you\n"
                               "  A heading that is really long        7       2     0.9    -2.6     3.1    "
                               "94.5     3.5    0.0%    0.0%   "
                               "28.6%\n"
                               "  the whole                            7       2     0.9    -2.6     3.1    "
                               "94.5     3.5    0.0%    0.0%   "
                               "28.6%\n");
    buf_free(&out);
    table = count(&fixture, "## Nothing\n\n***\n");
    assert_int_equal(table.n, 0);
    out = (struct buf){0};
    figures_print(&table, fixture.lexicon, &out);
    assert_int_equal(out.n, 0);
    assert_near(figures_long_share(&table.whole), 0);
    assert_near(figures_passive_share(&table.whole), 0);
    assert_near(figures_words_per_address(&table.whole), 1);
    finish(&fixture);
}

/* -- the way to the report */

static void test_reasons_are_reported(void **state)
{
    (void)state;
    struct buf out = {0};
    struct diag diag = {SEVERITY_ERROR, "c", "m", "f", 2, 1, 1, "x", "why\x1b it matters", "who says so"};
    report_format(&diag, &out);
    diag.basis = NULL;
    report_format(&diag, &out);
    diag = (struct diag){.severity = SEVERITY_NOTE, .code = "c", .message = "m", .reason = "so"};
    report_format(&diag, &out);
    buf_put(&out, "", 1);
    assert_string_equal(out.p,
        "f:2:1: error: m [c]\n  2 | x\n    | ^\n    = why\\x1b it matters (who says so)\n"
        "f:2:1: error: m [c]\n  2 | x\n    | ^\n    = why\\x1b it matters\n"
        "handout: note: m [c]\n    = so\n");
    buf_free(&out);
}

static void test_findings_carry_reason_and_basis(void **state)
{
    (void)state;
    struct fixture fixture = start();
    judge(&fixture, ALLOW "\n\nWe utilize it.\n\nWe utilize it.\n");
    assert_int_equal(fixture.found.list.n, 2);
    const struct diag *allowed = &fixture.found.list.at[0], *found = &fixture.found.list.at[1];
    assert_string_equal(found->message, "'utilize' has a plainer word (use the plain word)");
    assert_string_equal(found->reason, CHECK_RULE_TEXTS[CHECK_WORD_HARD].reason);
    assert_string_equal(found->basis, CHECK_RULE_TEXTS[CHECK_WORD_HARD].basis);
    assert_int_equal(found->width, 7);
    assert_non_null(allowed->reason);
    assert_null(allowed->basis);
    finish(&fixture);
}

static void test_reasons_survive_the_wire(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct outcome sent = {.diags = diags_new(arena), .built = false}, got;
    diag_add(
        &sent.diags, &(struct diag){SEVERITY_NOTE, "c", "m", "f", 1, 2, 3, "x", "a reason", "its basis"});
    diag_add(&sent.diags, &(struct diag){SEVERITY_WARNING, "c", "m", "f", 1, 2, 3, "x", "", NULL});
    struct buf bytes = {0};
    buf_text(&sent.text, "figures\n");
    wire_put(&bytes, &sent);
    assert_true(wire_get(arena, buf_slice(&bytes), &got));
    assert_int_equal(got.diags.list.n, 2);
    assert_int_equal(got.diags.list.at[0].severity, SEVERITY_NOTE);
    assert_string_equal(got.diags.list.at[0].reason, "a reason");
    assert_string_equal(got.diags.list.at[0].basis, "its basis");
    assert_string_equal(got.diags.list.at[1].reason, "");
    assert_null(got.diags.list.at[1].basis);
    assert_false(got.built);
    buf_free(&got.text);
    buf_free(&sent.text);
    buf_free(&bytes);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scopes),
        cmocka_unit_test(test_mistakes_in_remarks),
        cmocka_unit_test(test_messages_of_remarks),
        cmocka_unit_test(test_remarks_hold_in_their_own_file),
        cmocka_unit_test(test_many_remarks),
        cmocka_unit_test(test_what_is_off_is_not_found),
        cmocka_unit_test(test_judgements),
        cmocka_unit_test(test_looks_are_judged_mildly),
        cmocka_unit_test(test_a_style_has_settings_of_its_own),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_the_table_of_figures),
        cmocka_unit_test(test_reasons_are_reported),
        cmocka_unit_test(test_findings_carry_reason_and_basis),
        cmocka_unit_test(test_reasons_survive_the_wire),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
