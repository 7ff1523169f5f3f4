#include "run/place.h"

#include "base/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_root(struct arena *arena, const char *folder)
{
    return path_is_folder(path_join(arena, folder, "content")) &&
           path_is_folder(path_join(arena, folder, "styles")) &&
           path_is_folder(path_join(arena, folder, "fonts"));
}

/* The program's own file: Linux tells; elsewhere it is argv[0], by its path or along PATH. NULL if unknown.
 */
static const char *program_path(struct arena *arena, const char *program)
{
    char real[PATH_MAX];
    if (realpath("/proc/self/exe", real))
        return arena_copy(arena, real, strlen(real));
    if (strchr(program, '/'))
        return realpath(program, real) ? arena_copy(arena, real, strlen(real)) : NULL;
    struct str rest = str_from(getenv("PATH"));
    while (rest.n) {
        struct str folder = str_cut(&rest, ':');
        const char *path = path_join(arena, str_dup(arena, folder), program);
        if (access(path, X_OK) == 0 && realpath(path, real))
            return arena_copy(arena, real, strlen(real));
    }
    return NULL;
}

static const char *installed_root(struct arena *arena, const char *program)
{
    const char *path = program_path(arena, program);
    if (path) {
        static const char *const ways[] = {"../share/handout", "../.."};
        const char *folder = str_dup(arena, path_folder(path));
        const char *share = path_join(arena, folder, ways[0]), *tree = path_join(arena, folder, ways[1]);
        if (is_root(arena, share))
            return share;
        if (!is_root(arena, HANDOUT_DATADIR) && is_root(arena, tree))
            return tree;
    }
    return is_root(arena, HANDOUT_DATADIR) ? HANDOUT_DATADIR : NULL;
}

static bool check_folder(struct diags *diags, const char *path)
{
    if (!path || path_is_folder(path))
        return true;
    diag_file(diags, SEVERITY_ERROR, path, "root-missing", "there is no such folder");
    return false;
}

bool place_find(struct arena *arena, struct diags *diags, const struct options *options, const char *program,
    struct place *place)
{
    const char *root = options->root;
    *place = (struct place){0};
    if (!check_folder(diags, root) || !check_folder(diags, options->content))
        return false;
    if (!root && is_root(arena, "."))
        root = ".";
    if (!root) {
        root = installed_root(arena, program);
        place->installed = !options->content;
    }
    if (!root) {
        diag_file(diags, SEVERITY_ERROR, NULL, "root-missing",
            "neither this folder nor '%s' has content/, styles/ and fonts/ (name a folder with --root)",
            HANDOUT_DATADIR);
        return false;
    }
    place->root = root;
    place->content = options->content ? options->content : path_join(arena, root, "content");
    place->styles = path_join(arena, root, "styles");
    place->fonts = path_join(arena, root, "fonts");
    return true;
}
