#include "design/stylesheet.h"

#include "base/file.h"
#include "config/schema.h"
#include "design/rule.h"
#include "design/sheet_fields.h"

#include <assert.h>
#include <string.h>

enum { DEEPEST_EXTENDS = 16, MOST_PAGES = 100 };

/* A page by sheet and fold; A5 is 148 mm wide by ISO 216, not the half of 297 mm. */
static const struct {
    const char *name;
    double width, height;
} PAGES[][2] = {
    [PAPER_LETTER] = {[FOLD_NONE] = {"letter", 612, 792}, [FOLD_HALF] = {"half-letter", 396, 612}},
    [PAPER_A4] = {[FOLD_NONE] = {"a4", 595.276, 841.89}, [FOLD_HALF] = {"a5", 419.528, 595.276}},
};

static const struct {
    const char *name;
    enum element element, from;
} ELEMENTS[] = {
#define STYLE_ELEMENT_ROW(name, text, from) {text, ELEMENT_##name, ELEMENT_##from},
    STYLE_ELEMENTS(STYLE_ELEMENT_ROW)
#undef STYLE_ELEMENT_ROW
};

struct reader {
    struct decoder decoder;
    struct stylesheet *sheet;
    const char *folder;
    bool good;
};

/* Records an error at a position; the sheet is then refused at the end. */
#define FAIL(reader, pos, code, ...)                                                                         \
    do {                                                                                                     \
        diag_at((reader)->decoder.diags, SEVERITY_ERROR, (pos), (code), __VA_ARGS__);                        \
        (reader)->good = false;                                                                              \
    } while (0)

/* ---- Reading a sheet and what it extends, as one merged tree ---- */

/* `over` laid over `under`: mappings are merged key by key, anything else is replaced. */
static struct node *merge(struct arena *arena, struct node *under, struct node *over)
{
    assert(over);
    if (!under || under->kind != NODE_MAPPING || over->kind != NODE_MAPPING)
        return over;
    struct node *merged = ARENA_NEW(arena, struct node);
    *merged = *over;
    size_t most = under->n + over->n;
    merged->items = ARENA_ARRAY(arena, struct node *, most);
    merged->keys = ARENA_ARRAY(arena, struct str, most);
    merged->key_poses = ARENA_ARRAY(arena, struct pos, most);
    merged->n = 0;
    for (size_t i = 0; i < under->n; i++) {
        struct node *own = node_get_str(over, under->keys[i]);
        merged->keys[merged->n] = under->keys[i];
        merged->key_poses[merged->n] = under->key_poses[i];
        merged->items[merged->n++] = own ? merge(arena, under->items[i], own) : under->items[i];
    }
    for (size_t i = 0; i < over->n; i++) {
        if (node_get_str(under, over->keys[i]))
            continue;
        merged->keys[merged->n] = over->keys[i];
        merged->key_poses[merged->n] = over->key_poses[i];
        merged->items[merged->n++] = over->items[i];
    }
    return merged;
}

static bool is_path(struct str name)
{
    return memchr(name.p, '/', name.n) || str_ends(name, ".yaml");
}

/* The styles that a folder has, for the message about one that it has not. */
static struct str style_names(struct reader *reader)
{
    struct arena *arena = reader->decoder.arena;
    struct buf names = {0};
    for (char **name = folder_list(arena, reader->folder, ".yaml"); *name; name++) {
        buf_text(&names, names.n ? ", " : "");
        buf_put(&names, *name, strlen(*name) - strlen(".yaml"));
    }
    struct str list = str_copy(arena, buf_slice(&names));
    buf_free(&names);
    return list;
}

static struct node *read_merged(struct reader *reader, struct str name, struct pos where, int depth)
{
    struct arena *arena = reader->decoder.arena;
    struct diags *diags = reader->decoder.diags;
    if (depth > DEEPEST_EXTENDS) {
        FAIL(
            reader, where, "style-cycle", "this style sheet extends itself, by way of '%.*s'", STR_FMT(name));
        return NULL;
    }
    const char *path =
        is_path(name) ? str_dup(arena, name)
                      : path_join(arena, reader->folder, arena_printf(arena, "%.*s.yaml", STR_FMT(name)));
    if (!path_is_file(path)) {
        diag_at(diags, SEVERITY_ERROR, where, "style-unknown", "there is no style '%.*s' (there are: %.*s)",
            STR_FMT(name), STR_FMT(style_names(reader)));
        reader->good = false;
        return NULL;
    }
    const struct source *source = source_read(arena, diags, where, path);
    struct node *node = source ? yaml_parse(arena, diags, source) : NULL;
    if (!node)
        reader->good = false;
    const struct node *parent = node_get(node, "extends");
    if (!parent)
        return node;
    if (parent->kind != NODE_SCALAR || parent->text.n == 0) {
        FAIL(reader, parent->pos, "yaml-type", "'extends' wants the name of a style sheet");
        return NULL;
    }
    struct node *under = read_merged(reader, parent->text, parent->pos, depth + 1);
    return under ? merge(arena, under, node) : NULL;
}

/* ---- Decoding ---- */

static void decode_palette(struct reader *reader, const struct node *colors, struct map *palette)
{
    if (!colors)
        return;
    if (colors->kind != NODE_MAPPING) {
        FAIL(reader, colors->pos, "yaml-type", "'colors' wants names and their colors");
        return;
    }
    for (size_t i = 0; i < colors->n; i++) {
        struct color *color = ARENA_NEW(reader->decoder.arena, struct color);
        struct field field = COLOR_FIELD;
        field.name = str_dup(reader->decoder.arena, colors->keys[i]);
        if (!schema_decode_value(&reader->decoder, colors->items[i], &field, color))
            reader->good = false;
        map_put(reader->decoder.arena, palette, colors->keys[i], color);
    }
}

static void decode_fonts(struct reader *reader, const struct node *fonts, struct fontset *fontset)
{
    if (!fonts)
        return;
    if (fonts->kind != NODE_MAPPING) {
        FAIL(reader, fonts->pos, "yaml-type", "'fonts' wants names and font families");
        return;
    }
    for (size_t i = 0; i < fonts->n; i++) {
        const struct node *family = fonts->items[i];
        if (family->kind != NODE_SCALAR) {
            FAIL(reader, family->pos, "yaml-type", "'%.*s' wants the name of a font family",
                STR_FMT(fonts->keys[i]));
            continue;
        }
        struct str *kept = ARENA_NEW(reader->decoder.arena, struct str);
        *kept = family->text;
        map_put(reader->decoder.arena, &reader->sheet->fonts, fonts->keys[i], kept);
        if (!fontset_find(fontset, reader->decoder.diags, family->pos, family->text, 400, false))
            reader->good = false;
    }
}

static void decode_page(struct reader *reader, const struct node *node, enum paper paper)
{
    struct page_rule rule = {.size = PAPER_LETTER, .margins = {54, 54, 54, 54}};
    if (node && !schema_decode(&reader->decoder, node, PAGE_FIELDS, "a page", &rule))
        reader->good = false;
    int size = paper == PAPER_FROM_STYLE ? rule.size : (int)paper;
    reader->sheet->paper = PAGES[size][rule.fold].name;
    reader->sheet->page = (struct page_style){
        .width = PAGES[size][rule.fold].width,
        .height = PAGES[size][rule.fold].height,
        .folded = rule.fold == FOLD_HALF,
        .top = rule.margins.top,
        .bottom = rule.margins.bottom,
        .left = rule.margins.left,
        .right = rule.margins.right,
        .pictures = (enum picture_tone)rule.pictures,
        .side = rule.side.width,
        .side_gap = rule.side.width > 0 ? rule.side.gap : 0,
    };
    enum { NARROWEST_COLUMN = 120, LOWEST_COLUMN = 120 };
    struct page_style *page = &reader->sheet->page;
    if (page->width - page->left - page->right - page->side - page->side_gap < NARROWEST_COLUMN ||
        page->height - page->top - page->bottom < LOWEST_COLUMN)
        FAIL(reader, node ? node->pos : (struct pos){0}, "style-page",
            "the margins leave too little room for text");
}

/* `pages: 8`; `any`; or `handout`, what the handout says. */
static void decode_budget(struct reader *reader, const struct node *node)
{
    static const struct field number = {"pages", FIELD_INTEGER, 0, .min = 1, .max = MOST_PAGES};
    struct fit_bounds *fit = &reader->sheet->fit;
    if (!node)
        return;
    fit->pages_pos = node->pos;
    bool scalar = node->kind == NODE_SCALAR;
    if (scalar && str_is(node->text, "any"))
        fit->pages = BUDGET_ANY;
    else if (scalar && str_is(node->text, "handout"))
        fit->pages = BUDGET_OF_HANDOUT;
    else if (!scalar || !node->text.n || !ascii_is_digit(node->text.p[0]))
        FAIL(reader, node->pos, "yaml-value", "'pages' must be a number of pages, any or handout");
    else if (!schema_decode_value(&reader->decoder, node, &number, &fit->pages))
        reader->good = false;
}

/* Each bound is a pair, [generous, tightest]; one that the sheet does not name leaves things as they are. */
static void decode_fit(struct reader *reader, const struct node *node)
{
    enum { BOUNDS = 4 };
    const struct node *pairs[BOUNDS + 1] = {0};
    struct fit_bounds *fit = &reader->sheet->fit;
    double *bounds[BOUNDS] = {fit->space, fit->leading, fit->figure, fit->margins};
    *fit = (struct fit_bounds){.space = {1, 1}, .figure = {1, 1}, .margins = {1, 1}};
    if (!node)
        return;
    reader->sheet->has_fit = true;
    if (!schema_decode(&reader->decoder, node, FIT_FIELDS, "the bounds of copy-fitting", pairs))
        reader->good = false;
    decode_budget(reader, pairs[BOUNDS]);
    for (int i = 0; i < BOUNDS; i++) {
        if (!pairs[i])
            continue;
        if (pairs[i]->kind != NODE_SEQUENCE || pairs[i]->n != 2) {
            FAIL(reader, pairs[i]->pos, "yaml-type", "this wants two numbers: [generous, tightest]");
            continue;
        }
        for (size_t k = 0; k < 2; k++)
            if (!schema_decode_value(&reader->decoder, pairs[i]->items[k], &BOUND, &bounds[i][k]))
                reader->good = false;
        if (bounds[i][0] < bounds[i][1])
            FAIL(reader, pairs[i]->pos, "yaml-value",
                "the first number is the generous one, and cannot be less than the second");
    }
}

static bool is_running_key(struct str key)
{
    for (const struct field *field = RUNNING_FIELDS; field->name; field++)
        if (str_is(key, field->name))
            return true;
    return false;
}

/* The keys of a mapping for which `is_running_key` gives `running`. */
static struct node *split(struct arena *arena, const struct node *node, bool running)
{
    struct node *part = ARENA_NEW(arena, struct node);
    *part = *node;
    part->items = ARENA_ARRAY(arena, struct node *, node->n);
    part->keys = ARENA_ARRAY(arena, struct str, node->n);
    part->key_poses = ARENA_ARRAY(arena, struct pos, node->n);
    part->n = 0;
    for (size_t i = 0; i < node->n; i++) {
        if (is_running_key(node->keys[i]) != running)
            continue;
        part->items[part->n] = node->items[i];
        part->keys[part->n] = node->keys[i];
        part->key_poses[part->n++] = node->key_poses[i];
    }
    return part;
}

static void decode_rule(struct reader *reader, const struct node *node, const char *name, struct rule *rule)
{
    rule->pos = node->pos;
    if (!schema_decode(
            &reader->decoder, node, RULE_FIELDS, arena_printf(reader->decoder.arena, "'%s'", name), rule))
        reader->good = false;
    if (rule->has.hyphenate && rule->hyphenate)
        FAIL(reader, node->pos, "style-hyphenate",
            "patient handouts are not hyphenated: 'hyphenate' can only be false");
}

/* A header or footer: its texts, and a rule for their looks. */
static void decode_running(struct reader *reader, const struct node *node, const char *name,
    struct running_rule *running, struct rule *rule)
{
    if (node->kind != NODE_MAPPING) {
        decode_rule(reader, node, name, rule);
        return;
    }
    struct running_decode decoded = {.distance = running->distance, .first_page = true};
    struct arena *arena = reader->decoder.arena;
    decode_rule(reader, split(arena, node, false), name, rule);
    if (!schema_decode(&reader->decoder, split(arena, node, true), RUNNING_FIELDS, name, &decoded))
        reader->good = false;
    const struct node *texts[3] = {decoded.left, decoded.center, decoded.right};
    struct str *kept[3] = {&running->left, &running->center, &running->right};
    struct pos *poses[3] = {&running->left_pos, &running->center_pos, &running->right_pos};
    for (int i = 0; i < 3; i++) {
        if (!texts[i])
            continue;
        if (texts[i]->kind != NODE_SCALAR)
            FAIL(reader, texts[i]->pos, "yaml-type", "this wants a text");
        *kept[i] = texts[i]->text;
        *poses[i] = texts[i]->pos;
    }
    running->distance = decoded.distance;
    running->first_page = decoded.first_page;
}

/* `rule` where it says something, else `from`. */
static struct rule rule_over(const struct rule *from, const struct rule *rule)
{
    struct rule merged = *rule;
#define TAKE(property)                                                                                       \
    if (!rule->has.property && from->has.property) {                                                         \
        merged.property = from->property;                                                                    \
        merged.has.property = true;                                                                          \
    }
    TAKE(font)
    TAKE(size)
    TAKE(leading)
    TAKE(weight)
    TAKE(slant)
    TAKE(color)
    TAKE(figures)
    TAKE(underline)
    TAKE(align)
    TAKE(space_before)
    TAKE(space_after)
    TAKE(indent)
    TAKE(indent_right)
    TAKE(padding)
    TAKE(padding_sides)
    TAKE(measure)
    TAKE(fill)
    TAKE(radius)
    TAKE(rule)
    TAKE(border)
    TAKE(above)
    TAKE(below)
    TAKE(stripe)
    TAKE(keep_with_next)
    TAKE(keep_together)
    TAKE(new_page)
    TAKE(one_page)
    TAKE(place)
    TAKE(span)
    TAKE(headings)
    TAKE(label)
    TAKE(icon)
    TAKE(label_color)
    TAKE(label_size)
    TAKE(bullet)
    TAKE(pitch)
    TAKE(width)
    TAKE(height)
    TAKE(per_row)
    TAKE(rows)
    TAKE(columns)
    TAKE(column_gap)
    TAKE(column_lines)
#undef TAKE
    return merged;
}

static enum element element_named(struct str name)
{
    for (size_t i = 0; i < ELEMENT_COUNT; i++)
        if (str_is(name, ELEMENTS[i].name))
            return ELEMENTS[i].element;
    return ELEMENT_NONE;
}

/* Applies what each rule extends, by its own word or by its kind; `depth` ends cycles. */
static struct rule resolve(struct reader *reader, const struct rule *raw, enum element element, int depth)
{
    const struct rule *rule = &raw[element];
    enum element from = ELEMENTS[element].from;
    if (rule->has.extends) {
        from = element_named(rule->extends);
        if (from == ELEMENT_NONE)
            FAIL(reader, rule->pos, "style-extends", "there is no element '%.*s' to extend",
                STR_FMT(rule->extends));
    }
    if (from == ELEMENT_NONE)
        return *rule;
    if (depth > DEEPEST_EXTENDS) {
        FAIL(reader, rule->pos, "style-cycle", "these elements extend each other, by way of '%.*s'",
            STR_FMT(rule->extends));
        return *rule;
    }
    struct rule under = resolve(reader, raw, from, depth + 1);
    return rule_over(&under, rule);
}

static void decode_rules(struct reader *reader, const struct node *root)
{
    struct rule *raw = ARENA_ARRAY(reader->decoder.arena, struct rule, ELEMENT_COUNT);
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        const struct node *node = node_get(root, ELEMENTS[i].name);
        if (!node)
            continue;
        if (i == ELEMENT_HEADER || i == ELEMENT_FOOTER)
            decode_running(reader, node, ELEMENTS[i].name,
                i == ELEMENT_HEADER ? &reader->sheet->header : &reader->sheet->footer, &raw[i]);
        else
            decode_rule(reader, node, ELEMENTS[i].name, &raw[i]);
    }
    for (size_t i = 0; i < ELEMENT_COUNT; i++)
        reader->sheet->rules[i] = resolve(reader, raw, (enum element)i, 0);
}

/* `table: {head: …}` is written for `table-head`. */
static const char *table_part(struct str key)
{
    static const char *const parts[][2] = {
        {"head", "table-head"}, {"cell", "table-cell"}, {"title", "table-title"}, {"label", "table-label"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (str_is(key, parts[i][0]))
            return parts[i][1];
    return NULL;
}

/* Lifts the parts that stand within `table` to the top. */
static struct node *lift_table_parts(struct reader *reader, struct node *root)
{
    struct arena *arena = reader->decoder.arena;
    struct node *table = node_get(root, "table");
    if (!table || table->kind != NODE_MAPPING)
        return root;
    struct node *plain = ARENA_NEW(arena, struct node), *parts = ARENA_NEW(arena, struct node);
    *plain = *parts = *table;
    parts->items = ARENA_ARRAY(arena, struct node *, table->n);
    parts->keys = ARENA_ARRAY(arena, struct str, table->n);
    parts->key_poses = ARENA_ARRAY(arena, struct pos, table->n);
    plain->items = ARENA_ARRAY(arena, struct node *, table->n);
    plain->keys = ARENA_ARRAY(arena, struct str, table->n);
    plain->key_poses = ARENA_ARRAY(arena, struct pos, table->n);
    plain->n = parts->n = 0;
    for (size_t i = 0; i < table->n; i++) {
        const char *part = table_part(table->keys[i]);
        struct node *to = part ? parts : plain;
        to->keys[to->n] = part ? str_from(part) : table->keys[i];
        to->key_poses[to->n] = table->key_poses[i];
        to->items[to->n++] = table->items[i];
    }
    if (!parts->n)
        return root;
    for (size_t i = 0; i < root->n; i++)
        if (root->items[i] == table)
            root->items[i] = plain;
    return merge(arena, root, parts);
}

/* Refuses keys that no style sheet has. */
static void check_keys(struct reader *reader, const struct node *root)
{
    enum { MOST_OWN = 16 };
    struct field fields[MOST_OWN + ELEMENT_COUNT + 1] = {{0}};
    const struct node *ignored = NULL;
    size_t n = 0;
    for (; SHEET_FIELDS[n].name; n++) {
        assert(n < MOST_OWN);
        fields[n] = (struct field){SHEET_FIELDS[n].name, FIELD_NODE, .offset = 0};
    }
    for (size_t i = 0; i < ELEMENT_COUNT; i++)
        fields[n + i] = (struct field){ELEMENTS[i].name, FIELD_NODE, .offset = 0};
    if (!schema_decode(&reader->decoder, root, fields, "a style sheet", &ignored))
        reader->good = false;
}

struct str stylesheet_family(const struct stylesheet *sheet, struct str font)
{
    const struct str *family = map_get(&sheet->fonts, font);
    return family ? *family : font;
}

/* Every face that a rule asks for must be in the catalogue; those of `fonts` have been looked up already. */
static void check_fonts(struct reader *reader, struct fontset *fontset)
{
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        const struct rule *rule = &reader->sheet->rules[i];
        if (rule->has.font && !map_get(&reader->sheet->fonts, rule->font) &&
            !fontset_find(fontset, reader->decoder.diags, rule->pos, rule->font, 400, false))
            reader->good = false;
    }
    const struct rule *text = &reader->sheet->rules[ELEMENT_TEXT];
    if (!text->has.font || !text->has.size)
        FAIL(reader, text->pos, "style-text",
            "'text' must say at least 'font' and 'size' (begin the sheet with 'extends: standard')");
}

const struct stylesheet *stylesheet_read(struct arena *arena, struct diags *diags, struct fontset *fontset,
    const char *styles_folder, struct str name, enum paper paper)
{
    struct map palette = {0};
    struct stylesheet *sheet = ARENA_NEW(arena, struct stylesheet);
    struct reader reader = {{arena, diags, &palette}, sheet, styles_folder, true};
    struct node *root = read_merged(&reader, name, (struct pos){0}, 0);
    if (!root)
        return NULL;
    sheet->source = root->pos.source;
    if (root->kind == NODE_MAPPING)
        root = lift_table_parts(&reader, root);
    sheet->tree = root;
    check_keys(&reader, root);
    decode_palette(&reader, node_get(root, "colors"), &palette);
    decode_fonts(&reader, node_get(root, "fonts"), fontset);
    decode_page(&reader, node_get(root, "page"), paper);
    decode_fit(&reader, node_get(root, "fit"));
    decode_rules(&reader, root);
    check_fonts(&reader, fontset);
    struct str base = is_path(name) ? path_base(str_dup(arena, name)) : name;
    sheet->name = str_ends(base, ".yaml") ? str_slice(base, 0, base.n - strlen(".yaml")) : base;
    return reader.good ? sheet : NULL;
}

bool stylesheet_fits(const struct stylesheet *sheet)
{
    return sheet->has_fit;
}

struct str stylesheet_name(const struct stylesheet *sheet)
{
    return sheet->name;
}

const char *stylesheet_paper(const struct stylesheet *sheet)
{
    return sheet->paper;
}

int stylesheet_budget(const struct stylesheet *sheet, int wanted, struct pos *pos)
{
    const struct fit_bounds *fit = &sheet->fit;
    if (fit->pages == BUDGET_OF_HANDOUT)
        return wanted;
    *pos = fit->pages_pos;
    return fit->pages == BUDGET_ANY ? 0 : fit->pages;
}

/* ---- Where things stand ---- */

const char *stylesheet_element_name(enum element element)
{
    return ELEMENTS[element].name;
}

/* What the sheet says of a property, or NULL. */
static const struct node *find_value(
    const struct stylesheet *sheet, enum element element, const char *property)
{
    const struct node *value = NULL;
    for (int depth = 0; !value && element != ELEMENT_NONE && depth <= DEEPEST_EXTENDS; depth++) {
        const struct rule *rule = &sheet->rules[element];
        value = node_get(node_get(sheet->tree, ELEMENTS[element].name), property);
        element = rule->has.extends ? element_named(rule->extends) : ELEMENTS[element].from;
    }
    return value;
}

struct pos stylesheet_property_pos(const struct stylesheet *sheet, enum element element, const char *property)
{
    const struct node *value = find_value(sheet, element, property);
    return value ? value->pos : (struct pos){0};
}

struct pos stylesheet_color_pos(const struct stylesheet *sheet, enum element element, const char *property)
{
    const struct node *value = find_value(sheet, element, property);
    if (value && value->kind == NODE_MAPPING) /* of a line */
        value = node_get(value, "color");
    const struct node *settled = value && value->kind == NODE_SCALAR
                                     ? node_get_str(node_get(sheet->tree, "colors"), value->text)
                                     : NULL;
    if (settled)
        return settled->pos;
    return value ? value->pos : (struct pos){0};
}

struct pos stylesheet_fit_pos(const struct stylesheet *sheet, const char *bound)
{
    const struct node *value = node_get(node_get(sheet->tree, "fit"), bound);
    return value ? value->pos : (struct pos){0};
}
