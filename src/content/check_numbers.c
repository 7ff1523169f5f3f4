/* Figures, frequencies, and what backs them. */
#include "content/check_parts.h"

/* What is known of a unit, a thing that is read as one. */
struct backing {
    VEC(const struct bib_entry *) sources; /* cited in it, each once */
    bool unlisted;                         /* a source cited in it is in no bibliography */
    bool judged, group, time;              /* once judged: whether it says in whom, and by when */
};

/* What a sentence's words are part of, by word. */
enum { MARK_ALLOWED = 1, MARK_HUNDRED = 2, MARK_MISPUT = 4 };

struct numbers {
    const struct prose_sentence *sentence; /* whose marks are set, or NULL */
    unsigned char *marks;                  /* by word of the prose */
    struct backing **backings;             /* by number of the unit's node, or NULL */
};

/* -- what needs no source */

static bool is_year(struct str word)
{
    size_t year;
    return word.n == 4 && str_to_size(word, 2099, &year) && year >= 1900;
}

/* A day or year beside a month's name. */
static bool is_date(const struct check *check, const struct prose_sentence *sentence, size_t word)
{
    enum { REACH = 2 };
    const struct prose *prose = check->prose;
    size_t first = word - sentence->word > REACH ? word - REACH : sentence->word;
    size_t last = sentence->word + sentence->word_count, size;
    struct str text = prose_passage(prose, sentence)->text, folded = prose->words.at[word].folded;
    if (!is_year(folded) && !str_to_size(folded, 31, &size))
        return false;
    for (size_t i = first; i <= word + REACH && i < last; i++)
        if (check_month(check, str_slice(text, prose->words.at[i].from, prose->words.at[i].to)))
            return true;
    return false;
}

/* The number in a word: its digits with commas and points, as in "1,150", "25th", "38°c". Empty if there is
 * none, or if it is a name such as "L4" or the "19" of "COVID-19". */
static struct str number_of(const struct prose *prose, size_t word)
{
    const struct prose_word *here = &prose->words.at[word];
    const struct prose_token *token = &prose->tokens.at[here->token];
    struct str folded = here->folded;
    if (!ascii_is_digit(folded.p[0]))
        return STR("");
    if (word > token->word && !ascii_is_digit(prose->words.at[word - 1].folded.p[0]))
        return STR("");
    size_t end = 0;
    while (end < folded.n && (ascii_is_digit(folded.p[end]) || folded.p[end] == ',' || folded.p[end] == '.'))
        end++;
    return str_slice(folded, 0, end);
}

static bool is_money(struct str text, const struct prose_word *word)
{
    return word->from && text.p[word->from - 1] == '$';
}

/* -- what backs a number */

/* The citations of what is read as one thing with a passage: a paragraph, an item, a row. */
static const struct prose_citation *next_citation(
    const struct prose *prose, const struct passage *passage, const struct prose_citation *last)
{
    struct prose_range range = prose_within(prose, passage->unit);
    const struct passage *end = &prose->passages.at[range.end - 1];
    size_t next = last ? (size_t)(last - prose->citations.at) + 1 : prose->passages.at[range.first].citation;
    return next < end->citation + end->citation_count ? &prose->citations.at[next] : NULL;
}

static void gather_sources(const struct check *check, const struct passage *passage, struct backing *backing)
{
    const struct prose_citation *citation = NULL;
    struct map seen = {0};
    while ((citation = next_citation(check->prose, passage, citation))) {
        struct bib_entry *entry =
            check->library ? map_get(&check->library->sources, citation->node->citation.id) : NULL;
        if (!entry)
            backing->unlisted = true;
        else if (!map_put(check->arena, &seen, entry->id, entry))
            vec_push(check->arena, &backing->sources, entry);
    }
}

static struct backing *backing_of(const struct check *check, const struct passage *passage)
{
    struct backing **backing = &check->numbers->backings[passage->unit->id];
    if (!*backing) {
        *backing = ARENA_NEW(check->arena, struct backing);
        gather_sources(check, passage, *backing);
    }
    return *backing;
}

/* Was a number read in one of the sources cited here? Sources without a bibliography cannot be asked. */
static bool is_read(const struct check *check, const struct passage *passage, struct str number)
{
    struct str plain = str_without(check->arena, number, ',');
    const struct backing *backing = backing_of(check, passage);
    for (size_t i = 0; i < backing->sources.n; i++) {
        const struct bib_entry *entry = backing->sources.at[i];
        size_t year;
        if ((str_to_size(plain, 9999, &year) && (int)year == entry->year) || map_get(&entry->figures, plain))
            return true;
    }
    return backing->unlisted;
}

/* "1.2", or the 5 of ".5"; not what has two points, as a phone number may. */
static bool is_decimal(struct str text, const struct prose_word *word, struct str number)
{
    size_t point = str_find(number, ".", 0);
    if (!number.n)
        return false;
    if (point == SIZE_MAX)
        return word->from && text.p[word->from - 1] == '.' &&
               (word->from == 1 || text.p[word->from - 2] == ' ');
    return point + 1 < number.n && str_find(number, ".", point + 1) == SIZE_MAX;
}

/* The first or last number in digits of a hit; false if it has none. */
static bool hit_number(const struct prose *prose, const struct phrase_hit *hit, bool last, size_t *number)
{
    bool found = false;
    for (size_t i = hit->word; i < hit->word + hit->count; i++)
        if ((last || !found) && str_to_size(prose->words.at[i].folded, 1000000, number))
            found = true;
    return found;
}

/* Is a hit of `mixed` a frequency that is not of 100? "12 in 2023" is none. */
static bool is_mixed(const struct prose *prose, const struct phrase_hit *hit)
{
    size_t number;
    bool counted = hit_number(prose, hit, true, &number);
    return !counted || (number != 100 && !is_year(prose->words.at[hit->word + hit->count - 1].folded));
}

static void mark_words(const struct check *check, const struct phrase_hit *hit, unsigned char mark)
{
    for (size_t i = hit->word; i < hit->word + hit->count; i++)
        check->numbers->marks[i] |= mark;
}

/* Marks the words of a sentence: those of allowed phrases, the hundred of "25 of 100", and those of
 * percentages and of frequencies that are not of 100, which are told, and that tells enough. */
static void mark_sentence(const struct check *check, const struct prose_sentence *sentence)
{
    const struct lexicon *lexicon = check->lexicon;
    const struct prose *prose = check->prose;
    const struct phrase_hit start = {.word = sentence->word};
    struct phrase_hit hit = start;
    while (phrases_find(&lexicon->numbers_allowed, prose, sentence, hit.word + hit.count, &hit))
        mark_words(check, &hit, MARK_ALLOWED);
    hit = start;
    while (phrases_find(&lexicon->frequency, prose, sentence, hit.word + hit.count, &hit))
        check->numbers->marks[hit.word + hit.count - 1] |= MARK_HUNDRED;
    hit = start;
    while (phrases_find(&lexicon->percent, prose, sentence, hit.word + hit.count, &hit))
        mark_words(check, &hit, MARK_MISPUT);
    hit = start;
    while (phrases_find(&lexicon->mixed, prose, sentence, hit.word + hit.count, &hit))
        if (is_mixed(prose, &hit))
            mark_words(check, &hit, MARK_MISPUT);
}

/* Is a word part of what needs no source, or is told elsewhere? */
static bool is_marked(const struct check *check, const struct prose_sentence *sentence, size_t word)
{
    if (check->numbers->sentence != sentence)
        mark_sentence(check, sentence);
    check->numbers->sentence = sentence;
    return check->numbers->marks[word] || str_ends(check->prose->words.at[word].folded, "%");
}

/* Is it not the first number of its token, as in "1-800-555-0100"? */
static bool goes_on(const struct prose *prose, size_t word)
{
    const struct prose_token *token = &prose->tokens.at[prose->words.at[word].token];
    return word > token->word && ascii_is_digit(prose->words.at[word - 1].folded.p[0]);
}

/* A year needs no source of its own; where one is cited, it must be the source's. */
static bool is_plain_year(const struct check *check, const struct prose_sentence *sentence, size_t word)
{
    const struct passage *passage = prose_passage(check->prose, sentence);
    const struct prose_word *here = &check->prose->words.at[word];
    return is_year(here->folded) && !is_money(passage->text, here) &&
           !next_citation(check->prose, passage, NULL);
}

static void check_number_word(
    struct check *check, const struct prose_sentence *sentence, size_t word, struct str number)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    const struct prose_word *here = &prose->words.at[word];
    const struct prose_token *token = &prose->tokens.at[here->token];
    struct pos pos = prose_words_pos(prose, passage, word, 1);
    if (token->variable || is_marked(check, sentence, word) || is_date(check, sentence, word) ||
        is_plain_year(check, sentence, word))
        return;
    bool decimal = is_decimal(passage->text, here, number) && !is_money(passage->text, here);
    if (decimal)
        check_find(check, CHECK_DECIMAL, pos, "'%.*s' is more exact than helps", STR_FMT(number));
    if (!next_citation(prose, passage, NULL) && !goes_on(prose, word))
        check_find(check, CHECK_NUMBER_UNBACKED, pos, "no source stands behind '%.*s'",
            STR_FMT(str_slice(passage->text, prose->words.at[token->word].from,
                prose->words.at[token->word + token->word_count - 1].to)));
    else if (next_citation(prose, passage, NULL) && number.n && !decimal && !is_read(check, passage, number))
        check_find(
            check, CHECK_NUMBER_UNREAD, pos, "no source cited here is known to say '%.*s'", STR_FMT(number));
}

/* Number words stand for figures, too: "eleven", "half". */
static void check_number_words(struct check *check, const struct prose_sentence *sentence)
{
    struct phrase_hit hit = {.word = sentence->word};
    while (phrases_find(&check->lexicon->number_words, check->prose, sentence, hit.word + hit.count, &hit))
        check_number_word(check, sentence, hit.word, STR(""));
}

static void check_figures(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    for (size_t i = sentence->word; i < sentence->word + sentence->word_count; i++) {
        struct str number = number_of(prose, i);
        if (number.n)
            check_number_word(check, sentence, i, number);
    }
    check_number_words(check, sentence);
}

/* -- percentages and frequencies */

static void check_percent(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    for (size_t i = sentence->word; i < sentence->word + sentence->word_count; i++) {
        const struct prose_word *word = &prose->words.at[i];
        struct str after = str_slice(passage->text, word->to, passage->text.n);
        bool apart =
            ascii_is_digit(word->folded.p[word->folded.n - 1]) &&
            (str_starts(after, " %") || str_starts(after, "\u00A0%") || str_starts(after, "\u202F%"));
        if ((apart || str_ends(word->folded, "%")) && !prose->tokens.at[word->token].variable)
            check_find(check, CHECK_PERCENT_BARE, prose_words_pos(prose, passage, i, 1), "a percentage");
    }
    struct phrase_hit hit = {.word = sentence->word};
    while (phrases_find(&check->lexicon->percent, prose, sentence, hit.word + hit.count, &hit))
        check_find(
            check, CHECK_PERCENT_BARE, prose_words_pos(prose, passage, hit.word, hit.count), "a percentage");
}

static void check_mixed(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    struct phrase_hit hit = {.word = sentence->word};
    while (phrases_find(&check->lexicon->mixed, prose, sentence, hit.word + hit.count, &hit))
        if (is_mixed(prose, &hit))
            check_find(check, CHECK_DENOMINATOR_MIXED,
                prose_words_pos(prose, prose_passage(prose, sentence), hit.word, hit.count),
                "this frequency is not of 100");
}

static bool unit_has(const struct check *check, const struct passage *passage, const struct phrases *phrases)
{
    const struct prose *prose = check->prose;
    struct prose_range range = prose_within(prose, passage->unit);
    for (size_t i = range.first; i < range.end; i++) {
        const struct passage *part = &prose->passages.at[i];
        for (size_t j = 0; part->unit == passage->unit && j < part->sentence_count; j++)
            if (phrases_match(phrases, prose, &prose->sentences.at[part->sentence + j]))
                return true;
    }
    return false;
}

static void check_frequencies(struct check *check, const struct prose_sentence *sentence)
{
    const struct prose *prose = check->prose;
    const struct passage *passage = prose_passage(prose, sentence);
    struct phrase_hit hit;
    if (!phrases_find(&check->lexicon->frequency, prose, sentence, 0, &hit))
        return;
    struct pos pos = prose_words_pos(prose, passage, hit.word, hit.count);
    struct backing *backing = backing_of(check, passage);
    if (!backing->judged) {
        backing->judged = true;
        backing->group = unit_has(check, passage, &check->lexicon->group);
        backing->time = unit_has(check, passage, &check->lexicon->time);
    }
    if (!backing->group)
        check_find(check, CHECK_FREQUENCY_GROUP, pos, "this frequency does not say in whom");
    if (!backing->time)
        check_find(check, CHECK_FREQUENCY_TIME, pos, "this frequency does not say by when");
}

/* -- the evidence's frequencies, shown and framed */

enum { HUNDRED = 100 };

/* The frequencies of the evidence section: where "n of 100" stands first, by n. */
struct evidence {
    bool has[HUNDRED + 1];
    bool shown[HUNDRED + 1]; /* by a `people` block */
    struct pos pos[HUNDRED + 1];
};

static void gather_frequencies(const struct check *check, struct evidence *evidence)
{
    const struct prose *prose = check->prose;
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        const struct passage *passage = prose_passage(prose, sentence);
        struct phrase_hit hit = {.word = sentence->word};
        if (passage->role != ROLE_EVIDENCE)
            continue;
        while (phrases_find(&check->lexicon->frequency, prose, sentence, hit.word + hit.count, &hit)) {
            size_t number;
            if (!hit_number(prose, &hit, false, &number) || number > HUNDRED || evidence->has[number])
                continue;
            evidence->has[number] = true;
            evidence->pos[number] = prose_words_pos(prose, passage, hit.word, hit.count);
        }
    }
}

/* The caption of a people block must speak of as many as it shows, if it speaks of any. */
static void check_people(struct check *check, const struct doc_node *people, struct evidence *evidence)
{
    const struct prose *prose = check->prose;
    size_t said[HUNDRED + 1], count = 0;
    bool agrees = false;
    evidence->shown[people->people.filled] = true;
    struct prose_range range = prose_within(prose, people->next);
    const struct passage *caption = range.first < range.end ? &prose->passages.at[range.first] : NULL;
    for (size_t i = 0; caption && i < caption->sentence_count; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[caption->sentence + i];
        struct phrase_hit hit = {.word = sentence->word};
        while (phrases_find(&check->lexicon->frequency, prose, sentence, hit.word + hit.count, &hit)) {
            size_t number;
            if (!hit_number(prose, &hit, false, &number) || number > HUNDRED || count > HUNDRED)
                continue;
            said[count++] = number;
            agrees = agrees || (int)number == people->people.filled;
        }
    }
    if (agrees || !count)
        return;
    check_find(check, CHECK_PEOPLE_DIFFERS, people->pos, "the block shows %d of 100, its caption says %zu",
        people->people.filled, said[0]);
    for (size_t i = 0; i < count; i++)
        evidence->shown[said[i]] = true;
}

static void gather_people(struct check *check, struct evidence *evidence)
{
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = root; node; node = doc_next(node, root))
        if (node->kind == DOC_PEOPLE && node->people.total == HUNDRED)
            check_people(check, node, evidence);
}

/* Each frequency wants to be seen, or its other side; and one of them wants its other side in words. */
static void check_evidence(struct check *check)
{
    struct evidence *evidence = ARENA_NEW(check->arena, struct evidence);
    const struct pos *first = NULL;
    bool framed = false;
    gather_frequencies(check, evidence);
    gather_people(check, evidence);
    for (size_t n = 0; n <= HUNDRED; n++) {
        if (!evidence->has[n])
            continue;
        framed = framed || evidence->has[HUNDRED - n];
        if (!first || evidence->pos[n].offset < first->offset)
            first = &evidence->pos[n];
        if (!evidence->shown[n] && !evidence->shown[HUNDRED - n])
            check_find(check, CHECK_PEOPLE_MISSING, evidence->pos[n], "%zu of 100 is not shown as people", n);
    }
    if (first && !framed)
        check_find(check, CHECK_FRAMING_ONE_SIDED, *first, "only one side of this frequency is told");
}

void check_numbers(struct check *check)
{
    if (!check->lexicon)
        return;
    check->numbers = ARENA_NEW(check->arena, struct numbers);
    check->numbers->marks = ARENA_ARRAY(check->arena, unsigned char, check->prose->words.n);
    check->numbers->backings = ARENA_ARRAY(check->arena, struct backing *, check->document->node_count);
    for (size_t i = 0; i < check->prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &check->prose->sentences.at[i];
        check_figures(check, sentence);
        check_percent(check, sentence);
        check_mixed(check, sentence);
        check_frequencies(check, sentence);
    }
    if (check->handout)
        check_evidence(check);
}
