/* What a worker may take for one handout, so that a single one, hostile or unlucky, cannot stop a run.
 *
 * Memory is what the worker has in use, measured from outside while it works. A limit on its address space
 * would be simpler, but libraries pass over allocations that fail, and a handout with missing letters is
 * worse than none. It can only be measured where Linux's /proc is; elsewhere there is no limit. */
#ifndef RUN_LIMITS_H
#define RUN_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct limits {
    long long milliseconds; /* 0: any time */
    size_t megabytes;       /* 0: any memory */
    bool asked;             /* on the command line, so that they hold even for a single handout */
};

/* What holds when nothing was asked for. */
struct limits limits_usual(void);
/* Reads the value of --timeout, or of --memory. False if it is none. */
bool limits_set_time(struct limits *limits, const char *seconds);
bool limits_set_memory(struct limits *limits, const char *megabytes);

/* The memory that a process has in use, in MB, rounded up; 0 if it cannot be known. */
size_t limits_memory_of(pid_t pid);

#endif
