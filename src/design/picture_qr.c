#include "design/picture_qr.h"

#include "base/arena.h"
#include "base/vec.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>

/* Directions along the edges between modules, each a quarter turn to the right of the one before; y is
 * downward. */
enum direction { RIGHT, DOWN, LEFT, UP, DIRECTIONS };

static const int STEP_X[DIRECTIONS] = {1, 0, -1, 0}, STEP_Y[DIRECTIONS] = {0, 1, 0, -1};

struct tracing {
    struct arena *arena;
    const QRcode *code;
    bool *done; /* by module: its upper edge is part of an outline */
    VEC(struct path_step) steps;
};

static bool is_dark(const struct tracing *tracing, int x, int y)
{
    int width = tracing->code->width;
    return x >= 0 && y >= 0 && x < width && y < width && (tracing->code->data[y * width + x] & 1);
}

/* The module on the right (or left) side of what lies ahead of a corner. */
static bool is_dark_ahead(const struct tracing *tracing, int x, int y, enum direction way, bool right)
{
    static const int ahead_right_x[] = {0, -1, -1, 0}, ahead_right_y[] = {0, 0, -1, -1};
    int at = right ? (int)way : ((int)way + DIRECTIONS - 1) % DIRECTIONS;
    return is_dark(tracing, x + ahead_right_x[at], y + ahead_right_y[at]);
}

static void add_step(struct tracing *tracing, enum path_op op, int x, int y)
{
    struct path_step step = {.op = op, .x = {(float)(x + QR_QUIET)}, .y = {(float)(y + QR_QUIET)}};
    vec_push(tracing->arena, &tracing->steps, step);
}

/* The outline that has the upper edge of module x, y: dark modules on its right, those that only touch at a
 * corner apart. Around a hole it runs the other way, so that the hole stays empty. */
static void trace(struct tracing *tracing, int x, int y)
{
    const int start_x = x, start_y = y;
    enum direction way = RIGHT;
    bool back;
    add_step(tracing, PATH_MOVE, x, y);
    do {
        if (way == RIGHT)
            tracing->done[y * tracing->code->width + x] = true;
        x += STEP_X[way];
        y += STEP_Y[way];
        enum direction before = way;
        if (!is_dark_ahead(tracing, x, y, way, true))
            way = (way + 1) % DIRECTIONS;
        else if (is_dark_ahead(tracing, x, y, way, false))
            way = (way + DIRECTIONS - 1) % DIRECTIONS;
        back = x == start_x && y == start_y && way == RIGHT;
        if (way != before && !back)
            add_step(tracing, PATH_LINE, x, y);
    } while (!back);
    add_step(tracing, PATH_CLOSE, x, y);
}

/* The outlines of all dark areas as one path: without edges inside them, there is nothing that could show as
 * a hairline between two modules. */
static struct drawing_shape trace_code(struct tracing *tracing)
{
    int width = tracing->code->width;
    tracing->done = ARENA_ARRAY(tracing->arena, bool, (size_t)width *(size_t)width);
    for (int y = 0; y < width; y++)
        for (int x = 0; x < width; x++)
            if (is_dark(tracing, x, y) && !is_dark(tracing, x, y - 1) && !tracing->done[y * width + x])
                trace(tracing, x, y);
    return (struct drawing_shape){
        .kind = SHAPE_PATH, .path = {.steps = tracing->steps.at, .n = tracing->steps.n, .filled = true}};
}

static struct drawing_shape square(struct arena *arena, double size, struct color color)
{
    enum { STEPS = 5 };
    const float side = (float)size, xs[] = {0, side, side, 0, 0}, ys[] = {0, 0, side, side, 0};
    struct path_step *steps = ARENA_ARRAY(arena, struct path_step, STEPS);
    for (int i = 0; i < STEPS; i++) {
        enum path_op op = i == 0 ? PATH_MOVE : i + 1 < STEPS ? PATH_LINE : PATH_CLOSE;
        steps[i] = (struct path_step){.op = op, .x = {xs[i]}, .y = {ys[i]}};
    }
    return (struct drawing_shape){
        .kind = SHAPE_PATH, .path = {.steps = steps, .n = STEPS, .filled = true, .fill = color}};
}

/* The smallest code; NULL if there is none. */
static QRcode *encode(struct arena *arena, struct str text)
{
    const int any_version = 0, case_counts = 1;
    QRcode *code =
        QRcode_encodeString(str_dup(arena, text), any_version, QR_ECLEVEL_M, QR_MODE_8, case_counts);
    if (!code && errno == ENOMEM)
        out_of_memory();
    return code;
}

const struct picture *picture_qr(
    struct arena *arena, struct str text, struct color color, bool ground, int *modules)
{
    enum { MOST_SHAPES = 2 };
    const struct color white = {255, 255, 255};
    QRcode *code = encode(arena, text);
    if (!code)
        return NULL;
    *modules = code->width;
    struct tracing tracing = {.arena = arena, .code = code};
    struct picture *picture = ARENA_NEW(arena, struct picture);
    struct drawing *drawing = ARENA_NEW(arena, struct drawing);
    struct drawing_shape *shapes = ARENA_ARRAY(arena, struct drawing_shape, MOST_SHAPES);
    drawing->width = drawing->height = code->width + 2 * QR_QUIET;
    if (ground)
        shapes[drawing->n++] = square(arena, drawing->width, white);
    struct drawing_shape *dark = &shapes[drawing->n++];
    *dark = trace_code(&tracing);
    dark->path.fill = color;
    drawing->shapes = shapes;
    *picture = (struct picture){.kind = PICTURE_DRAWING, .orientation = 1, .drawing = drawing};
    QRcode_free(code);
    return picture;
}
