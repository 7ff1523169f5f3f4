/* What all handouts share: words, clinic profile, sources, definitions, variables. Runs from the top folder.
 */
#include "base/buf.h"
#include "base/file.h"
#include "content/library.h"
#include "content/name.h"
#include "content/variables.h"
#include "content/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CONTENT "tests/fixtures/library/content"

/* A content folder of a test's own, with the files that a library must have. */
struct fixture {
    struct arena *arena;
    struct diags diags;
    struct settings settings;
    char *folder;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    const char *temporary = getenv("TMPDIR");
    fixture->folder =
        arena_printf(fixture->arena, "%s/handout-test-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    *state = fixture;
    return 0;
}

static void remove_files(struct arena *arena, const char *folder)
{
    for (char **name = folder_list(arena, folder, ""); *name; name++) {
        char *path = path_join(arena, folder, *name);
        if (path_is_folder(path))
            remove_files(arena, path);
        else
            unlink(path);
    }
    rmdir(folder);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    remove_files(fixture->arena, fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void put_file(struct fixture *fixture, const char *name, const char *text)
{
    assert_true(
        file_write(&fixture->diags, path_join(fixture->arena, fixture->folder, name), str_from(text)));
}

static void set(struct fixture *fixture, const char *name, const char *value)
{
    struct str *kept = ARENA_NEW(fixture->arena, struct str);
    *kept = str_from(value);
    map_put(fixture->arena, &fixture->settings.values, str_from(name), kept);
}

static struct library *read_fixture(struct fixture *fixture)
{
    return library_read(fixture->arena, &fixture->diags, CONTENT, NULL, fixture->settings);
}

static struct library *read_own(struct fixture *fixture)
{
    return library_read(fixture->arena, &fixture->diags, fixture->folder, NULL, fixture->settings);
}

/* All diagnostics, a line each: "file:line:col: message [code]", the file without its folder. */
static const char *report(const struct fixture *fixture)
{
    struct buf out = {0};
    for (size_t i = 0; i < fixture->diags.list.n; i++) {
        const struct diag *diag = &fixture->diags.list.at[i];
        if (diag->file)
            buf_printf(&out, "%.*s:", STR_FMT(path_base(diag->file)));
        if (diag->line)
            buf_printf(&out, "%zu:%zu:", diag->line, diag->column);
        buf_printf(&out, "%s%s [%s]\n", diag->file ? " " : "", diag->message, diag->code);
    }
    const char *text = arena_copy(fixture->arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

/* cmocka would cut long texts. */
static void assert_report(const struct fixture *fixture, const char *expected)
{
    const char *actual = report(fixture);
    if (strcmp(actual, expected) == 0)
        return;
    fputs(actual, stderr);
    assert_string_equal(actual, expected);
}

static void assert_clean(const struct fixture *fixture)
{
    assert_report(fixture, "");
}

#define assert_str(s, text)                                                                                  \
    do {                                                                                                     \
        struct str actual = (s);                                                                             \
        assert_string_equal(str_dup(fixture->arena, actual), (text));                                        \
    } while (0)

static const char CLINIC[] = "name: C\nprices: {version: \"1\", updated: 2026-01-01}\n";
static const char GOOD[] = "\nversion: \"1\"\nupdated: 2026-01-01\nlanguages:\n  en:\n    title: T\n"
                           "    purpose: P\n    sections:\n      - {role: summary, file: a.md}\n";

static void put_definition(struct fixture *fixture, const char *id, const char *more)
{
    char *name = arena_printf(fixture->arena, "handouts/%s.yaml", id);
    char *head = arena_printf(fixture->arena, "id: %s\n%s", id, more);
    put_file(fixture, name, arena_printf(fixture->arena, "%s%s", head, strchr(GOOD, '\n') + 1));
}

static void test_words(void **state)
{
    struct fixture *fixture = *state;
    const struct words *en = words_read(fixture->arena, &fixture->diags, CONTENT, STR("en"));
    const struct words *es = words_read(fixture->arena, &fixture->diags, CONTENT, STR("es"));
    assert_clean(fixture);
    assert_non_null(en);
    assert_non_null(es);
    assert_str(en->callouts[CALLOUT_CAUTION], "Caution");
    assert_str(es->callouts[CALLOUT_TIP], "Consejo");
    assert_str(en->state_draft, "Draft");
    assert_str(en->months[11], "December");
    assert_str(words_date(fixture->arena, en, (struct date){2026, 2, 3}), "February 3, 2026");
    assert_str(words_date(fixture->arena, es, (struct date){2026, 2, 3}), "3 de febrero de 2026");
    assert_str(words_date(fixture->arena, en, (struct date){0}), "");
    assert_str(words_fill(fixture->arena, en->page, "pages", STR("12"), "page", STR("3"), (char *)NULL),
        "Page 3 of 12");
    assert_str(en->people, "A picture of {total} people, {filled} of them filled in: {caption}");
    assert_str(words_fill(fixture->arena, STR("{a} {b} {"), "a", STR("{b}"), (char *)NULL), "{b} {b} {");
    assert_str(words_fill(fixture->arena, STR(""), (char *)NULL), "");
}

static void test_words_wrong(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "en/words.yaml",
        "callouts: {caution: C, warning: W, important: I, note: N, tip: \"\", hint: H}\n"
        "sources: S\nstandard-sources: S\nstate: {draft: D, reviewed: R}\ndraft: D\nreviewed: By {by}\n"
        "fields: {patient: P, birth-date: B, visit: V, clinician: C}\n"
        "version: V {version} {day} {date}\nstandard-version: S {version}, {date}\nblank: b\nbox: b\n"
        "box-ticked: t\npeople: \"{filled}/{total}: {caption}\"\nqr: \"{address}, {caption}\"\npage: "
        "\"{page}/{pages}\"\nmonths: [a, b]\n");
    assert_null(words_read(fixture->arena, &fixture->diags, fixture->folder, STR("en")));
    assert_report(fixture,
        "words.yaml:1:64: 'tip' must be a text, and is empty [yaml-value]\n"
        "words.yaml:1:68: unknown key 'hint' ('callouts' can have: caution, warning, important, note, tip) "
        "[yaml-key-unknown]\n"
        "words.yaml:1:1: a file of words needs the key 'date' [yaml-key-missing]\n"
        "words.yaml:6:11: 'reviewed' must hold '{on}' [yaml-value]\n"
        "words.yaml:8:10: 'version' cannot hold '{day}' [yaml-value]\n"
        "words.yaml:16:9: 'months' must be a list of 12 names [yaml-value]\n");
}

static void test_words_kept(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct words_kept *kept = words_keep(arena);
    const struct words *en = words_of(kept, arena, &fixture->diags, CONTENT, STR("en"));
    assert_non_null(en);
    assert_ptr_equal(words_of(kept, arena, &fixture->diags, CONTENT, STR("en")), en);
    assert_ptr_not_equal(words_of(kept, arena, &fixture->diags, CONTENT, STR("es")), en);
    fixture->diags.trace = trace_new(arena); /* the first time, nobody asked for the hash */
    for (int times = 0; times < 2; times++)
        assert_non_null(words_of(kept, arena, &fixture->diags, CONTENT, STR("en")));
    assert_true(trace_find(fixture->diags.trace, CONTENT "/en/words.yaml")->read);
    assert_false(fixture->diags.trace->torn);
    assert_clean(fixture);
    for (int times = 0; times < 2; times++) /* what is wrong is told each time */
        assert_null(words_of(kept, arena, &fixture->diags, CONTENT, STR("fr")));
    assert_report(fixture, "words.yaml: there is no such file [file-missing]\nwords.yaml: there is no such "
                           "file [file-missing]\n");
}

static void test_words_of_no_language(void **state)
{
    struct fixture *fixture = *state;
    assert_null(words_read(fixture->arena, &fixture->diags, CONTENT, STR("../en")));
    assert_null(words_read(fixture->arena, &fixture->diags, CONTENT, STR("fr")));
    assert_report(fixture, "'../en' is no language tag (write 'en' or 'es') [lang-invalid]\n"
                           "words.yaml: there is no such file [file-missing]\n");
}

static void test_names(void **state)
{
    (void)state;
    static const char *const langs[] = {"en", "es-US", "zh-Hans", "hmn", "sr-Latn-RS"};
    static const char *const no_langs[] = {
        "", "e", "EN", "en-", "-en", "english", "en_US", "e1", "en-x", "..", "en/"};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        assert_true(name_is_lang(str_from(langs[i])));
    for (size_t i = 0; i < sizeof no_langs / sizeof *no_langs; i++)
        assert_false(name_is_lang(str_from(no_langs[i])));
    assert_true(name_is_id(STR("disc-disease2")));
    assert_false(name_is_id(STR("")));
    assert_false(name_is_id(STR("-a")));
    assert_false(name_is_id(STR("a-")));
    assert_false(name_is_id(STR("A")));
    assert_false(name_is_id(STR("a/b")));
    assert_false(name_is_id(STR("a.b")));
}

static void test_library(void **state)
{
    struct fixture *fixture = *state;
    const struct library *library = read_fixture(fixture);
    assert_clean(fixture);
    assert_non_null(library);
    assert_true(library->clinic.sample);
    assert_str(library->clinic.state, "CA");
    assert_str(library->clinic.logo, "figures/logo.svg");
    assert_str(library->clinic.standard_version, "1.10");
    assert_int_equal(library->clinic.standard_updated.day, 20);
    assert_int_equal(library->handouts.n, 3);
    assert_str(library->handouts.entries[0].key, "knee"); /* by id, not by file name */
    assert_str(library->handouts.entries[1].key, "knee-brace");
    const struct bib_entry *miles = map_get(&library->sources, STR("miles-2023"));
    assert_non_null(miles);
    assert_int_equal(miles->year, 2023);
    assert_str(miles->authors, "Mautner K, and others");
    assert_int_equal(miles->read.month, 11);
    assert_ptr_equal(
        map_get(&library->aliases, STR("oa")), map_get(&library->handouts, STR("osteoarthritis")));
}

static void test_definition(void **state)
{
    struct fixture *fixture = *state;
    const struct library *library = read_fixture(fixture);
    const struct handout *oa = library_find(library, &fixture->diags, STR("oa"));
    assert_clean(fixture);
    assert_str(oa->version, "1.0");
    assert_str(oa->snomed[0], "396275006");
    assert_int_equal(oa->icd10_count, 5);
    assert_int_equal(oa->pages, 4);
    assert_int_equal(oa->reviewed.due.year, 0);
    const struct edition *en = handout_edition(oa, STR("en"));
    assert_int_equal(en->section_count, 9);
    assert_int_equal(en->sections[2].role, ROLE_USUAL_CARE);
    assert_str(en->sections[2].file, "osteoarthritis/usual-care.md");
    size_t line, column;
    source_line_column(en->sections[2].pos.source, en->sections[2].pos.offset, &line, &column);
    assert_int_equal(line, 21);
    assert_int_equal(column, 34);
    assert_str(handout_edition(oa, STR("es"))->sections[0].translates, "sha256:…");
    assert_null(handout_edition(oa, STR("fr")));
}

static void test_a_translation_is_a_draft_of_its_own(void **state)
{
    struct fixture *fixture = *state;
    const struct handout *knee = library_find(read_fixture(fixture), &fixture->diags, STR("knee"));
    assert_int_equal(knee->state, STATE_REVIEWED);
    assert_str(knee->version, "1.10");
    assert_str(knee->reviewed.by, "A. Reviewer, MD");
    assert_int_equal(handout_edition(knee, STR("en"))->state, STATE_REVIEWED);
    assert_int_equal(handout_edition(knee, STR("es"))->state, STATE_DRAFT);
    assert_str(handout_edition(knee, STR("en"))->purpose, "What it is, and what helps.");
}

static void test_due(void **state)
{
    (void)state;
    struct handout handout = {.reviewed = {.due = {2027, 3, 2}}};
    assert_false(handout_is_due(&handout, (struct date){2027, 3, 2}, 0));
    assert_true(handout_is_due(&handout, (struct date){2027, 3, 3}, 0));
    assert_true(handout_is_due(&handout, (struct date){2027, 1, 1}, 60));
    assert_false(handout_is_due(&handout, (struct date){2026, 12, 31}, 60));
    handout.reviewed.due = (struct date){0};
    assert_false(handout_is_due(&handout, (struct date){2027, 3, 3}, 60));
}

static void test_find(void **state)
{
    struct fixture *fixture = *state;
    const struct library *library = read_fixture(fixture);
    assert_non_null(library_find(library, &fixture->diags, STR("orthosis")));
    assert_null(library_find(library, &fixture->diags, STR("Osteoartritis")));
    assert_null(library_find(library, &fixture->diags, STR("OA")));
    assert_null(library_find(library, &fixture->diags, STR("gout")));
    assert_report(fixture,
        "there is no topic 'Osteoartritis' (did you mean 'osteoarthritis'?) [topic-unknown]\n"
        "there is no topic 'OA' (did you mean 'oa'?) [topic-unknown]\n"
        "there is no topic 'gout' ('handout list' shows all) [topic-unknown]\n");
}

static void test_a_broken_definition_stays_findable(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml", CLINIC);
    put_definition(fixture, "good", "");
    put_definition(fixture, "bad", "aliases: [worse]\ncolour: red\n");
    put_file(fixture, "handouts/syntax.yaml", "id: 'syntax\n");
    const struct library *library = read_own(fixture);
    assert_non_null(library);
    assert_int_equal(library->handouts.n, 1);
    fixture->diags = diags_new(fixture->arena);
    assert_non_null(library_find(library, &fixture->diags, STR("good")));
    assert_null(library_find(library, &fixture->diags, STR("bad")));
    assert_null(library_find(library, &fixture->diags, STR("worse")));
    assert_null(library_find(library, &fixture->diags, STR("syntax")));
    assert_null(library_find(library, &fixture->diags, STR("other")));
    assert_report(fixture,
        "bad.yaml: the topic 'bad' was left out for its errors [topic-broken]\n"
        "bad.yaml: the topic 'worse' was left out for its errors [topic-broken]\n"
        "syntax.yaml: the topic 'syntax' was left out for its errors [topic-broken]\n"
        "there is no topic 'other', unless it is in a definition that was left out for its errors "
        "[topic-unknown]\n");
}

static void test_definition_errors(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "x.yaml",
        "id: y\n"
        "aliases: [A b, ok]\n"
        "codes: {icd-10-cm: [M1, M17.11], snomed-ct: [396275007, 396275006]}\n"
        "version: \"\"\n"
        "updated: 2026-02-30\n"
        "status: reviewed\n"
        "reviewed: {by: \"\", on: 2026-01-02, due: 2026-01-01}\n"
        "fit: {pages: 0}\n"
        "languages:\n"
        "  english: {title: T, purpose: P, sections: []}\n"
        "  en:\n"
        "    title: [T]\n"
        "    sections:\n"
        "      - {role: sumary, file: a.md}\n"
        "      - {role: visit, file: b.txt}\n"
        "      - {role: visit, file: c.md}\n"
        "      - {role: evidence, file: c.md, translates: abc}\n");
    assert_null(
        handout_read(fixture->arena, &fixture->diags, path_join(fixture->arena, fixture->folder, "x.yaml")));
    assert_report(fixture,
        "x.yaml:4:10: 'version' must be a text, and is empty [yaml-value]\n"
        "x.yaml:5:10: 'updated' must be a date such as 2026-11-20, not '2026-02-30' [yaml-value]\n"
        "x.yaml:8:14: 'pages' must be in the range 1 to 100 [yaml-value]\n"
        "x.yaml:3:21: 'M1' is no ICD-10-CM code (such as M17.11) [code-invalid]\n"
        "x.yaml:3:46: '396275007' is no SNOMED CT concept (such as 396275006; is a digit wrong?) "
        "[code-invalid]\n"
        "x.yaml:10:3: 'english' is no language tag (write 'en', 'es' or 'zh-Hans') [lang-invalid]\n"
        "x.yaml:10:45: an edition needs at least one section [section-none]\n"
        "x.yaml:12:12: 'title' must be a text, not a list [yaml-type]\n"
        "x.yaml:12:5: an edition needs the key 'purpose' [yaml-key-missing]\n"
        "x.yaml:14:16: 'role' must be summary, condition, usual-care, treatment, evidence, exclusions, "
        "visit, "
        "warnings or questions, not 'sumary' [yaml-value]\n"
        "x.yaml:15:29: a section must be a Markdown file (NAME.md) [yaml-value]\n"
        "x.yaml:17:50: 'translates' must be 'sha256:' and the checksum of the section that this one was made "
        "from [yaml-value]\n"
        "x.yaml:17:32: the file 'c.md' is a section of this edition already [section-duplicate]\n"
        "x.yaml:1:5: the id must be the file's name (write 'x', or call the file 'y.yaml') [id-mismatch]\n"
        "x.yaml:2:11: a topic cannot be called 'A b' (use lower-case letters, digits and hyphens) "
        "[id-invalid]\n"
        "x.yaml:6:9: what is reviewed needs the reviewer in 'reviewed: by' (else the status is 'draft') "
        "[review-incomplete]\n"
        "x.yaml:7:41: the next review cannot be due before the last one [yaml-value]\n");
}

static void test_aliases_are_unique(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml", CLINIC);
    put_definition(fixture, "a", "aliases: [x, z]\n");
    put_definition(fixture, "b", "aliases: [x]\n");
    put_definition(fixture, "c", "aliases: [c]\n");
    put_definition(fixture, "d", "aliases: [y, y]\n");
    put_definition(fixture, "z", "");
    const struct library *library = read_own(fixture);
    assert_int_equal(
        library->handouts.n, 1); /* z: an id goes before an alias; b: x is a's, though a is left out */
    assert_string_equal(str_dup(fixture->arena, library->handouts.entries[0].key), "z");
    const char *text = report(fixture);
    assert_non_null(strstr(text, "a.yaml:2:14: 'z' is the name of a topic already (in "));
    assert_non_null(strstr(text, "b.yaml:2:11: 'x' is the name of a topic already (in "));
    assert_non_null(strstr(text, "c.yaml:2:11: 'c' is the name of a topic already (in "));
    assert_non_null(strstr(text, "d.yaml:2:14: 'y' is the name of a topic already (in "));
    assert_int_equal(fixture->diags.errors, 4);
}

static void test_a_yml_file_is_not_lost_silently(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml", CLINIC);
    put_file(fixture, "handouts/a.yml", "id: a\n");
    assert_non_null(read_own(fixture));
    assert_report(
        fixture, "a.yml: this file is not read (the names of definitions end in .yaml) [file-ignored]\n");
    assert_int_equal(fixture->diags.warnings, 1);
}

static void test_sources_wrong(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml", CLINIC);
    put_file(fixture, "sources.yaml",
        "Big_One: {title: T, authors: A, year: 2020}\n"
        "good: {title: T, authors: A, year: 2020, url: https://x.org/a?b#c}\n"
        "nobody: {title: T, year: 2020}\n"
        "when: {title: T, publisher: P, year: 20}\n"
        "ftp: {title: T, publisher: P, year: 2020, url: ftp://x}\n"
        "space: {title: T, publisher: P, year: 2020, url: \"https://x.org/a b\"}\n"
        "host: {title: T, publisher: P, year: 2020, url: https://}\n");
    const struct library *library = read_own(fixture);
    assert_non_null(library);
    assert_int_equal(library->sources.n, 1);
    assert_non_null(map_get(&library->sources, STR("good")));
    assert_report(fixture,
        "sources.yaml:1:1: a source cannot be called 'Big_One' (use lower-case letters, digits and hyphens) "
        "[id-invalid]\n"
        "sources.yaml:3:1: a source needs 'authors' or a 'publisher' [yaml-key-missing]\n"
        "sources.yaml:4:38: 'year' must be in the range 1000 to 9999 [yaml-value]\n"
        "sources.yaml:5:48: this is no web address (it must begin with 'https://' or 'http://', and hold no "
        "spaces) [source-url]\n"
        "sources.yaml:6:50: this is no web address (it must begin with 'https://' or 'http://', and hold no "
        "spaces) [source-url]\n"
        "sources.yaml:7:49: this is no web address (it must begin with 'https://' or 'http://', and hold no "
        "spaces) [source-url]\n");
}

static void test_clinic_wrong(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml",
        "nam: C\n"
        "state: Ca\n"
        "sample: maybe\n"
        "phone: {night: 1}\n"
        "conflict: {english: x, es: [y]}\n"
        "tagline: [x]\n"
        "prices:\n"
        "  updated: 2026-01-01\n"
        "  items: [{id: a, label: A}, {id: a, label: B}, {id: b.c, label: C}, {label: D}]\n"
        "extra: {\"a b\": 1, c: [{id: x}, {id: x}]}\n");
    assert_null(read_own(fixture));
    assert_report(fixture,
        "clinic.yaml:1:1: unknown key 'nam' (did you mean 'name'?) [yaml-key-unknown]\n"
        "clinic.yaml:3:9: 'sample' must be true or false, not 'maybe' [yaml-value]\n"
        "clinic.yaml:4:9: unknown key 'night' ('phone' can have: day, after-hours) [yaml-key-unknown]\n"
        "clinic.yaml:8:3: 'prices' needs the key 'version' [yaml-key-missing]\n"
        "clinic.yaml:1:1: a clinic profile needs the key 'name' [yaml-key-missing]\n"
        "clinic.yaml:6:10: 'tagline' must be a text, or a text for each language [yaml-type]\n"
        "clinic.yaml:5:12: 'english' is no language (under 'conflict' stands a text, or a text for each "
        "language) "
        "[lang-invalid]\n"
        "clinic.yaml:5:28: 'conflict' must be a text in each language [yaml-type]\n"
        "clinic.yaml:9:35: the id 'a' is here twice [id-duplicate]\n"
        "clinic.yaml:9:54: 'b.c' is no id (use letters, digits and hyphens) [id-invalid]\n"
        "clinic.yaml:9:70: a price needs the key 'id' [yaml-key-missing]\n"
        "clinic.yaml:10:9: 'a b' cannot be part of a variable's name (use letters, digits, '-' and '_') "
        "[variable-name]\n"
        "clinic.yaml:10:37: the id 'x' is here twice [id-duplicate]\n"
        "clinic.yaml:2:8: this is no state (write its two capital letters, such as CA) [clinic-state]\n");
}

static void test_clinic_missing(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_own(fixture));
    assert_report(fixture, "clinic.yaml: there is no such file [file-missing]\n");
}

/* The value of a variable, or "(none)". */
static const char *value_of(struct fixture *fixture, const struct map *variables, const char *name)
{
    const struct str *value = variables_get(variables, str_from(name));
    return value ? str_dup(fixture->arena, *value) : "(none)";
}

static const struct map *variables_of(struct fixture *fixture, const struct library *library, const char *id,
    const char *lang, const char *words_lang)
{
    const struct words *words = words_read(fixture->arena, &fixture->diags, CONTENT, str_from(words_lang));
    const struct handout *handout = id ? library_find(library, &fixture->diags, str_from(id)) : NULL;
    const struct edition *edition = handout ? handout_edition(handout, str_from(words_lang)) : NULL;
    return variables_for(fixture->arena, library, handout, edition, words, str_from(lang));
}

static void test_variables(void **state)
{
    struct fixture *fixture = *state;
    const struct library *library = read_fixture(fixture);
    const struct map *en = variables_of(fixture, library, "knee", "en", "en");
    const struct map *es = variables_of(fixture, library, "knee", "es-US", "es");
    assert_clean(fixture);
    assert_string_equal(value_of(fixture, en, "clinic.name"), "Example Joint Clinic");
    assert_string_equal(value_of(fixture, en, "clinic.address"), "12 Example Street Springfield");
    assert_string_equal(value_of(fixture, en, "clinic.phone.day"), "");
    assert_string_equal(
        value_of(fixture, en, "clinic.prices.refund"), ""); /* known, though not in the file */
    assert_string_equal(value_of(fixture, en, "clinic.prices.updated"), "November 20, 2026");
    assert_string_equal(value_of(fixture, es, "clinic.prices.updated"), "20 de noviembre de 2026");
    assert_string_equal(value_of(fixture, en, "clinic.prices.items.visit.amount"), "$150");
    assert_string_equal(value_of(fixture, en, "clinic.prices.items.visit.label"), "First visit");
    assert_string_equal(value_of(fixture, es, "clinic.prices.items.visit.label"), "Primera visita");
    assert_string_equal(value_of(fixture, en, "clinic.prices.items.visit.label.es"), "Primera visita");
    assert_string_equal(value_of(fixture, es, "clinic.conflict"),
        "Esta clínica vende el tratamiento que describe esta hoja.");
    assert_string_equal(value_of(fixture, en, "clinic.extra.languages.2"), "Spanish");
    assert_string_equal(value_of(fixture, en, "clinic.extra.staff.nurse.name"), "Ana");
    assert_string_equal(value_of(fixture, en, "clinic.extra.desk_hours"), "(none)");
    assert_string_equal(value_of(fixture, en, "handout.id"), "knee");
    assert_string_equal(value_of(fixture, en, "handout.title"), "Your knee");
    assert_string_equal(value_of(fixture, en, "handout.version"), "1.10");
    assert_string_equal(value_of(fixture, en, "handout.updated"), "March 1, 2026");
    assert_string_equal(value_of(fixture, en, "handout.state"), "Reviewed");
    assert_string_equal(value_of(fixture, es, "handout.state"), "Borrador");
    assert_string_equal(value_of(fixture, en, "patient.name"), "");
    assert_string_equal(value_of(fixture, en, "patient.born"), "(none)");
    assert_str(variables_nearest(en, STR("clinic.nmae")), "clinic.name");
}

static void test_variables_of_a_bare_file(void **state)
{
    struct fixture *fixture = *state;
    const struct map *variables = variables_of(fixture, read_fixture(fixture), NULL, "en", "en");
    assert_string_equal(value_of(fixture, variables, "handout.state"), "Draft");
    assert_string_equal(value_of(fixture, variables, "handout.title"), "");
    assert_string_equal(value_of(fixture, variables, "clinic.web"), "https://clinic.example");
    variables = variables_of(fixture, NULL, NULL, "en", "en");
    assert_string_equal(value_of(fixture, variables, "clinic.name"), "");
    assert_string_equal(value_of(fixture, variables, "clinic.extra.languages.2"), "(none)");
    assert_string_equal(value_of(fixture, variables, "visit.date"), "");
}

static void test_settings_win(void **state)
{
    struct fixture *fixture = *state;
    set(fixture, "clinic.name", "Other\nClinic");
    set(fixture, "clinic.phone.day", "555");
    set(fixture, "clinic.conflict.en", "English");
    set(fixture, "clinic.prices.items.visit.label", "Any");
    set(fixture, "clinic.prices.updated", "2027-01-02");
    set(fixture, "clinic.state", "UT");
    set(fixture, "clinic.logo", "other.png");
    set(fixture, "clinic.sample", "false");
    set(fixture, "handout.version", "9");
    set(fixture, "patient.name", "P");
    set(fixture, "patient.birth-date", "1957-03-31");
    set(fixture, "visit.date", " next Monday ");
    const struct library *library = read_fixture(fixture);
    assert_non_null(library);
    const struct map *en = variables_of(fixture, library, "knee", "en", "en");
    assert_clean(fixture);
    assert_string_equal(value_of(fixture, en, "clinic.name"), "Other Clinic");
    assert_string_equal(value_of(fixture, en, "clinic.phone.day"), "555");
    assert_string_equal(value_of(fixture, en, "clinic.conflict"), "English");
    assert_string_equal(value_of(fixture, en, "clinic.prices.items.visit.label"), "Any");
    assert_string_equal(value_of(fixture, en, "clinic.prices.updated"), "January 2, 2027");
    assert_string_equal(value_of(fixture, en, "handout.version"), "9");
    assert_string_equal(value_of(fixture, en, "patient.name"), "P");
    assert_string_equal(value_of(fixture, en, "patient.birth-date"), "March 31, 1957");
    assert_string_equal(value_of(fixture, en, "visit.date"), "next Monday");
    assert_str(library->clinic.state, "UT");
    assert_str(library->clinic.logo, "other.png");
    assert_null(library->clinic.logo_pos.source);
    assert_true(library->clinic.sample); /* no setting can publish a sample */
}

static void test_settings_wrong(void **state)
{
    struct fixture *fixture = *state;
    set(fixture, "clinic.nmae", "SECRET");
    set(fixture, "patient.nmae", "SECRET");
    set(fixture, "visit.", "SECRET");
    set(fixture, "patient.birth-date", "1957-02-30");
    set(fixture, "patientname", "SECRET");
    set(fixture, "nothing-like-it", "SECRET");
    assert_null(read_fixture(fixture));
    assert_report(fixture, "the setting 'patient.birth-date' is a date that no calendar has (write "
                           "2026-11-20, or the date in words) [setting-invalid]\n"
                           "a setting names the unknown variable 'clinic.nmae' (did you mean "
                           "'clinic.name'?) [variable-unknown]\n"
                           "a setting names the unknown variable 'patient.nmae' (did you mean "
                           "'patient.name'?) [variable-unknown]\n"
                           "a setting names the unknown variable 'visit.' (the desk's are patient.name, "
                           "patient.birth-date, visit.date, and clinician.name) [variable-unknown]\n"
                           "a setting names the unknown variable 'patientname' (did you mean "
                           "'patient.name'?) [variable-unknown]\n"
                           "a setting names the unknown variable 'nothing-like-it' (a clinic's "
                           "own ones stand under 'extra' in its "
                           "profile) [variable-unknown]\n");
}

static void test_settings_with_wrong_values(void **state)
{
    struct fixture *fixture = *state;
    set(fixture, "clinic.state", "SECRET");
    set(fixture, "clinic.prices.updated", "SECRET");
    assert_null(read_fixture(fixture));
    assert_int_equal(fixture->diags.errors, 2);
    assert_null(strstr(report(fixture), "SECRET"));
}

/* A thousand definitions: an accidental square shows as minutes. */
static void test_many_definitions(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "clinic.yaml", CLINIC);
    assert_true(
        file_write(&fixture->diags, path_join(fixture->arena, fixture->folder, "handouts/x"), STR("")));
    for (int i = 0; i < 1000; i++) {
        char *id = arena_printf(fixture->arena, "topic-%d", i);
        char *path = arena_printf(fixture->arena, "%s/handouts/%s.yaml", fixture->folder, id);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "id: %s\naliases: [alias-%d]\n%s", id, i, strchr(GOOD, '\n') + 1);
        fclose(file);
    }
    const struct library *library = read_own(fixture);
    assert_clean(fixture);
    assert_int_equal(library->handouts.n, 1000);
    assert_non_null(library_find(library, &fixture->diags, STR("alias-999")));
    assert_null(library_find(library, &fixture->diags, STR("nothing")));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_words),
        TEST(test_words_wrong),
        TEST(test_words_kept),
        TEST(test_words_of_no_language),
        TEST(test_names),
        TEST(test_library),
        TEST(test_definition),
        TEST(test_a_translation_is_a_draft_of_its_own),
        TEST(test_due),
        TEST(test_find),
        TEST(test_a_broken_definition_stays_findable),
        TEST(test_definition_errors),
        TEST(test_aliases_are_unique),
        TEST(test_a_yml_file_is_not_lost_silently),
        TEST(test_sources_wrong),
        TEST(test_clinic_wrong),
        TEST(test_clinic_missing),
        TEST(test_variables),
        TEST(test_variables_of_a_bare_file),
        TEST(test_settings_win),
        TEST(test_settings_wrong),
        TEST(test_settings_with_wrong_values),
        TEST(test_many_definitions),
    };
    return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
