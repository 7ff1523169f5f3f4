#include "content/profile.h"

#include "base/file.h"
#include "config/schema.h"
#include "content/prose.h"

#include <stddef.h>
#include <string.h>

static const struct choice SEVERITIES[] = {
    {"off", CHECK_OFF}, {"note", CHECK_NOTE}, {"warning", CHECK_WARNING}, {"error", CHECK_ERROR}, {0}};

struct setting_file {
    struct check_setting setting;
    int severity;
    bool has_severity, has_limit;
};

static const struct field SETTING[] = {
    {"severity", FIELD_CHOICE, .offset = offsetof(struct setting_file, severity), .choices = SEVERITIES,
        .presence = offsetof(struct setting_file, has_severity),
        .about = "How severe a finding is; off switches the rule off."},
    {"limit", FIELD_NUMBER, .offset = offsetof(struct setting_file, setting.limit), .min = 0, .max = 10000,
        .presence = offsetof(struct setting_file, has_limit),
        .about = "Beyond it a finding has the rule's severity."},
    {"warn", FIELD_NUMBER, .offset = offsetof(struct setting_file, setting.warn), .min = 0, .max = 10000,
        .presence = offsetof(struct setting_file, setting.has_warn),
        .about = "Milder than the limit: beyond it there is a warning."},
    {0},
};

struct profile_file {
    const struct node *rules, *styles, *notice_states;
    struct str emergency;
};

static const struct field TEXT = {.name = "an item", .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};

static const struct field PROFILE[] = {
    {"rules", FIELD_NODE, .offset = offsetof(struct profile_file, rules), .flags = FIELD_REQUIRED,
        .about = "Every rule, with its severity and limit; handout-check(5) explains them."},
    {"styles", FIELD_NODE, .offset = offsetof(struct profile_file, styles),
        .about = "Other settings of rules for a style sheet, by its name."},
    {"emergency", FIELD_TEXT, .offset = offsetof(struct profile_file, emergency),
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "The number to call in an emergency, which the CAUTION call-out must name."},
    {"notice-states", FIELD_NODE, .offset = offsetof(struct profile_file, notice_states), .shape = SHAPE_LIST,
        .item = &TEXT, .about = "States that demand a notice, as two capital letters each."},
    {0},
};

static void unknown_rule(const struct decoder *decoder, struct str code, struct pos pos)
{
    struct str near = check_rule_near(decoder->arena, code);
    diag_at(decoder->diags, SEVERITY_ERROR, pos, "yaml-key-unknown", "unknown rule '%.*s'%s%.*s%s",
        STR_FMT(code), near.n ? " (did you mean '" : "", STR_FMT(near), near.n ? "'?)" : "");
}

/* A warning beyond which there is no error would never be seen. */
static void check_order(const struct decoder *decoder, const struct node *node, enum check_measure measure,
    const struct check_setting *setting)
{
    bool wrong =
        measure == CHECK_MEASURE_MOST ? setting->warn > setting->limit : setting->warn < setting->limit;
    if (setting->has_warn && wrong)
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value",
            "'warn' must be milder than 'limit' (%s)", measure == CHECK_MEASURE_MOST ? "less" : "more");
}

static void decode_setting(const struct decoder *decoder, const struct node *node, enum check_rule rule,
    bool whole, struct check_setting *setting)
{
    const struct check_rule_text *text = &CHECK_RULE_TEXTS[rule];
    struct setting_file file = {.setting = *setting, .severity = (int)setting->severity};
    size_t errors = decoder->diags->errors;
    if (!schema_decode(decoder, node, SETTING, "a rule", &file))
        return;
    file.setting.severity = (enum check_severity)file.severity;
    if (whole && !file.has_severity)
        diag_at(
            decoder->diags, SEVERITY_ERROR, node->pos, "yaml-key-missing", "a rule needs the key 'severity'");
    if (whole && text->measure != CHECK_MEASURE_NONE && !file.has_limit && file.severity != CHECK_OFF)
        diag_at(
            decoder->diags, SEVERITY_ERROR, node->pos, "yaml-key-missing", "this rule needs the key 'limit'");
    if (text->measure == CHECK_MEASURE_NONE && (file.has_limit || file.setting.has_warn))
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-key-unknown", "this rule has no limit");
    if (decoder->diags->errors == errors)
        check_order(decoder, node, text->measure, &file.setting);
    *setting = file.setting;
}

/* `whole`: each rule must be there, so that none is off by oversight. */
static void decode_rules(
    const struct decoder *decoder, const struct node *node, bool whole, struct check_setting *settings)
{
    bool seen[CHECK_RULE_COUNT] = {0};
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "rules must be a mapping of codes");
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        enum check_rule rule = check_rule_of(node->keys[i]);
        if (rule == CHECK_RULE_COUNT) {
            unknown_rule(decoder, node->keys[i], node->key_poses[i]);
            continue;
        }
        seen[rule] = true;
        decode_setting(decoder, node->items[i], rule, whole, &settings[rule]);
    }
    for (size_t rule = 0; whole && rule < CHECK_RULE_COUNT; rule++)
        if (!seen[rule])
            diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-key-missing",
                "the rule '%s' is missing (to switch it off, write '%s: {severity: off}')",
                CHECK_RULE_TEXTS[rule].code, CHECK_RULE_TEXTS[rule].code);
}

static void decode_styles(const struct decoder *decoder, const struct node *node, struct profile *profile)
{
    if (!node)
        return;
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'styles' must be a mapping of styles to rules");
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        struct check_setting *settings = ARENA_ARRAY(decoder->arena, struct check_setting, CHECK_RULE_COUNT);
        memcpy(settings, profile->settings, sizeof profile->settings);
        decode_rules(decoder, node->items[i], false, settings);
        map_put(decoder->arena, &profile->styles, node->keys[i], settings);
    }
}

struct profile *profile_read(struct arena *arena, struct diags *diags, const char *path)
{
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return NULL;
    const struct decoder decoder = {.arena = arena, .diags = diags};
    struct profile_file file = {0};
    if (!schema_decode(&decoder, root, PROFILE, "a profile", &file))
        return NULL;
    struct profile *profile = ARENA_NEW(arena, struct profile);
    profile->emergency = prose_fold(arena, file.emergency);
    decode_rules(&decoder, file.rules, true, profile->settings);
    decode_styles(&decoder, file.styles, profile);
    profile->notice_state_count =
        schema_texts(&decoder, file.notice_states, "notice-states", &TEXT, &profile->notice_states);
    return diags->errors == errors ? profile : NULL;
}

const struct check_setting *profile_settings(const struct profile *profile, struct str style)
{
    const struct check_setting *settings = map_get(&profile->styles, style);
    return settings ? settings : profile->settings;
}

/* -- for editors */

/* A field for each rule, with why there is such a rule. */
static const struct field *rule_fields(struct arena *arena, unsigned flags)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, CHECK_RULE_COUNT + 1);
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        fields[i] = (struct field){CHECK_RULE_TEXTS[i].code, FIELD_RECORD, .record = SETTING, .flags = flags,
            .about = arena_printf(arena, "Why: %s.", CHECK_RULE_TEXTS[i].reason)};
    return fields;
}

static struct field *record_field(struct arena *arena, const char *name, const struct field *fields)
{
    struct field *field = ARENA_NEW(arena, struct field);
    *field = (struct field){name, FIELD_RECORD, .record = fields};
    return field;
}

const struct field *profile_schema(struct arena *arena, const struct json_schema_part **parts)
{
    enum { RULES, STYLES, KEYS = sizeof PROFILE / sizeof *PROFILE, PARTS = 2 };
    struct field *keys = ARENA_ARRAY(arena, struct field, KEYS), *file = ARENA_NEW(arena, struct field);
    struct json_schema_part *list = ARENA_ARRAY(arena, struct json_schema_part, PARTS);
    memcpy(keys, PROFILE, sizeof PROFILE);
    keys[RULES].type = FIELD_RECORD;
    keys[RULES].record = rule_fields(arena, FIELD_REQUIRED);
    keys[STYLES].shape = SHAPE_MAPPING;
    keys[STYLES].item = record_field(arena, "rules", rule_fields(arena, 0));
    *file = (struct field){"Profile of handout check", FIELD_RECORD, .record = keys,
        .about = "The rules of `handout check`: content/check.yaml. See handout-check(5)."};
    list[0] = (struct json_schema_part){"setting", SETTING};
    *parts = list;
    return file;
}
