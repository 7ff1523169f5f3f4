/* What review dates have to say. It is the one thing about a handout that depends on today, so that a cache
 * of results asks for it anew. For content and for run. */
#ifndef CONTENT_REVIEW_H
#define CONTENT_REVIEW_H

#include "content/assemble.h"

/* Codes: review-overdue (an error under --publish), review-due. */
void review_dates(struct diags *diags, const struct handout *handout, const struct assemble_options *options);
/* Is this the code of a diagnostic that depends on today? */
bool review_is_dated(const char *code);

#endif
