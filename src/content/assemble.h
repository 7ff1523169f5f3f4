/* Sections into one document: masthead, sections with headings shifted under their place, citations numbered,
 * sources listed, the standard page, the clinic's notice; anchors unique, links resolved. */
#ifndef CONTENT_ASSEMBLE_H
#define CONTENT_ASSEMBLE_H

#include "content/library.h"

/* The file of the standard page, in the folder of a language. */
extern const char ASSEMBLE_STANDARD_FILE[];

struct assemble_options {
    bool publish;      /* drafts, blanks, a sample clinic and a past review date are errors */
    struct date today; /* decides diagnostics only */
    /* What is kept from one handout to the next; NULL: nothing is. */
    struct words_kept *words;
    struct parsed_kept *parsed;
    struct folders *folders;
};

/* The document of a handout's edition. NULL after an error. */
struct document *assemble_handout(struct arena *arena, struct diags *diags, const struct library *library,
    const struct handout *handout, const struct edition *edition, const struct assemble_options *options);

/* The document of a bare Markdown file: no standard page, marked as a draft, its own levels; the title is its
 * first block if that is a heading of level 1, else the file's name. `content_root` only supplies the words
 * of the language. `library` may be NULL when there is no clinic profile (then
 * the text has no variables). */
struct document *assemble_file(struct arena *arena, struct diags *diags, const char *content_root,
    const struct library *library, const char *path, struct str lang, const struct assemble_options *options);

#endif
