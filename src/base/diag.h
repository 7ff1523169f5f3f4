/* Diagnostics: collected, never printed where they arise, so that a run can order, count and format them.
 * An author's mistake is a diagnostic with a position and the stage goes on to find the rest. Any folder may
 * use it; only run prints.
 *
 * A code is lower-case words joined by hyphens ("callout-unknown"), stable for ever, and listed in the
 * manual. A message is one sentence without a capital or a full stop; a hint goes in brackets at its end. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/source.h"
#include "base/trace.h"
#include "base/vec.h"

#include <stdbool.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_MACHINE };

/* Where no source text exists (a picture, a missing file, a command line): name it in `file`. */
struct diag {
    enum severity severity; /* MACHINE prints as "error": disk, memory, a system call */
    const char *code;
    const char *message;
    const char *file;    /* NULL when it concerns no file */
    size_t line, column; /* from 1, column in characters; 0 = none */
    size_t width;        /* characters to underline; 0 = just a caret */
    const char *excerpt; /* the source line, or NULL */
    const char *reason;  /* why it matters, in a line, or NULL */
    const char *basis;   /* where that comes from, or NULL */
};

struct diags {
    struct arena *arena;
    struct trace *trace; /* is told what is read on the way; NULL: nobody asks */
    VEC(struct diag) list;
    size_t errors, warnings, machine_errors; /* machine errors are also counted as errors */
    size_t kept_errors;                      /* of those in the list */
    size_t dropped; /* beyond the limits of entries that are kept: errors have their own */
};

/* Collects into `arena`, which must outlive it. */
struct diags diags_new(struct arena *arena);

/* Records a diagnostic at a stretch of a source (pos.source may be NULL). `code` must be a literal. */
void diag_at(struct diags *diags, enum severity severity, struct pos pos, const char *code,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same of a rule, with the reason for it and where that comes from (NULL or empty: nothing to say). */
void diag_of_rule(struct diags *diags, enum severity severity, struct pos pos, const char *code,
    const char *reason, const char *basis, const char *message);
/* The same about a file as a whole, by its path as users know it (NULL for none). */
void diag_file(struct diags *diags, enum severity severity, const char *path, const char *code,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A copy with texts of its own in the arena. */
struct diag diag_copy(struct arena *arena, const struct diag *diag);
/* Adds a copy of a diagnostic, say one that came from a worker. */
void diag_add(struct diags *diags, const struct diag *diag);
/* Sorts by file, line and column; what stands at one place keeps its order. */
void diags_sort(struct diags *diags);
/* Adds copies of all, and counts those that were not kept. */
void diags_append(struct diags *diags, const struct diags *more);

#endif
