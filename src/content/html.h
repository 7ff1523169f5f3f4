/* Raw HTML: tags are dropped with a warning, the text between them and in CDATA sections is printed; comments
 * go silently, scripts and styles with all they hold. For the Markdown files of content only. */
#ifndef CONTENT_HTML_H
#define CONTENT_HTML_H

#include "content/reader.h"

/* Reads an HTML block as paragraphs beneath `parent`. Codes: html-dropped, html-unclosed. */
void html_read_block(struct reader *reader, struct cmark_node *block, struct doc_node *parent);

/* Keeps a comment, from "<!--" to "-->", if it is a remark (struct doc_remark). */
void html_remark(struct reader *reader, struct pos pos, struct str comment);

/* Warns of a dropped construct, once for a block (reader->html_reported). */
void html_report(struct reader *reader, struct pos pos, struct str construct);
/* The same of a script or style, whose text is dropped too, once for a block. */
void html_report_hidden(struct reader *reader, struct pos pos, struct str construct);
/* Is a tag's name this one, in whatever case? */
bool html_is(struct str name, const char *tag);

/* Remembers for the children of one node what was looked for in vain. */
struct html_search {
    struct cmark_node *parent;
    bool failed[2];
};
/* For the opening tag of an inline script or style: the sibling that closes it, or NULL. */
struct cmark_node *html_hidden_until(struct html_search *search, struct cmark_node *tag);

#endif
