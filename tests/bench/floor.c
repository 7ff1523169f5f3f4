/* The floor of the benchmark: the least that a program with these libraries must do.
 *
 *   floor                  nothing: the price of starting. It touches one function of each library that
 * handout links, so that the linker keeps them. floor FOLDER <LIST     for each line "PDF SECTION..." of LIST
 * (parted by tabs) the work that no program can save: cmark parses the sections, libdeflate compresses again
 * what the streams of that PDF hold, and a file as large as the PDF goes to FOLDER as handout writes files,
 * beside its place, then moved there. Reading the PDF and inflating its streams is preparation, which is left
 * out of the time.
 *
 * Prints "START WORK COUNT": milliseconds of CPU until main, then for all lines together, and how many. */
#include <cmark.h>
#include <expat.h>
#include <fcntl.h>
#include <fribidi.h>
#include <hb-subset.h>
#include <hpdf.h>
#include <jpeglib.h>
#include <libdeflate.h>
#include <png.h>
#include <qrencode.h>
#include <sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unilbrk.h>
#include <unistd.h>
#include <yaml.h>

enum { HIGHEST_LEVEL = 12, MOST_STREAMS = 4096, FIRST_ROOM = 1 << 20, MODE = 0666 };

struct bytes {
    char *p;
    size_t n;
};

/* What one stream of a PDF holds, and the level at which it was compressed. */
struct stream {
    struct bytes plain;
    int level;
};

struct floor {
    int level;                                                    /* for all streams, or 0 */
    struct libdeflate_compressor *compressors[HIGHEST_LEVEL + 1]; /* made when first needed */
    struct libdeflate_decompressor *decompressor;
    struct stream streams[MOST_STREAMS];
    size_t stream_count;
    size_t size; /* of the PDF */
};

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "floor: %s: %s\n", name, what);
    exit(EXIT_FAILURE);
}

static void *room(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        fail("out of memory", "malloc");
    return p;
}

static double milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static struct bytes read_all(const char *path)
{
    int fd = open(path, O_RDONLY);
    off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    struct bytes bytes = {room(size < 0 ? 1 : (size_t)size), size < 0 ? 0 : (size_t)size};
    if (size < 0 || pread(fd, bytes.p, bytes.n, 0) != (ssize_t)bytes.n)
        fail("cannot be read", path);
    close(fd);
    return bytes;
}

/* ---- Preparation: the streams of the PDF that handout made ---- */

/* The level that the header of a zlib stream hints at, as libdeflate writes it. */
static int level_of(const char *zlib)
{
    static const int levels[] = {1, 5, 6, 9};
    return levels[(unsigned char)zlib[1] >> 6];
}

static bool inflate(struct floor *floor, const char *from, size_t n, struct stream *stream)
{
    for (size_t size = FIRST_ROOM;; size *= 4) {
        size_t used, got;
        stream->plain.p = room(size);
        enum libdeflate_result result =
            libdeflate_zlib_decompress_ex(floor->decompressor, from, n, stream->plain.p, size, &used, &got);
        stream->plain.n = got;
        stream->level = floor->level ? floor->level : level_of(from);
        if (result == LIBDEFLATE_SUCCESS)
            return true;
        free(stream->plain.p);
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
            return false;
    }
}

static void prepare(struct floor *floor, const char *path)
{
    static const char filter[] = "/FlateDecode", begin[] = "stream";
    struct bytes pdf = read_all(path);
    floor->size = pdf.n;
    floor->stream_count = 0;
    const char *stop = pdf.p + pdf.n;
    bool compressed = false;
    for (const char *c = pdf.p; c + sizeof filter < stop; c++) {
        if (memcmp(c, "endobj", 6) == 0)
            compressed = false;
        else if (memcmp(c, filter, sizeof filter - 1) == 0)
            compressed = true;
        if (!compressed || memcmp(c, begin, sizeof begin - 1) != 0)
            continue;
        c += sizeof begin - 1;
        c += *c == '\r';
        c += *c == '\n';
        struct stream *stream = &floor->streams[floor->stream_count];
        if (floor->stream_count == MOST_STREAMS || !inflate(floor, c, (size_t)(stop - c), stream))
            fail("a stream cannot be inflated", path);
        floor->stream_count++;
        compressed = false;
    }
    if (!floor->stream_count)
        fail("no compressed streams", path);
    free(pdf.p);
}

static void forget(struct floor *floor)
{
    for (size_t i = 0; i < floor->stream_count; i++)
        free(floor->streams[i].plain.p);
}

/* ---- The work ---- */

static void parse(const char *path)
{
    struct bytes text = read_all(path);
    cmark_node_free(cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT));
    free(text.p);
}

static size_t compress(struct floor *floor, const struct stream *stream, char *to, size_t size)
{
    struct libdeflate_compressor **compressor = &floor->compressors[stream->level];
    if (!*compressor)
        *compressor = libdeflate_alloc_compressor(stream->level);
    return libdeflate_zlib_compress(*compressor, stream->plain.p, stream->plain.n, to, size);
}

static void write_file(const char *folder, const char *path, struct bytes bytes)
{
    char temporary[4096], final[4096];
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    if ((size_t)snprintf(temporary, sizeof temporary, "%s/.%s.tmp", folder, name) >= sizeof temporary)
        fail("name too long", name);
    snprintf(final, sizeof final, "%s/%s", folder, name);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, MODE);
    if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || fsync(fd) < 0 || close(fd) < 0 ||
        rename(temporary, final) < 0)
        fail("cannot be written", final);
}

/* What the PDF's streams do not fill is left as it is: nothing is computed for it. */
static void work(struct floor *floor, const char *folder, const char *pdf, char *sections)
{
    for (char *path = strtok(sections, "\t\n"); path; path = strtok(NULL, "\t\n"))
        parse(path);
    size_t size = floor->size;
    for (size_t i = 0; i < floor->stream_count; i++)
        size += floor->streams[i].plain.n + 64; /* more than enough for any of them */
    char *out = room(size);
    size_t at = 0;
    for (size_t i = 0; i < floor->stream_count; i++)
        at += compress(floor, &floor->streams[i], out + at, size - at);
    write_file(folder, pdf, (struct bytes){out, floor->size});
    free(out);
}

static void touch_libraries(void)
{
    char breaks[1], digest[SHA256_DIGEST_STRING_LENGTH];
    u8_possible_linebreaks((const unsigned char *)"a", 1, "UTF-8", breaks);
    printf("%d %s %d %s %s %s\n", cmark_version(), fribidi_version_info,
        hb_subset_input_create_or_fail() != NULL, HPDF_GetVersion(), yaml_get_version_string(),
        XML_ExpatVersion());
    printf("%s %p %u %d %s\n", SHA256Data((const unsigned char *)"", 0, digest), (void *)jpeg_std_error(NULL),
        (unsigned)png_access_version_number(), breaks[0], QRcode_APIVersionString());
}

int main(int argc, char **argv)
{
    double start = milliseconds(), total = 0;
    if (argc >= 1000) /* never, but the compiler cannot know */
        touch_libraries();
    if (argc != 2 && argc != 3)
        return 0;
    static struct floor floor;
    floor.level = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (floor.level < 0 || floor.level > HIGHEST_LEVEL)
        fail("no such level", argv[2]);
    floor.decompressor = libdeflate_alloc_decompressor();
    char *line = NULL;
    size_t room_for_line = 0, count = 0;
    while (getline(&line, &room_for_line, stdin) > 0) {
        char *sections = strchr(line, '\t');
        if (!sections)
            fail("no sections", line);
        *sections++ = '\0';
        prepare(&floor, line);
        double before = milliseconds();
        work(&floor, argv[1], line, sections);
        total += milliseconds() - before;
        forget(&floor);
        count++;
    }
    printf("%.3f %.3f %zu\n", start, total, count);
    return 0;
}
