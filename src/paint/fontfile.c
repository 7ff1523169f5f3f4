#include "paint/fontfile.h"

#include "base/map.h"
#include "base/utf8.h"
#include "paint/syntax.h"

#include <hb-subset.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOTDEF = 0,
    THOUSAND = 1000,
    MOST_SPELLED = 32,     /* bytes of text that the map keeps for a glyph */
    PAIRS_PER_BLOCK = 100, /* of a CMap: Adobe Technical Note 5014 */
    TAG_LETTERS = 6,
    MOST_PARTS = 16, /* characters of a cluster that are told apart */
};

/* A text that a glyph stands for, and how often. */
struct spelling {
    struct str text;
    unsigned count;
    struct spelling *next;
};

/* What a glyph stands for. */
struct reading {
    struct spelling *spellings; /* once settled, the best comes first */
    unsigned letter_count;      /* how often, not counted in the first of them, for `letter` */
    unsigned char letter;       /* the first of them, if it is one byte; else 0 */
};

struct fontfile {
    const struct font *font;
    int number;
    struct shown *shown;      /* by glyph */
    struct reading *readings; /* by glyph */
    VEC(const struct item *)
    doubtful;    /* texts that may not read as their glyphs' first spellings do; once
                    settled, in the order of their addresses */
    bool turned; /* some glyph's best spelling is not its first */
    bool has_space;
    uint32_t space;
};

struct fontfiles {
    struct arena *arena;
    struct press *press;
    struct fontfile **by_index; /* of the font in its fontset */
    VEC(struct fontfile *) list;
};

struct fontfiles *fontfiles_new(struct arena *arena, struct press *press, size_t font_count)
{
    struct fontfiles *files = ARENA_NEW(arena, struct fontfiles);
    files->arena = arena;
    files->press = press;
    files->by_index = ARENA_ARRAY(arena, struct fontfile *, font_count);
    return files;
}

/* --- the survey ---------------------------------------------------------------------------------------- */

/* The glyph that is shown for `glyph`. */
static uint32_t shown_glyph(const struct fontfile *file, uint32_t glyph)
{
    if (glyph != NOTDEF && glyph < file->font->glyph_count)
        return glyph;
    return file->has_space ? file->space : NOTDEF;
}

static void put_code(struct shown *shown, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        shown->code[shown->code_size++] = '\\';
    shown->code[shown->code_size++] = byte == '\r' ? 'r' : (char)byte;
}

static void use_glyph(struct fontfile *file, uint32_t glyph)
{
    struct shown *shown = &file->shown[glyph];
    if (shown->used)
        return;
    shown->used = true;
    double width = hb_font_get_glyph_h_advance(file->font->shaper, glyph);
    shown->width = (int)lround(width * THOUSAND / file->font->units_per_em);
    put_code(shown, (unsigned char)(glyph >> 8));
    put_code(shown, (unsigned char)(glyph & 0xFF));
}

static struct fontfile *open_file(struct fontfiles *files, const struct font *font)
{
    struct fontfile *file = files->by_index[font->index];
    if (file)
        return file;
    file = ARENA_NEW(files->arena, struct fontfile);
    file->font = font;
    file->number = (int)files->list.n;
    file->shown = ARENA_ARRAY(files->arena, struct shown, font->glyph_count);
    file->readings = ARENA_ARRAY(files->arena, struct reading, font->glyph_count);
    file->has_space = hb_font_get_nominal_glyph(font->shaper, ' ', &file->space) && file->space != NOTDEF;
    files->by_index[font->index] = file;
    vec_push(files->arena, &files->list, file);
    return file;
}

/* May a glyph's entry in the map be this text? Not U+0000, U+FEFF or U+FFFE (ISO 14289-1, §7.21.7), and
 * nothing private, which means nothing to others. */
static bool is_plain_text(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool is_private = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
        if (c == 0 || c == 0xFEFF || c == 0xFFFE || is_private)
            return false;
    }
    return text.n > 0 && text.n <= MOST_SPELLED;
}

/* As str_eq; most texts are one letter. */
static inline bool same_text(struct str a, struct str b)
{
    if (a.n != b.n || a.n == 0)
        return a.n == b.n;
    return a.p[0] == b.p[0] && (a.n == 1 || memcmp(a.p, b.p, a.n) == 0);
}

/* Counts a text of a glyph, if it may be in the map. */
static void vote(
    struct fontfiles *files, struct fontfile *file, uint32_t glyph, struct str text, unsigned weight)
{
    struct reading *reading = &file->readings[glyph];
    struct spelling **end = &reading->spellings;
    while (*end && !same_text((*end)->text, text))
        end = &(*end)->next;
    if (!*end) {
        if (!is_plain_text(text))
            return;
        *end = ARENA_NEW(files->arena, struct spelling);
        (*end)->text = text;
        if (end == &reading->spellings && text.n == 1)
            reading->letter = (unsigned char)text.p[0];
    }
    (*end)->count += weight;
}

/* The characters of a cluster, taken apart (Unicode's canonical decomposition) until there are as many as
 * glyphs, or none is left to take apart: a face without U+1EBF shows it as U+00EA and an accent. Returns how
 * many. */
static size_t take_apart(const struct cluster *cluster, uint32_t chars[MOST_PARTS])
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t n = 0;
    for (size_t at = 0; at < cluster->text.n && n < MOST_PARTS;)
        chars[n++] = utf8_next(cluster->text, &at);
    for (size_t i = 0; i < n && n < cluster->count && n < MOST_PARTS;) {
        uint32_t base, mark;
        if (!hb_unicode_decompose(unicode, chars[i], &base, &mark) || !mark) {
            i++;
            continue;
        }
        memmove(chars + i + 1, chars + i, (n - i) * sizeof *chars);
        chars[i] = base;
        chars[i + 1] = mark;
        n++;
    }
    return n;
}

/* The text that glyph `index` of a cluster of several is taken for: one character each, the last one all that
 * is left. */
static struct str part_text(struct arena *arena, const uint32_t *chars, size_t n, size_t index, bool is_last)
{
    struct buf text = {0};
    for (size_t i = index; i < n && (i == index || is_last); i++) {
        char bytes[4] = {0};
        buf_put(&text, bytes, utf8_encode(chars[i], bytes));
    }
    struct str part = str_copy(arena, buf_slice(&text));
    buf_free(&text);
    return part;
}

/* A glyph alone in its cluster stands for the cluster's text. Of several, each is taken for a part of it,
 * which counts only if nothing better is known of it. */
static void survey_cluster(
    struct fontfiles *files, struct fontfile *file, const struct item *item, const struct cluster *cluster)
{
    uint32_t chars[MOST_PARTS];
    size_t n = cluster->count > 1 ? take_apart(cluster, chars) : 0;
    for (size_t i = 0; i < cluster->count; i++) {
        uint32_t glyph = shown_glyph(file, item->text.glyphs[cluster->first + i].id);
        if (glyph == NOTDEF)
            continue;
        use_glyph(file, glyph);
        struct str text = cluster->text;
        if (cluster->count > 1)
            text = part_text(files->arena, chars, n, i, i + 1 == cluster->count);
        vote(files, file, glyph, text, cluster->count == 1);
    }
}

/* The first spelling of a cluster's glyph if that is its text; else NULL. */
static inline struct spelling *first_spelling(
    const struct fontfile *file, const struct item *item, const struct cluster *cluster)
{
    uint32_t glyph = shown_glyph(file, item->text.glyphs[cluster->first].id);
    struct spelling *known = file->readings[glyph].spellings;
    return glyph != NOTDEF && cluster->count == 1 && known && same_text(known->text, cluster->text) ? known
                                                                                                    : NULL;
}

/* Counts letters that are spelled with one byte, and stand for what their glyphs did first, as nearly all do.
 * Returns the first glyph, from `at` on, that is to be looked at closely. */
static size_t count_letters(const struct fontfile *file, const struct item *item, size_t at)
{
    const struct glyph *glyphs = item->text.glyphs;
    const size_t last = item->text.glyph_count - 1;
    const uint32_t count = file->font->glyph_count;
    if (at == 0 && glyphs[0].cluster != 0)
        return at;
    for (; at < last; at++) {
        const uint32_t id = glyphs[at].id, from = glyphs[at].cluster;
        if (glyphs[at + 1].cluster != from + 1 || id >= count)
            break;
        struct reading *reading = &file->readings[id];
        const unsigned char letter = (unsigned char)item->text.text.p[from];
        if (reading->letter != letter || !letter)
            break;
        reading->letter_count++;
    }
    return at;
}

void fontfiles_survey(struct fontfiles *files, const struct item *item)
{
    struct fontfile *file = open_file(files, item->text.font);
    struct cluster cluster = {0};
    bool doubtful = false;
    for (; cluster.first < item->text.glyph_count; cluster.first += cluster.count, cluster.count = 0) {
        cluster.first = count_letters(file, item, cluster.first);
        cluster_next(item, &cluster);
        struct spelling *known = first_spelling(file, item, &cluster);
        if (known) {
            known->count++;
            continue;
        }
        survey_cluster(files, file, item, &cluster);
        doubtful = doubtful || !first_spelling(file, item, &cluster);
    }
    if (doubtful)
        vec_push(files->arena, &file->doubtful, item);
    if (file->has_space) /* paint may have to add one between words */
        use_glyph(file, file->space);
}

/* Brings the most frequent spelling to the front; the earliest among equals. */
static void settle_glyph(struct fontfiles *files, struct fontfile *file, uint32_t glyph)
{
    struct reading *reading = &file->readings[glyph];
    struct spelling *best = reading->spellings;
    if (best)
        best->count += reading->letter_count;
    for (struct spelling *at = best; at; at = at->next)
        if (at->count > best->count)
            best = at;
    if (!best) {
        /* Nothing is known but that an ActualText covers it wherever it stands. */
        best = ARENA_NEW(files->arena, struct spelling);
        best->text = STR("\xE2\x80\x8B"); /* U+200B, zero width space */
    }
    file->turned = file->turned || best != reading->spellings;
    reading->spellings = best;
}

static int compare_items(const void *a, const void *b)
{
    const uintptr_t x = (uintptr_t) * (const struct item *const *)a,
                    y = (uintptr_t) * (const struct item *const *)b;
    return x < y ? -1 : x > y;
}

void fontfiles_settle(struct fontfiles *files)
{
    for (size_t i = 0; i < files->list.n; i++) {
        struct fontfile *file = files->list.at[i];
        if (file->has_space)
            vote(files, file, file->space, STR(" "), 1);
        for (uint32_t glyph = 0; glyph < file->font->glyph_count; glyph++)
            if (file->shown[glyph].used)
                settle_glyph(files, file, glyph);
        if (file->doubtful.n)
            qsort(file->doubtful.at, file->doubtful.n, sizeof *file->doubtful.at, compare_items);
    }
}

/* --- questions while painting -------------------------------------------------------------------------- */

const struct fontfile *fontfiles_of(const struct fontfiles *files, const struct font *font)
{
    return files->by_index[font->index];
}

int fontfile_number(const struct fontfile *file)
{
    return file->number;
}

struct shown_glyphs fontfile_shown(const struct fontfile *file)
{
    return (struct shown_glyphs){
        file->shown, file->font->glyph_count, file->has_space ? &file->shown[file->space] : NULL};
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* Do two characters read the same? Faces show several spaces, and the hyphens that differ only in where a
 * line may break, with one glyph. */
static bool read_alike(uint32_t a, uint32_t b)
{
    return a == b || (is_space(a) && is_space(b)) || (is_hyphen(a) && is_hyphen(b));
}

/* Text that is taken apart is still the same text: canonical equivalence, Unicode 15, §3.7. */
static bool spells_apart(
    const struct fontfile *file, const struct glyph *glyphs, const struct cluster *cluster)
{
    uint32_t chars[MOST_PARTS];
    size_t n = take_apart(cluster, chars), at = 0;
    for (size_t i = 0; i < cluster->count; i++) {
        uint32_t glyph = shown_glyph(file, glyphs[cluster->first + i].id);
        if (glyph == NOTDEF)
            return false;
        struct str text = file->readings[glyph].spellings->text;
        for (size_t k = 0; k < text.n; at++)
            if (at >= n || !read_alike(utf8_next(text, &k), chars[at]))
                return false;
    }
    return at == n && cluster->text.n <= MOST_SPELLED;
}

/* May an item have a cluster that its glyphs do not spell? */
static bool is_doubtful(const struct fontfile *file, const struct item *item)
{
    if (file->turned)
        return true;
    return file->doubtful.n &&
           bsearch(&item, file->doubtful.at, file->doubtful.n, sizeof *file->doubtful.at, compare_items);
}

size_t fontfile_spelled(const struct fontfile *file, const struct item *item, size_t from)
{
    if (!is_doubtful(file, item))
        return item->text.glyph_count;
    for (struct cluster cluster = {.first = from}; cluster_next(item, &cluster);) {
        uint32_t glyph = shown_glyph(file, item->text.glyphs[cluster.first].id);
        bool simple = cluster.count == 1 && glyph != NOTDEF &&
                      same_text(file->readings[glyph].spellings->text, cluster.text);
        if (!simple && !spells_apart(file, item->text.glyphs, &cluster))
            return cluster.first;
    }
    return item->text.glyph_count;
}

/* --- writing ------------------------------------------------------------------------------------------- */

/* A table of a face, unless PDF viewers do without: HarfBuzz would read even those that it is told to drop,
 * the whole character map first of all. */
static hb_blob_t *needed_table(hb_face_t *lean, hb_tag_t tag, void *face)
{
    static const hb_tag_t dropped[] = {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
        HB_TAG('G', 'D', 'E', 'F'), HB_TAG('c', 'm', 'a', 'p'), HB_TAG('n', 'a', 'm', 'e'),
        HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't'), HB_TAG('D', 'S', 'I', 'G'),
        HB_TAG('g', 'a', 's', 'p'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('M', 'A', 'T', 'H'),
        HB_TAG('B', 'A', 'S', 'E'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
        HB_TAG('S', 'T', 'A', 'T'), HB_TAG('m', 'e', 't', 'a')};
    (void)lean;
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (tag == dropped[i])
            return hb_blob_get_empty();
    return hb_face_reference_table(face, tag);
}

/* The face with no other glyphs than those used, numbered as before, and no table that a PDF viewer does
 * without. NULL if HarfBuzz cannot make it. */
static hb_face_t *make_subset(const struct fontfile *file)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        out_of_memory();
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t glyph = 0; glyph < file->font->glyph_count; glyph++)
        if (file->shown[glyph].used)
            hb_set_add(glyphs, glyph);
    hb_face_t *lean = hb_face_create_for_tables(needed_table, file->font->face, NULL);
    hb_face_set_index(lean, hb_face_get_index(file->font->face));
    hb_face_t *subset = hb_subset_or_fail(lean, input);
    hb_face_destroy(lean);
    hb_subset_input_destroy(input);
    return subset;
}

static void put_hex_text(struct str text, struct buf *units, struct buf *out)
{
    buf_clear(units);
    utf16_put(units, text, false);
    syntax_bytes(out, buf_slice(units));
}

static void put_pairs(struct buf *pairs, int count, struct buf *out)
{
    if (!count)
        return;
    buf_printf(out, "%d beginbfchar\n", count);
    buf_str(out, buf_slice(pairs));
    buf_text(out, "endbfchar\n");
    buf_clear(pairs);
}

static int write_to_unicode(const struct fontfile *file, struct press *press, struct writer *writer)
{
    struct buf map = {0}, pairs = {0}, units = {0};
    buf_text(&map, "/CIDInit /ProcSet findresource begin\n"
                   "12 dict begin\n"
                   "begincmap\n"
                   "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                   "/CMapName /Adobe-Identity-UCS def\n"
                   "/CMapType 2 def\n"
                   "1 begincodespacerange\n"
                   "<0000> <FFFF>\n"
                   "endcodespacerange\n");
    int count = 0;
    for (uint32_t glyph = 0; glyph < file->font->glyph_count; glyph++) {
        if (!file->shown[glyph].used)
            continue;
        buf_char(&pairs, '<');
        syntax_hex4(&pairs, glyph);
        buf_text(&pairs, "> ");
        put_hex_text(file->readings[glyph].spellings->text, &units, &pairs);
        buf_char(&pairs, '\n');
        if (++count == PAIRS_PER_BLOCK) {
            put_pairs(&pairs, count, &map);
            count = 0;
        }
    }
    put_pairs(&pairs, count, &map);
    buf_text(&map, "endcmap\n"
                   "CMapName currentdict /CMap defineresource pop\n"
                   "end\n"
                   "end\n");
    const struct kept *kept = press_find(press, buf_slice(&map));
    if (!kept)
        kept = press_keep(press, buf_slice(&map), buf_slice(&map), PRESS_FAST);
    int object = writer_stream(writer, STR(""), kept->deflated, STREAM_DEFLATED);
    buf_free(&map);
    buf_free(&pairs);
    buf_free(&units);
    return object;
}

/* Marks a subset, by its content: ISO 32000-1, §9.6.4. */
static void put_name(const struct fontfile *file, const struct kept *subset, struct buf *out)
{
    uint64_t hash = subset->hash;
    const uint64_t letters = 26;
    for (int i = 0; i < TAG_LETTERS; i++) {
        buf_char(out, (char)('A' + hash % letters));
        hash /= letters;
    }
    buf_printf(out, "+%.*s", STR_FMT(file->font->ps_name));
}

static bool is_monospaced(const struct font *font)
{
    uint32_t narrow, wide;
    return hb_font_get_nominal_glyph(font->shaper, 'i', &narrow) &&
           hb_font_get_nominal_glyph(font->shaper, 'M', &wide) &&
           hb_font_get_glyph_h_advance(font->shaper, narrow) ==
               hb_font_get_glyph_h_advance(font->shaper, wide);
}

static void put_thousandths(struct buf *out, const char *key, double em)
{
    buf_text(out, key);
    buf_number(out, em * THOUSAND, 0);
}

static int write_descriptor(
    const struct fontfile *file, struct writer *writer, struct str name, const struct kept *subset)
{
    enum { FIXED_PITCH = 1, SYMBOLIC = 4, ITALIC = 64 };
    const struct font *font = file->font;
    struct buf out = {0};
    buf_printf(&out, "/Length1 %zu", subset->size);
    int data = writer_stream(writer, buf_slice(&out), subset->deflated, STREAM_DEFLATED);
    buf_clear(&out);
    /* Symbolic: its glyphs are not limited to the standard Latin ones. */
    int flags = SYMBOLIC | (font->italic ? ITALIC : 0) | (is_monospaced(font) ? FIXED_PITCH : 0);
    buf_printf(&out, "/Type /FontDescriptor /FontName /%.*s /Flags %d /FontBBox [", STR_FMT(name), flags);
    for (size_t i = 0; i < 4; i++)
        put_thousandths(&out, i ? " " : "", font->box[i]);
    buf_text(&out, "] /ItalicAngle ");
    buf_number(&out, font->italic_angle, 2);
    put_thousandths(&out, " /Ascent ", font->ascender);
    put_thousandths(&out, " /Descent ", font->descender);
    put_thousandths(&out, " /CapHeight ", font->cap_height);
    put_thousandths(&out, " /XHeight ", font->x_height);
    /* No table says how thick stems are; the weight tells well enough: 80 at 400, 140 at 700. */
    const int weight_per_thousandth = 5;
    buf_printf(&out, " /StemV %d /FontFile2 %d 0 R", font->weight / weight_per_thousandth, data);
    int object = writer_reserve(writer);
    writer_set(writer, object, buf_slice(&out));
    buf_free(&out);
    return object;
}

/* "/W [3 [250 333] 17 [612]]": runs of glyphs and their widths (§9.7.4.3). */
static void put_widths(const struct fontfile *file, struct buf *out)
{
    buf_text(out, "/W [");
    bool running = false;
    for (uint32_t glyph = 0; glyph < file->font->glyph_count; glyph++) {
        if (!file->shown[glyph].used) {
            if (running)
                buf_text(out, "]\n");
            running = false;
            continue;
        }
        if (!running)
            buf_int(out, glyph);
        buf_text(out, running ? " " : " [");
        running = true;
        buf_int(out, file->shown[glyph].width);
    }
    buf_text(out, running ? "]]" : "]");
}

static int write_font(
    const struct fontfile *file, struct press *press, struct writer *writer, const struct kept *subset)
{
    struct buf name = {0}, out = {0};
    put_name(file, subset, &name);
    int descriptor = write_descriptor(file, writer, buf_slice(&name), subset);
    buf_printf(&out,
        "/Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDToGIDMap /Identity\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>\n"
        "/FontDescriptor %d 0 R\n",
        name.p, descriptor);
    put_widths(file, &out);
    int descendant = writer_reserve(writer);
    writer_set(writer, descendant, buf_slice(&out));
    int to_unicode = write_to_unicode(file, press, writer);
    buf_clear(&out);
    buf_printf(&out,
        "/Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] "
        "/ToUnicode %d 0 R",
        name.p, descendant, to_unicode);
    int object = writer_reserve(writer);
    writer_set(writer, object, buf_slice(&out));
    buf_free(&name);
    buf_free(&out);
    return object;
}

/* What the press keeps a subset under: the face, and a bit for each glyph in use. */
static void put_key(const struct fontfile *file, struct buf *out)
{
    enum { BYTE = 8 };
    buf_put(out, &file->font, sizeof file->font);
    for (uint32_t first = 0; first < file->font->glyph_count; first += BYTE) {
        unsigned bits = 0;
        for (uint32_t i = 0; i < BYTE && first + i < file->font->glyph_count; i++)
            bits |= (unsigned)file->shown[first + i].used << i;
        buf_char(out, (char)bits);
    }
}

/* The subset of a face, compressed; NULL if it cannot be made. */
static const struct kept *find_subset(const struct fontfile *file, struct press *press)
{
    struct buf key = {0};
    put_key(file, &key);
    const struct kept *kept = press_find(press, buf_slice(&key));
    hb_face_t *face = kept ? NULL : make_subset(file);
    if (face) {
        hb_blob_t *blob = hb_face_reference_blob(face);
        unsigned length;
        const char *data = hb_blob_get_data(blob, &length);
        kept = press_keep(press, buf_slice(&key), (struct str){data, length}, PRESS_FAST);
        hb_blob_destroy(blob);
        hb_face_destroy(face);
    }
    buf_free(&key);
    return kept;
}

bool fontfiles_write(
    struct fontfiles *files, struct writer *writer, struct diags *diags, struct buf *resources)
{
    bool good = true;
    for (size_t i = 0; i < files->list.n; i++) {
        const struct fontfile *file = files->list.at[i];
        const struct kept *subset = find_subset(file, files->press);
        if (!subset) {
            diag_file(diags, SEVERITY_MACHINE, file->font->path, "pdf-write",
                "this face cannot be reduced to the glyphs in use (the file may be damaged)");
            good = false;
            continue;
        }
        int object = write_font(file, files->press, writer, subset);
        buf_printf(resources, "/F%d %d 0 R ", file->number, object);
    }
    return good;
}
