/* One handout judged: by `handout check` instead of built, and by `handout build` while it is built. */
#ifndef RUN_EXAMINE_H
#define RUN_EXAMINE_H

#include "layout/fit.h"
#include "run/convert.h"

/* Takes one handout as far as its pages, and judges text, style and pages by workshop->profile. The table of
 * its figures is outcome->text, which the caller frees; `built` says that there were no errors. Codes: those
 * of convert, and the rules of content/check_rules.h. */
void examine(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome);

/* Judges style and pages alone, by workshop->profile, with warnings only: for a handout that is being built.
 */
void examine_looks(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document, const struct fitted *fitted);

#endif
