#include "run/settings.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "content/variables.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST_FILE = 1024 * 1024 };

/* Adds a line "KEY=VALUE", which must be one. */
static void put(struct arena *arena, struct settings *settings, struct str line)
{
    struct str *value = ARENA_NEW(arena, struct str);
    struct str key = str_trim(str_cut(&line, '='));
    *value = line;
    map_put(arena, &settings->values, key, value);
}

static bool is_setting(struct str line)
{
    size_t equals = str_find(line, "=", 0);
    if (equals == SIZE_MAX || !is_setting_key(str_trim(str_slice(line, 0, equals))))
        return false;
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t')
            return false;
    return utf8_check(line) == SIZE_MAX;
}

/* Reads through stdio, and not by base/file.h, because the file may well be a pipe. */
static bool read_stream(FILE *stream, struct buf *out)
{
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof block, stream)) > 0;) {
        buf_put(out, block, got);
        if (out->n > LARGEST_FILE) {
            errno = EFBIG;
            return false;
        }
    }
    return !ferror(stream);
}

static bool read_file(struct arena *arena, struct diags *diags, const char *path, struct str *text)
{
    bool standard_input = strcmp(path, "-") == 0;
    FILE *stream = standard_input ? stdin : fopen(path, "rb");
    struct buf bytes = {0};
    bool good = stream && read_stream(stream, &bytes);
    if (!good)
        diag_file(diags, SEVERITY_ERROR, standard_input ? "standard input" : path, "setting-unreadable",
            "cannot read the settings: %s", strerror(errno));
    if (stream && !standard_input)
        fclose(stream);
    *text = str_copy(arena, buf_slice(&bytes));
    buf_free(&bytes);
    return good;
}

static bool add_file(struct arena *arena, struct diags *diags, const char *path, struct settings *settings)
{
    struct str rest;
    bool good = read_file(arena, diags, path, &rest);
    if (str_starts(rest, "\xEF\xBB\xBF"))
        rest = str_slice(rest, 3, rest.n);
    for (size_t number = 1; rest.n; number++) {
        struct str line = str_cut(&rest, '\n');
        if (str_ends(line, "\r"))
            line.n--;
        struct str content = str_trim(line);
        if (content.n == 0 || content.p[0] == '#')
            continue;
        if (is_setting(line)) {
            put(arena, settings, line);
            continue;
        }
        good = false;
        diag_add(
            diags, &(struct diag){.severity = SEVERITY_ERROR,
                       .code = "setting-malformed",
                       .message = "this line is not KEY=VALUE in UTF-8 (it is not shown: it may be private)",
                       .file = strcmp(path, "-") == 0 ? "standard input" : path,
                       .line = number});
    }
    return good;
}

bool settings_read(
    struct arena *arena, struct diags *diags, const struct options *options, struct settings *settings)
{
    bool good = true;
    *settings = (struct settings){0};
    for (size_t i = 0; i < options->settings.n; i++) {
        const struct setting_source *source = &options->settings.at[i];
        if (source->from_file)
            good = add_file(arena, diags, source->text, settings) && good;
        else
            put(arena, settings, str_from(source->text));
    }
    return good;
}

bool settings_have_patient(const struct settings *settings)
{
    for (size_t i = 0; i < settings->values.n; i++)
        if (variables_is_desk(settings->values.entries[i].key))
            return true;
    return false;
}
