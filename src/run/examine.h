/* handout check: one handout judged instead of built. */
#ifndef RUN_EXAMINE_H
#define RUN_EXAMINE_H

#include "layout/page.h"
#include "run/convert.h"

/* Takes one handout as far as its pages, and judges text, style and pages by workshop->profile. The table of
 * its figures is outcome->text, which the caller frees; `built` says that there were no errors. Codes: those
 * of convert, and the rules of content/check_rules.h. */
void examine(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome);

/* Warns of what is wrong with the pages of a document that is built, by workshop->page_rules; errors are
 * warnings here. */
void examine_pages(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document, const struct pages *pages);

#endif
