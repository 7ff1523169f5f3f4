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

bool phrase_read(
    struct arena *arena, struct diags *diags, struct str text, struct pos pos, struct phrase *phrase)
{
    VEC(struct phrase_word) words = {0};
    *phrase = (struct phrase){.text = text, .pos = pos};
    struct str rest = prose_fold(arena, text), part;
    if (str_starts(rest, "^")) {
        phrase->at_start = true;
        rest = str_slice(rest, 1, rest.n);
    }
    bool content = false;
    while ((part = next_part(&rest)).n) {
        struct phrase_word word = read_word(arena, part);
        content = content || (word.choice_count && !word.optional);
        vec_push(arena, &words, word);
    }
    phrase->words = words.at;
    phrase->n = words.n;
    if (content && words.n <= MOST_WORDS)
        return true;
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

/* Where the words of a phrase from `at` on end that begin at word `from`, below `end`; SIZE_MAX if they do
 * not. Goes one level deeper for each word of the phrase. */
static size_t match_from(
    const struct phrase *phrase, size_t at, const struct prose *prose, size_t from, size_t end)
{
    if (at == phrase->n)
        return from;
    const struct phrase_word *word = &phrase->words[at];
    if (word->gap) {
        for (size_t skip = 0; skip <= MOST_GAP && from + skip <= end; skip++) {
            size_t to = match_from(phrase, at + 1, prose, from + skip, end);
            if (to != SIZE_MAX)
                return to;
        }
        return SIZE_MAX;
    }
    if (from < end && word_matches(word, prose->words.at[from].folded)) {
        size_t to = match_from(phrase, at + 1, prose, from + 1, end);
        if (to != SIZE_MAX)
            return to;
    }
    return word->optional ? match_from(phrase, at + 1, prose, from, end) : SIZE_MAX;
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
    size_t to = match_from(phrase, 0, prose, word, sentence_end(sentence));
    return to == word ? SIZE_MAX : to;
}

/* Does one of the exceptions of a phrase overlap its hit? */
static bool is_excepted(
    const struct prose *prose, const struct prose_sentence *sentence, const struct phrase_hit *hit)
{
    const struct phrase *phrase = hit->phrase;
    for (size_t i = 0; i < phrase->unless_count; i++)
        for (size_t word = sentence->word; word < hit->word + hit->count; word++) {
            size_t to = match_at(&phrase->unless[i], prose, sentence, word);
            if (to != SIZE_MAX && to > hit->word)
                return true;
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
