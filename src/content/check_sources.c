/* Sources, dates, blanks, and the clinic. */
#include "content/check_parts.h"

#include "content/variables.h"

/* -- sources */

/* Judges a cited source where the bibliography lists it. */
static void check_source(struct check *check, const struct bib_entry *entry)
{
    if (!entry->publisher.n)
        check_find(check, CHECK_SOURCE_INCOMPLETE, entry->pos, "the source '%.*s' has no publisher",
            STR_FMT(entry->id));
    if (!entry->read.year)
        check_find(check, CHECK_SOURCE_UNREAD, entry->pos,
            "nobody is on record to have read the source '%.*s'", STR_FMT(entry->id));
}

static void check_citations(struct check *check)
{
    const struct doc_node *root = check->document->root;
    struct map topic = {0}, all = {0};
    bool standard = false;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        standard = standard || node->role == ROLE_STANDARD;
        if (node->kind != DOC_CITATION)
            continue;
        struct bib_entry *entry = map_get(&check->library->sources, node->citation.id);
        if (entry && !map_put(check->arena, &all, entry->id, entry))
            check_source(check, entry);
        if (entry && !standard)
            map_put(check->arena, &topic, entry->id, entry);
    }
    double bound;
    enum check_severity severity = check_judge(check, CHECK_SOURCES_FEW, (double)topic.n, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_SOURCES_FEW, severity, check_whole_pos(check),
            "%zu source%s cited before the standard page; there should be %s", topic.n,
            topic.n == 1 ? " is" : "s are", check_number(check, bound));
}

/* -- dates */

static void check_review_state(struct check *check)
{
    const struct handout *handout = check->handout;
    const struct edition *edition = check->edition;
    bool translation = edition != &handout->editions[0];
    bool own = edition->state_pos.source && edition->state_pos.offset != handout->state_pos.offset;
    if (edition->state == STATE_DRAFT)
        check_find(check, CHECK_NOT_REVIEWED,
            own           ? edition->state_pos
            : translation ? edition->pos
                          : handout->state_pos,
            translation ? "this translation is not yet reviewed by a qualified translator and a clinician"
                        : "this handout is not yet reviewed by a clinician");
}

/* How many months ago something was so, by words that begin with `hit` ("as of November 2026"), and how many
 * words say it. False if they name no month. */
static bool age_of(const struct check *check, const struct prose_sentence *sentence,
    const struct phrase_hit *hit, int *age, size_t *count)
{
    enum { REACH = 6 }; /* words behind "as of": "November 20, 2026", "20 de noviembre de 2026" */
    const struct prose *prose = check->prose;
    size_t end = sentence->word + sentence->word_count;
    struct str text = prose_passage(prose, sentence)->text;
    int month = 0;
    for (size_t i = hit->word; i < end && i < hit->word + hit->count + REACH; i++) {
        const struct prose_word *here_word = &prose->words.at[i];
        struct str folded = here_word->folded;
        size_t year;
        int here = check_month(check, str_slice(text, here_word->from, here_word->to));
        month = here ? here : month;
        if (!month || folded.n != 4 || !str_to_size(folded, 9999, &year))
            continue;
        *age = (check->options.today.year - (int)year) * 12 + check->options.today.month - month;
        *count = i + 1 - hit->word;
        return true;
    }
    return false;
}

static void judge_age(
    struct check *check, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    int age;
    size_t count;
    double bound;
    if (!age_of(check, sentence, hit, &age, &count))
        return;
    enum check_severity severity = check_judge(check, CHECK_AS_OF_OLD, age, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_AS_OF_OLD, severity,
            prose_words_pos(check->prose, prose_passage(check->prose, sentence), hit->word, count),
            "this was so %d month%s ago; %s at most", age, age == 1 ? "" : "s", check_number(check, bound));
}

static void check_as_of(struct check *check)
{
    for (size_t i = 0; i < check->prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &check->prose->sentences.at[i];
        struct phrase_hit hit = {.word = sentence->word};
        while (phrases_find(&check->lexicon->as_of, check->prose, sentence, hit.word + hit.count, &hit))
            judge_age(check, sentence, &hit);
    }
}

/* -- the clinic */

static bool is_empty(const struct check *check, const char *variable)
{
    const struct str *value = variables_get(check->document->variables, str_from(variable));
    return !value || !str_trim(*value).n;
}

/* A sample's blanks are there on purpose. */
static void check_slots(struct check *check)
{
    const struct clinic *clinic = &check->library->clinic;
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        if (node->kind != DOC_BLANK)
            continue;
        if (clinic->sample) {
            check_find_as(check, CHECK_SLOT_EMPTY, CHECK_NOTE, clinic->sample_pos,
                "this is a sample clinic, with blanks that a real one must not have");
            return;
        }
        check_find(check, CHECK_SLOT_EMPTY, node->pos, "a blank is not filled in");
    }
}

static void check_clinic(struct check *check)
{
    const struct clinic *clinic = &check->library->clinic;
    const struct node *conflict = node_get(clinic->root, "conflict");
    if (node_get_str(conflict, check->document->lang))
        conflict = node_get_str(conflict, check->document->lang);
    const struct pos start = {clinic->sample_pos.source, 0, 0};
    check_slots(check);
    if (is_empty(check, "clinic.conflict"))
        check_find(check, CHECK_CONFLICT_MISSING, conflict ? conflict->pos : start,
            "whose interests are at stake is not said");
    for (size_t i = 0; i < check->profile->notice_state_count; i++)
        if (str_eq(clinic->state, check->profile->notice_states[i]) && !clinic->notice.n)
            check_find(check, CHECK_STATE_NOTICE, clinic->state_pos,
                "%.*s demands a notice, and there is none", STR_FMT(clinic->state));
}

void check_sources(struct check *check)
{
    if (check->lexicon)
        check_as_of(check);
    if (!check->handout)
        return;
    check_citations(check);
    check_review_state(check);
    check_clinic(check);
}
