"""The command line: help, usage errors, exit statuses, what goes to which stream."""

import os
import re
import signal
import subprocess
import time

from cases.support import HANDOUT, ROOT, TOPICS, VERSION, Case, definition


class Help(Case):
    def test_help_goes_to_standard_output(self):
        for args in (["--help"], ["-h"], ["build", "--help"], ["check", "--help"], ["list", "--help"], ["new", "--help"], ["schema", "--help"]):
            with self.subTest(args):
                done = self.expect(0, *args)
                self.assertTrue(done.out.startswith("Usage: handout "), done)
                self.assertEqual(done.err, "")
                self.assertLessEqual(max(map(len, done.out.splitlines())), 100)

    def test_help_names_every_option_of_the_manual(self):
        import re
        manual = (ROOT / "src/run/handout.1").read_text().replace("\\-", "-")
        promised = set(re.findall(r"--[a-z][a-z-]+", manual))
        said = set()
        for command in ([], ["build"], ["check"], ["list"], ["new"], ["schema"]):
            said |= set(re.findall(r"--[a-z][a-z-]+", self.expect(0, *command, "--help").out))
        self.assertEqual(promised, said)

    def test_version(self):
        done = self.expect(0, "--version")
        self.assertEqual(done.out.splitlines()[0], f"handout {VERSION}")

    def test_nothing_to_do_is_a_usage_error(self):
        done = self.expect(2)
        self.assertEqual(done.out, "")
        self.assertEqual(done.err, "handout: no command is given\nTry 'handout --help' for more information.\n")

    def test_usage_errors(self):
        for args, problem in (
            (["build", "--langs=en"], "unknown option '--langs' (did you mean '--lang'?)"),
            (["biuld"], "unknown command 'biuld' (did you mean 'build'?)"),
            (["build", "--shard", "3/2"], "--shard is K/N with K from 1 to N, as in 1/4, or 'auto', not '3/2'"),
            (["new", "Frozen Shoulder"], "'Frozen Shoulder' is no name for a topic "
                "(use lower-case letters, digits and hyphens: 'frozen-shoulder')"),
            (["build", "\x1b[31m"], None),
        ):
            with self.subTest(args):
                if problem is None:
                    self.assertNotIn("\x1b", self.handout(*args).err)
                    continue
                done = self.expect(2, *args)
                self.assertEqual(done.out, "")
                lines = done.err.splitlines()
                self.assertEqual(lines[0], f"handout: {problem}")
                self.assertRegex(lines[1], r"^Try 'handout (build |new )?--help' for more information\.$")
                self.assertEqual(len(lines), 2)

    def test_invalid_source_date_epoch(self):
        self.project("alpha")
        for value in ("", "x", "-1", "1.5", "999999999999999999999"):
            with self.subTest(value):
                done = self.expect(2, "build", env={"SOURCE_DATE_EPOCH": value})
                self.assertIn("SOURCE_DATE_EPOCH", done.err)
                self.assertEqual(self.files("build") if (self.dir / "build").exists() else [], [])


class Place(Case):
    def test_this_folder_is_the_root_if_it_has_all_three(self):
        self.project("alpha")
        done = self.expect(0, "list")
        self.assertIn("alpha", done.out)
        (self.dir / "styles").unlink()
        self.assertNotIn("alpha", self.handout("list").out)

    def test_roots_that_are_not_there(self):
        done = self.expect(1, "build", "--root", "nowhere")
        self.assertEqual(done.err, "nowhere: error: there is no such folder [root-missing]\n")
        done = self.expect(1, "build", "-C", "nowhere")
        self.assertEqual(done.err, "nowhere: error: there is no such folder [root-missing]\n")

    def test_content_apart_from_the_root(self):
        self.project("alpha")
        os.rename(self.dir / "content", self.dir / "texts")
        self.expect(0, "build", "--root", ROOT, "-C", "texts", "alpha")
        self.assertEqual(self.files("build/handouts"), ["alpha-en.pdf"])


class List(Case):
    def test_the_table(self):
        self.project("alpha")
        self.write("content/handouts/beta-two.yaml", definition("beta-two", status="reviewed",
            reviewed="{by: A. Reviewer, on: 2026-11-20, due: 2027-11-20}", aliases="[b]"))
        done = self.expect(0, "list")
        self.assertEqual(done.err, "")
        self.assertEqual(done.out,
            "TOPIC     LANGUAGES  PAGES  GRADE  VERSION  STATE     REVIEW DUE  TITLE\n"
            "alpha     en         2      -      1.0      draft     -           Alpha\n"
            "beta-two  en         -      -      1.0      reviewed  2027-11-20  Beta-two\n")

    def test_the_grades_are_those_that_check_prints(self):
        rows = [line.split() for line in self.expect(0, "list", "--root", ROOT).out.splitlines()[1:]]
        self.assertEqual([row[0] for row in rows], TOPICS)
        for topic, languages, _, grades, *_ in rows:
            for lang, grade in zip(languages.split(","), grades.split(","), strict=True):
                table = self.handout("check", "--root", ROOT, "-l", lang, topic).out
                whole = re.search(r"^  the whole +(.*)$", table, re.M)[1].split()
                self.assertEqual(grade, whole[3] if lang == "en" else whole[2], f"{topic} in {lang}")

    def test_the_pages_are_those_of_each_language(self):
        self.project("alpha", "beta")
        self.write("content/es/words.yaml", self.read("content/en/words.yaml"))
        self.write("content/es/shared/risks-and-cost.md", "# Riesgos\n\nPuede no funcionar.\n")
        self.write("content/es/alpha/in-short.md", "# En breve\n" + "\n```page-break\n```\n\nHola.\n" * 2)
        edition = "{title: Alfa, purpose: Qué es., sections: [{role: summary, file: TOPIC/in-short.md}]}"
        for topic in ("alpha", "beta"):
            self.write(f"content/handouts/{topic}.yaml",
                definition(topic) + f"  es: {edition.replace('TOPIC', topic)}\n")
        pages = [line.split()[1:3] for line in self.expect(0, "list").out.splitlines()[1:]]
        self.assertEqual(pages, [["en,es", "2,4"], ["en,es", "2,-"]])
        (self.dir / "styles").unlink()
        self.write("styles/base.yaml", "nonsense")
        pages = [line.split()[1:3] for line in self.expect(0, "list").out.splitlines()[1:]]
        self.assertEqual(pages, [["en,es", "-,-"], ["en,es", "-,-"]])

    def test_a_broken_definition_is_told_and_the_others_listed(self):
        self.project("alpha")
        self.write("content/handouts/bad.yaml", "id: [")
        done = self.expect(1, "list")
        self.assertIn("alpha", done.out)
        self.assertIn("content/handouts/bad.yaml:", done.err)


class New(Case):
    def test_a_new_topic_builds_at_once(self):
        self.project()
        done = self.expect(0, "new", "frozen-shoulder")
        self.assertEqual(done.err, "")
        made = done.out.splitlines()[:-1]
        self.assertIn("content/handouts/frozen-shoulder.yaml", made)
        self.assertTrue(all((self.dir / name).is_file() for name in made), done)
        done = self.expect(0, "build", "frozen-shoulder", "--deny", "warnings")
        self.assertEqual(self.files("build/handouts"), ["frozen-shoulder-en.pdf"])

    def test_a_new_topic_shares_what_is_shared(self):
        self.project()
        self.write("content/en/shared/warning-signs.md", "# Warning signs\n\nNone.\n")
        self.expect(0, "new", "gout")
        self.assertIn("shared/warning-signs.md", self.read("content/handouts/gout.yaml"))
        self.assertNotIn("gout/warning-signs.md", "\n".join(self.files("content/en")))
        self.expect(0, "build", "gout")

    def test_nothing_is_overwritten(self):
        self.project("alpha")
        self.write("content/en/gout/in-short.md", "mine")
        before = self.files()
        done = self.expect(1, "new", "gout")
        self.assertEqual(done.err,
            "content/en/gout/in-short.md: error: this file exists already, so nothing was made [file-exists]\n")
        done = self.expect(1, "new", "alpha")
        self.assertIn("[topic-exists]", done.err)
        self.assertEqual(self.files(), before)
        self.assertEqual(self.read("content/en/gout/in-short.md"), "mine")

    def test_the_installed_share_is_no_place_for_a_new_topic(self):
        done = self.expect(1, "new", "gout")
        self.assertIn("[root-missing]", done.err)
        self.assertEqual(self.files(), [])


class Streams(Case):
    def test_a_full_disk_is_a_machine_error(self):
        self.project("alpha")
        for args in (["build", "alpha", "-o", "-"], ["list"], ["--help"], ["build", "alpha", "--dump=pages"]):
            with self.subTest(args), open("/dev/full", "w") as full:
                done = subprocess.run([HANDOUT, *args], cwd=self.dir, env=self.environment(), stdout=full,
                    stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn("[output-unwritable]", done.stderr)

    def test_a_reader_that_has_gone_is_a_machine_error(self):
        self.project("alpha")
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([HANDOUT, "build", "alpha", "-o", "-"], cwd=self.dir, env=self.environment(), stdout=write,
            stderr=subprocess.PIPE, text=True)
        os.close(write)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("[output-unwritable]", done.stderr)
        manual = (ROOT / "src/run/handout.1").read_text()
        self.assertRegex(manual, r"\.B 4\nThe machine failed: .*reader of standard output, which went away")

    def test_closed_streams(self):
        self.project("alpha")
        script = f'exec "{HANDOUT}" build alpha -v >&- 2>&- <&-'
        self.assertEqual(subprocess.run(["sh", "-c", script], cwd=self.dir, env=self.environment()).returncode, 0)
        self.assertEqual((self.dir / "build/handouts/alpha-en.pdf").read_bytes()[:5], b"%PDF-")
        script = f'exec "{HANDOUT}" list >&-'
        self.assertEqual(subprocess.run(["sh", "-c", script], cwd=self.dir, env=self.environment(),
            stderr=subprocess.DEVNULL).returncode, 4)


class Signals(Case):
    def start(self, count):
        self.project()
        text = "# In short\n\n" + "Words to set, one after the other, line upon line. " * 4000 + "\n"
        for i in range(count):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", text)
        return subprocess.Popen([HANDOUT, "build", "-j", "2"], cwd=self.dir, env=self.environment(),
            stderr=subprocess.PIPE, start_new_session=True)

    def test_signals_stop_the_run_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for whole_group in (False, True):
                with self.subTest(signal=number, whole_group=whole_group):
                    self.setUp()
                    process = self.start(60)
                    folder = self.dir / "build/handouts"
                    deadline = time.time() + 60
                    while not (folder.exists() and any(folder.glob("*.pdf"))) and time.time() < deadline:
                        time.sleep(0.01)
                    (os.killpg if whole_group else os.kill)(process.pid, number)
                    process.communicate(timeout=60)
                    self.assertEqual(process.returncode, -number)
                    with self.assertRaises(ProcessLookupError):  # no worker lives on
                        os.killpg(process.pid, 0)
                    self.assertEqual([name for name in self.files("build/handouts") if not name.endswith(".pdf")], [])
                    self.assertLess(len(self.files("build/handouts")), 60)
