#include "design/cascade.h"

#include "base/vec.h"
#include "design/inline.h"
#include "design/picture_qr.h"

#include <math.h>
#include <string.h>

/* A bar along a call-out that is narrower holds no title; in type sizes. */
static const double NARROWEST_BAND = 4;

/* What a block inherits from those around it. */
struct context {
    struct styler *styler;
    const struct document *document;
    const struct text_style *text;
    enum text_align align;
    struct color background;
    bool headings_beside; /* headings that stand in the side column may */
    bool tight;           /* directly within an item of a tight list */
    bool *good;
};

static void add_block(const struct context *context, const struct doc_node *node, struct box *parent);

static void add_blocks(const struct context *context, const struct doc_node *node, struct box *parent)
{
    for (const struct doc_node *child = node->first; child; child = child->next)
        add_block(context, child, parent);
}

static struct box *box_new(const struct context *context, enum box_kind kind, const struct doc_node *tag,
    const struct rule *rule, struct box *parent)
{
    struct box *box = ARENA_NEW(context->styler->arena, struct box);
    box->kind = kind;
    box->tag = tag;
    box->rule = rule;
    box->style = style_box(context->styler, rule, context->align);
    box->text = style_text(
        context->styler, context->text, rule, box->style->has_fill ? box->style->fill : context->background);
    if (parent->last)
        parent->last->next = box;
    else
        parent->first = box;
    parent->last = box;
    return box;
}

static void set_text(const struct context *context, struct box *box, const struct doc_node *node)
{
    struct color background = box->style->has_fill ? box->style->fill : context->background;
    if (!inline_runs(context->styler, context->document, node, box->text, background, box))
        *context->good = false;
}

static struct box *add_text(
    const struct context *context, const struct doc_node *node, const struct rule *rule, struct box *parent)
{
    struct box *box = box_new(context, BOX_TEXT, node, rule, parent);
    set_text(context, box, node);
    return box;
}

/* The same context, within a block of its own style. */
static struct context within(const struct context *context, const struct box *box)
{
    struct context inner = *context;
    inner.text = box->text;
    inner.align = box->style->align;
    if (box->style->has_fill)
        inner.background = box->style->fill;
    inner.tight = false;
    return inner;
}

static void add_stack(
    const struct context *context, const struct doc_node *node, const struct rule *rule, struct box *parent)
{
    struct box *box = box_new(context, BOX_STACK, node, rule, parent);
    struct context inner = within(context, box);
    /* A panel or a quote is a place of its own: its headings stay inside. */
    if (box->style->has_fill || box->style->border.width > 0 || box->style->full_width ||
        node->kind == DOC_QUOTE)
        inner.headings_beside = false;
    if (rule->has.headings)
        inner.headings_beside = rule->headings == PLACE_SIDE;
    add_blocks(&inner, node, box);
}

static enum element section_element(enum doc_role role)
{
    switch ((int)role) {
    case ROLE_SUMMARY: return ELEMENT_SECTION_SUMMARY;
    case ROLE_CONDITION: return ELEMENT_SECTION_CONDITION;
    case ROLE_USUAL_CARE: return ELEMENT_SECTION_USUAL_CARE;
    case ROLE_TREATMENT: return ELEMENT_SECTION_TREATMENT;
    case ROLE_EVIDENCE: return ELEMENT_SECTION_EVIDENCE;
    case ROLE_EXCLUSIONS: return ELEMENT_SECTION_EXCLUSIONS;
    case ROLE_VISIT: return ELEMENT_SECTION_VISIT;
    case ROLE_WARNINGS: return ELEMENT_SECTION_WARNINGS;
    case ROLE_QUESTIONS: return ELEMENT_SECTION_QUESTIONS;
    case ROLE_SOURCES: return ELEMENT_SECTION_SOURCES;
    case ROLE_STANDARD: return ELEMENT_SECTION_STANDARD;
    case ROLE_NOTICE: return ELEMENT_SECTION_NOTICE;
    default: return ELEMENT_SECTION;
    }
}

static enum element paragraph_element(enum doc_role role)
{
    switch ((int)role) {
    case ROLE_CLINIC: return ELEMENT_CLINIC;
    case ROLE_PURPOSE: return ELEMENT_PURPOSE;
    case ROLE_CONTACT: return ELEMENT_CLINIC;
    case ROLE_STATE: return ELEMENT_STATE;
    case ROLE_IMPRINT: return ELEMENT_IMPRINT;
    default: return ELEMENT_PARAGRAPH;
    }
}

static void add_paragraph(const struct context *context, const struct doc_node *node, struct box *parent)
{
    struct box *box =
        add_text(context, node, styler_rule(context->styler, paragraph_element(node->role)), parent);
    if (!context->tight)
        return;
    struct box_style *style = ARENA_NEW(context->styler->arena, struct box_style);
    *style = *box->style;
    style->space_before = style->space_after = 0;
    box->style = style;
}

/* Makes a box stand beside what follows. */
static void set_beside(const struct context *context, struct box *box)
{
    struct box_style *style = ARENA_NEW(context->styler->arena, struct box_style);
    *style = *box->style;
    style->beside = true;
    style->measure = 0;
    box->style = style;
}

/* The titles of some sections have a look of their own. */
static enum element heading_element(const struct doc_node *node)
{
    const struct doc_node *parent = node->parent;
    if (parent && parent->kind == DOC_MASTHEAD)
        return ELEMENT_TITLE;
    if (parent && parent->first == node && parent->role == ROLE_STANDARD)
        return ELEMENT_STANDARD_TITLE;
    if (parent && parent->first == node && parent->role == ROLE_WARNINGS)
        return ELEMENT_WARNINGS_TITLE;
    return (enum element)(ELEMENT_HEADING_1 + node->heading.level - 1);
}

static void add_heading(const struct context *context, const struct doc_node *node, struct box *parent)
{
    const struct rule *rule = styler_rule(context->styler, heading_element(node));
    struct box *box = add_text(context, node, rule, parent);
    if (rule->place == PLACE_SIDE && context->headings_beside && context->styler->sheet->page.side > 0)
        set_beside(context, box);
}

/* The room that the numbers of an ordered list need, in type sizes: that of the longest, and a gap. */
static double number_room(const struct doc_node *list)
{
    const double digit = 0.62, stop_and_gap = 0.8;
    int digits = 1;
    for (int largest = list->last->item.number; largest >= 10; largest /= 10)
        digits++;
    return digits * digit + stop_and_gap;
}

static void set_marker(const struct context *context, struct box *box, const struct doc_node *item, int depth)
{
    static const enum marker_kind by_bullet[] = {MARKER_DISC, MARKER_RING, MARKER_SQUARE};
    const struct rule *rule = styler_rule(context->styler, ELEMENT_ITEM);
    box->item.label = item->first;
    box->item.color = rule->has.label_color ? rule->label_color : box->text->color;
    box->item.width = rule->has.width ? rule->width : 1.5 * box->text->size;
    if (item->item.mark == MARK_NUMBER)
        box->item.width = fmax(box->item.width, number_room(item->parent) * box->text->size);
    switch (item->item.mark) {
    case MARK_NUMBER:
        box->item.marker = MARKER_TEXT;
        box->item.text = str_printf(context->styler->arena, "%d%c", item->item.number,
            item->item.delimiter ? item->item.delimiter : '.');
        break;
    case MARK_BOX: box->item.marker = MARKER_BOX; break;
    case MARK_BOX_TICKED: box->item.marker = MARKER_BOX_TICKED; break;
    case MARK_BULLET:
        box->item.marker = depth ? by_bullet[(rule->bullet + depth) % 3] : by_bullet[rule->bullet];
        break;
    }
}

/* How many lists of bullets a list stands in. */
static int list_depth(const struct doc_node *list)
{
    int depth = 0;
    for (const struct doc_node *node = list->parent; node; node = node->parent)
        depth += node->kind == DOC_LIST && !node->list.ordered;
    return depth;
}

static void add_list(const struct context *context, const struct doc_node *list, struct box *parent)
{
    enum element element = list->role == ROLE_SOURCE_LIST ? ELEMENT_SOURCES : ELEMENT_LIST;
    struct box *box = box_new(context, BOX_STACK, list, styler_rule(context->styler, element), parent);
    struct context inner = within(context, box);
    int depth = list_depth(list);
    for (const struct doc_node *item = list->first; item; item = item->next) {
        struct box *entry = box_new(&inner, BOX_ITEM, item, styler_rule(context->styler, ELEMENT_ITEM), box);
        set_marker(&inner, entry, item, depth);
        struct context body = within(&inner, entry);
        body.tight = list->list.tight;
        body.headings_beside = false;
        for (const struct doc_node *part = item->first; part; part = part->next)
            if (part->kind == DOC_BODY)
                add_blocks(&body, part, entry);
    }
}

/* "Call us today", among the warning signs, has a telephone. */
static int icon_of(const struct doc_node *node, enum callout_kind kind)
{
    for (; kind == CALLOUT_IMPORTANT && node; node = node->parent)
        if (node->role == ROLE_WARNINGS)
            return CALLOUT_KINDS;
    return (int)kind;
}

/* The title stands over the call-out's text, or on the bar along it. */
static void add_callout_title(const struct context *context, const struct rule *callout,
    enum callout_kind kind, const struct doc_node *node, struct box *parent)
{
    if (callout->has.label && !callout->label)
        return;
    struct styler *styler = context->styler;
    const struct rule *rule = styler_rule(styler, ELEMENT_CALLOUT_TITLE);
    struct box *box = box_new(context, BOX_TEXT, node, rule, parent);
    struct context own = *context;
    if (rule->place == PLACE_SIDE && parent->style->bar.width >= NARROWEST_BAND * box->text->size) {
        set_beside(context, box);
        own.background = parent->style->bar.color;
    }
    struct rule colored = *rule;
    if (callout->has.label_color) {
        colored.color = callout->label_color;
        colored.has.color = true;
    }
    if (callout->has.label_size) {
        colored.size = callout->label_size;
        colored.has.size = true;
    }
    box->text = style_text(styler, context->text, &colored, own.background);
    set_text(&own, box, node);
    if (callout->icon)
        box->para.icon = icon_of(node, kind) + 1;
    box->para.behind = own.background;
}

static void add_callout(const struct context *context, const struct doc_node *node, struct box *parent)
{
    const struct rule *rule =
        styler_rule(context->styler, (enum element)(ELEMENT_CALLOUT_CAUTION + (int)node->callout.kind));
    struct box *box = box_new(context, BOX_STACK, node, rule, parent);
    struct context inner = within(context, box);
    inner.headings_beside = false;
    for (const struct doc_node *child = node->first; child; child = child->next) {
        if (child->kind == DOC_CALLOUT_TITLE)
            add_callout_title(&inner, rule, node->callout.kind, child, box);
        else
            add_block(&inner, child, box);
    }
}

/* A line of code with its tabs as spaces, to stops of four columns. */
static struct str expand_tabs(struct arena *arena, struct str line)
{
    enum { TAB_STOP = 4 };
    if (!memchr(line.p, '\t', line.n))
        return line;
    struct buf expanded = {0};
    size_t column = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\t') {
            do
                buf_char(&expanded, ' ');
            while (++column % TAB_STOP);
        } else {
            buf_char(&expanded, line.p[i]);
            column += ((unsigned char)line.p[i] & 0xC0) != 0x80;
        }
    }
    struct str copy = str_copy(arena, buf_slice(&expanded));
    buf_free(&expanded);
    return copy;
}

static void add_code(const struct context *context, const struct doc_node *node, struct box *parent)
{
    struct arena *arena = context->styler->arena;
    struct box *box =
        box_new(context, BOX_CODE, node, styler_rule(context->styler, ELEMENT_CODE_BLOCK), parent);
    VEC(struct run) runs = {0};
    struct str rest = node->code.text;
    while (rest.n) {
        struct str line = expand_tabs(arena, str_cut(&rest, '\n'));
        if (runs.n)
            vec_push(arena, &runs, (struct run){.kind = RUN_BREAK, .style = box->text, .tag = node});
        if (line.n)
            vec_push(arena, &runs,
                (struct run){.kind = RUN_TEXT,
                    .text = line,
                    .style = box->text,
                    .tag = node,
                    .pos = node->pos,
                    .address = true});
    }
    box->para.runs = runs.at;
    box->para.n = runs.n;
}

static struct box *add_row(const struct context *context, const struct doc_node *row, const struct rule *rule,
    const struct rule *cells, struct box *table)
{
    struct box *box = box_new(context, BOX_ROW, row, rule, table);
    box->row.header = row->row.header;
    box->row.has_fill = box->style->has_fill;
    box->row.fill = box->style->fill;
    struct context inner = within(context, box);
    for (const struct doc_node *cell = row->first; cell; cell = cell->next)
        add_text(&inner, cell, cells, box);
    return box;
}

/* What a table needs to be set in labeled rows: its head as labels, in the style of `label`, and titles for
 * the rows of its body. They stand beside the tree of boxes. A table of one column, or without a head of one
 * row, has no use for them. */
static void add_labels(
    const struct context *context, const struct doc_node *node, const struct rule *label, struct box *table)
{
    const struct doc_node *head = node->first;
    bool fits =
        head && head->row.header && head->next && !head->next->row.header && head->first && head->first->next;
    if (table->table.rows == ROWS_GRID || !fits)
        return;
    struct styler *styler = context->styler;
    const struct rule *title = styler_rule(styler, ELEMENT_TABLE_TITLE);
    struct diags *diags = styler->diags, told = diags_new(styler->arena);
    style_text(styler, context->text, label, context->background); /* tells of faces that cannot be had */
    style_text(styler, context->text, title, context->background);
    styler->diags = &told; /* what is wrong with the cells' content has been said */
    struct box aside = {.kind = BOX_TABLE};
    table->table.labels = add_row(context, head, styler_rule(styler, ELEMENT_TABLE_CELL), label, &aside);
    for (struct box *row = table->first; row; row = row->next) {
        struct context inner = within(context, row);
        struct box around = {.kind = BOX_ROW};
        if (!row->row.header && row->tag->first)
            add_text(&inner, row->tag->first, title, &around);
        row->row.title = around.first;
    }
    styler->diags = diags;
}

static void add_table(const struct context *context, const struct doc_node *node, struct box *parent)
{
    static const struct rule plain = {.size = 0};
    const struct rule *rule = styler_rule(context->styler, ELEMENT_TABLE);
    struct box *box = box_new(context, BOX_TABLE, node, rule, parent);
    box->table.columns = node->table.columns;
    box->table.aligns = node->table.aligns;
    const struct box_style *cell =
        style_box(context->styler, styler_rule(context->styler, ELEMENT_TABLE_CELL), ALIGN_LEFT);
    box->table.padding = cell->padding;
    box->table.padding_sides = cell->padding_sides;
    box->table.rule = style_edge(rule->rule);
    box->table.has_stripe = rule->has.stripe && !color_is_white(rule->stripe);
    box->table.stripe = rule->stripe;
    box->table.rows = rule->has.rows ? (enum row_form)rule->rows : ROWS_AUTO;
    struct context inner = within(context, box);
    for (const struct doc_node *row = node->first; row; row = row->next)
        add_row(&inner, row,
            styler_rule(context->styler, row->row.header ? ELEMENT_TABLE_HEAD : ELEMENT_TABLE_CELL), &plain,
            box);
    add_labels(&inner, node, styler_rule(context->styler, ELEMENT_TABLE_LABEL), box);
}

/* What the desk fills in is a table without lines on a panel of its own: on a masthead of another color that
 * is seen even if it is white, so that there is paper to write on. */
static void add_fields(const struct context *context, const struct doc_node *node, struct box *parent)
{
    static const struct rule plain = {.size = 0};
    const double gap = 1; /* between columns, in sizes */
    struct styler *styler = context->styler;
    const struct rule *rule = styler_rule(styler, ELEMENT_FIELDS);
    struct box *panel = box_new(context, BOX_STACK, node, rule, parent);
    struct context inner = within(context, panel);
    struct box_style *style = ARENA_NEW(styler->arena, struct box_style);
    *style = *panel->style;
    style->has_fill = rule->has.fill && !color_eq(rule->fill, context->background);
    panel->style = style;
    if (rule->has.fill)
        inner.background = rule->fill;
    panel->text = inner.text = style_text(styler, context->text, rule, inner.background);
    struct box *box = box_new(&inner, BOX_TABLE, node, &plain, panel);
    box->table.columns = node->table.columns;
    box->table.aligns = node->table.aligns;
    box->table.padding_sides = gap / 2 * box->text->size;
    box->table.flush = true;
    const struct rule *label = styler_rule(styler, ELEMENT_FIELD_LABEL);
    for (const struct doc_node *row = node->first; row; row = row->next)
        add_row(&inner, row, row->row.header ? label : &plain, &plain, box);
    add_labels(&inner, node, label, box);
}

static void add_picture(
    const struct context *context, const struct doc_node *image, const struct rule *rule, struct box *parent)
{
    struct box *box = box_new(context, BOX_PICTURE, image, rule, parent);
    box->picture.lang = doc_lang(context->document, image);
    box->picture.picture =
        inline_picture(context->styler, image, box->picture.lang, &box->picture.width, &box->picture.height);
    if (!box->picture.picture)
        *context->good = false;
    if (!rule->has.height || box->picture.height <= rule->height)
        return;
    box->picture.width *= rule->height / box->picture.height;
    box->picture.height = rule->height;
}

static void add_logo(const struct context *context, const struct doc_node *image, struct box *parent)
{
    const struct rule *rule = styler_rule(context->styler, ELEMENT_LOGO);
    add_picture(context, image, rule, parent);
    if (rule->place != PLACE_SIDE)
        return;
    set_beside(context, parent->last);
    /* On a masthead of another color its patch is seen, even if it is white. */
    struct box_style *style = ARENA_NEW(context->styler->arena, struct box_style);
    *style = *parent->last->style;
    style->has_fill = rule->has.fill && !color_eq(rule->fill, context->background);
    parent->last->style = style;
}

static void add_people(
    const struct context *context, const struct doc_node *node, const struct rule *rule, struct box *parent)
{
    enum { USUAL_PER_ROW = 25 };
    const struct rule_edge usual = {0.6, {0, 0, 0}};
    struct box *box = box_new(context, BOX_PEOPLE, node, rule, parent);
    struct color background = box->style->has_fill ? box->style->fill : context->background;
    double height = rule->has.height ? rule->height : box->text->size;
    box->people.filled = node->people.filled;
    box->people.total = node->people.total;
    box->people.per_row = rule->has.per_row ? rule->per_row : USUAL_PER_ROW;
    box->people.height =
        fmax(fmin(height, PEOPLE_LEAST_HEIGHT), height * style_figure_scale(context->styler));
    box->people.beside = rule->has.place && rule->place == PLACE_SIDE;
    box->people.color = box->text->color;
    box->people.pen = style_pen(rule->rule.width > 0 ? rule->rule : usual, box->text->color, background);
}

static const double POINTS_PER_MM = 72 / 25.4;

/* Warns of a code whose modules are too small for telephones, as they print. */
static void check_density(
    const struct context *context, const struct doc_node *node, int modules, double module)
{
    struct buf least = {0};
    buf_number(&least, ceil(QR_LEAST_MODULE * modules / POINTS_PER_MM), 0);
    if (module < QR_LEAST_MODULE * (1 - 1e-9))
        diag_at(context->styler->diags, SEVERITY_WARNING, node->pos, "qr-dense",
            "this address makes a code too dense to scan from paper, with %d modules a side (shorten the "
            "address, or make the 'width' of 'qr' at least %.*s mm in the style sheet)",
            modules, STR_FMT(buf_slice(&least)));
    buf_free(&least);
}

/* Black where the style's color is no dark one: scanners look for dark on light. */
static struct color code_color(const struct rule *rule, struct color text)
{
    const double least = 7; /* contrast to white */
    const struct color black = {0, 0, 0};
    struct color color = rule->has.color ? rule->color : text;
    return color_contrast(color, COLOR_WHITE) >= least ? color : black;
}

/* Copy-fitting makes a code no smaller than can be scanned. On a colored ground it has a white one of its
 * own.
 */
static void add_qr(
    const struct context *context, const struct doc_node *node, const struct rule *rule, struct box *parent)
{
    enum { USUAL_WIDTH = 72 };
    struct styler *styler = context->styler;
    struct box *box = box_new(context, BOX_PICTURE, node, rule, parent);
    struct color background = box->style->has_fill ? box->style->fill : context->background;
    double width = rule->has.width ? rule->width : USUAL_WIDTH;
    int modules = 0;
    const struct picture *picture = picture_qr(styler->arena, node->qr.url,
        code_color(rule, context->text->color), !color_is_white(background), &modules);
    if (!picture) {
        diag_at(styler->diags, SEVERITY_ERROR, node->pos, "qr-too-long",
            "this address of %zu characters does not fit in a QR code (%d always do; fewer are easier to "
            "scan)",
            node->qr.url.n, QR_BYTES_MOST);
        *context->good = false;
        return;
    }
    double least = fmin(width, modules * QR_LEAST_MODULE);
    width = fmax(least, width * style_figure_scale(styler));
    check_density(context, node, modules, width / modules);
    box->picture.picture = picture;
    box->picture.width = box->picture.height = width * picture->drawing->width / modules;
    box->picture.beside = rule->has.place && rule->place == PLACE_SIDE;
}

/* A figure's picture is as wide as the style says: a drawing exactly, for it can be enlarged; one of pixels
 * at most. */
static void add_figure_picture(const struct context *context, const struct doc_node *image,
    const struct rule *figure, struct box *parent)
{
    static const struct rule plain = {.size = 0};
    add_picture(context, image, &plain, parent);
    struct box *box = parent->last;
    const struct picture *picture = box->picture.picture;
    box->picture.beside = styler_rule(context->styler, ELEMENT_CAPTION)->place == PLACE_SIDE;
    if (!picture || !figure->has.width || box->picture.width <= 0)
        return;
    double scale = figure->width / box->picture.width;
    if (picture->kind != PICTURE_DRAWING)
        scale = fmin(scale, 1);
    box->picture.width *= scale;
    box->picture.height *= scale;
}

/* A note right behind a figure describes it at length for those who cannot see it, and stays on its page. */
static void keep_with_note(const struct context *context, struct box *box, const struct doc_node *figure)
{
    const struct doc_node *next = figure->next;
    if (!next || next->kind != DOC_CALLOUT || next->callout.kind != CALLOUT_NOTE)
        return;
    struct box_style *style = ARENA_NEW(context->styler->arena, struct box_style);
    *style = *box->style;
    style->keep_with_next = true;
    box->style = style;
}

static void add_figure(const struct context *context, const struct doc_node *node, struct box *parent)
{
    const struct rule *rule = styler_rule(context->styler, ELEMENT_FIGURE);
    struct box *box = box_new(context, BOX_STACK, node, rule, parent);
    struct context inner = within(context, box);
    for (const struct doc_node *child = node->first; child; child = child->next) {
        if (child->kind == DOC_IMAGE)
            add_figure_picture(&inner, child, rule, box);
        else if (child->kind == DOC_PEOPLE)
            add_people(&inner, child, styler_rule(context->styler, ELEMENT_PEOPLE), box);
        else if (child->kind == DOC_LINK)
            add_qr(&inner, child->first, styler_rule(context->styler, ELEMENT_QR), box);
        else
            add_text(&inner, child, styler_rule(context->styler, ELEMENT_CAPTION), box);
    }
    bool picture = node->first && node->first->kind == DOC_IMAGE; /* others may have their caption beside */
    keep_with_note(context, box, node);
    if (rule->place == PLACE_SIDE && rule->has.width && picture)
        set_beside(context, box);
}

static void add_lines(const struct context *context, const struct doc_node *node, struct box *parent)
{
    const struct rule *rule = styler_rule(context->styler, ELEMENT_LINES);
    struct box *box = box_new(context, BOX_LINES, node, rule, parent);
    box->lines.count = node->lines.count;
    box->lines.pitch = rule->has.pitch ? rule->pitch : 2 * box->text->size;
    box->lines.pen = style_edge(rule->rule);
}

static void add_block(const struct context *context, const struct doc_node *node, struct box *parent)
{
    struct styler *styler = context->styler;
    switch ((int)node->kind) {
    case DOC_MASTHEAD: add_stack(context, node, styler_rule(styler, ELEMENT_MASTHEAD), parent); break;
    case DOC_SECTION:
        add_stack(context, node, styler_rule(styler, section_element(node->role)), parent);
        break;
    case DOC_HEADING: add_heading(context, node, parent); break;
    case DOC_PARAGRAPH: add_paragraph(context, node, parent); break;
    case DOC_LIST: add_list(context, node, parent); break;
    case DOC_QUOTE: add_stack(context, node, styler_rule(styler, ELEMENT_QUOTE), parent); break;
    case DOC_CALLOUT: add_callout(context, node, parent); break;
    case DOC_CODE_BLOCK: add_code(context, node, parent); break;
    case DOC_TABLE:
        if (node->role == ROLE_FIELDS)
            add_fields(context, node, parent);
        else
            add_table(context, node, parent);
        break;
    case DOC_FIGURE:
        if (node->parent && node->parent->kind == DOC_MASTHEAD)
            add_logo(context, node->first, parent);
        else
            add_figure(context, node, parent);
        break;
    case DOC_LINES: add_lines(context, node, parent); break;
    case DOC_RULE: box_new(context, BOX_RULE, node, styler_rule(styler, ELEMENT_RULE), parent); break;
    case DOC_PAGE_BREAK: box_new(context, BOX_BREAK, node, styler_rule(styler, ELEMENT_TEXT), parent); break;
    default: break;
    }
}

static struct running_style running(struct styler *styler, const struct text_style *base,
    enum element element, const struct running_rule *texts)
{
    const struct rule *rule = styler_rule(styler, element);
    return (struct running_style){
        .left = texts->left,
        .center = texts->center,
        .right = texts->right,
        .left_pos = texts->left_pos,
        .center_pos = texts->center_pos,
        .right_pos = texts->right_pos,
        .text = style_text(styler, base, rule, COLOR_WHITE),
        .rule = style_edge(rule->rule),
        .distance = texts->distance,
        .first_page = texts->first_page,
    };
}

struct box_tree *cascade(struct arena *arena, struct diags *diags, const struct stylesheet *sheet,
    struct fontset *fontset, struct shelf *shelf, const struct document *document, double tightness)
{
    struct styler styler = {.arena = arena,
        .diags = diags,
        .sheet = sheet,
        .fontset = fontset,
        .shelf = shelf,
        .tightness = tightness};
    const struct text_style *base =
        style_text(&styler, NULL, styler_rule(&styler, ELEMENT_TEXT), COLOR_WHITE);
    static const struct rule plain = {.size = 0};
    bool good = base->font != NULL;
    struct box_tree *tree = ARENA_NEW(arena, struct box_tree);
    struct box *root = ARENA_NEW(arena, struct box);
    struct context context = {.styler = &styler,
        .document = document,
        .text = base,
        .align = ALIGN_LEFT,
        .background = COLOR_WHITE,
        .headings_beside = true,
        .good = &good};
    if (!good)
        return NULL;
    root->kind = BOX_STACK;
    root->tag = document->root;
    root->style = style_box(&styler, &plain, ALIGN_LEFT);
    root->text = base;
    add_blocks(&context, document->root, root);
    tree->root = root;
    tree->page = style_page(&styler);
    tree->header = running(&styler, base, ELEMENT_HEADER, &sheet->header);
    tree->footer = running(&styler, base, ELEMENT_FOOTER, &sheet->footer);
    return good ? tree : NULL;
}
