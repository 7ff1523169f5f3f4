#include "paint/writer.h"

#include "base/hash.h"
#include "base/map.h"
#include "paint/deflate.h"
#include "paint/syntax.h"

/* libharu's headers declare functions without prototypes and test macros that nobody defines. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#pragma GCC diagnostic ignored "-Wundef"
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#pragma GCC diagnostic pop

enum {
    OBJECT_MASK = 0x00FFFFFF, /* the number in a header's obj_id */
    PAGES_PER_NODE = 64,      /* of the page tree, in documents with more */
    ID_SIZE = 16,
    TRAILER = 0, /* no object has this number */
};

/* A dictionary that libharu frames and that we fill. */
struct slot {
    HPDF_Dict dict;
    struct str entries;
};

struct writer {
    struct arena *arena;
    HPDF_Doc pdf;
    struct deflater *deflater;
    HPDF_Page *pages;
    size_t page_count;
    VEC(struct slot) slots; /* by object number */
    struct buf digest;      /* a hash of each piece of content, in the order of writing */
    bool failed;            /* an object could not be made */
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

/* libharu calls this for each dictionary of ours, behind the entries that it keeps itself. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct writer *writer = dict->error->user_data;
    struct str entries = writer->slots.at[object_number(dict)].entries;
    if (!entries.n)
        return HPDF_OK;
    HPDF_STATUS status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries.p, (HPDF_UINT)entries.n);
    return status == HPDF_OK ? HPDF_Stream_WriteChar(stream, '\n') : status;
}

static void digest(struct writer *writer, struct str content)
{
    uint64_t hash = hash_bytes(content.p, content.n);
    for (size_t i = 0; i < sizeof hash; i++)
        buf_char(&writer->digest, (char)(hash >> 8 * i & 0xFF));
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
    writer->slots.at[number].dict = dict;
    dict->write_fn = write_entries;
    return number;
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
        /* Ours come with writer_set_page. */
        HPDF_Dict_RemoveElement(writer->pages[i], "MediaBox");
        HPDF_Dict_RemoveElement(writer->pages[i], "Resources");
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
    writer->pdf = HPDF_New(on_error, writer);
    if (!writer->pdf) {
        diag_file(diags, SEVERITY_MACHINE, NULL, "pdf-write", "libharu cannot start a document");
        return NULL;
    }
    writer->pdf->pdf_version = HPDF_VER_17;
    HPDF_Dict_RemoveElement(writer->pdf->info, "Producer");
    adopt(writer, writer->pdf->trailer);
    adopt(writer, writer->pdf->catalog);
    adopt(writer, writer->pdf->info);
    writer->deflater = deflater_new(arena);
    make_pages(writer, page_count);
    return writer;
}

void writer_free(struct writer *writer)
{
    if (!writer)
        return;
    HPDF_Free(writer->pdf);
    deflater_free(writer->deflater);
    buf_free(&writer->digest);
}

int writer_reserve(struct writer *writer)
{
    HPDF_Dict dict = HPDF_Dict_New(writer->pdf->mmgr);
    if (!dict || HPDF_Xref_Add(writer->pdf->xref, dict) != HPDF_OK)
        dict = NULL; /* Xref_Add has released it */
    return adopt(writer, dict);
}

static void set_entries(struct writer *writer, int object, struct str entries)
{
    if (writer->failed)
        return;
    writer->slots.at[object].entries = str_copy(writer->arena, entries);
    digest(writer, entries);
}

void writer_set(struct writer *writer, int object, struct str entries)
{
    set_entries(writer, object, entries);
}

/* Fills a stream of libharu's. Its filter stays NONE, so that libharu hands the bytes through; ours is among
 * the entries. */
static void fill_stream(
    struct writer *writer, HPDF_Dict dict, struct str entries, struct str bytes, enum stream_coding coding)
{
    static const char *const filters[] = {[STREAM_PLAIN] = "",
        [STREAM_DEFLATE] = " /Filter /FlateDecode",
        [STREAM_JPEG] = " /Filter /DCTDecode"};
    int object = adopt(writer, dict);
    if (object == TRAILER)
        return;
    set_entries(writer, object, str_printf(writer->arena, "%.*s%s", STR_FMT(entries), filters[coding]));
    if (coding == STREAM_DEFLATE)
        bytes = deflate_bytes(writer->deflater, bytes);
    digest(writer, bytes);
    if (bytes.n > INT32_MAX ||
        HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n) != HPDF_OK)
        writer->failed = true;
}

int writer_stream(struct writer *writer, struct str entries, struct str bytes, enum stream_coding coding)
{
    HPDF_Dict dict = HPDF_DictStream_New(writer->pdf->mmgr, writer->pdf->xref);
    fill_stream(writer, dict, entries, bytes, coding);
    return dict ? object_number(dict) : TRAILER;
}

int writer_page(const struct writer *writer, size_t index)
{
    return writer->failed ? TRAILER : object_number(writer->pages[index]);
}

void writer_set_page(struct writer *writer, size_t index, struct str entries, struct str content)
{
    if (writer->failed)
        return;
    HPDF_Dict stream = HPDF_Dict_GetItem(writer->pages[index], "Contents", HPDF_OCLASS_DICT);
    fill_stream(writer, stream, STR(""), content, STREAM_DEFLATE);
    set_entries(writer, writer_page(writer, index), entries);
}

void writer_set_catalog(struct writer *writer, struct str entries)
{
    set_entries(writer, object_number(writer->pdf->catalog), entries);
}

void writer_set_info(struct writer *writer, struct str entries)
{
    set_entries(writer, object_number(writer->pdf->info), entries);
}

/* The file identifier (ISO 32000-1, §14.4): the same content has the same one. */
static void set_id(struct writer *writer)
{
    struct sha256 hash = sha256_of(buf_slice(&writer->digest));
    const struct str id = {(const char *)hash.bytes, ID_SIZE};
    struct buf entries = {0};
    buf_text(&entries, "/ID [");
    syntax_bytes(&entries, id);
    syntax_bytes(&entries, id);
    buf_char(&entries, ']');
    set_entries(writer, TRAILER, buf_slice(&entries));
    buf_free(&entries);
}

bool writer_save(struct writer *writer, struct diags *diags, struct buf *out)
{
    set_id(writer);
    if (writer->failed || HPDF_GetError(writer->pdf) != HPDF_OK ||
        HPDF_SaveToStream(writer->pdf) != HPDF_OK || HPDF_GetError(writer->pdf) != HPDF_OK) {
        diag_file(diags, SEVERITY_MACHINE, NULL, "pdf-write", "libharu failed with status 0x%lX, detail %lu",
            HPDF_GetError(writer->pdf), HPDF_GetErrorDetail(writer->pdf));
        return false;
    }
    HPDF_Stream stream = writer->pdf->stream;
    HPDF_UINT blocks = HPDF_MemStream_GetBufCount(stream);
    for (HPDF_UINT i = 0; i < blocks; i++) {
        HPDF_UINT size;
        const HPDF_BYTE *block = HPDF_MemStream_GetBufPtr(stream, i, &size);
        buf_put(out, block, size);
    }
    return true;
}
