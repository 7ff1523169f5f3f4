"""The tables of styles/README.md, made from the JSON Schema of style sheets (`handout schema style`).

Each stands between the lines `<!-- table NAME, from the schema: make bless -->` and `<!-- end -->`."""

import re

BEGIN = re.compile(r"(<!-- table (\w+), from the schema: make bless -->\n).*?(<!-- end -->)", re.S)


class Schema:
    def __init__(self, schema):
        self.root, self.parts = schema["properties"], schema["$defs"]
        self.properties = self.parts["properties"]["properties"]

    def keys(self, value):
        """What a mapping holds, also one that the schema only refers to; None for anything else."""
        name = value.get("$ref", "").rpartition("/")[2]
        return (self.parts[name] if name else value).get("properties")

    def is_element(self, name):
        return "font" in (self.keys(self.root[name]) or {})


def words(names):
    names = [f"`{name}`" for name in names]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def plain(number):
    return f"{number:g}"


def meaning(value):
    """The sentence, without what has columns of its own."""
    text = re.sub(r" Default: .*\.$", "", value.get("description", ""))
    return re.sub(r" From \S+pt to \S+pt\.$", "", text)


def default(value):
    said = re.search(r" Default: (.*)\.$", value.get("description", ""))
    if said:
        return said[1]
    if "default" not in value:
        return ""
    shown = value["default"]
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def kind(value):
    """What can be written, with its unit and bounds."""
    pattern = value.get("pattern", "")
    if "enum" in value:
        return words("true false".split() if value["enum"][0] is True else map(str, value["enum"]))
    if "(pt|in" in pattern:
        bounds = re.search(r" From (\S+pt) to (\S+pt)\.", value.get("description", ""))
        return f"length, {bounds[1]} to {bounds[2]}" if bounds else "length"
    if "#" in pattern:
        return "color"
    if value.get("$ref") == "#/$defs/line":
        return "`{width, color}`"
    if value.get("type") in ("integer", "number"):
        whole = "whole number" if value["type"] == "integer" else "number"
        return f"{whole}, {plain(value['minimum'])} to {plain(value['maximum'])}"
    if value.get("type") == "array":
        item = value["items"]
        return f"`[generous, tightest]`, each {plain(item['minimum'])} to {plain(item['maximum'])}"
    if value.get("type") == "object":
        return "names, each with a " + ("color" if "#" in value["additionalProperties"]["pattern"] else "family")
    return "text"


def table(heads, rows):
    return "".join(f"| {' | '.join(row)} |\n" for row in [heads, ["---"] * len(heads), *rows])


def row(name, value):
    return [name, kind(value), default(value), meaning(value)]


def flat(schema, fields, path=""):
    """Rows for keys, and for the keys within them."""
    rows = []
    for name, value in fields.items():
        inner = schema.keys(value)
        if inner and "$ref" not in value:
            rows.append([f"`{path}{name}`", "", "", meaning(value)])
            rows += flat(schema, inner, f"{path}{name}: ")
        else:
            rows.append(row(f"`{path}{name}`", value))
    return rows


def grouped(fields, heads, make):
    """A table for each group, under its title."""
    groups = []
    for name, value in fields.items():
        if "$comment" in value or not groups:
            groups.append((value.get("$comment"), []))
        groups[-1][1].append(make(f"`{name}`", value))
    return "\n".join((f"**{title}**\n\n" if title else "") + table(heads, rows) for title, rows in groups)


def tables(schema):
    schema = Schema(schema)
    own = {name: value for name, value in schema.root.items() if not schema.is_element(name)}
    elements = {name: value for name, value in schema.root.items() if schema.is_element(name)}
    running = {name: value for name, value in schema.keys(schema.root["footer"]).items() if name not in schema.properties}
    heads = ["key", "value", "default", "meaning"]
    return {
        "sheet": table(heads, flat(schema, own)),
        "elements": grouped(elements, ["element", "what it is"], lambda name, value: [name, meaning(value)]),
        "properties": grouped(schema.properties, ["property", *heads[1:]], row),
        "line": table(heads, flat(schema, schema.parts["line"]["properties"])),
        "running": table(heads, flat(schema, running)),
    }


def fill(text, schema):
    """The text with its tables made anew."""
    made = tables(schema)
    return BEGIN.sub(lambda match: f"{match[1]}\n{made[match[2]]}\n{match[3]}", text)
