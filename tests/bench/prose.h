/* A long text to set: plain English in the manner of a handout, put together from sentences by a fixed
 * sequence of numbers, so that it is the same everywhere. It says nothing that would be true of any illness.
 */
#ifndef BENCH_PROSE_H
#define BENCH_PROSE_H

#include "base/buf.h"

#include <stdint.h>

struct prose {
    uint32_t seed;
    struct buf text;
    size_t words;
};

/* What stands for each slot of a sentence. A slot is a digit in braces. */
static const char *const PROSE_SLOTS[][16] = {
    {"knee", "hip", "shoulder", "hand", "back", "elbow", "ankle", "wrist", "foot", "neck", "thumb", "heel",
        "leg", "arm", "spine", "joint"},
    {"doctor", "nurse", "physical therapist", "pharmacist", "family", "surgeon", "trainer", "dentist",
        "friend", "care team", "neighbor", "coach", "podiatrist", "daughter", "clinic", "dietitian"},
    {"walking", "swimming", "a warm bath", "a short rest", "tai chi", "stretching", "a cold pack",
        "light work", "riding a bicycle", "a brace", "good shoes", "dancing", "yoga", "gardening",
        "a walking stick", "a night of sleep"},
    {"after a long drive", "when you climb stairs", "at night", "in the morning", "in cold weather",
        "when you sit for an hour", "while you cook", "at work", "on the way home", "after a busy day",
        "when you carry bags", "during a meal", "as the day goes on", "when you turn over in bed",
        "once you start to move", "for no reason at all"},
    {"2 weeks", "3 months", "6 weeks", "a year", "10 days", "a month or two", "12 weeks", "a few days",
        "half a year", "24 hours", "4 to 6 weeks", "a season", "48 hours", "5 years", "a while",
        "90 minutes"},
    {"swelling", "stiffness", "a dull ache", "warmth", "weakness", "numbness", "tingling", "soreness",
        "a bruise", "a grinding sound", "a tight feeling", "tiredness", "a cramp", "clumsiness",
        "a burning feeling", "trouble sleeping"},
    {"an X-ray", "a blood test", "a scan", "a careful examination", "a list of your medicines",
        "a letter from your doctor", "a second opinion", "a written plan", "a calendar", "a simple diary",
        "a long talk", "an ultrasound picture", "a follow-up visit", "a telephone call", "a set of questions",
        "a photograph"},
    {"5 mg", "250 mg", "10 mL", "38 \u00B0C", "20 minutes", "2 kg", "8 oz", "15 %", "500 mg", "3 cm",
        "1 in 10 people", "40 of 100 people", "$1,200", "$85", "half a glass", "1 in 50 people"},
};

static const char *const PROSE_SENTENCES[] = {
    "Your {0} may hurt {3}.",
    "Most people feel better within {4}, but not everyone does.",
    "Ask your {1} whether {2} would be a good way to begin.",
    "It is fine to take your time before you decide.",
    "In one study of 480 people, those who tried {2} had less pain after {4} than those who did not.",
    "If you notice {5} {3}, write it down and tell your {1} about it at the next visit.",
    "{2} is safe for most people, and it costs nothing to try.",
    "The bones of the {0} are covered with a smooth layer, and a thin lining makes the fluid that lets them "
    "glide.",
    "We do not know why some people get {5} and others, who do the same work for the same number of years, "
    "never do.",
    "You do not have to stop.",
    "Dr. Lee may ask for {6} first.",
    "Some of the people who were asked said that {2} helped; a third of them said that it made no difference "
    "to the {0}.",
    "Call us if the pain wakes you at night, or if you cannot put weight on your {0}.",
    "A dose of {7} is common, although your {1} may tell you to take less of it if you are over the age of "
    "65.",
    "Does it help to rest?",
    "For a day or two it does; for longer, it makes the muscles weak and the {0} stiff.",
    "Bring {6} to your visit, and someone who can listen with you.",
    "No treatment brings back what is worn away, but many can make it easier to live with.",
    "Many find that {2} and {2} work better together than either of them alone.",
    "The number (555) 010-0199 is answered day and night, and an interpreter is free.",
    "At the end of {4}, look back at what you wrote and see whether anything has changed.",
    "Experts do not agree on this.",
    "A review of 23 studies found that {2} eased pain a little more than a dummy treatment, and that the "
    "effect was gone "
    "after {4}.",
    "That is about {7}.",
    "Before you agree to anything, ask what it will cost, who will do it, and what happens if it does not "
    "work.",
    "The first sign is often {5}, which comes and goes for {4} before anyone thinks much about it.",
    "It can be hard to tell {5} from {5}, so an examination of the {0} is the best way to find out.",
    "Your {1} can show you how to lift, how to turn, and how to get up from a low chair without hurting your "
    "{0}.",
    "Not all of it is in your hands, and none of it is your fault.",
    "Go to an emergency room if you have a fever of 38 \u00B0C or more and the {0} is hot and red.",
    "Keep moving as well as you can: a {0} that is used stays stronger than one that is spared.",
    "On some days you will do more than on others, and that is as it should be.",
    "Your {1} will want to know which medicines you take, also those that you buy without a prescription.",
    "Some plans pay for {6}; most do not, so it is a good idea to ask for the price in writing.",
    "People who sleep well feel less pain, and people in pain sleep badly: it is worth breaking that circle.",
    "After {4}, about half of the people in the study had gone back to {2}.",
    "See page 4 for a list of what to bring.",
    "Start with {7} or so, and add a little every week if there is no {5} on the next day.",
    "What would you like to do again that you cannot do now?",
    "If it is to carry a child, to walk to the shop, or to sit through a film, say so: that is a goal that "
    "your {1} can "
    "plan for.",
    "There is no hurry.",
    "The skin over the {0} should look the same on both sides; a change in its color is a reason to call "
    "Mrs. Ortiz at the "
    "front desk and ask for an earlier visit.",
    "Heat loosens, cold numbs, and neither of them does any harm if you keep a cloth between it and your "
    "skin.",
    "A small part of the group, fewer than 1 in 20, had {5} that lasted for more than {4}.",
    "As far as anyone can tell from the studies that were done so far, it makes no difference whether you "
    "choose {2} in the "
    "morning or in the evening.",
    "I felt it in my {0} first, one of our patients told us, and then in my {0}; it took {4} until I asked "
    "for help.",
    "That was too long.",
    "The best plan is the one that you can keep to.",
    "In short, try what is simple, give it {4}, and come back if it is not enough.",
    "Losing even a little weight takes a load off the {0}, since every step puts several times your weight "
    "on it.",
    "We will go through this list with you, line by line, and you may take it home.",
    "An injection into the {0} is a small procedure, but it is one, and it has risks that you should hear "
    "about before it is "
    "done and not after.",
};

static const char *const PROSE_HEADINGS[] = {"What it feels like", "How it is found out",
    "What you can do at home", "When to call us about a new problem",
    "What the studies say, and what they leave open", "Medicines",
    "What to ask before you agree to a treatment", "Going back to work", "Living with it"};

static inline uint32_t prose_number(struct prose *prose, size_t below)
{
    prose->seed = prose->seed * 1664525U + 1013904223U;
    return (prose->seed >> 12) % (uint32_t)below;
}

/* A sentence; its first letter is made a capital. */
static inline void prose_sentence(struct prose *prose)
{
    size_t start = prose->text.n;
    const char *c = PROSE_SENTENCES[prose_number(prose, sizeof PROSE_SENTENCES / sizeof *PROSE_SENTENCES)];
    for (; *c; c++) {
        if (*c == '{') {
            buf_text(&prose->text, PROSE_SLOTS[c[1] - '0'][prose_number(prose, 16)]);
            c += 2;
        } else {
            buf_char(&prose->text, *c);
        }
    }
    char *first = &prose->text.p[start];
    if (*first >= 'a' && *first <= 'z')
        *first = (char)(*first - 'a' + 'A');
    for (size_t i = start; i < prose->text.n; i++)
        prose->words += prose->text.p[i] == ' ';
    prose->words++;
    buf_char(&prose->text, ' ');
}

static inline void prose_paragraph(struct prose *prose, size_t sentences)
{
    for (size_t i = 0; i < sentences; i++)
        prose_sentence(prose);
    buf_text(&prose->text, "\n");
}

/* Markdown of about so many words: headings, paragraphs, lists, now and then a call-out. The caller frees it.
 */
static inline struct buf prose_write(size_t words)
{
    struct prose prose = {.seed = 20261120};
    buf_text(&prose.text, "# A long text\n\n");
    while (prose.words < words) {
        size_t heading = prose_number(&prose, sizeof PROSE_HEADINGS / sizeof *PROSE_HEADINGS);
        buf_printf(&prose.text, "## %s\n\n", PROSE_HEADINGS[heading]);
        for (size_t i = 0, blocks = 2 + prose_number(&prose, 5); i < blocks; i++) {
            size_t kind = prose_number(&prose, 8);
            for (size_t k = 0, items = 3 + prose_number(&prose, 4); kind == 0 && k < items; k++) {
                buf_text(&prose.text, "- ");
                prose_paragraph(&prose, 1);
            }
            if (kind == 1)
                buf_text(&prose.text, "> [!NOTE]\n> ");
            if (kind != 0)
                prose_paragraph(&prose, 2 + prose_number(&prose, 6));
            buf_text(&prose.text, "\n");
        }
    }
    return prose.text;
}

#endif
