/* English words whose syllables the rules of content/syllable.c would miscount. For that file, and its test.
 */
#ifndef CONTENT_SYLLABLE_WORDS_H
#define CONTENT_SYLLABLE_WORDS_H

#include <stddef.h>

struct syllable_word {
    const char *letters; /* a to z, small */
    int syllables;
};

/* The list, sorted by letters, and how long it is. */
const struct syllable_word *syllable_words(size_t *count);
/* The syllables of the word of `n` small letters, or 0 if the list does not have it. */
int syllable_words_find(const char *letters, size_t n);
/* The same for two to six capitals that are not spelled out: acronyms that are read as words ("COVID" 2), and
 * words in capitals for stress ("NOT" 1). Letters may be Latin-1. */
int syllable_words_acronym(const char *letters, size_t n);

#endif
