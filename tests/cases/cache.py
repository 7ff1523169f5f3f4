"""Incremental runs: what is up to date is left alone, whatever changed is built, and a damaged cache does no harm."""

import os
import re
import shutil
import subprocess
import unittest

from cases.support import CACHE, HANDOUT, ROOT, SLOWNESS, Case, definition

AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
OUT = "build/handouts"

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#336699"/></svg>
"""


class Cached(Case):
    """A project whose styles and fonts are its own: alpha shows a picture and shares a section with nobody, gamma is reviewed."""

    def setUp(self):
        super().setUp()
        self.project("alpha", "beta")
        for name in ("styles", "fonts"):
            (self.dir / name).unlink()
            shutil.copytree(ROOT / name, self.dir / name)
        self.judged()
        self.write("content/figures/pic.svg", PICTURE)
        self.write("content/en/shared/extra.md", "# More\n\n<b>Shared</b> text.\n")
        self.write("content/en/alpha/in-short.md",
            "# In short\n\nThis is alpha [@smith-2023].\n\n![A blue box](../../figures/pic.svg)\n")
        self.write("content/handouts/alpha.yaml",
            definition("alpha") + "      - {role: condition, file: shared/extra.md}\n")
        self.write("my.yaml", "extends: standard\n")

    def tell(self, *args, status=0, **more):
        """Builds; the names that were built anew, and those that were up to date."""
        done = self.expect(status, "build", "-v", *args, **more)
        lines = re.findall(r"^\S*/(\S+)\.pdf: \d+ pages?, \d+ bytes(, up to date)?", done.err, re.M)
        self.last = done
        return sorted(name for name, current in lines if not current), sorted(name for name, current in lines if current)

    def built(self, *args, **more):
        return self.tell(*args, **more)[0]

    def pdfs(self, folder=OUT):
        return {path.name: path.read_bytes() for path in sorted((self.dir / folder).glob("*.pdf"))}

    def entries(self):
        return sorted((self.dir / OUT / CACHE).iterdir())

    def assert_like_a_full_run(self, *args, status=0, env=None):
        """An incremental run ends, says and leaves what a full one does."""
        shutil.rmtree(self.dir / "full", ignore_errors=True)
        (self.dir / "full").mkdir()
        full = self.expect(status, "build", "-o", "full", *args, env=env)
        some = self.expect(status, "build", *args, env=env)
        self.assertMultiLineEqual(re.sub(r", \d+ up to date", "", some.err), full.err)
        ours = self.pdfs()
        for name, data in self.pdfs("full").items():
            self.assertTrue(ours[name] == data, f"{name} differs")


class Changes(Cached):
    STYLES = ["-s", "standard,./my.yaml"]
    ALPHA = ["alpha-en", "alpha-en-my"]
    ALL = ["alpha-en", "alpha-en-my", "beta-en", "beta-en-my"]

    def edit(self, path, old, new):
        text = self.read(path)
        self.assertIn(old, text)
        self.write(path, text.replace(old, new, 1))

    def append(self, path, data):
        with open(self.dir / path, "ab") as file:
            file.write(data)

    def test_each_input_rebuilds_what_was_made_of_it(self):
        self.assertEqual(self.built(*self.STYLES), self.ALL)
        for label, change, expected in (
            ("nothing", lambda: None, []),
            ("times", lambda: [os.utime(path, (1, 1)) for path in self.dir.rglob("*") if path.is_file()], []),
            ("a definition", lambda: self.edit("content/handouts/alpha.yaml", "What it is.", "What it may be."), self.ALPHA),
            ("a section", lambda: self.edit("content/en/alpha/in-short.md", "This is", "That is"), self.ALPHA),
            ("a comment in a section", lambda: self.append("content/en/alpha/in-short.md", b"\n<!-- x -->\n"), self.ALPHA),
            ("a section of some", lambda: self.edit("content/en/shared/extra.md", "text", "words"), self.ALPHA),
            ("a section of all", lambda: self.edit("content/en/shared/risks-and-cost.md", "may", "might"), self.ALL),
            ("a picture", lambda: self.edit("content/figures/pic.svg", "#336699", "#993366"), self.ALPHA),
            ("words", lambda: self.edit("content/en/words.yaml", "Draft", "Sketch"), self.ALL),
            ("sources", lambda: self.edit("content/sources.yaml", "A trial", "The trial"), self.ALL),
            ("the clinic", lambda: self.edit("content/clinic.yaml", "Example", "Sample"), self.ALL),
            ("the profile", lambda: self.append("content/check.yaml", b"# x\n"), self.ALL),
            ("no profile", lambda: (self.dir / "content/check.yaml").unlink(), self.ALL),
            ("a style", lambda: self.append("my.yaml", b"# x\n"), ["alpha-en-my", "beta-en-my"]),
            ("a style beneath", lambda: self.append("styles/base.yaml", b"# x\n"), self.ALL),
            ("a face", lambda: self.append("fonts/AtkinsonHyperlegibleNext-Bold.ttf", b"\0"), self.ALL),
            ("the first face", lambda: self.append("fonts/AtkinsonHyperlegibleNext-Regular.ttf", b"\0"), self.ALL),
            ("a face that nobody asked for", lambda: self.append("fonts/NotoSans-Bold.ttf", b"\0"), []),
            ("the catalogue of faces", lambda: self.append("fonts/fonts.yaml", b"# x\n"), self.ALL),
            ("words of check", lambda: self.append("content/en/check.yaml", b"# x\n"), []),
            ("a glossary", lambda: self.write("content/en/glossary.yaml", "bone: {plain: what is hard}\n"), []),
            ("a PDF that is gone", lambda: (self.dir / OUT / "beta-en.pdf").unlink(), ["beta-en"]),
            ("no clinic's sources", lambda: self.write("content/sources.yaml", "smith-2023: {authors: S, title: T, year: 2023}\n"),
                self.ALL),
        ):
            with self.subTest(label):
                change()
                built, current = self.tell(*self.STYLES)
                self.assertEqual((built, sorted(built + current)), (expected, self.ALL), self.last)
                self.assert_like_a_full_run(*self.STYLES)
                self.assertEqual(self.built(*self.STYLES), [], label)

    def test_sources_that_appear_and_go(self):
        self.write("content/en/alpha/in-short.md", "# In short\n\nText.\n")
        (self.dir / "content/sources.yaml").rename(self.dir / "kept")
        self.assertEqual(self.built(), ["alpha-en", "beta-en"])
        (self.dir / "kept").rename(self.dir / "content/sources.yaml")
        self.assertEqual(self.built(), ["alpha-en", "beta-en"])
        self.assertEqual(self.built(), [])

    def test_options(self):
        self.built()
        other = self.write("other.yaml", self.read("content/clinic.yaml"))
        for args in (["--paper", "a4"], ["--set", "clinic.name=Other"], ["--set", "clinic.name=Another"], ["--clinic", other]):
            with self.subTest(args):
                self.assertEqual(self.built(*args), ["alpha-en", "beta-en"])
                self.assertEqual(self.built(*args), [])
                self.assert_like_a_full_run(*args)
                self.assertEqual(self.built(), ["alpha-en", "beta-en"])
                self.assertEqual(self.built(), [])
        for args in (["-j1"], ["-j3"], ["alpha"], ["--deny", "warnings", "beta"], ["content/handouts/beta.yaml"], ["-q"]):
            with self.subTest(args):
                self.assertEqual(self.built(*args, status=self.handout("build", "-o", "full", *args).status), [])

    def test_force(self):
        self.built()
        self.assertEqual(self.built("--force"), ["alpha-en", "beta-en"])
        self.assertEqual(self.built(), [])

    def test_the_program(self):
        ident = subprocess.run(["readelf", "-n", HANDOUT], capture_output=True, text=True, check=True).stdout
        ident = bytes.fromhex(re.search(r"Build ID: (\w+)", ident)[1])
        data = HANDOUT.read_bytes()
        self.assertEqual(data.count(ident), 1)
        self.write("other", data.replace(ident, bytes([ident[0] ^ 1]) + ident[1:])).chmod(0o755)
        self.write("same", data).chmod(0o755)
        self.built()
        self.assertEqual(self.built(program=self.dir / "same"), [])
        self.assertEqual(self.built(program=self.dir / "other"), ["alpha-en", "beta-en"])

    def test_other_definitions(self):
        self.built()
        self.write("content/handouts/delta.yaml", definition("delta"))
        self.write("content/en/delta/in-short.md", "# In short\n\nText.\n")
        self.assertEqual(self.built(), ["delta-en"])
        self.write("content/handouts/broken.yaml", "id: [\n")
        self.assertEqual(self.tell(status=1), ([], ["alpha-en", "beta-en", "delta-en"]))

    def test_links_that_lead_out_of_the_content(self):
        self.built()
        section = self.dir / "content/en/alpha/in-short.md"
        section.rename(self.dir / "outside.md")
        self.write("content/inside.md", self.read("outside.md"))
        section.symlink_to("../../inside.md")
        self.assertEqual(self.built(), [])
        section.unlink()
        section.symlink_to("../../../outside.md")
        self.assertIn("[path-outside]", self.expect(1, "build").err)
        section.unlink()
        shutil.copy(self.dir / "outside.md", section)
        self.assertEqual(self.built(), [])
        shutil.move(self.dir / "content/figures", self.dir / "figures")
        (self.dir / "content/figures").symlink_to("../figures")
        self.assertIn("[path-outside]", self.expect(1, "build").err)

    def test_a_handout_that_fails_is_built_again_and_its_entry_stays(self):
        self.built()
        before = self.pdfs()
        self.edit("content/en/alpha/in-short.md", "This", "{{no.such}}")
        for _ in range(2):
            self.assertEqual(self.tell(status=1), ([], ["beta-en"]))
            self.assertIn("[variable-unknown]", self.last.err)
        self.assertEqual(self.pdfs(), before)
        self.edit("content/en/alpha/in-short.md", "{{no.such}}", "This")
        self.assertEqual(self.built(), [])

    def test_bare_files(self):
        self.write("notes/n.md", "# Notes\n\n![A box](pic.svg)\n")
        self.write("notes/pic.svg", PICTURE)
        self.assertEqual(self.built("notes/n.md"), ["n-en"])
        self.assertEqual(self.built("notes/n.md"), [])
        self.edit("notes/pic.svg", "#336699", "#993366")
        self.assertEqual(self.built("notes/n.md"), ["n-en"])
        self.write("more/n.md", "# Notes\n")
        self.assertEqual(self.built("more/n.md"), ["n-en"])

    def test_names_as_long_as_they_may_be(self):
        name = "n" * 248
        for text in ("One.", "Two.", "Three."):
            self.write(f"{name}.md", f"# Long\n\n{text}\n")
            for expected in ([f"{name}-en"], []):
                self.assertEqual(self.built(f"{name}.md"), expected)
                self.assertNotIn("[cache-unwritable]", self.last.err)

    def test_what_has_no_cache(self):
        for args in (["alpha", "-o", "one/x.pdf"], ["alpha", "-o", "-"], ["--dump", "pages"],
                ["alpha", "--set", "visit.date=2026-11-20"]):
            with self.subTest(args):
                self.handout("build", *args)
                self.assertEqual([path for path in self.dir.rglob(CACHE)], [])
        self.built("alpha", "-o", "one")
        size = os.path.getmtime(self.dir / "one/alpha-en.pdf")
        self.expect(0, "build", "alpha", "-o", "one/alpha-en.pdf")
        self.assertNotEqual(os.path.getmtime(self.dir / "one/alpha-en.pdf"), size)

    def test_summary_and_causes(self):
        self.assertRegex(self.expect(0, "build").err, r"(^|\n)2 handouts, \d+ warnings?\n$")
        self.assertRegex(self.expect(0, "build").err, r"(^|\n)2 handouts, 2 up to date, \d+ warnings?\n$")
        self.edit("content/en/shared/extra.md", "text", "words")
        self.tell()
        self.assertRegex(self.last.err, r"alpha-en.pdf: \d+ pages, \d+ bytes; built anew: content/en/shared/extra.md has changed\n")
        self.assertRegex(self.last.err, r"beta-en.pdf: \d+ pages, \d+ bytes, up to date\n")


class Diagnostics(Cached):
    """What is said about a handout that is skipped."""

    def setUp(self):
        super().setUp()
        self.write("content/handouts/gamma.yaml", definition("gamma", status="reviewed",
            reviewed='{by: "A. Doe", on: 2026-06-01, due: 2027-06-01}'))
        self.write("content/en/gamma/in-short.md", "# In short\n\n<i>Text</i> and <b>more</b>.\n")
        self.edit_clinic()

    def edit_clinic(self):
        self.write("content/clinic.yaml", self.read("content/clinic.yaml").replace("sample: true", "sample: false"))

    def test_they_are_those_of_a_full_run_on_any_day(self):
        warned = []
        for day in ("2027-05-01", "2026-11-20", "2027-06-01", "2027-06-02", "2030-01-01", "2026-11-20"):
            epoch = subprocess.run(["date", "-ud", day, "+%s"], capture_output=True, text=True, check=True).stdout.strip()
            env = {"SOURCE_DATE_EPOCH": epoch}
            with self.subTest(day):
                self.assert_like_a_full_run(env=env)
                if day != "2027-05-01":
                    self.assertEqual(self.built(env=env), [])
                warned += re.findall(r"\[review-(\w+)\]", self.handout("build", env=env).err)
        self.assertEqual(warned, ["due", "due", "overdue", "overdue"])

    def test_no_entry_publishes_what_is_overdue(self):
        early, late = {"SOURCE_DATE_EPOCH": "1780272000"}, {"SOURCE_DATE_EPOCH": "1900000000"}
        self.assertEqual(self.built("gamma", "--publish", env=early), ["gamma-en"])
        self.assertEqual(self.built("gamma", "--publish", env=early), [])
        done = self.expect(1, "build", "gamma", "--publish", "-v", env=late)
        self.assertNotIn("up to date", done.err)
        self.assertIn("error: the review of this handout was due on 2027-06-01 [review-overdue]", done.err)
        self.assertEqual(self.built("gamma", "--publish", env=early), [])

    def test_denied_warnings_stay_denied(self):
        self.expect(0, "build")
        for _ in range(2):
            self.expect(3, "build", "--deny", "warnings")
        self.assertEqual(self.built(), [])

    def test_more_warnings_than_are_kept(self):
        self.write("content/en/gamma/in-short.md", "# In short\n\n" + "<b>x</b>\n\n" * 1100)
        self.expect(0, "build", "gamma")
        self.assert_like_a_full_run("gamma")


class Poison(Cached):
    TOPICS = [f"t{i}" for i in range(8)]

    def setUp(self):
        super().setUp()
        for topic in self.TOPICS:
            self.write(f"content/handouts/{topic}.yaml", definition(topic))
            self.write(f"content/en/{topic}/in-short.md", f"# In short\n\nThis is <b>about</b> {topic}.\n")
        self.names = [f"{topic}-en" for topic in self.TOPICS]
        self.first = self.expect(0, "build", *self.TOPICS).err
        self.good = self.pdfs()
        self.kept = {path: path.read_bytes() for path in self.entries()}
        self.assertEqual(sorted(path.name for path in self.kept), [f"{name}.pdf.entry" for name in self.names])

    def assert_noticed(self, label, names=None):
        built, _ = self.tell(*self.TOPICS)
        self.assertEqual(built, self.names if names is None else names, label)
        said = re.sub(r"^build/handouts/\S+: \d+ pages?, .*\n", "", self.last.err, flags=re.M)
        self.assertEqual(re.sub(r", \d+ up to date", "", said), self.first, label)
        self.assertEqual(self.pdfs(), self.good, label)
        self.assertEqual({path: path.read_bytes() for path in self.entries()}, self.kept, label)

    def test_flipped_bytes(self):
        size = max(map(len, self.kept.values()))
        step = 3 * SLOWNESS
        for start in range(0, size, step * len(self.kept)):
            for i, (path, data) in enumerate(self.kept.items()):
                at = min(start + i * step, len(data) - 1)
                path.write_bytes(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1:])
            self.assert_noticed(start)

    def test_other_lengths(self):
        sizes = [0, 1, 8, 15, 16, 17, 40, 100, 300, 600]
        for size in sizes:
            for path, data in self.kept.items():
                path.write_bytes(data[:size])
            self.assert_noticed(size)
        for more in (b"\0", b"\n", bytes(16), bytes(100000)):
            for path, data in self.kept.items():
                path.write_bytes(data + more)
            self.assert_noticed(f"{len(more)} more")
            for path, data in self.kept.items():
                path.write_bytes(data[:-len(more)])
            self.assert_noticed(f"{len(more)} less")

    def test_garbage_and_strange_files(self):
        def each(make):
            for path in self.kept:
                path.unlink()
                make(path)
        for label, make in (
            ("gone", lambda path: None),
            ("garbage", lambda path: path.write_bytes(os.urandom(2000))),
            ("magic and garbage", lambda path: path.write_bytes(self.kept[path][:16] + os.urandom(2000))),
            ("a link", lambda path: path.symlink_to("/dev/zero")),
            ("a dead link", lambda path: path.symlink_to("nowhere")),
            ("a pipe", os.mkfifo),
            ("huge", lambda path: (path.touch(), os.truncate(path, 1 << 40))),
        ):
            with self.subTest(label):
                each(make)
                self.assert_noticed(label)
        for path in self.kept:
            path.unlink()
            path.mkdir()
        self.assertEqual(self.built(*self.TOPICS), self.names)
        self.assertEqual(self.last.err.count("[cache-unwritable]"), 1)
        self.assertEqual(self.pdfs(), self.good)

    def test_entries_with_another_name(self):
        """What another name leads to is not touched: a file of somebody's, or a copy of the folder by links."""
        for path in self.kept:
            path.unlink()
            os.link(self.write("precious", "mine"), path)
            self.built(*self.TOPICS)
            self.assertEqual(self.read("precious"), "mine")
        self.assert_noticed("none is left", names=[])

    def test_a_pipe_that_is_read(self):
        path = next(iter(self.kept))
        path.unlink()
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.built(*self.TOPICS)
        self.assertEqual(os.read(reader, 1), b"")
        self.assert_noticed("a pipe that is read", names=[])

    def test_swapped_entries(self):
        paths = list(self.kept)
        for path, other in zip(paths, paths[1:] + paths[:1]):
            path.write_bytes(self.kept[other])
        self.assert_noticed("swapped")

    def test_swapped_pdfs(self):
        names = sorted(self.good)
        for name, other in zip(names, names[1:] + names[:1]):
            (self.dir / OUT / name).write_bytes(self.good[other])
        self.assert_noticed("swapped")

    def test_entries_and_pdfs_swapped_together(self):
        paths, names = list(self.kept), sorted(self.good)
        for i in range(len(names)):
            paths[i].write_bytes(self.kept[paths[i - 1]])
            (self.dir / OUT / names[i]).write_bytes(self.good[names[i - 1]])
        self.assert_noticed("swapped")

    def test_entries_of_other_options(self):
        self.expect(0, "build", *self.TOPICS, "--paper", "a4", "-o", "other")
        for path in self.kept:
            shutil.copy(self.dir / "other" / CACHE / path.name, path)
        self.assert_noticed("foreign")

    def test_damaged_pdfs(self):
        pages = [self.dir / OUT / name for name in self.good]
        for at in (0, 9, 1000, -1000, -1):
            for path in pages:
                data = bytearray(self.good[path.name])
                data[at] ^= 1
                path.write_bytes(data)
            self.assert_noticed(at)
        for change in (lambda data: b"", lambda data: data[:-1], lambda data: data + b"\n", lambda data: data[:4096]):
            for path in pages:
                path.write_bytes(change(self.good[path.name]))
            self.assert_noticed("length")
        for make in (lambda path: path.symlink_to("/dev/zero"), os.mkfifo, lambda path: (path.touch(), os.truncate(path, 1 << 40)),
                lambda path: path.symlink_to(self.write(f"elsewhere/{path.name}", self.good[path.name]))):
            for path in pages:
                path.unlink()
                make(path)
            self.assert_noticed("strange")
            self.assertTrue(all(path.is_file() and not path.is_symlink() for path in pages))


class Machine(Cached):
    """Two runs at once, and folders that do not let us."""

    def test_two_runs_at_once(self):
        for i in range(10):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", f"# In short\n\nThis is about t{i}.\n")
        self.expect(0, "build", "-o", "full")
        expected = self.pdfs("full")
        for _ in range(5):
            runs = [subprocess.Popen([HANDOUT, "build", "-q", *args], cwd=self.dir, env=self.environment())
                for args in ([], ["--force"], ["-j1"], ["--paper", "a4"])]
            self.assertEqual([run.wait() for run in runs], [0] * len(runs))
            self.expect(0, "build")
            self.assertEqual(self.pdfs(), expected)
            self.assertEqual([path.name for path in self.entries() if path.suffix != ".entry"], [])
            self.assertEqual(self.built(), [])

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root may write anywhere")
    def test_a_cache_that_may_only_be_read(self):
        (self.dir / "content/check.yaml").unlink()
        self.built()
        folder = self.dir / OUT / CACHE
        for path in self.entries():
            path.chmod(0o444)
        folder.chmod(0o555)
        self.addCleanup(folder.chmod, 0o755)
        self.assertEqual(self.built(wrap=AS_OTHERS), [])
        self.assertNotIn("cache-unwritable", self.last.err)
        self.write("content/en/beta/in-short.md", "# In short\n\nNew.\n")
        for _ in range(2):
            self.assertEqual(self.built("--deny", "warnings", "beta", wrap=AS_OTHERS, status=0), ["beta-en"])
            self.assertEqual(self.last.err.count("[cache-unwritable]"), 1)

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root may write anywhere")
    def test_a_cache_that_may_not_be_read(self):
        self.built()
        folder = self.dir / OUT / CACHE
        folder.chmod(0)
        self.addCleanup(folder.chmod, 0o755)
        self.assertEqual(self.built(wrap=AS_OTHERS), ["alpha-en", "beta-en"])
        self.assertEqual(self.last.err.count("[cache-unwritable]"), 1)

    def test_a_full_disk(self):
        self.built()
        before = self.pdfs()
        small = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"]
        self.assertEqual(self.built(wrap=small), [])
        self.write("content/en/beta/in-short.md", "# In short\n\nNew.\n")
        self.assertIn("[file-unwritable]", self.expect(4, "build", wrap=small).err)
        self.assertEqual(self.pdfs(), before)
        self.assertEqual(self.built(), ["beta-en"])


class Speed(Cached):
    def test_what_is_up_to_date_costs_little(self):
        count = 300
        for i in range(count):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", f"# In short\n\nThis is t{i}.\n")
        self.expect(0, "build", "-q")
        runs = [self.expect(0, "build", "-q").cpu for _ in range(3)]
        print(f"       nothing to do: {1e6 * min(runs) / count:.0f} µs of CPU each")
        self.assertLess(min(runs), 0.0006 * count * SLOWNESS)


class Depfile(Cached):
    """--depfile, judged by make."""

    MAKEFILE = """\
PDFS := build/handouts/alpha-en.pdf build/handouts/beta-en.pdf
all: $(PDFS)
build/handouts/%-en.pdf:
	$(HANDOUT) build $* -v --depfile $*.d
-include alpha.d beta.d
"""

    def setUp(self):
        super().setUp()
        self.write("Makefile", self.MAKEFILE)

    def make(self):
        """What make has handed to the program."""
        done = subprocess.run(["make", f"HANDOUT={HANDOUT}"], cwd=self.dir, env=self.environment(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return re.findall(r" build (\w+) ", done.stdout)

    def later(self, path):
        """Makes a file newer than all others."""
        newest = max(path.stat().st_mtime for path in self.dir.rglob("*"))
        os.utime(self.dir / path, (newest + 2, newest + 2))
        for pdf in (self.dir / OUT).glob("*.pdf"):
            self.assertLess(pdf.stat().st_mtime, newest + 2)

    def test_make_builds_what_changed(self):
        self.assertEqual(self.make(), ["alpha", "beta"])
        self.assertEqual(self.make(), [])
        for path, expected in (("content/en/alpha/in-short.md", ["alpha"]), ("content/figures/pic.svg", ["alpha"]),
                ("content/handouts/beta.yaml", ["beta"]), ("styles/base.yaml", ["alpha", "beta"]),
                ("fonts/AtkinsonHyperlegibleNext-Regular.ttf", ["alpha", "beta"]), ("fonts/NotoSans-Bold.ttf", []),
                ("content/clinic.yaml", ["alpha", "beta"]), ("content/check.yaml", ["alpha", "beta"])):
            with self.subTest(path):
                stamp = (self.dir / path).stat().st_mtime
                self.later(path)
                self.assertEqual(self.make(), expected)
                os.utime(self.dir / path, (stamp, stamp))
                self.assertEqual(self.make(), [])

    def test_a_file_that_is_gone_does_not_stop_make(self):
        self.make()
        (self.dir / "content/figures/pic.svg").unlink()
        self.write("content/en/alpha/in-short.md", "# In short\n\nNo picture.\n")
        self.assertEqual(self.make(), ["alpha"])
        self.assertNotIn("pic.svg", self.read("alpha.d"))

    def test_the_cache_does_not_matter(self):
        self.expect(0, "build", "--depfile", "one.d")
        self.expect(0, "build", "--depfile", "two.d")
        self.expect(0, "build", "--depfile", "three.d", "-j1", "--force")
        self.assertEqual(self.read("one.d"), self.read("two.d"))
        self.assertEqual(self.read("one.d"), self.read("three.d"))
        self.assertIn("content/figures/pic.svg:\n", self.read("one.d"))
        self.expect(0, "build", "alpha", "-o", "x.pdf", "--depfile", "x.d")
        rules = self.read("x.d").split("\n\n")[0].split(" \\\n  ")
        self.assertEqual((rules[0], rules[1]), ("x.pdf:", "content/handouts/alpha.yaml"))

    def test_names_that_make_must_have_quoted(self):
        for folder in ("a b#c$d%e:f*g?h[i]j", "j\\k~l\\ m'n\"o&p,q\\%é", "~", "%", "\\#\\\\ "):
            with self.subTest(folder):
                self.check_quoted(folder)

    def check_quoted(self, folder):
        self.write(f"content/en/{folder}/in-short.md", "# In short\n\nText.\n")
        self.write("content/handouts/beta.yaml", definition("beta").replace("beta/in-short.md",
            "'" + folder.replace("'", "''") + "/in-short.md'"))
        self.make()
        self.assertEqual(self.make(), [])
        self.later(f"content/en/{folder}/in-short.md")
        self.assertEqual(self.make(), ["beta"])
        shutil.move(self.dir / f"content/en/{folder}", self.dir / "content/en/plain")
        self.write("content/handouts/beta.yaml", definition("beta").replace("beta/in-short.md", "plain/in-short.md"))
        self.later("content/handouts/beta.yaml")
        self.assertEqual(self.make(), ["beta"])

    def test_names_that_make_cannot_read(self):
        for name in ("a=b", "a;b", "a|b", "a(b)", "b\\", "*\\"):
            with self.subTest(name):
                self.write(f"content/en/{name}/in-short.md", "# In short\n\nText.\n")
                self.write("content/handouts/beta.yaml", definition("beta").replace("beta/in-short.md", f"'{name}/in-short.md'"))
                done = self.expect(0, "build", "beta", "--depfile", "beta.d")
                self.assertEqual(done.err.count("[depfile-name]"), 1 if name != "b\\" else 0)
                self.assertEqual(self.make(), ["alpha"] if name == "a=b" else [])
        done = self.expect(0, "build", "beta", "-o", "a=b", "--depfile", "beta.d")
        self.assertIn("a=b/beta-en.pdf: warning: make does not see when this file must be made", done.err)

    def test_a_handout_that_fails(self):
        self.write("content/en/beta/in-short.md", "# In short\n\n{{no.such}}\n")
        self.expect(1, "build", "--depfile", "all.d")
        self.assertIn("build/handouts/beta-en.pdf:", self.read("all.d"))
        self.assertIn("  content/en/beta/in-short.md \\\n", self.read("all.d"))

    def test_on_standard_output(self):
        self.expect(0, "build", "--depfile", "all.d")
        self.assertEqual(self.expect(0, "build", "--depfile", "-").out, self.read("all.d"))
        self.assertFalse((self.dir / "-").exists())
        self.expect(0, "build", "--depfile", "/dev/null", "--manifest", "/dev/null")

    def test_where_there_is_nothing_to_say(self):
        self.assertIn("--depfile is about PDFs", self.expect(2, "build", "--depfile", "x", "--dump", "pages").err)
        self.assertIn("--depfile is about files", self.expect(2, "build", "alpha", "--depfile", "x", "-o", "-").err)
        self.assertIn("[file-unwritable]", self.expect(1, "build", "--depfile", "content").err)
