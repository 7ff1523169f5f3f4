#include "paint/survey.h"

#include "paint/syntax.h"

const struct doc_node *survey_target(const struct doc_node *link)
{
    return link->kind == DOC_CITATION ? link->citation.target : link->link.target;
}

static bool is_link(const struct doc_node *node)
{
    return node && (node->kind == DOC_LINK || node->kind == DOC_CITATION);
}

/* Does a link lead anywhere? "#" alone is a place that was not found. */
static bool leads_somewhere(const struct place *places, const struct doc_node *link)
{
    const struct doc_node *target = survey_target(link);
    if (target)
        return places[target->id].shown;
    return link->kind == DOC_LINK && !str_starts(link->link.url, "#") && syntax_uri_fits(link->link.url);
}

static double item_top(const struct item *item)
{
    if (item->kind == ITEM_TEXT)
        return item->y - item->text.size * item->text.font->ascender;
    return item->kind == ITEM_LINE && item->h < 0 ? item->y + item->h : item->y;
}

struct survey survey_pages(struct arena *arena, const struct document *document, const struct pages *pages)
{
    struct place *places = ARENA_ARRAY(arena, struct place, document->node_count);
    bool *active = ARENA_ARRAY(arena, bool, document->node_count);
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->at[p].item_count; i++) {
            const struct item *item = &pages->at[p].items[i];
            const struct place place = {true, p, item->x, item_top(item)};
            for (const struct doc_node *at = item->tag; at && !places[at->id].shown; at = at->parent)
                places[at->id] = place;
        }
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->at[p].item_count; i++) {
            const struct item *item = &pages->at[p].items[i];
            if (item->kind == ITEM_LINK && is_link(item->tag) && leads_somewhere(places, item->tag))
                active[item->tag->id] = true;
        }
    return (struct survey){places, active};
}
