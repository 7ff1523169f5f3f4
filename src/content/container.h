/* The marks of block quotes and lists before a line's content: '>' and indentation. cmark consumes them
 * without saying where they end; this follows its rules (CommonMark 0.30, sections 5.1 and 5.2) line by line.
 * For the Markdown files of content only. */
#ifndef CONTENT_CONTAINER_H
#define CONTENT_CONTAINER_H

#include "content/script.h"

struct cmark_node;

enum { CONTAINERS_MOST = 64 }; /* deeper ones are counted but not followed */

struct container {
    bool item;                      /* else a block quote */
    size_t line;                    /* where it opens, from 1 */
    size_t indent, padding, marker; /* item: columns before its marker, from there to its content; the
                                       marker's bytes */
};

/* The containers around a block, outermost first. */
struct containers {
    const struct script *script;
    struct container at[CONTAINERS_MOST];
    size_t n;
};

/* A place on a line. A tab may be used up in part: then `spaces` columns of it are left. */
struct line_place {
    struct str line;
    size_t offset, column, spaces;
};

/* Enters a quote or item; any other node changes nothing. */
void containers_enter(struct containers *containers, struct cmark_node *node);
void containers_leave(struct containers *containers, struct cmark_node *node);
/* Too deep for places to be known. */
bool containers_lost(const struct containers *containers);
/* Goes behind the marks of all containers on a line. False where the line lacks some of them: a lazy
 * continuation line, which stops behind the marks that it has. */
bool containers_pass(const struct containers *containers, size_t line, struct line_place *place);
/* The last line of a leaf block within the containers. cmark's own answer is one too high for a setext
 * heading. */
size_t containers_last_line(const struct containers *containers, struct cmark_node *leaf);
/* Goes to the first character that is no blank; returns the columns passed. */
size_t place_indent(struct line_place *place);

#endif
