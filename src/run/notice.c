#ifdef __linux__
#define _DEFAULT_SOURCE
#endif

#include "run/notice.h"

#include "base/file.h"

#include <errno.h>

#ifdef __linux__

#include <dirent.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUIET_MS = 4, LONGEST_MS = 60, DEEPEST = 32, NANOS_PER_MS = 1000000 };

static const uint32_t EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                               IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

/* A watched folder, at the index of its watch descriptor. */
struct folder {
    const char *path; /* NULL: none */
    enum notice_kind kind;
};

struct notice {
    struct arena *arena;
    int fd;
    VEC(struct folder) folders;
    size_t count;
    bool grew;
    int error;
};

struct notice *notice_new(struct arena *arena)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0 || fd >= FD_SETSIZE)
        return NULL;
    struct notice *notice = ARENA_NEW(arena, struct notice);
    notice->arena = arena;
    notice->fd = fd;
    return notice;
}

void notice_free(struct notice *notice)
{
    close(notice->fd);
}

/* Adds one folder; its number, or 0 if there is none. inotify counts from 1. */
static size_t add(struct notice *notice, const char *path, enum notice_kind kind)
{
    int wd = inotify_add_watch(notice->fd, path, EVENTS);
    if (wd < 0) {
        if (errno != ENOENT && errno != ENOTDIR && errno != EACCES && !notice->error)
            notice->error = errno;
        return 0;
    }
    while (notice->folders.n <= (size_t)wd)
        vec_push(notice->arena, &notice->folders, (struct folder){0});
    struct folder *folder = &notice->folders.at[wd];
    if (!folder->path) {
        folder->path = arena_copy(notice->arena, path, strlen(path));
        notice->count++;
        notice->grew = true;
    }
    folder->kind = kind > folder->kind ? kind : folder->kind;
    return (size_t)wd;
}

static size_t add_deep(struct notice *notice, const char *path, enum notice_kind kind, int depth)
{
    size_t number = add(notice, path, kind);
    if (!number || depth == DEEPEST)
        return number;
    struct arena *scratch = arena_new();
    for (char **name = folder_list(scratch, path, ""); *name; name++) {
        const char *below = path_join(scratch, path, *name);
        struct stat status;
        if (lstat(below, &status) == 0 && S_ISDIR(status.st_mode))
            add_deep(notice, below, kind, depth + 1);
    }
    arena_free(scratch);
    return number;
}

size_t notice_folder(struct notice *notice, const char *path, enum notice_kind kind, bool deep)
{
    return add_deep(notice, path, kind, deep ? 0 : DEEPEST);
}

size_t notice_count(const struct notice *notice)
{
    return notice->count;
}

bool notice_grew(struct notice *notice)
{
    bool grew = notice->grew;
    notice->grew = false;
    return grew;
}

int notice_error(const struct notice *notice)
{
    return notice->error;
}

/* A file that comes into being is noticed once it has been written; but a link is whole at once. */
static bool is_link(const struct folder *folder, const char *name)
{
    struct arena *scratch = arena_new();
    struct stat status;
    bool link = lstat(path_join(scratch, folder->path, name), &status) == 0 &&
                (S_ISLNK(status.st_mode) || status.st_nlink > 1);
    arena_free(scratch);
    return link;
}

/* What an event means. */
static enum notice_kind judge(struct notice *notice, const struct inotify_event *event)
{
    if (event->mask & IN_Q_OVERFLOW)
        return NOTICE_ALL;
    if (event->wd < 0 || (size_t)event->wd >= notice->folders.n || !notice->folders.at[event->wd].path)
        return NOTICE_NONE;
    struct folder *folder = &notice->folders.at[event->wd];
    if (event->mask & IN_IGNORED) {
        *folder = (struct folder){0};
        notice->count--;
        return NOTICE_NONE;
    }
    struct str name = event->len ? str_from(event->name) : STR("");
    if (name.n && (name.p[0] == '.' || str_ends(name, "~") || str_ends(name, ".pdf")))
        return NOTICE_NONE;
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_ISDIR))
        return NOTICE_ALL;
    if (event->mask & IN_CREATE && !is_link(folder, event->name))
        return NOTICE_NONE;
    return str_ends(name, ".yaml") || str_ends(name, ".yml") ? NOTICE_ALL : folder->kind;
}

/* Takes what events there are. */
static enum notice_kind take(struct notice *notice, struct changes *changes)
{
    enum { ROOM = 16 * 1024 };
    _Alignas(struct inotify_event) char block[ROOM];
    enum notice_kind kind = NOTICE_NONE;
    for (ssize_t n; (n = read(notice->fd, block, sizeof block)) > 0;)
        for (const char *at = block; at < block + n;) {
            const struct inotify_event *event = (const void *)at;
            enum notice_kind this = judge(notice, event);
            kind = this > kind ? this : kind;
            if (this != NOTICE_NONE)
                vec_push(changes->arena, &changes->folders, event->wd < 0 ? 0 : (size_t)event->wd);
            at += sizeof *event + event->len;
        }
    return kind;
}

/* Waits for events, at most so long (NULL: for ever). False if there are none. */
static bool await(const struct notice *notice, const struct timespec *most, const sigset_t *mask)
{
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(notice->fd, &ready);
    return pselect(notice->fd + 1, &ready, NULL, NULL, most, mask) > 0;
}

enum notice_kind notice_wait(struct notice *notice, const sigset_t *mask, struct changes *changes)
{
    const struct timespec moment = {.tv_nsec = (long)QUIET_MS * NANOS_PER_MS};
    enum notice_kind kind = NOTICE_NONE;
    while (kind == NOTICE_NONE) {
        if (!await(notice, NULL, mask))
            return NOTICE_NONE;
        kind = take(notice, changes);
    }
    for (int i = 0; i < LONGEST_MS / QUIET_MS && await(notice, &moment, mask); i++) {
        enum notice_kind more = take(notice, changes);
        kind = more > kind ? more : kind;
    }
    return kind;
}

#else

struct notice *notice_new(struct arena *arena)
{
    (void)arena;
    errno = ENOSYS;
    return NULL;
}

void notice_free(struct notice *notice)
{
    (void)notice;
}

size_t notice_folder(struct notice *notice, const char *path, enum notice_kind kind, bool deep)
{
    (void)notice;
    (void)path;
    (void)kind;
    (void)deep;
    return 0;
}

size_t notice_count(const struct notice *notice)
{
    (void)notice;
    return 0;
}

bool notice_grew(struct notice *notice)
{
    (void)notice;
    return false;
}

int notice_error(const struct notice *notice)
{
    (void)notice;
    return ENOSYS;
}

enum notice_kind notice_wait(struct notice *notice, const sigset_t *mask, struct changes *changes)
{
    (void)notice;
    (void)mask;
    (void)changes;
    return NOTICE_NONE;
}

#endif
