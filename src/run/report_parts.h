/* What the formats of a report share: for report.c and report_*.c only, and for examine.c, which has figures
 * to report. */
#ifndef RUN_REPORT_PARTS_H
#define RUN_REPORT_PARTS_H

#include "base/json.h"
#include "content/figures.h"
#include "run/convert.h"
#include "run/report.h"

/* A diagnostic that was reported. */
struct finding {
    size_t number; /* from 1, in the order of the report; 0: it is not shown */
    struct diag diag;
    VEC(const struct task *) tasks; /* whose results it concerns; only the first, if the report is not kept */
};

/* What became of a task. */
struct result {
    const struct task *task;
    bool good;
    size_t pages, bytes;
    const struct finding **findings; /* shown for it, or for an earlier one */
    size_t finding_count;
};

/* "error", "warning", "note". */
const char *report_severity(enum severity severity);
/* A result's name, that of its PDF without the ending: "osteoarthritis-en". */
struct str report_name(const struct task *task);
/* The file that a result is made from. */
const char *report_source(const struct task *task);
/* Does a finding make its result fail, since it is an error or a denied warning? */
bool report_is_fatal(const struct report *report, const struct finding *finding);

/* text: a diagnostic, perhaps with colors for a terminal. */
void report_text(const struct diag *diag, bool color, struct buf *out);

/* json: what is written first, at once for each finding and result, and last. */
void report_json_run(const struct report *report, struct buf *out);
void report_json_finding(const struct finding *finding, struct buf *out);
void report_json_result(const struct report *report, const struct result *result, struct buf *out);
void report_json_summary(const struct report *report, int status, struct buf *out);
/* json: the figures of a text, of which `check` makes a line of its own. */
void report_json_figures(const struct task *task, size_t pages, const struct figures_table *table,
    const struct lexicon *lexicon, struct buf *out);

/* github: a workflow command. */
void report_github(struct arena *arena, const struct finding *finding, struct buf *out);

/* sarif, junit: all that was kept. */
void report_sarif(const struct report *report, int status, struct buf *out);
void report_junit(const struct report *report, struct buf *out);

/* A path as those who read a report know it: from GITHUB_WORKSPACE if that is set, else from the current
 * folder, without "." and "..". NULL if it does not lie beneath; then `*whole` is the path from the root. */
const char *report_path(struct arena *arena, const char *path, const char **whole);

#endif
