/* A bare Markdown file as a document: no clinic need exist, no standard page follows, and it is a draft. */
#include "base/file.h"
#include "content/assembly.h"
#include "content/citation.h"
#include "content/markdown.h"
#include "content/name.h"
#include "content/outline.h"
#include "content/variables.h"

/* The heading of level 1 that the file opens with, taken out; NULL if it opens with something else. One
 * further down stays where its author put it. */
static struct doc_node *take_title(struct doc_node *root)
{
    struct doc_node *first = root->first;
    if (!first || first->kind != DOC_HEADING || first->heading.level != 1)
        return NULL;
    doc_unlink(first);
    return first;
}

static struct str plain_text(struct arena *arena, const struct doc_node *node)
{
    struct buf text = {0};
    doc_public_text(node, &text);
    struct str result = str_copy(arena, str_trim(buf_slice(&text)));
    buf_free(&text);
    return result;
}

/* Title and state go before what the file says. */
static void add_masthead(const struct assembly *assembly, const char *path)
{
    struct document *document = assembly->document;
    struct doc_node *root = document->root, *title = take_title(root), *rest = root->first;
    root->first = root->last = NULL;
    struct doc_node *masthead = doc_new(assembly->arena, DOC_MASTHEAD, root, root->pos);
    if (title)
        doc_append(masthead, title);
    else
        title = assembly_heading(assembly, masthead, 1, (struct pos){0}, name_of_markdown(path));
    document->title = plain_text(assembly->arena, title);
    assembly_paragraph(assembly, masthead, ROLE_STATE, (struct pos){0}, document->words->draft);
    fields_add(assembly, masthead);
    for (struct doc_node *next; rest; rest = next) {
        next = rest->next;
        doc_append(root, rest);
    }
}

static void add_sources(const struct assembly *assembly)
{
    struct document *document = assembly->document;
    struct citations citations = {.arena = assembly->arena,
        .diags = assembly->diags,
        .lang = document->lang,
        .sources = assembly->library ? &assembly->library->sources : NULL};
    citation_number(&citations, document->root);
    if (!citations.cited.n)
        return;
    struct doc_node *section = doc_new(assembly->arena, DOC_SECTION, document->root, (struct pos){0});
    section->role = ROLE_SOURCES;
    assembly_heading(assembly, section, 2, (struct pos){0}, document->words->sources);
    citation_list(&citations, section);
}

struct document *assemble_file(struct arena *arena, struct diags *diags, const char *content_root,
    const struct library *library, const char *path, struct str lang, const struct assemble_options *options)
{
    size_t errors = diags->errors;
    const struct words *words = words_of(options->words, arena, diags, content_root, lang);
    const struct source *source = source_read(arena, diags, (struct pos){0}, path);
    if (!words || !source)
        return NULL;
    struct document *document = ARENA_NEW(arena, struct document);
    document->lang = lang;
    document->words = words;
    document->state = words->state_draft;
    document->trace = diags->trace;
    document->variables = variables_for(arena, library, NULL, NULL, words, lang);
    document->root = doc_new(arena, DOC_DOCUMENT, NULL, (struct pos){source, 0, source->text.n});
    const struct assembly assembly = {
        .arena = arena, .diags = diags, .options = options, .library = library, .document = document};
    document->author = library ? assembly_variable(&assembly, "clinic.name") : STR("");
    if (options->publish)
        diag_file(diags, SEVERITY_ERROR, path, "publish-draft",
            "a bare Markdown file is a draft and cannot be published (make it a section of a handout)");
    const struct markdown_context context = {.picture_root = str_dup(arena, path_folder(path)),
        .own_folder = true,
        .words = words,
        .variables = library ? document->variables : NULL,
        .remarks = &document->remarks,
        .publish = options->publish};
    markdown_read(arena, diags, source, &context, document->root);
    add_masthead(&assembly, path);
    add_sources(&assembly);
    return assembly_finish(&assembly, errors);
}
