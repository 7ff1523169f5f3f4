/* Many tasks on a few worker processes (worker.h). What they find is reported in the order of the tasks,
 * whatever the number of workers. A worker that dies, hangs, or takes too much memory costs its task alone:
 * that is reported, as worker-crashed, worker-killed, worker-timeout, or worker-memory, the worker is
 * replaced, and the run goes on. A single task is done in this process, unless limits were asked for. */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include "run/convert.h"
#include "run/limits.h"
#include "run/report.h"

struct batch {
    size_t count; /* tasks, numbered from 0 */
    /* Workers; 0: as many as make's jobserver lets, or without one as there are processors. */
    size_t jobs;
    struct limits limits;
    struct report *report; /* for progress, and what --verbose tells of the crew; NULL: not told */
    void *context;
    /* Does a task; `outcome` may lie in `arena`, except its text, which is freed afterwards. */
    void (*work)(void *context, size_t task, struct arena *arena, struct outcome *outcome);
    /* Receives what became of a task, in this process and in order. The outcome goes when it returns. */
    void (*done)(void *context, size_t task, const struct outcome *outcome);
    /* What messages call a task. */
    const char *(*name)(void *context, size_t task);
    /* Takes away what a worker that was killed at a task may have left behind; NULL: nothing to do. */
    void (*clean)(void *context, size_t task);
};

/* Does all tasks. After SIGINT, SIGTERM or SIGHUP the workers are stopped and the signal is raised again,
 * which ends this process. */
void batch_run(const struct batch *batch);

#endif
