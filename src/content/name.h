/* What ids, variables and languages may be called. Used by content and run. */
#ifndef CONTENT_NAME_H
#define CONTENT_NAME_H

#include "base/str.h"

/* An id of a topic, source or price: lower-case letters, digits and inner hyphens, at most 100. */
bool name_is_id(struct str name);
/* A part of a variable's name, between its dots: letters, digits, '-' and '_'. */
bool name_is_variable_part(struct str name);
/* A language tag as folders and editions carry it: "en", "es-US", "zh-Hans". */
bool name_is_lang(struct str tag);

#endif
