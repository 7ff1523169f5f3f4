/* A clock for limits and for progress. No byte of a result depends on it. */
#ifndef RUN_CLOCK_H
#define RUN_CLOCK_H

/* Milliseconds since some fixed moment; it is never put back. */
long long clock_now(void);

#endif
