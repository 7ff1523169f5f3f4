/* Variables: the names that {{…}} may use in Markdown, and in running headers and footers. Values come from
 * the clinic profile and the handout; settings (--set, --set-from) win over both. Used by content and run. */
#ifndef CONTENT_VARIABLES_H
#define CONTENT_VARIABLES_H

#include "content/library.h"
#include "content/words.h"

/* The variables that a desk sets for one patient: known although no file has them, empty unless they are set.
 * A date is printed as the language writes it; what is not written 2026-11-20 stays as it was set. */
extern const char *const DESK_VARIABLES[DESK_FIELDS];

/* All variables of a handout's edition in a language, name → struct str *, each on one line:
 * - clinic.*: every scalar of clinic.yaml by its path. An item of a list goes by its id, or by its number
 * from 1 if it has none. A mapping by language (label: {en: …, es: …}) also gives its path alone the text in
 * `lang`, or in the language without its region.
 * - handout.id, .title, .version, .updated, .state, .purpose: empty when `handout` and `edition` are NULL,
 * but the state, which is then a draft's.
 * - those of the desk. `library` may be NULL (then what every clinic has is empty, and there is no setting),
 * `words` too (then dates stay 2026-11-20 and the state is empty). */
struct map *variables_for(struct arena *arena, const struct library *library, const struct handout *handout,
    const struct edition *edition, const struct words *words, struct str lang);

/* The value of a variable, perhaps empty; NULL when there is none of that name. */
const struct str *variables_get(const struct map *variables, struct str name);
/* The name nearest in spelling, for "did you mean", or an empty slice. */
struct str variables_nearest(const struct map *variables, struct str name);

/* Does a name belong to the desk: patient.*, visit.*, clinician.*? What it holds is about one patient. */
bool variables_is_desk(struct str name);

/* Reports settings whose name is no variable [variable-unknown] and dates of the desk that no calendar has
 * [setting-invalid], never their values. False if there were any. */
bool variables_check_settings(struct arena *arena, struct diags *diags, const struct library *library);

#endif
