/* What the rules of `check` look for in a language: content/LANG/check.yaml. All words of the rules stand
 * there and nowhere else. Used by the check files of content, and by run. */
#ifndef CONTENT_LEXICON_H
#define CONTENT_LEXICON_H

#include "base/vec.h"
#include "config/json_schema.h"
#include "content/phrase.h"

/* Something that every handout, or those of some topics, must say. */
struct statement {
    struct str what;
    struct str *topics; /* ids; none: all */
    size_t topic_count;
    struct phrases any;
};

/* What is looked for in a language. */
struct lexicon {
    struct prose_language prose;
    bool english;  /* which formulas apply */
    int long_word; /* syllables from which on a word counts as long */
    struct phrases unavoidable;
    struct phrases generic_headings, banned, placeholder, absolute, claims, hard;
    struct phrases treatment, pronoun, benefit, hedge, reports, negation, negation_after, contrast, harm,
        limits;
    struct phrases imperative, passive, address, third_person;
    struct phrases acronyms, explains, apposition, listing, defines, math, caps, medicine, medicine_safe,
        testimonial, aged, link_text;
    struct phrases numbers_allowed, number_words, percent, frequency, mixed, group, time, as_of;
    struct phrases no_treatment, this_treatment;
    struct statement *statements;
    size_t statement_count;
};

/* Those of a run. */
struct lexicon_entry {
    struct str lang;
    const struct lexicon *lexicon; /* NULL: there is none */
};

struct lexicons {
    VEC(struct lexicon_entry) list;
};

/* Reads the lexicon of a language, unless it is among them already. Where the language has none, one with a
 * region ("es-MX") has that of the language without it. `lang` must live as long as they do. False after an
 * error: codes of base/file.h, config/yaml.h and config/schema.h. */
bool lexicon_add(struct arena *arena, struct diags *diags, struct lexicons *lexicons,
    const char *content_root, struct str lang);
/* What a lexicon may hold, for editors (config/json_schema.h); `*parts` are the tables that it uses often. */
const struct field *lexicon_schema(struct arena *arena, const struct json_schema_part **parts);
/* The lexicon of a language; NULL if it has none, or was not added. */
const struct lexicon *lexicon_of(const struct lexicons *lexicons, struct str lang);

#endif
