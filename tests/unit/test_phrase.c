/* Phrases as content/check.yaml writes them: what they match, where, and what is none. */
#include "reading.h"

#include "content/phrase.h"

/* What the first hit of some phrases covers in a text of one passage; "-" if there is none, "!" if a phrase
 * is none. Phrases are parted by ";", and exceptions of the one before begin with "unless:". */
static const char *first_hit(struct trial *trial, const char *list, const char *markdown)
{
    VEC(struct phrase) phrases = {0};
    struct str rest = str_from(list);
    while (rest.n) {
        struct str text = str_trim(str_cut(&rest, ';'));
        bool unless = str_starts(text, "unless:");
        struct phrase *phrase = ARENA_NEW(trial->arena, struct phrase);
        text = unless ? str_trim(str_slice(text, STR("unless:").n, text.n)) : text;
        if (!phrase_read(trial->arena, &trial->diags, text, (struct pos){0}, phrase))
            return "!";
        if (!unless) {
            vec_push(trial->arena, &phrases, *phrase);
            continue;
        }
        phrases.at[phrases.n - 1].unless = phrase;
        phrases.at[phrases.n - 1].unless_count = 1;
    }
    reading_text(trial, str_from(markdown));
    const struct prose *prose = prose_new(trial->arena, &trial->document, NULL);
    const struct phrases all = {phrases.at, phrases.n};
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        struct phrase_hit hit;
        bool found = phrases_find(&all, prose, sentence, 0, &hit);
        assert_int_equal(found, phrases_match(&all, prose, sentence));
        if (!found)
            continue;
        assert_true(phrases_match_at(&all, prose, sentence, hit.word) != SIZE_MAX);
        struct pos pos = prose_words_pos(prose, prose_passage(prose, sentence), hit.word, hit.count);
        return str_dup(trial->arena, str_slice(pos.source->text, pos.offset, pos.offset + pos.length));
    }
    return "-";
}

struct example {
    const char *phrases, *markdown, *hit;
};

static void expect(const struct example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct trial trial = reading_new();
        const char *hit = first_hit(&trial, examples[i].phrases, examples[i].markdown);
        if (strcmp(hit, examples[i].hit) != 0) {
            print_error("'%s' in '%s'\n  expected %s\n       got %s\n", examples[i].phrases,
                examples[i].markdown, examples[i].hit, hit);
            wrong++;
        }
        reading_free(&trial);
    }
    assert_int_equal(wrong, 0);
}

#define EXPECT(examples) expect((examples), sizeof(examples) / sizeof *(examples))

static const struct example WORDS[] = {
    {"cure", "It can cure it.", "cure"},
    {"cure", "It CURES a curé, cured; secure.", "-"},
    {"CURE", "Cure!", "Cure"},
    {"cure|cures", "It cures.", "cures"},
    {"don't", "Don’t go.", "Don’t"},
    {"don’t", "Don't go.", "Don't"},
    {"regenerat*", "It regenerates and can regenerate.", "regenerates"},
    {"regenerat*", "A degenerated disc.", "-"},
    {"regenerat*", "regenerat", "regenerat"},
    {"*ed", "It was used, Ed.", "used"},
    {"*ed", "Ed went.", "Ed"},
    {"a*|*z", "Buzz, ah.", "Buzz"},
    {"*oo*", "A fool; it is foo.", "foo"}, /* begins so, or ends so */
    {"*ó", "Mejoró.", "Mejoró"},
    {"élan", "ÉLAN", "ÉLAN"},
};

static const struct example SEVERAL[] = {
    {"cutting-edge", "A cutting edge, a cutting-edge.", "cutting edge"},
    {"cutting edge", "A cutting-edge idea.", "cutting-edge"}, {"and/or", "This and or that.", "and or"},
    {"prior to", "Prior, to it. So prior\nto that.", "Prior, to"}, {"prior to", "It was prior. To it.", "-"},
    {"stem cell|cells", "STEM **cells** help.", "STEM **cells"},
    {"no ~ approved", "It is not approved; no shot is approved.", "no shot is approved"},
    {"no ~ approved", "no approved", "no approved"},
    {"no ~ approved", "no a b c d e approved", "no a b c d e approved"},
    {"no ~ approved", "no a b c d e f approved", "-"}, {"a ~ b ~ c", "a x x b b x c", "a x x b b x c"},
    {"a ~ b", "a b b", "a b"}, /* the shortest gap */
    {"a? guarantee", "No guarantee.", "guarantee"}, {"a? guarantee", "A guarantee.", "A guarantee"},
    {"no a? sure? cure", "no cure", "no cure"}, {"no a? sure? cure", "no sure cure", "no sure cure"},
    {"call us?", "Call me.", "Call"}, {"call us?", "Call us.", "Call us"},
    {"call us|me?", "Call me now.", "Call me"}, {"a|b? c", "b c", "b c"},
    {"may help ~", "It may help you a bit.", "may help"}, /* a gap at the end is as short as can be */
};

static const struct example NUMBERS[] = {
    {"# of 100", "About 74 of 100 did.", "74 of 100"},
    {"# of #", "It is 1,150 of 2.5.", "1,150 of 2.5"},
    {"# of 100", "Some of 100, 4th of 100, 25% of 100, L4 of 100.", "-"},
    {"# times", "3 times", "3 times"},
    {"#", "one two", "-"},
};

static const struct example STARTS[] = {
    {"^try", "Try it.", "Try"},
    {"^try", "To try it.", "-"},
    {"^try", "If it hurts, try it.", "try"},
    {"^try", "So: try it.", "try"},
    {"^try", "Rest; try it.", "try"},
    {"^try", "\"Try\" it.", "Try"},
    {"^do not? try", "Rest. Do not try.", "Do not try"},
    {"^a? walk", "walk", "walk"},
};

static const struct example CHOICES[] = {
    {"may; may help", "It may help.", "may help"}, /* the longest at a place */
    {"help; may", "It may help.", "may"},          /* but the first place */
    {"cure; unless: claim* ~ cure", "A claim of a cure.", "-"},
    {"cure; unless: claim* ~ cure", "A claim of a cure, and a cure.", "cure"},
    {"cure; unless: claim* to cure", "A claim to cure, and a cure.", "cure"},
    {"cure; unless: cure of", "The cure of it, the cure.", "cure"},
    {"cure; unless: no one|body said", "No one said a cure.", "cure"}, /* only what overlaps excepts */
    {"proven to help; proven; unless: not proven", "It is not proven to help.", "proven to help"},
    {"a; b; unless: a b", "b a b", "b"},
    {"b; unless: a ~ ~ b", "a x x x x x y y y y y b", "-"}, /* an exception that begins far before */
    {"b; unless: a ~ ~ b", "a x x x x x y y y y y z b", "b"},
};

static void test_words(void **state)
{
    (void)state;
    EXPECT(WORDS);
}

static void test_several_words(void **state)
{
    (void)state;
    EXPECT(SEVERAL);
}

static void test_numbers(void **state)
{
    (void)state;
    EXPECT(NUMBERS);
    static const char *const NUMBER[] = {"1", "1150", "1,150", "2.5", "5."}, *const NONE[] = {"", ".", ",",
                                                                                 "a", "4th", "25%"};
    for (size_t i = 0; i < sizeof NUMBER / sizeof *NUMBER; i++)
        assert_true(phrase_is_number(str_from(NUMBER[i])));
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_false(phrase_is_number(str_from(NONE[i])));
}

static void test_starts(void **state)
{
    (void)state;
    EXPECT(STARTS);
}

static void test_choices_and_exceptions(void **state)
{
    (void)state;
    EXPECT(CHOICES);
}

static void test_have(void **state)
{
    (void)state;
    struct trial trial = reading_new();
    struct phrase list[3];
    static const char *const TEXTS[] = {"infection|infections", "heart attack", "arthr*"};
    for (size_t i = 0; i < 3; i++)
        assert_true(phrase_read(trial.arena, &trial.diags, str_from(TEXTS[i]), (struct pos){0}, &list[i]));
    const struct phrases all = {list, 3};
    assert_true(phrases_have(&all, STR("infections")));
    assert_true(phrases_have(&all, STR("arthritis")));
    assert_false(phrases_have(&all, STR("heart")));
    assert_false(phrases_have(&all, STR("infect")));
    assert_false(phrases_have(&(struct phrases){0}, STR("infect")));
    reading_free(&trial);
}

/* All hits of a sentence, one behind the other. */
static void test_the_next_hit(void **state)
{
    (void)state;
    struct trial trial = reading_new();
    struct phrase phrase;
    assert_true(phrase_read(trial.arena, &trial.diags, STR("a a"), (struct pos){0}, &phrase));
    reading_text(&trial, STR("a a a b a a a. A a"));
    const struct prose *prose = prose_new(trial.arena, &trial.document, NULL);
    const struct phrases all = {&phrase, 1};
    struct phrase_hit hit = {0};
    size_t places[4], count = 0;
    while (count < 4 && phrases_find(&all, prose, &prose->sentences.at[0], hit.word + hit.count, &hit))
        places[count++] = hit.word;
    assert_int_equal(count, 2);
    assert_int_equal(places[0], 0);
    assert_int_equal(places[1], 4);
    reading_free(&trial);
}

static void test_what_is_no_phrase(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "", " ", "~", "~ ~", "a?", "a? ~ b?", "^", "-", "a b c d e f g h i j k l m n o p q", "~ ~ a? ~"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct trial trial = reading_new();
        const struct source *source = source_new(trial.arena, "check.yaml", STR("one\n  two\n"));
        struct phrase phrase;
        if (phrase_read(trial.arena, &trial.diags, str_from(BAD[i]), (struct pos){source, 6, 3}, &phrase))
            fail_msg("'%s' is taken for a phrase", BAD[i]);
        assert_string_equal(reading_diags(&trial), "error 2:3+3 yaml-value");
        reading_free(&trial);
    }
    static const char *const GOOD[] = {
        "a", "#", "~ a", "a ~", "a b c d e f g h i j k l m n o p", "a? b", "^#"};
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        struct trial trial = reading_new();
        struct phrase phrase;
        assert_true(phrase_read(trial.arena, &trial.diags, str_from(GOOD[i]), (struct pos){0}, &phrase));
        reading_free(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_several_words),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_starts),
        cmocka_unit_test(test_choices_and_exceptions),
        cmocka_unit_test(test_have),
        cmocka_unit_test(test_the_next_hit),
        cmocka_unit_test(test_what_is_no_phrase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
