/* The command line, read into a struct. Everything that can be judged without reading a file is judged here,
 * so that a slip of the fingers is answered before any work starts. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "design/stylesheet.h"
#include "run/limits.h"
#include "run/progress.h"
#include "run/shard.h"

#include <stdbool.h>

enum command {
    COMMAND_NONE,
    COMMAND_BUILD,
    COMMAND_CHECK,
    COMMAND_LIST,
    COMMAND_NEW,
    COMMAND_SCHEMA,
    COMMAND_WATCH
};
enum dump { DUMP_NONE, DUMP_DOCUMENT, DUMP_BOXES, DUMP_PAGES };
/* How diagnostics and results are reported. */
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB, FORMAT_SARIF, FORMAT_JUNIT };
enum verbosity { VERBOSITY_QUIET, VERBOSITY_NORMAL, VERBOSITY_VERBOSE };

enum { MOST_JOBS = 256 };

/* One --set or --set-from, in the order of the command line, because a later one wins. */
struct setting_source {
    bool from_file; /* `text` is a file's name or "-", not KEY=VALUE */
    const char *text;
};

struct options {
    enum command command;
    bool help, version;
    VEC(const char *) operands;
    const char *root, *content, *clinic; /* NULL: not given */
    const char *output;                  /* NULL: not given */
    const char *manifest, *depfile;      /* NULL: not given */
    VEC(struct str) styles;              /* empty: not given */
    VEC(struct str) langs;               /* empty: not given, or `all_langs` */
    bool all_langs;
    enum paper paper;
    VEC(struct setting_source) settings;
    bool publish, deny_warnings, force;
    size_t jobs; /* 0: not given */
    struct limits limits;
    enum progress_wish progress;
    struct shard shard;
    bool auto_shard; /* the environment tells the shard */
    enum dump dump;
    enum format format;
    enum verbosity verbosity;
};

/* Reads the command line. On a usage error NULL and `*problem`, a sentence for the user without a full stop,
 * which never repeats the text of a --set; what was read so far is in `*options`, so that help can be
 * specific. */
bool options_parse(struct arena *arena, int argc, char **argv, struct options *options, const char **problem);

/* The command's name: "build". */
const char *command_name(enum command command);

/* Is this a KEY of --set: letters, digits, dots, hyphens and underscores? */
bool is_setting_key(struct str key);

#endif
