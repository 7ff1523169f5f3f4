#include "content/variables.h"

#include "base/buf.h"
#include "content/clinic.h"
#include "content/name.h"

#include <string.h>

const char *const DESK_VARIABLES[DESK_FIELDS] = {[DESK_PATIENT] = "patient.name",
    [DESK_BIRTH_DATE] = "patient.birth-date",
    [DESK_VISIT] = "visit.date",
    [DESK_CLINICIAN] = "clinician.name"};
static const char *const DESK_NAMESPACES[] = {"patient.", "visit.", "clinician."};

struct definer {
    struct arena *arena;
    const struct settings *settings; /* or NULL */
    const struct words *words;       /* or NULL */
    struct str lang;
    struct map *variables;
};

static const struct str *setting_of(const struct definer *definer, struct str name)
{
    return definer->settings ? map_get(&definer->settings->values, name) : NULL;
}

/* Defines a variable, by its setting if there is one. */
static void define(const struct definer *definer, struct str name, struct str value)
{
    const struct str *setting = setting_of(definer, name);
    struct str *kept = ARENA_NEW(definer->arena, struct str);
    *kept = schema_line(definer->arena, setting ? *setting : value);
    map_put(definer->arena, definer->variables, name, kept);
}

static struct str join(const struct definer *definer, struct str path, struct str name)
{
    char *joined = arena_alloc(definer->arena, path.n + 1 + name.n + 1);
    memcpy(joined, path.p, path.n);
    joined[path.n] = '.';
    memcpy(joined + path.n + 1, name.p, name.n);
    return (struct str){joined, path.n + 1 + name.n};
}

/* What a path of the clinic profile is called beneath a list: the item's id, or its number from 1. */
static struct str item_name(const struct definer *definer, const struct node *list, size_t at)
{
    const struct node *id = node_get(list->items[at], "id");
    if (id && id->kind == NODE_SCALAR && name_is_variable_part(id->text))
        return id->text;
    return str_printf(definer->arena, "%zu", at + 1);
}

static bool is_by_language(const struct node *node)
{
    for (size_t i = 0; i < node->n; i++)
        if (!name_is_lang(node->keys[i]) || node->items[i]->kind != NODE_SCALAR)
            return false;
    return node->n > 0;
}

/* Defines the path of a mapping by language as its text in the current language, or in that without its
 * region. */
static void define_translated(const struct definer *definer, const struct node *node, struct str path)
{
    struct str rest = definer->lang, language = str_cut(&rest, '-');
    struct str key = node_get_str(node, definer->lang) ? definer->lang : language;
    const struct str *value = variables_get(definer->variables, join(definer, path, key));
    if (value || setting_of(definer, path))
        define(definer, path, value ? *value : STR(""));
}

static void define_node(const struct definer *definer, const struct node *node, struct str path)
{
    if (node->kind == NODE_SCALAR) {
        define(definer, path, node->text);
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        struct str name = node->kind == NODE_MAPPING ? node->keys[i] : item_name(definer, node, i);
        define_node(definer, node->items[i], join(definer, path, name));
    }
    if (node->kind == NODE_MAPPING && is_by_language(node))
        define_translated(definer, node, path);
}

static struct str date_text(const struct definer *definer, struct date date)
{
    if (definer->words)
        return words_date(definer->arena, definer->words, date);
    return date.year ? str_printf(definer->arena, "%04d-%02d-%02d", date.year, date.month, date.day)
                     : STR("");
}

static void define_clinic(const struct definer *definer, const struct clinic *clinic)
{
    define_node(definer, clinic->root, STR("clinic"));
    /* A date is printed as the language writes it, whether it comes from the file or from a setting. */
    struct str *updated = ARENA_NEW(definer->arena, struct str);
    *updated = date_text(definer, clinic->standard_updated);
    map_put(definer->arena, definer->variables, STR("clinic.prices.updated"), updated);
}

static void define_handout(
    const struct definer *definer, const struct handout *handout, const struct edition *edition)
{
    const struct words *words = definer->words;
    bool reviewed = edition && edition->state == STATE_REVIEWED;
    define(definer, STR("handout.id"), handout ? handout->id : STR(""));
    define(definer, STR("handout.version"), handout ? handout->version : STR(""));
    define(definer, STR("handout.updated"), handout ? date_text(definer, handout->updated) : STR(""));
    define(definer, STR("handout.title"), edition ? edition->title : STR(""));
    define(definer, STR("handout.purpose"), edition ? edition->purpose : STR(""));
    define(definer, STR("handout.state"),
        !words     ? STR("")
        : reviewed ? words->state_reviewed
                   : words->state_draft);
}

bool variables_is_desk(struct str name)
{
    for (size_t i = 0; i < sizeof DESK_NAMESPACES / sizeof *DESK_NAMESPACES; i++)
        if (str_starts(name, DESK_NAMESPACES[i]))
            return true;
    return false;
}

static bool is_desk_date(enum desk_field field)
{
    return field == DESK_BIRTH_DATE || field == DESK_VISIT;
}

static void define_desk(const struct definer *definer)
{
    for (int field = 0; field < DESK_FIELDS; field++) {
        struct str name = str_from(DESK_VARIABLES[field]);
        define(definer, name, STR(""));
        struct str *value = map_get(definer->variables, name);
        struct date date;
        *value = str_trim(*value);
        if (is_desk_date((enum desk_field)field) && date_parse(*value, &date))
            *value = date_text(definer, date);
    }
}

struct map *variables_for(struct arena *arena, const struct library *library, const struct handout *handout,
    const struct edition *edition, const struct words *words, struct str lang)
{
    struct definer definer = {.arena = arena,
        .settings = library ? &library->settings : NULL,
        .words = words,
        .lang = lang,
        .variables = ARENA_NEW(arena, struct map)};
    for (const char *const *name = CLINIC_VARIABLES; *name; name++)
        define(&definer, str_from(*name), STR(""));
    if (library)
        define_clinic(&definer, &library->clinic);
    define_handout(&definer, handout, edition);
    define_desk(&definer);
    return definer.variables;
}

const struct str *variables_get(const struct map *variables, struct str name)
{
    return map_get(variables, name);
}

struct str variables_nearest(const struct map *variables, struct str name)
{
    return map_nearest(variables, name);
}

/* Does a path without its language name a mapping by language? */
static bool is_translated(const struct map *known, struct str path)
{
    for (size_t i = 0; i < known->n; i++) {
        struct str key = known->entries[i].key;
        if (key.n > path.n && str_eq(str_slice(key, 0, path.n), path) && key.p[path.n] == '.' &&
            name_is_lang(str_slice(key, path.n + 1, key.n)))
            return true;
    }
    return false;
}

static void report_unknown(struct diags *diags, const struct map *known, struct str name)
{
    struct str nearest = variables_nearest(known, name);
    if (nearest.n)
        diag_file(diags, SEVERITY_ERROR, NULL, "variable-unknown",
            "a setting names the unknown variable '%.*s' (did you mean '%.*s'?)", STR_FMT(name),
            STR_FMT(nearest));
    else if (variables_is_desk(name))
        diag_file(diags, SEVERITY_ERROR, NULL, "variable-unknown",
            "a setting names the unknown variable '%.*s' (the desk's are %s, %s, %s, and %s)", STR_FMT(name),
            DESK_VARIABLES[0], DESK_VARIABLES[1], DESK_VARIABLES[2], DESK_VARIABLES[3]);
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "variable-unknown",
            "a setting names the unknown variable '%.*s' (a clinic's own ones stand under 'extra' in its "
            "profile)",
            STR_FMT(name));
}

/* Is it written as a date, with digits and hyphens in their places? */
static bool looks_like_date(struct str text)
{
    static const char shape[] = "0000-00-00";
    bool alike = text.n == sizeof shape - 1;
    for (size_t i = 0; alike && i < text.n; i++)
        alike = shape[i] == '0' ? ascii_is_digit(text.p[i]) : text.p[i] == shape[i];
    return alike;
}

static bool check_desk_dates(struct diags *diags, const struct map *settings)
{
    bool good = true;
    for (int field = 0; field < DESK_FIELDS; field++) {
        const struct str *value = map_get(settings, str_from(DESK_VARIABLES[field]));
        struct date date;
        if (!value || !is_desk_date((enum desk_field)field) || !looks_like_date(str_trim(*value)) ||
            date_parse(str_trim(*value), &date))
            continue;
        good = false;
        diag_file(diags, SEVERITY_ERROR, NULL, "setting-invalid",
            "the setting '%s' is a date that no calendar has (write 2026-11-20, or the date in words)",
            DESK_VARIABLES[field]);
    }
    return good;
}

bool variables_check_settings(struct arena *arena, struct diags *diags, const struct library *library)
{
    const struct map *settings = &library->settings.values;
    if (!settings->n)
        return true;
    const struct map *known = variables_for(arena, library, NULL, NULL, NULL, STR("en"));
    bool good = check_desk_dates(diags, settings);
    for (size_t i = 0; i < settings->n; i++) {
        struct str name = settings->entries[i].key;
        if (variables_get(known, name) || is_translated(known, name))
            continue;
        report_unknown(diags, known, name);
        good = false;
    }
    return good;
}
