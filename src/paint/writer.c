#include "paint/writer.h"

#include "base/hash.h"
#include "base/map.h"
#include "paint/syntax.h"

/* libharu's headers declare functions without prototypes and test macros that nobody defines. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#pragma GCC diagnostic ignored "-Wundef"
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#pragma GCC diagnostic pop

enum {
    OBJECT_MASK = 0x00FFFFFF, /* the number in a header's obj_id */
    PAGES_PER_NODE = 64,      /* of the page tree, in documents with more */
    ID_SIZE = 16,
    POOL_SIZE = 64 * 1024, /* libharu takes all memory from blocks of this size, and frees them together */
    TRAILER = 0,           /* no object has this number */
};

/* A dictionary that libharu frames and that we fill. */
struct slot {
    struct str entries;
    bool is_stream;
    struct str bytes; /* of a stream */
};

struct writer {
    struct arena *arena;
    HPDF_Doc pdf;
    HPDF_Page *pages;
    size_t page_count;
    VEC(struct slot) slots; /* by object number */
    HPDF_Stream file;       /* that is being saved */
    struct buf *out;        /* what it is saved into, from `start` */
    size_t start;
    bool failed; /* an object could not be made */
};

/* The status sticks in the document, where writer_save finds it. */
static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)error;
    (void)detail;
    (void)data;
}

const char *writer_library_version(void)
{
    return HPDF_GetVersion();
}

/* The layout of libharu's structs is compiled in, so the minor version must match. */
static bool is_same_family(void)
{
    struct str version = str_from(HPDF_GetVersion());
    size_t major, minor;
    return str_to_size(str_cut(&version, '.'), INT32_MAX, &major) &&
           str_to_size(str_cut(&version, '.'), INT32_MAX, &minor) && major == HPDF_MAJOR_VERSION &&
           minor == HPDF_MINOR_VERSION;
}

static int object_number(HPDF_Dict dict)
{
    return (int)(dict->header.obj_id & OBJECT_MASK);
}

static HPDF_STATUS put(HPDF_Stream file, struct str bytes)
{
    return HPDF_Stream_Write(file, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n);
}

static const struct slot *slot_of(HPDF_Dict dict)
{
    const struct writer *writer = dict->error->user_data;
    return &writer->slots.at[object_number(dict)];
}

/* libharu calls this for each dictionary of ours, behind the entries that it keeps itself. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream file)
{
    return put(file, slot_of(dict)->entries);
}

/* And this when it has closed the dictionary. */
static HPDF_STATUS write_bytes(HPDF_Dict dict)
{
    const struct writer *writer = dict->error->user_data;
    const struct slot *slot = slot_of(dict);
    if (!slot->is_stream)
        return HPDF_OK;
    HPDF_STATUS status = put(writer->file, STR("\nstream\r\n"));
    if (status == HPDF_OK)
        status = put(writer->file, slot->bytes);
    return status == HPDF_OK ? put(writer->file, STR("\nendstream")) : status;
}

/* Makes room for a dictionary's entries and returns its number. */
static int adopt(struct writer *writer, HPDF_Dict dict)
{
    if (!dict) {
        writer->failed = true;
        return TRAILER;
    }
    int number = object_number(dict);
    while (writer->slots.n <= (size_t)number)
        vec_push(writer->arena, &writer->slots, (struct slot){0});
    dict->write_fn = write_entries;
    dict->after_write_fn = write_bytes;
    return number;
}

/* Takes out of a page what libharu puts in: ours comes with writer_set_page. */
static void empty_page(HPDF_Page page)
{
    HPDF_Dict_RemoveElement(page, "MediaBox");
    HPDF_Dict_RemoveElement(page, "Resources");
    HPDF_PageAttr attributes = page->attr;
    HPDF_Stream_Free(attributes->stream);
    attributes->stream = attributes->contents->stream = NULL;
}

static void make_pages(struct writer *writer, size_t count)
{
    writer->pages = ARENA_ARRAY(writer->arena, HPDF_Page, count);
    writer->page_count = count;
    if (count > PAGES_PER_NODE && HPDF_SetPagesConfiguration(writer->pdf, PAGES_PER_NODE) != HPDF_OK)
        writer->failed = true;
    for (size_t i = 0; i < count; i++) {
        writer->pages[i] = HPDF_AddPage(writer->pdf);
        if (adopt(writer, writer->pages[i]) == TRAILER)
            return;
        empty_page(writer->pages[i]);
    }
}

struct writer *writer_new(struct arena *arena, struct diags *diags, size_t page_count)
{
    if (!is_same_family()) {
        diag_file(diags, SEVERITY_MACHINE, NULL, "pdf-write",
            "the installed libharu is %s, but this program was compiled with %d.%d (compile it anew)",
            HPDF_GetVersion(), HPDF_MAJOR_VERSION, HPDF_MINOR_VERSION);
        return NULL;
    }
    struct writer *writer = ARENA_NEW(arena, struct writer);
    writer->arena = arena;
    writer->pdf = HPDF_NewEx(on_error, NULL, NULL, POOL_SIZE, writer);
    if (!writer->pdf) {
        diag_file(diags, SEVERITY_MACHINE, NULL, "pdf-write", "libharu cannot start a document");
        return NULL;
    }
    writer->pdf->pdf_version = HPDF_VER_17;
    HPDF_Dict_RemoveElement(writer->pdf->info, "Producer");
    adopt(writer, writer->pdf->catalog);
    adopt(writer, writer->pdf->info);
    make_pages(writer, page_count);
    return writer;
}

void writer_free(struct writer *writer)
{
    if (!writer)
        return;
    HPDF_MMgr_Free(writer->pdf->mmgr); /* all that there is: see POOL_SIZE */
}

/* libharu's list of objects grows by a fixed number, and is copied each time: by half of what it has, the
 * cost stays in proportion. */
static void let_grow(HPDF_List list)
{
    if (list->items_per_block < list->count / 2)
        list->items_per_block = list->count / 2;
}

int writer_reserve(struct writer *writer)
{
    let_grow(writer->pdf->xref->entries);
    HPDF_Dict dict = HPDF_Dict_New(writer->pdf->mmgr);
    if (!dict || HPDF_Xref_Add(writer->pdf->xref, dict) != HPDF_OK)
        dict = NULL; /* Xref_Add has released it */
    return adopt(writer, dict);
}

void writer_set(struct writer *writer, int object, struct str entries)
{
    if (!writer->failed)
        writer->slots.at[object].entries = str_copy(writer->arena, entries);
}

/* Makes a stream of a dictionary: its bytes follow it in the file. libharu has streams of its own, which
 * would hold a copy of them. */
static void set_stream(
    struct writer *writer, int object, struct str entries, struct str bytes, enum stream_coding coding)
{
    static const char *const filters[] = {
        [STREAM_PLAIN] = "", [STREAM_DEFLATED] = "/Filter/FlateDecode", [STREAM_JPEG] = "/Filter/DCTDecode"};
    if (bytes.n > INT32_MAX)
        writer->failed = true;
    if (writer->failed)
        return;
    struct slot *slot = &writer->slots.at[object];
    slot->entries = str_printf(writer->arena, "%.*s%s", STR_FMT(entries), filters[coding]);
    slot->is_stream = true;
    slot->bytes = str_copy(writer->arena, bytes);
}

int writer_stream(struct writer *writer, struct str entries, struct str bytes, enum stream_coding coding)
{
    struct buf all = {0};
    int object = writer_reserve(writer);
    buf_printf(&all, "/Length %zu", bytes.n);
    buf_str(&all, entries);
    set_stream(writer, object, buf_slice(&all), bytes, coding);
    buf_free(&all);
    return object;
}

int writer_page(const struct writer *writer, size_t index)
{
    return writer->failed ? TRAILER : object_number(writer->pages[index]);
}

void writer_set_page(struct writer *writer, size_t index, struct str entries, struct str content)
{
    if (writer->failed)
        return;
    HPDF_PageAttr attributes = writer->pages[index]->attr;
    HPDF_Number length = HPDF_Dict_GetItem(attributes->contents, "Length", HPDF_OCLASS_NUMBER);
    int object = adopt(writer, attributes->contents);
    set_stream(writer, object, STR(""), content, STREAM_DEFLATED);
    if (!length || writer->failed) {
        writer->failed = true;
        return;
    }
    HPDF_Number_SetValue(length, (HPDF_INT32)content.n);
    writer_set(writer, writer_page(writer, index), entries);
}

void writer_set_catalog(struct writer *writer, struct str entries)
{
    writer_set(writer, object_number(writer->pdf->catalog), entries);
}

void writer_set_info(struct writer *writer, struct str entries)
{
    writer_set(writer, object_number(writer->pdf->info), entries);
}

/* The file identifier (ISO 32000-1, §14.4), written into the trailer, behind all else: the same content has
 * the same one. */
static HPDF_STATUS write_id(HPDF_Dict trailer, HPDF_Stream file)
{
    enum { PIECE = 4096 };
    const struct writer *writer = trailer->error->user_data;
    struct str content = str_slice(buf_slice(writer->out), writer->start, writer->out->n);
    struct buf hashes = {0}, entries = {0};
    for (size_t at = 0; at < content.n; at += PIECE) {
        struct str piece = str_slice(content, at, at + PIECE);
        uint64_t hash = hash_bytes(piece.p, piece.n);
        for (size_t i = 0; i < sizeof hash; i++)
            buf_char(&hashes, (char)(hash >> 8 * i & 0xFF));
    }
    struct sha256 hash = sha256_of(buf_slice(&hashes));
    const struct str id = {(const char *)hash.bytes, ID_SIZE};
    buf_text(&entries, "/ID [");
    syntax_bytes(&entries, id);
    syntax_bytes(&entries, id);
    buf_char(&entries, ']');
    HPDF_STATUS status = put(file, buf_slice(&entries));
    buf_free(&hashes);
    buf_free(&entries);
    return status;
}

static HPDF_STATUS append(HPDF_Stream file, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct writer *writer = file->attr;
    buf_put(writer->out, bytes, size);
    return HPDF_OK;
}

/* About as long as the file will be, so that its buffer need not grow, and be copied, many times. */
static size_t file_size(const struct writer *writer)
{
    const size_t frame = 64; /* of an object, with its line in the cross-reference table */
    size_t size = writer->slots.n * frame;
    for (size_t i = 0; i < writer->slots.n; i++)
        size += writer->slots.at[i].entries.n + writer->slots.at[i].bytes.n;
    return size;
}

/* As HPDF_SaveToStream does, but into our buffer and not by way of libharu's. */
static HPDF_STATUS save(struct writer *writer)
{
    HPDF_Doc pdf = writer->pdf;
    buf_room(writer->out, file_size(writer));
    writer->file = HPDF_CallbackWriter_New(pdf->mmgr, append, writer);
    if (!writer->file)
        return HPDF_GetError(pdf);
    pdf->trailer->write_fn = write_id;
    HPDF_STATUS status = put(writer->file, STR("%PDF-1.7\n%\xB7\xBE\xAD\xAA\n"));
    if (status == HPDF_OK)
        status = HPDF_Dict_Add(pdf->trailer, "Root", pdf->catalog);
    if (status == HPDF_OK)
        status = HPDF_Dict_Add(pdf->trailer, "Info", pdf->info);
    if (status == HPDF_OK)
        status = HPDF_Xref_WriteToStream(pdf->xref, writer->file, NULL);
    HPDF_Stream_Free(writer->file);
    return status;
}

bool writer_save(struct writer *writer, struct diags *diags, struct buf *out)
{
    writer->out = out;
    writer->start = out->n;
    if (writer->failed || HPDF_GetError(writer->pdf) != HPDF_OK || save(writer) != HPDF_OK ||
        HPDF_GetError(writer->pdf) != HPDF_OK) {
        diag_file(diags, SEVERITY_MACHINE, NULL, "pdf-write", "libharu failed with status 0x%lX, detail %lu",
            HPDF_GetError(writer->pdf), HPDF_GetErrorDetail(writer->pdf));
        return false;
    }
    return true;
}
