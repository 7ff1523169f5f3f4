/* Decodes a node tree into a struct by a table of fields. Unknown keys ("did you mean …?"), wrong types,
 * missing required keys, values out of range are diagnostics with position; decoding goes on to find the
 * rest.
 *
 *     static const struct field FIELDS[] = {
 *         {"size", FIELD_LENGTH, offsetof(struct text, size), .min = 6, .max = 100},
 *         {"align", FIELD_CHOICE, offsetof(struct text, align), .choices = ALIGNS},
 *         {0}};
 *
 * A field that is absent leaves the struct's member as it was, so that defaults and `extends` come first.
 *
 * The tables also say what each key means, for people and their editors: config/json_schema.h makes JSON
 * Schemas of them, and styles/README.md is made of these. A test wants an `about` for every key. */
#ifndef CONFIG_SCHEMA_H
#define CONFIG_SCHEMA_H

#include "config/units.h"
#include "config/yaml.h"

enum field_type {
    FIELD_TEXT,    /* struct str, on one line: see schema_line */
    FIELD_BOOL,    /* bool: true, false, yes, no */
    FIELD_INTEGER, /* int */
    FIELD_NUMBER,  /* double */
    FIELD_LENGTH,  /* double, points */
    FIELD_COLOR,   /* struct color; a name is looked up in the decoder's palette */
    FIELD_CHOICE,  /* int (or an enum): the value of the choice named */
    FIELD_DATE,    /* struct date; empty leaves it as it was, unless FIELD_NONEMPTY */
    FIELD_RECORD,  /* a nested struct, by `record`; one without content counts as an empty mapping */
    FIELD_NODE,    /* const struct node *: any value, for the caller to decode */
};

enum {
    FIELD_REQUIRED = 1,
    FIELD_NONEMPTY = 2,
    FIELD_BLANK = 4, /* NODE: its caller takes an empty value for none */
};

/* What the caller of a FIELD_NODE takes. Not read by the decoder. */
enum shape {
    SHAPE_ANY,
    SHAPE_ONE,            /* `item`: kept as a node for its position */
    SHAPE_LIST,           /* of `item`; `min` of them at least, `max` at most when max > 0 */
    SHAPE_MAPPING,        /* from names to `item`; `min` of them at least */
    SHAPE_ONE_OR_RECORD,  /* `item`, or a mapping with the fields of `record` */
    SHAPE_ONE_OR_MAPPING, /* `item`, or a mapping from names to `item` */
};

struct choice {
    const char *name; /* NULL ends the table */
    int value;
};

struct field {
    const char *name; /* NULL ends the table */
    enum field_type type;
    size_t offset;
    unsigned flags;
    const struct choice *choices;
    const struct field *record;
    double min, max; /* INTEGER, NUMBER, LENGTH: allowed range when max > min */
    size_t presence; /* offset of a bool set to true when the field is present; 0 = none */

    /* For readers and editors; the decoder passes over these. */
    const char *about;        /* what it means, in a sentence or two */
    const char *usual;        /* the default, as YAML has it; or "(in words)"; NULL: nothing */
    const char *group;        /* the title of a group of fields that begins here */
    const char *pattern;      /* a regular expression (ECMA 262): of a TEXT, or of a MAPPING's keys */
    enum shape shape;         /* NODE */
    const struct field *item; /* NODE: the value, or each of them */
};

/* Named colors; `palette` maps a name to a struct color *. May be NULL where no colors occur. */
struct decoder {
    struct arena *arena;
    struct diags *diags;
    const struct map *palette;
};

/* Decodes `node` into the struct at `out`. False if anything was wrong. Codes: yaml-key-unknown,
 * yaml-key-missing, yaml-type, yaml-value. `what` names the thing in messages: "a style sheet". */
bool schema_decode(const struct decoder *decoder, const struct node *node, const struct field *fields,
    const char *what, void *out);
/* Decodes one scalar as the field says, for values outside a record. */
bool schema_decode_value(
    const struct decoder *decoder, const struct node *node, const struct field *field, void *member);
/* The node itself if it is a list; an empty list if it is NULL, or after an error [yaml-type] of another
 * kind. */
const struct node *schema_list(const struct decoder *decoder, const struct node *node, const char *name);
/* Decodes a list of texts, each as `item` says; returns how many there are. NULL counts as an empty list. */
size_t schema_texts(const struct decoder *decoder, const struct node *node, const char *name,
    const struct field *item, struct str **texts);
/* The text with a space for each line break, tab and control character: itself, or a copy in the arena. */
struct str schema_line(struct arena *arena, struct str text);

#endif
