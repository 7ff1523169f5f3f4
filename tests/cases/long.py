"""What takes longer: a fresh clone from beginning to end, large batches, a memory checker."""

import os
import shutil
import subprocess

from cases import batch
from cases.support import HANDOUT, ROOT, TOPICS, Case, definition


class Clone(Case):
    def test_a_fresh_clone(self):
        """Clones the last commit and types what README.md says first; a second run does nothing again."""
        clone = self.dir / "clone"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "HANDOUT_"))}
        first = subprocess.run(["make", "handouts", "SETUP=no"], cwd=clone, env=env, capture_output=True, text=True)
        self.assertEqual(first.returncode, 0, first.stdout + first.stderr)
        self.assertEqual(sorted(path.name for path in (clone / "build/handouts").iterdir()),
            [f"{topic}-en.pdf" for topic in TOPICS])
        second = subprocess.run(["make", "handouts", "SETUP=no"], cwd=clone, env=env, capture_output=True, text=True)
        self.assertNotIn(" -c ", second.stdout)
        status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True).stdout
        self.assertEqual(status, "")


class Batch(Case):
    def test_many_handouts(self):
        self.project()
        for i in range(400):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            broken = "{{no.such}}" if i % 50 == 7 else ""
            self.write(f"content/en/t{i}/in-short.md", "# In short\n\n" + f"This is {i}. {broken}\n" * 3)
        results = []
        for jobs in ("1", "2", "16"):
            done = self.expect(1, "build", "-j", jobs, "-o", jobs, timeout=300)
            results.append((done.err, {path.name: path.read_bytes() for path in (self.dir / jobs).iterdir()}))
        self.assertEqual(len(results[0][1]), 392)
        self.assertTrue(results[0] == results[1] == results[2])


class KilledOften(batch.Killed):
    rounds = 200


class Memory(Case):
    def test_valgrind_finds_nothing(self):
        if not shutil.which("valgrind"):
            self.skipTest("valgrind is not installed")
        done = self.expect(0, "build", "oa", "-o", self.dir / "x.pdf", cwd=ROOT, timeout=300,
            wrap=["valgrind", "-q", "--error-exitcode=99", "--leak-check=full"], program=HANDOUT)
        self.assertNotIn("definitely lost", done.err)
