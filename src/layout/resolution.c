#include "layout/resolution.h"

#include <math.h>

static const double POINTS_PER_INCH = 72;

static void judge(struct check *check, const struct item *item, size_t page)
{
    double dpi = round((double)item->picture->width * POINTS_PER_INCH / item->w), bound;
    enum check_severity severity = check_judge(check, CHECK_PICTURE_RESOLUTION, dpi, &bound);
    if (severity == CHECK_OFF)
        return;
    int wanted = (int)ceil(bound * item->w / POINTS_PER_INCH);
    check_find_as(check, CHECK_PICTURE_RESOLUTION, severity, item->tag->pos,
        "this picture prints at %d dpi on page %zu; for %s dpi it needs %d pixels in width, and it has %zu",
        (int)dpi, page, check_number(check, bound), wanted, item->picture->width);
}

void resolution_check(struct check *check, const struct pages *pages)
{
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->at[p].item_count; i++) {
            const struct item *item = &pages->at[p].items[i];
            if (item->kind == ITEM_IMAGE && item->tag)
                judge(check, item, p + 1);
        }
}
