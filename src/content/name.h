/* What ids, variables and languages may be called, and what files are. Used by content and run. */
#ifndef CONTENT_NAME_H
#define CONTENT_NAME_H

#include "base/str.h"

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
