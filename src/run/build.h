/* A run of `handout build` or `handout check`: what was asked for is planned, made or judged by workers, and
 * reported; and the rounds of `handout watch`. */
#ifndef RUN_BUILD_H
#define RUN_BUILD_H

#include "run/options.h"

/* Runs the command and returns the exit status. `program` is argv[0]. */
int build_run(struct arena *arena, const struct options *options, const char *program);

/* A run whose material has been read. */
struct build;

/* Reads the material, and reports what is wrong with it. NULL if nothing can be built, and the exit status.
 */
struct build *build_open(
    struct arena *arena, const struct options *options, const char *program, int *status);
/* NULL is allowed. */
void build_close(struct build *build);

/* Who wants to know of files. */
struct build_listener {
    void (*hear)(void *context, const char *path);
    void *context;
};

/* Tells of the files that several handouts share, style sheets among them. */
void build_tell_shared(const struct build *build, struct build_listener listener);

/* A round of `handout watch`, in a process of its own. */
struct build_round {
    bool first;                     /* with the summary of a run */
    long long since;                /* when something changed, by clock_now() */
    struct build_listener listener; /* is told of the files that were read for what was built */
};

/* Builds what is not up to date, and says so in a line each. Returns the exit status of such a run. */
int build_round(struct build *build, const struct build_round *round);

#endif
