/* Incremental runs. Beside the PDFs, in the folder .handout-cache, lies an entry for each that was built. A
 * PDF is up to date if everything that it was made of is what it was, and so is the PDF itself; all by
 * content, never by times. Everything is: this program with its libraries, the options, the files that all
 * handouts share, its style sheets, its definition, and each file that was read for it (base/trace.h).
 *
 * Today is not part of it: what is said about dates is worked out anew. Whatever is wrong with an entry, the
 * PDF is built; whatever is wrong with the folder, a note says that nothing is kept. Used by run. */
#ifndef RUN_CACHE_H
#define RUN_CACHE_H

#include "run/convert.h"
#include "run/place.h"

struct cache;

/* What all results of a run are made of. */
struct cache_common {
    const struct options *options;
    const struct workshop *workshop;
    const struct settings *settings;
    const struct trace *files; /* all those that every handout shares */
};

/* The cache of the output folder of a run; NULL if this run has none: it goes to no folder, prints a stage,
 * or a patient's fields are given, which must be stored nowhere. */
struct cache *cache_new(struct arena *arena, const struct cache_common *common);

/* Is the PDF of a task up to date? Then `outcome` is what building it would give, in `arena`. If not,
 * outcome->cause may say why. */
bool cache_recall(struct cache *cache, struct arena *arena, const struct workshop *workshop,
    const struct task *task, struct outcome *outcome);
/* Keeps what was just built, with all that was read for it, and `pdf`, the hash of its bytes. What goes wrong
 * is a note [cache-unwritable]. */
void cache_keep(struct cache *cache, struct arena *arena, const struct task *task, const struct trace *inputs,
    struct hash128 pdf, struct outcome *outcome);

#endif
