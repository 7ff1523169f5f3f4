#include "run/cache.h"

#include "base/file.h"
#include "base/pack.h"
#include "content/review.h"
#include "run/entry.h"
#include "run/fingerprint.h"
#include "run/plan.h"
#include "run/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char FOLDER[] = ".handout-cache";

/* What was found out about a path: most handouts share files, and each is hashed once. There are as many
 * places as there are, so that memory does not grow with the number of handouts: what is new takes the place
 * of what was there. */
enum { MEMOS = 1024 };

struct memo {
    struct hash128 question, answer;
};

struct cache {
    const char *folder;
    bool force;
    struct hash128 common;
    struct memo memos[MEMOS];
};

/* -- what a result depends on */

static void pack_files(struct buf *out, const struct trace *files)
{
    for (size_t i = 0; i < files->list.n; i++) {
        pack_text(out, files->list.at[i]->path);
        pack_hash(out, files->list.at[i]->hash);
    }
}

static void pack_settings(struct buf *out, const struct settings *settings)
{
    pack_number(out, settings->values.n);
    for (size_t i = 0; i < settings->values.n; i++) {
        const struct map_entry *entry = &settings->values.entries[i];
        pack_number(out, entry->key.n);
        buf_str(out, entry->key);
        pack_number(out, ((const struct str *)entry->value)->n);
        buf_str(out, *(const struct str *)entry->value);
    }
}

static bool hash_common(const struct cache_common *common, struct hash128 *hash)
{
    struct hash128 program;
    if (!fingerprint_program(&program))
        return false;
    struct buf all = {0};
    pack_hash(&all, program);
    pack_text(&all, common->workshop->content_root);
    pack_number(&all, (uint64_t)common->options->paper);
    pack_number(&all, common->options->publish);
    pack_number(&all, common->workshop->library != NULL);
    pack_number(&all, common->workshop->profile != NULL);
    pack_settings(&all, common->settings);
    pack_files(&all, common->files);
    *hash = hash128_of(buf_slice(&all));
    buf_free(&all);
    return true;
}

struct cache *cache_new(struct arena *arena, const struct cache_common *common)
{
    const struct options *options = common->options;
    const char *output = plan_folder(options);
    if (options->command == COMMAND_CHECK || options->dump != DUMP_NONE || !output ||
        settings_have_patient(common->settings))
        return NULL;
    struct cache *cache = ARENA_NEW(arena, struct cache);
    cache->folder = path_join(arena, output, FOLDER);
    cache->force = options->force;
    return hash_common(common, &cache->common) ? cache : NULL;
}

static struct hash128 key_of(const struct cache *cache, const struct task *task)
{
    struct buf all = {0};
    pack_hash(&all, cache->common);
    pack_text(&all, task->name);
    pack_text(&all, task->file);
    pack_number(&all, task->lang.n);
    buf_str(&all, task->lang);
    pack_files(&all, task->sheet_files);
    if (task->handout) {
        pack_text(&all, task->handout->path);
        pack_hash(&all, task->definition);
    }
    struct hash128 key = hash128_of(buf_slice(&all));
    buf_free(&all);
    return key;
}

static const char *entry_path(const struct cache *cache, struct arena *arena, const struct task *task)
{
    struct str stem = path_stem(arena, str_from(task->name), STR(".entry").n);
    return arena_printf(arena, "%s/%.*s.entry", cache->folder, STR_FMT(stem));
}

/* -- is it as it was? */

/* The answer to a question, if it is known. */
static bool recall(const struct cache *cache, struct hash128 question, struct hash128 *answer)
{
    const struct memo *memo = &cache->memos[question.low % MEMOS];
    if (!hash128_eq(memo->question, question))
        return false;
    *answer = memo->answer;
    return true;
}

static void remember(struct cache *cache, struct hash128 question, struct hash128 answer)
{
    cache->memos[question.low % MEMOS] = (struct memo){question, answer};
}

/* What is the content of a file, seen from a folder (or NULL)? */
static struct hash128 question(const char *root, const char *path)
{
    struct hash128 hash = hash128_of(str_from(path));
    if (root)
        hash.high ^= hash128_of(str_from(root)).high;
    return hash;
}

/* The hash of a file, all zero if it cannot be read or has more bytes than it may. */
static struct hash128 hash_path(const char *path, int flags, size_t most)
{
    struct hash128 hash = {0};
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
    if (fd < 0)
        return hash;
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size > most ||
        !hash128_of_file(fd, &hash))
        hash = (struct hash128){0};
    close(fd);
    return hash;
}

/* The same of a file that must lie beneath `root`: as it does if its folder does, of which there are few, and
 * if it is no link itself. */
static struct hash128 hash_beneath(
    struct cache *cache, struct arena *arena, const char *path, const char *root)
{
    const struct hash128 yes = {1, 1}, no = {0};
    const char *folder = str_dup(arena, path_folder(path));
    struct hash128 about = question(root, folder), answer;
    if (!recall(cache, about, &answer)) {
        answer = path_lies_beneath(folder, root) ? yes : no;
        remember(cache, about, answer);
    }
    if (!hash128_eq(answer, yes))
        return no;
    struct hash128 hash = hash_path(path, O_NOFOLLOW, FILE_LIMIT);
    bool may_be_link = hash128_eq(hash, no);
    return may_be_link && path_lies_beneath(path, root) ? hash_path(path, 0, FILE_LIMIT) : hash;
}

static bool is_same(struct cache *cache, struct arena *arena, const struct input *input)
{
    struct hash128 about = question(input->root, input->path), hash;
    if (!recall(cache, about, &hash)) {
        hash = input->root ? hash_beneath(cache, arena, input->path, input->root)
                           : hash_path(input->path, 0, FILE_LIMIT);
        remember(cache, about, hash);
    }
    return input->read ? hash128_eq(hash, input->hash) : hash.low || hash.high;
}

/* The first input that is no longer what it was, or NULL. */
static const char *changed_input(struct cache *cache, struct arena *arena, const struct trace *inputs)
{
    for (size_t i = 0; i < inputs->list.n; i++)
        if (!is_same(cache, arena, inputs->list.at[i]))
            return inputs->list.at[i]->path;
    return NULL;
}

/* -- recalling and keeping */

/* What was said about a handout, and what its dates say today, in the order in which building it would. */
static void replay(struct arena *arena, const struct workshop *workshop, const struct task *task,
    const struct diags *said, struct diags *diags)
{
    *diags = diags_new(arena);
    if (task->handout)
        review_dates(diags, task->handout, &workshop->assemble);
    diags_append(diags, said);
    diags_sort(diags);
}

/* The hash that a manifest wants, and that nobody wanted when the PDF was built. */
static bool hash_pdf(struct arena *arena, const struct task *task, struct outcome *outcome)
{
    struct diags ignored = diags_new(arena);
    struct str bytes;
    outcome->hashed = file_read(arena, &ignored, (struct pos){0}, task->path, outcome->bytes, &bytes);
    if (outcome->hashed)
        outcome->sha256 = sha256_of(bytes);
    return outcome->hashed;
}

bool cache_recall(struct cache *cache, struct arena *arena, const struct workshop *workshop,
    const struct task *task, struct outcome *outcome)
{
    struct entry entry;
    bool damaged;
    if (cache->force)
        return false;
    if (!entry_read(arena, entry_path(cache, arena, task), &entry, &damaged)) {
        outcome->cause = damaged ? "its entry in the cache is damaged" : NULL;
        return false;
    }
    buf_free(&entry.outcome.text);
    if (!hash128_eq(entry.key, key_of(cache, task))) {
        outcome->cause = "the program, an option, its definition or a file that all share has changed";
        return false;
    }
    const char *changed = changed_input(cache, arena, entry.inputs);
    if (changed) {
        outcome->cause = arena_printf(arena, "%s has changed", changed);
        return false;
    }
    if (!hash128_eq(entry.pdf, hash_path(task->path, O_NOFOLLOW, entry.outcome.bytes))) {
        outcome->cause = "the PDF is not what was written";
        return false;
    }
    struct diags diags;
    replay(arena, workshop, task, &entry.outcome.diags, &diags);
    if (diags.errors)
        return false;
    if (workshop->wants_hash && !entry.outcome.hashed && !hash_pdf(arena, task, &entry.outcome))
        return false;
    if (workshop->for_make)
        utimensat(AT_FDCWD, task->path, NULL, 0);
    *outcome = entry.outcome;
    outcome->diags = diags;
    outcome->current = true;
    outcome->inputs = workshop->wants_inputs ? entry.inputs : NULL;
    return true;
}

/* What was said, without what depends on today. */
static struct diags lasting(struct arena *arena, const struct diags *diags)
{
    struct diags kept = diags_new(arena);
    for (size_t i = 0; i < diags->list.n; i++)
        if (!review_is_dated(diags->list.at[i].code))
            diag_add(&kept, &diags->list.at[i]);
    return kept;
}

void cache_keep(struct cache *cache, struct arena *arena, const struct task *task, const struct trace *inputs,
    struct hash128 pdf, struct outcome *outcome)
{
    /* What was read while it changed, or said and not kept, cannot be recalled. */
    if (inputs->torn || outcome->diags.dropped)
        return;
    struct entry entry = {.key = key_of(cache, task), .pdf = pdf, .outcome = *outcome, .inputs = inputs};
    entry.outcome.diags = lasting(arena, &outcome->diags);
    entry.outcome.cause = NULL;
    entry.outcome.inputs = NULL;
    if (!entry_write(arena, entry_path(cache, arena, task), &entry))
        diag_file(&outcome->diags, SEVERITY_NOTE, cache->folder, "cache-unwritable",
            "the next run will build everything again, since nothing can be kept here: %s", strerror(errno));
}
