/* Which words belong together, and how closely. */
#include "layout/bonds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The bond at the bar in a text. */
static unsigned char bond_in(const char *marked, const char *lang)
{
    struct arena *arena = arena_new();
    size_t at = str_find(str_from(marked), "|", 0);
    assert_true(at != SIZE_MAX);
    struct str text = str_without(arena, str_from(marked), '|');
    unsigned char bond = bond_at(text, at, str_from(lang));
    arena_free(arena);
    return bond;
}

static void expect(const char *marked, const char *lang, enum bond expected)
{
    unsigned char bond = bond_in(marked, lang);
    if (bond != expected)
        fail_msg("'%s' (%s): %d, not %d", marked, lang, bond, expected);
}

static void test_numbers_and_their_units(void **state)
{
    (void)state;
    expect("take 5 |mg a day", "en", BOND_FIXED);
    expect("take (2.5 |mg/dL), a day", "en", BOND_FIXED);
    expect("over 38 |\u00B0C.", "en", BOND_FIXED);
    expect("about 40 |%, or", "es", BOND_FIXED);
    expect("at 8 |a.m., or", "en", BOND_FIXED);
    expect("costs $5 |million", "en", BOND_FIXED);
    expect("a \u00BD |mL dose", "en", BOND_FIXED);
    expect("for 3 |months", "en", BOND_LOOSE);
    expect("and 100 |people", "en", BOND_LOOSE);
    expect("in 2023 |people", "en", BOND_NONE); /* a year */
    expect("with 1 |in 10", "en", BOND_LOOSE);  /* not inches */
    expect("5 mg |of it", "en", BOND_NONE);
}

static void test_telephone_numbers(void **state)
{
    (void)state;
    expect("call (555) |010-0199 now", "en", BOND_FIXED);
    expect("call +1 |555 010 0199 now", "en", BOND_FIXED);
    expect("call +1 555 |010 0199 now", "en", BOND_FIXED);
    expect("call +1 555 010 |0199.", "en", BOND_FIXED);
    expect("call |555 010 0199", "en", BOND_NONE);
    expect("were 12, |34 and 56", "en", BOND_NONE);
    expect("1 |000 000 de", "es", BOND_FIXED);
}

static void test_labels_of_numbers(void **state)
{
    (void)state;
    expect("see No. |5", "en", BOND_FIXED);
    expect("see (Fig. |2)", "en", BOND_FIXED);
    expect("vea la p\u00E1g. |4", "es", BOND_FIXED);
    expect("page |4", "en", BOND_TIGHT);
    expect("on November |20, 2026", "en", BOND_TIGHT);
    expect("Diabetes tipo |2", "es", BOND_TIGHT);
    expect("on page |six", "en", BOND_NONE);
}

static void test_function_words(void **state)
{
    (void)state;
    expect("has the |knee", "en", BOND_ARTICLE);
    expect("as I |said", "en", BOND_ARTICLE);
    expect("(a |dummy shot)", "en", BOND_ARTICLE);
    expect("most of |them", "en-US", BOND_SHORT);
    expect("like that, of |course", "fr", BOND_NONE);
    expect("dolor en la |rodilla", "es", BOND_ARTICLE);
    expect("dolor y |fiebre", "es-US", BOND_SHORT);
    expect("dolor y |fiebre", "en", BOND_NONE);
    expect("turn it on, |then", "en", BOND_NONE);
    expect("the |knee", "eng", BOND_NONE);
    expect("the |knee", "", BOND_NONE);
}

static void test_names_and_abbreviations(void **state)
{
    (void)state;
    expect("ask Dr. |Lee", "en", BOND_TIGHT);
    expect("la Sra. |Ortiz", "es", BOND_TIGHT);
    expect("on Main St. |and then", "en", BOND_NONE);
    expect("en EE. |UU. se", "es", BOND_FIXED);
    expect("ends. We |begin anew", "en", BOND_LOOSE);
    expect("ends, we |begin anew", "en", BOND_NONE);
}

static void test_citations_and_dashes(void **state)
{
    (void)state;
    expect("felt better |[3].", "en", BOND_FIXED);
    expect("felt better |[12,4] then", "en", BOND_FIXED);
    expect("felt better |[sic]", "en", BOND_NONE);
    expect("some |\u2014 many", "en", BOND_FIXED);
    expect("some \u2014 |many", "en", BOND_NONE);
    expect("some|\u2014many", "en", BOND_FIXED);
    expect("some\u2014|many", "en", BOND_NONE);
    expect("algunos \u2014|muchos\u2014 no", "es", BOND_FIXED);
    expect("for 10\u2013|20 days", "en", BOND_FIXED);
    expect("an X-|ray", "en", BOND_TIGHT);
    expect("a follow-|up", "en", BOND_LOOSE);
    expect("and/|or", "en", BOND_LOOSE);
    expect("5 mg/|dL", "en", BOND_FIXED);
}

static void test_edges_of_the_text(void **state)
{
    (void)state;
    assert_int_equal(bond_at(STR(""), 0, STR("en")), BOND_NONE);
    assert_int_equal(bond_at(STR(" "), 1, STR("en")), BOND_NONE);
    expect(" |word", "en", BOND_NONE);
    expect("   |[1]", "en", BOND_NONE);
    expect("\xC3\xA9x|\xA9", "en", BOND_NONE);
    expect("(|)", "en", BOND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_and_their_units),
        cmocka_unit_test(test_telephone_numbers),
        cmocka_unit_test(test_labels_of_numbers),
        cmocka_unit_test(test_function_words),
        cmocka_unit_test(test_names_and_abbreviations),
        cmocka_unit_test(test_citations_and_dashes),
        cmocka_unit_test(test_edges_of_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
