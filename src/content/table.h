/* Pipe tables as the GitHub Flavored Markdown specification has them (section 4.10). cmark knows none, so
 * they are rewritten before it reads them: each cell becomes an ATX heading on a line of its own, behind the
 * same marks of quotes and lists. A heading interrupts a paragraph, needs no blank lines, leaves a list as
 * tight as it was, and holds just what a cell may hold; reference definitions of the whole text resolve in
 * it. For the Markdown files of content only. */
#ifndef CONTENT_TABLE_H
#define CONTENT_TABLE_H

#include "content/reader.h"

/* Rewrites the tables in what cmark took for paragraphs and setext headings. False if it found none: then the
 * script is as it was and `root` is its reading. Code: table-too-wide. */
bool table_rewrite(struct arena *arena, struct diags *diags, struct script *script, struct cmark_node *root);

#endif
