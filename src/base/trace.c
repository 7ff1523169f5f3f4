#include "base/trace.h"

struct trace *trace_new(struct arena *arena)
{
    struct trace *trace = ARENA_NEW(arena, struct trace);
    trace->arena = arena;
    return trace;
}

static struct input *entry(struct trace *trace, const char *path)
{
    struct input *input = map_get(&trace->by_path, str_from(path));
    if (input)
        return input;
    input = ARENA_NEW(trace->arena, struct input);
    input->path = arena_copy(trace->arena, path, strlen(path));
    map_put(trace->arena, &trace->by_path, str_from(input->path), input);
    vec_push(trace->arena, &trace->list, input);
    return input;
}

void trace_hash(struct trace *trace, const char *path, struct hash128 hash)
{
    if (!trace)
        return;
    struct input *input = entry(trace, path);
    trace->torn = trace->torn || (input->read && !hash128_eq(input->hash, hash));
    input->read = true;
    input->hash = hash;
}

void trace_read(struct trace *trace, const char *path, struct str bytes)
{
    if (trace)
        trace_hash(trace, path, hash128_of(bytes));
}

void trace_beneath(struct trace *trace, const char *path, const char *root)
{
    if (trace)
        entry(trace, path)->root = arena_copy(trace->arena, root, strlen(root));
}

const struct input *trace_find(const struct trace *trace, const char *path)
{
    return map_get(&trace->by_path, str_from(path));
}
