/* Rows of people: how many in a row, how high, where; and that they stay with their caption. */
#include "reading.h"

#include "layout/fit.h"
#include "layout/people.h"

#include <math.h>

static struct box box_of(int filled, int total, int per_row, double height)
{
    struct box box = {.kind = BOX_PEOPLE};
    box.people.filled = filled;
    box.people.total = total;
    box.people.per_row = per_row;
    box.people.height = height;
    box.people.pen = (struct edge){0.7, {1, 2, 3}};
    return box;
}

static void test_rows_are_as_the_style_has_them(void **state)
{
    (void)state;
    struct box box = box_of(74, 100, 25, 11);
    struct people_plan plan = people_plan(&box, 372, 500);
    assert_int_equal(plan.per_row, 25);
    assert_true(plan.person == 11);
    assert_true(plan.width < 372 && plan.height > 44 && plan.height < 55);
    box.people.per_row = 20;
    assert_int_equal(people_plan(&box, 372, 500).per_row, 20);
    box = box_of(1, 7, 25, 11);
    assert_int_equal(people_plan(&box, 372, 500).per_row, 7);
    assert_true(people_plan(&box, 372, 500).height == 11);
}

static void test_rows_get_shorter_where_it_is_narrow(void **state)
{
    (void)state;
    struct box box = box_of(74, 100, 25, 11);
    static const struct {
        double width;
        int per_row;
    } EXPECTED[] = {{230, 20}, {150, 10}, {60, 5}, {20, 2}, {7, 1}};
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++) {
        struct people_plan plan = people_plan(&box, EXPECTED[i].width, 10000);
        assert_int_equal(plan.per_row, EXPECTED[i].per_row);
        assert_true(plan.person == 11);
    }
}

/* Whatever the room is, nothing reaches beyond it unless people would be lower than the least. */
static void test_people_shrink_but_not_below_the_least(void **state)
{
    (void)state;
    for (int total = 1; total <= PEOPLE_MOST; total = total * 3 / 2 + 1)
        for (double width = 1; width < 600; width *= 1.3)
            for (double room = 20; room < 700; room *= 1.5) {
                struct box box = box_of(total / 2, total, 25, 14);
                struct people_plan plan = people_plan(&box, width, room);
                bool least = fabs(plan.person - PEOPLE_LEAST_HEIGHT) < 1e-9;
                assert_in_range(plan.per_row, 1, 50);
                assert_true(plan.person <= 14 && plan.person >= PEOPLE_LEAST_HEIGHT);
                assert_true(least || (plan.width <= width + 1e-6 && plan.height <= room + 1e-6));
            }
    struct box box = box_of(250, 1000, 25, 11);
    assert_true(people_plan(&box, 372, 540).person > 9); /* a thousand fit on a page, and can be told apart */
    box = box_of(0, 1, 25, 5);
    assert_true(people_plan(&box, 372, 540).person == 5); /* the style's own word */
}

static size_t shapes(const struct item *item)
{
    size_t count = 0;
    for (size_t i = 0; i < item->path.step_count; i++)
        count += item->path.steps[i].op == PATH_CLOSE;
    return count;
}

/* Every point lies within the item; control points of the shoulders and the head do as well. */
static void check_within(const struct item *item)
{
    for (size_t i = 0; i < item->path.step_count; i++) {
        const struct path_step *step = &item->path.steps[i];
        int points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (int p = 0; p < points; p++) {
            assert_true((double)step->x[p] >= -0.001 && (double)step->x[p] <= item->w + 0.001);
            assert_true((double)step->y[p] >= -0.001 && (double)step->y[p] <= item->h + 0.001);
        }
    }
}

static void test_as_many_are_filled_in_as_are_asked_for(void **state)
{
    (void)state;
    static const int COUNTS[][2] = {{74, 100}, {0, 10}, {10, 10}, {1, 1000}, {0, 1}, {1, 1}, {250, 1000}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) {
        int filled = COUNTS[i][0], total = COUNTS[i][1];
        struct box box = box_of(filled, total, 25, 11);
        struct people_plan plan = people_plan(&box, 372, 540);
        struct item items[PEOPLE_ITEMS];
        size_t count = people_items(arena, &box, &plan, 50, items), solid = 0, outlined = 0;
        assert_int_equal(count, (filled > 0) + (filled < total));
        for (size_t k = 0; k < count; k++) {
            assert_true(items[k].kind == ITEM_PATH && items[k].x == 50);
            *(items[k].path.pen ? &outlined : &solid) += shapes(&items[k]);
            check_within(&items[k]);
        }
        assert_int_equal(solid, 2 * filled); /* a head and a body */
        assert_int_equal(outlined, 2 * (total - filled));
    }
    arena_free(arena);
}

/* From the top left, row by row. */
static void test_the_order_is_that_of_reading(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct box box = box_of(30, 100, 25, 10);
    struct people_plan plan = people_plan(&box, 372, 540);
    struct item items[PEOPLE_ITEMS];
    assert_int_equal(people_items(arena, &box, &plan, 0, items), 2);
    const struct path_step *last = &items[0].path.steps[items[0].path.step_count - 2];
    const struct path_step *next = &items[1].path.steps[0];
    assert_true(last->y[0] > 20 && last->y[0] < 25); /* the fifth of the second row */
    assert_true(next->y[0] > 10 && next->y[0] < 15); /* the sixth, behind a gap */
    assert_true(next->x[0] > last->x[0] + 5);
    arena_free(arena);
}

static size_t page_showing(const struct pages *pages, enum item_kind kind, const char *text)
{
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->at[p].item_count; i++) {
            const struct item *item = &pages->at[p].items[i];
            if (item->kind == kind && (kind != ITEM_TEXT || str_is(item->text.text, text)))
                return p;
        }
    fail_msg("no '%s' on any page", text);
    return 0;
}

/* However far down they come, people stand on one page with all of their caption. */
static void test_people_stay_with_their_caption(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fontset *fontset = fontset_read(arena, &diags, "fonts");
    struct shaper *shaper = shaper_new(fontset);
    struct gallery *gallery = gallery_new();
    const struct stylesheet *sheet =
        stylesheet_read(arena, &diags, fontset, "tests/fixtures/styles", STR("child"), PAPER_LETTER);
    assert_non_null(sheet);
    bool seen[2] = {false, false};
    for (int before = 20; before < 44; before++) {
        struct trial reading = reading_new();
        struct buf text = {0};
        for (int i = 0; i < before; i++)
            buf_text(&text, "text\n\n");
        buf_text(&text, "```people 74 of 100\nfirst\\\nlast\n```\n");
        reading_text(&reading, buf_slice(&text));
        reading.document.variables = &reading.variables;
        struct fitted fitted;
        bool good = fit(reading.arena, &reading.diags, sheet, shaper, gallery, &reading.document, &fitted);
        if (!good)
            print_error("%s\n", reading_diags(&reading));
        assert_true(good);
        size_t page = page_showing(fitted.pages, ITEM_PATH, "path");
        assert_int_equal(page_showing(fitted.pages, ITEM_TEXT, "first"), page);
        assert_int_equal(page_showing(fitted.pages, ITEM_TEXT, "last"), page);
        assert_in_range(page, 0, 1);
        seen[page] = true;
        buf_free(&text);
        reading_free(&reading);
    }
    assert_true(seen[0] && seen[1]);
    gallery_free(gallery);
    shaper_free(shaper);
    fontset_free(fontset);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_as_the_style_has_them),
        cmocka_unit_test(test_rows_get_shorter_where_it_is_narrow),
        cmocka_unit_test(test_people_shrink_but_not_below_the_least),
        cmocka_unit_test(test_as_many_are_filled_in_as_are_asked_for),
        cmocka_unit_test(test_the_order_is_that_of_reading),
        cmocka_unit_test(test_people_stay_with_their_caption),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
