/* Drawings on their way to the page: display items, and what is painted of them. */
#include "sheet.h"

#include "layout/drawing.h"

#include <math.h>

static const struct path_step SQUARE[] = {
    {PATH_MOVE, {10}, {10}}, {PATH_LINE, {30}, {10}}, {PATH_LINE, {30}, {30}}, {PATH_CLOSE, {0}, {0}}};

static struct drawing_shape square(struct pen pen)
{
    struct drawing_shape shape = {.kind = SHAPE_PATH};
    shape.path.steps = SQUARE;
    shape.path.n = sizeof SQUARE / sizeof *SQUARE;
    shape.path.pen = pen;
    return shape;
}

static struct drawing_shape words(struct sheet *sheet, const char *text, enum anchor anchor)
{
    struct drawing_shape shape = {.kind = SHAPE_TEXT};
    struct drawing_span *span = ARENA_NEW(sheet->arena, struct drawing_span);
    *span = (struct drawing_span){.text = str_from(text), .size = 10, .weight = 700};
    shape.text.spans = span;
    shape.text.n = 1;
    shape.text.x = 50;
    shape.text.y = 40;
    shape.text.anchor = anchor;
    return shape;
}

/* Places a drawing of 100 × 50 at 72, 100, twice as large. */
static struct item *place(struct sheet *sheet, const struct drawing_shape *shapes, size_t n,
    const struct doc_node *tag, size_t *count)
{
    struct drawing *drawing = ARENA_NEW(sheet->arena, struct drawing);
    *drawing = (struct drawing){100, 50, shapes, n};
    struct picture *picture = ARENA_NEW(sheet->arena, struct picture);
    picture->kind = PICTURE_DRAWING;
    picture->drawing = drawing;
    struct text_style *text = ARENA_NEW(sheet->arena, struct text_style);
    *text = (struct text_style){.font = sheet->text, .size = 12, .leading = 15};
    const struct placed_picture placed = {picture, tag, text, STR("en"), LEFT, 100, 200, 100, DEPTH_WHOLE};
    struct shaper *shaper = shaper_new(sheet->fontset);
    struct item *items = drawing_items(sheet->arena, &sheet->diags, shaper, &placed, count);
    shaper_free(shaper);
    return items;
}

static void a_path_grows_with_its_picture(void **state)
{
    struct sheet *sheet = *state;
    const struct drawing_shape shapes[] = {
        square((struct pen){.width = 1.5, .miter = 4, .dashes = {3, 1}, .dash_count = 2, .dash_phase = 2}),
        square((struct pen){.width = 1, .miter = 4, .dashes = {0.001, 0.001}, .dash_count = 2}),
        square((struct pen){0})}; /* neither filled nor stroked: nothing to see */
    struct doc_node *tag = node(sheet, DOC_IMAGE, NULL);
    size_t count;
    const struct item *items = place(sheet, shapes, 3, tag, &count);
    assert_int_equal(count, 2);
    assert_true(items[0].kind == ITEM_PATH && items[0].tag == tag && items[0].x == LEFT && items[0].w == 200);
    assert_true(items[0].path.steps[1].x[0] == 60 && items[0].path.steps[1].y[0] == 20);
    const struct pen *pen = items[0].path.pen;
    assert_true(pen->width == 3 && pen->dashes[0] == 6 && pen->dashes[1] == 2 && pen->dash_phase == 4);
    assert_true(pen->miter == 4);
    assert_int_equal(items[1].path.pen->dash_count, 0); /* too short to be seen, or written */
}

static void words_stand_at_their_anchor(void **state)
{
    struct sheet *sheet = *state;
    const struct drawing_shape shapes[] = {words(sheet, "Joint", ANCHOR_START),
        words(sheet, "Joint", ANCHOR_MIDDLE), words(sheet, "Joint", ANCHOR_END)};
    size_t count;
    struct doc_node *tag = node(sheet, DOC_IMAGE, NULL);
    const struct item *items = place(sheet, shapes, 3, tag, &count);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(items[i].kind == ITEM_TEXT && items[i].tag == tag && items[i].text.size == 20);
        assert_int_equal(items[i].text.font->weight, 700);
        assert_true(fabs(items[i].y - 180) < 0.001);
        assert_true(fabs(items[i].x + items[i].w * (double)i / 2 - 172) < 0.001);
    }
    assert_int_equal(sheet->diags.list.n, 0);
}

static void words_without_room_or_glyphs_are_told(void **state)
{
    struct sheet *sheet = *state;
    struct drawing_shape shapes[] = {words(sheet, "too long for this drawing", ANCHOR_START),
        words(sheet, "\xF0\x9F\x98\x80", ANCHOR_START)};
    size_t count;
    shapes[1].pos = (struct pos){source_new(sheet->arena, "a.svg", STR("<svg>face</svg>")), 5, 4};
    place(sheet, shapes, 2, node(sheet, DOC_IMAGE, NULL), &count);
    assert_int_equal(sheet->diags.list.n, 2);
    assert_string_equal(sheet->diags.list.at[0].code, "drawing-overfull");
    assert_string_equal(sheet->diags.list.at[1].code, "glyph-missing");
    assert_true(sheet->diags.list.at[1].line == 1 && sheet->diags.list.at[1].column == 6);
}

static struct doc_node *figure(struct sheet *sheet)
{
    struct doc_node *image = node(sheet, DOC_IMAGE, node(sheet, DOC_FIGURE, NULL));
    image->image.alt = STR("a drawing");
    return image;
}

/* A pen with everything, then a plain frame: it must not inherit caps, joins, or dashes. */
static void a_pen_ends_with_its_path(void **state)
{
    struct sheet *sheet = *state;
    struct drawing_shape shapes[] = {square((struct pen){.width = 1,
        .cap = CAP_ROUND,
        .join = JOIN_BEVEL,
        .miter = 1,
        .dashes = {2, 1},
        .dash_count = 2,
        .dash_phase = 0.5})};
    shapes[0].path.filled = shapes[0].path.even_odd = true;
    shapes[0].path.fill = TINT;
    size_t count;
    struct item *items = place(sheet, shapes, 1, figure(sheet), &count);
    add_item(sheet, items[0]);
    shape(sheet, ITEM_FRAME, NULL, LEFT, 300, 10, 10, BLUE);
    struct str pdf = write_sheet(sheet), content = page_content(sheet, pdf, 0);
    assert_true(has(content, "\n2 w\n1 J\n2 j\n[4 2] 1 d\n"));
    assert_true(has(content, "h\nB*\n"));
    assert_true(has(content, "\n0.75 w\n0 J\n0 j\n[] 0 d\n"));
    assert_false(has(content, "q "));
    check_pdf(sheet, pdf, "pens");
}

static void what_is_cut_off_leaves_no_trace(void **state)
{
    struct sheet *sheet = *state;
    struct drawing_shape shapes[] = {
        square((struct pen){.width = 90, .join = JOIN_ROUND}), square((struct pen){0})};
    shapes[0].path.clipped = true;
    shapes[1].path.filled = true;
    size_t count;
    struct doc_node *image = figure(sheet);
    struct item *items = place(sheet, shapes, 2, image, &count);
    add_item(sheet, items[0]);
    add_item(sheet, items[1]);
    shape(sheet, ITEM_FRAME, NULL, LEFT, 300, 10, 10, BLACK);
    struct str pdf = write_sheet(sheet), content = page_content(sheet, pdf, 0);
    assert_true(has(content, "q 72 592 200 100 re\nW n\n180 w\n1 j\n"));
    assert_true(has(content, "S\nQ\n0 g\n"));
    assert_true(has(content, "\n0.75 w\n72 482"));
    assert_true(has(pdf, "/BBox [ 72 592 222 692]"));
    check_pdf(sheet, pdf, "cut-off");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_path_grows_with_its_picture, setup, teardown),
        cmocka_unit_test_setup_teardown(words_stand_at_their_anchor, setup, teardown),
        cmocka_unit_test_setup_teardown(words_without_room_or_glyphs_are_told, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pen_ends_with_its_path, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_cut_off_leaves_no_trace, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
