#include "content/assemble.h"

#include "base/file.h"
#include "content/assembly.h"
#include "content/citation.h"
#include "content/markdown.h"
#include "content/outline.h"
#include "content/variables.h"

const char ASSEMBLE_STANDARD_FILE[] = "shared/risks-and-cost.md";

struct str assembly_variable(const struct assembly *assembly, const char *name)
{
    const struct str *value = variables_get(assembly->document->variables, str_from(name));
    return value ? *value : STR("");
}

static void add_text(struct arena *arena, struct doc_node *parent, struct str text)
{
    doc_new(arena, DOC_TEXT, parent, parent->pos)->text = text;
}

struct doc_node *assembly_paragraph(const struct assembly *assembly, struct doc_node *parent,
    enum doc_role role, struct pos pos, struct str text)
{
    if (!text.n)
        return NULL;
    struct doc_node *paragraph = doc_new(assembly->arena, DOC_PARAGRAPH, parent, pos);
    paragraph->role = role;
    add_text(assembly->arena, paragraph, text);
    return paragraph;
}

struct doc_node *assembly_heading(
    const struct assembly *assembly, struct doc_node *parent, int level, struct pos pos, struct str text)
{
    struct doc_node *heading = doc_new(assembly->arena, DOC_HEADING, parent, pos);
    heading->heading.level = level;
    add_text(assembly->arena, heading, text);
    return heading;
}

struct document *assembly_finish(const struct assembly *assembly, size_t errors)
{
    struct document *document = assembly->document;
    outline_levels(assembly->diags, document->root);
    outline_anchors(assembly->arena, assembly->diags, document->root);
    document->node_count = doc_number(document->root);
    return assembly->diags->errors == errors ? document : NULL;
}

/* A section opens with the one heading of level 1 that it has. */
static void check_heading(const struct assembly *assembly, const struct doc_node *section)
{
    const struct doc_node *first = section->first;
    if (!first || first->kind != DOC_HEADING || first->heading.level != 1) {
        struct pos pos = first ? first->pos : section->pos;
        pos.length = pos.length ? 1 : 0;
        diag_at(assembly->diags, SEVERITY_ERROR, pos, "section-heading",
            "a section opens with its title (write '# ' and the title on the first line)");
        return;
    }
    for (const struct doc_node *node = doc_skip(first, section); node; node = doc_next(node, section))
        if (node->kind == DOC_HEADING && node->heading.level == 1)
            diag_at(assembly->diags, SEVERITY_ERROR, node->pos, "section-heading",
                "a section has one heading of level 1, its title (write '## ' for those within it)");
}

static void shift_headings(struct doc_node *section)
{
    for (struct doc_node *node = section; node; node = doc_next(node, section))
        if (node->kind == DOC_HEADING)
            node->heading.level++;
}

/* Reads a section from `name` in `folder` beneath the content root; NULL if the file cannot be read. */
static struct doc_node *add_section(const struct assembly *assembly, enum doc_role role, const char *folder,
    struct str name, struct pos where)
{
    struct arena *arena = assembly->arena;
    const char *root = assembly->library->content_root;
    const char *path =
        path_beneath(arena, assembly->diags, assembly->options->folders, where, root, folder, name);
    const struct source *source = path ? source_read(arena, assembly->diags, where, path) : NULL;
    if (!source)
        return NULL;
    bool shared = role == ROLE_STANDARD || role == ROLE_NOTICE; /* by all handouts */
    struct pos pos = {source, 0, source->text.n};
    struct doc_node *section = doc_new(arena, DOC_SECTION, assembly->document->root, pos);
    section->role = role;
    const struct markdown_context context = {.picture_root = root,
        .words = assembly->document->words,
        .variables = assembly->document->variables,
        .remarks = &assembly->document->remarks,
        .publish = assembly->options->publish,
        .kept = shared ? assembly->options->parsed : NULL};
    markdown_read(arena, assembly->diags, source, &context, section);
    check_heading(assembly, section);
    shift_headings(section);
    return section;
}

static const char *language_folder(const struct assembly *assembly)
{
    return path_join(
        assembly->arena, assembly->library->content_root, str_dup(assembly->arena, assembly->edition->lang));
}

/* The topic's own sections, the list of what they cite, and whose interests are at stake. */
static void add_topic(const struct assembly *assembly)
{
    const struct edition *edition = assembly->edition;
    struct doc_node *root = assembly->document->root, *last = NULL;
    struct citations citations = {.arena = assembly->arena,
        .diags = assembly->diags,
        .lang = assembly->document->lang,
        .sources = &assembly->library->sources};
    for (size_t i = 0; i < edition->section_count; i++) {
        const struct section_ref *ref = &edition->sections[i];
        struct doc_node *section =
            add_section(assembly, ref->role, language_folder(assembly), ref->file, ref->pos);
        if (section)
            citation_number(&citations, section);
        last = section ? section : last;
    }
    if (citations.cited.n) {
        last = doc_new(assembly->arena, DOC_SECTION, root, (struct pos){0});
        last->role = ROLE_SOURCES;
        assembly_heading(assembly, last, 2, (struct pos){0}, assembly->document->words->sources);
        citation_list(&citations, last);
    }
    if (last)
        assembly_paragraph(
            assembly, last, ROLE_IMPRINT, (struct pos){0}, assembly_variable(assembly, "clinic.conflict"));
}

/* The page that every handout of the clinic ends with. Its numbering starts anew, so that it reads the same
 * everywhere. */
static void add_standard(const struct assembly *assembly)
{
    struct arena *arena = assembly->arena;
    const struct clinic *clinic = &assembly->library->clinic;
    const struct words *words = assembly->document->words;
    const char *folder = language_folder(assembly), *path = path_join(arena, folder, ASSEMBLE_STANDARD_FILE);
    if (!path_is_file(path)) {
        diag_file(assembly->diags, SEVERITY_ERROR, path, "standard-missing",
            "no handout goes without the standard page on risks and cost, and this language has none");
        return;
    }
    struct doc_node *section =
        add_section(assembly, ROLE_STANDARD, folder, str_from(ASSEMBLE_STANDARD_FILE), (struct pos){0});
    if (!section)
        return;
    struct citations citations = {.arena = arena,
        .diags = assembly->diags,
        .lang = assembly->document->lang,
        .sources = &assembly->library->sources};
    citation_number(&citations, section);
    if (citations.cited.n) {
        assembly_heading(assembly, section, 3, (struct pos){0}, words->standard_sources)->role =
            ROLE_STANDARD_SOURCES;
        citation_list(&citations, section);
    }
    struct str date = words_date(arena, words, clinic->standard_updated);
    if (clinic->standard_version.n)
        assembly_paragraph(assembly, section, ROLE_IMPRINT, (struct pos){0},
            words_fill(arena, words->standard_version, "version", clinic->standard_version, "date", date,
                (char *)NULL));
}

/* A state's notice cites nothing: it is the statute's text. */
static void add_notice(const struct assembly *assembly)
{
    const struct clinic *clinic = &assembly->library->clinic;
    if (!clinic->notice.n)
        return;
    struct doc_node *section = add_section(
        assembly, ROLE_NOTICE, assembly->library->content_root, clinic->notice, clinic->notice_pos);
    struct citations none = {.arena = assembly->arena, .diags = assembly->diags};
    if (section)
        citation_number(&none, section);
}

static void put_codes(struct buf *out, const struct str *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(out, out->n ? ", " : "");
        buf_str(out, codes[i]);
    }
}

static struct str keywords(struct arena *arena, const struct handout *handout)
{
    struct buf out = {0};
    buf_str(&out, handout->id);
    put_codes(&out, handout->icd10, handout->icd10_count);
    put_codes(&out, handout->snomed, handout->snomed_count);
    struct str result = str_copy(arena, buf_slice(&out));
    buf_free(&out);
    return result;
}

static struct str iso_date(struct arena *arena, struct date date)
{
    if (!date.year)
        return STR("");
    return str_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static struct document *new_document(struct arena *arena, const struct library *library,
    const struct handout *handout, const struct edition *edition, const struct words *words)
{
    struct document *document = ARENA_NEW(arena, struct document);
    *document = (struct document){.lang = edition->lang,
        .title = edition->title,
        .subject = edition->purpose,
        .keywords = keywords(arena, handout),
        .id = handout->id,
        .version = handout->version,
        .state = edition->state == STATE_REVIEWED ? words->state_reviewed : words->state_draft,
        .date = iso_date(arena, handout->updated),
        .variables = variables_for(arena, library, handout, edition, words, edition->lang),
        .words = words,
        .pages_wanted = edition->pages,
        .pages_wanted_pos = edition->pages_pos};
    document->root = doc_new(arena, DOC_DOCUMENT, NULL, edition->pos);
    return document;
}

struct document *assemble_handout(struct arena *arena, struct diags *diags, const struct library *library,
    const struct handout *handout, const struct edition *edition, const struct assemble_options *options)
{
    size_t errors = diags->errors;
    const struct words *words = words_of(options->words, arena, diags, library->content_root, edition->lang);
    if (!words)
        return NULL;
    const struct assembly assembly = {.arena = arena,
        .diags = diags,
        .options = options,
        .library = library,
        .handout = handout,
        .edition = edition,
        .document = new_document(arena, library, handout, edition, words)};
    assembly.document->trace = diags->trace;
    assembly.document->author = assembly_variable(&assembly, "clinic.name");
    review_check(&assembly);
    masthead_add(&assembly);
    add_topic(&assembly);
    add_standard(&assembly);
    add_notice(&assembly);
    return assembly_finish(&assembly, errors);
}
