/* How closely words belong together: what it costs a reader when a line ends between them. UAX #14 says where
 * a line may end (breaks.h); this says where it should not: after "the", between a number and its unit.
 * Used within layout/. */
#ifndef LAYOUT_BONDS_H
#define LAYOUT_BONDS_H

#include "base/str.h"

/* Costs of ending a line there, in hundredths of the cost of a line that is 10 % off an even fill. */
enum bond {
    BOND_NONE = 0,
    BOND_LOOSE = 12,   /* a count and what it counts, the parts of a compound, one word of a new sentence */
    BOND_SHORT = 32,   /* a short function word and what follows: "of", "to", "de" */
    BOND_ARTICLE = 60, /* an article, or "I" */
    BOND_TIGHT = 160,  /* a title and a name, a month and its day, "Step 2" */
    BOND_FIXED = 255,  /* as by a no-break space: a number and its unit, a telephone number, a citation */
};

/* The bond across the place `at` in `text`, where a line may break. `lang` (BCP 47) is the language of the
 * word before it. */
unsigned char bond_at(struct str text, size_t at, struct str lang);

/* The bond of a function word to what follows it: BOND_ARTICLE, BOND_SHORT, or BOND_NONE if it is no such
 * word or a punctuation mark parts it from the next. */
unsigned char bond_of_word(struct str word, struct str lang);

#endif
