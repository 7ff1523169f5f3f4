#include "design/origin.h"

#include "design/inline.h"

#include <math.h>
#include <stdint.h>

static const char *const PROPERTIES[] = {[PROPERTY_SIZE] = "size",
    [PROPERTY_LEADING] = "leading",
    [PROPERTY_COLOR] = "color",
    [PROPERTY_SLANT] = "style"};

/* -- sites */

static enum element element_of(const struct stylesheet *sheet, const struct box *box)
{
    const uintptr_t offset = (uintptr_t)box->rule - (uintptr_t)sheet->rules;
    return offset < sizeof sheet->rules ? (enum element)(offset / sizeof *sheet->rules) : ELEMENT_NONE;
}

struct site origin_site(const struct stylesheet *sheet, const struct site *outer, const struct box *box)
{
    const struct backdrop paper = {{255, 255, 255}, ELEMENT_NONE, ""};
    struct site site = {.sheet = sheet, .behind = paper, .behind_side = paper};
    if (outer)
        site = *outer;
    site.outer = outer;
    site.box = box;
    site.element = element_of(sheet, box);
    if (box->tag) {
        enum doc_role role = box->tag->role;
        site.masthead = site.masthead || box->tag->kind == DOC_MASTHEAD;
        site.sources = site.sources || role == ROLE_SOURCES || role == ROLE_SOURCE_LIST;
    }
    if (box->style && box->tag && box->tag->kind == DOC_CALLOUT && box->style->bar.width > 0)
        site.behind_side = (struct backdrop){box->style->bar.color, site.element, "rule"};
    if (!box->style || !box->style->has_fill)
        return site;
    site.behind = (struct backdrop){box->style->fill, site.element, "fill"};
    if (box->style->full_width || box->style->beside)
        site.behind_side = site.behind;
    return site;
}

struct backdrop origin_backdrop(const struct site *site)
{
    return site->box->style && site->box->style->beside ? site->behind_side : site->behind;
}

/* -- origins */

/* Does an element's rule ask for the property as the text has it? */
static bool says(const struct stylesheet *sheet, enum element element, enum property property,
    const struct text_style *style)
{
    if (element == ELEMENT_NONE)
        return false;
    const struct rule *rule = &sheet->rules[element];
    switch (property) {
    case PROPERTY_SIZE: return rule->has.size && rule->size == style->size;
    case PROPERTY_LEADING:
        return rule->has.leading && fabs(rule->leading * style->size - style->leading) < 1e-6;
    case PROPERTY_COLOR: return rule->has.color && color_eq(rule->color, style->color);
    case PROPERTY_SLANT: return rule->has.slant && (rule->slant == SLANT_ITALIC) == style->font->italic;
    }
    return false;
}

static struct pos property_pos(const struct stylesheet *sheet, enum element element, enum property property)
{
    const char *name = PROPERTIES[property];
    return property == PROPERTY_COLOR ? stylesheet_color_pos(sheet, element, name)
                                      : stylesheet_property_pos(sheet, element, name);
}

/* Has the title of a call-out its color from the call-out's `label-color`? */
static bool is_label_color(const struct site *site, const struct text_style *style)
{
    if (site->element != ELEMENT_CALLOUT_TITLE || !site->outer || site->outer->element == ELEMENT_NONE)
        return false;
    const struct rule *callout = &site->sheet->rules[site->outer->element];
    return callout->has.label_color && color_eq(callout->label_color, style->color);
}

struct origin origin_find(const struct site *site, const struct doc_node *tag, const struct text_style *style,
    enum property property)
{
    const struct stylesheet *sheet = site->sheet;
    for (const struct doc_node *node = tag; node && node != site->box->tag; node = node->parent) {
        enum element element = inline_element(node);
        if (says(sheet, element, property, style))
            return (struct origin){property_pos(sheet, element, property), node};
    }
    for (; site; site = site->outer) {
        if (property == PROPERTY_COLOR && is_label_color(site, style))
            return (struct origin){stylesheet_color_pos(sheet, site->outer->element, "label-color"), NULL};
        if (says(sheet, site->element, property, style))
            return (struct origin){property_pos(sheet, site->element, property), NULL};
    }
    if (property == PROPERTY_LEADING && sheet->fit.leading[0] > 0)
        return (struct origin){stylesheet_fit_pos(sheet, PROPERTIES[property]), NULL};
    return (struct origin){property_pos(sheet, ELEMENT_TEXT, property), NULL};
}

struct asked origin_asked(const struct site *site, const struct doc_node *tag)
{
    const struct stylesheet *sheet = site->sheet;
    for (const struct doc_node *node = tag; node && node != site->box->tag; node = node->parent) {
        enum element element = inline_element(node);
        if (element != ELEMENT_NONE && sheet->rules[element].has.color)
            return (struct asked){sheet->rules[element].color, element, "color"};
    }
    for (; site; site = site->outer) {
        enum element outer = site->outer ? site->outer->element : ELEMENT_NONE;
        if (site->element == ELEMENT_NONE)
            continue;
        if (site->element == ELEMENT_CALLOUT_TITLE && outer != ELEMENT_NONE &&
            sheet->rules[outer].has.label_color)
            return (struct asked){sheet->rules[outer].label_color, outer, "label-color"};
        if (sheet->rules[site->element].has.color)
            return (struct asked){sheet->rules[site->element].color, site->element, "color"};
    }
    return (struct asked){.element = ELEMENT_NONE};
}

struct pos origin_align(const struct site *site)
{
    int align = (int)site->box->style->align;
    for (const struct site *around = site; around; around = around->outer) {
        if (around->element == ELEMENT_NONE)
            continue;
        const struct rule *rule = &site->sheet->rules[around->element];
        if (rule->has.align && rule->align == align)
            return stylesheet_property_pos(site->sheet, around->element, "align");
    }
    return (struct pos){0};
}

const char *origin_name(const struct site *site, const struct doc_node *tag)
{
    for (const struct doc_node *node = tag; node && node != site->box->tag; node = node->parent)
        if (inline_element(node) != ELEMENT_NONE)
            return stylesheet_element_name(inline_element(node));
    while (site && site->element == ELEMENT_NONE)
        site = site->outer;
    return stylesheet_element_name(site ? site->element : ELEMENT_TEXT);
}
