"""What the stages of the journey print for small documents (tests/golden/*.md), compared with what was printed before.

HANDOUT_BLESS=1 (make bless) takes the present output as the expected one."""

import os

from cases.support import ROOT, Case

GOLDEN = ROOT / "tests/golden"
STAGES = ("document", "boxes", "pages")


class Stages(Case):
    def test_stages_print_what_they_printed(self):
        sources = sorted(GOLDEN.glob("*.md"))
        self.assertGreater(len(sources), 3)
        for source in sources:
            if source.name == "README.md":
                continue
            for stage in STAGES:
                with self.subTest(source=source.name, stage=stage):
                    self.compare(source, stage)

    def compare(self, source, stage):
        done = self.expect(0, "build", source.relative_to(ROOT), "--dump", stage, cwd=ROOT)
        expected = source.with_suffix(f".{stage}")
        if os.environ.get("HANDOUT_BLESS"):
            expected.write_text(done.out)
        self.assertMultiLineEqual(expected.read_text(), done.out)

    def test_no_golden_file_is_left_over(self):
        for path in GOLDEN.iterdir():
            if path.suffix[1:] in STAGES:
                self.assertTrue(path.with_suffix(".md").exists(), path)


