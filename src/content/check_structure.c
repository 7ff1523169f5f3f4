/* Sections, headings, tiers of warning signs, questions, choices, statements, pictures. */
#include "content/check_parts.h"

static const enum doc_role ORDER[] = {ROLE_SUMMARY, ROLE_CONDITION, ROLE_USUAL_CARE, ROLE_TREATMENT,
    ROLE_EVIDENCE, ROLE_EXCLUSIONS, ROLE_VISIT, ROLE_WARNINGS, ROLE_QUESTIONS};
enum { ORDER_COUNT = sizeof ORDER / sizeof *ORDER };

static const char *role_name(enum doc_role role)
{
    static const char *const names[] = {"summary", "condition", "usual-care", "treatment", "evidence",
        "exclusions", "visit", "warnings", "questions"};
    for (size_t i = 0; i < ORDER_COUNT; i++)
        if (ORDER[i] == role)
            return names[i];
    return "";
}

static const struct doc_node *section_of(const struct check *check, enum doc_role role)
{
    const struct doc_node *node = check->document->root->first;
    while (node && !(node->kind == DOC_SECTION && node->role == role))
        node = node->next;
    return node;
}

/* Where findings on a section stand: at its heading. */
static struct pos section_pos(const struct doc_node *section)
{
    return section->first ? section->first->pos : section->pos;
}

static const struct doc_node *find_kind(const struct doc_node *root, enum doc_kind kind)
{
    const struct doc_node *node = root;
    while (node && node->kind != kind)
        node = doc_next(node, root);
    return node;
}

/* -- headings */

static void check_heading(struct check *check, const struct passage *passage)
{
    const struct prose *prose = check->prose;
    struct pos pos = prose_pos(prose, passage, 0, passage->text.n);
    check_count(check, CHECK_HEADING_LONG, passage->token_count, pos, "words in a heading");
    if (!check->lexicon)
        return;
    for (size_t i = 0; i < passage->sentence_count; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[passage->sentence + i];
        struct phrase_hit hit;
        if (sentence->word_count == passage->word_count &&
            phrases_find(&check->lexicon->generic_headings, prose, sentence, sentence->word, &hit) &&
            hit.word == sentence->word && hit.count == sentence->word_count)
            check_find(check, CHECK_HEADING_VAGUE, pos, "this heading does not say what its section tells");
    }
}

static void check_headings(struct check *check)
{
    size_t titles = 0;
    for (size_t i = 0; i < check->prose->passages.n; i++) {
        const struct passage *passage = &check->prose->passages.at[i];
        if (passage->kind != PROSE_HEADING)
            continue;
        titles += passage->node->heading.level == 1;
        if (titles > 1 && passage->node->heading.level == 1)
            check_find(check, CHECK_TITLE_COUNT, passage->node->pos, "this is title number %zu", titles);
        check_heading(check, passage);
    }
}

/* -- sections */

static void check_section_order(struct check *check)
{
    size_t reached = 0;
    for (size_t i = 0; i < check->edition->section_count; i++) {
        const struct section_ref *ref = &check->edition->sections[i];
        size_t place = 0;
        while (place < ORDER_COUNT && ORDER[place] != ref->role)
            place++;
        if (place == ORDER_COUNT)
            continue;
        if (place < reached)
            check_find(check, CHECK_SECTION_ORDER, ref->pos, "'%s' comes too late", role_name(ref->role));
        else
            reached = place;
    }
}

static void check_sections(struct check *check)
{
    for (size_t i = 0; i < ORDER_COUNT; i++)
        if (!section_of(check, ORDER[i]))
            check_find(check, CHECK_SECTION_MISSING, check_whole_pos(check), "there is no section '%s'",
                role_name(ORDER[i]));
    check_section_order(check);
    const struct doc_node *summary = section_of(check, ROLE_SUMMARY), *visit = section_of(check, ROLE_VISIT);
    if (summary && !find_kind(summary, DOC_STRONG))
        check_find(check, CHECK_SUMMARY_EMPHASIS, section_pos(summary), "nothing in the summary stands out");
    const struct doc_node *list = visit ? find_kind(visit, DOC_LIST) : NULL;
    if (visit && !(list && list->list.ordered))
        check_find(check, CHECK_STEPS_MISSING, section_pos(visit), "the visit is not told in steps");
}

/* -- what to do */

/* Does a sentence tell the reader to do something? */
static bool is_imperative(const struct check *check, const struct prose_sentence *sentence)
{
    return !sentence->question && phrases_match(&check->lexicon->imperative, check->prose, sentence);
}

static void check_action(struct check *check)
{
    size_t all = 0, summary = 0;
    for (size_t i = 0; i < check->prose->sentences.n; i++) {
        const struct prose_sentence *sentence = &check->prose->sentences.at[i];
        const struct passage *passage = prose_passage(check->prose, sentence);
        if (!passage->scored || !is_imperative(check, sentence))
            continue;
        all++;
        summary += passage->role == ROLE_SUMMARY;
    }
    double bound;
    enum check_severity severity = check_judge(check, CHECK_ACTION_MISSING, (double)all, &bound);
    const struct doc_node *section = section_of(check, ROLE_SUMMARY);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_ACTION_MISSING, severity, check_whole_pos(check),
            "%zu sentence%s what to do; there should be %s", all,
            all == 1 ? " tells the reader" : "s tell the reader", check_number(check, bound));
    else if (section && !summary)
        check_find(check, CHECK_ACTION_MISSING, section_pos(section), "the summary does not say what to do");
}

/* -- tiers of warning signs */

/* The first word list or text in a call-out, below its title. */
static bool has_signs(const struct doc_node *callout)
{
    return find_kind(callout, DOC_ITEM) || find_kind(callout, DOC_PARAGRAPH);
}

static bool has_text(const struct check *check, const struct doc_node *node, struct str text)
{
    struct buf all = {0};
    doc_text(node, &all);
    struct str folded = prose_fold(check->arena, buf_slice(&all));
    buf_free(&all);
    return text.n && str_find(folded, str_dup(check->arena, text), 0) != SIZE_MAX;
}

/* Is there a number to call beneath a node, or a blank for one? */
static bool has_phone(const struct check *check, const struct doc_node *node)
{
    static const char *const names[] = {"clinic.phone.day", "clinic.phone.after-hours"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct str *value =
            check->document->variables ? map_get(check->document->variables, str_from(names[i])) : NULL;
        if (value && has_text(check, node, prose_fold(check->arena, *value)))
            return true;
        if (value && !value->n && find_kind(node, DOC_BLANK))
            return true;
    }
    return false;
}

static void check_tier(struct check *check, const struct doc_node *callout)
{
    const struct doc_node *title = callout->first;
    if (!has_signs(callout))
        check_find(check, CHECK_TIER_EMPTY, title->pos, "there are no signs in this tier");
    if (callout->callout.kind == CALLOUT_CAUTION && !has_text(check, title, check->profile->emergency))
        check_find(check, CHECK_EMERGENCY_NUMBER, title->pos, "this tier does not name %.*s",
            STR_FMT(check->profile->emergency));
    if (callout->callout.kind == CALLOUT_IMPORTANT && !has_phone(check, callout))
        check_find(check, CHECK_WARNING_PHONE, title->pos, "this tier does not say which number to call");
}

static void check_warnings(struct check *check)
{
    static const char *const names[] = {"CAUTION", "WARNING", "IMPORTANT"};
    const struct doc_node *section = section_of(check, ROLE_WARNINGS);
    if (!section)
        return;
    bool seen[CALLOUT_KINDS] = {0};
    enum callout_kind last = CALLOUT_CAUTION;
    for (const struct doc_node *node = section; node; node = doc_next(node, section)) {
        if (node->kind != DOC_CALLOUT || node->callout.kind > CALLOUT_IMPORTANT)
            continue;
        seen[node->callout.kind] = true;
        check_tier(check, node);
        if (node->callout.kind < last)
            check_find(check, CHECK_TIER_ORDER, node->first->pos, "%s comes after %s",
                names[node->callout.kind], names[last]);
        last = node->callout.kind;
    }
    for (int kind = CALLOUT_CAUTION; kind <= CALLOUT_IMPORTANT; kind++)
        if (!seen[kind])
            check_find(check, CHECK_TIER_MISSING, section_pos(section), "there is no %s tier", names[kind]);
}

/* -- questions */

static void check_questions(struct check *check)
{
    const struct doc_node *section = section_of(check, ROLE_QUESTIONS);
    if (!section)
        return;
    size_t boxes = 0;
    for (const struct doc_node *node = section; node; node = doc_next(node, section))
        boxes += node->kind == DOC_ITEM && node->item.mark == MARK_BOX;
    double bound;
    enum check_severity severity = check_judge(check, CHECK_QUESTIONS_FEW, (double)boxes, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_QUESTIONS_FEW, severity, section_pos(section),
            "%zu question%s with a box to tick; there should be %s", boxes, boxes == 1 ? "" : "s",
            check_number(check, bound));
    if (!find_kind(section, DOC_LINES))
        check_find(check, CHECK_QUESTIONS_LINES, section_pos(section), "there are no lines to write on");
}

/* -- choices */

/* Does a phrase stand in the row of a table? */
static bool row_has(const struct check *check, const struct doc_node *row, const struct phrases *phrases)
{
    const struct prose *prose = check->prose;
    struct prose_range range = prose_within(prose, row);
    for (size_t i = range.first; i < range.end; i++) {
        const struct passage *passage = &prose->passages.at[i];
        for (size_t j = 0; passage->node->cell.column == 0 && j < passage->sentence_count; j++)
            if (phrases_match(phrases, prose, &prose->sentences.at[passage->sentence + j]))
                return true;
    }
    return false;
}

static bool table_has(const struct check *check, const struct doc_node *table, const struct phrases *phrases)
{
    for (const struct doc_node *row = table->first; row; row = row->next)
        if (!row->row.header && row_has(check, row, phrases))
            return true;
    return false;
}

static size_t row_count(const struct doc_node *table)
{
    size_t count = 0;
    for (const struct doc_node *row = table->first; row; row = row->next)
        count += !row->row.header;
    return count;
}

/* The table of choices: the one with the most rows under usual care. */
static void check_options(struct check *check)
{
    const struct doc_node *section = section_of(check, ROLE_USUAL_CARE), *table = NULL;
    size_t rows = 0;
    if (!section)
        return;
    for (const struct doc_node *node = section; node; node = doc_next(node, section)) {
        size_t count = node->kind == DOC_TABLE ? row_count(node) : 0;
        if (node->kind != DOC_TABLE || (table && count <= rows))
            continue;
        table = node;
        rows = count;
    }
    struct pos pos = table ? table->pos : section_pos(section);
    double bound;
    enum check_severity severity = check_judge(check, CHECK_OPTIONS_FEW, (double)rows, &bound);
    if (severity != CHECK_OFF)
        check_find_as(check, CHECK_OPTIONS_FEW, severity, pos, "%zu choice%s in a table; there should be %s",
            rows, rows == 1 ? "" : "s", check_number(check, bound));
    if (!table || !check->lexicon)
        return;
    check_balance(check, table);
    pos.length = 1;
    if (!table_has(check, table, &check->lexicon->no_treatment))
        check_find(check, CHECK_OPTIONS_NONE, pos, "no treatment is not among the choices");
    if (!table_has(check, table, &check->lexicon->this_treatment))
        check_find(check, CHECK_OPTIONS_THIS, pos, "this treatment is not among the choices");
}

/* -- statements */

static bool concerns(const struct statement *statement, const struct handout *handout)
{
    for (size_t i = 0; i < statement->topic_count; i++)
        if (str_eq(statement->topics[i], handout->id))
            return true;
    return !statement->topic_count;
}

static bool is_said(const struct check *check, const struct statement *statement)
{
    for (size_t i = 0; i < check->prose->sentences.n; i++)
        if (phrases_match(&statement->any, check->prose, &check->prose->sentences.at[i]))
            return true;
    return false;
}

static void check_statements(struct check *check)
{
    for (size_t i = 0; i < check->lexicon->statement_count; i++) {
        const struct statement *statement = &check->lexicon->statements[i];
        if (concerns(statement, check->handout) && !is_said(check, statement))
            check_find(check, CHECK_STATEMENT_MISSING, check_whole_pos(check), "nowhere is it said that %.*s",
                STR_FMT(statement->what));
    }
}

/* -- pictures */

static bool is_file_name(struct str alt)
{
    static const char *const endings[] = {
        ".jpg", ".jpeg", ".png", ".svg", ".gif", ".webp", ".tif", ".tiff", ".pdf"};
    static const char *const words[] = {
        "image", "picture", "photo", "figure", "logo", "imagen", "foto", "figura"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(alt, endings[i]))
            return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(alt, words[i]))
            return true;
    bool digit = false, space = false;
    for (size_t i = 0; i < alt.n; i++) {
        digit = digit || ascii_is_digit(alt.p[i]);
        space = space || alt.p[i] == ' ';
    }
    return digit && !space && str_find(alt, "_", 0) != SIZE_MAX;
}

static void check_pictures(struct check *check)
{
    const struct doc_node *root = check->document->root;
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        if (node->kind == DOC_MASTHEAD)
            node = doc_skip(node, root);
        if (!node)
            break;
        if (node->kind == DOC_IMAGE && node->image.alt.n &&
            is_file_name(prose_fold(check->arena, str_trim(node->image.alt))))
            check_find(check, CHECK_ALT_FILE_NAME, node->pos, "'%.*s' does not say what the picture shows",
                STR_FMT(node->image.alt));
        bool decoration = node->kind == DOC_FIGURE && node->first && node->first->kind == DOC_IMAGE &&
                          !node->first->image.alt.n;
        if (node->kind == DOC_FIGURE && !decoration && !find_kind(node, DOC_CAPTION))
            check_find(check, CHECK_CAPTION_MISSING, node->pos, "this picture has no caption");
    }
}

void check_structure(struct check *check)
{
    check_headings(check);
    check_pictures(check);
    if (!check->handout)
        return;
    check_sections(check);
    check_warnings(check);
    check_questions(check);
    check_options(check);
    if (!check->lexicon)
        return;
    check_action(check);
    check_statements(check);
}
