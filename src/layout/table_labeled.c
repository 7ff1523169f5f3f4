/* Tables in labeled rows, for a column that is too narrow for theirs. A row is a block: its first cell is its
 * title, over the whole width; below stand the other cells, each with the head of its column as a label: in a
 * column of labels at the left, so that rows can be compared, or above the cell where there is no room for
 * that. An empty cell is left out with its label, unless all are empty: that row is there to be filled in.
 * The only row of a table is compared with no other: it has no title, and all its cells are labeled.
 *
 *     Choice
 *     ---------------------------------
 *     Exercise
 *     What it may do   May ease pain
 *     What to know     Build up slowly.
 *
 * The document has each head once, so each is shown once: the first column's at the top of the table,
 * another's as the label of the first cell that it labels. All the other labels are furniture. */
#include "layout/table_parts.h"

#include <math.h>

/* What stands between, in sizes of the cells' type. */
static const double GAP_TITLE = 0.15, GAP_CELLS = 0.25, GAP_WRITING = 0.8, GAP_LABEL = 0.8;

struct label {
    struct para *para;
    struct lines lines;
    bool shown; /* as the column's head */
};

struct labeled {
    const struct table *table;
    size_t column_count;
    size_t first;         /* column that is labeled: 1, or 0 if rows have no titles */
    struct label *labels; /* by column, from the first on */
    bool *used;           /* by column: some cell has text */
    const struct text_style *text;
    double left, width; /* of what stands in a row */
    bool beside;        /* labels stand at the left of their cells */
    double text_left, text_width;
};

/* A row being made. */
struct entry {
    const struct box *box;
    struct para **cells; /* the first may be its title */
    struct table_row *row;
    double above; /* the space before its next part */
};

static bool has_text(const struct para *para)
{
    return para && para_max_width(para) > 0;
}

/* ---- Measuring ---- */

static void read_labels(struct labeled *labeled)
{
    const struct table *table = labeled->table;
    const struct box *label = table->box->table.labels->first;
    for (size_t i = 0; label && i < labeled->column_count; i++, label = label->next)
        if (i >= labeled->first)
            labeled->labels[i].para = table_para(table, table->flow->diags, label);
}

static void read_row(const struct labeled *labeled, const struct box *box, struct entry *entry)
{
    const struct table *table = labeled->table;
    entry->box = box;
    entry->cells = ARENA_ARRAY(table->flow->arena, struct para *, labeled->column_count);
    const struct box *cell = box->first;
    for (size_t i = 0; cell && i < labeled->column_count; i++, cell = cell->next) {
        entry->cells[i] = table_para(table, table->flow->diags, i < labeled->first ? box->row.title : cell);
        labeled->used[i] = labeled->used[i] || has_text(entry->cells[i]);
    }
}

/* The widest word of the cells of columns from `from` up to `to`. */
static double widest_word(const struct entry *entries, size_t count, size_t from, size_t to)
{
    double widest = 0;
    for (size_t r = 0; r < count; r++)
        for (size_t i = from; i < to; i++)
            if (entries[r].cells[i])
                widest = fmax(widest, para_min_width(entries[r].cells[i]));
    return widest;
}

/* Beside the cells if the labels take no more than their share of the width, and leave enough for text.
 * Returns the widest word of the labels. */
static double place_labels(struct labeled *labeled, double widest_text)
{
    const double most = 0.4, narrowest_text = 10; /* of the width; sizes */
    double size = labeled->text->size, min = 0, max = 0;
    for (size_t i = labeled->first; i < labeled->column_count; i++) {
        if (!has_text(labeled->labels[i].para))
            continue;
        min = fmax(min, para_min_width(labeled->labels[i].para));
        max = fmax(max, para_max_width(labeled->labels[i].para));
    }
    double width = fmin(max, most * labeled->width), rest = labeled->width - width - GAP_LABEL * size;
    labeled->beside = width > 0 && min <= width && rest >= fmax(narrowest_text * size, widest_text);
    labeled->text_left = labeled->left + (labeled->beside ? labeled->width - rest : 0);
    labeled->text_width = labeled->beside ? rest : labeled->width;
    for (size_t i = labeled->first; i < labeled->column_count; i++)
        if (has_text(labeled->labels[i].para))
            labeled->labels[i].lines =
                para_lines(labeled->labels[i].para, labeled->beside ? width : labeled->width, ALIGN_LEFT);
    return min;
}

/* ---- Strips ---- */

/* A new strip, with the space before it, at whose end the next line goes. */
static struct strip *add_strip(const struct labeled *labeled, struct entry *entry, double cost)
{
    struct strip strip = {.height = entry->above, .cost = cost};
    vec_push(labeled->table->flow->arena, &entry->row->strips, strip);
    entry->above = 0;
    return &entry->row->strips.at[entry->row->strips.n - 1];
}

/* A title, or a label above its cell: stays with what follows. */
static void add_lines(
    const struct labeled *labeled, struct entry *entry, const struct lines *lines, bool furniture)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct strip *strip = add_strip(labeled, entry, COST_FORBIDDEN);
        table_add_line(labeled->table, strip, &lines->at[i], labeled->left, strip->height, furniture);
        strip->height += lines->at[i].height;
    }
}

/* A label and its cell on the same baselines, line by line; either may have none. */
static void add_pair(const struct labeled *labeled, struct entry *entry, const struct lines *label,
    const struct lines *lines, bool furniture)
{
    const struct line none = {0};
    size_t count = label->n > lines->n ? label->n : lines->n;
    for (size_t i = 0; i < count; i++) {
        const struct line *left = i < label->n ? &label->at[i] : &none;
        const struct line *right = i < lines->n ? &lines->at[i] : &none;
        bool lone = (i == 0 && count > 1) || i + 2 == count;
        struct strip *strip = add_strip(labeled, entry, lone ? COST_FORBIDDEN : COST_PARAGRAPH);
        double baseline = fmax(left->baseline, right->baseline), y = strip->height + baseline;
        table_add_line(labeled->table, strip, left, labeled->left, y - left->baseline, furniture);
        table_add_line(labeled->table, strip, right, labeled->text_left, y - right->baseline, false);
        strip->height = y + fmax(left->height - left->baseline, right->height - right->baseline);
    }
}

static void add_cell(struct labeled *labeled, struct entry *entry, size_t column)
{
    const struct lines none = {0};
    struct label *label = &labeled->labels[column];
    struct lines lines = {0};
    if (has_text(entry->cells[column]))
        lines = para_lines(entry->cells[column], labeled->text_width, ALIGN_LEFT);
    if (!labeled->beside)
        add_lines(labeled, entry, &label->lines, label->shown);
    add_pair(labeled, entry, labeled->beside ? &label->lines : &none, &lines, label->shown);
    label->shown = true;
}

/* ---- Rows ---- */

static void end_row(const struct labeled *labeled, struct entry *entry, double room)
{
    if (!entry->row->strips.n) /* nothing stands in it */
        add_strip(labeled, entry, 0)->height += labeled->text->leading;
    entry->row->strips.at[entry->row->strips.n - 1].height += labeled->table->padding;
    entry->row->box = entry->box;
    table_finish_row(labeled->table, entry->row, room);
}

/* The head of the first column, over all rows. */
static void make_head(
    const struct labeled *labeled, struct para *para, const struct box *box, struct table_row *row)
{
    struct entry entry = {.box = box, .row = row, .above = labeled->table->padding};
    struct lines lines = para_lines(para, labeled->width, ALIGN_LEFT);
    add_lines(labeled, &entry, &lines, false);
    end_row(labeled, &entry, labeled->table->room);
}

static void make_row(struct labeled *labeled, struct entry *entry, bool first, double room)
{
    double size = labeled->text->size;
    entry->above = labeled->table->padding;
    if (labeled->first > 0 && has_text(entry->cells[0])) {
        struct lines lines = para_lines(entry->cells[0], labeled->width, ALIGN_LEFT);
        add_lines(labeled, entry, &lines, false);
        entry->above = GAP_TITLE * size;
    }
    bool to_fill_in = true;
    for (size_t i = labeled->first; i < labeled->column_count; i++)
        to_fill_in = to_fill_in && !has_text(entry->cells[i]);
    for (size_t i = labeled->first; i < labeled->column_count; i++) {
        bool head_only = first && !labeled->used[i]; /* no other row would show it */
        if (!has_text(entry->cells[i]) && !to_fill_in && !head_only)
            continue;
        if (entry->row->strips.n)
            entry->above = fmax(entry->above, (to_fill_in ? GAP_WRITING : GAP_CELLS) * size);
        add_cell(labeled, entry, i);
    }
    end_row(labeled, entry, room);
}

/* The head of the titles, if it has text, and the rows of the body. */
static void make_rows(
    struct labeled *labeled, struct entry *entries, size_t count, struct para *head, struct table_rows *rows)
{
    const struct table *table = labeled->table;
    if (head && has_text(head)) {
        make_head(labeled, head, table->box->first, &rows->at[0]);
        rows->head_count = 1;
        rows->head_height = table_head_height(table, rows->at[0].height);
    }
    for (size_t i = 0; i < count; i++) {
        struct table_row *row = &rows->at[rows->head_count + i];
        entries[i].row = row;
        row->striped = i % 2 == 1;
        row->opens = i == 0 && !rows->head_count;
        make_row(labeled, &entries[i], i == 0, table->room - rows->head_height);
    }
    rows->n = rows->head_count + count;
}

struct table_rows labeled_rows(const struct table *table)
{
    struct flow *flow = table->flow;
    const struct box *head = table->box->first;
    size_t columns = table->box->table.columns, count = 0;
    struct labeled labeled = {.table = table,
        .column_count = columns,
        .labels = ARENA_ARRAY(flow->arena, struct label, columns),
        .used = ARENA_ARRAY(flow->arena, bool, columns),
        .text = head->next->text,
        .left = flow->left + table->sides,
        .width = fmax(1, flow->width - 2 * table->sides)};
    for (const struct box *box = head->next; box; box = box->next)
        count++;
    labeled.first = count > 1 ? 1 : 0;
    struct entry *entries = ARENA_ARRAY(flow->arena, struct entry, count);
    size_t index = 0;
    for (const struct box *box = head->next; box; box = box->next)
        read_row(&labeled, box, &entries[index++]);
    read_labels(&labeled);
    struct para *title_head = labeled.first > 0 ? table_para(table, flow->diags, head->first) : NULL;
    double widest = widest_word(entries, count, labeled.first, columns);
    double widest_label = place_labels(&labeled, widest);
    widest = fmax(fmax(widest, widest_label), widest_word(entries, count, 0, labeled.first));
    if (title_head)
        widest = fmax(widest, para_min_width(title_head));
    if (widest > labeled.width)
        table_warn_too_wide(table, flow->diags);
    struct table_rows rows = {.at = ARENA_ARRAY(flow->arena, struct table_row, count + 1)};
    make_rows(&labeled, entries, count, title_head, &rows);
    return rows;
}
