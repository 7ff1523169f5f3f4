#include "run/watch.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "run/build.h"
#include "run/clock.h"
#include "run/endings.h"
#include "run/notice.h"
#include "run/place.h"
#include "run/plan.h"
#include "run/report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The watcher reads what all handouts share, and forks a process for each round, which builds what is not up
 * to date. When something changes that all share, it begins anew. */
struct watch {
    const struct options *options;
    const char *program;
    struct place place;
    struct report report;
    struct notice *notice;
    struct endings endings;
    bool first, greeted;
    bool troubled; /* the last round, or reading for it, did not end well */
};

/* -- which folders */

/* The folder of a file that was named; if the file is a link, that of what it leads to as well. */
static void watch_folder_of(struct watch *watch, const char *path, enum notice_kind kind)
{
    struct arena *scratch = arena_new();
    struct stat status;
    char real[PATH_MAX];
    notice_folder(watch->notice, str_dup(scratch, path_folder(path)), kind, false);
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode) && realpath(path, real))
        notice_folder(watch->notice, str_dup(scratch, path_folder(real)), kind, false);
    arena_free(scratch);
}

static void hear_shared(void *context, const char *path)
{
    watch_folder_of(context, path, NOTICE_ALL);
}

/* What is watched, whatever is in it: sections and pictures lie somewhere in the content, and new definitions
 * and styles may come. */
static void watch_places(struct watch *watch)
{
    struct arena *scratch = arena_new();
    const struct options *options = watch->options;
    notice_folder(watch->notice, str_dup(scratch, path_folder(watch->place.content)), NOTICE_NONE, false);
    notice_folder(watch->notice, watch->place.content, NOTICE_ONE, true);
    notice_folder(watch->notice, watch->place.styles, NOTICE_ALL, false);
    notice_folder(watch->notice, watch->place.fonts, NOTICE_ALL, false);
    if (options->clinic)
        watch_folder_of(watch, options->clinic, NOTICE_ALL);
    for (size_t i = 0; i < options->settings.n; i++)
        if (options->settings.at[i].from_file)
            watch_folder_of(watch, options->settings.at[i].text, NOTICE_ALL);
    for (size_t i = 0; i < options->styles.n; i++)
        watch_folder_of(watch, str_dup(scratch, options->styles.at[i]), NOTICE_ALL);
    for (size_t i = 0; i < options->operands.n; i++)
        if (operand_is_file(options->operands.at[i]))
            watch_folder_of(watch, options->operands.at[i], NOTICE_ONE);
    arena_free(scratch);
}

/* -- a round */

/* The files that the process of a round has read, on their way to the watcher: a path and a NUL each. */
struct messenger {
    struct arena *arena;
    struct map folders; /* those that were told */
    FILE *stream;
};

static void hear_one(void *context, const char *path)
{
    struct messenger *messenger = context;
    struct str folder = path_folder(path);
    struct stat status;
    bool link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    if (!link && map_get(&messenger->folders, folder))
        return;
    map_put(messenger->arena, &messenger->folders, str_copy(messenger->arena, folder), messenger);
    fputs(path, messenger->stream);
    fputc('\0', messenger->stream);
}

static _Noreturn void do_round(struct watch *watch, struct build *build, long long since, int out)
{
    endings_restore(&watch->endings, 0);
    struct arena *arena = arena_new();
    struct messenger messenger = {.arena = arena, .stream = fdopen(out, "w")};
    const struct build_round round = {
        .first = watch->first, .since = since, .listener = {hear_one, &messenger}};
    int status = messenger.stream ? build_round(build, &round) : STATUS_MACHINE;
    if (messenger.stream)
        fclose(messenger.stream);
    arena_free(arena);
    build_close(build);
    exit(status);
}

/* Reads what the process of a round tells; stops it if a signal wants the end. */
static void listen_to(struct watch *watch, pid_t pid, int in, struct buf *told)
{
    char block[4096];
    for (bool stopped = false;;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(in, &ready);
        int n = pselect(in + 1, &ready, NULL, NULL, NULL, &watch->endings.waiting_mask);
        if (n < 0 && errno == EINTR && endings_came() && !stopped) {
            kill(pid, SIGTERM);
            stopped = true;
        }
        if (n <= 0)
            continue;
        ssize_t got = read(in, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return;
        buf_put(told, block, (size_t)got);
    }
}

static void report_death(struct watch *watch, int status)
{
    struct diags diags = diags_new(watch->report.arena);
    if (WIFSIGNALED(status) && !endings_came())
        diag_file(&diags, SEVERITY_ERROR, NULL, "worker-crashed",
            "the program crashed (signal %d, %s); please report this as a bug", WTERMSIG(status),
            strsignal(WTERMSIG(status)));
    report_diags(&watch->report, &diags);
}

/* Builds what is not up to date, in a process of its own: what goes wrong there, or is kept there, goes with
 * it. False if there can be none. */
static bool run_round(struct watch *watch, struct build *build, long long since)
{
    int ends[2], status = 0;
    if (pipe(ends) < 0)
        return false;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        do_round(watch, build, since, ends[1]);
    }
    close(ends[1]);
    struct buf told = {0};
    if (pid > 0) {
        listen_to(watch, pid, ends[0], &told);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
        report_death(watch, status);
        bool good = WIFEXITED(status) && WEXITSTATUS(status) == STATUS_DONE;
        if (good && watch->troubled)
            report_event(&watch->report, "all is well again");
        watch->troubled = !good;
    }
    close(ends[0]);
    for (const char *path = told.p; path && path < told.p + told.n; path += strlen(path) + 1)
        watch_folder_of(watch, path, NOTICE_ONE);
    buf_free(&told);
    return pid > 0;
}

/* -- the watch */

static bool tell_problem(struct watch *watch, int error)
{
    struct diags diags = diags_new(watch->report.arena);
    if (error == ENOSPC)
        diag_file(&diags, SEVERITY_MACHINE, NULL, "watch-failed",
            "the system does not let a program watch so many folders (raise fs.inotify.max_user_watches)");
    else
        diag_file(&diags, SEVERITY_MACHINE, NULL, "watch-failed", "files cannot be watched here: %s%s",
            strerror(error), error == ENOSYS ? " (this needs Linux)" : "");
    report_diags(&watch->report, &diags);
    return false;
}

/* Waits for a change, and until all that it needs is done. */
static enum notice_kind wait_and_build(struct watch *watch, struct build *build)
{
    enum notice_kind kind = notice_wait(watch->notice, &watch->endings.waiting_mask);
    if (kind == NOTICE_ONE && build && !endings_came()) {
        if (!run_round(watch, build, clock_now()))
            tell_problem(watch, errno);
        return NOTICE_ONE;
    }
    return kind == NOTICE_NONE ? NOTICE_NONE : NOTICE_ALL;
}

/* From the reading of what all share until it changes. False when the watch ends, with its exit status. */
static bool watch_once(struct watch *watch, long long since, int *status)
{
    struct arena *arena = arena_new();
    watch_places(watch);
    notice_grew(watch->notice);
    struct build *build = build_open(arena, watch->options, watch->program, status);
    bool go_on = build || *status != STATUS_USAGE;
    watch->troubled = watch->troubled || !build;
    if (build) {
        build_tell_shared(build, (struct build_listener){hear_shared, watch});
        if (!run_round(watch, build, since))
            go_on = tell_problem(watch, errno);
    }
    if (go_on && notice_error(watch->notice))
        go_on = tell_problem(watch, notice_error(watch->notice));
    watch->first = false;
    /* What came into view only now may have changed since it was read. */
    enum notice_kind kind = notice_grew(watch->notice) ? NOTICE_ALL : NOTICE_ONE;
    if (go_on && kind == NOTICE_ONE && !watch->greeted && !endings_came())
        report_event(&watch->report, "watching %zu folders", notice_count(watch->notice));
    watch->greeted = watch->greeted || kind == NOTICE_ONE;
    while (go_on && kind != NOTICE_ALL && !endings_came())
        kind = wait_and_build(watch, build);
    build_close(build);
    arena_free(arena);
    return go_on && !endings_came();
}

int watch_run(struct arena *arena, const struct options *options, const char *program)
{
    struct watch watch = {.options = options,
        .program = program,
        .report = report_new(arena, stderr, options),
        .notice = notice_new(arena),
        .first = true};
    struct diags diags = diags_new(arena);
    int status = STATUS_MACHINE;
    if (!watch.notice) {
        tell_problem(&watch, errno);
        return STATUS_MACHINE;
    }
    if (!place_find(arena, &diags, options, program, &watch.place)) {
        report_diags(&watch.report, &diags);
        notice_free(watch.notice);
        return STATUS_FAILED;
    }
    endings_catch(&watch.endings);
    long long since = clock_now();
    while (watch_once(&watch, since, &status))
        since = clock_now();
    notice_free(watch.notice);
    endings_restore(&watch.endings, endings_came());
    return status;
}
