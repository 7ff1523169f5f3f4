#include "design/legible.h"

#include "base/utf8.h"
#include "design/compute.h"
#include "design/origin.h"

#include <math.h>
#include <string.h>

/* Something wrong, with all the elements that share it. */
struct finding {
    enum check_rule rule;
    enum check_severity severity;
    struct pos pos;             /* in the style sheet; source NULL if it says nothing */
    const char *before, *after; /* what is said around the names of the elements */
    double wanted;              /* for contrast: what the most demanding of the texts needs */
    struct pos reported;        /* the same, or else in the document */
    VEC(const char *) elements; /* names */
    size_t page;                /* the first on which it is seen; 0 = not known */
};

/* What decides whether a contrast is enough. */
struct contrast {
    struct color ink, behind;
    bool large;
};

struct legible {
    struct check *check;
    const struct stylesheet *sheet;
    double body_size;
    int body_weight;
    VEC(struct contrast) clear; /* those that were enough: a handout has few that differ */
    VEC(struct finding) findings;
};

/* A text, or a mark in a text's color. */
struct subject {
    const struct site *site;
    const struct doc_node *tag; /* the inline, or NULL for what the program adds to a block */
    const struct text_style *style;
    struct pos pos; /* in the document */
};

/* -- findings */

/* The finding that says the same already, or a new one. */
static struct finding *finding_like(
    struct legible *legible, const struct finding *wanted, struct pos in_document)
{
    for (size_t i = 0; i < legible->findings.n; i++) {
        struct finding *known = &legible->findings.at[i];
        if (known->rule == wanted->rule && known->pos.source == wanted->pos.source &&
            known->pos.offset == wanted->pos.offset && strcmp(known->after, wanted->after) == 0)
            return known;
    }
    vec_push(legible->check->arena, &legible->findings, *wanted);
    struct finding *finding = &legible->findings.at[legible->findings.n - 1];
    finding->reported = wanted->pos.source ? wanted->pos : in_document;
    return finding;
}

/* The page on which a text shows, 0 = not known. */
static size_t page_of(const struct legible *legible, const struct subject *subject)
{
    const struct doc_node *node = subject->tag ? subject->tag : subject->site->box->tag;
    return node && legible->check->pages ? legible->check->pages[node->id] : 0;
}

/* Notes something wrong with a text: once for all texts that are wrong for the same reason. */
static void find(struct legible *legible, const struct subject *subject, const struct finding *wanted)
{
    struct finding *finding = finding_like(legible, wanted, subject->pos);
    if (wanted->severity > finding->severity)
        finding->severity = wanted->severity;
    finding->wanted = fmax(finding->wanted, wanted->wanted);
    size_t page = page_of(legible, subject);
    if (page && (!finding->page || page < finding->page))
        finding->page = page;
    const char *name = origin_name(subject->site, subject->tag);
    for (size_t i = 0; i < finding->elements.n; i++)
        if (finding->elements.at[i] == name)
            return;
    vec_push(legible->check->arena, &finding->elements, name);
}

/* "'paragraph'", "'paragraph' and 'link'", "'paragraph', 'link' and others": not how many, so that handouts
 * that share a style say the same, and it is told once. */
static const char *element_names(const struct legible *legible, const struct finding *finding)
{
    struct arena *arena = legible->check->arena;
    const char *const *names = finding->elements.at;
    if (finding->elements.n == 1)
        return arena_printf(arena, "'%s'", names[0]);
    if (finding->elements.n == 2)
        return arena_printf(arena, "'%s' and '%s'", names[0], names[1]);
    return arena_printf(arena, "'%s', '%s' and others", names[0], names[1]);
}

static void report(const struct legible *legible)
{
    for (size_t i = 0; i < legible->findings.n; i++) {
        const struct finding *finding = &legible->findings.at[i];
        const char *wanted = "", *page = "";
        if (finding->page)
            page = arena_printf(legible->check->arena, "; first on page %zu", finding->page);
        if (finding->wanted > 0)
            wanted = arena_printf(legible->check->arena, ", and should have at least %s",
                check_number(legible->check, finding->wanted));
        check_find_as(legible->check, finding->rule, finding->severity, finding->reported, "%s%s%s%s%s",
            finding->before, element_names(legible, finding), finding->after, wanted, page);
    }
}

/* A measured value, rounded down, so that what is too little never looks like enough. */
static const char *shown(const struct legible *legible, double value)
{
    struct buf out = {0};
    buf_number(&out, floor(value * 100 + 1e-4) / 100, 2);
    const char *text = str_dup(legible->check->arena, buf_slice(&out));
    buf_free(&out);
    return text;
}

/* As check_judge, for values that must reach a limit, and do if only the last bits are missing. */
static enum check_severity judge_least(
    const struct legible *legible, enum check_rule rule, double value, double *bound)
{
    return check_judge(legible->check, rule, value + 1e-6, bound);
}

/* -- contrast */

struct ink {
    struct color color;
    enum element element; /* whose rule names it; NONE: the first around the text that asks for it */
    const char *property; /* that names it there */
    bool large;           /* large text, or a mark */
    bool unused;          /* it is asked for, but another one is printed in its place */
};

/* How much of the contrast that is asked for is enough for large text: 3:1 for 4.5:1 (WCAG 2.1, 1.4.3), 4.5:1
 * for 7:1 (1.4.6). Marks are treated alike; for them 3:1 is enough (1.4.11). */
static double large_share(double limit)
{
    return limit >= 7 ? 4.5 / 7 : 3 / 4.5;
}

/* Where the style sheet names a color. */
static struct pos ink_pos(const struct legible *legible, const struct subject *subject, const struct ink *ink)
{
    if (ink->element == ELEMENT_NONE)
        return origin_find(subject->site, subject->tag, subject->style, PROPERTY_COLOR).pos;
    return stylesheet_color_pos(legible->sheet, ink->element, ink->property);
}

/* A contrast is made by two words of the style sheet. The one that the sheet says itself, and does not only
 * have from what it extends, is likely the one to change. */
static struct pos contrast_pos(const struct legible *legible, const struct subject *subject,
    const struct ink *ink, const struct backdrop *behind)
{
    const struct source *own = legible->sheet->source;
    struct pos fill = {0}, color = ink_pos(legible, subject, ink);
    if (behind->element != ELEMENT_NONE)
        fill = stylesheet_color_pos(legible->sheet, behind->element, behind->property);
    bool blame_fill = fill.source && (!color.source || (fill.source == own && color.source != own));
    return blame_fill ? fill : color;
}

static bool find_contrast(struct legible *legible, const struct subject *subject, const struct ink *ink,
    enum check_rule rule, double contrast)
{
    const struct check *check = legible->check;
    double share = ink->large ? large_share(check_limit(check, rule)) : 1, bound;
    enum check_severity severity = judge_least(legible, rule, contrast / share, &bound);
    if (severity == CHECK_OFF)
        return false;
    struct backdrop behind = origin_backdrop(subject->site);
    struct color color = ink->color, back = behind.color;
    const char *where = rule == CHECK_CONTRAST_GRAY ? " in a gray copy" : "";
    struct color used = subject->style->color;
    const char *instead =
        ink->unused
            ? arena_printf(check->arena, ", so that #%02x%02x%02x is printed instead", used.r, used.g, used.b)
            : "";
    const char *after =
        arena_printf(check->arena, ", #%02x%02x%02x on #%02x%02x%02x, has%s a contrast of %s%s", color.r,
            color.g, color.b, back.r, back.g, back.b, where, shown(legible, contrast), instead);
    struct finding finding = {.rule = rule,
        .severity = severity,
        .pos = contrast_pos(legible, subject, ink, &behind),
        .before = "the color of ",
        .after = after,
        .wanted = bound * share};
    find(legible, subject, &finding);
    return true;
}

static bool is_clear(const struct legible *legible, const struct contrast *contrast)
{
    for (size_t i = 0; i < legible->clear.n; i++) {
        const struct contrast *clear = &legible->clear.at[i];
        if (color_eq(clear->ink, contrast->ink) && color_eq(clear->behind, contrast->behind) &&
            clear->large == contrast->large)
            return true;
    }
    return false;
}

/* In color; and, where that is enough, in gray. */
static void judge_contrast(struct legible *legible, const struct subject *subject, const struct ink *ink)
{
    struct color color = ink->color, behind = origin_backdrop(subject->site).color;
    const struct contrast contrast = {color, behind, ink->large};
    if (is_clear(legible, &contrast) ||
        find_contrast(legible, subject, ink, CHECK_CONTRAST_LOW, color_contrast(color, behind)) ||
        find_contrast(legible, subject, ink, CHECK_CONTRAST_GRAY,
            color_contrast(color_gray(color), color_gray(behind))))
        return;
    vec_push(legible->check->arena, &legible->clear, contrast);
}

/* Where the color that the style sheet asks for is too faint, that of the text around is printed in its place
 * (design/compute.c). Whoever chose it should know; but not where light text on a dark panel is meant to
 * take other colors with it, or where a color meets a panel of itself. */
static void judge_asked(struct legible *legible, const struct subject *subject, bool large)
{
    const struct color black = {0, 0, 0}, used = subject->style->color;
    struct backdrop behind = origin_backdrop(subject->site);
    struct asked asked = origin_asked(subject->site, subject->tag);
    if (asked.element == ELEMENT_NONE || color_eq(asked.color, used) || color_eq(asked.color, behind.color))
        return;
    bool reversed = color_contrast(used, black) > color_contrast(behind.color, black);
    if (reversed && behind.element != asked.element)
        return;
    struct ink ink = {asked.color, asked.element, asked.property, large, true};
    judge_contrast(legible, subject, &ink);
}

/* Bullets, boxes to tick, blanks, people: what is drawn in a text's color. */
static void judge_mark(struct legible *legible, const struct subject *subject, struct color color)
{
    struct ink ink = {.color = color, .element = ELEMENT_NONE, .large = true};
    judge_contrast(legible, subject, &ink);
}

/* -- one text */

/* Running text in the narrow sense: not the masthead's labels, sources, or the imprint. */
static bool is_body(const struct site *site)
{
    const struct doc_node *node = site->box->tag;
    if (!node || site->sources)
        return false;
    if (node->kind == DOC_PARAGRAPH)
        return node->role == ROLE_NONE || node->role == ROLE_PURPOSE;
    return node->kind == DOC_ITEM || node->kind == DOC_CELL;
}

/* One finding for one size: by the rule that asks for more. */
static enum check_rule size_rule(const struct check *check, const struct site *site)
{
    bool small = check_is_on(check, CHECK_TYPE_SMALL), tiny = check_is_on(check, CHECK_TYPE_TINY);
    if (!is_body(site) || !small)
        return CHECK_TYPE_TINY;
    bool more = check_limit(check, CHECK_TYPE_SMALL) >= check_limit(check, CHECK_TYPE_TINY);
    return !tiny || more ? CHECK_TYPE_SMALL : CHECK_TYPE_TINY;
}

static void judge_size(struct legible *legible, const struct subject *subject)
{
    const struct check *check = legible->check;
    const struct text_style *style = subject->style;
    enum check_rule rule = size_rule(check, subject->site);
    double bound;
    enum check_severity severity = judge_least(legible, rule, style->size, &bound);
    if (severity == CHECK_OFF)
        return;
    const char *after = arena_printf(check->arena, " is %s pt, and should be at least %s pt",
        shown(legible, style->size), check_number(check, bound));
    struct finding finding = {.rule = rule,
        .severity = severity,
        .pos = origin_find(subject->site, subject->tag, style, PROPERTY_SIZE).pos,
        .before = "the text of ",
        .after = after};
    find(legible, subject, &finding);
}

static void judge_text(struct legible *legible, const struct subject *subject)
{
    const struct text_style *style = subject->style;
    struct ink ink = {.color = style->color, .element = ELEMENT_NONE, .large = style_is_large(style)};
    judge_size(legible, subject);
    judge_contrast(legible, subject, &ink);
    judge_asked(legible, subject, ink.large);
}

/* Text of more than a line, but for headings. */
static bool is_running(const struct doc_node *node)
{
    if (node->kind == DOC_PARAGRAPH)
        return node->role != ROLE_CLINIC && node->role != ROLE_CONTACT && node->role != ROLE_STATE;
    return node->kind == DOC_CELL || node->kind == DOC_CAPTION;
}

static void judge_leading(struct legible *legible, const struct subject *subject)
{
    const struct text_style *style = subject->style;
    const struct box *box = subject->site->box;
    if (style->size <= 0 || !is_running(box->tag))
        return;
    double value = fmax(style->leading, box->text->leading) / style->size, bound;
    enum check_severity severity = judge_least(legible, CHECK_LEADING_LOW, value, &bound);
    if (severity == CHECK_OFF)
        return;
    const char *after =
        arena_printf(legible->check->arena, " is %s times the size, and should be at least %s times",
            shown(legible, value), shown(legible, bound));
    struct finding finding = {.rule = CHECK_LEADING_LOW,
        .severity = severity,
        .pos = origin_find(subject->site, subject->tag, style, PROPERTY_LEADING).pos,
        .before = "the leading of ",
        .after = after};
    find(legible, subject, &finding);
}

/* -- a block of text */

static struct subject block_subject(const struct site *site)
{
    return (struct subject){site, NULL, site->box->text, site->box->tag->pos};
}

/* The masthead is a title, which may be centered; columns of a table are aligned by their author. */
static void judge_align(struct legible *legible, const struct site *site)
{
    const struct box *box = site->box;
    bool centered = box->style->align == ALIGN_CENTER;
    if (box->tag->kind != DOC_PARAGRAPH || site->masthead || !(centered || box->style->align == ALIGN_RIGHT))
        return;
    struct subject subject = block_subject(site);
    struct finding finding = {.rule = CHECK_JUSTIFIED,
        .severity = legible->check->settings[CHECK_JUSTIFIED].severity,
        .pos = origin_align(site),
        .before = "the lines of ",
        .after = centered ? " are centered" : " are aligned right"};
    find(legible, &subject, &finding);
}

/* The limit is for headings of level 1 and 2. Deeper ones have less to part: they must be larger than the
 * text, or bolder and no smaller. */
static void judge_heading(struct legible *legible, const struct site *site)
{
    enum { DEEP = 3 };
    const struct check *check = legible->check;
    const struct text_style *style = site->box->text;
    double over = style->size - legible->body_size, bound;
    enum check_severity severity = judge_least(legible, CHECK_HEADING_SMALL, over, &bound);
    if (severity == CHECK_OFF)
        return;
    const char *after = " is neither larger nor bolder than the text";
    bool deep = site->box->tag->heading.level >= DEEP;
    if (deep && (over > 0 || (over >= 0 && style->font->weight > legible->body_weight)))
        return;
    if (!deep)
        after = arena_printf(check->arena, " is %s pt beside text of %s pt, and should be at least %s pt",
            shown(legible, style->size), shown(legible, legible->body_size),
            check_number(check, legible->body_size + bound));
    struct subject subject = block_subject(site);
    struct finding finding = {.rule = CHECK_HEADING_SMALL,
        .severity = severity,
        .pos = origin_find(site, NULL, style, PROPERTY_SIZE).pos,
        .before = "the type of ",
        .after = after};
    find(legible, &subject, &finding);
}

/* -- italics */

/* Words in a row in an italic face. */
struct italics {
    size_t words;
    bool in_word;            /* the last one may go on in the next run */
    const struct run *first; /* NULL: there are none */
};

static bool is_space(uint32_t c)
{
    enum { NO_BREAK_SPACE = 0xA0, FIRST_SPACE = 0x2000, LAST_SPACE = 0x200A, NARROW_SPACE = 0x202F };
    return (c < 0x80 && ascii_is_space((int)c)) || c == NO_BREAK_SPACE || c == NARROW_SPACE ||
           (c >= FIRST_SPACE && c <= LAST_SPACE);
}

/* Is it part of a word, not just a sign between words? */
static bool is_letter(uint32_t c)
{
    enum { LATIN_LETTERS = 0xC0, FIRST_SIGN = 0x2000, LAST_SIGN = 0x2BFF };
    if (c < 0x80)
        return ascii_is_alpha((int)c) || ascii_is_digit((int)c);
    return c >= LATIN_LETTERS && !(c >= FIRST_SIGN && c <= LAST_SIGN);
}

static void count_words(struct italics *italics, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (is_space(c)) {
            italics->in_word = false;
        } else if (is_letter(c) && !italics->in_word) {
            italics->words++;
            italics->in_word = true;
        }
    }
}

/* Judges the words so far, and begins anew. An author's italics are an author's matter; others the style
 * sheet's. */
static void end_italics(struct legible *legible, const struct site *site, struct italics *italics)
{
    const struct check *check = legible->check;
    const struct run *run = italics->first;
    size_t words = italics->words;
    *italics = (struct italics){0};
    double bound;
    enum check_severity severity = check_judge(check, CHECK_ITALIC_RUN, (double)words, &bound);
    if (!run || severity == CHECK_OFF)
        return;
    struct origin origin = origin_find(site, run->tag, run->style, PROPERTY_SLANT);
    if (origin.node && origin.node->kind == DOC_EMPHASIS) {
        check_find_as(legible->check, CHECK_ITALIC_RUN, severity, origin.node->pos,
            "%zu words in a row in italics; %s at most", words, check_number(check, bound));
        return;
    }
    struct subject subject = {site, run->tag, run->style, run->tag->pos};
    struct finding finding = {.rule = CHECK_ITALIC_RUN,
        .severity = severity,
        .pos = origin.pos,
        .before = "the text of ",
        .after = arena_printf(check->arena, " is set in italics, which are for %s words in a row at most",
            check_number(check, bound))};
    find(legible, &subject, &finding);
}

static void judge_italics(struct legible *legible, const struct site *site)
{
    struct italics italics = {0};
    for (size_t i = 0; i < site->box->para.n; i++) {
        const struct run *run = &site->box->para.runs[i];
        bool space = run->kind == RUN_BREAK || (run->kind == RUN_TEXT && !str_trim(run->text).n);
        if (space) {
            italics.in_word = false;
        } else if (run->kind == RUN_TEXT && run->style->font->italic) {
            italics.first = italics.first ? italics.first : run;
            count_words(&italics, run->text);
        } else {
            end_italics(legible, site, &italics);
        }
    }
    end_italics(legible, site, &italics);
}

/* -- the walk */

static void judge_block(struct legible *legible, const struct site *site)
{
    const struct box *box = site->box;
    for (size_t i = 0; i < box->para.n; i++) {
        const struct run *run = &box->para.runs[i];
        struct subject subject = {site, run->tag, run->style, run->tag->pos};
        if (run->kind == RUN_BLANK)
            judge_mark(legible, &subject, run->style->color);
        if (run->kind != RUN_TEXT || !str_trim(run->text).n)
            continue;
        judge_text(legible, &subject);
        judge_leading(legible, &subject);
    }
    if (!box->para.n)
        return;
    judge_italics(legible, site);
    judge_align(legible, site);
    if (box->tag->kind == DOC_HEADING)
        judge_heading(legible, site);
}

static void judge_marker(struct legible *legible, const struct site *site)
{
    struct subject subject = block_subject(site);
    if (site->box->item.marker == MARKER_TEXT) {
        judge_text(legible, &subject);
        return;
    }
    bool own = legible->sheet->rules[ELEMENT_ITEM].has.label_color;
    struct ink ink = {site->box->item.color, own ? ELEMENT_ITEM : ELEMENT_NONE, "label-color", true, false};
    judge_contrast(legible, &subject, &ink);
}

static void judge_people(struct legible *legible, const struct site *site)
{
    struct subject subject = block_subject(site);
    judge_mark(legible, &subject, site->box->people.color);
    judge_asked(legible, &subject, true);
}

static void judge_box(struct legible *legible, const struct site *site)
{
    switch ((int)site->box->kind) {
    case BOX_TEXT:
    case BOX_CODE: judge_block(legible, site); break;
    case BOX_ITEM: judge_marker(legible, site); break;
    case BOX_PEOPLE: judge_people(legible, site); break;
    default: break;
    }
}

static bool is_notice(const struct box *box)
{
    return box->tag && box->tag->kind == DOC_SECTION && box->tag->role == ROLE_NOTICE;
}

static void walk(struct legible *legible, const struct site *outer, const struct box *box);

/* A cell as it looks in a labeled row, where that differs from its look in columns, which is judged anyway.
 */
static void walk_labeled(
    struct legible *legible, const struct site *row, const struct box *cell, const struct text_style *plain)
{
    if (!color_eq(cell->text->color, plain->color) || cell->text->size != plain->size)
        walk(legible, row, cell);
}

static void walk_labels(struct legible *legible, const struct site *table, const struct box *box)
{
    const struct box *labels = box->table.labels;
    if (!labels)
        return;
    struct site site = origin_site(legible->sheet, table, labels);
    for (const struct box *label = labels->first; label; label = label->next)
        walk_labeled(legible, &site, label, labels->text);
}

/* The tree is as deep as the document, whose depth is bounded (content/markdown.h). */
static void walk(struct legible *legible, const struct site *outer, const struct box *box)
{
    if (is_notice(box))
        return;
    struct site site = origin_site(legible->sheet, outer, box);
    judge_box(legible, &site);
    if (box->kind == BOX_TABLE)
        walk_labels(legible, &site, box);
    if (box->kind == BOX_ROW && box->row.title)
        walk_labeled(legible, &site, box->row.title, box->text);
    size_t body_rows = 0;
    for (const struct box *child = box->first; child; child = child->next) {
        struct site around = site;
        bool body_row = box->kind == BOX_TABLE && !child->row.header;
        if (body_row && body_rows++ % 2 == 1 && box->table.has_stripe)
            around.behind = (struct backdrop){box->table.stripe, site.element, "stripe"};
        walk(legible, &around, child);
    }
}

static void judge_running(struct legible *legible, const struct running_style *running, enum element element)
{
    if (!running->text || (!running->left.n && !running->center.n && !running->right.n))
        return;
    struct box box = {.kind = BOX_TEXT, .rule = &legible->sheet->rules[element], .text = running->text};
    struct site site = origin_site(legible->sheet, NULL, &box);
    struct subject subject = {&site, NULL, running->text, running->left_pos};
    judge_text(legible, &subject);
}

void legible_check(struct check *check, const struct stylesheet *sheet, const struct box_tree *boxes)
{
    struct legible legible = {.check = check, .sheet = sheet};
    const struct rule *paragraph = &sheet->rules[ELEMENT_PARAGRAPH];
    if (boxes->root) {
        legible.body_size = paragraph->has.size ? paragraph->size : boxes->root->text->size;
        legible.body_weight = boxes->root->text->font->weight;
        walk(&legible, NULL, boxes->root);
    }
    judge_running(&legible, &boxes->header, ELEMENT_HEADER);
    judge_running(&legible, &boxes->footer, ELEMENT_FOOTER);
    report(&legible);
}
