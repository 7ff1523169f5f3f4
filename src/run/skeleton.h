/* What stands in the files of a new topic before anyone has edited them. */
#ifndef RUN_SKELETON_H
#define RUN_SKELETON_H

#include "base/buf.h"
#include "base/str.h"
#include "config/units.h"

#include <stdbool.h>

/* A section of a new topic, in a handout's order. */
struct skeleton_section {
    const char *role;   /* as definitions call it */
    const char *file;   /* within the topic's folder */
    const char *shared; /* within shared/: used instead if it exists; NULL: there is none */
    const char *text;   /* {title} stands for the topic's title in running text */
};

/* The sections, ended by one whose role is NULL. */
const struct skeleton_section *skeleton_sections(void);
/* Appends the definition; use_shared[i] says whether section i is the shared one. */
void skeleton_definition(struct buf *out, struct str id, struct date today, const bool *use_shared);
/* Appends a section's text. */
void skeleton_text(struct buf *out, const struct skeleton_section *section, struct str id);

#endif
