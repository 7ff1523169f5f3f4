/* The document: what a handout says, in reading order, before anyone decides how it looks. One tree of nodes
 * for blocks and inlines alike, because every later stage refers back to it: each thing painted names the
 * node that it shows, and the PDF's structure tree is written by walking this tree (reading order = document
 * order). Made by content/ and constant afterwards; design, layout and paint read it. */
#ifndef CONTENT_DOCUMENT_H
#define CONTENT_DOCUMENT_H

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum doc_kind {
    /* blocks */
    DOC_DOCUMENT,  /* MASTHEAD?, then SECTIONs or blocks */
    DOC_MASTHEAD,  /* LOGO?, CLINIC?, HEADING level 1, PURPOSE?, STATE?, FIELDS?: the top of the first page */
    DOC_SECTION,   /* HEADING, then blocks; a section of a handout (not made for a bare Markdown file) */
    DOC_HEADING,   /* inlines */
    DOC_PARAGRAPH, /* inlines */
    DOC_LIST,      /* ITEMs */
    DOC_ITEM,      /* LABEL, BODY */
    DOC_LABEL,     /* nothing: design makes the marker from the item */
    DOC_BODY,      /* blocks */
    DOC_QUOTE,     /* blocks */
    DOC_CALLOUT,   /* CALLOUT_TITLE, blocks */
    DOC_CALLOUT_TITLE, /* inlines; the kind's default words when the author gave none */
    DOC_CODE_BLOCK,    /* `code` */
    DOC_TABLE,         /* ROWs; the first ones with row.header are the head */
    DOC_ROW,           /* CELLs, exactly table.columns of them */
    DOC_CELL,          /* inlines, maybe none */
    DOC_FIGURE,        /* IMAGE, CAPTION?; or PEOPLE, CAPTION; or LINK with a QR, CAPTION */
    DOC_PEOPLE,        /* `people`: rows of little people, some of them filled in; in a FIGURE */
    DOC_QR,            /* `qr`: an address as a code to scan; in a LINK to it */
    DOC_CAPTION,       /* inlines */
    DOC_LINES,         /* ruled lines to write on */
    DOC_RULE,          /* a thematic break */
    DOC_PAGE_BREAK,
    /* inlines */
    DOC_TEXT,     /* `text` */
    DOC_EMPHASIS, /* inlines */
    DOC_STRONG,   /* inlines */
    DOC_CODE,     /* `text` */
    DOC_LINK,     /* inlines */
    DOC_ADDRESS,  /* `text`: a link's address (without scheme), printed behind its text if it has any; a child
                     of its LINK */
    DOC_IMAGE,    /* `image`; alone in a FIGURE or within a line */
    DOC_SPAN,     /* inlines in another language (`lang`): [Llame al 911]{lang=es} */
    DOC_CITATION, /* `citation`: prints "[1]" and links to its entry under Sources */
    DOC_BLANK,    /* an empty variable: a visible blank to write on */
    DOC_SOFT_BREAK, /* a line end in the source: a space */
    DOC_LINE_BREAK, /* a hard break */
};

enum { PEOPLE_MOST = 1000 };

enum callout_kind {
    CALLOUT_CAUTION,
    CALLOUT_WARNING,
    CALLOUT_IMPORTANT,
    CALLOUT_NOTE,
    CALLOUT_TIP,
    CALLOUT_KINDS
};

/* What a paragraph or section is for, where style or checks treat it apart. */
enum doc_role {
    ROLE_NONE,
    /* sections, named as in handout definitions */
    ROLE_SUMMARY,
    ROLE_CONDITION,
    ROLE_USUAL_CARE,
    ROLE_TREATMENT,
    ROLE_EVIDENCE,
    ROLE_EXCLUSIONS,
    ROLE_VISIT,
    ROLE_WARNINGS,
    ROLE_QUESTIONS,
    ROLE_SOURCES,  /* the generated list of sources of the topic */
    ROLE_STANDARD, /* the standard risks-and-cost page: starts a new page, must fit on it */
    ROLE_NOTICE,   /* a state's notice: starts a new page */
    /* paragraphs and lists */
    ROLE_CLINIC,           /* masthead: the clinic's name and tagline */
    ROLE_PURPOSE,          /* masthead: the line on what the sheet is for */
    ROLE_CONTACT,          /* masthead: how to reach the clinic */
    ROLE_STATE,            /* masthead: version, date, review state */
    ROLE_FIELDS,           /* masthead: the TABLE of what the desk fills in for one patient */
    ROLE_SOURCE_LIST,      /* an ordered LIST of sources */
    ROLE_STANDARD_SOURCES, /* the heading of the standard page's own sources */
    ROLE_IMPRINT,          /* closing small print: version, dates, conflict of interest */
};

enum item_mark { MARK_BULLET, MARK_NUMBER, MARK_BOX, MARK_BOX_TICKED };
enum text_align { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* From byte `at` of a text on, the source stands at `offset`, byte for byte until the next run: escapes,
 * entities and smart punctuation make a text differ from its source. */
struct text_run {
    uint32_t at, offset;
    bool escaped; /* the first character was written with a backslash and starts no convention */
};

struct doc_node {
    enum doc_kind kind;
    uint32_t id; /* dense, in document order (parents first), from 0: an index for side tables */
    enum doc_role role;
    struct pos pos;
    struct str lang; /* BCP 47; empty = the parent's */
    struct doc_node *parent, *first, *last, *next;
    union {
        struct {
            int level;         /* 1 to 6 */
            struct str anchor; /* unique in the document */
        } heading;
        struct {
            bool ordered, tight;
            int start;
        } list;
        struct {
            enum item_mark mark;
            int number;     /* MARK_NUMBER: what is printed */
            char delimiter; /* '.' or ')' */
        } item;
        struct {
            enum callout_kind kind;
        } callout;
        struct {
            struct str text; /* ends with a line feed unless empty */
            struct str info;
        } code;
        struct {
            size_t columns;
            const enum text_align *aligns; /* by column */
        } table;
        struct {
            bool header;
        } row;
        struct {
            size_t column;
            bool header;
        } cell;
        struct {
            int filled, total; /* 0 to total, 1 to PEOPLE_MOST */
            struct str alt;    /* plain text, made of them and the caption */
        } people;
        struct {
            struct str url; /* percent-encoded where needed: what the code says */
            struct str alt; /* plain text, made of it and the caption */
        } qr;
        struct {
            int count;
        } lines;
        struct {
            struct str text; /* TEXT, CODE, ADDRESS */
            const struct text_run *runs;
            size_t run_count; /* 0: the text stands in the source as it is, from pos.offset on */
            struct str veil;  /* of what is about one patient: what is said in its place wherever it would be
                                 kept  or told; empty = it is no secret */
        };
        struct {
            struct str url; /* as in the source, percent-encoded where needed */
            struct str title;
            const struct doc_node *target; /* "#anchor": the heading; else NULL */
        } link;
        struct {
            const char *path;      /* beneath the content root; NULL = not found, already reported */
            struct str alt;        /* plain text; empty = decoration */
            struct str url, title; /* as in the source; a figure's caption is made from the title */
        } image;
        struct {
            struct str id; /* of the source */
            int number;
            const struct doc_node *target; /* the ITEM of the source list */
        } citation;
        struct {
            struct str label; /* what belongs there, for readers who cannot see the blank */
        } blank;
    };
};

/* An HTML comment that speaks to the program: "check: allow …". It prints nothing. */
struct doc_remark {
    struct str text; /* between "<!--" and "-->" */
    struct pos pos;  /* of the whole comment */
};

struct doc_remarks {
    struct doc_remark *at;
    size_t n, cap;
};

struct document {
    struct doc_node *root;
    size_t node_count; /* ids are below it */
    struct str title;  /* plain text */
    struct str lang;   /* BCP 47 */
    struct str author, subject, keywords;
    struct str id, version,
        state;       /* "osteoarthritis", "1.0", a word for its review state; a bare file has only the last */
    struct str date; /* "2026-11-20": the document's own date, never the clock; empty = none */
    const struct map *variables; /* name → struct str *: for running headers and footers */
    const struct words *words;
    struct trace *trace;        /* is told what else is read for it, such as pictures; may be NULL */
    struct doc_remarks remarks; /* in the order of the document */
    int pages_wanted;           /* page budget, 0 = none */
    struct pos pages_wanted_pos;
};

/* A new node, appended to `parent` unless that is NULL. */
struct doc_node *doc_new(struct arena *arena, enum doc_kind kind, struct doc_node *parent, struct pos pos);
void doc_append(struct doc_node *parent, struct doc_node *child);
/* Takes `child` out of its parent. */
void doc_unlink(struct doc_node *child);
/* Numbers all nodes in document order and returns how many there are. */
size_t doc_number(struct doc_node *root);
/* The node behind `node` in a depth-first walk that stays beneath `root`; NULL at the end. */
struct doc_node *doc_next(const struct doc_node *node, const struct doc_node *root);
/* The same walk, passing over what lies beneath `node`. */
struct doc_node *doc_skip(const struct doc_node *node, const struct doc_node *root);
bool doc_is_inline(enum doc_kind kind);
/* Does a node stand within a section of a role, or is it that section? NULL does not. */
bool doc_is_within(const struct doc_node *node, enum doc_role role);
/* The block that an inline stands in; a block is its own. NULL for NULL. */
const struct doc_node *doc_block(const struct doc_node *node);
/* Appends the plain text beneath `node`: breaks become spaces, blocks are parted by one, pictures give their
 * alternative text, blanks their label; link addresses, citation numbers, and PEOPLE and QR, whose caption
 * says the same, are left out. */
void doc_text(const struct doc_node *node, struct buf *out);
/* The same with veils before what is about one patient: for whatever a PDF keeps beside its pages. */
void doc_public_text(const struct doc_node *node, struct buf *out);
/* Where the bytes `from` to `to` of a TEXT, CODE or ADDRESS stand in the source, as exactly as it is known:
 * for a variable's value, that is the whole {{…}}. */
struct pos doc_text_pos(const struct doc_node *node, size_t from, size_t to);
/* The language in force at a node. */
struct str doc_lang(const struct document *document, const struct doc_node *node);
/* A node a line, indented, with kind, attributes and position: for --dump=document and golden tests. */
void document_dump(const struct document *document, struct buf *out);

#endif
