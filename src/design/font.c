#include "design/font.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "config/schema.h"

#include <hb-ot.h>
#include <math.h>
#include <string.h>

enum {
    WEIGHT_LIGHTEST = 100,
    WEIGHT_REGULAR = 400,
    WEIGHT_MEDIUM = 500,
    WEIGHT_BOLDEST = 900,
    SHA256_DIGITS = 64,
    LEAST_EM = 16, /* OpenType 1.9, head: unitsPerEm */
    MOST_EM = 16384,
    FS_TYPE_RESTRICTED = 0x0002, /* OpenType 1.9, OS/2: fsType, "restricted license embedding" */
    FS_TYPE_PERMISSIONS = 0x000F,
    FS_TYPE_BITMAP_ONLY = 0x0200,
};

/* A family of the catalogue; its faces are `count` fonts of the set from `first` on. */
struct family {
    struct str name;
    size_t first, count;
    const struct node *fallback; /* sequence of names, or NULL */
};

struct fontset {
    struct arena *arena;
    struct family *families;
    size_t family_count;
    struct font *fonts;
    size_t font_count;
};

/* The fields of one entry of `faces` and of one family. */
struct face_entry {
    struct str file, sha256;
    int weight, italic;
};

struct family_entry {
    struct str licence, source;
    const struct node *faces, *fallback;
};

static const struct choice STYLES[] = {{"normal", 0}, {"italic", 1}, {0}};

#define FACE(member)   .offset = offsetof(struct face_entry, member)
#define FAMILY(member) .offset = offsetof(struct family_entry, member)

static const struct field FACE_FIELDS[] = {
    {"file", FIELD_TEXT, FACE(file), .flags = FIELD_REQUIRED | FIELD_NONEMPTY, .pattern = "^[^/]+$",
        .about = "The file in this folder: a static face with TrueType outlines (.ttf)."},
    {"weight", FIELD_INTEGER, FACE(weight), .flags = FIELD_REQUIRED, .min = WEIGHT_LIGHTEST,
        .max = WEIGHT_BOLDEST, .about = "400 is regular, 600 semibold, 700 bold."},
    {"style", FIELD_CHOICE, FACE(italic), .choices = STYLES, .usual = "normal",
        .about = "Whether the face is upright or italic."},
    {"sha256", FIELD_TEXT, FACE(sha256), .flags = FIELD_REQUIRED, .pattern = "^[0-9A-Fa-f]{64}$",
        .about = "The file's checksum, as `sha256sum` prints it."},
    {0},
};

static const struct field FACE_FIELD = {"face", FIELD_RECORD, .record = FACE_FIELDS};
static const struct field NAME_FIELD = {"family", FIELD_TEXT, .flags = FIELD_NONEMPTY};

static const struct field FAMILY_FIELDS[] = {
    {"licence", FIELD_TEXT, FAMILY(licence), .flags = FIELD_REQUIRED | FIELD_NONEMPTY,
        .about = "Under which licence the family is used; the maker must allow embedding."},
    {"source", FIELD_TEXT, FAMILY(source), .about = "Where the files are from."},
    {"faces", FIELD_NODE, FAMILY(faces), .flags = FIELD_REQUIRED, .shape = SHAPE_LIST, .min = 1,
        .item = &FACE_FIELD, .about = "The family's faces; a style gets the nearest in weight and slant."},
    {"fallback", FIELD_NODE, FAMILY(fallback), .shape = SHAPE_LIST, .item = &NAME_FIELD,
        .about = "Families that supply what this one lacks, the first that has a character."},
    {0},
};

static const struct field FAMILY_FIELD = {"family", FIELD_RECORD, .record = FAMILY_FIELDS};

const struct field FONT_FILE = {"Catalogue of fonts of handout", FIELD_NODE, .shape = SHAPE_MAPPING, .min = 1,
    .item = &FAMILY_FIELD,
    .about = "The font families that a style sheet can name: fonts/fonts.yaml. See fonts/README.md."};

/* --- the catalogue ------------------------------------------------------------------------------------- */

static bool is_hash(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = ascii_lower(text.p[i]);
        if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return text.n == SHA256_DIGITS;
}

static bool read_face(const struct decoder *decoder, const char *folder, const struct node *node,
    struct str family, struct font *font)
{
    struct face_entry entry = {0};
    if (!schema_decode(decoder, node, FACE_FIELDS, "a face", &entry))
        return false;
    const struct node *file = node_get(node, "file");
    font->path = path_join(decoder->arena, folder, str_dup(decoder->arena, entry.file));
    font->family = family;
    font->weight = entry.weight;
    font->italic = entry.italic;
    if (memchr(entry.file.p, '/', entry.file.n) || memchr(entry.file.p, '\0', entry.file.n)) {
        diag_at(decoder->diags, SEVERITY_ERROR, file->pos, "font-catalogue",
            "a face must be a file in the folder of the catalogue (no '/' in its name)");
        return false;
    }
    if (!path_is_file(font->path)) {
        diag_at(decoder->diags, SEVERITY_ERROR, file->pos, "font-catalogue", "there is no face file '%s'",
            font->path);
        return false;
    }
    if (!is_hash(entry.sha256)) {
        diag_at(decoder->diags, SEVERITY_ERROR, node_get(node, "sha256")->pos, "font-catalogue",
            "this is not a SHA-256 in 64 hexadecimal digits (the command sha256sum prints it)");
        return false;
    }
    return true;
}

/* Reads one family behind those that `set` has; room for its faces is there. */
static bool read_family(const struct decoder *decoder, const char *folder, struct str name,
    const struct node *node, struct fontset *set)
{
    struct family_entry entry = {0};
    if (!schema_decode(decoder, node, FAMILY_FIELDS, "a font family", &entry))
        return false;
    if (entry.faces->kind != NODE_SEQUENCE || entry.faces->n == 0) {
        diag_at(decoder->diags, SEVERITY_ERROR, entry.faces->pos, "font-catalogue",
            "'faces' must be a list of at least one face");
        return false;
    }
    if (entry.fallback && entry.fallback->kind != NODE_SEQUENCE) {
        diag_at(decoder->diags, SEVERITY_ERROR, entry.fallback->pos, "font-catalogue",
            "'fallback' must be a list of families");
        return false;
    }
    struct family *family = &set->families[set->family_count++];
    *family = (struct family){.name = name, .first = set->font_count, .fallback = entry.fallback};
    bool good = true;
    for (size_t i = 0; i < entry.faces->n; i++) {
        struct font *font = &set->fonts[set->font_count];
        if (!read_face(decoder, folder, entry.faces->items[i], name, font)) {
            good = false;
            continue;
        }
        font->index = set->font_count++;
        family->count++;
    }
    return good;
}

static bool same_name(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

/* Family names are compared without regard to ASCII case (CSS Fonts 4, §5.1). */
static const struct family *find_family(const struct fontset *set, struct str name)
{
    for (size_t i = 0; i < set->family_count; i++)
        if (same_name(set->families[i].name, name))
            return &set->families[i];
    return NULL;
}

/* How far a face is from a wanted weight, by CSS Fonts 4, §5.2: 400 to 500 first look up to 500, then
 * lighter, then bolder; lighter ones look lighter first; bolder ones bolder first. Smaller is nearer. */
static int weight_distance(int wanted, int weight)
{
    const int second = 1000, third = 2000;
    if (wanted >= WEIGHT_REGULAR && wanted <= WEIGHT_MEDIUM) {
        if (weight >= wanted && weight <= WEIGHT_MEDIUM)
            return weight - wanted;
        return weight < wanted ? second + wanted - weight : third + weight - wanted;
    }
    bool lighter_first = wanted < WEIGHT_REGULAR;
    if (lighter_first == (weight <= wanted) || weight == wanted)
        return weight < wanted ? wanted - weight : weight - wanted;
    return second + (weight < wanted ? wanted - weight : weight - wanted);
}

static struct font *nearest_face(
    const struct fontset *set, const struct family *family, int weight, bool italic)
{
    const int other_slant = 10000;
    struct font *best = NULL;
    int best_distance = 0;
    for (size_t i = family->first; i < family->first + family->count; i++) {
        struct font *font = &set->fonts[i];
        int distance = weight_distance(weight, font->weight) + (font->italic == italic ? 0 : other_slant);
        if (!best || distance < best_distance) {
            best = font;
            best_distance = distance;
        }
    }
    return best;
}

static bool link_fallbacks(struct fontset *set, struct diags *diags, const struct family *family)
{
    size_t count = family->fallback ? family->fallback->n : 0;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        const struct node *name = family->fallback->items[i];
        const struct family *other = name->kind == NODE_SCALAR ? find_family(set, name->text) : NULL;
        if (!other || other == family) {
            diag_at(diags, SEVERITY_ERROR, name->pos, "font-catalogue",
                other ? "a family cannot fall back on itself"
                      : "this fallback is no family of the catalogue (give its name as it stands here)");
            good = false;
        }
    }
    if (!good)
        return false;
    for (size_t i = family->first; i < family->first + family->count; i++) {
        struct font *font = &set->fonts[i];
        const struct font **list = ARENA_ARRAY(set->arena, const struct font *, count + 1);
        for (size_t k = 0; k < count; k++)
            list[k] = nearest_face(
                set, find_family(set, family->fallback->items[k]->text), font->weight, font->italic);
        font->fallbacks = list;
    }
    return true;
}

static size_t count_faces(const struct node *root)
{
    size_t count = 0;
    for (size_t i = 0; i < root->n; i++) {
        const struct node *faces = node_get(root->items[i], "faces");
        count += faces ? faces->n : 0;
    }
    return count;
}

struct fontset *fontset_read(struct arena *arena, struct diags *diags, const char *fonts_folder)
{
    const char *path = path_join(arena, fonts_folder, "fonts.yaml");
    const struct source *source = source_read(arena, diags, (struct pos){0}, path);
    const struct node *root = source ? yaml_parse(arena, diags, source) : NULL;
    if (!root)
        return NULL;
    if (root->kind != NODE_MAPPING || root->n == 0) {
        diag_file(diags, SEVERITY_ERROR, path, "font-catalogue",
            "the catalogue names no font family (it maps each family's name to its faces)");
        return NULL;
    }
    struct fontset *set = ARENA_NEW(arena, struct fontset);
    set->arena = arena;
    set->families = ARENA_ARRAY(arena, struct family, root->n);
    set->fonts = ARENA_ARRAY(arena, struct font, count_faces(root));
    const struct decoder decoder = {arena, diags, NULL};
    bool good = true;
    for (size_t i = 0; i < root->n; i++)
        good = read_family(&decoder, fonts_folder, root->keys[i], root->items[i], set) && good;
    for (size_t i = 0; good && i < set->family_count; i++)
        good = link_fallbacks(set, diags, &set->families[i]);
    return good ? set : NULL;
}

void fontset_free(struct fontset *fontset)
{
    for (size_t i = 0; fontset && i < fontset->font_count; i++) {
        hb_font_destroy(fontset->fonts[i].shaper);
        hb_face_destroy(fontset->fonts[i].face);
        fontset->fonts[i].shaper = NULL;
        fontset->fonts[i].face = NULL;
    }
}

size_t fontset_count(const struct fontset *fontset)
{
    return fontset->font_count;
}

void fontset_trace(const struct fontset *fontset, struct trace *trace)
{
    for (size_t i = 0; i < fontset->font_count; i++)
        if (fontset->fonts[i].tried)
            trace_hash(trace, fontset->fonts[i].path, fontset->fonts[i].hash);
}

/* --- loading a face ------------------------------------------------------------------------------------ */

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

static int read_i16(const unsigned char *p)
{
    int value = p[0] << 8 | p[1];
    return value < 0x8000 ? value : value - 0x10000;
}

/* A signed 16-bit field of a table; `missing` when the table is too short. */
static int table_i16(hb_face_t *face, hb_tag_t tag, unsigned offset, int missing)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned length;
    const char *data = hb_blob_get_data(blob, &length);
    int value = length >= offset + 2 ? read_i16((const unsigned char *)data + offset) : missing;
    hb_blob_destroy(blob);
    return value;
}

/* What is wrong with a face, or NULL: only TrueType outlines can be embedded as FontFile2. */
static const char *check_face(hb_face_t *face)
{
    static const hb_tag_t needed[] = {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
        HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'), HB_TAG('l', 'o', 'c', 'a'),
        HB_TAG('c', 'm', 'a', 'p')};
    if (!has_table(face, HB_TAG('g', 'l', 'y', 'f')))
        return "it has no TrueType outlines (a .otf or .woff face must be converted to .ttf)";
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!has_table(face, needed[i]))
            return "it lacks a table that every TrueType face has (the file is damaged)";
    unsigned glyphs = hb_face_get_glyph_count(face), em = hb_face_get_upem(face);
    if (glyphs == 0 || glyphs > UINT16_MAX || em < LEAST_EM || em > MOST_EM)
        return "its tables contradict each other (the file is damaged)";
    if (hb_ot_var_has_data(face))
        return "it is a variable font (the catalogue takes static faces)";
    const unsigned fs_type_offset = 8;
    int fs_type = table_i16(face, HB_TAG('O', 'S', '/', '2'), fs_type_offset, 0);
    if ((fs_type & FS_TYPE_PERMISSIONS) == FS_TYPE_RESTRICTED || (fs_type & FS_TYPE_BITMAP_ONLY))
        return "its maker forbids embedding it";
    return NULL;
}

static double metric(const struct font *font, hb_ot_metrics_tag_t tag, double missing)
{
    hb_position_t position;
    if (!hb_ot_metrics_get_position(font->shaper, tag, &position) || position == 0)
        return missing;
    return (double)position / (double)font->units_per_em;
}

static void read_metrics(struct font *font)
{
    /* Where a face is silent, the usual proportions of a Latin text face stand in. */
    const double usual_cap_height = 0.7, usual_x_height = 0.5, usual_underline = -0.1, usual_thickness = 0.05;
    const double em = (double)font->units_per_em;
    hb_font_extents_t extents;
    hb_font_get_h_extents(font->shaper, &extents);
    font->ascender = (double)extents.ascender / em;
    font->descender = (double)extents.descender / em;
    font->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, usual_cap_height);
    font->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, usual_x_height);
    font->underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, usual_underline);
    font->underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, usual_thickness);
    font->italic_angle = (double)hb_style_get_value(font->shaper, HB_STYLE_TAG_SLANT_ANGLE);
    const unsigned box_offset = 36; /* head: xMin */
    for (unsigned i = 0; i < 4; i++)
        font->box[i] = table_i16(font->face, HB_TAG('h', 'e', 'a', 'd'), box_offset + 2 * i, 0) / em;
}

/* The name as PDF wants it: letters, digits, '-' and '_', at most 63 of them. */
static struct str read_ps_name(struct arena *arena, const struct font *font)
{
    char name[64];
    unsigned length = sizeof name;
    hb_ot_name_get_utf8(font->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
    struct str raw = length ? (struct str){name, length} : path_base(font->path);
    char *clean = arena_copy(arena, raw.p, raw.n);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++)
        if (ascii_is_alpha(raw.p[i]) || ascii_is_digit(raw.p[i]) || raw.p[i] == '-' || raw.p[i] == '_')
            clean[n++] = raw.p[i];
    clean[n] = '\0';
    return n ? (struct str){clean, n} : STR("Face");
}

/* Loads a face if it is not yet; what went wrong, or NULL. */
static const char *load(struct fontset *set, struct font *font)
{
    if (font->face)
        return NULL;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(font->path);
    font->tried = true;
    if (!blob)
        return "it cannot be opened";
    font->hash = hash128_of((struct str){hb_blob_get_data(blob, NULL), hb_blob_get_length(blob)});
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    const char *wrong = check_face(face);
    if (wrong) {
        hb_face_destroy(face);
        return wrong;
    }
    hb_face_make_immutable(face);
    font->face = face;
    font->units_per_em = hb_face_get_upem(face);
    font->glyph_count = hb_face_get_glyph_count(face);
    font->shaper = hb_font_create(face);
    hb_font_set_scale(font->shaper, (int)font->units_per_em, (int)font->units_per_em);
    hb_font_make_immutable(font->shaper);
    font->ps_name = read_ps_name(set->arena, font);
    read_metrics(font);
    return NULL;
}

/* --- finding faces ------------------------------------------------------------------------------------- */

static void report_unknown(
    const struct fontset *set, struct diags *diags, struct pos where, struct str family)
{
    struct map names = {0};
    struct buf list = {0};
    for (size_t i = 0; i < set->family_count; i++) {
        map_put(diags->arena, &names, set->families[i].name, &set->families[i]);
        buf_printf(&list, "%s%.*s", i ? ", " : "", STR_FMT(set->families[i].name));
    }
    struct str nearest = map_nearest(&names, family);
    if (nearest.n)
        diag_at(diags, SEVERITY_ERROR, where, "font-unknown",
            "unknown font family '%.*s' (did you mean '%.*s'?)", STR_FMT(family), STR_FMT(nearest));
    else
        diag_at(diags, SEVERITY_ERROR, where, "font-unknown",
            "unknown font family '%.*s' (the catalogue has: %s)", STR_FMT(family), list.p);
    buf_free(&list);
}

const struct font *fontset_find(struct fontset *fontset, struct diags *diags, struct pos where,
    struct str family, int weight, bool italic)
{
    const struct family *found = find_family(fontset, family);
    if (!found) {
        report_unknown(fontset, diags, where, family);
        return NULL;
    }
    struct font *font = nearest_face(fontset, found, weight, italic);
    const char *wrong = load(fontset, font);
    if (!wrong)
        return font;
    if (where.source)
        diag_at(diags, SEVERITY_ERROR, where, "font-unreadable", "the face '%s' cannot be used: %s",
            font->path, wrong);
    else
        diag_file(
            diags, SEVERITY_ERROR, font->path, "font-unreadable", "this face cannot be used: %s", wrong);
    return NULL;
}

static bool has_char(const struct font *font, uint32_t c)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(font->shaper, c, &glyph);
}

const struct font *fontset_for_char(struct fontset *fontset, const struct font *font, uint32_t c)
{
    if (has_char(font, c))
        return font;
    for (const struct font *const *at = font->fallbacks; at && *at; at++) {
        struct font *fallback = &fontset->fonts[(*at)->index];
        if (!load(fontset, fallback) && has_char(fallback, c))
            return fallback;
    }
    return NULL;
}
