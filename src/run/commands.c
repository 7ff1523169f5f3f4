#include "run/commands.h"

#include "run/build.h"
#include "run/help.h"
#include "run/list.h"
#include "run/new.h"
#include "run/options.h"
#include "run/report.h"
#include "run/schemas.h"
#include "run/standard.h"
#include "run/watch.h"

static int print(struct arena *arena, const struct options *options, const char *text)
{
    struct report report = report_new(arena, stderr, options);
    standard_output(&report, str_from(text));
    return report_status(&report, false);
}

static int run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    const char *problem, *program = argc > 0 ? argv[0] : "handout";
    if (!options_parse(arena, argc, argv, &options, &problem))
        return report_usage(stderr, options.command, problem);
    if (options.help)
        return print(arena, &options, help_text(options.command));
    if (options.version)
        return print(arena, &options, version_text());
    switch (options.command) {
    case COMMAND_BUILD:
    case COMMAND_CHECK: return build_run(arena, &options, program);
    case COMMAND_LIST: return list_run(arena, &options, program);
    case COMMAND_NEW: return new_run(arena, &options, program);
    case COMMAND_SCHEMA: return schemas_run(arena, &options);
    case COMMAND_WATCH: return watch_run(arena, &options, program);
    case COMMAND_NONE: break;
    }
    return STATUS_USAGE; /* not reached: options_parse demands a command */
}

int commands_run(int argc, char **argv)
{
    standard_prepare();
    struct arena *arena = arena_new();
    int status = run(arena, argc, argv);
    arena_free(arena);
    return status;
}
