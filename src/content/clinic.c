#include "content/clinic.h"

#include "base/file.h"
#include "config/schema.h"
#include "content/name.h"

#include <stddef.h>

/* The profile as its file has it. Texts that can be given by language stay nodes: variables.c reads them. */
struct profile {
    struct clinic clinic;
    struct str text; /* decoded for its checks only: read as a variable */
    const struct node *name, *tagline, *address, *conflict, *cell_source, *extra;
    const struct node *items, *refund;
};

struct price {
    struct str id;
    const struct node *label, *amount;
};

const char *const CLINIC_VARIABLES[] = {"clinic.sample", "clinic.name", "clinic.tagline", "clinic.address",
    "clinic.phone.day", "clinic.phone.after-hours", "clinic.web", "clinic.logo", "clinic.state",
    "clinic.notice", "clinic.conflict", "clinic.cell-source", "clinic.prices.version",
    "clinic.prices.updated", "clinic.prices.refund", NULL};

#define CLINIC(member)  .offset = offsetof(struct profile, clinic.member)
#define PROFILE(member) .offset = offsetof(struct profile, member)

static const struct field TEXT = {"text", FIELD_TEXT, .offset = 0};

/* A text, or one for each language. */
#define TEXTS .shape = SHAPE_ONE_OR_MAPPING, .item = &TEXT, .pattern = NAME_LANG_PATTERN

static const struct field PHONE[] = {
    {"day", FIELD_TEXT, PROFILE(text), .about = "The number to call by day: {{clinic.phone.day}}."},
    {"after-hours", FIELD_TEXT, PROFILE(text),
        .about = "The number for nights and weekends: {{clinic.phone.after-hours}}."},
    {0},
};

static const struct field PRICE_FIELDS[] = {
    {"id", FIELD_TEXT, .offset = offsetof(struct price, id), .flags = FIELD_REQUIRED,
        .pattern = NAME_VARIABLE_PATTERN,
        .about = "The name of the price in variables: {{clinic.prices.items.ID.amount}}."},
    {"label", FIELD_NODE, .offset = offsetof(struct price, label), .flags = FIELD_REQUIRED, TEXTS,
        .about = "What it is called."},
    {"amount", FIELD_NODE, .offset = offsetof(struct price, amount), TEXTS,
        .about = "How much it costs, with its currency; empty prints a blank to write on."},
    {0},
};

static const struct field PRICE = {"price", FIELD_RECORD, .record = PRICE_FIELDS};

static const struct field PRICES[] = {
    {"version", FIELD_TEXT, CLINIC(standard_version), .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "The version of the standard page on risks and cost; raise it with each change."},
    {"updated", FIELD_DATE, CLINIC(standard_updated), .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "The date of the standard page."},
    {"items", FIELD_NODE, PROFILE(items), .flags = FIELD_BLANK, .shape = SHAPE_LIST, .item = &PRICE,
        .about = "What patients pay for."},
    {"refund", FIELD_NODE, PROFILE(refund), TEXTS, .about = "What is paid back, and when."},
    {0},
};

static const struct field FIELDS[] = {
    {"sample", FIELD_BOOL, CLINIC(sample), .usual = "false",
        .about = "true: this clinic does not exist, and `--publish` refuses it."},
    {"name", FIELD_NODE, PROFILE(name), .flags = FIELD_REQUIRED, TEXTS,
        .about = "The clinic's name: {{clinic.name}}."},
    {"tagline", FIELD_NODE, PROFILE(tagline), TEXTS, .about = "A line about the clinic."},
    {"address", FIELD_NODE, PROFILE(address), TEXTS, .about = "Where the clinic is."},
    {"phone", FIELD_RECORD, .record = PHONE, .about = "How to reach the clinic."},
    {"web", FIELD_TEXT, PROFILE(text), .about = "The clinic's web address."},
    {"logo", FIELD_TEXT, CLINIC(logo), .about = "The clinic's picture, a file beneath the content folder."},
    {"state", FIELD_TEXT, CLINIC(state), .pattern = "^([A-Z]{2})?$",
        .about = "The two capital letters of the state, which decides what notice is demanded."},
    {"notice", FIELD_TEXT, CLINIC(notice),
        .about = "A Markdown file beneath the content folder with the notice that the state demands."},
    {"conflict", FIELD_NODE, PROFILE(conflict), TEXTS, .about = "Who earns by the treatment."},
    {"cell-source", FIELD_NODE, PROFILE(cell_source), TEXTS, .about = "Where the cells come from."},
    {"prices", FIELD_RECORD, .flags = FIELD_REQUIRED, .record = PRICES,
        .about = "Prices, with the version of the standard page that prints them."},
    {"extra", FIELD_NODE, PROFILE(extra), .about = "Variables of the clinic's own: {{clinic.extra.NAME}}."},
    {0},
};

const struct field CLINIC_FILE = {"Clinic profile of handout", FIELD_RECORD, .record = FIELDS,
    .about = "What a clinic fills in: content/clinic.yaml. An empty value prints a blank to write on."};

/* The states, the District of Columbia and the territories (USPS Publication 28, appendix B). */
static const char *const STATES[] = {"AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI",
    "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV",
    "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT",
    "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI", NULL};

static bool is_state(struct str text)
{
    for (const char *const *state = STATES; *state; state++)
        if (str_is(text, *state))
            return true;
    return false;
}

/* A text, or a mapping from languages to texts. NULL is allowed: the key is absent. */
static void check_text(struct diags *diags, const struct node *node, const char *key)
{
    if (!node || node->kind == NODE_SCALAR)
        return;
    if (node->kind == NODE_SEQUENCE) {
        diag_at(diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'%s' must be a text, or a text for each language", key);
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        if (!name_is_lang(node->keys[i]))
            diag_at(diags, SEVERITY_ERROR, node->key_poses[i], "lang-invalid",
                "'%.*s' is no language (under '%s' stands a text, or a text for each language)",
                STR_FMT(node->keys[i]), key);
        else if (node->items[i]->kind != NODE_SCALAR)
            diag_at(diags, SEVERITY_ERROR, node->items[i]->pos, "yaml-type",
                "'%s' must be a text in each language", key);
    }
}

static void check_id(struct arena *arena, struct diags *diags, struct map *ids, struct str id, struct pos pos)
{
    if (!name_is_variable_part(id))
        diag_at(diags, SEVERITY_ERROR, pos, "id-invalid", "'%.*s' is no id (use letters, digits and hyphens)",
            STR_FMT(id));
    else if (map_put(arena, ids, id, arena)) /* any value: only keys matter */
        diag_at(diags, SEVERITY_ERROR, pos, "id-duplicate", "the id '%.*s' is here twice", STR_FMT(id));
}

static void check_prices(const struct decoder *decoder, const struct node *items)
{
    struct map ids = {0};
    if (items->kind == NODE_SCALAR && items->text.n == 0)
        return;
    if (items->kind != NODE_SEQUENCE) {
        diag_at(decoder->diags, SEVERITY_ERROR, items->pos, "yaml-type", "'items' must be a list");
        return;
    }
    for (size_t i = 0; i < items->n; i++) {
        struct price price = {0};
        schema_decode(decoder, items->items[i], PRICE_FIELDS, "a price", &price);
        check_text(decoder->diags, price.label, "label");
        check_text(decoder->diags, price.amount, "amount");
        const struct node *id = node_get(items->items[i], "id");
        if (id && id->kind == NODE_SCALAR)
            check_id(decoder->arena, decoder->diags, &ids, id->text, id->pos);
    }
}

/* A clinic's own values may have any shape, but what they are called must do as a variable's name. */
static void check_extra(struct arena *arena, struct diags *diags, const struct node *node)
{
    struct map ids = {0};
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == NODE_MAPPING && !name_is_variable_part(node->keys[i]))
            diag_at(diags, SEVERITY_ERROR, node->key_poses[i], "variable-name",
                "'%.*s' cannot be part of a variable's name (use letters, digits, '-' and '_')",
                STR_FMT(node->keys[i]));
        const struct node *id = node->kind == NODE_SEQUENCE ? node_get(node->items[i], "id") : NULL;
        if (id && id->kind == NODE_SCALAR)
            check_id(arena, diags, &ids, id->text, id->pos);
        check_extra(arena, diags, node->items[i]);
    }
}

/* The value of a setting in place of the file's; the setting has no position. */
static void apply_text(const struct settings *settings, const char *name, struct str *text, struct pos *pos)
{
    const struct str *value = map_get(&settings->values, str_from(name));
    if (!value)
        return;
    *text = *value;
    if (pos)
        *pos = (struct pos){0};
}

/* `sample` has no setting: a sample clinic stays one until someone edits its profile. */
static void apply_settings(struct diags *diags, const struct settings *settings, struct clinic *clinic)
{
    struct str updated = STR("");
    apply_text(settings, "clinic.logo", &clinic->logo, &clinic->logo_pos);
    apply_text(settings, "clinic.notice", &clinic->notice, &clinic->notice_pos);
    apply_text(settings, "clinic.state", &clinic->state, &clinic->state_pos);
    apply_text(settings, "clinic.prices.version", &clinic->standard_version, NULL);
    apply_text(settings, "clinic.prices.updated", &updated, NULL);
    if (updated.n && !date_parse(updated, &clinic->standard_updated))
        diag_file(diags, SEVERITY_ERROR, NULL, "setting-invalid",
            "the setting 'clinic.prices.updated' must be a date such as 2026-11-20");
    if (!clinic->state.n || is_state(clinic->state))
        return;
    if (clinic->state_pos.source)
        diag_at(diags, SEVERITY_ERROR, clinic->state_pos, "clinic-state",
            "this is no state (write its two capital letters, such as CA)");
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "clinic-state",
            "the setting 'clinic.state' is no state (write its two capital letters, such as CA)");
}

static struct pos pos_of(const struct node *root, const char *key)
{
    const struct node *node = node_get(root, key);
    return node ? node->pos : (struct pos){0};
}

bool clinic_read(struct arena *arena, struct diags *diags, const char *path, const struct settings *settings,
    struct clinic *clinic)
{
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return false;
    struct profile profile = {.clinic = {.root = root, .path = path}};
    const struct decoder decoder = {.arena = arena, .diags = diags};
    schema_decode(&decoder, root, FIELDS, "a clinic profile", &profile);
    check_text(diags, profile.name, "name");
    check_text(diags, profile.tagline, "tagline");
    check_text(diags, profile.address, "address");
    check_text(diags, profile.conflict, "conflict");
    check_text(diags, profile.cell_source, "cell-source");
    check_text(diags, profile.refund, "refund");
    if (profile.items)
        check_prices(&decoder, profile.items);
    if (profile.extra)
        check_extra(arena, diags, profile.extra);
    *clinic = profile.clinic;
    clinic->sample_pos = pos_of(root, "sample");
    clinic->logo_pos = pos_of(root, "logo");
    clinic->notice_pos = pos_of(root, "notice");
    clinic->state_pos = pos_of(root, "state");
    apply_settings(diags, settings, clinic);
    return diags->errors == errors;
}
