#include "run/batch.h"

#include "base/buf.h"
#include "run/clock.h"
#include "run/endings.h"
#include "run/wire.h"
#include "run/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK = 50,           /* ms: the crew looks after its workers, and at the clock, at least so often */
    LONGEST_STEP = 1000, /* ms: what goes beyond is time in which this process itself stood still */
    GRACE = 2000         /* ms: workers that are stopped may finish the file that they are writing */
};

struct crew {
    const struct batch *batch;
    struct arena *scratch; /* for one outcome at a time */
    struct worker *workers;
    size_t worker_count;  /* at most */
    struct buf *finished; /* outcomes as messages, until all earlier ones are reported; empty: not finished */
    size_t next_task, next_report, finished_count;
    struct jobserver jobserver;
    bool token_near;       /* it may be worth asking for one */
    long long now, looked; /* ms; when the crew last looked after its workers */
    struct endings endings;
};

/* -- outcomes */

static void keep_outcome(struct crew *crew, size_t task, const struct outcome *outcome)
{
    wire_put(&crew->finished[task], outcome);
    crew->finished_count++;
}

/* Does a task in this process. The outcome of the only one is reported as it is. */
static void do_task_here(struct crew *crew, size_t task)
{
    const struct batch *batch = crew->batch;
    struct arena *arena = arena_new();
    struct outcome outcome = {.diags = diags_new(arena)};
    batch->work(batch->context, task, arena, &outcome);
    if (batch->count == 1)
        batch->done(batch->context, crew->next_report++, &outcome);
    else
        keep_outcome(crew, task, &outcome);
    buf_free(&outcome.text);
    arena_free(arena);
}

static void report_in_order(struct crew *crew)
{
    const struct batch *batch = crew->batch;
    while (crew->next_report < batch->count && crew->finished[crew->next_report].n) {
        struct buf *message = &crew->finished[crew->next_report];
        struct outcome outcome;
        wire_get(crew->scratch, buf_slice(message), &outcome);
        batch->done(batch->context, crew->next_report++, &outcome);
        buf_free(&outcome.text);
        buf_free(message);
        arena_rewind(crew->scratch);
    }
}

/* Takes the outcome that a worker has sent. False if it makes no sense. */
static bool take_outcome(struct crew *crew, struct worker *worker)
{
    struct outcome outcome;
    bool good = wire_get(crew->scratch, buf_slice(&worker->received), &outcome);
    buf_free(&outcome.text);
    arena_rewind(crew->scratch);
    if (!good)
        return false;
    crew->finished[worker->task] = worker->received;
    crew->finished_count++;
    worker->received = (struct buf){0};
    worker->busy = false;
    return true;
}

/* -- workers that end before their time */

enum cause { CAUSE_ITS_OWN, CAUSE_NONSENSE, CAUSE_TIMEOUT, CAUSE_MEMORY };

/* Is this a signal that a program gets for its own mistakes? Others come from outside. */
static bool is_crash(int signal)
{
    static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGSYS, SIGTRAP};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        if (signal == crashes[i])
            return true;
    return false;
}

static void explain_timeout(struct diags *diags, const char *name, long long milliseconds)
{
    struct buf seconds = {0};
    buf_number(&seconds, (double)milliseconds / 1000, 3);
    diag_file(diags, SEVERITY_ERROR, NULL, "worker-timeout",
        "'%s' took more than %s s and was given up (--timeout allows more)", name, seconds.p);
    buf_free(&seconds);
}

/* A worker died of a signal. */
static void explain_signal(struct diags *diags, const char *name, int signal)
{
    if (is_crash(signal))
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program crashed while it worked on '%s' (signal %d, %s); please report this as a bug", name,
            signal, strsignal(signal));
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-killed",
            "the process that worked on '%s' was killed from outside (signal %d, %s%s)", name, signal,
            strsignal(signal), signal == SIGKILL ? "; a system that runs out of memory does that, too" : "");
}

/* Why the task of a worker that is dead has failed; its exit status is in `status`. */
static void explain_end(
    struct diags *diags, const struct batch *batch, size_t task, enum cause cause, int status)
{
    const char *name = batch->name(batch->context, task);
    if (cause == CAUSE_TIMEOUT)
        explain_timeout(diags, name, batch->limits.milliseconds);
    else if (cause == CAUSE_MEMORY)
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-memory",
            "'%s' took more than %zu MB of memory and was given up (--memory allows more)", name,
            batch->limits.megabytes);
    else if (cause == CAUSE_NONSENSE)
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program ran wild while it worked on '%s'; please report this as a bug", name);
    else if (WIFSIGNALED(status))
        explain_signal(diags, name, WTERMSIG(status));
    else if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_MACHINE)
        diag_file(diags, SEVERITY_MACHINE, NULL, "machine-memory", "out of memory while '%s' was being built",
            name);
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program ended while it worked on '%s' (status %d); please report this as a bug", name,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void clean_after(const struct crew *crew, size_t task)
{
    if (crew->batch->clean)
        crew->batch->clean(crew->batch->context, task);
}

/* Buries a worker that is dead, or that is killed for a cause. If it was at work, its task has failed, unless
 * the whole run is about to end. */
static void bury(struct crew *crew, struct worker *worker, enum cause cause)
{
    bool busy = worker->busy;
    size_t task = worker->task;
    if (cause != CAUSE_ITS_OWN)
        kill(worker->pid, SIGKILL);
    int status = worker_reap(worker, &crew->jobserver);
    if (!busy)
        return;
    clean_after(crew, task);
    if (endings_near(&crew->endings))
        return;
    struct outcome outcome = {.diags = diags_new(crew->scratch)};
    explain_end(&outcome.diags, crew->batch, task, cause, status);
    keep_outcome(crew, task, &outcome);
    arena_rewind(crew->scratch);
}

/* -- the crew at work */

/* Hands a worker the next task, or lets it go when there are none, or when it has grown so large that the
 * next handout might be blamed for it. If it is dead already, listening to it will show. */
static void give_order(struct crew *crew, struct worker *worker)
{
    bool large = crew->batch->limits.megabytes && worker->megabytes > crew->batch->limits.megabytes / 2;
    if (crew->next_task == crew->batch->count || large)
        worker_let_go(worker);
    else if (worker_order(worker, crew->next_task))
        crew->next_task++;
}

static void listen_to(struct crew *crew, struct worker *worker)
{
    int heard = worker_listen(worker);
    if (heard == 0)
        return;
    if (heard > 0 && worker->busy && take_outcome(crew, worker))
        give_order(crew, worker);
    else
        bury(crew, worker, heard > 0 ? CAUSE_NONSENSE : CAUSE_ITS_OWN);
}

/* May one more worker be hired? One works in the slot that this program owns; each other one needs a token,
 * if there is a jobserver. */
static bool may_hire(struct crew *crew, int *token)
{
    bool slot_taken = false;
    for (size_t i = 0; i < crew->worker_count; i++)
        slot_taken |= crew->workers[i].pid && crew->workers[i].token == JOBSERVER_NO_TOKEN;
    *token = JOBSERVER_NO_TOKEN;
    if (!crew->jobserver.named || !slot_taken)
        return true;
    if (crew->token_near)
        *token = jobserver_take(&crew->jobserver);
    crew->token_near = *token != JOBSERVER_NO_TOKEN;
    return crew->token_near;
}

/* Hires one more worker, who gets the next task. False when none can be had now. */
static bool hire(struct crew *crew, size_t index)
{
    int token;
    if (!may_hire(crew, &token))
        return false;
    if (worker_start(
            crew->batch, crew->workers, crew->worker_count, index, &crew->jobserver, token, &crew->endings)) {
        give_order(crew, &crew->workers[index]);
        return true;
    }
    jobserver_give(&crew->jobserver, token);
    return false;
}

/* Brings the crew up to strength while there are tasks. Where no process can be had, a task is done here. */
static void fill_crew(struct crew *crew)
{
    size_t alive = 0;
    bool hiring = true;
    for (size_t i = 0; i < crew->worker_count; i++) {
        if (!crew->workers[i].pid && hiring)
            hiring = crew->next_task < crew->batch->count && hire(crew, i);
        alive += crew->workers[i].pid != 0;
    }
    if (!alive && crew->next_task < crew->batch->count)
        do_task_here(crew, crew->next_task++);
}

/* Is there work for more workers than there are? */
static bool wants_more(const struct crew *crew)
{
    size_t alive = 0;
    for (size_t i = 0; i < crew->worker_count; i++)
        alive += crew->workers[i].pid != 0;
    return alive < crew->worker_count && crew->next_task < crew->batch->count;
}

static void watch(int fd, fd_set *set, int *highest)
{
    FD_SET(fd, set);
    if (fd > *highest)
        *highest = fd;
}

/* Counts the time that has passed for all who are at work. */
static void pass_time(struct crew *crew)
{
    long long now = clock_now(), step = now - crew->now;
    crew->now = now;
    for (size_t i = 0; i < crew->worker_count; i++)
        crew->workers[i].spent += step < LONGEST_STEP ? step : LONGEST_STEP;
}

/* Waits until workers have sent something, or died, or a token may be had, or a signal wants the run to end;
 * but never for longer than a tick. */
static void wait_for_results(struct crew *crew)
{
    const struct timespec tick = {.tv_nsec = TICK * 1000000L};
    fd_set ready;
    FD_ZERO(&ready);
    int highest = -1, tokens = wants_more(crew) ? crew->jobserver.in : -1;
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid)
            watch(crew->workers[i].results, &ready, &highest);
    if (highest < 0) /* the last task was done here */
        return;
    if (tokens >= 0)
        watch(tokens, &ready, &highest);
    int heard = pselect(highest + 1, &ready, NULL, NULL, &tick, &crew->endings.waiting_mask);
    pass_time(crew);
    if (heard <= 0)
        return;
    crew->token_near = tokens >= 0 && FD_ISSET(tokens, &ready);
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid && FD_ISSET(crew->workers[i].results, &ready))
            listen_to(crew, &crew->workers[i]);
}

/* Gives up what takes too long or too much memory. */
static void enforce_limits(struct crew *crew)
{
    const struct limits *limits = &crew->batch->limits;
    bool look = limits->megabytes && crew->now - crew->looked >= TICK;
    if (look)
        crew->looked = crew->now;
    for (size_t i = 0; i < crew->worker_count; i++) {
        struct worker *worker = &crew->workers[i];
        if (!worker->pid || !worker->busy)
            continue;
        if (look)
            worker->megabytes = limits_memory_of(worker->pid);
        if (limits->milliseconds && worker->spent > limits->milliseconds)
            bury(crew, worker, CAUSE_TIMEOUT);
        else if (limits->megabytes && worker->megabytes > limits->megabytes)
            bury(crew, worker, CAUSE_MEMORY);
    }
}

static void show_progress(const struct crew *crew)
{
    const struct batch *batch = crew->batch;
    if (batch->report && crew->next_report < batch->count)
        progress_show(
            &batch->report->progress, crew->finished_count, batch->name(batch->context, crew->next_report));
}

/* Asks all workers to stop; one that was halted by a signal is woken for that. */
static void stop_workers(const struct crew *crew)
{
    for (size_t i = 0; i < crew->worker_count; i++)
        if (crew->workers[i].pid) {
            kill(crew->workers[i].pid, SIGTERM);
            kill(crew->workers[i].pid, SIGCONT);
        }
}

/* Waits for the ends of all workers: they may finish the file that they are writing, if that is quick. */
static void await_ends(const struct crew *crew)
{
    long long deadline = clock_now() + GRACE;
    for (size_t i = 0; i < crew->worker_count; i++) {
        pid_t pid = crew->workers[i].pid;
        siginfo_t ended = {0};
        while (pid && clock_now() < deadline &&
               waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && !ended.si_pid)
            nanosleep(&(struct timespec){.tv_nsec = 1000000L}, NULL);
        if (pid)
            kill(pid, SIGKILL);
    }
}

/* Lets all workers go: at the end they are idle, and after a signal they are stopped. */
static void dismiss(struct crew *crew)
{
    if (endings_came())
        stop_workers(crew);
    await_ends(crew);
    for (size_t i = 0; i < crew->worker_count; i++) {
        struct worker *worker = &crew->workers[i];
        bool busy = worker->busy;
        size_t task = worker->task;
        if (!worker->pid)
            continue;
        worker_reap(worker, &crew->jobserver);
        if (busy)
            clean_after(crew, task);
    }
}

static void run_crew(struct crew *crew)
{
    struct report *report = crew->batch->report;
    endings_catch(&crew->endings);
    if (report)
        progress_start(&report->progress, crew->batch->count);
    crew->now = crew->looked = clock_now();
    while (crew->next_report < crew->batch->count && !endings_came()) {
        fill_crew(crew);
        wait_for_results(crew);
        enforce_limits(crew);
        report_in_order(crew);
        show_progress(crew);
    }
    dismiss(crew);
    jobserver_leave(&crew->jobserver);
    if (report)
        progress_hide(&report->progress, STDERR_FILENO);
    endings_restore(&crew->endings, endings_came());
}

/* How many workers there are at most. */
static size_t most_workers(const struct crew *crew)
{
    const struct batch *batch = crew->batch;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = batch->jobs;
    if (!most && crew->jobserver.named)
        most = crew->jobserver.problem ? 1 : MOST_JOBS;
    else if (!most)
        most = processors < 1 ? 1 : processors > MOST_JOBS ? MOST_JOBS : (size_t)processors;
    return most < batch->count ? most : batch->count;
}

static void hire_and_run(struct crew *crew, struct arena *arena)
{
    const struct batch *batch = crew->batch;
    crew->jobserver = jobserver_join(batch->jobs ? NULL : getenv("MAKEFLAGS"));
    crew->token_near = true;
    if (crew->jobserver.problem && batch->report)
        report_verbose(batch->report, "%s", crew->jobserver.problem);
    crew->worker_count = most_workers(crew);
    crew->workers = ARENA_ARRAY(arena, struct worker, crew->worker_count);
    run_crew(crew);
}

void batch_run(const struct batch *batch)
{
    struct arena *arena = arena_new();
    struct crew crew = {.batch = batch, .scratch = arena_new()};
    crew.finished = ARENA_ARRAY(arena, struct buf, batch->count);
    if (batch->count == 1 && !batch->limits.asked) {
        do_task_here(&crew, 0);
    } else if (batch->count) {
        hire_and_run(&crew, arena);
    }
    arena_free(crew.scratch);
    arena_free(arena);
}
