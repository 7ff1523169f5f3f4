/* From the command line to an exit status. */
#ifndef RUN_COMMANDS_H
#define RUN_COMMANDS_H

/* Does what the command line asks for and returns the exit status. */
int commands_run(int argc, char **argv);

#endif
