#include "content/lexicon.h"

#include "base/file.h"
#include "config/schema.h"

#include <stddef.h>
#include <string.h>

enum { MOST_UNAVOIDABLE = 8 };

/* The lists of phrases that each lexicon has. */
static const struct list {
    const char *name;
    size_t offset;
} LISTS[] = {
    {"unavoidable", offsetof(struct lexicon, unavoidable)},
    {"generic-headings", offsetof(struct lexicon, generic_headings)},
    {"banned", offsetof(struct lexicon, banned)},
    {"placeholder", offsetof(struct lexicon, placeholder)},
    {"absolute", offsetof(struct lexicon, absolute)},
    {"claims", offsetof(struct lexicon, claims)},
    {"hard", offsetof(struct lexicon, hard)},
    {"treatment", offsetof(struct lexicon, treatment)},
    {"pronoun", offsetof(struct lexicon, pronoun)},
    {"benefit", offsetof(struct lexicon, benefit)},
    {"hedge", offsetof(struct lexicon, hedge)},
    {"reports", offsetof(struct lexicon, reports)},
    {"negation", offsetof(struct lexicon, negation)},
    {"negation-after", offsetof(struct lexicon, negation_after)},
    {"contrast", offsetof(struct lexicon, contrast)},
    {"harm", offsetof(struct lexicon, harm)},
    {"limits", offsetof(struct lexicon, limits)},
    {"imperative", offsetof(struct lexicon, imperative)},
    {"passive", offsetof(struct lexicon, passive)},
    {"address", offsetof(struct lexicon, address)},
    {"third-person", offsetof(struct lexicon, third_person)},
    {"acronyms", offsetof(struct lexicon, acronyms)},
    {"explains", offsetof(struct lexicon, explains)},
    {"apposition", offsetof(struct lexicon, apposition)},
    {"listing", offsetof(struct lexicon, listing)},
    {"defines", offsetof(struct lexicon, defines)},
    {"math", offsetof(struct lexicon, math)},
    {"caps", offsetof(struct lexicon, caps)},
    {"medicine", offsetof(struct lexicon, medicine)},
    {"medicine-safe", offsetof(struct lexicon, medicine_safe)},
    {"testimonial", offsetof(struct lexicon, testimonial)},
    {"aged", offsetof(struct lexicon, aged)},
    {"link-text", offsetof(struct lexicon, link_text)},
    {"numbers-allowed", offsetof(struct lexicon, numbers_allowed)},
    {"number-words", offsetof(struct lexicon, number_words)},
    {"percent", offsetof(struct lexicon, percent)},
    {"frequency", offsetof(struct lexicon, frequency)},
    {"mixed", offsetof(struct lexicon, mixed)},
    {"group", offsetof(struct lexicon, group)},
    {"time", offsetof(struct lexicon, time)},
    {"as-of", offsetof(struct lexicon, as_of)},
    {"no-treatment", offsetof(struct lexicon, no_treatment)},
    {"this-treatment", offsetof(struct lexicon, this_treatment)},
};

enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

static const struct choice FORMULAS[] = {{"english", 1}, {"spanish", 0}, {0}};

struct lexicon_file {
    int english;
    int long_word;
    const struct node *abbreviations, *statements;
    const struct node *lists[LIST_COUNT];
};

/* -- phrases */

struct phrase_file {
    struct str say, instead;
    bool negatable;
    const struct node *unless;
};

static const struct field PHRASE[] = {
    {"say", FIELD_TEXT, .offset = offsetof(struct phrase_file, say),
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY},
    {"instead", FIELD_TEXT, .offset = offsetof(struct phrase_file, instead)},
    {"negatable", FIELD_BOOL, .offset = offsetof(struct phrase_file, negatable)},
    {"unless", FIELD_NODE, .offset = offsetof(struct phrase_file, unless)},
    {0},
};

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
    const struct node *list = schema_list(decoder, file.unless, "unless");
    struct phrase *unless = ARENA_ARRAY(decoder->arena, struct phrase, list->n);
    for (size_t i = 0; i < list->n; i++)
        decode_phrase(decoder, list->items[i], true, &unless[i]);
    phrase->unless = unless;
    phrase->unless_count = list->n;
}

static void decode_phrases(
    const struct decoder *decoder, const struct node *node, const char *what, struct phrases *phrases)
{
    node = schema_list(decoder, node, what);
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
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY},
    {"topics", FIELD_NODE, .offset = offsetof(struct statement_file, topics)},
    {"any", FIELD_NODE, .offset = offsetof(struct statement_file, any), .flags = FIELD_REQUIRED},
    {0},
};

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
        file.statement.topic_count = schema_texts(decoder, file.topics, "topics", &file.statement.topics);
        decode_phrases(decoder, file.any, "any", &file.statement.any);
        lexicon->statements[i] = file.statement;
    }
}

/* -- a lexicon */

/* The fields of a lexicon: some of its own, then a node for each list. */
static void lexicon_fields(struct field *fields)
{
    enum { OWN = 4 };
    const struct field own[OWN] = {
        {"formulas", FIELD_CHOICE, .offset = offsetof(struct lexicon_file, english), .flags = FIELD_REQUIRED,
            .choices = FORMULAS},
        {"long-word", FIELD_INTEGER, .offset = offsetof(struct lexicon_file, long_word),
            .flags = FIELD_REQUIRED, .min = 2, .max = 9},
        {"abbreviations", FIELD_NODE, .offset = offsetof(struct lexicon_file, abbreviations),
            .flags = FIELD_REQUIRED},
        {"statements", FIELD_NODE, .offset = offsetof(struct lexicon_file, statements),
            .flags = FIELD_REQUIRED},
    };
    memcpy(fields, own, sizeof own);
    for (size_t i = 0; i < LIST_COUNT; i++)
        fields[OWN + i] = (struct field){LISTS[i].name, FIELD_NODE,
            .offset = offsetof(struct lexicon_file, lists) + i * sizeof(const struct node *),
            .flags = FIELD_REQUIRED};
}

static void decode_lexicon(const struct decoder *decoder, const struct node *node, struct lexicon *lexicon)
{
    struct field fields[LIST_COUNT + 5] = {0};
    struct lexicon_file *file = ARENA_NEW(decoder->arena, struct lexicon_file);
    lexicon_fields(fields);
    if (!schema_decode(decoder, node, fields, "a lexicon", file))
        return;
    lexicon->english = file->english;
    lexicon->long_word = file->long_word;
    lexicon->prose.syllables = file->english ? SYLLABLES_ENGLISH : SYLLABLES_SPANISH;
    struct str *abbreviations;
    size_t count = schema_texts(decoder, file->abbreviations, "abbreviations", &abbreviations);
    for (size_t i = 0; i < count; i++)
        abbreviations[i] = prose_fold(decoder->arena, abbreviations[i]);
    lexicon->prose.abbreviations = abbreviations;
    lexicon->prose.abbreviation_count = count;
    for (size_t i = 0; i < LIST_COUNT; i++)
        decode_phrases(
            decoder, file->lists[i], LISTS[i].name, (struct phrases *)((char *)lexicon + LISTS[i].offset));
    decode_statements(decoder, file->statements, lexicon);
    if (lexicon->unavoidable.n > MOST_UNAVOIDABLE)
        diag_at(decoder->diags, SEVERITY_ERROR, file->lists[0]->pos, "yaml-value",
            "%zu unavoidable terms are too many (%d at most: a longer list would hide a hard text)",
            lexicon->unavoidable.n, MOST_UNAVOIDABLE);
}

/* -- those of a run */

/* The entry of a language, or NULL. */
static const struct lexicon_entry *entry_of(const struct lexicons *lexicons, struct str lang)
{
    for (size_t i = 0; i < lexicons->list.n; i++)
        if (str_eq(lexicons->list.at[i].lang, lang))
            return &lexicons->list.at[i];
    return NULL;
}

/* NULL after an error. */
static const struct lexicon *read_lexicon(struct arena *arena, struct diags *diags, const char *path)
{
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return NULL;
    const struct decoder decoder = {.arena = arena, .diags = diags};
    struct lexicon *lexicon = ARENA_NEW(arena, struct lexicon);
    decode_lexicon(&decoder, root, lexicon);
    return diags->errors == errors ? lexicon : NULL;
}

bool lexicon_add(struct arena *arena, struct diags *diags, struct lexicons *lexicons,
    const char *content_root, struct str lang)
{
    size_t errors = diags->errors;
    if (entry_of(lexicons, lang))
        return true;
    struct lexicon_entry entry = {.lang = lang};
    struct str rest = lang, language = str_cut(&rest, '-');
    const char *path = path_join(arena, content_root, arena_printf(arena, "%.*s/check.yaml", STR_FMT(lang)));
    if (path_is_file(path)) {
        entry.lexicon = read_lexicon(arena, diags, path);
    } else if (language.n < lang.n) {
        lexicon_add(arena, diags, lexicons, content_root, language);
        entry.lexicon = lexicon_of(lexicons, language);
    }
    vec_push(arena, &lexicons->list, entry);
    return diags->errors == errors;
}

const struct lexicon *lexicon_of(const struct lexicons *lexicons, struct str lang)
{
    const struct lexicon_entry *entry = entry_of(lexicons, lang);
    return entry ? entry->lexicon : NULL;
}
