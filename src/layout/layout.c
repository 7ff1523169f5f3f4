#include "layout/layout.h"

#include "layout/flow.h"
#include "layout/locate.h"
#include "layout/paginate.h"
#include "layout/running.h"

#include <math.h>

/* The index of the page that holds a place of the list. */
static size_t page_of(const struct page_ranges *ranges, size_t vitem)
{
    size_t page = 0;
    while (page + 1 < ranges->n && ranges->at[page].to <= vitem)
        page++;
    return page;
}

/* What must stand on one page does. */
static void check_one_pages(
    struct diags *diags, const struct vlist *list, const struct page_ranges *ranges, double page_height)
{
    for (size_t i = 0; i < list->one_pages.n; i++) {
        const struct one_page *range = &list->one_pages.at[i];
        size_t last = range->to ? range->to - 1 : 0, from = range->from;
        while (from < last && list->items.at[from].kind != V_BOX && list->items.at[from].kind != V_OPEN)
            from++;
        if (page_of(ranges, from) == page_of(ranges, last))
            continue;
        double over = vlist_height(list, from, range->to) - page_height;
        int lines = (int)fmax(1, ceil(over / range->line));
        diag_at(diags, SEVERITY_ERROR, range->tag->pos, "standard-overflow",
            "this must fit on one page and is about %d line%s too long (shorten it, or let the style sheet "
            "say "
            "'one-page: false')",
            lines, lines == 1 ? "" : "s");
    }
}

static void check_heights(struct diags *diags, const struct document *document,
    const struct page_ranges *ranges, double page_height)
{
    const double tolerance = 0.5;
    for (size_t i = 0; i < ranges->n; i++)
        if (ranges->at[i].height > page_height + tolerance)
            diag_at(diags, SEVERITY_WARNING, document->root->pos, "page-overfull",
                "something on page %zu is taller than the page and runs over its end", i + 1);
}

struct setting {
    struct arena *arena;
    struct diags *diags;
    size_t told; /* by others */
    struct shaper *shaper;
    const struct document *document;
    const struct box_tree *boxes;
    const struct vlist *list;
    double height; /* of a page's content */
    struct page_ranges ranges;
};

static void paginate_setting(struct setting *setting)
{
    setting->ranges = paginate(setting->arena, setting->list, setting->height);
    check_one_pages(setting->diags, setting->list, &setting->ranges, setting->height);
    check_heights(setting->diags, setting->document, &setting->ranges, setting->height);
}

struct setting *layout_set(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *boxes, enum depth depth)
{
    struct setting *setting = ARENA_NEW(arena, struct setting);
    *setting = (struct setting){.arena = arena,
        .diags = diags,
        .told = diags->list.n,
        .shaper = shaper,
        .document = document,
        .boxes = boxes,
        .height = boxes->page.height - boxes->page.top - boxes->page.bottom};
    setting->list = flow_boxes(arena, diags, shaper, boxes, depth);
    paginate_setting(setting);
    return setting;
}

bool layout_alike(const struct setting *a, const struct setting *b)
{
    return vlist_alike(a->list, b->list);
}

struct setting *layout_between(struct arena *arena, struct diags *diags, const struct setting *loose,
    const struct setting *tight, double share)
{
    struct setting *setting = ARENA_NEW(arena, struct setting);
    *setting = *loose;
    setting->arena = arena;
    setting->diags = diags;
    setting->list = vlist_between(arena, loose->list, tight->list, share);
    setting->height = loose->height + (tight->height - loose->height) * share;
    paginate_setting(setting);
    return setting;
}

/* Does a page show a notice that the law demands, and nothing else? */
static bool is_notice_page(const struct vlist *list, const struct page_range *page)
{
    bool notice = false;
    for (size_t i = page->from; i < page->to; i++)
        for (size_t k = 0; k < list->items.at[i].item_count; k++) {
            const struct doc_node *tag = list->items.at[i].items[k].tag;
            bool own = doc_is_within(tag, ROLE_NOTICE);
            if (tag && !own)
                return false;
            notice = notice || own;
        }
    return notice;
}

size_t layout_counted(const struct setting *setting)
{
    size_t n = setting->ranges.n;
    while (n > 0 && is_notice_page(setting->list, &setting->ranges.at[n - 1]))
        n--;
    return n;
}

double layout_cost(const struct setting *setting)
{
    return setting->ranges.cost;
}

double layout_emptiest(const struct setting *setting)
{
    double least = 1;
    for (size_t i = 0; i < setting->ranges.n; i++) {
        const struct page_range *range = &setting->ranges.at[i];
        bool forced =
            range->to >= setting->list->items.n || setting->list->items.at[range->to].cost <= COST_FORCED;
        if (!forced)
            least = fmin(least, range->height / setting->height);
    }
    return least;
}

struct pages *layout_fill(struct setting *setting)
{
    struct pages *pages = pages_fill(setting->arena, setting->list, &setting->ranges, &setting->boxes->page);
    locate_pages(setting->arena, setting->diags, setting->told, pages);
    running_add(setting->arena, setting->diags, setting->shaper, setting->document, setting->boxes, pages);
    return pages;
}
