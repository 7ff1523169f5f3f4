"""The content keeps together: the reviewer's trace (content/REVIEW.md) covers what is printed and no more, and each
language has what the first one has."""

import re
import unittest

from cases.support import ROOT

CONTENT = ROOT / "content"


def words(text):
    """Words as they are read: without Markdown's marks, citations, variables' names, and case."""
    text = re.sub(r"\[@[^\]]*\]|\{\{[^}]*\}\}|```\w*", " ", text)
    text = re.sub(r"\]\(https?://(?:www\.)?([^)\s]*)\)", r"] \1", text)
    return re.findall(r"[\w$°']+", text.lower().replace("’", "'"))


def trace():
    """Section file → the rows (printed, source, to decide) of its table in REVIEW.md."""
    rows, current = {}, None
    for line in (CONTENT / "REVIEW.md").read_text(encoding="utf-8").splitlines():
        heading = re.match(r"#+ (?:`(en/[^`]+\.md)`)?", line)
        if heading:
            current = heading[1]
        elif current and line.startswith("|") and not re.match(r"\|[-| ]+\|$", line):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells[0] != "Printed":
                rows.setdefault(current, []).append(cells)
    return rows


def sections(lang):
    return sorted(str(path.relative_to(CONTENT)) for path in (CONTENT / lang).rglob("*.md") if path.name != "REVIEW.md")


def source_ids():
    return set(re.findall(r"^([a-z0-9-]+):$", (CONTENT / "sources.yaml").read_text(encoding="utf-8"), re.M))


class Review(unittest.TestCase):
    def test_each_section_has_its_table(self):
        self.assertEqual(sorted(trace()), sections("en"))

    def test_what_is_called_printed_is_printed(self):
        """Of the words of each row all but a few stand in the section: a row that nobody changed with its text is found."""
        for name, rows in trace().items():
            said = set(words((CONTENT / name).read_text(encoding="utf-8")))
            if name.endswith("risks-and-cost.md"):
                said |= set(words((CONTENT / "clinic.yaml").read_text(encoding="utf-8")))
            for printed, *_ in rows:
                row = words(re.sub(r"\((and )?the other (questions|steps)\)", "", printed))
                missing = [word for word in row if word not in said]
                with self.subTest(f"{name}: {printed}"):
                    self.assertLessEqual(len(missing), len(row) // 20, f"not in the section: {missing}")

    def test_each_figure_has_its_row(self):
        for name, rows in trace().items():
            traced = set(words(" ".join(printed for printed, *_ in rows)))
            text = re.sub(r"^\d+\. |^```.*$", "", (CONTENT / name).read_text(encoding="utf-8"), flags=re.M)
            figures = {word for word in words(text) if word[0].isdigit() or word[0] == "$"}
            self.assertEqual(figures - traced - {"911"}, set(), f"{name}: figures without a row")

    def test_each_citation_is_traced(self):
        for name, rows in trace().items():
            cited = set(re.findall(r"\[@([\w-]+)\]", (CONTENT / name).read_text(encoding="utf-8")))
            traced = set(re.findall(r"\[@([\w-]+)\]", " ".join(source for _, source, *_ in rows)))
            self.assertEqual(cited - traced, set(), f"{name}: cited in print, not in its table")

    def test_sources_exist_and_are_used(self):
        review = (CONTENT / "REVIEW.md").read_text(encoding="utf-8")
        cited = {id for name in sections("en") for id in re.findall(r"\[@([\w-]+)\]", (CONTENT / name).read_text(encoding="utf-8"))}
        self.assertEqual(set(re.findall(r"\[@([\w-]+)\]", review)) - source_ids(), set())
        self.assertEqual(source_ids() - cited, set(), "in the bibliography, but cited nowhere")


class Translation(unittest.TestCase):
    def test_each_section_is_translated(self):
        self.assertEqual([name[3:] for name in sections("es")], [name[3:] for name in sections("en")])

    def test_structure_and_citations_are_the_same(self):
        for name in sections("en"):
            with self.subTest(name):
                first, second = ((CONTENT / lang / name[3:]).read_text(encoding="utf-8") for lang in ("en", "es"))
                for pattern in (r"\[@[\w-]+\]", r"^> \[!\w+\]", r"^\|", r"^- \[ \]", r"^```people \d+ of \d+", r"\{\{[^}]*\}\}", r"^#+ "):
                    self.assertEqual(sorted(re.findall(pattern, first, re.M)), sorted(re.findall(pattern, second, re.M)), pattern)
