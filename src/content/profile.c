#include "content/profile.h"

#include "base/file.h"
#include "config/schema.h"

#include <stddef.h>
#include <string.h>

enum { MOST_UNAVOIDABLE = 8 };

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
    const struct node *rules, *styles, *notice_states, *languages;
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
    {"languages", FIELD_NODE, .offset = offsetof(struct profile_file, languages), .flags = FIELD_REQUIRED,
        .about = "What is looked for in each language."},
    {0},
};

/* The lists of phrases that each language has. */
static const struct list {
    const char *name;
    size_t offset;
    const char *about;
} LISTS[] = {
    {"unavoidable", offsetof(struct lexicon, unavoidable),
        "The unavoidable terms, eight at most, without which a text is judged."},
    {"generic-headings", offsetof(struct lexicon, generic_headings),
        "Headings that tell nothing: heading-vague."},
    {"banned", offsetof(struct lexicon, banned), "Praise and promises: word-banned."},
    {"placeholder", offsetof(struct lexicon, placeholder),
        "What stands for a text that is not written yet: placeholder."},
    {"absolute", offsetof(struct lexicon, absolute), "Absolute words: word-absolute."},
    {"claims", offsetof(struct lexicon, claims),
        "What makes a sentence one of benefit or safety: word-absolute."},
    {"hard", offsetof(struct lexicon, hard), "Hard words: word-hard."},
    {"treatment", offsetof(struct lexicon, treatment), "What names the treatment: benefit-unhedged."},
    {"pronoun", offsetof(struct lexicon, pronoun),
        "What stands for the treatment at the start of the next sentence: benefit-unhedged."},
    {"benefit", offsetof(struct lexicon, benefit), "What tells a benefit: benefit-unhedged, balance."},
    {"hedge", offsetof(struct lexicon, hedge), "What makes a benefit less than certain: benefit-unhedged."},
    {"reports", offsetof(struct lexicon, reports), "What makes a cited sentence a report: benefit-unhedged."},
    {"negation", offsetof(struct lexicon, negation), "Words that negate what follows."},
    {"negation-after", offsetof(struct lexicon, negation_after),
        "Words that negate what stands right before."},
    {"contrast", offsetof(struct lexicon, contrast), "Words that end a negation."},
    {"harm", offsetof(struct lexicon, harm), "Words of harm: balance."},
    {"limits", offsetof(struct lexicon, limits), "Words of limits: balance."},
    {"imperative", offsetof(struct lexicon, imperative),
        "How a sentence that tells the reader what to do begins: action-missing, word-absolute."},
    {"passive", offsetof(struct lexicon, passive), "Forms of passive sentences: passive."},
    {"address", offsetof(struct lexicon, address), "Words that speak to the reader: address-share."},
    {"third-person", offsetof(struct lexicon, third_person),
        "Phrases that speak past the reader: third-person."},
    {"acronyms", offsetof(struct lexicon, acronyms),
        "Words in capitals that need no explanation: acronym-unexplained."},
    {"explains", offsetof(struct lexicon, explains),
        "Words that explain anywhere in the sentence: acronym-unexplained, term-unexplained."},
    {"apposition", offsetof(struct lexicon, apposition),
        "Words that open an apposition behind a comma: acronym-unexplained, term-unexplained."},
    {"listing", offsetof(struct lexicon, listing),
        "Words that make a list of what looks like an apposition: acronym-unexplained, term-unexplained."},
    {"defines", offsetof(struct lexicon, defines),
        "Words that explain right behind the term: acronym-unexplained, term-unexplained."},
    {"math", offsetof(struct lexicon, math), "Phrases that leave a calculation to the reader: math-needed."},
    {"caps", offsetof(struct lexicon, caps), "Words that are always written in capitals: caps-run."},
    {"medicine", offsetof(struct lexicon, medicine), "Phrases that tell to stop a medicine: medicine-stop."},
    {"medicine-safe", offsetof(struct lexicon, medicine_safe),
        "What makes such a sentence safe: medicine-stop."},
    {"testimonial", offsetof(struct lexicon, testimonial), "Phrases of a patient's story: testimonial."},
    {"aged", offsetof(struct lexicon, aged), "Words between a name and an age: testimonial."},
    {"link-text", offsetof(struct lexicon, link_text),
        "Texts of links that do not say where they lead: link-text."},
    {"numbers-allowed", offsetof(struct lexicon, numbers_allowed),
        "Numbers that need no source: number-unbacked."},
    {"number-words", offsetof(struct lexicon, number_words), "Words that are numbers: number-unbacked."},
    {"percent", offsetof(struct lexicon, percent), "Percentages in words: the rules on numbers."},
    {"frequency", offsetof(struct lexicon, frequency), "Shares of 100: the rules on numbers."},
    {"mixed", offsetof(struct lexicon, mixed), "Other shares: the rules on numbers."},
    {"group", offsetof(struct lexicon, group), "In whom something was counted: the rules on numbers."},
    {"time", offsetof(struct lexicon, time), "By when something was counted: the rules on numbers."},
    {"as-of", offsetof(struct lexicon, as_of),
        "What dates a statement, with a month and a year behind it: as-of-old."},
    {"no-treatment", offsetof(struct lexicon, no_treatment),
        "What names no treatment in the table of choices: options-none."},
    {"this-treatment", offsetof(struct lexicon, this_treatment),
        "What names the treatment in the table of choices: options-this."},
};

enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

static const struct choice FORMULAS[] = {{"english", 1}, {"spanish", 0}, {0}};

struct language_file {
    int english;
    int long_word;
    const struct node *abbreviations, *statements;
    const struct node *lists[LIST_COUNT];
};

/* -- lists of texts and phrases */

static const struct node *checked_sequence(
    const struct decoder *decoder, const struct node *node, const char *what)
{
    static const struct node NOTHING = {.kind = NODE_SEQUENCE};
    if (!node || node->kind == NODE_SEQUENCE)
        return node ? node : &NOTHING;
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "'%s' must be a list", what);
    return &NOTHING;
}

static size_t decode_texts(
    const struct decoder *decoder, const struct node *node, const char *what, bool fold, struct str **texts)
{
    node = checked_sequence(decoder, node, what);
    *texts = ARENA_ARRAY(decoder->arena, struct str, node->n);
    for (size_t i = 0; i < node->n; i++) {
        schema_decode_value(decoder, node->items[i], &TEXT, &(*texts)[i]);
        if (fold)
            (*texts)[i] = prose_fold(decoder->arena, (*texts)[i]);
    }
    return node->n;
}

static void decode_phrases(
    const struct decoder *decoder, const struct node *node, const char *what, struct phrases *phrases);

struct phrase_file {
    struct str say, instead;
    bool negatable;
    const struct node *unless;
};

static const struct field PHRASE[] = {
    {"say", FIELD_TEXT, .offset = offsetof(struct phrase_file, say), .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "The phrase."},
    {"instead", FIELD_TEXT, .offset = offsetof(struct phrase_file, instead),
        .about = "What to write in its place."},
    {"negatable", FIELD_BOOL, .offset = offsetof(struct phrase_file, negatable), .usual = "false",
        .about = "true: it does not count where it is negated, or in a question."},
    {"unless", FIELD_NODE, .offset = offsetof(struct phrase_file, unless), .shape = SHAPE_LIST, .item = &TEXT,
        .about = "It does not count where one of these overlaps it."},
    {0},
};

static const struct field PHRASE_FIELD = {
    "phrase", FIELD_NODE, .shape = SHAPE_ONE_OR_RECORD, .item = &TEXT, .record = PHRASE};

/* A phrase is a text, or a mapping that also says what to write instead, or where it does not count. */
static void decode_phrase(
    const struct decoder *decoder, const struct node *node, bool plain, struct phrase *phrase)
{
    struct phrase_file file = {0};
    if (node->kind == NODE_SCALAR)
        file.say = node->text;
    else if (plain)
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "an exception must be a text");
    else
        schema_decode(decoder, node, PHRASE, "a phrase", &file);
    if (node->kind != NODE_SCALAR && !file.say.n)
        return; /* reported */
    phrase_read(decoder->arena, decoder->diags, file.say, node->pos, phrase);
    phrase->instead = file.instead;
    phrase->negatable = file.negatable;
    if (!file.unless)
        return;
    const struct node *list = checked_sequence(decoder, file.unless, "unless");
    struct phrase *unless = ARENA_ARRAY(decoder->arena, struct phrase, list->n);
    for (size_t i = 0; i < list->n; i++)
        decode_phrase(decoder, list->items[i], true, &unless[i]);
    phrase->unless = unless;
    phrase->unless_count = list->n;
}

static void decode_phrases(
    const struct decoder *decoder, const struct node *node, const char *what, struct phrases *phrases)
{
    node = checked_sequence(decoder, node, what);
    struct phrase *list = ARENA_ARRAY(decoder->arena, struct phrase, node->n);
    for (size_t i = 0; i < node->n; i++)
        decode_phrase(decoder, node->items[i], false, &list[i]);
    *phrases = (struct phrases){list, node->n};
}

/* -- statements */

struct statement_file {
    struct statement statement;
    const struct node *topics, *any;
};

static const struct field STATEMENT[] = {
    {"what", FIELD_TEXT, .offset = offsetof(struct statement_file, statement.what),
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY, .about = "What is to be said, for the message."},
    {"topics", FIELD_NODE, .offset = offsetof(struct statement_file, topics), .shape = SHAPE_LIST,
        .item = &TEXT, .about = "Ids of the handouts that it concerns.", .usual = "(all)"},
    {"any", FIELD_NODE, .offset = offsetof(struct statement_file, any), .flags = FIELD_REQUIRED,
        .shape = SHAPE_LIST, .item = &PHRASE_FIELD, .about = "Phrases of which one must stand somewhere."},
    {0},
};

static const struct field STATEMENT_FIELD = {"statement", FIELD_RECORD, .record = STATEMENT};

static void decode_statements(const struct decoder *decoder, const struct node *node, struct lexicon *lexicon)
{
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'statements' must be a mapping of names to statements");
        return;
    }
    lexicon->statements = ARENA_ARRAY(decoder->arena, struct statement, node->n);
    lexicon->statement_count = node->n;
    for (size_t i = 0; i < node->n; i++) {
        struct statement_file file = {0};
        schema_decode(decoder, node->items[i], STATEMENT, "a statement", &file);
        file.statement.topic_count =
            decode_texts(decoder, file.topics, "topics", false, &file.statement.topics);
        decode_phrases(decoder, file.any, "any", &file.statement.any);
        lexicon->statements[i] = file.statement;
    }
}

/* -- languages */

/* The fields of a language: some of its own, then a node for each list. */
static void language_fields(struct field *fields)
{
    enum { OWN = 4 };
    const struct field own[OWN] = {
        {"formulas", FIELD_CHOICE, .offset = offsetof(struct language_file, english), .flags = FIELD_REQUIRED,
            .choices = FORMULAS, .about = "How syllables are counted, and which rules of reading apply."},
        {"long-word", FIELD_INTEGER, .offset = offsetof(struct language_file, long_word),
            .flags = FIELD_REQUIRED, .min = 2, .max = 9,
            .about = "From how many syllables on a word is long."},
        {"abbreviations", FIELD_NODE, .offset = offsetof(struct language_file, abbreviations),
            .flags = FIELD_REQUIRED, .shape = SHAPE_LIST, .item = &TEXT,
            .about = "Texts that end with a full stop and do not end a sentence."},
        {"statements", FIELD_NODE, .offset = offsetof(struct language_file, statements),
            .flags = FIELD_REQUIRED, .shape = SHAPE_MAPPING, .item = &STATEMENT_FIELD,
            .about = "What a handout must say."},
    };
    memcpy(fields, own, sizeof own);
    for (size_t i = 0; i < LIST_COUNT; i++)
        fields[OWN + i] = (struct field){LISTS[i].name, FIELD_NODE,
            .offset = offsetof(struct language_file, lists) + i * sizeof(const struct node *),
            .flags = FIELD_REQUIRED, .shape = SHAPE_LIST, .item = &PHRASE_FIELD, .about = LISTS[i].about};
}

static void decode_language(const struct decoder *decoder, const struct node *node, struct lexicon *lexicon)
{
    struct field fields[LIST_COUNT + 5] = {0};
    struct language_file *file = ARENA_NEW(decoder->arena, struct language_file);
    language_fields(fields);
    if (!schema_decode(decoder, node, fields, "a language", file))
        return;
    lexicon->english = file->english;
    lexicon->long_word = file->long_word;
    lexicon->prose.syllables = file->english ? SYLLABLES_ENGLISH : SYLLABLES_SPANISH;
    struct str *abbreviations;
    lexicon->prose.abbreviation_count =
        decode_texts(decoder, file->abbreviations, "abbreviations", true, &abbreviations);
    lexicon->prose.abbreviations = abbreviations;
    for (size_t i = 0; i < LIST_COUNT; i++)
        decode_phrases(
            decoder, file->lists[i], LISTS[i].name, (struct phrases *)((char *)lexicon + LISTS[i].offset));
    decode_statements(decoder, file->statements, lexicon);
    if (lexicon->unavoidable.n > MOST_UNAVOIDABLE)
        diag_at(decoder->diags, SEVERITY_ERROR, file->lists[0]->pos, "yaml-value",
            "%zu unavoidable terms are too many (%d at most: a longer list would hide a hard text)",
            lexicon->unavoidable.n, MOST_UNAVOIDABLE);
}

/* -- rules */

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

static void decode_languages(const struct decoder *decoder, const struct node *node, struct profile *profile)
{
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'languages' must be a mapping of languages to what they look for");
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        struct lexicon *lexicon = ARENA_NEW(decoder->arena, struct lexicon);
        decode_language(decoder, node->items[i], lexicon);
        map_put(decoder->arena, &profile->lexicons, node->keys[i], lexicon);
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
        decode_texts(&decoder, file.notice_states, "notice-states", false, &profile->notice_states);
    decode_languages(&decoder, file.languages, profile);
    return diags->errors == errors ? profile : NULL;
}

const struct check_setting *profile_settings(const struct profile *profile, struct str style)
{
    const struct check_setting *settings = map_get(&profile->styles, style);
    return settings ? settings : profile->settings;
}

const struct lexicon *profile_lexicon(const struct profile *profile, struct str lang)
{
    const struct lexicon *lexicon = map_get(&profile->lexicons, lang);
    struct str rest = lang, language = str_cut(&rest, '-');
    return lexicon ? lexicon : map_get(&profile->lexicons, language);
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
    enum { RULES, STYLES, LANGUAGES = 4, KEYS = sizeof PROFILE / sizeof *PROFILE, PARTS = 4 };
    struct field *keys = ARENA_ARRAY(arena, struct field, KEYS), *file = ARENA_NEW(arena, struct field);
    struct field *languages = ARENA_ARRAY(arena, struct field, LIST_COUNT + 5);
    struct json_schema_part *list = ARENA_ARRAY(arena, struct json_schema_part, PARTS);
    language_fields(languages);
    memcpy(keys, PROFILE, sizeof PROFILE);
    keys[RULES].type = FIELD_RECORD;
    keys[RULES].record = rule_fields(arena, FIELD_REQUIRED);
    keys[STYLES].shape = keys[LANGUAGES].shape = SHAPE_MAPPING;
    keys[STYLES].item = record_field(arena, "rules", rule_fields(arena, 0));
    keys[LANGUAGES].item = record_field(arena, "language", languages);
    *file = (struct field){"Profile of handout check", FIELD_RECORD, .record = keys,
        .about = "The rules of `handout check`: content/check.yaml. See handout-check(5)."};
    list[0] = (struct json_schema_part){"setting", SETTING};
    list[1] = (struct json_schema_part){"statement", STATEMENT};
    list[2] = (struct json_schema_part){"phrase", PHRASE};
    *parts = list;
    return file;
}
