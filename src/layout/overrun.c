#include "layout/layout.h"

#include "layout/flow.h"
#include "layout/paginate.h"

#include <math.h>
#include <string.h>

/* Is a node within a section of a role? */
static bool is_within(const struct doc_node *node, enum doc_role role)
{
    for (; node; node = node->parent)
        if (node->kind == DOC_SECTION && node->role == role)
            return true;
    return false;
}

/* Where the first content of a section of a role stands in the list; its end if there is none. */
static size_t role_start(const struct vlist *list, enum doc_role role)
{
    for (size_t i = 0; i < list->items.n; i++)
        for (size_t k = 0; k < list->items.at[i].item_count; k++)
            if (is_within(list->items.at[i].items[k].tag, role))
                return i;
    return list->items.n;
}

struct trial {
    struct arena *arena;
    const struct vlist *list;
    size_t to; /* what may be cut ends there */
    double height;
    size_t pages;
    size_t without; /* a line that is left out; SIZE_MAX: none */
    double line;    /* its height */
};

/* Does the list keep to its pages if `cut` points are taken from the end of what may be cut? */
static bool fits(const struct trial *trial, double cut)
{
    struct vlist shorter = {0};
    for (size_t i = 0; i < trial->list->items.n; i++)
        vec_push(trial->arena, &shorter.items, trial->list->items.at[i]);
    if (trial->without != SIZE_MAX)
        shorter.items.at[trial->without].height -= trial->line;
    for (size_t i = trial->to; i > 0 && cut > 0; i--) {
        struct vitem *item = &shorter.items.at[i - 1];
        double less = fmin(cut, item->height);
        item->height -= less;
        cut -= less;
    }
    return paginate(trial->arena, &shorter, trial->height).n <= trial->pages;
}

/* The least height that has to go, to a quarter of a point; or NAN if that would not be enough. */
static double least_cut(const struct trial *trial)
{
    const double precision = 0.25;
    double enough = vlist_height(trial->list, 0, trial->to), too_little = 0;
    if (!fits(trial, enough))
        return NAN;
    while (enough - too_little > precision) {
        double middle = (enough + too_little) / 2;
        *(fits(trial, middle) ? &enough : &too_little) = middle;
    }
    return enough;
}

/* Is there less to cut with a line less at this place? Where a page has room to spare, there is not. */
static bool helps(struct trial trial, size_t vitem, double cut)
{
    trial.without = vitem;
    trial.line = trial.list->items.at[vitem].height;
    return least_cut(&trial) < cut - trial.line / 2;
}

/* The shortest last lines of paragraphs that the author can shorten to some effect. */
static void find_short_ends(const struct trial *trial, double cut, struct overrun *overrun)
{
    const struct vlist *list = trial->list;
    for (size_t i = 0; i < list->short_ends.n; i++) {
        const struct short_end *end = &list->short_ends.at[i];
        size_t at = overrun->cut_count;
        while (at > 0 && overrun->cuts[at - 1].characters > end->characters)
            at--;
        if (at == EASY_CUTS || end->vitem >= trial->to || !end->tag->pos.source ||
            is_within(end->tag, ROLE_SOURCES) || !helps(*trial, end->vitem, cut))
            continue;
        if (overrun->cut_count < EASY_CUTS)
            overrun->cut_count++;
        memmove(&overrun->cuts[at + 1], &overrun->cuts[at],
            (overrun->cut_count - at - 1) * sizeof *overrun->cuts);
        overrun->cuts[at] = (struct easy_cut){end->tag, end->characters};
    }
}

/* The section of the author's around what stands at a place of the list, or NULL. */
static const struct doc_node *section_at(const struct vlist *list, size_t vitem)
{
    const struct vitem *item = &list->items.at[vitem];
    const struct doc_node *node = item->item_count ? item->items[item->item_count - 1].tag : NULL;
    while (node && node->kind != DOC_SECTION)
        node = node->parent;
    return node && node->pos.source && node->role != ROLE_SOURCES ? node : NULL;
}

/* The sections in which a line less helps, if no paragraph's end does. */
static void find_sections(const struct trial *trial, double cut, struct overrun *overrun)
{
    const struct doc_node *done = NULL;
    for (size_t i = 0; i < trial->to && overrun->cut_count < EASY_CUTS; i++) {
        const struct doc_node *section = section_at(trial->list, i);
        bool line = trial->list->items.at[i].kind == V_BOX && trial->list->items.at[i].baseline > 0;
        if (!section || section == done || !line || !helps(*trial, i, cut))
            continue;
        overrun->cuts[overrun->cut_count++] = (struct easy_cut){section->first ? section->first : section, 0};
        done = section;
    }
}

struct overrun layout_overrun(
    struct arena *arena, struct shaper *shaper, const struct box_tree *boxes, size_t pages)
{
    const struct page_style *page = &boxes->page;
    struct diags diags = diags_new(arena);
    struct overrun overrun = {0};
    struct vlist *list = flow_boxes(arena, &diags, shaper, boxes);
    list->items.n = role_start(list, ROLE_NOTICE);
    struct trial trial = {.arena = arena_new(),
        .list = list,
        .to = role_start(list, ROLE_STANDARD),
        .height = page->height - page->top - page->bottom,
        .pages = pages,
        .without = SIZE_MAX};
    double cut = least_cut(&trial);
    if (!isnan(cut)) {
        overrun.lines = (int)fmax(1, ceil(cut / boxes->root->text->leading));
        find_short_ends(&trial, cut, &overrun);
        if (!overrun.cut_count)
            find_sections(&trial, cut, &overrun);
    }
    arena_free(trial.arena);
    return overrun;
}
