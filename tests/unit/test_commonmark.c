/* Every example of the CommonMark specification: no word may be lost, added or moved, and every word must
 * know where it stands. */
#include "reading.h"

#include <cmark.h>

struct example {
    int number;
    struct str markdown;
};

typedef void each_example(const struct example *example, void *data);

static struct str spec_text(struct arena *arena)
{
    struct diags diags = diags_new(arena);
    struct str text = STR("");
    assert_true(
        file_read(arena, &diags, (struct pos){0}, "tests/fixtures/commonmark/spec.txt", FILE_LIMIT, &text));
    return text;
}

/* The specification writes a tab as an arrow. */
static struct str with_tabs(struct arena *arena, struct str text)
{
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        bool tab = str_starts(str_slice(text, i, text.n), "\u2192");
        buf_char(&out, tab ? '\t' : text.p[i]);
        i += tab ? 3 : 1;
    }
    struct str result = str_copy(arena, buf_slice(&out));
    buf_free(&out);
    return result;
}

static int for_each_example(each_example *each, void *data)
{
    static const char FENCE[] = "\n````````````````````````````````";
    struct arena *arena = arena_new();
    struct str text = spec_text(arena);
    int number = 0;
    for (size_t at = 0; (at = str_find(text, FENCE, at)) != SIZE_MAX;) {
        at += sizeof FENCE - 1;
        if (!str_starts(str_slice(text, at, text.n), " example\n"))
            continue;
        size_t start = at + 9, end = str_find(text, "\n.\n", start - 1);
        assert_true(end != SIZE_MAX);
        struct str markdown = str_slice(text, start, end + 1);
        struct example example = {++number, with_tabs(arena, markdown)};
        each(&example, data);
        at = end;
    }
    arena_free(arena);
    return number;
}

/* HTML without its tags and comments, entities decoded, alternative texts in the place of pictures. White
 * space is left out on both sides: where a tag parts words and where it does not is tested elsewhere. */
static void put_without_tags(struct buf *out, const char *html)
{
    static const struct {
        const char *entity, *text;
    } ENTITIES[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
    for (const char *p = html; *p;) {
        bool script = strncmp(p, "<script", 7) == 0, style = strncmp(p, "<style", 6) == 0;
        const char *end = strncmp(p, "<!--", 4) == 0 ? "-->"
                          : script                   ? "</script>"
                          : style                    ? "</style>"
                          : strncmp(p, "<?", 2) == 0 ? "?>"
                                                     : NULL;
        const char *cdata = strncmp(p, "<![CDATA[", 9) == 0 ? strstr(p, "]]>") : NULL;
        if (cdata) {
            buf_put(out, p + 9, (size_t)(cdata - p - 9));
            p = cdata + 3;
            continue;
        }
        if (end) {
            p = strstr(p, end) ? strstr(p, end) + strlen(end) : p + strlen(p);
            continue;
        }
        if (strncmp(p, "<img ", 5) == 0) {
            const char *alt = strstr(p, "alt=\""), *close = alt ? strchr(alt + 5, '"') : NULL;
            struct buf inner = {0};
            if (close)
                buf_put(&inner, alt + 5, (size_t)(close - alt - 5));
            put_without_tags(out, inner.n ? inner.p : "");
            buf_free(&inner);
        }
        if (*p == '<') {
            for (char quote = '\0'; *p && (*p != '>' || quote); p++)
                quote = quote ? (*p == quote ? '\0' : quote) : *p == '"' ? '"' : *p == '\'' ? '\'' : '\0';
            p += *p == '>';
            continue;
        }
        size_t i = 0;
        while (i < sizeof ENTITIES / sizeof *ENTITIES &&
               strncmp(p, ENTITIES[i].entity, strlen(ENTITIES[i].entity)) != 0)
            i++;
        if (i < sizeof ENTITIES / sizeof *ENTITIES) {
            buf_text(out, ENTITIES[i].text);
            p += strlen(ENTITIES[i].entity);
        } else {
            buf_char(out, *p++);
        }
    }
}

static struct str without_space(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_space(text.p[i]))
            out[n++] = text.p[i];
    return (struct str){out, n};
}

/* Examples whose raw HTML is cut off in the middle, so that a browser shows nothing more, while we rather
 * print too much than lose a word; and a link without a text, of which we print the address. */
static const struct {
    int number;
    const char *text;
} EXCEPTIONS[] = {
    {156, "<divid=\"foo\"*hi*"},
    {157, "<divclassfoo"},
    {483, "./target.md"},
    {158, "<div*??"
          "?-&&&-<---*foo*"},
};

static const char *exception(int number)
{
    for (size_t i = 0; i < sizeof EXCEPTIONS / sizeof *EXCEPTIONS; i++)
        if (EXCEPTIONS[i].number == number)
            return EXCEPTIONS[i].text;
    return NULL;
}

/* A picture's title, which HTML shows only under the mouse. */
static void drop_captions(struct doc_node *root)
{
    for (struct doc_node *node = root; node; node = doc_next(node, root))
        if (node->kind == DOC_FIGURE && node->first->kind == DOC_IMAGE && node->last->kind == DOC_CAPTION)
            doc_unlink(node->last);
}

static void compare_text(const struct example *example, void *data)
{
    size_t *wrong = data;
    struct trial reading = reading_new();
    reading_text(&reading, example->markdown);
    struct buf ours = {0}, theirs = {0};
    drop_captions(reading.document.root);
    doc_text(reading.document.root, &ours);
    char *html = cmark_markdown_to_html(example->markdown.p, example->markdown.n,
        CMARK_OPT_SMART | CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8);
    put_without_tags(&theirs, html);
    struct str a = without_space(reading.arena, buf_slice(&ours));
    struct str b = without_space(reading.arena, buf_slice(&theirs));
    const char *other = exception(example->number);
    if (other)
        b = str_from(other);
    if (!str_eq(a, b)) {
        print_error("example %d: %.*s\n  expected %.*s\n       got %.*s\n", example->number,
            STR_FMT(example->markdown), STR_FMT(b), STR_FMT(a));
        ++*wrong;
    }
    free(html);
    buf_free(&ours);
    buf_free(&theirs);
    reading_free(&reading);
}

static void test_every_example_keeps_its_text(void **state)
{
    (void)state;
    size_t wrong = 0;
    assert_int_equal(for_each_example(compare_text, &wrong), 652);
    assert_int_equal(wrong, 0);
}

/* Does the byte of a text stand where it says? Entities and smart punctuation stand for other characters. */
static bool is_in_place(const struct doc_node *node, size_t at, struct str source)
{
    char c = node->text.p[at];
    struct pos pos = doc_text_pos(node, at, at + 1);
    if (pos.offset >= source.n)
        return false;
    char there = source.p[pos.offset];
    if (there == c || there == '\0')
        return true;
    if (c == ' ' && ascii_is_space(there)) /* a line end in code or HTML */
        return true;
    if (there == '&' || memchr("\"'.-", there, 4))
        return true;
    for (size_t i = at; i > 0 && at - i < 8; i--) /* within an entity that gives several bytes */
        if (source.p[doc_text_pos(node, i - 1, i).offset] == '&')
            return true;
    return memchr("\"'.-", source.p[doc_text_pos(node, at >= 2 ? at - 2 : 0, at + 1).offset], 4) ||
           memchr("\"'.-", source.p[doc_text_pos(node, at >= 1 ? at - 1 : 0, at + 1).offset], 4);
}

static size_t misplaced(const struct trial *reading, const char *what)
{
    size_t wrong = 0, before = 0;
    const struct doc_node *root = reading->document.root;
    struct str source = root->pos.source->text;
    drop_captions(reading->document.root);
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        size_t end = node->pos.offset + node->pos.length;
        if (node->pos.source && end > source.n)
            print_error("%s: a node ends outside the source\n", what), wrong++;
        if (node->kind != DOC_TEXT && node->kind != DOC_CODE)
            continue;
        if (node->pos.offset < before)
            print_error("%s: '%.*s' stands before what it follows\n", what, STR_FMT(node->text)), wrong++;
        before = node->pos.offset;
        if (!node->run_count && node->pos.length != node->text.n)
            continue; /* it stands for the whole of something else: a caption, a variable, an address */
        for (size_t i = 0; i < node->text.n; i++)
            if (!is_in_place(node, i, source)) {
                print_error("%s: byte %zu of '%.*s' is out of place\n", what, i, STR_FMT(node->text));
                wrong++;
                break;
            }
    }
    return wrong;
}

static void check_places(const struct example *example, void *data)
{
    struct trial reading = reading_new();
    reading_text(&reading, example->markdown);
    char what[32];
    snprintf(what, sizeof what, "example %d", example->number);
    *(size_t *)data += misplaced(&reading, what);
    reading_free(&reading);
}

static void test_every_character_knows_its_place(void **state)
{
    (void)state;
    size_t wrong = 0;
    for_each_example(check_places, &wrong);
    assert_int_equal(wrong, 0);
}

/* The same, with every example inside a list item in a quote, so that each line has marks before it. */
static void check_places_inside(const struct example *example, void *data)
{
    struct buf inside = {0};
    struct str rest = example->markdown;
    bool first = true;
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');
        buf_text(&inside, first ? "> 1.  " : ">     ");
        buf_str(&inside, line);
        buf_char(&inside, '\n');
        first = false;
    }
    struct trial reading = reading_new();
    reading_text(&reading, buf_slice(&inside));
    buf_free(&inside);
    char what[40];
    snprintf(what, sizeof what, "example %d inside", example->number);
    *(size_t *)data += misplaced(&reading, what);
    reading_free(&reading);
}

static void test_places_within_quotes_and_lists(void **state)
{
    (void)state;
    size_t wrong = 0;
    for_each_example(check_places_inside, &wrong);
    assert_int_equal(wrong, 0);
}

/* The same, with every example as the caption of a picture, if it is one. */
static void check_places_in_captions(const struct example *example, void *data)
{
    struct buf inside = {0};
    struct str rest = example->markdown;
    buf_text(&inside, "> 1.   ~~~~~~~~~ people 1 of 2\n");
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');
        buf_text(&inside, ">      ");
        buf_str(&inside, line);
        buf_char(&inside, '\n');
    }
    struct trial reading = reading_new();
    reading_text(&reading, buf_slice(&inside));
    buf_free(&inside);
    char what[40];
    snprintf(what, sizeof what, "example %d in a caption", example->number);
    size_t *counts = data;
    counts[0] += misplaced(&reading, what);
    for (const struct doc_node *node = reading.document.root; node;
         node = doc_next(node, reading.document.root))
        counts[1] += node->kind == DOC_CAPTION;
    reading_free(&reading);
}

static void test_places_in_captions(void **state)
{
    (void)state;
    size_t counts[2] = {0, 0};
    for_each_example(check_places_in_captions, counts);
    assert_int_equal(counts[0], 0);
    assert_in_range(counts[1], 200, 652);
}

static void test_other_line_ends(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"# a\r\n\r\nb *c\r\nd*\r\n", "# a\r\rb *c\rd*\r", "# a\n\nb *c\nd*"};
    for (size_t i = 0; i < 3; i++) {
        struct trial reading = reading_new();
        reading_text(&reading, str_from(TEXTS[i]));
        assert_string_equal(reading_shape(&reading), "h1(a) p(b <em>c~d</em>)");
        assert_int_equal(misplaced(&reading, "line ends"), 0);
        reading_free(&reading);
    }
}

/* The words of the torture document are numbered as they are to be printed: "quartz1", "quartz2" … */
static void check_words(const struct doc_node *root)
{
    struct buf text = {0};
    for (const struct doc_node *node = root; node; node = doc_next(node, root)) {
        if (node->kind == DOC_TEXT || node->kind == DOC_CODE || node->kind == DOC_ADDRESS)
            buf_str(&text, node->text);
        else if (node->kind == DOC_CODE_BLOCK)
            buf_str(&text, node->code.text);
        buf_char(&text, ' ');
    }
    size_t count = 0, number = 0;
    for (const char *word = text.p; (word = strstr(word, "quartz")) != NULL; count++) {
        size_t digits = strspn(word += 6, "0123456789");
        assert_true(str_to_size((struct str){word, digits}, 100000, &number));
        assert_int_equal(number, count + 1);
    }
    assert_in_range(count, 200, 1000);
    assert_null(strstr(text.p, "basalt"));
    buf_free(&text);
}

static void test_torture_knows_its_places(void **state)
{
    (void)state;
    struct trial reading = reading_new();
    struct str text = STR("");
    assert_true(file_read(
        reading.arena, &reading.diags, (struct pos){0}, "tests/fixtures/torture.md", FILE_LIMIT, &text));
    reading_text(&reading, text);
    assert_true(reading.good);
    check_words(reading.document.root);
    assert_int_equal(misplaced(&reading, "torture"), 0);
    reading_free(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_example_keeps_its_text),
        cmocka_unit_test(test_every_character_knows_its_place),
        cmocka_unit_test(test_places_within_quotes_and_lists),
        cmocka_unit_test(test_places_in_captions),
        cmocka_unit_test(test_other_line_ends),
        cmocka_unit_test(test_torture_knows_its_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
