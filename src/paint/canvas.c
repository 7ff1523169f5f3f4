#include "paint/canvas.h"

#include "paint/syntax.h"
#include "paint/text.h"

#include <math.h>
#include <string.h>

/* Marked content that is open. */
enum run { RUN_NONE, RUN_CONTENT, RUN_FURNITURE, RUN_RUNNING };

struct canvas {
    const struct canvas_context *context;
    size_t page;
    struct buf *out;
    enum run run;
    struct element *owner;             /* of a RUN_CONTENT */
    uint32_t last_leaf;                /* id of the last leaf of the document in it */
    VEC(const struct item *) deferred; /* rules that wait for the end of the run */
    struct text_state text;
    struct pen pen;
};

/* --- shapes -------------------------------------------------------------------------------------------- */

static double flip(const struct canvas *canvas, double y)
{
    return canvas->context->page_height - y;
}

static void put_xy(struct canvas *canvas, double x, double y)
{
    syntax_point(canvas->out, x);
    syntax_point(canvas->out, flip(canvas, y));
}

/* What is set at the start of a page (§8.4.1). A miter limit in force that no corner shows may stay. */
static const struct pen FIRST_PEN = {.width = 1, .miter = 10};

static bool same_dashes(const struct pen *a, const struct pen *b)
{
    if (a->dash_count != b->dash_count)
        return false;
    for (int i = 0; i < a->dash_count; i++)
        if (a->dashes[i] != b->dashes[i])
            return false;
    return a->dash_count == 0 || a->dash_phase == b->dash_phase;
}

static void put_dashes(struct canvas *canvas, const struct pen *pen)
{
    buf_char(canvas->out, '[');
    for (int i = 0; i < pen->dash_count; i++) {
        buf_text(canvas->out, i ? " " : "");
        buf_number(canvas->out, pen->dashes[i], 3);
    }
    buf_text(canvas->out, "] ");
    buf_number(canvas->out, pen->dash_count ? pen->dash_phase : 0, 3);
    buf_text(canvas->out, " d\n");
}

/* Sets what differs from the pen in force. */
static void set_pen(struct canvas *canvas, const struct pen *pen)
{
    struct pen *now = &canvas->pen;
    struct pen next = *pen;
    if (!color_eq(now->color, next.color))
        syntax_color(canvas->out, next.color, true);
    if (now->width != next.width) {
        syntax_point(canvas->out, next.width);
        buf_text(canvas->out, " w\n");
    }
    if (now->cap != next.cap)
        buf_printf(canvas->out, "%d J\n", (int)next.cap);
    if (now->join != next.join)
        buf_printf(canvas->out, "%d j\n", (int)next.join);
    if (next.join != JOIN_MITER)
        next.miter = now->miter;
    if (now->miter != next.miter) {
        buf_number(canvas->out, next.miter, 3);
        buf_text(canvas->out, " M\n");
    }
    if (!same_dashes(now, &next))
        put_dashes(canvas, &next);
    *now = next;
}

static void set_stroke(struct canvas *canvas, struct color color, double width)
{
    struct pen pen = FIRST_PEN;
    pen.color = color;
    pen.width = width;
    set_pen(canvas, &pen);
}

static void put_curve(struct canvas *canvas, const double at[6])
{
    for (int i = 0; i < 6; i += 2)
        put_xy(canvas, at[i], at[i + 1]);
    buf_text(canvas->out, " c\n");
}

static void put_line_to(struct canvas *canvas, double x, double y)
{
    put_xy(canvas, x, y);
    buf_text(canvas->out, " l\n");
}

static void put_box(struct canvas *canvas, const struct item *item)
{
    put_xy(canvas, item->x, item->y + item->h);
    syntax_point(canvas->out, item->w);
    syntax_point(canvas->out, item->h);
    buf_text(canvas->out, " re\n");
}

/* A rectangle as a path; its corners are quarter circles, near enough, by Bézier curves. */
static void put_rectangle(struct canvas *canvas, const struct item *item)
{
    const double x = item->x, y = item->y, w = item->w, h = item->h;
    double r = item->shape.radius, most = (w < h ? w : h) / 2;
    r = r > most ? most : r;
    if (!(r > 0)) {
        put_box(canvas, item);
        return;
    }
    const double k = r * (1 - 0.5522847498); /* from the corner to the control point of a quarter circle */
    put_xy(canvas, x + r, y);
    buf_text(canvas->out, " m\n");
    put_line_to(canvas, x + w - r, y);
    put_curve(canvas, (const double[]){x + w - k, y, x + w, y + k, x + w, y + r});
    put_line_to(canvas, x + w, y + h - r);
    put_curve(canvas, (const double[]){x + w, y + h - k, x + w - k, y + h, x + w - r, y + h});
    put_line_to(canvas, x + r, y + h);
    put_curve(canvas, (const double[]){x + k, y + h, x, y + h - k, x, y + h - r});
    put_line_to(canvas, x, y + r);
    put_curve(canvas, (const double[]){x, y + k, x + k, y, x + r, y});
    buf_text(canvas->out, "h\n");
}

static void put_steps(struct canvas *canvas, const struct item *item)
{
    static const char *const operators[] = {
        [PATH_MOVE] = " m\n", [PATH_LINE] = " l\n", [PATH_CURVE] = " c\n", [PATH_CLOSE] = "h\n"};
    for (size_t i = 0; i < item->path.step_count; i++) {
        const struct path_step *step = &item->path.steps[i];
        int points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (int p = 0; p < points; p++)
            put_xy(canvas, item->x + (double)step->x[p], item->y + (double)step->y[p]);
        buf_text(canvas->out, operators[step->op]);
    }
}

static void paint_line(struct canvas *canvas, const struct item *item)
{
    set_stroke(canvas, item->shape.color, item->shape.width);
    put_xy(canvas, item->x, item->y);
    buf_text(canvas->out, " m\n");
    put_line_to(canvas, item->x + item->w, item->y + item->h);
    buf_text(canvas->out, "S\n");
}

/* What a path sets within its clipping ends with it. */
static void paint_path(struct canvas *canvas, const struct item *item)
{
    static const char *const operators[] = {"n\n", "S\n", "f\n", "B\n", "n\n", "S\n", "f*\n", "B*\n"};
    const struct pen outer_pen = canvas->pen;
    const struct text_state outer_text = canvas->text;
    if (item->path.step_count == 0)
        return;
    if (item->path.clipped) {
        buf_text(canvas->out, "q");
        put_box(canvas, item);
        buf_text(canvas->out, "W n\n");
    }
    if (item->path.filled)
        text_set_fill(&canvas->text, item->path.fill, canvas->out);
    if (item->path.pen)
        set_pen(canvas, item->path.pen);
    put_steps(canvas, item);
    buf_text(
        canvas->out, operators[item->path.even_odd * 4 + item->path.filled * 2 + (item->path.pen != NULL)]);
    if (item->path.clipped) {
        buf_text(canvas->out, "Q\n");
        canvas->pen = outer_pen;
        canvas->text = outer_text;
    }
}

static void paint_image(struct canvas *canvas, const struct item *item)
{
    double matrix[6];
    int number = images_use(canvas->context->images, item->picture);
    image_matrix(item->picture, item->x, flip(canvas, item->y + item->h), item->w, item->h, matrix);
    buf_char(canvas->out, 'q');
    for (int i = 0; i < 6; i++)
        syntax_point(canvas->out, matrix[i]);
    buf_printf(canvas->out, " cm /I%d Do Q\n", number);
}

static void paint_shape(struct canvas *canvas, const struct item *item)
{
    switch (item->kind) {
    case ITEM_FILL:
        text_set_fill(&canvas->text, item->shape.color, canvas->out);
        put_rectangle(canvas, item);
        buf_text(canvas->out, "f\n");
        break;
    case ITEM_FRAME:
        set_stroke(canvas, item->shape.color, item->shape.width);
        put_rectangle(canvas, item);
        buf_text(canvas->out, "S\n");
        break;
    case ITEM_LINE: paint_line(canvas, item); break;
    case ITEM_PATH: paint_path(canvas, item); break;
    case ITEM_IMAGE: paint_image(canvas, item); break;
    case ITEM_TEXT:
    case ITEM_LINK: break; /* not shapes */
    }
}

/* --- marked content ------------------------------------------------------------------------------------ */

static void end_run(struct canvas *canvas)
{
    if (canvas->run != RUN_NONE)
        buf_text(canvas->out, "EMC\n");
    canvas->run = RUN_NONE;
}

/* Text without a tag is running matter, or a head of a table that is said again; shapes are layout
 * (§14.8.2.2). */
static void begin_artifact(struct canvas *canvas, enum run run)
{
    end_run(canvas);
    buf_text(canvas->out,
        run == RUN_RUNNING ? "/Artifact <</Type /Pagination>> BDC\n" : "/Artifact <</Type /Layout>> BDC\n");
    canvas->run = run;
}

/* Ends the open run, and paints the rules that waited for it. */
static void close_run(struct canvas *canvas)
{
    if (canvas->deferred.n)
        begin_artifact(canvas, RUN_FURNITURE);
    for (size_t i = 0; i < canvas->deferred.n; i++)
        paint_shape(canvas, canvas->deferred.at[i]);
    canvas->deferred.n = 0;
    end_run(canvas);
}

/* A rule below a line of text would cut the text of a paragraph or a link in two, and words with it where a
 * reader shows the parts apart: it waits. */
static bool defer(struct canvas *canvas, const struct item *item)
{
    if (item->kind != ITEM_LINE || canvas->run != RUN_CONTENT)
        return false;
    vec_push(canvas->context->arena, &canvas->deferred, item);
    return true;
}

/* Decorations may name the list, table or call-out that they adorn; those hold no content of their own. */
static struct element *owner_of(const struct canvas *canvas, const struct item *item)
{
    struct element *owner = item->tag ? tags_owner(canvas->context->tags, item->tag) : NULL;
    bool is_shape = item->kind != ITEM_TEXT && item->kind != ITEM_IMAGE;
    return owner && is_shape && tags_is_group(owner) ? NULL : owner;
}

/* Opens a run for an item of an element (NULL: an artifact) unless the open one will do. */
static void open_run(struct canvas *canvas, const struct item *item, struct element *owner)
{
    if (!owner) {
        bool drawn = item->tag && item->tag->kind == DOC_IMAGE; /* a word within a drawing */
        enum run run = item->kind == ITEM_TEXT && !drawn ? RUN_RUNNING : RUN_FURNITURE;
        if (canvas->run == run)
            return;
        close_run(canvas);
        begin_artifact(canvas, run);
        return;
    }
    bool is_leaf = !item->tag->first;
    bool in_order = !is_leaf || item->tag->id >= canvas->last_leaf;
    if (canvas->run != RUN_CONTENT || canvas->owner != owner || !in_order) {
        close_run(canvas);
        int mcid = tags_add_content(canvas->context->tags, owner, item->tag, canvas->page);
        buf_char(canvas->out, '/');
        buf_text(canvas->out, tags_type(owner));
        buf_text(canvas->out, " <</MCID ");
        buf_int(canvas->out, mcid);
        buf_text(canvas->out, ">> BDC\n");
        canvas->run = RUN_CONTENT;
        canvas->owner = owner;
        canvas->last_leaf = 0;
    }
    if (is_leaf)
        canvas->last_leaf = item->tag->id;
}

/* Opens marked content whose glyphs stand for `text`, whatever the font says. In content it is a sequence of
 * its own with its own MCID, not one within another: some readers lose what follows an inner one. */
static void open_replacement(
    struct canvas *canvas, const struct item *item, struct element *owner, struct str text)
{
    if (owner) {
        close_run(canvas);
        int mcid = tags_add_content(canvas->context->tags, owner, item->tag, canvas->page);
        buf_printf(canvas->out, "/Span <</MCID %d /ActualText ", mcid);
    } else {
        open_run(canvas, item, NULL);
        buf_text(canvas->out, "/Span <</ActualText ");
    }
    syntax_text(canvas->out, text);
    buf_text(canvas->out, ">> BDC\n");
}

/* --- items --------------------------------------------------------------------------------------------- */

static double within(double value, double least, double most)
{
    return fmin(fmax(value, least), most);
}

static void add_path_box(const struct canvas *canvas, const struct item *item, struct element *figure)
{
    const double half = item->path.pen ? item->path.pen->width / 2 : 0,
                 far = item->path.clipped ? 0 : HUGE_VAL;
    const double left = item->x - far, right = item->x + item->w + far;
    const double low = flip(canvas, item->y + item->h) - far, high = flip(canvas, item->y) + far;
    for (size_t i = 0; i < item->path.step_count; i++) {
        const struct path_step *step = &item->path.steps[i];
        int points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (int p = 0; p < points; p++) {
            double x = item->x + (double)step->x[p], y = flip(canvas, item->y + (double)step->y[p]);
            tags_add_box(figure, within(x - half, left, right), within(y - half, low, high),
                within(x + half, left, right), within(y + half, low, high));
        }
    }
}

/* A figure states the box that its content fills. */
static void add_box(const struct canvas *canvas, const struct item *item, struct element *figure)
{
    if (item->kind == ITEM_PATH) {
        add_path_box(canvas, item, figure);
        return;
    }
    double top = item->y, bottom = item->y + item->h;
    if (item->kind == ITEM_TEXT) {
        top = item->y - item->text.size * item->text.font->ascender;
        bottom = item->y - item->text.size * item->text.font->descender;
    }
    double right = item->x + item->w;
    tags_add_box(figure, item->x < right ? item->x : right, flip(canvas, top > bottom ? top : bottom),
        item->x < right ? right : item->x, flip(canvas, top > bottom ? bottom : top));
}

/* A text item in one run, but for the clusters that the font's ToUnicode map would misspell. */
static void paint_text(struct canvas *canvas, const struct item *item, struct element *owner)
{
    const struct fontfile *file = fontfiles_of(canvas->context->fonts, item->text.font);
    bool space = item->tag && spacing_missing(canvas->context->spacing, item);
    double y = flip(canvas, item->y);
    for (size_t done = 0; done < item->text.glyph_count;) {
        size_t end = fontfile_spelled(file, item, done);
        if (end > done) {
            open_run(canvas, item, owner);
            text_paint(&canvas->text, file, item, done, end, y, space, canvas->out);
            space = false;
        }
        struct cluster cluster = {.first = end};
        if (cluster_next(item, &cluster)) {
            open_replacement(canvas, item, owner, cluster.text);
            end += cluster.count;
            text_paint(&canvas->text, file, item, cluster.first, end, y, false, canvas->out);
            buf_text(canvas->out, "EMC\n");
        }
        done = end;
    }
}

void canvas_paint(
    const struct canvas_context *context, const struct page *page, size_t index, struct buf *out)
{
    struct canvas canvas = {.context = context, .page = index, .out = out, .pen = FIRST_PEN};
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        if (item->kind == ITEM_LINK || (item->kind == ITEM_TEXT && item->text.glyph_count == 0))
            continue;
        struct element *owner = owner_of(&canvas, item);
        if (item->kind == ITEM_TEXT) {
            paint_text(&canvas, item, owner);
        } else if (owner || !defer(&canvas, item)) {
            open_run(&canvas, item, owner);
            paint_shape(&canvas, item);
        }
        if (owner && strcmp(tags_type(owner), "Figure") == 0)
            add_box(&canvas, item, owner);
    }
    close_run(&canvas);
}
