/* Faces and the catalogue of faces (fonts/fonts.yaml). Only faces of the catalogue are ever used, so that a
 * PDF's bytes do not depend on the machine. Used by design, layout (shaping, metrics) and paint (subsetting).
 */
#ifndef DESIGN_FONT_H
#define DESIGN_FONT_H

#include "base/diag.h"

#include <hb.h>

/* One face. Lengths are in em (1.0 = the type size), y upward as in the font. Constant once loaded. */
struct font {
    size_t index; /* dense within its fontset */
    const char *path;
    bool tried;          /* somebody wanted to load it: */
    struct hash128 hash; /* then this is the file that was found, all zero if there was none */
    struct str family;
    struct str ps_name; /* PostScript name, from the name table */
    int weight;         /* 100 to 900 */
    bool italic;
    hb_face_t *face;
    hb_font_t *shaper; /* scaled to units_per_em */
    unsigned units_per_em, glyph_count;
    double ascender, descender; /* descender is negative */
    double cap_height, x_height;
    double underline_position, underline_thickness; /* position is negative */
    double italic_angle;                            /* degrees, negative leans right */
    double box[4];                                  /* x-min, y-min, x-max, y-max */
    const struct font *const
        *fallbacks; /* faces to try for a missing character, NULL-terminated; not loaded yet */
};

struct fontset;

/* What the catalogue may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field FONT_FILE;

/* Reads the catalogue; faces are loaded when first asked for. NULL after an error (font-catalogue). */
struct fontset *fontset_read(struct arena *arena, struct diags *diags, const char *fonts_folder);
/* Releases what HarfBuzz holds; the rest goes with the arena. */
void fontset_free(struct fontset *fontset);
size_t fontset_count(const struct fontset *fontset);
/* Tells a trace of all faces that were asked for so far: what is made from now on may depend on any of them,
 * by way of what is kept of their glyphs. */
void fontset_trace(const struct fontset *fontset, struct trace *trace);
/* The face of a family nearest in weight and slant (CSS Fonts 4, §5.2), loaded. NULL and a diagnostic at
 * `where` [font-unknown] with the families that exist, or [font-unreadable]. */
const struct font *fontset_find(struct fontset *fontset, struct diags *diags, struct pos where,
    struct str family, int weight, bool italic);
/* The face to show a character with: `font` itself, or the first of its fallbacks that has the character
 * (loaded on the way), or NULL when none has it. */
const struct font *fontset_for_char(struct fontset *fontset, const struct font *font, uint32_t c);

#endif
