#include "run/report_parts.h"

#include "base/utf8.h"
#include "content/check_rules.h"
#include "run/codes.h"

#include <stdlib.h>
#include <string.h>

/* SARIF 2.1.0 (OASIS, with errata 01): one run. A finding at a place is a result; one without a place, or a
 * fault of the machine, is a notification, since code scanning refuses results that are nowhere. */

static const char SCHEMA[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

struct sarif {
    struct arena *arena;
    const struct report *report;
    struct json json;
    VEC(const struct finding *) rules; /* the first finding of each code, sorted by code */
    struct map prints;                 /* fingerprint → struct times */
};

struct times {
    size_t n;
};

/* Where a finding stands: its own file, or what its first result is made from. NULL: nowhere. */
static const char *file_of(const struct finding *finding)
{
    if (finding->diag.file)
        return finding->diag.file;
    return finding->tasks.n ? report_source(finding->tasks.at[0]) : NULL;
}

static bool is_result(const struct finding *finding)
{
    return finding->diag.severity != SEVERITY_MACHINE && file_of(finding);
}

static void put_message(struct json *json, const char *key, const char *text)
{
    json_open(json, key, '{');
    json_text(json, "text", text);
    json_close(json, '}');
}

/* -- places */

/* Appends a path as a part of a URI (RFC 3986): its bytes, whatever their encoding. */
static void put_uri(struct buf *out, const char *path)
{
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (ascii_is_alpha(c) || ascii_is_digit(c) || strchr("-._~/", c))
            buf_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

/* The URI of a file, and whether it is relative to the folder of the sources. */
static const char *uri_of(struct arena *arena, const char *file, bool *relative)
{
    const char *whole, *path = report_path(arena, file, &whole);
    struct buf uri = {0};
    *relative = path != NULL;
    buf_text(&uri, path ? "" : "file://");
    put_uri(&uri, path ? path : whole);
    const char *text = str_dup(arena, buf_slice(&uri));
    buf_free(&uri);
    return text;
}

/* The marked part of the excerpt; empty if nothing is. */
static struct str marked_part(const struct diag *diag)
{
    struct str line = str_from(diag->excerpt);
    size_t at = 0, index = 1, from = line.n;
    if (!diag->column || !diag->width)
        return STR("");
    for (; at < line.n && index < diag->column + diag->width; index++) {
        if (index == diag->column)
            from = at;
        utf8_next(line, &at);
    }
    return str_slice(line, from, at);
}

static void put_snippet(struct json *json, struct str text)
{
    json_open(json, "snippet", '{');
    json_str(json, "text", text);
    json_close(json, '}');
}

static void put_region(struct json *json, const struct diag *diag)
{
    json_open(json, "region", '{');
    json_size(json, "startLine", diag->line);
    if (diag->column) {
        json_size(json, "startColumn", diag->column);
        json_size(json, "endLine", diag->line);
        json_size(json, "endColumn", diag->column + diag->width); /* that of the character behind it */
    }
    if (diag->excerpt && diag->column && diag->width)
        put_snippet(json, marked_part(diag));
    json_close(json, '}');
    if (!diag->excerpt || !diag->column)
        return;
    json_open(json, "contextRegion", '{');
    json_size(json, "startLine", diag->line);
    put_snippet(json, str_from(diag->excerpt));
    json_close(json, '}');
}

static void put_locations(struct sarif *sarif, const struct finding *finding)
{
    struct json *json = &sarif->json;
    const char *file = file_of(finding);
    bool relative;
    json_open(json, "locations", '[');
    json_open(json, NULL, '{');
    json_open(json, "physicalLocation", '{');
    json_open(json, "artifactLocation", '{');
    json_text(json, "uri", uri_of(sarif->arena, file, &relative));
    if (relative)
        json_text(json, "uriBaseId", "%SRCROOT%");
    json_close(json, '}');
    if (file == finding->diag.file && finding->diag.line)
        put_region(json, &finding->diag);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, ']');
}

/* -- rules */

static const char *level_of(enum severity severity)
{
    return report_severity(severity); /* SARIF's words are these, too */
}

static int compare_codes(const void *left, const void *right)
{
    const struct finding *const *a = left, *const *b = right;
    return strcmp((*a)->diag.code, (*b)->diag.code);
}

static void find_rules(struct sarif *sarif)
{
    struct map known = {0};
    for (size_t i = 0; i < sarif->report->findings.n; i++) {
        struct finding *finding = sarif->report->findings.at[i];
        struct str code = str_from(finding->diag.code);
        if (!is_result(finding) || map_get(&known, code))
            continue;
        map_put(sarif->arena, &known, code, finding);
        vec_push(sarif->arena, &sarif->rules, finding);
    }
    if (sarif->rules.n)
        qsort(sarif->rules.at, sarif->rules.n, sizeof *sarif->rules.at, compare_codes);
}

static size_t rule_index(const struct sarif *sarif, const struct finding *finding)
{
    const struct finding *const *found =
        bsearch(&finding, sarif->rules.at, sarif->rules.n, sizeof *sarif->rules.at, compare_codes);
    return (size_t)(found - (const struct finding *const *)sarif->rules.at);
}

/* Appends a text as a sentence. */
static void put_sentence(struct buf *out, const char *text)
{
    size_t start = out->n;
    buf_text(out, text);
    if (out->n > start && out->p[start] >= 'a' && out->p[start] <= 'z')
        out->p[start] = (char)(out->p[start] - 'a' + 'A');
    if (!str_ends(buf_slice(out), "."))
        buf_char(out, '.');
}

static void put_help(struct json *json, const char *code)
{
    enum check_rule rule = check_rule_of(str_from(code));
    struct buf help = {0};
    put_sentence(&help, codes_meaning(code));
    if (rule == CHECK_RULE_COUNT) {
        buf_text(&help, " See handout(1).");
    } else {
        const struct check_rule_text *text = &CHECK_RULE_TEXTS[rule];
        if (text->fix[0]) {
            buf_text(&help, " What to do: ");
            buf_text(&help, text->fix);
            buf_char(&help, '.');
        }
        if (text->basis[0])
            buf_printf(&help, " Basis: %s.", text->basis);
        buf_text(&help, " See handout-check(5).");
    }
    put_message(json, "help", help.p);
    buf_free(&help);
}

/* "NotReviewed" of "not-reviewed". */
static void put_rule_name(struct json *json, const char *code)
{
    struct buf name = {0};
    bool starts = true;
    for (; *code; code++) {
        bool lower = *code >= 'a' && *code <= 'z';
        if (*code != '-')
            buf_char(&name, starts && lower ? (char)(*code - 'a' + 'A') : *code);
        starts = *code == '-';
    }
    json_str(json, "name", buf_slice(&name));
    buf_free(&name);
}

static void put_rule(struct json *json, const struct finding *first)
{
    const char *code = first->diag.code;
    struct buf meaning = {0};
    put_sentence(&meaning, codes_meaning(code));
    json_open(json, NULL, '{');
    json_text(json, "id", code);
    put_rule_name(json, code);
    put_message(json, "shortDescription", meaning.p);
    put_message(json, "fullDescription", meaning.p);
    put_help(json, code);
    json_open(json, "defaultConfiguration", '{');
    json_text(json, "level", level_of(first->diag.severity));
    json_close(json, '}');
    json_close(json, '}');
    buf_free(&meaning);
}

static void put_tool(struct sarif *sarif)
{
    struct json *json = &sarif->json;
    json_open(json, "tool", '{');
    json_open(json, "driver", '{');
    json_text(json, "name", "handout");
    json_text(json, "version", HANDOUT_VERSION);
    json_text(json, "semanticVersion", HANDOUT_VERSION);
    json_open(json, "rules", '[');
    for (size_t i = 0; i < sarif->rules.n; i++)
        put_rule(json, sarif->rules.at[i]);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

/* -- notifications and results */

static void put_notifications(struct sarif *sarif)
{
    struct json *json = &sarif->json;
    json_open(json, "toolExecutionNotifications", '[');
    for (size_t i = 0; i < sarif->report->findings.n; i++) {
        const struct finding *finding = sarif->report->findings.at[i];
        if (is_result(finding))
            continue;
        json_open(json, NULL, '{');
        json_open(json, "descriptor", '{');
        json_text(json, "id", finding->diag.code);
        json_close(json, '}');
        put_message(json, "message", finding->diag.message);
        json_text(json, "level", level_of(finding->diag.severity));
        if (file_of(finding))
            put_locations(sarif, finding);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* A run with a notification of an error is no success (SARIF 2.1.0, 3.20.21); findings in the texts are what
 * it is for. */
static bool has_succeeded(const struct report *report)
{
    for (size_t i = 0; i < report->findings.n; i++)
        if (!is_result(report->findings.at[i]) && report->findings.at[i]->diag.severity >= SEVERITY_ERROR)
            return false;
    return !report->machine_errors;
}

static void put_invocation(struct sarif *sarif, int status)
{
    struct json *json = &sarif->json;
    json_open(json, "invocations", '[');
    json_open(json, NULL, '{');
    json_bool(json, "executionSuccessful", has_succeeded(sarif->report));
    json_size(json, "exitCode", (size_t)status);
    put_notifications(sarif);
    json_close(json, '}');
    json_close(json, ']');
}

/* What tells a finding from others when lines have moved: its code, its file, its line's text and what is
 * marked in it, and of several that are alike, which it is. */
static void put_fingerprint(struct sarif *sarif, const struct diag *diag, const char *uri)
{
    struct str line = diag->excerpt ? str_trim(str_from(diag->excerpt)) : str_from(diag->message);
    struct str key = str_printf(sarif->arena, "%s\n%s\n%.*s\n%.*s", diag->code, uri, STR_FMT(line),
        STR_FMT(diag->excerpt ? marked_part(diag) : STR("")));
    struct times *times = map_get(&sarif->prints, key);
    if (!times) {
        times = ARENA_NEW(sarif->arena, struct times);
        map_put(sarif->arena, &sarif->prints, key, times);
    }
    times->n++;
    uint64_t hash = hash_bytes(key.p, key.n);
    json_open(&sarif->json, "partialFingerprints", '{');
    json_text(&sarif->json, "handoutFinding/v1",
        arena_printf(sarif->arena, "%08lx%08lx:%zu", (unsigned long)(hash >> 32),
            (unsigned long)(hash & 0xFFFFFFFF), times->n));
    json_close(&sarif->json, '}');
}

static void put_result(struct sarif *sarif, const struct finding *finding)
{
    struct json *json = &sarif->json;
    bool relative;
    json_open(json, NULL, '{');
    json_text(json, "ruleId", finding->diag.code);
    json_size(json, "ruleIndex", rule_index(sarif, finding));
    json_text(json, "level", level_of(finding->diag.severity));
    put_message(json, "message", finding->diag.message);
    put_locations(sarif, finding);
    put_fingerprint(sarif, &finding->diag, uri_of(sarif->arena, file_of(finding), &relative));
    if (finding->tasks.n) {
        json_open(json, "properties", '{');
        json_open(json, "handouts", '[');
        for (size_t i = 0; i < finding->tasks.n; i++)
            json_str(json, NULL, report_name(finding->tasks.at[i]));
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, '}');
}

void report_sarif(const struct report *report, int status, struct buf *out)
{
    struct sarif sarif = {.arena = arena_new(), .report = report, .json = {.out = out, .spread = true}};
    struct json *json = &sarif.json;
    find_rules(&sarif);
    json_open(json, NULL, '{');
    json_text(json, "$schema", SCHEMA);
    json_text(json, "version", "2.1.0");
    json_open(json, "runs", '[');
    json_open(json, NULL, '{');
    put_tool(&sarif);
    put_invocation(&sarif, status);
    json_text(json, "columnKind", "unicodeCodePoints");
    json_open(json, "results", '[');
    for (size_t i = 0; i < report->findings.n; i++)
        if (is_result(report->findings.at[i]))
            put_result(&sarif, report->findings.at[i]);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    buf_char(out, '\n');
    arena_free(sarif.arena);
}
