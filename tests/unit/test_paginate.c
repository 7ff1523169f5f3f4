/* Breaking the vertical list into pages. */
#include "layout/paginate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { PAGE = 100, LINE = 10 };

static const struct page_style STYLE = {
    .width = 200, .height = 120, .top = 10, .bottom = 10, .left = 10, .right = 10};

struct builder {
    struct arena *arena;
    struct vlist list;
};

static int setup(void **state)
{
    struct arena *arena = arena_new();
    struct builder *builder = ARENA_NEW(arena, struct builder);
    builder->arena = arena;
    *state = builder;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct builder *)*state)->arena);
    return 0;
}

/* A box, told apart by the x of its only item. */
static void box(struct builder *builder, double height, double name)
{
    struct item *item = ARENA_NEW(builder->arena, struct item);
    *item = (struct item){.kind = ITEM_LINE, .x = name};
    vec_push(builder->arena, &builder->list.items,
        (struct vitem){.kind = V_BOX, .height = height, .items = item, .item_count = 1});
}

static void gap(struct builder *builder, double space, double cost)
{
    vec_push(builder->arena, &builder->list.items, (struct vitem){.kind = V_BREAK, .cost = cost});
    if (space > 0)
        vec_push(builder->arena, &builder->list.items, (struct vitem){.kind = V_SPACE, .height = space});
}

static void edge(struct builder *builder, enum vitem_kind kind, const struct frame *frame)
{
    vec_push(builder->arena, &builder->list.items, (struct vitem){.kind = kind, .frame = frame});
}

static struct pages *pages_of(struct builder *builder)
{
    struct page_ranges ranges = paginate(builder->arena, &builder->list, PAGE);
    return pages_fill(builder->arena, &builder->list, &ranges, &STYLE);
}

/* How many named boxes stand on a page. */
static size_t boxes_on(const struct pages *pages, size_t page)
{
    size_t count = 0;
    for (size_t i = 0; i < pages->at[page].item_count; i++)
        count += pages->at[page].items[i].kind == ITEM_LINE;
    return count;
}

static void test_an_empty_list_is_one_page(void **state)
{
    assert_int_equal(pages_of(*state)->n, 1);
}

static void test_pages_fill_up(void **state)
{
    struct builder *builder = *state;
    for (int i = 0; i < 25; i++) {
        if (i)
            gap(builder, 0, 0);
        box(builder, LINE, i);
    }
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 3);
    assert_int_equal(boxes_on(pages, 0), 10);
    assert_int_equal(boxes_on(pages, 1), 10);
    assert_int_equal(boxes_on(pages, 2), 5);
    assert_true(fabs(pages->at[1].items[0].y - STYLE.top) < 0.001);
}

static void test_spaces_vanish_at_the_top(void **state)
{
    struct builder *builder = *state;
    box(builder, PAGE - LINE, 0);
    gap(builder, 15, 0);
    box(builder, LINE, 1);
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 2);
    assert_true(fabs(pages->at[1].items[0].y - STYLE.top) < 0.001);
}

static void test_forced_breaks_end_pages(void **state)
{
    struct builder *builder = *state;
    box(builder, LINE, 0);
    gap(builder, 0, COST_FORCED);
    box(builder, LINE, 1);
    assert_int_equal(pages_of(builder)->n, 2);
}

static void test_forbidden_breaks_are_kept(void **state)
{
    struct builder *builder = *state;
    for (int i = 0; i < 12; i++) { /* a heading at the foot goes over with what follows */
        if (i)
            gap(builder, 0, i == 10 ? COST_FORBIDDEN : 0);
        box(builder, LINE, i);
    }
    struct pages *pages = pages_of(builder);
    assert_int_equal(boxes_on(pages, 0), 8); /* and so much that the last page is not nearly empty */
    assert_int_equal(boxes_on(pages, 1), 4);
}

static void test_the_whole_is_cheaper_than_the_first_fit(void **state)
{
    struct builder *builder = *state;
    /* First fit fills page 1, and must then end page 2 at a costly place; ending page 1 one line early is
     * cheaper over all. */
    for (int i = 0; i < 25; i++) {
        if (i)
            gap(builder, 0, i == 20 || i == 18 || i == 17 ? 5000 : 0);
        box(builder, LINE, i);
    }
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 3);
    assert_int_equal(boxes_on(pages, 0), 9);
    assert_int_equal(boxes_on(pages, 1), 10);
}

static void test_a_box_taller_than_a_page_stands_alone(void **state)
{
    struct builder *builder = *state;
    box(builder, LINE, 0);
    gap(builder, 0, 0);
    box(builder, PAGE * 2, 1);
    gap(builder, 0, 0);
    box(builder, LINE, 2);
    struct page_ranges ranges = paginate(builder->arena, &builder->list, PAGE);
    assert_int_equal(ranges.n, 3);
    assert_true(ranges.at[1].height > PAGE);
}

static void test_frames_go_on_over_a_break(void **state)
{
    struct builder *builder = *state;
    static const struct box_style style = {.has_fill = true, .padding = 5};
    struct frame frame = {.style = &style, .x = 10, .width = 180, .top = 5, .bottom = 5};
    edge(builder, V_OPEN, &frame);
    for (int i = 0; i < 14; i++) {
        if (i)
            gap(builder, 0, 0);
        box(builder, LINE, i);
    }
    edge(builder, V_CLOSE, &frame);
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 2);
    assert_int_equal(boxes_on(pages, 0), 9); /* 9 × 10 + 5 + 5 = 100 */
    assert_int_equal(boxes_on(pages, 1), 5);
    for (size_t page = 0; page < 2; page++) {
        const struct item *fill = &pages->at[page].items[0];
        assert_int_equal(fill->kind, ITEM_FILL);
        assert_null(fill->tag);
        assert_true(fabs(fill->y - STYLE.top) < 0.001);
        assert_true(fabs(fill->h - (page ? 60 : 100)) < 0.001);
    }
}

static void test_table_heads_are_repeated(void **state)
{
    struct builder *builder = *state;
    struct item item = {.kind = ITEM_LINE, .x = -1};
    struct vitem head = {.kind = V_BOX, .height = 20, .items = &item, .item_count = 1};
    struct frame frame = {.head = &head, .head_count = 1, .head_height = 20};
    edge(builder, V_OPEN, &frame);
    box(builder, 20, -1);
    gap(builder, 0, COST_FORBIDDEN);
    for (int i = 0; i < 14; i++) {
        if (i)
            gap(builder, 0, 0);
        box(builder, LINE, i);
    }
    edge(builder, V_CLOSE, &frame);
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 2);
    assert_true(pages->at[1].items[0].x < 0);
    assert_true(fabs(pages->at[1].items[1].y - STYLE.top - 20) < 0.001);
}

/* ---- Against exhaustive search ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

/* What a page costs, by the words of paginate.c: `before` is the height of the page before it, or 0. */
static double page_cost(double height, double before, size_t page, bool last, double break_cost)
{
    double filled = height / PAGE, rest = fmax(0, 1 - 3 * filled), uneven = filled - before / PAGE;
    double base = 2000 + (rest > 0 ? 300 : 0);
    if (last)
        return base + 600 * rest * rest;
    bool faces = page % 2 == 0 && page > 0; /* from 0: the third faces the second */
    return base + 1000 * (1 - filled) * (1 - filled) + break_cost + (faces ? 300 * uneven * uneven : 0);
}

static double cost_of(const struct vlist *list, const struct page_ranges *ranges)
{
    double cost = 0;
    for (size_t i = 0; i < ranges->n; i++) {
        bool last = i + 1 == ranges->n;
        assert_true(ranges->at[i].height <= PAGE + 0.05);
        cost += page_cost(ranges->at[i].height, i ? ranges->at[i - 1].height : 0, i, last,
            last ? 0 : list->items.at[ranges->at[i].to].cost);
    }
    return cost;
}

/* The cheapest of all ways to break boxes [from, n) with costs between them, from `page` on. */
static double exhaustive(
    const double *heights, const double *costs, size_t from, size_t n, size_t page, double before)
{
    double best = INFINITY, height = 0;
    for (size_t to = from + 1; to <= n; to++) {
        height += heights[to - 1];
        if (height > PAGE + 0.05)
            break;
        double cost = page_cost(height, before, page, to == n, to == n ? 0 : costs[to]);
        best = fmin(best, cost + (to == n ? 0 : exhaustive(heights, costs, to, n, page + 1, height)));
    }
    return best;
}

static void test_no_other_breaks_are_cheaper(void **state)
{
    struct builder *builder = *state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        enum { N = 16 };
        double heights[N], costs[N];
        builder->list = (struct vlist){0};
        for (size_t i = 0; i < N; i++) {
            heights[i] = 5 + next_random(&seed) % 45;
            /* Some lists with costs that decide, others where the pages themselves do. */
            costs[i] = next_random(&seed) % 4 ? next_random(&seed) % (round % 2 ? 2000 : 60) : COST_FORBIDDEN;
            if (i)
                gap(builder, 0, costs[i]);
            box(builder, heights[i], (double)i);
        }
        struct page_ranges ranges = paginate(builder->arena, &builder->list, PAGE);
        assert_true(fabs(cost_of(&builder->list, &ranges) - exhaustive(heights, costs, 0, N, 0, 0)) < 0.001);
    }
}

static void lines_of_text(struct builder *builder, int count)
{
    for (int i = 0; i < count; i++) {
        if (i)
            gap(builder, 0, 0);
        box(builder, LINE, i);
    }
}

static void test_a_mere_rest_is_evened_out(void **state)
{
    struct builder *builder = *state;
    lines_of_text(builder, 11);
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 2);
    assert_true(boxes_on(pages, 1) >= 2);
}

static void test_a_panel_is_cut_where_it_must_be_alone(void **state)
{
    struct builder *builder = *state;
    static const struct box_style style = {.has_fill = true};
    struct frame frame = {.style = &style};
    lines_of_text(builder, 6);
    gap(builder, 0, 0);
    edge(builder, V_OPEN, &frame);
    lines_of_text(builder, 6);
    edge(builder, V_CLOSE, &frame);
    struct pages *pages = pages_of(builder);
    assert_int_equal(pages->n, 2);
    assert_int_equal(boxes_on(pages, 0), 6); /* not 10, with a panel of four boxes and one of two */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_empty_list_is_one_page, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pages_fill_up, setup, teardown),
        cmocka_unit_test_setup_teardown(test_spaces_vanish_at_the_top, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forced_breaks_end_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forbidden_breaks_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_whole_is_cheaper_than_the_first_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_box_taller_than_a_page_stands_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_frames_go_on_over_a_break, setup, teardown),
        cmocka_unit_test_setup_teardown(test_table_heads_are_repeated, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_other_breaks_are_cheaper, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_mere_rest_is_evened_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_panel_is_cut_where_it_must_be_alone, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
