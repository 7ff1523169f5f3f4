#include "content/check.h"

#include "content/check_parts.h"

#include <stdarg.h>

#define RULE_TEXT(id, code, measure, fix, reason, basis)                                                     \
    [CHECK_##id] = {code, CHECK_MEASURE_##measure, fix, reason, basis},
const struct check_rule_text CHECK_RULE_TEXTS[CHECK_RULE_COUNT] = {CHECK_RULES(RULE_TEXT)};
#undef RULE_TEXT

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

static bool is_within(struct pos pos, struct pos range)
{
    return pos.source && pos.source == range.source && pos.offset >= range.offset &&
           pos.offset < range.offset + range.length;
}

/* The allowance that silences a rule at a place, or NULL. */
static struct allowance *find_allowance(struct check *check, enum check_rule rule, struct pos pos)
{
    for (size_t i = 0; i < check->allowances.n; i++)
        if (check->allowances.at[i].rule == rule && is_within(pos, check->allowances.at[i].pos))
            return &check->allowances.at[i];
    return NULL;
}

static void put(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *message)
{
    const struct check_rule_text *text = &CHECK_RULE_TEXTS[rule];
    if (text->fix[0])
        message = arena_printf(check->arena, "%s (%s)", message, text->fix);
    diag_of_rule(check->diags, severity_of(severity), pos, text->code, text->reason, text->basis, message);
}

static void find(struct check *check, enum check_rule rule, enum check_severity severity, struct pos pos,
    const char *message)
{
    if (severity == CHECK_OFF || !check_is_on(check, rule))
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
    return CHECK_WARNING;
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

const char *check_number(const struct check *check, double value)
{
    struct buf out = {0};
    buf_number(&out, value, 1);
    const char *text = str_dup(check->arena, buf_slice(&out));
    buf_free(&out);
    return text;
}

/* -- remarks */

/* The block that a remark stands in, or else the first one behind it; NULL at the end of the file. */
static const struct doc_node *block_of(const struct check *check, struct pos remark)
{
    const struct doc_node *root = check->document->root, *found = NULL;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        bool same = node->pos.source == remark.source && node != root && node->kind != DOC_SECTION;
        if (!same || doc_is_inline(node->kind) || node->kind == DOC_LABEL)
            continue;
        size_t end = node->pos.offset + node->pos.length;
        bool text = node->kind == DOC_PARAGRAPH || node->kind == DOC_HEADING || node->kind == DOC_CELL;
        if (text && node->pos.offset <= remark.offset && remark.offset < end)
            return node;
        if (node->pos.offset > remark.offset && (!found || node->pos.offset < found->pos.offset))
            found = node;
    }
    return found;
}

/* Where the section under a heading ends: at the next heading that is not below it. */
static size_t section_end(const struct check *check, const struct doc_node *heading)
{
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = doc_next(heading, root); node; node = doc_next(node, root))
        if (node->kind == DOC_HEADING && node->pos.source == heading->pos.source &&
            node->heading.level <= heading->heading.level)
            return node->pos.offset;
    return heading->pos.source->text.n;
}

static struct pos scope_of(const struct check *check, struct pos remark)
{
    const struct doc_node *block = block_of(check, remark);
    if (!block)
        return remark;
    struct pos scope = block->pos;
    if (block->kind == DOC_HEADING)
        scope.length = section_end(check, block) - scope.offset;
    if (remark.offset < scope.offset) {
        scope.length += scope.offset - remark.offset;
        scope.offset = remark.offset;
    }
    return scope;
}

static enum check_rule rule_of(struct str code)
{
    int rule = 0;
    while (rule < CHECK_RULE_COUNT && !str_is(code, CHECK_RULE_TEXTS[rule].code))
        rule++;
    return (enum check_rule)rule;
}

static void report_unknown(struct check *check, struct str code, struct pos pos)
{
    struct map codes = {0};
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        map_put(check->arena, &codes, str_from(CHECK_RULE_TEXTS[i].code), check->arena);
    struct str near = map_nearest(&codes, code);
    if (near.n)
        check_find(check, CHECK_ALLOW_UNKNOWN, pos, "there is no rule '%.*s'; did you mean '%.*s'?",
            STR_FMT(code), STR_FMT(near));
    else
        check_find(check, CHECK_ALLOW_UNKNOWN, pos, "there is no rule '%.*s'", STR_FMT(code));
}

/* Reads "check: allow RULE reason". */
static void read_remark(struct check *check, const struct doc_remark *remark)
{
    struct str rest = str_trim(str_slice(remark->text, STR("check:").n, remark->text.n));
    struct str verb = str_cut(&rest, ' ');
    rest = str_trim(rest);
    struct str code = str_cut(&rest, ' '), reason = str_trim(rest);
    enum check_rule rule = rule_of(code);
    if (!str_is(verb, "allow"))
        check_find(
            check, CHECK_ALLOW_UNKNOWN, remark->pos, "a remark can only 'allow', not '%.*s'", STR_FMT(verb));
    else if (rule == CHECK_RULE_COUNT)
        report_unknown(check, code, remark->pos);
    else if (!reason.n)
        check_find(
            check, CHECK_ALLOW_REASON, remark->pos, "why '%.*s' is allowed is not said", STR_FMT(code));
    else
        vec_push(check->arena, &check->allowances,
            (struct allowance){rule, scope_of(check, remark->pos), remark->pos, reason, false});
}

struct check *check_new(struct arena *arena, struct diags *diags, const struct profile *profile,
    struct str style, const struct document *document)
{
    struct check *check = ARENA_NEW(arena, struct check);
    check->arena = arena;
    check->diags = diags;
    check->profile = profile;
    check->settings = profile_settings(profile, style);
    check->lexicon = profile_lexicon(profile, document->lang);
    check->document = document;
    check->prose = prose_new(arena, document, check->lexicon ? &check->lexicon->prose : NULL);
    for (size_t i = 0; i < document->remarks.n; i++)
        read_remark(check, &document->remarks.at[i]);
    return check;
}

void check_content(struct check *check)
{
    if (!check->lexicon)
        check_find(check, CHECK_LANGUAGE_UNJUDGED, check_whole_pos(check),
            "check.yaml knows nothing of the language '%.*s', so that its words are not judged",
            STR_FMT(check->document->lang));
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
        if (!allowance->used)
            check_find(check, CHECK_ALLOW_UNUSED, allowance->remark, "'%s' finds nothing here",
                CHECK_RULE_TEXTS[allowance->rule].code);
    }
}
