/* The small lexical pieces of CommonMark 0.30 that cmark reads and does not report: where an entity, a link's
 * destination, a reference definition ends. Each returns how many bytes it spans from `at`, 0 when it is not
 * there. For the Markdown files of content only. */
#ifndef CONTENT_SCAN_H
#define CONTENT_SCAN_H

#include "base/str.h"

enum { SCAN_ENTITY_MOST = 12 }; /* bytes that an entity can decode to, at most */

/* An entity or numeric reference (section 2.5), decoded into `out`. */
size_t scan_entity(struct str s, size_t at, char out[SCAN_ENTITY_MOST], size_t *out_size);
/* A label in brackets (section 4.7), brackets included; it may be empty: "[]". */
size_t scan_label(struct str s, size_t at);
/* A link reference definition with its line end (section 4.7). */
size_t scan_definition(struct str s, size_t at);
/* The "(destination "title")" behind a link's text (section 6.3). */
size_t scan_link_tail(struct str s, size_t at);
/* A run of one character. */
size_t scan_run(struct str s, size_t at, char c);
/* Spaces and tabs. */
size_t scan_blanks(struct str s, size_t at);
/* The text within a CDATA section, empty if `html` is none. */
struct str scan_cdata(struct str html);
/* A raw HTML tag, comment, instruction, declaration or CDATA section (section 6.6); SCAN_COMMENT tells a
 * comment, `name` is a tag's name without '/', else empty. */
enum scan_html { SCAN_TAG, SCAN_COMMENT, SCAN_OTHER };
size_t scan_html(struct str s, size_t at, enum scan_html *what, struct str *name);

#endif
