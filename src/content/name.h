/* What ids, variables and languages may be called, and what files are. Used by content and run. */
#ifndef CONTENT_NAME_H
#define CONTENT_NAME_H

#include "base/str.h"

/* The same as the first three functions, as regular expressions for editors (config/json_schema.h). */
#define NAME_ID_PATTERN       "^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$"
#define NAME_VARIABLE_PATTERN "^[A-Za-z0-9_-]+$"
#define NAME_LANG_PATTERN     "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

/* An id of a topic, source or price: lower-case letters, digits and inner hyphens, at most 100. */
bool name_is_id(struct str name);
/* A part of a variable's name, between its dots: letters, digits, '-' and '_'. */
bool name_is_variable_part(struct str name);
/* A language tag as folders and editions carry it: "en", "es-US", "zh-Hans". */
bool name_is_lang(struct str tag);
/* Does a path end as a Markdown file's: .md or .markdown, in whatever case? */
bool name_is_markdown(const char *path);
/* What a Markdown file is called: "notes/knee-pain.md" → "knee-pain". Never empty: ".md" → "md". */
struct str name_of_markdown(const char *path);

#endif
