#include "layout/running.h"

#include "base/vec.h"
#include "content/variables.h"
#include "content/words.h"
#include "layout/para.h"

#include <math.h>
#include <string.h>

enum { SIDES = 3 };

/* One of the three texts, filled in. */
struct side {
    struct str text;
    bool personal; /* it tells of one patient */
};

struct runner {
    struct arena *arena;
    struct diags *diags;
    struct shaper *shaper;
    const struct document *document;
    const struct box_tree *tree;
    size_t page, pages; /* the page at work, from 1, and how many there are */
};

/* The value of a variable; false if there is none of that name. */
static bool value_of(const struct runner *runner, struct str name, struct str *value)
{
    struct arena *arena = runner->arena;
    struct str page = str_printf(arena, "%zu", runner->page), pages = str_printf(arena, "%zu", runner->pages);
    if (str_is(name, "page"))
        *value = page;
    else if (str_is(name, "pages"))
        *value = pages;
    else if (str_is(name, "page-of-pages"))
        *value = words_fill(arena, runner->document->words->page, "page", page, "pages", pages, (char *)NULL);
    else {
        const struct str *known = variables_get(runner->document->variables, name);
        if (!known)
            return false;
        *value = *known;
    }
    return true;
}

/* A text without the separators that an empty variable left at its ends. */
static struct str without_loose_separators(struct str text)
{
    static const char *const separators[] = {"\xC2\xB7", "|", ",", "/"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t n = strlen(separators[i]);
        text = str_trim(text);
        if (str_starts(text, separators[i]))
            text = str_slice(text, n, text.n);
        if (str_ends(text, separators[i]))
            text = str_slice(text, 0, text.n - n);
    }
    return str_trim(text);
}

/* A pattern with its variables filled in. An unknown one is reported, on the first page only. */
static bool fill(const struct runner *runner, struct str pattern, struct pos pos, struct side *filled)
{
    struct buf text = {0};
    bool good = true;
    while (pattern.n) {
        size_t open = str_find(pattern, "{{", 0),
               close = str_find(pattern, "}}", open == SIZE_MAX ? 0 : open);
        if (open == SIZE_MAX || close == SIZE_MAX) {
            buf_str(&text, pattern);
            break;
        }
        buf_str(&text, str_slice(pattern, 0, open));
        struct str name = str_trim(str_slice(pattern, open + 2, close)), value = STR("");
        if (!value_of(runner, name, &value)) {
            struct str near = variables_nearest(runner->document->variables, name);
            good = false;
            if (runner->page == 1)
                diag_at(runner->diags, SEVERITY_ERROR, pos, "variable-unknown",
                    near.n ? "there is no variable '%.*s' (did you mean '%.*s'?)"
                           : "there is no variable '%.*s'%.*s",
                    STR_FMT(name), STR_FMT(near));
        }
        buf_str(&text, value);
        filled->personal = filled->personal || variables_is_desk(name);
        pattern = str_slice(pattern, close + 2, pattern.n);
    }
    filled->text = str_copy(runner->arena, without_loose_separators(buf_slice(&text)));
    buf_free(&text);
    return good;
}

static struct lines set_text(const struct runner *runner, const struct running_style *style, struct side side)
{
    struct run *run = ARENA_NEW(runner->arena, struct run);
    *run = (struct run){.kind = RUN_TEXT,
        .text = side.text,
        .personal = side.personal,
        .style = style->text,
        .lang = runner->document->lang,
        .pos = style->left_pos};
    struct para *para =
        para_new(runner->arena, runner->diags, runner->shaper, run, 1, style->text, SPACES_COLLAPSE);
    const struct page_style *page = &runner->tree->page;
    return para_lines(para, page->width - page->left - page->right, ALIGN_LEFT);
}

struct strip {
    VEC(struct item) items;
    double height;
};

static void put_lines(
    const struct runner *runner, struct strip *strip, const struct lines *lines, double x, double y)
{
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->at[i].item_count; k++) {
            struct item item = lines->at[i].items[k];
            item.x += x;
            item.y += y;
            vec_push(runner->arena, &strip->items, item);
        }
        y += lines->at[i].height;
    }
    strip->height = fmax(strip->height, y);
}

/* The three texts on one line; where they would touch, the middle one goes on a line of its own below. */
static struct strip set_strip(
    const struct runner *runner, const struct running_style *style, const struct side texts[SIDES])
{
    struct strip strip = {0};
    struct lines lines[SIDES] = {0};
    double widths[SIDES] = {0};
    for (int i = 0; i < SIDES; i++) {
        if (!texts[i].text.n)
            continue;
        lines[i] = set_text(runner, style, texts[i]);
        for (size_t k = 0; k < lines[i].n; k++)
            widths[i] = fmax(widths[i], lines[i].at[k].width);
    }
    const struct page_style *page = &runner->tree->page;
    double width = page->width - page->left - page->right, gap = style->text->size;
    double middle = (width - widths[1]) / 2;
    put_lines(runner, &strip, &lines[0], page->left, 0);
    bool right_below = widths[0] + gap + widths[2] > width;
    put_lines(runner, &strip, &lines[2], page->left + width - widths[2], right_below ? strip.height : 0);
    bool free_middle = middle >= widths[0] + gap && middle + widths[1] + gap <= width - widths[2];
    double between = width - widths[0] - widths[2];
    if (!free_middle && !right_below && widths[1] + 2 * gap <= between) {
        middle = widths[0] + (between - widths[1]) / 2;
        free_middle = true;
    }
    put_lines(
        runner, &strip, &lines[1], page->left + (free_middle ? middle : 0), free_middle ? 0 : strip.height);
    return strip;
}

static void add_strip(const struct runner *runner, struct page *page, const struct strip *strip, double top,
    struct edge rule, double rule_y)
{
    const struct page_style *style = &runner->tree->page;
    size_t n = page->item_count;
    struct item *items = ARENA_ARRAY(runner->arena, struct item, n + 1 + strip->items.n);
    if (n)
        memcpy(items, page->items, n * sizeof *items);
    if (rule.width > 0)
        items[n++] = (struct item){.kind = ITEM_LINE,
            .x = style->left,
            .y = rule_y,
            .w = style->width - style->left - style->right,
            .shape = {.color = rule.color, .width = rule.width}};
    for (size_t i = 0; i < strip->items.n; i++) {
        items[n] = strip->items.at[i];
        items[n++].y += top;
    }
    page->items = items;
    page->item_count = n;
}

static bool add_running(
    const struct runner *runner, struct page *page, const struct running_style *style, bool at_top)
{
    const double rule_gap = 0.4; /* between the text and its rule, in sizes */
    struct side texts[SIDES] = {0};
    bool good = fill(runner, style->left, style->left_pos, &texts[0]);
    good = fill(runner, style->center, style->center_pos, &texts[1]) && good;
    good = fill(runner, style->right, style->right_pos, &texts[2]) && good;
    if ((runner->page == 1 && !style->first_page) ||
        (!texts[0].text.n && !texts[1].text.n && !texts[2].text.n))
        return good;
    struct strip strip = set_strip(runner, style, texts);
    double gap = rule_gap * style->text->size;
    double top = at_top ? style->distance : runner->tree->page.height - style->distance - strip.height;
    double page_height = runner->tree->page.height;
    bool overlaps =
        at_top ? top + strip.height > runner->tree->page.top : top < page_height - runner->tree->page.bottom;
    if (runner->page == 1 && overlaps)
        diag_at(runner->diags, SEVERITY_WARNING, style->left_pos, "running-overlap",
            "the %s does not fit in its margin and may be printed over the text",
            at_top ? "header" : "footer");
    add_strip(runner, page, &strip, top, style->rule, at_top ? top + strip.height + gap : top - gap);
    return good;
}

bool running_add(struct arena *arena, struct diags *diags, struct shaper *shaper,
    const struct document *document, const struct box_tree *tree, struct pages *pages)
{
    bool good = true;
    for (size_t i = 0; i < pages->n; i++) {
        struct runner runner = {arena, diags, shaper, document, tree, i + 1, pages->n};
        good = add_running(&runner, &pages->at[i], &tree->header, true) && good;
        good = add_running(&runner, &pages->at[i], &tree->footer, false) && good;
    }
    return good;
}
