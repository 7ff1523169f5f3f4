#include "content/figures.h"

#include "base/utf8.h"

/* Is a token one of the unavoidable terms? A prose_filter over a lexicon. */
static bool is_unavoidable(const void *context, const struct prose *prose, size_t number)
{
    const struct lexicon *lexicon = context;
    const struct prose_token *token = &prose->tokens.at[number];
    return token->word_count == 1 && phrases_have(&lexicon->unavoidable, prose->words.at[token->word].folded);
}

bool figures_is_passive(
    const struct lexicon *lexicon, const struct prose *prose, const struct prose_sentence *sentence)
{
    return phrases_match(&lexicon->passive, prose, sentence);
}

static void count_passage(const struct prose *prose, const struct passage *passage,
    const struct lexicon *lexicon, struct figures *figures)
{
    prose_count(prose, passage, NULL, NULL, &figures->all);
    prose_count(prose, passage, is_unavoidable, lexicon, &figures->plain);
    for (size_t i = 0; i < passage->token_count; i++)
        figures->long_words += prose->tokens.at[passage->token + i].syllables >= lexicon->long_word &&
                               !is_unavoidable(lexicon, prose, passage->token + i);
    for (size_t i = 0; i < passage->sentence_count; i++) {
        const struct prose_sentence *sentence = &prose->sentences.at[passage->sentence + i];
        figures->passive += figures_is_passive(lexicon, prose, sentence);
        struct phrase_hit hit = {.word = sentence->word};
        while (phrases_find(&lexicon->address, prose, sentence, hit.word + hit.count, &hit))
            figures->address++;
    }
}

struct figures_table figures_of(struct arena *arena, const struct prose *prose, const struct lexicon *lexicon)
{
    struct figures_table table = {0};
    VEC(struct figures) sections = {0};
    const struct doc_node *section = NULL;
    for (size_t i = 0; i < prose->passages.n; i++) {
        const struct passage *passage = &prose->passages.at[i];
        if (passage->section && passage->section != section) {
            section = passage->section;
            vec_push(arena, &sections, (struct figures){.title = passage->text, .pos = passage->node->pos});
        }
        if (!passage->scored)
            continue;
        count_passage(prose, passage, lexicon, &table.whole);
        if (passage->section && sections.n)
            count_passage(prose, passage, lexicon, &sections.at[sections.n - 1]);
    }
    table.sections = sections.at;
    for (size_t i = 0; i < sections.n; i++)
        if (sections.at[i].all.sentences)
            table.sections[table.n++] = sections.at[i];
    return table;
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

double figures_long_share(const struct figures *figures)
{
    return percent(figures->long_words, figures->plain.words);
}

double figures_passive_share(const struct figures *figures)
{
    return percent(figures->passive, figures->all.sentences);
}

double figures_address_share(const struct figures *figures)
{
    return percent(figures->address, figures->all.words);
}

double figures_words_per_sentence(const struct figures *figures)
{
    return (double)figures->all.words / (double)figures->all.sentences;
}

double figures_words_per_address(const struct figures *figures)
{
    double words = (double)figures->all.words;
    return figures->address ? words / (double)figures->address : words + 1;
}

/* -- the table */

enum { TITLE_WIDTH = 30, CELL_WIDTH = 8 };

static void put_spaces(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_char(out, ' ');
}

/* A title, cut or filled up to the width of its column. */
static void put_title(struct buf *out, struct str title)
{
    size_t width = 0;
    buf_text(out, "  ");
    for (size_t at = 0; at < title.n && width < TITLE_WIDTH; width++) {
        size_t from = at;
        bool unsafe = utf8_is_unsafe(utf8_next(title, &at));
        buf_str(out, unsafe ? STR(" ") : str_slice(title, from, at));
    }
    put_spaces(out, TITLE_WIDTH - width);
}

static void put_cell(struct buf *out, const char *text)
{
    size_t width = utf8_length(str_from(text));
    put_spaces(out, width < CELL_WIDTH ? CELL_WIDTH - width : 1);
    buf_text(out, text);
}

void figures_put(struct buf *out, double value)
{
    size_t start = out->n;
    buf_number(out, value, 1);
    struct str number = {out->p + start, out->n - start};
    if (str_find(number, ".", 0) == SIZE_MAX)
        buf_text(out, ".0");
}

static void put_number(struct buf *out, double value, const char *unit)
{
    struct buf text = {0};
    figures_put(&text, value);
    buf_text(&text, unit);
    put_cell(out, text.p);
    buf_free(&text);
}

static void put_count(struct buf *out, size_t count)
{
    struct buf text = {0};
    buf_int(&text, (long long)count);
    put_cell(out, text.p);
    buf_free(&text);
}

static void put_line(
    struct buf *out, const struct lexicon *lexicon, struct str title, const struct figures *figures)
{
    put_title(out, title);
    put_count(out, figures->all.words);
    put_count(out, figures->all.sentences);
    if (lexicon->english) {
        put_number(out, reading_grade(&figures->all), "");
        put_number(out, reading_grade(&figures->plain), "");
        put_number(out, reading_smog(&figures->plain), "");
        put_number(out, reading_ease(&figures->all), "");
    } else {
        put_number(out, reading_inflesz(&figures->all), "");
        put_number(out, reading_inflesz(&figures->plain), "");
        put_number(out, reading_fernandez_huerta(&figures->all), "");
    }
    put_number(out, figures_words_per_sentence(figures), "");
    put_number(out, figures_long_share(figures), "%");
    put_number(out, figures_passive_share(figures), "%");
    put_number(out, figures_address_share(figures), "%");
    buf_char(out, '\n');
}

void figures_print(const struct figures_table *table, const struct lexicon *lexicon, struct buf *out)
{
    static const char *const english[] = {
        "words", "sent.", "FKGL", "-terms", "SMOG", "ease", "w/sent", "long", "passive", "you", NULL};
    static const char *const spanish[] = {
        "words", "sent.", "INFLESZ", "-terms", "F-H", "w/sent", "long", "passive", "usted", NULL};
    if (!table->whole.all.sentences)
        return;
    put_title(out, STR("section"));
    for (const char *const *name = lexicon->english ? english : spanish; *name; name++)
        put_cell(out, *name);
    buf_char(out, '\n');
    for (size_t i = 0; i < table->n; i++)
        put_line(out, lexicon, table->sections[i].title, &table->sections[i]);
    put_line(out, lexicon, STR("the whole"), &table->whole);
}
