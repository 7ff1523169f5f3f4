"""handout build: what is built, under which names, with which status."""

import os
import re
import stat
import subprocess
import unittest

from cases.support import HANDOUT, ROOT, Case, definition

# Root is held to the permissions of files only when it gives up its right to pass over them.
AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


class Names(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha", "beta")

    def test_all_topics(self):
        done = self.expect(0, "build")
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "beta-en.pdf"])
        self.assertEqual(done.out, "")
        self.assertRegex(done.err, r"(^|\n)2 handouts(, \d+ warnings?)?\n$")

    def test_one_topic_by_alias(self):
        self.write("content/handouts/alpha.yaml", definition("alpha", aliases="[al]"))
        self.expect(0, "build", "al", "-o", "out")
        self.assertEqual(self.files("out"), ["alpha-en.pdf"])

    def test_a_definition_by_its_path(self):
        self.expect(0, "build", "content/handouts/alpha.yaml", "-o", "out/x.pdf")
        self.assertEqual(self.files("out"), ["x.pdf"])

    def test_styles(self):
        self.write("my-style.yaml", "extends: standard\n")
        self.expect(0, "build", "alpha", "-s", "standard,./my-style.yaml")
        self.assertEqual(self.files("build/handouts"), ["alpha-en-my-style.pdf", "alpha-en.pdf"])

    def test_a_bare_file(self):
        self.write("notes.md", "# My notes\n\nHello.\n")
        self.expect(0, "build", "notes.md")
        self.assertEqual(self.files("build/handouts"), ["notes-en.pdf"])

    def test_a_bare_file_without_a_clinic_profile(self):
        (self.dir / "content/clinic.yaml").unlink()
        self.write("notes.md", "# My notes\n\nCall {{clinic.name}}.\n")
        self.write("own.yaml", "extends: standard\nfooter: {left: '{{clinic.phone.day}}{{patient.name}}', center: '{{handout.version}}'}\n")
        self.expect(0, "build", "notes.md", "-s", "standard,large-print,pocket,./own.yaml", "-o", "out")
        self.assertEqual(len(self.files("out")), 4)
        self.assertIn("Call {{clinic.name}}.", self.expect(0, "build", "notes.md", "--dump=document").out)
        self.write("own.yaml", "extends: standard\nfooter: {left: '{{clinic.nosuch}}'}\n")
        self.assertIn("[variable-unknown]", self.expect(1, "build", "notes.md", "-s", "./own.yaml").err)

    def test_a_bare_file_from_anywhere(self):
        (self.dir / "far").mkdir()
        self.write("far/notes.md", "# My notes\n\nHello.\n")
        self.expect(0, "build", "notes.md", "-o", "-", "--root", self.dir, cwd=self.dir / "far")

    def test_standard_output(self):
        done = self.expect(0, "build", "alpha", "-o", "-")
        self.assertEqual(done.out[:5], b"%PDF-")
        self.expect(0, "build", "alpha", "-o", "x.pdf")
        self.assertEqual((self.dir / "x.pdf").read_bytes(), done.out)
        self.assertFalse((self.dir / "build").exists())

    def test_dumps(self):
        for stage in ("document", "boxes", "pages"):
            with self.subTest(stage):
                one = self.expect(0, "build", "alpha", "--dump", stage).out
                two = self.expect(0, "build", "--dump", stage).out
                self.assertTrue(two.startswith(one))
                self.assertGreater(len(two), len(one))
        self.assertFalse((self.dir / "build").exists())

    def test_dumps_into_a_file(self):
        printed = self.expect(0, "build", "--dump=document").out
        self.assertEqual(self.expect(0, "build", "--dump=document", "-o", "-").out, printed)
        done = self.expect(0, "build", "--dump=document", "-o", "out/all.txt", "-j", "2")
        self.assertEqual((done.out, self.read("out/all.txt")), ("", printed))
        self.assertEqual(self.files("out"), ["all.txt"])
        self.expect(1, "build", "nosuch", "--dump=document", "-o", "out/all.txt")
        self.assertEqual(self.read("out/all.txt"), printed)
        self.expect(1, "build", "alpha", "nosuch", "--dump=document", "-o", "out/all.txt")
        self.assertEqual(self.read("out/all.txt"), self.expect(0, "build", "alpha", "--dump=document").out)
        done = self.expect(1, "build", "alpha", "--dump=boxes", "-o", "out/all.txt/x")
        self.assertIn("[file-unwritable]", done.err)

    def test_a_dump_needs_one_text_file(self):
        for output, problem in (
            ("content", "a dump goes into one file, and 'content' is a folder"),
            ("new/", "a dump goes into one file, and 'new/' is a folder"),
            ("x.pdf", "a dump is text, and does not go into a PDF, 'x.pdf'"),
        ):
            with self.subTest(output):
                before = self.files()
                self.assertIn(f"handout: {problem}\n", self.expect(2, "build", "alpha", "--dump=pages", "-o", output).err)
                self.assertEqual(self.files(), before)

    def test_endings_of_bare_files(self):
        for name, stem in (("a.md", "a"), ("b.markdown", "b"), ("C.MD", "C"), ("d.Markdown", "d"), ("e.md.md", "e.md"),
                (".md", "md"), (".markdown", "markdown")):
            with self.subTest(name):
                self.write(f"notes/{name}", "Text.\n")
                self.expect(0, "build", f"notes/{name}", "-o", "out")
                self.assertTrue((self.dir / f"out/{stem}-en.pdf").is_file(), self.files("out"))
                dump = self.expect(0, "build", f"notes/{name}", "--dump=document").out
                self.assertIn(f'fields title="{stem}" ', dump.splitlines()[0])

    def test_the_title_of_a_bare_file(self):
        for text, title, levels in (
            ("# Knee\n\nText.\n", "Knee", [1]),
            ("<!-- a note -->\n\n<!-- another -->\n\n# Knee\n", "Knee", [1]),
            ("Text.\n\n# Knee\n\n## More\n", "notes", [1, 1, 2]),
            ("## More\n\n# Knee\n", "notes", [1, 2, 1]),
            ("> # Knee\n", "notes", [1, 1]),
            ("# One\n\n# Two\n", "One", [1, 1]),
            ("", "notes", [1]),
        ):
            with self.subTest(text):
                self.write("notes.md", text)
                dump = self.expect(0, "build", "notes.md", "--dump=document").out
                self.assertIn(f'title="{title}" ', dump.splitlines()[0])
                self.assertEqual([int(level) for level in re.findall(r"heading level=(\d)", dump)], levels)

    def test_several_results_for_one_name(self):
        self.write("notes.md", "# A\n")
        self.write("sub/notes.md", "# B\n")
        self.write("standard.yaml", "extends: base\n")
        for args, problem in (
            (["-o", "x.pdf"], "several handouts cannot go into one file, 'x.pdf' (name a folder)"),
            (["-o", "-"], "several handouts cannot go to standard output (name a folder)"),
            (["alpha", "nosuch", "-o", "x.pdf"], "several handouts cannot go into one file"),
            (["notes.md", "sub/notes.md"], "two of the handouts that are asked for have one name, 'notes-en.pdf'"),
            (["alpha", "alpha"], "two of the handouts that are asked for have one name, 'alpha-en.pdf'"),
            (["alpha", "-s", "standard,./standard.yaml"], "two of the handouts that are asked for have one name"),
        ):
            with self.subTest(args):
                done = self.expect(2, "build", *args)
                self.assertIn(f"handout: {problem}", done.err)
                self.assertFalse((self.dir / "build").exists() or (self.dir / "x.pdf").exists())


class Languages(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha", "beta")
        self.write("content/es/words.yaml", (ROOT / "content/en/words.yaml").read_text())
        self.write("content/es/alpha/in-short.md", "# En breve\n\nHola.\n")
        self.write("content/es/shared/risks-and-cost.md", "# Riesgos\n\nPuede no funcionar.\n")
        self.write("content/handouts/alpha.yaml", definition("alpha") +
            "  es: {title: Alfa, purpose: Qué es., sections: [{role: summary, file: alpha/in-short.md}]}\n")

    def test_all_languages_that_there_are(self):
        self.expect(0, "build", "--lang", "all")
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "alpha-es.pdf", "beta-en.pdf"])

    def test_a_language_that_is_named_must_exist(self):
        done = self.expect(1, "build", "-l", "es,en")
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "alpha-es.pdf", "beta-en.pdf"])
        self.assertIn("content/handouts/beta.yaml: error: 'beta' does not exist in the language 'es' (it has: en) "
            "[lang-missing]\n", done.err)
        self.assertRegex(done.err, r"\n3 of 4 handouts, 1 error")


class Failures(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha", "beta")

    def test_one_bad_handout_does_not_stop_the_others(self):
        self.write("content/en/alpha/in-short.md", "# In short\n\n{{clinic.nosuch}}\n")
        self.write("build/handouts/alpha-en.pdf", "the old one")
        for jobs in ("1", "2", "8"):
            with self.subTest(jobs):
                done = self.expect(1, "build", "--force", "-j", jobs)
                self.assertIn("[variable-unknown]", done.err)
                self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "beta-en.pdf"])
                self.assertEqual(self.read("build/handouts/alpha-en.pdf"), "the old one")

    def test_unknown_topics_and_missing_files(self):
        done = self.expect(1, "build", "alhpa", "beta", "none.md", "none.yaml", "content/clinic.txt")
        self.assertIn("there is no topic 'alhpa' (did you mean 'alpha'?) [topic-unknown]", done.err)
        self.assertIn("none.md: error: there is no such file [file-missing]", done.err)
        self.assertIn("none.yaml: error: there is no such file [file-missing]", done.err)
        self.assertIn("content/clinic.txt: error: only a definition (.yaml) or a Markdown file (.md) can be built "
            "[file-kind]", done.err)
        self.assertEqual(self.files("build/handouts"), ["beta-en.pdf"])

    def test_a_broken_definition_matters_to_those_who_ask_for_it(self):
        self.write("content/handouts/bad.yaml", "id: bad\n")
        self.assertNotIn("bad.yaml", self.expect(0, "build", "alpha").err)
        self.assertIn("bad.yaml", self.expect(1, "build").err)
        self.assertIn("bad.yaml", self.expect(1, "build", "bad").err)
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "beta-en.pdf"])

    def test_a_broken_definition_counts_among_all_handouts(self):
        self.write("content/handouts/bad.yaml", "id: bad\nstatus: draft\n")
        self.assertRegex(self.expect(1, "build").err, r"\n2 of 3 handouts, \d+ errors?\n$")
        self.write("green.yaml", "extends: standard\n")
        done = self.expect(1, "build", "-s", "standard,./green.yaml")
        self.assertRegex(done.err, r"\n4 of 6 handouts, 2 up to date, \d+ errors?\n$")
        self.assertIn("several handouts cannot go into one file", self.expect(2, "build", "-o", "x.pdf").err)

    def test_an_unknown_style_fails_its_handouts_only(self):
        done = self.expect(1, "build", "-s", "standrad,standard")
        self.assertIn("[style-unknown]", done.err)
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf", "beta-en.pdf"])

    def test_the_same_mistake_is_told_once(self):
        self.write("content/en/shared/risks-and-cost.md", "# Risks and cost\n\n{{clinic.nosuch}}\n")
        done = self.expect(1, "build")
        self.assertEqual(done.err.count("[variable-unknown]"), 1)
        self.assertRegex(done.err, r"0 of 2 handouts, 1 error")

    def test_reports_do_not_depend_on_the_number_of_workers(self):
        for i in range(12):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", "# In short\n\n" + ("{{no.such}} " * (i % 3)) + "x\n" * (12 - i))
        reports = {self.expect(1, "build", "--force", "-j", jobs).err for jobs in ("1", "2", "7")}
        self.assertEqual(len(reports), 1)

    def test_where_two_statuses_apply(self):
        self.write("content/en/alpha/in-short.md", "# In short\n\n<b>x</b>\n")  # a warning
        self.expect(0, "build", "alpha")
        denied = self.expect(3, "build", "alpha", "--deny", "warnings")
        self.assertTrue(denied.err.endswith("handout: the run fails because warnings are denied\n"), denied)
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf"])  # built all the same
        self.expect(1, "build", "alpha", "nosuch", "--deny", "warnings")
        self.write("file", "")  # in the way of a folder: the user's doing
        self.assertIn("[file-unwritable]", self.expect(1, "build", "alpha", "-o", "file/x").err)
        small_disk = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"]
        done = self.expect(4, "build", "alpha", "nosuch", "--deny=warnings", "--force", wrap=small_disk)
        self.assertIn("[file-unwritable]", done.err)

    def test_quiet_shows_errors_only(self):
        self.write("content/en/alpha/in-short.md", "# In short\n\n<b>x</b>\n")
        self.assertEqual(self.expect(0, "build", "-q").err, "")
        self.assertIn("warning:", self.expect(3, "build", "-q", "--deny", "warnings").err)

    def test_verbose_tells_what_was_written(self):
        done = self.expect(0, "build", "alpha", "-v")
        self.assertRegex(done.err, r"build/handouts/alpha-en\.pdf: \d+ pages?, \d+ bytes\n")

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root may write anywhere")
    def test_a_folder_that_may_not_be_written(self):
        locked = self.dir / "locked"
        locked.mkdir()
        os.chmod(self.dir, 0o755)
        os.chmod(locked, stat.S_IRUSR | stat.S_IXUSR | stat.S_IXGRP | stat.S_IRGRP | stat.S_IROTH | stat.S_IXOTH)
        for folder in ("locked", "locked/deeper"):
            done = self.expect(4, "build", "alpha", "-o", folder, wrap=AS_OTHERS)
            self.assertIn("cannot write this file: Permission denied", done.err)
        self.assertIn("[file-unwritable]", done.err)
        self.assertEqual(self.files("locked"), [])

    def test_text_that_is_not_utf8(self):
        self.write("content/en/alpha/in-short.md", b"# In short\n\ncaf\xe9\n")
        done = self.expect(1, "build", "alpha")
        self.assertEqual(done.err, "content/en/alpha/in-short.md:3:4: error: this is not UTF-8 "
            "(save the file with the encoding UTF-8) [text-encoding]\n  3 | caf\ufffd\n    |    ^\n")

    def test_a_file_that_is_too_large(self):
        with open(self.dir / "large.md", "wb") as file:
            file.truncate(65 * 1024 * 1024)
        self.assertIn("large.md: error: this file is too large to be read [file-too-large]",
            self.expect(1, "build", "large.md").err)

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root may read anything")
    def test_a_file_that_may_not_be_read(self):
        os.chmod(self.dir, 0o777)
        self.write("secret.md", "# Secret\n").chmod(0)
        self.assertIn("[file-unreadable]", self.expect(1, "build", "secret.md", "-o", "x.pdf", wrap=AS_OTHERS).err)

    def test_a_file_limit_leaves_nothing_behind(self):
        script = f'ulimit -f 8; exec "{HANDOUT}" build alpha -o out'
        done = subprocess.run(["sh", "-c", script], cwd=self.dir, env=self.environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("out/alpha-en.pdf: error: cannot write this file: File too large [file-unwritable]", done.stderr)
        self.assertEqual(self.files("out"), [])


class Settings(Case):
    SECRET = "Jane Q. Roe"

    def setUp(self):
        super().setUp()
        self.project("alpha")
        self.write("content/en/alpha/in-short.md", "# In short\n\nCall {{clinic.phone.day}} now.\n")

    def document(self, *args, **more):
        return self.expect(0, "build", "alpha", "--dump=document", *args, **more).out

    def test_a_variable_can_be_set(self):
        self.assertIn("555-0100", self.document("--set", "clinic.phone.day=555-0100"))
        self.write("values", "# a comment\n\nclinic.phone.day=555-0101\r\n")
        self.assertIn("555-0101", self.document("--set-from", "values"))
        self.assertIn("555-0102", self.document("--set-from", "-", text="clinic.phone.day=555-0102\n"))

    def test_a_later_setting_wins(self):
        self.write("values", "clinic.phone.day=one\n")
        self.assertIn("two", self.document("--set-from", "values", "--set", "clinic.phone.day=two"))
        self.assertIn("one", self.document("--set", "clinic.phone.day=two", "--set-from", "values"))

    def test_settings_are_read_from_a_pipe(self):
        script = f'(sleep 0.2; echo clinic.phone.day=555-0103) | "{HANDOUT}" build alpha --dump=document --set-from /dev/stdin'
        done = subprocess.run(["sh", "-c", script], cwd=self.dir, env=self.environment(), capture_output=True, text=True)
        self.assertIn("555-0103", done.stdout, done.stderr)

    def test_no_diagnostic_repeats_a_value(self):
        self.write("values", f"{self.SECRET}\nclinic.nosuch={self.SECRET}\n")
        self.write("control", f"clinic.phone.day={self.SECRET}\x07\n")
        for args, status in (
            (["--set", self.SECRET], 2),
            (["--set", f"{self.SECRET}=x"], 2),
            (["--set", f"clinic.nosuch={self.SECRET}"], 1),
            (["--set-from", "values"], 1),
            (["--set-from", "control"], 1),
            (["--set", f"clinic.phone.day={self.SECRET} \u4e00\u9fa5\U0010fffd"], None),
        ):
            with self.subTest(args):
                done = self.handout("build", "alpha", *args)
                if status is not None:
                    self.assertEqual(done.status, status, done)
                self.assertNotIn(self.SECRET, done.err)
                self.assertNotIn("Jane", done.err)

    def test_a_line_of_settings_that_is_none(self):
        self.write("values", f"clinic.phone.day=1\n{self.SECRET}\n")
        self.assertEqual(self.expect(1, "build", "alpha", "--set-from", "values").err,
            "values:2: error: this line is not KEY=VALUE in UTF-8 (it is not shown: it may be private) [setting-malformed]\n")

    def test_a_missing_file_of_settings(self):
        done = self.expect(1, "build", "alpha", "--set-from", "nosuch")
        self.assertEqual(done.err,
            "nosuch: error: cannot read the settings: No such file or directory [setting-unreadable]\n")

    def test_another_clinic(self):
        self.write("other.yaml", self.read("content/clinic.yaml").replace("Example Joint", "Second"))
        self.assertIn("Second Clinic", self.document("--clinic", "other.yaml"))
        self.expect(1, "build", "--clinic", "nosuch.yaml")


class Paper(Case):
    def test_sizes(self):
        self.project("alpha")
        for args, size in (([], "612 x 792"), (["--paper=letter"], "612 x 792"), (["--paper", "a4"], "595.2?[78]?6? x 841.89")):
            with self.subTest(args):
                self.expect(0, "build", "alpha", "-o", "x.pdf", *args)
                said = subprocess.run(["pdfinfo", "x.pdf"], cwd=self.dir, capture_output=True, text=True).stdout
                self.assertTrue(re.search(rf"Page size:\s+{size}", said), said)


class Looks(Case):
    """What `check` finds in style and pages, `build` warns of."""

    LONG = "We tell you what this is, what you can do about it at home, and what we can do about it here with you if you like.\n"
    POOR = 'extends: base\ntext: {leading: 1.1}\nparagraph: {size: 9pt}\nitem: {label-color: "#cccccc"}\n'
    # Where in POOR, or in the text, what is found.
    FOUND = [("alpha.md:3:1", "line-long"), ("poor.yaml:2:17", "leading-low"), ("poor.yaml:3:19", "type-small"),
        ("poor.yaml:4:21", "contrast-low")]
    # The rules on what a style sheet makes of a text.
    RULES = ["type-small", "type-tiny", "contrast-low", "contrast-gray", "leading-low", "line-long", "justified", "italic-run",
        "heading-small"]

    def setUp(self):
        super().setUp()
        self.project("alpha")
        self.judged()
        self.write("poor.yaml", self.POOR)
        self.write("alpha.md", f"# Alpha\n\n{self.LONG}\n- One\n")

    def found(self, text, severity="warning"):
        return re.findall(rf"^(\S+): {severity}: .* \[([a-z-]+)\]$", text, re.M)

    def test_a_poor_style_is_told_at_its_words(self):
        done = self.expect(0, "build", "alpha.md", "-s", "poor.yaml")
        self.assertEqual(self.found(done.err), self.FOUND)
        self.assertIn("  3 | paragraph: {size: 9pt}\n    |                   ^^^\n    = 12 points is the least", done.err)
        self.assertEqual(self.files("build/handouts"), ["alpha-en-poor.pdf"])

    def test_check_finds_the_same_at_the_same_places(self):
        built = self.found(self.expect(0, "build", "alpha.md", "-s", "poor.yaml").err)
        checked = self.expect(1, "check", "alpha.md", "-s", "poor.yaml").out
        found = self.found(checked, "error") + self.found(checked)
        self.assertEqual([one for one in sorted(found) if one[1] in self.RULES], sorted(built))
        self.assertIn(("poor.yaml:3:19", "type-small"), self.found(checked, "error"))

    def test_handouts_are_judged_as_bare_files_are(self):
        self.write("content/en/alpha/in-short.md", f"# In short\n\n{self.LONG}")
        done = self.expect(0, "build", "alpha", "-s", "poor.yaml")
        self.assertIn(("content/en/alpha/in-short.md:3:1", "line-long"), self.found(done.err))
        self.assertIn(("poor.yaml:3:19", "type-small"), self.found(done.err))

    def test_warnings_can_be_denied(self):
        self.expect(3, "build", "alpha.md", "-s", "poor.yaml", "--deny", "warnings")
        self.expect(0, "build", "alpha.md", "--deny", "warnings")

    def test_words_are_not_judged(self):
        self.write("content/en/check.yaml", "formulas: latin\n")
        self.write("wrong.md", "# How it works\n\nIt is a miracle.\n")
        self.assertEqual(self.expect(0, "build", "wrong.md").err, "")

    def test_remarks_silence_and_are_not_judged(self):
        self.write("alpha.md", "# Alpha\n\n<!-- check: allow line-long it is the law -->\n\n" + self.LONG +
            "\n<!-- check: allow justified nothing is -->\n<!-- check: allow lnie-long why -->\n<!-- check: allow smog -->\n\nOne.\n")
        self.assertEqual(self.expect(0, "build", "alpha.md", "-s", "base", "--deny", "warnings").err, "")
        self.assertIn("[check-allowed]", self.handout("check", "alpha.md", "-s", "base").out)

    def test_a_rule_has_the_severity_of_the_profile_and_a_warning_at_most(self):
        profile = self.read("content/check.yaml")
        for severity, told in (("error", "warning"), ("warning", "warning"), ("note", "note"), ("off", None)):
            with self.subTest(severity):
                text, count = re.subn(r"^  line-long: .*$", f"  line-long: {{severity: {severity}, limit: 75}}", profile, flags=re.M)
                self.assertEqual(count, 1)
                self.write("content/check.yaml", text)
                done = self.expect(0, "build", "alpha.md", "-s", "base")
                self.assertEqual(re.findall(r" (\w+): .* \[line-long\]$", done.err, re.M), [told] if told else [])

    def test_without_a_profile_nothing_is_judged(self):
        (self.dir / "content/check.yaml").unlink()
        for operand in ("alpha.md", "alpha"):
            self.assertEqual(self.expect(0, "build", operand, "-s", "poor.yaml").err, "")

    def test_a_broken_profile_fails_what_it_would_judge(self):
        self.write("content/check.yaml", "rules: {}\n")
        done = self.expect(1, "build", "alpha.md")
        self.assertIn("content/check.yaml:1:1: error: a profile needs the key 'emergency' [yaml-key-missing]\n", done.err)
        self.assertEqual(self.files("build") if (self.dir / "build").exists() else [], [])
        self.expect(0, "build", "alpha.md", "--dump=pages", "-o", "pages.txt")

    def test_dumps_are_not_judged(self):
        self.assertEqual(self.expect(0, "build", "alpha.md", "-s", "poor.yaml", "--dump", "boxes").err, "")

    def test_what_is_shipped_can_be_read(self):
        styles = sorted(path.stem for path in (ROOT / "styles").glob("*.yaml") if path.stem != "base")
        self.assertIn("standard", styles)
        for paper in ("letter", "a4"):
            with self.subTest(paper):
                done = self.expect(0, "build", "--root", ROOT, "--lang", "all", "--style", ",".join(styles), "--paper", paper)
                self.assertEqual([one for one in self.found(done.err) if one[1] in self.RULES], [])


class Publish(Case):
    def test_a_draft_is_refused(self):
        self.project("alpha")
        self.expect(1, "build", "alpha", "--publish")
        self.assertFalse((self.dir / "build").exists())
