/* YAML files as a tree of nodes, every one with its position. The only file that knows libyaml.
 *
 * Limits, because libyaml itself has none that help: depth 64, 100,000 nodes, 1 MB of text, aliases for 1,000
 * nodes in all. Duplicate keys, several documents, directives, merge keys, tags, and keys that are not
 * scalars are errors. The tree may hold a node more than once (by alias), but never in itself. Scalars stay
 * text: the schema types them (000000 is a color, no is a language, 1.10 a version). */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
    enum node_kind kind;
    struct pos pos;
    struct str text;       /* SCALAR: its content; a block (| or >) without the line ends at its end */
    bool plain;            /* SCALAR: unquoted; a plain empty one is YAML's null */
    struct node **items;   /* SEQUENCE: items; MAPPING: values */
    struct str *keys;      /* MAPPING: a key for each value */
    struct pos *key_poses; /* MAPPING: where each key stands */
    size_t n;
};

/* The root node of a YAML text, in the arena; an empty file gives an empty mapping. NULL after an error, with
 * diagnostics: yaml-syntax, yaml-limit, yaml-key-duplicate, yaml-unsupported. */
struct node *yaml_parse(struct arena *arena, struct diags *diags, const struct source *source);

/* The value of a mapping's key, or NULL (also when `node` is NULL or no mapping). */
struct node *node_get(const struct node *node, const char *key);
struct node *node_get_str(const struct node *node, struct str key);

#endif
