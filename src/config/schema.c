#include "config/schema.h"

#include "base/buf.h"
#include "base/map.h"

enum { LONGEST_QUOTE = 60 }; /* bytes of a wrong value that a message repeats */

/* What a value of each type must be, for messages. */
static const char *expected(enum field_type type)
{
    switch (type) {
    case FIELD_TEXT: return "a text";
    case FIELD_BOOL: return "true or false";
    case FIELD_INTEGER: return "a whole number";
    case FIELD_NUMBER: return "a number such as 1.25";
    case FIELD_LENGTH: return "a length such as 12pt, 0.75in, 20mm or 2cm";
    case FIELD_COLOR: return "a color such as \"#0b4f6c\", or the name of one";
    case FIELD_CHOICE: return "one of several words";
    case FIELD_DATE: return "a date such as 2026-11-20";
    case FIELD_RECORD: return "a mapping of keys and values";
    case FIELD_NODE: break;
    }
    return "a value";
}

static const char *kind_name(enum node_kind kind)
{
    return kind == NODE_SEQUENCE ? "a list" : kind == NODE_MAPPING ? "a mapping" : "a text";
}

/* A wrong value as a message repeats it: cut at a character's end when long. */
static struct str quoted(struct str text)
{
    size_t end = text.n;
    if (end > LONGEST_QUOTE)
        for (end = LONGEST_QUOTE; end > 0 && ((unsigned char)text.p[end] & 0xC0) == 0x80;)
            end--;
    return str_slice(text, 0, end);
}

static bool type_error(const struct decoder *decoder, const struct node *node, const struct field *field)
{
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "'%s' must be %s, not %s", field->name,
        expected(field->type), kind_name(node->kind));
    return false;
}

static bool value_error(const struct decoder *decoder, const struct node *node, const struct field *field)
{
    struct str text = quoted(node->text);
    if (text.n)
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' must be %s, not '%.*s%s'",
            field->name, expected(field->type), STR_FMT(text), text.n < node->text.n ? "…" : "");
    else
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' must be %s, and is empty",
            field->name, expected(field->type));
    return false;
}

static bool check_range(
    const struct decoder *decoder, const struct node *node, const struct field *field, double value)
{
    if (!(field->max > field->min) || (value >= field->min && value <= field->max))
        return true;
    struct buf range = {0};
    const char *unit = field->type == FIELD_LENGTH ? "pt" : "";
    buf_number(&range, field->min, 3);
    buf_text(&range, unit);
    buf_text(&range, " to ");
    buf_number(&range, field->max, 3);
    buf_text(&range, unit);
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' must be in the range %s",
        field->name, range.p);
    buf_free(&range);
    return false;
}

static bool decode_bool(
    const struct decoder *decoder, const struct node *node, const struct field *field, bool *member)
{
    bool yes = str_is(node->text, "true") || str_is(node->text, "yes");
    if (!yes && !str_is(node->text, "false") && !str_is(node->text, "no"))
        return value_error(decoder, node, field);
    *member = yes;
    return true;
}

static bool decode_integer(
    const struct decoder *decoder, const struct node *node, const struct field *field, int *member)
{
    enum { LARGEST = 1000000000 };
    size_t number;
    bool sign = str_starts(node->text, "-") || str_starts(node->text, "+");
    if (!str_to_size(str_slice(node->text, sign, node->text.n), LARGEST, &number))
        return value_error(decoder, node, field);
    int value = node->text.p[0] == '-' ? -(int)number : (int)number;
    if (!check_range(decoder, node, field, value))
        return false;
    *member = value;
    return true;
}

static bool decode_double(
    const struct decoder *decoder, const struct node *node, const struct field *field, double *member)
{
    double value;
    bool good =
        field->type == FIELD_LENGTH ? length_parse(node->text, &value) : number_parse(node->text, &value);
    if (!good)
        return value_error(decoder, node, field);
    if (!check_range(decoder, node, field, value))
        return false;
    *member = value;
    return true;
}

static bool decode_color(
    const struct decoder *decoder, const struct node *node, const struct field *field, struct color *member)
{
    if (str_starts(node->text, "#"))
        return color_parse(node->text, member) || value_error(decoder, node, field);
    const struct color *named = decoder->palette ? map_get(decoder->palette, node->text) : NULL;
    if (named) {
        *member = *named;
        return true;
    }
    struct str nearest = decoder->palette ? map_nearest(decoder->palette, node->text) : STR("");
    if (!nearest.n)
        return value_error(decoder, node, field);
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value",
        "'%s' names the unknown color '%.*s' (did you mean '%.*s'?)", field->name,
        STR_FMT(quoted(node->text)), STR_FMT(nearest));
    return false;
}

static bool decode_choice(
    const struct decoder *decoder, const struct node *node, const struct field *field, void *member)
{
    struct buf names = {0};
    for (const struct choice *choice = field->choices; choice->name; choice++) {
        if (str_is(node->text, choice->name)) {
            *(int *)member = choice->value;
            buf_free(&names);
            return true;
        }
        if (names.n)
            buf_text(&names, choice[1].name ? ", " : " or ");
        buf_text(&names, choice->name);
    }
    struct str text = quoted(node->text);
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-value", "'%s' must be %s, not '%.*s'",
        field->name, names.p ? names.p : "", STR_FMT(text));
    buf_free(&names);
    return false;
}

static bool decode_date(
    const struct decoder *decoder, const struct node *node, const struct field *field, struct date *member)
{
    return (node->text.n == 0 && !(field->flags & FIELD_NONEMPTY)) || date_parse(node->text, member) ||
           value_error(decoder, node, field);
}

static bool decode_text(
    const struct decoder *decoder, const struct node *node, const struct field *field, struct str *member)
{
    struct str text = schema_line(decoder->arena, node->text);
    if ((field->flags & FIELD_NONEMPTY) && str_trim(text).n == 0)
        return value_error(decoder, node, field);
    *member = text;
    return true;
}

struct str schema_line(struct arena *arena, struct str text)
{
    size_t i = 0;
    while (i < text.n && (unsigned char)text.p[i] >= ' ')
        i++;
    if (i == text.n)
        return text;
    char *line = arena_copy(arena, text.p, text.n);
    for (; i < text.n; i++)
        if ((unsigned char)line[i] < ' ')
            line[i] = ' ';
    return (struct str){line, text.n};
}

bool schema_decode_value(
    const struct decoder *decoder, const struct node *node, const struct field *field, void *member)
{
    if (field->type == FIELD_NODE) {
        *(const struct node **)member = node;
        return true;
    }
    if (field->type == FIELD_RECORD)
        return schema_decode(
            decoder, node, field->record, arena_printf(decoder->arena, "'%s'", field->name), member);
    if (node->kind != NODE_SCALAR)
        return type_error(decoder, node, field);
    switch (field->type) {
    case FIELD_TEXT: return decode_text(decoder, node, field, member);
    case FIELD_BOOL: return decode_bool(decoder, node, field, member);
    case FIELD_INTEGER: return decode_integer(decoder, node, field, member);
    case FIELD_NUMBER:
    case FIELD_LENGTH: return decode_double(decoder, node, field, member);
    case FIELD_COLOR: return decode_color(decoder, node, field, member);
    case FIELD_CHOICE: return decode_choice(decoder, node, field, member);
    case FIELD_DATE: return decode_date(decoder, node, field, member);
    case FIELD_RECORD:
    case FIELD_NODE: break;
    }
    return true;
}

const struct node *schema_list(const struct decoder *decoder, const struct node *node, const char *name)
{
    static const struct node NOTHING = {.kind = NODE_SEQUENCE};
    if (!node || node->kind == NODE_SEQUENCE)
        return node ? node : &NOTHING;
    diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type", "'%s' must be a list", name);
    return &NOTHING;
}

size_t schema_texts(const struct decoder *decoder, const struct node *node, const char *name,
    const struct field *item, struct str **texts)
{
    node = schema_list(decoder, node, name);
    *texts = ARENA_ARRAY(decoder->arena, struct str, node->n);
    for (size_t i = 0; i < node->n; i++)
        schema_decode_value(decoder, node->items[i], item, &(*texts)[i]);
    return node->n;
}

static const struct field *find_field(const struct field *fields, struct str key)
{
    for (; fields->name; fields++)
        if (str_is(key, fields->name))
            return fields;
    return NULL;
}

/* Reports a key that no field has, with the nearest one, or with all of them when there are few. */
static void unknown_key(const struct decoder *decoder, const struct field *fields, const char *what,
    struct str key, struct pos pos)
{
    enum { FEW = 12 };
    struct map names = {0};
    struct buf list = {0};
    for (const struct field *field = fields; field->name; field++) {
        map_put(decoder->arena, &names, str_from(field->name), decoder->arena); /* only keys matter */
        buf_text(&list, list.n ? ", " : "");
        buf_text(&list, field->name);
    }
    struct str nearest = map_nearest(&names, key), shown = quoted(key);
    if (nearest.n)
        diag_at(decoder->diags, SEVERITY_ERROR, pos, "yaml-key-unknown",
            "unknown key '%.*s' (did you mean '%.*s'?)", STR_FMT(shown), STR_FMT(nearest));
    else if (names.n <= FEW)
        diag_at(decoder->diags, SEVERITY_ERROR, pos, "yaml-key-unknown",
            "unknown key '%.*s' (%s can have: %s)", STR_FMT(shown), what, list.p ? list.p : "none");
    else
        diag_at(decoder->diags, SEVERITY_ERROR, pos, "yaml-key-unknown", "unknown key '%.*s' in %s",
            STR_FMT(shown), what);
    buf_free(&list);
}

bool schema_decode(const struct decoder *decoder, const struct node *node, const struct field *fields,
    const char *what, void *out)
{
    size_t errors = decoder->diags->errors;
    bool empty = node->kind == NODE_SCALAR && node->plain && node->text.n == 0;
    if (node->kind != NODE_MAPPING && !empty) {
        diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-type",
            "%s must be a mapping of keys and values, not %s", what, kind_name(node->kind));
        return false;
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++) {
        const struct field *field = find_field(fields, node->keys[i]);
        if (!field) {
            unknown_key(decoder, fields, what, node->keys[i], node->key_poses[i]);
            continue;
        }
        schema_decode_value(decoder, node->items[i], field, (char *)out + field->offset);
        if (field->presence)
            *(bool *)((char *)out + field->presence) = true;
    }
    for (const struct field *field = fields; field->name; field++)
        if ((field->flags & FIELD_REQUIRED) && !node_get(node, field->name))
            diag_at(decoder->diags, SEVERITY_ERROR, node->pos, "yaml-key-missing", "%s needs the key '%s'",
                what, field->name);
    return decoder->diags->errors == errors;
}
