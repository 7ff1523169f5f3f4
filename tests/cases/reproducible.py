"""The same bytes every time: from another folder, in another locale and time zone, on another day, in another order."""

import os
import shutil
import subprocess

from cases.support import ROOT, TOPICS, Case


class Reproducible(Case):
    def build(self, output, *args, **more):
        self.expect(0, "build", "--lang", "all", "-o", self.dir / output, *args, **more)
        return {path.name: path.read_bytes() for path in sorted((self.dir / output).glob("*.pdf"))}

    def assert_same(self, some, others):
        self.assertEqual(sorted(some), sorted(others))
        for name in some:
            self.assertTrue(some[name] == others[name], f"{name} differs")

    def locale(self):
        """A locale with a decimal comma, if one can be had, else another that is not C."""
        folder = self.dir / "locale"
        folder.mkdir()
        if shutil.which("localedef"):
            made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], capture_output=True)
            if made.returncode in (0, 1) and (folder / "de_DE.UTF-8").exists():
                return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
        return {"LC_ALL": "C.UTF-8"}

    def test_bytes_do_not_depend_on_where_when_and_how(self):
        first = self.build("first", cwd=ROOT)
        self.assertEqual(sorted(first), [f"{topic}-{lang}.pdf" for topic in TOPICS for lang in ("en", "es")])
        elsewhere = self.dir / "else where/project"
        for name in ("content", "styles", "fonts"):
            shutil.copytree(ROOT / name, elsewhere / name)
        for label, args, more in (
            ("again", [], {"cwd": ROOT}),
            ("another folder", [], {"cwd": elsewhere}),
            ("by way of --root", ["--root", elsewhere], {}),
            ("another locale and time zone", [], {"cwd": ROOT, "env": {**self.locale(), "TZ": "Pacific/Kiritimati"}}),
            ("another day", [], {"cwd": ROOT, "env": {"SOURCE_DATE_EPOCH": "0"}}),
            ("by the clock", [], {"cwd": ROOT, "env": {"SOURCE_DATE_EPOCH": None}}),
            ("one worker", ["-j", "1"], {"cwd": ROOT}),
            ("another order", [*reversed(TOPICS)], {"cwd": ROOT}),
            ("another order, one worker", ["-j", "1", *TOPICS[2:], *TOPICS[:2]], {"cwd": ROOT}),
        ):
            with self.subTest(label):
                self.assert_same(first, self.build(label.replace(" ", "-"), *args, **more))
        for topic in TOPICS:
            names = [f"{topic}-{lang}.pdf" for lang in ("en", "es")]
            self.assert_same({name: first[name] for name in names}, self.build(f"only-{topic}", topic, cwd=ROOT))

    def test_no_path_of_this_machine_is_in_a_pdf(self):
        for name, data in self.build("out", cwd=ROOT).items():
            for path in (str(ROOT), str(self.dir), os.path.expanduser("~/")):
                self.assertNotIn(path.encode(), data, name)
