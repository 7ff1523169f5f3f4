#include "content/codes.h"

static bool is_upper_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || ascii_is_digit(c);
}

static bool is_icd10(struct str code)
{
    enum { CATEGORY = 3, LONGEST = 8 };
    if (code.n < CATEGORY || code.n > LONGEST || code.n == CATEGORY + 1)
        return false;
    if (ascii_is_digit(code.p[0]) || !ascii_is_digit(code.p[1]) ||
        (code.n > CATEGORY && code.p[CATEGORY] != '.'))
        return false;
    for (size_t i = 0; i < code.n; i++)
        if (i != CATEGORY && !is_upper_or_digit(code.p[i]))
            return false;
    return true;
}

/* Verhoeff's check over the dihedral group of the pentagon: from the right, each digit is permuted by its
 * place, and all are multiplied; the product is 0 for a right number. */
static bool has_check_digit(struct str digits)
{
    static const unsigned char PERMUTATION[8][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
        {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    int product = 0;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = PERMUTATION[i % 8][digits.p[digits.n - 1 - i] - '0'];
        /* 0 to 4 are rotations, 5 to 9 reflections */
        int turn = product < 5 ? (product + digit) % 5 : (product - digit + 10) % 5;
        product = (product < 5) == (digit < 5) ? turn : turn + 5;
    }
    return product == 0;
}

static bool is_snomed(struct str code)
{
    enum { SHORTEST = 6, LONGEST = 18 };
    if (code.n < SHORTEST || code.n > LONGEST || code.p[0] == '0')
        return false;
    for (size_t i = 0; i < code.n; i++)
        if (!ascii_is_digit(code.p[i]))
            return false;
    struct str partition = str_slice(code, code.n - 3, code.n - 1);
    return (str_is(partition, "00") || str_is(partition, "10")) && has_check_digit(code);
}

void codes_check_icd10(struct diags *diags, const struct str *codes, const struct pos *poses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_icd10(codes[i]))
            diag_at(diags, SEVERITY_ERROR, poses[i], "code-invalid",
                "'%.*s' is no ICD-10-CM code (such as M17.11)", STR_FMT(codes[i]));
}

void codes_check_snomed(struct diags *diags, const struct str *codes, const struct pos *poses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_snomed(codes[i]))
            diag_at(diags, SEVERITY_ERROR, poses[i], "code-invalid",
                "'%.*s' is no SNOMED CT concept (such as 396275006; is a digit wrong?)", STR_FMT(codes[i]));
}
