/* What make must know: of which files each PDF was made (--depfile). A rule for each PDF, and for each of
 * those files an empty one, so that make goes on when one of them is gone. Used by build.c. */
#ifndef RUN_DEPFILE_H
#define RUN_DEPFILE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/trace.h"

struct depfile {
    struct arena *arena;
    struct diags *diags; /* hears of names that make cannot read [depfile-name], once each */
    struct buf rules;    /* freed by the caller */
    struct map names;    /* path → what make calls it, or "" */
    struct map files;    /* what make calls it → itself: each file once */
};

/* Adds the rule of a PDF. False if make cannot read its name: then there is no rule. */
bool depfile_begin(struct depfile *depfile, const char *pdf);
/* Adds files to the rule, of those that are there. NULL adds none. */
void depfile_add(struct depfile *depfile, const char *path);
void depfile_add_all(struct depfile *depfile, const struct trace *files);
void depfile_end(struct depfile *depfile);
/* Adds the empty rules, behind all others. */
void depfile_finish(struct depfile *depfile);

#endif
