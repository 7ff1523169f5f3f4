#ifdef __linux__
#define _GNU_SOURCE /* dl_iterate_phdr; for the name of POSIX there is none */
#endif

#include "run/fingerprint.h"

#include "base/pack.h"

#ifdef __linux__

#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

enum { NOTE_BUILD_ID = 3, NOTE_ALIGN = 4 }; /* NT_GNU_BUILD_ID */

static size_t aligned(size_t n)
{
    return (n + NOTE_ALIGN - 1) / NOTE_ALIGN * NOTE_ALIGN;
}

/* The build-id among the notes of a segment (ELF, "Note Section"), or nothing. */
static struct str build_id(struct str notes)
{
    ElfW(Nhdr) note;
    while (notes.n >= sizeof note) {
        memcpy(&note, notes.p, sizeof note);
        notes = str_slice(notes, sizeof note, notes.n);
        struct str name = str_slice(notes, 0, note.n_namesz);
        notes = str_slice(notes, aligned(note.n_namesz), notes.n);
        struct str content = str_slice(notes, 0, note.n_descsz);
        notes = str_slice(notes, aligned(note.n_descsz), notes.n);
        if (note.n_type == NOTE_BUILD_ID && str_eq(name, STR("GNU\0")))
            return content;
    }
    return STR("");
}

/* What is loaded, as far as it was seen. */
struct loaded {
    struct buf ids;
    bool unknown; /* a file could not be read */
};

static void add_file(struct loaded *loaded, const char *path)
{
    struct hash128 hash;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || !hash128_of_file(fd, &hash))
        loaded->unknown = true;
    else
        pack_hash(&loaded->ids, hash);
    if (fd >= 0)
        close(fd);
}

static int add(struct dl_phdr_info *object, size_t size, void *context)
{
    struct loaded *loaded = context;
    bool program = loaded->ids.n == 0 && !loaded->unknown;
    (void)size;
    if (!program && !strchr(object->dlpi_name, '/'))
        return 0; /* the kernel's own page */
    struct str id = STR("");
    for (size_t i = 0; i < object->dlpi_phnum && !id.n; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type == PT_NOTE)
            id = build_id(
                (struct str){(const char *)(object->dlpi_addr + segment->p_vaddr), segment->p_memsz});
    }
    if (id.n)
        buf_str(&loaded->ids, id);
    else
        add_file(loaded, program ? "/proc/self/exe" : object->dlpi_name);
    return 0;
}

bool fingerprint_program(struct hash128 *hash)
{
    struct loaded loaded = {0};
    dl_iterate_phdr(add, &loaded);
    *hash = hash128_of(buf_slice(&loaded.ids));
    buf_free(&loaded.ids);
    return !loaded.unknown;
}

#else

bool fingerprint_program(struct hash128 *hash)
{
    *hash = (struct hash128){0};
    return false;
}

#endif
