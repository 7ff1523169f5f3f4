/* The base: memory, text, maps, UTF-8, sources, diagnostics, files. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/map.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    char *folder; /* made by those tests that need one */
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static void remove_files(struct arena *arena, const char *folder)
{
    for (char **name = folder_list(arena, folder, ""); *name; name++) {
        char *path = path_join(arena, folder, *name);
        struct stat status;
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
            remove_files(arena, path);
        else
            unlink(path);
    }
    rmdir(folder);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    if (fixture->folder)
        remove_files(fixture->arena, fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void make_folder(struct fixture *fixture)
{
    const char *temporary = getenv("TMPDIR");
    fixture->folder =
        arena_printf(fixture->arena, "%s/handout-test-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
}

static char *in_folder(const struct fixture *fixture, const char *name)
{
    return path_join(fixture->arena, fixture->folder, name);
}

static void assert_str(struct str s, const char *text)
{
    assert_int_equal(s.n, strlen(text));
    assert_memory_equal(s.p, text, s.n);
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static void test_an_arena_is_rewound(void **state)
{
    static const size_t sizes[] = {1, 4000, 9000, 30000, 100, 300000, 700000, 16};
    (void)state;
    struct arena *arena = arena_new();
    size_t used = 0;
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            size_t size = sizes[(i + (size_t)round) % (sizeof sizes / sizeof *sizes)];
            unsigned char *bytes = arena_alloc(arena, size);
            assert_true(is_zero(bytes, size));
            memset(bytes, 0xFF, size);
        }
        assert_true(round == 0 || arena_used(arena) == used);
        used = arena_used(arena);
        arena_rewind(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_rewind(arena);
    arena_free(arena);
}

static void test_an_array_grows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t size = 1; size <= 40; size += 13)
        for (int round = 0; round < 3; round++) { /* at the end of the memory, and behind something else */
            unsigned char *bytes = NULL, *others = NULL;
            for (size_t count = 0, larger = 1; larger < 3000; count = larger, larger = larger * 2 + 1) {
                if (round == 1)
                    others = arena_alloc(arena, 24);
                unsigned char *grown = arena_grow(arena, bytes, count, larger, size);
                for (size_t i = 0; i < count * size; i++)
                    assert_int_equal(grown[i], i % 251);
                for (size_t i = 0; i < larger * size; i++)
                    grown[i] = (unsigned char)(i % 251);
                assert_true(!others || is_zero(others, 24));
                bytes = grown;
            }
            if (round == 1)
                arena_rewind(arena); /* what comes next was used */
        }
    arena_free(arena);
}

/* What was allocated stays where it is, and both arenas' room is used on. */
static void test_an_arena_is_adopted(void **state)
{
    enum { MANY = 200 };
    (void)state;
    struct arena *arena = arena_new();
    const char *texts[MANY];
    size_t used = 0;
    for (int i = 0; i < MANY; i++) {
        struct arena *other = arena_new();
        arena_alloc(other, (size_t)i * 100);
        arena_rewind(other); /* its spare memory is not handed over */
        if (i % 3)
            texts[i] = arena_printf(other, "text %d", i);
        used += arena_used(other);
        arena_adopt(arena, other);
        if (i % 3 == 0) {
            size_t before = arena_used(arena);
            texts[i] = arena_printf(arena, "text %d", i);
            used += arena_used(arena) - before;
        }
    }
    assert_int_equal(arena_used(arena), used);
    for (int i = 0; i < MANY; i++)
        assert_string_equal(texts[i], arena_printf(arena, "text %d", i));
    arena_free(arena);
}

static void test_arena(void **state)
{
    struct fixture *fixture = *state;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 8191, 8193, 20000, 1, 700000, 3, 2000000, 1};
    unsigned char *blocks[sizeof sizes / sizeof *sizes];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        blocks[i] = arena_alloc(fixture->arena, sizes[i]);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(blocks[i][b], 0);
        memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) /* no block lies in another */
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(blocks[i][b], i + 1);
    assert_true(arena_used(fixture->arena) >= 2000000);
    assert_string_equal(arena_printf(fixture->arena, "%s-%d", "a", 7), "a-7");
    arena_free(NULL);
}

static void test_vec(void **state)
{
    struct fixture *fixture = *state;
    VEC(size_t) numbers = {0};
    for (size_t i = 0; i < 1000; i++)
        vec_push(fixture->arena, &numbers, i * i);
    assert_int_equal(numbers.n, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i * i);
}

static void test_str(void **state)
{
    (void)state;
    assert_str(str_slice(STR("handout"), 4, 99), "out");
    assert_str(str_slice(STR("handout"), 9, 2), "");
    assert_str(str_trim(STR(" \t\r\n x y \v\f")), "x y");
    assert_str(str_trim(STR("  ")), "");
    assert_true(str_eq(STR(""), str_from(NULL)));
    assert_false(str_is(STR("a"), "ab"));
    assert_true(str_starts(STR("a"), ""));
    assert_false(str_starts(STR("a"), "ab"));
    assert_true(str_ends(STR("ab"), "b"));
    assert_false(str_ends(STR("b"), "ab"));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\xC3"), STR("a")) > 0); /* bytes are unsigned */
    assert_int_equal(str_find(STR("aab"), "ab", 0), 1);
    assert_int_equal(str_find(STR("aab"), "ab", 2), SIZE_MAX);
    assert_int_equal(str_find(STR("a"), "", 1), 1);
    assert_int_equal(str_find(STR("a"), "", 2), SIZE_MAX);
}

static void test_str_cut(void **state)
{
    (void)state;
    struct str rest = STR("a,,b");
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(str_cut(&rest, ','), "b");
    assert_int_equal(rest.n, 0);
}

static void test_str_to_size(void **state)
{
    (void)state;
    size_t value = 7;
    assert_true(str_to_size(STR("0"), 5, &value));
    assert_int_equal(value, 0);
    assert_true(str_to_size(STR("9999"), 9999, &value));
    assert_int_equal(value, 9999);
    value = 7;
    assert_false(str_to_size(STR("10000"), 9999, &value));
    assert_false(str_to_size(STR("9"), 5, &value)); /* a limit below one digit */
    assert_false(str_to_size(STR("18446744073709551617"), 5, &value));
    assert_false(str_to_size(STR(""), 5, &value));
    assert_false(str_to_size(STR("-1"), 5, &value));
    assert_false(str_to_size(STR("1 "), 5, &value));
    assert_int_equal(value, 7); /* untouched by a failure */
    assert_true(str_to_size(STR("18446744073709551615"), SIZE_MAX, &value));
    assert_true(value == SIZE_MAX);
}

static void test_str_distance(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("color"), STR("colour"), 3), 1);
    assert_int_equal(str_distance(STR("abcd"), STR("abdc"), 3), 1); /* a transposition */
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 3), 3);
    assert_int_equal(str_distance(STR("abc"), STR("xyz"), 2), 3); /* given up */
    assert_int_equal(str_distance(STR(""), STR("ab"), 3), 2);
    char text[200];
    memset(text, 'a', sizeof text);
    assert_int_equal(str_distance((struct str){text, sizeof text}, STR("a"), 3), 4);
}

static void test_ascii(void **state)
{
    (void)state;
    for (int c = -128; c < 256; c++) {
        assert_int_equal(ascii_is_digit(c), c >= 0x30 && c <= 0x39);
        assert_int_equal(ascii_is_alpha(c), (c >= 0x41 && c <= 0x5A) || (c >= 0x61 && c <= 0x7A));
        assert_int_equal(ascii_is_space(c), c == 0x20 || (c >= 9 && c <= 13));
        assert_int_equal(ascii_is_punct(c), c > 0x20 && c < 0x7F && !ascii_is_digit(c) && !ascii_is_alpha(c));
    }
    assert_int_equal(ascii_lower('Z'), 'z');
    assert_int_equal(ascii_lower('['), '[');
}

static void assert_number(double value, int decimals, const char *text)
{
    struct buf out = {0};
    buf_number(&out, value, decimals);
    assert_string_equal(out.p, text);
    buf_free(&out);
}

static void test_buf(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_str(buf_slice(&out), "");
    buf_clear(&out);
    for (int i = 0; i < 1000; i++)
        buf_printf(&out, "%d,", i);
    assert_int_equal(out.n, 3890);
    assert_true(str_ends(buf_slice(&out), ",999,"));
    buf_clear(&out);
    assert_string_equal(out.p, "");
    buf_int(&out, LLONG_MIN);
    buf_char(&out, ' ');
    buf_int(&out, 0);
    assert_string_equal(out.p, "-9223372036854775808 0");
    buf_free(&out);
    assert_null(out.p);
    assert_number(0, 3, "0");
    assert_number(-0.0004, 3, "0");
    assert_number(1.5, 0, "2");
    assert_number(-1.5, 0, "-2");
    assert_number(12.34567, 3, "12.346");
    assert_number(0.05, 2, "0.05");
    assert_number(100, 2, "100");
    assert_number(-0.25, 2, "-0.25");
    assert_number(0.99999, 3, "1");
    assert_number(INFINITY, 2, "1000000000");
    assert_number(1e300, 5, "1000000000");
}

static void test_map(void **state)
{
    struct fixture *fixture = *state;
    struct map map = {0};
    int values[2000];
    assert_null(map_get(&map, STR("none")));
    for (int i = 0; i < 2000; i++)
        assert_null(map_put(fixture->arena, &map, str_printf(fixture->arena, "key-%d", i), &values[i]));
    assert_ptr_equal(map_put(fixture->arena, &map, STR("key-7"), &values[0]), &values[7]);
    assert_int_equal(map.n, 2000);
    assert_ptr_equal(map_get(&map, STR("key-7")), &values[0]);
    assert_ptr_equal(map_get(&map, STR("key-1999")), &values[1999]);
    assert_null(map_get(&map, STR("key-2000")));
    for (size_t i = 0; i < map.n; i++) /* in the order of insertion */
        assert_true(str_eq(map.entries[i].key, str_printf(fixture->arena, "key-%zu", i)));
}

/* Every byte of a key tells in the lowest bits, which choose the slot. */
static void test_hash_bytes(void **state)
{
    enum { LONGEST = 50, SLOTS = 1024 };
    (void)state;
    unsigned char key[LONGEST] = {0};
    for (size_t size = 1; size <= LONGEST; size++)
        for (size_t at = 0; at < size; at++) {
            bool taken[SLOTS] = {false};
            int different = 0;
            for (int value = 0; value < 256; value++) {
                key[at] = (unsigned char)value;
                bool *slot = &taken[hash_bytes(key, size) % SLOTS];
                different += !*slot;
                *slot = true;
            }
            key[at] = (unsigned char)(size * 7 + at);
            assert_in_range(different, 190, 256); /* 226 of random ones */
        }
    assert_int_equal(hash_bytes("", 0), hash_bytes(NULL, 0));
    assert_true(hash_bytes("abc", 3) == UINT64_C(0x39D797F8CBEFE064)); /* on every machine */
    assert_true(hash_bytes("a key of 27 characters here", 27) == UINT64_C(0x99187F4887F85B3A));
}

static void test_map_nearest(void **state)
{
    struct fixture *fixture = *state;
    struct map map = {0};
    map_put(fixture->arena, &map, STR("heading-1"), fixture);
    map_put(fixture->arena, &map, STR("heading-2"), fixture);
    map_put(fixture->arena, &map, STR("oa"), fixture);
    assert_str(map_nearest(&map, STR("haeding-2")), "heading-2");
    assert_str(map_nearest(&map, STR("oaa")), "oa");
    assert_str(map_nearest(&map, STR("xyz")), "");
}

static void test_utf8(void **state)
{
    (void)state;
    static const uint32_t characters[] = {
        0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        char bytes[4];
        size_t at = 0, n = utf8_encode(characters[i], bytes);
        assert_int_equal(utf8_next((struct str){bytes, n}, &at), characters[i]);
        assert_int_equal(at, n);
        assert_true(utf8_check((struct str){bytes, n}) == SIZE_MAX);
        assert_int_equal(utf8_length((struct str){bytes, n}), 1);
    }
}

static void test_malformed_utf8(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82",
        "\xF0\x9F\x98", "\xC3\x28"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 0;
        assert_int_equal(utf8_next(str_from(bad[i]), &at), 0xFFFD);
        assert_int_equal(at, 1);
        assert_int_equal(utf8_check(str_from(bad[i])), 0);
    }
    assert_int_equal(utf8_check(STR("a\xC3\xA9\xFFz")), 3);
}

static void test_utf16(void **state)
{
    (void)state;
    static const unsigned char expected[] = {0xFE, 0xFF, 0, 'a', 0, 0xE9, 0xD8, 0x3D, 0xDE, 0x00};
    struct buf out = {0};
    utf16_put(&out, STR("aé😀"), true);
    assert_int_equal(out.n, sizeof expected);
    assert_memory_equal(out.p, expected, sizeof expected);
    buf_free(&out);
}

static void test_json_string(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *json;
    } cases[] = {
        {{"", 0}, "\"\""}, {{"caf\xC3\xA9 \xF0\x9F\x98\x80 %/", 13}, "\"caf\xC3\xA9 \xF0\x9F\x98\x80 %/\""},
        {{"a\"b\\c", 5}, "\"a\\\"b\\\\c\""},
        {{"\n\t\r\0\x1B\x7F", 6}, "\"\\n\\t\\u000d\\u0000\\u001b\\u007f\""},
        {{"\xC2\x85\xE2\x80\xAE\xE2\x80\xA8", 8}, "\"\\u0085\\u202e\\u2028\""},
        {{"\xF3\xA0\x80\x81", 4}, "\"\\udb40\\udc01\""}, {{"a\xFF\xC3", 3}, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {{"\xED\xA0\x80", 3}, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}, /* half a surrogate pair */
    };
    struct buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        json_string(&out, cases[i].text);
        assert_str(buf_slice(&out), cases[i].json);
    }
    buf_free(&out);
}

static void put_a_value(struct json *json)
{
    json_open(json, NULL, '{');
    json_text(json, "a", "x");
    json_open(json, "b", '[');
    json_size(json, NULL, 1);
    json_open(json, NULL, '{');
    json_bool(json, "c", true);
    json_close(json, '}');
    json_close(json, ']');
    json_open(json, "d", '{');
    json_close(json, '}');
    json_raw(json, "e", "null");
    json_close(json, '}');
}

static void test_json(void **state)
{
    (void)state;
    struct buf out = {0};
    put_a_value(&(struct json){.out = &out});
    assert_str(buf_slice(&out), "{\"a\":\"x\",\"b\":[1,{\"c\":true}],\"d\":{},\"e\":null}");
    buf_clear(&out);
    put_a_value(&(struct json){.out = &out, .spread = true});
    assert_str(buf_slice(&out),
        "{\n  \"a\": \"x\",\n  \"b\": [1, {\n    \"c\": true\n  }],\n  \"d\": {},\n  \"e\": null\n}");
    buf_free(&out);
}

static void test_source(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_new(fixture->arena, "f", STR("ab\r\né😀x\n\nend"));
    size_t line, column;
    assert_int_equal(source->line_count, 4);
    source_line_column(source, 10, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 3);
    source_line_column(source, 999, &line, &column);
    assert_int_equal(line, 4);
    assert_int_equal(column, 4);
    assert_str(source_line(source, 1), "ab");
    assert_str(source_line(source, 3), "");
    assert_str(source_line(source, 4), "end");
    assert_str(source_line(source, 5), "");
    assert_str(source_line(source, 0), "");
}

static void test_diag(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_new(fixture->arena, "f.yaml", STR("a: é\n\tb: \x1B[31mx\n"));
    diag_at(
        &fixture->diags, SEVERITY_ERROR, (struct pos){source, 3, 2}, "some-code", "wrong '%s'", "é\n\x1B[0m");
    diag_at(&fixture->diags, SEVERITY_WARNING, (struct pos){source, 7, 99}, "some-code", "more");
    diag_at(&fixture->diags, SEVERITY_NOTE, (struct pos){source, 999, 1}, "some-code", "behind the end");
    diag_file(&fixture->diags, SEVERITY_MACHINE, NULL, "some-code", "nowhere");
    const struct diag *list = fixture->diags.list.at;
    assert_int_equal(fixture->diags.errors, 2);
    assert_int_equal(fixture->diags.machine_errors, 1);
    assert_int_equal(fixture->diags.warnings, 1);
    assert_string_equal(list[0].message, "wrong 'é  [0m'"); /* what a terminal would obey is gone */
    assert_string_equal(list[0].file, "f.yaml");
    assert_int_equal(list[0].line, 1);
    assert_int_equal(list[0].column, 4);
    assert_int_equal(list[0].width, 1);
    assert_string_equal(list[1].excerpt, "\tb:  [31mx");
    assert_int_equal(list[1].width, 9); /* to the end of the line */
    assert_int_equal(list[2].line, 3);
    assert_null(list[3].file);
}

static void test_diags_are_limited(void **state)
{
    struct fixture *fixture = *state;
    char text[3000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    diag_file(&fixture->diags, SEVERITY_ERROR, NULL, "some-code", "%s", text);
    assert_int_equal(strlen(fixture->diags.list.at[0].message), 1000 + strlen("…"));
    for (int i = 0; i < 1500; i++)
        diag_file(&fixture->diags, SEVERITY_ERROR, "f", "some-code", "%d", i);
    assert_int_equal(fixture->diags.errors, 1501);
    assert_int_equal(fixture->diags.list.n, 1000);
    assert_int_equal(fixture->diags.dropped, 501);
}

static void test_warnings_do_not_hide_errors(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 1500; i++)
        diag_file(&fixture->diags, SEVERITY_WARNING, "f", "some-code", "%d", i);
    diag_file(&fixture->diags, SEVERITY_ERROR, "f", "other-code", "seen");
    assert_int_equal(fixture->diags.list.n, 1001);
    assert_string_equal(fixture->diags.list.at[1000].code, "other-code");
    struct diags all = diags_new(fixture->arena);
    diags_append(&all, &fixture->diags);
    assert_int_equal(all.warnings, 1500);
    assert_int_equal(all.errors, 1);
    assert_int_equal(all.dropped, 500);
    assert_int_equal(all.list.n, 1001);
}

static void test_paths(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    assert_string_equal(path_join(arena, "a", "b"), "a/b");
    assert_string_equal(path_join(arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(arena, ".", "b"), "b");
    assert_string_equal(path_join(arena, "", "b"), "b");
    assert_string_equal(path_join(arena, "a", "/b"), "/b");
    assert_str(path_base("a/b.c"), "b.c");
    assert_str(path_folder("a/b.c"), "a");
    assert_str(path_folder("b.c"), ".");
    assert_str(path_folder("/b.c"), "/");
}

static void test_files(void **state)
{
    struct fixture *fixture = *state;
    struct str text;
    make_folder(fixture);
    char *path = in_folder(fixture, "new/folder/file");
    assert_true(file_write(&fixture->diags, path, STR("one")));
    assert_true(file_write(&fixture->diags, path, STR("two\0three")));
    assert_true(file_read(fixture->arena, &fixture->diags, (struct pos){0}, path, 9, &text));
    assert_int_equal(text.n, 9);
    assert_memory_equal(text.p, "two\0three", 10);
    assert_null(
        folder_list(fixture->arena, in_folder(fixture, "new/folder"), "")[1]); /* no temporary file is left */
    assert_false(file_read(fixture->arena, &fixture->diags, (struct pos){0}, path, 8, &text));
    assert_string_equal(fixture->diags.list.at[0].code, "file-too-large");
    assert_false(file_read(fixture->arena, &fixture->diags, (struct pos){0}, fixture->folder, 8, &text));
    assert_string_equal(fixture->diags.list.at[1].code, "file-missing");
    assert_false(
        file_read(fixture->arena, &fixture->diags, (struct pos){0}, in_folder(fixture, "none"), 8, &text));
    assert_string_equal(fixture->diags.list.at[2].code, "file-missing");
    assert_int_equal(fixture->diags.machine_errors, 0);
    assert_false(file_write(&fixture->diags, in_folder(fixture, "new/folder/file/x"), STR("")));
    assert_string_equal(fixture->diags.list.at[3].code, "file-unwritable");
    assert_int_equal(
        fixture->diags.machine_errors, 0); /* a file where a folder should be is no failure of the machine */
    assert_int_equal(fixture->diags.errors, 4);
}

static void test_a_failed_write_keeps_the_old_file(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture);
    char *path = in_folder(fixture, "taken");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_true(file_write(&fixture->diags, in_folder(fixture, "taken/x"), STR("x")));
    assert_false(file_write(&fixture->diags, path, STR("x"))); /* the name is a folder's */
    char **names = folder_list(fixture->arena, fixture->folder, "");
    assert_string_equal(names[0], "taken");
    assert_null(names[1]);
}

static void test_source_read(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture);
    char *path = in_folder(fixture, "f");
    assert_true(file_write(&fixture->diags, path,
        STR("\xEF\xBB\xBF"
            "a\n")));
    const struct source *source = source_read(fixture->arena, &fixture->diags, (struct pos){0}, path);
    assert_str(source->text, "a\n");
    assert_true(file_write(&fixture->diags, path, STR("a\n\xC3\xA9\xE9\n")));
    assert_null(source_read(fixture->arena, &fixture->diags, (struct pos){0}, path));
    assert_string_equal(fixture->diags.list.at[0].code, "text-encoding");
    assert_int_equal(fixture->diags.list.at[0].line, 2);
    assert_int_equal(fixture->diags.list.at[0].column, 2);
    assert_string_equal(fixture->diags.list.at[0].excerpt, "\xC3\xA9\xEF\xBF\xBD");
}

static void test_folder_list(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture);
    static const char *const names[] = {"b.yaml", "a.yaml", "a.yml", ".c.yaml", "B.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(file_write(&fixture->diags, in_folder(fixture, names[i]), STR("")));
    char **found = folder_list(fixture->arena, fixture->folder, ".yaml");
    assert_string_equal(found[0], "B.yaml");
    assert_string_equal(found[1], "a.yaml");
    assert_string_equal(found[2], "b.yaml");
    assert_null(found[3]);
    assert_null(*folder_list(fixture->arena, in_folder(fixture, "none"), ""));
    unlink(in_folder(fixture, ".c.yaml"));
}

/* What path_beneath says of a name: "" when it is let through, else the code. */
static const char *beneath_of(struct fixture *fixture, struct folders *folders, const char *name)
{
    char *root = in_folder(fixture, "root");
    size_t before = fixture->diags.list.n;
    char *path = path_beneath(fixture->arena, &fixture->diags, folders, (struct pos){0}, root,
        path_join(fixture->arena, root, "sub"), str_from(name));
    if (!path)
        return fixture->diags.list.at[before].code;
    assert_int_equal(fixture->diags.list.n, before);
    return "";
}

/* The same, whether folders are known or not. */
static const char *beneath(struct fixture *fixture, const char *name)
{
    struct folders *folders = folders_new(fixture->arena);
    const char *plain = beneath_of(fixture, NULL, name);
    for (int i = 0; i < 3; i++)
        assert_string_equal(beneath_of(fixture, folders, i == 1 ? "in" : name), i == 1 ? "" : plain);
    return plain;
}

static void test_path_beneath(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture);
    assert_true(file_write(&fixture->diags, in_folder(fixture, "root/sub/in"), STR("")));
    assert_true(file_write(&fixture->diags, in_folder(fixture, "root/top"), STR("")));
    assert_true(file_write(&fixture->diags, in_folder(fixture, "rootless"), STR("")));
    assert_int_equal(symlink("../../rootless", in_folder(fixture, "root/sub/out")), 0);
    assert_true(file_write(&fixture->diags, in_folder(fixture, "outside/file"), STR("")));
    assert_true(file_write(&fixture->diags, in_folder(fixture, "root/sub/a/in"), STR("")));
    assert_true(file_write(&fixture->diags, in_folder(fixture, "root/sub/a/b/in"), STR("")));
    assert_true(file_write(&fixture->diags, in_folder(fixture, "root/sub/a/b/c/in"), STR("")));
    assert_int_equal(symlink("../../outside", in_folder(fixture, "root/sub/away")), 0);
    assert_int_equal(symlink("../../root", in_folder(fixture, "root/sub/around")), 0);
    assert_int_equal(symlink("in", in_folder(fixture, "root/sub/link")), 0);
    assert_int_equal(symlink("loop", in_folder(fixture, "root/sub/loop")), 0);
    assert_string_equal(beneath(fixture, "in"), "");
    assert_string_equal(beneath(fixture, "link"), "");
    assert_string_equal(beneath(fixture, "../top"), "");
    assert_string_equal(beneath(fixture, "../../root/top"), "");
    assert_string_equal(beneath(fixture, "away/file"), "path-outside"); /* a folder that leads out */
    assert_string_equal(beneath(fixture, "around/top"), "");            /* and back */
    assert_string_equal(beneath(fixture, "a/in"), "");
    assert_string_equal(beneath(fixture, "a/b/c/../in"), "");
    assert_string_equal(beneath(fixture, "."), "");
    assert_string_equal(beneath(fixture, ".."), "");
    assert_string_equal(beneath(fixture, "../.."), "path-outside");
    assert_string_equal(beneath(fixture, "../../rootless"), "path-outside");
    assert_string_equal(beneath(fixture, "out"), "path-outside");
    assert_string_equal(beneath(fixture, in_folder(fixture, "root/sub/in")), "path-outside");
    assert_string_equal(beneath(fixture, "../../none"), "path-outside"); /* nothing outside can be probed */
    assert_string_equal(beneath(fixture, "none"), "file-missing");
    assert_string_equal(beneath(fixture, "a..b"), "file-missing");
    assert_string_equal(beneath(fixture, "loop"), "file-missing");
    assert_string_equal(beneath(fixture, ""), "file-missing");
}

static void test_hash(void **state)
{
    (void)state;
    static const unsigned char abc[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
        0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61,
        0xf2, 0x00, 0x15, 0xad};
    struct sha256 hash = sha256_of(STR("abc")); /* FIPS 180-4, example of SHA-256 */
    assert_memory_equal(hash.bytes, abc, sizeof abc);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_arena),
        TEST(test_an_arena_is_rewound),
        TEST(test_an_arena_is_adopted),
        TEST(test_an_array_grows),
        TEST(test_vec),
        TEST(test_str),
        TEST(test_str_cut),
        TEST(test_str_to_size),
        TEST(test_str_distance),
        TEST(test_ascii),
        TEST(test_buf),
        TEST(test_map),
        TEST(test_hash_bytes),
        TEST(test_map_nearest),
        TEST(test_utf8),
        TEST(test_malformed_utf8),
        TEST(test_utf16),
        TEST(test_json_string),
        TEST(test_json),
        TEST(test_source),
        TEST(test_diag),
        TEST(test_diags_are_limited),
        TEST(test_warnings_do_not_hide_errors),
        TEST(test_paths),
        TEST(test_files),
        TEST(test_a_failed_write_keeps_the_old_file),
        TEST(test_source_read),
        TEST(test_folder_list),
        TEST(test_path_beneath),
        TEST(test_hash),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
