/* Writing JSON (RFC 8259): well-formed, and UTF-8 whatever the texts hold. Any folder may use it. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

#include <stdbool.h>

/* Where in a value the writing is. To begin, set `out`, and perhaps `spread`; all else is zero. */
struct json {
    struct buf *out;
    bool spread; /* a member of an object a line, indented; else all on one line, without spaces */
    bool filled; /* something stands in the innermost brackets already */
    int depth;   /* how many objects are open */
};

/* Appends a text in quotes. Bytes that are not UTF-8 become U+FFFD; quotes, backslashes, controls, and what
 * reorders or hides text (utf8_is_unsafe) are escaped. */
void json_string(struct buf *out, struct str text);

/* A member of an object, or with the key NULL the next element of an array, or the value itself. */
void json_key(struct json *json, const char *key); /* what comes before a value that the caller appends */
void json_open(struct json *json, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket);                 /* '}' or ']' */
void json_str(struct json *json, const char *key, struct str text);
void json_text(struct json *json, const char *key, const char *text);
void json_size(struct json *json, const char *key, size_t value);
void json_bool(struct json *json, const char *key, bool value);
/* A value that is JSON already. */
void json_raw(struct json *json, const char *key, const char *value);

#endif
