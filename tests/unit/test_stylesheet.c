/* Style sheets: reading, extending, computing, and what is refused. */
#include "design/compute.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIXTURES "tests/fixtures/styles"

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->fontset = fontset_read(fixture->arena, &fixture->diags, "fonts");
    assert_non_null(fixture->fontset);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    fontset_free(fixture->fontset);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static const struct stylesheet *read_sheet(struct fixture *fixture, const char *folder, const char *name)
{
    return stylesheet_read(
        fixture->arena, &fixture->diags, fixture->fontset, folder, str_from(name), PAPER_FROM_STYLE);
}

static struct styler styler_of(struct fixture *fixture, const struct stylesheet *sheet, double tightness)
{
    return (struct styler){.arena = fixture->arena,
        .diags = &fixture->diags,
        .sheet = sheet,
        .fontset = fixture->fontset,
        .tightness = tightness};
}

static const struct text_style *computed(struct styler *styler, enum element element)
{
    const struct text_style *base = style_text(styler, NULL, styler_rule(styler, ELEMENT_TEXT), COLOR_WHITE);
    return style_text(styler, base, styler_rule(styler, element), COLOR_WHITE);
}

/* Is there a diagnostic with this code, line and column? */
static bool reported(const struct fixture *fixture, const char *code, size_t line, size_t column)
{
    for (size_t i = 0; i < fixture->diags.list.n; i++) {
        const struct diag *diag = &fixture->diags.list.at[i];
        if (strcmp(diag->code, code) == 0 && diag->line == line && diag->column == column)
            return true;
    }
    return false;
}

static void test_the_shipped_styles_read(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "standard");
    assert_non_null(sheet);
    assert_true(str_is(stylesheet_name(sheet), "standard"));
    assert_int_equal(fixture->diags.list.n, 0);
    assert_true(fabs(sheet->page.width - 612) < 0.001);
    sheet = stylesheet_read(
        fixture->arena, &fixture->diags, fixture->fontset, "styles", STR("styles/standard.yaml"), PAPER_A4);
    assert_non_null(sheet);
    assert_true(str_is(stylesheet_name(sheet), "standard"));
    assert_true(fabs(sheet->page.height - 841.89) < 0.001);
}

/* What the mission promises of every shipped style: nothing under 12 pt, leading 1.25, margins 0.75 in. */
static void test_the_shipped_styles_keep_the_minimum(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "standard");
    assert_non_null(sheet);
    struct styler tight = styler_of(fixture, sheet, 1);
    for (int element = 0; element < ELEMENT_COUNT; element++)
        assert_true(computed(&tight, (enum element)element)->size >= (element == ELEMENT_SOURCES ? 10 : 12));
    const struct text_style *body = computed(&tight, ELEMENT_PARAGRAPH);
    assert_true(body->leading / body->size >= 1.25 - 1e-9);
    assert_true(
        fmin(fmin(sheet->page.left, sheet->page.right), fmin(sheet->page.top, sheet->page.bottom)) >= 54);
}

/* What is asked of large print: 18 pt everywhere, leading 1.25, one column, no italics. */
static void test_large_print_is_large(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "large-print");
    assert_non_null(sheet);
    struct styler tight = styler_of(fixture, sheet, 1);
    for (int element = 0; element < ELEMENT_COUNT; element++) {
        const struct text_style *style = computed(&tight, (enum element)element);
        assert_true(style->size >= 18);
        assert_false(style->font->italic);
        assert_true(sheet->rules[element].columns <= 1);
    }
    assert_true(computed(&tight, ELEMENT_PARAGRAPH)->leading >= 1.25 * 18);
    assert_true(sheet->page.side <= 0);
    assert_true(
        fmin(fmin(sheet->page.left, sheet->page.right), fmin(sheet->page.top, sheet->page.bottom)) >= 72);
}

static void test_folded_pages_are_half_of_their_sheet(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "pocket");
    assert_non_null(sheet);
    assert_true(fabs(sheet->page.width - 5.5 * 72) < 0.001 && fabs(sheet->page.height - 8.5 * 72) < 0.001);
    sheet =
        stylesheet_read(fixture->arena, &fixture->diags, fixture->fontset, "styles", STR("pocket"), PAPER_A4);
    assert_non_null(sheet);
    assert_true(fabs(sheet->page.width - 148 / 25.4 * 72) < 0.001);
    assert_true(fabs(sheet->page.height - 210 / 25.4 * 72) < 0.001);
}

static int budget_of(struct fixture *fixture, const char *name, int wanted, struct pos *pos)
{
    const struct stylesheet *sheet = read_sheet(fixture, name[0] == 'b' ? FIXTURES : "styles", name);
    assert_non_null(sheet);
    *pos = (struct pos){0};
    return stylesheet_budget(sheet, wanted, pos);
}

static void test_a_style_may_settle_the_budget_of_pages(void **state)
{
    struct fixture *fixture = *state;
    struct pos pos;
    assert_int_equal(budget_of(fixture, "standard", 4, &pos), 4);
    assert_null(pos.source);
    assert_int_equal(budget_of(fixture, "standard", 0, &pos), 0);
    assert_int_equal(budget_of(fixture, "pocket", 4, &pos), 0);
    assert_int_equal(budget_of(fixture, "budget", 4, &pos), 8);
    assert_non_null(pos.source);
    assert_int_equal(budget_of(fixture, "budget-back", 4, &pos), 4);
    assert_null(pos.source);
}

static void test_a_sheet_extends_another(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, FIXTURES, "child");
    assert_non_null(sheet);
    struct styler styler = styler_of(fixture, sheet, 0);
    const struct text_style *heading = computed(&styler, ELEMENT_HEADING_2);
    assert_true(fabs(heading->size - 18) < 0.001);
    assert_int_equal(heading->font->weight, 700);
    assert_int_equal(heading->color.g, 0x60); /* the parent's rule with the child's palette */
    assert_int_equal(heading->color.b, 0);
    assert_true(fabs(sheet->rules[ELEMENT_HEADING_2].space_before - 14) < 0.001);
    assert_true(fabs(sheet->rules[ELEMENT_HEADING_3].space_before - 14) < 0.001);
    assert_true(fabs(sheet->rules[ELEMENT_HEADING_3].size - 14) < 0.001);
    assert_true(fabs(sheet->rules[ELEMENT_CALLOUT_CAUTION].padding - 8) < 0.001);
    assert_true(fabs(sheet->rules[ELEMENT_TABLE_CELL].padding - 4) < 0.001);
    assert_int_equal(sheet->rules[ELEMENT_TABLE_HEAD].weight, 600);
    assert_true(str_is(sheet->footer.left, "{{clinic.name}}"));
    assert_true(str_is(sheet->footer.right, "{{page}}"));
    assert_true(fabs(sheet->footer.distance - 30) < 0.001);
}

static void test_copy_fitting_narrows_spaces_and_leading(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, FIXTURES, "child");
    assert_non_null(sheet);
    struct styler wide = styler_of(fixture, sheet, 0), tight = styler_of(fixture, sheet, 1);
    const struct rule *rule = styler_rule(&wide, ELEMENT_HEADING_2);
    assert_true(fabs(style_box(&wide, rule, ALIGN_LEFT)->space_before - 14) < 0.001);
    assert_true(fabs(style_box(&tight, rule, ALIGN_LEFT)->space_before - 7) < 0.001);
    assert_true(fabs(computed(&wide, ELEMENT_PARAGRAPH)->leading - 12 * 1.4) < 0.001);
    assert_true(fabs(computed(&tight, ELEMENT_PARAGRAPH)->leading - 12 * 1.2) < 0.001);
}

static void test_every_mistake_is_reported_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_sheet(fixture, FIXTURES, "broken"));
    assert_true(reported(fixture, "yaml-value", 2, 14));
    assert_true(reported(fixture, "yaml-value", 2, 36));
    assert_true(reported(fixture, "yaml-key-unknown", 2, 41));
    assert_true(reported(fixture, "yaml-value", 3, 15));
    assert_true(reported(fixture, "yaml-key-unknown", 4, 13));
    assert_true(reported(fixture, "yaml-value", 4, 34));
    assert_true(reported(fixture, "yaml-value", 5, 20));
    assert_true(reported(fixture, "yaml-key-unknown", 6, 1));
    assert_true(reported(fixture, "style-hyphenate", 7, 7));
    assert_true(reported(fixture, "font-unknown", 7, 7));
    assert_true(reported(fixture, "style-extends", 8, 12));
    assert_true(reported(fixture, "yaml-type", 9, 14));
}

static void test_cycles_end(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_sheet(fixture, FIXTURES, "cycle-a"));
    assert_true(reported(fixture, "style-cycle", 1, 10));
    assert_null(read_sheet(fixture, FIXTURES, "elements-cycle"));
    assert_true(fixture->diags.errors >= 2);
}

static void test_an_unknown_style_names_those_that_exist(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_sheet(fixture, "styles", "standrd"));
    assert_int_equal(fixture->diags.errors, 1);
    assert_string_equal(fixture->diags.list.at[0].code, "style-unknown");
    assert_non_null(strstr(fixture->diags.list.at[0].message, "standard"));
}

/* A link in a table head must not be printed in the color of the head. */
static void test_a_color_that_cannot_be_read_gives_way(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "standard");
    struct styler styler = styler_of(fixture, sheet, 0);
    const struct rule *head = styler_rule(&styler, ELEMENT_TABLE_HEAD),
                      *link = styler_rule(&styler, ELEMENT_LINK);
    const struct text_style *base = computed(&styler, ELEMENT_TEXT);
    const struct text_style *in_head = style_text(&styler, base, head, head->fill);
    assert_int_equal(in_head->color.r, 255);
    assert_int_equal(style_text(&styler, in_head, link, head->fill)->color.r, 255);
    assert_int_equal(style_text(&styler, base, link, COLOR_WHITE)->color.r, link->color.r);
}

/* People who are not filled in must be seen, and those who are must not look like them. */
static void test_people_can_be_told_apart(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "standard");
    struct styler styler = styler_of(fixture, sheet, 0);
    const struct rule *people = styler_rule(&styler, ELEMENT_PEOPLE);
    struct color ink = computed(&styler, ELEMENT_TEXT)->color;
    assert_true(color_contrast(computed(&styler, ELEMENT_PEOPLE)->color, COLOR_WHITE) >= 4.5);
    assert_true(color_contrast(people->rule.color, COLOR_WHITE) >= 3);
    assert_true(people->rule.width > 0 && people->rule.width < 0.1 * people->height);
    const struct rule_edge pale = {0.7, {0xDD, 0xDD, 0xDD}}, gray = {0.7, {0x80, 0x80, 0x80}};
    assert_int_equal(style_pen(pale, ink, COLOR_WHITE).color.r, ink.r);
    assert_int_equal(style_pen(gray, ink, COLOR_WHITE).color.r, 0x80);
    assert_int_equal(style_pen(pale, COLOR_WHITE, ink).color.r, 0xDD); /* on a dark panel */
}

static void test_equal_styles_are_one(void **state)
{
    struct fixture *fixture = *state;
    const struct stylesheet *sheet = read_sheet(fixture, "styles", "standard");
    struct styler styler = styler_of(fixture, sheet, 0);
    assert_ptr_equal(computed(&styler, ELEMENT_STRONG), computed(&styler, ELEMENT_STRONG));
    assert_ptr_not_equal(computed(&styler, ELEMENT_STRONG), computed(&styler, ELEMENT_PARAGRAPH));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_shipped_styles_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_shipped_styles_keep_the_minimum, setup, teardown),
        cmocka_unit_test_setup_teardown(test_large_print_is_large, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folded_pages_are_half_of_their_sheet, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_style_may_settle_the_budget_of_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_sheet_extends_another, setup, teardown),
        cmocka_unit_test_setup_teardown(test_copy_fitting_narrows_spaces_and_leading, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_mistake_is_reported_at_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cycles_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_unknown_style_names_those_that_exist, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_color_that_cannot_be_read_gives_way, setup, teardown),
        cmocka_unit_test_setup_teardown(test_people_can_be_told_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(test_equal_styles_are_one, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
