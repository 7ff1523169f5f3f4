#include "content/check_rules.h"

#include "base/map.h"

#define RULE_TEXT(id, code, measure, fix, reason, basis)                                                     \
    [CHECK_##id] = {code, CHECK_MEASURE_##measure, fix, reason, basis},
const struct check_rule_text CHECK_RULE_TEXTS[CHECK_RULE_COUNT] = {CHECK_RULES(RULE_TEXT)};
#undef RULE_TEXT

enum check_rule check_rule_of(struct str code)
{
    int rule = 0;
    while (rule < CHECK_RULE_COUNT && !str_is(code, CHECK_RULE_TEXTS[rule].code))
        rule++;
    return (enum check_rule)rule;
}

struct str check_rule_near(struct arena *arena, struct str code)
{
    struct map codes = {0};
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        map_put(arena, &codes, str_from(CHECK_RULE_TEXTS[i].code), arena);
    return map_nearest(&codes, code);
}
