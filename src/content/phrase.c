#include "content/phrase.h"

enum { MOST_WORDS = 16, MOST_GAP = 5 };

bool phrase_is_number(struct str word)
{
    bool digit = false;
    for (size_t i = 0; i < word.n; i++) {
        if (ascii_is_digit(word.p[i]))
            digit = true;
        else if (word.p[i] != ',' && word.p[i] != '.')
            return false;
    }
    return digit;
}

/* -- reading */

/* "cure", "regenerat*", "*ed". */
static struct phrase_choice read_choice(struct str text)
{
    if (str_is(text, "#"))
        return (struct phrase_choice){.number = true};
    struct phrase_choice choice = {.begins = str_ends(text, "*")};
    text.n -= choice.begins;
    choice.ends = str_starts(text, "*");
    choice.text = str_slice(text, choice.ends, text.n);
    return choice;
}

static struct phrase_word read_word(struct arena *arena, struct str text)
{
    struct phrase_word word = {.optional = str_ends(text, "?")};
    text.n -= word.optional;
    word.gap = str_is(text, "~");
    if (word.gap)
        return word;
    VEC(struct phrase_choice) choices = {0};
    while (text.n)
        vec_push(arena, &choices, read_choice(str_cut(&text, '|')));
    word.choices = choices.at;
    word.choice_count = choices.n;
    return word;
}

/* Splits at blanks, and at hyphens and slashes as prose does. */
static struct str next_part(struct str *rest)
{
    size_t from = 0;
    while (from < rest->n && (rest->p[from] == ' ' || rest->p[from] == '-' || rest->p[from] == '/'))
        from++;
    size_t to = from;
    while (to < rest->n && rest->p[to] != ' ' && rest->p[to] != '-' && rest->p[to] != '/')
        to++;
    struct str part = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return part;
}

static bool is_edge(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '%' || c == '\'' || (unsigned char)c >= 0x80;
}

/* Words have no punctuation around them, so that a choice with some would never match. */
static bool can_match(const struct phrase_choice *choice)
{
    struct str text = choice->text;
    if (choice->number)
        return true;
    return text.n && (choice->ends || is_edge(text.p[0])) &&
           (choice->begins || is_edge(text.p[text.n - 1])) && str_find(text, "*", 0) == SIZE_MAX;
}

bool phrase_read(
    struct arena *arena, struct diags *diags, struct str text, struct pos pos, struct phrase *phrase)
{
    VEC(struct phrase_word) words = {0};
    *phrase = (struct phrase){.text = text};
    struct str rest = prose_fold(arena, text), part;
    if (str_starts(rest, "^")) {
        phrase->at_start = true;
        rest = str_slice(rest, 1, rest.n);
    }
    bool content = false, torn = false, empty = false;
    while ((part = next_part(&rest)).n) {
        /* "a|x-ray" would be "a" or "x", then "ray". */
        torn = torn || (str_find(part, "|", 0) != SIZE_MAX && rest.n && rest.p[0] != ' ');
        struct phrase_word word = read_word(arena, part);
        content = content || (word.choice_count && !word.optional);
        for (size_t i = 0; i < word.choice_count; i++)
            empty = empty || !can_match(&word.choices[i]);
        vec_push(arena, &words, word);
    }
    phrase->words = words.at;
    phrase->n = words.n;
    if (content && words.n <= MOST_WORDS && !torn && !empty)
        return true;
    if (torn) {
        diag_at(diags, SEVERITY_ERROR, pos, "yaml-value",
            "'%.*s' has a hyphen in one of its alternatives, which are single words (write two phrases)",
            STR_FMT(text));
        return false;
    }
    diag_at(diags, SEVERITY_ERROR, pos, "yaml-value",
        "'%.*s' is no phrase to look for (write words, a|b, begin*, maybe?, # for a number, ~ for a gap)",
        STR_FMT(text));
    return false;
}

/* -- matching */

static bool choice_matches(const struct phrase_choice *choice, struct str folded)
{
    size_t size = choice->text.n;
    if (choice->number)
        return phrase_is_number(folded);
    if (folded.n < size)
        return false;
    if (choice->begins && str_eq(choice->text, str_slice(folded, 0, size)))
        return true;
    if (choice->ends && str_eq(choice->text, str_slice(folded, folded.n - size, folded.n)))
        return true;
    return str_eq(choice->text, folded);
}

static bool word_matches(const struct phrase_word *word, struct str folded)
{
    for (size_t i = 0; i < word->choice_count; i++)
        if (choice_matches(&word->choices[i], folded))
            return true;
    return false;
}

enum { LONGEST_MATCH = MOST_WORDS * MOST_GAP }; /* in words of a sentence */

/* A phrase being looked for from one word of a sentence on. */
struct attempt {
    const struct phrase *phrase;
    const struct prose *prose;
    size_t start, end; /* words of the prose */
    /* By word of the phrase, then by word from the start on: it is known not to match there. Without it,
     * several gaps would be tried in all their combinations. */
    unsigned char failed[MOST_WORDS][LONGEST_MATCH / 8 + 1];
};

static size_t match_from(struct attempt *attempt, size_t at, size_t from);

static size_t match_word(struct attempt *attempt, size_t at, size_t from)
{
    const struct phrase_word *word = &attempt->phrase->words[at];
    size_t end = attempt->end;
    if (word->gap) {
        for (size_t skip = 0; skip <= MOST_GAP && from + skip <= end; skip++) {
            size_t to = match_from(attempt, at + 1, from + skip);
            if (to != SIZE_MAX)
                return to;
        }
        return SIZE_MAX;
    }
    if (from < end && word_matches(word, attempt->prose->words.at[from].folded)) {
        size_t to = match_from(attempt, at + 1, from + 1);
        if (to != SIZE_MAX)
            return to;
    }
    return word->optional ? match_from(attempt, at + 1, from) : SIZE_MAX;
}

/* Where the words of a phrase from `at` on end that begin at word `from`; SIZE_MAX if they do not. Goes
 * deeper for each word of the phrase. */
static size_t match_from(struct attempt *attempt, size_t at, size_t from)
{
    if (at == attempt->phrase->n)
        return from;
    size_t place = from - attempt->start;
    unsigned char *failed = &attempt->failed[at][place / 8], bit = (unsigned char)(1 << place % 8);
    if (*failed & bit)
        return SIZE_MAX;
    size_t to = match_word(attempt, at, from);
    if (to == SIZE_MAX)
        *failed |= bit;
    return to;
}

static size_t sentence_end(const struct prose_sentence *sentence)
{
    return sentence->word + sentence->word_count;
}

/* A sentence starts at its first word, and anew behind a comma or colon ("If you are worried, call us"). */
static bool is_start(const struct prose *prose, const struct prose_sentence *sentence, size_t word)
{
    if (word == sentence->word)
        return true;
    const struct prose_word *before = &prose->words.at[word - 1];
    struct str text = prose->passages.at[sentence->passage].text;
    char next = before->to < text.n ? text.p[before->to] : '\0';
    return next == ',' || next == ':' || next == ';';
}

static size_t match_at(const struct phrase *phrase, const struct prose *prose,
    const struct prose_sentence *sentence, size_t word)
{
    if (phrase->at_start && !is_start(prose, sentence, word))
        return SIZE_MAX;
    const struct phrase_word *first = &phrase->words[0];
    if (!first->gap && !first->optional && !word_matches(first, prose->words.at[word].folded))
        return SIZE_MAX;
    struct attempt attempt = {.phrase = phrase, .prose = prose, .start = word, .end = sentence_end(sentence)};
    size_t to = match_from(&attempt, 0, word);
    return to == word ? SIZE_MAX : to;
}

/* How many words a phrase can cover at most. */
static size_t most_covered(const struct phrase *phrase)
{
    size_t most = 0;
    for (size_t i = 0; i < phrase->n; i++)
        most += phrase->words[i].gap ? MOST_GAP : 1;
    return most;
}

/* Does one of the exceptions of a phrase overlap its hit? */
static bool is_excepted(
    const struct prose *prose, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    const struct phrase *phrase = hit->phrase;
    for (size_t i = 0; i < phrase->unless_count; i++) {
        size_t reach = most_covered(&phrase->unless[i]);
        size_t word = hit->word - sentence->word > reach ? hit->word - reach : sentence->word;
        for (; word < hit->word + hit->count; word++) {
            size_t to = match_at(&phrase->unless[i], prose, sentence, word);
            if (to != SIZE_MAX && to > hit->word)
                return true;
        }
    }
    return false;
}

bool phrases_find(const struct phrases *phrases, const struct prose *prose,
    const struct prose_sentence *sentence, size_t from, struct phrase_hit *hit)
{
    for (size_t word = from > sentence->word ? from : sentence->word; word < sentence_end(sentence); word++) {
        *hit = (struct phrase_hit){0};
        for (size_t i = 0; i < phrases->n; i++) {
            size_t to = match_at(&phrases->at[i], prose, sentence, word);
            const struct phrase_hit found = {&phrases->at[i], word, to - word};
            if (to != SIZE_MAX && found.count > hit->count && !is_excepted(prose, sentence, &found))
                *hit = found;
        }
        if (hit->count)
            return true;
    }
    return false;
}

bool phrases_match(
    const struct phrases *phrases, const struct prose *prose, const struct prose_sentence *sentence)
{
    struct phrase_hit hit;
    return phrases_find(phrases, prose, sentence, 0, &hit);
}

size_t phrases_match_at(const struct phrases *phrases, const struct prose *prose,
    const struct prose_sentence *sentence, size_t word)
{
    for (size_t i = 0; i < phrases->n; i++) {
        size_t to = match_at(&phrases->at[i], prose, sentence, word);
        const struct phrase_hit found = {&phrases->at[i], word, to - word};
        if (to != SIZE_MAX && !is_excepted(prose, sentence, &found))
            return to;
    }
    return SIZE_MAX;
}

bool phrases_have(const struct phrases *phrases, struct str folded)
{
    for (size_t i = 0; i < phrases->n; i++)
        if (phrases->at[i].n == 1 && word_matches(&phrases->at[i].words[0], folded))
            return true;
    return false;
}
