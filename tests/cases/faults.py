"""Single faults put into the shipped content, and what `check` must make of each: tests/faults/*.fault.

A fault:

    A digit pair is swapped: 480 people become 840.
    $ handout check osteoarthritis
    == content/en/osteoarthritis/evidence.md
    - study, 480 people
    + study, {+840+} people
    == number-unread

In the file behind ==, the text of the - lines becomes that of the + lines. It must stand there exactly once; … is any text.
Some - and + lines again are the next replacement; + lines alone are a new file; "* PATH" makes it a copy of that file of this
repository; "@ TEXT" changes nothing, and shows a place. The rule behind the last == must find exactly what stands between {+
and +}, once for each such mark; {++} marks only where it begins, and "RULE somewhere in FILE" leaves that open. The severity
is that of the profile, or what is written before the rule. Nothing else may be found but what the untouched content has: that
it awaits review, and notes. A blank line ends a fault. "--clinic clinic.yaml" is a clinic that has filled everything in."""

import os
import re
import shutil
from collections import Counter, namedtuple
from functools import cache

from cases.support import ROOT, TOPICS, Case

FOLDER = ROOT / "tests/faults"
MARK = re.compile(r"\{\+(.*?)\+\}", re.S)
FINDING = re.compile(r"(\S.*?):(?:(\d+):(\d+):)? (error|warning|note): (.*) \[([a-z-]+)\]")
# What the untouched content has, and no fault can add.
ALWAYS = "not-reviewed"
ENOUGH = 70

# What a reviewer changes in a definition, written as a fault.
REVIEW = """\
- status: draft                # draft
+ status: reviewed  # draft
-   by: ""
-   on: ""
-   due: ""
+   by: A clinician
+   on: 2026-11-20
+   due: 2027-11-20
""".splitlines()

# A line of the report: place is file, line, column; text is what is underlined there, and may be cut.
Finding = namedtuple("Finding", "line place severity code text cut")


def plain(text):
    return MARK.sub(r"\1", text)


@cache
def severities():
    """The severity of each rule in the profile."""
    profile = (ROOT / "content/check.yaml").read_text(encoding="utf-8")
    return dict(re.findall(r"^  ([a-z-]+): +\{severity: (\w+)", profile, re.M))


class Fault:
    """Text and place of a fault, the command, the changes by file, and what is expected."""

    def __init__(self, where, text):
        self.where = where
        self.title, command, *parts = re.split(r"\n(?:\$ handout |== )", text)
        self.command = command.split()
        expected, _, self.somewhere = parts.pop().partition(" somewhere in ")
        self.severity, self.rule = ([""] + expected.split())[-2:]
        self.severity = self.severity or severities()[self.rule]
        self.files = [(part.split("\n")[0], part.split("\n")[1:]) for part in parts]

    def __str__(self):
        return f"{self.where}: {self.title}"


def read_faults():
    for path in sorted(FOLDER.glob("*.fault")):
        text = re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
        for match in re.finditer(r"(?:.+\n)+", text):
            line = text.count("\n", 0, match.start()) + 1
            yield Fault(f"{path.relative_to(ROOT)}:{line}", match[0].strip("\n"))


def replacements(lines):
    """Pairs of texts, old and new, from the lines of a fault."""
    pairs, last = [], "+"
    for line in lines:
        sign, text = line[0], line[2:]
        if sign == "@":
            pairs.append(([plain(text)], [text]))
        elif sign == "-" and last != "-" or not pairs:
            pairs.append(([], []))
        if sign in "-+":
            pairs[-1][sign == "+"].append(text)
        last = "+" if sign == "@" else sign
    return [("\n".join(old), "\n".join(new)) for old, new in pairs]


def changed(text, lines):
    """The text with its marks after the changes; an error if it has not each replaced stretch exactly once."""
    for old, new in replacements(lines):
        found = re.findall(".*?".join(map(re.escape, old.split("…"))), text, re.S)
        if len(found) != 1:
            raise ValueError(f"this stands there {len(found)} times, and should once:\n{old}")
        text = text.replace(found[0], new)
    return text


def marks(name, text):
    """The places of the marks in a text: file, line, column, and what is marked up to the line's end."""
    found, shift = [], 0
    whole = plain(text)
    for match in MARK.finditer(text):
        start = match.start() - shift
        shift += len("{++}")
        line, column = whole.count("\n", 0, start) + 1, start - (whole.rfind("\n", 0, start) + 1) + 1
        found.append((name, line, column, match[1].split("\n")[0]))
    return found


def underlined(excerpt, carets):
    """The text above the carets, and whether more of it was cut off."""
    text, line = (re.sub(r"^ *\d* \| ?", "", shown) for shown in (excerpt, carets))
    marked = text[line.find("^"):line.rfind("^") + 1] if line.strip("^ ") == "" else ""
    return marked.rstrip("…"), marked.endswith("…") or text.endswith("…")


def findings(output):
    """Of each finding: place, severity, code, and what is underlined there."""
    found, lines = [], output.splitlines() + ["", ""]
    for i, line in enumerate(lines):
        match = FINDING.fullmatch(line)
        if match:
            place = match[1], int(match[2] or 0), int(match[3] or 0)
            found.append(Finding(line, place, match[4], match[6], *underlined(lines[i + 1], lines[i + 2])))
    return found


def is_at(finding, mark):
    """Is a finding where a mark is, and as long? A mark without a line is anywhere in its file."""
    if not mark[1]:
        return finding.place[0] == mark[0]
    whole = finding.text == mark[3] or finding.cut and mark[3].startswith(finding.text)
    return finding.place == mark[:3] and (not mark[3] or whole)


class Faults(Case):
    def lay_out(self):
        self.setUp()
        for name in ("content", "styles"):
            shutil.copytree(ROOT / name, self.dir / name)
        os.symlink(ROOT / "fonts", self.dir / "fonts")
        shutil.copy(FOLDER / "clinic.yaml", self.dir / "clinic.yaml")

    def allow_more_pages(self):
        """The shipped handouts fill their pages, and many a fault adds text."""
        for path in (self.dir / "content/handouts").glob("*.yaml"):
            text = re.sub(r"\bfit: \{pages: \d+\}", "fit: {pages: 9}", path.read_text(encoding="utf-8"))
            path.write_text(text, encoding="utf-8")

    def check(self, command):
        done = self.handout(*command)
        if done.status not in (0, 1) or done.err:
            self.fail(f"'handout {' '.join(command)}'\n{done}")
        return done.out

    def put_in(self, fault):
        """Makes the changes of a fault; returns the places of its marks."""
        places = [(fault.somewhere, 0, 0, "")] if fault.somewhere else []
        for name, lines in fault.files:
            path = self.dir / name
            if lines[0].startswith("* "):
                self.write(name, (ROOT / lines[0][2:]).read_bytes())
                continue
            created = not path.exists() and all(line.startswith("+") for line in lines)
            text = "\n".join(line[2:] for line in lines) + "\n" if created else changed(self.read(name), lines)
            self.write(name, plain(text))
            places += marks(name, text)
        return places

    def test_untouched_content_awaits_review_and_nothing_else(self):
        self.lay_out()
        for lang in sorted(path.name for path in (ROOT / "content").iterdir() if (path / "words.yaml").exists()):
            for topic in TOPICS:
                with self.subTest(f"{topic}-{lang}"):
                    output = self.check(["check", "--lang", lang, topic])
                    serious = [(one.place[0], one.code) for one in findings(output) if one.severity != "note"]
                    self.assertEqual(serious, [(f"content/handouts/{topic}.yaml", ALWAYS)], output)

    def test_reviewed_content_of_a_real_clinic_has_no_findings(self):
        self.lay_out()
        for topic in TOPICS:
            name = f"content/handouts/{topic}.yaml"
            self.write(name, changed(self.read(name), REVIEW))
            done = self.expect(0, "check", topic, "--clinic", "clinic.yaml", "--deny", "warnings")
            self.assertEqual(findings(done.out), [])

    def test_each_fault_is_caught_by_its_rule_at_its_place(self):
        usual = {}
        for fault in read_faults():
            with self.subTest(str(fault)):
                self.lay_out()
                self.allow_more_pages()
                if str(fault.command) not in usual:
                    usual[str(fault.command)] = self.usual(fault)
                try:
                    places = self.put_in(fault)
                except ValueError as error:
                    self.fail(f"{fault}\n{error}")
                self.assertTrue(places, f"{fault}\nno mark says where it is to be found")
                self.judge(fault, places, usual[str(fault.command)], self.check(fault.command))

    def usual(self, fault):
        """How often each code is found without the fault."""
        if "leaflet.md" in fault.command:
            return Counter()
        found = findings(self.check(fault.command))
        return Counter(one.code for one in found if one.code == ALWAYS or one.severity == "note")

    def judge(self, fault, places, usual, output):
        """Takes the expected findings and the usual ones away; nothing may be left, nor be missing."""
        usual, missing, wrong = Counter(usual), list(places), []
        for one in findings(output):
            place = next((place for place in missing if is_at(one, place)), None)
            if (one.severity, one.code) == (fault.severity, fault.rule) and place:
                missing.remove(place)
            elif usual[one.code]:
                usual[one.code] -= 1
            else:
                wrong.append(f"found and not wanted: {one.line}\n    at: {one.text}")
        for name, line, column, text in missing:
            wrong.append(f"wanted and not found: {name}:{line}:{column}: {fault.severity} [{fault.rule}]\n    at: {text}")
        if wrong:
            self.fail("\n".join([str(fault), *wrong]))

    def test_every_rule_has_a_fault(self):
        table = (ROOT / "src/content/check_rules.h").read_text(encoding="utf-8")
        rules = set(re.findall(r'^    RULE\(\w+, "([a-z-]+)"', table, re.M))
        faults = list(read_faults())
        self.assertEqual(rules - {fault.rule for fault in faults}, {ALWAYS})
        self.assertGreaterEqual(len(faults), ENOUGH)
