#include "content/bibliography.h"

#include "base/file.h"
#include "config/schema.h"
#include "content/name.h"

#include <stddef.h>

/* A source as its file has it. */
struct entry_file {
    struct bib_entry entry;
    const struct node *figures;
};

static const struct field FIGURE = {.name = "a figure", .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};

#define ENTRY(member) .offset = offsetof(struct entry_file, entry.member)

static const struct field FIELDS[] = {
    {"authors", FIELD_TEXT, ENTRY(authors), .about = "Who wrote it; a source needs authors or a publisher."},
    {"title", FIELD_TEXT, ENTRY(title), .flags = FIELD_REQUIRED | FIELD_NONEMPTY, .about = "Its title."},
    {"publisher", FIELD_TEXT, ENTRY(publisher), .about = "The journal, publisher, or body."},
    {"year", FIELD_INTEGER, ENTRY(year), .flags = FIELD_REQUIRED, .min = 1000, .max = 9999,
        .about = "The year of publication; of a page without date, that in which it was read."},
    {"lang", FIELD_TEXT, ENTRY(lang), .flags = FIELD_NONEMPTY, .pattern = NAME_LANG_PATTERN, .usual = "en",
        .about = "The language of its title."},
    {"url", FIELD_TEXT, ENTRY(url), .pattern = "^(https?://[^ \"<>\\\\^`{|}]+)?$",
        .about = "The address of what was read."},
    {"read", FIELD_DATE, ENTRY(read), .about = "The day on which it was read and checked."},
    {"figures", FIELD_NODE, .offset = offsetof(struct entry_file, figures), .shape = SHAPE_MAPPING,
        .item = &FIGURE,
        .about = "Each number that was read there and that the texts print, with what it counts."},
    {0},
};

static const struct field SOURCE = {"source", FIELD_RECORD, .record = FIELDS};

const struct field BIBLIOGRAPHY_FILE = {"Bibliography of handout", FIELD_NODE, .shape = SHAPE_MAPPING,
    .item = &SOURCE, .pattern = NAME_ID_PATTERN,
    .about = "The sources that texts cite as [@ID]: content/sources.yaml. See content/README.md."};

/* "http://" or "https://", then a host, and nothing that a URL cannot hold (RFC 3986, appendix A). */
static bool is_web_address(struct str url)
{
    size_t scheme = str_starts(url, "https://") ? 8 : str_starts(url, "http://") ? 7 : 0;
    struct str rest = str_slice(url, scheme, url.n);
    if (!scheme || !rest.n || (ascii_is_punct(rest.p[0]) && rest.p[0] != '['))
        return false;
    for (size_t i = 0; i < rest.n; i++)
        if ((unsigned char)rest.p[i] <= ' ' ||
            str_find(STR("\"<>\\^`{|}"), (char[]){rest.p[i], '\0'}, 0) != SIZE_MAX)
            return false;
    return true;
}

static void check_entry(struct diags *diags, const struct node *node, const struct bib_entry *entry)
{
    if (!name_is_id(entry->id))
        diag_at(diags, SEVERITY_ERROR, entry->pos, "id-invalid",
            "a source cannot be called '%.*s' (use lower-case letters, digits and hyphens)",
            STR_FMT(entry->id));
    if (!entry->authors.n && !entry->publisher.n)
        diag_at(diags, SEVERITY_ERROR, entry->pos, "yaml-key-missing",
            "a source needs 'authors' or a 'publisher'");
    if (!name_is_lang(entry->lang))
        diag_at(diags, SEVERITY_ERROR, node_get(node, "lang")->pos, "lang-invalid",
            "'%.*s' is no language tag (write 'en' or 'es')", STR_FMT(entry->lang));
    const struct node *url = node_get(node, "url");
    if (url && entry->url.n && !is_web_address(entry->url))
        diag_at(diags, SEVERITY_ERROR, url->pos, "source-url",
            "this is no web address (it must begin with 'https://' or 'http://', and hold no spaces)");
}

static void decode_figures(const struct decoder *decoder, const struct node *node, struct map *figures)
{
    if (!node)
        return;
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'figures' must be a mapping of numbers to what they count");
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        struct str *what = ARENA_NEW(decoder->arena, struct str);
        schema_decode_value(decoder, node->items[i], &FIGURE, what);
        map_put(decoder->arena, figures, str_without(decoder->arena, node->keys[i], ','), what);
    }
}

bool bibliography_read(struct arena *arena, struct diags *diags, const char *path, struct map *sources)
{
    if (!path_is_file(path))
        return true;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return false;
    if (root->kind != NODE_MAPPING) {
        diag_at(diags, SEVERITY_ERROR, root->pos, "yaml-type", "sources must be a mapping of ids to sources");
        return false;
    }
    const struct decoder decoder = {.arena = arena, .diags = diags};
    for (size_t i = 0; i < root->n; i++) {
        struct entry_file *file = ARENA_NEW(arena, struct entry_file);
        struct bib_entry *entry = &file->entry;
        size_t errors = diags->errors;
        entry->id = root->keys[i];
        entry->lang = STR("en");
        entry->pos = root->key_poses[i];
        if (schema_decode(&decoder, root->items[i], FIELDS, "a source", file))
            check_entry(diags, root->items[i], entry);
        decode_figures(&decoder, file->figures, &entry->figures);
        if (diags->errors == errors)
            map_put(arena, sources, entry->id, entry);
    }
    return true;
}
