/* One handout's journey from its definition to its PDF. Read convert.c first: it is the whole program in one
 * function. */
#ifndef RUN_CONVERT_H
#define RUN_CONVERT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "content/assemble.h"
#include "content/lexicon.h"
#include "content/library.h"
#include "content/profile.h"
#include "design/font.h"
#include "design/stylesheet.h"
#include "run/options.h"

struct cache;

/* What all handouts of a run share. Constant, but for the faces that `fontset` loads on the way, and for what
 * `shaper`, `press`, `cache` and `assemble` keep from one to the next to save time. */
struct workshop {
    const char *content_root;
    const struct library *library; /* NULL if only bare files are built and there is no clinic profile */
    struct fontset *fontset;
    struct gallery *gallery; /* and the pictures */
    struct shaper *shaper;   /* keeps the words of all handouts that this process sets */
    struct press *press;     /* paint/press.h */
    struct assemble_options assemble;
    enum dump dump;
    enum format format;            /* of what `check` prints as figures */
    bool wants_hash;               /* is the SHA-256 of each PDF asked for? */
    const struct profile *profile; /* what handouts are judged by; NULL: they are not */
    struct lexicons lexicons;      /* of all languages of the run, if the words are judged, too */
    struct cache *cache;           /* NULL: all is built */
    bool wants_inputs;             /* is outcome.inputs asked for? */
    bool for_make;                 /* does make compare times, so that what is up to date must look so? */
};

/* One PDF that is wanted: an edition of a handout, or a bare Markdown file, in a style. */
struct task {
    const struct handout *handout; /* NULL: a bare `file` */
    const struct edition *edition;
    const char *file;
    struct str lang;
    const struct stylesheet *sheet;
    const struct trace *sheet_files; /* it, and what it extends */
    struct hash128 definition;       /* of the handout's file */
    const char *name;                /* of the PDF: "osteoarthritis-en.pdf" */
    const char *path;                /* of the PDF; NULL: standard output */
};

/* What became of a task. */
struct outcome {
    struct diags diags;
    bool built;
    bool current;               /* its PDF was up to date, and was left as it is */
    const char *cause;          /* why it was not, if that is known, or NULL */
    const struct trace *inputs; /* what was read for it alone, if the workshop wants that, or NULL */
    struct buf text; /* for standard output: a dump, a table of figures, or the PDF when task.path is NULL */
    size_t pages, bytes;
    bool hashed;
    struct sha256 sha256; /* of the PDF, if `hashed`, as the workshop may want */
};

/* Builds one handout. Everything that it makes lies in `arena`, except outcome->text, which the caller frees.
 * The PDF is written whole or not at all, and only when no stage reported an error. */
void convert(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome);

/* The document of a task: the first stage. NULL after an error. */
struct document *convert_assemble(
    struct arena *arena, struct diags *diags, const struct workshop *workshop, const struct task *task);

/* Writes a result as file_write does. A signal that ends the program waits until the file is whole, so that
 * no temporary file is left behind. */
bool convert_write(struct diags *diags, const char *path, struct str bytes);

#endif
