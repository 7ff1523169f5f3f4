/* Terms that must be explained where a handout first uses them: content/LANG/glossary.yaml. For the check
 * files of content, and for run. */
#ifndef CONTENT_GLOSSARY_H
#define CONTENT_GLOSSARY_H

#include "content/phrase.h"

/* What a glossary may hold, for editors (config/json_schema.h). */
struct field;
extern const struct field GLOSSARY_FILE;

struct term {
    struct str name;      /* as it is written there */
    struct str plain;     /* what it means, in plain words */
    struct phrases forms; /* the term and its other forms */
    struct pos pos;
};

struct glossary {
    struct term *terms;
    size_t n;
};

/* Reads the glossary of a language. One without terms if there is no such file; NULL after an error: codes of
 * base/file.h, config/yaml.h and config/schema.h. */
struct glossary *glossary_read(
    struct arena *arena, struct diags *diags, const char *content_root, struct str lang);

#endif
