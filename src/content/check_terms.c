/* Acronyms and terms that need an explanation where a handout first uses them. */
#include "content/check_parts.h"

/* -- what explains */

/* Does a bracket open before byte `at`, with nothing but an article in between? "(a placebo)" */
static bool is_bracketed(struct str text, size_t at)
{
    enum { LONGEST_ARTICLE = 4 };
    size_t from = at, spaces = 0;
    while (from && text.p[from - 1] != '(' && spaces < 2 && at - from <= LONGEST_ARTICLE)
        spaces += text.p[--from] == ' ';
    return from > 1 && text.p[from - 1] == '(' && spaces < 2;
}

static char char_before(struct str text, size_t at)
{
    return at ? text.p[at - 1] : '\0';
}

/* The text behind a word, without the quotes that close there. */
static struct str text_after(struct str text, size_t at)
{
    while (at < text.n &&
           (text.p[at] == '"' || text.p[at] == '\'' || str_starts(str_slice(text, at, text.n), "”") ||
               str_starts(str_slice(text, at, text.n), "’")))
        at += text.p[at] == '"' || text.p[at] == '\'' ? 1 : 3;
    return str_slice(text, at, text.n);
}

/* An apposition: ", a dummy shot", but not the next one of a list: ", the bone, and the lining". */
static bool has_apposition(
    const struct check *check, const struct prose_sentence *sentence, size_t next, struct str after)
{
    const struct prose *prose = check->prose;
    struct str text = prose_passage(prose, sentence)->text;
    size_t end = sentence->word + sentence->word_count;
    if (!str_starts(after, ",") || next >= end ||
        !phrases_have(&check->lexicon->apposition, prose->words.at[next].folded))
        return false;
    /* Up to the next comma; with "and the" in it, or "and" behind it, it is a list. */
    for (size_t i = next; i < end; i++) {
        const struct prose_word *word = &prose->words.at[i];
        bool comma = word->to < text.n && text.p[word->to] == ',';
        if (i > next && i + 1 < end && phrases_have(&check->lexicon->listing, word->folded) &&
            phrases_have(&check->lexicon->apposition, prose->words.at[i + 1].folded))
            return false;
        if (comma)
            return i + 1 >= end || !phrases_have(&check->lexicon->listing, prose->words.at[i + 1].folded);
    }
    return true;
}

/* Is what stands in words [word, word + count) of a sentence explained there: by a bracket, a dash, an
 * apposition, by standing in brackets itself, or by a word such as "means"? */
static bool is_explained(
    const struct check *check, const struct prose_sentence *sentence, size_t word, size_t count)
{
    const struct prose *prose = check->prose;
    struct str text = prose_passage(prose, sentence)->text;
    struct str after = text_after(text, prose->words.at[word + count - 1].to);
    if (str_starts(after, " (") || str_starts(after, " –") || str_starts(after, " —") ||
        str_starts(after, ":"))
        return true;
    if (is_bracketed(text, prose->words.at[word].from))
        return true;
    return has_apposition(check, sentence, word + count, after) ||
           phrases_match_at(&check->lexicon->defines, prose, sentence, word + count) != SIZE_MAX ||
           phrases_match(&check->lexicon->explains, prose, sentence);
}

/* -- acronyms */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Two to six capitals, perhaps with an "s" behind. `size` is how many capitals. */
static bool is_acronym(struct str word, size_t *size)
{
    enum { SHORTEST = 2, LONGEST = 6 };
    *size = 0;
    while (*size < word.n && is_capital(word.p[*size]))
        (*size)++;
    bool whole = *size == word.n || (*size + 1 == word.n && word.p[*size] == 's');
    return whole && *size >= SHORTEST && *size <= LONGEST;
}

/* Do the words before a bracket, or in the bracket behind, begin with the acronym's first letter? */
static bool has_initial(
    const struct check *check, const struct prose_sentence *sentence, size_t from, size_t to, char initial)
{
    for (size_t i = from; i < to && i < sentence->word + sentence->word_count; i++)
        if (check->prose->words.at[i].folded.p[0] == ascii_lower(initial))
            return true;
    return false;
}

static bool is_spelled_out(
    const struct check *check, const struct prose_sentence *sentence, size_t word, size_t size)
{
    const struct prose *prose = check->prose;
    struct str text = prose_passage(prose, sentence)->text;
    const struct prose_word *acronym = &prose->words.at[word];
    size_t reach = 2 * size + 2, first = word - sentence->word > reach ? word - reach : sentence->word;
    char initial = text.p[acronym->from];
    if (char_before(text, acronym->from) == '(')
        return has_initial(check, sentence, first, word, initial);
    struct str after = text_after(text, acronym->to);
    bool set_off = str_starts(after, " (") || str_starts(after, " –") || str_starts(after, " —");
    return set_off && has_initial(check, sentence, word + 1, word + 1 + reach, initial);
}

/* Is a word beside another one in capitals? Then it shouts, and is no acronym. */
static bool is_in_run(const struct check *check, const struct prose_sentence *sentence, size_t word)
{
    struct str text = prose_passage(check->prose, sentence)->text;
    for (size_t i = word ? word - 1 : 0; i <= word + 1; i++) {
        if (i == word || i < sentence->word || i >= sentence->word + sentence->word_count)
            continue;
        const struct prose_word *other = &check->prose->words.at[i];
        size_t size;
        struct str raw = str_slice(text, other->from, other->to);
        if (raw.n >= 2 &&
            (is_acronym(raw, &size) || (is_capital(raw.p[0]) && is_capital(raw.p[1]) && raw.n > 6)) &&
            !phrases_have(&check->lexicon->caps, other->folded))
            return true;
    }
    return false;
}

/* "1-800-FDA-1088" is a number to call. */
static bool is_in_number(const struct prose *prose, const struct prose_word *word)
{
    enum { REACH = 8 };
    const struct prose_token *token = &prose->tokens.at[word->token];
    for (size_t i = 0; i < token->word_count && i < REACH; i++)
        if (ascii_is_digit(prose->words.at[token->word + i].folded.p[0]))
            return true;
    return false;
}

static void check_acronyms(struct check *check)
{
    const struct prose *prose = check->prose;
    struct map seen = {0};
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        struct str text = prose_passage(prose, sentence)->text;
        bool explained = phrases_match(&check->lexicon->explains, prose, sentence);
        for (size_t j = sentence->word; j < sentence->word + sentence->word_count; j++) {
            const struct prose_word *word = &prose->words.at[j];
            struct str raw = str_slice(text, word->from, word->to);
            size_t size;
            if (!is_acronym(raw, &size) || is_in_number(prose, word) ||
                phrases_have(&check->lexicon->acronyms, word->folded) ||
                map_get(&seen, str_slice(word->folded, 0, size)) || is_in_run(check, sentence, j))
                continue;
            map_put(check->arena, &seen, str_slice(word->folded, 0, size), check);
            if (!explained && !is_spelled_out(check, sentence, j, size))
                check_find(check, CHECK_ACRONYM_UNEXPLAINED,
                    prose_words_pos(prose, prose_passage(prose, sentence), j, 1),
                    "'%.*s' is not spelled out where it is first used", STR_FMT(raw));
        }
    }
}

/* -- terms */

/* The first use of a term in running text; headings and titles leave no room to explain. */
static void check_term(struct check *check, const struct term *term)
{
    const struct prose *prose = check->prose;
    for (size_t i = 0; i < prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[i];
        const struct passage *passage = prose_passage(prose, sentence);
        struct phrase_hit hit;
        if (!passage->scored || !phrases_find(&term->forms, prose, sentence, 0, &hit))
            continue;
        if (!is_explained(check, sentence, hit.word, hit.count))
            check_find(check, CHECK_TERM_UNEXPLAINED, prose_words_pos(prose, passage, hit.word, hit.count),
                "'%.*s' is not explained where it is first used; say: %.*s", STR_FMT(term->name),
                STR_FMT(term->plain));
        return;
    }
}

void check_terms(struct check *check)
{
    if (!check->lexicon)
        return;
    if (check_is_on(check, CHECK_ACRONYM_UNEXPLAINED))
        check_acronyms(check);
    for (size_t i = 0; check->glossary && i < check->glossary->n; i++)
        check_term(check, &check->glossary->terms[i]);
}
