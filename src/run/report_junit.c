#include "run/report_parts.h"

#include "base/utf8.h"

/* JUnit's XML, as Jenkins, GitLab and others read it (the schema is junit-10.xsd of Jenkins' xUnit plugin): a
 * suite for each language with a case for each handout and style, and before them a suite with one case for
 * what concerns no handout, so that no report is without a test. */

/* Appends text of an element or an attribute. What XML 1.0 forbids, even escaped, becomes U+FFFD. */
static void put_xml(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if ((c < ' ' && c != '\n' && c != '\t') || (c >= 0xFFFD && c <= 0xFFFF))
            buf_text(out, "\xEF\xBF\xBD");
        else
            buf_put(out, text.p + from, at - from);
    }
}

/* Appends ' name="value"', the value on one line. */
static void put_attribute(struct buf *out, const char *name, struct str value)
{
    struct buf visible = {0};
    report_visible(&visible, value);
    buf_printf(out, " %s=\"", name);
    put_xml(out, buf_slice(&visible));
    buf_char(out, '"');
    buf_free(&visible);
}

static void put_number(struct buf *out, const char *name, size_t number)
{
    buf_printf(out, " %s=\"%zu\"", name, number);
}

/* What is said of a case. Of its findings some make it fail, and some of these are the machine's doing. */
struct verdict {
    bool failed, broken;
    const struct finding *first; /* that makes it fail; NULL if none does */
};

static struct verdict judge(const struct report *report, const struct result *result)
{
    struct verdict verdict = {.failed = !result->good};
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct finding *finding = result->findings[i];
        if (!report_is_fatal(report, finding))
            continue;
        verdict.broken = verdict.broken || finding->diag.severity == SEVERITY_MACHINE;
        if (!verdict.first)
            verdict.first = finding;
    }
    verdict.failed = verdict.failed || verdict.first;
    return verdict;
}

/* Appends those findings that make a case fail, or the others, as text. */
static void put_findings(
    const struct report *report, const struct result *result, bool fatal, struct buf *out)
{
    struct buf text = {0};
    for (size_t i = 0; i < result->finding_count; i++)
        if (report_is_fatal(report, result->findings[i]) == fatal)
            report_format(&result->findings[i]->diag, &text);
    put_xml(out, buf_slice(&text));
    buf_free(&text);
}

static void put_failure(
    const struct report *report, const struct result *result, const struct verdict *verdict, struct buf *out)
{
    const struct diag *diag = verdict->first ? &verdict->first->diag : NULL;
    const char *element = verdict->broken ? "error" : "failure";
    buf_printf(out, "      <%s", element);
    put_attribute(out, "type", str_from(diag ? diag->code : "not-built"));
    put_attribute(out, "message", str_from(diag ? diag->message : "it could not be built"));
    buf_char(out, '>');
    put_findings(report, result, true, out);
    buf_printf(out, "</%s>\n", element);
}

static bool has_harmless(const struct report *report, const struct result *result)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (!report_is_fatal(report, result->findings[i]))
            return true;
    return false;
}

static void put_case(const struct report *report, const struct result *result, struct str group,
    struct str name, struct buf *out)
{
    struct verdict verdict = judge(report, result);
    bool harmless = has_harmless(report, result);
    buf_text(out, "    <testcase");
    put_attribute(out, "classname", group);
    put_attribute(out, "name", name);
    buf_text(out, " time=\"0\"");
    if (!verdict.failed && !harmless) {
        buf_text(out, "/>\n");
        return;
    }
    buf_text(out, ">\n");
    if (verdict.failed)
        put_failure(report, result, &verdict, out);
    if (harmless) {
        buf_text(out, "      <system-out>");
        put_findings(report, result, false, out);
        buf_text(out, "</system-out>\n");
    }
    buf_text(out, "    </testcase>\n");
}

/* How many cases there are, and how they ended. */
struct tally {
    size_t tests, failures, errors;
};

static void add_case(struct tally *tally, const struct report *report, const struct result *result)
{
    struct verdict verdict = judge(report, result);
    tally->tests++;
    tally->errors += verdict.broken;
    tally->failures += verdict.failed && !verdict.broken;
}

static void put_tally(const struct tally *tally, struct buf *out)
{
    put_number(out, "tests", tally->tests);
    put_number(out, "failures", tally->failures);
    put_number(out, "errors", tally->errors);
    buf_text(out, " time=\"0\">\n");
}

static void open_suite(struct str name, const struct tally *tally, struct buf *out)
{
    buf_text(out, "  <testsuite");
    put_attribute(out, "name", name);
    put_tally(tally, out);
}

static void put_suite(const struct report *report, struct str lang, struct arena *arena, struct buf *out)
{
    struct tally tally = {0};
    for (size_t i = 0; i < report->results.n; i++)
        if (str_eq(report->results.at[i].task->lang, lang))
            add_case(&tally, report, &report->results.at[i]);
    open_suite(lang, &tally, out);
    for (size_t i = 0; i < report->results.n; i++) {
        const struct result *result = &report->results.at[i];
        struct str style = stylesheet_name(result->task->sheet);
        if (str_eq(result->task->lang, lang))
            put_case(report, result, str_printf(arena, "handout.%.*s.%.*s", STR_FMT(lang), STR_FMT(style)),
                report_name(result->task), out);
    }
    buf_text(out, "  </testsuite>\n");
}

/* What concerns no handout: the library, styles, fonts, what was asked for. */
static struct result common_findings(const struct report *report, struct arena *arena)
{
    VEC(const struct finding *) common = {0};
    for (size_t i = 0; i < report->findings.n; i++)
        if (!report->findings.at[i]->tasks.n)
            vec_push(arena, &common, report->findings.at[i]);
    return (struct result){.good = true, .findings = common.at, .finding_count = common.n};
}

void report_junit(const struct report *report, struct buf *out)
{
    struct arena *arena = arena_new();
    struct result common = common_findings(report, arena);
    struct tally material = {0}, all = {0};
    struct map langs = {0};
    add_case(&material, report, &common);
    add_case(&all, report, &common);
    for (size_t i = 0; i < report->results.n; i++) {
        add_case(&all, report, &report->results.at[i]);
        map_put(arena, &langs, report->results.at[i].task->lang, arena);
    }
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    put_attribute(out, "name", str_printf(arena, "handout %s", command_name(report->command)));
    put_tally(&all, out);
    open_suite(STR("material"), &material, out);
    put_case(report, &common, STR("handout"), STR("material"), out);
    buf_text(out, "  </testsuite>\n");
    for (size_t i = 0; i < langs.n; i++)
        put_suite(report, langs.entries[i].key, arena, out);
    buf_text(out, "</testsuites>\n");
    arena_free(arena);
}
