/* Words and sentences: banned, absolute, hard, unhedged, and how the reader is addressed. */
#include "content/check_parts.h"

#include "base/utf8.h"

static struct pos hit_pos(
    const struct check *check, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    return prose_words_pos(check->prose, prose_passage(check->prose, sentence), hit->word, hit->count);
}

/* The words of a hit, as they stand in the text. */
static struct str hit_text(
    const struct check *check, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    const struct prose *prose = check->prose;
    return str_slice(prose_passage(prose, sentence)->text, prose->words.at[hit->word].from,
        prose->words.at[hit->word + hit->count - 1].to);
}

/* -- words */

/* Does a word stand behind a semicolon or colon? */
static bool begins_clause(const struct check *check, const struct prose_sentence *sentence, size_t word)
{
    if (word == sentence->word)
        return false;
    struct str text = prose_passage(check->prose, sentence)->text;
    size_t end = check->prose->words.at[word - 1].to;
    return end < text.n && (text.p[end] == ';' || text.p[end] == ':');
}

/* Is a hit negated: in the words before it ("no one has shown that it regrows cartilage"), with no "but" or
 * semicolon between, or by the verb right behind it ("a cure does not exist")? */
static bool is_negated(
    const struct check *check, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    enum { REACH = 10 };
    const struct lexicon *lexicon = check->lexicon;
    size_t first = hit->word - sentence->word > REACH ? hit->word - REACH : sentence->word;
    bool negated = false;
    for (size_t word = first; word < hit->word; word++) {
        if (begins_clause(check, sentence, word))
            negated = false;
        if (phrases_match_at(&lexicon->negation, check->prose, sentence, word) != SIZE_MAX)
            negated = true;
        else if (phrases_match_at(&lexicon->contrast, check->prose, sentence, word) != SIZE_MAX)
            negated = false;
    }
    negated = negated && !begins_clause(check, sentence, hit->word);
    return negated || phrases_match_at(&lexicon->negation_after, check->prose, sentence,
                          hit->word + hit->count) != SIZE_MAX;
}

/* Reports each place of a sentence where one of the phrases stands. */
static void find_words(struct check *check, enum check_rule rule, const struct phrases *phrases,
    const struct prose_sentence *sentence, const char *what)
{
    struct phrase_hit hit = {.word = sentence->word};
    if (!check_is_on(check, rule))
        return;
    while (phrases_find(phrases, check->prose, sentence, hit.word + hit.count, &hit)) {
        struct str text = hit_text(check, sentence, &hit), instead = hit.phrase->instead;
        if (hit.phrase->negatable && (sentence->question || is_negated(check, sentence, &hit)))
            continue;
        if (instead.n)
            check_find(check, rule, hit_pos(check, sentence, &hit), "'%.*s' %s: '%.*s'", STR_FMT(text), what,
                STR_FMT(instead));
        else
            check_find(check, rule, hit_pos(check, sentence, &hit), "'%.*s' %s", STR_FMT(text), what);
    }
}

/* An absolute word in a claim of benefit or safety; not in a question, nor in what the reader is told to do.
 */
static void find_absolute(struct check *check, const struct prose_sentence *sentence)
{
    const struct lexicon *lexicon = check->lexicon;
    if (!sentence->question && phrases_match(&lexicon->claims, check->prose, sentence) &&
        !phrases_match(&lexicon->imperative, check->prose, sentence))
        find_words(check, CHECK_WORD_ABSOLUTE, &lexicon->absolute, sentence, "promises too much");
}

/* -- benefits */

/* Does a sentence report what was found, with a source cited in it or behind it in the same paragraph? "Cells
 * helped knees in a study [1]" does, "Cells help knees [1]" does not. */
static bool is_report(const struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    if (!phrases_match(&check->lexicon->reports, prose, sentence))
        return false;
    size_t end = passage->citation + passage->citation_count;
    return passage->citation_count && prose->citations.at[end - 1].at >= sentence->from;
}

/* Is a hit hedged: by a word before it with no "but" between, or behind it with none between? */
static bool is_hedged(
    const struct check *check, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    const struct lexicon *lexicon = check->lexicon;
    bool hedged = false;
    for (size_t word = sentence->word; word < sentence->word + sentence->word_count; word++) {
        if (phrases_match_at(&lexicon->contrast, check->prose, sentence, word) != SIZE_MAX) {
            if (word > hit->word)
                return hedged;
            hedged = false;
        }
        hedged = hedged || phrases_match_at(&lexicon->hedge, check->prose, sentence, word) != SIZE_MAX;
    }
    return hedged;
}

/* Does the first cell of a cell's row name this treatment? */
static bool row_is_treatment(const struct check *check, const struct passage *cell)
{
    const struct prose *prose = check->prose;
    struct prose_range row = prose_within(prose, cell->unit);
    const struct passage *first = &prose->passages.at[row.first];
    for (size_t i = 0; first->node->cell.column == 0 && i < first->sentence_count; i++)
        if (phrases_match(&check->lexicon->this_treatment, prose, &prose->sentences.at[first->sentence + i]))
            return true;
    return false;
}

/* The first benefit of a sentence that is not negated. */
static bool find_benefit(
    const struct check *check, const struct prose_sentence *sentence, struct phrase_hit *hit)
{
    *hit = (struct phrase_hit){.word = sentence->word};
    while (phrases_find(&check->lexicon->benefit, check->prose, sentence, hit->word + hit->count, hit))
        if (!is_negated(check, sentence, hit))
            return true;
    return false;
}

/* Does a sentence begin with "it" or "they", and follow one on this treatment, or none at all outside a
 * table? */
static bool goes_on(const struct check *check, const struct prose_sentence *sentence)
{
    bool first = sentence == check->prose->sentences.at || sentence[-1].passage != sentence->passage;
    if (phrases_match_at(&check->lexicon->pronoun, check->prose, sentence, sentence->word) == SIZE_MAX)
        return false;
    return first ? prose_passage(check->prose, sentence)->kind != PROSE_CELL
                 : phrases_match(&check->lexicon->treatment, check->prose, &sentence[-1]);
}

static void find_unhedged(struct check *check, const struct prose_sentence *sentence)
{
    const struct lexicon *lexicon = check->lexicon;
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    struct phrase_hit benefit;
    if (sentence->question || !find_benefit(check, sentence, &benefit))
        return;
    bool treatment = phrases_match(&lexicon->treatment, prose, sentence) || goes_on(check, sentence) ||
                     (passage->kind == PROSE_CELL && row_is_treatment(check, passage));
    if (treatment && !is_hedged(check, sentence, &benefit) && !is_report(check, sentence))
        check_find(check, CHECK_BENEFIT_UNHEDGED, prose_sentence_pos(prose, sentence),
            "'%.*s' sounds certain", STR_FMT(hit_text(check, sentence, &benefit)));
}

/* In the evidence, words of sentences that tell a benefit must not outnumber those of limits and harm. */
static void check_evidence_balance(struct check *check)
{
    const struct lexicon *lexicon = check->lexicon;
    const struct prose *prose = check->prose;
    const struct passage *first = NULL;
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        const struct passage *passage = prose_passage(prose, sentence);
        if (passage->role != ROLE_EVIDENCE)
            continue;
        first = first ? first : passage;
        bool negated = phrases_match(&lexicon->negation, prose, sentence);
        bool limited = negated || phrases_match(&lexicon->harm, prose, sentence) ||
                       phrases_match(&lexicon->limits, prose, sentence);
        if (limited)
            bad += sentence->token_count;
        else if (phrases_match(&lexicon->benefit, prose, sentence))
            good += sentence->token_count;
    }
    if (good > bad)
        check_find(check, CHECK_BALANCE, first->node->pos,
            "%zu words of benefit stand against %zu of limits and harm", good, bad);
}

/* In the table of choices, the columns behind the first, what a choice may do and what speaks against it,
 * must be of about the same length. */
void check_balance(struct check *check, const struct doc_node *table)
{
    enum { MOST_COLUMNS = 16 };
    size_t words[MOST_COLUMNS] = {0}, columns = table->table.columns, least = 1, most = 1;
    if (columns < 3 || columns > MOST_COLUMNS)
        return;
    for (size_t i = 0; i < check->prose->passages.n; i++) {
        const struct passage *passage = &check->prose->passages.at[i];
        if (passage->kind == PROSE_CELL && passage->unit->parent == table)
            words[passage->node->cell.column] += passage->token_count;
    }
    for (size_t i = 2; i < columns; i++) {
        least = words[i] < words[least] ? i : least;
        most = words[i] > words[most] ? i : most;
    }
    double ratio = words[least] ? (double)words[most] / (double)words[least] : (double)words[most] + 1, bound;
    enum check_severity severity = check_judge(check, CHECK_BALANCE, ratio, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_BALANCE, severity, table->pos,
            "the columns of this table have %zu and %zu words, %s to 1; %s at most", words[most],
            words[least], check_measured(check, ratio, bound), check_number(check, bound));
}

/* -- capitals */

/* What stands between two words. */
static struct str between(struct str text, const struct prose_word *first, const struct prose_word *second)
{
    return str_slice(text, first->to, second->from);
}

static bool is_upper(struct str word)
{
    size_t letters = 0;
    for (size_t at = 0; at < word.n;) {
        uint32_t c = utf8_next(word, &at);
        bool upper = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
        if (!upper)
            return false;
        letters++;
    }
    return letters >= 2;
}

static void judge_run(struct check *check, const struct passage *passage, size_t first, size_t count)
{
    double bound;
    enum check_severity severity = check_judge(check, CHECK_CAPS_RUN, (double)count, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_CAPS_RUN, severity, prose_words_pos(check->prose, passage, first, count),
            "%zu words in capitals", count);
}

/* Runs of words in capitals, but for acronyms. */
static void find_capitals(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    size_t run = 0, shouted = 0, end = sentence->word + sentence->word_count;
    if (!check_is_on(check, CHECK_CAPS_RUN))
        return;
    for (size_t i = sentence->word; i <= end; i++) {
        const struct prose_word *word = i < end ? &prose->words.at[i] : NULL;
        bool upper = word && is_upper(str_slice(passage->text, word->from, word->to));
        bool joined = upper && run && str_is(between(passage->text, word - 1, word), " ");
        if (!joined && shouted)
            judge_run(check, passage, i - run, run);
        if (!joined)
            run = shouted = 0;
        if (upper) {
            run++;
            shouted += !phrases_have(&check->lexicon->caps, word->folded);
        }
    }
}

/* -- testimonials */

static bool is_age(struct str word)
{
    size_t age;
    return str_to_size(word, 120, &age) && age >= 18 && word.n >= 2;
}

static bool is_name(struct str raw)
{
    return raw.n > 1 && raw.p[0] >= 'A' && raw.p[0] <= 'Z' && !is_upper(raw);
}

/* "– Karen P.": a name behind a dash, and an initial. */
static bool is_signature(const struct prose *prose, struct str text, size_t word)
{
    const struct prose_word *name = &prose->words.at[word], *initial = &prose->words.at[word + 1];
    if (initial->to - initial->from != 1 || text.p[initial->from] < 'A' || text.p[initial->from] > 'Z')
        return false;
    struct str before = str_trim(str_slice(text, 0, name->from));
    return str_ends(before, "–") || str_ends(before, "—") || str_ends(before, "-");
}

/* "John, 54," or "Maria (61)" or "Linda, age 47,": a name, and an age cut off from what follows. */
static bool is_person(const struct check *check, struct str text, size_t word, size_t end)
{
    const struct prose_word *name = &check->prose->words.at[word], *age = name + 1;
    struct str gap = between(text, name, age);
    bool comma = str_is(gap, ", ");
    if (comma && word + 2 < end && phrases_have(&check->lexicon->aged, age->folded)) {
        age++;
        gap = between(text, age - 1, age);
    }
    char after = age->to < text.n ? text.p[age->to] : '.';
    bool bracket = str_is(gap, " (") && after == ')';
    return is_age(age->folded) &&
           (bracket || (comma && (after == ',' || after == '.' || after == ':' || after == ' ') &&
                           (after != ' ' || age != name + 1)));
}

static void find_person(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    struct str text = passage->text;
    size_t end = sentence->word + sentence->word_count;
    for (size_t i = sentence->word; i + 1 < end; i++) {
        if (!is_name(str_slice(text, prose->words.at[i].from, prose->words.at[i].to)))
            continue;
        if (is_person(check, text, i, end))
            check_find(check, CHECK_TESTIMONIAL, prose_words_pos(prose, passage, i, 2),
                "a person with name and age");
        else if (is_signature(prose, text, i))
            check_find(
                check, CHECK_TESTIMONIAL, prose_words_pos(prose, passage, i, 2), "words signed by a person");
    }
}

/* -- links */

static bool is_bare_address(struct str text)
{
    static const char *const domains[] = {".gov", ".org", ".com", ".net", ".edu"};
    if (str_find(text, " ", 0) != SIZE_MAX)
        return false;
    if (str_starts(text, "http://") || str_starts(text, "https://") || str_starts(text, "www."))
        return true;
    size_t slash = str_find(text, "/", 0);
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (str_ends(str_slice(text, 0, slash), domains[i]))
            return true;
    return false;
}

/* A link whose whole text is one of the phrases, or an address. */
static void check_links(struct check *check)
{
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        bool made = !node->pos.source || node->role == ROLE_SOURCE_LIST;
        if (node->role == ROLE_SOURCE_LIST)
            node = doc_skip(node, root);
        if (!node)
            break;
        if (made || node->kind != DOC_LINK)
            continue;
        struct buf all = {0};
        doc_public_text(node, &all);
        struct str text = str_trim(prose_fold(check->arena, buf_slice(&all)));
        buf_free(&all);
        while (text.n && ascii_is_punct(text.p[text.n - 1]) && !is_bare_address(text))
            text.n--;
        bool vague = is_bare_address(text);
        for (size_t i = 0; i < check->lexicon->link_text.n && !vague; i++)
            vague = str_eq(text, prose_fold(check->arena, check->lexicon->link_text.at[i].text));
        if (vague)
            check_find(
                check, CHECK_LINK_TEXT, node->pos, "'%.*s' does not say where the link leads", STR_FMT(text));
    }
}

void check_wording(struct check *check)
{
    const struct lexicon *lexicon = check->lexicon;
    if (!lexicon)
        return;
    for (size_t i = 0; i < check->prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &check->prose->sentences.at[i];
        find_words(check, CHECK_WORD_BANNED, &lexicon->banned, sentence, "is promotional, or misleads");
        find_words(
            check, CHECK_PLACEHOLDER, &lexicon->placeholder, sentence, "stands for what is not written yet");
        find_words(check, CHECK_WORD_HARD, &lexicon->hard, sentence, "has a plainer word");
        find_words(check, CHECK_MATH_NEEDED, &lexicon->math, sentence, "makes the reader calculate");
        find_words(check, CHECK_THIRD_PERSON, &lexicon->third_person, sentence, "speaks past the reader");
        find_words(check, CHECK_TESTIMONIAL, &lexicon->testimonial, sentence, "tells a patient's story");
        if (!sentence->question && !phrases_match(&lexicon->medicine_safe, check->prose, sentence))
            find_words(check, CHECK_MEDICINE_STOP, &lexicon->medicine, sentence, "tells to stop a medicine");
        find_absolute(check, sentence);
        find_unhedged(check, sentence);
        find_capitals(check, sentence);
        find_person(check, sentence);
    }
    check_links(check);
    if (check->handout && check_is_on(check, CHECK_BALANCE))
        check_evidence_balance(check);
}
