#include "run/wire.h"

#include "base/pack.h"

#include <string.h>

/* Of what was read, only the paths are reported. */
static void put_inputs(struct buf *out, const struct trace *inputs)
{
    pack_number(out, inputs ? inputs->list.n : 0);
    for (size_t i = 0; inputs && i < inputs->list.n; i++)
        pack_text(out, inputs->list.at[i]->path);
}

static const struct trace *get_inputs(struct unpack *message, struct arena *arena)
{
    struct trace *inputs = trace_new(arena);
    for (uint64_t n = unpack_number(message); n > 0 && !message->bad; n--) {
        const char *path = unpack_text(message, arena);
        if (path)
            trace_hash(inputs, path, (struct hash128){0});
    }
    return inputs;
}

void wire_put(struct buf *out, const struct outcome *outcome)
{
    const struct diags *diags = &outcome->diags;
    size_t start = out->n;
    pack_number(out, 0);
    pack_number(out, outcome->built);
    pack_number(out, outcome->current);
    pack_text(out, outcome->cause);
    pack_number(out, outcome->pages);
    pack_number(out, outcome->bytes);
    pack_number(out, outcome->hashed);
    buf_put(out, outcome->sha256.bytes, sizeof outcome->sha256.bytes);
    pack_number(out, outcome->text.n);
    buf_str(out, buf_slice(&outcome->text));
    pack_number(out, diags->errors);
    pack_number(out, diags->warnings);
    pack_number(out, diags->machine_errors);
    pack_number(out, diags->dropped);
    pack_number(out, diags->list.n);
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = &diags->list.at[i];
        pack_number(out, (uint64_t)diag->severity);
        pack_number(out, diag->line);
        pack_number(out, diag->column);
        pack_number(out, diag->width);
        pack_text(out, diag->code);
        pack_text(out, diag->message);
        pack_text(out, diag->file);
        pack_text(out, diag->excerpt);
        pack_text(out, diag->reason);
        pack_text(out, diag->basis);
    }
    put_inputs(out, outcome->inputs);
    uint64_t size = out->n - start;
    memcpy(out->p + start, &size, sizeof size);
}

static void get_diag(struct unpack *message, struct diags *diags)
{
    struct diag diag = {0};
    uint64_t severity = unpack_number(message);
    diag.severity = severity <= SEVERITY_MACHINE ? (enum severity)severity : SEVERITY_ERROR;
    diag.line = (size_t)unpack_number(message);
    diag.column = (size_t)unpack_number(message);
    diag.width = (size_t)unpack_number(message);
    diag.code = unpack_text(message, diags->arena);
    diag.message = unpack_text(message, diags->arena);
    diag.file = unpack_text(message, diags->arena);
    diag.excerpt = unpack_text(message, diags->arena);
    diag.reason = unpack_text(message, diags->arena);
    diag.basis = unpack_text(message, diags->arena);
    if (!diag.code || !diag.message)
        message->bad = true;
    else
        vec_push(diags->arena, &diags->list, diag);
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
    struct unpack message = {.rest = bytes};
    *outcome = (struct outcome){.diags = diags_new(arena)};
    if (unpack_number(&message) != bytes.n)
        return false;
    outcome->built = unpack_number(&message) == 1;
    outcome->current = unpack_number(&message) == 1;
    outcome->cause = unpack_text(&message, arena);
    outcome->pages = (size_t)unpack_number(&message);
    outcome->bytes = (size_t)unpack_number(&message);
    outcome->hashed = unpack_number(&message) == 1;
    struct str hash = unpack_bytes(&message, sizeof outcome->sha256.bytes);
    memcpy(outcome->sha256.bytes, hash.p, hash.n);
    struct str text = unpack_bytes(&message, unpack_number(&message));
    outcome->diags.errors = (size_t)unpack_number(&message);
    outcome->diags.warnings = (size_t)unpack_number(&message);
    outcome->diags.machine_errors = (size_t)unpack_number(&message);
    outcome->diags.dropped = (size_t)unpack_number(&message);
    for (uint64_t n = unpack_number(&message); n > 0 && !message.bad; n--)
        get_diag(&message, &outcome->diags);
    outcome->inputs = get_inputs(&message, arena);
    if (message.bad || message.rest.n)
        return false;
    buf_str(&outcome->text, text);
    return true;
}
