/* Shards: the results of a run, dealt out to several machines. Each takes its own from the same command line,
 * and none knows of the others. Which results a shard has: plan_shard in run/plan.h. */
#ifndef RUN_SHARD_H
#define RUN_SHARD_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOST_SHARDS = 1000000000 };

struct shard {
    size_t number, count; /* the `number`-th of `count`, from 1; count 0: no shards, all results */
};

/* Reads "K/N", 1 ≤ K ≤ N ≤ MOST_SHARDS; false if it is none. */
bool shard_read(struct str text, struct shard *shard);

/* The shard that the environment speaks of: the variables of GitLab, CircleCI, Buildkite, a Kubernetes Job,
 * or a Slurm array. On failure false and `*problem`, a sentence for the user that names the variables: none
 * is set, some are and some are not, they are no numbers or out of range, or two engines contradict each
 * other. */
bool shard_of_environment(struct arena *arena, struct shard *shard, const char **problem);

#endif
