#include "run/entry.h"

#include "base/file.h"
#include "base/pack.h"
#include "run/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 * 1024 * 1024, FILE_MODE = 0666, FOLDER_MODE = 0777 };

/* To be raised when what is behind it changes its shape. */
static const char MAGIC[] = "handout cache 1\n";

static void pack_inputs(struct buf *out, const struct trace *inputs)
{
    pack_number(out, inputs->list.n);
    for (size_t i = 0; i < inputs->list.n; i++) {
        const struct input *input = inputs->list.at[i];
        pack_text(out, input->path);
        pack_text(out, input->root);
        pack_number(out, input->read);
        pack_hash(out, input->hash);
    }
}

static bool unpack_inputs(struct unpack *unpack, struct trace *inputs)
{
    for (uint64_t n = unpack_number(unpack); n > 0 && !unpack->bad; n--) {
        const char *path = unpack_text(unpack, inputs->arena), *root = unpack_text(unpack, inputs->arena);
        bool read = unpack_number(unpack) != 0;
        struct hash128 hash = unpack_hash(unpack);
        if (!path || unpack->bad)
            return false;
        if (root)
            trace_beneath(inputs, path, root);
        if (read)
            trace_hash(inputs, path, hash);
    }
    return !unpack->bad;
}

/* Magic, key, hash of the PDF, outcome, inputs, and the hash of all this. */
static void encode(struct buf *out, const struct entry *entry)
{
    buf_text(out, MAGIC);
    pack_hash(out, entry->key);
    pack_hash(out, entry->pdf);
    wire_put(out, &entry->outcome);
    pack_inputs(out, entry->inputs);
    pack_hash(out, hash128_of(buf_slice(out)));
}

static bool decode(struct arena *arena, struct str bytes, struct entry *entry)
{
    enum { MAGIC_SIZE = sizeof MAGIC - 1, SUM_SIZE = sizeof(struct hash128) };
    if (bytes.n < MAGIC_SIZE + SUM_SIZE || !str_starts(bytes, MAGIC))
        return false;
    struct str content = str_slice(bytes, 0, bytes.n - SUM_SIZE);
    struct unpack sum = {.rest = str_slice(bytes, content.n, bytes.n)};
    if (!hash128_eq(hash128_of(content), unpack_hash(&sum)))
        return false;
    struct unpack unpack = {.rest = str_slice(content, MAGIC_SIZE, content.n)};
    entry->key = unpack_hash(&unpack);
    entry->pdf = unpack_hash(&unpack);
    struct unpack ahead = unpack;
    struct str message = unpack_bytes(&unpack, unpack_number(&ahead));
    struct trace *inputs = trace_new(arena);
    entry->inputs = inputs;
    return wire_get(arena, message, &entry->outcome) && unpack_inputs(&unpack, inputs) && unpack.rest.n == 0;
}

/* The whole file, if it is a file of a sensible size. */
static bool read_file(struct arena *arena, int fd, struct str *bytes)
{
    struct stat status;
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > LARGEST)
        return false;
    size_t size = (size_t)status.st_size, n = 0;
    char *content = arena_alloc(arena, size);
    while (n < size) {
        ssize_t got = read(fd, content + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    *bytes = (struct str){content, n};
    return true;
}

bool entry_read(struct arena *arena, const char *path, struct entry *entry, bool *damaged)
{
    struct str bytes;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    *damaged = fd >= 0 || errno == ELOOP;
    if (fd < 0)
        return false;
    bool good = read_file(arena, fd, &bytes) && decode(arena, bytes, entry);
    close(fd);
    *damaged = !good;
    return good;
}

/* Opens an entry to be written from its start: a file that has no other name. -1, with errno, if it cannot be
 * had; ENOENT if its folder is not there. */
static int open_new(const char *path)
{
    struct stat status;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, FILE_MODE);
    if (fd < 0)
        return -1;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink <= 1 && ftruncate(fd, 0) == 0)
        return fd;
    close(fd);
    errno = EEXIST;
    return -1;
}

bool entry_write(struct arena *arena, const char *path, const struct entry *entry)
{
    int fd = open_new(path);
    if (fd < 0) {
        bool ready = errno == ENOENT
                         ? mkdir(str_dup(arena, path_folder(path)), FOLDER_MODE) == 0 || errno == EEXIST
                         : unlink(path) == 0; /* what is there is no file, or is another's */
        fd = ready ? open_new(path) : -1;
    }
    if (fd < 0)
        return false;
    struct buf bytes = {0};
    encode(&bytes, entry);
    bool good = file_put(fd, buf_slice(&bytes));
    buf_free(&bytes);
    return close(fd) == 0 && good;
}
