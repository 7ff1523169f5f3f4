"""make install and make uninstall, with PREFIX and DESTDIR; the installed program works from anywhere."""

import os
import re
import shutil
import subprocess

from cases.support import BUILD, HANDOUT, ROOT, TOPICS, VARIANT, Case


class Install(Case):
    def make(self, *args):
        env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        done = subprocess.run(["make", "-C", ROOT, f"VARIANT={VARIANT}", f"BUILD={BUILD}", *args], capture_output=True,
            text=True, env=env)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def tree(self, folder):
        """All files, and all folders but those that programs share."""
        shared = {"bin", "share/doc", "share/man", "share/man/man1", "share/man/man5"}
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")
            if not path.is_dir() or os.path.relpath(path, self.top) not in shared)

    def round_trip(self, prefix, destdir):
        """Installs, tries, uninstalls; a file that was there before stays, and nothing else."""
        base = self.dir / destdir if destdir else self.dir
        top = base / prefix.lstrip("/") if destdir else self.dir / prefix
        self.top = top
        mine = top / "share/handout/content/mine.md"
        mine.parent.mkdir(parents=True)
        mine.write_text("mine")
        before = self.tree(self.dir)
        args = [f"PREFIX={prefix if destdir else top}"] + ([f"DESTDIR={base}"] if destdir else [])
        self.make("install", *args)
        try:
            program = top / "bin/handout"
            for name in ("bin/handout", "share/man/man1/handout.1", "share/man/man5/handout-check.5",
                "share/doc/handout/README.md", "share/doc/handout/LICENSE", "share/handout/content/check.yaml",
                "share/handout/content/en/check.yaml",
                "share/handout/styles/standard.yaml", "share/handout/fonts/fonts.yaml"):
                self.assertTrue((top / name).is_file(), name)
            self.try_out(program)
        finally:
            self.make("uninstall", *args)
        shutil.rmtree(self.dir / "away", ignore_errors=True)
        self.assertEqual(self.tree(self.dir), before)
        self.assertEqual(mine.read_text(), "mine")
        # Leave the build as it was: the place of installation is compiled in.
        self.make("all")

    def try_out(self, program):
        away = self.dir / "away"
        away.mkdir()
        (away / "notes.md").write_text("# Notes\n\nHello.\n")
        self.expect(0, "build", "notes.md", "oa", cwd=away, program=program)
        self.assertEqual(self.files("away/build/handouts"), ["notes-en.pdf", "osteoarthritis-en.pdf"])
        self.expect(0, "build", "oa", "-o", "here.pdf", cwd=ROOT)
        (ROOT / "here.pdf").rename(away / "here.pdf")
        self.assertEqual((away / "here.pdf").read_bytes(), (away / "build/handouts/osteoarthritis-en.pdf").read_bytes())
        self.assertIn("osteoarthritis-en: 4 pages\n", self.expect(0, "check", "oa", cwd=away, program=program).out)
        listed = self.expect(0, "list", cwd=away, program=program).out
        for topic in TOPICS:
            self.assertIn(topic, listed)
        # Found along PATH, and through a link.
        env = {"PATH": f"{program.parent}:{os.environ['PATH']}"}
        self.assertEqual(self.expect(0, "list", cwd=away, program="handout", env=env).out, listed)
        os.symlink(program, away / "link")
        self.assertEqual(self.expect(0, "list", cwd=away, program=away / "link").out, listed)

    def test_prefix(self):
        self.round_trip("opt/handout", None)

    def test_prefix_and_destdir_with_spaces(self):
        self.round_trip("/opt/hand outs", "stage area")


class Manual(Case):
    def lint(self, page):
        if shutil.which("mandoc"):
            return ["mandoc", "-T", "lint", "-W", "warning", page]
        if shutil.which("groff"):
            return ["groff", "-man", "-Tutf8", "-ww", "-z", page]
        return ["man", "--warnings", "-l", page] if shutil.which("man") else None

    def test_the_manual_is_well_formed(self):
        pages = sorted((ROOT / "src/run").glob("*.[1-9]"))
        self.assertEqual([page.name for page in pages], ["handout-check.5", "handout.1"])
        for page in pages:
            text = page.read_text(encoding="utf-8")
            self.assertTrue(text.isascii(), f"{page.name}: only ASCII is printed the same everywhere")
            self.assertEqual([line for line in text.splitlines() if re.match(r"\.\s*$", line)], [])
            if self.lint(page):
                done = subprocess.run(self.lint(page), capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr.strip()), (0, ""), f"{page.name}\n{done.stdout}")
