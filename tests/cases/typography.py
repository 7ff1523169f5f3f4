"""Lines and pages are broken better than by first fit (make bench-typography shows the figures)."""

from cases.support import BUILD, ROOT, Case


class Typography(Case):
    def test_better_than_first_fit(self):
        self.assertEqual(self.expect(0, "-q", program=BUILD / "tests/bench/typography", cwd=ROOT).out, "")
