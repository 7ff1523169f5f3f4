#include "design/shelf.h"

struct volume {
    const struct picture *picture; /* NULL: it cannot be read */
    struct diags diags;            /* of reading it */
};

struct shelf {
    struct arena *arena;
    struct gallery *gallery;
    struct trace *trace;     /* of the document */
    struct volume **volumes; /* by id of node; NULL: not yet read */
};

struct shelf *shelf_new(struct arena *arena, const struct document *document, struct gallery *gallery)
{
    struct shelf *shelf = ARENA_NEW(arena, struct shelf);
    shelf->arena = arena;
    shelf->gallery = gallery;
    shelf->trace = document->trace;
    shelf->volumes = ARENA_ARRAY(arena, struct volume *, document->node_count);
    return shelf;
}

const struct picture *shelf_picture(struct shelf *shelf, struct diags *diags, const struct doc_node *image,
    struct str lang, enum picture_tone tone)
{
    if (!image->image.path)
        return NULL;
    struct volume *volume = shelf->volumes[image->id];
    if (!volume) {
        volume = shelf->volumes[image->id] = ARENA_NEW(shelf->arena, struct volume);
        volume->diags = diags_new(shelf->arena);
        volume->diags.trace = shelf->trace;
        volume->picture =
            gallery_picture(shelf->gallery, &volume->diags, image->pos, image->image.path, lang, tone);
    }
    diags_append(diags, &volume->diags);
    return volume->picture;
}
