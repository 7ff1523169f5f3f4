"""What editors know of the YAML files: the JSON Schemas that `handout schema` prints, judged by an outsider
(python3-jsonschema) with the files that come with the program and with broken ones; and the tables of styles/README.md,
which are made from them.

HANDOUT_BLESS=1 (make bless) writes the schemas beside the files, and the tables anew."""

import json
import os
import re
import unittest

from cases.support import CLINIC, ROOT, SOURCES, Case, definition
from tools import style_tables

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = None

# Where the schema of each kind lies, and the files of that kind.
KINDS = {
    "style": ("styles/style.schema.json", "styles/*.yaml"),
    "handout": ("content/schemas/handout.schema.json", "content/handouts/*.yaml"),
    "clinic": ("content/schemas/clinic.schema.json", "content/clinic.yaml"),
    "fonts": ("fonts/fonts.schema.json", "fonts/fonts.yaml"),
    "sources": ("content/schemas/sources.schema.json", "content/sources.yaml"),
    "glossary": ("content/schemas/glossary.schema.json", "content/*/glossary.yaml"),
    "words": ("content/schemas/words.schema.json", "content/*/words.yaml"),
    "check": ("content/schemas/check.schema.json", "content/check.yaml"),
    "lexicon": ("content/schemas/lexicon.schema.json", "content/*/check.yaml"),
}
README = ROOT / "styles/README.md"
BLESS = os.environ.get("HANDOUT_BLESS")


def load(text):
    """YAML as editors read it: by the core schema of YAML 1.2, in which a date is a text and `no` is a word."""
    class Core(yaml.CSafeLoader):
        yaml_implicit_resolvers = {}
    for tag, pattern, first in (("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
            ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
            ("int", r"[-+]?[0-9]+", list("-+0123456789")),
            ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789"))):
        Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first)
    return yaml.load(text, Core)


class Editors(Case):
    def schema(self, kind):
        return json.loads(self.expect(0, "schema", kind).out)

    def test_the_files_are_what_is_printed(self):
        for kind, (path, _) in KINDS.items():
            with self.subTest(kind):
                printed = self.expect(0, "schema", kind).out
                if BLESS:
                    (ROOT / path).parent.mkdir(exist_ok=True)
                    (ROOT / path).write_text(printed)
                self.assertEqual((ROOT / path).read_text(), printed, "make bless writes it anew")

    def test_the_schema_of_reports_is_what_is_printed(self):
        """It lies there so that nobody changes it unawares: within its version, members and lines may only be added."""
        path, printed = ROOT / "src/run/report.schema.json", self.expect(0, "schema", "report").out
        if BLESS:
            path.write_text(printed)
        self.assertEqual(path.read_text(), printed, "make bless writes it anew")

    def test_every_key_is_explained(self):
        """A new element or property of style sheets is explained in src/design/guide.c, all else in its table of fields."""
        def visit(value, path):
            for name, field in value.get("properties", {}).items():
                self.assertRegex(field.get("description", ""), r"^\S.*\.$", f"{path}: {name} has no sentence (src/design/guide.c has those of styles)")
                visit(field, f"{path} {name}")
            for part in [value.get("items"), value.get("additionalProperties"), *value.get("anyOf", []),
                *value.get("$defs", {}).values()]:
                if isinstance(part, dict):
                    visit(part, path)
        for kind in KINDS:
            with self.subTest(kind):
                visit(self.schema(kind), kind)

    def test_the_guide_has_no_word_too_many(self):
        guide = (ROOT / "src/design/guide.c").read_text()
        schema = self.schema("style")
        known = set(schema["properties"]) | set(schema["$defs"]["properties"]["properties"])
        self.assertEqual(set(re.findall(r'^    \{"([a-z0-9-]+)",', guide, re.M)) - known, set())

    def test_the_files_name_their_schemas(self):
        for schema, files in KINDS.values():
            for path in ROOT.glob(files):
                first = path.read_text().splitlines()[0]
                self.assertRegex(first, r"^# yaml-language-server: \$schema=", path)
                self.assertEqual((path.parent / first.partition("=")[2]).resolve(), ROOT / schema, path)

    def test_the_tables_of_the_styles(self):
        text = README.read_text()
        made = style_tables.fill(text, self.schema("style"))
        if BLESS:
            README.write_text(made)
            text = made
        self.assertEqual(re.findall(r"<!-- table (\w+)", text), ["sheet", "running", "elements", "properties", "line"])
        self.assertMultiLineEqual(text, made, "make bless makes them anew")
        schema = self.schema("style")
        for name in [*schema["properties"], *schema["$defs"]["properties"]["properties"]]:
            self.assertRegex(text, rf"(?m)^\| `{name}` ", "not in styles/README.md")

    def test_the_defaults_are_true(self):
        """A sheet that says next to nothing, and one that says every default, make the same pages."""
        schema = self.schema("style")
        defaults = lambda fields: {name: field["default"] for name, field in fields.items() if "default" in field}
        own, keys = schema["properties"], style_tables.Schema(schema)
        bare = {"fonts": {"t": "Noto Sans"}, "text": {"font": "t", "size": "12pt"}, "callout": {"rule": {"width": "3pt"}},
            "footer": {"left": "{{page}}"}}
        full = {name: defaults(keys.keys(own[name])) for name in own if keys.is_element(name) and name != "header"}
        self.assertGreater(sum(map(len, full.values())), 1000)
        full["page"] = {"size": "letter", **{part: defaults(own["page"]["properties"][part]["properties"]) for part in ("margins", "side")}}
        full["fit"] = defaults(own["fit"]["properties"])
        full["callout"]["rule"] = defaults(schema["$defs"]["line"]["properties"])
        for name, value in bare.items():
            inner = full.setdefault(name, {})
            full[name] = inner | {key: inner.get(key, {}) | part if isinstance(part, dict) else part for key, part in value.items()}
        for source in sorted((ROOT / "tests/golden").glob("*.md")):
            if source.name == "README.md":
                continue
            for stage in ("boxes", "pages"):
                dumps = []
                for sheet in (bare, full):
                    self.write("sheet.yaml", json.dumps(sheet))
                    dumps.append(self.expect(0, "build", source, "-s", self.dir / "sheet.yaml", "--dump", stage, cwd=ROOT).out)
                with self.subTest(source=source.name, stage=stage):
                    self.assertMultiLineEqual(*dumps)

    def test_a_kind_that_does_not_exist(self):
        for args in ([], ["sytle"], ["style", "clinic"]):
            done = self.expect(2, "schema", *args)
            self.assertIn("takes one KIND: style, handout, clinic,", done.err)

    def test_a_new_topic_names_the_schema_that_is_there(self):
        self.project("alpha")
        self.expect(0, "new", "beta")
        self.assertRegex(self.read("content/handouts/beta.yaml"), r"^id: beta\n")
        self.write("content/schemas/handout.schema.json", self.expect(0, "schema", "handout").out)
        self.expect(0, "new", "gamma")
        self.assertRegex(self.read("content/handouts/gamma.yaml"),
            r"^# yaml-language-server: \$schema=\.\./schemas/handout\.schema\.json\nid: gamma\n")


@unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
class Judged(Case):
    """The program and the schema agree."""

    def judge(self, kind, text):
        """What an editor would mark."""
        schema = json.loads((ROOT / KINDS[kind][0]).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        return [f"{error.json_path}: {error.message[:200]}"
            for error in jsonschema.Draft202012Validator(schema).iter_errors(load(text))]

    def test_what_is_shipped_is_valid(self):
        for kind, (_, files) in KINDS.items():
            paths = sorted(ROOT.glob(files))
            self.assertTrue(paths, kind)
            for path in paths:
                with self.subTest(path.name):
                    self.assertEqual(self.judge(kind, path.read_text()), [])

    def test_what_tests_build_is_valid(self):
        for name in ("parent.yaml", "child.yaml"):
            self.assertEqual(self.judge("style", (ROOT / "tests/fixtures/styles" / name).read_text()), [])
        self.assertEqual(self.judge("clinic", CLINIC), [])
        self.assertEqual(self.judge("sources", SOURCES), [])
        self.assertEqual(self.judge("handout", definition("alpha")), [])

    def test_a_new_topic_is_valid(self):
        self.project("alpha")
        self.expect(0, "new", "beta")
        self.assertEqual(self.judge("handout", self.read("content/handouts/beta.yaml")), [])

    # What both take although it looks odd.
    ODD = {
        "style": ["extends: base\nheading-2:\npage:\n", "extends: base\nheading: {weight: 600, color: '#abc'}\n",
            "extends: base\ntext: {size: +12.5pt, hyphenate: no, space-after: 0}\npeople: {per-row: 25}\n",
            "extends: base\ntable: {head: {color: ink}, cell: {padding: 2mm}}\nfooter: {left: 7, first-page: yes}\n"],
        "handout": [definition("alpha", version="1.0", reviewed="", aliases=""), definition("alpha", codes="{snomed-ct: [396275006]}"),
            definition("alpha", reviewed="{by: '', on: '', due: }", updated="'2026-02-28'")],
        "clinic": ["name: {en: A, es-US: B}\nphone:\nprices: {version: 2, updated: 2026-11-20, items: }\nextra: [1, {a: b}]\n"],
        "sources": ["a-1: {publisher: P, title: 1984, year: 2000, url: '', figures: {'1,000': people}}\n"],
    }

    # What both refuse.
    BROKEN = {
        "style": ["colour: {ink: '#000000'}", "text: {size: 12}", "text: {size: 12px}", "text: {leading: tight}", "page: {size: a3}",
            "heading: {color: '#12'}", "callout: {label: maybe}", "table: {colums: 2}", "fit: {space: [1]}", "fit: {space: 0.9}",
            "heading: {rule: 2pt}", "heading: {padding: -3pt}", "text: {leading: 9}", "people: {per-row: 7}", "colors: [ink]",
            "footer: {middle: x}", "section: {columns: 3}", "page: {margins: {inner: 1in}}", "fonts: {text: ''}", "heading: bold"],
        "handout": [definition("alpha", version="''"), definition("alpha", updated="2026-2-1"), definition("alpha", updated="''"),
            definition("alpha", status="final"), definition("alpha", fit="{pages: 0}"), definition("alpha", fit="4"),
            definition("alpha", aliases="oa"), definition("alpha", aliases="[Big_One]"), definition("alpha", titel="x"),
            definition("alpha", codes="{icd-10-cm: [m17]}"), definition("alpha").replace("role: summary", "role: intro"),
            definition("alpha").replace(".md", ".txt"), definition("alpha").replace("  en:", "  english:"),
            definition("alpha").replace("    purpose: What it is.\n", ""), "id: alpha\nversion: 1\nupdated: 2026-11-20\nlanguages: {}\n"],
        "clinic": [CLINIC + "fax: 1\n", CLINIC.replace("sample: true", "sample: perhaps"), CLINIC.replace("2026-11-20", "today"),
            CLINIC + "state: California\n", CLINIC.replace("name: Example Joint Clinic\n", ""),
            CLINIC.replace("items: []", "items: [{id: a b, label: x}]"), CLINIC.replace("items: []", "items: [{label: x}]"),
            CLINIC + "address: [a, b]\n", CLINIC + "tagline: {english: x}\n"],
        "fonts": ["Some Font: {licence: OFL-1.1}", "Some Font: {licence: OFL-1.1, faces: []}",
            "Some Font: {licence: OFL-1.1, faces: [{file: a.ttf, weight: bold, sha256: '" + "0" * 64 + "'}]}",
            "Some Font: {licence: OFL-1.1, faces: [{file: a.ttf, weight: 400, sha256: '123'}]}",
            "Some Font: {licence: OFL-1.1, faces: [{file: ../a.ttf, weight: 400, sha256: '" + "0" * 64 + "'}]}", "{}"],
        "sources": ["Smith: {publisher: P, title: T, year: 2000}", "a: {publisher: P, title: T}", "a: {publisher: P, title: T, year: 20}",
            "a: {publisher: P, title: T, year: 2000, url: example.org}", "a: {publisher: P, title: T, year: 2000, read: yesterday}",
            "a: {publisher: P, title: T, year: 2000, lang: English}", "a: {publisher: P, title: T, year: 2000, figures: [1]}", "- a"],
        "glossary": ["disc: {forms: [discs]}", "disc: {plain: a cushion, forms: discs}", "disc: {plain: a cushion, froms: []}"],
    }

    def program(self, kind, text):
        """Runs the program on a project with that text as its file; nothing but that file can be wrong."""
        self.setUp()
        self.project("alpha")
        if kind == "style":
            self.write("own.yaml", text)
            return self.handout("build", "alpha", "-s", "own.yaml")
        if kind == "fonts":
            (self.dir / "fonts").unlink()
        if kind == "glossary":
            self.judged()
        name = {"handout": "content/handouts/alpha.yaml", "clinic": "content/clinic.yaml", "fonts": "fonts/fonts.yaml",
            "sources": "content/sources.yaml", "glossary": "content/en/glossary.yaml"}[kind]
        self.write(name, text)
        return self.handout("check" if kind == "glossary" else "build", "alpha")

    def test_both_take_what_is_odd(self):
        for kind, texts in self.ODD.items():
            for text in texts:
                with self.subTest(kind=kind, text=text):
                    self.assertEqual(self.judge(kind, text), [])
                    done = self.program(kind, text)
                    self.assertEqual(done.status, 0, done)

    def test_both_refuse_what_is_broken(self):
        for kind, texts in self.BROKEN.items():
            for text in texts:
                with self.subTest(kind=kind, text=text):
                    self.assertNotEqual(self.judge(kind, text), [])
                    done = self.program(kind, "extends: base\n" + text if kind == "style" else text)
                    self.assertEqual(done.status, 1, done)
                    self.assertRegex(done.err + done.out,
                        r"error: .* \[(yaml-\w+(-\w+)?|font-catalogue|id-invalid|lang-invalid|clinic-state|code-invalid|source-url|font-unknown)\]")
