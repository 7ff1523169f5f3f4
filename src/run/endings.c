#include "run/endings.h"

#include <stddef.h>

static const int ENDINGS[ENDING_COUNT] = {SIGINT, SIGTERM, SIGHUP};

/* The one thing here that is not passed along: a signal handler has nowhere else to write. */
static volatile sig_atomic_t ending_signal;

static void note_signal(int signal)
{
    ending_signal = signal;
}

void endings_catch(struct endings *endings)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    for (int i = 0; i < ENDING_COUNT; i++)
        sigaddset(&blocked, ENDINGS[i]);
    ending_signal = 0;
    sigprocmask(SIG_BLOCK, &blocked, &endings->old_mask);
    endings->waiting_mask = endings->old_mask;
    for (int i = 0; i < ENDING_COUNT; i++) {
        sigaction(ENDINGS[i], NULL, &endings->old_actions[i]);
        if (endings->old_actions[i].sa_handler == SIG_IGN)
            continue;
        struct sigaction action = {.sa_handler = note_signal};
        sigemptyset(&action.sa_mask);
        sigaction(ENDINGS[i], &action, NULL);
        sigdelset(&endings->waiting_mask, ENDINGS[i]);
    }
}

int endings_came(void)
{
    return ending_signal;
}

bool endings_near(const struct endings *endings)
{
    sigset_t pending;
    sigpending(&pending);
    for (int i = 0; i < ENDING_COUNT; i++)
        if (sigismember(&pending, ENDINGS[i]) && !sigismember(&endings->waiting_mask, ENDINGS[i]))
            return true;
    return ending_signal != 0;
}

void endings_restore(const struct endings *endings, int raised)
{
    for (int i = 0; i < ENDING_COUNT; i++)
        sigaction(ENDINGS[i], &endings->old_actions[i], NULL);
    if (raised)
        raise(raised); /* it is held back until the mask is restored */
    sigprocmask(SIG_SETMASK, &endings->old_mask, NULL);
}
