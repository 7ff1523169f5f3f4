"""SVG drawings: good ones beside another program's rendering, hostile ones against the clock. What each hostile file shall be
told for stands below; fixtures/svg/hostile holds them."""

import re
import shutil
import subprocess

from cases.support import FIXTURES, MEASURES_MEMORY, ROOT, SLOWNESS, Case

SVG = FIXTURES / "svg"
MB = 1024 * 1024
CELL = 4  # pixels a point: cells of a point's width are compared

# "line:code" of each mistake that is told.
HOSTILE = {
    "animation": "3:drawing-unsupported",
    "aspect": "1:drawing-value",
    "bad-path": "3:drawing-value 4:drawing-value 5:drawing-value 6:drawing-value 7:drawing-value",
    "bad-utf-8": "2:text-encoding",
    "bad-values": "2:drawing-value 3:drawing-value 4:drawing-value 5:drawing-value 6:drawing-value 7:drawing-value "
        "8:drawing-value",
    "doctype": "2:drawing-unsupported",
    "effects": "2:drawing-unsupported 3:drawing-unsupported 4:drawing-unsupported 5:drawing-unsupported",
    "empty": "1:drawing-value",
    "entities": "2:drawing-unsupported",
    "event": "2:drawing-unsupported",
    "exponent": "2:drawing-value",
    "external-entity": "1:drawing-unsupported",
    "far-away": "4:drawing-value",
    "foreign": "2:drawing-unsupported 3:drawing-unsupported 4:drawing-unsupported 5:drawing-unsupported",
    "gradient": "3:drawing-unsupported",
    "html": "1:picture-format",
    "huge-size": "1:picture-too-large",
    "huge-viewbox": "1:drawing-value",
    "id-twice": "3:drawing-reference",
    "kept-space": "2:drawing-unsupported",
    "latin-1-declared": "1:picture-format",
    "many-digits": "2:drawing-value",
    "many-faults": " ".join(f"{line}:drawing-unsupported" for line in range(2, 22)),
    "negative-radius": "2:drawing-value",
    "negative-size": "1:drawing-value",
    "no-namespace": "1:picture-format",
    "no-size": "1:drawing-value",
    "not-a-number": "2:drawing-value 3:drawing-value",
    "opacity": "2:drawing-unsupported 3:drawing-unsupported",
    "other-kind": "1:picture-format",
    "other-root": "2:picture-format",
    "overflow": "42:drawing-value",
    "script": "2:drawing-unsupported",
    "second-root": "4:picture-damaged",
    "see-through": "2:drawing-unsupported 3:drawing-unsupported",
    "stretched-stroke": "3:drawing-unsupported",
    "style-sheet": "2:drawing-unsupported",
    "switch-empty": "2:drawing-value",
    "tiny": "1:drawing-value",
    "turned-words": "2:drawing-unsupported 3:drawing-unsupported 4:drawing-unsupported 5:drawing-unsupported "
        "6:drawing-unsupported",
    "unclosed": "3:picture-damaged",
    "units": "2:drawing-value",
    "unknown-attribute": "2:drawing-unsupported 3:drawing-unsupported",
    "use-doubling": "1:picture-too-large",
    "use-each-other": "2:drawing-reference 3:drawing-reference",
    "use-elsewhere": "2:drawing-reference",
    "use-itself": "3:drawing-reference",
    "use-nothing": "2:drawing-reference 3:drawing-reference",
    "use-tenfold": "1:picture-too-large",
    "utf-16": "1:text-encoding",
    "zero-byte": "3:picture-damaged",
    "zero-size": "1:drawing-value",
}


def svg(body, root='viewBox="0 0 100 100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n{body}\n</svg>\n'


def pixels(path):
    """Width, height and bytes of a PPM file."""
    data = path.read_bytes()
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(head[1]), int(head[2]), data[head.end():]


def cells(image, columns, rows):
    """The mean colors of cells of CELL × CELL pixels."""
    width, _, data = image
    for row in range(rows):
        for column in range(columns):
            sums = [0, 0, 0]
            for y in range(row * CELL, (row + 1) * CELL):
                start = 3 * (y * width + column * CELL)
                part = data[start:start + 3 * CELL]
                for c in range(3):
                    sums[c] += sum(part[c::3])
            yield [s / CELL / CELL for s in sums]


class Drawings(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha")

    def build(self, name, status=0, **more):
        self.write("x.md", f'![what it shows]({name} "A caption")\n')
        return self.expect(status, "build", "x.md", "--style", "base", "-o", "x.pdf", **more)

    def raster(self, pdf, name, x=0, y=0, width=0, height=0):
        """The first page, or a part of it, in points."""
        part = [str(round(n * CELL)) for n in (x, y, width, height)]
        subprocess.run(["pdftoppm", "-r", str(72 * CELL), "-f", "1", "-l", "1", "-singlefile", "-x", part[0], "-y", part[1],
            "-W", part[2], "-H", part[3], pdf, name], cwd=self.dir, check=True)
        return pixels(self.dir / f"{name}.ppm")

    def test_drawings_look_as_another_program_draws_them(self):
        if not shutil.which("rsvg-convert") or not shutil.which("pdftoppm"):
            self.skipTest("rsvg-convert or pdftoppm is not installed")
        for name in ("paths", "shapes", "structure", "stretched", "sliced"):
            with self.subTest(name):
                shutil.copy(SVG / f"{name}.svg", self.dir)
                self.assertEqual(self.build(f"{name}.svg").err, "")
                place = re.search(r"^  path ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) .* node", self.expect(0, "build", "x.md",
                    "--style", "base", "--dump", "pages").out, re.M)
                x, y, width, height = map(float, place.groups())
                subprocess.run(["rsvg-convert", "--accept-language", "en", "-f", "pdf", "-o", "ref.pdf", f"{name}.svg"],
                    cwd=self.dir, check=True)
                ours, theirs = self.raster("x.pdf", "ours", x, y, width, height), self.raster("ref.pdf", "theirs")
                self.assertLess(abs(theirs[0] / CELL - width) + abs(theirs[1] / CELL - height), 2.5)
                columns, rows = int(width) - 1, int(height) - 1
                worst, total = 0, 0
                for a, b in zip(cells(ours, columns, rows),
                        cells(theirs, columns, rows)):
                    difference = max(abs(p - q) for p, q in zip(a, b))
                    worst, total = max(worst, difference), total + difference
                self.assertLess(worst, 50, "of 255, in one cell")
                self.assertLess(total / columns / rows, 1.5, "of 255, on average")

    def test_words_are_set_in_the_handouts_face_and_tagged(self):
        shutil.copy(SVG / "words.svg", self.dir)
        self.assertEqual(self.build("words.svg").err, "")
        dump = self.expect(0, "build", "x.md", "--style", "base", "--dump", "pages").out
        words = dict(re.findall(r'^  text ([\d.]+ [\d.]+ [\d.]+ [\d.]+) "([^"]*)" AtkinsonHyperlegibleNext-\w+ #\w+ node 7$', dump,
            re.M))
        places = {text.strip(): [float(n) for n in place.split()] for place, text in words.items()}
        self.assertEqual(set(places), {"Cartilage", "worn", "thin", "Middle of it", "at the end", "First line", "Second line",
            "bone"})
        left, top = re.search(r"^  path ([\d.]+) ([\d.]+) ", dump, re.M).groups()
        x, y, width, size = places["Middle of it"]
        self.assertAlmostEqual(x + width / 2, float(left) + 150 * 0.75, delta=0.2)
        self.assertAlmostEqual(y, float(top) + 55 * 0.75, delta=0.2)
        self.assertAlmostEqual(size, 24 * 0.75, delta=0.1)
        self.assertAlmostEqual(places["at the end"][0] + places["at the end"][2], float(left) + 290 * 0.75, delta=0.2)
        self.assertAlmostEqual(places["Second line"][1] - places["First line"][1], 1.2 * 12 * 1.25 * 0.75, delta=0.2)
        self.assertRegex(dump, r'"worn" AtkinsonHyperlegibleNext-Bold #aa0000 node 7')
        subprocess.run(["qpdf", "--check", "x.pdf"], cwd=self.dir, check=True, capture_output=True)
        text = subprocess.run(["pdftotext", "x.pdf", "-"], cwd=self.dir, check=True, capture_output=True, text=True).stdout
        self.assertIn("Cartilage worn thin", text)

    def test_labels_come_in_the_handouts_language(self):
        shutil.copy(SVG / "words.svg", self.dir)
        self.write("content/es/words.yaml", (ROOT / "content/es/words.yaml").read_text())
        self.write("x.md", "![what it shows](words.svg)\n")
        self.assertIn('"hueso"', self.expect(0, "build", "x.md", "--lang", "es", "--dump", "pages").out)

    def test_a_drawing_may_be_a_logo_or_stand_in_a_line(self):
        shutil.copy(SVG / "structure.svg", self.dir / "content/logo.svg")
        clinic = (self.dir / "content/clinic.yaml").read_text()
        self.write("content/clinic.yaml", clinic + "logo: logo.svg\n")
        self.write("content/en/alpha/in-short.md", "# In short\n\nA leaf ![a leaf](leaf.svg) in a line.\n")
        self.write("content/en/alpha/leaf.svg", svg('<path d="M0 50Q50 0 100 50Q50 100 0 50" fill="green"/>',
            'viewBox="0 0 100 100" width="5mm"'))
        dump = self.expect(0, "build", "alpha", "--dump", "pages").out
        self.assertGreater(len(re.findall(r"^  path .* node 3$", dump, re.M)), 8)
        self.assertRegex(dump, r"(?m)^  path \S+ \S+ 14\.2 14\.2 filled MCC #008000 node")
        self.assertEqual(self.expect(0, "build", "alpha", "-o", "x.pdf").err, "")
        subprocess.run(["qpdf", "--check", "x.pdf"], cwd=self.dir, check=True, capture_output=True)

    def test_an_em_of_no_size_is_a_length(self):
        self.write("x.svg", svg('<g font-size="0"><rect x="1em" width="9" height="9"/></g>'))
        self.assertEqual(self.build("x.svg").err, "")

    def test_words_that_leave_the_drawing_are_told(self):
        self.write("x.svg", svg('<text x="80" y="50">far too long</text>'))
        done = self.build("x.svg")
        self.assertRegex(done.err, r"x\.svg:2:\d+: warning: .* \[drawing-overfull\]")


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha")
        self.write("x.md", '![what it shows](x.svg "A caption")\n')

    def told(self, data):
        """The mistakes that are told of a drawing, within 0.1 seconds of CPU (at the third try, on a busy machine)."""
        self.write("x.svg", data)
        for left in (2, 1, 0):
            done = self.expect(1, "build", "x.md", "-o", "x.pdf")
            if done.cpu < 0.1 * SLOWNESS:
                break
            self.assertTrue(left, f"CPU seconds: {done.cpu}")
        if MEASURES_MEMORY:
            self.assertLess(done.memory, 100 * MB)
        return re.findall(r"^x\.svg:(\d+):\d+: error: .* \[([a-z-]+)\]$", done.err, re.M)

    def test_each_hostile_file_is_told_for_what_it_is(self):
        files = sorted((SVG / "hostile").glob("*.svg"))
        self.assertEqual([file.stem for file in files], sorted(HOSTILE))
        for file in files:
            with self.subTest(file.stem):
                told = self.told(file.read_bytes())
                self.assertEqual(" ".join(f"{line}:{code}" for line, code in told), HOSTILE[file.stem])

    def test_what_is_large_is_told_soon(self):
        rect = '<rect width="9" height="9"/>'
        for name, data, code in (
            ("a million commands", svg('<path d="M0 0' + "h1" * 900_000 + '"/>'), "picture-too-large"),
            ("many points", svg('<polyline points="' + "1 1 " * 400_000 + '"/>'), "picture-too-large"),
            ("deep groups", svg("<g>" * 10_000 + rect + "</g>" * 10_000), "picture-too-large"),
            ("many elements", svg("<g/>" * 200_000), "picture-too-large"),
            ("much used: white space", svg('<path id="a" d="M0 0h9' + " " * 500_000 + '"/>' + '<use href="#a"/>' * 20_000),
                "picture-too-large"),
            ("much used: empty words", svg('<text id="a">' + "<tspan/>" * 20_000 + "</text>" + '<use href="#a"/>' * 20_000),
                "picture-too-large"),
            ("many shapes", svg(rect * 40_000), "picture-too-large"),
            ("many words", svg("<text>" + "abc " * 50_000 + "</text>"), "picture-too-large"),
            ("deep foreign", svg('<x xmlns="y:z">' * 10_000), "picture-too-large"),
            ("one long attribute", svg(f'<rect fill="{"a" * 1_500_000}" width="9" height="9"/>'), "drawing-value"),
            ("one long style", svg(f'<rect style="{"a:b;" * 300_000}" width="9" height="9"/>'), "drawing-unsupported"),
            ("a long transform", svg(f'<g transform="{"scale(9)" * 200_000}">{rect}</g>'), None),
            ("a deep use", svg("".join(f'<g id="a{i}"><use href="#a{i + 1}"/></g>' for i in range(500))), None),
            ("open tags", "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g " * 300_000, "picture-damaged"),
        ):
            with self.subTest(name):
                told = {found for _, found in self.told(data)}
                self.assertTrue(told)
                if code:
                    self.assertEqual(told, {code})

    def test_more_than_two_megabytes_are_refused(self):
        self.write("x.svg", svg(" " * (2 * MB)))
        self.assertIn("[picture-too-large]", self.expect(1, "build", "x.md", "-o", "x.pdf").err)
