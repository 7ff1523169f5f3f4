/* The style rules of `check`: what a style sheet makes of a text, and how long the lines come out. */
#include "base/file.h"
#include "content/markdown.h"
#include "design/legible.h"
#include "layout/fit.h"
#include "layout/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A text, a style sheet over the shipped base, and limits of the test's own. */
struct fixture {
    struct arena *arena;
    struct diags diags; /* of all stages before the check */
    struct words words;
    struct map variables;
    struct document document;
    struct fontset *fontset;
    struct shaper *shaper;
    struct gallery *gallery;
    struct profile profile;
    struct diags found;
    const char *path; /* of the style sheet */
    struct check *check;
};

static void set_rule(struct fixture *fixture, enum check_rule rule, double limit)
{
    fixture->profile.settings[rule] = (struct check_setting){.severity = CHECK_ERROR, .limit = limit};
}

/* The findings: "code place message" a line, where the place is sheet:LINE, base:LINE, or text:LINE. */
static const char *findings(struct fixture *fixture)
{
    struct buf out = {0};
    buf_text(&out, "");
    for (size_t i = 0; i < fixture->found.list.n; i++) {
        const struct diag *diag = &fixture->found.list.at[i];
        const char *file = diag->file ? diag->file : "nowhere";
        const char *name = strcmp(file, fixture->path) == 0 ? "sheet"
                           : strstr(file, "base.yaml")      ? "base"
                           : strstr(file, "text.md")        ? "text"
                                                            : file;
        buf_printf(&out, "%s %s:%zu %s\n", diag->code, name, diag->line, diag->message);
    }
    const char *text = arena_copy(fixture->arena, out.p, out.n);
    buf_free(&out);
    return text;
}

/* Ends the test if a stage before the check failed. */
static void require(const struct fixture *fixture, bool good)
{
    if (!good)
        fail_msg(
            "%s", fixture->diags.list.n ? fixture->diags.list.at[0].message : "it failed without a word");
}

static const struct stylesheet *read_sheet(struct fixture *fixture, const char *style)
{
    const char *sheet = arena_printf(fixture->arena, "extends: base\n%s", style);
    assert_true(file_write(&fixture->diags, fixture->path, str_from(sheet)));
    const struct stylesheet *read = stylesheet_read(
        fixture->arena, &fixture->diags, fixture->fontset, "styles", str_from(fixture->path), PAPER_LETTER);
    require(fixture, read != NULL);
    return read;
}

static void set_variable(struct fixture *fixture, const char *name, const char *value)
{
    struct str *kept = ARENA_NEW(fixture->arena, struct str);
    *kept = str_from(value);
    map_put(fixture->arena, &fixture->variables, str_from(name), kept);
}

static void read_text(struct fixture *fixture, const char *text)
{
    struct document *document = &fixture->document;
    const struct markdown_context context = {
        .words = &fixture->words, .variables = &fixture->variables, .remarks = &document->remarks};
    const struct source *source = source_new(fixture->arena, "text.md", str_from(text));
    *document =
        (struct document){.lang = STR("en"), .variables = &fixture->variables, .words = &fixture->words};
    document->root = doc_new(fixture->arena, DOC_DOCUMENT, NULL, (struct pos){source, 0, source->text.n});
    require(fixture, markdown_read(fixture->arena, &fixture->diags, source, &context, document->root));
    document->node_count = doc_number(document->root);
}

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->fontset = fontset_read(fixture->arena, &fixture->diags, "fonts");
    assert_non_null(fixture->fontset);
    fixture->shaper = shaper_new(fixture->fontset);
    fixture->gallery = gallery_new();
    fixture->found = diags_new(fixture->arena);
    fixture->words.page = STR("{page}/{pages}");
    fixture->words.callouts[CALLOUT_CAUTION] = STR("Caution");
    fixture->words.callouts[CALLOUT_WARNING] = STR("Warning");
    fixture->words.callouts[CALLOUT_TIP] = STR("Tip");
    set_variable(fixture, "clinic.name", "Sample Clinic");
    set_variable(fixture, "clinic.phone", "");
    set_variable(fixture, "handout.id", "knee");
    set_variable(fixture, "handout.version", "1");
    set_variable(fixture, "handout.state", "draft");
    const char *folder = getenv("TMPDIR");
    fixture->path =
        arena_printf(fixture->arena, "%s/handout-legible-%ld.yaml", folder ? folder : "/tmp", (long)getpid());
    set_rule(fixture, CHECK_TYPE_SMALL, 12);
    set_rule(fixture, CHECK_TYPE_TINY, 10);
    set_rule(fixture, CHECK_CONTRAST_LOW, 4.5);
    set_rule(fixture, CHECK_CONTRAST_GRAY, 4.5);
    set_rule(fixture, CHECK_LEADING_LOW, 1.2);
    set_rule(fixture, CHECK_LINE_LONG, 75);
    set_rule(fixture, CHECK_JUSTIFIED, 0);
    set_rule(fixture, CHECK_ITALIC_RUN, 3);
    set_rule(fixture, CHECK_HEADING_SMALL, 2);
    set_rule(fixture, CHECK_CHECK_ALLOWED, 0);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->path);
    gallery_free(fixture->gallery);
    shaper_free(fixture->shaper);
    fontset_free(fixture->fontset);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void start_check(struct fixture *fixture)
{
    fixture->found = diags_new(fixture->arena);
    fixture->check =
        check_new(fixture->arena, &fixture->found, &fixture->profile, STR("test"), &fixture->document);
}

/* What is found in the document that was read, with base.yaml and these lines on top (the first is line 2).
 */
static const char *judge(struct fixture *fixture, const char *style)
{
    const struct stylesheet *sheet = read_sheet(fixture, style);
    const struct box_tree *boxes = cascade(fixture->arena, &fixture->diags, sheet, fixture->fontset,
        shelf_new(fixture->arena, &fixture->document, fixture->gallery), &fixture->document, 0);
    require(fixture, boxes != NULL);
    start_check(fixture);
    legible_check(fixture->check, sheet, boxes);
    return findings(fixture);
}

static const char *look(struct fixture *fixture, const char *style, const char *text)
{
    read_text(fixture, text);
    return judge(fixture, style);
}

static void expect(const char *found, const char *wanted)
{
    if (strncmp(found, wanted, strlen(wanted)) != 0 || strchr(found, '\n') != found + strlen(found) - 1)
        fail_msg("wanted one finding: %s…\nfound:\n%s", wanted, found);
}

static void expect_none(const char *found)
{
    if (*found)
        fail_msg("found:\n%s", found);
}

/* Puts everything that was read into a section, or into the masthead. */
static struct doc_node *wrap(struct fixture *fixture, enum doc_kind kind, enum doc_role role)
{
    struct doc_node *root = fixture->document.root;
    struct doc_node *around = doc_new(fixture->arena, kind, NULL, root->pos);
    around->role = role;
    while (root->first) {
        struct doc_node *child = root->first;
        doc_unlink(child);
        doc_append(around, child);
    }
    doc_append(root, around);
    fixture->document.node_count = doc_number(root);
    return around;
}

static const char ALL_KINDS[] =
    "# A title\n\n## A part\n\nSome text with **bold**, a [link](https://a.org), and "
    "`code`. {{clinic.phone}}\n\n"
    "### Deeper\n\n- one\n- two\n\n1. first\n2. second\n\n- [ ] ask\n\n> quoted\n\n"
    "> [!CAUTION]\n> Call 911.\n\n> [!WARNING]\n> Call us.\n\n> [!TIP]\n> Rest.\n\n"
    "| A | B |\n|--|-:|\n| a | 1 |\n| b | 2 |\n\n```\ncode\n```\n\n#### Fourth\n\n"
    "##### Fifth\n\n###### Sixth\n\nEnd.\n";

static void test_the_base_style_is_clean(void **state)
{
    struct fixture *fixture = *state;
    expect_none(look(fixture, "", ALL_KINDS));
    set_rule(fixture, CHECK_CONTRAST_LOW, 5.5); /* what it keeps to, by more than it must */
    expect_none(look(fixture, "", ALL_KINDS));
}

/* ---- Size ---- */

static void test_small_text_is_found_where_its_size_is_said(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "paragraph: {size: 11pt}\n", "One.\n\nTwo.\n"),
        "type-small sheet:2 the text of 'paragraph' is 11 pt, and should be at least 12 pt");
    expect(look(fixture, "paragraph: {size: 11.99pt}\n", "One.\n"),
        "type-small sheet:2 the text of 'paragraph' is 11.99 pt,");
    expect_none(look(fixture, "paragraph: {size: 12pt}\n", "One.\n"));
    expect(look(fixture, "text: {size: 11pt}\nheading-2: {size: 14pt}\n", "## Part\n\nOne.\n\n1. two\n"),
        "type-small sheet:2 the text of 'paragraph' and 'item' is 11 pt");
}

static void test_each_element_has_a_size_of_its_own(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "\ntable-cell: {size: 10pt}\n", "| A |\n|---|\n| a |\n| b |\n"),
        "type-small sheet:3 the text of 'table-cell' is 10 pt");
    static const char ROWS[] = "| A | B |\n|---|---|\n| a | b |\n| c | d |\n";
    expect(look(fixture, "table-label: {size: 10pt}\n", ROWS),
        "type-small sheet:2 the text of 'table-label' is 10 pt");
    expect(look(fixture, "table-title: {size: 10pt}\n", ROWS),
        "type-small sheet:2 the text of 'table-title' is 10 pt");
    expect_none(look(fixture, "table-label: {size: 10pt}\ntable: {rows: grid}\n", ROWS));
    expect(look(fixture, "citation: {}\nlink: {size: 9pt}\n", "See [this](https://a.org/b).\n"),
        "type-small sheet:3 the text of 'link' and 'address' is 9 pt");
    expect(look(fixture, "item: {size: 11pt}\n", "1. first\n"), "type-small sheet:2 the text of 'item'");
    expect_none(look(fixture, "code-block: {size: 10pt}\n", "```\nx\n```\n"));
}

static void test_nothing_is_tiny(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "footer: {size: 9pt}\n", "One.\n"),
        "type-tiny sheet:2 the text of 'footer' is 9 pt, and should be at least 10 pt");
    expect_none(look(fixture, "footer: {size: 10pt}\n", "One.\n"));
    expect_none(look(fixture, "footer: {size: 9pt, left: '', center: '', right: ''}\n", "One.\n"));
    expect(look(fixture, "header: {size: 9pt, right: x, distance: 20pt}\n", "One.\n"),
        "type-tiny sheet:2 the text of 'header'");
    expect(look(fixture, "code-block: {size: 8pt}\n", "```\nx\n```\n"), "type-tiny sheet:2");
    /* One size, one finding. */
    expect(look(fixture, "paragraph: {size: 8pt}\n", "One.\n"), "type-small sheet:2");
}

static void test_large_print_is_large_everywhere(void **state)
{
    struct fixture *fixture = *state;
    static const char STYLE[] = "text: {size: 18pt}\nheading-1: {size: 24pt}\nheading-2: {size: 22pt}\n"
                                "heading-3: {size: 20pt}\nheading-4: {size: 18pt}\nheading-5: {size: 18pt}\n"
                                "heading-6: {size: 18pt}\ncallout-title: {size: 18pt}\n";
    struct check_setting *settings = ARENA_ARRAY(fixture->arena, struct check_setting, CHECK_RULE_COUNT);
    memcpy(settings, fixture->profile.settings, sizeof fixture->profile.settings);
    settings[CHECK_TYPE_TINY].limit = 18;
    settings[CHECK_CONTRAST_LOW].limit = 7;
    map_put(fixture->arena, &fixture->profile.styles, STR("test"), settings);
    const char *found = look(fixture, STYLE, ALL_KINDS);
    expect_none(found);
    found = look(fixture, "", "One.\n");
    expect(found, "type-tiny base:");
    assert_non_null(strstr(found, "'paragraph' and 'footer' is 12 pt, and should be at least 18 pt"));
}

/* ---- Contrast ---- */

static void test_pale_text_is_found(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "text: {color: '#999999'}\n", "One.\n"),
        "contrast-low sheet:2 the color of 'paragraph', #999999 on #ffffff, has a contrast of "
        "2.84, and should have at least 4.5");
    expect_none(look(fixture, "text: {color: '#767676'}\n", "One.\n"));            /* 4.54 */
    expect(look(fixture, "text: {color: '#777777'}\n", "One.\n"), "contrast-low"); /* 4.478, not 4.5 */
}

static void test_a_color_is_found_where_it_is_settled(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "colors: {ink: '#bbbbbb'}\n", "Text.\n"),
        "contrast-low sheet:2 the color of 'paragraph', #bbbbbb on #ffffff");
    assert_int_equal(fixture->found.list.at[0].column, 15);
    /* A heading needs 3, the text 4.5: one color, one finding. */
    expect(look(fixture, "colors: {brand: '#999999'}\ntext: {color: brand}\n",
               "## Part\n\nText.\n\n[b](#part)\n"),
        "contrast-low sheet:2 the color of 'heading-2', 'paragraph' and others, #999999 on #ffffff, has a "
        "contrast "
        "of 2.84, and should have at least 4.5");
}

/* What cannot be read gives way to what is around it; whoever chose it is told. */
static void test_a_color_that_is_not_used_is_found(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "colors: {brand: '#dddddd'}\n", "## Part\n\nText.\n\n[b](#part)\n"),
        "contrast-low sheet:2 the color of 'heading-2' and 'link', #dddddd on #ffffff, has a contrast of "
        "1.35, "
        "so that #1a1a1a is printed instead, and should have at least 4.5");
    expect(look(fixture, "table-head: {fill: '#b0d0e0'}\n", "| A |\n|---|\n| a |\n"),
        "contrast-low sheet:2 the color of 'table-head', #ffffff on #b0d0e0, has a contrast of 1.62, so that "
        "#1a1a1a is printed instead");
    expect(look(fixture, "callout-tip: {label-color: '#aaaaaa'}\n", "> [!TIP]\n> Yes.\n"),
        "contrast-low sheet:2 the color of 'callout-title', #aaaaaa on #eef4f7");
    /* Though the text around is light, an element must be able to stand on its own panel. */
    expect(look(fixture,
               "quote: {fill: '#0b4f6c', color: '#ffffff'}\ncallout-tip: {fill: '#303030', color: '#555555', "
               "label: no}\n",
               "> > [!TIP]\n> > Yes.\n"),
        "contrast-low sheet:3 the color of 'paragraph', #555555 on #303030, has a contrast of 1.7");
    /* Light text on a dark panel takes other colors with it; none is meant to stand on a panel of itself. */
    expect_none(look(fixture, "quote: {fill: '#0b4f6c', color: '#ffffff'}\n", "> [Yes](#a)\n>\n> ## A\n"));
    expect_none(look(fixture, "quote: {fill: '#5a2a6b', color: '#ffffff'}\n", "> [Yes](#a)\n>\n> ## A\n"));
    expect_none(
        look(fixture, "link: {color: '#dddddd'}\nquote: {fill: '#dddddd'}\nparagraph: {fill: '#dddddd'}\n",
            "[Yes](#a)\n\n> # A\n"));
    /* Large type needs less, and is printed in its color. */
    expect_none(look(fixture, "heading-1: {color: '#888888'}\n", "# Part\n"));
}

static void test_what_is_enough_for_one_is_not_for_all(void **state)
{
    struct fixture *fixture = *state;
    /* 3.54 is enough for a title of 20 points, and not for the text behind it. */
    expect(look(fixture, "colors: {brand: '#888888', ink: '#888888'}\n", "# Title\n\nText.\n"),
        "contrast-low sheet:2 the color of 'paragraph', #888888 on #ffffff");
    /* The second paragraph stands on another ground than the first. */
    expect(look(fixture, "quote: {fill: '#505050'}\n", "Yes.\n\n> No.\n"),
        "contrast-low sheet:2 the color of 'paragraph', #1a1a1a on #505050");
}

static void test_what_is_behind_counts(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "\ncallout-warning: {fill: '#805020', label-color: '#ffffff'}\n",
               "> [!WARNING]\n> No.\n"),
        "contrast-low sheet:3 the color of 'paragraph', #1a1a1a on #805020");
    /* Pale text on a dark fill is right; an inner fill hides the outer one. */
    expect_none(look(fixture, "quote: {fill: '#0b4f6c', color: '#ffffff'}\n", "> Yes.\n"));
    expect_none(look(fixture, "quote: {fill: '#505050'}\nparagraph: {fill: '#eeeeee'}\n", "> Yes.\n"));
    /* A pale brand behind the white letters of a table's head. */
    expect(look(fixture,
               "colors: {brand: '#b0d0e0'}\nheading: {color: ink}\ntext: {color: '#eeeeee'}\n"
               "table-cell: {color: '#000000'}\nfooter: {color: '#000000'}\n",
               "| A |\n|---|\n| a |\n"),
        "contrast-low sheet:2 the color of 'table-head', #ffffff on #b0d0e0");
}

static void test_the_fill_is_blamed_if_it_is_the_sheets_own(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "quote: {fill: '#505050'}\n", "> No.\n"),
        "contrast-low sheet:2 the color of 'paragraph', #1a1a1a on #505050");
}

static void test_stripes_count(void **state)
{
    struct fixture *fixture = *state;
    static const char TABLE[] = "| A |\n|---|\n| a |\n| b |\n| c |\n";
    expect(look(fixture, "table: {stripe: '#606060'}\n", TABLE),
        "contrast-low sheet:2 the color of 'table-cell', #1a1a1a on #606060");
    expect_none(look(fixture, "table: {stripe: '#eeeeee'}\n", TABLE));
    expect_none(look(fixture, "table: {stripe: '#606060'}\n", "| A |\n|---|\n| a |\n")); /* no second row */
    expect_none(look(fixture, "table: {stripe: '#606060'}\ntable-cell: {fill: '#eeeeee'}\n", TABLE));
}

static void test_large_text_needs_less(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *size, *weight;
        bool enough;
    } CASES[] = {{"18pt", "regular", true}, {"17pt", "regular", false}, {"14pt", "bold", true},
        {"14pt", "semibold", false}, {"13.9pt", "bold", false}};
    set_rule(fixture, CHECK_HEADING_SMALL, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *style = arena_printf(fixture->arena,
            "text: {color: '#8a8a8a'}\nfooter: {color: '#000000'}\n"
            "heading-1: {color: '#8a8a8a', size: %s, weight: %s}\n",
            CASES[i].size, CASES[i].weight);
        const char *found = look(fixture, style, "# Title\n");
        if (CASES[i].enough)
            expect_none(found);
        else
            expect(found, "contrast-low sheet:4 the color of 'heading-1'");
    }
    /* With 7:1 for text, large text needs 4.5:1. */
    set_rule(fixture, CHECK_CONTRAST_LOW, 7);
    const char *found = look(fixture,
        "heading-1: {color: '#777777', size: 20pt}\ntext: {color: '#777777'}\n"
        "footer: {color: '#000000'}\n",
        "# Title\n");
    expect(found,
        "contrast-low sheet:2 the color of 'heading-1', #777777 on #ffffff, has a contrast of 4.47, and "
        "should have at least 4.5");
    expect_none(look(fixture,
        "heading-1: {color: '#767676', size: 20pt}\ntext: {color: '#767676'}\n"
        "footer: {color: '#000000'}\n",
        "# Title\n"));
}

/* Colors that differ in hue and not in luma: well apart on a screen, alike on a copier. */
static void test_a_gray_copy_must_be_readable(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "text: {color: '#ff00ff'}\nfooter: {color: '#000000'}\nquote: {fill: '#003300'}\n",
               "> Text.\n"),
        "contrast-gray sheet:2 the color of 'paragraph', #ff00ff on #003300, has in a gray copy a contrast "
        "of");
    set_rule(fixture, CHECK_CONTRAST_LOW, 1);
    expect(look(fixture, "text: {color: '#999999'}\n", "One.\n"), "contrast-gray sheet:2");
}

static void test_marks_are_seen(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "item: {label-color: '#cccccc'}\n", "- one\n- two\n"),
        "contrast-low sheet:2 the color of 'item', #cccccc on #ffffff, has a contrast of 1.6, and "
        "should have "
        "at least 3");
    expect_none(look(fixture, "item: {label-color: '#8a8a8a'}\n", "- one\n- two\n"));
}

static void test_titles_of_callouts_have_the_callouts_color(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture,
               "text: {color: '#80664d'}\nparagraph: {color: '#000000'}\nfooter: {color: '#000000'}\n"
               "callout-warning: {label-color: '#80664d', fill: '#c0c0c0'}\n",
               "> [!WARNING]\n> Call.\n"),
        "contrast-low sheet:5 the color of 'callout-title', #80664d on #c0c0c0");
}

/* ---- Leading, alignment, italics, headings ---- */

static void test_leading(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "paragraph: {leading: 1.15}\n", "One.\n"),
        "leading-low sheet:2 the leading of 'paragraph' is 1.15 times the size, and should be at least 1.2 "
        "times");
    expect_none(look(fixture, "paragraph: {leading: 1.2}\n", "One.\n"));
    expect_none(look(fixture, "heading: {leading: 1}\n", "# Title\n\n## Part\n"));
    expect(look(fixture, "fit: {leading: [1.1, 1.0]}\n", "One.\n"), "leading-low sheet:2");
    expect_none(look(fixture, "paragraph: {size: 13.7pt, leading: 1.2}\n", "One.\n"));
    /* An inline that is larger than its line. */
    expect(look(fixture, "strong: {size: 20pt, leading: 1.0}\n", "One **two**.\n"),
        "leading-low sheet:2 the leading of 'strong' is 1 times");
}

static void test_alignment(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "paragraph: {align: center}\n", "One.\n\nTwo.\n"),
        "justified sheet:2 the lines of 'paragraph' are centered");
    expect(look(fixture, "list: {}\nitem: {align: right}\n", "- One.\n"),
        "justified sheet:3 the lines of 'paragraph' are aligned right");
    expect_none(look(fixture, "heading: {align: center}\nfigure: {align: center}\n", "# One\n\nTwo.\n"));
    expect_none(look(fixture, "", "| A | B |\n|:-:|--:|\n| a | 1 |\n"));
    read_text(fixture, "# Title\n\nWhat it is for.\n");
    wrap(fixture, DOC_MASTHEAD, ROLE_NONE);
    expect_none(judge(fixture, "masthead: {align: center}\n"));
}

static void test_italics(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "", "One.\n\nTwo *three four five six* seven.\n"),
        "italic-run text:3 4 words in a row in italics; 3 at most");
    expect_none(look(fixture, "", "Two *three four five* seven *eight nine* ten.\n"));
    expect_none(look(fixture, "", "Two *three — four, five* seven.\n"));
    expect_none(look(fixture, "emphasis: {style: normal, weight: bold}\n", "*a b c d e*\n"));
    expect(look(fixture, "", "*one two* *three **four***\n"), "italic-run text:1 4 words");
    expect(look(fixture, "", "*one two three\\\nfour*\n"), "italic-run text:1 4 words");
    expect_none(look(fixture, "", "*one two th*ree *four*\n"));
    expect(
        look(fixture, "quote: {style: italic}\n", "> One two three four.\n>\n> Five six seven eight nine.\n"),
        "italic-run sheet:2 the text of 'paragraph' is set in italics, which are for 3 words in a row at "
        "most");
}

static void test_an_authors_remark_allows_italics(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "",
               "<!-- check: allow italic-run the title of a book -->\n\nIn *one two three four*.\n"),
        "check-allowed text:3");
}

static void test_headings(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "heading-2: {size: 13pt}\n", "## Part\n\nOne.\n"),
        "heading-small sheet:2 the type of 'heading-2' is 13 pt beside text of 12 pt, and should be at least "
        "14 pt");
    expect_none(look(fixture, "heading-2: {size: 14pt}\n", "## Part\n\nOne.\n"));
    expect(look(fixture, "paragraph: {size: 15pt}\n", "## Part\n\nOne.\n"), "heading-small base:");
    /* Deeper ones: larger, or bolder. */
    expect_none(look(fixture, "heading-3: {size: 13pt, weight: regular}\n", "### Part\n\nOne.\n"));
    expect_none(look(fixture, "heading-3: {size: 12pt, weight: semibold}\n", "### Part\n\nOne.\n"));
    expect(look(fixture, "heading-3: {size: 12pt, weight: regular}\n", "### Part\n\nOne.\n"),
        "heading-small sheet:2 the type of 'heading-3' is neither larger nor bolder than the text");
    expect(look(fixture, "heading-3: {size: 11pt, weight: bold}\n", "### Part\n\nOne.\n"), "heading-small");
}

/* ---- What is exempt, what is off, what is odd ---- */

static const char UNREADABLE[] =
    "text: {size: 7pt, color: '#dddddd', leading: 1.0, align: center, style: italic}\n";

static void test_a_notice_is_exempt(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "This is the law, word for word.\n\n- one\n\n| A |\n|---|\n| a |\n");
    wrap(fixture, DOC_SECTION, ROLE_NOTICE);
    expect_none(
        judge(fixture, "section-notice: {size: 7pt, color: '#777777', leading: 1.0, align: center}\n"));
    wrap(fixture, DOC_SECTION, ROLE_SUMMARY)->first->role = ROLE_SUMMARY;
    assert_true(*judge(fixture, "section-summary: {size: 7pt}\n"));
}

static void test_rules_can_be_off(void **state)
{
    struct fixture *fixture = *state;
    assert_true(*look(fixture, UNREADABLE, "One two three four.\n"));
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
        fixture->profile.settings[rule].severity = CHECK_OFF;
    expect_none(look(fixture, UNREADABLE, "One two three four.\n"));
}

static void test_a_warning_may_come_before_the_limit(void **state)
{
    struct fixture *fixture = *state;
    fixture->profile.settings[CHECK_CONTRAST_LOW].warn = 7;
    fixture->profile.settings[CHECK_CONTRAST_LOW].has_warn = true;
    const char *found = look(fixture, "text: {color: '#707070'}\n", "One.\n");
    expect(found, "contrast-low sheet:2");
    assert_non_null(strstr(found, "should have at least 7 "));
    assert_int_equal(fixture->found.list.at[0].severity, SEVERITY_WARNING);
}

/* Sources and the imprint are small print, but not tiny. */
static void test_small_print(void **state)
{
    struct fixture *fixture = *state;
    static const char STYLE[] = "imprint: {size: 10pt}\nsources: {size: 10pt}\n";
    read_text(fixture, "Version 1.\n\n1. A source.\n");
    struct doc_node *root = fixture->document.root;
    root->first->role = ROLE_IMPRINT;
    root->last->role = ROLE_SOURCE_LIST;
    expect_none(judge(fixture, STYLE));
    assert_true(*judge(fixture, "imprint: {size: 9pt}\n"));
    root->first->role = ROLE_NONE;
    root->last->role = ROLE_NONE;
    assert_true(*judge(fixture, "list: {size: 10pt}\n"));
}

static void test_odd_trees_are_no_trouble(void **state)
{
    struct fixture *fixture = *state;
    expect_none(look(fixture, "", ""));
    expect_none(look(fixture, "", "#\n\n-\n\n>\n\n| |\n|-|\n| |\n\n```\n```\n"));
    const struct stylesheet *sheet = read_sheet(fixture, "");
    start_check(fixture);
    const struct box_tree nothing = {0};
    legible_check(fixture->check, sheet, &nothing);
    struct pages no_pages = {0};
    measure_check(fixture->check, &no_pages);
    expect_none(findings(fixture));
    /* Nothing has a size, and no word of the sheet is to blame. */
    read_text(fixture, "One\n");
    const struct font *font =
        fontset_find(fixture->fontset, &fixture->found, (struct pos){0}, STR("Noto Sans"), 400, false);
    struct doc_node *paragraph = fixture->document.root->first;
    struct text_style style = {.font = font};
    struct box_style plain = {.has_fill = true};
    struct run runs[] = {
        {.kind = RUN_TEXT, .text = STR("\xff\xfe x"), .style = &style, .tag = paragraph->first},
        {.kind = RUN_TEXT, .style = &style, .tag = paragraph->first},
        {.kind = RUN_BLANK, .style = &style, .tag = paragraph->first}};
    struct box box = {.kind = BOX_TEXT, .tag = paragraph, .style = &plain, .text = &style};
    box.para.runs = runs;
    box.para.n = 3;
    struct box root = {.kind = BOX_STACK, .tag = paragraph->parent, .text = &style, .first = &box};
    const struct box_tree zero = {.root = &root};
    start_check(fixture);
    legible_check(fixture->check, sheet, &zero);
    const char *found = findings(fixture);
    assert_non_null(strstr(found, "type-small"));
    assert_non_null(strstr(found, "contrast-low"));
}

static void test_a_size_is_found_where_an_element_starts_from_another(void **state)
{
    struct fixture *fixture = *state;
    expect(look(fixture, "code-block: {size: 9pt}\nquote: {extends: code-block}\n", "> Text.\n"),
        "type-small sheet:2 the text of 'paragraph' is 9 pt");
}

/* ---- Lines ---- */

static const char *lay_out(struct fixture *fixture, const char *style)
{
    const struct stylesheet *sheet = read_sheet(fixture, style);
    struct fitted fitted;
    require(fixture, fit(fixture->arena, &fixture->diags, sheet, fixture->shaper, fixture->gallery,
                         &fixture->document, &fitted));
    start_check(fixture);
    measure_check(fixture->check, fitted.pages);
    return findings(fixture);
}

static const char *set_lines(struct fixture *fixture, const char *style, const char *text)
{
    read_text(fixture, text);
    return lay_out(fixture, style);
}

#define SIXTY       "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll "
#define SEVENTYFIVE SIXTY "mmmm nnnn ooooo"

static void test_characters_of_a_line_are_counted(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(strlen(SEVENTYFIVE), 75);
    expect_none(set_lines(fixture, "", SEVENTYFIVE "\n"));
    expect(set_lines(fixture, "", "First.\n\n" SEVENTYFIVE "o\n"),
        "line-long text:3 a printed line has 76 characters; 75 at most");
    expect_none(set_lines(fixture, "", SEVENTYFIVE "\\\n" SEVENTYFIVE "\n")); /* breaks end lines */
    expect_none(set_lines(fixture, "", SIXTY "mmmm nnnn \xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\n"));
    expect(set_lines(fixture, "", SIXTY "**mmmm** nnnn [ooooo](https://a.org)o [ooooo](#a)\n\n# A\n"),
        "line-long");
}

static void test_only_running_text_is_measured(void **state)
{
    struct fixture *fixture = *state;
    static const char LONG[] = SEVENTYFIVE "pppp";
    struct arena *arena = fixture->arena;
    expect_none(set_lines(
        fixture, "text: {size: 10pt}\nheading-2: {size: 10pt}\n", arena_printf(arena, "## %s\n", LONG)));
    expect_none(set_lines(fixture, "", arena_printf(arena, "| A |\n|---|\n| %s |\n", LONG)));
    expect_none(set_lines(fixture, "code-block: {size: 8pt}\n", arena_printf(arena, "```\n%s\n```\n", LONG)));
    expect(set_lines(fixture, "", arena_printf(arena, "- %s\n", LONG)), "line-long text:1");
    read_text(fixture, LONG);
    wrap(fixture, DOC_SECTION, ROLE_NOTICE);
    expect_none(lay_out(fixture, ""));
    read_text(fixture, LONG);
    wrap(fixture, DOC_MASTHEAD, ROLE_NONE)->first->role = ROLE_STATE;
    expect_none(lay_out(fixture, ""));
    fixture->document.root->first->first->role = ROLE_PURPOSE;
    expect(lay_out(fixture, "purpose: {size: 12pt}\n"), "line-long text:1");
}

static void test_lines_of_a_section_are_told_once(void **state)
{
    struct fixture *fixture = *state;
    static const char TEXT[] = "Short.\n\n" SIXTY SIXTY SIXTY SIXTY "\n\n" SIXTY SIXTY "\n";
    const char *found = set_lines(fixture, "", TEXT);
    expect(found, "line-long text:");
    assert_non_null(strstr(found, "printed lines of this section are too long, the longest with "));
    expect_none(set_lines(fixture, "paragraph: {measure: 370pt}\n", TEXT));
    set_rule(fixture, CHECK_LINE_LONG, 1000);
    expect_none(set_lines(fixture, "", TEXT));
}

static void test_the_place_is_that_of_the_line(void **state)
{
    struct fixture *fixture = *state;
    expect(set_lines(fixture, "", "Short and early.\\\n" SEVENTYFIVE "p\\\nShort and late.\n"),
        "line-long text:2");
    assert_int_equal(fixture->found.list.at[0].column, 1);
    assert_int_equal(fixture->found.list.at[0].width, 76);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_the_base_style_is_clean),
        TEST(test_small_text_is_found_where_its_size_is_said),
        TEST(test_each_element_has_a_size_of_its_own),
        TEST(test_nothing_is_tiny),
        TEST(test_large_print_is_large_everywhere),
        TEST(test_pale_text_is_found),
        TEST(test_a_color_is_found_where_it_is_settled),
        TEST(test_a_color_that_is_not_used_is_found),
        TEST(test_what_is_enough_for_one_is_not_for_all),
        TEST(test_what_is_behind_counts),
        TEST(test_the_fill_is_blamed_if_it_is_the_sheets_own),
        TEST(test_stripes_count),
        TEST(test_large_text_needs_less),
        TEST(test_a_gray_copy_must_be_readable),
        TEST(test_marks_are_seen),
        TEST(test_titles_of_callouts_have_the_callouts_color),
        TEST(test_leading),
        TEST(test_alignment),
        TEST(test_italics),
        TEST(test_an_authors_remark_allows_italics),
        TEST(test_headings),
        TEST(test_a_notice_is_exempt),
        TEST(test_rules_can_be_off),
        TEST(test_a_warning_may_come_before_the_limit),
        TEST(test_small_print),
        TEST(test_odd_trees_are_no_trouble),
        TEST(test_a_size_is_found_where_an_element_starts_from_another),
        TEST(test_characters_of_a_line_are_counted),
        TEST(test_only_running_text_is_measured),
        TEST(test_lines_of_a_section_are_told_once),
        TEST(test_the_place_is_that_of_the_line),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
