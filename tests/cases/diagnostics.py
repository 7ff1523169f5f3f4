"""Mistakes of every kind and what is said about them: tests/golden/diagnostics/*.case.

A case is a text file:

    what it shows, in a sentence
    $ handout build alpha
    == content/en/alpha/in-short.md
    # In short
    == status 1
    what is printed on standard error; by `handout check`, on standard output

The files named after == are laid over a small project with the topic alpha (Case.project), then the command is run. A
file whose only line is "@ PATH" is a copy of that file of this repository.
HANDOUT_BLESS=1 (make bless) writes what is printed now behind the status line."""

import os
import re
import shlex

from cases.support import ROOT, Case

FOLDER = ROOT / "tests/golden/diagnostics"


def parse(text):
    """The command, the files, and what is expected."""
    head, *parts = re.split(r"^== (.*)\n", text, flags=re.M)
    command = re.search(r"^\$ handout (.*)$", head, re.M).group(1)
    files = dict(zip(parts[0:-2:2], parts[1:-2:2]))
    return shlex.split(command), files, parts[-2], parts[-1]


class Diagnostics(Case):
    def test_mistakes_are_told_as_expected(self):
        cases = sorted(FOLDER.glob("*.case"))
        self.assertGreater(len(cases), 30)
        for case in cases:
            with self.subTest(case.stem):
                self.setUp()
                self.check(case)

    def check(self, case):
        self.project("alpha")
        text = case.read_text(encoding="utf-8")
        command, files, status, expected = parse(text)
        for name, content in files.items():
            copied = re.fullmatch(r"@ (\S+)\n", content)
            self.write(name, (ROOT / copied[1]).read_bytes() if copied else content)
        done = self.handout(*command)
        told, other = (done.out, done.err) if command[0] == "check" else (done.err, "")
        self.assertEqual(other, "")
        if os.environ.get("HANDOUT_BLESS"):
            kept = text[:text.rindex("\n== status ") + 1]
            case.write_text(f"{kept}== status {done.status}\n{told}", encoding="utf-8")
            status, expected = f"status {done.status}", told
        self.assertMultiLineEqual(f"{status}\n{expected}", f"status {done.status}\n{told}")
        # What is told has a code, and a line that it stands in is shown with a caret.
        for line in told.splitlines():
            if re.match(r"\S+:\d+:\d+: ", line):
                self.assertRegex(line, r" \[[a-z]+(-[a-z]+)*\]$")
