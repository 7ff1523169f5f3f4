#include "design/svg_tree.h"

#include "base/buf.h"

#include <expat.h>

enum {
    MOST_DEPTH = 64,
    MOST_ELEMENTS = 50 * 1000,
};

static const char SVG_SPACE[] = "http://www.w3.org/2000/svg";
static const char SEPARATOR = ' '; /* between a namespace and a name, as expat hands them on */

struct reader {
    struct svg *svg;
    XML_Parser parser;
    struct svg_node *open; /* the element whose content is being read */
    int depth;
    int foreign; /* how many elements of other namespaces are open; what is in them is dropped */
    size_t elements;
    struct buf text; /* of the text being put together */
    struct pos text_pos;
    bool stopped; /* the parser may yet tell the end of the tag at which it was */
};

void svg_tree_fault(struct svg *svg, struct pos pos, const char *code, const char *format, ...)
{
    svg->attempts++;
    for (size_t i = 0; i < svg->faults; i++)
        if (svg->told[i].offset == pos.offset && strcmp(svg->told[i].code, code) == 0)
            return;
    if (svg->faults == SVG_MOST_FAULTS)
        return;
    svg->told[svg->faults].offset = pos.offset;
    svg->told[svg->faults++].code = code;
    va_list list;
    va_start(list, format);
    struct str message = str_vprintf(svg->arena, format, list);
    va_end(list);
    diag_at(svg->diags, SEVERITY_ERROR, pos, code, "%.*s", STR_FMT(message));
}

bool svg_tree_hopeless(const struct svg *svg)
{
    return svg->faults == SVG_MOST_FAULTS || svg->attempts >= SVG_MOST_ATTEMPTS;
}

const struct svg_attribute *svg_tree_attribute(const struct svg_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (node->attributes[i].space == SPACE_NONE && str_is(node->attributes[i].name, name))
            return &node->attributes[i];
    return NULL;
}

/* ---- Places of attributes: the parser says where a tag stands, and has found it well-formed ---- */

static size_t skip_space(struct str text, size_t at)
{
    while (at < text.n && ascii_is_space(text.p[at]))
        at++;
    return at;
}

/* The raw name and value (between its quotes) of the attribute that starts at `at`; returns its end. */
static size_t next_attribute(struct str tag, size_t at, struct str *name, struct str *value)
{
    size_t start = at;
    while (at < tag.n && tag.p[at] != '=' && !ascii_is_space(tag.p[at]))
        at++;
    *name = str_slice(tag, start, at);
    while (at < tag.n && tag.p[at] != '"' && tag.p[at] != '\'')
        at++;
    start = at + 1;
    for (at = start; at < tag.n && tag.p[at] != tag.p[start - 1];)
        at++;
    *value = str_slice(tag, start, at);
    return at + 1;
}

/* Is the value what stands in the file, but for white space, of which all kinds become spaces? */
static bool same_spelling(struct str raw, struct str value)
{
    if (raw.n != value.n)
        return false;
    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] != value.p[i] && !(value.p[i] == ' ' && ascii_is_space(raw.p[i])))
            return false;
    return true;
}

struct pos svg_tree_pos(const struct svg_node *node, const struct svg_attribute *attribute, struct str part)
{
    const struct source *source = node->pos.source;
    struct str tag = str_slice(source->text, node->pos.offset, node->pos.offset + node->pos.length);
    size_t at = 1, index = 0;
    while (at < tag.n && !ascii_is_space(tag.p[at]))
        at++;
    for (at = skip_space(tag, at); at < tag.n && tag.p[at] != '>' && tag.p[at] != '/';
         at = skip_space(tag, at)) {
        struct str name, value;
        at = next_attribute(tag, at, &name, &value);
        if (str_is(name, "xmlns") || str_starts(name, "xmlns:"))
            continue;
        if (index++ != attribute->index)
            continue;
        size_t offset = (size_t)(value.p - source->text.p);
        if (!same_spelling(value, attribute->value))
            return (struct pos){source, offset, value.n};
        return (struct pos){source, offset + (size_t)(part.p - attribute->value.p), part.n};
    }
    return node->pos;
}

/* ---- What the parser finds ---- */

static void stop(struct reader *reader)
{
    reader->stopped = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static size_t offset_now(const struct reader *reader)
{
    XML_Index at = XML_GetCurrentByteIndex(reader->parser);
    return at < 0 ? 0 : (size_t)at;
}

static struct pos pos_now(const struct reader *reader)
{
    int length = XML_GetCurrentByteCount(reader->parser);
    return (struct pos){reader->svg->source, offset_now(reader), length < 0 ? 0 : (size_t)length};
}

/* A place to point at: the name of a tag, not all that it says. */
static struct pos brief(struct pos pos)
{
    struct str tag = str_slice(pos.source->text, pos.offset, pos.offset + pos.length);
    size_t at = 1;
    while (at < tag.n && !ascii_is_space(tag.p[at]) && tag.p[at] != '>' && tag.p[at] != '/')
        at++;
    pos.length = at < pos.length ? at : pos.length;
    return pos;
}

/* Cuts "namespace name"; the namespace is empty where there is none. */
static struct str cut_space(const char *full, struct str *name)
{
    struct str rest = str_from(full), first = str_cut(&rest, SEPARATOR);
    *name = rest.n ? rest : first;
    return rest.n ? first : STR("");
}

static struct svg_node *add_node(struct reader *reader, struct str name, struct pos pos)
{
    struct svg_node *node = ARENA_NEW(reader->svg->arena, struct svg_node);
    struct svg_node *parent = reader->open;
    node->name = name;
    node->pos = pos;
    node->parent = parent;
    if (!parent)
        return node;
    node->keeps_space = parent->keeps_space;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

static bool in_text(const struct svg_node *node)
{
    for (; node; node = node->parent)
        if (str_is(node->name, "text"))
            return true;
    return false;
}

static void end_text(struct reader *reader)
{
    if (reader->text.n) {
        struct svg_node *node = add_node(reader, STR(""), reader->text_pos);
        node->text = str_copy(reader->svg->arena, buf_slice(&reader->text));
    }
    buf_clear(&reader->text);
}

static void on_text(void *user, const XML_Char *text, int length)
{
    struct reader *reader = user;
    if (reader->stopped || reader->foreign || !reader->open ||
        (!in_text(reader->open) && !str_is(reader->open->name, "style")))
        return;
    if (!reader->text.n)
        reader->text_pos = (struct pos){reader->svg->source, offset_now(reader), 0};
    buf_put(&reader->text, text, (size_t)length);
    reader->text_pos.length = offset_now(reader) + (size_t)length - reader->text_pos.offset;
}

static void keep_attributes(struct reader *reader, struct svg_node *node, const XML_Char **given)
{
    struct arena *arena = reader->svg->arena;
    size_t count = 0;
    while (given[2 * count])
        count++;
    struct svg_attribute *kept = ARENA_ARRAY(arena, struct svg_attribute, count);
    for (size_t i = 0; i < count; i++) {
        struct str name, space = cut_space(given[2 * i], &name);
        struct svg_attribute attribute = {.space = SPACE_NONE, .index = i};
        if (str_is(space, "http://www.w3.org/1999/xlink"))
            attribute.space = SPACE_XLINK;
        else if (str_is(space, "http://www.w3.org/XML/1998/namespace"))
            attribute.space = SPACE_XML;
        else if (space.n)
            continue;
        attribute.name = str_copy(arena, name);
        attribute.value = str_copy(arena, str_from(given[2 * i + 1]));
        if (attribute.space == SPACE_XML && str_is(name, "space"))
            node->keeps_space = str_is(attribute.value, "preserve");
        kept[node->attribute_count++] = attribute;
    }
    node->attributes = kept;
}

static void note_id(struct reader *reader, struct svg_node *node)
{
    struct svg *svg = reader->svg;
    const struct svg_attribute *id = svg_tree_attribute(node, "id");
    if (!id || !id->value.n)
        return;
    if (map_get(&svg->ids, id->value))
        svg_tree_fault(svg, svg_tree_pos(node, id, id->value), "drawing-reference",
            "two elements have the id '%.*s' (an id must be unique)", STR_FMT(id->value));
    else
        map_put(svg->arena, &svg->ids, id->value, node);
}

static bool is_svg_root(struct reader *reader, struct str space, struct str name)
{
    struct svg *svg = reader->svg;
    if (!str_is(name, "svg"))
        svg_tree_fault(svg, brief(pos_now(reader)), "picture-format",
            "this is no picture but a file of another kind; it starts with <%.*s> (save it as SVG, PNG or "
            "JPEG)",
            STR_FMT(name));
    else if (!str_is(space, SVG_SPACE))
        svg_tree_fault(svg, brief(pos_now(reader)), "picture-format",
            "this <svg> does not say that it is SVG (add xmlns=\"%s\")", SVG_SPACE);
    else
        return true;
    stop(reader);
    return false;
}

static void on_start(void *user, const XML_Char *full, const XML_Char **attributes)
{
    struct reader *reader = user;
    struct str name, space = cut_space(full, &name);
    if (!reader->open && !reader->svg->root && !is_svg_root(reader, space, name))
        return;
    if (++reader->depth > MOST_DEPTH || ++reader->elements > MOST_ELEMENTS) {
        svg_tree_fault(reader->svg, brief(pos_now(reader)), "picture-too-large",
            reader->depth > MOST_DEPTH ? "elements are nested more than %d deep (ungroup them)"
                                       : "there are more than %d elements (simplify the drawing)",
            reader->depth > MOST_DEPTH ? MOST_DEPTH : MOST_ELEMENTS);
        stop(reader);
        return;
    }
    end_text(reader);
    if (reader->foreign || !str_is(space, SVG_SPACE)) {
        reader->foreign++;
        return;
    }
    struct svg_node *node = add_node(reader, str_copy(reader->svg->arena, name), pos_now(reader));
    keep_attributes(reader, node, attributes);
    note_id(reader, node);
    if (!reader->open)
        reader->svg->root = node;
    reader->open = node;
}

static void on_end(void *user, const XML_Char *full)
{
    struct reader *reader = user;
    (void)full;
    if (reader->stopped)
        return;
    reader->depth--;
    if (reader->foreign) {
        reader->foreign--;
        return;
    }
    end_text(reader);
    struct pos end = pos_now(reader);
    reader->open->size = end.offset + end.length - reader->open->pos.offset;
    reader->open = reader->open->parent;
}

/* Entities can make a small file endless, and name other files: they have no place in a picture. */
static void on_doctype(
    void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_subset)
{
    struct reader *reader = user;
    static const char opening[] = "<!DOCTYPE";
    const struct source *source = reader->svg->source;
    struct pos pos = {source, str_find(source->text, opening, 0), sizeof opening - 1};
    (void)system;
    (void)public;
    if (!str_is(str_from(name), "svg"))
        svg_tree_fault(reader->svg, pos, "picture-format", "this is a file of type '%s', no SVG", name);
    else
        svg_tree_fault(reader->svg, pos, "drawing-unsupported", "a DOCTYPE is not read (delete %s)",
            has_subset ? "it, and write out what its entities stand for" : "it: a drawing does without");
    stop(reader);
}

static void on_declaration(void *user, const XML_Char *version, const XML_Char *encoding, int standalone)
{
    struct reader *reader = user;
    (void)version;
    (void)standalone;
    if (!encoding)
        return;
    char lower[16] = {0};
    for (size_t i = 0; encoding[i] && i + 1 < sizeof lower; i++)
        lower[i] = ascii_lower(encoding[i]);
    if (str_is(str_from(lower), "utf-8") || str_is(str_from(lower), "us-ascii"))
        return;
    svg_tree_fault(reader->svg, pos_now(reader), "picture-format",
        "the encoding '%s' is not read (save the drawing as UTF-8)", encoding);
    stop(reader);
}

struct svg *svg_tree_read(
    struct arena *arena, struct diags *diags, const struct source *source, struct str lang)
{
    struct svg *svg = ARENA_NEW(arena, struct svg);
    *svg = (struct svg){.arena = arena, .diags = diags, .source = source, .lang = lang};
    struct reader reader = {.svg = svg, .parser = XML_ParserCreateNS("UTF-8", SEPARATOR)};
    if (!reader.parser)
        out_of_memory();
    XML_SetUserData(reader.parser, &reader);
    XML_SetElementHandler(reader.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reader.parser, on_doctype);
    XML_SetXmlDeclHandler(reader.parser, on_declaration);
    enum XML_Status status = XML_Parse(reader.parser, source->text.p, (int)source->text.n, XML_TRUE);
    enum XML_Error error = XML_GetErrorCode(reader.parser);
    if (status == XML_STATUS_ERROR && error == XML_ERROR_NO_MEMORY)
        out_of_memory();
    if (status == XML_STATUS_ERROR && !reader.stopped)
        svg_tree_fault(svg, (struct pos){source, offset_now(&reader), 0}, "picture-damaged",
            "this is no well-formed XML: %s", XML_ErrorString(error));
    XML_ParserFree(reader.parser);
    buf_free(&reader.text);
    return svg->faults ? NULL : svg;
}
