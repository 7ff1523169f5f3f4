/* What the files that assemble documents share. For assemble.c, masthead.c, fields.c, review.c and bare.c
 * only. */
#ifndef CONTENT_ASSEMBLY_H
#define CONTENT_ASSEMBLY_H

#include "base/diag.h"
#include "content/assemble.h"

struct assembly {
    struct arena *arena;
    struct diags *diags;
    const struct assemble_options *options;
    const struct library *library; /* NULL for a bare file without a clinic */
    const struct handout *handout; /* NULL for a bare file */
    const struct edition *edition; /* the same */
    struct document *document;
};

/* A paragraph of one text beneath `parent`; NULL and nothing made when the text is empty. */
struct doc_node *assembly_paragraph(const struct assembly *assembly, struct doc_node *parent,
    enum doc_role role, struct pos pos, struct str text);
/* A heading of one text. */
struct doc_node *assembly_heading(
    const struct assembly *assembly, struct doc_node *parent, int level, struct pos pos, struct str text);
/* A variable's value, empty when there is none. */
struct str assembly_variable(const struct assembly *assembly, const char *name);
/* The last steps of every document: levels, anchors, links, numbers. NULL if there was an error since
 * `errors`. */
struct document *assembly_finish(const struct assembly *assembly, size_t errors);

/* masthead.c: logo, clinic, title, purpose and state of a handout. */
void masthead_add(const struct assembly *assembly);
/* fields.c: what was set for one patient, as a table at the end of the masthead: its head says what each is.
 * A value that was set to nothing is a blank to write on, or an error if it is published [blank-unfilled]. */
void fields_add(const struct assembly *assembly, struct doc_node *masthead);
/* review.c: what its review state and dates have to say against printing or publishing a handout. Codes:
 * publish-draft, publish-sample, review-overdue, review-due. */
void review_check(const struct assembly *assembly);

#endif
