#include "layout/table.h"

#include "layout/table_parts.h"

#include <math.h>

/* What it costs to end a page between two rows: more beside the first or last row of the body, which would
 * stand alone; and more still where the table could stand whole on a page of its own. */
enum { COST_ROW = 60, COST_LONE_ROW = 600, COST_WHOLE = 4000, COST_BEFORE = 900 };

/* ---- What both forms use ---- */

struct para *table_para(const struct table *table, struct diags *diags, const struct box *cell)
{
    return flow_para(table->flow, diags, cell->para.runs, cell->para.n, cell->text, SPACES_COLLAPSE);
}

double table_height(const struct lines *lines)
{
    double height = 0;
    for (size_t i = 0; i < lines->n; i++)
        height += lines->at[i].height;
    return height;
}

void table_add_line(const struct table *table, struct strip *strip, const struct line *line, double x,
    double y, bool furniture)
{
    if (strip->baseline <= 0 && line->baseline > 0)
        strip->baseline = y + line->baseline;
    for (size_t i = 0; i < line->item_count; i++) {
        struct item item = line->items[i];
        item.x += x;
        item.y += y;
        if (furniture && item.kind == ITEM_LINK)
            continue;
        if (furniture)
            item.tag = NULL;
        vec_push(table->flow->arena, &strip->items, item);
    }
}

static void join_strips(const struct table *table, struct table_row *row)
{
    struct strip whole = {0};
    for (size_t i = 0; i < row->strips.n; i++) {
        const struct strip *strip = &row->strips.at[i];
        if (whole.baseline <= 0 && strip->baseline > 0)
            whole.baseline = whole.height + strip->baseline;
        for (size_t k = 0; k < strip->items.n; k++) {
            struct item item = strip->items.at[k];
            item.y += whole.height;
            vec_push(table->flow->arena, &whole.items, item);
        }
        whole.height += strip->height;
    }
    row->strips.n = 0;
    vec_push(table->flow->arena, &row->strips, whole);
}

void table_finish_row(const struct table *table, struct table_row *row, double room)
{
    row->height = 0;
    for (size_t i = 0; i < row->strips.n; i++)
        row->height += row->strips.at[i].height;
    if (row->height <= room)
        join_strips(table, row);
}

double table_head_height(const struct table *table, double height)
{
    return height < table->room / 3 ? height : 0;
}

void table_warn_too_wide(const struct table *table, struct diags *diags)
{
    if (table->box->tag->role == ROLE_FIELDS) {
        diag_at(diags, SEVERITY_WARNING, table->box->tag->pos, "table-too-wide",
            "what was set for the patient has a word that is too wide for the masthead");
        return;
    }
    diag_at(diags, SEVERITY_WARNING, table->box->tag->pos, "table-too-wide",
        "the words of this table are too wide for its column (use fewer columns or shorter words)");
}

/* ---- Rows into the list ---- */

static struct item fill_item(const struct table *table, const struct table_row *row, double height)
{
    const struct box *box = table->box;
    return (struct item){.kind = ITEM_FILL,
        .x = table->flow->left,
        .w = table->flow->width,
        .h = height,
        .shape.color = row->box->row.has_fill ? row->box->row.fill : box->table.stripe};
}

/* Within the row, since the next one may paint over what is below its edge. */
static struct item rule_item(const struct table *table, struct edge rule, double edge, double side)
{
    return (struct item){.kind = ITEM_LINE,
        .x = table->flow->left,
        .y = edge + side * rule.width / 2,
        .w = table->flow->width,
        .shape = {.color = rule.color, .width = rule.width}};
}

/* A strip with what is painted behind it, and the rules of its row. */
static struct strip painted(const struct table *table, const struct table_row *row, size_t index)
{
    struct arena *arena = table->flow->arena;
    const struct strip *strip = &row->strips.at[index];
    struct edge rule = table->box->table.rule, below = row->box->style->below;
    struct strip all = {.height = strip->height, .baseline = strip->baseline, .cost = strip->cost};
    if (row->box->row.has_fill || (row->striped && table->box->table.has_stripe))
        vec_push(arena, &all.items, fill_item(table, row, strip->height));
    for (size_t i = 0; i < strip->items.n; i++)
        vec_push(arena, &all.items, strip->items.at[i]);
    if (row->box->row.header && below.width > 0) /* a head may have a line of its own */
        rule = below;
    if (rule.width > 0 && row->opens && index == 0)
        vec_push(arena, &all.items, rule_item(table, rule, 0, 1));
    if (rule.width > 0 && index + 1 == row->strips.n)
        vec_push(arena, &all.items, rule_item(table, rule, strip->height, -1));
    return all;
}

static void flow_row(const struct table *table, const struct table_row *row)
{
    for (size_t i = 0; i < row->strips.n; i++) {
        struct strip strip = painted(table, row, i);
        flow_box(table->flow, strip.items.at, strip.items.n, strip.height, strip.baseline);
        if (i + 1 < row->strips.n)
            flow_gap(table->flow, 0, strip.cost);
    }
}

/* The head once more, for the top of a further page: furniture, since its words are in the document once. */
static void make_head(const struct table *table, const struct table_rows *rows, struct frame *frame)
{
    frame->head = ARENA_ARRAY(table->flow->arena, struct vitem, rows->head_count);
    frame->head_count = rows->head_count;
    frame->head_height = rows->head_height;
    for (size_t r = 0; r < rows->head_count; r++) {
        const struct table_row *row = &rows->at[r];
        struct strip strip = painted(table, row, 0);
        size_t kept = 0;
        for (size_t i = 0; i < strip.items.n; i++) {
            if (strip.items.at[i].kind == ITEM_LINK)
                continue;
            strip.items.at[kept] = strip.items.at[i];
            strip.items.at[kept++].tag = NULL;
        }
        frame->head[r] = (struct vitem){
            .kind = V_BOX, .height = strip.height, .items = strip.items.at, .item_count = kept};
    }
}

/* The rows in the form that the style asks for, or that suits the table. */
static struct table_rows choose_rows(const struct table *table, bool *labeled)
{
    *labeled = table->box->table.labels && table->box->table.rows == ROWS_LABELED;
    if (*labeled)
        return labeled_rows(table);
    struct grid *grid = grid_new(table);
    bool fields = table->box->tag->role == ROLE_FIELDS;
    *labeled = table->box->table.labels && !(fields ? grid_is_of_lines(grid) : grid_is_readable(grid));
    return *labeled ? labeled_rows(table) : grid_rows(grid);
}

/* Is a table kept on one page? Labeled rows read well apart from each other: not at the price of half a page.
 */
static bool keeps_whole(const struct table *table, const struct table_rows *rows, bool labeled)
{
    double height = 0;
    for (size_t r = 0; r < rows->n; r++)
        height += rows->at[r].height;
    return table->box->style->keep_together && height <= (labeled ? table->room / 2 : table->room);
}

void table_flow(struct flow *flow, const struct box *box)
{
    if (!box->table.columns || !box->first)
        return;
    struct table table = {.flow = flow,
        .box = box,
        .padding = box->table.padding,
        .sides = fmin(box->table.padding_sides, flow->width / 8),
        .room = flow_room(flow)};
    double left = flow->left, width = flow->width;
    if (box->table.flush) {
        flow->left -= table.sides;
        flow->width += 2 * table.sides;
    }
    bool labeled;
    struct table_rows rows = choose_rows(&table, &labeled);
    struct frame *frame = ARENA_NEW(flow->arena, struct frame);
    frame->x = flow->left;
    frame->width = flow->width;
    if (rows.head_height > 0)
        make_head(&table, &rows, frame);
    bool whole = keeps_whole(&table, &rows, labeled);
    flow_gap(flow, 0, COST_BEFORE);
    flow_open(flow, frame);
    for (size_t r = 0; r < rows.n; r++) {
        flow_row(&table, &rows.at[r]);
        bool lone = r == rows.head_count || r + 2 == rows.n;
        double cost = r + 1 <= rows.head_count ? COST_FORBIDDEN : lone ? COST_LONE_ROW : COST_ROW;
        if (r + 1 < rows.n)
            flow_gap(flow, 0, whole ? fmax(cost, COST_WHOLE) : cost);
    }
    flow_close(flow, frame);
    flow->left = left;
    flow->width = width;
}
