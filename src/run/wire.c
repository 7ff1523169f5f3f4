#include "run/wire.h"

#include <string.h>

static void put_number(struct buf *out, uint64_t value)
{
    buf_put(out, &value, sizeof value);
}

/* NULL is told from an empty text by the length that no text has. */
static void put_text(struct buf *out, const char *text)
{
    put_number(out, text ? strlen(text) : UINT64_MAX);
    if (text)
        buf_text(out, text);
}

void wire_put(struct buf *out, const struct outcome *outcome)
{
    const struct diags *diags = &outcome->diags;
    size_t start = out->n;
    put_number(out, 0);
    put_number(out, outcome->built);
    put_number(out, outcome->pages);
    put_number(out, outcome->bytes);
    put_number(out, outcome->hashed);
    buf_put(out, outcome->sha256.bytes, sizeof outcome->sha256.bytes);
    put_number(out, outcome->text.n);
    buf_str(out, buf_slice(&outcome->text));
    put_number(out, diags->errors);
    put_number(out, diags->warnings);
    put_number(out, diags->machine_errors);
    put_number(out, diags->dropped);
    put_number(out, diags->list.n);
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = &diags->list.at[i];
        put_number(out, (uint64_t)diag->severity);
        put_number(out, diag->line);
        put_number(out, diag->column);
        put_number(out, diag->width);
        put_text(out, diag->code);
        put_text(out, diag->message);
        put_text(out, diag->file);
        put_text(out, diag->excerpt);
        put_text(out, diag->reason);
        put_text(out, diag->basis);
    }
    uint64_t size = out->n - start;
    memcpy(out->p + start, &size, sizeof size);
}

/* A message being read; `bad` once it ended too early or a value was out of range. */
struct cursor {
    struct arena *arena;
    struct str rest;
    bool bad;
};

static uint64_t get_number(struct cursor *cursor)
{
    uint64_t value = 0;
    if (cursor->rest.n < sizeof value) {
        cursor->bad = true;
        return 0;
    }
    memcpy(&value, cursor->rest.p, sizeof value);
    cursor->rest = str_slice(cursor->rest, sizeof value, cursor->rest.n);
    return value;
}

static struct str get_bytes(struct cursor *cursor, uint64_t size)
{
    if (size > cursor->rest.n) {
        cursor->bad = true;
        return STR("");
    }
    struct str bytes = str_slice(cursor->rest, 0, (size_t)size);
    cursor->rest = str_slice(cursor->rest, (size_t)size, cursor->rest.n);
    return bytes;
}

static const char *get_text(struct cursor *cursor)
{
    uint64_t size = get_number(cursor);
    return size == UINT64_MAX ? NULL : str_dup(cursor->arena, get_bytes(cursor, size));
}

static void get_diag(struct cursor *cursor, struct diags *diags)
{
    struct diag diag = {0};
    uint64_t severity = get_number(cursor);
    diag.severity = severity <= SEVERITY_MACHINE ? (enum severity)severity : SEVERITY_ERROR;
    diag.line = (size_t)get_number(cursor);
    diag.column = (size_t)get_number(cursor);
    diag.width = (size_t)get_number(cursor);
    diag.code = get_text(cursor);
    diag.message = get_text(cursor);
    diag.file = get_text(cursor);
    diag.excerpt = get_text(cursor);
    diag.reason = get_text(cursor);
    diag.basis = get_text(cursor);
    if (!diag.code || !diag.message)
        cursor->bad = true;
    else
        vec_push(cursor->arena, &diags->list, diag);
}

bool wire_is_complete(struct str bytes)
{
    uint64_t size;
    if (bytes.n < sizeof size)
        return false;
    memcpy(&size, bytes.p, sizeof size);
    return bytes.n >= size;
}

bool wire_get(struct arena *arena, struct str bytes, struct outcome *outcome)
{
    struct cursor cursor = {.arena = arena, .rest = bytes};
    *outcome = (struct outcome){.diags = diags_new(arena)};
    if (get_number(&cursor) != bytes.n)
        return false;
    outcome->built = get_number(&cursor) == 1;
    outcome->pages = (size_t)get_number(&cursor);
    outcome->bytes = (size_t)get_number(&cursor);
    outcome->hashed = get_number(&cursor) == 1;
    struct str hash = get_bytes(&cursor, sizeof outcome->sha256.bytes);
    if (!cursor.bad)
        memcpy(outcome->sha256.bytes, hash.p, hash.n);
    struct str text = get_bytes(&cursor, get_number(&cursor));
    outcome->diags.errors = (size_t)get_number(&cursor);
    outcome->diags.warnings = (size_t)get_number(&cursor);
    outcome->diags.machine_errors = (size_t)get_number(&cursor);
    outcome->diags.dropped = (size_t)get_number(&cursor);
    for (uint64_t n = get_number(&cursor); n > 0 && !cursor.bad; n--)
        get_diag(&cursor, &outcome->diags);
    if (cursor.bad || cursor.rest.n)
        return false;
    buf_str(&outcome->text, text);
    return true;
}
