/* Pictures kept from document to document: most handouts of a clinic show the same ones. A file is read each
 * time, and decoded anew only if it has changed. Used by design/shelf.c; run makes one for all handouts. */
#ifndef DESIGN_GALLERY_H
#define DESIGN_GALLERY_H

#include "design/picture.h"
#include "design/style.h"

struct gallery;

/* The caller frees it, and all its pictures with it. */
struct gallery *gallery_new(void);
void gallery_free(struct gallery *gallery); /* NULL is allowed */
/* To be called before each document: forgets the pictures that were not shown for the longest time, if all
 * take much memory. */
void gallery_trim(struct gallery *gallery);
/* What picture_read gives, in a tone. It is good until the gallery is trimmed, or as long as the diagnostics'
 * arena. A picture of which there is something to say is not kept, so that it is said each time. */
const struct picture *gallery_picture(struct gallery *gallery, struct diags *diags, struct pos where,
    const char *path, struct str lang, enum picture_tone tone);

#endif
