/* What is kept from PDF to PDF never shows. */
#include "paint/press.h"

#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libdeflate.h>
#include <stdlib.h>

static struct str text_of(struct arena *arena, unsigned seed, size_t size)
{
    char *text = arena_alloc(arena, size);
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1103515245U + 12345U;
        text[i] = (char)(seed >> 16 & 0x7F);
    }
    return (struct str){text, size};
}

static void assert_holds(struct str deflated, struct str bytes)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *room = malloc(bytes.n + 1);
    size_t got = 0;
    assert_int_equal(
        libdeflate_zlib_decompress(decompressor, deflated.p, deflated.n, room, bytes.n + 1, &got), 0);
    assert_true(str_eq((struct str){room, got}, bytes));
    free(room);
    libdeflate_free_decompressor(decompressor);
}

static void test_deflate(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct press *used = press_new();
    for (unsigned i = 0; i < 30; i++) {
        struct str bytes = text_of(arena, i, i * 997);
        for (int effort = PRESS_FAST; effort <= PRESS_SMALL; effort++) {
            struct press *first = press_new();
            struct str deflated = press_deflate(used, bytes, (enum press_effort)effort);
            assert_holds(deflated, bytes);
            assert_true(str_eq(deflated, press_deflate(first, bytes, (enum press_effort)effort)));
            press_free(first);
        }
    }
    press_free(used);
    arena_free(arena);
}

static void test_keep(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct press *press = press_new();
    press_begin(press);
    struct str bytes = text_of(arena, 1, 5000);
    assert_null(press_find(press, STR("one")));
    const struct kept *kept = press_keep(press, STR("one"), bytes, PRESS_FAST);
    assert_holds(kept->deflated, bytes);
    assert_int_equal(kept->size, bytes.n);
    assert_int_equal(kept->hash, hash_bytes(bytes.p, bytes.n));
    press_keep(press, STR("two"), STR(""), PRESS_FAST);
    press_begin(press);
    assert_ptr_equal(press_find(press, STR("one")), kept);
    assert_non_null(press_find(press, STR("two")));
    assert_null(press_find(press, STR("three")));
    press_free(press);
    arena_free(arena);
}

/* Within a PDF all stays; the next one begins anew when it has become much. */
static void test_bound(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct press *press = press_new();
    struct str bytes = text_of(arena, 7, 1024 * 1024);
    assert_true(press_has_room(press, bytes.n));
    const struct kept *first = press_keep(press, STR("first"), bytes, PRESS_FAST);
    for (char name = 'a'; name < 'i'; name++)
        press_keep(press, (struct str){&name, 1}, bytes, PRESS_FAST);
    assert_ptr_equal(press_find(press, STR("first")), first);
    assert_false(press_has_room(press, 1));
    assert_holds(first->deflated, bytes);
    press_begin(press);
    assert_null(press_find(press, STR("first")));
    assert_true(press_has_room(press, bytes.n));
    assert_false(press_has_room(press, SIZE_MAX));
    assert_holds(press_keep(press, STR("first"), bytes, PRESS_FAST)->deflated, bytes);
    press_free(press);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deflate),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests_name("press", tests, NULL, NULL);
}
