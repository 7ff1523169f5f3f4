"""PDF/UA-1 and PDF/A-2a, judged by veraPDF: every handout in every edition and language, on both papers, the torture documents, and the golden ones.

Needs a JDK and Maven, and the network the first time. Whatever is missing is a failure, never a skip."""

import os
import subprocess

from cases.editions import EDITIONS
from cases.pdf import TORTURES
from cases.support import ROOT, TOPICS, Case

POM = ROOT / "tests/conformance/pom.xml"
OUTPUT = ROOT / "build/conformance"
CLASSPATH = OUTPUT / "classpath"
CLASS = OUTPUT / "classes/Conformance.class"


def is_ready():
    """Is the checker compiled, from the present sources, with all its libraries in place?"""
    if not CLASSPATH.exists() or not CLASS.exists():
        return False
    sources = [POM, POM.parent / "Conformance.java"]
    return (all(path.stat().st_mtime <= CLASSPATH.stat().st_mtime for path in sources)
        and all(os.path.exists(path) for path in CLASSPATH.read_text().strip().split(":")))


def maven(*options):
    return subprocess.run(["mvn", "-q", "-B", *options, "-f", POM, f"-Dconformance.build={OUTPUT}", "compile",
        "dependency:build-classpath", f"-Dmdep.outputFile={CLASSPATH}"], capture_output=True, text=True)


class Conformance(Case):
    @classmethod
    def setUpClass(cls):
        if is_ready():
            return
        OUTPUT.mkdir(parents=True, exist_ok=True)
        done = maven("-o")
        if done.returncode != 0:
            done = maven()
        if done.returncode != 0:
            raise RuntimeError("veraPDF cannot be had from Maven:\n" + (done.stdout + done.stderr)[-3000:])
        CLASSPATH.touch()

    def judge(self, files):
        """One line of veraPDF's for each file and standard."""
        done = subprocess.run(["java", "-XX:+UseSerialGC", "-Xmx1500m", "-Djava.awt.headless=true", "-cp",
            f"{OUTPUT / 'classes'}:{CLASSPATH.read_text().strip()}", "Conformance", *map(str, files)],
            capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def test_every_pdf_conforms(self):
        for paper in ("letter", "a4"):
            self.expect(0, "build", "--lang", "all", "--style", ",".join(EDITIONS), "--paper", paper, "-o", self.dir / paper,
                cwd=ROOT)
        for source in [*TORTURES.values(), *sorted((ROOT / "tests/golden").glob("*.md"))]:
            name = str(source).strip("/").replace("/", "-") + ".pdf"
            if not name.endswith("README.md.pdf"):
                self.expect(0, "build", source, "-o", self.dir / "others" / name, cwd=ROOT)
        self.expect(0, "build", "oa", "--lang", "all", "--style", ",".join(EDITIONS), "-o", self.dir / "desk", "--set-from", "-",
            text="patient.name=Jane Doe\npatient.birth-date=\nvisit.date=2026-11-20\nclinician.name=Dr. Roe\n", cwd=ROOT)
        files = sorted(self.dir.rglob("*.pdf"))
        self.assertGreaterEqual(len(files), 2 * 2 * len(EDITIONS) * len(TOPICS) + 1)
        status, said = self.judge(files)
        self.assertEqual(status, 0, said)
        self.assertEqual(said.count("PASS ua1 "), len(files), said)
        self.assertEqual(said.count("PASS 2a "), len(files), said)
        print(f"       veraPDF: {len(files)} PDFs, each PDF/UA-1 and PDF/A-2a")

    def test_the_judge_can_say_no(self):
        self.expect(0, "build", "oa", "-o", self.dir / "x.pdf", cwd=ROOT)
        data = (self.dir / "x.pdf").read_bytes()
        (self.dir / "x.pdf").write_bytes(data.replace(b"/StructTreeRoot", b"/StructTreeRoof"))
        status, said = self.judge([self.dir / "x.pdf"])
        self.assertEqual(status, 1, said)
        self.assertIn("FAIL ua1", said)
        (self.dir / "x.pdf").write_bytes(data[:1000])
        self.assertEqual(self.judge([self.dir / "x.pdf"])[0], 2)
