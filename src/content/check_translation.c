/* A translation against the text that it was made from. */
#include "content/check_parts.h"

#include "base/file.h"
#include "base/hash.h"

/* -- numbers of a Markdown text */

struct figure {
    struct str number; /* without commas */
    size_t from, to;
};

struct figures_found {
    VEC(struct figure) list;
};

/* The end of what begins at `at` and prints no number of its own: variables, citations, addresses. 0:
 * nothing. */
static size_t skip_construct(struct str text, size_t at)
{
    static const struct {
        const char *open, *close;
    } constructs[] = {{"{{", "}}"}, {"[@", "]"}, {"](", ")"}, {"<!--", "-->"}, {"```lines", "\n"}};
    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++) {
        if (!str_starts(str_slice(text, at, text.n), constructs[i].open))
            continue;
        size_t end = str_find(text, constructs[i].close, at + 2);
        return end == SIZE_MAX ? text.n : end + str_from(constructs[i].close).n;
    }
    return 0;
}

/* The number of an ordered list's item: "1. " at the start of a line. */
static bool is_item_number(struct str text, size_t from, size_t to)
{
    size_t start = from;
    while (start && text.p[start - 1] == ' ')
        start--;
    bool first = !start || text.p[start - 1] == '\n';
    return first && to + 1 < text.n && (text.p[to] == '.' || text.p[to] == ')') && text.p[to + 1] == ' ';
}

static size_t number_end(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.n &&
           (ascii_is_digit(text.p[end]) || ((text.p[end] == ',' || text.p[end] == '.') && end + 1 < text.n &&
                                               ascii_is_digit(text.p[end + 1]))))
        end++;
    return end;
}

static void find_figures(struct arena *arena, struct str text, struct figures_found *found)
{
    for (size_t at = 0; at < text.n;) {
        size_t after = skip_construct(text, at);
        if (after) {
            at = after;
            continue;
        }
        if (!ascii_is_digit(text.p[at])) {
            at++;
            continue;
        }
        size_t end = number_end(text, at);
        if (!is_item_number(text, at, end))
            vec_push(arena, &found->list,
                (struct figure){str_without(arena, str_slice(text, at, end), ','), at, end});
        at = end;
    }
}

static const struct figure *first_missing(
    struct arena *arena, const struct figures_found *these, const struct figures_found *those)
{
    struct map numbers = {0};
    for (size_t i = 0; i < those->list.n; i++)
        map_put(arena, &numbers, those->list.at[i].number, &those->list.at[i]);
    for (size_t i = 0; i < these->list.n; i++)
        if (!map_get(&numbers, these->list.at[i].number))
            return &these->list.at[i];
    return NULL;
}

/* -- a section and its original */

struct pair {
    const char *original_path;
    const struct source *original, *translation;
    enum doc_role role;
    struct str recorded; /* "sha256:…" or empty */
    struct pos pos;      /* where it is recorded, or belongs */
};

static struct str checksum(struct arena *arena, struct str text)
{
    struct sha256 hash = sha256_of(text);
    struct buf out = {0};
    buf_text(&out, "sha256:");
    for (size_t i = 0; i < SHA256_SIZE; i++)
        buf_printf(&out, "%02x", hash.bytes[i]);
    struct str result = str_copy(arena, buf_slice(&out));
    buf_free(&out);
    return result;
}

/* Numbers that stand in one of the two texts only. True if there are any. */
static bool check_pair_figures(struct check *check, const struct pair *pair)
{
    struct figures_found original = {0}, translation = {0};
    find_figures(check->arena, pair->original->text, &original);
    find_figures(check->arena, pair->translation->text, &translation);
    const struct figure *added = first_missing(check->arena, &translation, &original);
    const struct figure *lost = first_missing(check->arena, &original, &translation);
    if (added && lost)
        check_find(check, CHECK_TRANSLATION_FIGURES,
            (struct pos){pair->translation, added->from, added->to - added->from},
            "'%.*s' is not in the original, %s, which says '%.*s'", STR_FMT(added->number),
            pair->original_path, STR_FMT(lost->number));
    else if (added)
        check_find(check, CHECK_TRANSLATION_FIGURES,
            (struct pos){pair->translation, added->from, added->to - added->from},
            "'%.*s' is not in the original, %s", STR_FMT(added->number), pair->original_path);
    else if (lost)
        check_find(check, CHECK_TRANSLATION_FIGURES,
            (struct pos){pair->translation, 0, source_line(pair->translation, 1).n},
            "the '%.*s' of the original is missing here, %s", STR_FMT(lost->number), pair->original_path);
    return added || lost;
}

static void check_pair(struct check *check, const struct pair *pair)
{
    bool differ = check_pair_figures(check, pair);
    struct str now = checksum(check->arena, pair->original->text);
    if (!pair->recorded.n) {
        check_find(check, CHECK_TRANSLATION_UNRECORDED, pair->pos,
            "nothing says which text this was translated from; if it is %s as it stands, '%.*s'",
            pair->original_path, STR_FMT(now));
        return;
    }
    if (str_eq(pair->recorded, now))
        return;
    bool grave = differ || pair->role == ROLE_WARNINGS;
    check_find_as(check, CHECK_TRANSLATION_STALE,
        grave ? CHECK_ERROR : check->settings[CHECK_TRANSLATION_STALE].severity, pair->pos,
        "the original, %s, has changed since it was translated%s; its checksum is now '%.*s'",
        pair->original_path,
        differ  ? ", and so have its numbers"
        : grave ? ", and it holds the warning signs"
                : "",
        STR_FMT(now));
}

static const char *path_of(const struct check *check, struct str lang, struct str file)
{
    return path_join(check->arena, check->library->content_root,
        arena_printf(check->arena, "%.*s/%.*s", STR_FMT(lang), STR_FMT(file)));
}

/* How many sections of a role stand in an edition before section `end`. */
static size_t count_role(const struct edition *edition, enum doc_role role, size_t end)
{
    size_t count = 0;
    for (size_t i = 0; i < end; i++)
        count += edition->sections[i].role == role;
    return count;
}

/* What answers in one edition to a section of another: the first section of its role to the first, the second
 * to the second. NULL if there is none. */
static const struct section_ref *counterpart(
    const struct edition *edition, const struct edition *other, size_t section)
{
    enum doc_role role = other->sections[section].role;
    size_t left = count_role(other, role, section);
    for (size_t i = 0; i < edition->section_count; i++)
        if (edition->sections[i].role == role && left-- == 0)
            return &edition->sections[i];
    return NULL;
}

/* Sections that only one of the two has. One whose role the translation lacks altogether is section-missing.
 */
static void check_presence(
    struct check *check, const struct edition *original, const struct edition *translation)
{
    for (size_t i = 0; i < translation->section_count; i++)
        if (!counterpart(original, translation, i))
            check_find(check, CHECK_TRANSLATION_STALE, translation->sections[i].pos,
                "the original has no such section");
    for (size_t i = 0; i < original->section_count; i++) {
        const struct section_ref *section = &original->sections[i];
        bool known = count_role(translation, section->role, translation->section_count);
        if (known && !counterpart(translation, original, i))
            check_find(check, CHECK_TRANSLATION_STALE, check_whole_pos(check),
                "the original's section '%.*s' is not translated", STR_FMT(section->file));
    }
}

static void check_files(struct check *check, struct str original, struct str translation, struct pair pair)
{
    const struct edition *first = &check->handout->editions[0];
    pair.original_path = path_of(check, first->lang, original);
    const char *path = path_of(check, check->edition->lang, translation);
    if (!path_is_file(pair.original_path) || !path_is_file(path))
        return; /* told where it is built */
    pair.original = source_read(check->arena, check->diags, pair.pos, pair.original_path);
    pair.translation = source_read(check->arena, check->diags, pair.pos, path);
    if (pair.original && pair.translation)
        check_pair(check, &pair);
}

void check_translation(struct check *check)
{
    if (!check->handout || check->edition == &check->handout->editions[0])
        return;
    const struct edition *edition = check->edition, *first = &check->handout->editions[0];
    check_presence(check, first, edition);
    for (size_t i = 0; i < edition->section_count; i++) {
        const struct section_ref *section = &edition->sections[i];
        const struct section_ref *original = counterpart(first, edition, i);
        if (original)
            check_files(check, original->file, section->file,
                (struct pair){.role = section->role, .recorded = section->translates, .pos = section->pos});
    }
    check_files(check, str_from(ASSEMBLE_STANDARD_FILE), str_from(ASSEMBLE_STANDARD_FILE),
        (struct pair){
            .role = ROLE_STANDARD, .recorded = edition->standard_translates, .pos = edition->standard_pos});
}
