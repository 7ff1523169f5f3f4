#include "design/sheet_schema.h"

#include "design/guide.h"
#include "design/sheet_fields.h"

#include <string.h>

static const char TAKEN[] = ""; /* the name of a field that has its place already */

static size_t count(const struct field *fields)
{
    size_t n = 0;
    while (fields[n].name)
        n++;
    return n;
}

static struct field *find(struct field *fields, const char *name)
{
    while (fields->name && strcmp(fields->name, name) != 0)
        fields++;
    return fields->name ? fields : NULL;
}

/* Two tables, one behind the other; of two fields of one name, the first. */
static struct field *join(struct arena *arena, const struct field *first, const struct field *second)
{
    size_t n = count(first);
    struct field *both = ARENA_ARRAY(arena, struct field, n + count(second) + 1);
    memcpy(both, first, n * sizeof *both);
    for (; second->name; second++)
        if (!find(both, second->name))
            both[n++] = *second;
    return both;
}

/* The fields in the order of the guide, with what it says of them; those that it misses are last. */
static struct field *explain(struct arena *arena, const struct field *fields, const struct guide_word *guide)
{
    static const struct field NONE[] = {{0}};
    struct field *rest = join(arena, fields, NONE);
    size_t all = count(rest), n = 0;
    struct field *sorted = ARENA_ARRAY(arena, struct field, all + 1);
    for (; guide->name; guide++) {
        struct field *field = find(rest, guide->name);
        if (!field)
            continue;
        sorted[n] = *field;
        sorted[n].about = guide->about;
        sorted[n].usual = guide->usual;
        sorted[n++].group = guide->group;
        field->name = TAKEN;
    }
    for (size_t i = 0; i < all; i++)
        if (rest[i].name != TAKEN)
            sorted[n++] = rest[i];
    return sorted;
}

/* What an element's sentence leaves out: which one it starts from. */
static const char *element_about(struct arena *arena, const char *about, enum element from)
{
    if (!about || from == ELEMENT_NONE)
        return about;
    return arena_printf(arena, "%s Starts from `%s`.", about, stylesheet_element_name(from));
}

/* The elements, each with the properties that it can have. */
static struct field *elements(struct arena *arena, const struct field *properties)
{
    static const enum element FROM[] = {
#define STYLE_ELEMENT_FROM(name, text, from) ELEMENT_##from,
        STYLE_ELEMENTS(STYLE_ELEMENT_FROM)
#undef STYLE_ELEMENT_FROM
    };
    const struct field parts[] = {
        {"head", FIELD_RECORD, .record = properties, .about = "The same as the element `table-head`."},
        {"cell", FIELD_RECORD, .record = properties, .about = "The same as the element `table-cell`."},
        {"title", FIELD_RECORD, .record = properties, .about = "The same as the element `table-title`."},
        {"label", FIELD_RECORD, .record = properties, .about = "The same as the element `table-label`."},
        {0},
    };
    const struct field *table = join(arena, parts, properties);
    const struct field *running = join(arena, RUNNING_FIELDS, properties);
    struct field *fields = ARENA_ARRAY(arena, struct field, ELEMENT_COUNT + 1);
    for (size_t i = 0; i < ELEMENT_COUNT; i++)
        fields[i] = (struct field){stylesheet_element_name((enum element)i), FIELD_RECORD,
            .record = i == ELEMENT_TABLE                           ? table
                      : i == ELEMENT_HEADER || i == ELEMENT_FOOTER ? running
                                                                   : properties};
    struct field *explained = explain(arena, fields, GUIDE_ELEMENTS);
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        struct field *field = find(explained, stylesheet_element_name((enum element)i));
        field->about = element_about(arena, field->about, FROM[i]);
    }
    return explained;
}

const struct field *sheet_schema(struct arena *arena, const struct json_schema_part **parts)
{
    const struct field *properties = explain(arena, RULE_FIELDS, GUIDE_PROPERTIES);
    struct field *file = ARENA_NEW(arena, struct field);
    *file = (struct field){"Style sheet of handout", FIELD_RECORD,
        .record = join(arena, SHEET_FIELDS, elements(arena, properties)),
        .about = "How handouts look: styles/NAME.yaml. See styles/README.md."};
    struct json_schema_part *list = ARENA_ARRAY(arena, struct json_schema_part, 3);
    list[0] = (struct json_schema_part){"properties", properties};
    list[1] = (struct json_schema_part){"line", EDGE_FIELDS};
    *parts = list;
    return file;
}
