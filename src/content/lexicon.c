#include "content/lexicon.h"

#include "base/file.h"
#include "config/schema.h"

#include <stddef.h>
#include <string.h>

enum { MOST_UNAVOIDABLE = 8 };

static const struct field TEXT = {.name = "an item", .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};

/* The lists of phrases that each lexicon has. */
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

enum { OWN = 4, LIST_COUNT = sizeof LISTS / sizeof *LISTS, FIELD_COUNT = OWN + LIST_COUNT };

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
            schema_texts(decoder, file.topics, "topics", &TEXT, &file.statement.topics);
        decode_phrases(decoder, file.any, "any", &file.statement.any);
        lexicon->statements[i] = file.statement;
    }
}

/* -- a lexicon */

/* The fields of a lexicon: some of its own, then a node for each list. */
static void lexicon_fields(struct field *fields)
{
    const struct field own[OWN] = {
        {"formulas", FIELD_CHOICE, .offset = offsetof(struct lexicon_file, english), .flags = FIELD_REQUIRED,
            .choices = FORMULAS, .about = "How syllables are counted, and which rules of reading apply."},
        {"long-word", FIELD_INTEGER, .offset = offsetof(struct lexicon_file, long_word),
            .flags = FIELD_REQUIRED, .min = 2, .max = 9,
            .about = "From how many syllables on a word is long."},
        {"abbreviations", FIELD_NODE, .offset = offsetof(struct lexicon_file, abbreviations),
            .flags = FIELD_REQUIRED, .shape = SHAPE_LIST, .item = &TEXT,
            .about = "Texts that end with a full stop and do not end a sentence."},
        {"statements", FIELD_NODE, .offset = offsetof(struct lexicon_file, statements),
            .flags = FIELD_REQUIRED, .shape = SHAPE_MAPPING, .item = &STATEMENT_FIELD,
            .about = "What a handout must say."},
    };
    memcpy(fields, own, sizeof own);
    for (size_t i = 0; i < LIST_COUNT; i++)
        fields[OWN + i] = (struct field){LISTS[i].name, FIELD_NODE,
            .offset = offsetof(struct lexicon_file, lists) + i * sizeof(const struct node *),
            .flags = FIELD_REQUIRED, .shape = SHAPE_LIST, .item = &PHRASE_FIELD, .about = LISTS[i].about};
}

static void decode_lexicon(const struct decoder *decoder, const struct node *node, struct lexicon *lexicon)
{
    struct field fields[FIELD_COUNT + 1] = {0};
    struct lexicon_file *file = ARENA_NEW(decoder->arena, struct lexicon_file);
    lexicon_fields(fields);
    if (!schema_decode(decoder, node, fields, "a lexicon", file))
        return;
    lexicon->english = file->english;
    lexicon->long_word = file->long_word;
    lexicon->prose.syllables = file->english ? SYLLABLES_ENGLISH : SYLLABLES_SPANISH;
    struct str *abbreviations;
    size_t count = schema_texts(decoder, file->abbreviations, "abbreviations", &TEXT, &abbreviations);
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

/* -- for editors */

const struct field *lexicon_schema(struct arena *arena, const struct json_schema_part **parts)
{
    enum { PARTS = 3 };
    struct field *keys = ARENA_ARRAY(arena, struct field, FIELD_COUNT + 1);
    struct field *file = ARENA_NEW(arena, struct field);
    struct json_schema_part *list = ARENA_ARRAY(arena, struct json_schema_part, PARTS);
    lexicon_fields(keys);
    *file = (struct field){"Lexicon of handout check", FIELD_RECORD, .record = keys,
        .about =
            "What `handout check` looks for in a language: content/LANG/check.yaml. See handout-check(5)."};
    list[0] = (struct json_schema_part){"statement", STATEMENT};
    list[1] = (struct json_schema_part){"phrase", PHRASE};
    *parts = list;
    return file;
}
