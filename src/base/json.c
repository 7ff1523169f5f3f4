#include "base/json.h"

#include "base/utf8.h"

static void put_unit(struct buf *out, uint32_t unit)
{
    static const char digits[] = "0123456789abcdef";
    char text[6] = {'\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15],
        digits[unit & 15]};
    buf_put(out, text, sizeof text);
}

static void put_escaped(struct buf *out, uint32_t c)
{
    if (c == '\n') {
        buf_text(out, "\\n");
    } else if (c == '\t') {
        buf_text(out, "\\t");
    } else if (c > 0xFFFF) { /* a surrogate pair */
        put_unit(out, 0xD800 | (c - 0x10000) >> 10);
        put_unit(out, 0xDC00 | (c & 0x3FF));
    } else {
        put_unit(out, c);
    }
}

void json_string(struct buf *out, struct str text)
{
    buf_char(out, '"');
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (utf8_is_unsafe(c)) {
            put_escaped(out, c);
        } else if (c == 0xFFFD) { /* perhaps a byte that is not UTF-8 */
            buf_text(out, "\xEF\xBF\xBD");
        } else {
            buf_put(out, text.p + from, at - from);
        }
    }
    buf_char(out, '"');
}

static void put_line(struct json *json)
{
    if (!json->spread)
        return;
    buf_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++)
        buf_text(json->out, "  ");
}

void json_key(struct json *json, const char *key)
{
    if (json->filled)
        buf_char(json->out, ',');
    if (key) {
        put_line(json);
        json_string(json->out, str_from(key));
        buf_text(json->out, json->spread ? ": " : ":");
    } else if (json->filled && json->spread) {
        buf_char(json->out, ' ');
    }
    json->filled = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    json_key(json, key);
    buf_char(json->out, bracket);
    json->depth += bracket == '{';
    json->filled = false;
}

void json_close(struct json *json, char bracket)
{
    if (bracket == '}') {
        json->depth--;
        if (json->filled)
            put_line(json);
    }
    buf_char(json->out, bracket);
    json->filled = true;
}

void json_str(struct json *json, const char *key, struct str text)
{
    json_key(json, key);
    json_string(json->out, text);
}

void json_text(struct json *json, const char *key, const char *text)
{
    json_str(json, key, str_from(text));
}

void json_size(struct json *json, const char *key, size_t value)
{
    json_key(json, key);
    buf_printf(json->out, "%zu", value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    json_raw(json, key, value ? "true" : "false");
}

void json_raw(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    buf_text(json->out, value);
}
