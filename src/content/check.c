#include "content/check.h"

#include "content/check_parts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static size_t end_of(struct pos pos)
{
    return pos.offset + pos.length;
}

/* -- findings */

static enum severity severity_of(enum check_severity severity)
{
    switch (severity) {
    case CHECK_ERROR: return SEVERITY_ERROR;
    case CHECK_WARNING: return SEVERITY_WARNING;
    case CHECK_OFF:
    case CHECK_NOTE: break;
    }
    return SEVERITY_NOTE;
}

/* The group of a rule in a source, or NULL. */
static struct allowance_group *group_of(
    const struct check *check, enum check_rule rule, const struct source *source)
{
    for (size_t i = 0; i < check->groups.n; i++)
        if (check->groups.at[i].rule == rule && check->groups.at[i].source == source)
            return &check->groups.at[i];
    return NULL;
}

/* The allowance that silences a rule at a place, or NULL. How far a group reaches can only grow, so that the
 * first one that reaches beyond the place is the first one that holds there, if any does. */
static struct allowance *find_allowance(const struct check *check, enum check_rule rule, struct pos pos)
{
    const struct allowance_group *group = group_of(check, rule, pos.source);
    size_t low = 0, high = group ? group->members.n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (check->allowances.at[group->members.at[middle]].reach <= pos.offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (!group || low == group->members.n)
        return NULL;
    struct allowance *allowance = &check->allowances.at[group->members.at[low]];
    return pos.offset >= allowance->pos.offset ? allowance : NULL;
}

/* Nothing is said where the severity is off. */
static void put(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *message)
{
    const struct check_rule_text *text = &CHECK_RULE_TEXTS[rule];
    if (severity == CHECK_OFF)
        return;
    if (text->fix[0])
        message = arena_printf(check->arena, "%s (%s)", message, text->fix);
    diag_of_rule(check->diags, severity_of(severity), pos, text->code, text->reason, text->basis, message);
}

static void find(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *message)
{
    if (!check_is_on(check, rule))
        return;
    struct allowance *allowance = find_allowance(check, rule, pos);
    if (!allowance) {
        put(check, rule, severity, pos, message);
        return;
    }
    allowance->used = true;
    put(check, CHECK_CHECK_ALLOWED, check->settings[CHECK_CHECK_ALLOWED].severity, pos,
        arena_printf(check->arena, "%s is allowed here: %.*s", CHECK_RULE_TEXTS[rule].code,
            STR_FMT(allowance->reason)));
}

static const char *format_message(const struct check *check, const char *format, va_list list)
{
    struct str text = str_vprintf(check->arena, format, list);
    return text.p;
}

void check_find(struct check *check, enum check_rule rule, struct pos pos, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    find(check, rule, check->settings[rule].severity, pos, format_message(check, format, list));
    va_end(list);
}

void check_find_as(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *format, ...)
{
    va_list list;
    va_start(list, format);
    find(check, rule, severity, pos, format_message(check, format, list));
    va_end(list);
}

bool check_is_on(const struct check *check, enum check_rule rule)
{
    return check->settings[rule].severity != CHECK_OFF;
}

double check_limit(const struct check *check, enum check_rule rule)
{
    return check->settings[rule].limit;
}

static bool is_beyond(enum check_measure measure, double value, double bound)
{
    return measure == CHECK_MEASURE_MOST ? value > bound : value < bound;
}

enum check_severity check_judge(const struct check *check, enum check_rule rule, double value, double *bound)
{
    const struct check_setting *setting = &check->settings[rule];
    enum check_measure measure = CHECK_RULE_TEXTS[rule].measure;
    *bound = setting->limit;
    if (setting->severity == CHECK_OFF)
        return CHECK_OFF;
    if (is_beyond(measure, value, setting->limit))
        return setting->severity;
    if (!setting->has_warn || !is_beyond(measure, value, setting->warn))
        return CHECK_OFF;
    *bound = setting->warn;
    return setting->severity < CHECK_WARNING ? setting->severity : CHECK_WARNING;
}

void check_count(struct check *check, enum check_rule rule, size_t count, struct pos pos, const char *what)
{
    double bound;
    enum check_severity severity = check_judge(check, rule, (double)count, &bound);
    if (severity != CHECK_OFF)
        check_find_as(
            check, rule, severity, pos, "%zu %s; %s at most", count, what, check_number(check, bound));
}

struct pos check_whole_pos(const struct check *check)
{
    if (check->edition)
        return check->edition->pos;
    struct pos pos = check->document->root->pos;
    pos.length = 0;
    return pos;
}

int check_month(const struct check *check, struct str word)
{
    for (int i = 0; i < 12; i++)
        if (str_eq(word, check->document->words->months[i]))
            return i + 1;
    return 0;
}

static const char *format_number(const struct check *check, double value, int decimals)
{
    struct buf out = {0};
    buf_number(&out, value, decimals);
    const char *text = str_dup(check->arena, buf_slice(&out));
    buf_free(&out);
    return text;
}

const char *check_number(const struct check *check, double value)
{
    return format_number(check, value, 2);
}

const char *check_measured(const struct check *check, double value, double bound)
{
    enum { MOST_DECIMALS = 5 };
    const char *limit = check_number(check, bound), *text = format_number(check, value, 1);
    for (int decimals = 2; decimals <= MOST_DECIMALS && strcmp(text, limit) == 0; decimals++)
        text = format_number(check, value, decimals);
    return text;
}

/* -- remarks */

/* What remarks may stand in or before, and the section asked for last, as many remarks may stand before one
 * heading. */
struct scopes {
    const struct doc_node *root;
    VEC(const struct doc_node *) blocks; /* by source and place */
    const struct doc_node *heading;      /* or NULL */
    size_t heading_end;
};

static int compare(uintptr_t a, uintptr_t b)
{
    return (a > b) - (a < b);
}

/* By source, in whatever order; then by place; then as in the document. */
static int compare_blocks(const void *left, const void *right)
{
    const struct doc_node *a = *(const struct doc_node *const *)left,
                          *b = *(const struct doc_node *const *)right;
    int sources = compare((uintptr_t)a->pos.source, (uintptr_t)b->pos.source);
    int places = compare(a->pos.offset, b->pos.offset);
    return sources ? sources : places ? places : compare(a->id, b->id);
}

static struct scopes gather_scopes(const struct check *check)
{
    const struct doc_node *root = check->document->root;
    struct scopes scopes = {.root = root};
    for (const struct doc_node *node = root; node && check->document->remarks.n; node = doc_next(node, root))
        if (node->pos.source && node != root && node->kind != DOC_SECTION && node->kind != DOC_LABEL &&
            !doc_is_inline(node->kind))
            vec_push(check->arena, &scopes.blocks, node);
    if (scopes.blocks.n)
        qsort(scopes.blocks.at, scopes.blocks.n, sizeof *scopes.blocks.at, compare_blocks);
    return scopes;
}

/* The block that a remark stands in, or else the first one behind it; NULL at the end of the file. */
static const struct doc_node *block_of(const struct scopes *scopes, struct pos remark)
{
    const struct doc_node key = {.id = UINT32_MAX, .pos = remark}, *place = &key;
    size_t low = 0, high = scopes->blocks.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_blocks(&scopes->blocks.at[middle], &place) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct doc_node *before = low ? scopes->blocks.at[low - 1] : NULL;
    const struct doc_node *behind = low < scopes->blocks.n ? scopes->blocks.at[low] : NULL;
    bool text = before && before->pos.source == remark.source &&
                (before->kind == DOC_PARAGRAPH || before->kind == DOC_HEADING || before->kind == DOC_CELL);
    if (text && remark.offset < end_of(before->pos))
        return before;
    return behind && behind->pos.source == remark.source ? behind : NULL;
}

/* Where the section under a heading ends: at the next heading that is not below it. */
static size_t section_end(struct scopes *scopes, const struct doc_node *heading)
{
    if (scopes->heading == heading)
        return scopes->heading_end;
    const struct doc_node *node = doc_next(heading, scopes->root);
    while (node && !(node->kind == DOC_HEADING && node->pos.source == heading->pos.source &&
                       node->heading.level <= heading->heading.level))
        node = doc_next(node, scopes->root);
    scopes->heading = heading;
    scopes->heading_end = node ? node->pos.offset : heading->pos.source->text.n;
    return scopes->heading_end;
}

static struct pos scope_of(struct scopes *scopes, struct pos remark)
{
    const struct doc_node *block = block_of(scopes, remark);
    if (!block)
        return remark;
    struct pos scope = block->pos;
    if (block->kind == DOC_HEADING)
        scope.length = section_end(scopes, block) - scope.offset;
    if (remark.offset < scope.offset) {
        scope.length += scope.offset - remark.offset;
        scope.offset = remark.offset;
    }
    return scope;
}

static void report_unknown(struct check *check, struct str code, struct pos pos)
{
    struct str near = check_rule_near(check->arena, code);
    if (near.n)
        check_find(check, CHECK_ALLOW_UNKNOWN, pos, "there is no rule '%.*s'; did you mean '%.*s'?",
            STR_FMT(code), STR_FMT(near));
    else
        check_find(check, CHECK_ALLOW_UNKNOWN, pos, "there is no rule '%.*s'", STR_FMT(code));
}

static void add_allowance(struct check *check, struct allowance allowance)
{
    struct allowance_group *group = group_of(check, allowance.rule, allowance.pos.source);
    if (!group) {
        vec_push(check->arena, &check->groups,
            (struct allowance_group){.rule = allowance.rule, .source = allowance.pos.source});
        group = &check->groups.at[check->groups.n - 1];
    }
    allowance.reach = end_of(allowance.pos);
    if (group->members.n) {
        size_t reach = check->allowances.at[group->members.at[group->members.n - 1]].reach;
        allowance.reach = reach > allowance.reach ? reach : allowance.reach;
    }
    vec_push(check->arena, &group->members, check->allowances.n);
    vec_push(check->arena, &check->allowances, allowance);
}

/* Cuts the first word off a text, and the white space around it. */
static struct str cut_word(struct str *rest)
{
    struct str text = str_trim(*rest);
    size_t end = 0;
    while (end < text.n && !ascii_is_space(text.p[end]))
        end++;
    *rest = str_trim(str_slice(text, end, text.n));
    return str_slice(text, 0, end);
}

/* Reads "check: allow RULE reason". */
static void read_remark(struct check *check, const struct doc_remark *remark, struct scopes *scopes)
{
    struct str reason = str_slice(remark->text, STR("check:").n, remark->text.n);
    struct str verb = cut_word(&reason), code = cut_word(&reason);
    enum check_rule rule = check_rule_of(code);
    if (!str_is(verb, "allow"))
        check_find(
            check, CHECK_ALLOW_UNKNOWN, remark->pos, "a remark can only 'allow', not '%.*s'", STR_FMT(verb));
    else if (!code.n)
        check_find(check, CHECK_ALLOW_UNKNOWN, remark->pos, "which rule is allowed is not said");
    else if (rule == CHECK_RULE_COUNT)
        report_unknown(check, code, remark->pos);
    else if (!reason.n)
        check_find(
            check, CHECK_ALLOW_REASON, remark->pos, "why '%.*s' is allowed is not said", STR_FMT(code));
    else
        add_allowance(check,
            (struct allowance){
                .rule = rule, .pos = scope_of(scopes, remark->pos), .remark = remark->pos, .reason = reason});
}

static struct check *begin(struct arena *arena, struct diags *diags, const struct profile *profile,
    const struct check_setting *settings, const struct document *document)
{
    struct check *check = ARENA_NEW(arena, struct check);
    check->arena = arena;
    check->diags = diags;
    check->profile = profile;
    check->settings = settings;
    check->document = document;
    struct scopes scopes = gather_scopes(check);
    for (size_t i = 0; i < document->remarks.n; i++)
        read_remark(check, &document->remarks.at[i], &scopes);
    return check;
}

struct check *check_new(struct arena *arena, struct diags *diags, const struct profile *profile,
    struct str style, const struct document *document)
{
    return begin(arena, diags, profile, profile_settings(profile, style), document);
}

struct check *check_new_of_looks(struct arena *arena, struct diags *diags, const struct profile *profile,
    struct str style, const struct document *document)
{
    static const enum check_rule ON_REMARKS[] = {
        CHECK_CHECK_ALLOWED, CHECK_ALLOW_UNKNOWN, CHECK_ALLOW_UNUSED, CHECK_ALLOW_REASON};
    struct check_setting *settings = ARENA_ARRAY(arena, struct check_setting, CHECK_RULE_COUNT);
    memcpy(settings, profile_settings(profile, style), sizeof profile->settings);
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        if (settings[i].severity == CHECK_ERROR)
            settings[i].severity = CHECK_WARNING;
    for (size_t i = 0; i < sizeof ON_REMARKS / sizeof *ON_REMARKS; i++)
        settings[ON_REMARKS[i]].severity = CHECK_OFF;
    return begin(arena, diags, profile, settings, document);
}

void check_content(struct check *check)
{
    struct str lang = check->document->lang;
    if (!check->lexicon)
        check_find(check, CHECK_LANGUAGE_UNJUDGED, check_whole_pos(check),
            "there is no '%.*s/check.yaml', so that the words of this language are not judged",
            STR_FMT(lang));
    check->prose = prose_new(check->arena, check->document, check->lexicon ? &check->lexicon->prose : NULL);
    check_reading(check);
    check_structure(check);
    check_wording(check);
    check_terms(check);
    check_numbers(check);
    check_sources(check);
    check_translation(check);
}

void check_end(struct check *check)
{
    for (size_t i = 0; i < check->allowances.n; i++) {
        const struct allowance *allowance = &check->allowances.at[i];
        if (!allowance->used && check_is_on(check, allowance->rule))
            check_find(check, CHECK_ALLOW_UNUSED, allowance->remark, "'%s' finds nothing here",
                CHECK_RULE_TEXTS[allowance->rule].code);
    }
}
