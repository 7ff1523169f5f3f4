/* The command line, diagnostics as text, outcomes as bytes, and the crew of workers. */
#include "run/batch.h"
#include "run/options.h"
#include "run/report.h"
#include "run/settings.h"
#include "run/wire.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* -- options */

enum { MOST_ARGUMENTS = 16 };

/* Parses the words of a line as arguments; returns the problem or NULL. A word "''" is an empty argument. */
static const char *parse(struct arena *arena, struct options *options, const char *line)
{
    char *argv[MOST_ARGUMENTS] = {arena_copy(arena, "handout", 7)};
    int argc = 1;
    struct str rest = str_from(line);
    while (rest.n) {
        struct str word = str_cut(&rest, ' ');
        argv[argc++] = str_dup(arena, str_is(word, "''") ? STR("") : word);
    }
    const char *problem;
    bool good = options_parse(arena, argc, argv, options, &problem);
    assert_int_equal(good, problem == NULL);
    return problem;
}

static void options_are_read(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct options o;
    assert_null(parse(arena, &o, "build oa -l en,es --style=standard,large -o out --paper a4 -j4 notes.md"));
    assert_int_equal(o.command, COMMAND_BUILD);
    assert_int_equal(o.operands.n, 2);
    assert_string_equal(o.operands.at[1], "notes.md");
    assert_int_equal(o.langs.n, 2);
    assert_true(str_is(o.langs.at[1], "es"));
    assert_true(str_is(o.styles.at[1], "large"));
    assert_string_equal(o.output, "out");
    assert_int_equal(o.paper, PAPER_A4);
    assert_int_equal(o.jobs, 4);
    assert_null(parse(arena, &o, "--root=r -qv build -C c -j 2 --deny warnings --dump=boxes -- -x"));
    assert_string_equal(o.root, "r");
    assert_string_equal(o.content, "c");
    assert_int_equal(o.verbosity, VERBOSITY_VERBOSE);
    assert_true(o.deny_warnings);
    assert_int_equal(o.dump, DUMP_BOXES);
    assert_string_equal(o.operands.at[0], "-x");
    assert_null(parse(arena, &o, "build -o - --set a.b=c=d --set-from - --publish -l all"));
    assert_string_equal(o.output, "-");
    assert_string_equal(o.settings.at[0].text, "a.b=c=d");
    assert_true(o.settings.at[1].from_file);
    assert_true(o.all_langs && o.publish);
    assert_int_equal(o.limits.milliseconds, 60000);
    assert_int_equal(o.limits.megabytes, 1024);
    assert_false(o.limits.asked);
    assert_null(parse(arena, &o, "check --timeout 0.25 --memory=0 --progress always"));
    assert_int_equal(o.limits.milliseconds, 250);
    assert_int_equal(o.limits.megabytes, 0);
    assert_true(o.limits.asked);
    assert_int_equal(o.progress, PROGRESS_ALWAYS);
    assert_int_equal(o.shard.count, 0);
    assert_null(parse(arena, &o, "check --shard auto --shard 2/3"));
    assert_true(!o.auto_shard && o.shard.number == 2 && o.shard.count == 3);
    assert_null(parse(arena, &o, "build --shard=2/3 --shard=auto --manifest -"));
    assert_true(o.auto_shard);
    assert_string_equal(o.manifest, "-");
    assert_null(parse(arena, &o, "list --help extra"));
    assert_true(o.help);
    assert_null(parse(arena, &o, "--version"));
    arena_free(arena);
}

static void usage_errors_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"", "no command is given"},
        {"biuld", "unknown command 'biuld' (did you mean 'build'?)"},
        {"zzzzzz", "unknown command 'zzzzzz'"},
        {"help", "unknown command 'help' (did you mean '--help'?)"},
        {"build --langs en", "unknown option '--langs' (did you mean '--lang'?)"},
        {"build --frobnicate", "unknown option '--frobnicate'"},
        {"build -x", "unknown option '-x'"},
        {"build -qx", "unknown option '-x'"},
        {"build --format=xml", "--format is 'text', 'json', 'github', 'sarif' or 'junit', not 'xml'"},
        {"list --format json", "'handout list' does not have the option '--format'"},
        {"build --shard 0/2", "--shard is K/N with K from 1 to N, as in 1/4, or 'auto', not '0/2'"},
        {"build --shard 2", "--shard is K/N with K from 1 to N, as in 1/4, or 'auto', not '2'"},
        {"list --shard 1/2", "'handout list' does not have the option '--shard'"},
        {"build --manifest ''", "--manifest needs a FILE that is not empty"},
        {"build --manifest m --dump pages", "--manifest tells of PDFs, and --dump makes none"},
        {"build -o - --manifest -", "the manifest and the handout cannot both go to standard output"},
        {"check --manifest m", "'handout check' does not have the option '--manifest'"},
        {"build --publish=yes", "the option '--publish' takes no value"},
        {"build --lang", "the option '--lang' needs a value (LANG,...)"},
        {"build -l", "the option '-l' needs a value (LANG,...)"},
        {"build -o ''", "--output needs a PATH that is not empty"},
        {"build -l en,,es", "--lang needs a language, or several with commas between them, or 'all'"},
        {"build -l ../x", "'../x' is not a language (such as 'en')"},
        {"build -l all,en", "--lang takes either 'all' or languages, not both"},
        {"build -s standard,", "--style needs a name, or several with commas between them"},
        {"build --paper a5", "--paper is 'letter' or 'a4', not 'a5'"},
        {"build --dump text", "--dump is 'document', 'boxes' or 'pages', not 'text'"},
        {"build -j 0", "--jobs is a number from 1 to 256, not '0'"},
        {"build -j -1", "--jobs is a number from 1 to 256, not '-1'"},
        {"build -j 1000000000000000000000", "--jobs is a number from 1 to 256, not '1000000000000000000000'"},
        {"build --timeout -1", "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '-1'"},
        {"build --timeout 5m", "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '5m'"},
        {"build --timeout 1e9", "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '1e9'"},
        {"build --timeout 0.0001", "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '0.0001'"},
        {"build --timeout 10000000",
            "--timeout is 0.001 to 604800 seconds, or 0 for no limit, not '10000000'"},
        {"build --memory 1.5",
            "--memory is a whole number of MB, 1 to 1048576, or 0 for no limit, not '1.5'"},
        {"build --memory 99999999",
            "--memory is a whole number of MB, 1 to 1048576, or 0 for no limit, not '99999999'"},
        {"build --progress yes", "--progress is 'auto', 'always' or 'never', not 'yes'"},
        {"list --timeout 3", "'handout list' does not have the option '--timeout'"},
        {"build --deny errors", "--deny takes 'warnings', not 'errors'"},
        {"build --set Jane",
            "--set needs KEY=VALUE; a KEY has letters, digits, dots, hyphens and underscores"},
        {"build --set =Jane",
            "--set needs KEY=VALUE; a KEY has letters, digits, dots, hyphens and underscores"},
        {"build --set a/b=Jane",
            "--set needs KEY=VALUE; a KEY has letters, digits, dots, hyphens and underscores"},
        {"list --paper a4", "'handout list' does not have the option '--paper'"},
        {"list oa", "'handout list' takes no operands"},
        {"new", "'handout new' takes one TOPIC"},
        {"new a b", "'handout new' takes one TOPIC"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct options options;
        const char *problem = parse(arena, &options, cases[i].line);
        assert_string_equal(problem ? problem : "(none)", cases[i].problem);
        arena_free(arena);
    }
}

/* -- settings */

/* Is something set that is about one patient, when the options of a line are read? */
static bool has_patient(const char *line)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct options options;
    struct settings settings;
    assert_null(parse(arena, &options, line));
    assert_true(settings_read(arena, &diags, &options, &settings));
    bool has = settings_have_patient(&settings);
    arena_free(arena);
    return has;
}

static void settings_of_a_patient_are_known(void **state)
{
    (void)state;
    assert_true(has_patient("build --set clinic.name=X --set patient.name=Jane"));
    assert_true(has_patient("build --set visit.date="));
    assert_true(has_patient("build --set clinician.name=X --set clinic.name=Y"));
    assert_false(has_patient("build"));
    assert_false(has_patient("build --set clinic.name=X --set clinic.extra.patient.name=Y"));
}

/* -- report */

static void expect_text(const struct diag *diag, const char *expected)
{
    struct buf out = {0};
    report_format(diag, &out);
    assert_string_equal(out.p, expected);
    buf_free(&out);
}

static void diagnostics_have_excerpts(void **state)
{
    (void)state;
    struct diag diag = {.severity = SEVERITY_ERROR,
        .code = "callout-unknown",
        .message = "unknown call-out 'WARNIG' (did you mean 'WARNING'?)",
        .file = "content/en/osteoarthritis/care.md",
        .line = 7,
        .column = 5,
        .width = 6,
        .excerpt = "> [!WARNIG]"};
    expect_text(&diag,
        "content/en/osteoarthritis/care.md:7:5: error: unknown call-out 'WARNIG' (did you mean "
        "'WARNING'?) [callout-unknown]\n"
        "  7 | > [!WARNIG]\n"
        "    |     ^^^^^^\n");
    expect_text(
        &(struct diag){.severity = SEVERITY_MACHINE, .code = "c", .message = "m"}, "handout: error: m [c]\n");
    expect_text(&(struct diag){.severity = SEVERITY_NOTE, .code = "c", .message = "m", .file = "f"},
        "f: note: m [c]\n");
    expect_text(&(struct diag){SEVERITY_WARNING, "c", "m", "f", 1234, 1, 0, "", NULL, NULL},
        "f:1234:1: warning: m [c]\n1234 |\n     | ^\n");
}

static void carets_stand_where_eyes_see(void **state)
{
    (void)state;
    struct diag diag = {SEVERITY_ERROR, "c", "m", "f", 1, 3, 2, "\ta\tbc", NULL, NULL};
    expect_text(&diag, "f:1:3: error: m [c]\n  1 |     a   bc\n    |      ^^^^\n");
    diag = (struct diag){SEVERITY_ERROR, "c", "m", "f", 1, 3, 1, "日本x", NULL, NULL};
    expect_text(&diag, "f:1:3: error: m [c]\n  1 | 日本x\n    |     ^\n");
    diag = (struct diag){SEVERITY_ERROR, "c", "m", "f", 1, 4, 1,
        "e\xCC\x81"
        "ax",
        NULL, NULL};
    expect_text(&diag, "f:1:4: error: m [c]\n  1 | e\xCC\x81"
                       "ax\n    |   ^\n");
    diag = (struct diag){SEVERITY_ERROR, "c", "m", "f", 1, 9, 5, "short", NULL, NULL};
    expect_text(&diag, "f:1:9: error: m [c]\n  1 | short\n    |      ^\n");
}

static void long_lines_are_cut(void **state)
{
    (void)state;
    char line[301];
    memset(line, 'x', 300);
    line[300] = '\0';
    line[199] = 'M';
    struct buf out = {0};
    report_format(&(struct diag){SEVERITY_ERROR, "c", "m", "f", 1, 200, 1, line, NULL, NULL}, &out);
    struct str text = buf_slice(&out), first, second;
    str_cut(&text, '\n');
    first = str_cut(&text, '\n');
    second = str_cut(&text, '\n');
    size_t mark = str_find(first, "M", 0), caret = str_find(second, "^", 0);
    assert_true(first.n < 130);
    assert_int_equal(mark - strlen("…") + 1, caret);
    buf_free(&out);
}

static void nothing_controls_the_terminal(void **state)
{
    (void)state;
    struct buf out = {0};
    report_visible(&out, STR("a\x1b[31m\n\t\x7f\xc2\x85\xe2\x80\xae\xffz"));
    assert_string_equal(out.p, "a\\x1b[31m\\n\\t\\x7f\\x85\\u202e\\xffz");
    buf_free(&out);
    expect_text(&(struct diag){SEVERITY_ERROR, "c", "m", "f", 1, 2, 1, "\x1bx", NULL, NULL},
        "f:1:2: error: m [c]\n  1 | \\x1bx\n    |     ^\n");
}

static void statuses_have_their_order(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct options options = {.deny_warnings = true};
    FILE *nowhere = fopen("/dev/null", "w");
    struct report report = report_new(arena, nowhere, &options);
    assert_int_equal(report_status(&report, false), 0);
    assert_int_equal(report_status(&report, true), 1);
    struct diag diag = {.severity = SEVERITY_WARNING, .code = "c", .message = "w"};
    report_diag(&report, &diag);
    report_diag(&report, &diag);
    assert_int_equal(report.warnings, 1);
    assert_int_equal(report_status(&report, false), 3);
    report_diag(&report, &(struct diag){.severity = SEVERITY_ERROR, .code = "c", .message = "e"});
    assert_int_equal(report_status(&report, false), 1);
    report_diag(&report, &(struct diag){.severity = SEVERITY_MACHINE, .code = "c", .message = "m"});
    assert_int_equal(report_status(&report, true), 4);
    fclose(nowhere);
    arena_free(arena);
}

/* -- wire */

static void outcomes_survive_the_wire(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct outcome sent = {
        .diags = diags_new(arena), .built = true, .pages = 4, .bytes = 70000, .hashed = true};
    sent.sha256 = sha256_of(STR("abc"));
    buf_text(&sent.text, "DOCUMENT\n");
    diag_add(&sent.diags, &(struct diag){SEVERITY_WARNING, "c", "m", "f", 1, 2, 3, "x", NULL, NULL});
    diag_add(&sent.diags, &(struct diag){.severity = SEVERITY_MACHINE, .code = "d", .message = ""});
    struct buf bytes = {0};
    wire_put(&bytes, &sent);
    struct outcome got;
    assert_true(wire_is_complete(buf_slice(&bytes)));
    assert_true(wire_get(arena, buf_slice(&bytes), &got));
    assert_true(got.built && got.pages == 4 && got.bytes == 70000 && got.hashed);
    assert_memory_equal(got.sha256.bytes, sent.sha256.bytes, SHA256_SIZE);
    assert_string_equal(got.text.p, "DOCUMENT\n");
    assert_int_equal(got.diags.list.n, 2);
    assert_int_equal(got.diags.errors, 1);
    assert_int_equal(got.diags.machine_errors, 1);
    assert_string_equal(got.diags.list.at[0].excerpt, "x");
    assert_int_equal(got.diags.list.at[0].width, 3);
    assert_null(got.diags.list.at[1].file);
    assert_string_equal(got.diags.list.at[1].message, "");
    buf_free(&got.text);
    for (size_t n = 0; n < bytes.n; n++) {
        assert_false(wire_is_complete((struct str){bytes.p, n}));
        assert_false(wire_get(arena, (struct str){bytes.p, n}, &got));
    }
    for (size_t at = sizeof(uint64_t); at + sizeof(uint64_t) <= bytes.n; at += sizeof(uint64_t)) {
        struct buf broken = {0};
        buf_str(&broken, buf_slice(&bytes));
        memset(broken.p + at, 0xFE, sizeof(uint64_t));
        if (wire_get(arena, buf_slice(&broken), &got))
            buf_free(&got.text);
        buf_free(&broken);
    }
    buf_free(&bytes);
    buf_free(&sent.text);
    arena_free(arena);
}

/* -- batch */

struct trial {
    struct buf log;
    pid_t parent;
    size_t stop_at; /* in done(), a signal is sent to this process, and workers have time to die */
};

static void nap(long milliseconds)
{
    nanosleep(&(struct timespec){0, milliseconds * 1000000}, NULL);
}

/* Task 3 is killed, 5 dies of lack of memory, 6 of a crash, 7 by leaving, and early tasks take longer. */
static void trial_work(void *context, size_t task, struct arena *arena, struct outcome *outcome)
{
    struct trial *trial = context;
    (void)arena;
    if (getpid() != trial->parent && task == 3)
        kill(getpid(), SIGKILL);
    if (getpid() != trial->parent && task == 5)
        out_of_memory();
    if (getpid() != trial->parent && task == 7)
        _exit(9);
    if (getpid() != trial->parent && task == 6)
        kill(getpid(), SIGABRT); /* cmocka catches those that are like it */
    nap(task < 4 ? 20 : 1);
    diag_file(&outcome->diags, SEVERITY_WARNING, NULL, "c", "warning of %zu", task);
    buf_printf(&outcome->text, "text of %zu", task);
    outcome->built = true;
}

static void trial_done(void *context, size_t task, const struct outcome *outcome)
{
    struct trial *trial = context;
    buf_printf(&trial->log, "%zu %s", task, outcome->built ? outcome->text.p : "failed");
    for (size_t i = 0; i < outcome->diags.list.n; i++)
        buf_printf(&trial->log, " [%s]", outcome->diags.list.at[i].code);
    if (trial->stop_at && task > trial->stop_at && !outcome->built)
        _exit(1);
    buf_char(&trial->log, '\n');
    if (trial->stop_at && task == trial->stop_at)
        kill(getpid(), SIGTERM), nap(100);
}

static const char *trial_name(void *context, size_t task)
{
    (void)context;
    return task == 3 ? "third.pdf" : "other.pdf";
}

static void run_trial(struct trial *trial, size_t count, size_t jobs)
{
    trial->parent = getpid();
    batch_run(&(struct batch){.count = count,
        .jobs = jobs,
        .context = trial,
        .work = trial_work,
        .done = trial_done,
        .name = trial_name});
}

static void reports_keep_their_order(void **state)
{
    (void)state;
    static const char expected[] =
        "0 text of 0 [c]\n1 text of 1 [c]\n2 text of 2 [c]\n3 failed [worker-killed]\n"
        "4 text of 4 [c]\n5 failed [machine-memory]\n6 failed [worker-crashed]\n"
        "7 failed [worker-crashed]\n8 text of 8 [c]\n9 text of 9 [c]\n";
    for (size_t jobs = 1; jobs <= 16; jobs *= 2) {
        struct trial trial = {0};
        run_trial(&trial, 10, jobs);
        assert_string_equal(trial.log.p, expected);
        buf_free(&trial.log);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
    }
}

static void one_task_is_done_here(void **state)
{
    (void)state;
    struct trial trial = {0};
    run_trial(&trial, 1, 8);
    assert_string_equal(trial.log.p, "0 text of 0 [c]\n");
    buf_free(&trial.log);
    run_trial(&trial, 0, 8);
    assert_int_equal(trial.log.n, 0);
}

static void large_outcomes_arrive(void *context, size_t task, struct arena *arena, struct outcome *outcome)
{
    (void)context, (void)arena;
    for (size_t i = 0; i < 300000; i++)
        buf_char(&outcome->text, (char)('a' + task));
    outcome->built = true;
}

static void add_size(void *context, size_t task, const struct outcome *outcome)
{
    assert_int_equal(outcome->text.p[outcome->text.n - 1], 'a' + (int)task);
    *(size_t *)context += outcome->text.n;
}

static void outcomes_larger_than_a_pipe_arrive(void **state)
{
    (void)state;
    size_t total = 0;
    batch_run(&(struct batch){.count = 5,
        .jobs = 3,
        .context = &total,
        .work = large_outcomes_arrive,
        .done = add_size,
        .name = trial_name});
    assert_int_equal(total, 1500000);
}

static void a_signal_stops_the_crew_and_is_raised_again(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        struct trial trial = {.stop_at = 1};
        run_trial(&trial, 1000, 2);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_read),
        cmocka_unit_test(usage_errors_are_told),
        cmocka_unit_test(settings_of_a_patient_are_known),
        cmocka_unit_test(diagnostics_have_excerpts),
        cmocka_unit_test(carets_stand_where_eyes_see),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(nothing_controls_the_terminal),
        cmocka_unit_test(statuses_have_their_order),
        cmocka_unit_test(outcomes_survive_the_wire),
        cmocka_unit_test(reports_keep_their_order),
        cmocka_unit_test(one_task_is_done_here),
        cmocka_unit_test(outcomes_larger_than_a_pipe_arrive),
        cmocka_unit_test(a_signal_stops_the_crew_and_is_raised_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
