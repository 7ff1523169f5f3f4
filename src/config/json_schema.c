#include "config/json_schema.h"

#include <string.h>

/* Regular expressions of what config/units.h reads. JSON's parsers see numbers and nulls where the decoder
 * sees text. */
#define DECIMAL "[0-9]+(\\.[0-9]+)?"
static const char LENGTH[] = "^[+-]?" DECIMAL "(pt|in|mm|cm)$";
static const char LENGTH_UPWARD[] = "^[+]?" DECIMAL "(pt|in|mm|cm)$";
static const char COLOR[] = "^([^#].*|#([0-9A-Fa-f]{3}){1,2})$";
static const char DATE[] = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
static const char DATE_OR_NONE[] = "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$";
static const char NOT_BLANK[] = "[^ ]";

struct writer {
    struct buf *out;
    const struct json_schema_part *parts;
    int depth;
    bool filled; /* something stands in the innermost braces already */
};

/* ---- JSON ---- */

static void put_string(struct writer *writer, const char *text)
{
    buf_char(writer->out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_char(writer->out, '\\');
        if ((unsigned char)*text < ' ')
            buf_printf(writer->out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            buf_char(writer->out, *text);
    }
    buf_char(writer->out, '"');
}

static void put_line(struct writer *writer)
{
    buf_char(writer->out, '\n');
    for (int i = 0; i < writer->depth; i++)
        buf_text(writer->out, "  ");
}

static void put_key(struct writer *writer, const char *name)
{
    if (writer->filled)
        buf_char(writer->out, ',');
    put_line(writer);
    put_string(writer, name);
    buf_text(writer->out, ": ");
    writer->filled = true;
}

static void put_text(struct writer *writer, const char *key, const char *text)
{
    put_key(writer, key);
    put_string(writer, text);
}

/* A value that is JSON already. */
static void put_raw(struct writer *writer, const char *key, const char *json)
{
    put_key(writer, key);
    buf_text(writer->out, json);
}

static void put_number(struct writer *writer, const char *key, double value)
{
    put_key(writer, key);
    buf_number(writer->out, value, 5);
}

static void begin(struct writer *writer, const char *key)
{
    if (key)
        put_key(writer, key);
    buf_char(writer->out, '{');
    writer->depth++;
    writer->filled = false;
}

static void end(struct writer *writer)
{
    writer->depth--;
    if (writer->filled)
        put_line(writer);
    buf_char(writer->out, '}');
    writer->filled = true;
}

/* ---- Values ---- */

static bool is_whole_number(const char *text)
{
    size_t number;
    return str_to_size(str_from(text), 999999, &number);
}

static void put_choices(struct writer *writer, const struct choice *choices)
{
    put_key(writer, "enum");
    buf_char(writer->out, '[');
    for (const struct choice *choice = choices; choice->name; choice++) {
        buf_text(writer->out, choice == choices ? "" : ", ");
        if (is_whole_number(choice->name))
            buf_text(writer->out, choice->name);
        else
            put_string(writer, choice->name);
    }
    buf_char(writer->out, ']');
}

static void put_range(struct writer *writer, const struct field *field)
{
    if (!(field->max > field->min))
        return;
    put_number(writer, "minimum", field->min);
    put_number(writer, "maximum", field->max);
}

static void put_length(struct writer *writer, const struct field *field)
{
    bool upward = field->max > field->min && field->min >= 0;
    bool zero = !(field->max > field->min) || (field->min <= 0 && field->max >= 0);
    if (zero) {
        put_raw(writer, "type", "[\"string\", \"integer\"]");
        put_raw(writer, "maximum", "0");
        put_raw(writer, "minimum", "0");
    } else {
        put_text(writer, "type", "string");
    }
    put_text(writer, "pattern", upward ? LENGTH_UPWARD : LENGTH);
}

static void put_plain_text(struct writer *writer, const struct field *field)
{
    bool full = field->flags & FIELD_NONEMPTY;
    put_raw(writer, "type", full ? "[\"string\", \"number\"]" : "[\"string\", \"number\", \"null\"]");
    if (field->pattern || full)
        put_text(writer, "pattern", field->pattern ? field->pattern : NOT_BLANK);
}

static void put_fields(struct writer *writer, const struct field *fields);
static void put_type(struct writer *writer, const struct field *field);
static void put_value(struct writer *writer, const struct field *field);

static const char *part_name(const struct writer *writer, const struct field *fields)
{
    for (const struct json_schema_part *part = writer->parts; part && part->name; part++)
        if (part->fields == fields)
            return part->name;
    return NULL;
}

static void put_record(struct writer *writer, const struct field *fields)
{
    const char *part = part_name(writer, fields);
    if (!part) {
        put_fields(writer, fields);
        return;
    }
    put_key(writer, "$ref");
    buf_printf(writer->out, "\"#/$defs/%s\"", part);
}

/* Each of a list or of a mapping. */
static void put_item(struct writer *writer, const char *key, const struct field *item)
{
    begin(writer, key);
    put_value(writer, item);
    end(writer);
}

static void put_list(struct writer *writer, const struct field *field)
{
    put_raw(writer, "type", field->flags & FIELD_BLANK ? "[\"array\", \"null\"]" : "\"array\"");
    if (field->min > 0)
        put_number(writer, "minItems", field->min);
    if (field->max > 0)
        put_number(writer, "maxItems", field->max);
    put_item(writer, "items", field->item);
}

static void put_mapping(struct writer *writer, const struct field *field)
{
    put_raw(writer, "type", field->flags & FIELD_BLANK ? "[\"object\", \"null\"]" : "\"object\"");
    if (field->min > 0)
        put_number(writer, "minProperties", field->min);
    if (field->pattern) {
        begin(writer, "propertyNames");
        put_text(writer, "pattern", field->pattern);
        end(writer);
    }
    put_item(writer, "additionalProperties", field->item);
}

/* The item, or a mapping: with known keys, or from names to more of it. */
static void put_either(struct writer *writer, const struct field *field)
{
    put_key(writer, "anyOf");
    buf_char(writer->out, '[');
    begin(writer, NULL);
    put_value(writer, field->item);
    end(writer);
    buf_text(writer->out, ", ");
    begin(writer, NULL);
    if (field->shape == SHAPE_ONE_OR_RECORD)
        put_record(writer, field->record);
    else
        put_mapping(writer, field);
    end(writer);
    buf_char(writer->out, ']');
}

static void put_node(struct writer *writer, const struct field *field)
{
    switch (field->shape) {
    case SHAPE_ANY: break;
    case SHAPE_ONE: put_type(writer, field->item); break;
    case SHAPE_LIST: put_list(writer, field); break;
    case SHAPE_MAPPING: put_mapping(writer, field); break;
    case SHAPE_ONE_OR_RECORD:
    case SHAPE_ONE_OR_MAPPING: put_either(writer, field); break;
    }
}

/* The type of a value, and its bounds. */
static void put_type(struct writer *writer, const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT: put_plain_text(writer, field); break;
    case FIELD_BOOL: put_raw(writer, "enum", "[true, false, \"yes\", \"no\"]"); break;
    case FIELD_INTEGER:
    case FIELD_NUMBER:
        put_text(writer, "type", field->type == FIELD_INTEGER ? "integer" : "number");
        put_range(writer, field);
        break;
    case FIELD_LENGTH: put_length(writer, field); break;
    case FIELD_COLOR:
        put_text(writer, "type", "string");
        put_text(writer, "pattern", COLOR);
        break;
    case FIELD_CHOICE: put_choices(writer, field->choices); break;
    case FIELD_DATE:
        put_raw(writer, "type", field->flags & FIELD_NONEMPTY ? "\"string\"" : "[\"string\", \"null\"]");
        put_text(writer, "pattern", field->flags & FIELD_NONEMPTY ? DATE : DATE_OR_NONE);
        break;
    case FIELD_RECORD: put_record(writer, field->record); break;
    case FIELD_NODE: put_node(writer, field); break;
    }
}

/* ---- What is said of a field ---- */

static bool is_in_words(const char *usual)
{
    return usual && usual[0] == '(';
}

static void put_description(struct writer *writer, const struct field *field)
{
    if (!field->about)
        return;
    struct buf text = {0};
    buf_text(&text, field->about);
    if (field->type == FIELD_LENGTH && field->max > field->min) {
        buf_text(&text, " From ");
        buf_number(&text, field->min, 3);
        buf_text(&text, "pt to ");
        buf_number(&text, field->max, 3);
        buf_text(&text, "pt.");
    }
    if (is_in_words(field->usual))
        buf_printf(&text, " Default: %.*s.", (int)strlen(field->usual) - 2, field->usual + 1);
    put_text(writer, "description", text.p);
    buf_free(&text);
}

static void put_default(struct writer *writer, const struct field *field)
{
    if (!field->usual || is_in_words(field->usual))
        return;
    bool bare = field->type == FIELD_BOOL || field->type == FIELD_INTEGER || field->type == FIELD_NUMBER;
    bool raw = bare || field->usual[0] == '[' || is_whole_number(field->usual);
    if (raw)
        put_raw(writer, "default", field->usual);
    else
        put_text(writer, "default", field->usual);
}

static void put_value(struct writer *writer, const struct field *field)
{
    if (field->group)
        put_text(writer, "$comment", field->group);
    put_description(writer, field);
    put_type(writer, field);
    put_default(writer, field);
}

/* A record: one that demands nothing may be left empty. */
static void put_fields(struct writer *writer, const struct field *fields)
{
    struct buf needed = {0};
    for (const struct field *field = fields; field->name; field++)
        if (field->flags & FIELD_REQUIRED)
            buf_printf(&needed, "%s\"%s\"", needed.n ? ", " : "", field->name);
    put_raw(writer, "type", needed.n ? "\"object\"" : "[\"object\", \"null\"]");
    begin(writer, "properties");
    for (const struct field *field = fields; field->name; field++) {
        begin(writer, field->name);
        put_value(writer, field);
        end(writer);
    }
    end(writer);
    if (needed.n) {
        put_key(writer, "required");
        buf_printf(writer->out, "[%s]", needed.p);
    }
    put_raw(writer, "additionalProperties", "false");
    buf_free(&needed);
}

void json_schema_put(struct buf *out, const struct field *file, const struct json_schema_part *parts)
{
    struct writer writer = {.out = out, .parts = parts};
    begin(&writer, NULL);
    put_text(&writer, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_text(&writer, "title", file->name);
    put_value(&writer, file);
    if (parts && parts->name) {
        begin(&writer, "$defs");
        for (const struct json_schema_part *part = parts; part->name; part++) {
            begin(&writer, part->name);
            put_fields(&writer, part->fields);
            end(&writer);
        }
        end(&writer);
    }
    end(&writer);
    buf_char(out, '\n');
}
