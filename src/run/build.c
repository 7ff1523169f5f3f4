#include "run/build.h"

#include "base/file.h"
#include "base/replace.h"
#include "content/parsed.h"
#include "layout/fit.h"
#include "paint/pdf.h"
#include "run/batch.h"
#include "run/cache.h"
#include "run/clock.h"
#include "run/depfile.h"
#include "run/examine.h"
#include "run/manifest.h"
#include "run/plan.h"
#include "run/report.h"
#include "run/settings.h"
#include "run/standard.h"
#include "run/today.h"

#include <string.h>

/* A run, from the options to its exit status. */
struct build {
    struct arena *arena;
    const struct options *options;
    struct report report;
    struct workshop workshop;
    struct plan plan;
    struct shard shard;
    struct manifest manifest;
    struct buf dump; /* what goes into the file that --output names */
    size_t built, current;
    struct trace *shared; /* the files that all handouts share */
    struct diags depfile_diags;
    struct depfile depfile;          /* what goes into the file that --depfile names */
    const struct build_round *round; /* of `handout watch`, or NULL */
};

/* Do dumps go into a file, and not to standard output? */
static bool dumps_to_file(const struct options *options)
{
    return options->dump != DUMP_NONE && options->output && strcmp(options->output, "-") != 0;
}

/* Is a definition among those that are built, or would it have a name that was asked for? */
static bool is_asked_for(const struct build *build, const char *path)
{
    const struct plan *plan = &build->plan;
    const struct options *options = build->options;
    for (size_t i = 0; i < plan->tasks.n; i++)
        if (plan->tasks.at[i].handout && strcmp(plan->tasks.at[i].handout->path, path) == 0)
            return true;
    for (size_t i = 0; i < options->operands.n; i++)
        if (!operand_is_file(options->operands.at[i]) &&
            library_claims(build->workshop.library, path, str_from(options->operands.at[i])))
            return true;
    return false;
}

/* Reports what was found on reading the library. Mistakes in the definitions of topics that nobody asked for
 * are not this run's business, unless one of them may be the topic that is not found. */
static void report_library(struct build *build, const struct diags *diags)
{
    const char *handouts = path_join(build->arena, build->workshop.content_root, "handouts/");
    bool all = !build->options->operands.n || build->plan.topic_unknown || !build->workshop.library;
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = &diags->list.at[i];
        bool foreign =
            diag->file && str_starts(str_from(diag->file), handouts) && diag->severity != SEVERITY_MACHINE;
        if (all || !foreign || is_asked_for(build, diag->file))
            report_diag(&build->report, diag);
    }
}

/* Bare Markdown files need no library: they use its variables if there is a clinic profile, and settings are
 * those of one. */
static bool needs_library(const struct build *build, const struct place *place)
{
    const struct options *options = build->options;
    for (size_t i = 0; i < options->operands.n; i++)
        if (!operand_is_markdown(options->operands.at[i]))
            return true;
    return !options->operands.n || options->clinic || options->settings.n ||
           path_is_file(path_join(build->arena, place->content, "clinic.yaml"));
}

static void work(void *context, size_t task, struct arena *arena, struct outcome *outcome)
{
    struct build *build = context;
    if (build->options->command == COMMAND_CHECK)
        examine(arena, &build->workshop, &build->plan.tasks.at[task], outcome);
    else
        convert(arena, &build->workshop, &build->plan.tasks.at[task], outcome);
}

/* What make must know of a result: all files that it was made of, or as far as it came. */
static void add_rule(struct build *build, const struct task *task, const struct outcome *outcome)
{
    struct depfile *depfile = &build->depfile;
    if (!depfile_begin(depfile, task->path))
        return;
    depfile_add(depfile, task->handout ? task->handout->path : NULL);
    depfile_add_all(depfile, outcome->inputs);
    depfile_add_all(depfile, task->sheet_files);
    depfile_add_all(depfile, build->shared);
    depfile_end(depfile);
}

static void done(void *context, size_t number, const struct outcome *outcome)
{
    struct build *build = context;
    const struct task *task = &build->plan.tasks.at[number];
    bool good = outcome->built;
    report_task(&build->report, task);
    report_diags(&build->report, &outcome->diags);
    if (good && dumps_to_file(build->options))
        buf_str(&build->dump, buf_slice(&outcome->text));
    else if (good && outcome->text.n)
        good = standard_output(&build->report, buf_slice(&outcome->text));
    build->built += good;
    build->current += good && outcome->current;
    if (build->options->depfile)
        add_rule(build, task, outcome);
    if (build->options->manifest)
        manifest_add(&build->manifest, build->workshop.library, task, outcome, good);
    report_result(&build->report, outcome, good);
}

/* The same in a round of `handout watch`: "12:03 osteoarthritis-en.pdf built in 14 ms". What was up to date
 * has had its say before. */
static void noticed(void *context, size_t number, const struct outcome *outcome)
{
    struct build *build = context;
    const struct build_round *round = build->round;
    const struct task *task = &build->plan.tasks.at[number];
    size_t planned = round->tasks ? round->tasks[number] : number;
    build->built += outcome->built;
    build->current += outcome->current;
    for (size_t i = 0; (round->learns || !outcome->current) && i < outcome->inputs->list.n; i++)
        round->hear(round->context, planned, outcome->inputs->list.at[i]->path);
    if (round->first || !outcome->current)
        report_diags(&build->report, &outcome->diags);
    if (!outcome->current)
        report_event(&build->report, "%s %s in %lld ms", task->name, outcome->built ? "built" : "failed",
            clock_now() - round->since);
}

/* The findings on a handout, and its figures. */
static void judged(void *context, size_t number, const struct outcome *outcome)
{
    struct build *build = context;
    report_task(&build->report, &build->plan.tasks.at[number]);
    report_diags(&build->report, &outcome->diags);
    if (outcome->text.n && build->options->verbosity != VERBOSITY_QUIET)
        standard_output(&build->report, buf_slice(&outcome->text));
    build->built += outcome->built;
    report_result(&build->report, outcome, outcome->built);
}

static const char *name(void *context, size_t task)
{
    return ((struct build *)context)->plan.tasks.at[task].name;
}

static void clean(void *context, size_t task)
{
    const char *path = ((struct build *)context)->plan.tasks.at[task].path;
    if (path)
        replace_clean(path);
}

/* Writes what the user named a file for, which may be a pipe, or "-" for standard output. */
static bool write_named(struct build *build, struct diags *diags, const char *path, struct str bytes)
{
    if (strcmp(path, "-") == 0)
        return standard_output(&build->report, bytes);
    return path_is_stream(path) ? file_pour(diags, path, bytes) : convert_write(diags, path, bytes);
}

/* Writes the dumps of all handouts that have one into their file. */
static void write_dump(struct build *build)
{
    struct diags diags = diags_new(build->arena);
    if (build->built && !write_named(build, &diags, build->options->output, buf_slice(&build->dump)))
        build->built = 0;
    report_diags(&build->report, &diags);
    buf_free(&build->dump);
}

static void write_depfile(struct build *build)
{
    depfile_finish(&build->depfile);
    write_named(build, &build->depfile_diags, build->options->depfile, buf_slice(&build->depfile.rules));
    report_diags(&build->report, &build->depfile_diags);
    buf_free(&build->depfile.rules);
}

static void write_manifest(struct build *build)
{
    struct diags diags = diags_new(build->arena);
    struct buf text = {0};
    manifest_put(&build->manifest, &text);
    write_named(build, &diags, build->options->manifest, buf_slice(&text));
    report_diags(&build->report, &diags);
    buf_free(&text);
}

/* Reads by what handouts are judged. `check` needs a profile; `build` judges by it if there is one, and dumps
 * are not judged. False after an error. */
static bool read_profile(struct build *build, struct diags *diags)
{
    const char *path = path_join(build->arena, build->workshop.content_root, "check.yaml");
    bool check = build->options->command == COMMAND_CHECK;
    if (!check && (build->options->dump != DUMP_NONE || !path_is_file(path)))
        return true;
    build->workshop.profile = profile_read(build->arena, diags, path);
    return build->workshop.profile;
}

/* Reads the words by which `check` judges, for the languages of the plan. False after an error. */
static bool read_lexicons(struct build *build, struct diags *diags)
{
    bool good = true;
    for (size_t i = 0; i < build->plan.tasks.n; i++)
        good = lexicon_add(build->arena, diags, &build->workshop.lexicons, build->workshop.content_root,
                   build->plan.tasks.at[i].lang) &&
               good;
    return good;
}

/* Adds the files of the library to those that all share, but for the definitions: a handout depends on its
 * own alone. */
static void share(struct build *build, const struct trace *files)
{
    const struct library *library = build->workshop.library;
    struct map definitions = {0};
    for (size_t i = 0; i < library->handouts.n; i++) {
        struct handout *handout = library->handouts.entries[i].value;
        map_put(build->arena, &definitions, str_from(handout->path), handout);
    }
    for (size_t i = 0; i < library->left_out.n; i++)
        map_put(build->arena, &definitions, str_from(library->left_out.at[i]->path), build);
    for (size_t i = 0; i < files->list.n; i++) {
        const struct input *file = files->list.at[i];
        bool clinic = strcmp(file->path, library->clinic.path) == 0; /* perhaps one of them, by --clinic */
        if (clinic || !map_get(&definitions, str_from(file->path)))
            trace_hash(build->shared, file->path, file->hash);
    }
}

/* Tells each task what its definition holds. */
static void note_definitions(struct plan *plan, const struct trace *read)
{
    for (size_t i = 0; i < plan->tasks.n; i++) {
        struct task *task = &plan->tasks.at[i];
        const struct input *input = task->handout ? trace_find(read, task->handout->path) : NULL;
        if (input)
            task->definition = input->hash;
    }
}

/* Reads the material and plans the build. False when nothing can be built; what is wrong has been reported.
 */
static bool prepare(struct build *build, const char *program)
{
    struct diags diags = diags_new(build->arena), library_diags = diags_new(build->arena);
    diags.trace = build->shared = trace_new(build->arena);
    library_diags.trace = trace_new(build->arena);
    const struct options *options = build->options;
    struct place place;
    struct settings settings;
    bool good = place_find(build->arena, &diags, options, program, &place);
    good = settings_read(build->arena, &diags, options, &settings) && good;
    if (good) {
        /* A hash would be a way to guess a patient's name. */
        build->workshop.wants_hash = options->manifest && !settings_have_patient(&settings);
        build->workshop.content_root = place.content;
        build->workshop.fontset = fontset_read(build->arena, &diags, place.fonts);
        good = build->workshop.fontset != NULL;
        build->workshop.shaper = good ? shaper_new(build->workshop.fontset) : NULL;
        build->workshop.gallery = gallery_new();
        if (needs_library(build, &place)) {
            build->workshop.library =
                library_read(build->arena, &library_diags, place.content, options->clinic, settings);
            good = good && build->workshop.library;
        }
    }
    good = good && read_profile(build, &diags);
    if (good) {
        if (build->workshop.library)
            share(build, library_diags.trace);
        const struct cache_common common = {options, &build->workshop, &settings, build->shared};
        build->workshop.cache = cache_new(build->arena, &common);
        diags.trace = library_diags.trace; /* operands may be definitions */
        plan_make(build->arena, &diags, options, &place, build->workshop.library, build->workshop.fontset,
            &build->plan);
        note_definitions(&build->plan, diags.trace);
    }
    if (good && options->command == COMMAND_CHECK)
        good = read_lexicons(build, &diags);
    if (build->workshop.content_root)
        report_library(build, &library_diags);
    report_diags(&build->report, &diags);
    return good;
}

/* Which shard this is, if there are any; false after a problem. */
static bool find_shard(struct build *build, const char **problem)
{
    build->shard = build->options->shard;
    return !build->options->auto_shard || shard_of_environment(build->arena, &build->shard, problem);
}

/* Leaves what is this shard's share. What cannot be planned is told and counted by each shard, so that none
 * ends well while its sisters know that something is missing. */
static void take_share(struct build *build)
{
    size_t all = build->plan.tasks.n;
    if (!build->shard.count)
        return;
    plan_shard(build->arena, &build->plan, build->shard);
    report_verbose(&build->report, "shard %zu/%zu: %zu of %zu handouts", build->shard.number,
        build->shard.count, build->plan.tasks.n, all);
}

/* What the plan makes of the command line; false after a problem. */
static bool start(struct build *build, const char *program, int *status)
{
    const struct options *options = build->options;
    const char *problem;
    if (!today(&build->workshop.assemble.today, &problem) || !find_shard(build, &problem)) {
        *status = report_usage(stderr, options->command, problem);
        return false;
    }
    if (!prepare(build, program)) {
        *status = report_finish(&build->report, report_status(&build->report, true));
        return false;
    }
    problem = plan_problem(build->arena, options, &build->plan);
    if (problem)
        *status = report_usage(stderr, options->command, problem);
    else
        take_share(build);
    return !problem;
}

struct build *build_open(struct arena *arena, const struct options *options, const char *program, int *status)
{
    struct build *build = ARENA_NEW(arena, struct build);
    build->arena = arena;
    build->options = options;
    build->report = report_new(arena, options->command == COMMAND_CHECK ? stdout : stderr, options);
    build->depfile_diags = diags_new(arena);
    build->depfile = (struct depfile){.arena = arena, .diags = &build->depfile_diags};
    build->workshop.wants_inputs = options->depfile || options->command == COMMAND_WATCH;
    build->workshop.for_make = options->depfile != NULL;
    build->workshop.dump = options->dump;
    build->workshop.press = press_new();
    build->workshop.format = options->format;
    build->workshop.assemble.publish = options->publish;
    build->workshop.assemble.words = words_keep(arena);
    build->workshop.assemble.parsed = parsed_keep();
    build->workshop.assemble.folders = folders_new(arena);
    build->manifest.arena = arena;
    if (start(build, program, status))
        return build;
    build_close(build);
    return NULL;
}

void build_close(struct build *build)
{
    if (!build)
        return;
    gallery_free(build->workshop.gallery);
    shaper_free(build->workshop.shaper);
    press_free(build->workshop.press);
    parsed_kept_free(build->workshop.assemble.parsed);
    fontset_free(build->workshop.fontset);
}

/* Has all tasks done, and each reported. */
static void do_tasks(
    struct build *build, void (*report)(void *context, size_t task, const struct outcome *outcome))
{
    const struct options *options = build->options;
    batch_run(&(struct batch){.count = build->plan.tasks.n,
        .jobs = options->jobs,
        .limits = options->limits,
        .report = &build->report,
        .context = build,
        .work = work,
        .done = report,
        .name = name,
        .clean = options->command == COMMAND_CHECK ? NULL : clean});
}

/* The end of a run: its summary, and its exit status. */
static int conclude(struct build *build, bool summary)
{
    size_t asked = build->plan.tasks.n + build->plan.failed;
    if (summary)
        report_summary(&build->report, asked, build->built, build->current);
    return report_finish(&build->report, report_status(&build->report, build->built < asked));
}

int build_run(struct arena *arena, const struct options *options, const char *program)
{
    int status;
    struct build *build = build_open(arena, options, program, &status);
    if (!build)
        return status;
    do_tasks(build, options->command == COMMAND_CHECK ? judged : done);
    if (dumps_to_file(options))
        write_dump(build);
    if (options->depfile)
        write_depfile(build);
    if (options->manifest)
        write_manifest(build);
    status = conclude(build, true);
    build_close(build);
    return status;
}

static void tell(struct build_listener listener, const struct trace *files)
{
    for (size_t i = 0; files && i < files->list.n; i++)
        listener.hear(listener.context, files->list.at[i]->path);
}

void build_tell_shared(const struct build *build, struct build_listener listener)
{
    tell(listener, build->shared);
    for (size_t i = 0; i < build->plan.tasks.n; i++)
        if (i == 0 || build->plan.tasks.at[i].sheet_files != build->plan.tasks.at[i - 1].sheet_files)
            tell(listener, build->plan.tasks.at[i].sheet_files);
}

size_t build_count(const struct build *build)
{
    return build->plan.tasks.n;
}

/* Leaves the tasks with these numbers in the plan. */
static void choose(struct build *build, const size_t *numbers, size_t count)
{
    const struct task *all = build->plan.tasks.at;
    build->plan.tasks.at = ARENA_ARRAY(build->arena, struct task, count);
    build->plan.tasks.n = build->plan.tasks.cap = count;
    for (size_t i = 0; i < count; i++)
        build->plan.tasks.at[i] = all[numbers[i]];
}

int build_round(struct build *build, const struct build_round *round)
{
    const char *problem;
    build->round = round;
    today(&build->workshop.assemble.today, &problem); /* it may be another day; it could be told before */
    if (round->tasks)
        choose(build, round->tasks, round->task_count);
    do_tasks(build, noticed);
    return conclude(build, round->first);
}
