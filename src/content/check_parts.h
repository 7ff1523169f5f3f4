/* The groups of rules, each in a file of its own. For the check files of content only. */
#ifndef CONTENT_CHECK_PARTS_H
#define CONTENT_CHECK_PARTS_H

#include "content/check.h"

/* Grades, and lengths of sentences, paragraphs, sections, lists, cells. */
void check_reading(struct check *check);
/* Sections, headings, tiers of warning signs, questions, choices, statements, pictures. */
void check_structure(struct check *check);
/* Words and sentences: banned, absolute, hard, unhedged, passive, and how the reader is addressed. */
void check_wording(struct check *check);
/* Whether the columns of a table of choices are in balance; check_structure finds the table. */
void check_balance(struct check *check, const struct doc_node *table);
/* Acronyms and terms that need an explanation. */
void check_terms(struct check *check);
/* Figures, frequencies, and what backs them. */
void check_numbers(struct check *check);
/* Sources, dates, blanks, and the clinic. */
void check_sources(struct check *check);
/* A translation against the text that it was made from. */
void check_translation(struct check *check);

#endif
