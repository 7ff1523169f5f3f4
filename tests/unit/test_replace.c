/* How files come into their place: whole, whoever is killed, and without a trace. */
#include "base/file.h"
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { LARGE = 300 * 1000 };

typedef bool replace_function(const char *path, struct str bytes);

struct fixture {
    struct arena *arena;
    char *folder, *path, *unnamed, *named; /* the file, and what it is written through */
    bool without_names;                    /* the file system can do that */
    char *one, *two;                       /* contents */
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const char *place = getenv("TMPDIR");
    struct arena *arena = fixture->arena = arena_new();
    fixture->folder = path_join(arena, place ? place : "/tmp", "handout-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->path = path_join(arena, fixture->folder, "x.pdf");
    fixture->unnamed = path_join(arena, fixture->folder, ".x.pdf.new");
    fixture->named = path_join(arena, fixture->folder, ".x.pdf.tmp");
    fixture->one = arena_alloc(arena, LARGE);
    fixture->two = arena_alloc(arena, LARGE);
    memset(fixture->one, '1', LARGE);
    memset(fixture->two, '2', LARGE);
    fixture->without_names = replace_unnamed(fixture->path, STR(""));
    unlink(fixture->path);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->path);
    assert_int_equal(rmdir(fixture->folder), 0); /* nothing else was left there */
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* The one character of which the file is made, all LARGE of them; 0: there is no file. */
static char content(const struct fixture *fixture)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct str text;
    char first = 0;
    if (file_read(arena, &diags, (struct pos){0}, fixture->path, FILE_LIMIT, &text)) {
        assert_int_equal(text.n, LARGE);
        first = text.p[0];
        for (size_t i = 0; i < text.n; i++)
            assert_int_equal(text.p[i], first);
    }
    arena_free(arena);
    return first;
}

static struct str large(const char *bytes)
{
    return (struct str){bytes, LARGE};
}

static void put(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0666);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "half", 4), 4);
    close(fd);
}

/* New files, and such that replace others, with the permissions that the mask leaves. */
static void files_are_replaced_by(const struct fixture *fixture, replace_function *replace)
{
    struct stat status;
    mode_t mask = umask(027);
    assert_true(replace(fixture->path, large(fixture->one)));
    umask(mask);
    assert_int_equal(content(fixture), '1');
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_true(replace(fixture->path, large(fixture->two)));
    assert_int_equal(content(fixture), '2');
    assert_false(exists(fixture->unnamed) || exists(fixture->named));
}

static void files_are_replaced(void **state)
{
    struct fixture *fixture = *state;
    files_are_replaced_by(fixture, replace_named);
    unlink(fixture->path);
    if (fixture->without_names)
        files_are_replaced_by(fixture, replace_unnamed);
}

static void a_link_is_replaced_and_not_followed(void **state)
{
    struct fixture *fixture = *state;
    char *other = path_join(fixture->arena, fixture->folder, "other");
    replace_function *const ways[] = {replace_named, replace_unnamed};
    put(other);
    for (int i = 0; i < 1 + fixture->without_names; i++) {
        assert_int_equal(symlink("other", fixture->path), 0);
        assert_int_equal(symlink("other", fixture->named), 0); /* whoever put it there */
        assert_true(ways[i](fixture->path, large(fixture->one)));
        assert_int_equal(content(fixture), '1');
        replace_clean(fixture->path);
        unlink(fixture->path);
    }
    struct stat status;
    assert_int_equal(stat(other, &status), 0);
    assert_int_equal(status.st_size, 4);
    unlink(other);
}

/* There is no room for a longer name beside it. */
static void long_names_are_replaced(void **state)
{
    struct fixture *fixture = *state;
    char name[256] = {0};
    memset(name, 'x', sizeof name - 1);
    fixture->path = path_join(fixture->arena, fixture->folder, name);
    if (fixture->without_names)
        files_are_replaced_by(fixture, replace_unnamed);
    files_are_replaced_by(fixture, replace_named);
}

static void failures_leave_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(fixture->path, 0777), 0);
    assert_false(replace_named(fixture->path, STR("x")));
    assert_int_equal(errno, EISDIR);
    assert_false(replace_unnamed(fixture->path, STR("x")));
    assert_false(exists(fixture->unnamed) || exists(fixture->named));
    assert_int_equal(rmdir(fixture->path), 0);
}

static void what_the_dead_left_is_taken_away(void **state)
{
    struct fixture *fixture = *state;
    put(fixture->named);
    assert_true(replace_named(fixture->path, large(fixture->one)));
    assert_false(exists(fixture->named));
    put(fixture->unnamed);
    assert_int_equal(replace_unnamed(fixture->path, large(fixture->two)), fixture->without_names);
    assert_int_equal(exists(fixture->unnamed), !fixture->without_names);
    put(fixture->named);
    put(fixture->unnamed);
    replace_clean(fixture->path);
    assert_false(exists(fixture->unnamed) || exists(fixture->named));
    assert_int_equal(content(fixture), fixture->without_names ? '2' : '1');
    replace_clean(fixture->path); /* there is nothing to clean */
}

/* The child holds the temporary file as a writer does, for a while. */
static pid_t start_holder(const char *path, long milliseconds)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open(path, O_WRONLY | O_CREAT, 0666);
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        if (fd < 0 || fcntl(fd, F_SETLK, &lock) < 0 || write(ready[1], "", 1) != 1)
            _exit(1);
        nanosleep(&(struct timespec){0, milliseconds * 1000000}, NULL);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static void what_a_living_process_writes_is_left_to_it(void **state)
{
    struct fixture *fixture = *state;
    pid_t pid = start_holder(fixture->named, 200);
    struct stat held, found;
    assert_int_equal(stat(fixture->named, &held), 0);
    replace_clean(fixture->path);
    assert_int_equal(stat(fixture->named, &found), 0);
    assert_int_equal(found.st_ino, held.st_ino);
    assert_true(replace_named(fixture->path, large(fixture->one))); /* waits for its end */
    assert_int_equal(waitpid(pid, NULL, WNOHANG), pid);
    assert_int_equal(content(fixture), '1');
}

/* Writes for ever, in turn, until killed. */
static pid_t start_writer(const struct fixture *fixture, replace_function *replace)
{
    pid_t pid = fork();
    for (int i = 0; pid == 0; i++) {
        if (i % 7 == 0)
            unlink(fixture->path);
        if (!replace(fixture->path, large(i % 2 ? fixture->one : fixture->two)))
            _exit(1);
    }
    return pid;
}

static void killed_writers_leave_whole_files(const struct fixture *fixture, replace_function *replace)
{
    uint32_t random = 1;
    for (int round = 0; round < 60; round++) {
        pid_t pid = start_writer(fixture, replace);
        random = random * 1664525 + 1013904223;
        nanosleep(&(struct timespec){0, (long)(random >> 16) % 200 * 25000}, NULL);
        kill(pid, SIGKILL);
        int status;
        waitpid(pid, &status, 0);
        assert_true(WIFSIGNALED(status));
        content(fixture); /* whole, or none */
        if (round % 2)
            replace_clean(fixture->path);
    }
    assert_true(replace(fixture->path, large(fixture->one)));
    assert_false(exists(fixture->unnamed) || exists(fixture->named));
}

static void killed_writers_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    killed_writers_leave_whole_files(fixture, replace_named);
    if (fixture->without_names)
        killed_writers_leave_whole_files(fixture, replace_unnamed);
}

/* As file_write chooses. */
static bool replace_somehow(const char *path, struct str bytes)
{
    return replace_unnamed(path, bytes) || replace_named(path, bytes);
}

/* Four at once on one file, in both ways: nobody fails, and the file is always whole. */
static void writers_do_not_disturb_each_other(void **state)
{
    struct fixture *fixture = *state;
    replace_function *const ways[] = {replace_named, replace_somehow, replace_named, replace_somehow};
    enum { WRITERS = sizeof ways / sizeof *ways };
    pid_t pids[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        pids[i] = start_writer(fixture, ways[i]);
    for (int i = 0; i < 100; i++) {
        content(fixture);
        nanosleep(&(struct timespec){0, 3000000}, NULL);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        kill(pids[i], SIGKILL);
        waitpid(pids[i], &status, 0);
        assert_true(WIFSIGNALED(status));
    }
    assert_true(replace_somehow(fixture->path, large(fixture->one)));
    replace_clean(fixture->path);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(files_are_replaced),
        TEST(a_link_is_replaced_and_not_followed),
        TEST(long_names_are_replaced),
        TEST(failures_leave_nothing),
        TEST(what_the_dead_left_is_taken_away),
        TEST(what_a_living_process_writes_is_left_to_it),
        TEST(killed_writers_do_no_harm),
        TEST(writers_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
