#include "design/sheet_fields.h"

static const struct choice WEIGHTS[] = {{"regular", 400}, {"400", 400}, {"medium", 500}, {"500", 500},
    {"semibold", 600}, {"600", 600}, {"bold", 700}, {"700", 700}, {0}};
static const struct choice SLANTS[] = {{"normal", SLANT_NORMAL}, {"italic", SLANT_ITALIC}, {0}};
static const struct choice FIGURES[] = {
    {"proportional", FIGURES_PROPORTIONAL}, {"tabular", FIGURES_TABULAR}, {0}};
static const struct choice ALIGNS[] = {
    {"left", ALIGN_LEFT}, {"center", ALIGN_CENTER}, {"right", ALIGN_RIGHT}, {0}};
static const struct choice PLACES[] = {{"above", PLACE_ABOVE}, {"side", PLACE_SIDE}, {0}};
static const struct choice REACHES[] = {{"column", REACH_COLUMN}, {"page", REACH_PAGE}, {0}};
static const struct choice BULLETS[] = {
    {"disc", BULLET_DISC}, {"ring", BULLET_RING}, {"square", BULLET_SQUARE}, {0}};
/* Rows that the eye adds up. */
static const struct choice PER_ROW[] = {{"5", 5}, {"10", 10}, {"20", 20}, {"25", 25}, {"50", 50}, {0}};
static const struct choice ROWS[] = {
    {"auto", ROWS_AUTO}, {"grid", ROWS_GRID}, {"labeled", ROWS_LABELED}, {0}};
static const struct choice PAPERS[] = {{"letter", PAPER_LETTER}, {"a4", PAPER_A4}, {0}};
static const struct choice TONES[] = {{"color", TONE_COLOR}, {"gray", TONE_GRAY}, {"lines", TONE_LINES}, {0}};
static const struct choice FOLDS[] = {{"none", FOLD_NONE}, {"half", FOLD_HALF}, {0}};

const struct field EDGE_FIELDS[] = {
    {"width", FIELD_LENGTH, offsetof(struct rule_edge, width), .min = 0, .max = 20, .usual = "0",
        .about = "How thick the line is; 0 is none."},
    {"color", FIELD_COLOR, .offset = offsetof(struct rule_edge, color), .usual = "#000000",
        .about = "The line's color."},
    {0},
};

/* A call-out's bar may be wide enough to hold its title. */
static const struct field BAR_FIELDS[] = {
    {"width", FIELD_LENGTH, offsetof(struct rule_edge, width), .min = 0, .max = 300, .usual = "0",
        .about = "How thick the line is; 0 is none. That of a call-out may hold its title."},
    {"color", FIELD_COLOR, .offset = offsetof(struct rule_edge, color), .usual = "#000000",
        .about = "The line's color."},
    {0},
};

#define PROPERTY(name, type, member, ...)                                                                    \
    {                                                                                                        \
        name, type, offsetof(struct rule, member), .presence = offsetof(struct rule, has.member),            \
                                                   __VA_ARGS__                                               \
    }

/* What each of them means is in design/guide.c. */
const struct field RULE_FIELDS[] = {
    PROPERTY("extends", FIELD_TEXT, extends, .flags = FIELD_NONEMPTY),
    PROPERTY("font", FIELD_TEXT, font, .flags = FIELD_NONEMPTY),
    PROPERTY("size", FIELD_LENGTH, size, .min = 4, .max = 144),
    PROPERTY("leading", FIELD_NUMBER, leading, .min = 0.8, .max = 4),
    PROPERTY("weight", FIELD_CHOICE, weight, .choices = WEIGHTS),
    PROPERTY("style", FIELD_CHOICE, slant, .choices = SLANTS),
    PROPERTY("color", FIELD_COLOR, color, .flags = 0),
    PROPERTY("figures", FIELD_CHOICE, figures, .choices = FIGURES),
    PROPERTY("underline", FIELD_BOOL, underline, .flags = 0),
    PROPERTY("align", FIELD_CHOICE, align, .choices = ALIGNS),
    PROPERTY("hyphenate", FIELD_BOOL, hyphenate, .flags = 0),
    PROPERTY("space-before", FIELD_LENGTH, space_before, .min = 0, .max = 400),
    PROPERTY("space-after", FIELD_LENGTH, space_after, .min = 0, .max = 400),
    PROPERTY("indent", FIELD_LENGTH, indent, .min = 0, .max = 300),
    PROPERTY("indent-right", FIELD_LENGTH, indent_right, .min = 0, .max = 300),
    PROPERTY("padding", FIELD_LENGTH, padding, .min = 0, .max = 100),
    PROPERTY("padding-sides", FIELD_LENGTH, padding_sides, .min = 0, .max = 100),
    PROPERTY("measure", FIELD_LENGTH, measure, .min = 0, .max = 2000),
    PROPERTY("fill", FIELD_COLOR, fill, .flags = 0),
    PROPERTY("radius", FIELD_LENGTH, radius, .min = 0, .max = 50),
    PROPERTY("rule", FIELD_RECORD, rule, .record = BAR_FIELDS),
    PROPERTY("border", FIELD_RECORD, border, .record = EDGE_FIELDS),
    PROPERTY("rule-above", FIELD_RECORD, above, .record = EDGE_FIELDS),
    PROPERTY("rule-below", FIELD_RECORD, below, .record = EDGE_FIELDS),
    PROPERTY("stripe", FIELD_COLOR, stripe, .flags = 0),
    PROPERTY("keep-with-next", FIELD_BOOL, keep_with_next, .flags = 0),
    PROPERTY("keep-together", FIELD_BOOL, keep_together, .flags = 0),
    PROPERTY("new-page", FIELD_BOOL, new_page, .flags = 0),
    PROPERTY("one-page", FIELD_BOOL, one_page, .flags = 0),
    PROPERTY("place", FIELD_CHOICE, place, .choices = PLACES),
    PROPERTY("span", FIELD_CHOICE, span, .choices = REACHES),
    PROPERTY("headings", FIELD_CHOICE, headings, .choices = PLACES),
    PROPERTY("label", FIELD_BOOL, label, .flags = 0),
    PROPERTY("icon", FIELD_BOOL, icon, .flags = 0),
    PROPERTY("label-color", FIELD_COLOR, label_color, .flags = 0),
    PROPERTY("label-size", FIELD_LENGTH, label_size, .min = 4, .max = 144),
    PROPERTY("bullet", FIELD_CHOICE, bullet, .choices = BULLETS),
    PROPERTY("pitch", FIELD_LENGTH, pitch, .min = 8, .max = 100),
    PROPERTY("width", FIELD_LENGTH, width, .min = 1, .max = 2000),
    PROPERTY("height", FIELD_LENGTH, height, .min = 1, .max = 2000),
    PROPERTY("per-row", FIELD_CHOICE, per_row, .choices = PER_ROW),
    PROPERTY("rows", FIELD_CHOICE, rows, .choices = ROWS),
    PROPERTY("columns", FIELD_INTEGER, columns, .min = 1, .max = 2),
    PROPERTY("column-gap", FIELD_LENGTH, column_gap, .min = 0, .max = 200),
    PROPERTY("column-lines", FIELD_INTEGER, column_lines, .min = 0, .max = 100),
    {0},
};

static const struct field MARGIN_FIELDS[] = {
    {"top", FIELD_LENGTH, offsetof(struct margins, top), .min = 0, .max = 400, .usual = "54pt",
        .about = "Above the text; the header stands in it."},
    {"bottom", FIELD_LENGTH, offsetof(struct margins, bottom), .min = 0, .max = 400, .usual = "54pt",
        .about = "Below the text; the footer stands in it."},
    {"left", FIELD_LENGTH, offsetof(struct margins, left), .min = 0, .max = 400, .usual = "54pt",
        .about = "To the left of the text, or of the side column."},
    {"right", FIELD_LENGTH, offsetof(struct margins, right), .min = 0, .max = 400, .usual = "54pt",
        .about = "To the right of the text."},
    {0},
};

static const struct field SIDE_FIELDS[] = {
    {"width", FIELD_LENGTH, 0, .min = 0, .max = 300, .usual = "0", .about = "Its width; 0 is none."},
    {"gap", FIELD_LENGTH, sizeof(double), .min = 0, .max = 100, .usual = "0",
        .about = "The space between it and the text."},
    {0},
};

const struct field PAGE_FIELDS[] = {
    {"size", FIELD_CHOICE, offsetof(struct page_rule, size), .choices = PAPERS, .usual = "letter",
        .about = "The sheet of paper, unless `--paper` names another."},
    {"pictures", FIELD_CHOICE, offsetof(struct page_rule, pictures), .choices = TONES, .usual = "color",
        .about = "`gray`: pictures are printed in gray; `lines`: of drawings, only the lines."},
    {"fold", FIELD_CHOICE, offsetof(struct page_rule, fold), .choices = FOLDS, .usual = "none",
        .about = "`half`: a page is half of the sheet, as in a booklet of folded sheets."},
    {"margins", FIELD_RECORD, offsetof(struct page_rule, margins), .record = MARGIN_FIELDS,
        .about = "The space around the text."},
    {"side", FIELD_RECORD, offsetof(struct page_rule, side), .record = SIDE_FIELDS,
        .about = "A column to the left of the text, for headings with `place: side`."},
    {0},
};

static const struct field BUDGET = {
    "pages", FIELD_TEXT, .offset = 0, .flags = FIELD_NONEMPTY, .pattern = "^(any|handout|[0-9]+)$"};
const struct field BOUND = {"bound", FIELD_NUMBER, 0, .min = 0.3, .max = 3};

const struct field FIT_FIELDS[] = {
    {"space", FIELD_NODE, .offset = 0, .shape = SHAPE_LIST, .item = &BOUND, .min = 2, .max = 2,
        .usual = "[1, 1]", .about = "A factor of `space-before`, `space-after` and `padding`."},
    {"leading", FIELD_NODE, .offset = sizeof(struct node *), .shape = SHAPE_LIST, .item = &BOUND, .min = 2,
        .max = 2, .usual = "(that of `text`)", .about = "The leading of `text`."},
    {"figure", FIELD_NODE, .offset = 2 * sizeof(struct node *), .shape = SHAPE_LIST, .item = &BOUND, .min = 2,
        .max = 2, .usual = "[1, 1]", .about = "A factor of the size of pictures."},
    {"margins", FIELD_NODE, .offset = 3 * sizeof(struct node *), .shape = SHAPE_LIST, .item = &BOUND,
        .min = 2, .max = 2, .usual = "[1, 1]", .about = "A factor of the page's upper and lower margins."},
    {"pages", FIELD_NODE, .offset = 4 * sizeof(struct node *), .shape = SHAPE_ONE, .item = &BUDGET,
        .usual = "handout",
        .about = "How many: a number, `any`, or `handout`, what the handout's `fit: {pages: N}` says."},
    {0},
};

const struct field COLOR_FIELD = {"color", FIELD_COLOR, .offset = 0};
static const struct field TEXT_FIELD = {"text", FIELD_TEXT, .offset = 0};
static const struct field FAMILY_FIELD = {"family", FIELD_TEXT, .offset = 0, .flags = FIELD_NONEMPTY};

/* The keys of a sheet besides its elements. */
const struct field SHEET_FIELDS[] = {
    {"extends", FIELD_NODE, .shape = SHAPE_ONE, .item = &FAMILY_FIELD, .usual = "(none)",
        .about = "The style sheet that this one starts from: what is not said here is as it is there."},
    {"page", FIELD_RECORD, .record = PAGE_FIELDS, .about = "The paper, its margins, and a side column."},
    {"colors", FIELD_NODE, .shape = SHAPE_MAPPING, .item = &COLOR_FIELD,
        .about = "Names for colors. A name may stand for another one that is defined before it."},
    {"fonts", FIELD_NODE, .shape = SHAPE_MAPPING, .item = &FAMILY_FIELD,
        .about = "Names for font families of fonts/fonts.yaml; `base` uses `text`, `heading` and `code`."},
    {"fit", FIELD_RECORD, .record = FIT_FIELDS,
        .about = "How far copy-fitting may go to keep to a number of pages, each bound as [generous, "
                 "tightest]."},
    {0},
};

const struct field RUNNING_FIELDS[] = {
    {"left", FIELD_NODE, .offset = offsetof(struct running_decode, left), .shape = SHAPE_ONE,
        .item = &TEXT_FIELD, .about = "The text at the left; `{{variables}}` are filled in."},
    {"center", FIELD_NODE, .offset = offsetof(struct running_decode, center), .shape = SHAPE_ONE,
        .item = &TEXT_FIELD, .about = "The text in the middle."},
    {"right", FIELD_NODE, .offset = offsetof(struct running_decode, right), .shape = SHAPE_ONE,
        .item = &TEXT_FIELD, .about = "The text at the right."},
    {"distance", FIELD_LENGTH, offsetof(struct running_decode, distance), .min = 0, .max = 200, .usual = "0",
        .about = "How far from the edge of the paper."},
    {"first-page", FIELD_BOOL, .offset = offsetof(struct running_decode, first_page), .usual = "true",
        .about = "Whether it stands on the first page, too."},
    {0},
};
