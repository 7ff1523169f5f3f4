/* Grades, and lengths of sentences, paragraphs, sections, lists, cells. */
#include "content/check_parts.h"
#include "content/figures.h"

/* -- grades */

static void judge(struct check *check, enum check_rule rule, double value, struct pos pos, const char *what)
{
    double bound;
    enum check_severity severity = check_judge(check, rule, value, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, rule, severity, pos, "%s is %s, and should be %s %s", what,
            check_measured(check, value, bound),
            CHECK_RULE_TEXTS[rule].measure == CHECK_MEASURE_MOST ? "at most" : "at least",
            check_number(check, bound));
}

static void check_english(struct check *check, const struct figures_table *table)
{
    enum { SMOG_SENTENCES = 30 }; /* below it SMOG is an estimate: McLaughlin 1969 */
    const struct figures *whole = &table->whole;
    struct pos pos = check_whole_pos(check);
    judge(check, CHECK_GRADE_PLAIN, reading_grade(&whole->plain), pos,
        "without the unavoidable terms, the Flesch-Kincaid grade");
    judge(check, CHECK_GRADE_FULL, reading_grade(&whole->all), pos, "the Flesch-Kincaid grade");
    if (whole->plain.sentences >= SMOG_SENTENCES)
        judge(check, CHECK_SMOG, reading_smog(&whole->plain), pos,
            "without the unavoidable terms, the SMOG grade");
    judge(check, CHECK_READING_EASE, reading_ease(&whole->all), pos, "the Flesch reading ease");
    for (size_t i = 0; i < table->n; i++)
        judge(check, CHECK_GRADE_SECTION, reading_grade(&table->sections[i].all), table->sections[i].pos,
            "the Flesch-Kincaid grade of this section");
}

static void check_spanish(struct check *check, const struct figures_table *table)
{
    struct pos pos = check_whole_pos(check);
    judge(check, CHECK_INFLESZ, reading_inflesz(&table->whole.all), pos, "the INFLESZ score");
    judge(check, CHECK_FERNANDEZ_HUERTA, reading_fernandez_huerta(&table->whole.all), pos,
        "the Fernández-Huerta score");
    for (size_t i = 0; i < table->n; i++)
        judge(check, CHECK_INFLESZ_SECTION, reading_inflesz(&table->sections[i].all), table->sections[i].pos,
            "the INFLESZ score of this section");
}

static void check_shares(struct check *check, const struct figures *whole)
{
    struct pos pos = check_whole_pos(check);
    judge(check, CHECK_LONG_WORDS, figures_long_share(whole), pos, "the share of long words, in percent,");
    judge(check, CHECK_SENTENCE_MEAN, (double)whole->all.words / (double)whole->all.sentences, pos,
        "the mean number of words in a sentence");
    judge(check, CHECK_ADDRESS_SHARE, figures_words_per_address(whole), pos,
        "the number of words for each one that speaks to the reader");
}

/* Where too many sentences are passive, each is shown. */
static void check_passive(struct check *check, const struct figures *whole)
{
    const struct prose *prose = check->prose;
    double share = figures_passive_share(whole), bound;
    enum check_severity severity = check_judge(check, CHECK_PASSIVE, share, &bound);
    if (severity == CHECK_OFF)
        return;
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        if (prose_passage(prose, sentence)->scored && figures_is_passive(check->lexicon, prose, sentence))
            check_find_as(check, CHECK_PASSIVE, severity, prose_sentence_pos(prose, sentence),
                "a passive sentence; they are %s%% of all, and should be %s%% at most",
                check_measured(check, share, bound), check_number(check, bound));
    }
}

/* -- lengths */

static void check_passage(struct check *check, const struct passage *passage)
{
    const struct prose *prose = check->prose;
    for (size_t i = 0; i < passage->sentence_count; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[passage->sentence + i];
        check_count(check, CHECK_SENTENCE_LONG, sentence->token_count, prose_sentence_pos(prose, sentence),
            "words in a sentence");
    }
    struct pos pos = prose_pos(prose, passage, 0, passage->text.n);
    if (passage->kind == PROSE_CELL)
        check_count(check, CHECK_CELL_LONG, passage->token_count, pos, "words in a cell");
    if (passage->kind != PROSE_PARAGRAPH && passage->kind != PROSE_ITEM)
        return;
    check_count(check, CHECK_PARAGRAPH_LONG, passage->token_count, pos, "words in a paragraph");
    check_count(check, CHECK_PARAGRAPH_SENTENCES, passage->sentence_count, pos, "sentences in a paragraph");
}

/* The words of a passage without the values of variables: no author can shorten what a clinic fills in. */
static size_t own_words(const struct prose *prose, const struct passage *passage)
{
    size_t count = 0;
    for (size_t i = 0; i < passage->token_count; i++)
        count += !prose->tokens.at[passage->token + i].variable;
    return count;
}

/* From a heading to the next one, or to the end of the section. */
static void check_stretches(struct check *check)
{
    const struct prose *prose = check->prose;
    const struct passage *heading = NULL;
    size_t words = 0;
    for (size_t i = 0; i <= prose->passages.n; i++) {
        const struct passage *passage = i < prose->passages.n ? &prose->passages.at[i] : NULL;
        if (passage && passage->kind != PROSE_HEADING) {
            words += own_words(check->prose, passage);
            continue;
        }
        if (heading) {
            struct pos pos = heading->node->pos.source ? heading->node->pos : check_whole_pos(check);
            check_count(check, CHECK_SECTION_LONG, words, pos, "words in one stretch under a heading");
        }
        heading = passage;
        words = 0;
    }
}

/* A list that is too long, at its first item too many. */
static void check_list(struct check *check, const struct doc_node *list)
{
    size_t count = 0;
    for (const struct doc_node *item = list->first; item; item = item->next)
        count++;
    double bound;
    if (check_judge(check, CHECK_LIST_LONG, (double)count, &bound) == CHECK_OFF)
        return;
    const struct doc_node *first_over = list->first;
    for (size_t i = 0; first_over && i < (size_t)bound; i++)
        first_over = first_over->next;
    if (first_over)
        check_count(check, CHECK_LIST_LONG, count, first_over->pos, "items in a list");
}

static void check_blocks(struct check *check)
{
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = root, *next; node; node = next) {
        bool apart = node->role == ROLE_NOTICE || node->role == ROLE_SOURCE_LIST || node->role == ROLE_FIELDS;
        next = apart ? doc_skip(node, root) : doc_next(node, root);
        if (apart)
            continue;
        if (node->kind == DOC_LIST)
            check_list(check, node);
        if (node->kind == DOC_TABLE)
            check_count(check, CHECK_TABLE_WIDE, node->table.columns, node->pos, "columns in a table");
    }
}

void check_reading(struct check *check)
{
    const struct prose *prose = check->prose;
    for (size_t i = 0; i < prose->passages.n; i++)
        if (prose->passages.at[i].scored)
            check_passage(check, &prose->passages.at[i]);
    check_stretches(check);
    check_blocks(check);
    if (!check->lexicon)
        return;
    struct figures_table table = figures_of(check->arena, prose, check->lexicon);
    check_passive(check, &table.whole);
    if (!check->handout || !table.whole.all.sentences)
        return;
    check_shares(check, &table.whole);
    if (check->lexicon->english)
        check_english(check, &table);
    else
        check_spanish(check, &table);
}
