#include "layout/vlist.h"

#include <assert.h>

size_t vlist_count(const struct vlist *list, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += list->items.at[i].item_count;
    return count;
}

double vlist_height(const struct vlist *list, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++) {
        const struct vitem *item = &list->items.at[i];
        height += item->height;
        if (item->kind == V_OPEN)
            height += item->frame->top + item->frame->bottom;
    }
    return height;
}

size_t vlist_place(const struct vlist *list, size_t from, size_t to, double x, double y, struct item *items)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const struct vitem *vitem = &list->items.at[i];
        for (size_t k = 0; k < vitem->item_count; k++) {
            items[n] = vitem->items[k];
            items[n].x += x;
            items[n++].y += y;
        }
        y += vitem->height;
    }
    return n;
}

static double between(double loose, double tight, double share)
{
    return loose + (tight - loose) * share;
}

static struct frame *frame_between(
    struct arena *arena, const struct frame *loose, const struct frame *tight, double share)
{
    struct frame *frame = ARENA_NEW(arena, struct frame);
    *frame = (struct frame){.style = loose->style,
        .top = between(loose->top, tight->top, share),
        .bottom = between(loose->bottom, tight->bottom, share),
        .head_height = between(loose->head_height, tight->head_height, share)};
    return frame;
}

bool vlist_alike(const struct vlist *a, const struct vlist *b)
{
    if (a->items.n != b->items.n || a->one_pages.n != b->one_pages.n)
        return false;
    for (size_t i = 0; i < a->items.n; i++)
        if (a->items.at[i].kind != b->items.at[i].kind || a->items.at[i].cost != b->items.at[i].cost ||
            (a->items.at[i].frame && !a->items.at[i].frame->style) !=
                (b->items.at[i].frame && !b->items.at[i].frame->style))
            return false;
    return true;
}

struct vlist *vlist_between(
    struct arena *arena, const struct vlist *loose, const struct vlist *tight, double share)
{
    VEC(struct frame *) open = {0};
    assert(vlist_alike(loose, tight));
    struct vlist *list = ARENA_NEW(arena, struct vlist);
    *list = (struct vlist){.one_pages = loose->one_pages};
    list->items.n = list->items.cap = loose->items.n;
    list->items.at = ARENA_ARRAY(arena, struct vitem, loose->items.n);
    for (size_t i = 0; i < loose->items.n; i++) {
        const struct vitem *a = &loose->items.at[i], *b = &tight->items.at[i];
        struct vitem *item = &list->items.at[i];
        *item = *a;
        item->height = between(a->height, b->height, share);
        if (a->kind == V_OPEN) {
            vec_push(arena, &open, frame_between(arena, a->frame, b->frame, share));
            item->frame = open.at[open.n - 1];
        } else if (a->kind == V_CLOSE && open.n) {
            item->frame = open.at[--open.n];
        }
    }
    return list;
}
