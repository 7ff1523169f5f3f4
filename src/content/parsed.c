#include "content/parsed.h"

#include "base/map.h"
#include "content/table.h"

#include <cmark.h>
#include <string.h>

/* A text with tables is read again until no more are found (see table.h): commonly once, and never so often
 * that this many bytes are read. What is left after that stays text. */
enum { BYTES_READ_MOST = 8 * 1024 * 1024 };

struct parsed_kept {
    struct arena *arena;
    struct map by_path; /* → struct parsed * */
};

static cmark_node *parse(const struct script *script)
{
    return cmark_parse_document(script->text.p, script->text.n, CMARK_OPT_SMART | CMARK_OPT_VALIDATE_UTF8);
}

/* Takes `arena` over, for what lives as long as `parsed`. */
static void read_source(
    struct parsed *parsed, struct arena *arena, struct diags *diags, const struct source *source)
{
    struct script *script = &parsed->script;
    parsed->arena = arena;
    *script = script_new(source);
    parsed->root = parse(script);
    for (size_t bytes = 0; bytes < BYTES_READ_MOST && table_rewrite(arena, diags, script, parsed->root);) {
        bytes += script->text.n;
        cmark_node_free(parsed->root);
        parsed->root = parse(script);
    }
}

/* Frees all but the arena. */
static void close_parsed(struct parsed *parsed)
{
    cmark_node_free(parsed->root);
    script_free(&parsed->script);
}

struct parsed_kept *parsed_keep(void)
{
    struct arena *arena = arena_new();
    struct parsed_kept *kept = ARENA_NEW(arena, struct parsed_kept);
    kept->arena = arena;
    return kept;
}

void parsed_kept_free(struct parsed_kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < kept->by_path.n; i++) {
        struct parsed *parsed = kept->by_path.entries[i].value;
        close_parsed(parsed);
        arena_free(parsed->arena);
    }
    arena_free(kept->arena);
}

struct parsed *parsed_of(
    struct parsed_kept *kept, struct arena *arena, struct diags *diags, const struct source *source)
{
    struct parsed *parsed = kept ? map_get(&kept->by_path, str_from(source->path)) : NULL;
    if (parsed && str_eq(parsed->script.source->text, source->text))
        return parsed;
    struct arena *own = arena_new();
    if (!kept || parsed) {
        parsed = ARENA_NEW(arena, struct parsed);
        read_source(parsed, own, diags, source);
        return parsed;
    }
    size_t said = diags->list.n;
    char *path = arena_copy(own, source->path, strlen(source->path));
    parsed = ARENA_NEW(own, struct parsed);
    read_source(parsed, own, diags, source_new(own, path, str_copy(own, source->text)));
    parsed->copied = true;
    parsed->kept = diags->list.n == said;
    if (parsed->kept)
        map_put(kept->arena, &kept->by_path, str_from(path), parsed);
    return parsed;
}

void parsed_done(struct parsed *parsed, struct arena *arena)
{
    if (parsed->kept)
        return;
    struct arena *own = parsed->arena;
    bool copied = parsed->copied;
    close_parsed(parsed);
    if (copied)
        arena_adopt(arena, own);
    else
        arena_free(own);
}
