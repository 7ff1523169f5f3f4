/* What all handouts of a run share: the clinic profile, the bibliography, the handout definitions. Read once,
 * constant afterwards; each handout may be built from it in a process of its own. Used by content and run. */
#ifndef CONTENT_LIBRARY_H
#define CONTENT_LIBRARY_H

#include "base/diag.h"
#include "base/map.h"
#include "config/schema.h"
#include "content/document.h"
#include "content/words.h"

enum review_state { STATE_DRAFT, STATE_REVIEWED };

/* One section of a handout in one language. */
struct section_ref {
    enum doc_role role;
    struct str file; /* relative to content/LANG */
    struct pos pos;
    struct str translates; /* "sha256:…" or empty */
};

struct edition { /* a handout in one language */
    struct str lang;
    struct str title, purpose; /* never empty */
    struct pos title_pos, purpose_pos;
    struct pos pos;
    /* The first language of a definition has the handout's state unless it gives its own; the others are
     * translations, and drafts unless they say otherwise. */
    enum review_state state;
    struct pos state_pos;
    int pages; /* fit.pages: its own, or else the handout's; 0 = no budget */
    struct pos pages_pos;
    struct section_ref *sections; /* at least one */
    size_t section_count;
    struct str standard_translates; /* "sha256:…" of the standard page that this language's was made from, or
                                       empty */
    struct pos standard_pos;        /* where that stands, or else that of the edition */
};

struct handout {
    struct str id;
    struct str *aliases;
    struct pos *alias_poses;
    size_t alias_count;
    struct str *icd10, *snomed;
    size_t icd10_count, snomed_count;
    struct str version;
    struct date updated;
    enum review_state state;
    struct {
        struct str by; /* by and on are given where any edition is reviewed */
        struct date on, due;
        struct pos due_pos;
    } reviewed;
    int pages; /* fit.pages; 0 = no budget */
    struct pos pages_pos, pos, state_pos;
    struct edition *editions; /* in the order of the file */
    size_t edition_count;
    const char *path;
};

struct bib_entry {
    struct str id, authors, title, publisher, url;
    struct str lang; /* of its title: English unless it says otherwise */
    int year;
    struct date read;
    struct map figures; /* numbers that were read there, without commas → what they count (struct str *) */
    struct pos pos;
};

/* The clinic profile. Its texts (name, tagline, conflict of interest, prices …) are variables, by language
 * where the clinic gave them so, and are taken from there: content/variables.h. Settings have been applied to
 * what is here. */
struct clinic {
    const struct node *root; /* every scalar beneath it is a variable */
    const char *path;
    bool sample;
    struct pos sample_pos;
    struct str logo, notice; /* files beneath the content root, or empty */
    struct pos logo_pos, notice_pos;
    struct str state; /* a state's two letters, or empty */
    struct pos state_pos;
    struct str standard_version; /* prices.version */
    struct date standard_updated;
};

/* Settings by --set and --set-from: name → struct str *. Their values never appear in a diagnostic. */
struct settings {
    struct map values;
};

struct library {
    const char *content_root;
    struct clinic clinic;
    struct map sources;  /* id → struct bib_entry * */
    struct map handouts; /* id → struct handout *, sorted by id */
    struct map aliases;  /* alias or id → struct handout * */
    struct map broken;   /* id or alias of a definition that was left out → its path (char *) */
    VEC(const struct handout *) left_out; /* these definitions, as far as they could be read */
    struct settings settings;
};

/* Reads clinic.yaml (at `clinic_path`, NULL for content/clinic.yaml), sources.yaml (which may be absent) and
 * all definitions beneath the content root. A definition or source that cannot be read is reported and left
 * out, so that the others still build. NULL only if nothing can be built: the clinic profile is missing or
 * wrong, the sources are no YAML, or a setting has no such variable. Codes: id-invalid, id-mismatch,
 * id-duplicate, lang-invalid, review-incomplete, section-duplicate, section-none, code-invalid, source-url,
 * clinic-state, setting-invalid, variable-name, variable-unknown, file-ignored (a warning), and those of
 * base/file.h, config/yaml.h and config/schema.h. */
struct library *library_read(struct arena *arena, struct diags *diags, const char *content_root,
    const char *clinic_path, struct settings settings);
/* Reads one definition, also from outside handouts/. NULL after an error. */
struct handout *handout_read(struct arena *arena, struct diags *diags, const char *path);
/* The handout of an id or alias; NULL and a diagnostic with a hint when there is none [topic-unknown] or its
 * definition was left out [topic-broken]. */
const struct handout *library_find(const struct library *library, struct diags *diags, struct str name);
/* Would the definition at `path`, which was left out, be called `name`? */
bool library_claims(const struct library *library, const char *path, struct str name);
/* The edition of a handout in a language, or NULL. */
const struct edition *handout_edition(const struct handout *handout, struct str lang);
/* Is the review date before `today`, or at most `within_days` (0: none) days ahead? Without a date: no. */
bool handout_is_due(const struct handout *handout, struct date today, long within_days);

#endif
