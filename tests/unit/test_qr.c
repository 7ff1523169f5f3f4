/* QR codes as drawings. That they can be read is for tests/cases/qr.py to show. */
#include "design/picture_qr.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

static const struct color INK = {10, 20, 30};

/* The area within a path of straight lines by the non-zero rule, if its parts do not overlap: those that run
 * the other way are holes. */
static double area_of(const struct drawing_shape *shape)
{
    double area = 0, x = 0, y = 0, start_x = 0, start_y = 0;
    for (size_t i = 0; i < shape->path.n; i++) {
        const struct path_step *step = &shape->path.steps[i];
        bool closes = step->op == PATH_CLOSE;
        double to_x = closes ? start_x : (double)step->x[0], to_y = closes ? start_y : (double)step->y[0];
        if (step->op == PATH_MOVE) {
            start_x = to_x;
            start_y = to_y;
        } else {
            assert_true(step->op != PATH_CURVE);
            assert_true(x == to_x || y == to_y); /* along the edges of modules */
            area += (x * to_y - to_x * y) / 2;
        }
        x = to_x;
        y = to_y;
    }
    return area;
}

static bool is_whole(double number)
{
    return number == floor(number);
}

static void check_code(struct arena *arena, const char *text)
{
    int modules = 0;
    const struct picture *picture = picture_qr(arena, str_from(text), INK, false, &modules);
    assert_non_null(picture);
    assert_int_equal(picture->kind, PICTURE_DRAWING);
    const struct drawing *drawing = picture->drawing;
    assert_int_equal(modules % 4, 1); /* 21, 25, 29, … */
    assert_true(drawing->width == modules + 8 && drawing->height == drawing->width);
    assert_int_equal(drawing->n, 1);
    const struct drawing_shape *code = &drawing->shapes[0];
    assert_true(code->path.filled && !code->path.even_odd && !(code->path.pen.width > 0));
    assert_memory_equal(&code->path.fill, &INK, sizeof INK);
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < code->path.n; i++)
        for (const float *at = code->path.steps[i].x; at;
             at = at == code->path.steps[i].x ? code->path.steps[i].y : NULL) {
            if (code->path.steps[i].op == PATH_CLOSE)
                continue;
            assert_true(is_whole((double)*at));
            least = fmin(least, (double)*at);
            most = fmax(most, (double)*at);
        }
    assert_true(least == 4 && most == modules + 4); /* the quiet zone is empty */
    double share = area_of(code) / modules / modules;
    assert_true(share > 0.42 && share < 0.58); /* half of the modules are dark: masks see to it */
    assert_true(is_whole(area_of(code)));
}

static void test_codes_are_outlines(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char text[QR_BYTES_MOST + 1] = "https://clinic.example.org/";
    for (size_t n = strlen(text); n < QR_BYTES_MOST; n = n * 3 / 2) {
        for (size_t i = strlen(text); i < n; i++)
            text[i] = (char)('a' + i * i % 26);
        check_code(arena, text);
    }
    check_code(arena, "1");
    arena_free(arena);
}

static void test_a_ground_lies_below(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    int modules;
    const struct drawing *drawing = picture_qr(arena, STR("tel:911"), INK, true, &modules)->drawing;
    assert_int_equal(modules, 21);
    assert_int_equal(drawing->n, 2);
    const struct color white = {255, 255, 255};
    assert_memory_equal(&drawing->shapes[0].path.fill, &white, sizeof white);
    assert_true(area_of(&drawing->shapes[0]) == 29 * 29);
    assert_memory_equal(&drawing->shapes[1].path.fill, &INK, sizeof INK);
    arena_free(arena);
}

static void test_what_is_too_long_has_no_code(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    int modules;
    char *text = arena_alloc(arena, 8000);
    memset(text, 'a', 8000);
    assert_non_null(picture_qr(arena, (struct str){text, QR_BYTES_MOST}, INK, false, &modules));
    assert_int_equal(modules, 177);
    assert_null(picture_qr(arena, (struct str){text, QR_BYTES_MOST + 1}, INK, false, &modules));
    assert_null(picture_qr(arena, (struct str){text, 8000}, INK, false, &modules));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_outlines),
        cmocka_unit_test(test_a_ground_lies_below),
        cmocka_unit_test(test_what_is_too_long_has_no_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
