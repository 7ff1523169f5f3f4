#include "layout/fit.h"

#include "layout/layout.h"

#include <math.h>
#include <string.h>

enum { STEPS = 32 }; /* between the most generous setting and the tightest */

struct fitter {
    struct arena *arena;
    struct arena *spare; /* memory of an attempt that lost, for the next one; NULL = none */
    const struct stylesheet *sheet;
    const struct document *document;
    struct shaper *shaper;
    int budget;          /* of pages, 0 = none */
    struct shelf *shelf; /* its pictures */
};

/* One setting, in an arena of its own, with its own diagnostics, which count only if it is the one that
 * stands. */
struct attempt {
    struct arena *arena;
    struct diags diags;
    double tightness;
    enum depth depth;
    const struct box_tree *boxes; /* NULL after an error */
    struct setting *setting;      /* NULL without boxes */
};

static struct attempt *try(struct fitter *fitter, double tightness, enum depth depth)
{
    struct arena *arena = fitter->spare ? fitter->spare : arena_new();
    struct attempt *attempt = ARENA_NEW(arena, struct attempt);
    fitter->spare = NULL;
    attempt->arena = arena;
    attempt->diags = diags_new(arena);
    attempt->tightness = tightness;
    attempt->depth = depth;
    attempt->boxes = cascade(arena, &attempt->diags, fitter->sheet, shaper_fontset(fitter->shaper),
        fitter->shelf, fitter->document, tightness);
    if (attempt->boxes)
        attempt->setting =
            layout_set(arena, &attempt->diags, fitter->shaper, fitter->document, attempt->boxes, depth);
    return attempt;
}

static void drop(struct fitter *fitter, struct attempt *attempt)
{
    if (!attempt)
        return;
    struct arena *arena = attempt->arena;
    if (fitter->spare) {
        arena_free(arena);
    } else {
        arena_rewind(arena);
        fitter->spare = arena;
    }
}

/* An attempt whose pages can be filled: a sketch is set once more. */
static struct attempt *set_whole(struct fitter *fitter, struct attempt *attempt)
{
    if (attempt->depth == DEPTH_WHOLE)
        return attempt;
    double tightness = attempt->tightness;
    drop(fitter, attempt);
    return try(fitter, tightness, DEPTH_WHOLE);
}

/* Which one goes on; the other one is dropped. */
static struct attempt *choose(struct fitter *fitter, struct attempt *chosen, struct attempt *other)
{
    drop(fitter, other);
    return chosen;
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
    return attempt->setting && !attempt->diags.errors &&
           (budget <= 0 || layout_counted(attempt->setting) <= (size_t)budget);
}

/* The settings between which the least tight one lies that keeps the budget, by steps of tightness. */
struct bracket {
    int low, high;
    struct attempt *loose; /* at `low`: too long; NULL = not known */
    struct attempt *tight; /* at `high`: keeps the budget */
};

/* Will a step within the bracket be enough, as far as can be told from its ends, which are alike? */
static bool will_do(const struct bracket *bracket, int budget, int step)
{
    struct arena *arena = arena_new();
    double share = (double)(step - bracket->low) / (bracket->high - bracket->low);
    struct attempt between = {.diags = diags_new(arena)};
    between.setting =
        layout_between(arena, &between.diags, bracket->loose->setting, bracket->tight->setting, share);
    bool good = keeps_budget(&between, budget);
    arena_free(arena);
    return good;
}

static bool is_alike(const struct bracket *bracket)
{
    return bracket->loose && layout_alike(bracket->loose->setting, bracket->tight->setting);
}

/* The least step that will be enough. */
static int guess(const struct bracket *bracket, int budget)
{
    int low = bracket->low, high = bracket->high;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        *(will_do(bracket, budget, middle) ? &high : &low) = middle;
    }
    return high;
}

/* Sets the document at a step within the bracket, which becomes narrower. Did that keep the budget? */
static bool narrow(struct fitter *fitter, int budget, struct bracket *bracket, int step, enum depth depth)
{
    struct attempt *attempt = try(fitter, (double)step / STEPS, depth);
    bool good = keeps_budget(attempt, budget);
    struct attempt **end = good ? &bracket->tight : &bracket->loose;
    *(good ? &bracket->high : &bracket->low) = step;
    drop(fitter, *end);
    *end = attempt;
    return good;
}

/* Narrows the bracket to a guess. From ends far apart, it errs on the tight side where it does: a padding, or
 * the larger of two spaces, has got as small as it will. From near ones it is as good as certain. */
static void try_guess(struct fitter *fitter, int budget, struct bracket *bracket)
{
    int step = guess(bracket, budget) - 1;
    if (step == bracket->low)
        step++;
    if (narrow(fitter, budget, bracket, step, DEPTH_WHOLE)) {
        while (bracket->high - bracket->low > 1 && is_alike(bracket) &&
               will_do(bracket, budget, bracket->high - 1))
            narrow(fitter, budget, bracket, bracket->high - 1, DEPTH_SKETCH);
        if (is_alike(bracket))
            bracket->low = bracket->high - 1;
    } else if (bracket->high - bracket->low > 1) {
        narrow(fitter, budget, bracket, bracket->low + 1, DEPTH_WHOLE);
    }
}

/* The least tight setting that keeps the budget. The bracket's ends are dropped. As soon as these differ in
 * nothing but heights, a guess shows where to look. */
static struct attempt *loosen(struct fitter *fitter, int budget, struct bracket bracket)
{
    bool guessed = false;
    while (bracket.high - bracket.low > 1) {
        if (!guessed && is_alike(&bracket)) {
            guessed = true;
            try_guess(fitter, budget, &bracket);
        } else {
            narrow(fitter, budget, &bracket, (bracket.low + bracket.high) / 2, DEPTH_SKETCH);
        }
    }
    drop(fitter, bracket.loose);
    return bracket.tight;
}

/* The most generous setting that keeps the budget; else the tightest. Where there is a budget, the most
 * generous of all rarely stands. */
static struct attempt *search(struct fitter *fitter)
{
    bool rare = fitter->budget > 0 && stylesheet_fits(fitter->sheet);
    struct attempt *attempt = try(fitter, 0, rare ? DEPTH_SKETCH : DEPTH_WHOLE);
    if (keeps_budget(attempt, fitter->budget) || !is_only_too_long(attempt))
        return attempt;
    struct attempt *tightest = try(fitter, 1, DEPTH_SKETCH);
    if (keeps_budget(tightest, fitter->budget))
        return loosen(fitter, fitter->budget, (struct bracket){0, STEPS, attempt, tightest});
    drop(fitter, attempt);
    if (is_only_too_long(tightest))
        return set_whole(fitter, tightest);
    drop(fitter, tightest);
    return try(fitter, 0, DEPTH_WHOLE);
}

/* Where a page could be fuller, a tighter setting on as many pages may part the text better: where a table
 * just misses its page, for instance. The one whose pages cost least stands; being tight has its price, too.
 * In a long text there is always such a page, and setting it once more takes its time. */
static struct attempt *even_out(struct fitter *fitter, struct attempt *best, int budget)
{
    enum { WAYS = 4, LONG = 16 /* pages */ };
    const double full_enough = 0.75, price = 60;
    double first = best->tightness;
    if (!stylesheet_fits(fitter->sheet) || layout_counted(best->setting) >= LONG ||
        layout_emptiest(best->setting) >= full_enough)
        return best;
    for (int i = 1; i <= WAYS && first < 1; i++) {
        struct attempt *other = try(fitter, first + (1 - first) * i / WAYS, DEPTH_SKETCH);
        bool better = keeps_budget(other, budget) &&
                      layout_counted(other->setting) == layout_counted(best->setting) &&
                      layout_cost(other->setting) + price * (other->tightness - best->tightness) <
                          layout_cost(best->setting);
        best = better ? choose(fitter, other, best) : choose(fitter, best, other);
    }
    return best;
}

static bool is_of_topic(const struct doc_node *tag)
{
    return tag && !doc_is_within(tag, ROLE_STANDARD) && !doc_is_within(tag, ROLE_NOTICE);
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

/* The pages of an attempt, or NULL after an error. */
static struct pages *fill(const struct attempt *attempt)
{
    struct pages *pages = attempt->setting ? layout_fill(attempt->setting) : NULL;
    return attempt->diags.errors ? NULL : pages;
}

/* A last page with little on it is pulled in, where a tighter setting can do that. */
static struct attempt *pull_in(struct fitter *fitter, struct attempt *attempt, struct pages **filled)
{
    const double little = 1.0 / 3;
    size_t pages = layout_counted(attempt->setting);
    if (!stylesheet_fits(fitter->sheet) || pages < 2 || last_filled(*filled) >= little)
        return attempt;
    int fewer = (int)pages - 1; /* too few for the most generous setting, at least */
    struct attempt *shorter = try(fitter, 1, DEPTH_SKETCH);
    if (!keeps_budget(shorter, fewer))
        return choose(fitter, attempt, shorter);
    drop(fitter, attempt);
    shorter = set_whole(fitter, loosen(fitter, fewer, (struct bracket){0, STEPS, NULL, shorter}));
    *filled = fill(shorter);
    return shorter;
}

/* Tells how much is too much, and where a few words less would help. */
static void report_overrun(
    const struct fitter *fitter, struct diags *diags, const struct attempt *attempt, struct pos pos)
{
    int wanted = fitter->budget;
    struct overrun overrun = layout_overrun(fitter->arena, fitter->shaper, attempt->boxes, (size_t)wanted);
    struct str style = stylesheet_name(fitter->sheet);
    const char *lines = "";
    if (overrun.lines > 0)
        lines =
            arena_printf(fitter->arena, ": %d line%s too many", overrun.lines, overrun.lines == 1 ? "" : "s");
    diag_at(diags, SEVERITY_ERROR, pos, "pages-over-budget",
        "this handout ('%.*s') takes %zu pages where %d %s wanted, as tight as the style '%.*s' may set it%s "
        "(shorten it%s, or allow more pages)",
        STR_FMT(fitter->document->lang), layout_counted(attempt->setting), wanted, wanted == 1 ? "is" : "are",
        STR_FMT(style), lines, overrun.cut_count ? ", best where the notes say" : "");
    for (size_t i = 0; i < overrun.cut_count; i++) {
        const struct easy_cut *cut = &overrun.cuts[i];
        if (cut->characters)
            diag_at(diags, SEVERITY_NOTE, cut->tag->pos, "pages-over-budget",
                "%zu character%s less here save%s a line", cut->characters, cut->characters == 1 ? "" : "s",
                cut->characters == 1 ? "s" : "");
        else
            diag_at(diags, SEVERITY_NOTE, cut->tag->pos, "pages-over-budget",
                "shorten this section: each line less in it helps");
    }
}

bool fit(struct arena *arena, struct diags *diags, const struct stylesheet *sheet, struct shaper *shaper,
    struct gallery *gallery, const struct document *document, struct fitted *fitted)
{
    shaper_trim(shaper);
    gallery_trim(gallery);
    struct pos pos = document->pages_wanted_pos;
    int budget = stylesheet_budget(sheet, document->pages_wanted, &pos);
    struct fitter fitter = {.arena = arena,
        .sheet = sheet,
        .document = document,
        .shaper = shaper,
        .budget = budget,
        .shelf = shelf_new(arena, document, gallery)};
    struct attempt *attempt = search(&fitter);
    bool good = keeps_budget(attempt, budget);
    if (good)
        attempt = even_out(&fitter, attempt, budget);
    attempt = set_whole(&fitter, attempt);
    struct pages *pages = fill(attempt);
    if (good && pages)
        attempt = pull_in(&fitter, attempt, &pages);
    *fitted = (struct fitted){attempt->boxes, pages};
    diags_append(diags, &attempt->diags);
    if (pages && !good)
        report_overrun(&fitter, diags, attempt, pos);
    arena_adopt(arena, attempt->arena);
    arena_free(fitter.spare);
    return good && pages;
}
