#include "run/report_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A path from the root without ".", ".." and doubled slashes; links are not followed. */
static struct str straighten(struct arena *arena, struct str path)
{
    VEC(struct str) parts = {0};
    while (path.n) {
        struct str part = str_cut(&path, '/');
        if (str_is(part, "..")) {
            if (parts.n)
                parts.n--;
        } else if (part.n && !str_is(part, ".")) {
            vec_push(arena, &parts, part);
        }
    }
    struct buf straight = {0};
    for (size_t i = 0; i < parts.n; i++) {
        buf_char(&straight, '/');
        buf_str(&straight, parts.at[i]);
    }
    struct str result = str_copy(arena, buf_slice(&straight));
    buf_free(&straight);
    return result;
}

/* What of a path lies beneath a folder; NULL if it does not. */
static const char *beneath(struct str path, struct str folder)
{
    bool within = path.n > folder.n + 1 && memcmp(path.p, folder.p, folder.n) == 0 && path.p[folder.n] == '/';
    return within ? path.p + folder.n + 1 : NULL;
}

const char *report_path(struct arena *arena, const char *path, const char **whole)
{
    char here[PATH_MAX], real[PATH_MAX];
    const char *workspace = getenv("GITHUB_WORKSPACE");
    if (!getcwd(here, sizeof here))
        here[0] = '\0';
    struct str joined = path[0] == '/' ? str_from(path) : str_printf(arena, "%s/%s", here, path);
    struct str straight = straighten(arena, joined);
    *whole = straight.p;
    if (!workspace || workspace[0] != '/')
        return beneath(straight, straighten(arena, str_from(here)));
    const char *rest = beneath(straight, straighten(arena, str_from(workspace)));
    if (!rest && realpath(workspace, real)) /* the current folder has no links in it, the workspace may */
        rest = beneath(straight, str_from(real));
    return rest;
}
