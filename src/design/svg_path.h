/* Paths: built step by step in user space, kept in the drawing's; and path data (SVG 1.1, chapter 8). Used by
 * design/svg*.c and picture_svg.c only. */
#ifndef DESIGN_SVG_PATH_H
#define DESIGN_SVG_PATH_H

#include "base/vec.h"
#include "design/drawing.h"
#include "design/svg_value.h"

enum { SVG_MOST_STEPS = 200 * 1000 }; /* of a drawing */

/* Zero but for arena, matrix and room at first. */
struct svg_path {
    struct arena *arena;
    struct matrix matrix; /* from user space to the drawing */
    size_t room;          /* how many steps may yet come */
    VEC(struct path_step) steps;
    double x, y;                     /* the current point, user space */
    double start_x, start_y;         /* of the current subpath */
    double left, top, right, bottom; /* around all points, controls too, in the drawing's space */
    bool too_long, too_far;          /* no room was left; a point was beyond what a page can hold */
};

void svg_path_move(struct svg_path *path, double x, double y);
void svg_path_line(struct svg_path *path, double x, double y);
/* Two control points, then the end. */
void svg_path_curve(struct svg_path *path, double x1, double y1, double x2, double y2, double x, double y);
/* An elliptical arc to x, y by radii, the angle of their axes (degrees), and the two flags (F.6). */
void svg_path_arc(
    struct svg_path *path, double rx, double ry, double angle, bool large, bool sweep, double x, double y);
void svg_path_close(struct svg_path *path);
/* Adds all of a `d` attribute. NULL, or what is wrong, with the place in `*at`. */
const char *svg_path_data(struct svg_path *path, struct str data, size_t *at);

#endif
