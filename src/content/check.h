/* `check`: whether a document is what a health-literacy reviewer would pass. The rules are in check_rules.h,
 * their limits in the profile, their words in the lexicon of the language. This file makes findings of them
 * and runs those that the text alone decides; those of style and pages are run by design/legible.h and
 * layout/measure.h with the same `struct check`. */
#ifndef CONTENT_CHECK_H
#define CONTENT_CHECK_H

#include "content/assemble.h"
#include "content/glossary.h"
#include "content/lexicon.h"
#include "content/profile.h"
#include "content/prose.h"

/* A stretch of a source in which a rule is silenced. */
struct allowance {
    enum check_rule rule;
    struct pos pos; /* where it holds */
    struct pos remark;
    struct str reason;
    size_t reach; /* where the farthest of its group ends, up to this one */
    bool used;
};

/* Those of a rule in a source, as indices into check.allowances, by where they begin. */
struct allowance_group {
    enum check_rule rule;
    const struct source *source;
    VEC(size_t) members;
};

/* What a check looks at. */
struct check {
    struct arena *arena;
    struct diags *diags;
    const struct profile *profile;
    const struct check_setting *settings; /* by rule, for the style at hand */
    const struct lexicon *lexicon;        /* NULL: the language has none */
    const struct glossary *glossary;      /* NULL: it could not be read */
    const struct document *document;
    const struct prose *prose;     /* NULL before check_content */
    const struct library *library; /* NULL for a bare file without a clinic */
    const struct handout *handout; /* NULL for a bare file */
    const struct edition *edition; /* the same */
    struct assemble_options options;
    const size_t *pages; /* by id of node: the page on which it shows first, 0 = on none; NULL: not known */
    VEC(struct allowance_group) groups;
    VEC(struct allowance) allowances; /* in the order of their remarks */
    struct numbers *numbers;          /* what check_numbers found out so far, for itself */
};

/* A check of a document with a profile, for a style of that name; the remaining members are the caller's to
 * set. Reports mistakes in its remarks: allow-unknown, allow-reason. */
struct check *check_new(struct arena *arena, struct diags *diags, const struct profile *profile,
    struct str style, const struct document *document);
/* The same for the rules of style and pages alone, beside which the handout is built: what would be an error
 * is a warning. Remarks silence as ever, but whether they are right, needed, and used is not told. */
struct check *check_new_of_looks(struct arena *arena, struct diags *diags, const struct profile *profile,
    struct str style, const struct document *document);
/* Takes the text apart, and runs all rules that it decides. */
void check_content(struct check *check);
/* To be called last: tells of remarks that silenced nothing [allow-unused]. */
void check_end(struct check *check);

/* Reports a finding of a rule at a place, with the rule's severity, unless it is off or silenced there. The
 * message says what is wrong; the rule's fix is added in brackets. */
void check_find(struct check *check, enum check_rule rule, struct pos pos, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a severity of its own, where the rule's is not off. */
void check_find_as(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* How severe a measured value is: the rule's severity beyond its limit, a warning (or less, as the rule's
 * severity is) beyond `warn`, else off.
 * `bound` is what it broke, for the message. */
enum check_severity check_judge(const struct check *check, enum check_rule rule, double value, double *bound);
/* Judges a count, and reports one that is too large: "21 words in a sentence; 20 at most". `what` is what was
 * counted, and where. */
void check_count(struct check *check, enum check_rule rule, size_t count, struct pos pos, const char *what);
bool check_is_on(const struct check *check, enum check_rule rule);
double check_limit(const struct check *check, enum check_rule rule);
/* Where findings on the handout as a whole stand: its edition in the definition, or the start of a bare file.
 */
struct pos check_whole_pos(const struct check *check);
/* The number of a month's name as the language writes it, 1 to 12; 0 if the word is none ("may" is no "May").
 */
int check_month(const struct check *check, struct str word);
/* A limit for a message, with two decimals at most. */
const char *check_number(const struct check *check, double value);
/* A measured value for a message, with one decimal, or as many as tell it from the bound that it broke. */
const char *check_measured(const struct check *check, double value, double bound);

#endif
