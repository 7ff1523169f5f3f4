#include "run/convert.h"

#include "base/file.h"
#include "design/box.h"
#include "layout/fit.h"
#include "paint/pdf.h"
#include "run/cache.h"
#include "run/examine.h"

#include <signal.h>

struct document *convert_assemble(
    struct arena *arena, struct diags *diags, const struct workshop *workshop, const struct task *task)
{
    if (task->handout)
        return assemble_handout(
            arena, diags, workshop->library, task->handout, task->edition, &workshop->assemble);
    return assemble_file(
        arena, diags, workshop->content_root, workshop->library, task->file, task->lang, &workshop->assemble);
}

bool convert_write(struct diags *diags, const char *path, struct str bytes)
{
    sigset_t endings, before;
    sigemptyset(&endings);
    sigaddset(&endings, SIGINT);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGHUP);
    sigprocmask(SIG_BLOCK, &endings, &before);
    bool good = file_write(diags, path, bytes);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return good;
}

/* The journey: document, then boxes and pages, which are judged, then the PDF, whose hash is given. A stage
 * that reported an error gives NULL, and the next does not start; a dump ends the journey at the stage that
 * it shows. */
static bool travel(struct arena *arena, const struct workshop *workshop, const struct task *task,
    struct outcome *outcome, struct hash128 *hash)
{
    struct diags *diags = &outcome->diags;

    const struct document *document = convert_assemble(arena, diags, workshop, task);
    if (!document)
        return false;
    if (workshop->dump == DUMP_DOCUMENT) {
        document_dump(document, &outcome->text);
        return true;
    }

    struct fitted fitted;
    if (!fit(arena, diags, task->sheet, workshop->shaper, workshop->gallery, document, &fitted))
        return false;
    if (workshop->dump == DUMP_BOXES) {
        box_tree_dump(fitted.boxes, &outcome->text);
        return true;
    }
    if (workshop->dump == DUMP_PAGES) {
        pages_dump(fitted.pages, &outcome->text);
        return true;
    }

    if (workshop->profile)
        examine_looks(arena, diags, workshop, task, document, &fitted);

    size_t faces = fontset_count(workshop->fontset);
    if (!pdf_write(arena, diags, workshop->press, document, fitted.pages, faces, &outcome->text))
        return false;
    outcome->pages = fitted.pages->n;
    outcome->bytes = outcome->text.n;
    *hash = hash128_of(buf_slice(&outcome->text));
    outcome->hashed = workshop->wants_hash;
    if (outcome->hashed)
        outcome->sha256 = sha256_of(buf_slice(&outcome->text));
    if (!task->path || diags->errors)
        return true;
    bool written = convert_write(diags, task->path, buf_slice(&outcome->text));
    buf_free(&outcome->text);
    return written;
}

void convert(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome)
{
    struct cache *cache = workshop->cache;
    struct trace *trace = cache || workshop->wants_inputs ? trace_new(arena) : NULL;
    struct hash128 hash = {0};
    *outcome = (struct outcome){.diags = diags_new(arena)};
    if (cache && cache_recall(cache, arena, workshop, task, outcome))
        return;
    outcome->diags.trace = trace;
    outcome->built = travel(arena, workshop, task, outcome, &hash) && !outcome->diags.errors;
    fontset_trace(workshop->fontset, trace);
    if (cache && outcome->built)
        cache_keep(cache, arena, task, trace, hash, outcome);
    outcome->inputs = workshop->wants_inputs ? trace : NULL;
    diags_sort(&outcome->diags);
    if (!outcome->built)
        buf_free(&outcome->text);
}
