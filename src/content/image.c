#include "content/image.h"

#include "base/file.h"
#include "content/inline.h"
#include "content/link.h"
#include "content/reference.h"

#include <string.h>

/* What path_beneath found wrong; it cannot know that a bare file's pictures stay in the folder of that file.
 */
static void report_path(struct reader *reader, const struct doc_node *image, const struct diags *found)
{
    for (size_t i = 0; i < found->list.n; i++) {
        const struct diag *diag = &found->list.at[i];
        if (reader->context->own_folder && strcmp(diag->code, "path-outside") == 0)
            diag_at(reader->diags, diag->severity, image->pos, "path-outside",
                "this path leaves the folder of this file: '%.*s'",
                STR_FMT(link_decode(reader->arena, image->image.url)));
        else
            diag_add(reader->diags, diag);
    }
}

/* The file of a picture, or NULL with a diagnostic. */
static const char *find(struct reader *reader, const struct doc_node *image)
{
    struct str url = image->image.url;
    struct diags found = diags_new(reader->arena);
    found.trace = reader->diags->trace;
    if (link_scheme(url) || str_starts(url, "//")) {
        diag_at(reader->diags, SEVERITY_ERROR, image->pos, "image-remote",
            "pictures come from the %s, not from '%.*s' (save the picture there)",
            reader->context->own_folder ? "folder of this file" : "content folder",
            STR_FMT(str_slice(url, 0, 100)));
        return NULL;
    }
    const char *path = path_beneath(reader->arena, &found, NULL, image->pos, reader->context->picture_root,
        reader->folder, link_decode(reader->arena, url));
    report_path(reader, image, &found);
    return path;
}

void image_finish(struct reader *reader, struct doc_node *image)
{
    struct buf alt = {0};
    for (const struct doc_node *node = image->first; node; node = node->next)
        doc_text(node, &alt);
    inline_take(image);
    image->image.alt = str_copy(reader->arena, str_trim(buf_slice(&alt)));
    buf_free(&alt);
    if (!image->image.alt.n)
        diag_at(reader->diags, SEVERITY_WARNING, image->pos, "image-alt-missing",
            "without a description in its brackets, this picture is mere decoration to those who cannot see "
            "it");
    image->image.path = find(reader, image);
}

void image_figure(struct reader *reader, struct doc_node *paragraph)
{
    struct doc_node *image = paragraph->first;
    if (!image || image->kind != DOC_IMAGE || image->next)
        return;
    paragraph->kind = DOC_FIGURE;
    struct str title = str_trim(image->image.title);
    if (title.n)
        reference_fill_text(
            reader, title, image->pos, doc_new(reader->arena, DOC_CAPTION, paragraph, image->pos));
}
