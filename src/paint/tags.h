/* The structure tree (ISO 32000-1, §14.7 and §14.8; ISO 14289-1, §7).
 *
 * Its elements are made from the document before painting: most nodes that group or hold text become one
 * element, some two (a CAPTION is a Caption with a P in it), some none (EMPHASIS: its text belongs to the
 * paragraph; LINES: nothing to read). While the pages are painted, each run of content asks for the element
 * of its document node and gets a number (MCID) on its page. At the end the tree is written by walking the
 * elements in document order, so that reading order is the document's, whatever the order of painting was;
 * elements that showed nothing are left out, except in tables, whose grid must stay whole.
 *
 * Used within paint/ only. */
#ifndef PAINT_TAGS_H
#define PAINT_TAGS_H

#include "paint/survey.h"
#include "paint/writer.h"

struct tags;
struct element;

struct tags *tags_new(struct arena *arena, struct writer *writer, const struct document *document,
    const struct survey *survey, size_t page_count);
/* The element that content of a node belongs to; NULL: it is an artifact. */
struct element *tags_owner(const struct tags *tags, const struct doc_node *node);
/* "P": an element's structure type. */
const char *tags_type(const struct element *element);
/* Is it one that holds other elements, never content? */
bool tags_is_group(const struct element *element);
/* Records a run of content that shows `node`, owned by `element`, and returns its MCID on the page. */
int tags_add_content(struct tags *tags, struct element *element, const struct doc_node *node, size_t page);
/* Widens the bounding box of a figure; PDF coordinates. Other elements take no notice. */
void tags_add_box(struct element *element, double left, double bottom, double right, double top);
/* Records a link annotation of `node` on a page and returns its key, for /StructParent. */
int tags_add_link(struct tags *tags, const struct doc_node *node, size_t page, int annotation);
/* Writes the tree; returns the number of the structure tree root. */
int tags_write(struct tags *tags);

#endif
