#include "run/report_schema.h"

#include "base/json.h"

/* A member of a line. */
struct member {
    const char *name;  /* NULL ends the list */
    const char *value; /* what it is, as a JSON Schema without its braces */
    bool optional;     /* it is left out where there is nothing to say */
    const char *about;
};

#define TEXT     "\"type\":\"string\""
#define COUNT    "\"type\":\"integer\",\"minimum\":0"
#define ORDINAL  "\"type\":\"integer\",\"minimum\":1"
#define NUMBER   "\"type\":\"number\""
#define ONE_OF   "\"enum\":"
#define NUMBERS  "\"type\":\"array\",\"items\":{" ORDINAL "}"
#define FIGURES  "\"$ref\":\"#/$defs/reading\""
#define SECTIONS "\"type\":\"array\",\"items\":{" FIGURES ",\"required\":[\"title\"]}"

static const struct member RUN[] = {
    {"schema", "\"const\":1", false,
        "The version of this schema. Within a version members and kinds of lines may be added; "
        "nothing else changes."},
    {"program", "\"const\":\"handout\"", false, "The program's name."},
    {"version", TEXT, false, "The program's version."},
    {"command", ONE_OF "[\"build\",\"check\"]", false, "What it does."},
    {0},
};

/* Which result it is; optional where a line may concern none. */
#define TASK(is_optional)                                                                                    \
    {"result", TEXT, is_optional, "The name of a result: osteoarthritis-en."},                               \
        {"handout", TEXT, true, "The id of its topic; a bare Markdown file has none."},                      \
        {"source", TEXT, is_optional, "The definition or the Markdown file that it is made from."},          \
        {"language", TEXT, is_optional, "Its language."},                                                    \
    {                                                                                                        \
        "style", TEXT, is_optional, "The name of its style sheet."                                           \
    }

static const struct member DIAGNOSTIC[] = {
    {"number", ORDINAL, false, "Counts the diagnostics of the run."},
    {"severity", ONE_OF "[\"error\",\"warning\",\"note\"]", false, "How bad it is."},
    {"machine", "\"type\":\"boolean\"", false,
        "Is it a fault of the machine (disk, memory), and no author's mistake?"},
    {"code", "\"type\":\"string\",\"pattern\":\"^[a-z]+(-[a-z]+)*$\"", false,
        "What is wrong, as a word that never changes: see handout(1) and handout-check(5)."},
    {"message", TEXT, false, "The same as a sentence; what to do about it stands in brackets."},
    {"file", TEXT, true, "The file that it concerns, as its path was given."},
    {"line", ORDINAL, true, "The line, from 1."},
    {"column", ORDINAL, true, "The column, from 1, in characters."},
    {"width", ORDINAL, true, "How many characters it concerns from there."},
    {"excerpt", TEXT, true, "The text of the line."},
    {"reason", TEXT, true, "Why a rule is one."},
    {"basis", TEXT, true, "Where the rule comes from."},
    TASK(true),
    {0},
};

static const struct member RESULT[] = {
    TASK(false),
    {"status", ONE_OF "[\"built\",\"current\",\"checked\",\"failed\"]", false,
        "What became of it: built anew, up to date already, judged without an error, or not to be had."},
    {"pages", ORDINAL, true, "How many pages it has."},
    {"bytes", ORDINAL, true, "The size of its PDF."},
    {"file", TEXT, true, "Where its PDF is, unless it went to standard output."},
    {"diagnostics", NUMBERS, false,
        "The numbers of the diagnostics that concern it. Those of what handouts share are told once, and "
        "concern several."},
    {0},
};

static const struct member FIGURES_LINE[] = {
    TASK(false),
    {"pages", ORDINAL, true, "How many pages it has."},
    {"whole", FIGURES, true, "The figures of all of the text, if there is any that is judged."},
    {"sections", SECTIONS, false, "Those of each section that has text."},
    {0},
};

static const struct member SUMMARY[] = {
    {"asked", COUNT, false, "How many results were asked for."},
    {"good", COUNT, false, "How many of them are there, or were judged without an error."},
    {"errors", COUNT, false, "How many errors there were, faults of the machine among them."},
    {"warnings", COUNT, false, "How many warnings there were, with those that are not shown."},
    {"status", "\"type\":\"integer\",\"minimum\":0,\"maximum\":4", false, "The exit status."},
    {0},
};

static const struct member READING[] = {
    {"title", TEXT, true, "The heading of the section; the whole has none."},
    {"words", COUNT, false, "Words."},
    {"sentences", ORDINAL, false, "Sentences."},
    {"flesch_kincaid", NUMBER, true, "English: the Flesch-Kincaid grade."},
    {"flesch_kincaid_plain", NUMBER, true, "The same without the unavoidable terms."},
    {"smog", NUMBER, true, "English: the SMOG grade, without these terms."},
    {"reading_ease", NUMBER, true, "English: the Flesch reading ease."},
    {"inflesz", NUMBER, true, "Spanish: the INFLESZ score."},
    {"inflesz_plain", NUMBER, true, "The same without the unavoidable terms."},
    {"fernandez_huerta", NUMBER, true, "Spanish: the score of Fernández Huerta."},
    {"words_per_sentence", NUMBER, false, "The mean."},
    {"long_words", NUMBER, false, "Percent of the words that are long."},
    {"passive", NUMBER, false, "Percent of the sentences that are passive."},
    {"address", NUMBER, false, "Percent of the words that speak to the reader."},
    {0},
};

/* The kinds of lines, and behind them what is only a part of one. */
static const struct {
    const char *type, *about;
    const struct member *members;
    bool is_part;
} LINES[] = {
    {"run", "The first line.", RUN, false},
    {"diagnostic", "What is wrong, in the order of the results.", DIAGNOSTIC, false},
    {"figures", "How hard a text is to read: only check, and not with --quiet.", FIGURES_LINE, false},
    {"result", "What became of a result, behind its diagnostics.", RESULT, false},
    {"summary", "The last line; a report without it is not whole.", SUMMARY, false},
    {"reading", "The figures of a text.", READING, true},
};

enum { LINE_COUNT = sizeof LINES / sizeof *LINES };

static void put_value(struct json *json, const char *name, const char *value, const char *about)
{
    json_key(json, name);
    buf_printf(json->out, "{%s", value);
    if (about) {
        buf_text(json->out, ",\"description\":");
        json_string(json->out, str_from(about));
    }
    buf_char(json->out, '}');
}

static void put_line(struct json *json, size_t number)
{
    const struct member *members = LINES[number].members;
    json_open(json, LINES[number].type, '{');
    json_text(json, "description", LINES[number].about);
    json_text(json, "type", "object");
    json_open(json, "properties", '{');
    if (!LINES[number].is_part) {
        json_key(json, "type");
        buf_printf(json->out, "{\"const\":\"%s\"}", LINES[number].type);
    }
    for (const struct member *member = members; member->name; member++)
        put_value(json, member->name, member->value, member->about);
    json_close(json, '}');
    json_open(json, "required", '[');
    if (!LINES[number].is_part)
        json_text(json, NULL, "type");
    for (const struct member *member = members; member->name; member++)
        if (!member->optional)
            json_text(json, NULL, member->name);
    json_close(json, ']');
    json_close(json, '}');
}

void report_schema_put(struct buf *out)
{
    struct json json = {.out = out, .spread = true};
    json_open(&json, NULL, '{');
    json_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_text(&json, "title", "report");
    json_text(&json, "description", "A line of what 'handout build' and 'check' report with --format json.");
    json_open(&json, "oneOf", '[');
    for (size_t i = 0; i < LINE_COUNT; i++)
        if (!LINES[i].is_part) {
            json_key(&json, NULL);
            buf_printf(out, "{\"$ref\":\"#/$defs/%s\"}", LINES[i].type);
        }
    json_close(&json, ']');
    json_open(&json, "$defs", '{');
    for (size_t i = 0; i < LINE_COUNT; i++)
        put_line(&json, i);
    json_close(&json, '}');
    json_close(&json, '}');
    buf_char(out, '\n');
}
