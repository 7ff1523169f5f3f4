#include "content/words.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "config/schema.h"
#include "content/name.h"

#include <stdarg.h>
#include <stddef.h>

enum { MONTHS = 12, NEEDED = FIELD_REQUIRED | FIELD_NONEMPTY };

/* What the file holds, the words first, so that offsets into them are offsets into this. */
struct words_file {
    struct words words;
    const struct node *months;
};

#define WORD(key, member, sentence)                                                                          \
    {                                                                                                        \
        key, FIELD_TEXT, .offset = offsetof(struct words, member), .flags = NEEDED, .about = (sentence)      \
    }

static const struct field CALLOUTS[] = {
    WORD("caution", callouts[CALLOUT_CAUTION], "The title of a call-out that says: call 911."),
    WORD("warning", callouts[CALLOUT_WARNING],
        "The title of a call-out that says: go to the emergency room now."),
    WORD("important", callouts[CALLOUT_IMPORTANT], "The title of a call-out that says: call us today."),
    WORD("note", callouts[CALLOUT_NOTE], "The title of a note."),
    WORD("tip", callouts[CALLOUT_TIP], "The title of a tip."),
    {0},
};

static const struct field STATES[] = {
    WORD("draft", state_draft, "Not reviewed."),
    WORD("reviewed", state_reviewed, "Reviewed."),
    {0},
};

static const struct field FIELDS[] = {
    WORD("patient", fields[DESK_PATIENT], "The patient's name: {{patient.name}}."),
    WORD("birth-date", fields[DESK_BIRTH_DATE], "The patient's date of birth: {{patient.birth-date}}."),
    WORD("visit", fields[DESK_VISIT], "The date of the visit: {{visit.date}}."),
    WORD("clinician", fields[DESK_CLINICIAN], "Who sees the patient: {{clinician.name}}."),
    {0},
};

static const struct field MONTH = {.name = "months", .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};

static const struct field WORDS[] = {
    {"callouts", FIELD_RECORD, .flags = NEEDED, .record = CALLOUTS,
        .about = "The titles of call-outs that have none of their own."},
    WORD("sources", sources, "The heading of the list of sources."),
    WORD("standard-sources", standard_sources, "The heading of the standard page's own sources."),
    {"state", FIELD_RECORD, .flags = NEEDED, .record = STATES,
        .about = "One word for the state of review: {{handout.state}}."},
    WORD("draft", draft, "The state of a draft in full."),
    WORD("reviewed", reviewed, "The state of what has been reviewed, with {by} and {on}."),
    WORD("version", version, "The handout's version, with {version} and {date}."),
    WORD("standard-version", standard_version, "The standard page's version, with {version} and {date}."),
    {"fields", FIELD_RECORD, .flags = NEEDED, .record = FIELDS,
        .about = "What the masthead calls that which the desk fills in for one patient."},
    WORD("blank", blank, "Read aloud for a blank to write on."),
    WORD("box", box, "Read aloud for a box to tick."),
    WORD("box-ticked", box_ticked, "Read aloud for a ticked box."),
    WORD("people", people, "Read aloud for a picture of people, with {total}, {filled} and {caption}."),
    WORD("qr", qr, "Read aloud for a QR code, with {address} and {caption}."),
    WORD("page", page, "A page's number, with {page} and {pages}: {{page-of-pages}}."),
    {"months", FIELD_NODE, .offset = offsetof(struct words_file, months), .flags = NEEDED,
        .shape = SHAPE_LIST, .item = &MONTH, .min = MONTHS, .max = MONTHS,
        .about = "The names of the months, from January on."},
    WORD("date", date, "A date, with {day}, {month} and {year}."),
    {0},
};

const struct field WORDS_FILE = {"Words of handout", FIELD_RECORD, .record = WORDS,
    .about = "The words that the program prints by itself in a language: content/LANG/words.yaml."};

/* The names in braces that each pattern must hold, and no others. */
static const struct pattern {
    const char *key;
    const char *names[4]; /* NULL-terminated */
} PATTERNS[] = {
    {"reviewed", {"by", "on"}},
    {"version", {"version", "date"}},
    {"standard-version", {"version", "date"}},
    {"people", {"filled", "total", "caption"}},
    {"qr", {"address", "caption"}},
    {"page", {"page", "pages"}},
    {"date", {"month", "day", "year"}},
};

/* Cuts `rest` behind the next {name} and gives the name and the text before it; false at the end. */
static bool next_name(struct str *rest, struct str *before, struct str *name)
{
    size_t open = str_find(*rest, "{", 0), close = open == SIZE_MAX ? SIZE_MAX : str_find(*rest, "}", open);
    if (close == SIZE_MAX)
        return false;
    *before = str_slice(*rest, 0, open);
    *name = str_slice(*rest, open + 1, close);
    *rest = str_slice(*rest, close + 1, rest->n);
    return true;
}

static bool is_among(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (str_is(name, *names))
            return true;
    return false;
}

static void check_pattern(struct diags *diags, const struct node *root, const struct pattern *pattern)
{
    const struct node *node = node_get(root, pattern->key);
    if (!node || node->kind != NODE_SCALAR)
        return;
    struct str rest = node->text, before, name;
    while (next_name(&rest, &before, &name))
        if (!is_among(name, pattern->names))
            diag_at(diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' cannot hold '{%.*s}'", pattern->key,
                STR_FMT(name));
    struct arena *scratch = arena_new();
    for (size_t i = 0; pattern->names[i]; i++)
        if (str_find(node->text, arena_printf(scratch, "{%s}", pattern->names[i]), 0) == SIZE_MAX)
            diag_at(diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' must hold '{%s}'", pattern->key,
                pattern->names[i]);
    arena_free(scratch);
}

static void decode_months(const struct decoder *decoder, const struct node *node, struct words *words)
{
    if (node->kind != NODE_SEQUENCE || node->n != MONTHS) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value",
            "'months' must be a list of %d names", MONTHS);
        return;
    }
    for (size_t i = 0; i < MONTHS; i++)
        schema_decode_value(decoder, node->items[i], &MONTH, &words->months[i]);
}

static char *words_path(struct arena *arena, const char *content_root, struct str lang)
{
    return path_join(arena, content_root, arena_printf(arena, "%.*s/words.yaml", STR_FMT(lang)));
}

struct words *words_read(struct arena *arena, struct diags *diags, const char *content_root, struct str lang)
{
    if (!name_is_lang(lang)) {
        diag_file(diags, SEVERITY_ERROR, NULL, "lang-invalid",
            "'%.*s' is no language tag (write 'en' or 'es')", STR_FMT(lang));
        return NULL;
    }
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, words_path(arena, content_root, lang));
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return NULL;
    struct words_file *file = ARENA_NEW(arena, struct words_file);
    const struct decoder decoder = {.arena = arena, .diags = diags};
    schema_decode(&decoder, root, WORDS, "a file of words", file);
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        check_pattern(diags, root, &PATTERNS[i]);
    if (file->months)
        decode_months(&decoder, file->months, &file->words);
    file->words.lang = str_copy(arena, lang);
    return diags->errors == errors ? &file->words : NULL;
}

struct words_entry {
    const struct words *words;
    const char *path;
    bool traced; /* is its hash known? */
    struct hash128 hash;
};

struct words_kept {
    struct arena *arena;
    struct map by_lang; /* → struct words_entry * */
};

struct words_kept *words_keep(struct arena *arena)
{
    struct words_kept *kept = ARENA_NEW(arena, struct words_kept);
    kept->arena = arena;
    return kept;
}

const struct words *words_of(struct words_kept *kept, struct arena *arena, struct diags *diags,
    const char *content_root, struct str lang)
{
    if (!kept)
        return words_read(arena, diags, content_root, lang);
    struct words_entry *entry = map_get(&kept->by_lang, lang);
    if (entry && (entry->traced || !diags->trace)) {
        trace_hash(diags->trace, entry->path, entry->hash);
        return entry->words;
    }
    size_t said = diags->list.n;
    struct arena *own = arena_new();
    const struct words *words = words_read(own, diags, content_root, lang);
    bool good = words && diags->list.n == said;
    arena_adopt(good ? kept->arena : arena, own); /* what is wrong with it is told by its text */
    if (!good)
        return words;
    entry = ARENA_NEW(kept->arena, struct words_entry);
    entry->words = words;
    entry->path = words_path(kept->arena, content_root, lang);
    const struct input *input = diags->trace ? trace_find(diags->trace, entry->path) : NULL;
    if (input) {
        entry->traced = true;
        entry->hash = input->hash;
    }
    map_put(kept->arena, &kept->by_lang, words->lang, entry);
    return words;
}

struct str words_date(struct arena *arena, const struct words *words, struct date date)
{
    if (date.year == 0)
        return STR("");
    return words_fill(arena, words->date, "month", words->months[date.month - 1], "day",
        str_printf(arena, "%d", date.day), "year", str_printf(arena, "%d", date.year), (char *)NULL);
}

/* The value of a name among pairs, or `otherwise`. */
static struct str find_value(struct str name, struct str otherwise, va_list pairs)
{
    va_list rest;
    va_copy(rest, pairs);
    struct str found = otherwise;
    for (const char *key; (key = va_arg(rest, const char *)) != NULL;) {
        struct str value = va_arg(rest, struct str);
        if (str_is(name, key))
            found = value;
    }
    va_end(rest);
    return found;
}

struct str words_fill(struct arena *arena, struct str pattern, ...)
{
    struct buf filled = {0};
    struct str rest = pattern, before, name;
    va_list pairs;
    va_start(pairs, pattern);
    while (next_name(&rest, &before, &name)) {
        struct str braced =
            str_slice(pattern, (size_t)(name.p - pattern.p) - 1, (size_t)(rest.p - pattern.p));
        buf_str(&filled, before);
        buf_str(&filled, find_value(name, braced, pairs));
    }
    va_end(pairs);
    buf_str(&filled, rest);
    struct str result = str_copy(arena, buf_slice(&filled));
    buf_free(&filled);
    return result;
}
