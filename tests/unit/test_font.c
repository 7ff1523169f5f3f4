/* The catalogue of faces, and the faces themselves. */
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "config/yaml.h"
#include "design/font.h"

#include <hb-ot.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->fontset = fontset_read(fixture->arena, &fixture->diags, "fonts");
    assert_non_null(fixture->fontset);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    fontset_free(fixture->fontset);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static const struct font *find(struct fixture *fixture, const char *family, int weight, bool italic)
{
    return fontset_find(fixture->fontset, &fixture->diags, (struct pos){0}, str_from(family), weight, italic);
}

static const char *face_name(struct fixture *fixture, const char *family, int weight, bool italic)
{
    const struct font *font = find(fixture, family, weight, italic);
    assert_non_null(font);
    return str_dup(fixture->arena, font->ps_name);
}

static void every_file_is_the_one_in_the_catalogue(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source =
        source_read(fixture->arena, &fixture->diags, (struct pos){0}, "fonts/fonts.yaml");
    const struct node *root = yaml_parse(fixture->arena, &fixture->diags, source);
    size_t checked = 0;
    for (size_t i = 0; i < root->n; i++) {
        const struct node *faces = node_get(root->items[i], "faces");
        for (size_t k = 0; k < faces->n; k++) {
            struct str name = node_get(faces->items[k], "file")->text, bytes;
            const char *path = path_join(fixture->arena, "fonts", str_dup(fixture->arena, name));
            assert_true(
                file_read(fixture->arena, &fixture->diags, (struct pos){0}, path, FILE_LIMIT, &bytes));
            struct sha256 hash = sha256_of(bytes);
            struct buf hex = {0};
            for (size_t b = 0; b < sizeof hash.bytes; b++)
                buf_printf(&hex, "%02x", hash.bytes[b]);
            if (!str_eq(buf_slice(&hex), node_get(faces->items[k], "sha256")->text))
                fail_msg("%s has the SHA-256 %s", path, hex.p);
            buf_free(&hex);
            checked++;
        }
    }
    char **files = folder_list(fixture->arena, "fonts", ".ttf");
    size_t there = 0;
    while (files[there])
        there++;
    assert_int_equal(checked, there);
    assert_int_equal(fontset_count(fixture->fontset), there);
}

static void the_nearest_face_is_found(void **state)
{
    struct fixture *fixture = *state;
    const char *next = "Atkinson Hyperlegible Next";
    assert_string_equal(face_name(fixture, next, 400, false), "AtkinsonHyperlegibleNext-Regular");
    assert_string_equal(face_name(fixture, next, 100, false), "AtkinsonHyperlegibleNext-Regular");
    assert_string_equal(face_name(fixture, next, 500, false), "AtkinsonHyperlegibleNext-Regular");
    assert_string_equal(face_name(fixture, next, 550, false), "AtkinsonHyperlegibleNext-SemiBold");
    assert_string_equal(face_name(fixture, next, 600, false), "AtkinsonHyperlegibleNext-SemiBold");
    assert_string_equal(face_name(fixture, next, 900, false), "AtkinsonHyperlegibleNext-Bold");
    assert_string_equal(face_name(fixture, next, 400, true), "AtkinsonHyperlegibleNext-Italic");
    assert_string_equal(face_name(fixture, next, 600, true), "AtkinsonHyperlegibleNext-BoldItalic");
    assert_string_equal(
        face_name(fixture, "atkinson hyperlegible MONO", 700, true), "AtkinsonHyperlegibleMono-Regular");
    assert_ptr_equal(find(fixture, next, 400, false), find(fixture, next, 500, false));
}

static void an_unknown_family_is_reported_with_its_neighbors(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_new(fixture->arena, "style.yaml", STR("font: Noto Sanz\n"));
    struct pos where = {source, 6, 9};
    assert_null(fontset_find(fixture->fontset, &fixture->diags, where, STR("Noto Sanz"), 400, false));
    assert_null(find(fixture, "Helvetica", 400, false));
    assert_int_equal(fixture->diags.list.n, 2);
    assert_string_equal(fixture->diags.list.at[0].code, "font-unknown");
    assert_string_equal(
        fixture->diags.list.at[0].message, "unknown font family 'Noto Sanz' (did you mean 'Noto Sans'?)");
    assert_int_equal(fixture->diags.list.at[0].column, 7);
    assert_string_equal(fixture->diags.list.at[1].message,
        "unknown font family 'Helvetica' (the catalogue has: Atkinson Hyperlegible Next, Atkinson "
        "Hyperlegible "
        "Mono, Noto Sans)");
}

static void a_missing_character_falls_back(void **state)
{
    struct fixture *fixture = *state;
    const struct font *bold = find(fixture, "Atkinson Hyperlegible Next", 700, false);
    assert_ptr_equal(fontset_for_char(fixture->fontset, bold, 'A'), bold);
    const struct font *alpha = fontset_for_char(fixture->fontset, bold, 0x3B1);
    assert_non_null(alpha);
    assert_string_equal(str_dup(fixture->arena, alpha->ps_name), "NotoSans-Bold");
    assert_null(fontset_for_char(fixture->fontset, bold, 0x4E00));
    const struct font *mono = find(fixture, "Atkinson Hyperlegible Mono", 400, false);
    assert_non_null(fontset_for_char(fixture->fontset, mono, 0x416));
}

static bool has_feature(hb_face_t *face, hb_tag_t table, hb_tag_t wanted)
{
    hb_tag_t tags[128];
    unsigned count = sizeof tags / sizeof *tags;
    hb_ot_layout_table_get_feature_tags(face, table, 0, &count, tags);
    for (unsigned i = 0; i < count; i++)
        if (tags[i] == wanted)
            return true;
    return false;
}

static void the_faces_are_what_the_styles_count_on(void **state)
{
    struct fixture *fixture = *state;
    static const int weights[] = {400, 600, 700};
    for (size_t i = 0; i < 3; i++) {
        const struct font *font = find(fixture, "Atkinson Hyperlegible Next", weights[i], false);
        assert_true(has_feature(font->face, HB_OT_TAG_GPOS, HB_TAG('k', 'e', 'r', 'n')));
        assert_true(has_feature(font->face, HB_OT_TAG_GSUB, HB_TAG('t', 'n', 'u', 'm')));
        assert_int_equal(font->weight, weights[i]);
        assert_true(font->ascender > 0.7 && font->ascender < 1.3);
        assert_true(font->descender < -0.1 && font->descender > -0.5);
        assert_true(font->cap_height > 0.6 && font->cap_height < 0.75);
        assert_true(font->x_height > 0.4 && font->x_height < 0.6);
        assert_true(font->underline_position < 0 && font->underline_thickness > 0);
        assert_true(font->box[0] < font->box[2] && font->box[1] < 0 && font->box[3] > 0.7);
        assert_true(font->italic_angle == 0);
    }
    assert_true(find(fixture, "Atkinson Hyperlegible Next", 400, true)->italic_angle < -5);
}

/* A catalogue in a folder of its own, beside the files that it may name. */
static struct fontset *read_catalogue(struct fixture *fixture, const char *yaml, struct str face)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = arena_printf(
        fixture->arena, "%s/handout-test-fonts-%ld", temporary ? temporary : "/tmp", (long)getpid());
    char *path = path_join(fixture->arena, folder, "fonts.yaml"),
         *file = path_join(fixture->arena, folder, "a.ttf");
    assert_true(file_write(&fixture->diags, path, str_from(yaml)) && file_write(&fixture->diags, file, face));
    struct fontset *set = fontset_read(fixture->arena, &fixture->diags, folder);
    if (set) {
        fontset_find(set, &fixture->diags, (struct pos){0}, STR("A"), 400, false);
        fontset_free(set);
    }
    unlink(path);
    unlink(file);
    rmdir(folder);
    return set;
}

#define HASH "0000000000000000000000000000000000000000000000000000000000000000"
#define GOOD "A:\n  licence: X\n  faces: [{file: a.ttf, weight: 400, sha256: \"" HASH "\"}]\n"

static void a_bad_catalogue_is_reported(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *yaml, *code;
    } cases[] = {{"", "font-catalogue"}, {"[a]", "font-catalogue"}, {"A: 1\n", "yaml-type"},
        {"A: {licence: X, faces: []}\n", "font-catalogue"}, {"A: {licence: X, faces: 1}\n", "font-catalogue"},
        {"A: {licence: X}\n", "yaml-key-missing"},
        {"A: {licence: X, faces: [{file: b.ttf, weight: 400, sha256: " HASH "}]}\n", "font-catalogue"},
        {"A: {licence: X, faces: [{file: ../a.ttf, weight: 400, sha256: " HASH "}]}\n", "font-catalogue"},
        {"A: {licence: X, faces: [{file: a.ttf, weight: 400, sha256: abc}]}\n", "font-catalogue"},
        {"A: {licence: X, faces: [{file: a.ttf, weight: 9, sha256: " HASH "}]}\n", "yaml-value"},
        {GOOD "  fallback: [B]\n", "font-catalogue"}, {GOOD "  fallback: [A]\n", "font-catalogue"},
        {GOOD "  fallback: A\n", "font-catalogue"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = fixture->diags.list.n;
        assert_null(read_catalogue(fixture, cases[i].yaml, STR("")));
        assert_true(fixture->diags.list.n > before);
        assert_string_equal(fixture->diags.list.at[before].code, cases[i].code);
    }
}

static void a_bad_face_is_reported(void **state)
{
    struct fixture *fixture = *state;
    struct str good;
    assert_true(file_read(fixture->arena, &fixture->diags, (struct pos){0},
        "fonts/AtkinsonHyperlegibleMono-Regular.ttf", FILE_LIMIT, &good));
    assert_non_null(read_catalogue(fixture, GOOD, good));
    assert_int_equal(fixture->diags.list.n, 0);
    const size_t sizes[] = {0, 1, 12, 100, 300, 1000, good.n / 2};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_non_null(read_catalogue(fixture, GOOD, str_slice(good, 0, sizes[i])));
    assert_true(fixture->diags.list.n >= 5);
    for (size_t i = 0; i < fixture->diags.list.n; i++)
        assert_string_equal(fixture->diags.list.at[i].code, "font-unreadable");
    char *random = arena_copy(fixture->arena, good.p, good.n);
    unsigned seed = 1;
    for (int round = 0; round < 200; round++) {
        for (int k = 0; k < 4; k++) {
            seed = seed * 1103515245u + 12345u;
            random[(seed >> 8) % 2000] = (char)(seed >> 3);
        }
        read_catalogue(fixture, GOOD, (struct str){random, good.n});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_file_is_the_one_in_the_catalogue, setup, teardown),
        cmocka_unit_test_setup_teardown(the_nearest_face_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(an_unknown_family_is_reported_with_its_neighbors, setup, teardown),
        cmocka_unit_test_setup_teardown(a_missing_character_falls_back, setup, teardown),
        cmocka_unit_test_setup_teardown(the_faces_are_what_the_styles_count_on, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bad_catalogue_is_reported, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bad_face_is_reported, setup, teardown),
    };
    return cmocka_run_group_tests_name("font", tests, NULL, NULL);
}
