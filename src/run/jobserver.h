/* The jobserver of GNU make: under `make -jN`, tokens that all of a make's programs share say how many may
 * work at once. A program owns one slot from the start; for each further worker it takes a token, a byte of
 * a pipe, and gives that very byte back.
 *
 * If MAKEFLAGS names a jobserver that cannot be reached (a recipe without "+", descriptors below zero, a form
 * that is not known), the other slots belong to others, and one worker is all there may be: that is what make
 * itself does when it finds itself in that place ("jobserver unavailable: using -j1"). */
#ifndef RUN_JOBSERVER_H
#define RUN_JOBSERVER_H

#include <stdbool.h>

enum { JOBSERVER_NO_TOKEN = -1 };

struct jobserver {
    bool named;          /* MAKEFLAGS names one */
    int in, out;         /* where tokens come from and go to; -1: it cannot be reached */
    const char *problem; /* why it cannot, for the user; or NULL */
};

/* Joins the jobserver that the text of MAKEFLAGS names; NULL: none. */
struct jobserver jobserver_join(const char *makeflags);
/* A token, 0 to 255, if there is one at this moment; else JOBSERVER_NO_TOKEN. Never waits. */
int jobserver_take(const struct jobserver *jobserver);
/* Gives a token back; JOBSERVER_NO_TOKEN is allowed and nothing. */
void jobserver_give(const struct jobserver *jobserver, int token);
/* Closes what was opened. All tokens must have been given back. */
void jobserver_leave(struct jobserver *jobserver);

#endif
