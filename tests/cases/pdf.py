"""PDFs judged by outsiders: qpdf for the file, poppler for fonts, pages, text, and structure."""

import difflib
import html
import itertools
import re
import subprocess
import unicodedata

from cases.support import ROOT, TOPICS, Case

# All of Markdown within itself, the first says every word once, and has a number in each; and tables in labeled rows.
TORTURES = {"torture-1": "tests/fixtures/torture.md", "torture-2": "tests/fixtures/torture/torture.md",
    "labels": "tests/golden/labels.md"}

# Blocks of a document dump that hold inlines, and the inlines that print.
LEAVES = {"heading", "paragraph", "callout-title", "cell", "caption", "label", "code-block"}


def unquote(text):
    return re.sub(r"\\(n|x..|.)", lambda m: "\n" if m[1] == "n" else chr(int(m[1][1:], 16)) if m[1][0] == "x" else m[1], text)


def split(text):
    """Words; é is the same whether it is written as one character or two, and soft hyphens print nothing."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "").split()


def words_of_dump(dump):
    """All words that a document says, in its order, from --dump=document."""
    blocks, label = [], ""
    for line in dump.splitlines():
        match = re.match(r'( *)([a-z-]+)(.*)', line)
        kind, rest = match[2], match[3]
        quoted = re.search(r' "((?:[^"\\]|\\.)*)"', rest)
        text = unquote(quoted[1]) if quoted else ""
        if kind == "item":
            number = re.search(r" number=(\d+[.)])", rest)
            label = number[1] if number else ""
        elif kind in LEAVES:
            blocks.append(label if kind == "label" else text if kind == "code-block" else "")
        elif kind in ("text", "code"):
            blocks[-1] += text
        elif kind == "address":
            blocks[-1] += f" ({text})"
        elif kind == "citation":
            blocks[-1] += "[" + re.search(r" number=(\d+)", rest)[1] + "]"
        elif kind in ("soft-break", "line-break"):
            blocks[-1] += " "
    return split(" ".join(blocks))


def words_of_structure(text):
    """All words of `pdfinfo -struct-text`, in the order of the structure tree, but for those drawn in pictures."""
    blocks, inline, figure = [], False, None
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if figure is not None and depth > figure:
            continue
        figure = depth if re.match(r"\s*Figure\b", line) else None
        match = re.match(r'\s*"(.*)"$', line)
        if match:
            if inline and blocks:
                blocks[-1] += match[1]
            else:
                blocks.append(match[1])
            inline = True
        elif not re.match(r"\s*(Object \d+ \d+|/\w+ .*|.*\(inline\):?)$", line):
            inline = False
    return split(" ".join(blocks))


def words_of_markdown(text):
    """The words of a section's source, without its marks."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.S)
    text = re.sub(r"^```.*\n", "", text, flags=re.M)
    text = re.sub(r"\[@[^\]]*\]|\{\{[^}]*\}\}|\{[^}]*\}", " ", text)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", " ", text)
    text = re.sub(r"\]\([^)]*\)", " ", text)
    text = re.sub(r"^[|: -]+$|\[!\w+\]|\[[ xX]\]", " ", text, flags=re.M)
    return re.findall(r"[^\W_]+", html.unescape(text))


class Judged(Case):
    """Everything that the tests look at: the handouts on both papers, and the torture documents."""

    def build(self):
        self.expect(0, "build", "--lang", "all", "-o", self.dir / "letter", cwd=ROOT)
        self.expect(0, "build", "--lang", "all", "-o", self.dir / "a4", "--paper", "a4", cwd=ROOT)
        for name, source in TORTURES.items():
            self.expect(0, "build", source, "-o", self.dir / f"letter/{name}.pdf", cwd=ROOT)
        return sorted(self.dir.rglob("*.pdf"))

    def tool(self, *command):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_files_are_sound(self):
        for path in self.build():
            with self.subTest(path.name):
                self.assertIn("No syntax or stream encoding errors found", self.tool("qpdf", "--check", path))

    def test_fonts_are_embedded_subset_and_have_unicode(self):
        for path in self.build():
            with self.subTest(path.name):
                fonts = self.tool("pdffonts", path).splitlines()[2:]
                self.assertTrue(fonts)
                for font in fonts:
                    self.assertRegex(font, r"^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes ")

    def test_properties(self):
        for path in self.build():
            with self.subTest(path.name):
                info = self.tool("pdfinfo", path)
                for pattern in (r"Tagged: +yes", r"PDF version: +1\.7", r"Title: +\S", r"Encrypted: +no", r"JavaScript: +no",
                    r"Page size: +595\.2\d+ x 841\.8\d+|Page size: +595\.28 x 841\.89" if "a4" in str(path) else r"Page size: +612 x 792"):
                    self.assertRegex(info, pattern)

    def check_words(self, path, dump):
        expected = words_of_dump(dump)
        self.assertGreater(len(expected), 100)
        found = words_of_structure(self.tool("pdfinfo", "-struct-text", path))
        if found != expected:
            self.fail("\n".join(difflib.unified_diff(expected, found, "document", "PDF", lineterm="", n=2)))
        shown = "".join(split(self.tool("pdftotext", "-raw", path, "-")))
        self.assertEqual([word for word in set(expected) if word not in shown], [])

    def test_every_word_of_the_handouts_once_and_in_order(self):
        self.build()
        for topic, lang in itertools.product(TOPICS, ("en", "es")):
            with self.subTest(f"{topic}-{lang}"):
                dump = self.expect(0, "build", topic, "-l", lang, "--dump=document", cwd=ROOT).out
                self.check_words(self.dir / f"letter/{topic}-{lang}.pdf", dump)
                self.check_words(self.dir / f"a4/{topic}-{lang}.pdf", dump)

    def test_every_word_of_the_editions_on_their_pages(self):
        self.expect(0, "build", "--lang", "all", "-s", "pocket,large-print", "-o", self.dir, "--paper", "a4", cwd=ROOT)
        for topic, lang in itertools.product(TOPICS, ("en", "es")):
            dump = self.expect(0, "build", topic, "-l", lang, "--dump=document", cwd=ROOT).out
            for style, size in (("pocket", r"419\.5\d* x 595\.2\d*"), ("large-print", r"595\.2\d* x 841\.8\d*")):
                with self.subTest(f"{topic}-{lang}-{style}"):
                    path = self.dir / f"{topic}-{lang}-{style}.pdf"
                    self.assertRegex(self.tool("pdfinfo", path), r"Page size: +" + size)
                    self.check_words(path, dump)

    def test_every_word_of_the_torture_documents_once_and_in_order(self):
        self.build()
        for name, source in TORTURES.items():
            with self.subTest(name):
                dump = self.expect(0, "build", source, "--dump=document", cwd=ROOT).out
                self.check_words(self.dir / f"letter/{name}.pdf", dump)

    def test_numbered_words_are_there_once(self):
        """Again without the program's help: the words of the first torture document by their numbers."""
        self.build()
        text = " ".join(words_of_structure(self.tool("pdfinfo", "-struct-text", self.dir / "letter/torture-1.pdf")))
        found = [int(number) for number in re.findall(r"quartz(\d+)", text)]
        self.assertEqual([number for number in found if found.count(number) > 1], [])
        self.assertGreater(len(found), 200)
        # Those that are missing stand where nothing is printed.
        source = (ROOT / TORTURES["torture-1"]).read_text()
        missing = {int(number) for number in re.findall(r"quartz(\d+)", source)} - set(found)
        for number in sorted(missing):
            self.assertRegex(source, rf"https?://\S*quartz{number}\b|<!--[^>]*quartz{number}\b|mailto:quartz{number}\b|"
                rf"^\[quartz{number}\]:|^\[[^]]*\]: .*quartz{number}\b", f"quartz{number} is lost")

    def test_no_word_of_the_source_is_lost(self):
        """Independent of the program's own reading of Markdown: the words of the files, in their order."""
        self.build()
        for topic in TOPICS:
            with self.subTest(topic):
                definition = (ROOT / f"content/handouts/{topic}.yaml").read_text()
                files = re.findall(r"file: *([^ },]+)", definition.split("\n  es:")[0])
                text = self.tool("pdfinfo", "-struct-text", self.dir / f"letter/{topic}-en.pdf")
                printed = re.findall(r"[^\W_]+", " ".join(words_of_structure(text)))
                at = 0
                for file in [*files, "shared/risks-and-cost.md"]:
                    for word in words_of_markdown((ROOT / "content/en" / file).read_text()):
                        self.assertIn(word, printed[at:], f"{file}: '{word}' is missing or out of order")
                        at = printed.index(word, at) + 1

    def test_the_standard_page_reads_the_same_everywhere(self):
        self.build()
        pages = set()
        for topic in TOPICS:
            path = self.dir / f"letter/{topic}-en.pdf"
            count = int(re.search(r"Pages: +(\d+)", self.tool("pdfinfo", path))[1])
            last = self.tool("pdftotext", "-raw", "-f", count, "-l", count, path, "-")
            self.assertIn("Risks and cost", last)
            pages.add(last[last.index("Risks and cost"):last.rindex("1-800-FDA-1088") if "1-800-FDA-1088" in last else None])
        self.assertEqual(len(pages), 1)
