"""The four editions of the four handouts, in both languages, on both papers: what each promises, read from the pages that
layout made (--dump=pages) and from what poppler makes of the PDF."""

import re
import subprocess
from collections import namedtuple

from cases.support import ROOT, TOPICS, Case

EDITIONS = ("standard", "large-print", "ink-saver", "pocket")
LANGUAGES = ("en", "es")
PAPERS = {"letter": (612, 792), "a4": (595.3, 841.9)}
HALVES = {"letter": (396, 612), "a4": (419.5, 595.3)}

Item = namedtuple("Item", "kind x y w h rest")
ITEM = re.compile(r"^  (\w+) (\S+) (\S+) (\S+) (\S+) ?(.*)$", re.M)
COLOR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b")


def every(edition):
    for topic in TOPICS:
        for lang in LANGUAGES:
            for paper in PAPERS:
                yield topic, lang, edition, paper


def content(page):
    """The items that show something of the document: furniture names no node."""
    return [item for item in page if re.search(r"node \d+$", item.rest) and item.kind != "link"]


class Pages(Case):
    """A case that reads the pages of handouts."""

    known = {}

    def pages(self, topic, lang, edition, paper):
        """The pages as lists of items."""
        key = (topic, lang, edition, paper)
        if key not in self.known:
            done = self.handout("build", topic, "--root", ROOT, "--lang", lang, "--style", edition, "--paper", paper,
                "--dump=pages")
            self.assertEqual(done.status, 0, done)
            self.known[key] = [[Item(kind, *map(float, numbers), rest) for kind, *numbers, rest in ITEM.findall(page)]
                for page in re.split(r"^page .*$", done.out, flags=re.M)[1:]]
        return self.known[key]


class Editions(Pages):
    def test_all_build_without_a_warning(self):
        for edition in EDITIONS:
            for paper, size in PAPERS.items():
                with self.subTest(edition=edition, paper=paper):
                    folder = self.dir / edition / paper
                    done = self.handout("build", "--root", ROOT, "--lang", "all", "--style", edition, "--paper", paper,
                        "--deny", "warnings", "--quiet", "-o", folder)
                    self.assertEqual((done.status, done.err), (0, ""))
                    wanted = HALVES[paper] if edition == "pocket" else size
                    for pdf in folder.glob("*.pdf"):
                        info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
                        found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).groups()
                        for have, want in zip(map(float, found), wanted):
                            self.assertAlmostEqual(have, want, delta=0.1, msg=pdf.name)
        self.assertEqual(len([name for name in self.files() if name.endswith(".pdf")]), 64)

    def test_check_finds_nothing_in_the_looks(self):
        for edition in EDITIONS:
            for paper in PAPERS:
                with self.subTest(edition=edition, paper=paper):
                    done = self.handout("check", "--root", ROOT, "--lang", "all", "--style", edition, "--paper", paper)
                    codes = set(re.findall(r"\[([a-z-]+)\]$", done.out, re.M))
                    self.assertEqual(codes, {"not-reviewed", "slot-empty"})


    def test_the_readme_tells_how_many_pages(self):
        """README.md has a row for each edition, with the pages of English and Spanish handouts on both papers."""
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        for edition in EDITIONS:
            row = re.search(rf"^\| `{edition}` \|.*\| ([^|]+) \| ([^|]+) \|$", readme, re.M)
            for lang, told in zip(LANGUAGES, row.groups()):
                found = {len(self.pages(*where)) for where in every(edition) if where[1] == lang}
                with self.subTest(edition=edition, lang=lang):
                    self.assertEqual({int(number) for number in re.findall(r"\d+", told)}, {min(found), max(found)})


class Standard(Pages):
    def test_four_english_pages_the_third_two_thirds_full(self):
        for topic in TOPICS:
            for paper, (_, height) in PAPERS.items():
                with self.subTest(topic=topic, paper=paper):
                    found = self.pages(topic, "en", "standard", paper)
                    self.assertEqual(len(found), 4)
                    shown = content(found[2])
                    top, bottom = min(item.y for item in shown), max(item.y for item in shown)
                    self.assertGreater(bottom - top, (height - 0.75 * 72 - 0.8 * 72) * 2 / 3)

    def test_a_figure_beside_text(self):
        for topic, lang, edition, paper in every("standard"):
            with self.subTest(topic=topic, lang=lang, paper=paper):
                first = content(self.pages(topic, lang, edition, paper)[0])
                figure = [item for item in first if item.kind == "path" and item.w > 100]
                self.assertTrue(figure)
                left, top = figure[0].x, figure[0].y
                bottom = top + figure[0].h
                beside = [item for item in first if item.kind == "text" and top < item.y < bottom and item.x < left]
                self.assertGreaterEqual(len(beside), 4)
                for item in beside:
                    self.assertLess(item.x + item.w, left - 6, item.rest)


class LargePrint(Pages):
    def test_eighteen_points_everywhere(self):
        for where in every("large-print"):
            with self.subTest(where=where):
                for page in self.pages(*where):
                    for item in page:
                        if item.kind == "text":
                            self.assertGreaterEqual(item.h, 18, item.rest)


    def test_the_gravest_warning_signs_share_a_page(self):
        """Where there is an emergency, nobody turns a page: "Call 911" and the emergency room, below their heading."""
        for where in every("large-print"):
            with self.subTest(where=where):
                signs = "Call 911", "Go to the emergency room now", "Warning signs"
                if where[1] == "es":
                    signs = "Llame al 911", "Vaya ya a la sala de emergencias", "Señales de alarma"
                starts = [{i for i, page in enumerate(self.pages(*where)) if any(f'"{sign}' in item.rest for item in page)}
                    for sign in signs]
                self.assertEqual(starts[0], starts[1])
                self.assertEqual(starts[0], starts[2])


class InkSaver(Pages):
    def test_gray_and_nothing_filled(self):
        """Rules are thin rectangles, and drawings white areas with black lines."""
        for where in every("ink-saver"):
            with self.subTest(where=where):
                for page in self.pages(*where):
                    for item in page:
                        colors = COLOR.findall(item.rest)
                        for color in colors:
                            self.assertEqual(len(set(color)), 1, item.rest)
                        if item.kind == "fill" and colors != [("ff", "ff", "ff")]:
                            self.assertLess(min(item.w, item.h), 3, item)
                        if item.kind == "path" and item.rest.startswith("filled") and item.w > 30 and item.h > 30:
                            self.assertIn(colors[0], [("ff", "ff", "ff"), ("1a", "1a", "1a")], item)


class Pocket(Pages):
    def test_twelve_points_on_half_a_sheet(self):
        for where in every("pocket"):
            with self.subTest(where=where):
                for page in self.pages(*where):
                    smallest = min(item.h for item in page if item.kind == "text")
                    self.assertGreaterEqual(smallest, 10)
