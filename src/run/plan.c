#include "run/plan.h"

#include "base/file.h"
#include "content/name.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char DEFAULT_OUTPUT[] = "build/handouts";
static const char STANDARD_STYLE[] = "standard";
static const char DEFAULT_LANG[] = "en";

static bool has_suffix(const char *text, const char *suffix)
{
    return str_ends(str_from(text), suffix);
}

bool operand_is_markdown(const char *operand)
{
    return name_is_markdown(operand);
}

static bool is_definition(const char *operand)
{
    return has_suffix(operand, ".yaml") || has_suffix(operand, ".yml");
}

bool operand_is_file(const char *operand)
{
    return operand_is_markdown(operand) || is_definition(operand) || strchr(operand, '/');
}

static bool is_one_pdf(const char *output)
{
    struct str path = str_from(output), end = str_slice(path, path.n < 4 ? 0 : path.n - 4, path.n);
    return end.n == 4 && end.p[0] == '.' && ascii_lower(end.p[1]) == 'p' && ascii_lower(end.p[2]) == 'd' &&
           ascii_lower(end.p[3]) == 'f';
}

/* What planning carries along. */
struct planner {
    struct arena *arena;
    struct diags *diags;
    const struct options *options;
    const struct place *place;
    const struct library *library;
    const struct stylesheet **sheets; /* NULL for one that could not be read */
    const struct trace **sheet_files; /* what each was read from */
    size_t sheet_count;
    struct plan *plan;
};

static const char *output_name(
    struct arena *arena, struct str stem, struct str lang, const struct stylesheet *sheet)
{
    struct str style = stylesheet_name(sheet);
    if (str_is(style, STANDARD_STYLE))
        return arena_printf(arena, "%.*s-%.*s.pdf", STR_FMT(stem), STR_FMT(lang));
    return arena_printf(arena, "%.*s-%.*s-%.*s.pdf", STR_FMT(stem), STR_FMT(lang), STR_FMT(style));
}

const char *plan_folder(const struct options *options)
{
    const char *output = options->output ? options->output : DEFAULT_OUTPUT;
    return strcmp(output, "-") == 0 || is_one_pdf(output) ? NULL : output;
}

static const char *output_path(struct arena *arena, const char *output, const char *name)
{
    if (!output)
        output = DEFAULT_OUTPUT;
    if (strcmp(output, "-") == 0)
        return NULL;
    return is_one_pdf(output) ? output : path_join(arena, output, name);
}

/* Has the content a language at all? If not, reports which it has. */
static bool check_lang(struct planner *planner, struct str lang)
{
    const char *content = planner->place->content;
    char *words = arena_printf(planner->arena, "%.*s/words.yaml", STR_FMT(lang));
    if (path_is_file(path_join(planner->arena, content, words)))
        return true;
    struct buf has = {0};
    for (char **name = folder_list(planner->arena, content, ""); *name; name++) {
        char *other = path_join(planner->arena, *name, "words.yaml");
        if (name_is_lang(str_from(*name)) && path_is_file(path_join(planner->arena, content, other)))
            buf_printf(&has, "%s%s", has.n ? ", " : "", *name);
    }
    diag_file(planner->diags, SEVERITY_ERROR, content, "lang-missing",
        "the language '%.*s' does not exist here: there is no '%s' (there are: %s)", STR_FMT(lang), words,
        has.n ? has.p : "none");
    buf_free(&has);
    return false;
}

/* Adds a result in every style. */
static void add_results(struct planner *planner, struct task task, struct str stem)
{
    if (!check_lang(planner, task.lang)) {
        planner->plan->failed += planner->sheet_count;
        return;
    }
    for (size_t i = 0; i < planner->sheet_count; i++) {
        task.sheet = planner->sheets[i];
        task.sheet_files = planner->sheet_files[i];
        if (!task.sheet) {
            planner->plan->failed++;
            continue;
        }
        task.name = output_name(planner->arena, stem, task.lang, task.sheet);
        task.path = output_path(planner->arena, planner->options->output, task.name);
        vec_push(planner->arena, &planner->plan->tasks, task);
    }
}

static void add_edition(struct planner *planner, const struct handout *handout, const struct edition *edition)
{
    add_results(
        planner, (struct task){.handout = handout, .edition = edition, .lang = edition->lang}, handout->id);
}

/* Reports that a handout lacks a language, and which it has. */
static void report_lang(struct planner *planner, const struct handout *handout, struct str lang)
{
    struct buf has = {0};
    for (size_t i = 0; i < handout->edition_count; i++) {
        buf_text(&has, i ? ", " : "");
        buf_str(&has, handout->editions[i].lang);
    }
    diag_file(planner->diags, SEVERITY_ERROR, handout->path, "lang-missing",
        "'%.*s' does not exist in the language '%.*s' (it has: %s)", STR_FMT(handout->id), STR_FMT(lang),
        has.n ? has.p : "none");
    buf_free(&has);
    planner->plan->failed++;
}

static void add_handout(struct planner *planner, const struct handout *handout)
{
    const struct options *options = planner->options;
    if (options->all_langs) {
        for (size_t i = 0; i < handout->edition_count; i++)
            add_edition(planner, handout, &handout->editions[i]);
        return;
    }
    for (size_t i = 0; i < options->langs.n || i == 0; i++) {
        struct str lang = options->langs.n ? options->langs.at[i] : str_from(DEFAULT_LANG);
        const struct edition *edition = handout_edition(handout, lang);
        if (edition)
            add_edition(planner, handout, edition);
        else
            report_lang(planner, handout, lang);
    }
}

/* A bare file has no languages of its own: it is built in those that were named. */
static void add_markdown(struct planner *planner, const char *file)
{
    const struct options *options = planner->options;
    if (!path_is_file(file)) {
        diag_file(planner->diags, SEVERITY_ERROR, file, "file-missing", "there is no such file");
        planner->plan->failed++;
        return;
    }
    for (size_t i = 0; i < options->langs.n || i == 0; i++) {
        struct str lang = options->langs.n ? options->langs.at[i] : str_from(DEFAULT_LANG);
        add_results(planner, (struct task){.file = file, .lang = lang}, name_of_markdown(file));
    }
}

static bool is_same_file(const char *a, const char *b)
{
    char real_a[PATH_MAX], real_b[PATH_MAX];
    return realpath(a, real_a) && realpath(b, real_b) && strcmp(real_a, real_b) == 0;
}

/* A definition of the library by its file's name, or one from elsewhere. */
static void add_definition(struct planner *planner, const char *file)
{
    const struct map *handouts = &planner->library->handouts;
    const struct handout *handout = NULL;
    for (size_t i = 0; i < handouts->n && !handout; i++) {
        const struct handout *candidate = handouts->entries[i].value;
        if (is_same_file(candidate->path, file))
            handout = candidate;
    }
    if (!handout)
        handout = handout_read(planner->arena, planner->diags, file);
    if (handout)
        add_handout(planner, handout);
    else
        planner->plan->failed++;
}

static void add_operand(struct planner *planner, const char *operand)
{
    if (operand_is_markdown(operand)) {
        add_markdown(planner, operand);
    } else if (is_definition(operand)) {
        add_definition(planner, operand);
    } else if (operand_is_file(operand)) {
        diag_file(planner->diags, SEVERITY_ERROR, operand, "file-kind",
            "only a definition (.yaml) or a Markdown file (.md) can be built");
        planner->plan->failed++;
    } else {
        const struct handout *handout = library_find(planner->library, planner->diags, str_from(operand));
        if (handout) {
            add_handout(planner, handout);
        } else {
            planner->plan->topic_unknown = true;
            planner->plan->failed++;
        }
    }
}

static void read_styles(struct planner *planner, const struct place *place, struct fontset *fontset)
{
    const struct options *options = planner->options;
    planner->sheet_count = options->styles.n ? options->styles.n : 1;
    planner->sheets = ARENA_ARRAY(planner->arena, const struct stylesheet *, planner->sheet_count);
    planner->sheet_files = ARENA_ARRAY(planner->arena, const struct trace *, planner->sheet_count);
    struct trace *outer = planner->diags->trace;
    for (size_t i = 0; i < planner->sheet_count; i++) {
        planner->sheet_files[i] = planner->diags->trace = trace_new(planner->arena);
        planner->sheets[i] = stylesheet_read(planner->arena, planner->diags, fontset, place->styles,
            options->styles.n ? options->styles.at[i] : str_from(STANDARD_STYLE), options->paper);
    }
    planner->diags->trace = outer;
}

void plan_make(struct arena *arena, struct diags *diags, const struct options *options,
    const struct place *place, const struct library *library, struct fontset *fontset, struct plan *plan)
{
    struct planner planner = {
        .arena = arena, .diags = diags, .options = options, .place = place, .library = library, .plan = plan};
    *plan = (struct plan){0};
    read_styles(&planner, place, fontset);
    for (size_t i = 0; i < options->operands.n; i++)
        add_operand(&planner, options->operands.at[i]);
    if (options->operands.n)
        return;
    if (!library->handouts.n && !library->left_out.n) {
        diag_file(diags, SEVERITY_ERROR, path_join(arena, place->content, "handouts"), "topics-missing",
            "there are no topics here (make one by 'handout new', or name another content folder)");
        plan->failed++;
    }
    for (size_t i = 0; i < library->handouts.n; i++)
        add_handout(&planner, library->handouts.entries[i].value);
    plan->failed += library->left_out.n * planner.sheet_count * (options->langs.n ? options->langs.n : 1);
}

struct named {
    struct str name;
    size_t task;
};

static int compare_named(const void *a, const void *b)
{
    const struct named *one = a, *other = b;
    int order = str_compare(one->name, other->name);
    return order ? order : (one->task > other->task) - (one->task < other->task);
}

void plan_shard(struct arena *arena, struct plan *plan, struct shard shard)
{
    size_t n = plan->tasks.n;
    struct named *sorted = ARENA_ARRAY(arena, struct named, n);
    bool *taken = ARENA_ARRAY(arena, bool, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct named){str_from(plan->tasks.at[i].name), i};
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_named);
    for (size_t i = shard.number - 1; i < n; i += shard.count)
        taken[sorted[i].task] = true;
    plan->tasks.n = 0;
    for (size_t i = 0; i < n; i++)
        if (taken[i])
            plan->tasks.at[plan->tasks.n++] = plan->tasks.at[i];
}

/* Would two files be one? Their folders need not exist yet. */
static bool is_same_place(struct arena *arena, const char *a, const char *b)
{
    const char *folder_a = str_dup(arena, path_folder(a)), *folder_b = str_dup(arena, path_folder(b));
    return str_eq(path_base(a), path_base(b)) &&
           (strcmp(folder_a, folder_b) == 0 || is_same_file(folder_a, folder_b));
}

/* A file that is written when all is done must be none of the PDFs. */
static const char *place_problem(struct arena *arena, const struct options *options, const char *pdf)
{
    const char *what = NULL;
    if (options->manifest && is_same_place(arena, options->manifest, pdf))
        what = "manifest";
    else if (options->depfile && is_same_place(arena, options->depfile, pdf))
        what = "depfile";
    return what ? arena_printf(arena, "the %s would take the place of a handout, '%s'", what, pdf) : NULL;
}

/* Dumps are printed one behind the other, into any one file. */
static const char *dump_problem(struct arena *arena, const char *output)
{
    struct str path = str_from(output);
    if (path_is_folder(output) || str_ends(path, "/"))
        return arena_printf(arena, "a dump goes into one file, and '%s' is a folder", output);
    if (is_one_pdf(output))
        return arena_printf(arena, "a dump is text, and does not go into a PDF, '%s'", output);
    return NULL;
}

const char *plan_problem(struct arena *arena, const struct options *options, const struct plan *plan)
{
    const char *output = options->output;
    if (options->dump != DUMP_NONE)
        return output ? dump_problem(arena, output) : NULL;
    size_t asked = plan->tasks.n + plan->failed;
    if (output && asked > 1 && strcmp(output, "-") == 0)
        return "several handouts cannot go to standard output (name a folder)";
    if (output && asked > 1 && is_one_pdf(output))
        return arena_printf(arena, "several handouts cannot go into one file, '%s' (name a folder)", output);
    if (options->manifest && options->depfile && !path_is_stream(options->depfile) &&
        is_same_place(arena, options->manifest, options->depfile))
        return arena_printf(
            arena, "the manifest and the depfile cannot both go to one place, '%s'", options->depfile);
    struct map names = {0};
    for (size_t i = 0; options->command != COMMAND_CHECK && i < plan->tasks.n; i++) {
        const char *name = plan->tasks.at[i].name;
        if (map_put(arena, &names, str_from(name), plan->tasks.at))
            return arena_printf(arena, "two of the handouts that are asked for have one name, '%s'", name);
        const char *path = plan->tasks.at[i].path,
                   *problem = path ? place_problem(arena, options, path) : NULL;
        if (problem)
            return problem;
    }
    return NULL;
}
