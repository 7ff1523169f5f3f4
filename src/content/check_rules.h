/* The rules of `check`, in the order in which the manual lists them: RULE(id, code, measure, fix, reason,
 * basis).
 *
 * code     stable for ever: what a diagnostic shows and a remark allows
 * measure  what `limit` and `warn` of the profile mean: NONE, MOST (more is wrong), LEAST (less is wrong)
 * fix      what to do, said in brackets behind the finding
 * reason   why it matters, in a line
 * basis    where that comes from; "ours" is a threshold that this project chose
 *
 * PEMAT: Patient Education Materials Assessment Tool (AHRQ 2013). CCI: Clear Communication Index (CDC 2014).
 * DISCERN, EQIP, IPDAS: instruments for patient information and decision aids. Used by the check files of
 * content, design, layout, and by run. */
#ifndef CONTENT_CHECK_RULES_H
#define CONTENT_CHECK_RULES_H

#include "base/arena.h"
#include "base/str.h"

#define CHECK_RULES(RULE)                                                                                    \
    /* reading */                                                                                            \
    RULE(GRADE_PLAIN, "grade-plain", MOST, "shorten sentences, then words",                                  \
        "half of all adults read below grade 8, and tired or worried people lower still",                    \
        "AMA: grade 6 or easier; Kincaid and others 1975")                                                   \
    RULE(GRADE_FULL, "grade-full", MOST, "shorten sentences, and use fewer of the unavoidable terms",        \
        "medical names count for the reader, even if they cannot be avoided", "CDC: grade 8 at most")        \
    RULE(GRADE_SECTION, "grade-section", MOST, "shorten the sentences of this section, then its words",      \
        "people read one section, not the average", "CDC: grade 8 at most")                                  \
    RULE(SMOG, "smog", MOST, "use fewer words of three and more syllables",                                  \
        "SMOG predicts who understands all of a text", "McLaughlin 1969; ours")                              \
    RULE(READING_EASE, "reading-ease", LEAST, "shorten words and sentences",                                 \
        "below 60 a text is no longer plain English", "Flesch 1948; ours")                                   \
    RULE(INFLESZ, "inflesz", LEAST, "shorten words and sentences",                                           \
        "below 55 a Spanish text is hard for most patients", "Barrio-Cantalejo and others 2008; ours")       \
    RULE(INFLESZ_SECTION, "inflesz-section", LEAST, "shorten the words and sentences of this section",       \
        "people read one section, not the average", "Barrio-Cantalejo and others 2008")                      \
    RULE(FERNANDEZ_HUERTA, "fernandez-huerta", LEAST, "shorten words and sentences",                         \
        "70 is about what sixth-graders read with ease", "Fernández Huerta 1959; ours")                      \
    RULE(LONG_WORDS, "long-words", MOST, "say it in shorter words", "long words slow weak readers most",     \
        "PEMAT 3; ours")                                                                                     \
    RULE(SENTENCE_MEAN, "sentence-mean", MOST, "split the longest sentences",                                \
        "short sentences can be held in the head", "EQIP; ours")                                             \
    RULE(SENTENCE_LONG, "sentence-long", MOST, "make two sentences of it",                                   \
        "a long sentence is lost half-way", "CDC Simply Put; ours")                                          \
    RULE(PARAGRAPH_LONG, "paragraph-long", MOST, "split it, or make a list of it",                           \
        "a block of text is skipped", "PEMAT 8; ours")                                                       \
    RULE(PARAGRAPH_SENTENCES, "paragraph-sentences", MOST, "split it, or make a list of it",                 \
        "one idea, one paragraph", "PEMAT 8, CCI 9; ours")                                                   \
    RULE(SECTION_LONG, "section-long", MOST, "split it with a heading, or cut it",                           \
        "short sections under headings are found and read", "PEMAT 8; ours")                                 \
    RULE(LIST_LONG, "list-long", MOST, "group the items under two headings, or cut some",                    \
        "nobody keeps more than seven items in mind", "CCI 8")                                               \
    RULE(CELL_LONG, "cell-long", MOST, "cut it, or say it below the table",                                  \
        "a table is for comparing at a glance", "PEMAT 19; ours")                                            \
    RULE(TABLE_WIDE, "table-wide", MOST, "turn columns into rows, or make two tables",                       \
        "a wide table cannot be followed along its rows", "PEMAT 19; ours")                                  \
    /* structure */                                                                                          \
    RULE(TITLE_COUNT, "title-count", NONE, "keep one heading of level 1, and make the others level 2",       \
        "a document has one title, which screen readers look for", "WCAG 2.1, 2.4.6; PDF/UA-1, 7.4")         \
    RULE(HEADING_VAGUE, "heading-vague", NONE, "say what the section tells, or ask what it answers",         \
        "readers choose by headings what to read", "PEMAT 9")                                                \
    RULE(HEADING_LONG, "heading-long", MOST, "cut it to its main words", "a heading is read at a glance",    \
        "PEMAT 9; ours")                                                                                     \
    RULE(SECTION_MISSING, "section-missing", NONE, "add the section to the definition",                      \
        "each handout answers the same questions", "DISCERN, IPDAS")                                         \
    RULE(SECTION_ORDER, "section-order", NONE,                                                               \
        "order: summary, condition, usual-care, treatment, evidence, exclusions, visit, warnings, "          \
        "questions",                                                                                         \
        "usual care comes before the treatment that the clinic sells, and each sheet reads like the others", \
        "PEMAT 10")                                                                                          \
    RULE(SUMMARY_EMPHASIS, "summary-emphasis", NONE, "set the main message in bold",                         \
        "the main message must be seen first", "CCI 3")                                                      \
    RULE(ACTION_MISSING, "action-missing", LEAST, "tell the reader what to do: 'Ask …', 'Call …', 'Try …'",  \
        "a handout must lead to something", "PEMAT 20, CCI 5")                                               \
    RULE(STEPS_MISSING, "steps-missing", NONE, "write the visit as a numbered list",                         \
        "steps are followed, prose is not", "PEMAT 22")                                                      \
    RULE(TIER_MISSING, "tier-missing", NONE,                                                                 \
        "write '> [!CAUTION] Call 911', '> [!WARNING] …' and '> [!IMPORTANT] …'",                            \
        "a frightened reader must see at once what is urgent", "EQIP 14")                                    \
    RULE(TIER_ORDER, "tier-order", NONE, "order: CAUTION, WARNING, IMPORTANT",                               \
        "the most urgent comes first", "EQIP 14; ours")                                                      \
    RULE(TIER_EMPTY, "tier-empty", NONE, "list the signs in it", "a warning without signs helps nobody",     \
        "EQIP 14")                                                                                           \
    RULE(EMERGENCY_NUMBER, "emergency-number", NONE, "name the number in the call-out's title",              \
        "nobody looks up a number in an emergency", "EQIP 14")                                               \
    RULE(WARNING_PHONE, "warning-phone", NONE, "print the clinic's phone there: {{clinic.phone.day}}",       \
        "'call us' needs a number beside it", "CCI 14")                                                      \
    RULE(QUESTIONS_FEW, "questions-few", LEAST, "list questions as boxes to tick: '- [ ] …'",                \
        "questions at hand are asked", "PEMAT 23, DISCERN 15")                                               \
    RULE(QUESTIONS_LINES, "questions-lines", NONE, "add lines to write on: ```lines 3",                      \
        "patients' own questions need room", "PEMAT 23")                                                     \
    RULE(OPTIONS_FEW, "options-few", LEAST, "add a table with a row for each choice",                        \
        "there is always more than one choice", "DISCERN 14, IPDAS")                                         \
    RULE(OPTIONS_NONE, "options-none", NONE, "add a row for no treatment, or for waiting",                   \
        "doing nothing is a choice, too", "DISCERN 12")                                                      \
    RULE(OPTIONS_THIS, "options-this", NONE, "add a row for this treatment",                                 \
        "what the clinic sells is compared like the rest", "IPDAS")                                          \
    RULE(STATEMENT_MISSING, "statement-missing", NONE, "say it in plain words",                              \
        "what a patient must know before deciding", "FDA 2020, DISCERN, IPDAS")                              \
    RULE(CAPTION_MISSING, "caption-missing", NONE, "give the picture a caption: ![…](file \"caption\")",     \
        "a picture without caption is decoration", "PEMAT 17")                                               \
    RULE(ALT_FILE_NAME, "alt-file-name", NONE, "say what the picture shows",                                 \
        "a screen reader reads it aloud", "WCAG 2.1, 1.1.1")                                                 \
    /* wording */                                                                                            \
    RULE(WORD_BANNED, "word-banned", NONE, "say what is known instead",                                      \
        "promises and praise mislead, and the law counts them as advertising", "FTC 2025; 21 CFR 1271.10")   \
    RULE(PLACEHOLDER, "placeholder", NONE, "write what belongs there",                                       \
        "what is not written yet must not be printed", "ours")                                               \
    RULE(WORD_ABSOLUTE, "word-absolute", NONE, "say how often, or 'may'",                                    \
        "no treatment works or is safe for everyone", "DISCERN 8; ours")                                     \
    RULE(WORD_HARD, "word-hard", NONE, "use the plain word", "plain words are read by everyone",             \
        "PEMAT 3, CCI 7")                                                                                    \
    RULE(BENEFIT_UNHEDGED, "benefit-unhedged", NONE, "say 'may', or what a study found",                     \
        "what is not proven must not sound so", "FTC 2025, IPDAS")                                           \
    RULE(BALANCE, "balance", MOST, "give benefits and limits the same room",                                 \
        "good and bad belong in equal detail", "IPDAS; ours")                                                \
    RULE(PASSIVE, "passive", MOST, "say who does it", "active sentences tell who acts",                      \
        "PEMAT 5, CCI 6; ours")                                                                              \
    RULE(ADDRESS_SHARE, "address-share", MOST, "speak to the reader: 'you', 'your'",                         \
        "people act on what is said to them", "PEMAT 21; ours")                                              \
    RULE(THIRD_PERSON, "third-person", NONE, "say 'you'", "'patients should' speaks past the reader",        \
        "PEMAT 21")                                                                                          \
    RULE(ACRONYM_UNEXPLAINED, "acronym-unexplained", NONE,                                                   \
        "spell it out at its first use, as in 'Food and Drug Administration (FDA)'",                         \
        "letters mean nothing to who meets them first", "CCI 7")                                             \
    RULE(TERM_UNEXPLAINED, "term-unexplained", NONE, "explain it at its first use, in the same sentence",    \
        "a term is a word to learn", "PEMAT 4, CCI 7")                                                       \
    RULE(MATH_NEEDED, "math-needed", NONE, "give both numbers, each of 100",                                 \
        "patients must not have to calculate", "PEMAT 7, CCI 17")                                            \
    RULE(CAPS_RUN, "caps-run", MOST, "write it in small letters",                                            \
        "capitals are slow to read and seem to shout", "CMS Toolkit 6.5")                                    \
    RULE(MEDICINE_STOP, "medicine-stop", NONE,                                                               \
        "add 'unless the doctor who prescribed it says so', or leave it out",                                \
        "stopping a medicine unasked can kill", "content safety rule R15; ours")                             \
    RULE(TESTIMONIAL, "testimonial", NONE, "leave it out", "one story proves nothing, and sways",            \
        "IPDAS; FTC 2025")                                                                                   \
    RULE(LINK_TEXT, "link-text", NONE, "name where it leads", "a link is read out of its context",           \
        "WCAG 2.1, 2.4.4")                                                                                   \
    /* numbers */                                                                                            \
    RULE(NUMBER_UNBACKED, "number-unbacked", NONE, "cite the source in the same paragraph, or leave it out", \
        "a number without source may be invented", "IPDAS, DISCERN 4")                                       \
    RULE(NUMBER_UNREAD, "number-unread", NONE,                                                               \
        "compare it with the source, then list it there under 'figures'",                                    \
        "a mistyped figure misleads like a false one", "ours")                                               \
    RULE(PERCENT_BARE, "percent-bare", NONE, "write it as people, such as 'about 25 of 100 people'",         \
        "percentages are misread by many", "IPDAS; PEMAT 6")                                                 \
    RULE(DECIMAL, "decimal", NONE, "round it", "whole numbers are enough to decide by", "CCI 15")            \
    RULE(DENOMINATOR_MIXED, "denominator-mixed", NONE, "write it as 'of 100'",                               \
        "only frequencies of the same group can be compared", "PEMAT 7, CCI 17, IPDAS")                      \
    RULE(FREQUENCY_GROUP, "frequency-group", NONE, "say in whom: 'people with knee pain'",                   \
        "a frequency without its group says nothing", "IPDAS")                                               \
    RULE(FREQUENCY_TIME, "frequency-time", NONE, "say by when: 'after 12 months'",                           \
        "a chance without a time says nothing", "IPDAS")                                                     \
    RULE(FRAMING_ONE_SIDED, "framing-one-sided", NONE,                                                       \
        "give the other side, too, such as 'about 26 of 100 did not'",                                       \
        "the same number sounds better or worse by how it is put", "IPDAS")                                  \
    RULE(PEOPLE_MISSING, "people-missing", NONE, "add a picture of it: ```people 74 of 100",                 \
        "a number is understood better when it is seen", "CCI 20")                                           \
    RULE(PEOPLE_DIFFERS, "people-differs", NONE, "make them the same",                                       \
        "a picture that contradicts its words misleads", "ours")                                             \
    /* sources, dates, clinic */                                                                             \
    RULE(SOURCES_FEW, "sources-few", LEAST, "cite what the text relies on", "readers must be able to check", \
        "DISCERN 4; ours")                                                                                   \
    RULE(SOURCE_INCOMPLETE, "source-incomplete", NONE, "add the publisher to sources.yaml",                  \
        "who published it tells what it is worth", "DISCERN 4")                                              \
    RULE(SOURCE_UNREAD, "source-unread", NONE, "read it, compare it, and set 'read' to the day",             \
        "cite only what was read", "ours")                                                                   \
    RULE(NOT_REVIEWED, "not-reviewed", NONE, "have it reviewed, then set its status",                        \
        "no patient should rely on a draft", "EQIP; DISCERN 5")                                              \
    RULE(AS_OF_OLD, "as-of-old", MOST, "check that it still holds, and change the month",                    \
        "law and approvals change", "ours")                                                                  \
    RULE(SLOT_EMPTY, "slot-empty", NONE, "fill in clinic.yaml", "a blank leaves the patient to ask", "ours") \
    RULE(CONFLICT_MISSING, "conflict-missing", NONE,                                                         \
        "say in clinic.yaml, under 'conflict', who earns by the treatment",                                  \
        "patients must know who sells what", "IPDAS")                                                        \
    RULE(STATE_NOTICE, "state-notice", NONE,                                                                 \
        "paste the statute's text into a file, and name it under 'notice' in clinic.yaml",                   \
        "the state demands a notice for unapproved stem cell treatments", "state law; ask a lawyer")         \
    /* translation */                                                                                        \
    RULE(TRANSLATION_UNRECORDED, "translation-unrecorded", NONE,                                             \
        "compare the two, then write translates: \"sha256:…\" beside the file, or standard-translates "    \
        "beside sections",                                                                                   \
        "without it nobody sees when the original changes", "ours")                                          \
    RULE(TRANSLATION_STALE, "translation-stale", NONE,                                                       \
        "bring the translation up to date, then record the new checksum",                                    \
        "a stale translation tells patients what no longer holds", "45 CFR 92.201; ours")                    \
    RULE(TRANSLATION_FIGURES, "translation-figures", NONE, "compare the two texts",                          \
        "the same facts belong in every language", "ours")                                                   \
    /* style */                                                                                              \
    RULE(TYPE_SMALL, "type-small", LEAST, "raise the size in the style sheet",                               \
        "12 points is the least that most older people read with ease", "RNIB Clear Print; APH")             \
    RULE(TYPE_TINY, "type-tiny", LEAST, "raise the size in the style sheet",                                 \
        "nothing on the sheet may be out of reach", "ours")                                                  \
    RULE(CONTRAST_LOW, "contrast-low", LEAST,                                                                \
        "make the darker of the two darker, or the lighter one lighter", "pale text is lost to tired eyes",  \
        "WCAG 2.1, 1.4.3 and 1.4.6")                                                                         \
    RULE(CONTRAST_GRAY, "contrast-gray", LEAST, "choose colors that differ in lightness",                    \
        "clinics print and copy in gray", "ours")                                                            \
    RULE(LEADING_LOW, "leading-low", LEAST, "raise the leading in the style sheet",                          \
        "the eye must find the next line", "RNIB Clear Print; ours")                                         \
    RULE(LINE_LONG, "line-long", MOST, "make the column narrower, or set a measure",                         \
        "beyond 75 characters the eye loses the line", "RNIB Clear Print")                                   \
    RULE(JUSTIFIED, "justified", NONE, "align text left",                                                    \
        "uneven gaps and centered lines are hard to follow", "RNIB Clear Print")                             \
    RULE(ITALIC_RUN, "italic-run", MOST, "set emphasis in bold", "italics are hard to read for many",        \
        "RNIB Clear Print; CMS Toolkit 6.5")                                                                 \
    RULE(HEADING_SMALL, "heading-small", LEAST, "make headings larger than the text",                        \
        "headings must stand out", "ours")                                                                   \
    /* pages */                                                                                              \
    RULE(HEADING_STRANDED, "heading-stranded", NONE, "shorten the text above it, or add a page-break",       \
        "a heading announces what is not there", "ours")                                                     \
    RULE(LINE_STRANDED, "line-stranded", NONE, "shorten or lengthen the paragraph by a line",                \
        "a line by itself is read without its sentence", "ACB large print guidelines")                       \
    RULE(SPLIT_NEEDLESS, "split-needless", NONE,                                                             \
        "set keep-together in the style sheet, or add a page-break",                                         \
        "what belongs together is compared at one glance", "ours")                                           \
    RULE(PAGE_EMPTY, "page-empty", LEAST, "shorten the text before it, or let the style's fit go further",   \
        "a page with a few lines looks like a mistake, and is lost", "ours")                                 \
    RULE(EDGE_NEAR, "edge-near", LEAST, "widen the margins, or the distance of header and footer",           \
        "most printers leave a quarter of an inch white", "ours")                                            \
    RULE(FIGURE_FAR, "figure-far", NONE, "move the figure, or add a page-break",                             \
        "a picture explains the text that it stands by", "PEMAT 16; ours")                                   \
    RULE(PICTURE_WORDS, "picture-words", LEAST, "print the picture wider, or draw its words larger",         \
        "words in a picture are read like others", "RNIB Clear Print; APH")                                  \
    RULE(PICTURE_RESOLUTION, "picture-resolution", LEAST, "save it with more pixels, or print it smaller",   \
        "a coarse picture hides what it should explain", "ours")                                             \
    /* the check itself */                                                                                   \
    RULE(LANGUAGE_UNJUDGED, "language-unjudged", NONE, "write that file; handout-check(5) tells its keys",   \
        "what is not judged must not look as if it had passed", "ours")                                      \
    RULE(CHECK_ALLOWED, "check-allowed", NONE, "", "what is silenced stays visible", "")                     \
    RULE(ALLOW_UNKNOWN, "allow-unknown", NONE, "rules are listed in handout-check(5)",                       \
        "a remark with a slip of the pen allows nothing", "")                                                \
    RULE(ALLOW_UNUSED, "allow-unused", NONE, "delete the remark",                                            \
        "what nothing needs hides the next finding", "")                                                     \
    RULE(ALLOW_REASON, "allow-reason", NONE, "write <!-- check: allow RULE reason -->",                      \
        "who reads it later must know why", "")

enum check_measure { CHECK_MEASURE_NONE, CHECK_MEASURE_MOST, CHECK_MEASURE_LEAST };

enum check_rule {
#define CHECK_ENUM(id, code, measure, fix, reason, basis) CHECK_##id,
    CHECK_RULES(CHECK_ENUM)
#undef CHECK_ENUM
        CHECK_RULE_COUNT
};

struct check_rule_text {
    const char *code;
    enum check_measure measure;
    const char *fix, *reason, *basis;
};

extern const struct check_rule_text CHECK_RULE_TEXTS[CHECK_RULE_COUNT];

/* The rule of a code; CHECK_RULE_COUNT if there is none. */
enum check_rule check_rule_of(struct str code);
/* The code that a mistyped one was likely meant to be; empty if none is near. */
struct str check_rule_near(struct arena *arena, struct str code);

#endif
