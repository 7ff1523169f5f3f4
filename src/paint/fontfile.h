/* Fonts in the PDF: which glyphs are used and what they spell, the subset that holds just these, and the
 * objects that tell a viewer about it (ISO 32000-1, §9.7 and §9.10; ISO 19005-2, §6.2.11). Used within paint/
 * only.
 *
 * All pages are surveyed before any is painted: a glyph's entry in the ToUnicode map must be the text that it
 * most often stands for; wherever it stands for another, the page says so with an ActualText. */
#ifndef PAINT_FONTFILE_H
#define PAINT_FONTFILE_H

#include "layout/page.h"
#include "paint/cluster.h"
#include "paint/press.h"
#include "paint/writer.h"

struct fontfiles; /* all of a document */
struct fontfile;  /* one face */

/* A glyph as text shows it. */
struct shown {
    int width;    /* as the PDF states it: whole thousandths of the type size */
    char code[4]; /* its number, as a literal string has it (§7.3.4.2) */
    unsigned char code_size;
    bool used;
};

struct shown_glyphs {
    const struct shown *at; /* by glyph; those in use */
    uint32_t count;
    const struct shown *space; /* NULL if the face has none */
};

struct fontfiles *fontfiles_new(struct arena *arena, struct press *press, size_t font_count);
/* Notes the glyphs of a text item. */
void fontfiles_survey(struct fontfiles *files, const struct item *item);
/* Ends the survey. */
void fontfiles_settle(struct fontfiles *files);
/* The file of a face that was surveyed. */
const struct fontfile *fontfiles_of(const struct fontfiles *files, const struct font *font);
/* Writes all fonts; appends the entries of the resource dictionary /Font ("/F0 12 0 R"). False and a machine
 * error [pdf-write] when a face cannot be subset. */
bool fontfiles_write(
    struct fontfiles *files, struct writer *writer, struct diags *diags, struct buf *resources);

/* The number in the resource name /F0, /F1 …, in the order of first use. */
int fontfile_number(const struct fontfile *file);
/* How a glyph is shown: as itself, or as the space where it is missing (PDF/A forbids .notdef); NULL if the
 * face has no space. */
static inline const struct shown *fontfile_show(const struct shown_glyphs *shown, uint32_t glyph)
{
    return glyph != 0 && glyph < shown->count ? &shown->at[glyph] : shown->space;
}
struct shown_glyphs fontfile_shown(const struct fontfile *file);
/* The first glyph, from `from` on, of a cluster whose glyphs, read one by one through the ToUnicode map, do
 * not spell its text; the number of glyphs if there is none. `from` begins a cluster. */
size_t fontfile_spelled(const struct fontfile *file, const struct item *item, size_t from);
#endif
