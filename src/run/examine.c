#include "run/examine.h"

#include "content/check.h"
#include "content/figures.h"
#include "design/legible.h"
#include "layout/gate.h"
#include "layout/measure.h"
#include "layout/resolution.h"
#include "run/report_parts.h"

/* Tells a check what it looks at. */
static void introduce(struct check *check, const struct workshop *workshop, const struct task *task)
{
    check->library = workshop->library;
    check->handout = task->handout;
    check->edition = task->edition;
    check->options = workshop->assemble;
}

static struct check *begin(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document)
{
    struct check *check = check_new(arena, diags, workshop->profile, stylesheet_name(task->sheet), document);
    introduce(check, workshop, task);
    check->lexicon = lexicon_of(&workshop->lexicons, document->lang);
    check->glossary = glossary_read(arena, diags, workshop->content_root, document->lang);
    return check;
}

/* All rules of style and pages: the same for both commands. */
static void judge_looks(struct check *check, const struct task *task, const struct fitted *fitted)
{
    check->pages = pages_of_nodes(check->arena, fitted->pages, check->document->node_count);
    legible_check(check, task->sheet, fitted->boxes);
    measure_check(check, fitted->pages);
    gate_check(check, fitted->pages);
    resolution_check(check, fitted->pages);
}

void examine_looks(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document, const struct fitted *fitted)
{
    struct check *check =
        check_new_of_looks(arena, diags, workshop->profile, stylesheet_name(task->sheet), document);
    introduce(check, workshop, task);
    judge_looks(check, task, fitted);
}

/* "osteoarthritis-en: " */
static void print_name(const struct task *task, struct buf *out)
{
    report_visible(out, report_name(task));
    buf_text(out, ": ");
}

/* "osteoarthritis-en: 4 pages", and the table of figures below it; or a line of a report for machines. */
static void print_figures(const struct check *check, const struct workshop *workshop, const struct task *task,
    size_t pages, struct buf *out)
{
    if (!check->lexicon || (workshop->format != FORMAT_TEXT && workshop->format != FORMAT_JSON))
        return;
    struct figures_table table = figures_of(check->arena, check->prose, check->lexicon);
    if (workshop->format == FORMAT_JSON) {
        report_json_figures(task, pages, &table, check->lexicon, out);
        return;
    }
    print_name(task, out);
    buf_printf(out, "%zu page%s\n", pages, pages == 1 ? "" : "s");
    figures_print(&table, check->lexicon, out);
    buf_char(out, '\n');
}

void examine(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome)
{
    *outcome = (struct outcome){.diags = diags_new(arena)};
    struct diags *diags = &outcome->diags;
    const struct document *document = convert_assemble(arena, diags, workshop, task);
    if (!document) {
        if (workshop->format == FORMAT_TEXT) {
            print_name(task, &outcome->text);
            buf_text(&outcome->text,
                "not judged, for it cannot be read (mend the errors above, then check again)\n\n");
        }
        return;
    }
    struct check *check = begin(arena, diags, workshop, task, document);
    struct fitted fitted;
    check_content(check);
    if (fit(arena, diags, task->sheet, workshop->shaper, workshop->gallery, document, &fitted)) {
        judge_looks(check, task, &fitted);
        outcome->pages = fitted.pages->n;
    }
    check_end(check);
    diags_sort(diags);
    print_figures(check, workshop, task, outcome->pages, &outcome->text);
    outcome->built = !diags->errors;
}
