#include "layout/people.h"

#include "layout/drawing.h"

#include <math.h>

/* Measures of a person, in heights. Rows have a gap behind every fifth person, so that they can be counted,
 * and below every hundredth. */
static const double WIDE = 0.54, GAP = 0.26, FIVES_GAP = 0.4, ROW_GAP = 0.22, HUNDREDS_GAP = 0.45;
static const double HEAD = 0.185; /* radius */
static const double NECK = 0.42,
                    SHOULDERS = 0.68; /* from the top: where the body begins and is at its widest */

/* Lengths of rows that the eye adds up to a hundred; the last ones are for columns as narrow as a word. */
static const int ROWS[] = {50, 25, 20, 10, 5, 2, 1};
enum { ROW_CHOICES = sizeof ROWS / sizeof *ROWS, FIVE = 5, HUNDRED = 100 };

/* Where a person of a row begins, in heights; rows below. */
static double column_at(int column)
{
    int fives = column / FIVE;
    return column * (WIDE + GAP) + fives * FIVES_GAP;
}

static double row_at(int row, int per_row)
{
    int hundreds = row * per_row / HUNDRED;
    return row * (1 + ROW_GAP) + hundreds * HUNDREDS_GAP;
}

static struct people_plan plan_of(const struct box *box, int per_row, double person)
{
    int total = box->people.total, rows = (total + per_row - 1) / per_row;
    struct people_plan plan = {.per_row = per_row < total ? per_row : total, .person = person};
    plan.width = person * (column_at(plan.per_row - 1) + WIDE);
    plan.height = person * (row_at(rows - 1, per_row) + 1);
    return plan;
}

/* The highest that people in rows of a length can be. */
static double most_height(const struct box *box, int per_row, double width, double room)
{
    struct people_plan unit = plan_of(box, per_row, 1);
    return fmin(box->people.height, fmin(width / unit.width, room / unit.height));
}

struct people_plan people_plan(const struct box *box, double width, double room)
{
    double wanted = box->people.height, least = fmin(wanted, PEOPLE_LEAST_HEIGHT), best = 0;
    int chosen = 1;
    for (int i = 0; i < ROW_CHOICES; i++)
        if (ROWS[i] <= box->people.per_row && most_height(box, ROWS[i], width, room) >= wanted)
            return plan_of(box, ROWS[i], wanted);
    for (int i = 0; i < ROW_CHOICES; i++) {
        double height = most_height(box, ROWS[i], width, room);
        if (height > best) {
            best = height;
            chosen = ROWS[i];
        }
    }
    return plan_of(box, chosen, fmax(best, least));
}

struct outline {
    struct path_step *steps;
    size_t n;
};

static void add(struct outline *outline, enum path_op op, double x, double y)
{
    outline->steps[outline->n++] = (struct path_step){.op = op, .x = {(float)x}, .y = {(float)y}};
}

/* A curve from x0, y0 to x1, y1 whose control points lie beside its ends, dx and dy away. */
static void add_bow(struct outline *outline, double x0, double y0, double x1, double y1, double dx, double dy)
{
    outline->steps[outline->n++] = (struct path_step){.op = PATH_CURVE,
        .x = {(float)(x0 + dx), (float)(x1 + dx), (float)x1},
        .y = {(float)(y0 + dy), (float)(y1 + dy), (float)y1}};
}

enum { PERSON_STEPS = 9 };

/* A head above a pair of shoulders, all `inset` within its outline. Two bows make the head's circle, near
 * enough. */
static void add_person(struct outline *outline, double x, double y, double height, double inset)
{
    const double bow = 4.0 / 3; /* of a curve's depth: where its control points lie */
    double center = x + WIDE / 2 * height, radius = HEAD * height - inset;
    double top = y + inset, chin = top + 2 * radius;
    add(outline, PATH_MOVE, center, top);
    add_bow(outline, center, top, center, chin, bow * radius, 0);
    add_bow(outline, center, chin, center, top, -bow * radius, 0);
    add(outline, PATH_CLOSE, 0, 0);
    double left = x + inset, right = x + WIDE * height - inset, bottom = y + height - inset;
    double shoulders = y + SHOULDERS * height, neck = y + NECK * height + inset;
    add(outline, PATH_MOVE, left, bottom);
    add(outline, PATH_LINE, left, shoulders);
    add_bow(outline, left, shoulders, right, shoulders, 0, bow * (neck - shoulders));
    add(outline, PATH_LINE, right, bottom);
    add(outline, PATH_CLOSE, 0, 0);
}

/* The people `from` to `to`, filled in or (with a pen) as outlines. */
static struct item people_item(struct arena *arena, const struct box *box, const struct people_plan *plan,
    int from, int to, struct edge pen)
{
    size_t most = (size_t)(to - from) * PERSON_STEPS;
    struct outline outline = {ARENA_ARRAY(arena, struct path_step, most), 0};
    for (int i = from; i < to; i++)
        add_person(&outline, plan->person * column_at(i % plan->per_row),
            plan->person * row_at(i / plan->per_row, plan->per_row), plan->person, pen.width / 2);
    return (struct item){.kind = ITEM_PATH,
        .tag = box->tag,
        .w = plan->width,
        .h = plan->height,
        .path = {.steps = outline.steps,
            .step_count = outline.n,
            .filled = pen.width <= 0,
            .fill = pen.color,
            .pen = pen.width > 0 ? drawing_pen(arena, pen.width, pen.color) : NULL}};
}

size_t people_items(struct arena *arena, const struct box *box, const struct people_plan *plan, double x,
    struct item items[PEOPLE_ITEMS])
{
    int filled = box->people.filled, total = box->people.total;
    size_t count = 0;
    if (filled > 0)
        items[count++] = people_item(arena, box, plan, 0, filled, (struct edge){0, box->people.color});
    if (filled < total)
        items[count++] = people_item(arena, box, plan, filled, total, box->people.pen);
    for (size_t i = 0; i < count; i++)
        items[i].x = x;
    return count;
}
