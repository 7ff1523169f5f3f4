#include "run/options.h"

#include "base/map.h"
#include "base/utf8.h"
#include "content/name.h"
#include "run/schemas.h"

#include <string.h>

enum option_id {
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_ROOT,
    OPTION_CONTENT,
    OPTION_CLINIC,
    OPTION_OUTPUT,
    OPTION_STYLE,
    OPTION_LANG,
    OPTION_PAPER,
    OPTION_SET,
    OPTION_SET_FROM,
    OPTION_PUBLISH,
    OPTION_JOBS,
    OPTION_FORCE,
    OPTION_DEPFILE,
    OPTION_TIMEOUT,
    OPTION_MEMORY,
    OPTION_DENY,
    OPTION_DUMP,
    OPTION_FORMAT,
    OPTION_PROGRESS,
    OPTION_MANIFEST,
    OPTION_SHARD,
    OPTION_QUIET,
    OPTION_VERBOSE,
};

/* The commands that an option belongs to. */
enum {
    TO_BUILD = 1 << COMMAND_BUILD,
    TO_CHECK = 1 << COMMAND_CHECK,
    TO_LIST = 1 << COMMAND_LIST,
    TO_NEW = 1 << COMMAND_NEW,
    TO_SCHEMA = 1 << COMMAND_SCHEMA,
    TO_WATCH = 1 << COMMAND_WATCH,
    TO_JUDGE = TO_BUILD | TO_CHECK,
    TO_MAKE = TO_BUILD | TO_WATCH,
    TO_READ = TO_JUDGE | TO_WATCH,
    TO_FIND = TO_READ | TO_LIST | TO_NEW,
    TO_ALL = TO_FIND | TO_SCHEMA
};

struct option {
    enum option_id id;
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* what the argument is called; NULL: takes none */
    unsigned commands;
};

static const struct option OPTIONS[] = {
    {OPTION_HELP, 'h', "help", NULL, TO_ALL},
    {OPTION_VERSION, 0, "version", NULL, TO_ALL},
    {OPTION_ROOT, 0, "root", "DIR", TO_FIND},
    {OPTION_CONTENT, 'C', "content", "DIR", TO_FIND},
    {OPTION_CLINIC, 0, "clinic", "FILE", TO_READ | TO_LIST},
    {OPTION_OUTPUT, 'o', "output", "PATH", TO_MAKE},
    {OPTION_STYLE, 's', "style", "NAME,...", TO_READ},
    {OPTION_LANG, 'l', "lang", "LANG,...", TO_READ},
    {OPTION_PAPER, 0, "paper", "letter|a4", TO_READ},
    {OPTION_SET, 0, "set", "KEY=VALUE", TO_READ},
    {OPTION_SET_FROM, 0, "set-from", "FILE", TO_READ},
    {OPTION_PUBLISH, 0, "publish", NULL, TO_READ},
    {OPTION_JOBS, 'j', "jobs", "N", TO_READ},
    {OPTION_FORCE, 0, "force", NULL, TO_BUILD},
    {OPTION_DEPFILE, 0, "depfile", "FILE", TO_BUILD},
    {OPTION_TIMEOUT, 0, "timeout", "SECONDS", TO_READ},
    {OPTION_MEMORY, 0, "memory", "MB", TO_READ},
    {OPTION_DENY, 0, "deny", "warnings", TO_JUDGE},
    {OPTION_DUMP, 0, "dump", "document|boxes|pages", TO_BUILD},
    {OPTION_FORMAT, 0, "format", "text|json|github|sarif|junit", TO_JUDGE},
    {OPTION_PROGRESS, 0, "progress", "auto|always|never", TO_JUDGE},
    {OPTION_MANIFEST, 0, "manifest", "FILE", TO_BUILD},
    {OPTION_SHARD, 0, "shard", "K/N", TO_JUDGE},
    {OPTION_QUIET, 'q', "quiet", NULL, TO_ALL},
    {OPTION_VERBOSE, 'v', "verbose", NULL, TO_ALL},
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static const char *const COMMANDS[] = {[COMMAND_BUILD] = "build",
    [COMMAND_CHECK] = "check",
    [COMMAND_LIST] = "list",
    [COMMAND_NEW] = "new",
    [COMMAND_SCHEMA] = "schema",
    [COMMAND_WATCH] = "watch"};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

/* The state of one reading. */
struct parse {
    struct arena *arena;
    struct options *options;
    const char *problem; /* the first one found */
    unsigned given[OPTION_COUNT];
};

const char *command_name(enum command command)
{
    return COMMANDS[command];
}

bool is_setting_key(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return key.n > 0;
}

static bool fail(struct parse *parse, const char *problem)
{
    if (!parse->problem)
        parse->problem = problem;
    return false;
}

/* Splits "a,b" onto the words; false when one is empty. */
static bool split(struct parse *parse, const char *list, size_t *n, struct str **words)
{
    VEC(struct str) parts = {0};
    struct str rest = str_from(list);
    bool more = true;
    while (more) {
        more = str_find(rest, ",", 0) != SIZE_MAX;
        struct str word = str_cut(&rest, ',');
        if (word.n == 0)
            return false;
        vec_push(parse->arena, &parts, word);
    }
    *n = parts.n;
    *words = parts.at;
    return true;
}

static bool set_langs(struct parse *parse, const char *value)
{
    struct options *options = parse->options;
    size_t n;
    struct str *words;
    if (!split(parse, value, &n, &words))
        return fail(parse, "--lang needs a language, or several with commas between them, or 'all'");
    for (size_t i = 0; i < n; i++) {
        if (str_is(words[i], "all"))
            options->all_langs = true;
        else if (name_is_lang(words[i]))
            vec_push(parse->arena, &options->langs, words[i]);
        else
            return fail(parse,
                arena_printf(parse->arena, "'%.*s' is not a language (such as 'en')", STR_FMT(words[i])));
    }
    if (options->all_langs && options->langs.n)
        return fail(parse, "--lang takes either 'all' or languages, not both");
    return true;
}

static bool set_styles(struct parse *parse, const char *value)
{
    size_t n;
    struct str *words;
    if (!split(parse, value, &n, &words))
        return fail(parse, "--style needs a name, or several with commas between them");
    for (size_t i = 0; i < n; i++)
        vec_push(parse->arena, &parse->options->styles, words[i]);
    return true;
}

static bool set_paper(struct parse *parse, const char *value)
{
    if (strcmp(value, "letter") == 0)
        parse->options->paper = PAPER_LETTER;
    else if (strcmp(value, "a4") == 0)
        parse->options->paper = PAPER_A4;
    else
        return fail(parse, arena_printf(parse->arena, "--paper is 'letter' or 'a4', not '%s'", value));
    return true;
}

static bool set_dump(struct parse *parse, const char *value)
{
    static const char *const stages[] = {
        [DUMP_DOCUMENT] = "document", [DUMP_BOXES] = "boxes", [DUMP_PAGES] = "pages"};
    for (int i = DUMP_DOCUMENT; i <= DUMP_PAGES; i++)
        if (strcmp(value, stages[i]) == 0) {
            parse->options->dump = (enum dump)i;
            return true;
        }
    return fail(
        parse, arena_printf(parse->arena, "--dump is 'document', 'boxes' or 'pages', not '%s'", value));
}

static bool set_format(struct parse *parse, const char *value)
{
    static const char *const formats[] = {[FORMAT_TEXT] = "text",
        [FORMAT_JSON] = "json",
        [FORMAT_GITHUB] = "github",
        [FORMAT_SARIF] = "sarif",
        [FORMAT_JUNIT] = "junit"};
    for (int i = FORMAT_TEXT; i <= FORMAT_JUNIT; i++)
        if (strcmp(value, formats[i]) == 0) {
            parse->options->format = (enum format)i;
            return true;
        }
    return fail(parse, arena_printf(parse->arena,
                           "--format is 'text', 'json', 'github', 'sarif' or 'junit', not '%s'", value));
}

static bool set_progress(struct parse *parse, const char *value)
{
    static const char *const wishes[] = {
        [PROGRESS_AUTO] = "auto", [PROGRESS_ALWAYS] = "always", [PROGRESS_NEVER] = "never"};
    for (int i = PROGRESS_AUTO; i <= PROGRESS_NEVER; i++)
        if (strcmp(value, wishes[i]) == 0) {
            parse->options->progress = (enum progress_wish)i;
            return true;
        }
    return fail(
        parse, arena_printf(parse->arena, "--progress is 'auto', 'always' or 'never', not '%s'", value));
}

static bool set_jobs(struct parse *parse, const char *value)
{
    if (str_to_size(str_from(value), MOST_JOBS, &parse->options->jobs) && parse->options->jobs > 0)
        return true;
    return fail(
        parse, arena_printf(parse->arena, "--jobs is a number from 1 to %d, not '%s'", MOST_JOBS, value));
}

static bool set_shard(struct parse *parse, const char *value)
{
    struct options *options = parse->options;
    options->auto_shard = strcmp(value, "auto") == 0;
    if (options->auto_shard || shard_read(str_from(value), &options->shard))
        return true;
    return fail(parse, arena_printf(parse->arena,
                           "--shard is K/N with K from 1 to N, as in 1/4, or 'auto', not '%s'", value));
}

/* A patient's name may be in the value, or, after a slip, anywhere: no message repeats the text. */
static bool set_setting(struct parse *parse, const char *value)
{
    struct str text = str_from(value), key = str_slice(text, 0, str_find(text, "=", 0));
    if (key.n == text.n || !is_setting_key(key))
        return fail(parse, "--set needs KEY=VALUE; a KEY has letters, digits, dots, hyphens and underscores");
    if (utf8_check(text) != SIZE_MAX)
        return fail(parse, "the value given to --set is not UTF-8");
    vec_push(parse->arena, &parse->options->settings, (struct setting_source){.text = value});
    return true;
}

static bool set_path(struct parse *parse, const struct option *option, const char *value, const char **member)
{
    if (!*value)
        return fail(parse,
            arena_printf(parse->arena, "--%s needs a %s that is not empty", option->name, option->argument));
    *member = value;
    return true;
}

static bool apply(struct parse *parse, const struct option *option, const char *value)
{
    struct options *options = parse->options;
    parse->given[option - OPTIONS]++;
    switch (option->id) {
    case OPTION_HELP: options->help = true; return true;
    case OPTION_VERSION: options->version = true; return true;
    case OPTION_ROOT: return set_path(parse, option, value, &options->root);
    case OPTION_CONTENT: return set_path(parse, option, value, &options->content);
    case OPTION_CLINIC: return set_path(parse, option, value, &options->clinic);
    case OPTION_OUTPUT: return set_path(parse, option, value, &options->output);
    case OPTION_STYLE: return set_styles(parse, value);
    case OPTION_LANG: return set_langs(parse, value);
    case OPTION_PAPER: return set_paper(parse, value);
    case OPTION_SET: return set_setting(parse, value);
    case OPTION_SET_FROM:
        if (!*value)
            return fail(parse, "--set-from needs a FILE, or '-' for standard input");
        vec_push(parse->arena, &options->settings, (struct setting_source){true, value});
        return true;
    case OPTION_PUBLISH: options->publish = true; return true;
    case OPTION_JOBS: return set_jobs(parse, value);
    case OPTION_FORCE: options->force = true; return true;
    case OPTION_DEPFILE: return set_path(parse, option, value, &options->depfile);
    case OPTION_TIMEOUT:
        return limits_set_time(&options->limits, value) ||
               fail(parse, arena_printf(parse->arena,
                               "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '%s'", value));
    case OPTION_MEMORY:
        return limits_set_memory(&options->limits, value) ||
               fail(parse,
                   arena_printf(parse->arena,
                       "--memory is a whole number of MB, 1 to 1048576, or 0 for no limit, not '%s'", value));
    case OPTION_DENY:
        options->deny_warnings = true;
        return strcmp(value, "warnings") == 0 ||
               fail(parse, arena_printf(parse->arena, "--deny takes 'warnings', not '%s'", value));
    case OPTION_DUMP: return set_dump(parse, value);
    case OPTION_FORMAT: return set_format(parse, value);
    case OPTION_PROGRESS: return set_progress(parse, value);
    case OPTION_MANIFEST: return set_path(parse, option, value, &options->manifest);
    case OPTION_SHARD: return set_shard(parse, value);
    case OPTION_QUIET: options->verbosity = VERBOSITY_QUIET; return true;
    case OPTION_VERBOSE: options->verbosity = VERBOSITY_VERBOSE; return true;
    }
    return true;
}

/* The name nearest to `name`, as " (did you mean '--lang'?)", or nothing. */
static const char *nearest(struct parse *parse, struct str name, const char *prefix, const struct map *names)
{
    struct str near = map_nearest(names, name);
    return near.n ? arena_printf(parse->arena, " (did you mean '%s%.*s'?)", prefix, STR_FMT(near)) : "";
}

static bool fail_unknown_option(struct parse *parse, struct str name)
{
    struct map names = {0};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        map_put(parse->arena, &names, str_from(OPTIONS[i].name), parse);
    return fail(parse, arena_printf(parse->arena, "unknown option '--%.*s'%s", STR_FMT(name),
                           nearest(parse, name, "--", &names)));
}

/* "--name", "--name=value" or "--name value"; `*used` becomes true if the next argument was the value. */
static bool parse_long(struct parse *parse, const char *text, const char *next, bool *used)
{
    struct str rest = str_from(text);
    size_t equals = str_find(rest, "=", 0);
    struct str name = str_slice(rest, 0, equals);
    const char *value = equals == SIZE_MAX ? NULL : text + equals + 1;
    const struct option *option = NULL;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (str_is(name, OPTIONS[i].name))
            option = &OPTIONS[i];
    if (!option)
        return fail_unknown_option(parse, name);
    if (value && !option->argument)
        return fail(parse, arena_printf(parse->arena, "the option '--%s' takes no value", option->name));
    if (!value && option->argument) {
        if (!next)
            return fail(parse, arena_printf(parse->arena, "the option '--%s' needs a value (%s)",
                                   option->name, option->argument));
        value = next;
        *used = true;
    }
    return apply(parse, option, value);
}

/* "-qv", "-j4", "-j 4". */
static bool parse_short(struct parse *parse, const char *text, const char *next, bool *used)
{
    for (; *text; text++) {
        const struct option *option = NULL;
        for (size_t i = 0; i < OPTION_COUNT; i++)
            if (OPTIONS[i].letter == *text)
                option = &OPTIONS[i];
        if (!option) {
            size_t end = 0;
            struct str rest = str_from(text);
            utf8_next(rest, &end);
            return fail(parse, arena_printf(parse->arena, "unknown option '-%.*s'", (int)end, text));
        }
        if (!option->argument) {
            if (!apply(parse, option, NULL))
                return false;
            continue;
        }
        *used = !text[1];
        if (*used && !next)
            return fail(parse, arena_printf(parse->arena, "the option '-%c' needs a value (%s)",
                                   option->letter, option->argument));
        return apply(parse, option, *used ? next : text + 1);
    }
    return true;
}

static bool parse_command(struct parse *parse, const char *text)
{
    struct map names = {0};
    for (int i = COMMAND_BUILD; i < COMMAND_COUNT; i++) {
        if (strcmp(text, COMMANDS[i]) == 0) {
            parse->options->command = (enum command)i;
            return true;
        }
        map_put(parse->arena, &names, str_from(COMMANDS[i]), parse);
    }
    if (strcmp(text, "help") == 0)
        return fail(parse, "unknown command 'help' (did you mean '--help'?)");
    return fail(parse, arena_printf(parse->arena, "unknown command '%s'%s", text,
                           nearest(parse, str_from(text), "", &names)));
}

/* What is watched can be built again and again. */
static bool check_watch(struct parse *parse)
{
    const struct options *options = parse->options;
    if (options->output && strcmp(options->output, "-") == 0)
        return fail(parse, "'handout watch' needs a place for PDFs, and standard output is none");
    for (size_t i = 0; i < options->settings.n; i++)
        if (options->settings.at[i].from_file && strcmp(options->settings.at[i].text, "-") == 0)
            return fail(
                parse, "'handout watch' cannot read settings from standard input again (name a file)");
    return true;
}

/* What can only be judged once the command is known. */
static bool check_command(struct parse *parse)
{
    struct options *options = parse->options;
    if (options->help || options->version)
        return true;
    if (options->command == COMMAND_NONE)
        return fail(parse, "no command is given");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (parse->given[i] && !(OPTIONS[i].commands & 1U << options->command))
            return fail(parse, arena_printf(parse->arena, "'handout %s' does not have the option '--%s'",
                                   command_name(options->command), OPTIONS[i].name));
    if (options->command == COMMAND_WATCH && !check_watch(parse))
        return false;
    if (options->depfile && options->dump != DUMP_NONE)
        return fail(parse, "--depfile is about PDFs, and --dump makes none");
    if (options->depfile && options->output && strcmp(options->output, "-") == 0)
        return fail(parse, "--depfile is about files, and standard output is none");
    if (options->manifest && options->dump != DUMP_NONE)
        return fail(parse, "--manifest tells of PDFs, and --dump makes none");
    if (options->manifest && options->output && strcmp(options->manifest, "-") == 0 &&
        strcmp(options->output, "-") == 0)
        return fail(parse, "the manifest and the handout cannot both go to standard output");
    if (options->command == COMMAND_LIST && options->operands.n)
        return fail(parse, "'handout list' takes no operands");
    if (options->command == COMMAND_NEW && options->operands.n != 1)
        return fail(parse, "'handout new' takes one TOPIC");
    if (options->command == COMMAND_SCHEMA &&
        (options->operands.n != 1 || !schemas_has(options->operands.at[0])))
        return fail(parse,
            arena_printf(parse->arena, "'handout schema' takes one KIND: %s", schemas_kinds(parse->arena)));
    return true;
}

bool options_parse(struct arena *arena, int argc, char **argv, struct options *options, const char **problem)
{
    struct parse parse = {.arena = arena, .options = options};
    *options = (struct options){.verbosity = VERBOSITY_NORMAL, .limits = limits_usual()};
    bool only_operands = false;
    for (int i = 1; i < argc && !parse.problem; i++) {
        const char *text = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
        bool used = false;
        if (only_operands || text[0] != '-' || !text[1]) {
            if (options->command == COMMAND_NONE)
                parse_command(&parse, text);
            else
                vec_push(arena, &options->operands, text);
        } else if (strcmp(text, "--") == 0) {
            only_operands = true;
        } else if (text[1] == '-') {
            parse_long(&parse, text + 2, next, &used);
        } else {
            parse_short(&parse, text + 1, next, &used);
        }
        i += used;
    }
    if (!parse.problem)
        check_command(&parse);
    *problem = parse.problem;
    return !parse.problem;
}
