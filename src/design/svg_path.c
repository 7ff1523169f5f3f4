#include "design/svg_path.h"

#include <math.h>

static const double FARTHEST = 1e6; /* points, of what a page can hold */

/* ---- Steps ---- */

static void add_point(struct svg_path *path, struct path_step *step, int index, double x, double y)
{
    const struct matrix *m = &path->matrix;
    double px = m->a * x + m->c * y + m->e, py = m->b * x + m->d * y + m->f;
    if (!(fabs(px) <= FARTHEST && fabs(py) <= FARTHEST)) {
        path->too_far = true;
        return;
    }
    bool first = path->steps.n == 0 && index == 0;
    path->left = first ? px : fmin(path->left, px);
    path->right = first ? px : fmax(path->right, px);
    path->top = first ? py : fmin(path->top, py);
    path->bottom = first ? py : fmax(path->bottom, py);
    step->x[index] = (float)px;
    step->y[index] = (float)py;
}

static void push(struct svg_path *path, struct path_step step)
{
    if (path->room == 0) {
        path->too_long = true;
        return;
    }
    path->room--;
    vec_push(path->arena, &path->steps, step);
}

void svg_path_move(struct svg_path *path, double x, double y)
{
    struct path_step step = {.op = PATH_MOVE};
    add_point(path, &step, 0, x, y);
    push(path, step);
    path->x = path->start_x = x;
    path->y = path->start_y = y;
}

void svg_path_line(struct svg_path *path, double x, double y)
{
    struct path_step step = {.op = PATH_LINE};
    add_point(path, &step, 0, x, y);
    push(path, step);
    path->x = x;
    path->y = y;
}

void svg_path_curve(struct svg_path *path, double x1, double y1, double x2, double y2, double x, double y)
{
    struct path_step step = {.op = PATH_CURVE};
    add_point(path, &step, 0, x1, y1);
    add_point(path, &step, 1, x2, y2);
    add_point(path, &step, 2, x, y);
    push(path, step);
    path->x = x;
    path->y = y;
}

void svg_path_close(struct svg_path *path)
{
    push(path, (struct path_step){.op = PATH_CLOSE});
    path->x = path->start_x;
    path->y = path->start_y;
}

/* ---- Arcs ---- */

struct ellipse {
    double cx, cy, rx, ry, cosine, sine;
    double from, sweep; /* angles, radians */
};

/* From end points to center: SVG 1.1, F.6.5 and F.6.6. */
static struct ellipse find_center(const struct svg_path *path, double rx, double ry, double angle, bool large,
    bool sweep, double x, double y)
{
    const double pi = acos(-1);
    struct ellipse e = {
        .rx = fabs(rx), .ry = fabs(ry), .cosine = cos(angle * pi / 180), .sine = sin(angle * pi / 180)};
    double dx = (path->x - x) / 2, dy = (path->y - y) / 2;
    double x1 = e.cosine * dx + e.sine * dy, y1 = -e.sine * dx + e.cosine * dy;
    double lambda = x1 * x1 / (e.rx * e.rx) + y1 * y1 / (e.ry * e.ry);
    if (lambda > 1) {
        e.rx *= sqrt(lambda);
        e.ry *= sqrt(lambda);
    }
    double rx2 = e.rx * e.rx, ry2 = e.ry * e.ry, around = rx2 * y1 * y1 + ry2 * x1 * x1;
    double factor = sqrt(fmax(0, (rx2 * ry2 - around) / around)) * (large == sweep ? -1 : 1);
    double cx = factor * e.rx * y1 / e.ry, cy = -factor * e.ry * x1 / e.rx;
    e.cx = e.cosine * cx - e.sine * cy + (path->x + x) / 2;
    e.cy = e.sine * cx + e.cosine * cy + (path->y + y) / 2;
    e.from = atan2((y1 - cy) / e.ry, (x1 - cx) / e.rx);
    e.sweep = atan2((-y1 - cy) / e.ry, (-x1 - cx) / e.rx) - e.from;
    if (sweep && e.sweep < 0)
        e.sweep += 2 * pi;
    if (!sweep && e.sweep > 0)
        e.sweep -= 2 * pi;
    return e;
}

/* A point of the unit circle, on the ellipse. */
static void on_ellipse(const struct ellipse *e, double u, double v, double *x, double *y)
{
    *x = e->cx + e->cosine * e->rx * u - e->sine * e->ry * v;
    *y = e->cy + e->sine * e->rx * u + e->cosine * e->ry * v;
}

void svg_path_arc(
    struct svg_path *path, double rx, double ry, double angle, bool large, bool sweep, double x, double y)
{
    const double quarter = acos(0);
    if (path->x == x && path->y == y)
        return;
    if (rx == 0 || ry == 0) {
        svg_path_line(path, x, y);
        return;
    }
    const struct ellipse e = find_center(path, rx, ry, angle, large, sweep, x, y);
    if (!isfinite(e.sweep) || !isfinite(e.cx) || !isfinite(e.cy) || e.sweep == 0) {
        svg_path_line(path, x, y); /* radii too small or too large for numbers to tell */
        return;
    }
    int parts = (int)fmax(1, ceil(fabs(e.sweep) / quarter - 1e-9));
    double step = e.sweep / parts, handle = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < parts; i++) {
        double a = e.from + i * step, b = a + step, x1, y1, x2, y2, end_x = x, end_y = y;
        on_ellipse(&e, cos(a) - handle * sin(a), sin(a) + handle * cos(a), &x1, &y1);
        on_ellipse(&e, cos(b) + handle * sin(b), sin(b) - handle * cos(b), &x2, &y2);
        if (i + 1 < parts)
            on_ellipse(&e, cos(b), sin(b), &end_x, &end_y);
        svg_path_curve(path, x1, y1, x2, y2, end_x, end_y);
    }
}

/* ---- Path data ---- */

struct scan {
    struct svg_path *path;
    struct str data;
    size_t at;
    double control_x, control_y; /* of the curve before: what S and T mirror */
    char before;                 /* its command in upper case, or 0 */
};

static int arguments_of(char command)
{
    switch (command) {
    case 'M':
    case 'L':
    case 'T': return 2;
    case 'H':
    case 'V': return 1;
    case 'C': return 6;
    case 'S':
    case 'Q': return 4;
    case 'A': return 7;
    default: return 0;
    }
}

/* The flags of an arc are single digits that nothing need part from what follows. */
static bool read_argument(struct scan *scan, bool flag, double *value)
{
    if (!flag)
        return svg_value_number(scan->data, &scan->at, value);
    if (scan->at >= scan->data.n || (scan->data.p[scan->at] != '0' && scan->data.p[scan->at] != '1'))
        return false;
    *value = scan->data.p[scan->at++] - '0';
    return true;
}

static bool read_arguments(struct scan *scan, char command, double *values)
{
    int count = arguments_of(command);
    for (int i = 0; i < count; i++) {
        if (i)
            svg_value_comma(scan->data, &scan->at);
        if (!read_argument(scan, command == 'A' && (i == 3 || i == 4), &values[i]))
            return false;
    }
    return true;
}

static void curve(struct scan *scan, double x1, double y1, double x2, double y2, double x, double y)
{
    scan->control_x = x2;
    scan->control_y = y2;
    svg_path_curve(scan->path, x1, y1, x2, y2, x, y);
}

/* A quadratic curve, made cubic; its one control point is what T mirrors. */
static void quadratic(struct scan *scan, double qx, double qy, double x, double y)
{
    const struct svg_path *path = scan->path;
    svg_path_curve(scan->path, path->x + (qx - path->x) * 2 / 3, path->y + (qy - path->y) * 2 / 3,
        x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y);
    scan->control_x = qx;
    scan->control_y = qy;
}

/* Makes relative arguments absolute. */
static void make_absolute(const struct svg_path *path, char command, double *values)
{
    int count = arguments_of(command);
    if (command == 'A') {
        values[5] += path->x;
        values[6] += path->y;
    } else if (command == 'V') {
        values[0] += path->y;
    } else {
        for (int i = 0; i < count; i++)
            values[i] += i % 2 ? path->y : path->x;
    }
}

static void apply(struct scan *scan, char command, const double *v)
{
    struct svg_path *path = scan->path;
    bool cubic = scan->before == 'C' || scan->before == 'S',
         square = scan->before == 'Q' || scan->before == 'T';
    double mirrored_x = 2 * path->x - scan->control_x, mirrored_y = 2 * path->y - scan->control_y;
    switch (command) {
    case 'M': svg_path_move(path, v[0], v[1]); break;
    case 'L': svg_path_line(path, v[0], v[1]); break;
    case 'H': svg_path_line(path, v[0], path->y); break;
    case 'V': svg_path_line(path, path->x, v[0]); break;
    case 'C': curve(scan, v[0], v[1], v[2], v[3], v[4], v[5]); break;
    case 'S':
        curve(scan, cubic ? mirrored_x : path->x, cubic ? mirrored_y : path->y, v[0], v[1], v[2], v[3]);
        break;
    case 'Q': quadratic(scan, v[0], v[1], v[2], v[3]); break;
    case 'T':
        quadratic(scan, square ? mirrored_x : path->x, square ? mirrored_y : path->y, v[0], v[1]);
        break;
    case 'A': svg_path_arc(path, v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5], v[6]); break;
    case 'Z': svg_path_close(path); break;
    default: break;
    }
    scan->before = command;
}

static bool starts_number(struct str text, size_t at)
{
    return at < text.n &&
           (ascii_is_digit(text.p[at]) || text.p[at] == '-' || text.p[at] == '+' || text.p[at] == '.');
}

/* A command with all its sets of arguments. */
static const char *read_command(struct scan *scan)
{
    char letter = scan->data.p[scan->at], command = letter;
    bool relative = letter >= 'a' && letter <= 'z';
    if (relative)
        command = (char)(letter - 'a' + 'A');
    if (command != 'Z' && !arguments_of(command))
        return "this is no command of a path";
    if (!scan->before && command != 'M')
        return "a path must begin with M or m";
    scan->at++;
    do {
        double values[7] = {0};
        svg_value_space(scan->data, &scan->at);
        if (!read_arguments(scan, command, values))
            return scan->at < scan->data.n ? "a number is missing, malformed or too large here"
                                           : "the path ends in the middle of a command";
        if (relative)
            make_absolute(scan->path, command, values);
        apply(scan, command, values);
        if (scan->path->too_long)
            return "the drawing has too many steps";
        if (scan->path->too_far)
            return "this point is too far away";
        if (command == 'M')
            command = 'L';
        size_t end = scan->at;
        bool comma = svg_value_comma(scan->data, &scan->at);
        if (comma && !starts_number(scan->data, scan->at)) {
            scan->at = end;
            return "a number must follow the comma";
        }
    } while (command != 'Z' && starts_number(scan->data, scan->at));
    return NULL;
}

const char *svg_path_data(struct svg_path *path, struct str data, size_t *at)
{
    struct scan scan = {.path = path, .data = data};
    const char *wrong = NULL;
    svg_value_space(data, &scan.at);
    if (str_is(str_trim(data), "none"))
        return NULL;
    while (!wrong && scan.at < data.n)
        wrong = read_command(&scan);
    *at = scan.at;
    return wrong;
}
