/* YAML into nodes, nodes into structs, and the values of both: with the place of every mistake. */
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "config/json_schema.h"
#include "config/schema.h"
#include "config/units.h"
#include "config/yaml.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags diags;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct node *parse_str(struct fixture *fixture, struct str text)
{
    return yaml_parse(fixture->arena, &fixture->diags, source_new(fixture->arena, "t", text));
}

static struct node *parse(struct fixture *fixture, const char *text)
{
    return parse_str(fixture, str_from(text));
}

/* All diagnostics, a line each: "line:col+width message [code]". */
static const char *report(const struct fixture *fixture)
{
    struct buf out = {0};
    for (size_t i = 0; i < fixture->diags.list.n; i++) {
        const struct diag *diag = &fixture->diags.list.at[i];
        buf_printf(
            &out, "%zu:%zu+%zu %s [%s]\n", diag->line, diag->column, diag->width, diag->message, diag->code);
    }
    const char *text = arena_copy(fixture->arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void assert_report(const struct fixture *fixture, const char *expected)
{
    const char *actual = report(fixture);
    if (strcmp(actual, expected) == 0)
        return;
    fputs(actual, stderr);
    assert_string_equal(actual, expected);
}

/* A text that must be refused with just this report. */
static void assert_refused(const char *text, const char *expected)
{
    void *state;
    setup(&state);
    struct fixture *fixture = state;
    assert_null(parse(fixture, text));
    assert_report(fixture, expected);
    teardown(&state);
}

static void write_node(const struct node *node, struct buf *out)
{
    size_t line, column;
    source_line_column(node->pos.source, node->pos.offset, &line, &column);
    if (node->kind == NODE_SCALAR) {
        buf_printf(out, "%zu:%zu+%zu", line, column, node->pos.length);
        buf_printf(out, node->plain ? "(%.*s)" : "'%.*s'", STR_FMT(node->text));
        return;
    }
    buf_char(out, node->kind == NODE_MAPPING ? '{' : '[');
    for (size_t i = 0; i < node->n; i++) {
        buf_text(out, i ? " " : "");
        if (node->kind == NODE_MAPPING) {
            source_line_column(node->pos.source, node->key_poses[i].offset, &line, &column);
            buf_printf(
                out, "%zu:%zu+%zu %.*s=", line, column, node->key_poses[i].length, STR_FMT(node->keys[i]));
        }
        write_node(node->items[i], out);
    }
    buf_char(out, node->kind == NODE_MAPPING ? '}' : ']');
}

static void assert_tree(const char *text, const char *expected)
{
    void *state;
    setup(&state);
    struct fixture *fixture = state;
    struct buf out = {0};
    const struct node *root = parse(fixture, text);
    assert_report(fixture, "");
    assert_non_null(root);
    write_node(root, &out);
    assert_string_equal(out.p, expected);
    buf_free(&out);
    teardown(&state);
}

static void test_trees(void **state)
{
    (void)state;
    assert_tree("a: 1\nb: [x, 'y z']\n", "{1:1+1 a=1:4+1(1) 2:1+1 b=[2:5+1(x) 2:8+5'y z']}");
    assert_tree("- k: v\n  l:\n-\n", "[{1:3+1 k=1:6+1(v) 2:3+1 l=2:5+0()} 3:2+0()]");
    assert_tree("", "{}");
    assert_tree("# only a comment\n", "{}");
    assert_tree("---\n# nothing\n", "{}");
    assert_tree("---\na: b\n...\n# the end\n", "{2:1+1 a=2:4+1(b)}");
    assert_tree("a: 000000\nb: no\nc: 1.10\nd: ~\n",
        "{1:1+1 a=1:4+6(000000) 2:1+1 b=2:4+2(no) 3:1+1 c=3:4+4(1.10) "
        "4:1+1 d=4:4+1(~)}");
    assert_tree("a: |\n  x\n  y\n\n\nb: >\n  x\n  y\n", "{1:1+1 a=1:4+12'x\ny' 6:1+1 b=6:4+10'x y'}");
    assert_tree("a: |\n\n\n", "{1:1+1 a=1:4+4''}");
}

static void test_positions_count_characters_and_know_all_line_ends(void **state)
{
    (void)state;
    assert_tree("é: {ü: ä, 漢字: 😀}\n", "{1:1+2 é={1:5+2 ü=1:8+2(ä) 1:11+6 漢字=1:15+4(😀)}}");
    assert_tree("a: 1\r\nbé: 2\r\n", "{1:1+1 a=1:4+1(1) 2:1+3 bé=2:5+1(2)}");
    /* YAML 1.1 ends a line at U+0085 and at a lone CR as well; source lines end at LF only. */
    assert_tree("a: 1\xC2\x85"
                "b: 2\rc: 3\n",
        "{1:1+1 a=1:4+1(1) 1:6+1 b=1:9+1(2) 1:11+1 c=1:14+1(3)}");
}

static void test_node_get(void **state)
{
    struct fixture *fixture = *state;
    const struct node *root = parse(fixture, "a: 1\nb: {c: 2}\n");
    assert_true(str_is(node_get(node_get(root, "b"), "c")->text, "2"));
    assert_null(node_get(root, "c"));
    assert_null(node_get(NULL, "c"));
    assert_null(node_get(node_get(root, "a"), "c"));
}

static void test_syntax_errors(void **state)
{
    (void)state;
    assert_refused("a:\n\tb: 1\n", "2:1+1 a tab cannot indent YAML (use spaces) [yaml-syntax]\n");
    assert_refused("a: 1\nfoo\nb: 2\n",
        "2:1+0 there is no ': ' behind this key (write 'key: value'; check the "
        "indentation) [yaml-syntax]\n");
    assert_refused("title: Stem cells: what now\n",
        "1:18+0 a ': ' cannot stand here (put quotes round a text that "
        "contains ': '; check the indentation) [yaml-syntax]\n");
    assert_refused("é: \"never\nb: 2\n", "1:4+0 this quote is never closed [yaml-syntax]\n");
    assert_refused("a: 'x\n---\n", "1:4+0 this quote is never closed [yaml-syntax]\n");
    assert_refused("a: 'it's'\n",
        "1:8+0 expected a 'key: value' (check the indentation; a text with quotes inside "
        "needs quotes round it) [yaml-syntax]\n");
    assert_refused("a: [1, 2\nb: 3\n",
        "2:2+0 expected ',' or ']' in what begins in line 1 (put quotes round a text "
        "that contains brackets or commas) [yaml-syntax]\n");
    assert_refused("a: [1, 2\n\n", "1:4+1 this '[' is never closed [yaml-syntax]\n");
    assert_refused("a: {x: 1\n", "1:4+1 this '{' is never closed [yaml-syntax]\n");
    assert_refused("a: @x\n", "1:4+1 a text cannot begin with '@' (put quotes round it) [yaml-syntax]\n");
    assert_refused("a:\n  b: 1\n c: 2\n", "3:2+0 expected a 'key: value' in what begins in line 1 (check the "
                                          "indentation; a text with quotes inside needs quotes round it) "
                                          "[yaml-syntax]\n");
    assert_refused(
        "  a: 1\nb: 2\n", "2:1+4 nothing is expected here (check the indentation) [yaml-syntax]\n");
    assert_refused("[a] b\n", "1:5+1 nothing is expected here (check the indentation) [yaml-syntax]\n");
    assert_refused("a: - b\n",
        "1:4+0 a '- ' cannot stand here (begin a list in the line below its key; put quotes "
        "round a text that is just '-') [yaml-syntax]\n");
    assert_refused("a: \"\\q\"\n",
        "1:5+0 unknown escape in a text in double quotes (write '\\\\' for a backslash, or "
        "use single quotes) [yaml-syntax]\n");
    assert_refused("é: \x01\n", "1:4+1 the control character U+0001 is not allowed [yaml-syntax]\n");
    assert_refused("a: *bold* text\n",
        "1:4+0 a name must follow this sign (put quotes round a text that begins with "
        "'&' or '*') [yaml-syntax]\n");
    assert_refused("a: *b\n",
        "1:4+2 nothing is named '&b' before this alias (put quotes round a text that begins "
        "with '*') [yaml-syntax]\n");
    assert_refused("?\n: x\n", "1:2+0 there is no key before this ':' [yaml-syntax]\n");
}

static void test_what_yaml_has_and_we_have_not(void **state)
{
    (void)state;
    assert_refused("a: !!str x\n",
        "1:4+7 tags are not supported (put quotes round a text that begins with '!') "
        "[yaml-unsupported]\n");
    assert_refused("a: 1\n---\nb: 2\n", "2:1+3 a file holds one document only (take this line away) "
                                        "[yaml-unsupported]\n");
    assert_refused("# c\n%YAML 1.2\n---\na: 1\n", "2:1+9 directives are not supported (take this line away) "
                                                  "[yaml-unsupported]\n");
    assert_refused("a: &x {b: 1}\nc:\n  <<: *x\n", "3:3+2 merge keys are not supported (write the keys out) "
                                                   "[yaml-unsupported]\n");
    assert_refused("[a]: 1\n", "1:1+3 a key must be a text, not a list or mapping [yaml-unsupported]\n");
    assert_refused("a: {{clinic.name}} x\n", "1:4+2 a text that begins with '{{' needs quotes round it "
                                             "[yaml-unsupported]\n");
    assert_refused(
        "a: \"x\\0y\"\n", "1:4+6 this text holds the control character U+0000 [yaml-unsupported]\n");
    assert_refused(
        "a: &x [1, *x]\n", "1:11+2 the alias '*x' lies inside what it stands for [yaml-unsupported]\n");
    assert_tree("'<<': 1\n", "{1:1+4 <<=1:7+1(1)}");
}

static void test_duplicate_keys(void **state)
{
    (void)state;
    assert_refused("é: 1\nb: 2\né: 3\nb: 4\n", "3:1+1 the key 'é' is here twice (first in line 1) "
                                               "[yaml-key-duplicate]\n"
                                               "4:1+1 the key 'b' is here twice (first in line 2) "
                                               "[yaml-key-duplicate]\n");
    assert_refused(
        "a: {x: 1, 'x': 2}\n", "1:11+3 the key 'x' is here twice (first in line 1) [yaml-key-duplicate]\n");
    /* past the number of keys that are looked through */
    assert_refused("{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1,\n j: 2, a: 2}\n",
        "2:2+1 the key 'j' is here twice (first in line 1) [yaml-key-duplicate]\n"
        "2:8+1 the key 'a' is here twice (first in line 1) [yaml-key-duplicate]\n");
    assert_tree("a: {x: 1}\nb: {x: 1}\n", "{1:1+1 a={1:5+1 x=1:8+1(1)} 2:1+1 b={2:5+1 x=2:8+1(1)}}");
}

static void test_aliases(void **state)
{
    (void)state;
    assert_tree("a: &x [1]\nb: *x\nc: &x 2\nd: *x\n",
        "{1:1+1 a=[1:8+1(1)] 2:1+1 b=[1:8+1(1)] 3:1+1 c=3:4+4(2) 4:1+1 d=3:4+4(2)}");
    assert_tree("a: &x k\n*x : 1\n", "{1:1+1 a=1:4+4(k) 2:1+2 k=2:6+1(1)}");
}

/* A text of `count` times `part`, in the fixture's arena. */
static char *repeated(struct fixture *fixture, const char *part, size_t count)
{
    struct buf out = {0};
    for (size_t i = 0; i < count; i++)
        buf_text(&out, part);
    char *text = arena_copy(fixture->arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return text;
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    char *open = repeated(fixture, "[", 64), *close = repeated(fixture, "]", 64);
    assert_non_null(parse(fixture, arena_printf(fixture->arena, "%s%s", open, close)));
    assert_refused(arena_printf(fixture->arena, "[%s%s]", open, close),
        "1:65+0 nested more than 64 levels deep "
        "[yaml-limit]\n");
    assert_refused(
        arena_printf(fixture->arena, "a: &a %.40s%.40s\nb: %.30s*a%.30s\n", open, close, open, close),
        "2:34+2 nested more than 64 levels deep [yaml-limit]\n");
    assert_refused(
        arena_printf(fixture->arena, "a: &a [1, 2, 3]\nb: [%s*a]\n", repeated(fixture, "*a, ", 250)),
        "2:1005+2 aliases stand for more than 1000 values in all [yaml-limit]\n");
    assert_refused(repeated(fixture, "- x\n", 100000), "100000:4+0 more than 100000 values [yaml-limit]\n");
    assert_refused(repeated(fixture, "#", 1024 * 1024 + 1), "1:1+0 this file is larger than 1048576 bytes "
                                                            "[yaml-limit]\n");
}

/* Texts that take a naive reader minutes, gigabytes or the stack. */
static void test_hostile_texts_are_refused_at_once(void **state)
{
    struct fixture *fixture = *state;
    static const char *const parts[] = {"[", "[{", "- ", "? ", "{a: ", "a: ", "!", "&a ", "*a, ", "'", "\"",
        "%TAG !a! x\n", "---\n", "...\n%TAG !a! x\n", "|", ":\n", "[]: ", "\\", "\t", "\r"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *text = repeated(fixture, parts[i], 100000 / strlen(parts[i]));
        clock_t start = clock();
        parse(fixture, text);
        assert_true(clock() - start < CLOCKS_PER_SEC / 2);
    }
    /* a billion laughs */
    struct buf laughs = {0};
    buf_text(&laughs, "a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++)
        buf_printf(&laughs, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
    assert_null(parse_str(fixture, buf_slice(&laughs)));
    buf_free(&laughs);
}

/* Every prefix of a text, and every byte of it changed: no crash, and never a tree beside an error. */
static void test_mutations(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] =
        "a: &x {b: [1, \"\\u00e9\", 'q''q'], c: |\n  l\n}\nd: *x\n? k\n: - >\n  f\n  - {\"{{v}}\": y}\n";
    static const char changes[] = {'[', '{', '\n', '\t', '\'', '"', ':', '*', '&', '-', '\0', '\x80', ' '};
    for (size_t n = 0; n <= strlen(text); n++)
        for (size_t c = 0; c < sizeof changes; c++) {
            struct str changed = str_copy(fixture->arena, (struct str){text, n});
            if (n)
                memcpy((char *)(uintptr_t)changed.p + n - 1, &changes[c], 1);
            size_t errors = fixture->diags.errors;
            const struct node *root = parse_str(fixture, changed);
            assert_int_equal(root != NULL, fixture->diags.errors == errors);
        }
}

enum fruit { APPLE, PEAR };

struct inner {
    int count;
    struct date day;
};

struct thing {
    struct str text;
    bool flag, has_text;
    int integer;
    double number, length;
    struct color color;
    enum fruit fruit;
    struct inner inner;
    const struct node *node;
};

static const struct choice FRUITS[] = {{"apple", APPLE}, {"pear", PEAR}, {0}};

static const struct field INNER[] = {
    {"count", FIELD_INTEGER, .offset = offsetof(struct inner, count), .flags = FIELD_REQUIRED},
    {"day", FIELD_DATE, .offset = offsetof(struct inner, day)},
    {0},
};

static const struct field THING[] = {
    {"text", FIELD_TEXT, .offset = offsetof(struct thing, text),
        .presence = offsetof(struct thing, has_text)},
    {"flag", FIELD_BOOL, .offset = offsetof(struct thing, flag)},
    {"integer", FIELD_INTEGER, .offset = offsetof(struct thing, integer), .min = -5, .max = 5},
    {"number", FIELD_NUMBER, .offset = offsetof(struct thing, number)},
    {"length", FIELD_LENGTH, .offset = offsetof(struct thing, length), .min = 0.5, .max = 72},
    {"color", FIELD_COLOR, .offset = offsetof(struct thing, color)},
    {"fruit", FIELD_CHOICE, .offset = offsetof(struct thing, fruit), .choices = FRUITS},
    {"inner", FIELD_RECORD, .offset = offsetof(struct thing, inner), .record = INNER},
    {"node", FIELD_NODE, .offset = offsetof(struct thing, node)},
    {0},
};

static bool decode(struct fixture *fixture, const char *text, struct thing *thing)
{
    static struct color brand = {1, 2, 3};
    struct map palette = {0};
    map_put(fixture->arena, &palette, STR("brand"), &brand);
    const struct decoder decoder = {.arena = fixture->arena, .diags = &fixture->diags, .palette = &palette};
    const struct node *root = parse(fixture, text);
    assert_non_null(root);
    return schema_decode(&decoder, root, THING, "a thing", thing);
}

static void test_schema(void **state)
{
    struct fixture *fixture = *state;
    struct thing thing = {.number = 7};
    assert_true(decode(fixture,
        "text: |\n  two\n  lines\nflag: yes\ninteger: -5\nlength: 0.5in\ncolor: brand\nfruit: pear\n"
        "inner: {count: +3, day: 2024-02-29}\nnode: [1]\n",
        &thing));
    assert_report(fixture, "");
    assert_true(str_is(thing.text, "two lines"));
    assert_true(thing.has_text);
    assert_true(thing.flag);
    assert_int_equal(thing.integer, -5);
    assert_true(thing.number == 7); /* absent: as it was */
    assert_true(thing.length == 36);
    assert_int_equal(thing.color.b, 3);
    assert_int_equal(thing.fruit, PEAR);
    assert_int_equal(thing.inner.count, 3);
    assert_int_equal(thing.inner.day.day, 29);
    assert_int_equal(thing.node->kind, NODE_SEQUENCE);
}

/* Every type and shape of field as JSON Schema; tests/cases/schema.py has an outsider judge the real ones. */
static void test_json_schema(void **state)
{
    (void)state;
    static const struct field NAME = {"name", FIELD_TEXT, .flags = FIELD_NONEMPTY, .pattern = "^[a-z]+$"};
    static const struct field PART[] = {
        {"date", FIELD_DATE, .about = "A \"day\".", .flags = FIELD_REQUIRED | FIELD_NONEMPTY}, {0}};
    static const struct field FIELDS[] = {
        {"length", FIELD_LENGTH, .min = 4, .max = 144, .about = "How long.", .usual = "(as is)"},
        {"fruit", FIELD_CHOICE, .choices = FRUITS, .usual = "pear", .group = "Food"},
        {"list", FIELD_NODE, .shape = SHAPE_LIST, .item = &NAME, .min = 1, .flags = FIELD_BLANK},
        {"texts", FIELD_NODE, .shape = SHAPE_ONE_OR_MAPPING, .item = &NAME, .pattern = "^[a-z]{2}$"},
        {"part", FIELD_RECORD, .record = PART}, {0}};
    static const struct field FILE = {"A file", FIELD_RECORD, .record = FIELDS};
    const struct json_schema_part parts[] = {{"part", PART}, {0}};
    struct buf out = {0};
    json_schema_put(&out, &FILE, parts);
    assert_string_equal(out.p,
        "{\n"
        "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
        "  \"title\": \"A file\",\n"
        "  \"type\": [\"object\", \"null\"],\n"
        "  \"properties\": {\n"
        "    \"length\": {\n"
        "      \"description\": \"How long. From 4pt to 144pt. Default: as is.\",\n"
        "      \"type\": \"string\",\n"
        "      \"pattern\": \"^[+]?[0-9]+(\\\\.[0-9]+)?(pt|in|mm|cm)$\"\n"
        "    },\n"
        "    \"fruit\": {\n"
        "      \"$comment\": \"Food\",\n"
        "      \"enum\": [\"apple\", \"pear\"],\n"
        "      \"default\": \"pear\"\n"
        "    },\n"
        "    \"list\": {\n"
        "      \"type\": [\"array\", \"null\"],\n"
        "      \"minItems\": 1,\n"
        "      \"items\": {\n"
        "        \"type\": [\"string\", \"number\"],\n"
        "        \"pattern\": \"^[a-z]+$\"\n"
        "      }\n"
        "    },\n"
        "    \"texts\": {\n"
        "      \"anyOf\": [{\n"
        "        \"type\": [\"string\", \"number\"],\n"
        "        \"pattern\": \"^[a-z]+$\"\n"
        "      }, {\n"
        "        \"type\": \"object\",\n"
        "        \"propertyNames\": {\n"
        "          \"pattern\": \"^[a-z]{2}$\"\n"
        "        },\n"
        "        \"additionalProperties\": {\n"
        "          \"type\": [\"string\", \"number\"],\n"
        "          \"pattern\": \"^[a-z]+$\"\n"
        "        }\n"
        "      }]\n"
        "    },\n"
        "    \"part\": {\n"
        "      \"$ref\": \"#/$defs/part\"\n"
        "    }\n"
        "  },\n"
        "  \"additionalProperties\": false,\n"
        "  \"$defs\": {\n"
        "    \"part\": {\n"
        "      \"type\": \"object\",\n"
        "      \"properties\": {\n"
        "        \"date\": {\n"
        "          \"description\": \"A \\\"day\\\".\",\n"
        "          \"type\": \"string\",\n"
        "          \"pattern\": \"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"\n"
        "        }\n"
        "      },\n"
        "      \"required\": [\"date\"],\n"
        "      \"additionalProperties\": false\n"
        "    }\n"
        "  }\n"
        "}\n");
    buf_free(&out);
}

static void test_schema_finds_all_mistakes(void **state)
{
    struct fixture *fixture = *state;
    struct thing thing = {.integer = 1, .length = 2};
    assert_false(decode(fixture,
        "colour: red\n"
        "zzz: 1\n"
        "text: [a]\n"
        "flag: maybe\n"
        "integer: 6\n"
        "number: 1e3\n"
        "length: 12\n"
        "color: brnd\n"
        "fruit: plum\n"
        "inner:\n",
        &thing));
    assert_report(fixture,
        "1:1+6 unknown key 'colour' (did you mean 'color'?) [yaml-key-unknown]\n"
        "2:1+3 unknown key 'zzz' (a thing can have: text, flag, integer, number, length, color, fruit, "
        "inner, node) "
        "[yaml-key-unknown]\n"
        "3:7+3 'text' must be a text, not a list [yaml-type]\n"
        "4:7+5 'flag' must be true or false, not 'maybe' [yaml-value]\n"
        "5:10+1 'integer' must be in the range -5 to 5 [yaml-value]\n"
        "6:9+3 'number' must be a number such as 1.25, not '1e3' [yaml-value]\n"
        "7:9+2 'length' must be a length such as 12pt, 0.75in, 20mm or 2cm, not '12' [yaml-value]\n"
        "8:8+4 'color' names the unknown color 'brnd' (did you mean 'brand'?) [yaml-value]\n"
        "9:8+4 'fruit' must be apple or pear, not 'plum' [yaml-value]\n"
        "10:7+0 'inner' needs the key 'count' [yaml-key-missing]\n");
    assert_int_equal(thing.integer, 1); /* wrong: as it was */
    assert_true(thing.length == 2);
}

static void test_schema_of_wrong_kinds(void **state)
{
    struct fixture *fixture = *state;
    struct thing thing = {0};
    assert_false(decode(fixture, "[1]\n", &thing));
    assert_false(decode(fixture, "inner: 3\nlength: 73pt\ncolor: '#12'\ninteger:\n", &thing));
    assert_false(
        decode(fixture, "inner: {count: 99999999999999999999, day: 2023-02-29}\ncolor: magenta\n", &thing));
    assert_report(fixture,
        "1:1+3 a thing must be a mapping of keys and values, not a list [yaml-type]\n"
        "1:8+1 'inner' must be a mapping of keys and values, not a text [yaml-type]\n"
        "2:9+4 'length' must be in the range 0.5pt to 72pt [yaml-value]\n"
        "3:8+5 'color' must be a color such as \"#0b4f6c\", or the name of one, not '#12' [yaml-value]\n"
        "4:9+0 'integer' must be a whole number, and is empty [yaml-value]\n"
        "1:16+20 'count' must be a whole number, not '99999999999999999999' [yaml-value]\n"
        "1:43+10 'day' must be a date such as 2026-11-20, not '2023-02-29' [yaml-value]\n"
        "2:8+7 'color' must be a color such as \"#0b4f6c\", or the name of one, not 'magenta' "
        "[yaml-value]\n");
}

static void test_a_long_wrong_value_is_cut_at_a_character(void **state)
{
    struct fixture *fixture = *state;
    struct thing thing = {0};
    decode(fixture, arena_printf(fixture->arena, "flag: x%s\n", repeated(fixture, "é", 100)), &thing);
    const char *message = fixture->diags.list.at[0].message;
    assert_true(utf8_check(str_from(message)) == SIZE_MAX);
    assert_non_null(strstr(message, "é…'"));
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0}, {"1.25", 1.25}, {"-0.1", -0.1}, {"+7", 7}, {"007.50", 7.5}, {"0.3", 0.3},
        {"123456789012345", 123456789012345}, {"0.000000000000001", 1e-15},
        {"3.14159265358979323846", 3.14159265358979}, {"-0", 0}};
    static const char *const bad[] = {"", "-", "+", ".5", "5.", "1.2.3", "1e3", "0x10", "1,5", " 1", "1 ",
        "inf", "nan", "--1", "1234567890123456", "1_000", "½"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = NAN;
        assert_true(number_parse(str_from(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value;
        assert_false(number_parse(str_from(bad[i]), &value));
    }
}

static void test_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double points;
    } good[] = {{"0", 0}, {"12pt", 12}, {"0.75in", 54}, {"25.4mm", 72}, {"2.54cm", 72}, {"-3pt", -3}};
    static const char *const bad[] = {"", "12", "pt", "12 pt", "12PT", "12px", "1.pt", "12ptpt", "00", "-0"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double points = NAN;
        assert_true(length_parse(str_from(good[i].text), &points));
        assert_true(fabs(points - good[i].points) < 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double points;
        assert_false(length_parse(str_from(bad[i]), &points));
    }
}

static void test_colors(void **state)
{
    (void)state;
    struct color color = {0};
    assert_true(color_parse(STR("#0b4F6c"), &color));
    assert_int_equal(color.r << 16 | color.g << 8 | color.b, 0x0b4f6c);
    assert_true(color_parse(STR("#f80"), &color));
    assert_int_equal(color.r << 16 | color.g << 8 | color.b, 0xff8800);
    static const char *const bad[] = {
        "", "#", "0b4f6c", "#12", "#1234", "#12345", "#1234567", "#ggg", "#12 456", "#-12"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(color_parse(str_from(bad[i]), &color));
}

static void test_dates(void **state)
{
    (void)state;
    struct date date = {0};
    assert_true(date_parse(STR("2024-02-29"), &date));
    assert_int_equal(date.year * 10000 + date.month * 100 + date.day, 20240229);
    assert_true(date_parse(STR("2000-02-29"), &date));
    static const char *const bad[] = {"", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-01",
        "2026-01-00", "2026-04-31", "2026-1-1", "26-01-01", "2026/01/01", "2026-01-01 ", "0000-01-01",
        "+026-01-01", "2026-01-1a"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(str_from(bad[i]), &date));
    assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_days((struct date){1969, 12, 31}), -1);
    assert_int_equal(date_days((struct date){2000, 3, 1}), 11017);
    assert_int_equal(date_days((struct date){2026, 11, 20}), 20777);
    long before = date_days((struct date){1, 1, 1});
    for (int year = 1; year < 2400; year++) { /* every year has its days */
        long next = date_days((struct date){year + 1, 1, 1});
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        assert_int_equal(next - before, 365 + leap);
        before = next;
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_trees),
        TEST(test_positions_count_characters_and_know_all_line_ends),
        TEST(test_node_get),
        TEST(test_syntax_errors),
        TEST(test_what_yaml_has_and_we_have_not),
        TEST(test_duplicate_keys),
        TEST(test_aliases),
        TEST(test_limits),
        TEST(test_hostile_texts_are_refused_at_once),
        TEST(test_mutations),
        TEST(test_schema),
        TEST(test_json_schema),
        TEST(test_schema_finds_all_mistakes),
        TEST(test_schema_of_wrong_kinds),
        TEST(test_a_long_wrong_value_is_cut_at_a_character),
        TEST(test_numbers),
        TEST(test_lengths),
        TEST(test_colors),
        TEST(test_dates),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
