/* A word is first cut into parts: at everything that is neither letter, digit nor apostrophe, and then where
 * a capital follows a small letter (MedWatch) or ends a row of capitals (FDAs). A part is a numeral, an
 * acronym, or letters that go to the rules of their language.
 *
 * English spelling says little of its sound, but much can be had in four steps, each a table below:
 * 1. A word that the list of exceptions has is done.
 * 2. Endings are cut off, one after the other, and add what they are worth: -ing, -ly and -ment a syllable,
 * -s and -ed one after certain letters only. What is left is a word again, with its own silent e, and may
 * stand in the list: move-ment, use-ful-ness, wast-ed. Without this step the e of "movement" would count.
 * 3. A first part that ends in a silent e is cut off likewise: home-work, some-one.
 * 4. Every row of vowels is a syllable, corrected by patterns: silent e, rows of vowels that are two
 * syllables (cre-ate, sci-ence, me-di-a), endings that look like them (na-tion), syllables without a vowel
 * (ta-ble).
 *
 * Measured by the CMU Pronouncing Dictionary, with any of its pronunciations taken for right: 96 in 100 of
 * its 124,000 words, most of the rest surnames; 99 in 100 of the 20,000 commonest words of English. It has
 * two syllables for "tired" and three for "entire", where this file, as other dictionaries do, has one and
 * two.
 *
 * Spanish needs no list. A row of vowels is cut between two vowels when both are strong (a e o, or any of i u
 * with an accent): te-o-rí-a; otherwise they are one syllable: bien, ciu-dad, an-ti-güe-dad. The u of que,
 * qui, gue, gui is no vowel, y is one where no vowel follows, and h within a row changes nothing.
 *
 * Letters are kept as Latin-1, which has all that the two languages need; letters from elsewhere are taken
 * for consonants. */
#include "content/syllable.h"

#include "base/utf8.h"
#include "content/syllable_words.h"

#include <assert.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    PART_MAX = 60, /* letters of a part; what is longer is no word, and is counted in pieces */
    WORD_MAX = 2 * PART_MAX + 1,
    ACRONYM_MIN = 2,
    ACRONYM_MAX = 6,
    OTHER_LETTER = 0xDF, /* ß stands for letters from elsewhere: a consonant that neither language has */
};

/* -- English */

/* Small letters a to z, not ended by NUL. */
struct word {
    const char *p;
    size_t n;
};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_vowel(struct word word)
{
    for (size_t i = 0; i < word.n; i++)
        if (is_vowel(word.p[i]))
            return true;
    return false;
}

static bool ends_in(struct word word, const char *ending)
{
    size_t n = strlen(ending);
    return word.n >= n && memcmp(word.p + word.n - n, ending, n) == 0;
}

/* Patterns, separated by spaces, and what each adds where it is found. < and > are the ends of the word, V a
 * vowel, C a consonant, [abc] one of these, [^abc] none of these. */
struct correction {
    int syllables;
    const char *patterns;
};

static const struct correction CORRECTIONS[] = {
    /* The silent e, and the l, r or m that is a syllable by itself. */
    {-1, "[^aeiouy<]e> que> gue>"},
    {+1, "[bcdfgkpstxz]le> [bcdgkptv]re> sm> thm> <mc"},
    /* i and a vowel: me-di-a, but na-tion, spe-cial, mil-lion. */
    {+1, "ia ii io iu iet ien[ctn] <alie [^h]ier> iest> hier ielec ioe"},
    {-1, "[cgstx]io[nu] hion llion lliou nion liame illia lian> liar> nior> vior> viour> iage"},
    {-1, "[cst]ian [cst]ial [ct]ia> [aeiorsy]sia> gia> gian> gium> [ct]ien[ct] venien"},
    {+1, "<scien oscien stiani"},
    /* e and a vowel: cre-ate, vid-e-o, mu-se-um. */
    {+1, "creat thea[tn] [npr]ean> neal> ereal ageal yngeal ideali ideat nuclea linear ineat rmea meand"},
    {+1, "V[cdhlnrs]ea> VCCrea> VChea> VCnea> VCrea> rrhea>"},
    {+1, "reac[qt] reali[stz] <rea[dfrsp][fjrsp] <readm <reall <deact <preamb"},
    {+1, "eo eum> eus> eic> deit theist eism eeab <reim <rein[cfstv] <reitera <reu[ns][aei]"},
    {+1, "<reelec <reen[tf] <reesta <reexa <reeva <preex <preem"},
    {-1, "creatu people geo[nu] georg ceou <leop <jeop"},
    /* u and a vowel: cas-u-al, con-tin-u-ous. */
    {+1, "[^gq]ua [^gq]ue[lrt]> [^gq]uen[ctz] [^qt]uity tuit fruiti [fl]uid [^d]ruin nuine suici uism"},
    {+1, "[^lq]uo"},
    {-1, "sua[ds]"},
    /* o and a vowel: po-em, he-ro-ic, co-op-er-ate. */
    {+1, "coag <coali eoa ioa oa> [^ei]oact [^ei]oana poe[mt] <coe[dfrx] oever oelec goer"},
    {+1, "oic> oicis <coin[cf] oimm ointest oism [glr]oist zool <coopera <coord oorg chao aor aic> aism"},
    /* y between vowels, or before one: roy-al, dy-er, but e-ye. */
    {+1, "VyV Cyer> Cyi Cya Cyo <polye <polyu hyen myel"},
    {-1, "Vye> nya nyon yard wyer>"},
};

/* Whether the pattern of `n` characters is found in `text` from its start. */
static bool matches(const char *pattern, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++, text++) {
        char c = pattern[i];
        bool end = *text == '<' || *text == '>';
        bool good;
        if (*text == '\0') {
            return false;
        } else if (c == 'V') {
            good = is_vowel(*text);
        } else if (c == 'C') {
            good = !end && !is_vowel(*text);
        } else if (c == '[') {
            bool none = pattern[i + 1] == '^', found = false;
            for (i += none ? 2 : 1; pattern[i] != ']'; i++)
                found = found || pattern[i] == *text;
            good = found != none;
        } else {
            good = c == *text;
        }
        if (!good)
            return false;
    }
    return true;
}

static int count_matches(const char *patterns, const char *text)
{
    int count = 0;
    while (*patterns) {
        size_t n = strcspn(patterns, " ");
        for (const char *at = text; *at; at++)
            count += matches(patterns, n, at);
        patterns += n + (patterns[n] == ' ');
    }
    return count;
}

/* Rows of vowels, and the corrections. */
static int count_rows(struct word word)
{
    char text[WORD_MAX + 3];
    text[0] = '<';
    memcpy(text + 1, word.p, word.n);
    text[word.n + 1] = '>';
    text[word.n + 2] = '\0';
    int count = 0;
    for (const char *at = text + 1; *at; at++)
        count += is_vowel(*at) && !is_vowel(at[-1]);
    for (size_t i = 0; i < COUNT(CORRECTIONS); i++)
        count += CORRECTIONS[i].syllables * count_matches(CORRECTIONS[i].patterns, text);
    return count > 0 ? count : 1;
}

/* First parts of compounds that end in a silent e. */
static const char *const FIRST_PARTS[] = {"bride", "bridge", "care", "cheese", "dove", "edge", "eye", "face",
    "fire", "five", "fore", "game", "gate", "grape", "guide", "hedge", "home", "horse", "house", "ice",
    "lake", "life", "like", "love", "make", "mouse", "name", "nine", "nose", "note", "peace", "pipe", "race",
    "rule", "safe", "scare", "score", "shake", "share", "shore", "side", "size", "smoke", "some", "space",
    "spoke", "stage", "stake", "stale", "state", "stone", "store", "strike", "take", "there", "time", "trade",
    "type", "voice", "wake", "ware", "waste", "wave", "wedge", "where", "white", "whole"};

static int count_stem(struct word word)
{
    for (size_t i = 0; i < COUNT(FIRST_PARTS); i++) {
        size_t n = strlen(FIRST_PARTS[i]);
        if (word.n < n + 2 || memcmp(word.p, FIRST_PARTS[i], n) != 0)
            continue;
        struct word rest = {word.p + n, word.n - n};
        if (!has_vowel(rest))
            continue;
        int listed = syllable_words_find(rest.p, rest.n);
        return 1 + (listed ? listed : count_rows(rest));
    }
    return count_rows(word);
}

struct ending {
    const char *letters;
    int syllables;
};

/* An ending that ends another stands behind it. */
static const struct ending ENDINGS[] = {{"ically", 2}, {"thing", 1}, {"where", 1}, {"place", 1}, {"stone", 1},
    {"board", 1}, {"house", 1}, {"maker", 2}, {"ville", 1}, {"woman", 2}, {"women", 2}, {"field", 1},
    {"ness", 1}, {"less", 1}, {"ment", 1}, {"ship", 1}, {"some", 1}, {"hood", 1}, {"ward", 1}, {"work", 1},
    {"time", 1}, {"body", 2}, {"land", 1}, {"yard", 1}, {"self", 1}, {"like", 1}, {"ball", 1}, {"back", 1},
    {"book", 1}, {"town", 1}, {"wood", 1}, {"ful", 1}, {"ing", 1}, {"man", 1}, {"men", 1}, {"way", 1},
    {"day", 1}, {"let", 1}, {"ly", 1}};

/* Whether an s after the word is a syllable: nurse's, box-es. */
static bool hisses(struct word word)
{
    static const char *const ENDS[] = {"s", "x", "z", "ch", "sh", "se", "xe", "ze", "ce", "ge", "che", "she"};
    if (word.n == strlen("she") && ends_in(word, "she"))
        return false;
    for (size_t i = 0; i < COUNT(ENDS); i++)
        if (ends_in(word, ENDS[i]))
            return true;
    return false;
}

/* Cuts the s of a plural off: patients, box-es. */
static int cut_s(struct word *word)
{
    struct word stem = {word->p, word->n - 1};
    if (word->n < 3 || !ends_in(*word, "s") || strchr("isu", stem.p[stem.n - 1]) || !has_vowel(stem))
        return 0;
    *word = stem;
    return ends_in(stem, "e") && hisses(stem);
}

/* Cuts the d of -ed off; the e may be the stem's own: use-d, wast-ed. */
static int cut_d(struct word *word)
{
    if (word->n < 4 || !ends_in(*word, "ed") || ends_in(*word, "eed") ||
        !has_vowel((struct word){word->p, word->n - 2}))
        return 0;
    word->n--;
    char last = word->p[word->n - 2];
    return last == 't' || last == 'd';
}

/* Cuts one ending off, and returns its syllables; 0 if the word has none. */
static int cut_ending(struct word *word)
{
    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        struct word stem = {word->p, word->n - strlen(ENDINGS[i].letters)};
        if (ends_in(*word, ENDINGS[i].letters) && has_vowel(stem)) {
            *word = stem;
            return ENDINGS[i].syllables;
        }
    }
    return 0;
}

/* A stem in the list, maybe with the e of an ending that was cut: business-e-s. */
static int find_stem(struct word stem)
{
    int listed = syllable_words_find(stem.p, stem.n);
    if (listed == 0 && ends_in(stem, "e"))
        listed = syllable_words_find(stem.p, stem.n - 1);
    return listed;
}

static int count_english(struct word word)
{
    int listed = syllable_words_find(word.p, word.n);
    if (listed)
        return listed;
    if (!has_vowel(word)) /* an abbreviation: kg, tv */
        return word.n == 1 && word.p[0] == 'w' ? 3 : (int)word.n;
    int syllables = cut_s(&word);
    listed = find_stem(word);
    if (listed)
        return syllables + listed;
    syllables += cut_d(&word);
    listed = find_stem(word);
    for (int ending = 1; !listed && ending; listed = find_stem(word)) {
        ending = cut_ending(&word);
        if (ending && ends_in(word, "es")) /* sales-man */
            ending += cut_s(&word);
        syllables += ending;
    }
    return syllables + (listed ? listed : count_stem(word));
}

/* What an apostrophe and the letters behind it add to the word before, which may lose its n: did-n't; -1 if
 * they are none of the usual ones. */
static int count_clitic(struct word *head, struct word tail)
{
    assert(head->n > 0 && tail.n > 0);
    char last = head->p[head->n - 1];
    bool is_t = tail.n == 1 && tail.p[0] == 't';
    if (is_t && head->n > 1 && last == 'n') {
        head->n--;
        last = head->p[head->n - 1];
        return last == 'e' || !is_vowel(last);
    }
    if (is_t || (tail.n == 1 && tail.p[0] == 'm'))
        return 0;
    if (tail.n == 1 && tail.p[0] == 's')
        return hisses(*head);
    if (tail.n == 1 && tail.p[0] == 'd')
        return last == 't' || last == 'd';
    if (tail.n == 2 && (ends_in(tail, "ll") || ends_in(tail, "ve") || ends_in(tail, "re")))
        return !is_vowel(last);
    return -1;
}

/* -- Spanish */

enum strength { CONSONANT, WEAK, STRONG };

/* A letter that is heard. */
struct sound {
    enum strength strength;
    char letter; /* without accent */
};

/* Whether `c`, in small Latin-1, is i or u with an acute accent, which is as strong as a, e, o. */
static bool is_strengthened(unsigned char c)
{
    return c == 0xED || c == 0xFA;
}

static bool is_spanish_vowel(char letter)
{
    return letter != 'y' && is_vowel(letter);
}

/* What is heard of the letter at `i`; false if nothing is: the u of que and gui, and the h of prohibir.
 * `letters` are without accents, `marked` with them; both end with a NUL, which is no vowel. */
static bool hear(const char *letters, const unsigned char *marked, size_t i, struct sound *sound)
{
    char letter = letters[i], last = i ? letters[i - 1] : '\0', next = letters[i + 1];
    *sound = (struct sound){CONSONANT, letter};
    if (letter == 'y') {
        if (!is_spanish_vowel(next))
            *sound = (struct sound){WEAK, 'i'};
    } else if (letter == 'u' && marked[i] == 'u' && is_spanish_vowel(next) &&
               (last == 'q' || (last == 'g' && (next == 'e' || next == 'i')))) {
        return false;
    } else if (is_spanish_vowel(letter)) {
        bool weak = (letter == 'i' || letter == 'u') && !is_strengthened(marked[i]);
        sound->strength = weak ? WEAK : STRONG;
    } else if (letter == 'h' && is_spanish_vowel(last) && is_spanish_vowel(next)) {
        /* Not in ca-ca-hue-te, where it begins a syllable as a consonant does. */
        return (next == 'u' || next == 'i') && is_spanish_vowel(letters[i + 2]);
    }
    return true;
}

/* Whether a new syllable begins between the vowels at[-1] and at[0]; at[1] can be read, too. */
static bool is_hiatus(const struct sound *at)
{
    if (at[-1].letter == at->letter) /* chi-i-ta */
        return true;
    if (at->strength == STRONG)
        return at[-1].strength == STRONG;
    return at[1].strength == STRONG; /* pa-ra-no-ia */
}

static int count_spanish(const char *letters, const unsigned char *marked)
{
    struct sound sounds[PART_MAX + 2] = {0}; /* a consonant on either side */
    size_t n = 1;
    for (size_t i = 0; letters[i]; i++)
        n += hear(letters, marked, i, &sounds[n]);
    sounds[n] = (struct sound){0};
    int syllables = 0;
    for (size_t i = 1; i < n; i++)
        if (sounds[i].strength != CONSONANT)
            syllables += sounds[i - 1].strength == CONSONANT || is_hiatus(&sounds[i]);
    return syllables ? syllables : (int)n - 1; /* an abbreviation: kg */
}

/* -- parts of words as they stand in text; their characters are Latin-1 */

struct part {
    const unsigned char *p;
    size_t n;
};

static bool is_capital(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

static unsigned char small(unsigned char c)
{
    return (unsigned char)(is_capital(c) ? c + 0x20 : c);
}

/* A small letter without its accent. */
static char plain(unsigned char c)
{
    static const char PLAIN[] = "aaaaaaeceeeeiiiidnooooo*ouuuuyty";
    if (c == OTHER_LETTER)
        return '*';
    return c >= 0xE0 ? PLAIN[c - 0xE0] : (char)c;
}

/* Small letters a to z for the rules of English. An é is never silent, and is spelled as it sounds: cafey. */
static struct word to_english(struct part part, char letters[WORD_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < part.n; i++) {
        unsigned char c = small(part.p[i]);
        letters[n++] = plain(c);
        if (c == 0xE9)
            letters[n++] = 'y';
    }
    return (struct word){letters, n};
}

static int count_letters(enum syllable_language language, struct part part)
{
    char letters[WORD_MAX];
    if (language == SYLLABLES_ENGLISH)
        return count_english(to_english(part, letters));
    unsigned char marked[PART_MAX + 1];
    for (size_t i = 0; i < part.n; i++) {
        marked[i] = small(part.p[i]);
        letters[i] = plain(marked[i]);
    }
    letters[part.n] = '\0';
    marked[part.n] = '\0';
    return count_spanish(letters, marked);
}

static int count_acronym(enum syllable_language language, struct part part)
{
    if (part.n < ACRONYM_MIN || part.n > ACRONYM_MAX)
        return count_letters(language, part);
    char letters[WORD_MAX];
    memcpy(letters, part.p, part.n);
    int syllables = syllable_words_acronym(letters, part.n);
    if (syllables)
        return syllables;
    for (size_t i = 0; i < part.n; i++)
        syllables += part.p[i] == 'W' && language == SYLLABLES_ENGLISH ? 3 : 1;
    return syllables;
}

/* Letters without apostrophes, where capitals within show what they are made of: MedWatch, NSAIDs, mRNA. */
static int count_cased(enum syllable_language language, struct part part)
{
    int syllables = 0;
    for (size_t at = 0; at < part.n;) {
        size_t capitals = 0, others = 0;
        while (at + capitals < part.n && is_capital(part.p[at + capitals]))
            capitals++;
        while (at + capitals + others < part.n && !is_capital(part.p[at + capitals + others]))
            others++;
        struct part piece = {part.p + at, capitals + others};
        if (capitals > 1 && others > 1)
            piece.n = --capitals; /* the last capital begins a word */
        if (capitals > 1 && others == 1 && part.p[at + capitals] != 's')
            piece.n = capitals;
        syllables += capitals > 1 ? count_acronym(language, (struct part){piece.p, capitals})
                                  : count_letters(language, piece);
        at += piece.n;
    }
    return syllables;
}

/* Letters and apostrophes: didn't, O'Brien. */
static int count_part(enum syllable_language language, struct part part)
{
    int syllables = 0;
    while (part.n) {
        const unsigned char *mark = memchr(part.p, '\'', part.n);
        struct part head = {part.p, mark ? (size_t)(mark - part.p) : part.n};
        struct part tail = {part.p + head.n, part.n - head.n};
        while (tail.n && tail.p[0] == '\'')
            tail = (struct part){tail.p + 1, tail.n - 1};
        if (head.n && tail.n && language == SYLLABLES_ENGLISH) {
            char head_letters[WORD_MAX], tail_letters[WORD_MAX];
            struct word word = to_english(head, head_letters), clitic = to_english(tail, tail_letters);
            int added = count_clitic(&word, clitic);
            if (added >= 0) {
                bool is_s = clitic.n == 1 && clitic.p[0] == 's'; /* FDA's may be an acronym, DON'T is none */
                return syllables + added + (is_s ? count_cased(language, head) : count_english(word));
            }
        }
        if (head.n)
            syllables += count_cased(language, head);
        part = tail;
    }
    return syllables;
}

/* -- words as they stand in text */

/* A word that is being read: the part at hand, and what was counted. */
struct reader {
    enum syllable_language language;
    unsigned char part[PART_MAX];
    size_t n;
    bool digit, small; /* in the part */
    bool numeral;      /* the last part was a numeral, or belonged to one */
    int syllables;
};

/* A numeral goes on over parts with digits or without small letters: 1-800-FDA-1088. */
static void end_part(struct reader *reader)
{
    while (reader->n && reader->part[reader->n - 1] == '\'')
        reader->n--;
    if (reader->n == 0)
        return;
    if (reader->digit)
        reader->syllables += !reader->numeral;
    else if (!reader->numeral || reader->small)
        reader->syllables += count_part(reader->language, (struct part){reader->part, reader->n});
    reader->numeral = reader->digit || (reader->numeral && !reader->small);
    reader->n = 0;
    reader->digit = reader->small = false;
}

static void put_letter(struct reader *reader, unsigned char c)
{
    if (reader->n == PART_MAX)
        end_part(reader);
    reader->part[reader->n++] = c;
    reader->digit = reader->digit || ascii_is_digit(c);
    reader->small = reader->small || (!ascii_is_digit(c) && c != '\'' && !is_capital(c));
}

/* An accent that follows its letter as a character of its own. */
static void put_accent(struct reader *reader, uint32_t c)
{
    static const struct {
        uint32_t accent;
        unsigned char letter, accented;
    } ACCENTED[] = {{0x301, 'a', 0xE1}, {0x301, 'e', 0xE9}, {0x301, 'i', 0xED}, {0x301, 'o', 0xF3},
        {0x301, 'u', 0xFA}, {0x303, 'n', 0xF1}, {0x308, 'u', 0xFC}};
    if (reader->n == 0)
        return;
    unsigned char *last = &reader->part[reader->n - 1];
    for (size_t i = 0; i < COUNT(ACCENTED); i++)
        if (ACCENTED[i].accent == c && ACCENTED[i].letter == small(*last)) {
            *last = (unsigned char)(ACCENTED[i].accented - (is_capital(*last) ? 0x20 : 0));
            return;
        }
}

/* Soft hyphens, joiners, and spaces without width are not seen. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

/* Whether a character above Latin-1 is a letter: nearly all are that are not in the blocks of punctuation,
 * symbols and private use. */
static bool is_letter_elsewhere(uint32_t c)
{
    return c > 0xFF && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x2E00 && c < 0x2E80) &&
           !(c >= 0x3000 && c < 0x3040) && !(c >= 0xE000 && c < 0xF900) && !(c >= 0xFE00 && c < 0xFE70) &&
           !(c >= 0xFFE0 && c < 0x10000) && !(c >= 0x1F000 && c < 0x20000) && c < 0xE0000;
}

static void put_character(struct reader *reader, uint32_t c)
{
    bool latin = c <= 0xFF && (c >= 0xC0 ? c != 0xD7 && c != 0xF7 : ascii_is_alpha((int)c));
    if (latin || (c < 0x80 && ascii_is_digit((int)c)))
        put_letter(reader, (unsigned char)c);
    else if (c == '\'' || c == 0x2019 || c == 0x2BC) {
        if (reader->n)
            put_letter(reader, '\'');
    } else if (c >= 0x300 && c < 0x370)
        put_accent(reader, c);
    else if (is_letter_elsewhere(c))
        put_letter(reader, OTHER_LETTER);
    else if (!is_invisible(c))
        end_part(reader);
}

int syllable_count(enum syllable_language language, struct str word)
{
    struct reader reader = {.language = language};
    for (size_t at = 0; at < word.n;)
        put_character(&reader, utf8_next(word, &at));
    end_part(&reader);
    return reader.syllables;
}
