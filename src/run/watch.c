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

static const size_t NO_TASK = SIZE_MAX;

/* The numbers of handouts that read a file in a folder. */
struct readers {
    VEC(size_t) tasks;
};

/* The watcher reads what all handouts share, and forks a process for each round, which builds what is not up
 * to date among those that read in the folder where something changed. When something changes that all share,
 * it begins anew. */
struct watch {
    struct options fixed; /* with the root that was found, lest another is found when that one is away */
    const struct options *options;
    const char *program;
    struct place place;
    struct report report;
    struct notice *notice;
    struct endings endings;
    bool first, greeted;
    bool troubled;               /* the last round, or reading for it, did not end well */
    struct arena *arena;         /* of what is known until all is read anew: */
    bool learned;                /* each handout has told what it read: */
    VEC(struct readers) readers; /* by the number of a folder */
};

/* -- which folders */

static void add_reader(struct watch *watch, size_t folder, size_t task)
{
    while (watch->readers.n <= folder)
        vec_push(watch->arena, &watch->readers, (struct readers){0});
    struct readers *readers = &watch->readers.at[folder];
    if (!readers->tasks.n || readers->tasks.at[readers->tasks.n - 1] != task)
        vec_push(watch->arena, &readers->tasks, task);
}

/* The folder of a file that was named; if the file is a link, that of what it leads to as well. `task` reads
 * it, unless that is NO_TASK. */
static void watch_folder_of(struct watch *watch, const char *path, enum notice_kind kind, size_t task)
{
    struct arena *scratch = arena_new();
    struct stat status;
    char real[PATH_MAX];
    size_t folders[2] = {notice_folder(watch->notice, str_dup(scratch, path_folder(path)), kind, false)};
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode) && realpath(path, real))
        folders[1] = notice_folder(watch->notice, str_dup(scratch, path_folder(real)), kind, false);
    for (int i = 0; i < 2; i++)
        if (folders[i] && task != NO_TASK)
            add_reader(watch, folders[i], task);
    arena_free(scratch);
}

static void hear_shared(void *context, const char *path)
{
    watch_folder_of(context, path, NOTICE_ALL, NO_TASK);
}

/* Watches the folder above a place, or the nearest one that there is, so that a place that goes is seen when
 * it comes back. */
static void watch_above(struct watch *watch, const char *path)
{
    struct arena *scratch = arena_new();
    const char *above = path;
    do
        above = str_dup(scratch, path_folder(above));
    while (!notice_folder(watch->notice, above, NOTICE_NONE, false) && strcmp(above, "/") != 0 &&
           strcmp(above, ".") != 0);
    arena_free(scratch);
}

/* What is watched, whatever is in it: sections and pictures lie somewhere in the content, and new definitions
 * and styles may come. */
static void watch_places(struct watch *watch)
{
    struct arena *scratch = arena_new();
    const struct options *options = watch->options;
    watch_above(watch, watch->place.content);
    watch_above(watch, watch->place.styles); /* and fonts */
    notice_folder(watch->notice, watch->place.content, NOTICE_ONE, true);
    notice_folder(watch->notice, watch->place.styles, NOTICE_ALL, false);
    notice_folder(watch->notice, watch->place.fonts, NOTICE_ALL, false);
    if (options->clinic)
        watch_folder_of(watch, options->clinic, NOTICE_ALL, NO_TASK);
    for (size_t i = 0; i < options->settings.n; i++)
        if (options->settings.at[i].from_file)
            watch_folder_of(watch, options->settings.at[i].text, NOTICE_ALL, NO_TASK);
    for (size_t i = 0; i < options->styles.n; i++)
        watch_folder_of(watch, str_dup(scratch, options->styles.at[i]), NOTICE_ALL, NO_TASK);
    for (size_t i = 0; i < options->operands.n; i++)
        if (operand_is_file(options->operands.at[i]))
            watch_folder_of(watch, options->operands.at[i], NOTICE_ONE, NO_TASK);
    arena_free(scratch);
}

/* -- a round */

/* The files that the process of a round has read, on their way to the watcher: the number of the handout, a
 * colon, the path, and a NUL each. */
struct messenger {
    struct arena *arena;
    size_t task;
    struct map folders; /* those that were told for that task */
    FILE *stream;
};

static void hear_one(void *context, size_t task, const char *path)
{
    struct messenger *messenger = context;
    struct str folder = path_folder(path);
    struct stat status;
    if (task != messenger->task)
        messenger->folders = (struct map){0};
    messenger->task = task;
    bool link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    if (!link && map_get(&messenger->folders, folder))
        return;
    map_put(messenger->arena, &messenger->folders, str_copy(messenger->arena, folder), messenger);
    fprintf(messenger->stream, "%zu:%s", task, path);
    fputc('\0', messenger->stream);
}

/* The handouts that a round may concern, by number. */
struct concerned {
    const size_t *tasks; /* NULL: all */
    size_t count;
};

static _Noreturn void do_round(
    struct watch *watch, struct build *build, long long since, struct concerned concerned, int out)
{
    endings_restore(&watch->endings, 0);
    struct arena *arena = arena_new();
    struct messenger messenger = {.arena = arena, .task = NO_TASK, .stream = fdopen(out, "w")};
    const struct build_round round = {.first = watch->first,
        .learns = !watch->learned,
        .since = since,
        .tasks = concerned.tasks,
        .task_count = concerned.count,
        .hear = hear_one,
        .context = &messenger};
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

/* Watches what a round has read. */
static void take_news(struct watch *watch, struct str told)
{
    while (told.n) {
        struct str path = str_cut(&told, '\0'), number = str_cut(&path, ':');
        size_t task;
        if (path.n && str_to_size(number, SIZE_MAX - 1, &task))
            watch_folder_of(watch, path.p, NOTICE_ONE, task);
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
static bool run_round(struct watch *watch, struct build *build, long long since, struct concerned concerned)
{
    int ends[2], status = 0;
    if (pipe(ends) < 0)
        return false;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        do_round(watch, build, since, concerned, ends[1]);
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
    take_news(watch, buf_slice(&told));
    watch->learned = watch->learned || WIFEXITED(status);
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

/* Which handouts have read files in the folders where something changed. All, if one of these is not known to
 * any, or if there is something to mend: a file that was missing may have come anywhere. */
static struct concerned find_concerned(
    struct arena *arena, const struct watch *watch, const struct changes *changes, size_t count)
{
    const struct concerned all = {0};
    bool *is_concerned = ARENA_ARRAY(arena, bool, count);
    size_t *tasks = ARENA_ARRAY(arena, size_t, count), n = 0;
    for (size_t i = 0; i < changes->folders.n; i++) {
        size_t folder = changes->folders.at[i];
        if (watch->troubled || folder >= watch->readers.n || !watch->readers.at[folder].tasks.n)
            return all;
        for (size_t k = 0; k < watch->readers.at[folder].tasks.n; k++)
            is_concerned[watch->readers.at[folder].tasks.at[k]] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (is_concerned[i])
            tasks[n++] = i;
    return (struct concerned){tasks, n};
}

/* Waits for a change, and until all that it needs is done. */
static enum notice_kind wait_and_build(struct watch *watch, struct build *build)
{
    struct arena *arena = arena_new();
    struct changes changes = {.arena = arena};
    enum notice_kind kind = notice_wait(watch->notice, &watch->endings.waiting_mask, &changes);
    if (kind == NOTICE_ONE && !build) {
        kind = NOTICE_ALL;
    } else if (kind == NOTICE_ONE && !endings_came()) {
        struct concerned concerned = find_concerned(arena, watch, &changes, build_count(build));
        if (!run_round(watch, build, clock_now(), concerned))
            tell_problem(watch, errno);
    }
    arena_free(arena);
    return kind;
}

/* From the reading of what all share until it changes. False when the watch ends, with its exit status. */
static bool watch_once(struct watch *watch, long long since, int *status)
{
    struct arena *arena = arena_new();
    watch->arena = arena;
    watch->learned = false;
    memset(&watch->readers, 0, sizeof watch->readers);
    watch_places(watch);
    notice_grew(watch->notice);
    struct build *build = build_open(arena, watch->options, watch->program, status);
    bool go_on = build || *status != STATUS_USAGE;
    watch->troubled = watch->troubled || !build;
    if (build) {
        build_tell_shared(build, (struct build_listener){hear_shared, watch});
        if (!run_round(watch, build, since, (struct concerned){0}))
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
    watch.fixed = *options;
    watch.fixed.root = watch.place.root;
    watch.options = &watch.fixed;
    endings_catch(&watch.endings);
    long long since = clock_now();
    while (watch_once(&watch, since, &status))
        since = clock_now();
    notice_free(watch.notice);
    endings_restore(&watch.endings, endings_came());
    return status;
}
