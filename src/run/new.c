#include "run/new.h"

#include "base/file.h"
#include "content/library.h"
#include "content/name.h"
#include "run/place.h"
#include "run/report.h"
#include "run/skeleton.h"
#include "run/standard.h"
#include "run/today.h"

enum { MOST_SECTIONS = 16 };

/* A file that is to be made. */
struct draft {
    const char *path;
    struct str text;
};

struct drafts {
    VEC(struct draft) list;
};

/* The text that was typed, made into an id, for a hint: "Frozen Shoulder" → "frozen-shoulder". */
static const char *suggest_id(struct arena *arena, struct str typed)
{
    char *id = arena_copy(arena, typed.p, typed.n);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = ascii_lower(typed.p[i]);
        if (ascii_is_alpha(c) || ascii_is_digit(c))
            id[n++] = c;
        else if (n && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n && id[n - 1] == '-')
        n--;
    id[n] = '\0';
    return name_is_id(str_from(id)) ? id : "frozen-shoulder";
}

static void add_draft(struct arena *arena, struct drafts *drafts, const char *path, struct buf *text)
{
    vec_push(arena, &drafts->list, (struct draft){path, str_copy(arena, buf_slice(text))});
    buf_clear(text);
}

/* All files of a topic: its definition, and the sections that no shared file supplies. */
static void plan_drafts(
    struct arena *arena, const char *content, struct str id, struct date day, struct drafts *drafts)
{
    const struct skeleton_section *sections = skeleton_sections();
    bool use_shared[MOST_SECTIONS] = {0};
    const char *english = path_join(arena, content, "en");
    struct buf text = {0};
    for (size_t i = 0; sections[i].role; i++) {
        const char *shared = sections[i].shared ? arena_printf(arena, "shared/%s", sections[i].shared) : NULL;
        use_shared[i] = shared && path_is_file(path_join(arena, english, shared));
        if (use_shared[i])
            continue;
        skeleton_text(&text, &sections[i], id);
        const char *file = arena_printf(arena, "%.*s/%s", STR_FMT(id), sections[i].file);
        add_draft(arena, drafts, path_join(arena, english, file), &text);
    }
    if (path_is_file(path_join(arena, content, "schemas/handout.schema.json")))
        buf_text(&text, "# yaml-language-server: $schema=../schemas/handout.schema.json\n");
    skeleton_definition(&text, id, day, use_shared);
    const char *file = arena_printf(arena, "handouts/%.*s.yaml", STR_FMT(id));
    add_draft(arena, drafts, path_join(arena, content, file), &text);
    buf_free(&text);
}

/* Is the name free: no topic's id or alias, and none of the files there? */
static bool check_free(
    struct arena *arena, struct diags *diags, const char *content, struct str id, const struct drafts *drafts)
{
    struct diags ignored = diags_new(arena); /* mistakes elsewhere do not matter here */
    struct library *library = library_read(arena, &ignored, content, NULL, (struct settings){0});
    const struct handout *owner = library ? map_get(&library->aliases, id) : NULL;
    if (owner)
        diag_file(
            diags, SEVERITY_ERROR, owner->path, "topic-exists", "'%.*s' is a topic already", STR_FMT(id));
    for (size_t i = 0; i < drafts->list.n && !owner; i++)
        if (path_is_file(drafts->list.at[i].path) || path_is_folder(drafts->list.at[i].path))
            diag_file(diags, SEVERITY_ERROR, drafts->list.at[i].path, "file-exists",
                "this file exists already, so nothing was made");
    return diags->errors == 0;
}

static bool write_drafts(struct diags *diags, const struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->list.n; i++)
        if (!file_write(diags, drafts->list.at[i].path, drafts->list.at[i].text))
            return false;
    return true;
}

static void print_drafts(struct report *report, struct str id, const struct drafts *drafts)
{
    struct buf text = {0};
    for (size_t i = 0; i < drafts->list.n; i++) {
        report_visible(&text, str_from(drafts->list.at[i].path));
        buf_char(&text, '\n');
    }
    buf_printf(&text, "Edit these files; this tells what is missing: handout check %.*s\n", STR_FMT(id));
    standard_output(report, buf_slice(&text));
    buf_free(&text);
}

static bool make_topic(struct arena *arena, struct diags *diags, const char *content, struct str id,
    struct date day, struct drafts *drafts)
{
    plan_drafts(arena, content, id, day, drafts);
    return check_free(arena, diags, content, id, drafts) && write_drafts(diags, drafts);
}

int new_run(struct arena *arena, const struct options *options, const char *program)
{
    struct report report = report_new(arena, stderr, options);
    struct diags diags = diags_new(arena);
    struct str id = str_from(options->operands.at[0]);
    struct drafts drafts = {0};
    struct place place;
    struct date day;
    const char *problem;
    if (!name_is_id(id))
        return report_usage(stderr, options->command,
            arena_printf(arena,
                "'%.*s' is no name for a topic (use lower-case letters, digits and hyphens: '%s')",
                STR_FMT(id), suggest_id(arena, id)));
    if (!today(&day, &problem))
        return report_usage(stderr, options->command, problem);
    bool good = place_find(arena, &diags, options, program, &place);
    if (good && place.installed) {
        diag_file(&diags, SEVERITY_ERROR, NULL, "root-missing",
            "this folder has no content/, styles/ and fonts/ (go to your project, or name it with --root)");
        good = false;
    }
    good = good && make_topic(arena, &diags, place.content, id, day, &drafts);
    report_diags(&report, &diags);
    if (good && options->verbosity != VERBOSITY_QUIET)
        print_drafts(&report, id, &drafts);
    return report_status(&report, !good);
}
