#include "run/schemas.h"

#include "content/bibliography.h"
#include "content/clinic.h"
#include "content/glossary.h"
#include "content/handout.h"
#include "content/lexicon.h"
#include "content/profile.h"
#include "content/words.h"
#include "design/font.h"
#include "design/sheet_schema.h"
#include "run/manifest.h"
#include "run/report.h"
#include "run/report_schema.h"
#include "run/standard.h"

#include <string.h>

/* The kinds of files: a table of fields, or what makes one; or what writes the schema of what is no YAML. */
static const struct kind {
    const char *name;
    const struct field *file;
    const struct field *(*make)(struct arena *arena, const struct json_schema_part **parts);
    void (*put)(struct buf *out);
} KINDS[] = {
    {"style", NULL, sheet_schema, NULL},
    {"handout", &HANDOUT_FILE, NULL, NULL},
    {"clinic", &CLINIC_FILE, NULL, NULL},
    {"fonts", &FONT_FILE, NULL, NULL},
    {"sources", &BIBLIOGRAPHY_FILE, NULL, NULL},
    {"glossary", &GLOSSARY_FILE, NULL, NULL},
    {"words", &WORDS_FILE, NULL, NULL},
    {"check", NULL, profile_schema, NULL},
    {"lexicon", NULL, lexicon_schema, NULL},
    {"report", NULL, NULL, report_schema_put},
    {"manifest", NULL, NULL, manifest_schema},
};

enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(KINDS[i].name, name) == 0)
            return &KINDS[i];
    return NULL;
}

bool schemas_has(const char *kind)
{
    return find_kind(kind) != NULL;
}

const char *schemas_kinds(struct arena *arena)
{
    const char *list = KINDS[0].name;
    for (size_t i = 1; i < KIND_COUNT; i++)
        list = arena_printf(arena, "%s%s%s", list, i + 1 < KIND_COUNT ? ", " : " or ", KINDS[i].name);
    return list;
}

int schemas_run(struct arena *arena, const struct options *options)
{
    const struct kind *kind = find_kind(options->operands.at[0]);
    const struct json_schema_part *parts = NULL;
    const struct field *file = kind->make ? kind->make(arena, &parts) : kind->file;
    struct report report = report_new(arena, stderr, options);
    struct buf text = {0};
    if (kind->put)
        kind->put(&text);
    else
        json_schema_put(&text, file, parts);
    standard_output(&report, buf_slice(&text));
    buf_free(&text);
    return report_status(&report, false);
}
