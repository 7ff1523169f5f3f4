"""Input made to hurt: an answer within a second or two and in bounded memory, and never a crash."""

import os
import struct
import zlib

from cases.support import MEASURES_MEMORY, ROOT, SLOWNESS, Case

MB = 1024 * 1024


def png(width, height, rows=b"", depth=8, kind=2):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha")

    def survive(self, *args, status=(0, 1), seconds=2.0, memory=200 * MB, **more):
        """Runs the program within bounds; returns what became of it."""
        done = self.handout(*args, timeout=seconds + 20, **more)
        self.assertIn(done.status, status, done.err[:2000])
        self.assertLess(done.cpu, seconds * SLOWNESS, f"CPU seconds: {done.cpu}\n{done.err[:500]}")
        if MEASURES_MEMORY:
            self.assertLess(done.memory, memory, f"{done.memory / MB:.0f} MB")
        return done

    def markdown(self, text, **more):
        self.write("x.md", text)
        return self.survive("build", "x.md", "-o", "x.pdf", **more)

    def test_yaml_brackets(self):
        self.write("content/handouts/alpha.yaml", "[" * 100_000)
        self.assertIn("[yaml-limit]", self.survive("build", "alpha", status=(1,), seconds=1).err)

    def test_yaml_aliases(self):
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for i in range(1, 30):
            lines.append(f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 9) + "]")
        self.write("content/handouts/alpha.yaml", "\n".join(lines))
        self.survive("build", "alpha", status=(1,), seconds=1)

    def test_yaml_of_many_keys_and_of_one_long_line(self):
        self.write("content/handouts/alpha.yaml", "".join(f"k{i}: v\n" for i in range(60_000)))
        self.survive("build", "alpha", status=(1,))
        self.write("content/handouts/alpha.yaml", "id: " + "x" * 900_000)
        self.survive("build", "alpha", status=(1,))
        self.write("content/handouts/alpha.yaml", "id: " + "x" * 2_000_000)
        self.assertIn("[yaml-limit]", self.survive("build", "alpha", status=(1,)).err)

    def test_a_paragraph_of_one_line_and_a_megabyte(self):
        self.markdown("word and more words " * 50_000, seconds=6, memory=700 * MB)

    def test_paragraphs_of_places_to_break(self):
        self.markdown("\u200b" * 300_000, seconds=4, memory=400 * MB)
        self.markdown("a\u200b" * 250_000, seconds=6, memory=700 * MB)
        self.markdown("i " * 500_000, seconds=6, memory=700 * MB)

    def test_a_word_of_a_megabyte(self):
        self.markdown("x" * 1_000_000, seconds=6, memory=700 * MB)

    def test_deep_nesting(self):
        for name, text in (
            ("quotes", "> " * 10_000 + "x\n"),
            ("lists", "- " * 10_000 + "x\n"),
            ("indented lists", "".join("  " * i + "- x\n" for i in range(1_000))),
            ("ordered lists", "1. " * 10_000 + "x\n"),
            ("quotes and lists", "> - " * 5_000 + "x\n"),
            ("emphasis", "*a " * 10_000 + "b*" * 10_000),
            ("strong", "**a " * 5_000 + "b**" * 5_000),
            ("brackets", "[" * 20_000 + "x" + "](y)" * 20_000),
            ("images", "![" * 10_000 + "x" + "](y)" * 10_000),
            ("spans", "[" * 10_000 + "x" + "]{lang=es}" * 10_000),
            ("citations", "[@" * 20_000),
            ("braces", "{{" * 50_000),
            ("backticks", "".join("`" * i + "x" for i in range(1, 800))),
            ("html", "<b>" * 20_000),
            ("comments", "<!-- " * 20_000),
            ("call-outs", "".join("> " * i + "[!NOTE]\n" for i in range(1, 200))),
        ):
            with self.subTest(name):
                self.markdown(text, memory=400 * MB)

    def test_wide_and_long_tables(self):
        self.markdown("|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n|" + "b|" * 5_000 + "\n", seconds=4)
        self.markdown("|a|b|\n|-|-|\n" + "|c|d|\n" * 20_000, seconds=8, memory=700 * MB)
        self.markdown("|a\n" * 20_000)
        self.markdown("a|b\n" + "-|-" * 20_000)

    def test_bytes_that_are_no_text(self):
        for name, data in (("zeros", b"\0" * 100_000), ("noise", os.urandom(100_000)), ("latin-1", b"caf\xe9\n"),
            ("utf-16", "# hello".encode("utf-16")), ("surrogates", b"\xed\xa0\x80"), ("overlong", b"\xc0\xaf"),
            ("a mark and nothing", b"\xef\xbb\xbf"), ("nothing", b""), ("zero in text", b"# a\0b\n")):
            with self.subTest(name):
                self.markdown(data)
                self.write("content/handouts/alpha.yaml", data)
                self.survive("build", "alpha", status=(0, 1))

    def test_characters_of_every_kind(self):
        text = "".join(chr(c) for c in range(0x20, 0x3000) if not 0xD800 <= c < 0xE000)
        self.markdown(text, seconds=4)
        self.markdown("a" + "\u0301" * 50_000 + "\n\n" + "\u202e" * 5_000 + "x\n\n" + "\u2067" * 5_000 + "y\n", seconds=4)

    def test_pictures(self):
        for name, data, code in (
            ("a bomb", png(20_000, 20_000, b"\0" * 1_000_000), "picture-too-large"),
            ("a bomb by its header", png(2_000_000_000, 2_000_000_000), "picture-too-large"),
            ("no samples", png(100, 100), "picture-damaged"),
            ("no size", png(0, 0), None),
            ("half a file", png(10, 10, b"\0" * 310)[:60], "picture-damaged"),
            ("no picture", b"GIF89a", "picture-format"),
            ("half a JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF\0", None),
            ("nothing", b"", "picture-format"),
        ):
            with self.subTest(name):
                self.write("p.png", data)
                done = self.markdown("![a picture](p.png)\n", status=(1,), seconds=1, memory=100 * MB)
                self.assertIn(f"[{code}]" if code else "[picture-", done.err)

    def test_pictures_in_a_row(self):
        """Each looks for the text behind all of them."""
        self.write("f.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="9" height="9"/></svg>')
        self.markdown("# Pictures\n\n" + "![A](f.svg)\n\n" * 20_000 + "Text.\n", memory=800 * MB, status=(0,))

    def test_paths_that_leave_the_content_folder(self):
        self.write("secret.md", "# Secret\n\nsecret\n")
        self.write("secret.png", png(1, 1, b"\0\0\0\0"))
        os.symlink(self.dir / "secret.png", self.dir / "content/en/alpha/link.png")
        os.symlink(self.dir / "secret.md", self.dir / "content/en/alpha/link.md")
        for path in ("../../../secret.png", str(self.dir / "secret.png"), "link.png", "../../../nosuch.png"):
            with self.subTest(picture=path):
                self.write("content/en/alpha/in-short.md", f"# In short\n\n![secret]({path})\n")
                self.assertIn("[path-outside]", self.survive("build", "alpha", status=(1,)).err)
        definition = self.read("content/handouts/alpha.yaml")
        for path in ("../../secret.md", str(self.dir / "secret.md"), "alpha/link.md", "../../nosuch.md"):
            with self.subTest(section=path):
                self.write("content/handouts/alpha.yaml", definition.replace("alpha/in-short.md", path))
                self.assertIn("[path-outside]", self.survive("build", "alpha", status=(1,)).err)

    def test_files_that_are_no_files(self):
        (self.dir / "folder.md").mkdir()
        self.survive("build", "folder.md", status=(1,))
        self.survive("build", "-C", "/dev/null", status=(1,))
        os.mkfifo(self.dir / "pipe.md")
        self.survive("build", "pipe.md", status=(0, 1))
        self.write("content/handouts/alpha.yaml", self.read("content/handouts/alpha.yaml").replace(
            "alpha/in-short.md", "alpha/in-short.md/x"))
        self.survive("build", "alpha", status=(1,))

    def test_many_mistakes(self):
        done = self.markdown("{{a.b}}\n\n" * 20_000, status=(1,))
        self.assertIn("[diagnostics-dropped]", done.err)
        self.assertLess(len(done.err), 500_000)

    def test_what_stands_beside_the_text_without_end(self):
        """Figures, titles on bands, and a budget that is far too small: linear, in no room to speak of."""
        self.write("tall.png", (ROOT / "tests/fixtures/pictures/tall.png").read_bytes())
        figure = '![A field](tall.png "A caption")\n\n'
        texts = {
            "figures beside text": (figure + "Words beside it.\n\n") * 1000,
            "figures in a row": figure * 1000 + "Words.\n",
            "bands": "> [!CAUTION] A long title here\n> Body.\n\n" * 5000,
            "paragraphs": ("word " * 22 + "\n\n") * 5000,
        }
        styles = {
            "any": "extends: standard\nfit: {pages: any}\n",
            "one": "extends: standard\nfit: {pages: 1}\n",
            "odd": "extends: base\npage: {margins: {left: 246pt, right: 246pt}}\nfigure: {place: side, width: 2000pt}\n"
                "callout: {rule: {width: 300pt}}\ncallout-caution: {rule: {width: 300pt}}\ncallout-title: {place: side}\n",
        }
        for style, sheet in styles.items():
            self.write(f"{style}.yaml", sheet)
            for name, text in texts.items():
                with self.subTest(f"{name}, {style}"):
                    self.markdown_in(style, text)

    def markdown_in(self, style, text):
        self.write("x.md", text)
        self.survive("build", "x.md", "-o", "x.pdf", "--style", f"./{style}.yaml", seconds=3.0, memory=600 * MB)

    def test_a_style_made_to_hurt(self):
        self.write("a.yaml", "extends: ./b.yaml\n")
        self.write("b.yaml", "extends: ./a.yaml\n")
        self.assertIn("[style-cycle]", self.survive("build", "alpha", "-s", "./a.yaml", status=(1,)).err)
        for text in ("text: {size: 1000000pt}", "text: {size: 0pt}", "page: {margins: {left: 100in, right: 100in}}",
            "page: {margins: {top: 10in, bottom: 10in}}", "text: {leading: 0}"):
            with self.subTest(text):
                self.write("c.yaml", f"extends: standard\n{text}\n")
                self.survive("build", "alpha", "-s", "./c.yaml", status=(0, 1))


class HostileToCheck(Case):
    """The same of `check`: a megabyte of prose is judged within about two seconds, whatever its shape."""

    SIZE, HALF = 1_000_000, 500_000
    ALLOW = "<!-- check: allow word-hard it is a quote -->"

    def setUp(self):
        super().setUp()
        self.project("alpha")
        self.judged()
        self.write("content/en/glossary.yaml", (ROOT / "content/en/glossary.yaml").read_text(encoding="utf-8"))

    survive = Hostile.survive

    def judge(self, text, seconds=4.0, memory=500 * MB, **more):
        """Twice what a fast machine takes; what is not linear takes minutes."""
        self.write("x.md", text)
        return self.survive("check", "x.md", seconds=seconds, memory=memory, **more)

    def test_a_megabyte_of_prose(self):
        sentence = "The shot may help your knee, but we do not know that yet. It was {} people [@smith-2023]. "
        text = "".join(sentence.format(i) for i in range(self.SIZE // len(sentence)))
        sentences = text.split(". ")
        for name, lines in (
            ("a paragraph of one line", text),
            ("a paragraph of many lines", text.replace(". ", ".\n")),
            ("paragraphs", text.replace(". ", ".\n\n")),
            ("a list", "".join(f"- {one}.\n" for one in sentences)),
            ("a table", "| a | b | c |\n|---|---|---|\n"
                + "".join(f"| {one}. | It helps. | x |\n" for one in sentences[:10_000])),
            ("sections", text.replace("yet. ", "yet.\n\n## Part\n\n")),
        ):
            with self.subTest(name):
                self.judge(f"# Title\n\n{lines}\n")

    def test_what_is_looked_up_for_each_finding(self):
        for name, unit in (
            ("numbers in one sentence", "480 "),
            ("number words in one sentence", "eleven "),
            ("percentages in one sentence", "25% "),
            ("dates in one sentence", "May 5, "),
            ("ages in one sentence", "John, 54, "),
            ("frequencies without group and time", "About 5 of 100 did. "),
            ("the same in paragraphs", "About 5 of 100 did.\n\n"),
            ("the same in items", "- About 5 of 100 did.\n"),
            ("numbers with citations", "It was 480 then [@smith-2023]. "),
            ("the same in paragraphs", "It was 480 then [@smith-2023].\n\n"),
            ("paragraphs in and around items", "- It was 480.\n\n  - Then 481 [@smith-2023].\n\n  Or 482.\n\n"),
            ("benefits in cells", "| x | It helps. |\n"),
            ("initials", "A. "),
            ("sentences of one word", "X! "),
            ("banned words in one sentence, with exceptions", "cure "),
            ("frequencies in one sentence", "5 of 100 "),
            ("capitals joined by hyphens", "AB-CD-"),
            ("letters that are not seen", "\ufeff5 \u00ad% \u200b "),
        ):
            with self.subTest(name):
                head = "| a | b |\n|---|---|\n" if unit.startswith("|") else ""
                self.judge(f"# Title\n\n{head}" + unit * (self.HALF // len(unit)) + "\n", seconds=2)

    def test_numbers_behind_many_citations(self):
        self.judge("# Title\n\n" + "[@smith-2023] " * 35_000 + "\n\n" + "It was 480.\n\n" * 35_000)

    def test_thousands_of_remarks(self):
        for name, text in (
            ("before words", f"{self.ALLOW} utilize " * 15_000),
            ("before paragraphs", f"{self.ALLOW}\n\nWe utilize it.\n\n" * 12_000),
            ("before sections", f"{self.ALLOW}\n## Utilize it\n\n" * 12_000),
            ("before one section", f"{self.ALLOW}\n\n" * 7_000 + "".join(f"## Part {i}\n\nUtilize.\n\n" for i in range(25_000))),
            ("before one paragraph", f"{self.ALLOW}\n" * 10_000 + "\n" + "We utilize it. " * 35_000),
            ("behind everything", "We utilize it. " * 35_000 + "\n\n" + f"{self.ALLOW}\n" * 10_000),
            ("wrong ones", "<!-- check: allow word-hrad why -->\n\n" * 25_000),
            ("never closed", "<!-- check: allow word-hard " * 30_000),
            ("in code", f"`{self.ALLOW}` " * 15_000),
            ("in each other", "<!-- check: allow " * 10_000 + "-->" * 10_000),
        ):
            with self.subTest(name):
                self.judge(f"# Title\n\n{text}\n")

    def test_a_table_of_choices_without_end(self):
        self.write("content/handouts/alpha.yaml", self.read("content/handouts/alpha.yaml").replace("role: summary", "role: usual-care"))
        table = "| Choice | Good | Bad |\n|---|---|---|\n"
        rows = "".join(f"| Choice {i} | It may help. | It may hurt. |\n" for i in range(10_000))
        self.write("content/en/alpha/in-short.md", f"# Usual care\n\n{table}{rows}")
        self.survive("check", "alpha", seconds=4, memory=450 * MB)
        self.write("content/en/alpha/in-short.md", f"# Usual care\n\n{table}{rows}\n" + f"{table}\n" * 10_000)
        self.survive("check", "alpha", seconds=6, memory=700 * MB)

    def test_a_profile_made_to_hurt(self):
        profile, lexicon = "content/check.yaml", "content/en/check.yaml"
        whole = {name: self.read(name) for name in (profile, lexicon)}
        self.write("x.md", "# Title\n\nWe do not know if it helps.\n")
        for what, name, text, code in (
            *((what, name, text, None) for name in whole for what, text in (
                ("half of it", whole[name][:len(whole[name]) // 2]), ("nothing", ""), ("no text", "\0\xff"))),
            ("a phrase of gaps", lexicon, whole[lexicon].replace("\nbanned:\n", '\nbanned:\n  - "~ ~ ~"\n', 1), "yaml-value"),
            ("a phrase without end", lexicon, whole[lexicon].replace("\nbanned:\n", f'\nbanned:\n  - "{"a " * 17}"\n', 1),
                "yaml-value"),
            ("a list for a number", profile,
                whole[profile].replace("smog: {severity: error, limit: 9.0", "smog: {severity: error, limit: [9]"), "yaml-type"),
            ("no number", profile,
                whole[profile].replace("smog: {severity: error, limit: 9.0", "smog: {severity: error, limit: nan"), None),
            ("an unknown rule", profile, whole[profile].replace("  smog:", "  smug:"), "yaml-key-unknown"),
        ):
            with self.subTest(what=what, name=name):
                self.assertNotEqual(text, whole[name])
                self.write(name, text)
                done = self.survive("check", "x.md", status=(1,))
                self.assertIn(f"[{code}]" if code else "[", done.out + done.err)
                self.assertIn(name, done.out + done.err)
                self.write(name, whole[name])
        phrases = "".join(f'  - "zz{i} ~ yy"\n' for i in range(20_000))
        self.write(lexicon, whole[lexicon].replace("\nbanned:\n", f"\nbanned:\n{phrases}", 1))
        self.survive("check", "x.md", seconds=4)
        self.write(lexicon, whole[lexicon].replace("\nbanned:\n", f'\nbanned:\n  - "know {"~ " * 14}zz"\n', 1))
        self.write("x.md", "# Title\n\nWe do not know what " + "we know and " * 200 + "so on.\n")
        self.survive("check", "x.md")

    def test_acronyms_without_end(self):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        words = (a + b + c + d for a in letters for b in letters for c in letters for d in letters[:6])
        self.judge("# Title\n\n" + " of ".join(words) + "\n")
