#include "content/bibliography.h"

#include "base/file.h"
#include "content/name.h"

#include <stddef.h>

/* A source as its file has it. */
struct entry_file {
    struct bib_entry entry;
    const struct node *figures;
};

static const struct field FIELDS[] = {
    {"authors", FIELD_TEXT, .offset = offsetof(struct entry_file, entry.authors)},
    {"title", FIELD_TEXT, .offset = offsetof(struct entry_file, entry.title),
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY},
    {"publisher", FIELD_TEXT, .offset = offsetof(struct entry_file, entry.publisher)},
    {"year", FIELD_INTEGER, .offset = offsetof(struct entry_file, entry.year), .flags = FIELD_REQUIRED,
        .min = 1000, .max = 9999},
    {"lang", FIELD_TEXT, .offset = offsetof(struct entry_file, entry.lang), .flags = FIELD_NONEMPTY},
    {"url", FIELD_TEXT, .offset = offsetof(struct entry_file, entry.url)},
    {"read", FIELD_DATE, .offset = offsetof(struct entry_file, entry.read)},
    {"figures", FIELD_NODE, .offset = offsetof(struct entry_file, figures)},
    {0},
};

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
    static const struct field WHAT = {.name = "a figure", .type = FIELD_TEXT, .flags = FIELD_NONEMPTY};
    if (!node)
        return;
    if (node->kind != NODE_MAPPING) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "'figures' must be a mapping of numbers to what they count");
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        struct str *what = ARENA_NEW(decoder->arena, struct str);
        schema_decode_value(decoder, node->items[i], &WHAT, what);
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
