#include "run/manifest.h"

#include "base/file.h"
#include "base/json.h"

#include <stdlib.h>

/* Raised when a member changes its meaning or goes; others may come. */
#define SCHEMA_VERSION "1"

/* The members of a line, in order: two keywords of JSON Schema with their values, and what is meant. */
static const struct member {
    const char *name;
    struct {
        const char *name, *value;
    } keywords[2];
    const char *about;
} MEMBERS[] = {
    {"file", {{"type", "\"string\""}},
        "The PDF, relative to the output folder; '-' on standard output. Bytes of its name that are not "
        "UTF-8 are U+FFFD."},
    {"schema", {{"const", SCHEMA_VERSION}}, "The version of this schema."},
    {"handout", {{"type", "[\"string\", \"null\"]"}}, "The topic's id; null for a bare Markdown file."},
    {"language", {{"type", "\"string\""}}, "As in 'en'."},
    {"edition", {{"type", "\"string\""}}, "The name of the style sheet, as in 'standard'."},
    {"paper", {{"enum", "[\"letter\", \"a4\", \"half-letter\", \"a5\"]"}}, "The size of a page."},
    {"version", {{"type", "[\"string\", \"null\"]"}},
        "The handout's version, by its definition; null for a bare Markdown file."},
    {"standard_version", {{"type", "[\"string\", \"null\"]"}},
        "The version of the standard page, by the clinic profile; null for a bare Markdown file, which has "
        "no such page, and where a setting gave another one."},
    {"status", {{"enum", "[\"built\", \"failed\"]"}},
        "'built': the PDF is there as the input wants it, written now or by an earlier run. 'failed': it is "
        "not; an older one may be there still."},
    {"pages", {{"type", "[\"integer\", \"null\"]"}, {"minimum", "1"}}, "How many it has; null if it failed."},
    {"size", {{"type", "[\"integer\", \"null\"]"}, {"minimum", "1"}}, "Bytes of the PDF; null if it failed."},
    {"sha256", {{"type", "[\"string\", \"null\"]"}, {"pattern", "\"^[0-9a-f]{64}$\""}},
        "Of the PDF; null if it failed, and where the handout is about one patient (patient.*, visit.*, or "
        "clinician.* were set), since a name can be guessed from it."},
};

enum { MEMBER_COUNT = sizeof MEMBERS / sizeof *MEMBERS };

/* What failed has no figures, and what was built has them. */
static const char IS_FAILED[] = "{\"properties\": {\"status\": {\"const\": \"failed\"}}}";
static const char NO_FIGURES[] =
    "{\"properties\": {\"pages\": {\"type\": \"null\"}, \"size\": {\"type\": \"null\"}, "
    "\"sha256\": {\"type\": \"null\"}}}";
static const char FIGURES[] =
    "{\"properties\": {\"pages\": {\"type\": \"integer\"}, \"size\": {\"type\": \"integer\"}}}";

static void put_text(struct json *json, const char *key, struct str text, bool known)
{
    if (known)
        json_str(json, key, text);
    else
        json_raw(json, key, "null");
}

static void put_size(struct json *json, const char *key, size_t value, bool known)
{
    if (known)
        json_size(json, key, value);
    else
        json_raw(json, key, "null");
}

static struct str hexadecimal(struct arena *arena, const struct sha256 *hash)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * SHA256_SIZE + 1);
    for (size_t i = 0; i < SHA256_SIZE; i++) {
        text[2 * i] = digits[hash->bytes[i] >> 4];
        text[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    return str_from(text);
}

/* Is the standard page's version what the clinic profile says? */
static bool knows_standard(const struct library *library, const struct task *task)
{
    return task->handout && !map_get(&library->settings.values, STR("clinic.prices.version"));
}

void manifest_add(struct manifest *manifest, const struct library *library, const struct task *task,
    const struct outcome *outcome, bool built)
{
    const struct handout *handout = task->handout;
    bool standard = knows_standard(library, task), hashed = built && outcome->hashed;
    struct buf line = {0};
    struct json json = {.out = &line};
    json_open(&json, NULL, '{');
    json_str(&json, "file", task->path ? path_base(task->path) : STR("-"));
    json_raw(&json, "schema", SCHEMA_VERSION);
    put_text(&json, "handout", handout ? handout->id : STR(""), handout);
    json_str(&json, "language", task->lang);
    json_str(&json, "edition", stylesheet_name(task->sheet));
    json_text(&json, "paper", stylesheet_paper(task->sheet));
    put_text(&json, "version", handout ? handout->version : STR(""), handout);
    put_text(&json, "standard_version", standard ? library->clinic.standard_version : STR(""), standard);
    json_text(&json, "status", built ? "built" : "failed");
    put_size(&json, "pages", outcome->pages, built);
    put_size(&json, "size", outcome->bytes, built);
    put_text(&json, "sha256", hashed ? hexadecimal(manifest->arena, &outcome->sha256) : STR(""), hashed);
    json_close(&json, '}');
    vec_push(manifest->arena, &manifest->lines, str_copy(manifest->arena, buf_slice(&line)));
    buf_free(&line);
}

static int compare_lines(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The lines are sorted, and not the names in them, since `sort` compares lines: a quotation mark ends a name
 * there. */
void manifest_put(struct manifest *manifest, struct buf *out)
{
    if (manifest->lines.n)
        qsort(manifest->lines.at, manifest->lines.n, sizeof *manifest->lines.at, compare_lines);
    for (size_t i = 0; i < manifest->lines.n; i++) {
        buf_str(out, manifest->lines.at[i]);
        buf_char(out, '\n');
    }
}

void manifest_schema(struct buf *out)
{
    struct json json = {.out = out, .spread = true};
    json_open(&json, NULL, '{');
    json_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_text(&json, "title", "A line of the manifest that 'handout build --manifest' writes");
    json_text(&json, "type", "object");
    json_open(&json, "properties", '{');
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const struct member *member = &MEMBERS[i];
        json_open(&json, member->name, '{');
        json_text(&json, "description", member->about);
        for (size_t k = 0; k < 2 && member->keywords[k].name; k++)
            json_raw(&json, member->keywords[k].name, member->keywords[k].value);
        json_close(&json, '}');
    }
    json_close(&json, '}');
    json_open(&json, "required", '[');
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        json_text(&json, NULL, MEMBERS[i].name);
    json_close(&json, ']');
    json_raw(&json, "if", IS_FAILED);
    json_raw(&json, "then", NO_FIGURES);
    json_raw(&json, "else", FIGURES);
    json_close(&json, '}');
    buf_char(out, '\n');
}
