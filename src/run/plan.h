/* From what was asked for to a list of PDFs: operands × languages × styles, each with its name. */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include "run/convert.h"
#include "run/place.h"

struct plan {
    VEC(struct task) tasks;
    size_t failed; /* results that were asked for and cannot be, each reported */
    bool topic_unknown;
};

/* The folder that PDFs go to; NULL if they go to one file or to standard output. */
const char *plan_folder(const struct options *options);

/* Is this operand a file (a path, .yaml or .md), and not a topic? And is it a bare Markdown file? */
bool operand_is_file(const char *operand);
bool operand_is_markdown(const char *operand);

/* Plans all results. What cannot be is reported and counted: topic-unknown, lang-missing, file-missing,
 * file-kind, and the codes of style sheets and definitions. `library` may be NULL when all operands are
 * Markdown files. */
void plan_make(struct arena *arena, struct diags *diags, const struct options *options,
    const struct place *place, const struct library *library, struct fontset *fontset, struct plan *plan);

/* Leaves the tasks of a shard: sorted by name, in bytes, and dealt out one by one, the K-th, the K+N-th and
 * so on are those of shard K. They keep their order. */
void plan_shard(struct arena *arena, struct plan *plan, struct shard shard);

/* Why the plan cannot be carried out as the command line has it, as a sentence: several results for one file,
 * or two of one name, or a manifest in a result's place. NULL if it can. */
const char *plan_problem(struct arena *arena, const struct options *options, const struct plan *plan);

#endif
