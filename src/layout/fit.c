#include "layout/fit.h"

#include "layout/layout.h"
#include "layout/shape.h"

#include <string.h>

enum { HALVINGS = 3 };

struct fitter {
    struct arena *arena;
    const struct stylesheet *sheet;
    struct fontset *fontset;
    const struct document *document;
    struct shaper *shaper;
    int budget; /* of pages, 0 = none */
};

/* One setting, with its own diagnostics, which count only if it is the one that stands. */
struct attempt {
    struct fitted fitted;
    struct diags diags;
};

static struct attempt try(const struct fitter *fitter, double tightness)
{
    struct attempt attempt = {.diags = diags_new(fitter->arena)};
    const struct box_tree *boxes =
        cascade(fitter->arena, &attempt.diags, fitter->sheet, fitter->fontset, fitter->document, tightness);
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

/* How many pages count: a notice that the law demands does not. It stands last. */
static size_t counted(const struct pages *pages)
{
    size_t n = pages->n;
    for (bool notice = true; n > 0 && notice;) {
        const struct page *page = &pages->at[n - 1];
        notice = false;
        for (size_t i = 0; i < page->item_count && !notice; i++)
            notice = is_notice(page->items[i].tag);
        n -= notice;
    }
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

static struct attempt search(const struct fitter *fitter)
{
    int budget = fitter->budget;
    struct attempt generous = try(fitter, 0);
    if (keeps_budget(&generous, budget) || !is_only_too_long(&generous))
        return generous;
    struct attempt best = try(fitter, 1);
    if (!keeps_budget(&best, budget))
        return best.fitted.pages ? best : generous;
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

bool fit(struct arena *arena, struct diags *diags, const struct stylesheet *sheet, struct fontset *fontset,
    const struct document *document, struct fitted *fitted)
{
    struct pos budget_pos = document->pages_wanted_pos;
    int budget = stylesheet_budget(sheet, document->pages_wanted, &budget_pos);
    struct fitter fitter = {arena, sheet, fontset, document, shaper_new(arena, fontset), budget};
    struct attempt attempt = search(&fitter);
    shaper_free(fitter.shaper);
    *fitted = attempt.fitted;
    diags_append(diags, &attempt.diags);
    if (!fitted->pages)
        return false;
    if (!keeps_budget(&attempt, budget))
        diag_at(diags, SEVERITY_WARNING, budget_pos, "pages-over-budget",
            "this handout takes %zu pages where %d %s wanted (shorten it, or allow more pages)",
            counted(fitted->pages), budget, budget == 1 ? "is" : "are");
    return true;
}
