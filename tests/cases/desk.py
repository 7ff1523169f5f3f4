"""One sheet for one patient: what a desk sets, where it stands, that it is kept nowhere, and the way to the printer."""

import itertools
import os
import re
import shutil
import subprocess
import time
import unicodedata
from pathlib import Path

from cases.editions import EDITIONS, PAPERS
from cases.support import HANDOUT, ROOT, TOPICS, Case

FIELDS = {"patient.name": "Jane Q. Doe", "visit.date": "2026-12-01", "clinician.name": "Dr. Maria Gonzalez"}
LABELS = {"en": ["Patient", "Date of visit", "Clinician"], "es": ["Paciente", "Fecha de la visita", "Profesional clínico"]}
PRINTED = {"en": ["Jane Q. Doe", "December 1, 2026", "Dr. Maria Gonzalez"],
    "es": ["Jane Q. Doe", "1 de diciembre de 2026", "Dr. Maria Gonzalez"]}
LONG = "Maria-José Constanza Fernández-Rodríguez de la Vega y O’Connor"


def lines_of(fields):
    return "".join(f"{key}={value}\n" for key, value in fields.items())


class Desk(Case):
    def tool(self, *command):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        return done.stdout

    def small(self, fields):
        """The structure of a small sheet."""
        self.write("small.md", "# Small\n\nText.\n")
        return self.structure(self.sheet("small.md", fields=fields))

    def sheet(self, *args, fields=FIELDS, name="sheet.pdf"):
        self.expect(0, "build", *(args or ["oa"]), "--root", ROOT, "--deny", "warnings", "-q", "-o", self.dir / name,
            "--set-from", "-", text=lines_of(fields))
        return self.dir / name

    def words(self, pdf, page=1):
        """The words of a page with their boxes: (text, left, top, bottom)."""
        text = self.tool("pdftotext", "-f", page, "-l", page, "-bbox", pdf, "-")
        return [(word, float(left), float(top), float(bottom)) for left, top, bottom, word in
            re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', text)]

    def place(self, words, phrase):
        """The left edge, top, and bottom of a phrase that stands on one line."""
        phrase = phrase.split()
        found = [words[i] for i in range(len(words)) if [word for word, *_ in words[i:i + len(phrase)]] == phrase
            and words[i][2] == words[i + len(phrase) - 1][2]]
        self.assertEqual(len(found), 1, f"{phrase}: {found}")
        return found[0][1:]

    def qdf(self, pdf):
        self.tool("qpdf", "--qdf", "--object-streams=disable", pdf, self.dir / "plain.qdf")
        return (self.dir / "plain.qdf").read_bytes()

    def structure(self, pdf):
        return unicodedata.normalize("NFC", self.tool("pdfinfo", "-struct-text", pdf))

    def masthead(self, pdf):
        """What the structure tree has before the first section."""
        return re.split(r"^  Sect", self.structure(pdf), maxsplit=1, flags=re.M)[0]


class Masthead(Desk):
    def every(self, fields, paper):
        """Builds all handouts in all languages and editions at once, and says how many pages each has."""
        folder = self.dir / paper
        done = self.expect(0, "build", "--root", ROOT, "--lang", "all", "--style", ",".join(EDITIONS), "--paper", paper, "--deny",
            "warnings", "-v", "-o", folder, "--set-from", "-", text=lines_of(fields))
        return dict(re.findall(r"^\S+/(\S+)\.pdf: (\d+) pages?,", done.err, re.M))

    def pdf(self, topic, lang, style, paper):
        return self.dir / paper / (f"{topic}-{lang}.pdf" if style == "standard" else f"{topic}-{lang}-{style}.pdf")

    def check_places(self, style, lang, paper):
        words = self.words(self.pdf("osteoarthritis", lang, style, paper))
        tops = []
        for label, value in zip(LABELS[lang], PRINTED[lang]):
            left, top, _ = self.place(words, label)
            value_left, value_top, _ = self.place(words, value)
            tops.append(top)
            if abs(left - value_left) < 0.1:
                self.assertGreater(value_top, top + 8, "below its label")
            else:
                self.assertEqual(value_top, top, "beside its label")
                self.assertGreater(value_left, left)
        self.assertGreater(min(tops), max(top for word, _, top, _ in words if word in ("Version", "Versión")))
        for word, _, top, _ in words:
            if word in ("short", "breve"):
                self.assertLess(max(tops), top)
        if style in ("standard", "ink-saver"):
            self.assertEqual(len(set(tops)), 1, "in a row")

    def test_fields_stand_below_the_title_in_every_edition(self):
        for paper in PAPERS:
            self.every(FIELDS, paper)
            for style, lang in itertools.product(EDITIONS, LABELS):
                with self.subTest(style=style, lang=lang, paper=paper):
                    self.check_places(style, lang, paper)

    def test_long_and_many_fields_keep_to_the_pages(self):
        fields = {**FIELDS, "patient.name": LONG, "patient.birth-date": "1957-03-31"}
        for paper in PAPERS:
            pages = self.every(fields, paper)
            self.assertEqual(len(pages), len(TOPICS) * len(LABELS) * len(EDITIONS))
            for topic, lang in itertools.product(TOPICS, LABELS):
                for ending in ("", "-ink-saver"):
                    self.assertEqual(pages[f"{topic}-{lang}{ending}"], "4" if lang == "en" else "5")
            for style, lang in itertools.product(EDITIONS, LABELS):
                with self.subTest(style=style, lang=lang, paper=paper):
                    pdf = self.pdf("osteoarthritis", lang, style, paper)
                    shown = "".join(self.tool("pdftotext", "-raw", "-f", 1, "-l", 1, pdf, "-").split())
                    self.assertIn(LONG.replace(" ", ""), unicodedata.normalize("NFC", shown))
                    words = self.words(pdf)
                    for text in LABELS[lang][1:] + PRINTED[lang][1:]:
                        self.place(words, text)  # on one line
                    self.place(words, "31 de marzo de 1957" if lang == "es" else "March 31, 1957")

    def test_only_what_is_set_is_printed(self):
        self.assertNotIn("Table", self.small({"clinic.name": "Other Clinic"}))
        for keys in itertools.chain.from_iterable(itertools.combinations(FIELDS, n) for n in range(1, 4)):
            with self.subTest(keys):
                tree = self.small({key: FIELDS[key] for key in keys})
                for key, label, value in zip(FIELDS, LABELS["en"], PRINTED["en"]):
                    self.assertEqual(f'"{label}"' in tree, key in keys, tree)
                    self.assertEqual(f'"{value}"' in tree, key in keys, tree)

    def test_the_structure_says_what_is_what(self):
        tree = re.sub(r"\s+", " ", self.masthead(self.sheet()))
        heads = " ".join(f'TH: /Scope /Column "{label}"' for label in LABELS["en"])
        cells = " ".join(f'TD "{value}"' for value in PRINTED["en"])
        self.assertTrue(tree.rstrip().endswith(f"Table (block) THead TR {heads} TBody TR {cells}"), tree)

    def test_nothing_set_is_a_blank_to_write_on(self):
        pdf = self.sheet(fields={"patient.name": "", "visit.date": " ", "clinician.name": "Dr. Roe"})
        data = self.qdf(pdf)
        self.assertIn(b"/ActualText (Patient \\(blank to fill in\\))", data)
        self.assertIn(b"/ActualText (Date of visit \\(blank to fill in\\))", data)
        self.assertNotIn(b"/ActualText (Clinician", data)
        done = self.expect(1, "build", "oa", "--root", ROOT, "--publish", "-o", self.dir / "x.pdf", "--set", "patient.name=")
        self.assertIn("handout: error: the setting 'patient.name' is empty, and what is published has no blanks "
            "[blank-unfilled]\n", done.err)

    def test_names_of_many_kinds(self):
        for name in ("D’Arcy O'Neil-Šimůnek", "Nguyễn Thị Ánh", "Иван Петрович", "Ελένη Παπαδοπούλου", "J. R. 3rd", "{{clinic.name}}",
                "**Bold** <b>&amp;", "a=b=c"):
            with self.subTest(name):
                self.assertIn(f'"{name}"', self.small({"patient.name": name}))

    def test_dates_are_printed_as_the_language_writes_them(self):
        for date, printed in (("2026-01-02", "January 2, 2026"), ("next Monday", "next Monday"), ("1/2/26", "1/2/26")):
            self.assertIn(f'"{printed}"', self.small({"visit.date": date}))
        done = self.expect(1, "build", "oa", "--root", ROOT, "-o", self.dir / "x.pdf", "--set", "visit.date=2026-02-30")
        self.assertIn("the setting 'visit.date' is a date that no calendar has (write 2026-11-20, or the date in words) "
            "[setting-invalid]", done.err)
        self.assertNotIn("02-30", done.err)

    def test_texts_may_use_them(self):
        self.write("notes.md", "# Notes\n\nFor {{patient.name}}, on {{visit.date}}.\n")
        tree = self.structure(self.sheet("notes.md", fields={"patient.name": "Jane Doe"}))
        self.assertRegex(tree, r'"For Jane Doe, on "\s+Span \(inline\)')
        self.assertIn('"Patient"', tree, "a bare file has a masthead, too")

    def test_a_bare_file_without_a_clinic_takes_no_settings(self):
        self.project()
        (self.dir / "content/clinic.yaml").unlink()
        self.write("notes.md", "# Notes\n\nHello.\n")
        self.expect(0, "build", "notes.md", "-o", "notes.pdf")
        done = self.expect(1, "build", "notes.md", "-o", "notes.pdf", "--set", "patient.name=Jane")
        self.assertIn("content/clinic.yaml: error: ", done.err)


class Private(Desk):
    """Names that occur nowhere else are looked for everywhere."""

    NAMES = {"patient.name": "Qzxjane Wvukowski", "patient.birth-date": "Qzxborn", "visit.date": "Qzxday", "clinician.name": "Qzxroe"}
    SECRETS = ("Qzx", "Wvukowski")

    def absent(self, data, where):
        data = data if isinstance(data, bytes) else data.encode()
        for secret in self.SECRETS:
            for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
                self.assertNotIn(secret.lower().encode(encoding), data.lower(), f"{where}: {secret}")

    def test_the_file_keeps_them_on_its_pages_alone(self):
        text = ("# Notes for {{patient.name}}\n\n## Plan of {{patient.name}} and {{clinician.name}}\n\n[Plan](#plan-of-patient-name-and-"
            "clinician-name)\n\n## On <https://example.org/{{visit.date}}>\n\nText.\n")
        self.write("notes.md", text)
        for source in ("oa", "notes.md"):
            pdf = self.sheet(source, fields=self.NAMES)
            self.assertIn("Qzxjane Wvukowski", self.tool("pdftotext", pdf, "-"))
            self.absent(self.tool("pdfinfo", pdf) + self.tool("pdfinfo", "-meta", pdf), "properties")
            data = self.qdf(pdf)
            # A link's target and its description for those who cannot see it are what the page shows there.
            data = re.sub(rb"/(URI|Contents) \((?:[^()\\]|\\.)*\)", b"", data)
            self.absent(data, "anything but links, outline and all")
        self.assertIn("Notes for patient name", self.tool("pdfinfo", pdf))
        self.assertIn(b"/Title (Plan of patient name and clinician name)", data)

    def test_nothing_is_left_behind(self):
        shutil.copytree(ROOT / "content", self.dir / "content")
        for verbose in ("-v", "-q"):
            done = self.expect(0, "build", "oa", verbose, "--root", ROOT, "-C", "content", "-o", "out", "--set-from", "-",
                "--manifest", "manifest.ndjson", "--depfile", "needs.d", text=lines_of(self.NAMES))
            self.absent(done.err + done.out, "messages")
        files = [name for name in self.files("out")]
        self.assertEqual(files, ["osteoarthritis-en.pdf"])
        for name in self.files():
            self.absent((self.dir / name).read_bytes() + name.encode(), name)

    def test_no_message_repeats_them(self):
        self.project("alpha", "beta")
        self.judged()
        self.write("content/en/alpha/in-short.md", "# In short for {{patient.name}}\n\n{{patient.name}} sees [{{clinician.name}}]("
            "#{{patient.name}}) and <https://example.org/{{patient.name}}>.\n\n| {{patient.name}} | {{patient.name}} |\n|---|---|\n| a | b |\n\n"
            "```qr https://{{patient.name}}\nScan\n```\n\n![{{patient.name}}]({{patient.name}}.png)\n")
        self.write("content/en/beta/in-short.md", "# In short for {{patient.name}}\n\n{{patient.name}} sees [{{clinician.name}}]("
            "https://example.org/{{patient.name}}).\n\n| {{patient.name}} | {{patient.name}} |\n|---|---|\n| a | b |\n")
        self.write("named.yaml", "extends: standard\nfooter: {left: \"{{patient.name}}\", right: \"{{patient.name}} {{clinician.name}}\"}\n")
        self.write("full", "")
        values = {"plain": {}, "glyph": {"patient.name": "Qzxjane 日本", "clinician.name": "Qzxroe 日"},
            "wide": {"patient.name": "Qzx" + 80 * "wvukowski"}, "capitals": {"patient.name": "QZXJANE UTILIZATION WVUKOWSKI"},
            "blank": {"patient.name": ""}, "unknown": {"patient.nmae": "Qzxjane"}, "date": {"visit.date": "2026-02-30"}, "control": {"patient.name": "Qzx\x1bjane"}}
        told = set()
        for (name, fields), command in itertools.product(values.items(), ("build", "check")):
            for args in (["alpha"], ["beta"], ["beta", "-s", "./named.yaml"], ["beta", "--publish"], ["nothing"],
                ["beta", "--format", "json"], ["alpha", "--format", "sarif"], ["beta", "--format", "junit"], ["alpha", "--format", "github"]):
                output = ["-v", "-o", "full"] if command == "build" else []
                done = self.handout(command, *args, *output, "--set-from", "-", text=lines_of({**self.NAMES, **fields}))
                with self.subTest(name=name, command=command, args=args):
                    self.absent(done.err + done.out, "messages")
                    self.assertNotIn("日", done.err + done.out)
                    self.assertNotIn("U+65E5", done.err + done.out)
                    told.update(re.findall(r"\[([a-z-]+)\]$", done.err + done.out, re.M))
        self.assertLessEqual({"anchor-unknown", "glyph-missing", "variable-unknown", "setting-invalid", "setting-malformed", "topic-unknown",
            "table-too-wide", "line-overfull", "blank-unfilled", "qr-address"}, told)

    def test_a_slip_in_a_name_is_told(self):
        for key, hint in (("patient.nmae", "(did you mean 'patient.name'?)"), ("visit.data", "(did you mean 'visit.date'?)"),
            ("visit.room-number", "(the desk's are patient.name, patient.birth-date, visit.date, and clinician.name)")):
            done = self.expect(1, "build", "oa", "--root", ROOT, "-o", self.dir / "x.pdf", "--set", f"{key}=Qzxjane")
            self.assertIn(f"a setting names the unknown variable '{key}' {hint} [variable-unknown]", done.err)
            self.absent(done.err, "messages")


class Printing(Desk):
    def stream(self, *args):
        return [str(HANDOUT), "build", "oa", "--root", str(ROOT), "-o", "-", *args]

    def test_standard_output_has_the_sheet_and_nothing_else(self):
        self.expect(0, "build", "oa", "--root", ROOT, "-o", "oa.pdf", "--set-from", "-", text=lines_of(FIELDS))
        for verbose in ([], ["-v"], ["-q"]):
            done = subprocess.run(self.stream("--set-from", "-", *verbose), input=lines_of(FIELDS).encode(), cwd=self.dir,
                env=self.environment(), capture_output=True)
            self.assertEqual((done.returncode, done.stdout), (0, (self.dir / "oa.pdf").read_bytes()))
            said = b"osteoarthritis-en.pdf: 4 pages" if verbose == ["-v"] else b""
            self.assertTrue(done.stderr.startswith(said) and (said or not done.stderr or not verbose or verbose == []), done.stderr)
        self.assertEqual(self.files(), ["oa.pdf"])

    def test_a_failure_sends_nothing_to_the_printer(self):
        for args in (["--publish"], ["--set", "patient.nmae=x"], ["--set", "patient.name=日"], ["-l", "fr"], ["-s", "none"]):
            done = subprocess.run(self.stream(*args), cwd=self.dir, env=self.environment(), capture_output=True)
            self.assertEqual((done.returncode, done.stdout), (1, b""), args)

    def test_a_closed_pipe(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(self.stream(), cwd=self.dir, env=self.environment(), stdout=writer, stderr=subprocess.PIPE, text=True)
        os.close(writer)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("cannot write to standard output: Broken pipe [output-unwritable]", done.stderr)

    def test_a_slow_reader_gets_it_all(self):
        self.expect(0, "build", "oa", "--root", ROOT, "-o", "oa.pdf")
        process = subprocess.Popen(self.stream(), cwd=self.dir, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(0.2)
        data = bytearray()
        while block := os.read(process.stdout.fileno(), 4000):
            data += block
            time.sleep(0.005)
        process.stdout.close()
        self.assertEqual((process.wait(), bytes(data)), (0, (self.dir / "oa.pdf").read_bytes()))

    def test_no_list_of_processes_shows_them(self):
        process = subprocess.Popen(self.stream("--set-from", "-"), cwd=self.dir, env=self.environment(), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdin.write(b"patient.name=Qzxjane\n")
        process.stdin.flush()
        seen = b""
        while b"--set-from" not in seen:  # it takes a moment until the process is this program
            seen = b"".join(Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ", "comm"))
        self.assertNotIn(b"Qzx", seen)
        output, _ = process.communicate()
        self.assertTrue(output.startswith(b"%PDF-1.7\n"))

    def test_the_lines_of_the_readme_print(self):
        """As they stand there, with a printer that keeps what it gets."""
        bin_ = self.dir / "bin"
        self.write("bin/lp", '#!/bin/sh\nprintf "%s\\n" "$@" >"$KEPT.args"\ncat >"$KEPT.pdf"\n').chmod(0o755)
        (bin_ / "handout").symlink_to(HANDOUT)
        blocks = [block for block in re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S) if "| lp " in block]
        self.assertEqual(len(blocks), 2)
        for i, block in enumerate(blocks):
            with self.subTest(block):
                kept = self.dir / f"printed-{i}"
                done = subprocess.run(["sh", "-c", block.replace("build/release/handout", str(bin_ / "handout"))], cwd=ROOT, text=True,
                    env=self.environment({"PATH": f"{bin_}:{os.environ['PATH']}", "KEPT": str(kept)}), capture_output=True)
                self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
                self.tool("qpdf", "--check", f"{kept}.pdf")
                args = Path(f"{kept}.args").read_text().splitlines()
                self.assertEqual(args, ["-o", "sides=two-sided-long-edge", "-o", "media=letter", "-o", "print-scaling=none"])
                self.assertEqual("Jane Doe" in self.tool("pdftotext", f"{kept}.pdf", "-"), i == 1)
                self.assertIn("612 x 792 pts (letter)", self.tool("pdfinfo", f"{kept}.pdf"))

    def test_the_pdf_says_how_to_print_it(self):
        wanted = {"standard": "/DisplayDocTitle true /Duplex /DuplexFlipLongEdge /PrintScaling /None /PickTrayByPDFSize true",
            "pocket": "/DisplayDocTitle true /Duplex /DuplexFlipShortEdge"}
        self.write("one.md", "# One\n\nPage.\n")
        for style, preferences in wanted.items():
            data = self.sheet("oa", "-s", style).read_bytes()
            self.assertIn(f"/ViewerPreferences <<{preferences}>>".encode(), data)
        data = self.sheet("one.md").read_bytes()
        self.assertIn(b"/ViewerPreferences <</DisplayDocTitle true /Duplex /Simplex /PrintScaling /None /PickTrayByPDFSize true>>", data)
