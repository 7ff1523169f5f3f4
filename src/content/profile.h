/* The profile of `check`: content/check.yaml. Which rules hold, how severe they are, their limits, and what
 * they look for in each language. All numbers and words of the rules stand there and nowhere else. Used by
 * the check files of content, design, and layout, and by run. */
#ifndef CONTENT_PROFILE_H
#define CONTENT_PROFILE_H

#include "base/map.h"
#include "config/json_schema.h"
#include "content/check_rules.h"
#include "content/phrase.h"

enum check_severity { CHECK_OFF, CHECK_NOTE, CHECK_WARNING, CHECK_ERROR };

struct check_setting {
    enum check_severity severity;
    double limit; /* what it means is the rule's measure */
    double warn;  /* beyond it, but not beyond the limit: a warning */
    bool has_warn;
};

/* Something that every handout, or those of some topics, must say. */
struct statement {
    struct str what;
    struct str *topics; /* ids; none: all */
    size_t topic_count;
    struct phrases any;
};

/* What a language looks for. */
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

struct profile {
    struct check_setting settings[CHECK_RULE_COUNT];
    struct map styles; /* name → struct check_setting[CHECK_RULE_COUNT]: settings for a style of that name */
    struct str emergency; /* folded: "911" */
    struct str *notice_states;
    size_t notice_state_count;
    struct map lexicons; /* language → struct lexicon * */
};

/* Reads a profile. NULL after an error: codes of base/file.h, config/yaml.h and config/schema.h. */
struct profile *profile_read(struct arena *arena, struct diags *diags, const char *path);
/* What the profile may hold, for editors (config/json_schema.h); `*parts` are the tables that it uses often.
 */
const struct field *profile_schema(struct arena *arena, const struct json_schema_part **parts);
/* The settings for a style. */
const struct check_setting *profile_settings(const struct profile *profile, struct str style);
/* What the profile knows of a language, with or without its region; NULL if nothing. */
const struct lexicon *profile_lexicon(const struct profile *profile, struct str lang);

#endif
