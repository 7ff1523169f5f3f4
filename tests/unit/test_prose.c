/* The running text of documents: passages, sentences, words, and where each stands in the source. */
#include "reading.h"

#include "content/prose.h"

static const struct str SHORTENED[] = {{"dr.", 3}, {"e.g.", 4}, {"u.s.", 4}};
static const struct prose_language ENGLISH = {
    .syllables = SYLLABLES_ENGLISH, .abbreviations = SHORTENED, .abbreviation_count = 3};

struct reader {
    struct trial trial;
    const struct prose *prose;
};

static struct reader read(const char *markdown)
{
    struct reader reader = {.trial = reading_new()};
    reading_text(&reader.trial, str_from(markdown));
    if (!reader.trial.good)
        fail_msg("%s", reading_diags(&reader.trial));
    reader.prose = prose_new(reader.trial.arena, &reader.trial.document, &ENGLISH);
    return reader;
}

static void finish(struct reader *reader)
{
    reading_free(&reader->trial);
}

static const char *keep(struct reader *reader, struct buf *out)
{
    const char *text = out->n ? arena_copy(reader->trial.arena, out->p, out->n) : "";
    buf_free(out);
    return text;
}

static struct str source_at(struct pos pos)
{
    assert_non_null(pos.source);
    return str_slice(pos.source->text, pos.offset, pos.offset + pos.length);
}

/* Each passage in a line: its kind, a "*" if it counts, and its sentences in angle quotes. */
static const char *passages(struct reader *reader)
{
    static const char *const KINDS[] = {
        "heading", "title", "paragraph", "item", "cell", "head-cell", "caption"};
    const struct prose *prose = reader->prose;
    struct buf out = {0};
    for (size_t i = 0; i < prose->passages.n; i++) {
        const struct passage *passage = &prose->passages.at[i];
        buf_printf(&out, "%s%s:", KINDS[passage->kind], passage->scored ? "*" : "");
        for (size_t j = 0; j < passage->sentence_count; j++) {
            const struct prose_sentence *sentence = &prose->sentences.at[passage->sentence + j];
            assert_int_equal(sentence->passage, i);
            buf_printf(&out, " <%.*s>%s",
                STR_FMT(str_trim(str_slice(passage->text, sentence->from, sentence->to))),
                sentence->question ? "?" : "");
        }
        buf_char(&out, '\n');
    }
    return keep(reader, &out);
}

/* The words of all passages, folded, with a blank between tokens and a plus between words of one token. */
static const char *words(struct reader *reader)
{
    const struct prose *prose = reader->prose;
    struct buf out = {0};
    for (size_t i = 0; i < prose->words.n; i++) {
        const struct prose_word *word = &prose->words.at[i];
        if (i)
            buf_char(&out, word->token == prose->words.at[i - 1].token ? '+' : ' ');
        buf_str(&out, word->folded);
    }
    return keep(reader, &out);
}

/* The source of each word, joined by "|". */
static const char *word_places(struct reader *reader)
{
    struct buf out = {0};
    for (size_t i = 0; i < reader->prose->passages.n; i++) {
        const struct passage *passage = &reader->prose->passages.at[i];
        for (size_t j = 0; j < passage->word_count; j++)
            buf_printf(&out, "%s%.*s", out.n ? "|" : "",
                STR_FMT(source_at(prose_words_pos(reader->prose, passage, passage->word + j, 1))));
    }
    return keep(reader, &out);
}

/* The source of each sentence, joined by "|". */
static const char *sentence_places(struct reader *reader)
{
    struct buf out = {0};
    for (size_t i = 0; i < reader->prose->sentences.n; i++)
        buf_printf(&out, "%s%.*s", out.n ? "|" : "",
            STR_FMT(source_at(prose_sentence_pos(reader->prose, &reader->prose->sentences.at[i]))));
    return keep(reader, &out);
}

struct example {
    const char *markdown, *expected;
};

static void expect_all(const char *(*view)(struct reader *), const struct example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct reader reader = read(examples[i].markdown);
        const char *seen = view(&reader);
        if (strcmp(seen, examples[i].expected) != 0) {
            print_error(
                "%s\n  expected %s\n       got %s\n", examples[i].markdown, examples[i].expected, seen);
            wrong++;
        }
        finish(&reader);
    }
    assert_int_equal(wrong, 0);
}

#define EXPECT_ALL(view, examples) expect_all((view), (examples), sizeof(examples) / sizeof *(examples))

/* -- passages */

static const struct example PASSAGES[] = {
    {"", ""}, {"# A title\n\nOne. Two?\n", "heading: <A title>\nparagraph*: <One.> <Two?>?\n"},
    {"- first\n- second\n\n  more of it\n\n  > quoted\n",
        "item*: <first>\nitem*: <second>\nitem*: <more of it>\nparagraph*: <quoted>\n"},
    {"> [!WARNING] Call us\n> Now. Or soon.\n>\n> - a sign\n",
        "title: <Call us>\nparagraph*: <Now.> <Or soon.>\nitem*: <a sign>\n"},
    {"> [!NOTE]\n> It is.\n", "title: <Note>\nparagraph*: <It is.>\n"},
    {"| Head | Two |\n|---|---|\n| a cell | |\n| x | *y* |\n",
        "head-cell: <Head>\nhead-cell: <Two>\ncell*: <a cell>\ncell*: <x>\ncell*: <y>\n"},
    {"```people 74 of 100\nAbout 74 of 100 did.\n```\n", "caption*: <About 74 of 100 did.>\n"},
    {"```qr https://a.org/840\nScan this.\n```\n", "caption*: <Scan this.>\n"}, /* not the address */
    {"```\ncode is none\n```\n\n    nor is this\n\n```lines 3\n```\n\nBut `this` is.\n",
        "paragraph*: <But this is.>\n"},
    {"Read [the page](https://example.org/a/b).\n", "paragraph*: <Read the page.>\n"},
    {"![alternative text](pictures/rgb.png)\n", ""},
    {"Say [Llame al 911]{lang=es} now. [Good]{lang=en}.\n", "paragraph*: <Say  now.> <Good.>\n"},
    {"Call {{clinic.phone.day}} or {{clinic.phone.after-hours}}.\n",
        "paragraph*: <Call (555) 010-0199 or ____.>\n"},
    {"One\ntwo  \nthree\\\nfour.\n", "paragraph*: <One two three four.>\n"},
    {"***\n\n--\n", "paragraph*:\n"}, /* nothing to read in it, and yet a block */
};

static void test_passages(void **state)
{
    (void)state;
    EXPECT_ALL(passages, PASSAGES);
}

static void test_units(void **state)
{
    (void)state;
    struct reader reader =
        read("- outer\n\n  - inner\n\n  outer again\n\n| a | b |\n|---|---|\n| c | d |\n\nText.\n");
    const struct passage *at = reader.prose->passages.at;
    assert_int_equal(reader.prose->passages.n, 8);
    assert_int_equal(at[0].unit->kind, DOC_ITEM);
    assert_ptr_equal(at[0].unit, at[2].unit);
    assert_ptr_not_equal(at[0].unit, at[1].unit);
    assert_int_equal(at[5].unit->kind, DOC_ROW);
    assert_ptr_equal(at[5].unit, at[6].unit);
    assert_ptr_not_equal(at[4].unit, at[5].unit);
    assert_ptr_equal(at[7].unit, at[7].node);
    struct prose_range range = prose_within(reader.prose, at[0].unit);
    assert_int_equal(range.first, 0);
    assert_int_equal(range.end, 3);
    range = prose_within(reader.prose, at[5].unit);
    assert_int_equal(range.first, 5);
    assert_int_equal(range.end, 7);
    range = prose_within(reader.prose, at[7].node);
    assert_int_equal(range.first, 7);
    assert_int_equal(range.end, 8);
    range = prose_within(reader.prose, reader.trial.document.root);
    assert_int_equal(range.first, 0);
    assert_int_equal(range.end, 8);
    finish(&reader);
}

static struct doc_node *add(
    struct trial *trial, struct doc_node *parent, enum doc_kind kind, enum doc_role role)
{
    struct doc_node *node = doc_new(trial->arena, kind, parent, (struct pos){0});
    node->role = role;
    return node;
}

static void add_line(struct trial *trial, struct doc_node *parent, enum doc_role role, const char *text)
{
    struct doc_node *line = add(trial, parent, DOC_PARAGRAPH, role);
    add(trial, line, DOC_TEXT, ROLE_NONE)->text = str_from(text);
}

/* Purpose and sections count and have their role; what the program or a statute says does not belong. */
static void test_roles(void **state)
{
    (void)state;
    struct trial trial = reading_new();
    struct doc_node *root = add(&trial, NULL, DOC_DOCUMENT, ROLE_NONE);
    struct doc_node *masthead = add(&trial, root, DOC_MASTHEAD, ROLE_NONE);
    add_line(&trial, masthead, ROLE_PURPOSE, "What it is for.");
    add_line(&trial, masthead, ROLE_STATE, "Version 1");
    struct doc_node *evidence = add(&trial, root, DOC_SECTION, ROLE_EVIDENCE);
    add_line(&trial, evidence, ROLE_NONE, "It may help.");
    struct doc_node *callout = add(&trial, evidence, DOC_CALLOUT, ROLE_NONE);
    add_line(&trial, callout, ROLE_NONE, "Not sure.");
    add_line(&trial, add(&trial, root, DOC_SECTION, ROLE_NOTICE), ROLE_NONE, "By statute.");
    struct doc_node *sources = add(&trial, root, DOC_SECTION, ROLE_SOURCES);
    add_line(&trial, sources, ROLE_NONE, "Smith A. A trial.");
    add_line(&trial, root, ROLE_IMPRINT, "Made by us.");
    trial.document = (struct document){.root = root, .lang = STR("en"), .node_count = doc_number(root)};
    const struct prose *prose = prose_new(trial.arena, &trial.document, NULL);
    assert_int_equal(prose->passages.n, 3);
    const struct passage *at = prose->passages.at;
    assert_int_equal(at[0].role, ROLE_PURPOSE);
    assert_null(at[0].section);
    assert_true(at[0].scored);
    assert_int_equal(at[1].role, ROLE_EVIDENCE);
    assert_ptr_equal(at[1].section, evidence);
    assert_false(at[1].callout);
    assert_true(at[2].callout);
    assert_int_equal(at[2].role, ROLE_EVIDENCE);
    assert_int_equal(prose->tokens.at[0].syllables, 0); /* of a language that is not known */
    reading_free(&trial);
}

/* -- words */

static const struct example WORDS[] = {
    {"The KNEE’s pain isn't \"over\" (yet).\n", "the knee's pain isn't over yet"},
    {"A cutting-edge and/or well–known, long—term 1-800-FDA-1088 plan\n",
        "a cutting+edge and+or well+known long+term 1+800+fda+1088 plan"},
    {"About 25% or 25 % of 1,150 at 100.4°F, $5.50!\n", "about 25% or 25 of 1,150 at 100.4°f 5.50"},
    {"ÉCOLE Straße naïve «Año» ¿Qué?\n", "école straße naïve año qué"},
    {"a - b -- c ... & d / e\n", "a b c d e"},
    {"`code` *em*phasis **st**rong \\*star\\* &amp;c\n", "code emphasis strong star c"},
    {"soft\u00ADhyphen \u00AD \uFEFF \u200B x\uFEFF \u2060\n", "softhyphen x"},
    {"hard\u00A0space thin\u2009space\n", "hard space thin space"},
    {"{{clinic.phone.after-hours}} x\n", "x"},
    {"p.m. U.S. e.g.\n", "p.m u.s e.g"},
    {"one[@a]two [@b] three\n", "onetwo three"},
    {"don‘t ‘quote’ 'quote' rock'n'roll\n", "don‘t quote quote rock'n'roll"},
};

static void test_words(void **state)
{
    (void)state;
    EXPECT_ALL(words, WORDS);
}

static void test_tokens(void **state)
{
    (void)state;
    struct reader reader =
        read("A state-of-the-art idea, — {{clinic.name}} 25 ____ {{clinic.phone.after-hours}}!\n");
    const struct prose *prose = reader.prose;
    assert_int_equal(prose->tokens.n, 6);
    assert_int_equal(prose->tokens.at[1].word_count, 4);
    assert_int_equal(prose->tokens.at[1].syllables, 4);
    assert_int_equal(prose->tokens.at[2].syllables, 3);
    static const bool VARIABLE[] = {false, false, false, true, true, false};
    static const int SYLLABLES[] = {1, 4, 3, 2, 2, 1};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(prose->tokens.at[i].variable, VARIABLE[i]);
        assert_int_equal(prose->tokens.at[i].syllables, SYLLABLES[i]);
        assert_int_equal(prose->words.at[prose->tokens.at[i].word].token, i);
    }
    finish(&reader);
}

static void test_syllables_of_words_that_come_again(void **state)
{
    (void)state;
    struct reader reader = read("Polish polish. The banana, the banana. US us.\n");
    static const int SYLLABLES[] = {2, 2, 1, 3, 1, 3, 2, 1};
    assert_int_equal(reader.prose->tokens.n, 8);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(reader.prose->tokens.at[i].syllables, SYLLABLES[i]);
    finish(&reader);
}

static void test_fold(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_true(str_is(prose_fold(arena, STR("Don’T")), "don't"));
    assert_true(str_is(prose_fold(arena, STR("ÁÑÖ")), "áñö"));
    assert_true(str_is(prose_fold(arena, STR("")), ""));
    assert_true(str_is(prose_fold(arena, STR("a\xC2\xAD"
                                             "b")),
        "ab"));
    assert_true(str_is(prose_fold(arena, STR("a\xFF"
                                             "b")),
        "a\xEF\xBF\xBD"
        "b"));
    arena_free(arena);
}

/* -- sentences */

static const struct example SENTENCES[] = {
    {"It is. Is it? Yes! So… And.", "It is.|Is it?|Yes!|So…|And."},
    {"Ask Dr. Smith, e.g. Today. In the U.S. Law holds.",
        "Ask Dr. Smith, e.g. Today.|In the U.S. Law holds."},
    {"J. R. Smith came. Plan A. Then so did J. A. Jones and I. So.",
        "J. R. Smith came.|Plan A.|Then so did J. A. Jones and I.|So."},
    {"At 5 p.m. it ends. At 5 p.m. It ends.", "At 5 p.m. it ends.|At 5 p.m.|It ends."},
    {"(He said \"no.\") Then it was.", "(He said \"no.\")|Then it was."},
    {"Take 1.5 of it. 2 are left.", "Take 1.5 of it.|2 are left."},
    {"No end here", "No end here"},
    {"It works [@a]. It ends.[@b] So.", "It works [@a].|It ends.|So."},
    {"One. — Two.", "One.|Two."},
};

static void test_sentences(void **state)
{
    (void)state;
    EXPECT_ALL(sentence_places, SENTENCES);
}

static void test_many_initials_do_no_harm(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 50000; i++)
        buf_text(&text, "A. ");
    buf_put(&text, "", 1);
    struct reader reader = read(text.p);
    assert_int_equal(reader.prose->tokens.n, 50000);
    buf_free(&text);
    finish(&reader);
}

static void test_questions(void **state)
{
    (void)state;
    struct reader reader = read("Is it? \"Is it?\" (Is it?) It is. “Is it?” What? no");
    const struct prose *prose = reader.prose;
    assert_int_equal(prose->sentences.n, 6);
    static const bool QUESTION[] = {true, true, true, false, true, false};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(prose->sentences.at[i].question, QUESTION[i]);
    finish(&reader);
}

/* -- places */

static const struct example PLACES[] = {
    {"One *two* **three**, `four`.", "One|two|three|four"},
    {"# A title *here*\n", "A|title|here"},
    {"- one\n  two\n    three\n", "one|two|three"},
    {"1. one\n   - [ ] two\n     three\n", "one|two|three"},
    {"> one\n> two\n> > three\n> > four\n", "one|two|three|four"},
    {"> - one\n>   two\n", "one|two"},
    {"> [!WARNING] Call **us**\n> one\n>  two\n", "Call|us|one|two"},
    {"| a one | b |\n|---|---|\n| c\\|two | `d` |\n|three|\n", "a|one|b|c\\|two|d|three"},
    {"```people 74 of 100\nAbout 74 of\n100 did.\n```\n", "About|74|of|100|did"},
    {"an \\*escape\\* &amp;c &eacute;tude don’t", "an|escape|c|&eacute;tude|don’t"},
    {"it's \"quoted\" -- so... [a link](https://a.org/b_c) end", "it's|quoted|so|a|link|end"},
    {"pre[em](https://a.org)post un**bold**ed", "pre[em](https://a.org)post|un**bold**ed"},
    {"see [@a] and well-known", "see|and|well|known"},
    {"call {{clinic.phone.day}} now",
        "call|{{clinic.phone.day}}|{{clinic.phone.day}}|{{clinic.phone.day}}|now"},
    {"a <b>tag</b> <!-- remark --> end", "a|tag|end"},
    {"<div>one\n  two &amp; three</div>\n", "one|two|three"},
    {"\tcode\n\none\n   two\n", "one|two"},
    {"one\r\ntwo\r\n\r\nthree\r\n", "one|two|three"},
    {"Title here\n==========\n\nSub one\n---\n", "Title|here|Sub|one"},
};

static void test_places_of_words(void **state)
{
    (void)state;
    EXPECT_ALL(word_places, PLACES);
}

static const struct example SENTENCE_PLACES[] = {
    {"One *two*. **Three** four.", "One *two*.|Three** four."},
    {"> One\n> two. Three\n> four.\n", "One\n> two.|Three\n> four."},
    {"- One\n  two. Three.\n", "One\n  two.|Three."},
    {"| Is it? It is. |\n|---|\n| Yes. No |\n", "Is it?|It is.|Yes.|No"},
    {"Call {{clinic.phone.day}}. Now.", "Call {{clinic.phone.day}}.|Now."},
    {"See [this](https://a.org/b). So [it is.](https://a.org) End.",
        "See [this](https://a.org/b).|So [it is.|End."},
    {"A [hola]{lang=es}. B.", "A [hola]{lang=es}.|B."},
};

static void test_places_of_sentences(void **state)
{
    (void)state;
    EXPECT_ALL(sentence_places, SENTENCE_PLACES);
}

/* Text of the program's own has no place. */
static void test_no_place(void **state)
{
    (void)state;
    struct reader reader = read("> [!NOTE]\n> It is.\n");
    const struct passage *title = &reader.prose->passages.at[0];
    struct pos pos = prose_words_pos(reader.prose, title, title->word, 1);
    if (pos.source)
        assert_true(str_is(source_at(pos), "[!NOTE]") || str_is(source_at(pos), "NOTE"));
    pos = prose_pos(reader.prose, title, 3, 3);
    assert_int_equal(pos.offset, title->node->pos.offset);
    finish(&reader);
}

static void test_citations(void **state)
{
    (void)state;
    struct reader reader = read("One [@a]. Two [@b][@c].\n\n- three[@d]\n");
    const struct prose *prose = reader.prose;
    assert_int_equal(prose->citations.n, 4);
    assert_int_equal(prose->passages.at[0].citation_count, 3);
    assert_int_equal(prose->passages.at[1].citation, 3);
    assert_true(str_is(prose->citations.at[0].node->citation.id, "a"));
    assert_int_equal(prose->citations.at[0].at, 4);
    assert_true(prose->citations.at[1].at >= prose->sentences.at[1].from);
    assert_int_equal(prose->citations.at[1].at, prose->citations.at[2].at);
    assert_int_equal(prose->citations.at[3].at, 5);
    finish(&reader);
}

/* -- counts */

static bool leaves_out_arthritis(const void *context, const struct prose *prose, size_t token)
{
    (void)context;
    return str_is(prose->words.at[prose->tokens.at[token].word].folded, "arthritis");
}

static void test_counts(void **state)
{
    (void)state;
    struct reader reader = read("Arthritis hurts 25 knees. It's bad! -- …\n");
    struct reading all = {0}, plain = {0};
    prose_count(reader.prose, &reader.prose->passages.at[0], NULL, NULL, &all);
    prose_count(reader.prose, &reader.prose->passages.at[0], leaves_out_arthritis, NULL, &plain);
    assert_int_equal(all.sentences, 2);
    assert_int_equal(all.words, 6);
    assert_int_equal(all.syllables, 3 + 1 + 1 + 1 + 1 + 1);
    assert_int_equal(all.long_words, 1);
    assert_int_equal(plain.sentences, 2);
    assert_int_equal(plain.words, 5);
    assert_int_equal(plain.long_words, 0);
    finish(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passages),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_syllables_of_words_that_come_again),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_many_initials_do_no_harm),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_places_of_words),
        cmocka_unit_test(test_places_of_sentences),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_citations),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
