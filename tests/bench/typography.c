/* Measures how well lines and pages are broken: the handouts and a long text, set by the program and by first
 * fit, which fills each line and each page as far as it goes. Both choose from the same places to break, and
 * both keep to what is forbidden where they can. Usage: typography [-q]; ends with status 1 if the program is
 * worse than first fit in anything that is measured. -q prints only what is worse.
 *
 * It is linked with the program's parts, but the functions that choose are called best_lines and best_pages
 * there (see the Makefile), and what stands here under their names watches them, or does without them. To be
 * run where content, styles and fonts lie. */
#include "base/file.h"
#include "base/utf8.h"
#include "content/assemble.h"
#include "design/cascade.h"
#include "layout/bonds.h"
#include "layout/breaks.h"
#include "layout/layout.h"
#include "layout/paginate.h"
#include "layout/para_break.h"
#include "prose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

bool best_lines(const struct para *para, double width, struct line_ends *ends);
struct page_ranges best_pages(struct arena *arena, const struct vlist *list, double height);

/* What is counted. */
struct figures {
    double fill, squares; /* of the lines of running text that are not the last of their paragraph */
    size_t lines, inner_lines, last_lines;
    size_t short_last, after_function_word, stacked;
    size_t pages, stranded, last_pages;
    double last_fill, least_fill; /* of pages that end where the text does, or a part of it */
};

enum way { BEST, FIRST_FIT, SETTINGS };

/* The program knows nothing of this: what stands in for its functions finds it here. */
static struct {
    enum way setting;
    struct figures *figures; /* NULL: nothing is counted */
} bench;

/* ---- Lines ---- */

static bool is_blank(const struct piece *piece)
{
    return piece->kind == PIECE_SPACE || piece->kind == PIECE_BREAK;
}

/* Where the line that begins at `from` ends, filled as far as it goes; `from` itself if nothing fits. */
static size_t fill_line(const struct para *para, size_t from, double width)
{
    double sum = 0;
    size_t end = from, forbidden = from;
    for (size_t i = from; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        sum += piece->width;
        if (!is_blank(piece) && sum > width + 0.01)
            return end > from ? end : forbidden;
        if (piece->may_break == BREAK_MUST)
            return i + 1;
        if (piece->may_break != BREAK_NO)
            *(piece->bond == BOND_FIXED ? &forbidden : &end) = i + 1;
    }
    return para->pieces.n;
}

static bool first_fit_lines(const struct para *para, double width, struct line_ends *ends)
{
    ends->n = 0;
    ends->at = ARENA_ARRAY(para->arena, size_t, para->pieces.n);
    for (size_t from = 0, end; from < para->pieces.n; from = end) {
        end = fill_line(para, from, width);
        if (end == from)
            return false;
        ends->at[ends->n++] = end;
    }
    return true;
}

/* The text of the first or last word of a line, without what is not a letter on its edges. */
static struct str edge_word(const struct para *para, size_t from, size_t to, bool last)
{
    while (to > from && is_blank(&para->pieces.at[to - 1]))
        to--;
    const struct piece *piece = &para->pieces.at[last && to > from ? to - 1 : from];
    return piece->kind == PIECE_WORD ? piece->word->text : STR("");
}

static size_t letters(struct str word)
{
    while (word.n && ascii_is_punct(word.p[word.n - 1]))
        word.n--;
    return utf8_length(word);
}

static bool is_one_word(const struct para *para, size_t from, size_t to)
{
    size_t spaces = 0;
    while (to > from && is_blank(&para->pieces.at[to - 1]))
        to--;
    for (size_t i = from; i < to; i++)
        spaces += para->pieces.at[i].kind == PIECE_SPACE;
    return spaces == 0;
}

static double width_of(const struct para *para, size_t from, size_t to)
{
    double width = 0;
    while (to > from && is_blank(&para->pieces.at[to - 1]))
        to--;
    for (size_t i = from; i < to; i++)
        width += para->pieces.at[i].width;
    return width;
}

static bool same(struct str a, struct str b)
{
    return a.n && str_eq(a, b);
}

static void count_lines(const struct para *para, double width, const struct line_ends *ends)
{
    enum { SHORT = 5 };
    struct figures *figures = bench.figures;
    figures->lines += ends->n;
    for (size_t i = 0, from = 0, before = 0; i < ends->n; before = from, from = ends->at[i++]) {
        size_t to = ends->at[i];
        bool last = to == para->pieces.n || para->pieces.at[to - 1].may_break == BREAK_MUST;
        if (i > 0 && (same(edge_word(para, from, to, true), edge_word(para, before, from, true)) ||
                         (same(edge_word(para, from, to, false), edge_word(para, before, from, false)))))
            figures->stacked++;
        if (last) {
            figures->last_lines += i > 0;
            figures->short_last +=
                i > 0 && is_one_word(para, from, to) && letters(edge_word(para, from, to, true)) < SHORT;
            continue;
        }
        figures->after_function_word += bond_of_word(edge_word(para, from, to, true),
                                            para_run(para, &para->pieces.at[from])->lang) != BOND_NONE;
        if (para->balanced) /* a heading is not to fill its lines */
            continue;
        double fill = width_of(para, from, to) / width;
        figures->inner_lines++;
        figures->fill += fill;
        figures->squares += fill * fill;
    }
}

bool para_break(const struct para *para, double width, struct line_ends *ends)
{
    bool found = bench.setting == BEST ? best_lines(para, width, ends) : first_fit_lines(para, width, ends);
    if (found && bench.figures)
        count_lines(para, width, ends);
    return found;
}

/* ---- Pages ---- */

/* A page being filled. */
struct filling {
    const struct vlist *list;
    struct page_range range;
    const struct open_frame *open; /* at the place that was reached */
    double height, bottoms;
};

static const struct open_frame *opened(
    struct arena *arena, const struct open_frame *outer, const struct frame *frame)
{
    struct open_frame *open = ARENA_NEW(arena, struct open_frame);
    *open = (struct open_frame){frame, outer};
    return open;
}

static void add_item(struct arena *arena, struct filling *filling, const struct vitem *item)
{
    filling->height += item->height;
    if (item->kind == V_OPEN) {
        filling->height += item->frame->top;
        filling->bottoms += item->frame->bottom;
        filling->open = opened(arena, filling->open, item->frame);
    } else if (item->kind == V_CLOSE && filling->open) {
        filling->height += item->frame->bottom;
        filling->bottoms -= item->frame->bottom;
        filling->open = filling->open->outer;
    }
}

/* The page from `range.from` on, filled as far as it goes: up to the last break that is not forbidden, or to
 * the last one if all are. `after` gets the frames that are open behind it. */
static struct page_range fill_page(
    struct arena *arena, struct filling filling, double room, const struct open_frame **after)
{
    struct page_range page = filling.range;
    const struct vlist *list = filling.list;
    double best = INFINITY;
    for (const struct open_frame *open = page.open; open; open = open->outer) {
        filling.height += open->frame->top + open->frame->head_height;
        filling.bottoms += open->frame->bottom;
    }
    filling.open = page.open;
    for (size_t i = page.from; i < list->items.n; i++) {
        const struct vitem *item = &list->items.at[i];
        add_item(arena, &filling, item);
        bool over = filling.height + filling.bottoms > room + 0.05;
        if (over && best < INFINITY && (item->kind == V_BOX || item->kind == V_BREAK))
            return page;
        double cost = item->cost >= COST_FORBIDDEN ? COST_FORBIDDEN : 0;
        if (item->kind != V_BREAK || cost > best)
            continue;
        best = cost;
        page.to = i;
        page.height = filling.height + filling.bottoms;
        *after = filling.open;
        if (item->cost <= COST_FORCED)
            return page;
    }
    page.to = list->items.n;
    page.height = filling.height;
    return page;
}

static struct page_ranges first_fit_pages(struct arena *arena, const struct vlist *list, double height)
{
    struct page_ranges ranges = {.at = ARENA_ARRAY(arena, struct page_range, list->items.n + 1)};
    const struct open_frame *open = NULL;
    for (size_t from = 0; from < list->items.n || ranges.n == 0;) {
        struct filling filling = {.list = list, .range = {.from = from, .open = open}};
        struct page_range page = fill_page(arena, filling, height, &open);
        ranges.at[ranges.n++] = page;
        if (page.to >= list->items.n)
            break;
        from = page.to + 1;
        while (from < list->items.n &&
               (list->items.at[from].kind == V_SPACE ||
                   (list->items.at[from].kind == V_BREAK && list->items.at[from].cost > COST_FORCED)))
            from++;
    }
    return ranges;
}

/* Widows, orphans and headings at a page's foot are forbidden; the first or last item of a list, or row of a
 * table, alone on a page is dear. */
static void count_pages(const struct vlist *list, const struct page_ranges *ranges, double height)
{
    const double stranded = 300;
    struct figures *figures = bench.figures;
    for (size_t i = 0; i < ranges->n; i++) {
        const struct page_range *page = &ranges->at[i];
        double fill = page->height / height,
               cost = page->to < list->items.n ? list->items.at[page->to].cost : COST_FORCED;
        figures->stranded += cost >= stranded;
        if (cost > COST_FORCED)
            continue;
        figures->last_pages++;
        figures->last_fill += fill;
        figures->least_fill = fmin(figures->least_fill, fill);
    }
    figures->pages += ranges->n;
}

struct page_ranges paginate(struct arena *arena, const struct vlist *list, double height)
{
    struct page_ranges ranges =
        bench.setting == BEST ? best_pages(arena, list, height) : first_fit_pages(arena, list, height);
    if (bench.figures)
        count_pages(list, &ranges, height);
    return ranges;
}

/* ---- Setting ---- */

struct desk {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
    const struct stylesheet *sheet;
    const struct library *library;
    struct figures totals[SETTINGS]; /* of texts of one kind */
    bool quiet, worse;
};

/* Sets a document; the number of its pages. */
static size_t set(struct desk *desk, const struct document *document, double tightness)
{
    struct shaper *shaper = shaper_new(desk->fontset);
    struct gallery *gallery = gallery_new();
    const struct box_tree *boxes = cascade(desk->arena, &desk->diags, desk->sheet, desk->fontset,
        shelf_new(desk->arena, document, gallery), document, tightness);
    size_t errors = desk->diags.errors;
    struct setting *setting =
        boxes ? layout_set(desk->arena, &desk->diags, shaper, document, boxes, DEPTH_WHOLE) : NULL;
    const struct pages *pages = setting ? layout_fill(setting) : NULL;
    gallery_free(gallery);
    shaper_free(shaper);
    return pages && desk->diags.errors == errors ? pages->n : SIZE_MAX;
}

/* How tightly the program sets a document: both ways to break are then compared in that setting. */
static double tightness_of(struct desk *desk, const struct document *document)
{
    enum { STEPS = 8 };
    int step = 0;
    struct diags told = desk->diags;
    desk->diags = diags_new(desk->arena); /* of settings that do not count */
    bench.setting = BEST;
    bench.figures = NULL;
    while (document->pages_wanted > 0 && step < STEPS &&
           set(desk, document, (double)step / STEPS) > (size_t)document->pages_wanted)
        step++;
    desk->diags = told;
    return (double)step / STEPS;
}

static double raggedness(const struct figures *figures)
{
    double n = (double)figures->inner_lines, mean = figures->fill / n;
    return n > 0 ? sqrt(fmax(0, figures->squares / n - mean * mean)) * 100 : 0;
}

static double last_fill(const struct figures *figures)
{
    return figures->last_fill / (double)figures->last_pages * 100;
}

/* A row of the table; none for a text without a name. */
static void print(
    const struct desk *desk, const char *name, const char *setting, const struct figures *figures)
{
    if (!desk->quiet && name)
        printf("%-24s %-9s %6zu %6.2f %6zu %6zu %6zu %6zu %7zu %6.1f %6.1f\n", name, setting, figures->lines,
            raggedness(figures), figures->short_last, figures->after_function_word, figures->stacked,
            figures->pages, figures->stranded, last_fill(figures), figures->least_fill * 100);
}

static void expect(struct desk *desk, const char *kind, const char *what, double best, double first_fit)
{
    const double rounding = 1e-9;
    if (best <= first_fit + rounding)
        return;
    desk->worse = true;
    printf("worse than first fit: %s, %s: %.2f and %.2f\n", kind, what, best, first_fit);
}

static void add(struct figures *total, const struct figures *figures)
{
    total->fill += figures->fill;
    total->squares += figures->squares;
    total->lines += figures->lines;
    total->inner_lines += figures->inner_lines;
    total->last_lines += figures->last_lines;
    total->short_last += figures->short_last;
    total->after_function_word += figures->after_function_word;
    total->stacked += figures->stacked;
    total->pages += figures->pages;
    total->stranded += figures->stranded;
    total->last_pages += figures->last_pages;
    total->last_fill += figures->last_fill;
    total->least_fill = fmin(total->least_fill, figures->least_fill);
}

static void compare(struct desk *desk, const char *name, const struct document *document)
{
    static const char *const names[] = {"best", "first fit"};
    double tightness = tightness_of(desk, document);
    for (int i = 0; i < SETTINGS; i++) {
        struct figures figures = {.least_fill = 1};
        bench.setting = (enum way)i;
        bench.figures = &figures;
        set(desk, document, tightness);
        print(desk, i && name ? "" : name, names[i], &figures);
        add(&desk->totals[i], &figures);
    }
    bench.figures = NULL;
}

/* ---- What is set ---- */

static void compare_handouts(struct desk *desk, const char *lang)
{
    const struct assemble_options options = {0};
    for (size_t i = 0; i < desk->library->handouts.n; i++) {
        const struct handout *handout = desk->library->handouts.entries[i].value;
        const struct edition *edition = handout_edition(handout, str_from(lang));
        if (!edition)
            continue;
        const struct document *document =
            assemble_handout(desk->arena, &desk->diags, desk->library, handout, edition, &options);
        if (document)
            compare(desk, arena_printf(desk->arena, "%.*s-%s", STR_FMT(handout->id), lang), document);
    }
}

static void compare_long_text(struct desk *desk)
{
    enum { WORDS = 20000 };
    static const char path[] = "build/bench/long.md";
    const struct assemble_options options = {0};
    struct buf text = prose_write(WORDS);
    mkdir("build", 0777);
    mkdir("build/bench", 0777);
    bool written = file_write(&desk->diags, path, buf_slice(&text));
    buf_free(&text);
    const struct document *document = written ? assemble_file(desk->arena, &desk->diags, "content",
                                                    desk->library, path, STR("en"), &options)
                                              : NULL;
    if (document)
        compare(desk, NULL, document);
}

/* Judges the texts of one kind, and begins the next one. */
static void judge(struct desk *desk, const char *kind)
{
    const struct figures *best = &desk->totals[BEST], *first = &desk->totals[FIRST_FIT];
    bool any = best->pages > 0 && first->pages > 0;
    if (!any)
        printf("%s: nothing was set\n", kind);
    desk->worse = desk->worse || !any;
    print(desk, kind, "best", best);
    print(desk, "", "first fit", first);
    expect(desk, kind, "raggedness", raggedness(best), raggedness(first));
    expect(desk, kind, "short last words", (double)best->short_last, (double)first->short_last);
    expect(desk, kind, "lines that end with a function word", (double)best->after_function_word,
        (double)first->after_function_word);
    expect(desk, kind, "stacked words", (double)best->stacked, (double)first->stacked);
    expect(desk, kind, "stranded lines", (double)best->stranded, (double)first->stranded);
    if (best->pages == first->pages) { /* else there is more on some page for a reason */
        expect(desk, kind, "emptiness of last pages", 100 - last_fill(best), 100 - last_fill(first));
        expect(desk, kind, "emptiness of the emptiest one", -best->least_fill, -first->least_fill);
    }
    for (int i = 0; i < SETTINGS; i++)
        desk->totals[i] = (struct figures){.least_fill = 1};
    if (!desk->quiet)
        printf("\n");
}

int main(int argc, char **argv)
{
    struct desk desk = {.arena = arena_new(), .quiet = argc > 1 && str_is(str_from(argv[1]), "-q")};
    for (int i = 0; i < SETTINGS; i++)
        desk.totals[i].least_fill = 1;
    desk.diags = diags_new(desk.arena);
    desk.fontset = fontset_read(desk.arena, &desk.diags, "fonts");
    desk.library = library_read(desk.arena, &desk.diags, "content", NULL, (struct settings){0});
    if (desk.fontset)
        desk.sheet =
            stylesheet_read(desk.arena, &desk.diags, desk.fontset, "styles", STR("standard"), PAPER_LETTER);
    if (!desk.fontset || !desk.library || !desk.sheet) {
        fputs("typography: content, styles or fonts cannot be read here\n", stderr);
        return EXIT_FAILURE;
    }
    if (!desk.quiet)
        printf("%-24s %-9s %6s %6s %6s %6s %6s %6s %7s %6s %6s\n", "", "", "lines", "ragged", "short",
            "funct.", "stack", "pages", "strand.", "fill", "least");
    compare_handouts(&desk, "en");
    judge(&desk, "in English");
    compare_handouts(&desk, "es");
    judge(&desk, "in Spanish");
    compare_long_text(&desk);
    judge(&desk, "the long text");
    bool good = !desk.worse && !desk.diags.errors;
    for (size_t i = 0; i < desk.diags.list.n && desk.diags.errors; i++)
        printf("%s\n", desk.diags.list.at[i].message);
    fontset_free(desk.fontset);
    arena_free(desk.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
