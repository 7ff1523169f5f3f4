#include "config/yaml.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <assert.h>
#include <yaml.h>

/* How it works: libyaml gives events; a stack of open sequences and mappings (frames) takes them up. The
 * stack's depth is bounded, and reading ends the moment that it is passed, before libyaml, whose work per
 * token grows with the depth, gets slow. libyaml's event carries a mark that counts characters from the start
 * of the text; a cursor that only ever moves a little turns it into an offset in bytes. */

enum {
    MOST_BYTES = 1024 * 1024,
    MOST_DEPTH = 64,
    MOST_NODES = 100000,
    MOST_EXPANDED = 1000,
    FEW_KEYS = 8, /* up to here a look through the keys is quicker than a map */
};

/* What an alias stands for. */
struct anchor {
    struct node *node;
    size_t size, height; /* nodes in it, and levels, itself included */
    bool open;           /* its end has not been read */
};

/* A sequence or mapping whose end has not been read. */
struct frame {
    struct node *node;
    VEC(struct node *) items;
    VEC(struct str) keys;
    VEC(struct pos) key_poses;
    struct map more_keys; /* those from the FEW_KEYSth on → struct pos * */
    bool wants_value;     /* MAPPING: a key has been read, its value not */
    bool flow;
    size_t size, height;
    struct anchor *anchor; /* or NULL */
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    const struct source *source;
    struct frame frames[MOST_DEPTH];
    size_t depth;
    size_t nodes, expanded;
    struct map anchors; /* name → struct anchor * */
    struct node *root;
    size_t index, offset; /* the cursor: as many characters lie in as many bytes */
};

static bool continues(const struct source *source, size_t offset)
{
    return ((unsigned char)source->text.p[offset] & 0xC0) == 0x80;
}

static size_t offset_of(struct reader *reader, yaml_mark_t mark)
{
    const struct source *source = reader->source;
    while (reader->index < mark.index && reader->offset < source->text.n) {
        reader->offset++;
        while (reader->offset < source->text.n && continues(source, reader->offset))
            reader->offset++;
        reader->index++;
    }
    while (reader->index > mark.index && reader->offset > 0) {
        reader->offset--;
        while (reader->offset > 0 && continues(source, reader->offset))
            reader->offset--;
        reader->index--;
    }
    return reader->offset;
}

static struct pos pos_of(struct reader *reader, yaml_mark_t start, yaml_mark_t end)
{
    size_t from = offset_of(reader, start), to = offset_of(reader, end);
    return (struct pos){reader->source, from, to > from ? to - from : 0};
}

static size_t line_of(const struct reader *reader, size_t offset)
{
    size_t line, column;
    source_line_column(reader->source, offset, &line, &column);
    return line;
}

/* What libyaml says, and what is said instead. Where a construct was begun and not ended rightly, its
 * beginning tells more than the place where libyaml noticed. */
static const struct problem {
    const char *words;
    bool at_beginning;
    const char *message, *hint; /* hint NULL: none */
} PROBLEMS[] = {
    {"could not find expected ':'", true, "there is no ': ' behind this key",
        "write 'key: value'; check the indentation"},
    {"mapping values are not allowed in this context", false, "a ': ' cannot stand here",
        "put quotes round a text that contains ': '; check the indentation"},
    {"found unexpected end of stream", true, "this quote is never closed", NULL},
    {"found unexpected document indicator", true, "this quote is never closed", NULL},
    {"did not find expected ',' or ']'", false, "expected ',' or ']'",
        "put quotes round a text that contains brackets or commas"},
    {"did not find expected ',' or '}'", false, "expected ',' or '}'",
        "put quotes round a text that contains brackets or commas"},
    {"did not find expected key", false, "expected a 'key: value'",
        "check the indentation; a text with quotes inside needs quotes round it"},
    {"did not find expected '-' indicator", false, "expected a '- ' for the next item",
        "check the indentation"},
    {"did not find expected node content", false, "expected a value", NULL},
    {"block sequence entries are not allowed in this context", false, "a '- ' cannot stand here",
        "begin a list in the line below its key; put quotes round a text that is just '-'"},
    {"mapping keys are not allowed in this context", false, "a '? ' cannot stand here",
        "put quotes round a text that begins with it"},
    {"did not find expected alphabetic or numeric character", true, "a name must follow this sign",
        "put quotes round a text that begins with '&' or '*'"},
    {"found unknown escape character", false, "unknown escape in a text in double quotes",
        "write '\\\\' for a backslash, or use single quotes"},
    {"found undefined tag handle", true, "tags are not supported",
        "put quotes round a text that begins with '!'"},
    {"found a tab character that violates indentation", false, "a tab cannot indent YAML", "use spaces"},
    {"found a tab character where an indentation space is expected", false, "a tab cannot indent YAML",
        "use spaces"},
};

static void fail_at_character(struct reader *reader, size_t offset)
{
    struct str text = reader->source->text;
    struct pos pos = {reader->source, offset, 1};
    if (offset < text.n && text.p[offset] == '\t')
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax", "a tab cannot indent YAML (use spaces)");
    else
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax",
            "a text cannot begin with '%.1s' (put quotes round it)", offset < text.n ? text.p + offset : "");
}

/* A construct that runs to the end of the file: libyaml notices there, the author wants to know the
 * beginning. */
static bool fail_unclosed(struct reader *reader, const char *problem, size_t beginning, size_t noticed)
{
    struct str rest = str_slice(reader->source->text, noticed, SIZE_MAX);
    struct str opened = str_slice(reader->source->text, beginning, beginning + 1);
    if (str_trim(rest).n || !(str_is(opened, "[") || str_is(opened, "{")) || !strchr(problem, ','))
        return false;
    diag_at(reader->diags, SEVERITY_ERROR, ((struct pos){reader->source, beginning, 1}), "yaml-syntax",
        "this '%.*s' is never closed", STR_FMT(opened));
    return true;
}

static const struct problem *find_problem(const char *words)
{
    for (size_t i = 0; i < sizeof PROBLEMS / sizeof *PROBLEMS; i++)
        if (strcmp(words, PROBLEMS[i].words) == 0)
            return &PROBLEMS[i];
    return NULL;
}

static void fail_syntax(struct reader *reader, const yaml_parser_t *parser)
{
    const char *problem = parser->problem ? parser->problem : "this cannot be read";
    if (parser->error == YAML_MEMORY_ERROR)
        out_of_memory();
    if (parser->error == YAML_READER_ERROR) {
        struct pos pos = {reader->source, parser->problem_offset, 1};
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax",
            "the control character U+%04X is not allowed", (unsigned)parser->problem_value);
        return;
    }
    size_t noticed = offset_of(reader, parser->problem_mark);
    if (strcmp(problem, "found character that cannot start any token") == 0) {
        fail_at_character(reader, noticed);
        return;
    }
    size_t beginning = parser->context ? offset_of(reader, parser->context_mark) : noticed;
    if (fail_unclosed(reader, problem, beginning, noticed))
        return;
    const struct problem *known = find_problem(problem);
    struct pos pos = {reader->source, known && known->at_beginning ? beginning : noticed, 0};
    size_t first_line = line_of(reader, beginning);
    const char *where = "";
    if (line_of(reader, pos.offset) > first_line)
        where = arena_printf(reader->arena, " in what begins in line %zu", first_line);
    if (known && known->hint)
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax", "%s%s (%s)", known->message, where,
            known->hint);
    else
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax", "%s%s", known ? known->message : problem,
            where);
}

static const struct pos *find_key(const struct frame *frame, struct str key)
{
    for (size_t i = 0; i < frame->keys.n && i < FEW_KEYS; i++)
        if (str_eq(frame->keys.at[i], key))
            return &frame->key_poses.at[i];
    return map_get(&frame->more_keys, key);
}

static void add_key(struct reader *reader, struct frame *frame, struct str key, struct pos pos)
{
    if (frame->keys.n >= FEW_KEYS) {
        struct pos *kept = ARENA_NEW(reader->arena, struct pos);
        *kept = pos;
        map_put(reader->arena, &frame->more_keys, key, kept);
    }
    vec_push(reader->arena, &frame->keys, key);
    vec_push(reader->arena, &frame->key_poses, pos);
    frame->wants_value = true;
}

/* Takes a node, which stands at `pos` (elsewhere than node->pos for an alias), as the next key of a mapping.
 */
static void take_key(struct reader *reader, struct frame *frame, const struct node *node, struct pos pos)
{
    const struct pos *first = NULL;
    if (node->kind != NODE_SCALAR) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "a key must be a text, not a list or mapping");
    } else if (node->plain && node->text.n == 0) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax", "there is no key before this ':'");
    } else if (node->plain && str_is(node->text, "<<")) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "merge keys are not supported (write the keys out)");
    } else if ((first = find_key(frame, node->text)) != NULL) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-key-duplicate",
            "the key '%.*s' is here twice (first in line %zu)", STR_FMT(node->text),
            line_of(reader, first->offset));
    }
    add_key(reader, frame, node->kind == NODE_SCALAR ? node->text : STR(""), pos);
}

/* Gives a whole node of `size` nodes and `height` levels to the frame on top, or makes it the root. */
static void attach(struct reader *reader, struct node *node, struct pos pos, size_t size, size_t height)
{
    if (reader->depth == 0) {
        reader->root = node;
        return;
    }
    struct frame *frame = &reader->frames[reader->depth - 1];
    frame->size += size;
    if (frame->height < height + 1)
        frame->height = height + 1;
    if (frame->node->kind == NODE_MAPPING && !frame->wants_value) {
        take_key(reader, frame, node, pos);
        return;
    }
    vec_push(reader->arena, &frame->items, node);
    frame->wants_value = false;
}

static struct anchor *anchor_new(struct reader *reader, const yaml_char_t *name, struct node *node, bool open)
{
    if (!name)
        return NULL;
    struct anchor *anchor = ARENA_NEW(reader->arena, struct anchor);
    *anchor = (struct anchor){.node = node, .size = 1, .height = 1, .open = open};
    struct str key = str_copy(reader->arena, str_from((const char *)name));
    map_put(reader->arena, &reader->anchors, key, anchor);
    return anchor;
}

/* A new node at an event, counted. */
static struct node *node_new(
    struct reader *reader, enum node_kind kind, struct pos pos, const yaml_char_t *tag)
{
    struct node *node = ARENA_NEW(reader->arena, struct node);
    node->kind = kind;
    node->pos = pos;
    if (tag)
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "tags are not supported (put quotes round a text that begins with '!')");
    reader->nodes++;
    return node;
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85);
}

static void read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct pos pos = pos_of(reader, event->start_mark, event->end_mark);
    struct node *node = node_new(reader, NODE_SCALAR, pos, event->data.scalar.tag);
    yaml_scalar_style_t style = event->data.scalar.style;
    size_t length = event->data.scalar.length;
    const char *text = (const char *)event->data.scalar.value;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        while (length && text[length - 1] == '\n')
            length--;
    node->text = str_copy(reader->arena, (struct str){text, length});
    node->plain = style == YAML_PLAIN_SCALAR_STYLE;
    for (size_t at = 0; at < length;) {
        uint32_t c = utf8_next(node->text, &at);
        if (!is_control(c))
            continue;
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "this text holds the control character U+%04X", (unsigned)c);
        break;
    }
    anchor_new(reader, event->data.scalar.anchor, node, false);
    attach(reader, node, pos, 1, 1);
}

/* "{{clinic.name}}" without quotes is YAML for a mapping whose key is a mapping. */
static bool is_bare_variable(const struct reader *reader, struct pos pos)
{
    return pos.offset > 0 && reader->source->text.p[pos.offset - 1] == '{' &&
           str_starts(str_slice(reader->source->text, pos.offset, SIZE_MAX), "{");
}

static bool open_frame(struct reader *reader, enum node_kind kind, const yaml_event_t *event,
    const yaml_char_t *tag, const yaml_char_t *anchor, bool flow)
{
    struct pos pos = {reader->source, offset_of(reader, event->start_mark), 0};
    if (reader->depth == MOST_DEPTH) {
        diag_at(
            reader->diags, SEVERITY_ERROR, pos, "yaml-limit", "nested more than %d levels deep", MOST_DEPTH);
        return false;
    }
    if (is_bare_variable(reader, pos)) {
        pos.offset--;
        pos.length = 2;
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "a text that begins with '{{' needs quotes round it");
        return false;
    }
    struct frame *frame = &reader->frames[reader->depth++];
    *frame = (struct frame){.flow = flow, .size = 1, .height = 1};
    frame->node = node_new(reader, kind, pos, tag);
    frame->anchor = anchor_new(reader, anchor, frame->node, true);
    return true;
}

static void close_frame(struct reader *reader, const yaml_event_t *event)
{
    assert(reader->depth > 0);
    struct frame *frame = &reader->frames[--reader->depth];
    struct node *node = frame->node;
    node->items = frame->items.at;
    node->n = frame->items.n;
    node->keys = frame->keys.at;
    node->key_poses = frame->key_poses.at;
    if (frame->flow)
        node->pos.length = offset_of(reader, event->end_mark) - node->pos.offset;
    if (frame->anchor) {
        frame->anchor->size = frame->size;
        frame->anchor->height = frame->height;
        frame->anchor->open = false;
    }
    attach(reader, node, node->pos, frame->size, frame->height);
}

/* An alias refers to the anchored node itself; limits count the tree as it would be with copies. */
static bool read_alias(struct reader *reader, const yaml_event_t *event)
{
    struct pos pos = pos_of(reader, event->start_mark, event->end_mark);
    const char *name = (const char *)event->data.alias.anchor;
    struct anchor *anchor = map_get(&reader->anchors, str_from(name));
    if (!anchor || anchor->open) {
        if (anchor)
            diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
                "the alias '*%s' lies inside what it stands for", name);
        else
            diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax",
                "nothing is named '&%s' before this alias (put quotes round a text that begins with '*')",
                name);
        struct node *instead = node_new(reader, NODE_SCALAR, pos, NULL);
        instead->text = STR("?");
        attach(reader, instead, pos, 1, 1);
        return true;
    }
    reader->expanded += anchor->size;
    if (reader->expanded > MOST_EXPANDED) {
        diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-limit",
            "aliases stand for more than %d values in all", MOST_EXPANDED);
        return false;
    }
    if (reader->depth + anchor->height > MOST_DEPTH + 1) {
        diag_at(
            reader->diags, SEVERITY_ERROR, pos, "yaml-limit", "nested more than %d levels deep", MOST_DEPTH);
        return false;
    }
    attach(reader, anchor->node, pos, anchor->size, anchor->height);
    return true;
}

/* Takes up one event; false when reading cannot go on. */
static bool read_event(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: read_scalar(reader, event); break;
    case YAML_SEQUENCE_START_EVENT:
        return open_frame(reader, NODE_SEQUENCE, event, event->data.sequence_start.tag,
            event->data.sequence_start.anchor, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
        return open_frame(reader, NODE_MAPPING, event, event->data.mapping_start.tag,
            event->data.mapping_start.anchor, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: close_frame(reader, event); break;
    case YAML_ALIAS_EVENT: return read_alias(reader, event);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: break;
    }
    return true;
}

/* Looks at what follows the document: libyaml is not asked, because it would first read any number of
 * directives. */
static void check_end(struct reader *reader, const yaml_event_t *event)
{
    struct str text = reader->source->text;
    size_t at = offset_of(reader, event->end_mark);
    while (at < text.n) {
        struct str rest = str_slice(text, at, text.n), line = str_trim(str_cut(&rest, '\n'));
        if (line.n && line.p[0] != '#' && !str_is(line, "...")) {
            struct pos pos = {reader->source, (size_t)(line.p - text.p), line.n};
            if (str_starts(line, "---"))
                diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-unsupported",
                    "a file holds one document only (take this line away)");
            else
                diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-syntax",
                    "nothing is expected here (check the indentation)");
            return;
        }
        at = (size_t)(rest.p - text.p);
    }
}

static void read_events(struct reader *reader, yaml_parser_t *parser)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            fail_syntax(reader, parser);
            return;
        }
        more = event.type != YAML_STREAM_END_EVENT && event.type != YAML_DOCUMENT_END_EVENT;
        if (event.type == YAML_DOCUMENT_END_EVENT)
            check_end(reader, &event);
        else if (more)
            more = read_event(reader, &event);
        yaml_event_delete(&event);
        if (reader->nodes > MOST_NODES) {
            struct pos pos = {reader->source, reader->offset, 0};
            diag_at(reader->diags, SEVERITY_ERROR, pos, "yaml-limit", "more than %d values", MOST_NODES);
            return;
        }
    }
}

/* The first line that says something, when it is a directive ("%YAML 1.2", "%TAG …"). */
static bool has_directive(const struct source *source, struct pos *pos)
{
    for (struct str rest = source->text; rest.n;) {
        struct str line = str_cut(&rest, '\n'), trimmed = str_trim(line);
        if (!trimmed.n || trimmed.p[0] == '#')
            continue;
        *pos = (struct pos){source, (size_t)(line.p - source->text.p), trimmed.n};
        return line.p[0] == '%';
    }
    return false;
}

struct node *yaml_parse(struct arena *arena, struct diags *diags, const struct source *source)
{
    struct reader reader = {.arena = arena, .diags = diags, .source = source};
    struct pos pos = {source, 0, 0};
    if (source->text.n > MOST_BYTES) {
        diag_at(diags, SEVERITY_ERROR, pos, "yaml-limit", "this file is larger than %d bytes", MOST_BYTES);
        return NULL;
    }
    if (has_directive(source, &pos)) {
        diag_at(diags, SEVERITY_ERROR, pos, "yaml-unsupported",
            "directives are not supported (take this line away)");
        return NULL;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        out_of_memory();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->text.p, source->text.n);
    size_t errors_before = diags->errors;
    read_events(&reader, &parser);
    yaml_parser_delete(&parser);
    if (diags->errors > errors_before)
        return NULL;
    struct node *root = reader.root;
    if (!root || (root->kind == NODE_SCALAR && root->plain && root->text.n == 0)) {
        root = ARENA_NEW(arena, struct node);
        root->kind = NODE_MAPPING;
        root->pos = (struct pos){source, 0, 0};
    }
    return root;
}

struct node *node_get_str(const struct node *node, struct str key)
{
    if (!node || node->kind != NODE_MAPPING)
        return NULL;
    for (size_t i = 0; i < node->n; i++)
        if (str_eq(node->keys[i], key))
            return node->items[i];
    return NULL;
}

struct node *node_get(const struct node *node, const char *key)
{
    return node_get_str(node, str_from(key));
}
