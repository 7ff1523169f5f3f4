#include "run/worker.h"

#include "base/file.h"
#include "run/wire.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t GOODBYE = SIZE_MAX; /* instead of a task's number */

/* Reads exactly `size` bytes; false at the end of the pipe. */
static bool read_exactly(int fd, void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, (char *)bytes + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

/* The time that a task may take is watched from outside. Should the watcher be killed, this ends a worker
 * that calculates for ever: it counts the processor's time, which is never more than the clock's. */
static void limit_processor_time(const struct limits *limits)
{
    enum { LEEWAY = 2 }; /* seconds */
    time_t seconds = (time_t)(limits->milliseconds / 1000) + LEEWAY;
    if (limits->milliseconds)
        setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_sec = seconds}, NULL);
}

/* Does a task. False when nobody listens. */
static bool do_task(const struct batch *batch, size_t task, int results)
{
    struct arena *arena = arena_new();
    struct outcome outcome = {.diags = diags_new(arena)};
    limit_processor_time(&batch->limits);
    batch->work(batch->context, task, arena, &outcome);
    struct buf message = {0};
    wire_put(&message, &outcome);
    bool heard = file_put(results, buf_slice(&message));
    buf_free(&message);
    buf_free(&outcome.text);
    arena_free(arena);
    return heard;
}

/* A worker's life: a task at a time until it is told that there are no more. If the leader dies without a
 * word, nobody else is left who could give the token back. */
static _Noreturn void work_until_done(
    const struct batch *batch, int orders, int results, const struct jobserver *jobserver, int token)
{
    size_t task = 0;
    bool led = true;
    while (led && (led = read_exactly(orders, &task, sizeof task)) && task != GOODBYE)
        led = do_task(batch, task, results);
    if (!led)
        jobserver_give(jobserver, token);
    exit(led ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void close_pipe(int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

static void close_ends(struct worker *worker)
{
    close(worker->results);
    if (worker->orders >= 0)
        close(worker->orders);
}

bool worker_start(const struct batch *batch, struct worker *workers, size_t count, size_t index,
    const struct jobserver *jobserver, int token, const struct endings *endings)
{
    int orders[2], results[2];
    if (pipe(orders) < 0)
        return false;
    if (pipe(results) < 0) {
        close_pipe(orders);
        return false;
    }
    fflush(NULL); /* or the worker would write it a second time */
    pid_t pid = results[0] < FD_SETSIZE ? fork() : -1;
    if (pid < 0) {
        close_pipe(orders);
        close_pipe(results);
        return false;
    }
    if (pid == 0) {
        endings_restore(endings, 0);
        close(orders[1]);
        close(results[0]);
        for (size_t i = 0; i < count; i++)
            if (workers[i].pid) /* or a sister would not see that her orders have ended */
                close_ends(&workers[i]);
        work_until_done(batch, orders[0], results[1], jobserver, token);
    }
    close(orders[0]);
    close(results[1]);
    workers[index] = (struct worker){.pid = pid, .orders = orders[1], .results = results[0], .token = token};
    return true;
}

bool worker_order(struct worker *worker, size_t task)
{
    worker->task = task;
    worker->spent = 0;
    worker->busy = file_put(worker->orders, (struct str){(const char *)&task, sizeof task});
    return worker->busy;
}

void worker_let_go(struct worker *worker)
{
    file_put(worker->orders, (struct str){(const char *)&GOODBYE, sizeof GOODBYE});
    close(worker->orders);
    worker->orders = -1;
}

int worker_listen(struct worker *worker)
{
    char block[64 * 1024];
    ssize_t got = read(worker->results, block, sizeof block);
    if (got < 0 && errno == EINTR)
        return 0;
    if (got <= 0)
        return -1;
    buf_put(&worker->received, block, (size_t)got);
    return wire_is_complete(buf_slice(&worker->received)) ? 1 : 0;
}

int worker_reap(struct worker *worker, const struct jobserver *jobserver)
{
    int status = 0;
    close_ends(worker);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        ;
    buf_free(&worker->received);
    jobserver_give(jobserver, worker->token);
    *worker = (struct worker){.token = JOBSERVER_NO_TOKEN};
    return status;
}
