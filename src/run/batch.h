/* Many tasks on a few worker processes. Workers are forked once everything shared is loaded, and are handed
 * one task at a time; what they find comes back through a pipe and is reported in the order of the tasks,
 * whatever their number. A worker that dies costs its task alone: that is reported as worker-crashed, the
 * worker is replaced, and the run goes on. A single task is done in this process. */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include "run/convert.h"

struct batch {
    size_t count; /* tasks, numbered from 0 */
    size_t jobs;  /* workers, at least 1 */
    void *context;
    /* Does a task; `outcome` may lie in `arena`, except its text, which is freed afterwards. */
    void (*work)(void *context, size_t task, struct arena *arena, struct outcome *outcome);
    /* Receives what became of a task, in this process and in order. The outcome goes when it returns. */
    void (*done)(void *context, size_t task, const struct outcome *outcome);
    /* What messages call a task. */
    const char *(*name)(void *context, size_t task);
};

/* How many workers there are to be: `wanted`, or for 0 as many as there are processors. */
size_t batch_jobs(size_t wanted);

/* Does all tasks. After SIGINT, SIGTERM or SIGHUP the workers are stopped and the signal is raised again,
 * which ends this process. */
void batch_run(const struct batch *batch);

#endif
