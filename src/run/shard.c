#include "run/shard.h"

#include <stdlib.h>

/* Engines that number the jobs of a set, and tell each its number and how many there are. */
static const struct engine {
    const char *variables[2]; /* the number, how many */
    size_t first;             /* the first job's number */
    const char *hint;         /* for when one of the two is not set */
} ENGINES[] = {
    /* GitLab Docs, "Predefined CI/CD variables reference": the index is there only in a job with `parallel`,
     * the total is 1 in all others. ".gitlab-ci.yml" keyword `parallel`: from 1. */
    {{"CI_NODE_INDEX", "CI_NODE_TOTAL"}, 1, "GitLab sets both in a job with 'parallel'"},
    /* CircleCI Docs, "Project values and variables": from 0 to CIRCLE_NODE_TOTAL - 1. */
    {{"CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL"}, 0, "CircleCI sets both in a job with 'parallelism'"},
    /* Buildkite Documentation, "Environment variables": from 0, in a step with `parallelism`. */
    {{"BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT"}, 0,
        "Buildkite sets both in a step with 'parallelism'"},
    /* Kubernetes Documentation, "Indexed Job for Parallel Processing with Static Work Assignment": from 0. It
     * sets no total: that is the `completions` of the Job, which its manifest must hand on. */
    {{"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"}, 0,
        "Kubernetes sets the index in an Indexed Job; let its manifest set JOB_COMPLETIONS to its "
        "completions"},
};

enum { ENGINE_COUNT = sizeof ENGINES / sizeof *ENGINES };

/* Slurm, "Job Array Support" and sbatch(1): a task's number, and the least, the greatest, and how many there
 * are. They may begin anywhere and go in steps: --array=1-7:2. */
enum { TASK_ID, TASK_MIN, TASK_MAX, TASK_COUNT, TASK_VARIABLES };
static const char *const TASK[TASK_VARIABLES] = {
    "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT"};

/* What was found so far. */
struct search {
    struct arena *arena;
    struct shard shard;  /* count 0: none yet */
    const char *source;  /* the variable that told it */
    const char *problem; /* the first one */
};

bool shard_read(struct str text, struct shard *shard)
{
    struct str number = str_cut(&text, '/');
    return str_to_size(number, MOST_SHARDS, &shard->number) &&
           str_to_size(text, MOST_SHARDS, &shard->count) && shard->number >= 1 &&
           shard->number <= shard->count;
}

/* Reads all of an engine's variables. False if none is set, or after a problem. */
static bool read_variables(
    struct search *search, const char *const *names, size_t count, const char *hint, size_t *values)
{
    const char *set = NULL, *missing = NULL;
    for (size_t i = 0; i < count; i++)
        *(getenv(names[i]) ? &set : &missing) = names[i];
    if (!set || search->problem)
        return false;
    if (missing) {
        search->problem =
            arena_printf(search->arena, "--shard auto: %s is set, and %s is not (%s)", set, missing, hint);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!str_to_size(str_from(getenv(names[i])), MOST_SHARDS, &values[i])) {
            search->problem =
                arena_printf(search->arena, "--shard auto: %s is no whole number from 0 to %d: '%s'",
                    names[i], MOST_SHARDS, getenv(names[i]));
            return false;
        }
    return true;
}

/* Takes a shard, unless another engine told a different one. */
static void take(struct search *search, const char *source, struct shard shard)
{
    const struct shard *other = &search->shard;
    if (other->count && (other->number != shard.number || other->count != shard.count))
        search->problem = arena_printf(search->arena,
            "--shard auto: %s says %zu/%zu, and %s says %zu/%zu (give one of them instead of 'auto')",
            search->source, other->number, other->count, source, shard.number, shard.count);
    search->shard = shard;
    search->source = source;
}

static void search_engine(struct search *search, const struct engine *engine)
{
    size_t values[2];
    if (!read_variables(search, engine->variables, 2, engine->hint, values))
        return;
    size_t index = values[0], total = values[1];
    if (index < engine->first || index - engine->first >= total)
        search->problem = arena_printf(search->arena,
            "--shard auto: %s is %zu and %s is %zu, which is no shard (the first is numbered %zu)",
            engine->variables[0], index, engine->variables[1], total, engine->first);
    else
        take(search, engine->variables[0], (struct shard){index - engine->first + 1, total});
}

/* Tasks must be numbered evenly. In a list such as 1,2,5 it cannot be told which place a task has; then some
 * number is beside the steps that the others imply, so that at least this task is refused. */
static void search_slurm(struct search *search)
{
    size_t task[TASK_VARIABLES];
    if (!read_variables(search, TASK, TASK_VARIABLES, "Slurm sets all in a job array", task))
        return;
    size_t id = task[TASK_ID], min = task[TASK_MIN], max = task[TASK_MAX], count = task[TASK_COUNT];
    bool ordered = count > 0 && min <= id && id <= max && max - min >= count - 1;
    size_t step = ordered && count > 1 ? (max - min) / (count - 1) : 1;
    if (ordered && min + step * (count - 1) == max && (id - min) % step == 0)
        take(search, TASK[TASK_ID], (struct shard){(id - min) / step + 1, count});
    else
        search->problem = arena_printf(search->arena,
            "--shard auto: %s is %zu in an array of %zu from %zu to %zu, which is no even numbering (use a "
            "range, such as --array=1-8)",
            TASK[TASK_ID], id, count, min, max);
}

bool shard_of_environment(struct arena *arena, struct shard *shard, const char **problem)
{
    struct search search = {.arena = arena};
    for (size_t i = 0; i < ENGINE_COUNT; i++)
        search_engine(&search, &ENGINES[i]);
    search_slurm(&search);
    if (!search.problem && !search.shard.count) {
        const char *names = TASK[TASK_ID];
        for (size_t i = ENGINE_COUNT; i > 0; i--)
            names = arena_printf(arena, "%s, %s", ENGINES[i - 1].variables[0], names);
        search.problem =
            arena_printf(arena, "--shard auto: none of %s is set (give K/N instead of 'auto')", names);
    }
    *shard = search.shard;
    *problem = search.problem;
    return !search.problem;
}
