#include "content/outline.h"

#include "base/map.h"
#include "content/link.h"
#include "content/slug.h"

enum { DEEPEST_LEVEL = 6 };

/* A heading that later ones may stand beneath. */
struct open_heading {
    int written, printed;
};

static void set_level(struct diags *diags, struct doc_node *heading, int level, bool skipped)
{
    if (skipped)
        diag_at(diags, SEVERITY_WARNING, heading->pos, "heading-skipped",
            "this heading skips a level, and is printed one below the heading above it");
    if (level > DEEPEST_LEVEL)
        diag_at(diags, SEVERITY_WARNING, heading->pos, "heading-clamped",
            "headings have %d levels in print, and this one would be of level %d", DEEPEST_LEVEL, level);
    heading->heading.level = level > DEEPEST_LEVEL ? DEEPEST_LEVEL : level;
}

void outline_levels(struct diags *diags, struct doc_node *root)
{
    struct open_heading open[2 * DEEPEST_LEVEL + 2];
    size_t depth = 0;
    for (struct doc_node *node = root; node; node = doc_next(node, root)) {
        if (node->kind != DOC_HEADING)
            continue;
        int written = node->heading.level;
        while (depth > 0 && open[depth - 1].written >= written)
            depth--;
        bool first = depth == 0;
        int level = first ? written : open[depth - 1].printed + 1;
        bool skipped = !first && written > open[depth - 1].written + 1;
        if (depth < sizeof open / sizeof *open)
            open[depth++] = (struct open_heading){written, level};
        set_level(diags, node, level, skipped);
    }
}

/* The anchors of a document, and those of each of its files as a reader of that file alone would count them.
 */
struct anchors {
    struct arena *arena;
    struct map used;    /* in the document */
    struct map targets; /* anchor → heading */
    struct map files;   /* path → struct file_anchors * */
};

struct file_anchors {
    struct map used, targets;
};

static struct file_anchors *file_of(struct anchors *anchors, const struct source *source)
{
    struct str path = source ? str_from(source->path) : STR("");
    struct file_anchors *file = map_get(&anchors->files, path);
    if (!file) {
        file = ARENA_NEW(anchors->arena, struct file_anchors);
        map_put(anchors->arena, &anchors->files, path, file);
    }
    return file;
}

static void add_heading(struct anchors *anchors, struct doc_node *heading)
{
    struct buf text = {0};
    doc_public_text(heading, &text);
    struct str slug = slug_of(anchors->arena, buf_slice(&text));
    buf_free(&text);
    struct file_anchors *file = file_of(anchors, heading->pos.source);
    struct str own = slug_unique(anchors->arena, &file->used, slug);
    heading->heading.anchor = slug_unique(anchors->arena, &anchors->used, slug);
    map_put(anchors->arena, &file->targets, own, heading);
    map_put(anchors->arena, &anchors->targets, heading->heading.anchor, heading);
}

/* A message must not quote a variable's value: it may be a patient's. */
static bool has_variable(const struct doc_node *link)
{
    struct pos pos = link->pos;
    return pos.source &&
           str_find(str_slice(pos.source->text, pos.offset, pos.offset + pos.length), "{{", 0) != SIZE_MAX;
}

static void resolve(struct anchors *anchors, struct diags *diags, struct doc_node *link)
{
    struct str anchor = link_decode(anchors->arena, str_slice(link->link.url, 1, link->link.url.n));
    const struct file_anchors *file = file_of(anchors, link->pos.source);
    link->link.target = map_get(&file->targets, anchor);
    if (!link->link.target)
        link->link.target = map_get(&anchors->targets, anchor);
    if (link->link.target)
        return;
    if (has_variable(link)) {
        diag_at(diags, SEVERITY_ERROR, link->pos, "anchor-unknown",
            "no heading has the anchor that this link names");
        return;
    }
    struct str near = map_nearest(&anchors->targets, anchor);
    if (near.n)
        diag_at(diags, SEVERITY_ERROR, link->pos, "anchor-unknown",
            "no heading has the anchor '%.*s' (did you mean '%.*s'?)", STR_FMT(anchor), STR_FMT(near));
    else
        diag_at(diags, SEVERITY_ERROR, link->pos, "anchor-unknown", "no heading has the anchor '%.*s'",
            STR_FMT(anchor));
}

void outline_anchors(struct arena *arena, struct diags *diags, struct doc_node *root)
{
    struct anchors anchors = {.arena = arena};
    for (struct doc_node *node = root; node; node = doc_next(node, root))
        if (node->kind == DOC_HEADING)
            add_heading(&anchors, node);
    for (struct doc_node *node = root; node; node = doc_next(node, root))
        if (node->kind == DOC_LINK && str_starts(node->link.url, "#"))
            resolve(&anchors, diags, node);
}
