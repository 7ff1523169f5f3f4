#include "run/list.h"

#include "base/utf8.h"
#include "run/place.h"
#include "run/report.h"
#include "run/standard.h"

enum column {
    COLUMN_TOPIC,
    COLUMN_LANGUAGES,
    COLUMN_VERSION,
    COLUMN_STATE,
    COLUMN_DUE,
    COLUMN_TITLE,
    COLUMNS
};

struct row {
    struct str cells[COLUMNS];
};

static const char *state_name(enum review_state state)
{
    return state == STATE_REVIEWED ? "reviewed" : "draft";
}

/* "draft", and the languages whose state is another: "reviewed (es: draft)". */
static struct str format_states(struct arena *arena, const struct handout *handout)
{
    struct str text = str_from(state_name(handout->state));
    const char *open = " (";
    for (size_t i = 0; i < handout->edition_count; i++) {
        const struct edition *edition = &handout->editions[i];
        if (edition->state == handout->state)
            continue;
        text = str_printf(
            arena, "%.*s%s%.*s: %s", STR_FMT(text), open, STR_FMT(edition->lang), state_name(edition->state));
        open = ", ";
    }
    return *open == ',' ? str_printf(arena, "%.*s)", STR_FMT(text)) : text;
}

static struct str format_languages(struct arena *arena, const struct handout *handout)
{
    struct str text = STR("");
    for (size_t i = 0; i < handout->edition_count; i++)
        text =
            str_printf(arena, "%.*s%s%.*s", STR_FMT(text), i ? "," : "", STR_FMT(handout->editions[i].lang));
    return text;
}

/* The English title, or that of the first language. */
static struct str find_title(const struct handout *handout)
{
    const struct edition *edition = handout_edition(handout, STR("en"));
    if (!edition && handout->edition_count)
        edition = &handout->editions[0];
    return edition ? edition->title : STR("");
}

static struct row make_row(struct arena *arena, const struct handout *handout)
{
    struct date due = handout->reviewed.due;
    struct row row = {{[COLUMN_TOPIC] = handout->id,
        [COLUMN_LANGUAGES] = format_languages(arena, handout),
        [COLUMN_VERSION] = handout->version,
        [COLUMN_STATE] = format_states(arena, handout),
        [COLUMN_DUE] = due.year ? str_printf(arena, "%04d-%02d-%02d", due.year, due.month, due.day) : STR(""),
        [COLUMN_TITLE] = find_title(handout)}};
    for (int i = 0; i < COLUMNS; i++)
        if (!row.cells[i].n)
            row.cells[i] = STR("-");
    return row;
}

static void put_row(const struct row *row, const size_t widths[COLUMNS], struct buf *out)
{
    for (int i = 0; i < COLUMNS; i++) {
        size_t start = out->n;
        report_visible(out, row->cells[i]);
        if (i == COLUMNS - 1)
            break;
        struct str shown = {out->p + start, out->n - start};
        for (size_t n = utf8_length(shown); n < widths[i] + 2; n++)
            buf_char(out, ' ');
    }
    buf_char(out, '\n');
}

void list_format(const struct library *library, struct buf *out)
{
    static const struct row head = {{[COLUMN_TOPIC] = {"TOPIC", 5},
        [COLUMN_LANGUAGES] = {"LANGUAGES", 9},
        [COLUMN_VERSION] = {"VERSION", 7},
        [COLUMN_STATE] = {"STATE", 5},
        [COLUMN_DUE] = {"REVIEW DUE", 10},
        [COLUMN_TITLE] = {"TITLE", 5}}};
    struct arena *arena = arena_new();
    VEC(struct row) rows = {0};
    vec_push(arena, &rows, head);
    for (size_t i = 0; i < library->handouts.n; i++)
        vec_push(arena, &rows, make_row(arena, library->handouts.entries[i].value));
    size_t widths[COLUMNS] = {0};
    for (size_t i = 0; i < rows.n; i++)
        for (int j = 0; j < COLUMNS; j++)
            if (utf8_length(rows.at[i].cells[j]) > widths[j])
                widths[j] = utf8_length(rows.at[i].cells[j]);
    for (size_t i = 0; i < rows.n; i++)
        put_row(&rows.at[i], widths, out);
    arena_free(arena);
}

int list_run(struct arena *arena, const struct options *options, const char *program)
{
    struct report report = report_new(arena, stderr, options);
    struct diags diags = diags_new(arena);
    struct place place;
    const struct library *library = NULL;
    if (place_find(arena, &diags, options, program, &place)) {
        report_verbose(&report, "%s", place.content);
        library = library_read(arena, &diags, place.content, options->clinic, (struct settings){0});
    }
    report_diags(&report, &diags);
    if (library) {
        struct buf table = {0};
        list_format(library, &table);
        standard_output(&report, buf_slice(&table));
        buf_free(&table);
    }
    return report_status(&report, !library);
}
