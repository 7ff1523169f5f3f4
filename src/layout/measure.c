#include "layout/measure.h"

#include "base/utf8.h"

#include <math.h>

/* A line of running text as it stands on a page. */
struct line {
    const struct doc_node *block; /* NULL: none yet */
    double y;
    size_t characters, spaces;  /* in all; at the end */
    const struct item *longest; /* of its pieces: to find its place in the source */
};

/* The long lines of a section. */
struct section {
    const struct doc_node *node;
    size_t lines;
    struct line longest;
};

struct measure {
    struct check *check;
    struct line line; /* being put together */
    VEC(struct section) sections;
};

/* The paragraph of running text that an inline stands in, or NULL. */
static const struct doc_node *running_block(const struct doc_node *node)
{
    if (node && node->kind == DOC_IMAGE)
        return NULL; /* words within a drawing */
    node = doc_block(node);
    if (!node || node->kind != DOC_PARAGRAPH || node->role == ROLE_CLINIC || node->role == ROLE_CONTACT ||
        node->role == ROLE_STATE)
        return NULL;
    return doc_is_within(node, ROLE_NOTICE) ? NULL : node;
}

static const struct doc_node *section_of(const struct doc_node *node)
{
    while (node->parent && node->kind != DOC_SECTION && node->kind != DOC_MASTHEAD)
        node = node->parent;
    return node;
}

static size_t spaces_at_end(struct str text)
{
    size_t spaces = 0;
    while (spaces < text.n && text.p[text.n - 1 - spaces] == ' ')
        spaces++;
    return spaces;
}

/* -- lines */

static void note_long_line(struct measure *measure, const struct line *line)
{
    const struct doc_node *node = section_of(line->block);
    size_t at = 0;
    while (at < measure->sections.n && measure->sections.at[at].node != node)
        at++;
    if (at == measure->sections.n)
        vec_push(measure->check->arena, &measure->sections, (struct section){.node = node});
    struct section *section = &measure->sections.at[at];
    section->lines++;
    if (line->characters > section->longest.characters)
        section->longest = *line;
}

static void end_line(struct measure *measure)
{
    struct line line = measure->line;
    measure->line = (struct line){0};
    double bound;
    if (!line.block)
        return;
    line.characters -= line.spaces;
    if (check_judge(measure->check, CHECK_LINE_LONG, (double)line.characters, &bound) != CHECK_OFF)
        note_long_line(measure, &line);
}

static void add_item(struct measure *measure, const struct item *item)
{
    const double same = 0.01; /* points: baselines nearer than that are one */
    const struct doc_node *block = running_block(item->tag);
    struct line *line = &measure->line;
    if (!block)
        return;
    if (line->block != block || fabs(line->y - item->y) > same)
        end_line(measure);
    struct str text = item->text.text;
    size_t spaces = spaces_at_end(text);
    line->block = block;
    line->y = item->y;
    line->characters += utf8_length(text);
    line->spaces = spaces == text.n ? line->spaces + spaces : spaces;
    if (!line->longest || text.n > line->longest->text.text.n)
        line->longest = item;
}

/* -- findings */

/* Where a line stands in the source, as far as that can be told from its longest piece. */
static struct pos line_pos(const struct measure *measure, const struct line *line)
{
    const struct doc_node *node = line->longest->tag;
    struct str text = str_trim(line->longest->text.text);
    if (node->kind != DOC_TEXT)
        return node->pos;
    size_t from = str_find(node->text, str_dup(measure->check->arena, text), 0);
    return from == SIZE_MAX ? node->pos : doc_text_pos(node, from, from + text.n);
}

static void report(const struct measure *measure, const struct section *section)
{
    struct check *check = measure->check;
    const struct line *longest = &section->longest;
    double bound;
    enum check_severity severity = check_judge(check, CHECK_LINE_LONG, (double)longest->characters, &bound);
    const char *most = check_number(check, bound);
    struct pos pos = line_pos(measure, longest);
    if (section->lines == 1)
        check_find_as(check, CHECK_LINE_LONG, severity, pos, "a printed line has %zu characters; %s at most",
            longest->characters, most);
    else
        check_find_as(check, CHECK_LINE_LONG, severity, pos,
            "%zu printed lines of this section are too long, the longest with %zu characters; %s at most",
            section->lines, longest->characters, most);
}

void measure_check(struct check *check, const struct pages *pages)
{
    struct measure measure = {.check = check};
    for (size_t i = 0; i < pages->n; i++) {
        for (size_t k = 0; k < pages->at[i].item_count; k++)
            if (pages->at[i].items[k].kind == ITEM_TEXT)
                add_item(&measure, &pages->at[i].items[k]);
        end_line(&measure);
    }
    for (size_t i = 0; i < measure.sections.n; i++)
        report(&measure, &measure.sections.at[i]);
}
