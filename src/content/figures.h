/* The figures of a document's text, as a whole and by section: what `check` judges and prints, and `list`
 * shows. */
#ifndef CONTENT_FIGURES_H
#define CONTENT_FIGURES_H

#include "content/lexicon.h"

struct figures {
    struct str title;          /* of the section; empty for the whole */
    struct pos pos;            /* of its heading */
    struct reading all, plain; /* with and without the unavoidable terms */
    size_t long_words;         /* words that the language counts as long, without those terms */
    size_t passive;            /* sentences */
    size_t address;            /* words that speak to the reader */
};

struct figures_table {
    struct figures whole;
    struct figures *sections; /* those with scored text, in the order of the document */
    size_t n;
};

/* Counts the scored text of a prose. */
struct figures_table figures_of(
    struct arena *arena, const struct prose *prose, const struct lexicon *lexicon);
/* Is a sentence passive? */
bool figures_is_passive(
    const struct lexicon *lexicon, const struct prose *prose, const struct prose_sentence *sentence);
/* Percent of the words that are long, of the sentences that are passive, and of the words that speak to the
 * reader; 0 where there are none. */
double figures_long_share(const struct figures *figures);
double figures_passive_share(const struct figures *figures);
double figures_address_share(const struct figures *figures);
/* The mean; there must be sentences. */
double figures_words_per_sentence(const struct figures *figures);
/* For how many words the reader is spoken to once; all of them + 1 if never. */
double figures_words_per_address(const struct figures *figures);
/* Appends a figure with one decimal, always: "73.0". */
void figures_put(struct buf *out, double value);
/* Appends the table of figures, a line for each section and one for the whole. */
void figures_print(const struct figures_table *table, const struct lexicon *lexicon, struct buf *out);

#endif
