/* The words that the program itself prints, by language: content/LANG/words.yaml. Used by content, and
 * through `struct document` by the stages behind it. */
#ifndef CONTENT_WORDS_H
#define CONTENT_WORDS_H

#include "base/diag.h"
#include "config/units.h"
#include "content/document.h"

/* What a file of words may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field WORDS_FILE;

/* What a desk fills in for one patient, in the order in which a masthead shows it. */
enum desk_field { DESK_PATIENT, DESK_BIRTH_DATE, DESK_VISIT, DESK_CLINICIAN, DESK_FIELDS };

struct words {
    struct str lang;
    struct str callouts[CALLOUT_KINDS];     /* default titles */
    struct str sources;                     /* heading of the list of sources */
    struct str standard_sources;            /* heading of the standard page's own sources */
    struct str state_draft, state_reviewed; /* one word, for running footers: {{handout.state}} */
    struct str draft, reviewed;             /* the review state in full; reviewed with {by} and {on} */
    struct str version;                     /* "Version {version}, {date}" */
    struct str standard_version;            /* "Standard page {version}, {date}" */
    struct str blank;                       /* read aloud for a blank: "blank to fill in" */
    struct str box, box_ticked;             /* read aloud for check boxes */
    struct str people;                      /* read aloud for a picture of {total} people, {filled} filled in,
                                               with its {caption} */
    struct str qr;                          /* read aloud for a code to scan: {address}, {caption} */
    struct str fields[DESK_FIELDS];         /* what each is called in the masthead */
    struct str page;                        /* "Page {page} of {pages}" */
    struct str months[12];
    struct str date; /* "{month} {day}, {year}" */
};

/* Reads a language's words; all of them are required, and each pattern must hold its names in braces. NULL
 * after an error: lang-invalid, file-missing and the codes of config/schema.h. */
struct words *words_read(struct arena *arena, struct diags *diags, const char *content_root, struct str lang);
/* The words that a process has read, so that it reads them once for all its handouts. What was found wrong is
 * not kept: each handout tells it anew. */
struct words_kept;
/* In an arena that lives as long as all handouts. */
struct words_kept *words_keep(struct arena *arena);
/* As words_read, unless they are among those that are kept (NULL: none are), and then of them. */
const struct words *words_of(struct words_kept *kept, struct arena *arena, struct diags *diags,
    const char *content_root, struct str lang);
/* A date as the language writes it; empty for no date. */
struct str words_date(struct arena *arena, const struct words *words, struct date date);
/* Replaces each {name} in `pattern`. Behind it come pairs of a name (const char *) and a value (struct str),
 * ended by (char *)NULL. A {name} without a pair stays as it is. */
struct str words_fill(struct arena *arena, struct str pattern, ...);

#endif
