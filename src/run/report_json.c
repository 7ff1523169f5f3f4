#include "run/report_parts.h"

/* The lines of `--format json`. What is in them is promised by report_schema.c and the manual page: within a
 * version of the schema, members and kinds of lines may be added, and nothing else may change. */

enum { SCHEMA_VERSION = 1 };

static void begin_line(struct json *json, struct buf *out, const char *type)
{
    *json = (struct json){.out = out};
    json_open(json, NULL, '{');
    json_text(json, "type", type);
}

static void end_line(struct json *json)
{
    json_close(json, '}');
    buf_char(json->out, '\n');
}

static void put_known(struct json *json, const char *key, const char *text)
{
    if (text)
        json_text(json, key, text);
}

static void put_positive(struct json *json, const char *key, size_t number)
{
    if (number)
        json_size(json, key, number);
}

/* Which result it is, and of what. */
static void put_task(struct json *json, const struct task *task)
{
    json_str(json, "result", report_name(task));
    if (task->handout)
        json_str(json, "handout", task->handout->id);
    json_text(json, "source", report_source(task));
    json_str(json, "language", task->lang);
    json_str(json, "style", stylesheet_name(task->sheet));
}

void report_json_run(const struct report *report, struct buf *out)
{
    struct json json;
    begin_line(&json, out, "run");
    json_size(&json, "schema", SCHEMA_VERSION);
    json_text(&json, "program", "handout");
    json_text(&json, "version", HANDOUT_VERSION);
    json_text(&json, "command", command_name(report->command));
    end_line(&json);
}

void report_json_finding(const struct finding *finding, struct buf *out)
{
    const struct diag *diag = &finding->diag;
    struct json json;
    begin_line(&json, out, "diagnostic");
    json_size(&json, "number", finding->number);
    json_text(&json, "severity", report_severity(diag->severity));
    json_bool(&json, "machine", diag->severity == SEVERITY_MACHINE);
    json_text(&json, "code", diag->code);
    json_text(&json, "message", diag->message);
    put_known(&json, "file", diag->file);
    if (diag->file) {
        put_positive(&json, "line", diag->line);
        put_positive(&json, "column", diag->line ? diag->column : 0);
        put_positive(&json, "width", diag->line && diag->column ? diag->width : 0);
    }
    put_known(&json, "excerpt", diag->line ? diag->excerpt : NULL);
    put_known(&json, "reason", diag->reason);
    put_known(&json, "basis", diag->basis);
    if (finding->tasks.n)
        put_task(&json, finding->tasks.at[0]);
    end_line(&json);
}

static const char *result_status(const struct report *report, const struct result *result)
{
    if (!result->good)
        return "failed";
    return report->command == COMMAND_CHECK ? "checked" : "built";
}

void report_json_result(const struct report *report, const struct result *result, struct buf *out)
{
    struct json json;
    begin_line(&json, out, "result");
    put_task(&json, result->task);
    json_text(&json, "status", result_status(report, result));
    put_positive(&json, "pages", result->pages);
    if (result->good)
        put_positive(&json, "bytes", result->bytes);
    if (result->good && result->bytes)
        put_known(&json, "file", result->task->path);
    json_open(&json, "diagnostics", '[');
    for (size_t i = 0; i < result->finding_count; i++)
        json_size(&json, NULL, result->findings[i]->number);
    json_close(&json, ']');
    end_line(&json);
}

void report_json_summary(const struct report *report, int status, struct buf *out)
{
    struct json json;
    begin_line(&json, out, "summary");
    json_size(&json, "asked", report->asked);
    json_size(&json, "good", report->built);
    json_size(&json, "errors", report->errors);
    json_size(&json, "warnings", report->warnings);
    json_size(&json, "status", (size_t)status);
    end_line(&json);
}

/* -- figures */

static void put_figure(struct json *json, const char *key, double value)
{
    json_key(json, key);
    buf_number(json->out, value, 1);
}

static void put_figures(struct json *json, const struct figures *figures, const struct lexicon *lexicon)
{
    json_size(json, "words", figures->all.words);
    json_size(json, "sentences", figures->all.sentences);
    if (lexicon->english) {
        put_figure(json, "flesch_kincaid", reading_grade(&figures->all));
        put_figure(json, "flesch_kincaid_plain", reading_grade(&figures->plain));
        put_figure(json, "smog", reading_smog(&figures->plain));
        put_figure(json, "reading_ease", reading_ease(&figures->all));
    } else {
        put_figure(json, "inflesz", reading_inflesz(&figures->all));
        put_figure(json, "inflesz_plain", reading_inflesz(&figures->plain));
        put_figure(json, "fernandez_huerta", reading_fernandez_huerta(&figures->all));
    }
    put_figure(json, "words_per_sentence", figures_words_per_sentence(figures));
    put_figure(json, "long_words", figures_long_share(figures));
    put_figure(json, "passive", figures_passive_share(figures));
    put_figure(json, "address", figures_address_share(figures));
}

void report_json_figures(const struct task *task, size_t pages, const struct figures_table *table,
    const struct lexicon *lexicon, struct buf *out)
{
    struct json json;
    begin_line(&json, out, "figures");
    put_task(&json, task);
    put_positive(&json, "pages", pages);
    if (table->whole.all.sentences) {
        json_open(&json, "whole", '{');
        put_figures(&json, &table->whole, lexicon);
        json_close(&json, '}');
    }
    json_open(&json, "sections", '[');
    for (size_t i = 0; i < table->n; i++) {
        json_open(&json, NULL, '{');
        json_str(&json, "title", table->sections[i].title);
        put_figures(&json, &table->sections[i], lexicon);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    end_line(&json);
}
