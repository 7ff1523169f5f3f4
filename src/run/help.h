/* The texts of --help and --version. */
#ifndef RUN_HELP_H
#define RUN_HELP_H

#include "run/options.h"

/* The help of a command, or of the program for COMMAND_NONE. */
const char *help_text(enum command command);
/* "handout 0.1.0" and the licence, with a line feed at the end. */
const char *version_text(void);

#endif
