#include "layout/table.h"

#include "layout/para.h"

#include <math.h>
#include <string.h>

/* What it costs to end a page between two rows: more beside the first or last row of the body, which would
 * stand alone; and more still where the table could stand whole on a page of its own. */
enum { COST_ROW = 60, COST_LONE_ROW = 600, COST_WHOLE = 4000, COST_BEFORE = 400 };

struct column {
    double min, max, width, x;
};

struct row {
    const struct box *box;
    struct para **cells;
    struct lines *lines;
    double height; /* with padding */
    bool striped;
};

struct grid {
    struct flow *flow;
    const struct box *table;
    struct column *columns;
    size_t column_count;
    struct row *rows;
    size_t row_count, head_count;
    double padding, sides, width;
};

static struct para *cell_para(struct grid *grid, const struct box *cell)
{
    struct flow *flow = grid->flow;
    return para_new(
        flow->arena, flow->diags, flow->shaper, cell->para.runs, cell->para.n, cell->text, SPACES_COLLAPSE);
}

static void prepare(struct grid *grid)
{
    struct arena *arena = grid->flow->arena;
    size_t body = 0;
    for (const struct box *row = grid->table->first; row; row = row->next)
        grid->row_count++;
    grid->rows = ARENA_ARRAY(arena, struct row, grid->row_count);
    size_t index = 0;
    for (const struct box *box = grid->table->first; box; box = box->next, index++) {
        struct row *row = &grid->rows[index];
        row->box = box;
        row->cells = ARENA_ARRAY(arena, struct para *, grid->column_count);
        row->lines = ARENA_ARRAY(arena, struct lines, grid->column_count);
        if (box->row.header)
            grid->head_count++;
        else
            row->striped = body++ % 2 == 1;
        size_t column = 0;
        for (const struct box *cell = box->first; cell && column < grid->column_count;
             cell = cell->next, column++) {
            struct para *para = cell_para(grid, cell);
            row->cells[column] = para;
            grid->columns[column].min = fmax(grid->columns[column].min, para_min_width(para));
            grid->columns[column].max = fmax(grid->columns[column].max, para_max_width(para));
        }
    }
}

/* Column widths from their content, in the manner of CSS 2.1 §17.5.2.2: each at least its longest word, at
 * most its longest line; what is between goes by how much more each could use. Long texts count by the square
 * root of their length, or one column of prose would starve its neighbors. */
static void share_width(struct grid *grid)
{
    size_t n = grid->column_count;
    double room = grid->width - 2 * grid->sides * (double)n, mins = 0, maxs = 0, wants = 0;
    for (size_t i = 0; i < n; i++) {
        mins += grid->columns[i].min;
        maxs += grid->columns[i].max;
        wants += sqrt(grid->columns[i].max - grid->columns[i].min);
    }
    if (mins > room)
        diag_at(grid->flow->diags, SEVERITY_WARNING, grid->table->tag->pos, "table-too-wide",
            "the words of this table are too wide for its column (use fewer columns or shorter words)");
    double x = 0;
    for (size_t i = 0; i < n; i++) {
        struct column *column = &grid->columns[i];
        if (mins > room)
            column->width = fmax(room * column->min / mins, 1);
        else if (maxs <= room)
            column->width = column->max + (room - maxs) * (maxs > 0 ? column->max / maxs : 1.0 / (double)n);
        else
            column->width = column->min + (room - mins) * sqrt(column->max - column->min) / wants;
    }
    /* A column must not be wider than it can use while another is short of room. */
    for (int round = 0; mins <= room && maxs > room && round < 8; round++) {
        double spare = 0, short_of = 0;
        for (size_t i = 0; i < n; i++) {
            struct column *column = &grid->columns[i];
            if (column->width > column->max) {
                spare += column->width - column->max;
                column->width = column->max;
            } else {
                short_of += column->max - column->width;
            }
        }
        if (spare < 0.01)
            break;
        for (size_t i = 0; i < n; i++)
            grid->columns[i].width += spare * (grid->columns[i].max - grid->columns[i].width) / short_of;
    }
    for (size_t i = 0; i < n; i++) {
        grid->columns[i].x = x;
        x += grid->columns[i].width + 2 * grid->sides;
    }
}

static enum text_align cell_align(const struct grid *grid, size_t column)
{
    enum text_align align = grid->table->table.aligns ? grid->table->table.aligns[column] : ALIGN_DEFAULT;
    return align == ALIGN_DEFAULT ? ALIGN_LEFT : align;
}

static double lines_height(const struct lines *lines)
{
    double height = 0;
    for (size_t i = 0; i < lines->n; i++)
        height += lines->at[i].height;
    return height;
}

static void set_rows(struct grid *grid)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        struct row *row = &grid->rows[r];
        row->height = row->box->text->leading;
        for (size_t c = 0; c < grid->column_count; c++) {
            if (!row->cells[c])
                continue;
            row->lines[c] = para_lines(row->cells[c], grid->columns[c].width, cell_align(grid, c));
            row->height = fmax(row->height, lines_height(&row->lines[c]));
        }
        row->height += 2 * grid->padding;
    }
}

/* ---- Rows into the list ---- */

struct slice {
    VEC(struct item) items;
    double height, baseline;
};

static void add_fill(struct grid *grid, struct slice *slice, const struct row *row, double height)
{
    const struct box *table = grid->table;
    bool striped = !row->box->row.has_fill && row->striped && table->table.has_stripe;
    if (!row->box->row.has_fill && !striped)
        return;
    struct item item = {.kind = ITEM_FILL,
        .x = grid->flow->left,
        .w = grid->width,
        .h = height,
        .shape.color = striped ? table->table.stripe : row->box->row.fill};
    vec_push(grid->flow->arena, &slice->items, item);
}

static void add_rule(struct grid *grid, struct slice *slice, double y)
{
    struct edge rule = grid->table->table.rule;
    if (rule.width <= 0)
        return;
    struct item item = {.kind = ITEM_LINE,
        .x = grid->flow->left,
        .y = y,
        .w = grid->width,
        .shape = {.color = rule.color, .width = rule.width}};
    vec_push(grid->flow->arena, &slice->items, item);
}

/* Lines [from, to) of a cell, the first with its top at `y`. Returns the height that they take. */
static double add_cell_lines(struct grid *grid, struct slice *slice, const struct row *row, size_t column,
    size_t from, size_t to, double y)
{
    const struct lines *lines = &row->lines[column];
    double x = grid->flow->left + grid->columns[column].x + grid->sides, top = y;
    for (size_t i = from; i < to && i < lines->n; i++) {
        const struct line *line = &lines->at[i];
        if (slice->baseline <= 0)
            slice->baseline = top + line->baseline;
        for (size_t k = 0; k < line->item_count; k++) {
            struct item item = line->items[k];
            item.x += x;
            item.y += top;
            vec_push(grid->flow->arena, &slice->items, item);
        }
        top += line->height;
    }
    return top - y;
}

static struct slice whole_row(struct grid *grid, const struct row *row)
{
    struct slice slice = {.height = row->height};
    add_fill(grid, &slice, row, row->height);
    for (size_t c = 0; c < grid->column_count; c++)
        add_cell_lines(grid, &slice, row, c, 0, row->lines[c].n, grid->padding);
    add_rule(grid, &slice, row->height);
    return slice;
}

/* A row too tall for a page, line by line: slice `index` holds that line of every cell. */
static struct slice row_slice(struct grid *grid, const struct row *row, size_t index, size_t count)
{
    struct slice slice = {0};
    double top = index == 0 ? grid->padding : 0, tallest = 0;
    for (size_t c = 0; c < grid->column_count; c++)
        tallest = fmax(tallest, index < row->lines[c].n ? row->lines[c].at[index].height : 0);
    slice.height = top + tallest + (index + 1 == count ? grid->padding : 0);
    add_fill(grid, &slice, row, slice.height);
    for (size_t c = 0; c < grid->column_count; c++)
        add_cell_lines(grid, &slice, row, c, index, index + 1, top);
    if (index + 1 == count)
        add_rule(grid, &slice, slice.height);
    return slice;
}

static void flow_row(struct grid *grid, const struct row *row, double page_height)
{
    if (row->height <= page_height) {
        struct slice slice = whole_row(grid, row);
        flow_box(grid->flow, slice.items.at, slice.items.n, slice.height, slice.baseline);
        return;
    }
    size_t count = 1;
    for (size_t c = 0; c < grid->column_count; c++)
        if (row->lines[c].n > count)
            count = row->lines[c].n;
    for (size_t i = 0; i < count; i++) {
        struct slice slice = row_slice(grid, row, i, count);
        flow_box(grid->flow, slice.items.at, slice.items.n, slice.height, slice.baseline);
        flow_gap(grid->flow, 0, 0);
    }
}

/* The head once more, for the top of a further page: furniture, since its words are in the document once. */
static void make_head(struct grid *grid, struct frame *frame)
{
    frame->head = ARENA_ARRAY(grid->flow->arena, struct vitem, grid->head_count);
    for (size_t r = 0; r < grid->head_count; r++) {
        struct slice slice = whole_row(grid, &grid->rows[r]);
        size_t kept = 0;
        for (size_t i = 0; i < slice.items.n; i++) {
            if (slice.items.at[i].kind == ITEM_LINK)
                continue;
            slice.items.at[kept] = slice.items.at[i];
            slice.items.at[kept++].tag = NULL;
        }
        frame->head[r] = (struct vitem){
            .kind = V_BOX, .height = slice.height, .items = slice.items.at, .item_count = kept};
        frame->head_height += slice.height;
    }
    frame->head_count = grid->head_count;
}

void table_flow(struct flow *flow, const struct box *table)
{
    struct grid grid = {.flow = flow,
        .table = table,
        .column_count = table->table.columns,
        .padding = table->table.padding,
        .sides = table->table.padding_sides,
        .width = flow->width};
    if (!grid.column_count || !table->first)
        return;
    grid.sides = fmin(grid.sides, grid.width / 4 / (double)grid.column_count);
    grid.columns = ARENA_ARRAY(flow->arena, struct column, grid.column_count);
    prepare(&grid);
    share_width(&grid);
    set_rows(&grid);
    struct frame *frame = ARENA_NEW(flow->arena, struct frame);
    frame->x = flow->left;
    frame->width = flow->width;
    double page_height = flow_room(flow), height = 0, head = 0;
    for (size_t r = 0; r < grid.row_count; r++) {
        height += grid.rows[r].height;
        if (r < grid.head_count)
            head += grid.rows[r].height;
    }
    if (grid.head_count && head < page_height / 3)
        make_head(&grid, frame);
    bool whole = table->style->keep_together && height <= page_height;
    flow_gap(flow, 0, COST_BEFORE);
    flow_open(flow, frame);
    for (size_t r = 0; r < grid.row_count; r++) {
        flow_row(&grid, &grid.rows[r], page_height - frame->head_height);
        bool lone = r == grid.head_count || r + 2 == grid.row_count;
        double cost = r + 1 <= grid.head_count ? COST_FORBIDDEN : lone ? COST_LONE_ROW : COST_ROW;
        if (r + 1 < grid.row_count)
            flow_gap(flow, 0, whole ? fmax(cost, COST_WHOLE) : cost);
    }
    flow_close(flow, frame);
}
