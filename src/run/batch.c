#include "run/batch.h"

#include "base/file.h"
#include "run/report.h"
#include "run/wire.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that end a run. One that was ignored from the start, as under nohup, stays ignored. */
static const int ENDINGS[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING_COUNT = sizeof ENDINGS / sizeof *ENDINGS };

/* The one thing here that is not passed along: a signal handler has nowhere else to write. */
static volatile sig_atomic_t ending_signal;

struct worker {
    pid_t pid;   /* 0: none */
    int orders;  /* numbers of tasks go in; -1: closed, there are no more */
    int results; /* outcomes come out */
    bool busy;
    size_t task;
    struct buf received;
};

/* What became of a task, until all earlier ones are reported. */
struct finished {
    struct arena *arena; /* NULL: not finished */
    struct outcome outcome;
};

struct crew {
    const struct batch *batch;
    struct worker *workers;
    size_t worker_count;
    struct finished *finished;
    size_t next_task, next_report;
    struct sigaction old_actions[ENDING_COUNT];
    sigset_t old_mask, waiting_mask; /* endings are let in only while the crew waits */
};

static void note_signal(int signal)
{
    ending_signal = signal;
}

static void catch_signals(struct crew *crew)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    for (int i = 0; i < ENDING_COUNT; i++)
        sigaddset(&blocked, ENDINGS[i]);
    ending_signal = 0;
    sigprocmask(SIG_BLOCK, &blocked, &crew->old_mask);
    crew->waiting_mask = crew->old_mask;
    for (int i = 0; i < ENDING_COUNT; i++) {
        sigaction(ENDINGS[i], NULL, &crew->old_actions[i]);
        if (crew->old_actions[i].sa_handler == SIG_IGN)
            continue;
        struct sigaction action = {.sa_handler = note_signal};
        sigemptyset(&action.sa_mask);
        sigaction(ENDINGS[i], &action, NULL);
        sigdelset(&crew->waiting_mask, ENDINGS[i]);
    }
}

static void restore_signals(const struct crew *crew)
{
    for (int i = 0; i < ENDING_COUNT; i++)
        sigaction(ENDINGS[i], &crew->old_actions[i], NULL);
    sigprocmask(SIG_SETMASK, &crew->old_mask, NULL);
}

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

/* A worker's life: a task at a time until there are no more, or until nobody listens. */
static _Noreturn void work_until_done(const struct batch *batch, int orders, int results)
{
    size_t task;
    bool heard = true;
    while (heard && read_exactly(orders, &task, sizeof task)) {
        struct arena *arena = arena_new();
        struct outcome outcome = {.diags = diags_new(arena)};
        batch->work(batch->context, task, arena, &outcome);
        struct buf message = {0};
        wire_put(&message, &outcome);
        heard = file_put(results, buf_slice(&message));
        buf_free(&message);
        buf_free(&outcome.text);
        arena_free(arena);
    }
    exit(heard ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void close_pipe(int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

/* Starts a worker. False when the machine has no room for one more. */
static bool start_worker(struct crew *crew, struct worker *worker)
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
        restore_signals(crew);
        close(orders[1]);
        close(results[0]);
        for (size_t i = 0; i < crew->worker_count; i++)
            if (crew->workers[i].pid) { /* or a sister would not see that her orders have ended */
                close(crew->workers[i].results);
                if (crew->workers[i].orders >= 0)
                    close(crew->workers[i].orders);
            }
        work_until_done(crew->batch, orders[0], results[1]);
    }
    close(orders[0]);
    close(results[1]);
    buf_clear(&worker->received);
    worker->pid = pid;
    worker->orders = orders[1];
    worker->results = results[0];
    worker->busy = false;
    return true;
}

/* Hands a worker the next task, or lets it go when there are none. If it is dead already, reading from it
 * will show. */
static void give_order(struct crew *crew, struct worker *worker)
{
    if (crew->next_task == crew->batch->count) {
        close(worker->orders);
        worker->orders = -1;
        return;
    }
    worker->busy = true;
    worker->task = crew->next_task++;
    file_put(worker->orders, (struct str){(const char *)&worker->task, sizeof worker->task});
}

static struct finished *begin_finished(struct crew *crew, size_t task)
{
    struct finished *finished = &crew->finished[task];
    finished->arena = arena_new();
    finished->outcome = (struct outcome){.diags = diags_new(finished->arena)};
    return finished;
}

static void do_task_here(struct crew *crew, size_t task)
{
    struct finished *finished = begin_finished(crew, task);
    crew->batch->work(crew->batch->context, task, finished->arena, &finished->outcome);
}

static void report_in_order(struct crew *crew)
{
    const struct batch *batch = crew->batch;
    while (crew->next_report < batch->count && crew->finished[crew->next_report].arena) {
        struct finished *finished = &crew->finished[crew->next_report];
        batch->done(batch->context, crew->next_report++, &finished->outcome);
        buf_free(&finished->outcome.text);
        arena_free(finished->arena);
        finished->arena = NULL;
    }
}

/* The task of a worker that died has failed; why is in `status`. */
static void report_death(struct crew *crew, size_t task, int status)
{
    struct finished *finished = begin_finished(crew, task);
    struct diags *diags = &finished->outcome.diags;
    const char *name = crew->batch->name(crew->batch->context, task);
    if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_MACHINE)
        diag_file(diags, SEVERITY_MACHINE, NULL, "machine-memory", "out of memory while '%s' was being built",
            name);
    else if (WIFSIGNALED(status))
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program crashed while it built '%s' (signal %d, %s); please report this as a bug", name,
            WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program ended while it built '%s' (status %d); please report this as a bug", name,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static int reap(struct worker *worker)
{
    int status = 0;
    close(worker->results);
    if (worker->orders >= 0)
        close(worker->orders);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        ;
    worker->pid = 0;
    buf_free(&worker->received);
    return status;
}

/* Reads what a worker sent; takes the outcome once it is whole. */
static void listen_to(struct crew *crew, struct worker *worker)
{
    char block[64 * 1024];
    ssize_t got = read(worker->results, block, sizeof block);
    if (got < 0 && errno == EINTR)
        return;
    if (got > 0) {
        buf_put(&worker->received, block, (size_t)got);
        if (!wire_is_complete(buf_slice(&worker->received)))
            return;
        struct finished *finished = begin_finished(crew, worker->task);
        if (wire_get(finished->arena, buf_slice(&worker->received), &finished->outcome)) {
            worker->busy = false;
            buf_clear(&worker->received);
            give_order(crew, worker);
            return;
        }
        arena_free(finished->arena);
        finished->arena = NULL;
        kill(worker->pid, SIGKILL); /* it sends nonsense */
    }
    int status = reap(worker);
    if (worker->busy)
        report_death(crew, worker->task, status);
}

/* Brings the crew up to strength while there are tasks. Where no process can be had, a task is done here. */
static void fill_crew(struct crew *crew)
{
    size_t alive = 0;
    for (size_t i = 0; i < crew->worker_count; i++) {
        struct worker *worker = &crew->workers[i];
        if (!worker->pid && crew->next_task < crew->batch->count && start_worker(crew, worker))
            give_order(crew, worker);
        alive += worker->pid != 0;
    }
    if (!alive && crew->next_task < crew->batch->count)
        do_task_here(crew, crew->next_task++);
}

/* Waits until workers have sent something, or died, or a signal wants the run to end. */
static void wait_for_results(struct crew *crew)
{
    fd_set ready;
    FD_ZERO(&ready);
    int highest = -1;
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid) {
            FD_SET(crew->workers[i].results, &ready);
            if (crew->workers[i].results > highest)
                highest = crew->workers[i].results;
        }
    if (highest < 0 || pselect(highest + 1, &ready, NULL, NULL, NULL, &crew->waiting_mask) <= 0)
        return;
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid && FD_ISSET(crew->workers[i].results, &ready))
            listen_to(crew, &crew->workers[i]);
}

/* Lets all workers go: at the end they are idle, and after a signal they are stopped. */
static void dismiss(struct crew *crew, bool stop)
{
    for (size_t i = 0; i < crew->worker_count && stop; i++)
        if (crew->workers[i].pid)
            kill(crew->workers[i].pid, SIGTERM);
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid)
            reap(&crew->workers[i]);
}

static void run_crew(struct crew *crew)
{
    catch_signals(crew);
    while (crew->next_report < crew->batch->count && !ending_signal) {
        fill_crew(crew);
        wait_for_results(crew);
        report_in_order(crew);
    }
    dismiss(crew, ending_signal != 0);
    restore_signals(crew);
    if (ending_signal)
        raise(ending_signal);
}

size_t batch_jobs(size_t wanted)
{
    if (wanted)
        return wanted;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MOST_JOBS ? MOST_JOBS : (size_t)processors;
}

void batch_run(const struct batch *batch)
{
    struct arena *arena = arena_new();
    struct crew crew = {.batch = batch};
    crew.worker_count = batch->jobs < batch->count ? batch->jobs : batch->count;
    crew.workers = ARENA_ARRAY(arena, struct worker, crew.worker_count);
    crew.finished = ARENA_ARRAY(arena, struct finished, batch->count);
    if (batch->count == 1) {
        do_task_here(&crew, 0);
        report_in_order(&crew);
    } else if (batch->count) {
        run_crew(&crew);
    }
    arena_free(arena);
}
