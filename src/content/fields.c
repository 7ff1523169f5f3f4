/* What a desk fills in for one patient: the table at the end of the masthead. */
#include "content/assembly.h"
#include "content/variables.h"

/* Was a field set, be it to nothing? */
static bool is_set(const struct assembly *assembly, int field)
{
    return assembly->library && map_get(&assembly->library->settings.values, str_from(DESK_VARIABLES[field]));
}

static struct doc_node *add_row(
    const struct assembly *assembly, struct doc_node *table, bool header, struct doc_node **cells)
{
    struct doc_node *row = doc_new(assembly->arena, DOC_ROW, table, table->pos);
    row->row.header = header;
    for (size_t i = 0; i < table->table.columns; i++) {
        cells[i] = doc_new(assembly->arena, DOC_CELL, row, table->pos);
        cells[i]->cell.column = i;
    }
    return row;
}

/* The value of a field, or a blank. */
static void fill(const struct assembly *assembly, int field, struct doc_node *cell)
{
    struct str value = assembly_variable(assembly, DESK_VARIABLES[field]);
    struct str label = assembly->document->words->fields[field];
    if (value.n) {
        struct doc_node *text = doc_new(assembly->arena, DOC_TEXT, cell, cell->pos);
        text->text = value;
        text->veil = label;
        return;
    }
    doc_new(assembly->arena, DOC_BLANK, cell, cell->pos)->blank.label = label;
    if (assembly->options->publish)
        diag_file(assembly->diags, SEVERITY_ERROR, NULL, "blank-unfilled",
            "the setting '%s' is empty, and what is published has no blanks", DESK_VARIABLES[field]);
}

void fields_add(const struct assembly *assembly, struct doc_node *masthead)
{
    int fields[DESK_FIELDS];
    struct doc_node *heads[DESK_FIELDS], *values[DESK_FIELDS];
    size_t count = 0;
    for (int field = 0; field < DESK_FIELDS; field++)
        if (is_set(assembly, field))
            fields[count++] = field;
    if (!count)
        return;
    /* It has no position: where it stands in a file, there is nothing that could be shown. */
    struct doc_node *table = doc_new(assembly->arena, DOC_TABLE, masthead, (struct pos){0});
    table->role = ROLE_FIELDS;
    table->table.columns = count;
    add_row(assembly, table, true, heads);
    add_row(assembly, table, false, values);
    for (size_t i = 0; i < count; i++) {
        struct doc_node *label = doc_new(assembly->arena, DOC_TEXT, heads[i], table->pos);
        label->text = assembly->document->words->fields[fields[i]];
        fill(assembly, fields[i], values[i]);
    }
}
