"""Pictures as they print: each kind of file is built into a page, poppler draws it, and its colors are looked up."""

import re
import struct
import subprocess
import zlib

from cases.support import ROOT, Case

PICTURES = ROOT / "tests/fixtures/pictures"
DPI = 600
TOLERANCE = 24  # of 255: what JPEG loses, and the pixels beside, which are 16 darker or lighter

# By Exif's orientation: where what is seen at u, v (0 to 1, from the top left) stands in the file.
TURNS = {1: lambda u, v: (u, v), 2: lambda u, v: (1 - u, v), 3: lambda u, v: (1 - u, 1 - v), 4: lambda u, v: (u, 1 - v),
    5: lambda u, v: (v, u), 6: lambda u, v: (v, 1 - u), 7: lambda u, v: (1 - v, 1 - u), 8: lambda u, v: (1 - v, u)}


def exif(orientation):
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([orientation]) + b"\0\0\0\0\0\0"


def turned_png(orientation):
    plain, chunk = (PICTURES / "rgb.png").read_bytes(), b"eXIf" + exif(orientation)
    return plain[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + plain[33:]


def turned_jpeg(orientation):
    plain, segment = (PICTURES / "rgb.jpg").read_bytes(), b"Exif\0\0" + exif(orientation)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def at(u, v):
    """The color of the fixtures: red at the left, blue at the right, green growing downward."""
    return (255 if u < 0.5 else 0, 16 * int(16 * v), 0 if u < 0.5 else 255)


class Printed(Case):
    def look(self, name, data):
        """Builds a page with the picture; returns what is seen at u, v."""
        self.write(name, data)
        self.write("page.md", f"# A\n\n![A picture]({name} 'A caption')\n")
        self.expect(0, "build", "page.md", "--root", ROOT, "-o", "page.pdf")
        dump = self.expect(0, "build", "page.md", "--root", ROOT, "--dump", "pages", "-o", "-").out
        x, y, width, height = map(float, re.search(r"^  image (\S+) (\S+) (\S+) (\S+)", dump, re.M).groups())
        left, top, columns, rows = (int(length * DPI / 72) for length in (x, y, width, height))
        cut = [word for pair in zip(("-x", "-y", "-W", "-H"), map(str, (left, top, columns, rows))) for word in pair]
        done = subprocess.run(["pdftoppm", "-r", str(DPI), *cut, "page.pdf"], cwd=self.dir, capture_output=True, check=True)
        samples = re.match(rb"P6\s\d+\s\d+\s255\s", done.stdout).end()
        def color(u, v):
            pixel = int(v * rows) * columns + int(u * columns)
            return tuple(done.stdout[samples + 3 * pixel:][:3])
        return color

    def compare(self, name, data, expected):
        color = self.look(name, data)
        for u in (0.27, 0.73):
            for v in (0.22, 0.34, 0.84):
                for seen, wanted in zip(color(u, v), expected(u, v)):
                    self.assertLessEqual(abs(seen - wanted), TOLERANCE, f"{name} at {u}, {v}: {color(u, v)}, not {expected(u, v)}")

    def test_every_kind_of_png(self):
        for name in ("rgb", "rgb16", "interlaced", "opaque", "profile"):
            self.compare("a.png", (PICTURES / f"{name}.png").read_bytes(), at)
        self.compare("a.png", (PICTURES / "gray.png").read_bytes(), lambda u, v: (10 * int(24 * u),) * 3)
        self.compare("a.png", (PICTURES / "palette.png").read_bytes(), lambda u, v: (255, 0, 0) if u < 0.5 else (0, 0, 255))

    def test_what_is_clear_shows_the_paper(self):
        def clear(u, v):
            alpha = 17 * int(16 * v) / 255
            return tuple(round(255 + (part - 255) * alpha) for part in at(u, v))
        self.compare("a.png", (PICTURES / "alpha.png").read_bytes(), clear)
        self.compare("a.png", (PICTURES / "palette-clear.png").read_bytes(), lambda u, v: (255, 127, 127) if u < 0.5 else (0, 0, 255))

    def test_every_kind_of_jpeg(self):
        for name in ("rgb", "progressive", "untransformed"):
            self.compare("a.jpg", (PICTURES / f"{name}.jpg").read_bytes(), at)
        self.compare("a.jpg", (PICTURES / "gray.jpg").read_bytes(), lambda u, v: (10 * int(24 * u),) * 3)

    def test_a_note_stays_with_the_figure_that_it_describes(self):
        self.write("a.png", (PICTURES / "rgb.png").read_bytes())
        pages = set()
        for lines in range(15, 45):
            text = "line\\\n" * lines + "end\n\n![A](a.png 'B')\n\n> [!NOTE] What it shows\n> Much." + "\\\n> more" * 12 + "\n\n" + "More.\n\n" * 30
            self.write("page.md", "# A\n\n" + text)
            dump = self.expect(0, "build", "page.md", "--root", ROOT, "-s", "base", "--dump", "pages", "-o", "-").out
            on = [dump.count("\npage ", 0, dump.index(mark)) for mark in ("  image ", '"B"', '"What it shows"', '"Much."')]
            self.assertEqual(len(set(on)), 1, f"{lines} lines before it: on pages {on}")
            pages.add(on[0])
        self.assertEqual(pages, {0, 1})

    def test_what_is_up_stays_up(self):
        for orientation, turn in TURNS.items():
            self.compare("a.png", turned_png(orientation), lambda u, v: at(*turn(u, v)))
            self.compare("a.jpg", turned_jpeg(orientation), lambda u, v: at(*turn(u, v)))
