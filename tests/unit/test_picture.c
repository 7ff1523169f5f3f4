/* Pictures: what each kind becomes, and that no damage gets through. */
#include "base/buf.h"
#include "base/file.h"
#include "design/gallery.h"
#include "paint/image.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define FIXTURES "tests/fixtures/pictures/"

enum { W = 24, H = 16 };

struct fixture {
    struct arena *arena;
    struct diags diags;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static const struct picture *read_fixture(struct fixture *fixture, const char *name)
{
    const char *path = path_join(fixture->arena, FIXTURES, name);
    const struct picture *picture =
        picture_read(fixture->arena, &fixture->diags, (struct pos){0}, path, STR("en"), NULL);
    if (!picture)
        fail_msg("%s: %s", name, fixture->diags.list.at[fixture->diags.list.n - 1].message);
    return picture;
}

static int sample(const struct picture *picture, int x, int y, int component)
{
    return (unsigned char)picture->data.p[(y * W + x) * picture->components + component];
}

static int alpha(const struct picture *picture, int x, int y)
{
    return (unsigned char)picture->alpha.p[y * W + x];
}

static void every_png_becomes_samples(void **state)
{
    struct fixture *fixture = *state;
    static const char *const colored[] = {"rgb.png", "rgb16.png", "interlaced.png", "alpha.png", "opaque.png",
        "animated.png", "bomb.png", "turned.png"};
    for (size_t i = 0; i < sizeof colored / sizeof *colored; i++) {
        const struct picture *picture = read_fixture(fixture, colored[i]);
        assert_int_equal(picture->kind, PICTURE_RASTER);
        assert_int_equal(picture->components, 3);
        assert_int_equal(picture->data.n, W * H * 3);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                assert_int_equal(sample(picture, x, y, 0), x < W / 2 ? 255 : 0);
                assert_int_equal(sample(picture, x, y, 1), y * 16);
                assert_int_equal(sample(picture, x, y, 2), x < W / 2 ? 0 : 255);
            }
    }
    const struct picture *gray = read_fixture(fixture, "gray.png");
    assert_int_equal(gray->components, 1);
    assert_int_equal(sample(gray, 23, 15, 0), 230);
    const struct picture *bilevel = read_fixture(fixture, "bilevel.png");
    assert_int_equal(sample(bilevel, 0, 0, 0), 0);
    assert_int_equal(sample(bilevel, 1, 0, 0), 255);
    const struct picture *palette = read_fixture(fixture, "palette.png");
    assert_int_equal(sample(palette, 11, 3, 0), 255);
    assert_int_equal(sample(palette, 12, 3, 2), 255);
}

static void transparency_is_kept_apart(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(alpha(read_fixture(fixture, "alpha.png"), 5, 3), 3 * 17);
    assert_int_equal(alpha(read_fixture(fixture, "gray-alpha.png"), 5, 3), 3 * 17);
    assert_int_equal(sample(read_fixture(fixture, "gray-alpha.png"), 5, 3, 0), 50);
    const struct picture *palette = read_fixture(fixture, "palette-clear.png");
    assert_int_equal(alpha(palette, 0, 0), 128);
    assert_int_equal(alpha(palette, 23, 0), 255);
    const struct picture *gray = read_fixture(fixture, "gray-clear.png");
    assert_int_equal(alpha(gray, 0, 0), 0);
    assert_int_equal(alpha(gray, 1, 0), 255);
    assert_int_equal(read_fixture(fixture, "opaque.png")->alpha.n, 0);
}

static void a_jpeg_stays_what_it_is(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"rgb.jpg", "gray.jpg", "progressive.jpg"};
    for (size_t i = 0; i < 3; i++) {
        const struct picture *picture = read_fixture(fixture, names[i]);
        assert_int_equal(picture->kind, PICTURE_JPEG);
        assert_int_equal(picture->width, W);
        assert_int_equal(picture->height, H);
        assert_int_equal(picture->components, i == 1 ? 1 : 3);
        assert_true(str_starts(picture->data, "\xFF\xD8\xFF"));
        assert_true(fabs(picture->dpi - 150) < 0.5);
    }
    const struct picture *untransformed = read_fixture(fixture, "untransformed.jpg");
    assert_int_equal(untransformed->kind, PICTURE_RASTER);
    assert_true(sample(untransformed, 2, 0, 0) > 240);
    assert_true(sample(untransformed, 2, 0, 2) < 16);
    assert_true(fabs(read_fixture(fixture, "rgb.png")->dpi - 300) < 0.5);
}

/* Writes bytes to a file of this test's, reads it as a picture, and removes it. */
static const struct picture *read_bytes(struct fixture *fixture, struct str bytes)
{
    const char *folder = getenv("TMPDIR");
    char *path =
        arena_printf(fixture->arena, "%s/handout-test-%ld.img", folder ? folder : "/tmp", (long)getpid());
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    const struct picture *picture =
        picture_read(fixture->arena, &fixture->diags, (struct pos){0}, path, STR("en"), NULL);
    unlink(path);
    return picture;
}

static struct str fixture_bytes(struct fixture *fixture, const char *name)
{
    struct str bytes;
    const char *path = path_join(fixture->arena, FIXTURES, name);
    assert_true(file_read(fixture->arena, &fixture->diags, (struct pos){0}, path, FILE_LIMIT, &bytes));
    return bytes;
}

/* A JPEG as a camera writes it: turned, with a comment and notes of its own. */
static struct str camera_jpeg(struct fixture *fixture, int orientation)
{
    static const char exif[] = "\xFF\xE1\x00\x22"
                               "Exif\0\0"
                               "MM\0*\0\0\0\x08"
                               "\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    struct str plain = fixture_bytes(fixture, "rgb.jpg");
    struct buf out = {0};
    buf_str(&out, str_slice(plain, 0, 2));
    buf_put(&out, exif, sizeof exif - 1);
    buf_char(&out, (char)orientation);
    buf_put(&out, "\0\0\0\0\0\0", 6);
    buf_put(&out,
        "\xFF\xFE\x00\x0F"
        "/home/someone",
        17);
    buf_str(&out, str_slice(plain, 2, plain.n));
    struct str bytes = str_copy(fixture->arena, buf_slice(&out));
    buf_free(&out);
    return bytes;
}

static void the_camera_is_believed_on_which_side_is_up(void **state)
{
    struct fixture *fixture = *state;
    /* Where the first and the second pixel of the first row are seen, from the top left, in a square of 1. */
    static const double corners[][4] = {{0, 0, 1, 0}, {1, 0, 0, 0}, {1, 1, 0, 1}, {0, 1, 1, 1}, {0, 0, 0, 1},
        {1, 0, 1, 1}, {1, 1, 1, 0}, {0, 1, 0, 0}};
    for (int orientation = 1; orientation <= 8; orientation++) {
        const struct picture *picture = read_bytes(fixture, camera_jpeg(fixture, orientation));
        assert_non_null(picture);
        assert_int_equal(picture->orientation, orientation);
        assert_int_equal(picture->width, orientation < 5 ? W : H);
        assert_int_equal(picture->height, orientation < 5 ? H : W);
        double m[6];
        image_matrix(picture, 0, 0, 1, 1, m);
        const double *corner = corners[orientation - 1];
        /* The image's top left corner is (0, 1), its top right one (1, 1). */
        assert_true(m[2] + m[4] == corner[0] && 1 - (m[3] + m[5]) == corner[1]);
        assert_true(m[0] + m[2] + m[4] == corner[2] && 1 - (m[1] + m[3] + m[5]) == corner[3]);
    }
    assert_int_equal(read_fixture(fixture, "turned.png")->orientation, 6);
    assert_int_equal(read_bytes(fixture, camera_jpeg(fixture, 9))->orientation, 1);
}

static void what_cameras_note_is_not_published(void **state)
{
    struct fixture *fixture = *state;
    struct str bytes = camera_jpeg(fixture, 6);
    assert_true(str_find(bytes, "/home/someone", 0) != SIZE_MAX);
    const struct picture *picture = read_bytes(fixture, bytes);
    assert_true(str_find(picture->data, "/home/someone", 0) == SIZE_MAX);
    assert_true(str_find(picture->data, "Exif", 0) == SIZE_MAX);
    assert_int_equal(picture->data.n, fixture_bytes(fixture, "rgb.jpg").n);
}

static const char *code_of(struct fixture *fixture, const char *name)
{
    const char *path = path_join(fixture->arena, FIXTURES, name);
    assert_null(picture_read(fixture->arena, &fixture->diags, (struct pos){0}, path, STR("en"), NULL));
    assert_true(fixture->diags.list.n > 0);
    return fixture->diags.list.at[fixture->diags.list.n - 1].code;
}

static void what_a_pdf_cannot_hold_is_refused(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(code_of(fixture, "cmyk.jpg"), "picture-color");
    assert_string_equal(code_of(fixture, "ycck.jpg"), "picture-color");
    assert_string_equal(code_of(fixture, "arithmetic.jpg"), "picture-format");
    assert_string_equal(code_of(fixture, "wide.png"), "picture-too-large");
    assert_string_equal(code_of(fixture, "empty.png"), "picture-damaged");
    assert_string_equal(code_of(fixture, "README.md"), "picture-format");
    assert_string_equal(code_of(fixture, "no-such.png"), "file-missing");
    assert_null(read_bytes(fixture, STR("")));
    assert_null(read_bytes(fixture, STR("\x1F\x8B\x08 an SVGZ")));
    const struct diag *last = &fixture->diags.list.at[fixture->diags.list.n - 1];
    assert_string_equal(last->message,
        "this is a compressed file (perhaps an SVGZ, which must be unpacked) (save it as SVG, PNG or JPEG)");
}

static void a_profile_of_its_own_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"profile-srgb.png", "profile-srgb.jpg", "profile.png", "profile.jpg"};
    for (size_t i = 0; i < 4; i++) {
        const struct picture *picture = read_fixture(fixture, names[i]);
        assert_int_equal(fixture->diags.warnings, i < 2 ? 0 : i - 1);
        if (picture->kind == PICTURE_JPEG)
            assert_true(str_find(picture->data, "ICC_PROFILE", 0) == SIZE_MAX);
    }
    assert_string_equal(fixture->diags.list.at[0].code, "picture-profile");
}

static void a_huge_picture_is_refused_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    assert_string_equal(code_of(fixture, "huge.png"), "picture-too-large");
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double ms = (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
    assert_true(ms < 5);
    assert_true(arena_used(fixture->arena) < 64 * 1024);
}

static void a_diagnostic_points_at_the_name(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_new(fixture->arena, "care.md", STR("text\n![](huge.png)\n"));
    struct pos where = {source, 5, 13};
    assert_null(picture_read(fixture->arena, &fixture->diags, where, FIXTURES "huge.png", STR("en"), NULL));
    assert_string_equal(fixture->diags.list.at[0].file, "care.md");
    assert_int_equal(fixture->diags.list.at[0].line, 2);
}

/* Every truncation and every flipped byte is either refused or harmless. */
static void damage_never_gets_through(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"rgb.png", "interlaced.png", "palette-clear.png", "turned.png",
        "rgb.jpg", "progressive.jpg", "gray.jpg", "profile.jpg", "profile.png"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str bytes = fixture_bytes(fixture, names[i]);
        for (size_t n = 0; n < bytes.n; n++) {
            bool whole = str_ends(str_from(names[i]), ".jpg") && n + 2 >= bytes.n;
            const struct picture *picture = read_bytes(fixture, str_slice(bytes, 0, n));
            if (picture && !whole)
                fail_msg("%s of %zu bytes passed", names[i], n);
        }
        struct str broken = str_copy(fixture->arena, bytes);
        char *p = arena_copy(fixture->arena, bytes.p, bytes.n);
        broken.p = p;
        for (size_t at = 0; at < bytes.n; at++) {
            p[at] = (char)(bytes.p[at] ^ 0x5A);
            read_bytes(fixture, broken);
            p[at] = bytes.p[at];
        }
    }
}

/* A gallery shows what the file holds now, and says each time what there is to say. */
static void a_gallery_shows_what_is_there(void **state)
{
    struct fixture *fixture = *state;
    struct gallery *gallery = gallery_new();
    struct diags *diags = &fixture->diags;
    const char *path = path_join(fixture->arena, "build", "gallery.png");
    assert_true(file_write(diags, path, fixture_bytes(fixture, "gray.png")));
    const struct picture *first =
        gallery_picture(gallery, diags, (struct pos){0}, path, STR("en"), TONE_COLOR);
    assert_non_null(first);
    assert_int_equal(first->components, 1);
    assert_ptr_equal(gallery_picture(gallery, diags, (struct pos){0}, path, STR("en"), TONE_COLOR), first);
    assert_ptr_not_equal(
        gallery_picture(gallery, diags, (struct pos){0}, path, STR("es"), TONE_COLOR), first);
    assert_true(file_write(diags, path, fixture_bytes(fixture, "rgb.png")));
    const struct picture *other =
        gallery_picture(gallery, diags, (struct pos){0}, path, STR("en"), TONE_COLOR);
    assert_int_equal(other->components, 3);
    assert_int_equal(
        gallery_picture(gallery, diags, (struct pos){0}, path, STR("en"), TONE_GRAY)->components, 1);
    assert_int_equal(diags->list.n, 0);
    assert_true(file_write(diags, path, STR("no picture")));
    for (size_t i = 1; i <= 2; i++) {
        assert_null(gallery_picture(gallery, diags, (struct pos){0}, path, STR("en"), TONE_COLOR));
        assert_int_equal(diags->list.n, i);
    }
    remove(path);
    gallery_free(gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_png_becomes_samples, setup, teardown),
        cmocka_unit_test_setup_teardown(transparency_is_kept_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(a_jpeg_stays_what_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(the_camera_is_believed_on_which_side_is_up, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cameras_note_is_not_published, setup, teardown),
        cmocka_unit_test_setup_teardown(what_a_pdf_cannot_hold_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_profile_of_its_own_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(a_huge_picture_is_refused_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_diagnostic_points_at_the_name, setup, teardown),
        cmocka_unit_test_setup_teardown(damage_never_gets_through, setup, teardown),
        cmocka_unit_test_setup_teardown(a_gallery_shows_what_is_there, setup, teardown),
    };
    return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
