#include "run/build.h"

#include "base/file.h"
#include "layout/fit.h"
#include "paint/pdf.h"
#include "base/replace.h"
#include "run/batch.h"
#include "run/examine.h"
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
    struct buf dump; /* what goes into the file that --output names */
    size_t built;
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
    report_result(&build->report, outcome, good);
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

/* Writes the dumps of all handouts that have one into their file. */
static void write_dump(struct build *build)
{
    struct diags diags = diags_new(build->arena);
    if (build->built && !convert_write(&diags, build->options->output, buf_slice(&build->dump)))
        build->built = 0;
    report_diags(&build->report, &diags);
    buf_free(&build->dump);
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

/* Reads the material and plans the build. False when nothing can be built; what is wrong has been reported.
 */
static bool prepare(struct build *build, const char *program)
{
    struct diags diags = diags_new(build->arena), library_diags = diags_new(build->arena);
    const struct options *options = build->options;
    struct place place;
    struct settings settings;
    bool good = place_find(build->arena, &diags, options, program, &place);
    good = settings_read(build->arena, &diags, options, &settings) && good;
    if (good) {
        build->workshop.content_root = place.content;
        build->workshop.fontset = fontset_read(build->arena, &diags, place.fonts);
        good = build->workshop.fontset != NULL;
        build->workshop.shaper = good ? shaper_new(build->workshop.fontset) : NULL;
        if (needs_library(build, &place)) {
            build->workshop.library =
                library_read(build->arena, &library_diags, place.content, options->clinic, settings);
            good = good && build->workshop.library;
        }
    }
    good = good && read_profile(build, &diags);
    if (good)
        plan_make(build->arena, &diags, options, &place, build->workshop.library, build->workshop.fontset,
            &build->plan);
    if (good && options->command == COMMAND_CHECK)
        good = read_lexicons(build, &diags);
    if (build->workshop.content_root)
        report_library(build, &library_diags);
    report_diags(&build->report, &diags);
    return good;
}

int build_run(struct arena *arena, const struct options *options, const char *program)
{
    bool check = options->command == COMMAND_CHECK;
    struct build build = {
        .arena = arena, .options = options, .report = report_new(arena, check ? stdout : stderr, options)};
    const char *problem;
    int status = STATUS_FAILED;
    build.workshop.dump = options->dump;
    build.workshop.press = press_new();
    build.workshop.format = options->format;
    build.workshop.assemble.publish = options->publish;
    if (!today(&build.workshop.assemble.today, &problem))
        return report_usage(stderr, options->command, problem);
    if (!prepare(&build, program)) {
        status = report_finish(&build.report, report_status(&build.report, true));
    } else if ((problem = plan_problem(arena, options, &build.plan))) {
        status = report_usage(stderr, options->command, problem);
    } else {
        batch_run(&(struct batch){.count = build.plan.tasks.n,
            .jobs = options->jobs,
            .limits = options->limits,
            .report = &build.report,
            .context = &build,
            .work = work,
            .done = check ? judged : done,
            .name = name,
            .clean = check ? NULL : clean});
        if (dumps_to_file(options))
            write_dump(&build);
        size_t asked = build.plan.tasks.n + build.plan.failed;
        report_summary(&build.report, asked, build.built);
        status = report_finish(&build.report, report_status(&build.report, build.built < asked));
    }
    shaper_free(build.workshop.shaper);
    press_free(build.workshop.press);
    fontset_free(build.workshop.fontset);
    return status;
}
