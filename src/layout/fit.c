#include "layout/fit.h"

#include "layout/layout.h"
#include "layout/shape.h"

#include <math.h>
#include <string.h>

enum { HALVINGS = 5 };

struct fitter {
    struct arena *arena;
    const struct stylesheet *sheet;
    struct fontset *fontset;
    const struct document *document;
    struct shaper *shaper;
    int budget;          /* of pages, 0 = none */
    struct shelf *shelf; /* its pictures */
};

/* One setting, with its own diagnostics, which count only if it is the one that stands. */
struct attempt {
    struct fitted fitted;
    struct diags diags;
};

static struct attempt try(const struct fitter *fitter, double tightness)
{
    struct attempt attempt = {.diags = diags_new(fitter->arena)};
    const struct box_tree *boxes = cascade(fitter->arena, &attempt.diags, fitter->sheet, fitter->fontset,
        fitter->shelf, fitter->document, tightness);
    attempt.fitted.boxes = boxes;
    if (boxes)
        attempt.fitted.pages = layout(fitter->arena, &attempt.diags, fitter->shaper, fitter->document, boxes);
    return attempt;
}

static bool is_notice(const struct doc_node *node)
{
    for (; node; node = node->parent)
        if (node->kind == DOC_SECTION && node->role == ROLE_NOTICE)
            return true;
    return false;
}

/* Does a page show a notice that the law demands, and nothing else but furniture? */
static bool is_notice_page(const struct page *page)
{
    bool notice = false;
    for (size_t i = 0; i < page->item_count; i++) {
        bool own = is_notice(page->items[i].tag);
        if (page->items[i].tag && !own)
            return false;
        notice = notice || own;
    }
    return notice;
}

/* How many pages count: those of a notice do not. It stands last. */
static size_t counted(const struct pages *pages)
{
    size_t n = pages->n;
    while (n > 0 && is_notice_page(&pages->at[n - 1]))
        n--;
    return n;
}

/* Could a tighter setting mend all that is wrong with this one? */
static bool is_only_too_long(const struct attempt *attempt)
{
    size_t too_long = 0;
    for (size_t i = 0; i < attempt->diags.list.n; i++)
        too_long += strcmp(attempt->diags.list.at[i].code, "standard-overflow") == 0;
    return attempt->diags.errors == too_long;
}

static bool keeps_budget(const struct attempt *attempt, int budget)
{
    return attempt->fitted.pages && (budget <= 0 || counted(attempt->fitted.pages) <= (size_t)budget);
}

/* The most generous setting that keeps a budget; else the tightest. */
static struct attempt search(const struct fitter *fitter, int budget)
{
    struct attempt generous = try(fitter, 0);
    if (keeps_budget(&generous, budget) || !is_only_too_long(&generous))
        return generous;
    struct attempt best = try(fitter, 1);
    if (!keeps_budget(&best, budget))
        return best.fitted.pages || is_only_too_long(&best) ? best : generous;
    double loose = 0, tight = 1;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (loose + tight) / 2;
        struct attempt attempt = try(fitter, middle);
        bool good = keeps_budget(&attempt, budget);
        if (good)
            best = attempt;
        *(good ? &tight : &loose) = middle;
    }
    return best;
}

static bool is_of_topic(const struct doc_node *tag)
{
    for (const struct doc_node *node = tag; node; node = node->parent)
        if (node->kind == DOC_SECTION && (node->role == ROLE_STANDARD || node->role == ROLE_NOTICE))
            return false;
    return tag != NULL;
}

static bool shows_topic(const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (is_of_topic(page->items[i].tag))
            return true;
    return false;
}

/* How full the last page of the topic's own text would be, had that not been evened out with the one before.
 */
static double last_filled(const struct pages *pages)
{
    size_t n = pages->n;
    while (n > 0 && !shows_topic(&pages->at[n - 1]))
        n--;
    if (n < 2)
        return 1;
    return pages->at[n - 1].filled - fmax(0, 1 - pages->at[n - 2].filled);
}

/* A last page with little on it is pulled in, where a tighter setting can do that. */
static struct attempt pull_in(const struct fitter *fitter, struct attempt attempt)
{
    const double little = 1.0 / 3;
    size_t pages = counted(attempt.fitted.pages);
    if (!stylesheet_fits(fitter->sheet) || pages < 2 || last_filled(attempt.fitted.pages) >= little)
        return attempt;
    struct attempt shorter = search(fitter, (int)pages - 1);
    return keeps_budget(&shorter, (int)pages - 1) ? shorter : attempt;
}

/* Tells how much is too much, and where a few words less would help. */
static void report_overrun(
    const struct fitter *fitter, struct diags *diags, const struct fitted *fitted, struct pos pos)
{
    int wanted = fitter->budget;
    struct overrun overrun = layout_overrun(fitter->arena, fitter->shaper, fitted->boxes, (size_t)wanted);
    const char *lines = "";
    if (overrun.lines > 0)
        lines =
            arena_printf(fitter->arena, ": %d line%s too many", overrun.lines, overrun.lines == 1 ? "" : "s");
    diag_at(diags, SEVERITY_ERROR, pos, "pages-over-budget",
        "this handout takes %zu pages where %d %s wanted, as tight as the style may set it%s "
        "(shorten it%s, or allow more pages)",
        counted(fitted->pages), wanted, wanted == 1 ? "is" : "are", lines,
        overrun.cut_count ? ", best where the notes say" : "");
    for (size_t i = 0; i < overrun.cut_count; i++) {
        const struct easy_cut *cut = &overrun.cuts[i];
        if (cut->characters)
            diag_at(diags, SEVERITY_NOTE, cut->tag->pos, "pages-over-budget",
                "%zu character%s less here save%s a line", cut->characters, cut->characters == 1 ? "" : "s",
                cut->characters == 1 ? "s" : "");
        else
            diag_at(diags, SEVERITY_NOTE, cut->tag->pos, "pages-over-budget",
                "this section is one of those to shorten, for a line less in it helps");
    }
}

bool fit(struct arena *arena, struct diags *diags, const struct stylesheet *sheet, struct fontset *fontset,
    const struct document *document, struct fitted *fitted)
{
    struct pos pos = document->pages_wanted_pos;
    int budget = stylesheet_budget(sheet, document->pages_wanted, &pos);
    struct fitter fitter = {
        arena, sheet, fontset, document, shaper_new(arena, fontset), budget, shelf_new(arena, document)};
    struct attempt attempt = search(&fitter, budget);
    bool good = attempt.fitted.pages && keeps_budget(&attempt, budget);
    if (good)
        attempt = pull_in(&fitter, attempt);
    *fitted = attempt.fitted;
    diags_append(diags, &attempt.diags);
    if (fitted->pages && !good)
        report_overrun(&fitter, diags, fitted, pos);
    shaper_free(fitter.shaper);
    return good;
}
