/* What the words of style sheets mean: a sentence for each element and each property, for editors and for
 * styles/README.md. Used by design/stylesheet.c alone; a test misses a word that is not here. */
#ifndef DESIGN_GUIDE_H
#define DESIGN_GUIDE_H

struct guide_word {
    const char *name; /* NULL ends the table */
    const char *about;
    const char *usual; /* of a property: as in struct field */
    const char *group; /* the title of a group that begins here */
};

extern const struct guide_word GUIDE_ELEMENTS[], GUIDE_PROPERTIES[];

#endif
