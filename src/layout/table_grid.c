/* Tables in columns: as wide as their content asks, the cells of a row on one baseline. */
#include "layout/table_parts.h"

#include <math.h>

struct column {
    double min, max, width, x;
};

struct grid_row {
    const struct box *box;
    struct para **cells; /* NULL where the row has none */
    struct lines *lines;
    double *tops; /* where each cell's lines begin, so that their first baselines meet */
    double height;
};

struct grid {
    const struct table *table;
    struct diags diags; /* count only if the table stays a grid */
    struct column *columns;
    size_t column_count;
    double sides; /* within each cell, less where there are many columns */
    struct grid_row *rows;
    size_t row_count;
    bool fits; /* all words fit in their columns */
    bool set;  /* the rows have their lines */
};

/* ---- Measuring ---- */

static void read_row(struct grid *grid, const struct box *box, struct grid_row *row)
{
    struct arena *arena = grid->table->flow->arena;
    row->box = box;
    row->cells = ARENA_ARRAY(arena, struct para *, grid->column_count);
    row->lines = ARENA_ARRAY(arena, struct lines, grid->column_count);
    row->tops = ARENA_ARRAY(arena, double, grid->column_count);
    const struct box *cell = box->first;
    for (size_t i = 0; cell && i < grid->column_count; cell = cell->next, i++) {
        struct para *para = table_para(grid->table, &grid->diags, cell);
        row->cells[i] = para;
        grid->columns[i].min = fmax(grid->columns[i].min, para_min_width(para));
        grid->columns[i].max = fmax(grid->columns[i].max, para_max_width(para));
    }
}

/* Column widths from their content, in the manner of CSS 2.1 §17.5.2.2: each at least its longest word, at
 * most its longest line; what is between goes by how much more each could use. Long texts count by the square
 * root of their length, or one column of prose would starve its neighbors. */
static void share_width(struct grid *grid)
{
    size_t n = grid->column_count;
    double sides = grid->sides, room = grid->table->flow->width - 2 * sides * (double)n;
    double mins = 0, maxs = 0, wants = 0;
    for (size_t i = 0; i < n; i++) {
        mins += grid->columns[i].min;
        maxs += grid->columns[i].max;
        wants += sqrt(grid->columns[i].max - grid->columns[i].min);
    }
    grid->fits = mins <= room;
    if (!grid->fits)
        table_warn_too_wide(grid->table, &grid->diags);
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
    for (size_t i = 1; i < n; i++)
        grid->columns[i].x = grid->columns[i - 1].x + grid->columns[i - 1].width + 2 * sides;
}

static enum text_align cell_align(const struct grid *grid, size_t column)
{
    const struct box *box = grid->table->box;
    enum text_align align = box->table.aligns ? box->table.aligns[column] : ALIGN_DEFAULT;
    return align == ALIGN_DEFAULT ? ALIGN_LEFT : align;
}

/* The first lines of a row's cells share their baseline: a blank to write on, whose line is taller, stands
 * beside text as it would within it. A picture in a line does not draw its neighbors down. */
static void set_row(const struct grid *grid, struct grid_row *row)
{
    double leading = row->box->text->leading, baseline = 0;
    for (size_t i = 0; i < grid->column_count; i++) {
        if (!row->cells[i])
            continue;
        row->lines[i] = para_lines(row->cells[i], grid->columns[i].width, cell_align(grid, i));
        if (row->lines[i].n && row->lines[i].at[0].height < 2 * leading)
            baseline = fmax(baseline, row->lines[i].at[0].baseline);
    }
    row->height = leading;
    for (size_t i = 0; i < grid->column_count; i++) {
        double own = row->lines[i].n ? row->lines[i].at[0].baseline : baseline;
        row->tops[i] = fmax(0, baseline - own);
        row->height = fmax(row->height, row->tops[i] + table_height(&row->lines[i]));
    }
    row->height += 2 * grid->table->padding;
}

struct grid *grid_new(const struct table *table)
{
    struct arena *arena = table->flow->arena;
    struct grid *grid = ARENA_NEW(arena, struct grid);
    *grid =
        (struct grid){.table = table, .diags = diags_new(arena), .column_count = table->box->table.columns};
    grid->sides = fmin(table->sides, table->flow->width / 4 / (double)grid->column_count);
    for (const struct box *box = table->box->first; box; box = box->next)
        grid->row_count++;
    grid->columns = ARENA_ARRAY(arena, struct column, grid->column_count);
    grid->rows = ARENA_ARRAY(arena, struct grid_row, grid->row_count);
    size_t index = 0;
    for (const struct box *box = table->box->first; box; box = box->next)
        read_row(grid, box, &grid->rows[index++]);
    share_width(grid);
    return grid;
}

/* Three lines are read at a glance in any width, and any text in a column of some 30 characters. Between
 * these a longer text wants a wider column: one of 7 type sizes may have 6 lines, and one of 12 sizes 13. */
static bool is_sliver(const struct lines *lines, double width, double size)
{
    const double short_text = 3, narrowest = 3, per_size = 1.5, wide = 15;
    double count = (double)lines->n, sizes = width / size;
    return count > short_text && sizes < wide && count > per_size * (sizes - narrowest);
}

static void set_rows(struct grid *grid)
{
    for (size_t r = 0; r < grid->row_count && !grid->set; r++)
        set_row(grid, &grid->rows[r]);
    grid->set = true;
}

bool grid_is_readable(struct grid *grid)
{
    if (!grid->fits)
        return false;
    set_rows(grid);
    for (size_t r = 0; r < grid->row_count; r++)
        for (size_t i = 0; i < grid->column_count; i++)
            if (is_sliver(&grid->rows[r].lines[i], grid->columns[i].width, grid->rows[r].box->text->size))
                return false;
    return true;
}

bool grid_is_of_lines(struct grid *grid)
{
    if (!grid->fits)
        return false;
    set_rows(grid);
    for (size_t r = 0; r < grid->row_count; r++)
        for (size_t i = 0; i < grid->column_count; i++)
            if (grid->rows[r].lines[i].n > 1)
                return false;
    return true;
}

/* ---- Rows into strips ---- */

static double cell_left(const struct grid *grid, size_t column)
{
    return grid->table->flow->left + grid->columns[column].x + grid->sides;
}

static struct strip whole_row(const struct grid *grid, const struct grid_row *row)
{
    struct strip strip = {.height = row->height};
    for (size_t i = 0; i < grid->column_count; i++) {
        double y = grid->table->padding + row->tops[i];
        for (size_t k = 0; k < row->lines[i].n; y += row->lines[i].at[k++].height)
            table_add_line(grid->table, &strip, &row->lines[i].at[k], cell_left(grid, i), y, false);
    }
    return strip;
}

/* A row too tall for a page, line by line: strip `index` holds that line of every cell. */
static struct strip row_strip(const struct grid *grid, const struct grid_row *row, size_t index, size_t count)
{
    struct strip strip = {0};
    double padding = grid->table->padding, top = index == 0 ? padding : 0, tallest = 0;
    for (size_t i = 0; i < grid->column_count; i++)
        if (index < row->lines[i].n)
            tallest = fmax(tallest, row->lines[i].at[index].height);
    strip.height = top + tallest + (index + 1 == count ? padding : 0);
    for (size_t i = 0; i < grid->column_count; i++)
        if (index < row->lines[i].n)
            table_add_line(grid->table, &strip, &row->lines[i].at[index], cell_left(grid, i), top, false);
    return strip;
}

static void make_strips(
    const struct grid *grid, const struct grid_row *from, struct table_row *row, double room)
{
    struct arena *arena = grid->table->flow->arena;
    row->box = from->box;
    row->height = from->height;
    if (from->height <= room) {
        vec_push(arena, &row->strips, whole_row(grid, from));
        return;
    }
    size_t count = 1;
    for (size_t i = 0; i < grid->column_count; i++)
        if (from->lines[i].n > count)
            count = from->lines[i].n;
    for (size_t i = 0; i < count; i++)
        vec_push(arena, &row->strips, row_strip(grid, from, i, count));
}

struct table_rows grid_rows(struct grid *grid)
{
    const struct table *table = grid->table;
    set_rows(grid);
    struct table_rows rows = {.n = grid->row_count};
    rows.at = ARENA_ARRAY(table->flow->arena, struct table_row, rows.n);
    double head = 0;
    for (size_t r = 0; r < rows.n; r++) {
        if (!grid->rows[r].box->row.header)
            continue;
        rows.head_count++;
        head += grid->rows[r].height;
    }
    rows.head_height = table_head_height(table, head);
    for (size_t r = 0, body = 0; r < rows.n; r++) {
        make_strips(grid, &grid->rows[r], &rows.at[r], table->room - rows.head_height);
        rows.at[r].striped = !grid->rows[r].box->row.header && body++ % 2 == 1;
    }
    diags_append(table->flow->diags, &grid->diags);
    return rows;
}
