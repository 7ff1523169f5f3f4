/* The top of a handout's first page. */
#include "base/file.h"
#include "content/assembly.h"

static void add_logo(const struct assembly *assembly, struct doc_node *masthead)
{
    const struct clinic *clinic = &assembly->library->clinic;
    const char *root = assembly->library->content_root;
    if (!clinic->logo.n)
        return;
    struct doc_node *figure = doc_new(assembly->arena, DOC_FIGURE, masthead, clinic->logo_pos);
    struct doc_node *image = doc_new(assembly->arena, DOC_IMAGE, figure, clinic->logo_pos);
    image->image.url = clinic->logo;
    image->image.alt = assembly_variable(assembly, "clinic.name");
    image->image.path =
        path_beneath(assembly->arena, assembly->diags, NULL, clinic->logo_pos, root, root, clinic->logo);
}

static void add_clinic(const struct assembly *assembly, struct doc_node *masthead)
{
    struct str name = assembly_variable(assembly, "clinic.name");
    struct str tagline = assembly_variable(assembly, "clinic.tagline");
    const char *dash = name.n && tagline.n ? " — " : "";
    struct str text = str_printf(assembly->arena, "%.*s%s%.*s", STR_FMT(name), dash, STR_FMT(tagline));
    assembly_paragraph(assembly, masthead, ROLE_CLINIC, masthead->pos, text);
}

/* "12 Hill Street · 555-0100 · www.example.org": as much of it as the profile says. */
static void add_contact(const struct assembly *assembly, struct doc_node *masthead)
{
    static const char *const names[] = {"clinic.address", "clinic.phone.day", "clinic.web"};
    struct str text = STR("");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str value = assembly_variable(assembly, names[i]);
        const char *dot = text.n && value.n ? " · " : "";
        text = str_printf(assembly->arena, "%.*s%s%.*s", STR_FMT(text), dot, STR_FMT(value));
    }
    assembly_paragraph(assembly, masthead, ROLE_CONTACT, masthead->pos, text);
}

/* "Version 1.0, November 20, 2026 · Draft: not yet reviewed by a clinician" */
static struct str state_line(const struct assembly *assembly)
{
    struct arena *arena = assembly->arena;
    const struct handout *handout = assembly->handout;
    const struct words *words = assembly->document->words;
    struct str version = words_fill(arena, words->version, "version", handout->version, "date",
        words_date(arena, words, handout->updated), (char *)NULL);
    struct str state = words->draft;
    if (assembly->edition->state == STATE_REVIEWED)
        state = words_fill(arena, words->reviewed, "by", handout->reviewed.by, "on",
            words_date(arena, words, handout->reviewed.on), (char *)NULL);
    return str_printf(arena, "%.*s · %.*s", STR_FMT(version), STR_FMT(state));
}

void masthead_add(const struct assembly *assembly)
{
    const struct edition *edition = assembly->edition;
    struct doc_node *masthead =
        doc_new(assembly->arena, DOC_MASTHEAD, assembly->document->root, edition->pos);
    add_logo(assembly, masthead);
    add_clinic(assembly, masthead);
    assembly_heading(assembly, masthead, 1, edition->title_pos, edition->title);
    assembly_paragraph(assembly, masthead, ROLE_PURPOSE, edition->purpose_pos, edition->purpose);
    assembly_paragraph(assembly, masthead, ROLE_STATE, edition->pos, state_line(assembly));
    add_contact(assembly, masthead);
    fields_add(assembly, masthead);
}
