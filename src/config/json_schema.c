#include "config/json_schema.h"

#include "base/json.h"

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
    struct json json;
    const struct json_schema_part *parts;
};

static void put_text(struct writer *writer, const char *key, const char *text)
{
    json_text(&writer->json, key, text);
}

static void put_raw(struct writer *writer, const char *key, const char *json)
{
    json_raw(&writer->json, key, json);
}

static void put_number(struct writer *writer, const char *key, double value)
{
    json_key(&writer->json, key);
    buf_number(writer->json.out, value, 5);
}

static void begin(struct writer *writer, const char *key)
{
    json_open(&writer->json, key, '{');
}

static void end(struct writer *writer)
{
    json_close(&writer->json, '}');
}

/* ---- Values ---- */

static bool is_whole_number(const char *text)
{
    size_t number;
    return str_to_size(str_from(text), 999999, &number);
}

static void put_choices(struct writer *writer, const struct choice *choices)
{
    json_open(&writer->json, "enum", '[');
    for (const struct choice *choice = choices; choice->name; choice++) {
        if (is_whole_number(choice->name))
            put_raw(writer, NULL, choice->name);
        else
            put_text(writer, NULL, choice->name);
    }
    json_close(&writer->json, ']');
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
    json_key(&writer->json, "$ref");
    buf_printf(writer->json.out, "\"#/$defs/%s\"", part);
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
    json_open(&writer->json, "anyOf", '[');
    begin(writer, NULL);
    put_value(writer, field->item);
    end(writer);
    begin(writer, NULL);
    if (field->shape == SHAPE_ONE_OR_RECORD)
        put_record(writer, field->record);
    else
        put_mapping(writer, field);
    end(writer);
    json_close(&writer->json, ']');
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

static void put_required(struct writer *writer, const struct field *fields)
{
    json_open(&writer->json, "required", '[');
    for (const struct field *field = fields; field->name; field++)
        if (field->flags & FIELD_REQUIRED)
            put_text(writer, NULL, field->name);
    json_close(&writer->json, ']');
}

/* A record: one that demands nothing may be left empty. */
static void put_fields(struct writer *writer, const struct field *fields)
{
    bool demands = false;
    for (const struct field *field = fields; field->name; field++)
        demands = demands || field->flags & FIELD_REQUIRED;
    put_raw(writer, "type", demands ? "\"object\"" : "[\"object\", \"null\"]");
    begin(writer, "properties");
    for (const struct field *field = fields; field->name; field++) {
        begin(writer, field->name);
        put_value(writer, field);
        end(writer);
    }
    end(writer);
    if (demands)
        put_required(writer, fields);
    put_raw(writer, "additionalProperties", "false");
}

void json_schema_put(struct buf *out, const struct field *file, const struct json_schema_part *parts)
{
    struct writer writer = {.json = {.out = out, .spread = true}, .parts = parts};
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
