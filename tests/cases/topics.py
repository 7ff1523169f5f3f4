"""The topics that benchmarks are made of: always the same, each different, and as long as a handout is."""

import subprocess

from cases.support import ROOT, Case
from tools import topics

COUNT = 8


class Topics(Case):
    def contents(self, folder):
        return {name: self.read(f"{folder}/{name}") for name in self.files(folder)}

    def test_the_same_seed_gives_the_same_topics(self):
        names = topics.make_folder(self.dir / "a", COUNT)
        self.assertEqual(topics.make_folder(self.dir / "b", COUNT), names)
        self.assertEqual(topics.make_folder(self.dir / "c", 2), names[:2])
        a = self.contents("a")
        self.assertEqual(self.contents("b"), a)
        for name, text in self.contents("c").items():
            self.assertEqual(text, a[name], name)
        self.assertNotEqual(topics.make_folder(self.dir / "d", 2, seed=2), names[:2])

    def test_each_topic_makes_four_pages(self):
        topics.make_folder(self.dir / "content", COUNT)
        self.expect(0, "build", "--root", ROOT, "--content", "content", "-o", "out")
        self.assertEqual(len(self.files("out")), COUNT)
        for name in self.files("out"):
            info = subprocess.run(["pdfinfo", self.dir / "out" / name], capture_output=True, text=True).stdout
            self.assertRegex(info, r"Tagged: +yes")
            self.assertRegex(info, r"Pages: +4\n", name)
            fonts = subprocess.run(["pdffonts", self.dir / "out" / name], capture_output=True, text=True).stdout
            self.assertRegex(fonts, "yes yes yes")
            self.assertNotRegex(fonts, r" no +(yes|no) +(yes|no) ")

    def test_topics_have_words_of_their_own(self):
        topics.make_folder(self.dir / "content", COUNT)
        shares = [share for _, share, _ in topics.news(self.dir / "content")]
        self.assertGreater(min(shares), 0.3)

    def test_a_folder_is_kept_until_it_would_be_another(self):
        topics.kept_folder(self.dir / "content", 1)
        self.write("content/mark", "")
        topics.kept_folder(self.dir / "content", 1)
        self.assertTrue((self.dir / "content/mark").exists())
        topics.kept_folder(self.dir / "content", 2)
        self.assertFalse((self.dir / "content/mark").exists())

    def test_a_book_has_its_pages(self):
        topics.make_book(self.dir / "book.md", 20)
        self.expect(0, "build", "--root", ROOT, "book.md", "-o", "book.pdf")
        info = subprocess.run(["pdfinfo", self.dir / "book.pdf"], capture_output=True, text=True).stdout
        self.assertRegex(info, r"Pages: +(19|20|21|22)\n")
