/* Phrases that the rules of `check` look for, as content/LANG/check.yaml writes them:
 *
 *     cure|cures          either word
 *     regenerat*|*ed      any word that begins so, or ends so
 *     no ~ approved       up to five words between
 *     a? guarantee        a word that may be missing
 *     #|dozen             a number, or that word
 *     ^try                at the start of a sentence, or behind a comma or colon
 *
 * Words are compared as prose folds them: case and kind of apostrophe do not matter, "cutting-edge" is two
 * words. For the check files of content only. */
#ifndef CONTENT_PHRASE_H
#define CONTENT_PHRASE_H

#include "base/diag.h"
#include "content/prose.h"

struct phrase_choice {
    struct str text;   /* folded */
    bool begins, ends; /* a word that begins so, or ends so, will do */
    bool number;       /* any number will do; no text */
};

struct phrase_word {
    const struct phrase_choice *choices;
    size_t choice_count;
    bool optional; /* may be missing */
    bool gap;      /* up to five words of any kind; no choices */
};

struct phrase {
    struct str text; /* as it is written */
    const struct phrase_word *words;
    size_t n;
    bool at_start;
    struct str instead;          /* what to write instead, or empty */
    bool negatable;              /* it does not count where it is negated, or asked */
    const struct phrase *unless; /* it does not count where one of these overlaps it */
    size_t unless_count;
};

struct phrases {
    const struct phrase *at;
    size_t n;
};

/* Words of a sentence that a phrase matched; indices into prose.words. */
struct phrase_hit {
    const struct phrase *phrase;
    size_t word, count;
};

/* Reads a phrase. False, with a diagnostic [yaml-value], if it is empty, too long, or only gaps. */
bool phrase_read(
    struct arena *arena, struct diags *diags, struct str text, struct pos pos, struct phrase *phrase);
/* The first hit of any of the phrases in a sentence that begins at word `from` (an index into prose.words) or
 * later, the longest one there. False if there is none. */
bool phrases_find(const struct phrases *phrases, const struct prose *prose,
    const struct prose_sentence *sentence, size_t from, struct phrase_hit *hit);
/* Does any of the phrases stand in the sentence? */
bool phrases_match(
    const struct phrases *phrases, const struct prose *prose, const struct prose_sentence *sentence);
/* Where one of the phrases ends that begins at just that word; SIZE_MAX if none does. */
size_t phrases_match_at(const struct phrases *phrases, const struct prose *prose,
    const struct prose_sentence *sentence, size_t word);
/* Is a word, and nothing around it, one of the phrases? */
bool phrases_have(const struct phrases *phrases, struct str folded);
/* Is this a number in digits, such as "1150" or "25"? (Of "1,150" prose makes one word with its comma.) */
bool phrase_is_number(struct str word);

#endif
