/* Signals that end a run: SIGINT, SIGTERM, SIGHUP. While a crew works they are held back, and let in only
 * where it waits, so that nothing is interrupted half-way; then the run stops in good order and the signal is
 * raised again. One that was ignored from the start, as under nohup, stays ignored. batch.c uses it. */
#ifndef RUN_ENDINGS_H
#define RUN_ENDINGS_H

#include <signal.h>
#include <stdbool.h>

enum { ENDING_COUNT = 3 };

struct endings {
    struct sigaction old_actions[ENDING_COUNT];
    sigset_t old_mask, waiting_mask; /* the latter for pselect */
};

void endings_catch(struct endings *endings);
/* The one that came; 0: none. */
int endings_came(void);
/* Has one come, or one that was not let in yet? A terminal sends it to all processes at once, so that a
 * worker may be seen to die of it first. */
bool endings_near(const struct endings *endings);
/* All as it was before, also in a child; what came in between, and `raised` if it is not 0, acts now. */
void endings_restore(const struct endings *endings, int raised);

#endif
