#include "content/prose.h"

#include "base/map.h"
#include "base/utf8.h"

#include <unicase.h>

/* Prose being gathered. */
struct gathering {
    struct arena *arena;
    struct prose *prose;
    const struct prose_language *language; /* or NULL */
    struct buf text;                       /* of the passage at hand */
    struct map syllables;                  /* token → int *: most words come again */
};

/* -- characters */

/* Soft hyphens and joiners, which nobody sees. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

static bool is_letter_or_digit(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alpha((int)c) || ascii_is_digit((int)c);
    bool letter =
        (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000) || c == 0xAA || c == 0xBA || c >= 0x2C00;
    return letter && !is_invisible(c);
}

static bool is_space(uint32_t c)
{
    return (c < 0x80 && ascii_is_space((int)c)) || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/* Characters that join words: hyphens, dashes and slashes. */
static bool is_joiner(uint32_t c)
{
    return c == '-' || c == '/' || (c >= 0x2010 && c <= 0x2015);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool is_sentence_end(uint32_t c)
{
    return c == '.' || c == '?' || c == '!' || c == 0x2026;
}

/* Quotes and brackets that close behind a sentence's end. */
static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '"' || is_apostrophe(c) || c == 0x201D || c == 0xBB;
}

/* What may stand before a sentence's first letter. */
static bool is_opener(uint32_t c)
{
    return c == '(' || c == '[' || c == '"' || c == '\'' || c == 0x2018 || c == 0x201C || c == 0xAB ||
           c == 0xBF || c == 0xA1;
}

struct str prose_fold(struct arena *arena, struct str text)
{
    struct buf out = {0};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        char bytes[4] = {0};
        if (is_invisible(c))
            continue;
        c = is_apostrophe(c) ? '\'' : c < 0x80 ? (uint32_t)ascii_lower((int)c) : uc_tolower(c);
        buf_put(&out, bytes, utf8_encode(c, bytes));
    }
    struct str folded = out.n ? str_copy(arena, buf_slice(&out)) : STR("");
    buf_free(&out);
    return folded;
}

/* -- the text of a passage */

static void add_piece(struct gathering *gathering, const struct doc_node *node, struct str text)
{
    vec_push(gathering->arena, &gathering->prose->pieces, (struct prose_piece){gathering->text.n, node});
    buf_str(&gathering->text, text);
}

static bool is_foreign(const struct prose *prose, const struct doc_node *node)
{
    return node->lang.n && !str_eq(node->lang, prose->document->lang);
}

static bool is_left_out(const struct prose *prose, const struct doc_node *node)
{
    return node->kind == DOC_ADDRESS || node->kind == DOC_IMAGE ||
           (node->kind == DOC_SPAN && is_foreign(prose, node));
}

/* The inlines beneath a block, as text. */
static void add_text(struct gathering *gathering, const struct doc_node *block)
{
    struct prose *prose = gathering->prose;
    for (const struct doc_node *node = block->first, *next; node; node = next) {
        next = is_left_out(prose, node) ? doc_skip(node, block) : doc_next(node, block);
        if (node->kind == DOC_TEXT || node->kind == DOC_CODE)
            add_piece(gathering, node, node->veil.n ? STR("____") : node->text); /* no finding repeats it */
        else if (node->kind == DOC_SOFT_BREAK || node->kind == DOC_LINE_BREAK)
            add_piece(gathering, node, STR(" "));
        else if (node->kind == DOC_BLANK)
            add_piece(gathering, node, STR("____"));
        else if (node->kind == DOC_CITATION)
            vec_push(gathering->arena, &prose->citations,
                (struct prose_citation){.at = gathering->text.n, .node = node});
    }
}

/* -- words and tokens */

/* From the first letter or digit of a token to the last, with the sign of a percentage. False if it has none.
 */
static bool core_of(struct str text, size_t *from, size_t *to)
{
    size_t first = SIZE_MAX, end = 0;
    for (size_t at = *from, next; at < *to; at = next) {
        next = at;
        uint32_t c = utf8_next(text, &next);
        bool percent = c == '%' && end == at && at && ascii_is_digit(text.p[at - 1]);
        if (!percent && !is_letter_or_digit(c))
            continue;
        first = first == SIZE_MAX ? at : first;
        end = next;
    }
    *from = first;
    *to = end;
    return first != SIZE_MAX;
}

static void add_word(struct gathering *gathering, struct str text, size_t from, size_t to)
{
    struct prose *prose = gathering->prose;
    if (!core_of(text, &from, &to))
        return;
    vec_push(gathering->arena, &prose->words,
        (struct prose_word){.folded = prose_fold(gathering->arena, str_slice(text, from, to)),
            .from = from,
            .to = to,
            .token = prose->tokens.n});
}

static int count_syllables(struct gathering *gathering, struct str token)
{
    if (!gathering->language)
        return 0;
    int *known = map_get(&gathering->syllables, token);
    if (!known) {
        known = ARENA_NEW(gathering->arena, int);
        *known = syllable_count(gathering->language->syllables, token);
        map_put(gathering->arena, &gathering->syllables, token, known);
    }
    return *known;
}

static void add_token(struct gathering *gathering, const struct passage *passage, size_t from, size_t to)
{
    struct prose *prose = gathering->prose;
    struct str text = passage->text;
    size_t word = prose->words.n, start = from;
    for (size_t at = from, next; at < to; at = next) {
        next = at;
        if (!is_joiner(utf8_next(text, &next)))
            continue;
        add_word(gathering, text, start, at);
        start = next;
    }
    add_word(gathering, text, start, to);
    if (prose->words.n == word)
        return;
    struct pos pos = prose_pos(prose, passage, prose->words.at[word].from, prose->words.at[word].to);
    bool variable =
        pos.source && str_starts(str_slice(pos.source->text, pos.offset, pos.source->text.n), "{{");
    vec_push(gathering->arena, &prose->tokens,
        (struct prose_token){.from = from,
            .to = to,
            .word = word,
            .word_count = prose->words.n - word,
            .syllables = count_syllables(gathering, str_slice(text, from, to)),
            .variable = variable});
}

/* -- sentences */

static bool is_among(struct str word, const struct prose_language *language)
{
    for (size_t i = 0; language && i < language->abbreviation_count; i++)
        if (str_eq(word, language->abbreviations[i]))
            return true;
    return false;
}

/* "J.", but "A." and "I." only behind another initial: a sentence may well end with these. */
static bool is_initial(struct str text, size_t from, size_t to)
{
    enum { MOST_INITIALS = 8 };
    for (int i = 0; i < MOST_INITIALS && to - from == 2; i++) {
        if (text.p[from] < 'A' || text.p[from] > 'Z')
            return false;
        if (text.p[from] != 'A' && text.p[from] != 'I')
            return true;
        if (from < 3 || text.p[from - 2] != '.')
            return false;
        to = from - 1;
        from -= 3;
    }
    return false;
}

/* Does the full stop that ends a token belong to an abbreviation or an initial? Those that can stand at a
 * sentence's end, such as "p.m.", are not in the language's list: what comes next decides. */
static bool is_abbreviated(const struct gathering *gathering, struct str text, size_t from, size_t to)
{
    while (from < to && is_opener((unsigned char)text.p[from]))
        from++;
    return is_initial(text, from, to) ||
           is_among(prose_fold(gathering->arena, str_slice(text, from, to)), gathering->language);
}

/* Does the next sentence begin at `at`? Not with a small letter. */
static bool begins_sentence(struct str text, size_t at)
{
    while (at < text.n) {
        uint32_t c = utf8_next(text, &at);
        if (!is_space(c) && !is_opener(c))
            return !is_letter_or_digit(c) || uc_tolower(c) != c || (c < 0x80 && ascii_is_digit((int)c));
    }
    return true;
}

/* Does a sentence end with the token that ends at `to`? */
static bool ends_sentence(const struct gathering *gathering, struct str text, size_t from, size_t to)
{
    size_t end = SIZE_MAX;
    bool stop = false;
    for (size_t at = from; at < to;) {
        uint32_t c = utf8_next(text, &at);
        if (is_sentence_end(c)) {
            end = at;
            stop = c == '.';
        } else if (!is_closer(c)) {
            end = SIZE_MAX;
        }
    }
    if (end == SIZE_MAX || !begins_sentence(text, to))
        return false;
    return !stop || end < to || !is_abbreviated(gathering, text, from, end);
}

/* Does a text end with a question mark, but for what closes behind it? */
static bool is_question(struct str text)
{
    bool question = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!is_closer(c) && !is_space(c))
            question = c == '?';
    }
    return question;
}

static void close_sentence(
    struct gathering *gathering, const struct passage *passage, struct prose_sentence *open, size_t to)
{
    struct prose *prose = gathering->prose;
    open->to = to;
    open->token_count = prose->tokens.n - open->token;
    open->word_count = prose->words.n - open->word;
    open->question = is_question(str_slice(passage->text, open->from, to));
    if (open->token_count)
        vec_push(gathering->arena, &prose->sentences, *open);
    *open = (struct prose_sentence){
        .passage = open->passage, .from = to, .token = prose->tokens.n, .word = prose->words.n};
}

/* Takes a passage's text apart: what stands between two spaces is a token; some end a sentence. */
static void divide(struct gathering *gathering, struct passage *passage)
{
    struct str text = passage->text;
    struct prose_sentence open = {.passage = gathering->prose->passages.n,
        .token = gathering->prose->tokens.n,
        .word = gathering->prose->words.n};
    for (size_t at = 0; at < text.n;) {
        size_t from = at, next = at;
        while (at < text.n && is_space(utf8_next(text, &next)))
            at = from = next;
        if (open.token == gathering->prose->tokens.n)
            open.from = from;
        while (at < text.n && (next = at, !is_space(utf8_next(text, &next))))
            at = next;
        if (at == from)
            break;
        add_token(gathering, passage, from, at);
        if (ends_sentence(gathering, text, from, at))
            close_sentence(gathering, passage, &open, at);
    }
    close_sentence(gathering, passage, &open, text.n);
}

/* -- passages */

static enum prose_kind kind_of(const struct doc_node *block)
{
    if (block->kind == DOC_HEADING)
        return PROSE_HEADING;
    if (block->kind == DOC_CALLOUT_TITLE)
        return PROSE_TITLE;
    if (block->kind == DOC_CAPTION)
        return PROSE_CAPTION;
    if (block->kind == DOC_CELL)
        return block->cell.header ? PROSE_HEAD_CELL : PROSE_CELL;
    return block->parent && block->parent->kind == DOC_BODY ? PROSE_ITEM : PROSE_PARAGRAPH;
}

static const struct doc_node *around(const struct doc_node *node, enum doc_kind kind)
{
    while (node && node->kind != kind)
        node = node->parent;
    return node;
}

static void add_passage(struct gathering *gathering, const struct doc_node *block)
{
    struct prose *prose = gathering->prose;
    struct passage passage = {.kind = kind_of(block),
        .node = block,
        .unit = block,
        .section = around(block, DOC_SECTION),
        .callout = around(block, DOC_CALLOUT) != NULL,
        .piece = prose->pieces.n,
        .sentence = prose->sentences.n,
        .token = prose->tokens.n,
        .word = prose->words.n,
        .citation = prose->citations.n};
    passage.role = passage.section ? passage.section->role : block->role;
    if (passage.kind == PROSE_CELL || passage.kind == PROSE_HEAD_CELL)
        passage.unit = block->parent;
    else if (passage.kind == PROSE_ITEM)
        passage.unit = around(block, DOC_ITEM);
    passage.scored = passage.kind == PROSE_PARAGRAPH || passage.kind == PROSE_ITEM ||
                     passage.kind == PROSE_CELL || passage.kind == PROSE_CAPTION;
    passage.scored = passage.scored && block->role != ROLE_CLINIC;
    buf_clear(&gathering->text);
    add_text(gathering, block);
    passage.text = gathering->text.n ? str_copy(gathering->arena, buf_slice(&gathering->text)) : STR("");
    passage.piece_count = prose->pieces.n - passage.piece;
    passage.citation_count = prose->citations.n - passage.citation;
    divide(gathering, &passage);
    passage.sentence_count = prose->sentences.n - passage.sentence;
    passage.token_count = prose->tokens.n - passage.token;
    passage.word_count = prose->words.n - passage.word;
    if (passage.token_count || passage.piece_count)
        vec_push(gathering->arena, &prose->passages, passage);
}

static bool is_block_of_text(const struct doc_node *node)
{
    switch ((int)node->kind) {
    case DOC_HEADING:
    case DOC_PARAGRAPH:
    case DOC_CALLOUT_TITLE:
    case DOC_CELL:
    case DOC_CAPTION: return true;
    default: return false;
    }
}

/* The program's own lines, sources, and statutes are no prose of the author's. */
static bool is_apart(const struct doc_node *node)
{
    return node->role == ROLE_SOURCES || node->role == ROLE_SOURCE_LIST ||
           node->role == ROLE_STANDARD_SOURCES || node->role == ROLE_NOTICE || node->role == ROLE_CONTACT ||
           node->role == ROLE_STATE || node->role == ROLE_FIELDS || node->role == ROLE_IMPRINT;
}

struct prose *prose_new(
    struct arena *arena, const struct document *document, const struct prose_language *language)
{
    struct gathering gathering = {
        .arena = arena, .prose = ARENA_NEW(arena, struct prose), .language = language};
    gathering.prose->document = document;
    const struct doc_node *root = document->root;
    for (const struct doc_node *node = root, *next; node; node = next) {
        bool text = is_block_of_text(node) && !is_apart(node);
        next =
            text || is_apart(node) || doc_is_inline(node->kind) ? doc_skip(node, root) : doc_next(node, root);
        if (text)
            add_passage(&gathering, node);
    }
    buf_free(&gathering.text);
    return gathering.prose;
}

/* -- places and counts */

/* The piece that byte `at` of a passage's text belongs to, and how many bytes of the text it has. */
static const struct prose_piece *piece_at(
    const struct prose *prose, const struct passage *passage, size_t at, size_t *end)
{
    size_t low = 0, high = passage->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (prose->pieces.at[passage->piece + middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    *end = high < passage->piece_count ? prose->pieces.at[passage->piece + high].at : passage->text.n;
    return &prose->pieces.at[passage->piece + low];
}

static struct pos piece_pos(const struct prose_piece *piece, size_t from, size_t to)
{
    enum doc_kind kind = piece->node->kind;
    if (kind != DOC_TEXT && kind != DOC_CODE)
        return piece->node->pos;
    return doc_text_pos(piece->node, from - piece->at, to - piece->at);
}

struct pos prose_pos(const struct prose *prose, const struct passage *passage, size_t from, size_t to)
{
    if (!passage->piece_count || from >= to || to > passage->text.n)
        return passage->node->pos;
    size_t first_end, last_end;
    const struct prose_piece *first = piece_at(prose, passage, from, &first_end);
    const struct prose_piece *last = piece_at(prose, passage, to - 1, &last_end);
    struct pos pos = piece_pos(first, from, to < first_end ? to : first_end);
    if (first == last)
        return pos;
    struct pos end = piece_pos(last, from > last->at ? from : last->at, to);
    if (pos.source && pos.source == end.source && end.offset + end.length > pos.offset)
        pos.length = end.offset + end.length - pos.offset;
    return pos;
}

struct pos prose_sentence_pos(const struct prose *prose, const struct prose_sentence *sentence)
{
    return prose_pos(prose, &prose->passages.at[sentence->passage], sentence->from, sentence->to);
}

struct pos prose_words_pos(
    const struct prose *prose, const struct passage *passage, size_t first, size_t count)
{
    return prose_pos(prose, passage, prose->words.at[first].from, prose->words.at[first + count - 1].to);
}

const struct passage *prose_passage(const struct prose *prose, const struct prose_sentence *sentence)
{
    return &prose->passages.at[sentence->passage];
}

/* The first passage from `low` on whose node stands at or behind a place in the document. */
static size_t passage_from(const struct prose *prose, size_t low, size_t id)
{
    size_t high = prose->passages.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (prose->passages.at[middle].node->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct prose_range prose_within(const struct prose *prose, const struct doc_node *node)
{
    const struct doc_node *behind = doc_skip(node, prose->document->root);
    size_t first = passage_from(prose, 0, node->id);
    return (struct prose_range){first, behind ? passage_from(prose, first, behind->id) : prose->passages.n};
}

void prose_count(const struct prose *prose, const struct passage *passage, prose_filter *leaves_out,
    const void *context, struct reading *reading)
{
    enum { LONG_WORD = 3 };
    for (size_t i = 0; i < passage->sentence_count; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[passage->sentence + i];
        for (size_t j = 0; j < sentence->token_count; j++) {
            size_t number = sentence->token + j;
            const struct prose_token *token = &prose->tokens.at[number];
            if (leaves_out && leaves_out(context, prose, number))
                continue;
            reading->words++;
            reading->syllables += (size_t)token->syllables;
            reading->long_words += token->syllables >= LONG_WORD;
        }
        reading->sentences++;
    }
}
