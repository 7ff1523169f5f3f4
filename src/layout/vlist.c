#include "layout/vlist.h"

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
