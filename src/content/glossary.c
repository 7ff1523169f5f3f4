#include "content/glossary.h"

#include "base/file.h"
#include "config/schema.h"

#include <stddef.h>

struct term_file {
    struct str plain;
    const struct node *forms;
};

static const struct field FORM = {"form", FIELD_TEXT, .flags = FIELD_NONEMPTY};

static const struct field TERM_FIELDS[] = {
    {"plain", FIELD_TEXT, .offset = offsetof(struct term_file, plain),
        .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "What it means, in ten words at most: a proposal for the text."},
    {"forms", FIELD_NODE, .offset = offsetof(struct term_file, forms), .shape = SHAPE_LIST, .item = &FORM,
        .about = "Other forms of the term."},
    {0},
};

static const struct field TERM = {"term", FIELD_RECORD, .record = TERM_FIELDS};

const struct field GLOSSARY_FILE = {"Glossary of handout", FIELD_NODE, .shape = SHAPE_MAPPING, .item = &TERM,
    .about = "Terms, in small letters, that a handout must explain: content/LANG/glossary.yaml."};

static void read_form(const struct decoder *decoder, const struct node *node, struct phrase *form)
{
    if (node->kind == NODE_SCALAR)
        phrase_read(decoder->arena, decoder->diags, node->text, node->pos, form);
    else
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "a form must be a text");
}

static void read_term(const struct decoder *decoder, const struct node *node, struct term *term)
{
    struct term_file file = {0};
    schema_decode(decoder, node, TERM_FIELDS, "a term", &file);
    const struct node *forms = file.forms;
    if (forms && forms->kind != NODE_SEQUENCE) {
        diag_at(decoder->diags, SEVERITY_ERROR, forms->pos, "yaml-type", "'forms' must be a list");
        forms = NULL;
    }
    size_t count = forms ? forms->n : 0;
    struct phrase *phrases = ARENA_ARRAY(decoder->arena, struct phrase, count + 1);
    phrase_read(decoder->arena, decoder->diags, term->name, term->pos, &phrases[0]);
    for (size_t i = 0; i < count; i++)
        read_form(decoder, forms->items[i], &phrases[i + 1]);
    term->plain = file.plain;
    term->forms = (struct phrases){phrases, count + 1};
}

struct glossary *glossary_read(
    struct arena *arena, struct diags *diags, const char *content_root, struct str lang)
{
    struct glossary *glossary = ARENA_NEW(arena, struct glossary);
    const char *path =
        path_join(arena, content_root, arena_printf(arena, "%.*s/glossary.yaml", STR_FMT(lang)));
    if (!path_is_file(path))
        return glossary;
    size_t errors = diags->errors;
    struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return NULL;
    if (root->kind != NODE_MAPPING) {
        diag_at(diags, SEVERITY_ERROR, root->pos, "yaml-type", "a glossary must be a mapping of terms");
        return NULL;
    }
    const struct decoder decoder = {.arena = arena, .diags = diags};
    glossary->terms = ARENA_ARRAY(arena, struct term, root->n);
    glossary->n = root->n;
    for (size_t i = 0; i < root->n; i++) {
        glossary->terms[i] = (struct term){.name = root->keys[i], .pos = root->key_poses[i]};
        read_term(&decoder, root->items[i], &glossary->terms[i]);
    }
    return diags->errors == errors ? glossary : NULL;
}
