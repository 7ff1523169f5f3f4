#include "run/depfile.h"

#include "base/file.h"

#include <string.h>
#include <sys/stat.h>

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* The names that GNU make 4.3 has no way to read in a rule: they would assign a variable, begin a recipe, or
 * name the member of an archive; and where it looks for wildcards, backslashes are lost. */
static bool is_readable(const char *name)
{
    for (const char *c = name; *c; c++)
        if (is_one_of(*c, "=;|()") || (unsigned char)*c < ' ')
            return false;
    bool has_backslash = strchr(name, '\\') != NULL;
    return !(has_backslash && strpbrk(name, "*?[")) && !str_ends(str_from(name), "\\");
}

/* A name as make reads it. Backslashes count only before what they would quote. In a target "%" would make a
 * pattern of the rule; among prerequisites it is a letter as any other. */
static const char *quote(struct arena *arena, const char *name, bool target)
{
    struct buf out = {0};
    if (name[0] == '~')
        buf_text(&out, "./");
    for (const char *c = name; *c; c++) {
        size_t backslashes = strspn(c, "\\");
        const char *next = c + backslashes;
        bool quoted = is_one_of(*next, " #:*?[") || (*next == '%' && target);
        for (size_t i = 0; i < backslashes * (quoted ? 2 : 1); i++)
            buf_char(&out, '\\');
        c = next;
        if (quoted)
            buf_char(&out, '\\');
        else if (*c == '$')
            buf_char(&out, '$');
        buf_char(&out, *c);
    }
    const char *result = str_dup(arena, buf_slice(&out));
    buf_free(&out);
    return result;
}

/* "content/figures/a.svg" for "content/en/oa/../../figures/a.svg", if that is the same file, so that rules by
 * which others make the file are found. */
static const char *shorten(struct arena *arena, const char *path, const struct stat *status)
{
    char *shorter = arena_copy(arena, path, strlen(path));
    for (char *up; (up = strstr(shorter, "/../")) != NULL && up > shorter;) {
        char *start = up;
        while (start > shorter && start[-1] != '/')
            start--;
        if (start == up || strncmp(start, "..", (size_t)(up - start)) == 0)
            return path;
        memmove(start, up + 4, strlen(up + 4) + 1);
    }
    struct stat other;
    bool same =
        stat(shorter, &other) == 0 && other.st_dev == status->st_dev && other.st_ino == status->st_ino;
    return same ? shorter : path;
}

/* What make calls a file; "" if it is not there, or cannot be told to make. */
static const char *name_of(struct depfile *depfile, const char *path)
{
    const char *known = map_get(&depfile->names, str_from(path));
    struct stat status;
    if (known)
        return known;
    char *name = arena_copy(depfile->arena, "", 0), *key = arena_copy(depfile->arena, path, strlen(path));
    if (stat(path, &status) == 0) {
        const char *shorter = shorten(depfile->arena, path, &status);
        if (is_readable(shorter))
            name = arena_copy(depfile->arena, shorter, strlen(shorter));
        else
            diag_file(depfile->diags, SEVERITY_WARNING, path, "depfile-name",
                "make does not see when this file changes, for it cannot read such a name");
    }
    map_put(depfile->arena, &depfile->names, str_from(key), name);
    return name;
}

bool depfile_begin(struct depfile *depfile, const char *pdf)
{
    if (!is_readable(pdf)) {
        diag_file(depfile->diags, SEVERITY_WARNING, pdf, "depfile-name",
            "make does not see when this file must be made, for it cannot read such a name");
        return false;
    }
    buf_text(&depfile->rules, quote(depfile->arena, pdf, true));
    buf_char(&depfile->rules, ':');
    return true;
}

void depfile_add(struct depfile *depfile, const char *path)
{
    const char *name = path ? name_of(depfile, path) : "";
    if (!*name)
        return;
    buf_text(&depfile->rules, " \\\n  ");
    buf_text(&depfile->rules, quote(depfile->arena, name, false));
    if (!map_get(&depfile->files, str_from(name)))
        map_put(depfile->arena, &depfile->files, str_from(name), depfile);
}

void depfile_add_all(struct depfile *depfile, const struct trace *files)
{
    for (size_t i = 0; files && i < files->list.n; i++)
        depfile_add(depfile, files->list.at[i]->path);
}

void depfile_end(struct depfile *depfile)
{
    buf_text(&depfile->rules, "\n\n");
}

void depfile_finish(struct depfile *depfile)
{
    for (size_t i = 0; i < depfile->files.n; i++) {
        buf_text(&depfile->rules, quote(depfile->arena, depfile->files.entries[i].key.p, true));
        buf_text(&depfile->rules, ":\n");
    }
}
