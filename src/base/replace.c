#define _GNU_SOURCE /* O_TMPFILE; without it there is only the way with a name */

#include "base/replace.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MODE = 0666, MOST_TRIES = 500, PAUSE = 10 * 1000 * 1000 /* ns between them */ };

/* ".../.NAME.tmp" */
static char *temporary_name(struct arena *arena, const char *path, const char *ending)
{
    struct str folder = path_folder(path), base = path_stem(arena, path_base(path), STR("..tmp").n);
    return arena_printf(arena, "%.*s/.%.*s.%s", STR_FMT(folder), STR_FMT(base), ending);
}

/* Closes a file that was written; false, with errno, if that or anything before it failed. */
static bool finish(int fd, bool good)
{
    int error = errno;
    if (close(fd) < 0 && good)
        return false;
    errno = error;
    return good;
}

#ifdef O_TMPFILE
/* Gives a file without a name its own: at once if there is none of that name, else by a rename. */
static bool name_file(struct arena *arena, int fd, const char *path)
{
    char *self = arena_printf(arena, "/proc/self/fd/%d", fd), *temporary = temporary_name(arena, path, "new");
    unlink(temporary);
    if (linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (errno != EEXIST || linkat(AT_FDCWD, self, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) < 0)
        return false;
    if (rename(temporary, path) == 0)
        return true;
    int error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

bool replace_unnamed(const char *path, struct str bytes)
{
    struct arena *arena = arena_new();
    int fd = open(str_dup(arena, path_folder(path)), O_TMPFILE | O_WRONLY | O_CLOEXEC, FILE_MODE);
    bool good = fd >= 0 && file_put(fd, bytes) && fsync(fd) == 0 && name_file(arena, fd, path);
    good = fd >= 0 && finish(fd, good);
    arena_free(arena);
    return good;
}
#else
bool replace_unnamed(const char *path, struct str bytes)
{
    (void)path, (void)bytes;
    errno = ENOTSUP;
    return false;
}
#endif

/* Takes the lock that says that somebody is at work on a file. False if another process has it, or if the
 * file has lost its name meanwhile. File systems without locks are taken at their word that all is well. */
static bool own(int fd, const char *path)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat held, named;
    if (fcntl(fd, F_SETLK, &lock) < 0 && (errno == EAGAIN || errno == EACCES))
        return false;
    return fstat(fd, &held) == 0 && lstat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

/* Takes a temporary file away unless a living process is at work on it. */
static void take_away(const char *temporary)
{
    int fd = open(temporary, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 ? errno != ENOENT : own(fd, temporary))
        unlink(temporary);
    if (fd >= 0)
        close(fd);
}

/* A temporary file that is nobody else's. -1, with errno, on failure. */
static int open_owned(const char *temporary)
{
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
        if (fd < 0 && errno != EEXIST)
            return -1;
        if (fd >= 0 && own(fd, temporary))
            return fd;
        if (fd >= 0) {
            close(fd);
            continue;
        }
        take_away(temporary);
        if (tries)
            nanosleep(&(struct timespec){.tv_nsec = PAUSE}, NULL);
    }
    errno = EBUSY;
    return -1;
}

bool replace_named(const char *path, struct str bytes)
{
    struct arena *arena = arena_new();
    char *temporary = temporary_name(arena, path, "tmp");
    int fd = open_owned(temporary);
    bool good = fd >= 0 && file_put(fd, bytes) && fsync(fd) == 0 && rename(temporary, path) == 0;
    int error = errno;
    if (fd >= 0 && !good)
        unlink(temporary);
    errno = error;
    good = fd >= 0 && finish(fd, good); /* closing gives up the lock, and so comes last */
    arena_free(arena);
    return good;
}

void replace_clean(const char *path)
{
    struct arena *arena = arena_new();
    unlink(temporary_name(arena, path, "new"));
    take_away(temporary_name(arena, path, "tmp"));
    arena_free(arena);
}
