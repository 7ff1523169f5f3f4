/* Where the program's material lies: content, styles, fonts. */
#ifndef RUN_PLACE_H
#define RUN_PLACE_H

#include "base/diag.h"
#include "run/options.h"

struct place {
    const char *root; /* where styles and fonts lie, and content unless it was named */
    const char *content, *styles, *fonts;
    bool installed; /* not this folder, and not named by the user: nobody expects it to be written to */
};

/* --root and --content, else this folder if it has content/, styles/ and fonts/, else the installed share:
 * beside the program (../share/handout, so that an installed tree may be moved), where `make install` put it,
 * or the source tree that the program was built in. `program` is argv[0]. False after an error
 * [root-missing]. */
bool place_find(struct arena *arena, struct diags *diags, const struct options *options, const char *program,
    struct place *place);

#endif
