#include "run/jobserver.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

/* The value of the last option that names a jobserver; behind "--" there are variables, not options. */
static struct str find_value(struct str makeflags)
{
    struct str value = {0};
    while (makeflags.n) {
        struct str word = str_cut(&makeflags, ' ');
        if (str_is(word, "--"))
            break;
        if (str_starts(word, "--jobserver-auth=") || str_starts(word, "--jobserver-fds="))
            value = str_slice(word, str_find(word, "=", 0) + 1, word.n);
    }
    return value;
}

/* Is this an open pipe, for reading or for writing? */
static bool is_pipe(int fd, int mode)
{
    struct stat status;
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && ((flags & O_ACCMODE) == mode || (flags & O_ACCMODE) == O_RDWR) &&
           fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* A pipe by its name, opened anew: O_NONBLOCK belongs to an open file, and the one that make has given to all
 * of its programs must stay as it is. */
static int open_to_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && (!is_pipe(fd, O_RDONLY) || fd >= FD_SETSIZE)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* "fifo:PATH", of GNU make 4.4 */
static bool join_fifo(struct jobserver *jobserver, struct str path)
{
    struct arena *arena = arena_new();
    const char *name = str_dup(arena, path);
    jobserver->in = open_to_read(name);
    if (jobserver->in >= 0)
        jobserver->out = open(name, O_WRONLY | O_CLOEXEC);
    arena_free(arena);
    return jobserver->out >= 0;
}

/* "R,W", two descriptors. Without /proc there is no way to read from R that cannot be made to wait by
 * somebody who is quicker. */
static bool join_pipe(struct jobserver *jobserver, struct str value)
{
    size_t in, out;
    if (!str_to_size(str_cut(&value, ','), INT_MAX, &in) || !str_to_size(value, INT_MAX, &out) ||
        !is_pipe((int)in, O_RDONLY) || !is_pipe((int)out, O_WRONLY))
        return false;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%zu", in);
    jobserver->in = open_to_read(path);
    if (jobserver->in >= 0)
        jobserver->out = fcntl((int)out, F_DUPFD_CLOEXEC, 0);
    return jobserver->out >= 0;
}

struct jobserver jobserver_join(const char *makeflags)
{
    struct jobserver jobserver = {.in = -1, .out = -1};
    struct str value = find_value(str_from(makeflags));
    if (!value.n)
        return jobserver;
    jobserver.named = true;
    bool fifo = str_starts(value, "fifo:");
    bool joined = fifo ? join_fifo(&jobserver, str_slice(value, 5, value.n)) : join_pipe(&jobserver, value);
    if (!joined) {
        jobserver_leave(&jobserver);
        jobserver.problem =
            "the jobserver of make cannot be reached, and one worker has to do (mark the recipe "
            "with '+', or give a number of --jobs)";
    }
    return jobserver;
}

int jobserver_take(const struct jobserver *jobserver)
{
    unsigned char token;
    ssize_t got;
    do
        got = jobserver->in >= 0 ? read(jobserver->in, &token, 1) : 0;
    while (got < 0 && errno == EINTR);
    return got == 1 ? token : JOBSERVER_NO_TOKEN;
}

void jobserver_give(const struct jobserver *jobserver, int token)
{
    char byte = (char)token;
    if (token != JOBSERVER_NO_TOKEN && jobserver->out >= 0)
        file_put(jobserver->out, (struct str){&byte, 1});
}

void jobserver_leave(struct jobserver *jobserver)
{
    if (jobserver->in >= 0)
        close(jobserver->in);
    if (jobserver->out >= 0)
        close(jobserver->out);
    jobserver->in = jobserver->out = -1;
}
