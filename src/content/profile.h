/* The profile of `check`: content/check.yaml. Which rules hold, how severe they are, and their limits. All
 * numbers of the rules stand there and nowhere else; their words are in the lexicons (lexicon.h). Used by the
 * check files of content, design, and layout, and by run. */
#ifndef CONTENT_PROFILE_H
#define CONTENT_PROFILE_H

#include "base/diag.h"
#include "base/map.h"
#include "config/json_schema.h"
#include "content/check_rules.h"

enum check_severity { CHECK_OFF, CHECK_NOTE, CHECK_WARNING, CHECK_ERROR };

struct check_setting {
    enum check_severity severity;
    double limit; /* what it means is the rule's measure */
    double warn;  /* beyond it, but not beyond the limit: a warning */
    bool has_warn;
};

struct profile {
    struct check_setting settings[CHECK_RULE_COUNT];
    struct map styles; /* name → struct check_setting[CHECK_RULE_COUNT]: settings for a style of that name */
    struct str emergency; /* folded: "911" */
    struct str *notice_states;
    size_t notice_state_count;
};

/* Reads a profile. NULL after an error: codes of base/file.h, config/yaml.h and config/schema.h. */
struct profile *profile_read(struct arena *arena, struct diags *diags, const char *path);
/* What the profile may hold, for editors (config/json_schema.h); `*parts` are the tables that it uses often.
 */
const struct field *profile_schema(struct arena *arena, const struct json_schema_part **parts);
/* The settings for a style. */
const struct check_setting *profile_settings(const struct profile *profile, struct str style);

#endif
