/* The pictures of a document, read once, though copy-fitting may set it several times. */
#ifndef DESIGN_SHELF_H
#define DESIGN_SHELF_H

#include "content/document.h"
#include "design/gallery.h"

struct shelf;

/* It takes its pictures from `gallery`, which must not be trimmed before the document is done. */
struct shelf *shelf_new(struct arena *arena, const struct document *document, struct gallery *gallery);
/* The picture of an IMAGE node as readers of `lang` see it, in a tone; NULL if it has none or after an error.
 * What there is to say of it goes to `diags` each time, for each setting has its own. */
const struct picture *shelf_picture(struct shelf *shelf, struct diags *diags, const struct doc_node *image,
    struct str lang, enum picture_tone tone);

#endif
