/* A sheet: a document and its pages, put together by hand for the tests of paint/, and a look at the PDF made
 * of them. Where qpdf and poppler's tools are installed, they judge the files as well. */
#ifndef TESTS_SHEET_H
#define TESTS_SHEET_H

#include "base/file.h"
#include "base/map.h"
#include "content/words.h"
#include "paint/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <libdeflate.h>

/* A document, and pages to which things are added line by line. */
struct sheet {
    struct arena *arena;
    struct diags diags;
    struct fontset *fontset;
    struct press *press;
    const struct font *text, *bold, *noto, *mono;
    struct words words;
    struct document document;
    VEC(struct page) pages;
    VEC(struct item) items; /* of the page being filled */
    double y;
};

static const struct color BLACK = {0, 0, 0}, BLUE = {0x1A, 0x4F, 0x8B}, TINT = {0xF2, 0xF4, 0xF6};
static const double LEFT = 72, WIDTH = 612, HEIGHT = 792;

static inline const struct font *face(struct sheet *sheet, const char *family, int weight)
{
    const struct font *font =
        fontset_find(sheet->fontset, &sheet->diags, (struct pos){0}, str_from(family), weight, false);
    assert_non_null(font);
    return font;
}

static inline int setup(void **state)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    sheet->arena = arena_new();
    sheet->diags = diags_new(sheet->arena);
    sheet->fontset = fontset_read(sheet->arena, &sheet->diags, "fonts");
    assert_non_null(sheet->fontset);
    sheet->press = press_new();
    sheet->text = face(sheet, "Atkinson Hyperlegible Next", 400);
    sheet->bold = face(sheet, "Atkinson Hyperlegible Next", 700);
    sheet->noto = face(sheet, "Noto Sans", 400);
    sheet->mono = face(sheet, "Atkinson Hyperlegible Mono", 400);
    sheet->words.blank = STR("blank to fill in");
    sheet->words.box = STR("box to tick");
    sheet->document = (struct document){.title = STR("Knees & hips: a <test>"),
        .lang = STR("en-US"),
        .author = STR("A Clinic"),
        .subject = STR("What a test is for"),
        .keywords = STR("knee, hip"),
        .date = STR("2026-11-20"),
        .words = &sheet->words};
    sheet->document.root = doc_new(sheet->arena, DOC_DOCUMENT, NULL, (struct pos){0});
    sheet->y = 72;
    *state = sheet;
    return 0;
}

static inline int teardown(void **state)
{
    struct sheet *sheet = *state;
    press_free(sheet->press);
    fontset_free(sheet->fontset);
    arena_free(sheet->arena);
    free(sheet);
    return 0;
}

/* --- building a document ------------------------------------------------------------------------------- */

static inline struct doc_node *node(struct sheet *sheet, enum doc_kind kind, struct doc_node *parent)
{
    return doc_new(sheet->arena, kind, parent ? parent : sheet->document.root, (struct pos){0});
}

static inline struct doc_node *text_node(struct sheet *sheet, struct doc_node *parent, const char *text)
{
    struct doc_node *made = node(sheet, DOC_TEXT, parent);
    made->text = str_from(text);
    return made;
}

static inline struct doc_node *heading_node(
    struct sheet *sheet, struct doc_node *parent, int level, const char *text)
{
    struct doc_node *made = node(sheet, DOC_HEADING, parent);
    made->heading.level = level;
    return text_node(sheet, made, text);
}

static inline struct doc_node *item_node(struct sheet *sheet, struct doc_node *list, enum item_mark mark)
{
    struct doc_node *made = node(sheet, DOC_ITEM, list);
    made->item.mark = mark;
    node(sheet, DOC_LABEL, made);
    node(sheet, DOC_BODY, made);
    return made;
}

static inline struct doc_node *table_node(struct sheet *sheet, size_t columns, size_t rows)
{
    struct doc_node *table = node(sheet, DOC_TABLE, NULL);
    table->table.columns = columns;
    for (size_t r = 0; r < rows; r++) {
        struct doc_node *row = node(sheet, DOC_ROW, table);
        row->row.header = r == 0;
        for (size_t c = 0; c < columns; c++) {
            struct doc_node *cell = node(sheet, DOC_CELL, row);
            cell->cell.column = c;
            cell->cell.header = r == 0;
        }
    }
    return table;
}

/* --- building pages ------------------------------------------------------------------------------------ */

static inline struct item *add_item(struct sheet *sheet, struct item item)
{
    vec_push(sheet->arena, &sheet->items, item);
    return &sheet->items.at[sheet->items.n - 1];
}

static inline void end_page(struct sheet *sheet)
{
    struct page page = {.items = sheet->items.at, .item_count = sheet->items.n};
    vec_push(sheet->arena, &sheet->pages, page);
    memset(&sheet->items, 0, sizeof sheet->items);
    sheet->y = 72;
}

/* Shapes a text and adds it at x on the current line; returns where it ends. A right-to-left one is put into
 * logical order, as layout does. */
static inline double put(struct sheet *sheet, const struct doc_node *tag, const struct font *font,
    double size, double x, const char *text, bool rtl)
{
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    if (rtl)
        hb_buffer_set_direction(buffer, HB_DIRECTION_RTL);
    hb_shape(font->shaper, buffer, NULL, 0);
    unsigned n;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &n);
    struct glyph *glyphs = ARENA_ARRAY(sheet->arena, struct glyph, n + 1);
    double pen = 0, scale = 1000.0 / font->units_per_em;
    for (unsigned i = 0; i < n; i++) {
        glyphs[rtl ? n - 1 - i : i] = (struct glyph){infos[i].codepoint, infos[i].cluster,
            (float)(pen + positions[i].x_offset * scale), (float)(positions[i].y_offset * scale)};
        pen += positions[i].x_advance * scale;
    }
    hb_buffer_destroy(buffer);
    struct item item = {
        .kind = ITEM_TEXT, .tag = tag, .x = x, .y = sheet->y, .w = pen * size / 1000, .h = size};
    item.text.font = font;
    item.text.size = size;
    item.text.color = BLACK;
    item.text.glyphs = glyphs;
    item.text.glyph_count = n;
    item.text.text = str_from(text);
    add_item(sheet, item);
    return x + item.w;
}

/* A line of its own. */
static inline void line(
    struct sheet *sheet, const struct doc_node *tag, const struct font *font, double size, const char *text)
{
    sheet->y += size * 1.4;
    put(sheet, tag, font, size, LEFT, text, false);
}

static inline struct item *shape(struct sheet *sheet, enum item_kind kind, const struct doc_node *tag,
    double x, double y, double w, double h, struct color color)
{
    struct item *item =
        add_item(sheet, (struct item){.kind = kind, .tag = tag, .x = x, .y = y, .w = w, .h = h});
    item->shape.color = color;
    item->shape.width = 0.75;
    return item;
}

/* --- writing and looking at the result ----------------------------------------------------------------- */

static inline struct pages finish(struct sheet *sheet)
{
    end_page(sheet);
    sheet->document.node_count = doc_number(sheet->document.root);
    return (struct pages){.width = WIDTH, .height = HEIGHT, .at = sheet->pages.at, .n = sheet->pages.n};
}

static inline struct str write_pages(struct sheet *sheet, const struct pages *pages)
{
    struct buf out = {0};
    bool good = pdf_write(sheet->arena, &sheet->diags, sheet->press, &sheet->document, pages,
        fontset_count(sheet->fontset), &out);
    for (size_t i = 0; i < sheet->diags.list.n; i++)
        print_message("%s\n", sheet->diags.list.at[i].message);
    assert_true(good);
    struct str pdf = str_copy(sheet->arena, buf_slice(&out));
    buf_free(&out);
    return pdf;
}

static inline struct str write_sheet(struct sheet *sheet)
{
    struct pages pages = finish(sheet);
    return write_pages(sheet, &pages);
}

static inline size_t count(struct str text, const char *needle)
{
    size_t n = 0;
    for (size_t at = str_find(text, needle, 0); at != SIZE_MAX; at = str_find(text, needle, at + 1))
        n++;
    return n;
}

static inline bool has(struct str text, const char *needle)
{
    return str_find(text, needle, 0) != SIZE_MAX;
}

/* The entries of an object, given as "12 0 R" stands in the file. */
static inline struct str object(struct sheet *sheet, struct str pdf, int number)
{
    const char *head = arena_printf(sheet->arena, "\n%d 0 obj\n", number);
    size_t from = str_find(pdf, head, 0);
    assert_true(from != SIZE_MAX);
    size_t start = from + strlen(head);
    return str_slice(pdf, start, str_find(pdf, "\nendobj", start));
}

/* The number that follows `key` for the first time in a text. */
static inline int number_after(struct str text, const char *key)
{
    size_t at = str_find(text, key, 0);
    assert_true(at != SIZE_MAX);
    return atoi(text.p + at + strlen(key));
}

/* The structure tree below an object, in the manner of "P(0 Link(1 @) 2)": plain numbers are content, "@" is
 * an annotation, "1'" content on another page than the element's first. */
static inline void put_tree(struct sheet *sheet, struct str pdf, int number, struct buf *out)
{
    struct str entries = object(sheet, pdf, number);
    size_t at = str_find(entries, "/S /", 0) + 4;
    while (ascii_is_alpha(entries.p[at]) || ascii_is_digit(entries.p[at]))
        buf_char(out, entries.p[at++]);
    at = str_find(entries, "/K [", 0);
    if (at == SIZE_MAX)
        return;
    buf_char(out, '(');
    struct str kids = str_slice(entries, at + 4, entries.n);
    for (bool first = true; kids.n && kids.p[0] != ']'; first = false) {
        if (!first)
            buf_char(out, ' ');
        if (str_starts(kids, "<<")) {
            bool annotation = str_starts(kids, "<</Type /OBJR");
            if (annotation)
                buf_char(out, '@');
            else
                buf_printf(out, "%d'", number_after(kids, "/MCID "));
            kids = str_slice(kids, str_find(kids, ">>", 0) + 2, kids.n);
        } else {
            char *end;
            long value = strtol(kids.p, &end, 10);
            kids = str_slice(kids, (size_t)(end - kids.p), kids.n);
            if (str_starts(kids, " 0 R")) {
                put_tree(sheet, pdf, (int)value, out);
                kids = str_slice(kids, 4, kids.n);
            } else {
                buf_printf(out, "%ld", value);
            }
        }
        kids = str_slice(kids, str_starts(kids, " "), kids.n);
    }
    buf_char(out, ')');
}

static inline const char *tree(struct sheet *sheet, struct str pdf)
{
    struct buf out = {0};
    struct str root = object(sheet, pdf, number_after(pdf, "/StructTreeRoot "));
    put_tree(sheet, pdf, number_after(root, "/K "), &out);
    const char *text = arena_copy(sheet->arena, out.p, out.n);
    buf_free(&out);
    return text;
}

/* The file handed to another program; its output, or NULL (and a loud word) if it is not installed. */
static inline const char *judge(struct sheet *sheet, struct str pdf, const char *tool, const char *command)
{
    if (system(arena_printf(sheet->arena, "command -v %s >/dev/null 2>&1", tool)) != 0) {
        print_message("[  SKIPPED ] the judgment of %s: it is not installed\n", tool);
        return NULL;
    }
    const char *folder = getenv("TMPDIR");
    char *path =
        arena_printf(sheet->arena, "%s/handout-test-%ld.pdf", folder ? folder : "/tmp", (long)getpid());
    assert_true(file_write(&sheet->diags, path, pdf));
    char *line = arena_printf(sheet->arena, "%s %s %s 2>&1", tool, command, path);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    struct buf out = {0};
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;)
        buf_put(&out, block, n);
    int status = pclose(pipe);
    unlink(path);
    const char *text = arena_copy(sheet->arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    if (status != 0)
        fail_msg("%s:\n%s", line, text);
    return text;
}

/* Every PDF of these tests passes here. With HANDOUT_TEST_KEEP set to a folder they stay there, for other
 * judges. */
static inline void check_pdf(struct sheet *sheet, struct str pdf, const char *name)
{
    const char *keep = getenv("HANDOUT_TEST_KEEP");
    if (keep)
        assert_true(file_write(&sheet->diags, arena_printf(sheet->arena, "%s/%s.pdf", keep, name), pdf));
    const char *verdict = judge(sheet, pdf, "qpdf", "--check");
    if (verdict)
        assert_non_null(strstr(verdict, "No syntax or stream encoding errors"));
}

/* The operators of a page, from 0. */
static inline struct str page_content(struct sheet *sheet, struct str pdf, size_t page)
{
    size_t at = 0;
    for (size_t i = 0; i <= page; i++)
        at = str_find(pdf, "/Type /Page\n", at) + 1;
    struct str stream = object(sheet, pdf, number_after(str_slice(pdf, at, pdf.n), "/Contents "));
    size_t from = str_find(stream, "stream\r\n", 0) + 8, room = 1 << 23, got;
    char *out = arena_alloc(sheet->arena, room);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    enum libdeflate_result result =
        libdeflate_zlib_decompress_ex(decompressor, stream.p + from, stream.n - from, out, room, NULL, &got);
    libdeflate_free_decompressor(decompressor);
    assert_int_equal(result, LIBDEFLATE_SUCCESS);
    return (struct str){out, got};
}

#endif
