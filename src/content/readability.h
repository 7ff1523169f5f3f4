/* How hard a text is to read, from counts of its sentences, words and syllables. Pure arithmetic: what counts
 * as a sentence, and which words are left out, is decided by whoever counts; syllables are counted by
 * content/syllable.h. Any file of content, and what stands behind it, may use it.
 *
 * Each formula is made for one language. Those for English say nothing of Spanish text, and the reverse.
 * Nothing can be said of a text without words or without sentences: every function then returns 0. Results
 * are not clamped: a very easy text can have a grade below 0, or an ease above 100. */
#ifndef CONTENT_READABILITY_H
#define CONTENT_READABILITY_H

#include <stddef.h>

/* What was counted in a stretch of text. */
struct reading {
    size_t sentences, words, syllables;
    size_t long_words; /* of 3 syllables or more, for SMOG */
};

/* English: the Flesch-Kincaid grade, years of US schooling that the text asks for.
 * 0.39 W/S + 11.8 Y/W - 15.59 for W words, S sentences, Y syllables.
 * Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas for Navy enlisted personnel.
 * Research Branch Report 8-75, Naval Technical Training Command, Millington, 1975. */
double reading_grade(const struct reading *reading);

/* English: the SMOG grade, years of US schooling after which nearly everyone understands the text.
 * 1.0430 sqrt(30 P/S) + 3.1291 for P words of 3 syllables or more in S sentences. Made for samples of 30
 * sentences: from fewer it is an estimate.
 * McLaughlin: SMOG grading - a new readability formula. Journal of Reading 12 (1969) 639-646. */
double reading_smog(const struct reading *reading);

/* English: the Flesch reading ease, from about 0 (very hard) to 100 (very easy); plain English is 60 or more.
 * 206.835 - 1.015 W/S - 84.6 Y/W.
 * Flesch: A new readability yardstick. Journal of Applied Psychology 32 (1948) 221-233. */
double reading_ease(const struct reading *reading);

/* Spanish: the "perspicuidad" of Szigriszt Pazos, which is graded on the INFLESZ scale: below 40 very hard,
 * 40 to 55 somewhat hard, 55 to 65 normal, 65 to 80 quite easy, above that very easy. 206.835 - 62.3 Y/W -
 * W/S. Szigriszt Pazos: Sistemas predictivos de legibilidad del mensaje escrito. Thesis, Universidad
 * Complutense de Madrid, 1993. Barrio-Cantalejo and others: Validación de la Escala INFLESZ para evaluar la
 * legibilidad de los textos dirigidos a pacientes. Anales del Sistema Sanitario de Navarra 31 (2008) 135-152.
 */
double reading_inflesz(const struct reading *reading);

/* Spanish: the "lecturabilidad" of Fernández Huerta, on the scale of the Flesch reading ease.
 * 206.84 - 60 Y/W - 1.02 W/S. Many copies take sentences per 100 words for W/S, and so reward long sentences;
 * this is the form with the words of a mean sentence. Fernández Huerta: Medidas sencillas de lecturabilidad.
 * Consigna 214 (1959) 29-32. */
double reading_fernandez_huerta(const struct reading *reading);

#endif
