/* The running text of a document as a reader meets it: passages (a paragraph, an item, a cell, a heading),
 * their sentences, and their words, each with its place in the source. Readability figures are counted from
 * it, and the rules of `check` look for their phrases in it. Used by the check files of content, and by run
 * for the grade. */
#ifndef CONTENT_PROSE_H
#define CONTENT_PROSE_H

#include "base/vec.h"
#include "content/document.h"
#include "content/readability.h"
#include "content/syllable.h"

enum prose_kind {
    PROSE_HEADING,
    PROSE_TITLE, /* of a call-out */
    PROSE_PARAGRAPH,
    PROSE_ITEM, /* a paragraph of a list's item */
    PROSE_CELL,
    PROSE_HEAD_CELL,
    PROSE_CAPTION,
};

/* A word for comparison: lower case, curly apostrophes straight, no punctuation around it; what a hyphen or a
 * slash joins are several words. */
struct prose_word {
    struct str folded;
    size_t from, to; /* bytes of the passage's text */
    size_t token;    /* index into prose.tokens */
};

/* What stands between two spaces and holds a letter or a digit: a word for counting. */
struct prose_token {
    size_t from, to; /* bytes of the passage's text, with its punctuation */
    size_t word, word_count;
    int syllables;
    bool variable; /* the value of a variable */
};

struct prose_sentence {
    size_t passage;
    size_t from, to; /* bytes of the passage's text */
    size_t token, token_count;
    size_t word, word_count;
    bool question;
};

struct prose_citation {
    size_t at; /* byte of the passage's text */
    const struct doc_node *node;
};

/* From byte `at` of the text on stands `node`: its text, or what stands for it. */
struct prose_piece {
    size_t at;
    const struct doc_node *node;
};

struct passage {
    enum prose_kind kind;
    const struct doc_node *node; /* the block */
    const struct doc_node *unit; /* what is read as one thing: the row of a cell, the item, else the block */
    const struct doc_node *section; /* the SECTION around it, NULL in the masthead and in bare files */
    enum doc_role role;             /* of that section; ROLE_PURPOSE for the line in the masthead */
    bool scored;                    /* counts for readability */
    bool callout;                   /* stands in a call-out */
    struct str text;
    size_t piece, piece_count;
    size_t sentence, sentence_count;
    size_t token, token_count;
    size_t word, word_count;
    size_t citation, citation_count;
};

struct prose {
    const struct document *document;
    VEC(struct passage) passages; /* in the order of the document */
    VEC(struct prose_sentence) sentences;
    VEC(struct prose_token) tokens;
    VEC(struct prose_word) words;
    VEC(struct prose_citation) citations;
    VEC(struct prose_piece) pieces;
};

/* What a language says about its text. */
struct prose_language {
    enum syllable_language syllables;
    const struct str *abbreviations; /* folded, with their full stops: a sentence does not end there */
    size_t abbreviation_count;
};

/* The prose of a document, without what is in another language, in the lists of sources, in a state's notice,
 * or in code. `language` may be NULL: then nothing is known of syllables and abbreviations. */
struct prose *prose_new(
    struct arena *arena, const struct document *document, const struct prose_language *language);

/* Where bytes of a passage stand in the source; source NULL if they are the program's own. */
struct pos prose_pos(const struct prose *prose, const struct passage *passage, size_t from, size_t to);
/* Where a sentence stands, and a run of `count` words from word `first` on. */
struct pos prose_sentence_pos(const struct prose *prose, const struct prose_sentence *sentence);
struct pos prose_words_pos(
    const struct prose *prose, const struct passage *passage, size_t first, size_t count);
const struct passage *prose_passage(const struct prose *prose, const struct prose_sentence *sentence);
/* The passages at and beneath a node of the document: from `first` on, below `end`. */
struct prose_range {
    size_t first, end;
};
struct prose_range prose_within(const struct prose *prose, const struct doc_node *node);
/* Is a token one of words that are left out? */
typedef bool prose_filter(const void *context, const struct prose *prose, size_t token);
/* Adds the counts of a passage's sentences, without the tokens for which `leaves_out` (or NULL) says so. A
 * sentence without words does not count. */
void prose_count(const struct prose *prose, const struct passage *passage, prose_filter *leaves_out,
    const void *context, struct reading *reading);
/* Lower case and straight apostrophes, as words are folded. */
struct str prose_fold(struct arena *arena, struct str text);

#endif
