"""What the cases share: the program, scratch folders, small projects."""

import os
import shutil
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VARIANT = os.environ.get("HANDOUT_VARIANT", "release")
BUILD = ROOT / os.environ.get("HANDOUT_BUILD", "build/release")
HANDOUT = BUILD / "handout"
VERSION = os.environ.get("HANDOUT_VERSION", "")
FIXTURES = ROOT / "tests/fixtures"

# Sanitizers take their time; the bounds on memory do not hold under them at all.
SLOWNESS = {"san": 12, "coverage": 6, "debug": 3}.get(VARIANT, 1)
MEASURES_MEMORY = VARIANT != "san"

CACHE = ".handout-cache"

TOPICS = ["disc-disease", "osteoarthritis", "rheumatoid-arthritis", "tendonitis"]


class Done:
    """What became of a run of the program."""

    def __init__(self, status, out, err, cpu=0.0, memory=0):
        self.status, self.out, self.err, self.cpu, self.memory = status, out, err, cpu, memory

    def __str__(self):
        return f"status {self.status}\n--- standard output\n{self.out}--- standard error\n{self.err}"


class Case(unittest.TestCase):
    """A test with a scratch folder, self.dir, which is also where programs run."""

    maxDiff = None

    def setUp(self):
        self.dir = Path(tempfile.mkdtemp(prefix="handout-test-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def write(self, name, text):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def read(self, name):
        return (self.dir / name).read_text(encoding="utf-8")

    def files(self, folder="."):
        """All files beneath a folder, hidden ones too, sorted; but not what the program keeps for its next run."""
        base = self.dir / folder
        return sorted(str(path.relative_to(base)) for path in base.rglob("*")
            if (path.is_file() or path.is_symlink()) and CACHE not in path.parts)

    def environment(self, env=None):
        """A plain environment, so that nobody's settings decide a test. None as a value takes a variable away."""
        plain = {"PATH": os.environ["PATH"], "HOME": str(self.dir), "SOURCE_DATE_EPOCH": "1795132800"}
        for name in os.environ:
            if name.startswith(("ASAN_", "UBSAN_", "LSAN_", "GCOV_")):
                plain[name] = os.environ[name]
        for name, value in (env or {}).items():
            plain.pop(name, None) if value is None else plain.__setitem__(name, value)
        return plain

    def handout(self, *args, env=None, cwd=None, text=None, timeout=60, program=HANDOUT, wrap=()):
        """Runs the program, perhaps within another one (`wrap`). Its output is text, or bytes if it is not UTF-8."""
        command = [*wrap, str(program), *map(str, args)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(command, cwd=cwd or self.dir, env=self.environment(env), stdout=out, stderr=err,
                stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL)
            late = threading.Event()
            timer = threading.Timer(timeout * SLOWNESS, lambda: (late.set(), process.kill()))
            timer.start()
            if text is not None:
                process.stdin.write(text.encode())
                process.stdin.close()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            done = Done(process.returncode, decode(out.read()), err.read().decode(errors="replace"),
                usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
        if late.is_set():
            self.fail(f"'{' '.join(command)}' took more than {timeout * SLOWNESS} s\n{done}")
        if "Sanitizer" in done.err or "runtime error:" in done.err:
            self.fail(f"'{' '.join(command)}': a sanitizer has found something\n{done}")
        return done

    def expect(self, status, *args, **more):
        """Runs the program and demands an exit status."""
        done = self.handout(*args, **more)
        if done.status != status:
            self.fail(f"'{' '.join(map(str, args))}': expected status {status}\n{done}")
        return done

    def project(self, *topics):
        """A small project in the scratch folder: its own content, the real styles and fonts."""
        for name in ("styles", "fonts"):
            os.symlink(ROOT / name, self.dir / name)
        self.write("content/en/words.yaml", (ROOT / "content/en/words.yaml").read_text())
        self.write("content/clinic.yaml", CLINIC)
        self.write("content/sources.yaml", SOURCES)
        self.write("content/en/shared/risks-and-cost.md", "# Risks and cost\n\nIt may not work.\n")
        (self.dir / "content/handouts").mkdir()
        for topic in topics:
            self.write(f"content/handouts/{topic}.yaml", definition(topic))
            self.write(f"content/en/{topic}/in-short.md", f"# In short\n\nThis is about {topic}.\n")

    def judged(self):
        """Adds what `check` judges by."""
        for name in ("content/check.yaml", "content/en/check.yaml"):
            self.write(name, (ROOT / name).read_text(encoding="utf-8"))


CLINIC = """\
sample: true
name: Example Joint Clinic
phone: {day: ""}
prices: {version: "1.0", updated: 2026-11-20, items: []}
"""

SOURCES = """\
smith-2023: {authors: Smith A, title: A trial, publisher: Journal, year: 2023, url: "https://example.org/a", read: 2026-11-20}
"""


def definition(topic, **fields):
    """A handout definition of one section; fields override or add lines."""
    lines = {"id": topic, "version": '"1.0"', "updated": "2026-11-20", "status": "draft"}
    lines.update(fields)
    text = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return text + f"""\
languages:
  en:
    title: {topic.capitalize()}
    purpose: What it is.
    sections:
      - {{role: summary, file: {topic}/in-short.md}}
"""


def decode(output):
    try:
        return output.decode()
    except UnicodeDecodeError:
        return output
