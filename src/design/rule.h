/* The rules of a style sheet: what it says of each element, property by property, before it is computed for a
 * place in a document. Used within design/ only. */
#ifndef DESIGN_RULE_H
#define DESIGN_RULE_H

#include "base/map.h"
#include "config/schema.h"
#include "design/style.h"
#include "design/stylesheet.h"

/* Element, its name in style sheets, and the element whose rule it starts from. */
#define STYLE_ELEMENTS(X)                                                                                    \
    X(TEXT, "text", NONE)                                                                                    \
    X(PARAGRAPH, "paragraph", NONE)                                                                          \
    X(HEADING, "heading", NONE)                                                                              \
    X(HEADING_1, "heading-1", HEADING)                                                                       \
    X(HEADING_2, "heading-2", HEADING)                                                                       \
    X(HEADING_3, "heading-3", HEADING)                                                                       \
    X(HEADING_4, "heading-4", HEADING)                                                                       \
    X(HEADING_5, "heading-5", HEADING)                                                                       \
    X(HEADING_6, "heading-6", HEADING)                                                                       \
    X(LIST, "list", NONE)                                                                                    \
    X(ITEM, "item", NONE)                                                                                    \
    X(QUOTE, "quote", NONE)                                                                                  \
    X(CALLOUT, "callout", NONE)                                                                              \
    X(CALLOUT_CAUTION, "callout-caution", CALLOUT)                                                           \
    X(CALLOUT_WARNING, "callout-warning", CALLOUT)                                                           \
    X(CALLOUT_IMPORTANT, "callout-important", CALLOUT)                                                       \
    X(CALLOUT_NOTE, "callout-note", CALLOUT)                                                                 \
    X(CALLOUT_TIP, "callout-tip", CALLOUT)                                                                   \
    X(CALLOUT_TITLE, "callout-title", NONE)                                                                  \
    X(CALLOUT_STRONG, "callout-strong", STRONG)                                                              \
    X(CODE_BLOCK, "code-block", NONE)                                                                        \
    X(CODE, "code", NONE)                                                                                    \
    X(STRONG, "strong", NONE)                                                                                \
    X(EMPHASIS, "emphasis", NONE)                                                                            \
    X(LINK, "link", NONE)                                                                                    \
    X(ADDRESS, "address", NONE)                                                                              \
    X(CITATION, "citation", NONE)                                                                            \
    X(BLANK, "blank", NONE)                                                                                  \
    X(TABLE, "table", NONE)                                                                                  \
    X(TABLE_HEAD, "table-head", NONE)                                                                        \
    X(TABLE_CELL, "table-cell", NONE)                                                                        \
    X(TABLE_TITLE, "table-title", NONE)                                                                      \
    X(TABLE_LABEL, "table-label", NONE)                                                                      \
    X(FIGURE, "figure", NONE)                                                                                \
    X(PEOPLE, "people", NONE)                                                                                \
    X(QR, "qr", NONE)                                                                                        \
    X(CAPTION, "caption", NONE)                                                                              \
    X(LINES, "lines", NONE)                                                                                  \
    X(RULE, "rule", NONE)                                                                                    \
    X(MASTHEAD, "masthead", NONE)                                                                            \
    X(LOGO, "logo", NONE)                                                                                    \
    X(TITLE, "title", HEADING_1)                                                                             \
    X(CLINIC, "clinic", NONE)                                                                                \
    X(PURPOSE, "purpose", NONE)                                                                              \
    X(STATE, "state", NONE)                                                                                  \
    X(FIELDS, "fields", NONE)                                                                                \
    X(FIELD_LABEL, "field-label", NONE)                                                                      \
    X(SECTION, "section", NONE)                                                                              \
    X(SECTION_SUMMARY, "section-summary", SECTION)                                                           \
    X(SECTION_CONDITION, "section-condition", SECTION)                                                       \
    X(SECTION_USUAL_CARE, "section-usual-care", SECTION)                                                     \
    X(SECTION_TREATMENT, "section-treatment", SECTION)                                                       \
    X(SECTION_EVIDENCE, "section-evidence", SECTION)                                                         \
    X(SECTION_EXCLUSIONS, "section-exclusions", SECTION)                                                     \
    X(SECTION_VISIT, "section-visit", SECTION)                                                               \
    X(SECTION_WARNINGS, "section-warnings", SECTION)                                                         \
    X(SECTION_QUESTIONS, "section-questions", SECTION)                                                       \
    X(SECTION_SOURCES, "section-sources", SECTION)                                                           \
    X(SECTION_STANDARD, "section-standard", SECTION)                                                         \
    X(SECTION_NOTICE, "section-notice", SECTION)                                                             \
    X(STANDARD_TITLE, "standard-title", HEADING_2)                                                           \
    X(WARNINGS_TITLE, "warnings-title", HEADING_2)                                                           \
    X(SOURCES, "sources", NONE)                                                                              \
    X(IMPRINT, "imprint", NONE)                                                                              \
    X(HEADER, "header", NONE)                                                                                \
    X(FOOTER, "footer", NONE)

#define STYLE_ELEMENT_ENUM(name, text, from) ELEMENT_##name,
enum element { STYLE_ELEMENTS(STYLE_ELEMENT_ENUM) ELEMENT_COUNT, ELEMENT_NONE = ELEMENT_COUNT };
#undef STYLE_ELEMENT_ENUM

enum slant { SLANT_NORMAL, SLANT_ITALIC };
enum figures { FIGURES_PROPORTIONAL, FIGURES_TABULAR };
enum place { PLACE_ABOVE, PLACE_SIDE };
enum reach { REACH_COLUMN, REACH_PAGE };
enum bullet { BULLET_DISC, BULLET_RING, BULLET_SQUARE };

struct rule_edge {
    double width;
    struct color color;
};

/* Each property P has a companion `has.P`: was it said? */
struct rule {
    struct {
        bool marker; /* keeps the offsets of the others above 0 */
        bool font, size, leading, weight, slant, color, figures, underline, align, hyphenate;
        bool space_before, space_after, indent, indent_right, padding, padding_sides, measure, fill, radius;
        bool rule, border, above, below, stripe;
        bool keep_with_next, keep_together, new_page, one_page, place, span, headings;
        bool label, icon, label_color, label_size, bullet, pitch, width, height, per_row, rows, columns,
            column_gap, column_lines;
        bool extends;
    } has;
    struct str font, extends;
    double size, leading;
    int weight, slant, figures, align, place, span, headings, bullet, per_row, rows, columns, column_lines;
    struct color color, fill, label_color, stripe;
    double space_before, space_after, indent, indent_right, padding, padding_sides, measure, radius, pitch,
        width, height, column_gap, label_size;
    struct rule_edge rule, border, above, below;
    bool underline, hyphenate, keep_with_next, keep_together, new_page, one_page, label, icon;
    struct pos pos;
};

struct running_rule {
    struct str left, center, right;
    struct pos left_pos, center_pos, right_pos;
    double distance;
    bool first_page;
};

enum { BUDGET_OF_HANDOUT = 0, BUDGET_ANY = -1 };

/* How far copy-fitting may go: from the generous value to the tightest; and to how many pages. */
struct fit_bounds {
    double space[2], leading[2], figure[2], margins[2];
    int pages; /* or one of the above */
    struct pos pages_pos;
};

struct stylesheet {
    struct str name;
    const char *paper; /* what the page's size is called */
    struct page_style page;
    struct rule rules[ELEMENT_COUNT]; /* final: `extends` and defaults applied */
    struct running_rule header, footer;
    struct fit_bounds fit;
    bool has_fit;
    struct map fonts;            /* alias → struct str *, the family */
    const struct node *tree;     /* as it was read, with what it extends: where each word stands */
    const struct source *source; /* its own file */
};

/* The family that a rule's `font` names: an alias of the sheet, or the name itself. */
struct str stylesheet_family(const struct stylesheet *sheet, struct str font);
/* "heading-2" */
const char *stylesheet_element_name(enum element element);
/* Where a sheet says a property of an element, by its own word or by what that extends; source NULL if
 * nowhere. */
struct pos stylesheet_property_pos(
    const struct stylesheet *sheet, enum element element, const char *property);
/* The same for a color: where `colors` settles it, if it has a name. */
struct pos stylesheet_color_pos(const struct stylesheet *sheet, enum element element, const char *property);
/* Where `fit` says a bound; source NULL if nowhere. */
struct pos stylesheet_fit_pos(const struct stylesheet *sheet, const char *bound);

#endif
