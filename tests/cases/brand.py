"""A clinic makes the handouts its own, word by word as styles/README.md and fonts/README.md tell it: colors, logo, and a
font in ten lines. Colors that fail are told at once, by `check` and by `build`."""

import re
import shutil

from cases.hostile import png
from cases.support import ROOT, TOPICS, Case

FACES = {"OurSans-Regular.ttf": "AtkinsonHyperlegibleNext-Regular.ttf", "OurSans-Bold.ttf": "AtkinsonHyperlegibleNext-Bold.ttf"}


def example(readme, begins):
    """The block of a README that begins with a text."""
    text = (ROOT / readme).read_text()
    return next(block for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S) if begins in block.partition("\n\n")[0])


class Brand(Case):
    def setUp(self):
        super().setUp()
        for name in ("content", "styles", "fonts"):
            shutil.copytree(ROOT / name, self.dir / name)

    def style(self, text):
        return self.write("styles/our-clinic.yaml", text)

    def add_font(self):
        """One entry in fonts.yaml, and the files: two of ours under another name."""
        for new, old in FACES.items():
            shutil.copy(ROOT / "fonts" / old, self.dir / "fonts" / new)
        self.write("fonts/fonts.yaml", self.read("fonts/fonts.yaml") + "\n" + example("fonts/README.md", "Our Sans:"))

    def add_logo(self):
        self.write("content/figures/our-logo.png", png(120, 60, rows=(b"\0" + b"\x5a\x2a\x6b" * 120) * 60))
        profile = self.read("content/clinic.yaml")
        entry = re.search(r"`(logo: figures/our-logo.png)`", (ROOT / "styles/README.md").read_text())[1]
        self.write("content/clinic.yaml", re.sub(r"(?m)^logo: .*$", entry, profile))

    def lines_on_style(self, text):
        return [line for line in text.splitlines() if re.match(r"styles/|fonts/", line)]

    def test_ten_lines_rebrand_everything(self):
        sheet = example("styles/README.md", "extends: standard")
        self.assertLessEqual(len(sheet.splitlines()), 10)
        self.style(sheet)
        self.add_font()
        self.add_logo()
        commands = example("styles/README.md", "handout check").splitlines()
        self.assertEqual([line.split()[1] for line in commands], ["check", "build"])
        for line in commands:
            done = self.expect(0, *line.split()[1:])
            self.assertEqual(self.lines_on_style(done.out + done.err), [])
        self.assertEqual(self.files("build/handouts"), sorted(f"{topic}-{lang}-our-clinic.pdf" for topic in TOPICS for lang in ("en", "es")))
        self.expect(0, "build", "oa")
        own, plain = ((self.dir / f"build/handouts/osteoarthritis-en{style}.pdf").read_bytes() for style in ("-our-clinic", ""))
        self.assertNotEqual(own, plain)
        pages = self.expect(0, "build", "oa", "-s", "our-clinic", "--dump", "pages").out
        self.assertIn("#5a2a6b", pages)
        self.assertNotIn("#0b4f6c", pages)

    def test_the_logo_looks_as_its_style_says(self):
        """On a white patch in the masthead, no higher than the style allows, whether of pixels or a drawing."""
        self.add_logo()
        self.write("content/figures/our-logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150">'
            '<rect width="300" height="150" fill="#5a2a6b"/></svg>')
        profile = self.read("content/clinic.yaml")
        for kind, item in (("png", "image"), ("svg", "path")):
            self.write("content/clinic.yaml", profile.replace("our-logo.png", f"our-logo.{kind}"))
            for style in ("standard", "ink-saver", "large-print", "pocket"):
                with self.subTest(kind, style=style):
                    done = self.expect(0, "build", "oa", "-s", style, "--dump", "pages")
                    first = done.out.partition("\npage 2")[0]
                    x, y, width, height = map(float, re.search(rf"^  {item} (\S+) (\S+) (\S+) (\S+) ", first, re.M).groups())
                    self.assertLessEqual(height, 44.1)
                    self.assertAlmostEqual(width, 2 * height, delta=0.2)
                    self.assertGreater(x, 200, "at the right")
                    patches = [tuple(map(float, fill)) for fill in
                        re.findall(r"^  fill (\S+) (\S+) (\S+) (\S+) .*#ffffff", first, re.M)]
                    around = [patch for patch in patches if patch[0] <= x and patch[1] <= y and
                        patch[0] + patch[2] >= x + width and patch[1] + patch[3] >= y + height]
                    self.assertEqual(bool(around), style != "ink-saver")

    def test_the_words_are_those_of_the_standard_style(self):
        """A rebranded handout says the same, in the same order."""
        self.style("extends: standard\ncolors: {brand: '#5a2a6b'}\n")
        documents = [self.expect(0, "build", "oa", "-s", style, "--dump", "document").out for style in ("standard", "our-clinic")]
        self.assertEqual(*documents)

    def test_a_color_that_fails_is_told_at_its_line(self):
        self.style('extends: standard\ncolors:\n  brand: "#7fb2d0"\n')
        for command, status, severity in (("check", 1, "error"), ("build", 0, "warning")):
            with self.subTest(command):
                done = self.expect(status, command, "--lang", "all", "--style", "our-clinic")
                told = self.lines_on_style(done.out + done.err)
                self.assertEqual(len(told), len(set(told)), "once each")
                self.assertIn(f"styles/our-clinic.yaml:3:10: {severity}: the color of 'clinic', 'title' and others, #ffffff on #7fb2d0, "
                    "has a contrast of 2.28, so that #1a1a1a is printed instead, and should have at least 4.5", "\n".join(told))
                self.assertIn("#7fb2d0 on #ffffff", "\n".join(told))
                for line in told:
                    self.assertRegex(line, r"^styles/our-clinic\.yaml:3:10: .* \[contrast-low\]$")
        self.assertEqual(len(self.files("build/handouts")), 2 * len(TOPICS))
        self.expect(3, "build", "oa", "--style", "our-clinic", "--deny", "warnings")

    def test_a_style_that_fails_says_nothing_of_another(self):
        self.style('extends: standard\ncolors: {brand: "#7fb2d0"}\n')
        self.assertEqual(self.lines_on_style(self.expect(0, "build", "--lang", "all").err), [])

    def test_a_font_that_cannot_be_embedded_is_refused(self):
        self.add_font()
        self.style("extends: standard\nfonts: {heading: Our Sans}\n")
        for change, told in (
            (lambda data: b"OTTO" + data[4:].replace(b"glyf", b"CFF ", 1), "has no TrueType outlines (a .otf or .woff face"),
            (lambda data: b"wOF2" + data[4:], "has no TrueType outlines (a .otf or .woff face"),
            (lambda data: data[:200], "cannot be used: it")):
            data = change((ROOT / "fonts" / FACES["OurSans-Regular.ttf"]).read_bytes())
            with self.subTest(told):
                self.write("fonts/OurSans-Regular.ttf", data)
                done = self.expect(1, "build", "oa", "-s", "our-clinic")
                self.assertRegex(done.err, r"styles/our-clinic\.yaml:2:18: error: the face '.*OurSans-Regular\.ttf' cannot be used")
                self.assertIn(told, done.err)

    def test_an_entry_with_mistakes(self):
        self.add_font()
        good = self.read("fonts/fonts.yaml")
        self.style("extends: standard\nfonts: {heading: Our Snas}\n")
        self.assertIn("unknown font family 'Our Snas' (did you mean 'Our Sans'?) [font-unknown]",
            self.expect(1, "build", "oa", "-s", "our-clinic").err)
        for old, new, told in (("OurSans-Bold.ttf", "OurSans-Black.ttf", "there is no face file 'fonts/OurSans-Black.ttf' [font-catalogue]"),
            ("licence: \"Font", "license: \"Font", "unknown key 'license' (did you mean 'licence'?) [yaml-key-unknown]"),
            ("[Atkinson Hyperlegible Next, Noto Sans]\n", "[Atkinson]\n", "this fallback is no family of the catalogue")):
            with self.subTest(told):
                head, _, own = good.partition("Our Sans:")
                self.write("fonts/fonts.yaml", f"{head}Our Sans:{own.replace(old, new)}")
                self.assertIn(told, self.expect(1, "build", "oa").err)
