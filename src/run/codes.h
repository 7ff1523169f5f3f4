/* What the codes of diagnostics mean, for reports that explain them. */
#ifndef RUN_CODES_H
#define RUN_CODES_H

/* What a code means, in a sentence: as in the manual page, or for a rule of `check` why it is one. A code
 * that is not known means itself. */
const char *codes_meaning(const char *code);

#endif
