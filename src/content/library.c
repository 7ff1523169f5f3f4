#include "content/library.h"

#include "base/file.h"
#include "base/vec.h"
#include "content/bibliography.h"
#include "content/clinic.h"
#include "content/handout.h"
#include "content/variables.h"

#include <stdlib.h>
#include <string.h>

struct loaded {
    struct handout *handout;
    bool good;
};

struct loaded_list {
    VEC(struct loaded) list;
};

static int compare_ids(const void *a, const void *b)
{
    return str_compare(((const struct loaded *)a)->handout->id, ((const struct loaded *)b)->handout->id);
}

static struct loaded_list load_definitions(struct arena *arena, struct diags *diags, const char *folder)
{
    struct loaded_list loaded = {0};
    for (char **name = folder_list(arena, folder, ".yaml"); *name; name++) {
        struct loaded one;
        one.handout = handout_load(arena, diags, path_join(arena, folder, *name), &one.good);
        vec_push(arena, &loaded.list, one);
    }
    for (char **name = folder_list(arena, folder, ".yml"); *name; name++)
        diag_file(diags, SEVERITY_WARNING, path_join(arena, folder, *name), "file-ignored",
            "this file is not read (the names of definitions end in .yaml)");
    if (loaded.list.n)
        qsort(loaded.list.at, loaded.list.n, sizeof *loaded.list.at, compare_ids);
    return loaded;
}

/* Every alias must be unique among all ids and aliases; a definition with one that is not is left out. */
static void check_aliases(struct arena *arena, struct diags *diags, struct loaded_list *loaded)
{
    struct map owners = {0};
    for (size_t i = 0; i < loaded->list.n; i++)
        if (loaded->list.at[i].good)
            map_put(arena, &owners, loaded->list.at[i].handout->id, loaded->list.at[i].handout);
    for (size_t i = 0; i < loaded->list.n; i++) {
        struct loaded *one = &loaded->list.at[i];
        for (size_t a = 0; one->good && a < one->handout->alias_count; a++) {
            struct str alias = one->handout->aliases[a];
            const struct handout *owner = map_get(&owners, alias);
            if (!owner) {
                map_put(arena, &owners, alias, one->handout);
                continue;
            }
            diag_at(diags, SEVERITY_ERROR, one->handout->alias_poses[a], "id-duplicate",
                "'%.*s' is the name of a topic already (in %s)", STR_FMT(alias), owner->path);
            one->good = false;
        }
    }
}

static struct str file_stem(const char *path)
{
    struct str name = path_base(path);
    return str_slice(name, 0, name.n - strlen(".yaml"));
}

static void add_names(struct arena *arena, struct map *map, const struct handout *handout, void *value)
{
    if (handout->id.n)
        map_put(arena, map, handout->id, value);
    for (size_t i = 0; i < handout->alias_count; i++)
        map_put(arena, map, handout->aliases[i], value);
}

static void read_definitions(struct arena *arena, struct diags *diags, struct library *library)
{
    struct loaded_list loaded =
        load_definitions(arena, diags, path_join(arena, library->content_root, "handouts"));
    check_aliases(arena, diags, &loaded);
    for (size_t i = 0; i < loaded.list.n; i++) {
        struct handout *handout = loaded.list.at[i].handout;
        if (loaded.list.at[i].good) {
            map_put(arena, &library->handouts, handout->id, handout);
            add_names(arena, &library->aliases, handout, handout);
        } else {
            char *path = arena_copy(arena, handout->path, strlen(handout->path));
            map_put(arena, &library->broken, file_stem(path), path);
            add_names(arena, &library->broken, handout, path);
            vec_push(arena, &library->left_out, handout);
        }
    }
}

struct library *library_read(struct arena *arena, struct diags *diags, const char *content_root,
    const char *clinic_path, struct settings settings)
{
    struct library *library = ARENA_NEW(arena, struct library);
    library->content_root = content_root;
    library->settings = settings;
    if (!clinic_path)
        clinic_path = path_join(arena, content_root, "clinic.yaml");
    bool good = clinic_read(arena, diags, clinic_path, &library->settings, &library->clinic);
    good =
        bibliography_read(arena, diags, path_join(arena, content_root, "sources.yaml"), &library->sources) &&
        good;
    read_definitions(arena, diags, library);
    /* Without a clinic profile, most names would be unknown for that reason alone. */
    good = good && variables_check_settings(arena, diags, library);
    return good ? library : NULL;
}

static bool has_name(const struct handout *handout, struct str name)
{
    bool found = str_eq(handout->id, name) || str_eq(file_stem(handout->path), name);
    for (size_t i = 0; i < handout->alias_count && !found; i++)
        found = str_eq(handout->aliases[i], name);
    return found;
}

bool library_claims(const struct library *library, const char *path, struct str name)
{
    for (size_t i = 0; i < library->left_out.n; i++)
        if (strcmp(library->left_out.at[i]->path, path) == 0 && has_name(library->left_out.at[i], name))
            return true;
    return false;
}

const struct handout *library_find(const struct library *library, struct diags *diags, struct str name)
{
    const struct handout *handout = map_get(&library->aliases, name);
    const char *broken = handout ? NULL : map_get(&library->broken, name);
    if (handout)
        return handout;
    if (broken) {
        diag_file(diags, SEVERITY_ERROR, broken, "topic-broken",
            "the topic '%.*s' was left out for its errors", STR_FMT(name));
        return NULL;
    }
    struct arena *scratch = arena_new();
    char *lower = arena_copy(scratch, name.p, name.n);
    for (size_t i = 0; i < name.n; i++)
        lower[i] = ascii_lower(lower[i]);
    struct str nearest = map_nearest(&library->aliases, (struct str){lower, name.n});
    if (nearest.n)
        diag_file(diags, SEVERITY_ERROR, NULL, "topic-unknown",
            "there is no topic '%.*s' (did you mean '%.*s'?)", STR_FMT(name), STR_FMT(nearest));
    else if (library->broken.n)
        diag_file(diags, SEVERITY_ERROR, NULL, "topic-unknown",
            "there is no topic '%.*s', unless it is in a definition that was left out for its errors",
            STR_FMT(name));
    else
        diag_file(diags, SEVERITY_ERROR, NULL, "topic-unknown",
            "there is no topic '%.*s' ('handout list' shows all)", STR_FMT(name));
    arena_free(scratch);
    return NULL;
}
