/* How many syllables a word has, for the formulas of content/readability.h. English goes by rules and a list
 * of words that break them (content/syllable_words.h); Spanish by the rules of its spelling. Any file of
 * content, and what stands behind it, may use it.
 *
 * Conventions, those of software that measures how hard a text is to read:
 * - A numeral is one syllable, however long: "74", "$1,150", "100.4°F", "1-800-FDA-1088".
 * - An acronym of two to six capitals is spelled out, a syllable for each letter: FDA 3, MRI 3, US 2; in
 * Spanish too (ADN 3). W is three in English. Some are words when read aloud: COVID 2, HIPAA 2.
 * - Words joined by hyphens or slashes are the sum of their parts: X-ray 2, follow-up 3.
 * - English words have the syllables that American dictionaries give them. Of two forms it is mostly the full
 * one (general 3, different 3), but every 2, fire 1, hour 1, tired 1.
 * - Spanish follows the rules of the Ortografía (2010) whatever is heard: two weak vowels, or a strong vowel
 * and a weak one without an accent, are one syllable, even with an h between: construir 2, guion 1,
 * prohibir 2. Names of other languages are read as if they were Spanish. */
#ifndef CONTENT_SYLLABLE_H
#define CONTENT_SYLLABLE_H

#include "base/str.h"

enum syllable_language { SYLLABLES_ENGLISH, SYLLABLES_SPANISH };

/* The syllables of one word as it stands in the text: UTF-8, in any case, with the punctuation that sticks to
 * it. 0 if it has neither letter nor digit, and at least 1 if it has one. */
int syllable_count(enum syllable_language language, struct str word);

#endif
