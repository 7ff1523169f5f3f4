/* Setting a text in a test: Markdown and a style sheet go in, pages come out. */
#ifndef TESTS_SETTING_H
#define TESTS_SETTING_H

#include "reading.h"

#include "layout/fit.h"

#include <math.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
    struct shaper *shaper;
    struct gallery *gallery;
    char *folder;
    const char *path; /* of the style sheet */
};

/* A text that was set in one section. */
struct set {
    struct trial reading;
    struct pages *pages;
};

static inline int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->fontset = fontset_read(fixture->arena, &fixture->diags, "fonts");
    assert_non_null(fixture->fontset);
    fixture->shaper = shaper_new(fixture->fontset);
    fixture->gallery = gallery_new();
    const char *folder = getenv("TMPDIR");
    fixture->folder = arena_printf(fixture->arena, "%s/handout-setting-XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->path = arena_printf(fixture->arena, "%s/setting.yaml", fixture->folder);
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *fixture = *state;
    remove(fixture->path);
    rmdir(fixture->folder);
    gallery_free(fixture->gallery);
    shaper_free(fixture->shaper);
    fontset_free(fixture->fontset);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

/* A document without any text. */
static inline void begin_document(struct trial *reading)
{
    reading->context = (struct markdown_context){
        .picture_root = FIXTURES, .words = &reading->words, .variables = &reading->variables};
    reading->document.lang = STR("en");
    reading->document.words = &reading->words;
    reading->document.variables = &reading->variables;
    reading->document.root = doc_new(reading->arena, DOC_DOCUMENT, NULL, (struct pos){0});
}

/* The whole text becomes one section. */
static inline void add_section(struct trial *reading, enum doc_role role, const char *text)
{
    char *path = arena_printf(reading->arena, "%s/text.md", FIXTURES);
    const struct source *source = source_new(reading->arena, path, str_copy(reading->arena, str_from(text)));
    struct pos pos = {source, 0, source->text.n};
    struct doc_node *section = doc_new(reading->arena, DOC_SECTION, reading->document.root, pos);
    section->role = role;
    if (!reading->document.root->pos.source)
        reading->document.root->pos = pos;
    markdown_read(reading->arena, &reading->diags, source, &reading->context, section);
    reading->document.node_count = doc_number(reading->document.root);
}

/* A style sheet over the shipped base. */
static inline const struct stylesheet *sheet_of(struct fixture *fixture, const char *style)
{
    const char *text = arena_printf(
        fixture->arena, "extends: base\nfooter: {left: \"\", center: \"\", right: \"\"}\n%s", style);
    assert_true(file_write(&fixture->diags, fixture->path, str_from(text)));
    const struct stylesheet *sheet = stylesheet_read(
        fixture->arena, &fixture->diags, fixture->fontset, "styles", str_from(fixture->path), PAPER_LETTER);
    if (!sheet)
        fail_msg("%s", fixture->diags.list.n ? fixture->diags.list.at[0].message : "no style sheet");
    return sheet;
}

/* Puts a document that has been read on pages; none after an error. */
static inline void put_on_pages(struct fixture *fixture, const char *style, struct set *set)
{
    struct fitted fitted;
    fit(set->reading.arena, &set->reading.diags, sheet_of(fixture, style), fixture->shaper, fixture->gallery,
        &set->reading.document, &fitted);
    set->pages = fitted.pages;
}

/* Sets a text, as one section, with a style sheet over the shipped base; no pages after an error. */
static inline struct set try_set(struct fixture *fixture, const char *style, const char *text)
{
    struct set set = {.reading = reading_new()};
    begin_document(&set.reading);
    add_section(&set.reading, ROLE_NONE, text);
    put_on_pages(fixture, style, &set);
    return set;
}

static inline struct set set(struct fixture *fixture, const char *style, const char *text)
{
    struct set set = try_set(fixture, style, text);
    if (!set.pages || set.reading.diags.errors)
        fail_msg("%s", reading_diags(&set.reading));
    return set;
}

static inline void set_free(struct set *set)
{
    reading_free(&set->reading);
}

/* The item that shows a word, and its page where that is asked for. */
static inline const struct item *find(const struct set *set, const char *word, size_t *page)
{
    for (size_t p = 0; p < set->pages->n; p++)
        for (size_t i = 0; i < set->pages->at[p].item_count; i++) {
            const struct item *item = &set->pages->at[p].items[i];
            if (item->kind != ITEM_TEXT || str_find(item->text.text, word, 0) == SIZE_MAX)
                continue;
            if (page)
                *page = p;
            return item;
        }
    fail_msg("'%s' is on no page", word);
    return NULL;
}

static inline bool near(double a, double b)
{
    return fabs(a - b) < 0.01;
}

#endif
