/* Drawings: pictures made of paths and words instead of pixels. Made by design (from SVG, or as a QR code),
 * placed by layout. Lengths are points at the drawing's natural size; x to the right, y downward from its top
 * left corner. */
#ifndef DESIGN_DRAWING_H
#define DESIGN_DRAWING_H

#include "base/source.h"
#include "base/str.h"
#include "config/units.h"

#include <stdbool.h>
#include <stddef.h>

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

/* A step of a path. CURVE uses three points (two controls, then the end), MOVE and LINE the first. */
struct path_step {
    enum path_op op;
    float x[3], y[3];
};

enum line_cap { CAP_BUTT, CAP_ROUND, CAP_SQUARE };
enum line_join { JOIN_MITER, JOIN_ROUND, JOIN_BEVEL };

enum { MOST_DASHES = 16 };

/* How a path is stroked (ISO 32000-1, 8.4.3). */
struct pen {
    double width; /* 0 = not stroked */
    struct color color;
    enum line_cap cap;
    enum line_join join;
    double miter; /* limit; at least 1 */
    double dashes[MOST_DASHES];
    int dash_count; /* even; 0 = solid */
    double dash_phase;
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* Words in one style. Their family is that of the text around the picture. */
struct drawing_span {
    struct str text;
    double size;
    int weight; /* 100 to 900 */
    struct color color;
};

enum shape_kind { SHAPE_PATH, SHAPE_TEXT };

struct drawing_shape {
    enum shape_kind kind;
    struct pos pos; /* where its source says so; source NULL if it is the program's */
    union {
        struct {
            const struct path_step *steps;
            size_t n;
            bool filled, even_odd; /* else by the non-zero winding rule */
            bool clipped;          /* reaches beyond the drawing, whose edge cuts it off */
            struct color fill;
            struct pen pen;
        } path;
        struct {
            const struct drawing_span *spans; /* that make one line */
            size_t n;
            double x, y; /* of the anchor, on the baseline */
            enum anchor anchor;
        } text;
    };
};

/* Shapes stand in painting order: later ones lie over those before. */
struct drawing {
    double width, height;
    const struct drawing_shape *shapes;
    size_t n;
};

#endif
