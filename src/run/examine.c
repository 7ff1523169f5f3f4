#include "run/examine.h"

#include "content/check.h"
#include "content/figures.h"
#include "design/legible.h"
#include "layout/fit.h"
#include "layout/gate.h"
#include "layout/measure.h"
#include "layout/resolution.h"

static struct check *begin(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document)
{
    struct check *check = check_new(arena, diags, workshop->profile, stylesheet_name(task->sheet), document);
    check->glossary = glossary_read(arena, diags, workshop->content_root, document->lang);
    check->library = workshop->library;
    check->handout = task->handout;
    check->edition = task->edition;
    check->options = workshop->assemble;
    return check;
}

/* "osteoarthritis-en" */
static void print_name(const struct task *task, struct buf *out)
{
    struct str name = str_from(task->name);
    buf_str(out, str_slice(name, 0, name.n - STR(".pdf").n));
}

/* "osteoarthritis-en: 4 pages", and the table of figures below it. */
static void print_figures(const struct check *check, const struct task *task, size_t pages, struct buf *out)
{
    if (!check->lexicon)
        return;
    struct figures_table table = figures_of(check->arena, check->prose, check->lexicon);
    print_name(task, out);
    buf_printf(out, ": %zu page%s\n", pages, pages == 1 ? "" : "s");
    figures_print(&table, check->lexicon, out);
    buf_char(out, '\n');
}

/* The settings of a style with nothing graver than a warning: what is wrong with a page stops no build. */
static const struct check_setting *milder(struct arena *arena, const struct check_setting *settings)
{
    struct check_setting *milder = ARENA_ARRAY(arena, struct check_setting, CHECK_RULE_COUNT);
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++) {
        milder[i] = settings[i];
        if (milder[i].severity == CHECK_ERROR)
            milder[i].severity = CHECK_WARNING;
    }
    return milder;
}

void examine_pages(struct arena *arena, struct diags *diags, const struct workshop *workshop,
    const struct task *task, const struct document *document, const struct pages *pages)
{
    struct diags remarks = diags_new(arena), found = diags_new(arena); /* of remarks, `check` tells */
    if (!workshop->page_rules)
        return;
    struct check *check =
        check_new(arena, &remarks, workshop->page_rules, stylesheet_name(task->sheet), document);
    check->settings = milder(arena, check->settings);
    check->diags = &found;
    resolution_check(check, pages);
    for (size_t i = 0; i < found.list.n; i++)
        if (found.list.at[i].severity == SEVERITY_WARNING)
            diag_add(diags, &found.list.at[i]);
}

void examine(
    struct arena *arena, const struct workshop *workshop, const struct task *task, struct outcome *outcome)
{
    *outcome = (struct outcome){.diags = diags_new(arena)};
    struct diags *diags = &outcome->diags;
    const struct document *document = convert_assemble(arena, diags, workshop, task);
    if (!document) {
        print_name(task, &outcome->text);
        buf_text(&outcome->text,
            ": not judged, for it cannot be read (mend the errors above, then check again)\n\n");
        return;
    }
    struct check *check = begin(arena, diags, workshop, task, document);
    struct fitted fitted;
    check_content(check);
    if (fit(arena, diags, task->sheet, workshop->fontset, document, &fitted)) {
        legible_check(check, task->sheet, fitted.boxes);
        measure_check(check, fitted.pages);
        gate_check(check, fitted.pages);
        resolution_check(check, fitted.pages);
        outcome->pages = fitted.pages->n;
    }
    check_end(check);
    diags_sort(diags);
    print_figures(check, task, outcome->pages, &outcome->text);
    outcome->built = !diags->errors;
}
