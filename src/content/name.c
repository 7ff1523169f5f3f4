#include "content/name.h"

#include "base/file.h"

#include <string.h>

enum { LONGEST_ID = 100 };

static bool is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || ascii_is_digit(c);
}

bool name_is_id(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!is_lower_or_digit(name.p[i]) && (name.p[i] != '-' || i == 0 || i + 1 == name.n))
            return false;
    return name.n > 0 && name.n <= LONGEST_ID;
}

bool name_is_variable_part(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!ascii_is_alpha(name.p[i]) && !ascii_is_digit(name.p[i]) && name.p[i] != '-' && name.p[i] != '_')
            return false;
    return name.n > 0;
}

bool name_is_lang(struct str tag)
{
    struct str rest = tag, language = str_cut(&rest, '-');
    if (language.n < 2 || language.n > 3 || str_ends(tag, "-"))
        return false;
    for (size_t i = 0; i < language.n; i++)
        if (!is_lower_or_digit(language.p[i]) || ascii_is_digit(language.p[i]))
            return false;
    while (rest.n) {
        struct str subtag = str_cut(&rest, '-');
        if (subtag.n < 2 || subtag.n > 8)
            return false;
        for (size_t i = 0; i < subtag.n; i++)
            if (!ascii_is_alpha(subtag.p[i]) && !ascii_is_digit(subtag.p[i]))
                return false;
    }
    return true;
}

/* The length of a Markdown file's ending; 0 if it has another one. */
static size_t markdown_ending(struct str name)
{
    static const char *const ENDINGS[] = {".md", ".markdown"};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        size_t n = strlen(ENDINGS[i]), same = 0;
        while (n <= name.n && same < n && ascii_lower(name.p[name.n - n + same]) == ENDINGS[i][same])
            same++;
        if (same == n)
            return n;
    }
    return 0;
}

bool name_is_markdown(const char *path)
{
    return markdown_ending(path_base(path)) > 0;
}

struct str name_of_markdown(const char *path)
{
    struct str name = path_base(path);
    size_t ending = markdown_ending(name);
    return ending < name.n ? str_slice(name, 0, name.n - ending) : str_slice(name, 1, name.n);
}
