#include "run/list.h"

#include "base/utf8.h"
#include "content/figures.h"
#include "layout/fit.h"
#include "run/batch.h"
#include "run/place.h"
#include "run/report.h"
#include "run/standard.h"

enum column {
    COLUMN_TOPIC,
    COLUMN_LANGUAGES,
    COLUMN_PAGES,
    COLUMN_GRADE,
    COLUMN_VERSION,
    COLUMN_STATE,
    COLUMN_DUE,
    COLUMN_TITLE,
    COLUMNS
};

/* An edition, how many pages it takes, and how hard it is to read. */
struct listed {
    const struct handout *handout;
    const struct edition *edition;
    size_t pages;     /* 0: it cannot be built */
    struct str grade; /* empty: unknown */
};

/* All editions of a library, in order. */
struct listing {
    struct arena *arena;
    const struct library *library;
    struct lexicons lexicons; /* of its languages, as far as they have one: the others have no grades */
    struct fontset *fontset;
    struct shaper *shaper;
    struct gallery *gallery;
    const struct stylesheet *sheet;
    VEC(struct listed) editions;
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

/* "4", or "4,5" for as many languages; "-" for one that cannot be built. */
static struct str format_pages(struct arena *arena, const struct listed *listed)
{
    struct str text = STR("");
    for (size_t i = 0; i < listed->handout->edition_count; i++) {
        struct str pages = listed[i].pages ? str_printf(arena, "%zu", listed[i].pages) : STR("-");
        text = str_printf(arena, "%.*s%s%.*s", STR_FMT(text), i ? "," : "", STR_FMT(pages));
    }
    return text;
}

/* "2.7", or "2.7,78.4" for as many languages; "-" for one that is not known. */
static struct str format_grades(struct arena *arena, const struct listed *listed)
{
    struct str text = STR("");
    for (size_t i = 0; i < listed->handout->edition_count; i++) {
        struct str grade = listed[i].grade.n ? listed[i].grade : STR("-");
        text = str_printf(arena, "%.*s%s%.*s", STR_FMT(text), i ? "," : "", STR_FMT(grade));
    }
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

/* The row of a topic, whose editions start at `listed`. */
static struct row make_row(struct arena *arena, const struct listed *listed)
{
    const struct handout *handout = listed->handout;
    struct date due = handout->reviewed.due;
    struct row row = {{[COLUMN_TOPIC] = handout->id,
        [COLUMN_LANGUAGES] = format_languages(arena, handout),
        [COLUMN_PAGES] = format_pages(arena, listed),
        [COLUMN_GRADE] = format_grades(arena, listed),
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

static void format_table(const struct listing *listing, struct buf *out)
{
    static const struct row head = {{[COLUMN_TOPIC] = {"TOPIC", 5},
        [COLUMN_LANGUAGES] = {"LANGUAGES", 9},
        [COLUMN_PAGES] = {"PAGES", 5},
        [COLUMN_GRADE] = {"GRADE", 5},
        [COLUMN_VERSION] = {"VERSION", 7},
        [COLUMN_STATE] = {"STATE", 5},
        [COLUMN_DUE] = {"REVIEW DUE", 10},
        [COLUMN_TITLE] = {"TITLE", 5}}};
    struct arena *arena = arena_new();
    VEC(struct row) rows = {0};
    vec_push(arena, &rows, head);
    for (size_t i = 0; i < listing->editions.n; i += listing->editions.at[i].handout->edition_count)
        vec_push(arena, &rows, make_row(arena, &listing->editions.at[i]));
    size_t widths[COLUMNS] = {0};
    for (size_t i = 0; i < rows.n; i++)
        for (int j = 0; j < COLUMNS; j++)
            if (utf8_length(rows.at[i].cells[j]) > widths[j])
                widths[j] = utf8_length(rows.at[i].cells[j]);
    for (size_t i = 0; i < rows.n; i++)
        put_row(&rows.at[i], widths, out);
    arena_free(arena);
}

static void add_editions(struct arena *arena, struct listing *listing)
{
    const struct map *handouts = &listing->library->handouts;
    for (size_t i = 0; i < handouts->n; i++) {
        const struct handout *handout = handouts->entries[i].value;
        for (size_t e = 0; e < handout->edition_count; e++)
            vec_push(arena, &listing->editions,
                (struct listed){.handout = handout, .edition = &handout->editions[e]});
    }
}

/* The Flesch-Kincaid grade without the unavoidable terms, or for Spanish the INFLESZ score. */
static void put_grade(
    struct arena *arena, const struct listing *listing, const struct document *document, struct buf *out)
{
    const struct lexicon *lexicon = lexicon_of(&listing->lexicons, document->lang);
    if (!lexicon)
        return;
    const struct prose *prose = prose_new(arena, document, &lexicon->prose);
    const struct figures whole = figures_of(arena, prose, lexicon).whole;
    if (whole.all.sentences)
        figures_put(out, lexicon->english ? reading_grade(&whole.plain) : reading_inflesz(&whole.all));
}

/* Sets an edition, for its pages and its grade only. */
static void examine_edition(void *context, size_t task, struct arena *arena, struct outcome *outcome)
{
    const struct listing *listing = context;
    const struct listed *listed = &listing->editions.at[task];
    const struct assemble_options plain = {.today = listed->handout->updated};
    struct diags ignored = diags_new(arena);
    struct fitted fitted;
    const struct document *document =
        assemble_handout(arena, &ignored, listing->library, listed->handout, listed->edition, &plain);
    *outcome = (struct outcome){.diags = diags_new(arena)};
    outcome->built =
        document &&
        fit(arena, &ignored, listing->sheet, listing->shaper, listing->gallery, document, &fitted) &&
        !ignored.errors;
    outcome->pages = outcome->built ? fitted.pages->n : 0;
    if (document)
        put_grade(arena, listing, document, &outcome->text);
}

static void take_figures(void *context, size_t task, const struct outcome *outcome)
{
    struct listing *listing = context;
    listing->editions.at[task].pages = outcome->pages;
    listing->editions.at[task].grade = str_copy(listing->arena, buf_slice(&outcome->text));
}

static const char *edition_name(void *context, size_t task)
{
    return ((struct listing *)context)->editions.at[task].handout->id.p;
}

/* Counts the pages of all editions; without fonts or the standard style there are none to count. */
static void set_editions(struct arena *arena, struct listing *listing, const struct place *place)
{
    struct diags ignored = diags_new(arena);
    for (size_t i = 0; i < listing->editions.n; i++)
        lexicon_add(
            arena, &ignored, &listing->lexicons, place->content, listing->editions.at[i].edition->lang);
    listing->fontset = fontset_read(arena, &ignored, place->fonts);
    if (listing->fontset)
        listing->sheet = stylesheet_read(
            arena, &ignored, listing->fontset, place->styles, STR("standard"), PAPER_FROM_STYLE);
    if (listing->sheet) {
        listing->shaper = shaper_new(listing->fontset);
        listing->gallery = gallery_new();
        batch_run(&(struct batch){.count = listing->editions.n,
            .limits = limits_usual(),
            .context = listing,
            .work = examine_edition,
            .done = take_figures,
            .name = edition_name});
    }
    gallery_free(listing->gallery);
    shaper_free(listing->shaper);
    fontset_free(listing->fontset);
}

int list_run(struct arena *arena, const struct options *options, const char *program)
{
    struct report report = report_new(arena, stderr, options);
    struct diags diags = diags_new(arena);
    struct place place;
    struct listing listing = {.arena = arena};
    if (place_find(arena, &diags, options, program, &place)) {
        report_verbose(&report, "%s", place.content);
        listing.library = library_read(arena, &diags, place.content, options->clinic, (struct settings){0});
    }
    report_diags(&report, &diags);
    if (listing.library) {
        struct buf table = {0};
        add_editions(arena, &listing);
        set_editions(arena, &listing, &place);
        format_table(&listing, &table);
        standard_output(&report, buf_slice(&table));
        buf_free(&table);
    }
    return report_status(&report, !listing.library);
}
