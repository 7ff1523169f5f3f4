/* SVG drawings from within: numbers, paths, arcs, transforms, colors, places, and what a file becomes. */
#include "base/buf.h"
#include "base/file.h"
#include "design/picture.h"
#include "design/svg_path.h"

#include <locale.h>
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
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
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

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-3;
}

/* --- values -------------------------------------------------------------------------------------------- */

static void numbers_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
        size_t end; /* 0 = no number */
    } CASES[] = {{"12", 12, 2}, {"-1.5e2x", -150, 6}, {"+.5", 0.5, 3}, {"1.5.5", 1.5, 3}, {"7-3", 7, 1},
        {"3em", 3, 1}, {"3e", 3, 1}, {"3e+", 3, 1}, {"1E1", 10, 3}, {"0e9999999999", 0, 12}, {"1e-400", 0, 6},
        {"0.1", 0.1, 3}, {"123456.789", 123456.789, 10}, {"00000000000000000000000012", 12, 26}, {"1.", 1, 1},
        {".", 0, 0}, {"", 0, 0}, {"-", 0, 0}, {"e5", 0, 0}, {"--1", 0, 0}, {"nan", 0, 0}, {"inf", 0, 0},
        {"1e8", 0, 0}, {"1e400", 0, 0}, {"99999999999999999999999999", 0, 0}, {"10000000", 1e7, 8},
        {"0.00000000000000000000001e23", 1, 28}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t at = 0;
        double value = 0;
        bool good = svg_value_number(str_from(CASES[i].text), &at, &value);
        if (good != (CASES[i].end > 0) || (good && at != CASES[i].end) ||
            fabs(value - CASES[i].value) > 1e-9 * fabs(value))
            fail_msg("'%s': %s, %g, up to %zu", CASES[i].text, good ? "read" : "refused", value, at);
    }
}

static void lengths_have_units(void **state)
{
    (void)state;
    const struct svg_measures measures = {.width = 200, .height = 100, .font_size = 10};
    static const struct {
        const char *text;
        enum svg_axis axis;
        double value;
    } CASES[] = {{"5", AXIS_X, 5}, {" 5px ", AXIS_X, 5}, {"72pt", AXIS_X, 96}, {"1in", AXIS_X, 96},
        {"25.4mm", AXIS_X, 96}, {"2.54cm", AXIS_X, 96}, {"6pc", AXIS_X, 96}, {"101.6Q", AXIS_X, 96},
        {"1.5em", AXIS_X, 15}, {"50%", AXIS_X, 100}, {"50%", AXIS_Y, 50}, {"100%", AXIS_BOTH, 158.114}};
    double value;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(svg_value_length(str_from(CASES[i].text), &measures, CASES[i].axis, &value));
        assert_true(near(value, CASES[i].value));
    }
    static const char *const BAD[] = {"", "px", "5 px", "5furlongs", "1e7in", "5px5", "auto", "5PX"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(svg_value_length(str_from(BAD[i]), &measures, AXIS_X, &value));
}

static void colors_have_many_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum svg_color kind;
        struct color color;
    } CASES[] = {{"#abc", SVG_COLOR, {0xAA, 0xBB, 0xCC}}, {"#0A141e", SVG_COLOR, {10, 20, 30}},
        {"#abcf", SVG_COLOR, {0xAA, 0xBB, 0xCC}}, {"#0a141eFF", SVG_COLOR, {10, 20, 30}},
        {"#abc8", SVG_COLOR_ALPHA, {0}}, {"#0a141e80", SVG_COLOR_ALPHA, {0}}, {"#abcz", SVG_COLOR_BAD, {0}},
        {"rgb(10,20,30)", SVG_COLOR, {10, 20, 30}}, {"RGB( 10 20 30 )", SVG_COLOR, {10, 20, 30}},
        {"rgb(100%, 50%, 0%)", SVG_COLOR, {255, 128, 0}}, {"rgb(300,-5,1e2)", SVG_COLOR, {255, 0, 100}},
        {"rgba(10,20,30,1)", SVG_COLOR, {10, 20, 30}}, {"rgb(10 20 30 / 100%)", SVG_COLOR, {10, 20, 30}},
        {"rgba(10,20,30,.5)", SVG_COLOR_ALPHA, {0}}, {"rgb(1,2)", SVG_COLOR_BAD, {0}},
        {"rgb(1,2,3,4,5)", SVG_COLOR_BAD, {0}}, {"rgb()", SVG_COLOR_BAD, {0}}, {"rgb(", SVG_COLOR_BAD, {0}},
        {"none", SVG_COLOR_NONE, {0}}, {"Transparent", SVG_COLOR_NONE, {0}},
        {"currentColor", SVG_COLOR_CURRENT, {0}}, {"AliceBlue", SVG_COLOR, {0xF0, 0xF8, 0xFF}},
        {"yellowgreen", SVG_COLOR, {0x9A, 0xCD, 0x32}}, {"rebeccapurple", SVG_COLOR, {0x66, 0x33, 0x99}},
        {"grey", SVG_COLOR, {128, 128, 128}}, {"reddish", SVG_COLOR_BAD, {0}}, {"", SVG_COLOR_BAD, {0}},
        {"lightgoldenrodyellowish and more", SVG_COLOR_BAD, {0}}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct color color;
        enum svg_color kind = svg_value_color(str_from(CASES[i].text), &color);
        if (kind != CASES[i].kind || (kind == SVG_COLOR && memcmp(&color, &CASES[i].color, sizeof color)))
            fail_msg("'%s': %d, #%02x%02x%02x", CASES[i].text, (int)kind, color.r, color.g, color.b);
    }
}

static void transforms_apply_from_right_to_left(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double x, y; /* where 1, 2 comes to lie */
    } CASES[] = {{"", 1, 2}, {"none", 1, 2}, {"translate(3)", 4, 2}, {"translate(3,4)scale(2)", 5, 8},
        {" scale ( 2 , 3 ) , translate(1 1)", 4, 9}, {"rotate(90)", -2, 1}, {"rotate(90 1 1)", 0, 1},
        {"skewX(45)", 3, 2}, {"skewY(45)", 1, 3}, {"matrix(1 2 3 4 5 6)", 12, 16},
        {"rotate(-90)\nrotate(90)", 1, 2}};
    struct matrix m;
    struct str bad;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(svg_value_transform(str_from(CASES[i].text), &m, &bad));
        if (!near(m.a + 2 * m.c + m.e, CASES[i].x) || !near(m.b + 2 * m.d + m.f, CASES[i].y))
            fail_msg("'%s'", CASES[i].text);
    }
    static const char *const BAD[][2] = {{"spin(5)", "spin(5)"}, {"scale(2) rotate(1 2)", "rotate(1 2)"},
        {"scale(1 2 3)", "scale(1 2 3)"}, {"scale()", "scale()"}, {"scale(2", "scale(2"}, {"scale", "scale"},
        {"matrix(1 2 3 4 5 6 7)", "matrix(1 2 3 4 5 6 7)"}, {"scale(2,)", "scale(2,)"},
        {"scale(x)", "scale(x)"}};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_false(svg_value_transform(str_from(BAD[i][0]), &m, &bad));
        assert_true(str_is(bad, BAD[i][1]));
    }
}

/* --- paths --------------------------------------------------------------------------------------------- */

static struct svg_path path_of(struct fixture *fixture, const char *data, const char **wrong, size_t *at)
{
    struct svg_path path = {.arena = fixture->arena, .matrix = IDENTITY, .room = 1000};
    *at = 0;
    *wrong = svg_path_data(&path, str_from(data), at);
    return path;
}

/* The steps of a path as "M 1 2 L 3 4 Z". */
static const char *spell(struct fixture *fixture, const char *data)
{
    const char *wrong;
    size_t at;
    struct svg_path path = path_of(fixture, data, &wrong, &at);
    struct buf out = {0};
    if (wrong)
        return arena_printf(fixture->arena, "%zu: %s", at, wrong);
    for (size_t i = 0; i < path.steps.n; i++) {
        const struct path_step *step = &path.steps.at[i];
        buf_printf(&out, "%s%c", i ? " " : "", "MLCZ"[step->op]);
        for (int p = 0; p < (step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1); p++) {
            buf_char(&out, ' ');
            buf_number(&out, (double)step->x[p], 2);
            buf_char(&out, ' ');
            buf_number(&out, (double)step->y[p], 2);
        }
    }
    const char *text = arena_copy(fixture->arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void path_data_follows_its_grammar(void **state)
{
    static const char *const CASES[][2] = {
        {"", ""},
        {" none ", ""},
        {"M1 2", "M 1 2"},
        {"m1 2 3 4", "M 1 2 L 4 6"},
        {"M1.5.5-3-4L.5.5", "M 1.5 0.5 L -3 -4 L 0.5 0.5"},
        {"M1,2\n,3 4", "M 1 2 L 3 4"},
        {"M0 0h5v5H1V2z", "M 0 0 L 5 0 L 5 5 L 1 5 L 1 2 Z"},
        {"M1 1h1 1 1", "M 1 1 L 2 1 L 3 1 L 4 1"},
        {"M1 1l1 1zl2 0", "M 1 1 L 2 2 Z L 3 1"},
        {"M5 5zm1 1h1", "M 5 5 Z M 6 6 L 7 6"},
        {"M0 0c1 0 2 1 2 2s1 2 2 2", "M 0 0 C 1 0 2 1 2 2 C 2 3 3 4 4 4"},
        {"M0 0S1 2 3 3", "M 0 0 C 0 0 1 2 3 3"},
        {"M0 0Q3 3 6 0T12 0", "M 0 0 C 2 2 4 2 6 0 C 8 -2 10 -2 12 0"},
        {"M0 0T6 0", "M 0 0 C 0 0 2 0 6 0"},
        {"M0 0C1 1 2 2 3 3T6 6", "M 0 0 C 1 1 2 2 3 3 C 3 3 4 4 6 6"},
        {"M1e1-1E-1", "M 10 -0.1"},
        {"L1 1", "0: a path must begin with M or m"},
        {"M1 1 X", "5: this is no command of a path"},
        {"M1", "2: the path ends in the middle of a command"},
        {"M1 1L2", "6: the path ends in the middle of a command"},
        {"M1 1L2 x", "7: a number is missing, malformed or too large here"},
        {"M1 1,,2 2", "4: a number must follow the comma"},
        {"M1 1,L2 2", "4: a number must follow the comma"},
        {"M1 1z5", "5: this is no command of a path"},
        {"M1 1 1e9 1", "5: a number is missing, malformed or too large here"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(spell(*state, CASES[i][0]), CASES[i][1]);
}

/* The flags of arcs are single digits, parted or not; a radius too small grows; one of 0 makes a line. */
static void arcs_become_curves(void **state)
{
    static const char *const CASES[][2] = {
        {"M10 0A10 10 0 0 1 0 10", "M 10 0 C 10 5.52 5.52 10 0 10"},
        {"M10 0a10,10 0 0,1-10,10", "M 10 0 C 10 5.52 5.52 10 0 10"},
        {"M10 0a10 10 0 01-10 10", "M 10 0 C 10 5.52 5.52 10 0 10"},
        {"M10 0a10 10 0 0010 10", "M 10 0 C 10 5.52 14.48 10 20 10"},
        {"M0 0A0 5 0 0 1 9 9", "M 0 0 L 9 9"},
        {"M3 3A5 5 0 0 1 3 3", "M 3 3"},
        {"M0 0A1 1 0 0 1 20 0", "M 0 0 C 0 -5.52 4.48 -10 10 -10 C 15.52 -10 20 -5.52 20 0"},
        {"M0 0A-10 -10 0 0 0 20 0", "M 0 0 C 0 5.52 4.48 10 10 10 C 15.52 10 20 5.52 20 0"},
        {"M0 0A5 5 0 2 1 1 1", "11: a number is missing, malformed or too large here"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(spell(*state, CASES[i][0]), CASES[i][1]);
    const char *wrong;
    size_t at;
    /* A large arc, turned: every end of a curve lies on the ellipse around 0, 0 with radii 20 and 10. */
    struct svg_path path = path_of(*state, "M20 0A20 10 0 1 1 0 -10", &wrong, &at);
    assert_null(wrong);
    assert_int_equal(path.steps.n, 4);
    for (size_t i = 1; i < path.steps.n; i++) {
        double x = (double)path.steps.at[i].x[2] / 20, y = (double)path.steps.at[i].y[2] / 10;
        assert_true(near(x * x + y * y, 1));
    }
    /* Radii too small for numbers to tell anything but a line. */
    assert_string_equal(
        spell(*state, "M0 0A1e-200 1e200 0 0 1 1 1"), "12: a number is missing, malformed or too large here");
    assert_string_equal(spell(*state, "M0 0A1e-200 1 0 0 1 1 1"), "M 0 0 L 1 1");
}

static void paths_have_limits(void **state)
{
    struct fixture *fixture = *state;
    struct svg_path path = {.arena = fixture->arena, .matrix = IDENTITY, .room = 3};
    size_t at = 0;
    assert_non_null(svg_path_data(&path, STR("M0 0h1 1 1 1 1"), &at));
    assert_true(path.too_long && path.steps.n == 3);
    struct svg_path far = {.arena = fixture->arena, .matrix = {1e5, 0, 0, 1, 0, 0}, .room = 99};
    assert_non_null(svg_path_data(&far, STR("M0 0h100"), &at));
    assert_true(far.too_far);
}

/* --- files --------------------------------------------------------------------------------------------- */

static const struct picture *read_text(struct fixture *fixture, const char *text, const char *lang)
{
    char *path = arena_printf(fixture->arena, "%s/handout-svg-%ld.svg",
        getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (long)getpid());
    assert_true(file_write(&fixture->diags, path, str_from(text)));
    const struct picture *picture =
        picture_read(fixture->arena, &fixture->diags, (struct pos){0}, path, str_from(lang), NULL);
    unlink(path);
    return picture;
}

#define SVG(root, body) "<svg xmlns='http://www.w3.org/2000/svg' " root ">" body "</svg>"

static const struct drawing *draw(struct fixture *fixture, const char *text)
{
    const struct picture *picture = read_text(fixture, text, "en-US");
    if (!picture)
        fail_msg("%s", fixture->diags.list.at[fixture->diags.list.n - 1].message);
    assert_int_equal(picture->kind, PICTURE_DRAWING);
    return picture->drawing;
}

static void the_size_is_that_of_the_root(void **state)
{
    static const struct {
        const char *text;
        double width, height, x, y; /* points; where the corner of the square at 0, 0 lies */
    } CASES[] = {
        {SVG("width='40' height='20'", "<path d='M0 0h9v9'/>"), 30, 15, 0, 0},
        {SVG("viewBox='0 0 40 20'", "<path d='M0 0h9v9'/>"), 30, 15, 0, 0},
        {SVG("viewBox='-10 -5 40 20' width='1in'", "<path d='M0 0h9v9'/>"), 72, 36, 18, 9},
        {SVG("viewBox='0 0 10 10' width='40px' height='20px'", "<path d='M0 0h9v9'/>"), 30, 15, 7.5, 0},
        {SVG("viewBox='0 0 10 10' width='40' height='20' preserveAspectRatio='xMinYMin slice'",
             "<path d='M0 0h9v9'/>"),
            30, 15, 0, 0},
        {SVG("viewBox='0 0 10 10' width='40' height='20' preserveAspectRatio='xMaxYMax slice'",
             "<path d='M0 0h9v9'/>"),
            30, 15, 0, -15},
        {SVG("viewBox='1 1 10 10' width='40' height='20' preserveAspectRatio='none'", "<path d='M0 0h9v9'/>"),
            30, 15, -3, -1.5},
        {SVG("width='100%' height='100%' viewBox='0 0 8 4'", "<path d='M0 0h9v9'/>"), 6, 3, 0, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct drawing *drawing = draw(*state, CASES[i].text);
        const struct path_step *first = drawing->shapes[0].path.steps;
        if (!near(drawing->width, CASES[i].width) || !near(drawing->height, CASES[i].height) ||
            !near((double)first->x[0], CASES[i].x) || !near((double)first->y[0], CASES[i].y))
            fail_msg("%zu: %g x %g, %g %g", i, drawing->width, drawing->height, (double)first->x[0],
                (double)first->y[0]);
    }
}

static void styles_are_inherited_and_overridden(void **state)
{
    const struct drawing *drawing = draw(*state,
        SVG("viewBox='0 0 100 100' fill='red' stroke-width='4'",
            "<g style='stroke:blue;fill:currentColor' color='#010203' stroke-linecap='round'>"
            "<rect width='9' height='9' style='fill-rule:evenodd;fill:lime' fill='white'/>"
            "<rect width='9' height='9' color='#040506' stroke='none'/>"
            "<rect width='9' height='9' fill='inherit' stroke-dasharray='1 2 3' stroke-dashoffset='-1'"
            " transform='scale(2)'/></g>"));
    assert_int_equal(drawing->n, 3);
    const struct drawing_shape *shapes = drawing->shapes;
    assert_true(shapes[0].path.even_odd && shapes[0].path.fill.g == 255 && shapes[0].path.fill.r == 0);
    assert_true(near(shapes[0].path.pen.width, 3) && shapes[0].path.pen.cap == CAP_ROUND);
    assert_true(
        shapes[0].path.pen.color.b == 255 && shapes[0].path.clipped); /* the pen leaves at the corner */
    assert_true(shapes[1].path.fill.r == 4 && shapes[1].path.pen.width <= 0 && !shapes[1].path.clipped);
    const struct pen *pen = &shapes[2].path.pen;
    assert_true(shapes[2].path.fill.r == 1 && near(pen->width, 6));
    assert_int_equal(pen->dash_count, 6); /* an odd list goes round twice */
    assert_true(near(pen->dashes[4], 3) && near(pen->dash_phase, 12 * 1.5 - 1.5));
}

static void a_line_has_no_inside(void **state)
{
    const struct drawing *drawing = draw(*state,
        SVG("viewBox='0 0 100 100'", "<line x2='50' y2='50'/><path d='M0 0L5 5z'/><path d='M0 0h5h5'/>"
                                     "<path d='M0 0l9 9' stroke='red'/><path d='M0 0h5v5'/>"));
    assert_int_equal(drawing->n, 2);
    assert_false(drawing->shapes[0].path.filled);
    assert_true(drawing->shapes[1].path.filled);
}

static void words_become_lines_of_spans(void **state)
{
    const struct drawing *drawing = draw(*state,
        SVG("viewBox='0 0 100 100' font-size='10'",
            "<text x='10' y='20' text-anchor='middle'>\n  One <tspan font-weight='bold'>two </tspan>\n three "
            "<tspan x='5' dy='2em' style='font-size:50%'>four</tspan></text>"));
    assert_int_equal(drawing->n, 2);
    const struct drawing_shape *line = &drawing->shapes[0];
    assert_true(line->kind == SHAPE_TEXT && line->text.n == 3 && line->text.anchor == ANCHOR_MIDDLE);
    assert_true(str_is(line->text.spans[0].text, "One ") && str_is(line->text.spans[1].text, "two "));
    assert_true(str_is(line->text.spans[2].text, "three") && line->text.spans[1].weight == 700);
    assert_true(near(line->text.x, 7.5) && near(line->text.y, 15));
    line = &drawing->shapes[1];
    assert_true(near(line->text.x, 3.75) && near(line->text.y, 15 + 2 * 5 * 0.75));
    assert_true(near(line->text.spans[0].size, 3.75));
}

static void a_switch_speaks_the_handouts_language(void **state)
{
    static const char DRAWING[] =
        SVG("viewBox='0 0 9 9'", "<switch><text systemLanguage='es-MX'>hueso</text><text systemLanguage='fr, "
                                 "en'>bone</text><text>?</text>"
                                 "</switch>");
    static const char *const SAID[][2] = {
        {"es", "hueso"}, {"en-US", "bone"}, {"FR", "bone"}, {"de", "?"}, {"e", "?"}, {"es-MX", "hueso"}};
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++) {
        const struct picture *picture = read_text(*state, DRAWING, SAID[i][0]);
        assert_non_null(picture);
        assert_int_equal(picture->drawing->n, 1);
        assert_true(str_is(picture->drawing->shapes[0].text.spans[0].text, SAID[i][1]));
    }
}

/* A place within an attribute, behind others, on a later line, with what the file spells in another way. */
static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *text;
        size_t line, column, width;
    } CASES[] = {
        {SVG("viewBox='0 0 9 9'", "<g id='a' xmlns:q='u'\n q:r='>' fill = \"blu\"/>"), 2, 18, 3},
        {SVG("viewBox='0 0 9 9'", "\n<path d='M0 0\n  L1 1 X'/>"), 3, 8, 1},
        {SVG("viewBox='0 0 9 9'", "\n<g style='fill:&#114;ad'/>"), 2, 11, 13},
        {SVG("viewBox='0 0 9 9'", "\n<g style='fill:red;;stroke:rad'/>"), 2, 28, 3},
        {SVG("viewBox='0 0 9 9'", "\n<text>\n <textPath/></text>"), 3, 2, 11},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t before = fixture->diags.list.n;
        assert_null(read_text(fixture, CASES[i].text, "en"));
        assert_int_equal(fixture->diags.list.n, before + 1);
        const struct diag *diag = &fixture->diags.list.at[before];
        if (diag->line != CASES[i].line || diag->column != CASES[i].column || diag->width != CASES[i].width)
            fail_msg("%zu: %zu:%zu, %zu: %s", i, diag->line, diag->column, diag->width, diag->message);
    }
}

static void no_locale_changes_a_number(void **state)
{
    setlocale(LC_ALL, "");
    const struct drawing *drawing = draw(*state, SVG("viewBox='0 0 1.5 1.5'", "<circle r='.5'/>"));
    assert_true(near(drawing->width, 1.125));
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_far_as_they_go),
        cmocka_unit_test(lengths_have_units),
        cmocka_unit_test(colors_have_many_forms),
        cmocka_unit_test(transforms_apply_from_right_to_left),
        cmocka_unit_test_setup_teardown(path_data_follows_its_grammar, setup, teardown),
        cmocka_unit_test_setup_teardown(arcs_become_curves, setup, teardown),
        cmocka_unit_test_setup_teardown(paths_have_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(the_size_is_that_of_the_root, setup, teardown),
        cmocka_unit_test_setup_teardown(styles_are_inherited_and_overridden, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_has_no_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(words_become_lines_of_spans, setup, teardown),
        cmocka_unit_test_setup_teardown(a_switch_speaks_the_handouts_language, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_are_told_at_their_place, setup, teardown),
        cmocka_unit_test_setup_teardown(no_locale_changes_a_number, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
