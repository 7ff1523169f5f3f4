/* Style sheets: styles/NAME.yaml, each perhaps extending another. Unknown keys are refused. */
#ifndef DESIGN_STYLESHEET_H
#define DESIGN_STYLESHEET_H

#include "base/diag.h"
#include "design/font.h"

struct stylesheet;

enum paper { PAPER_FROM_STYLE, PAPER_LETTER, PAPER_A4 };

/* Reads a style sheet by name (NAME.yaml in `styles_folder`) or by path (anything with a '/' or ending in
 * ".yaml"), with what it extends, and loads the faces it names. NULL after an error: style-unknown,
 * style-cycle and the codes of config/schema.h. */
const struct stylesheet *stylesheet_read(struct arena *arena, struct diags *diags, struct fontset *fontset,
    const char *styles_folder, struct str name, enum paper paper);
/* Does it say how far copy-fitting may go? */
bool stylesheet_fits(const struct stylesheet *sheet);
/* How many pages a handout may take in this style, 0 = any number: `wanted`, what the handout's definition
 * says, unless the sheet says otherwise; then `*pos` becomes its place. */
int stylesheet_budget(const struct stylesheet *sheet, int wanted, struct pos *pos);
/* "standard": the name that output files carry. */
struct str stylesheet_name(const struct stylesheet *sheet);
/* What a page's size is called: "letter", "a4", "half-letter", "a5". */
const char *stylesheet_paper(const struct stylesheet *sheet);

#endif
