"""handout watch: what is saved is built at once, whatever an editor does, and nothing else is."""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import unittest
from pathlib import Path

from cases.support import CACHE, HANDOUT, ROOT, SLOWNESS, Case, definition

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#336699"/></svg>\n'


@unittest.skipUnless(sys.platform == "linux", "files are watched on Linux only")
class Watched(Case):
    def setUp(self):
        super().setUp()
        self.project("alpha", "beta")
        for name in ("styles", "fonts"):
            (self.dir / name).unlink()
            shutil.copytree(ROOT / name, self.dir / name)
        self.write("content/figures/pic.svg", PICTURE)
        self.write("content/en/alpha/in-short.md", "# In short\n\nThis is alpha.\n\n![A blue box](../../figures/pic.svg)\n")

    def start(self, *args, ready=r"watching \d+ folders\n", cwd=None):
        self.log = self.dir / f".log{time.monotonic_ns()}"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([HANDOUT, "watch", *args], cwd=cwd or self.dir, env=self.environment(), stderr=log,
                stdout=log, stdin=subprocess.DEVNULL)
        self.addCleanup(self.stop, self.process)
        self.seen = 0
        return self.wait(ready)

    def stop(self, process):
        if process.poll() is None:
            process.kill()
        process.wait()

    def told(self):
        return self.log.read_text(errors="replace")[self.seen:]

    def wait(self, pattern, seconds=10):
        """What is told until it ends with a pattern."""
        end = time.monotonic() + seconds * SLOWNESS
        while not re.search(pattern, self.told()):
            if time.monotonic() > end or self.process.poll() is not None:
                self.fail(f"'{pattern}' was never told\n{self.log.read_text()}")
            time.sleep(0.002)
        text = self.told()
        self.seen += len(text)
        return text

    def nothing(self, seconds=0.3):
        """Nothing is told for a while."""
        time.sleep(seconds * SLOWNESS)
        self.assertEqual(self.told(), "")

    def expect_built(self, *names, pattern=None):
        """These PDFs are built, and no others."""
        text = self.wait(pattern or rf"{names[-1]}\.pdf built in \d+ ms\n")
        time.sleep(0.03 * SLOWNESS)
        text += self.told()
        self.seen += len(self.told())
        self.assertEqual(sorted(re.findall(r"^\d\d:\d\d (\S+)\.pdf built in \d+ ms$", text, re.M)), sorted(names), text)
        return text

    def save(self, path, text):
        """As most editors do: another file is moved into the place."""
        new = self.write(f"{path}.new~", text)
        new.rename(self.dir / path)

    def full(self):
        self.expect(0, "build", "-o", "full")
        for path in sorted((self.dir / "full").glob("*.pdf")):
            self.assertTrue(path.read_bytes() == (self.dir / "build/handouts" / path.name).read_bytes(), path.name)


class Changes(Watched):
    def test_all_that_a_handout_is_made_of(self):
        self.expect_first(self.start())
        alpha = "content/en/alpha/in-short.md"
        self.save(alpha, self.read(alpha).replace("This", "That"))
        self.expect_built("alpha-en")
        self.write(alpha, self.read(alpha).replace("That", "Here"))
        self.expect_built("alpha-en")
        (self.dir / alpha).rename(self.dir / f"{alpha}~")  # with a backup, as vim does
        self.write(alpha, self.read(f"{alpha}~").replace("Here", "There"))
        self.expect_built("alpha-en")
        self.save("content/figures/pic.svg", PICTURE.replace("#336699", "#993366"))
        self.expect_built("alpha-en")
        self.save("content/en/shared/risks-and-cost.md", "# Risks and cost\n\nIt may fail.\n")
        self.expect_built("alpha-en", "beta-en")
        self.save("content/handouts/alpha.yaml", definition("alpha").replace("What it is.", "What it may be."))
        self.expect_built("alpha-en")
        self.save("styles/base.yaml", self.read("styles/base.yaml") + "# x\n")
        self.expect_built("alpha-en", "beta-en")
        face = self.dir / "fonts/AtkinsonHyperlegibleNext-Regular.ttf"
        self.save("fonts/AtkinsonHyperlegibleNext-Regular.ttf", face.read_bytes() + b"\0")
        self.expect_built("alpha-en", "beta-en")
        self.save("content/clinic.yaml", self.read("content/clinic.yaml").replace("Example", "Sample"))
        self.expect_built("alpha-en", "beta-en")
        self.full()

    def expect_first(self, text):
        self.assertRegex(text, r"alpha-en.pdf built in \d+ ms\n(.*\n)*.*beta-en.pdf built in \d+ ms\n(.*\n)*2 handouts")

    def test_a_topic_comes_and_goes(self):
        self.start()
        self.write("content/en/gamma/in-short.md", "# In short\n\nThis is gamma.\n")
        self.write("content/handouts/gamma.yaml", definition("gamma"))
        self.expect_built("gamma-en")
        self.write("content/en/gamma/in-short.md", "# In short\n\nThis is gamma again.\n")
        self.expect_built("gamma-en")
        shutil.move(self.dir / "content/en/gamma", self.dir / "content/en/delta")
        self.wait(r"\[file-missing\](.*\n)*.*gamma-en.pdf failed in \d+ ms\n")
        shutil.move(self.dir / "content/en/delta", self.dir / "content/en/gamma")
        self.wait("all is well again\n")
        (self.dir / "content/handouts/gamma.yaml").unlink()
        self.write("content/en/beta/in-short.md", "# In short\n\nThis is new.\n")
        self.expect_built("beta-en")

    def test_it_goes_on_after_errors(self):
        self.start()
        beta, clinic = "content/en/beta/in-short.md", self.read("content/clinic.yaml")
        self.write(beta, "# In short\n\n{{no.such}}\n")
        self.assertIn("[variable-unknown]", self.wait(r"beta-en.pdf failed in \d+ ms\n"))
        self.write(beta, "# In short\n\nMended.\n")
        self.expect_built("beta-en", pattern="all is well again\n")
        for broken in ("[", "name: [\n"):
            self.save("content/clinic.yaml", broken)
            self.wait(r"content/clinic.yaml:\d+:\d+: error: .*\n(.*\n)+")
            self.save("content/clinic.yaml", clinic)
            self.wait("all is well again\n")
        (self.dir / beta).unlink()
        self.wait(r"beta-en.pdf failed in \d+ ms\n")
        self.write(beta, "# In short\n\nBack.\n")
        self.expect_built("beta-en", pattern="all is well again\n")
        self.full()

    def test_the_whole_root_goes_and_comes_back(self):
        """It waits for its own material, and builds no other meanwhile, such as what is installed."""
        os.mkdir(self.dir / "root")
        for name in ("content", "styles", "fonts"):
            shutil.move(self.dir / name, self.dir / "root" / name)
        for args, cwd in (([], self.dir / "root"), (["--root", "root"], None)):
            with self.subTest(args):
                self.start(*args, "-o", self.dir / "out", cwd=cwd)
                shutil.move(self.dir / "root/content", self.dir / "away")
                self.wait(r"\[file-missing\]\n")
                shutil.move(self.dir / "away", self.dir / "root/content")
                self.wait("all is well again\n")
                self.assertEqual(sorted(path.name for path in (self.dir / "out").glob("*.pdf")), ["alpha-en.pdf", "beta-en.pdf"])
                if args:
                    shutil.copytree(self.dir / "root", self.dir / "copy")
                    shutil.rmtree(self.dir / "root")
                    self.wait(r"\[root-missing\]\n")
                    shutil.move(self.dir / "copy", self.dir / "root")
                    self.wait("all is well again\n")
                self.write("root/content/en/beta/in-short.md", f"# In short\n\nThis is new: {len(args)}.\n")
                self.expect_built("beta-en")

    def test_styles_elsewhere_go_and_come_back(self):
        os.mkdir(self.dir / "root")
        for name in ("styles", "fonts"):
            shutil.move(self.dir / name, self.dir / "root" / name)
        self.start("--root", "root", "--content", "content")
        shutil.copytree(self.dir / "root/styles", self.dir / ".away")
        shutil.rmtree(self.dir / "root/styles")
        self.wait(r"\[style-unknown\]\n")
        shutil.move(self.dir / ".away", self.dir / "root/styles")
        self.wait("all is well again\n")

    def test_it_begins_with_errors(self):
        clinic = self.read("content/clinic.yaml")
        self.write("content/clinic.yaml", "[")
        self.start()
        self.save("content/clinic.yaml", clinic)
        self.expect_built("alpha-en", "beta-en", pattern="all is well again\n")

    def test_what_changes_nothing(self):
        self.start()
        for path in ("content/en/alpha/.in-short.md.swp", "content/en/alpha/in-short.md~", "content/en/alpha/4913",
                "content/x.pdf", "content/en/notes.md", "content/en/new/notes.md", "other/x.yaml"):
            self.write(path, "x")
        os.utime(self.dir / "content/en/alpha/in-short.md")
        self.save("content/en/alpha/in-short.md", self.read("content/en/alpha/in-short.md"))
        self.nothing()

    def test_bare_files_and_what_is_elsewhere(self):
        self.write("notes/n.md", "# Notes\n\n![A box](deep/er/pic.svg)\n")
        self.write("notes/deep/er/pic.svg", PICTURE)
        self.write("far/clinic.yaml", self.read("content/clinic.yaml"))
        self.write("near/one.yaml", "extends: ./far/two.yaml\n")
        self.write("far/two.yaml", "extends: standard\n")
        self.write("far/set", "clinic.name=One\n")
        self.start("notes/n.md", "--clinic", "far/clinic.yaml", "-s", "near/one.yaml", "--set-from", "far/set", "-o", "n.pdf")
        for path, old, new in (("notes/n.md", "Notes", "More"), ("notes/deep/er/pic.svg", "#336699", "#993366"),
                ("far/clinic.yaml", "Example", "Sample"), ("near/one.yaml", "\n", "\n# x\n"), ("far/two.yaml", "\n", "\n# x\n"),
                ("far/set", "One", "Two")):
            with self.subTest(path):
                self.save(path, self.read(path).replace(old, new))
                self.expect_built("n-en-one")

    def test_links(self):
        shutil.move(self.dir / "content/figures/pic.svg", self.dir / "content/kept.svg")
        (self.dir / "content/figures/pic.svg").symlink_to("../kept.svg")
        shutil.move(self.dir / "styles", self.dir / "looks")
        (self.dir / "styles").symlink_to("looks")
        self.start()
        self.save("content/kept.svg", PICTURE.replace("#336699", "#993366"))
        self.expect_built("alpha-en")
        self.save("looks/standard.yaml", self.read("looks/standard.yaml") + "# x\n")
        self.expect_built("alpha-en", "beta-en")


class Manners(Watched):
    def cpu(self):
        """What the process and its children have used, in ticks."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15]))

    def test_its_own_outputs_do_not_wake_it(self):
        self.start("-o", "content/en/alpha")
        time.sleep(0.2 * SLOWNESS)
        self.write("content/en/beta/in-short.md", "# In short\n\nNew.\n")
        self.expect_built("beta-en")
        time.sleep(0.2 * SLOWNESS)
        before = self.cpu()
        self.nothing(0.5)
        self.assertEqual(self.cpu(), before)
        self.assertEqual(sorted(path.name for path in (self.dir / "content/en/alpha").iterdir()),
            [CACHE, "alpha-en.pdf", "beta-en.pdf", "in-short.md"])

    def test_within_100_ms_of_saving(self):
        topics = 40
        for i in range(topics):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", f"# In short\n\nThis is t{i}.\n")
        self.start()
        times = []
        for i in range(15):
            path, pdf = f"content/en/t{i}/in-short.md", self.dir / f"build/handouts/t{i}-en.pdf"
            new = self.write(f"{path}~", f"# In short\n\nThis is t{i}, saved.\n")
            inode, start = pdf.stat().st_ino, time.monotonic()
            new.rename(self.dir / path)
            while pdf.stat().st_ino == inode and time.monotonic() < start + 5 * SLOWNESS:
                time.sleep(0.0005)
            times.append(1000 * (time.monotonic() - start))
            time.sleep(0.03)
        print(f"       saved to built: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
        self.assertLess(statistics.median(times), 100 * SLOWNESS)
        self.assertLess(max(times), 1000 * SLOWNESS)

    def test_signals_end_it(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for wait in (None, 0.0, 0.01, 0.05):
                with self.subTest(f"{number} {wait}"):
                    shutil.rmtree(self.dir / "build", ignore_errors=True)
                    self.start(ready="" if wait is not None else r"watching")
                    time.sleep((wait or 0) * SLOWNESS)
                    self.process.send_signal(number)
                    self.assertEqual(self.process.wait(5 * SLOWNESS), -number)
                    self.assertEqual([path for path in self.files("build") if not path.endswith("-en.pdf")]
                        if (self.dir / "build").exists() else [], [])

    def test_where_it_cannot_begin(self):
        self.assertIn("standard output is none", self.expect(2, "watch", "-o", "-").err)
        self.assertIn("standard input", self.expect(2, "watch", "--set-from", "-").err)
        self.assertIn("'handout watch' does not have the option '--dump'", self.expect(2, "watch", "--dump", "pages").err)
        self.assertIn("[root-missing]", self.expect(1, "watch", "--root", "nowhere").err)
        self.assertIn("several handouts cannot go into one file", self.expect(2, "watch", "-o", "x.pdf").err)

    def test_quiet(self):
        self.start("-q", ready="")
        deadline = time.monotonic() + 5 * SLOWNESS
        while not (self.dir / "build/handouts/beta-en.pdf").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1 * SLOWNESS)
        self.write("content/en/beta/in-short.md", "# In short\n\n{{no.such}}\n")
        self.wait(r"\[variable-unknown\]\n")
        self.assertNotIn("failed", self.log.read_text())
