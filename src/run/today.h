/* What day it is, for diagnostics about review dates: never a byte of a PDF. */
#ifndef RUN_TODAY_H
#define RUN_TODAY_H

#include "config/units.h"

/* SOURCE_DATE_EPOCH (in UTC), else the clock's day here. False and a sentence if the variable is malformed.
 */
bool today(struct date *date, const char **problem);

#endif
