/* An SVG file as a tree of its elements, every element and every part of an attribute with its place in the
 * file. The only file group that knows the XML parser. Used by design/svg*.c and picture_svg.c only. */
#ifndef DESIGN_SVG_TREE_H
#define DESIGN_SVG_TREE_H

#include "base/diag.h"
#include "base/map.h"

enum svg_space { SPACE_NONE, SPACE_XLINK, SPACE_XML }; /* attributes of other namespaces are dropped */

struct svg_attribute {
    enum svg_space space;
    struct str name, value;
    size_t index; /* among the attributes of its start tag, without those that declare namespaces */
};

/* An element, or (with an empty name) text within a `text` element. */
struct svg_node {
    struct str name; /* without its prefix; always of SVG's own namespace */
    struct str text;
    struct pos pos;   /* of the start tag, or of the text */
    size_t size;      /* of an element: bytes of the file, with all that is in it */
    bool keeps_space; /* by xml:space, its own or that of an element around it */
    const struct svg_attribute *attributes;
    size_t attribute_count;
    struct svg_node *parent, *first, *last, *next;
};

enum {
    SVG_MOST_FAULTS = 20,    /* told: more would help nobody */
    SVG_MOST_ATTEMPTS = 100, /* with those that were told before */
};

/* A file being read. */
struct svg {
    struct arena *arena;
    struct diags *diags;
    const struct source *source;
    struct str lang;
    struct {
        size_t offset;
        const char *code;
    } told[SVG_MOST_FAULTS]; /* what was reported: no place twice, however often it is used */
    size_t faults, attempts;
    struct svg_node *root;
    struct map ids;   /* of struct svg_node * */
    struct map words; /* svg_style.c: the names that attributes and properties may have */
};

/* Parses a source whose text is well-formed UTF-8. NULL and a diagnostic: picture-damaged (no XML),
 * picture-format (no SVG), picture-too-large, drawing-unsupported (a DOCTYPE). */
struct svg *svg_tree_read(
    struct arena *arena, struct diags *diags, const struct source *source, struct str lang);
/* The value of an attribute without a prefix, or NULL. */
const struct svg_attribute *svg_tree_attribute(const struct svg_node *node, const char *name);
/* Where a part of an attribute's value stands; the whole value, if the file spells it in another way. */
struct pos svg_tree_pos(const struct svg_node *node, const struct svg_attribute *attribute, struct str part);
/* Reports an error; `code` must be a literal. */
void svg_tree_fault(struct svg *svg, struct pos pos, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Are there so many errors that more would help nobody? */
bool svg_tree_hopeless(const struct svg *svg);

#endif
