#include "content/readability.h"

#include <math.h>
#include <stdbool.h>

static bool is_empty(const struct reading *reading)
{
    return reading->words == 0 || reading->sentences == 0;
}

static double words_a_sentence(const struct reading *reading)
{
    return (double)reading->words / (double)reading->sentences;
}

static double syllables_a_word(const struct reading *reading)
{
    return (double)reading->syllables / (double)reading->words;
}

double reading_grade(const struct reading *reading)
{
    if (is_empty(reading))
        return 0;
    return 0.39 * words_a_sentence(reading) + 11.8 * syllables_a_word(reading) - 15.59;
}

double reading_smog(const struct reading *reading)
{
    if (is_empty(reading))
        return 0;
    return 1.0430 * sqrt(30 * (double)reading->long_words / (double)reading->sentences) + 3.1291;
}

double reading_ease(const struct reading *reading)
{
    if (is_empty(reading))
        return 0;
    return 206.835 - 1.015 * words_a_sentence(reading) - 84.6 * syllables_a_word(reading);
}

double reading_inflesz(const struct reading *reading)
{
    if (is_empty(reading))
        return 0;
    return 206.835 - 62.3 * syllables_a_word(reading) - words_a_sentence(reading);
}

double reading_fernandez_huerta(const struct reading *reading)
{
    if (is_empty(reading))
        return 0;
    return 206.84 - 60 * syllables_a_word(reading) - 1.02 * words_a_sentence(reading);
}
