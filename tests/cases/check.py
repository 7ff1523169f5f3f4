"""handout check as a command: streams, exit statuses, options, and the figures that it prints. What the rules find is in
corpus.py, faults.py, and golden/diagnostics/check-*.case."""

import os
import re
import subprocess

from cases.support import HANDOUT, ROOT, Case, definition

PLAIN = "# How it works\n\nYou can ask us.\n"
HARD = "# How it works\n\nYou can utilize it.\n"  # [word-hard], a warning
WRONG = "# How it works\n\nIt is a miracle.\n"  # [word-banned], an error

HEAD = ["section", "words", "sent.", "FKGL", "-terms", "SMOG", "ease", "w/sent", "long", "passive", "you"]
SPANISH_HEAD = ["section", "words", "sent.", "INFLESZ", "-terms", "F-H", "w/sent", "long", "passive", "usted"]


def codes(output):
    return re.findall(r"^\S+: (?:error|warning|note): .* \[([a-z-]+)\]$", output, re.M)


def figures(output):
    """The first table of figures: title → cells."""
    table = re.search(r"^\S+: \d+ pages?\n((?:  .*\n)*)", output, re.M)
    rows = re.findall(r"^  (\S.*?)  +(\S.*)$", table[1] if table else "", re.M)
    return {title: cells.split() for title, cells in rows}


class Project(Case):
    """A small project with the shipped profile, and bare files beside it."""

    def setUp(self):
        super().setUp()
        self.project("alpha")
        self.judged()
        for name, text in (("plain.md", PLAIN), ("hard.md", HARD), ("wrong.md", WRONG)):
            self.write(name, text)

    def set_rule(self, code, setting):
        text, count = re.subn(rf"^  {code}: .*$", f"  {code}: {setting}", self.read("content/check.yaml"), count=1, flags=re.M)
        self.assertEqual(count, 1)
        self.write("content/check.yaml", text)


class Status(Project):
    def test_the_status_is_that_of_the_worst_finding(self):
        self.expect(0, "check", "plain.md")
        self.expect(0, "check", "hard.md")
        self.expect(3, "check", "--deny", "warnings", "hard.md")
        self.expect(1, "check", "wrong.md", "plain.md")
        self.expect(1, "check", "--deny", "warnings", "wrong.md", "hard.md")
        self.expect(0, "check", "--deny", "warnings", "plain.md")

    def test_notes_are_never_denied(self):
        self.set_rule("word-hard", "{severity: note}")
        done = self.expect(0, "check", "--deny", "warnings", "hard.md")
        self.assertEqual(codes(done.out), ["word-hard"])

    def test_every_rule_with_a_limit_minds_warn(self):
        long = "# How it works\n\nYou can ask us if you do not know what to do. STOP, DO NOT SIT.\n\n- a\n- b\n- c\n"
        self.write("long.md", long)
        for code, limit, warn in (("sentence-long", 20, 5), ("paragraph-long", 60, 5), ("paragraph-sentences", 4, 1),
                ("section-long", 120, 5), ("heading-long", 10, 2), ("list-long", 7, 2), ("caps-run", 9, 2)):
            for severity, shown in (("error", "warning"), ("warning", "warning"), ("note", "note")):
                with self.subTest(code=code, severity=severity):
                    self.set_rule(code, f"{{severity: {severity}, limit: {limit}, warn: {warn}}}")
                    done = self.expect(0, "check", "long.md")
                    self.assertRegex(done.out, rf"(?m)^long.md:\S+ {shown}: .* \[{code}\]$")

    def test_what_is_allowed_is_not_told_where_that_is_off(self):
        self.write("allowed.md", WRONG.replace("It is", "<!-- check: allow word-banned a quote -->\nIt is"))
        self.assertEqual(codes(self.expect(0, "check", "allowed.md").out), ["check-allowed"])
        self.set_rule("check-allowed", "{severity: off}")
        self.assertEqual(codes(self.expect(0, "check", "allowed.md").out), [])

    def test_each_date_of_a_sentence_is_judged(self):
        self.write("dates.md", "# How it works\n\nAs of May 2020, and as of June 2019, you can ask us.\n")
        self.assertEqual(codes(self.expect(1, "check", "dates.md").out), ["as-of-old"] * 2)

    def test_a_rule_that_is_off_finds_nothing(self):
        self.set_rule("word-hard", "{severity: off}")
        self.assertEqual(codes(self.expect(0, "check", "--deny", "warnings", "hard.md").out), [])

    def test_what_is_missing_is_told_and_the_rest_judged(self):
        for args, code in ((["nowhere.md", "hard.md"], "file-missing"), (["alhpa", "hard.md"], "topic-unknown"),
            (["notes.txt", "hard.md"], "topic-unknown")):
            with self.subTest(args):
                done = self.expect(1, "check", *args)
                self.assertEqual(sorted(codes(done.out)), sorted([code, "word-hard"]))
                self.assertIn("\n1 of 2 handouts, 1 error, 1 warning\n", done.out)

    def test_a_language_that_is_missing(self):
        done = self.expect(1, "check", "--lang", "fr", "plain.md")
        self.assertEqual(codes(done.out), ["lang-missing"])
        done = self.expect(1, "check", "--lang", "es", "alpha")
        self.assertEqual(done.out, "content/handouts/alpha.yaml: error: 'alpha' does not exist in the language 'es' "
            "(it has: en) [lang-missing]\n")

    def test_without_a_profile_nothing_is_judged(self):
        (self.dir / "content/check.yaml").unlink()
        for operand in ("alpha", "plain.md"):
            done = self.expect(1, "check", operand)
            self.assertEqual((done.out, done.err), ("content/check.yaml: error: there is no such file [file-missing]\n", ""))

    def test_a_broken_handout_does_not_stop_the_others(self):
        self.write("content/handouts/beta.yaml", definition("beta"))
        done = self.expect(1, "check")
        self.assertIn("[file-missing]", done.out)
        self.assertIn("\nalpha-en: 2 pages\n", done.out)
        self.assertIn("\nbeta-en: not judged", done.out)

    def test_mistakes_on_the_command_line(self):
        for args in (["-o", "x"], ["--dump", "pages"], ["--deny", "notes"]):
            with self.subTest(args):
                done = self.expect(2, "check", "plain.md", *args)
                self.assertEqual(done.out, "")
                self.assertIn("Try 'handout check --help' for more information.\n", done.err)


class Streams(Project):
    def test_all_goes_to_standard_output_and_nothing_is_written(self):
        before = self.files()
        for args in ([], ["-v"], ["--deny", "warnings"], ["--publish"]):
            self.assertEqual(self.handout("check", *args).err, "")
        self.assertEqual(self.files(), before)

    def test_a_disk_that_is_full_and_a_reader_that_has_gone(self):
        read, gone = os.pipe()
        os.close(read)
        with open("/dev/full", "w") as full:
            for stream in (full, gone):
                for args in (["plain.md"], ["wrong.md"], ["-q", "wrong.md"], ["nowhere.md"]):
                    with self.subTest(args, stream=str(stream)):
                        done = subprocess.run([HANDOUT, "check", *args], cwd=self.dir, env=self.environment(),
                            stdout=stream, stderr=subprocess.PIPE, text=True)
                        self.assertEqual(done.returncode, 4, done.stderr)
                        self.assertEqual(done.stderr.count("[output-unwritable]"), 1, done.stderr)
        os.close(gone)

    def test_quiet_reports_what_fails_and_no_figures(self):
        self.assertEqual(self.expect(0, "check", "-q", "hard.md").out, "")
        done = self.expect(1, "check", "-q", "wrong.md", "hard.md")
        self.assertEqual(codes(done.out), ["word-banned"])
        self.assertEqual(figures(done.out), {})
        done = self.expect(3, "check", "-q", "--deny", "warnings", "hard.md")
        self.assertEqual(codes(done.out), ["word-hard"])
        self.assertTrue(done.out.endswith("handout: the run fails because warnings are denied\n"), done)

    def test_workers_change_nothing(self):
        for i in range(6):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", "# In short\n" + f"\nThis miracle is for {i} of 7 people.\n" * (i + 1))
        outputs = {self.expect(1, "check", "-j", jobs).out for jobs in (1, 4)}
        self.assertEqual(len(outputs), 1)

    def test_days_change_nothing_but_ages(self):
        self.write("dated.md", "# Law\n\nAs of November 2025, it is not approved.\n")
        for day, expected in (("1764000000", []), ("1785000000", [("warning", "8")]), ("1830000000", [("error", "25")])):
            done = self.handout("check", "dated.md", env={"SOURCE_DATE_EPOCH": day})
            found = re.findall(r": (warning|error): this was so (\d+) months ago; \d+ at most .*\[as-of-old\]$", done.out, re.M)
            self.assertEqual(found, expected)


class Options(Project):
    def test_two_bare_files_of_one_name(self):
        self.write("there/hard.md", WRONG)
        done = self.expect(1, "check", "hard.md", "there/hard.md")
        self.assertEqual(re.findall(r"^(\S+):\d+:\d+: .* \[([a-z-]+)\]$", done.out, re.M),
            [("hard.md", "word-hard"), ("there/hard.md", "word-banned")])
        self.assertEqual(done.out.count("hard-en: 1 page\n"), 2)

    def test_publish_makes_errors_of_what_cannot_be_published(self):
        self.assertNotIn("publish-draft", codes(self.handout("check", "alpha").out))
        done = self.expect(1, "check", "--publish", "alpha")
        self.assertEqual(sorted(codes(done.out)), ["publish-draft", "publish-sample"])

    def test_variables_are_filled_in(self):
        self.write("price.md", "# Price\n\nIt costs {{clinic.extra.price}}.\n")
        self.write("content/clinic.yaml", self.read("content/clinic.yaml") + 'extra: {price: ""}\n')
        done = self.expect(0, "check", "price.md", "--set", "clinic.extra.price=25% of $1,150")
        self.assertEqual(codes(done.out), [])  # what the clinic fills in needs no source

    def test_a_style_has_its_own_limits(self):
        (self.dir / "styles").unlink()
        for name in ("base", "standard"):
            self.write(f"styles/{name}.yaml", (ROOT / f"styles/{name}.yaml").read_bytes())
        for name in ("small", "large-print"):
            self.write(f"styles/{name}.yaml", "extends: standard\ntext: {size: 13pt}\n")
        done = self.expect(1, "check", "plain.md", "-s", "small,large-print")
        small, large = re.split(r"^plain-en-small: 1 page$", done.out, flags=re.M)
        self.assertEqual(codes(small), [])
        self.assertRegex(large, r"styles/large-print\.yaml:2:\d+: error: .* is 13 pt, .* at least 18 pt.*\[type-small\]")


class Figures(Project):
    def test_they_are_counted_and_computed(self):
        self.write("alpha.md", "# Title\n\nThe cat sat on a mat. It can see you!\n\n- Your osteoarthritis hurts\n- One\n\n"
            "| Head | cells |\n|---|---|\n| are | aside |\n")
        done = self.expect(0, "check", "-l", "en", "alpha.md")
        self.assertEqual(done.out[:16], "alpha-en: 1 page")
        table = figures(done.out)
        self.assertEqual(table["section"], HEAD[1:])
        words, sentences, syllables = 16, 6, 22
        grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
        plain = 0.39 * (words - 1) / sentences + 11.8 * (syllables - 6) / (words - 1) - 15.59
        ease = 206.835 - 1.015 * words / sentences - 84.6 * syllables / words
        self.assertEqual(table["the whole"], ["16", "6", f"{grade:.1f}", f"{plain:.1f}", "3.1", f"{ease:.1f}", "2.7", "0.0%",
            "0.0%", "12.5%"])

    def test_english_has_its_formulas(self):
        done = self.expect(0, "check", "osteoarthritis", "--root", ROOT)
        table = figures(done.out)
        self.assertEqual(table["section"], HEAD[1:])
        self.assertEqual({len(row) for row in table.values()}, {len(HEAD) - 1})
        self.assertIn("Risks and cost", table)
        whole = table.pop("the whole")
        self.assertGreater(int(whole[0]), sum(int(row[0]) for title, row in table.items() if title != "section"),
            "the line of purpose counts for the whole only")

    def test_a_language_without_a_lexicon_has_no_figures(self):
        self.write("content/fr/words.yaml", self.read("content/en/words.yaml"))
        done = self.expect(1, "check", "-l", "fr", "wrong.md", self.write("twice.md", "# A\n\n# B\n"))
        self.assertEqual(sorted(codes(done.out)), ["language-unjudged", "language-unjudged", "title-count"])
        self.assertEqual(figures(done.out), {})


class Documentation(Project):
    def test_the_example_of_the_readme_is_what_is_printed(self):
        command, expected = re.search(r"^```console\n\$ handout (check [^\n]*)\n(.*?)^```$", (ROOT / "README.md").read_text(
            encoding="utf-8"), re.M | re.S).groups()
        name, text = re.search(r"^(\S+):1:1: .*\n  1 \| (.*)$", expected, re.M).groups()
        self.write(name, f"{text}\n")
        self.assertEqual(self.handout(*command.split()).out.rstrip("\n"), expected.rstrip("\n"))

    def test_the_example_of_the_manual_is_what_is_printed(self):
        manual = (ROOT / "src/run/handout-check.5").read_text().replace("\\(aq", "'").replace("\\-", "-")
        expected = re.search(r"^notes\.md:3:.*?(?=^\.fi$)", manual, re.M | re.S)[0]
        self.write("notes.md", "# What we know\n\n" + re.search(r"^  3 \| (.*)$", expected, re.M)[1] + "\n")
        printed = self.handout("check", "notes.md").out
        self.assertTrue(printed.startswith(re.sub(r"\n(?=in )", " ", expected)), f"{expected}\n---\n{printed}")
