/* The journey from finished pages to a file; read this first. */
#include "paint/pdf.h"

#include "paint/canvas.h"
#include "paint/links.h"
#include "paint/metadata.h"
#include "paint/outline.h"
#include "paint/syntax.h"

struct job {
    struct arena *arena;
    struct press *press;
    const struct document *document;
    const struct pages *pages;
    struct writer *writer;
    struct survey survey;
    struct fontfiles *fonts;
    struct images *images;
    struct tags *tags;
    int resources; /* one dictionary for all pages */
};

static void survey_fonts(struct job *job)
{
    for (size_t p = 0; p < job->pages->n; p++)
        for (size_t i = 0; i < job->pages->at[p].item_count; i++) {
            const struct item *item = &job->pages->at[p].items[i];
            if (item->kind == ITEM_TEXT && item->text.glyph_count)
                fontfiles_survey(job->fonts, item);
        }
    fontfiles_settle(job->fonts);
}

static void write_pages(struct job *job)
{
    const struct pages *pages = job->pages;
    const struct canvas_context context = {.arena = job->arena,
        .tags = job->tags,
        .fonts = job->fonts,
        .images = job->images,
        .spacing = spacing_new(job->arena, job->document),
        .page_height = pages->height};
    const struct links links = {job->writer, job->tags, &job->survey, pages->height};
    struct buf content = {0}, entries = {0};
    for (size_t p = 0; p < pages->n; p++) {
        buf_clear(&content);
        canvas_paint(&context, &pages->at[p], p, &content);
        buf_clear(&entries);
        buf_text(&entries, "/MediaBox [0 0");
        syntax_point(&entries, pages->width);
        syntax_point(&entries, pages->height);
        buf_printf(&entries, "] /Resources %d 0 R /StructParents %zu /Tabs /S", job->resources, p);
        links_write(&links, &pages->at[p], p, &entries);
        writer_set_page(
            job->writer, p, buf_slice(&entries), press_deflate(job->press, buf_slice(&content), PRESS_FAST));
    }
    buf_free(&content);
    buf_free(&entries);
}

static bool write_resources(struct job *job, struct diags *diags)
{
    struct buf out = {0};
    buf_text(&out, "/Font <<");
    bool good = fontfiles_write(job->fonts, job->writer, diags, &out);
    buf_text(&out, ">> /XObject <<");
    images_put_resources(job->images, &out);
    buf_text(&out, ">>");
    writer_set(job->writer, job->resources, buf_slice(&out));
    buf_free(&out);
    return good;
}

static void write_catalog(struct job *job)
{
    struct buf out = {0};
    metadata_write(job->writer, job->press, job->document, job->pages, &out);
    buf_printf(&out, "/MarkInfo <</Marked true>> /StructTreeRoot %d 0 R", tags_write(job->tags));
    int outline = outline_write(job->arena, job->writer, job->document, &job->survey, job->pages->height);
    if (outline)
        buf_printf(&out, " /Outlines %d 0 R", outline);
    writer_set_catalog(job->writer, buf_slice(&out));
    buf_free(&out);
}

bool pdf_write(struct arena *arena, struct diags *diags, struct press *press, const struct document *document,
    const struct pages *pages, size_t font_count, struct buf *out)
{
    struct job job = {.arena = arena, .press = press, .document = document, .pages = pages};
    press_begin(press);
    job.writer = writer_new(arena, diags, pages->n);
    if (!job.writer)
        return false;
    job.survey = survey_pages(arena, document, pages);
    job.fonts = fontfiles_new(arena, press, font_count);
    job.images = images_new(arena, press, job.writer);
    job.tags = tags_new(arena, job.writer, document, &job.survey, pages->n);
    job.resources = writer_reserve(job.writer);
    survey_fonts(&job);
    write_pages(&job);
    bool good = write_resources(&job, diags);
    write_catalog(&job);
    good = good && writer_save(job.writer, diags, out);
    writer_free(job.writer);
    return good;
}
