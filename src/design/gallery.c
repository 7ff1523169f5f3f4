#include "design/gallery.h"

#include "base/file.h"
#include "design/tone.h"

#include <stdlib.h>
#include <string.h>

/* What is kept besides the pictures of the last document: bytes, and pictures. */
enum { MUCH = 4 * 1024 * 1024, MANY = 64 };

struct hung {
    struct arena *arena; /* of this one */
    const char *key;     /* tone, language and path */
    struct hash128 hash; /* of the file */
    const struct picture *picture;
    size_t shown; /* the last document that showed it */
};

struct gallery {
    struct hung hung[MANY];
    size_t n;
    size_t document; /* the present one */
};

struct gallery *gallery_new(void)
{
    struct gallery *gallery = calloc(1, sizeof *gallery);
    if (!gallery)
        out_of_memory();
    return gallery;
}

static void take_down(struct gallery *gallery, struct hung *hung)
{
    arena_free(hung->arena);
    *hung = gallery->hung[--gallery->n];
}

void gallery_free(struct gallery *gallery)
{
    while (gallery && gallery->n)
        take_down(gallery, gallery->hung);
    free(gallery);
}

/* The one that was not shown for the longest time, or NULL if the present document shows them all. */
static struct hung *oldest(struct gallery *gallery)
{
    struct hung *oldest = NULL;
    for (size_t i = 0; i < gallery->n; i++)
        if (gallery->hung[i].shown < gallery->document && (!oldest || gallery->hung[i].shown < oldest->shown))
            oldest = &gallery->hung[i];
    return oldest;
}

void gallery_trim(struct gallery *gallery)
{
    size_t used = 0;
    for (size_t i = 0; i < gallery->n; i++)
        used += arena_used(gallery->hung[i].arena);
    for (struct hung *hung; used > MUCH && (hung = oldest(gallery));) {
        used -= arena_used(hung->arena);
        take_down(gallery, hung);
    }
    gallery->document++;
}

static struct hung *find(struct gallery *gallery, const char *key)
{
    for (size_t i = 0; i < gallery->n; i++)
        if (strcmp(gallery->hung[i].key, key) == 0)
            return &gallery->hung[i];
    return NULL;
}

/* Hangs up a picture that lies in `arena`, which becomes the gallery's. False, and it stays the caller's, if
 * there is no room. */
static bool hang_up(struct gallery *gallery, struct hung hung)
{
    struct hung *place = find(gallery, hung.key);
    if (place && place->shown == gallery->document) /* it changed while it is shown */
        return false;
    if (!place && gallery->n == MANY)
        place = oldest(gallery);
    if (place)
        take_down(gallery, place);
    if (gallery->n == MANY)
        return false;
    gallery->hung[gallery->n++] = hung;
    return true;
}

/* Is the file what it was when its picture was decoded? What is wrong with it otherwise, picture_read tells.
 */
static bool is_unchanged(const struct hung *hung, struct diags *diags, const char *path)
{
    struct arena *scratch = arena_new();
    struct diags ignored = diags_new(scratch);
    struct str bytes;
    bool same = file_read(scratch, &ignored, (struct pos){0}, path, FILE_LIMIT, &bytes) &&
                hash128_eq(hash128_of(bytes), hung->hash);
    if (same)
        trace_hash(diags->trace, path, hung->hash);
    arena_free(scratch);
    return same;
}

const struct picture *gallery_picture(struct gallery *gallery, struct diags *diags, struct pos where,
    const char *path, struct str lang, enum picture_tone tone)
{
    const char *key = arena_printf(diags->arena, "%d %.*s %s", (int)tone, STR_FMT(lang), path);
    struct hung *known = find(gallery, key);
    if (known && is_unchanged(known, diags, path)) {
        known->shown = gallery->document;
        return known->picture;
    }
    size_t told = diags->list.n;
    struct hung hung = {.arena = arena_new(), .shown = gallery->document};
    hung.key = arena_copy(hung.arena, key, strlen(key));
    hung.picture = picture_read(hung.arena, diags, where, path, lang, &hung.hash);
    if (hung.picture)
        hung.picture = tone_picture(hung.arena, hung.picture, tone);
    if (!hung.picture || diags->list.n > told || !hang_up(gallery, hung))
        arena_adopt(diags->arena, hung.arena); /* for this document alone */
    return hung.picture;
}
