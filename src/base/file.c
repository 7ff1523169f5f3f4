#include "base/file.h"

#include "base/hash.h"
#include "base/replace.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0777, BLOCK = 4096, LONGEST_NAME = 255 /* bytes, on all usual file systems */ };

char *path_join(struct arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || folder[0] == '\0' || strcmp(folder, ".") == 0)
        return arena_copy(arena, name, strlen(name));
    size_t n = strlen(folder), more = strlen(name);
    char *path = arena_alloc(arena, n + 1 + more + 1);
    memcpy(path, folder, n);
    if (path[n - 1] != '/')
        path[n++] = '/';
    memcpy(path + n, name, more);
    return path;
}

struct str path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_from(slash ? slash + 1 : path);
}

struct str path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return STR(".");
    return slash == path ? STR("/") : (struct str){path, (size_t)(slash - path)};
}

struct str path_stem(struct arena *arena, struct str name, size_t more)
{
    if (name.n + more <= LONGEST_NAME)
        return name;
    struct hash128 hash = hash128_of(name);
    return str_printf(arena, "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
}

bool path_is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool path_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A diagnostic at the place that named the file if there is one, else about the file. */
static void report(struct diags *diags, struct pos where, const char *path, enum severity severity,
    const char *code, const char *what)
{
    if (where.source)
        diag_at(diags, severity, where, code, "%s: '%s'", what, path);
    else
        diag_file(diags, severity, path, code, "%s", what);
}

static void report_errno(struct diags *diags, struct pos where, const char *path, int error)
{
    bool author =
        error == ENOENT || error == ENOTDIR || error == EISDIR || error == ENAMETOOLONG || error == ELOOP;
    const char *what = error == ENOENT || error == ENOTDIR ? "there is no such file" : strerror(error);
    report(diags, where, path, author || error == EACCES ? SEVERITY_ERROR : SEVERITY_MACHINE,
        author ? "file-missing" : "file-unreadable", what);
}

/* Reads until end of file; the size from fstat is only a first guess. False, with errno, on failure; if there
 * are more bytes than `limit`, it leaves off behind it. */
static bool read_all(struct arena *arena, int fd, size_t guess, size_t limit, struct str *bytes)
{
    size_t n = 0, cap = guess + 1; /* a byte more, to see the end */
    char *at = arena_alloc(arena, cap + 1);
    for (;;) {
        ssize_t got = read(fd, at + n, cap - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        n += (size_t)got;
        *bytes = (struct str){at, n};
        if (got == 0 || n > limit)
            return true;
        if (n == cap) {
            at = arena_grow(arena, at, cap + 1, cap * 2 + 1, 1);
            cap *= 2;
        }
    }
}

bool file_read(struct arena *arena, struct diags *diags, struct pos where, const char *path, size_t limit,
    struct str *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) < 0) {
        report_errno(diags, where, path, errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        report_errno(diags, where, path, EISDIR);
        close(fd);
        return false;
    }
    bool sized = S_ISREG(status.st_mode) && status.st_size > 0;
    bool too_large = sized && (unsigned long long)status.st_size > limit;
    struct str content = {0};
    bool good = too_large || read_all(arena, fd, sized ? (size_t)status.st_size : BLOCK, limit, &content);
    int error = errno;
    close(fd);
    too_large = too_large || content.n > limit;
    if (!good)
        report_errno(diags, where, path, error);
    else if (too_large)
        report(diags, where, path, SEVERITY_ERROR, "file-too-large", "this file is too large to be read");
    if (!good || too_large)
        return false;
    *bytes = content;
    trace_read(diags->trace, path, content);
    return true;
}

/* An error at the first byte that is not UTF-8, with its line, in which all such bytes are replaced. */
static void report_encoding(struct arena *arena, struct diags *diags, const struct source *source, size_t bad)
{
    struct diag diag = {.severity = SEVERITY_ERROR,
        .code = "text-encoding",
        .message = "this is not UTF-8 (save the file with the encoding UTF-8)",
        .file = source->path,
        .width = 1};
    source_line_column(source, bad, &diag.line, &diag.column);
    struct str line = source_line(source, diag.line);
    struct buf shown = {0};
    for (size_t at = 0; at < line.n;) {
        char bytes[4] = {0};
        buf_put(&shown, bytes, utf8_encode(utf8_next(line, &at), bytes));
    }
    diag.excerpt = str_dup(arena, buf_slice(&shown));
    buf_free(&shown);
    diag_add(diags, &diag);
}

struct source *source_read(struct arena *arena, struct diags *diags, struct pos where, const char *path)
{
    struct str text;
    if (!file_read(arena, diags, where, path, FILE_LIMIT, &text))
        return NULL;
    if (str_starts(text, "\xEF\xBB\xBF"))
        text = str_slice(text, 3, text.n);
    struct source *source = source_new(arena, arena_copy(arena, path, strlen(path)), text);
    size_t bad = utf8_check(text);
    if (bad == SIZE_MAX)
        return source;
    report_encoding(arena, diags, source, bad);
    return NULL;
}

static bool is_beneath(const char *path, const char *root)
{
    size_t n = strlen(root);
    return strncmp(path, root, n) == 0 && (path[n] == '/' || path[n] == '\0' || root[n - 1] == '/');
}

/* Has a path a part ".."? */
static bool climbs(struct str path)
{
    while (path.n)
        if (str_is(str_cut(&path, '/'), ".."))
            return true;
    return false;
}

enum { FOLDERS_KEPT = 4 };

struct folders {
    struct {
        char path[PATH_MAX], real[PATH_MAX];
    } at[FOLDERS_KEPT];
    size_t oldest;
};

struct folders *folders_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct folders);
}

/* The real path of a folder, which is told by its first `n` bytes; NULL, with errno, if it has none. */
static const char *real_folder(struct folders *folders, const char *path, size_t n)
{
    for (size_t i = 0; i < FOLDERS_KEPT; i++)
        if (strncmp(folders->at[i].path, path, n) == 0 && folders->at[i].path[n] == '\0')
            return folders->at[i].real;
    size_t place = folders->oldest;
    char *kept = folders->at[place].path;
    memcpy(kept, path, n);
    kept[n] = '\0';
    if (!realpath(kept, folders->at[place].real)) {
        kept[0] = '\0';
        return NULL;
    }
    folders->oldest = (place + 1) % FOLDERS_KEPT;
    return folders->at[place].real;
}

/* As realpath. The links on the way to a file's folder need not be followed when its real path is known, and
 * the file itself is no link. */
static bool find_real(struct folders *folders, const char *path, char real[PATH_MAX])
{
    struct str folder = path_folder(path), base = path_base(path);
    struct stat status;
    bool apart = base.n && !str_is(base, ".") && !str_is(base, "..") && folder.n < PATH_MAX;
    const char *found = folders && apart ? real_folder(folders, folder.p, folder.n) : NULL;
    if (!found || strlen(found) + 1 + base.n >= PATH_MAX || lstat(path, &status) < 0 ||
        S_ISLNK(status.st_mode))
        return realpath(path, real) != NULL;
    size_t n = strlen(found);
    memcpy(real, found, n);
    if (real[n - 1] != '/')
        real[n++] = '/';
    memcpy(real + n, base.p, base.n + 1);
    return true;
}

char *path_beneath(struct arena *arena, struct diags *diags, struct folders *folders, struct pos where,
    const char *root, const char *folder, struct str name)
{
    char *path = path_join(arena, folder, str_dup(arena, name));
    char own_root[PATH_MAX], real_path[PATH_MAX];
    if (memchr(name.p, '\0', name.n) || name.n == 0) {
        report(diags, where, path, SEVERITY_ERROR, "file-missing", "there is no such file");
        return NULL;
    }
    size_t n = strlen(root);
    const char *real_root =
        folders && n && n < PATH_MAX ? real_folder(folders, root, n) : realpath(root, own_root);
    if (!real_root) {
        report_errno(diags, where, root, errno);
        return NULL;
    }
    if (real_root != own_root) /* its place may be needed for another */
        real_root = memcpy(own_root, real_root, strlen(real_root) + 1);
    bool exists = find_real(folders, path, real_path);
    int error = errno;
    /* An absolute path is refused even when it leads back: it would not survive a move of the folder. A
     * missing file whose written path climbs out is refused as such, so that nothing outside can be probed.
     */
    if (name.p[0] == '/' || (exists && !is_beneath(real_path, real_root)) || (!exists && climbs(name))) {
        report(diags, where, path, SEVERITY_ERROR, "path-outside", "this path leaves the content folder");
        return NULL;
    }
    if (!exists) {
        report_errno(diags, where, path, error);
        return NULL;
    }
    trace_beneath(diags->trace, path, root);
    return path;
}

bool path_lies_beneath(const char *path, const char *root)
{
    char real_root[PATH_MAX], real_path[PATH_MAX];
    return realpath(root, real_root) && realpath(path, real_path) && is_beneath(real_path, real_root);
}

/* Makes the folders of a path that are missing. False, with errno, on failure. */
static bool make_folders(const char *path)
{
    struct arena *scratch = arena_new();
    char *copy = arena_copy(scratch, path, strlen(path));
    bool good = true;
    for (char *slash = strchr(copy + 1, '/'); good && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int error = mkdir(copy, FOLDER_MODE) < 0 ? errno : 0;
        good = !error || error == EEXIST || error == EISDIR || path_is_folder(copy);
        errno = error;
        *slash = '/';
    }
    int error = errno;
    arena_free(scratch);
    errno = error;
    return good;
}

static bool replace(const char *path, struct str bytes)
{
    return replace_unnamed(path, bytes) || replace_named(path, bytes);
}

bool file_put(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t put = write(fd, bytes.p, bytes.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_slice(bytes, (size_t)put, bytes.n);
    }
    return true;
}

bool file_write(struct diags *diags, const char *path, struct str bytes)
{
    bool good = replace(path, bytes);
    if (!good && (errno == ENOENT || errno == ENOTDIR))
        good = make_folders(path) && replace(path, bytes);
    int error = errno;
    if (good)
        return true;
    /* A folder in the way is the user's doing; all else is the machine's. */
    bool user =
        error == EISDIR || error == ENOTDIR || error == EEXIST || error == ENAMETOOLONG || error == ELOOP;
    diag_file(diags, user ? SEVERITY_ERROR : SEVERITY_MACHINE, path, "file-unwritable",
        "cannot write this file: %s", strerror(error));
    return false;
}

/* The number of an open file that a path names; -1 if it names none. Such a name may lead to a plain file,
 * which must be written on where it is open, and neither from its start nor replaced. */
static int descriptor_of(const char *path)
{
    struct str folder = path_folder(path);
    size_t number;
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    bool numbered = str_is(folder, "/dev/fd") || str_is(folder, "/proc/self/fd");
    return numbered && str_to_size(path_base(path), INT_MAX, &number) ? (int)number : -1;
}

bool path_is_stream(const char *path)
{
    struct stat status;
    return descriptor_of(path) >= 0 ||
           (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
}

bool file_pour(struct diags *diags, const char *path, struct str bytes)
{
    int descriptor = descriptor_of(path);
    int fd = descriptor >= 0 ? dup(descriptor) : open(path, O_WRONLY | O_CLOEXEC);
    bool good = fd >= 0 && file_put(fd, bytes);
    int error = errno;
    if (fd >= 0 && close(fd) < 0 && good) {
        good = false;
        error = errno;
    }
    if (!good)
        diag_file(
            diags, SEVERITY_MACHINE, path, "file-unwritable", "cannot write to this: %s", strerror(error));
    return good;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **folder_list(struct arena *arena, const char *path, const char *suffix)
{
    VEC(char *) names = {0};
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct str name = str_from(entry->d_name);
        if (name.p[0] != '.' && str_ends(name, suffix))
            vec_push(arena, &names, str_dup(arena, name));
    }
    if (folder)
        closedir(folder);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, compare_names);
    vec_push(arena, &names, NULL);
    return names.at;
}
