#include "layout/layout.h"

#include "layout/flow.h"
#include "layout/paginate.h"

#include <math.h>
#include <stdlib.h>

/* Where the first content of a section of a role stands in the list; its end if there is none. */
static size_t role_start(const struct vlist *list, enum doc_role role)
{
    for (size_t i = 0; i < list->items.n; i++)
        for (size_t k = 0; k < list->items.at[i].item_count; k++)
            if (doc_is_within(list->items.at[i].items[k].tag, role))
                return i;
    return list->items.n;
}

struct trial {
    const struct vlist *list;
    size_t to; /* what may be cut ends there */
    double height;
    size_t pages;
    double leading; /* of body text */
    size_t without; /* a place where a line is left out; SIZE_MAX: none */
};

static const double PRECISION = 0.25; /* points, of what has to go */
enum { MOST_TRIALS = 200 };           /* of hints: each sets all pages anew */

/* What a line less takes from a box: a row of a table, or text in columns, has more of them. */
static double line_height(const struct trial *trial, size_t vitem)
{
    return fmin(trial->list->items.at[vitem].height, trial->leading);
}

/* Where the list goes on that is cut by so many points from the end of what may be cut; what stands there is
 * to be lower by `rest`. */
static size_t cut_from(const struct trial *trial, double cut, double *rest)
{
    size_t from = trial->to;
    for (; from > 0 && cut >= trial->list->items.at[from - 1].height; from--)
        cut -= trial->list->items.at[from - 1].height;
    *rest = cut;
    return from;
}

/* Does the list keep to its pages if `cut` points are taken from the end of what may be cut? Of that, frames
 * stay. */
static bool fits(const struct trial *trial, double cut)
{
    struct arena *arena = arena_new();
    struct vlist shorter = {0};
    double rest;
    size_t from = cut_from(trial, cut, &rest);
    for (size_t i = 0; i < trial->list->items.n; i++) {
        struct vitem item = trial->list->items.at[i];
        if (i >= from && i < trial->to && item.kind != V_OPEN && item.kind != V_CLOSE)
            continue;
        if (i == trial->without)
            item.height -= line_height(trial, i);
        if (i + 1 == from)
            item.height = fmax(0, item.height - rest);
        vec_push(arena, &shorter.items, item);
    }
    bool good = paginate(arena, &shorter, trial->height).n <= trial->pages;
    arena_free(arena);
    return good;
}

/* The least height that has to go, to PRECISION above it; or NAN if that would not be enough. */
static double least_cut(const struct trial *trial)
{
    double enough = vlist_height(trial->list, 0, trial->to), too_little = 0;
    if (!fits(trial, enough))
        return NAN;
    while (enough - too_little > PRECISION) {
        double middle = (enough + too_little) / 2;
        *(fits(trial, middle) ? &enough : &too_little) = middle;
    }
    return enough;
}

/* The same in lines. */
static int lines_of(const struct trial *trial, double cut)
{
    int lines = (int)fmax(1, ceil((cut - PRECISION) / trial->leading));
    return fits(trial, lines * trial->leading) ? lines : lines + 1;
}

/* Is there less to cut with a line less at this place? Where a page has room to spare, there is not. */
static bool helps(struct trial trial, size_t vitem, double cut)
{
    trial.without = vitem;
    return fits(&trial, cut - line_height(&trial, vitem) / 2);
}

/* Can the author shorten it? Not what the program says of the clinic, the review, and the sources. */
static bool is_authored(const struct doc_node *tag)
{
    bool made = tag->role == ROLE_CLINIC || tag->role == ROLE_CONTACT || tag->role == ROLE_STATE ||
                tag->role == ROLE_IMPRINT;
    return tag->pos.source && !made && !doc_is_within(tag, ROLE_SOURCES);
}

static int by_characters(const void *a, const void *b)
{
    const struct short_end *left = a, *right = b;
    if (left->characters != right->characters)
        return left->characters < right->characters ? -1 : 1;
    return (left->vitem > right->vitem) - (left->vitem < right->vitem);
}

/* The shortest last lines of paragraphs that the author can shorten to some effect. */
static void find_short_ends(
    struct arena *arena, const struct trial *trial, double cut, struct overrun *overrun)
{
    const struct vlist *list = trial->list;
    VEC(struct short_end) ends = {0};
    for (size_t i = 0; i < list->short_ends.n; i++) {
        const struct short_end *end = &list->short_ends.at[i];
        if (end->vitem < trial->to && is_authored(end->tag))
            vec_push(arena, &ends, *end);
    }
    if (ends.n)
        qsort(ends.at, ends.n, sizeof *ends.at, by_characters);
    for (size_t i = 0; i < ends.n && i < MOST_TRIALS && overrun->cut_count < EASY_CUTS; i++)
        if (helps(*trial, ends.at[i].vitem, cut))
            overrun->cuts[overrun->cut_count++] = (struct easy_cut){ends.at[i].tag, ends.at[i].characters};
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

static bool is_line(const struct vitem *item)
{
    bool text = false;
    for (size_t i = 0; i < item->item_count && !text; i++)
        text =
            item->items[i].kind == ITEM_TEXT && item->items[i].tag && item->items[i].tag->kind != DOC_IMAGE;
    return item->kind == V_BOX && item->baseline > 0 && text;
}

/* The sections in which a line less helps, if no paragraph's end does. */
static void find_sections(const struct trial *trial, double cut, struct overrun *overrun)
{
    const struct doc_node *done = NULL;
    int trials = 0;
    for (size_t i = 0; i < trial->to && overrun->cut_count < EASY_CUTS && trials < MOST_TRIALS; i++) {
        const struct doc_node *section = section_at(trial->list, i);
        if (!section || section == done || !is_line(&trial->list->items.at[i]))
            continue;
        trials++;
        if (!helps(*trial, i, cut))
            continue;
        overrun->cuts[overrun->cut_count++] = (struct easy_cut){section->first ? section->first : section, 0};
        done = section;
    }
}

/* Where what stands before a place ends: space and the break before it, and frames that begin there, are not
 * part of that. */
static size_t end_before(const struct vlist *list, size_t at)
{
    while (at > 0 && list->items.at[at - 1].kind != V_BOX && list->items.at[at - 1].kind != V_CLOSE)
        at--;
    return at;
}

struct overrun layout_overrun(
    struct arena *arena, struct shaper *shaper, const struct box_tree *boxes, size_t pages)
{
    const struct page_style *page = &boxes->page;
    struct diags diags = diags_new(arena);
    struct overrun overrun = {0};
    struct vlist *list = flow_boxes(arena, &diags, shaper, boxes, DEPTH_WHOLE);
    list->items.n = end_before(list, role_start(list, ROLE_NOTICE));
    struct trial trial = {.list = list,
        .to = end_before(list, role_start(list, ROLE_STANDARD)),
        .height = page->height - page->top - page->bottom,
        .pages = pages,
        .leading = boxes->root->text->leading,
        .without = SIZE_MAX};
    double cut = least_cut(&trial);
    if (isnan(cut))
        return overrun;
    overrun.lines = lines_of(&trial, cut);
    find_short_ends(arena, &trial, cut, &overrun);
    if (!overrun.cut_count)
        find_sections(&trial, cut, &overrun);
    return overrun;
}
