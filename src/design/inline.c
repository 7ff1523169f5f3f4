#include "design/inline.h"

#include "design/shelf.h"

#include "base/vec.h"

#include <math.h>

enum { POINTS_PER_INCH = 72, USUAL_DPI = 200, TALLEST_IN_LINE = 288 /* points */ };

static const char NO_BREAK_SPACE[] = "\xC2\xA0";

struct collector {
    struct styler *styler;
    VEC(struct run) runs;
    struct color background;
    bool good;
};

/* What an inline inherits. */
struct inherited {
    const struct text_style *style;
    const struct doc_node *link;
    struct str lang;
    bool address;
};

static void add_text(struct collector *collector, const struct inherited *inherited,
    const struct doc_node *tag, struct str text, struct pos pos)
{
    struct run run = {.kind = RUN_TEXT,
        .text = text,
        .style = inherited->style,
        .tag = tag,
        .link = inherited->link,
        .pos = pos,
        .lang = inherited->lang,
        .personal = (tag->kind == DOC_TEXT || tag->kind == DOC_ADDRESS) && tag->veil.n > 0,
        .address = inherited->address};
    if (text.n)
        vec_push(collector->styler->arena, &collector->runs, run);
}

/* A citation number must not start a line: the space before it becomes one that does not break. */
static void bind_to_previous(struct collector *collector)
{
    if (!collector->runs.n)
        return;
    struct run *last = &collector->runs.at[collector->runs.n - 1];
    if (last->kind == RUN_TEXT && str_ends(last->text, " "))
        last->text = str_printf(
            collector->styler->arena, "%.*s%s", (int)last->text.n - 1, last->text.p, NO_BREAK_SPACE);
}

const struct picture *inline_picture(
    struct styler *styler, const struct doc_node *image, struct str lang, double *width, double *height)
{
    const struct picture *picture =
        shelf_picture(styler->shelf, styler->diags, image, lang, styler->sheet->page.pictures);
    if (!picture)
        return NULL;
    double scale = style_figure_scale(styler);
    if (picture->kind == PICTURE_DRAWING) {
        *width = picture->drawing->width * scale;
        *height = picture->drawing->height * scale;
        return picture;
    }
    scale *= POINTS_PER_INCH / (picture->dpi > 0 ? picture->dpi : USUAL_DPI);
    *width = (double)picture->width * scale;
    *height = (double)picture->height * scale;
    return picture;
}

static void add_picture(
    struct collector *collector, const struct inherited *inherited, const struct doc_node *node)
{
    struct run run = {.kind = RUN_PICTURE,
        .style = inherited->style,
        .tag = node,
        .link = inherited->link,
        .pos = node->pos,
        .lang = inherited->lang};
    run.picture = inline_picture(collector->styler, node, run.lang, &run.width, &run.height);
    if (!run.picture) {
        collector->good = false;
        return;
    }
    double scale = fmin(1, TALLEST_IN_LINE / run.height);
    run.width *= scale;
    run.height *= scale;
    vec_push(collector->styler->arena, &collector->runs, run);
}

static void add_blank(
    struct collector *collector, const struct inherited *inherited, const struct doc_node *node)
{
    const struct rule *rule = styler_rule(collector->styler, ELEMENT_BLANK);
    struct run run = {.kind = RUN_BLANK,
        .style = style_text(collector->styler, inherited->style, rule, collector->background),
        .tag = node,
        .link = inherited->link,
        .pos = node->pos,
        .width = rule->has.width ? rule->width : 10 * inherited->style->size};
    vec_push(collector->styler->arena, &collector->runs, run);
}

/* What an inline's content inherits: its own style over that around it. */
static struct inherited restyled(
    struct collector *collector, const struct inherited *inherited, const struct doc_node *node)
{
    const struct rule *rule = styler_rule(collector->styler, inline_element(node));
    struct inherited inner = *inherited;
    inner.style = style_text(collector->styler, inherited->style, rule, collector->background);
    return inner;
}

/* Strong words in the text of a call-out, but for its lists: a telephone number, not a word to stress. */
static bool is_in_callout(const struct doc_node *node)
{
    while (node && node->kind != DOC_CALLOUT && node->kind != DOC_ITEM)
        node = node->parent;
    return node && node->kind == DOC_CALLOUT;
}

enum element inline_element(const struct doc_node *node)
{
    switch ((int)node->kind) {
    case DOC_EMPHASIS: return ELEMENT_EMPHASIS;
    case DOC_STRONG: return is_in_callout(node) ? ELEMENT_CALLOUT_STRONG : ELEMENT_STRONG;
    case DOC_CODE: return ELEMENT_CODE;
    case DOC_LINK: return ELEMENT_LINK;
    case DOC_ADDRESS: return ELEMENT_ADDRESS;
    case DOC_CITATION: return ELEMENT_CITATION;
    case DOC_BLANK: return ELEMENT_BLANK;
    default: return ELEMENT_NONE;
    }
}

static void collect(
    struct collector *collector, const struct doc_node *node, const struct inherited *inherited);

static void collect_children(
    struct collector *collector, const struct doc_node *node, struct inherited inherited)
{
    for (const struct doc_node *child = node->first; child; child = child->next)
        collect(collector, child, &inherited);
}

static void add_address(
    struct collector *collector, const struct inherited *inherited, const struct doc_node *node)
{
    struct inherited inner = restyled(collector, inherited, node);
    bool alone = node->parent->first == node;
    if (!alone)
        add_text(collector, &inner, node, STR(" ("), (struct pos){0});
    inner.address = true;
    add_text(collector, &inner, node, node->text, node->pos);
    inner.address = false;
    if (!alone)
        add_text(collector, &inner, node, STR(")"), (struct pos){0});
}

/* The tree's depth is bounded where it is made (content/markdown.h). */
static void collect(
    struct collector *collector, const struct doc_node *node, const struct inherited *inherited)
{
    struct inherited inner = *inherited;
    if (node->lang.n)
        inner.lang = node->lang;
    switch ((int)node->kind) {
    case DOC_TEXT: add_text(collector, inherited, node, node->text, node->pos); break;
    case DOC_SOFT_BREAK: add_text(collector, inherited, node, STR(" "), node->pos); break;
    case DOC_LINE_BREAK:
        vec_push(collector->styler->arena, &collector->runs,
            (struct run){.kind = RUN_BREAK, .style = inherited->style, .tag = node, .pos = node->pos});
        break;
    case DOC_EMPHASIS:
    case DOC_STRONG: collect_children(collector, node, restyled(collector, inherited, node)); break;
    case DOC_CODE:
        inner = restyled(collector, inherited, node);
        inner.address = true;
        add_text(collector, &inner, node, node->text, node->pos);
        break;
    case DOC_LINK:
        inner = restyled(collector, inherited, node);
        inner.link = node;
        collect_children(collector, node, inner);
        break;
    case DOC_ADDRESS: add_address(collector, inherited, node); break;
    case DOC_CITATION:
        bind_to_previous(collector);
        inner = restyled(collector, inherited, node);
        inner.link = node;
        add_text(collector, &inner, node, str_printf(collector->styler->arena, "[%d]", node->citation.number),
            node->pos);
        break;
    case DOC_BLANK: add_blank(collector, inherited, node); break;
    case DOC_IMAGE: add_picture(collector, inherited, node); break;
    default: collect_children(collector, node, inner); break;
    }
}

bool inline_runs(struct styler *styler, const struct document *document, const struct doc_node *node,
    const struct text_style *text, struct color background, struct box *box)
{
    struct collector collector = {.styler = styler, .background = background, .good = true};
    struct inherited inherited = {.style = text, .lang = doc_lang(document, node)};
    collect_children(&collector, node, inherited);
    box->text = text;
    box->para.runs = collector.runs.at;
    box->para.n = collector.runs.n;
    return collector.good;
}
