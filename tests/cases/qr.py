"""QR codes as a telephone sees them: the printed page becomes a picture, and zbarimg reads it."""

import re
import subprocess

from cases.support import ROOT, Case

ADDRESS = "https://clinic.example.org/"


class Scanned(Case):
    def scan(self, dpi=150):
        """All that the codes of page.pdf say, sorted."""
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "page.pdf", "page"], cwd=self.dir, check=True)
        pictures = sorted(path.name for path in self.dir.glob("page*.pgm"))
        done = subprocess.run(["zbarimg", "-q", "--raw", *pictures], cwd=self.dir, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        for picture in pictures:
            (self.dir / picture).unlink()
        return sorted(done.stdout.splitlines())

    def page(self, text, *options, status=0):
        self.write("page.md", text)
        return self.expect(status, "build", "page.md", "--root", ROOT, "-o", "page.pdf", *options)

    def test_codes_of_all_lengths(self):
        for length in (30, 60, 120, 240, 500, 1000):
            address = (ADDRESS + "".join(chr(97 + i * i % 26) for i in range(length)))[:length]
            done = self.page(f"# Codes\n\n```qr {address}\nA code\n```\n")
            self.assertEqual("[qr-dense]" in done.err, length > 251, f"{length} characters\n{done}")
            self.assertEqual(self.scan(600 if length > 240 else 300), [address], f"{length} characters")

    def test_codes_of_all_sizes(self):
        for width in ("0.5in", "12mm", "72pt", "2in", "30cm"):
            self.write("wide.yaml", f"extends: standard\nqr: {{width: {width}}}\n")
            self.page(f"# Codes\n\n```qr {ADDRESS}knee\nA code\n```\n", "--style", "wide.yaml")
            self.assertEqual(self.scan(), [ADDRESS + "knee"], width)

    def test_every_kind_of_address_and_place(self):
        for lang in ("en", "es"):
            self.page("# A\n\n> [!CAUTION]\n> ```qr tel:(555) 010-0199\n> Call\n> ```\n\n- ```qr mailto:desk@example.org\n  Write\n"
                f"  ```\n\n```qr {ADDRESS}é?a=1&b=%20\nRead\n```\n", "--lang", lang)
            self.assertEqual(self.scan(), [f"{ADDRESS}%C3%A9?a=1&b=%20", "mailto:desk@example.org", "tel:555010-0199"], lang)

    def test_pale_colors_and_dark_grounds(self):
        for rules in ("qr: {color: '#ffee00'}", "qr: {color: brand, place: above}", "callout: {fill: '#102030', color: paper}"):
            self.write("style.yaml", f"extends: standard\n{rules}\n")
            self.page(f"# A\n\n> [!TIP] B\n> ```qr {ADDRESS}\n> Read\n> ```\n", "--style", "style.yaml")
            self.assertEqual(self.scan(), [ADDRESS], rules)

    def test_the_address_is_there_for_those_who_do_not_scan(self):
        self.page(f"# A\n\n```qr {ADDRESS}knee\nExercises\n```\n")
        text = subprocess.run(["pdftotext", "page.pdf", "-"], cwd=self.dir, capture_output=True, text=True, check=True).stdout
        self.assertIn("Exercises\nclinic.example.org/knee\n", text)
        tags = subprocess.run(["pdfinfo", "-struct-text", "page.pdf"], cwd=self.dir, capture_output=True, text=True,
            check=True).stdout
        self.assertRegex(tags, r"Link[^\n]*\n(?:\s+Object[^\n]*\n)?\s+Figure")
        pdf = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "page.pdf", "-"], cwd=self.dir, capture_output=True,
            check=True).stdout
        self.assertIn(b"/Alt (QR code for clinic.example.org/knee: Exercises)", pdf)
        self.assertEqual(pdf.count(b"/URI (https://clinic.example.org/knee)"), 2)

    def test_a_code_keeps_clear_of_a_figure(self):
        self.write("knee.png", (ROOT / "tests/fixtures/pictures/rgb.png").read_bytes())
        self.write("wide.yaml", "extends: standard\nfigure: {width: 100pt}\n")
        code = f"- ```qr {ADDRESS}\n  A code with more of a caption than has room beside\n  ```\n"
        self.write("page.md", f"# A\n\n![A knee](knee.png 'A knee')\n\n{code}")
        dump = self.expect(0, "build", "page.md", "--root", ROOT, "--style", "wide.yaml", "--dump", "pages", "-o", "-").out
        figure = float(re.search(r"^  image (\S+)", dump, re.M)[1])
        beside = re.findall(r"^  (?:text|path) (\S+) \S+ (\S+) .*(?:steps|caption|room|than)", dump, re.M)
        reach = [float(x) + float(width) for x, width in beside]
        self.assertGreater(len(reach), 1)
        self.assertLess(max(reach), figure, dump)

    def test_nothing_to_scan_yet(self):
        self.page("# A\n\n```qr https://{{visit.date}}\nYour visit\n```\n")
        self.assertEqual(self.scan(), [])
        self.page("# A\n\n```qr https://{{visit.date}}\nYour visit\n```\n", "--set", "visit.date=a.example.org")
        self.assertEqual(self.scan(), ["https://a.example.org"])
