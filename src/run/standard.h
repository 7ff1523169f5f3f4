/* Standard output, checked: a full disk or a reader that has gone is an error like any other. */
#ifndef RUN_STANDARD_H
#define RUN_STANDARD_H

#include "run/report.h"

/* Sees to it that the three standard streams exist, so that no file is opened in their place, and that a
 * closed pipe is an error to report and not the end of the program. */
void standard_prepare(void);
/* Writes to standard output, at once. False and a machine error [output-unwritable] on failure. */
bool standard_output(struct report *report, struct str bytes);

#endif
