/* What incremental runs stand on: hashes of files, traces, packed bytes, and entries of the cache. */
#include "base/file.h"
#include "base/pack.h"
#include "base/trace.h"
#include "run/entry.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char FILE_NAME[] = "/tmp/handout-test-XXXXXX";

/* A new file with these bytes, open for reading; it has no name any more. */
static int file_of(struct str bytes)
{
    char name[sizeof FILE_NAME];
    memcpy(name, FILE_NAME, sizeof name);
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    unlink(name);
    assert_true(file_put(fd, bytes));
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void files_hash_as_their_bytes_do(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 16, 17, 240, 241, 1000, 65535, 65536, 65537, 131072, 200000};
    struct arena *arena = arena_new();
    char *bytes = arena_alloc(arena, sizes[sizeof sizes / sizeof *sizes - 1]);
    for (size_t i = 0; i < sizes[sizeof sizes / sizeof *sizes - 1]; i++)
        bytes[i] = (char)(i * i % 251);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct str content = {bytes, sizes[i]};
        struct hash128 hash, whole = hash128_of(content);
        int fd = file_of(content);
        assert_true(hash128_of_file(fd, &hash));
        close(fd);
        assert_true(hash128_eq(hash, whole));
        assert_true(i == 0 || !hash128_eq(whole, hash128_of((struct str){bytes, sizes[i] - 1})));
    }
    int folder = open("/", O_RDONLY);
    struct hash128 none;
    assert_false(hash128_of_file(folder, &none));
    close(folder);
    arena_free(arena);
}

static void a_trace_keeps_each_path_once(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct trace *trace = trace_new(arena);
    trace_read(NULL, "a", STR("x"));
    trace_beneath(NULL, "a", "root");
    trace_beneath(trace, "a", "root");
    assert_false(trace_find(trace, "a")->read);
    trace_read(trace, "a", STR("x"));
    trace_read(trace, "b", STR(""));
    trace_read(trace, "a", STR("x"));
    assert_int_equal(trace->list.n, 2);
    assert_string_equal(trace->list.at[0]->path, "a");
    assert_string_equal(trace->list.at[0]->root, "root");
    assert_true(hash128_eq(trace_find(trace, "a")->hash, hash128_of(STR("x"))));
    assert_null(trace_find(trace, "c"));
    assert_false(trace->torn);
    trace_read(trace, "b", STR("y"));
    assert_true(trace->torn);
    arena_free(arena);
}

static void packed_bytes_that_end_too_early(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf out = {0};
    pack_number(&out, 7);
    pack_text(&out, "text");
    pack_text(&out, NULL);
    pack_text(&out, "");
    pack_hash(&out, (struct hash128){1, 2});
    for (size_t n = 0; n <= out.n; n++) {
        struct unpack unpack = {.rest = {out.p, n}};
        uint64_t number = unpack_number(&unpack);
        const char *text = unpack_text(&unpack, arena), *none = unpack_text(&unpack, arena);
        const char *empty = unpack_text(&unpack, arena);
        struct hash128 hash = unpack_hash(&unpack);
        assert_int_equal(unpack.bad, n < out.n);
        if (unpack.bad)
            continue;
        assert_int_equal(number, 7);
        assert_string_equal(text, "text");
        assert_null(none);
        assert_string_equal(empty, "");
        assert_true(hash128_eq(hash, (struct hash128){1, 2}));
    }
    buf_free(&out);
    arena_free(arena);
}

/* -- entries */

static struct entry entry_of(struct arena *arena, struct trace *inputs)
{
    struct entry entry = {.key = {1, 2}, .pdf = {3, 4}, .inputs = inputs};
    entry.outcome = (struct outcome){.diags = diags_new(arena), .built = true, .pages = 4, .bytes = 40000};
    diag_file(&entry.outcome.diags, SEVERITY_WARNING, "a.md", "html-dropped", "what was said");
    trace_read(inputs, "a.md", STR("x"));
    trace_beneath(inputs, "a.md", "content");
    trace_hash(inputs, "face.ttf", (struct hash128){0});
    return entry;
}

static void write_bytes(const char *path, struct str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && file_put(fd, bytes));
    close(fd);
}

static void entries_are_whole_or_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char folder[] = "/tmp/handout-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = arena_printf(arena, "%s/cache/x.entry", folder);
    struct entry entry = entry_of(arena, trace_new(arena)), got;
    bool damaged;
    assert_false(entry_read(arena, path, &got, &damaged));
    assert_false(damaged);
    assert_true(entry_write(arena, path, &entry));
    assert_true(entry_read(arena, path, &got, &damaged));
    assert_true(hash128_eq(got.key, entry.key) && hash128_eq(got.pdf, entry.pdf));
    assert_true(got.outcome.built);
    assert_int_equal(got.outcome.pages, 4);
    assert_string_equal(got.outcome.diags.list.at[0].message, "what was said");
    assert_int_equal(got.inputs->list.n, 2);
    assert_string_equal(got.inputs->list.at[0]->root, "content");
    assert_true(got.inputs->list.at[1]->read && !got.inputs->list.at[1]->root);
    buf_free(&got.outcome.text);

    struct diags diags = diags_new(arena);
    struct str good;
    assert_true(file_read(arena, &diags, (struct pos){0}, path, FILE_LIMIT, &good));
    char *bytes = arena_copy(arena, good.p, good.n);
    for (size_t i = 0; i < good.n; i++) {
        bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
        write_bytes(path, (struct str){bytes, good.n});
        assert_false(entry_read(arena, path, &got, &damaged));
        assert_true(damaged);
        bytes[i] = good.p[i];
        write_bytes(path, (struct str){bytes, i});
        assert_false(entry_read(arena, path, &got, &damaged));
        assert_true(damaged);
    }
    assert_true(entry_write(arena, path, &entry));
    assert_true(entry_read(arena, path, &got, &damaged));
    buf_free(&got.outcome.text);
    unlink(path);
    rmdir(str_dup(arena, path_folder(path)));
    assert_false(entry_write(arena, arena_printf(arena, "%s/no/such/x.entry", folder), &entry));
    rmdir(folder);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_hash_as_their_bytes_do),
        cmocka_unit_test(a_trace_keeps_each_path_once),
        cmocka_unit_test(packed_bytes_that_end_too_early),
        cmocka_unit_test(entries_are_whole_or_nothing),
    };
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
