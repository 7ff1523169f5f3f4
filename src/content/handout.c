#include "content/handout.h"

#include "base/file.h"
#include "base/vec.h"
#include "config/schema.h"
#include "content/codes.h"
#include "content/name.h"

#include <stddef.h>
#include <string.h>

enum { MOST_PAGES = 100, NEEDED = FIELD_REQUIRED | FIELD_NONEMPTY };

/* A definition as its file has it; the parts that are lists or open mappings stay nodes. */
struct definition {
    struct handout handout;
    const struct node *aliases, *icd10, *snomed, *languages;
};

struct edition_file {
    struct edition edition;
    bool has_state;
    const struct node *sections;
};

static const struct choice STATES[] = {{"draft", STATE_DRAFT}, {"reviewed", STATE_REVIEWED}, {0}};

static const struct choice ROLES[] = {
    {"summary", ROLE_SUMMARY},
    {"condition", ROLE_CONDITION},
    {"usual-care", ROLE_USUAL_CARE},
    {"treatment", ROLE_TREATMENT},
    {"evidence", ROLE_EVIDENCE},
    {"exclusions", ROLE_EXCLUSIONS},
    {"visit", ROLE_VISIT},
    {"warnings", ROLE_WARNINGS},
    {"questions", ROLE_QUESTIONS},
    {0},
};

#define HANDOUT(member) .offset = offsetof(struct definition, handout.member)
#define LISTED(member)  .offset = offsetof(struct definition, member)
#define EDITION(member) .offset = offsetof(struct edition_file, edition.member)
#define SECTION(member) .offset = offsetof(struct section_ref, member)

#define SHA256 "^(sha256:.*)?$"

static const struct field ALIAS = {"alias", FIELD_TEXT, .flags = FIELD_NONEMPTY, .pattern = NAME_ID_PATTERN};
static const struct field ICD10 = {
    "code", FIELD_TEXT, .flags = FIELD_NONEMPTY, .pattern = "^[A-Z][0-9][A-Z0-9]([.][A-Z0-9]{1,4})?$"};
static const struct field SNOMED = {
    "code", FIELD_TEXT, .flags = FIELD_NONEMPTY, .pattern = "^[1-9][0-9]{2,14}[01]0[0-9]$"};

static const struct field CODES[] = {
    {"icd-10-cm", FIELD_NODE, LISTED(icd10), .flags = FIELD_BLANK, .shape = SHAPE_LIST, .item = &ICD10,
        .about = "Codes of the ICD-10-CM, such as M17.11."},
    {"snomed-ct", FIELD_NODE, LISTED(snomed), .flags = FIELD_BLANK, .shape = SHAPE_LIST, .item = &SNOMED,
        .about = "Concepts of SNOMED CT, such as \"396275006\"."},
    {0},
};

static const struct field REVIEWED[] = {
    {"by", FIELD_TEXT, HANDOUT(reviewed.by), .about = "Who has reviewed it, with title; empty while draft."},
    {"on", FIELD_DATE, HANDOUT(reviewed.on), .about = "When; empty while draft."},
    {"due", FIELD_DATE, HANDOUT(reviewed.due),
        .about = "When it must be reviewed again. After that day `--publish` refuses it."},
    {0},
};

static const struct field FIT[] = {
    {"pages", FIELD_INTEGER, HANDOUT(pages), .min = 1, .max = MOST_PAGES,
        .about = "How many pages the handout may take, a state's notice not counted."},
    {0},
};

static const struct field EDITION_FIT[] = {
    {"pages", FIELD_INTEGER, EDITION(pages), .min = 1, .max = MOST_PAGES,
        .about = "How many pages the handout may take in this language."},
    {0},
};

static const struct field SECTION_FIELDS[] = {
    {"role", FIELD_CHOICE, SECTION(role), .flags = FIELD_REQUIRED, .choices = ROLES,
        .about = "What the section is about; `check` wants all of these, in this order."},
    {"file", FIELD_TEXT, SECTION(file), .flags = NEEDED, .pattern = "\\.md$",
        .about = "The Markdown file, from the language's folder: osteoarthritis/evidence.md."},
    {"translates", FIELD_TEXT, SECTION(translates), .pattern = SHA256,
        .about =
            "Of a translation: sha256: and the checksum of the text it was made from; `check` prints it."},
    {0},
};

static const struct field SECTION_FIELD = {"section", FIELD_RECORD, .record = SECTION_FIELDS};

static const struct field EDITION_FIELDS[] = {
    {"title", FIELD_TEXT, EDITION(title), .flags = NEEDED, .about = "The handout's title."},
    {"purpose", FIELD_TEXT, EDITION(purpose), .flags = NEEDED,
        .about = "What the handout is for, in a line below the title."},
    {"status", FIELD_CHOICE, EDITION(state), .choices = STATES,
        .presence = offsetof(struct edition_file, has_state),
        .usual = "(the handout's for its first language, draft for others)",
        .about = "Whether this language has been reviewed."},
    {"sections", FIELD_NODE, .offset = offsetof(struct edition_file, sections), .flags = FIELD_REQUIRED,
        .shape = SHAPE_LIST, .min = 1, .item = &SECTION_FIELD,
        .about = "The sections in their order. The standard page on risks and cost follows by itself."},
    {"fit", FIELD_RECORD, .record = EDITION_FIT, .usual = "(the handout's)",
        .about = "How much room this language may take."},
    {"standard-translates", FIELD_TEXT, EDITION(standard_translates), .pattern = SHA256,
        .about = "Of a translation: sha256: and the checksum of the standard page it was made from."},
    {0},
};

static const struct field LANGUAGE = {"edition", FIELD_RECORD, .record = EDITION_FIELDS};

static const struct field DEFINITION[] = {
    {"id", FIELD_TEXT, HANDOUT(id), .flags = NEEDED, .pattern = NAME_ID_PATTERN,
        .about = "The topic's name: that of the file, without .yaml."},
    {"aliases", FIELD_NODE, LISTED(aliases), .flags = FIELD_BLANK, .shape = SHAPE_LIST, .item = &ALIAS,
        .about = "Short names for the command line."},
    {"codes", FIELD_RECORD, .record = CODES, .about = "What the topic is called in medical records."},
    {"version", FIELD_TEXT, HANDOUT(version), .flags = NEEDED,
        .about = "The version that is printed; raise it with each change of the text."},
    {"updated", FIELD_DATE, HANDOUT(updated), .flags = NEEDED,
        .about = "The date that is printed; no date in a PDF comes from the clock."},
    {"status", FIELD_CHOICE, HANDOUT(state), .choices = STATES, .usual = "draft",
        .about = "Whether a clinician has reviewed it. Drafts say so on each page."},
    {"reviewed", FIELD_RECORD, .record = REVIEWED, .about = "The last review."},
    {"fit", FIELD_RECORD, .record = FIT, .about = "How much room the handout may take."},
    {"languages", FIELD_NODE, LISTED(languages), .flags = FIELD_REQUIRED, .shape = SHAPE_MAPPING, .min = 1,
        .item = &LANGUAGE, .pattern = NAME_LANG_PATTERN,
        .about = "The handout in each language. The first is what the others are translated from."},
    {0},
};

const struct field HANDOUT_FILE = {"Definition of a handout", FIELD_RECORD, .record = DEFINITION,
    .about = "A topic: content/handouts/TOPIC.yaml. See content/README.md."};

static struct pos pos_of(const struct node *node, const char *key, struct pos otherwise)
{
    const struct node *value = node_get(node, key);
    return value ? value->pos : otherwise;
}

static bool is_empty(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->text.n == 0;
}

/* A list of texts, none of them empty; poses may be NULL. */
static void decode_texts(const struct decoder *decoder, const struct node *node, const char *name,
    struct str **texts, struct pos **poses, size_t *count)
{
    const struct field item = {.name = name, .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};
    if (!node || is_empty(node))
        return;
    if (node->kind != NODE_SEQUENCE) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "'%s' must be a list (write [%s])",
            name, node->kind == NODE_SCALAR ? str_dup(decoder->arena, node->text) : "…");
        return;
    }
    *texts = ARENA_ARRAY(decoder->arena, struct str, node->n);
    if (poses)
        *poses = ARENA_ARRAY(decoder->arena, struct pos, node->n);
    for (size_t i = 0; i < node->n; i++) {
        if (!schema_decode_value(decoder, node->items[i], &item, &(*texts)[*count]))
            continue;
        if (poses)
            (*poses)[*count] = node->items[i]->pos;
        (*count)++;
    }
}

static void check_translates(struct diags *diags, struct str checksum, struct pos pos, const char *name)
{
    if (checksum.n && !str_starts(checksum, "sha256:"))
        diag_at(diags, SEVERITY_ERROR, pos, "yaml-value",
            "'%s' must be 'sha256:' and the checksum of the section that this one was made from", name);
}

static void check_section(struct diags *diags, const struct node *node, const struct section_ref *section)
{
    if (section->file.n && !str_ends(section->file, ".md"))
        diag_at(
            diags, SEVERITY_ERROR, section->pos, "yaml-value", "a section must be a Markdown file (NAME.md)");
    check_translates(diags, section->translates, pos_of(node, "translates", section->pos), "translates");
}

static void decode_sections(const struct decoder *decoder, const struct node *node, struct edition *edition)
{
    struct map files = {0};
    if (!is_empty(node) && node->kind != NODE_SEQUENCE) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "'sections' must be a list");
        return;
    }
    if (node->n == 0) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "section-none",
            "an edition needs at least one section");
        return;
    }
    edition->sections = ARENA_ARRAY(decoder->arena, struct section_ref, node->n);
    for (size_t i = 0; i < node->n; i++) {
        struct section_ref *section = &edition->sections[edition->section_count];
        const struct node *item = node->items[i];
        section->pos = pos_of(item, "file", item->pos);
        if (!schema_decode(decoder, item, SECTION_FIELDS, "a section", section))
            continue;
        edition->section_count++;
        check_section(decoder->diags, item, section);
        if (map_put(decoder->arena, &files, section->file, section))
            diag_at(decoder->diags, SEVERITY_ERROR, section->pos, "section-duplicate",
                "the file '%.*s' is a section of this edition already", STR_FMT(section->file));
    }
}

static void decode_edition(
    const struct decoder *decoder, const struct node *languages, size_t at, struct handout *handout)
{
    struct edition_file file = {.edition = {.lang = languages->keys[at], .pos = languages->key_poses[at]}};
    const struct node *node = languages->items[at];
    if (!name_is_lang(file.edition.lang))
        diag_at(decoder->diags, SEVERITY_ERROR, file.edition.pos, "lang-invalid",
            "'%.*s' is no language tag (write 'en', 'es' or 'zh-Hans')", STR_FMT(file.edition.lang));
    schema_decode(decoder, node, EDITION_FIELDS, "an edition", &file);
    if (!file.has_state && handout->edition_count == 0)
        file.edition.state = handout->state;
    file.edition.title_pos = pos_of(node, "title", file.edition.pos);
    file.edition.purpose_pos = pos_of(node, "purpose", file.edition.pos);
    file.edition.state_pos = pos_of(node, "status", file.has_state ? file.edition.pos : handout->state_pos);
    file.edition.pages_pos = pos_of(node_get(node, "fit"), "pages", handout->pages_pos);
    if (!file.edition.pages)
        file.edition.pages = handout->pages;
    file.edition.standard_pos = pos_of(node, "standard-translates", file.edition.pos);
    check_translates(
        decoder->diags, file.edition.standard_translates, file.edition.standard_pos, "standard-translates");
    if (file.sections)
        decode_sections(decoder, file.sections, &file.edition);
    handout->editions[handout->edition_count++] = file.edition;
}

static void decode_editions(const struct decoder *decoder, const struct node *node, struct handout *handout)
{
    if (node->kind != NODE_MAPPING || node->n == 0) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'languages' must have at least one language (en: …)");
        return;
    }
    handout->editions = ARENA_ARRAY(decoder->arena, struct edition, node->n);
    for (size_t i = 0; i < node->n; i++)
        decode_edition(decoder, node, i, handout);
}

static void check_id(struct diags *diags, const struct handout *handout)
{
    struct str stem = path_base(handout->path);
    if (str_ends(stem, ".yaml"))
        stem.n -= strlen(".yaml");
    if (!handout->id.n)
        return; /* reported by the schema */
    if (!name_is_id(handout->id))
        diag_at(diags, SEVERITY_ERROR, handout->pos, "id-invalid",
            "a topic cannot be called '%.*s' (use lower-case letters, digits and hyphens)",
            STR_FMT(handout->id));
    else if (!str_eq(handout->id, stem))
        diag_at(diags, SEVERITY_ERROR, handout->pos, "id-mismatch",
            "the id must be the file's name (write '%.*s', or call the file '%.*s.yaml')", STR_FMT(stem),
            STR_FMT(handout->id));
    for (size_t i = 0; i < handout->alias_count; i++)
        if (!name_is_id(handout->aliases[i]))
            diag_at(diags, SEVERITY_ERROR, handout->alias_poses[i], "id-invalid",
                "a topic cannot be called '%.*s' (use lower-case letters, digits and hyphens)",
                STR_FMT(handout->aliases[i]));
}

/* No edition is called reviewed unless someone has reviewed it on some day. */
static void check_review(struct diags *diags, const struct handout *handout)
{
    const struct pos *claim = handout->state == STATE_REVIEWED ? &handout->state_pos : NULL;
    bool by = str_trim(handout->reviewed.by).n > 0, on = handout->reviewed.on.year > 0;
    for (size_t i = 0; i < handout->edition_count && !claim; i++)
        if (handout->editions[i].state == STATE_REVIEWED)
            claim = &handout->editions[i].state_pos;
    if (claim && (!by || !on))
        diag_at(diags, SEVERITY_ERROR, *claim, "review-incomplete",
            "what is reviewed needs %s (else the status is 'draft')",
            by   ? "the date in 'reviewed: on'"
            : on ? "the reviewer in 'reviewed: by'"
                 : "the reviewer and the date in 'reviewed: by' and 'on'");
    if (handout->reviewed.due.year && on &&
        date_days(handout->reviewed.due) < date_days(handout->reviewed.on))
        diag_at(diags, SEVERITY_ERROR, handout->reviewed.due_pos, "yaml-value",
            "the next review cannot be due before the last one");
}

static void decode(const struct decoder *decoder, const struct node *root, struct definition *definition)
{
    struct handout *handout = &definition->handout;
    schema_decode(decoder, root, DEFINITION, "a handout definition", definition);
    handout->pos = pos_of(root, "id", root->pos);
    handout->state_pos = pos_of(root, "status", handout->pos);
    handout->pages_pos = pos_of(node_get(root, "fit"), "pages", handout->pos);
    handout->reviewed.due_pos = pos_of(node_get(root, "reviewed"), "due", handout->pos);
    decode_texts(decoder, definition->aliases, "aliases", &handout->aliases, &handout->alias_poses,
        &handout->alias_count);
    struct pos *poses = NULL;
    decode_texts(decoder, definition->icd10, "icd-10-cm", &handout->icd10, &poses, &handout->icd10_count);
    codes_check_icd10(decoder->diags, handout->icd10, poses, handout->icd10_count);
    decode_texts(decoder, definition->snomed, "snomed-ct", &handout->snomed, &poses, &handout->snomed_count);
    codes_check_snomed(decoder->diags, handout->snomed, poses, handout->snomed_count);
    if (definition->languages)
        decode_editions(decoder, definition->languages, handout);
    check_id(decoder->diags, handout);
    check_review(decoder->diags, handout);
}

/* ---- A copy of what was decoded: of a file's nodes nothing else is kept, since there may be thousands of
 * files ---- */

static struct str *copy_texts(struct arena *arena, const struct str *texts, size_t count)
{
    struct str *copies = ARENA_ARRAY(arena, struct str, count);
    for (size_t i = 0; i < count; i++)
        copies[i] = str_copy(arena, texts[i]);
    return copies;
}

static struct section_ref *copy_sections(
    struct arena *arena, const struct section_ref *sections, size_t count)
{
    struct section_ref *copies = ARENA_ARRAY(arena, struct section_ref, count);
    for (size_t i = 0; i < count; i++) {
        copies[i] = sections[i];
        copies[i].file = str_copy(arena, sections[i].file);
        copies[i].translates = str_copy(arena, sections[i].translates);
    }
    return copies;
}

static struct edition *copy_editions(struct arena *arena, const struct edition *editions, size_t count)
{
    struct edition *copies = ARENA_ARRAY(arena, struct edition, count);
    for (size_t i = 0; i < count; i++) {
        const struct edition *edition = &editions[i];
        copies[i] = *edition;
        copies[i].lang = str_copy(arena, edition->lang);
        copies[i].title = str_copy(arena, edition->title);
        copies[i].purpose = str_copy(arena, edition->purpose);
        copies[i].sections = copy_sections(arena, edition->sections, edition->section_count);
        copies[i].standard_translates = str_copy(arena, edition->standard_translates);
    }
    return copies;
}

static struct handout *copy_handout(struct arena *arena, const struct handout *handout)
{
    struct handout *copy = ARENA_NEW(arena, struct handout);
    *copy = *handout;
    copy->id = str_copy(arena, handout->id);
    copy->aliases = copy_texts(arena, handout->aliases, handout->alias_count);
    copy->alias_poses = ARENA_ARRAY(arena, struct pos, handout->alias_count);
    if (handout->alias_count)
        memcpy(copy->alias_poses, handout->alias_poses, handout->alias_count * sizeof *copy->alias_poses);
    copy->icd10 = copy_texts(arena, handout->icd10, handout->icd10_count);
    copy->snomed = copy_texts(arena, handout->snomed, handout->snomed_count);
    copy->version = str_copy(arena, handout->version);
    copy->reviewed.by = str_copy(arena, handout->reviewed.by);
    copy->editions = copy_editions(arena, handout->editions, handout->edition_count);
    return copy;
}

struct handout *handout_load(struct arena *arena, struct diags *diags, const char *path, bool *good)
{
    struct arena *scratch = arena_new();
    struct definition definition = {.handout.path = path};
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(scratch, diags, source) : NULL;
    const struct decoder decoder = {.arena = scratch, .diags = diags};
    if (root)
        decode(&decoder, root, &definition);
    *good = diags->errors == errors;
    struct handout *handout = copy_handout(arena, &definition.handout);
    arena_free(scratch);
    return handout;
}

struct handout *handout_read(struct arena *arena, struct diags *diags, const char *path)
{
    bool good;
    struct handout *handout = handout_load(arena, diags, arena_copy(arena, path, strlen(path)), &good);
    return good ? handout : NULL;
}

const struct edition *handout_edition(const struct handout *handout, struct str lang)
{
    for (size_t i = 0; i < handout->edition_count; i++)
        if (str_eq(handout->editions[i].lang, lang))
            return &handout->editions[i];
    return NULL;
}

bool handout_is_due(const struct handout *handout, struct date today, long within_days)
{
    if (handout->reviewed.due.year == 0)
        return false;
    long ahead = date_days(handout->reviewed.due) - date_days(today);
    return ahead < 0 || (within_days > 0 && ahead <= within_days);
}
