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
        diag_at(diags, SEVERITY_ERROR, range->tag->pos, "standard-overflow",
            "this must fit on one page and is about %d lines too long",
            (int)fmax(1, ceil(over / range->line)));
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

struct pages *layout(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *boxes)
{
    size_t errors = diags->errors, told = diags->list.n;
    const struct page_style *style = &boxes->page;
    double height = style->height - style->top - style->bottom;
    struct vlist *list = flow_boxes(arena, diags, shaper, boxes);
    struct page_ranges ranges = paginate(arena, list, height);
    check_one_pages(diags, list, &ranges, height);
    check_heights(diags, document, &ranges, height);
    struct pages *pages = pages_fill(arena, list, &ranges, style);
    locate_pages(arena, diags, told, pages);
    running_add(arena, diags, shaper, document, boxes, pages);
    return diags->errors == errors ? pages : NULL;
}
