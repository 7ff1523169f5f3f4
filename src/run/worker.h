/* One worker process: it is forked once everything shared is loaded, is handed one task at a time, and sends
 * back what became of it. batch.c leads the crew; nobody else needs this. */
#ifndef RUN_WORKER_H
#define RUN_WORKER_H

#include "run/batch.h"
#include "run/endings.h"
#include "run/jobserver.h"

#include <sys/types.h>

struct worker {
    pid_t pid;   /* 0: none */
    int orders;  /* numbers of tasks go in; -1: closed, there are no more */
    int results; /* outcomes come out */
    int token;   /* of make's jobserver, or JOBSERVER_NO_TOKEN: the slot that every program owns */
    bool busy;
    size_t task;
    long long spent;  /* ms on this task, while this process did not stand still itself */
    size_t megabytes; /* in use when last measured */
    struct buf received;
};

/* Starts a worker in `workers[index]`, with a token. It ends of what `endings` holds back. False when the
 * machine has no room for one more. */
bool worker_start(const struct batch *batch, struct worker *workers, size_t count, size_t index,
    const struct jobserver *jobserver, int token, const struct endings *endings);
/* Hands a worker a task. False if it is dead, and the task not begun. */
bool worker_order(struct worker *worker, size_t task);
/* Tells an idle worker that there are no more tasks: it ends. */
void worker_let_go(struct worker *worker);
/* Reads what a worker has sent. 1 once its outcome is whole, 0 if there is more to come, -1 at its end. */
int worker_listen(struct worker *worker);
/* Waits for the end of a worker, and returns its status as waitpid does; its token is given back. */
int worker_reap(struct worker *worker, const struct jobserver *jobserver);

#endif
