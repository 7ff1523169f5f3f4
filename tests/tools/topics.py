#!/usr/bin/env python3
"""Makes content for benchmarks and stress tests: any number of topics that look like the shipped ones and say
something different each, or a long book in bare Markdown.

usage: tests/tools/topics.py COUNT FOLDER [--seed N]      a content folder of COUNT topics, for `handout --content`
       tests/tools/topics.py --book PAGES FILE [--seed N] Markdown of about PAGES pages in the standard style
       tests/tools/topics.py --news FOLDER                how many of its running words each topic is the first to use

A topic takes the shipped English sections for a mould: headings, tables, call-outs, lists, citations and drawings stay
what they are, each section that of a topic drawn by lot, and so do the small words of English. The other words are
put together from syllables, most of them for this topic alone, so that a batch never runs out of words that it has not
seen; numbers, addresses, citations and the words in the drawings change with them. It reads like nonsense and sets
like English. Nothing depends on the clock: a topic is made from the seed and its own number, so that the first
hundred of a thousand topics are the hundred topics.
"""

import argparse
import hashlib
import os
import random
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONTENT = ROOT / "content"
MOULDS = ["osteoarthritis", "tendonitis", "rheumatoid-arthritis", "disc-disease"]
ROLES = {"summary": "in-short", "condition": "what-it-is", "usual-care": "usual-care",
    "treatment": "what-the-treatment-is", "evidence": "evidence", "exclusions": "who-should-not", "visit": "your-visit",
    "warnings": "warning-signs", "questions": "questions"}
SOURCES = 400  # in the bibliography
POOL = 4000    # words that all topics share

# Which of a topic's words are replaced: by a word of its own, by one of those that all share, or not at all.
OWN, SHARED = 0.86, 0.08

SMALL_WORDS = frozenset("""
about after all also an and any are as ask at be been before but by call can could did do does else for from go had has
have he her him his how if in into is it its just later let make many may me more most much must my need no not now of
off on one only or other our out over own say see she should so some such take tell than that the their them then there
these they this those to too try up us use was we were what when where which while who why will with would yes you your
""".split())

# Items of lists and rows of tables, of which some are left out.
SPARE = re.compile(r"- |> - |\| (?!Choice|How often)")
LEFT_OUT = 0.2
CHAPTER_PAGES = 2.97 # of a book
MOST_LETTERS = 4850  # what certainly finds room on the pages of its own


class Words:
    """Words from syllables, with about the lengths and letters of English; about how many letters can be asked for."""

    ONSETS = ("b c d d f g h h h j k l l l m m m n n n p p r r r s s s s t t t t t v w w y z br bl ch cl cr dr fl fr gl "
        "gr kn ph pl pr qu sc sh sk sl sp st st th th tr tw wh").split()
    VOWELS = "a a a a a e e e e e e e e i i i i i o o o o o u u y ai au ea ee ei ia ie io oa oi oo ou ue".split()
    CODAS = (", " * 40 + "b c d d f g k l l m m n n n n p r r r r s s s t t t w x ck ct ft ld lk ll lt mp nd ng nk nt "
        "pt rd rk rm rn rt sk ss st").split()
    ENDINGS = ("e y s ed er al ly en es ing ion ity ous ant ent ic ism ist ive able ment ness tion osis itis ance ation "
        "ential ingly iveness ability").split()
    MORE = (0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, 1, 1, 1, 2, -2)  # letters; as likely as not

    def __init__(self, seed):
        lot = random.Random(f"syllables {seed}")
        self.starts = [self.syllable(lot) for _ in range(8192)]
        self.rests = {}
        for letters in range(-5, 18):
            self.rests[letters] = [self.rest(lot, letters) for _ in range(4096 if letters > 1 else 256)]

    def syllable(self, lot):
        return lot.choice(self.ONSETS) + lot.choice(self.VOWELS) + lot.choice(self.CODAS).strip(",")

    def rest(self, lot, letters):
        """The rest of a word: so many letters, syllables that perhaps close with an ending."""
        if letters <= 0:
            return ""
        ending = lot.choice([e for e in self.ENDINGS if len(e) <= letters]) if lot.random() < 0.6 else ""
        text = ""
        while len(text) + len(ending) < letters:
            text += self.syllable(lot)
        return text[:letters - len(ending)] + ending

    def make(self, lot, letters):
        bits = lot.getrandbits(29)
        start = self.starts[bits & 8191]
        rests = self.rests[letters + self.MORE[bits >> 25] - len(start)]
        return start + rests[(bits >> 13) % len(rests)]


# What is not plain words, with a slot for each thing that changes from topic to topic.
PIECE = re.compile(r"""
    (?P<keep> \{\{.*?\}\} | &\w+; | \[!\w+\] | ^```lines.* | ^```\w+ | ^\d+\.\  | \b911\b | \bof\ 100\b | \b[A-Z]{2,}\b )
  | \]\(\.\./\.\./figures/(?P<figure>[\w-]+)\.svg
  | \]\((?P<link>https?://[^)\s]+)\)
  | \[@(?P<source>[\w-]+)\]
  | (?P<number>\d+)
  | (?P<word>[^\W\d_]+(?:'[a-z]+)?)
""", re.X | re.M)


class Mould:
    """The shipped text, cut into pieces. A piece is a place in `values`, which holds what is the same for all topics;
    the other places are filled in for each topic, and lists of places become text again by looking them up."""

    def __init__(self):
        self.values, self.literals = [], {}
        self.words = {}                       # a word in small letters: its place; with a capital it is the next
        self.numbers, self.labels = [], []    # (place, digits), (place, letters)
        self.links, self.sources = {}, {}     # what stands there in the mould: its place
        self.figure = self.new()
        self.sections = {role: [] for role in ROLES}   # for each of the moulds: its lines as (pieces, spare), its drawing or None
        for topic in MOULDS:
            for role, name in ROLES.items():
                path = CONTENT / "en" / topic / f"{name}.md"
                if not path.exists():
                    path = CONTENT / "en" / "shared" / f"{name}.md"
                text = path.read_text(encoding="utf-8")
                drawing = re.search(r"figures/([\w-]+)\.svg", text)
                lines = [(self.cut(line), bool(SPARE.match(line))) for line in text.splitlines(keepends=True)]
                self.sections[role].append((lines, drawing and drawing[1]))
        self.drawings = {path.stem: self.cut_drawing(path) for path in sorted((CONTENT / "figures").glob("*.svg"))}

    def new(self, value=None):
        self.values.append(value)
        return len(self.values) - 1

    def one(self, places, key):
        """The place of what stands in the mould under this key, the same wherever it stands."""
        if key not in places:
            places[key] = self.new()
        return places[key]

    def literal(self, text):
        if text not in self.literals:
            self.literals[text] = self.new(text)
        return self.literals[text]

    def word(self, text):
        small = text.lower()
        if len(small) < 4 or small in SMALL_WORDS or text not in (small, text.capitalize()):
            return self.literal(text)
        if small not in self.words:
            self.words[small] = self.new()
            self.new()
        return self.words[small] + (text != small)

    def number(self, text):
        self.numbers.append((self.new(), len(text)))
        return self.numbers[-1][0]

    def cut(self, text):
        pieces, at = [], 0
        for found in PIECE.finditer(text):
            kind = found.lastgroup
            start, end = found.span(kind)
            pieces.append(self.literal(text[at:start]))
            at = end
            value = found[kind]
            pieces.append({
                "keep": self.literal, "word": self.word, "number": self.number,
                "figure": lambda _: self.figure,
                "link": lambda key: self.one(self.links, key),
                "source": lambda key: self.one(self.sources, key),
            }[kind](value))
        return pieces + [self.literal(text[at:])]

    def cut_drawing(self, path):
        """A drawing's words change; the drawing itself does not."""
        text = path.read_text(encoding="utf-8")
        pieces, at = [], 0
        for found in re.finditer(r"(?<=>)[^<>\s][^<>]*(?=</(?:text|tspan|title)>)", text):
            pieces += [self.literal(text[at:found.start()]), self.label(len(found[0]))]
            at = found.end()
        return pieces + [self.literal(text[at:])]

    def label(self, letters):
        """A word in a drawing, which must find room there."""
        self.labels.append((self.new(), letters))
        return self.labels[-1][0]


class Batch:
    """Topics by their numbers. What all of them share is made once."""

    def __init__(self, seed=1):
        self.seed = seed
        self.words = Words(seed)
        self.mould = Mould()
        lot = random.Random(f"shared {seed}")
        self.pool = [self.words.make(lot, lot.choice((4, 5, 5, 6, 6, 7, 7, 8, 9, 10))) for _ in range(POOL)]
        self.bibliography = {f"{self.words.make(lot, 6)}-{number}": self.source(lot) for number in range(SOURCES)}
        self.source_names = list(self.bibliography)

    def source(self, lot):
        words = [lot.choice(self.pool) for _ in range(lot.randint(5, 9))]
        name, publisher = self.words.make(lot, 6).capitalize(), lot.choice(self.pool).capitalize()
        return (f"authors: {name} {lot.choice('ABCDEFGHJKLMPRST')} and others, title: {' '.join(words).capitalize()}, "
            f"publisher: {publisher}, year: {lot.randint(1998, 2026)}, "
            f'url: "https://{words[0]}.example.org/{words[1]}-{words[2]}", read: 2026-11-20')

    def fill(self, lot):
        """Values for one topic, in the places of the mould."""
        mould, make = self.mould, self.words.make
        values = mould.values.copy()
        for word, place in mould.words.items():
            chance = lot.random()
            if chance < OWN:
                word = make(lot, min(len(word), 12))
            elif chance < OWN + SHARED:
                word = self.pool[int(POOL * lot.random() ** 3)]  # some are much more common than others
            values[place] = word
            values[place + 1] = word.capitalize()
        for place, digits in mould.numbers:
            values[place] = str(lot.randrange(1990, 2027) if digits == 4 else lot.randrange(10 ** (digits - 1), 10 ** digits))
        for place, letters in mould.labels:
            values[place] = make(lot, min(2 + letters // 2, 10)).capitalize()
        for place in mould.links.values():
            values[place] = f"https://www.{make(lot, 9)}.example.org"
        for place, name in zip(mould.sources.values(), lot.sample(self.source_names, len(mould.sources))):
            values[place] = name
        return values

    def sections(self, lot, values):
        sections, drawing = {}, None
        for role, file in ROLES.items():
            lines, draws = lot.choice(self.mould.sections[role])
            drawing = draws or drawing
            sections[file] = "".join([values[piece] for pieces, spare in lines if not spare or lot.random() > LEFT_OUT
                for piece in pieces])
        return sections, drawing

    def topic(self, number):
        """(name, definition, {file of a section: its text}, the drawing's text)"""
        lot = random.Random(f"topic {self.seed} {number}")
        values = self.fill(lot)
        title = self.words.make(lot, lot.randint(8, 12))
        name = f"{title}-{number}"
        values[self.mould.figure] = name
        sections, drawing = self.sections(lot, values)
        while sum(map(len, sections.values())) > MOST_LETTERS:
            sections, drawing = self.sections(lot, values)
        picture = "".join([values[piece] for piece in self.mould.drawings[drawing]])
        purpose = " ".join(lot.choice(self.pool) for _ in range(8)).capitalize()
        return name, definition(lot, name, title.capitalize(), purpose), sections, picture

    def chapter(self, number):
        """The same for a book: its heading and Markdown, in which the sections are subsections without citations."""
        name, _, sections, picture = self.topic(number)
        text = "\n".join(sections.values()).replace("](../../figures/", "](figures/")
        text = re.sub(r"^#", "###", re.sub(r" ?\[@.*?\]", "", text), flags=re.M)
        return name, f"## {name.capitalize().replace('-', ' ')}\n\n{text}\n", picture


def definition(lot, name, title, purpose):
    sections = "".join(f"      - {{role: {role}, file: {name}/{file}.md}}\n" for role, file in ROLES.items())
    return f"""\
id: {name}
codes:
  icd-10-cm: [{lot.choice('ABCDEFGHJKLM')}{lot.randint(10, 99)}, {lot.choice('NOPQRSTZ')}{lot.randint(10, 99)}]
version: "{lot.randint(1, 9)}.{lot.randint(0, 9)}"
updated: 2026-{lot.randint(1, 9):02}-{lot.randint(1, 28):02}
status: draft
fit: {{pages: 4}}
languages:
  en:
    title: {title} and stem cell therapy
    purpose: {purpose}.
    sections:
{sections}"""


def make_folder(folder, count, seed=1):
    """Makes a content folder of so many topics in English, anew; returns their names."""
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    batch = Batch(seed)
    for name in ("handouts", "en/shared", "figures"):
        (folder / name).mkdir(parents=True)
    for name in ("clinic.yaml", "check.yaml", "en/words.yaml", "en/glossary.yaml", "en/check.yaml",
            "en/shared/risks-and-cost.md"):
        shutil.copyfile(CONTENT / name, folder / name)
    write(folder / "sources.yaml", (CONTENT / "sources.yaml").read_text(encoding="utf-8") + "\n" +
        "".join(f"{name}: {{{text}}}\n" for name, text in batch.bibliography.items()))
    names = []
    for number in range(count):
        name, text, sections, picture = batch.topic(number)
        names.append(name)
        write(f"{folder}/handouts/{name}.yaml", text)
        write(f"{folder}/figures/{name}.svg", picture)
        os.mkdir(f"{folder}/en/{name}")
        for file, text in sections.items():
            write(f"{folder}/en/{name}/{file}.md", text)
    return names


def write(path, text):
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    bytes_left = text.encode()
    while bytes_left:
        bytes_left = bytes_left[os.write(handle, bytes_left):]
    os.close(handle)


def make_book(path, pages, seed=1):
    """Writes one long Markdown file, which takes about so many pages in the standard style, and its drawings."""
    path = Path(path)
    batch, figures = Batch(seed), path.parent / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    text = ["# A long book\n\n"]
    for number in range(max(1, round(pages / CHAPTER_PAGES))):
        name, chapter, picture = batch.chapter(number)
        write(figures / f"{name}.svg", picture)
        text.append(chapter)
    write(path, "".join(text))


def kept_folder(folder, count, seed=1):
    """The same as make_folder, but only if the folder does not hold that already; returns the folder."""
    folder, stamp = Path(folder), Path(f"{folder}.stamp")
    digest = hashlib.sha256(f"{count} {seed}".encode())
    for path in [Path(__file__), *sorted(path for path in CONTENT.rglob("*") if path.is_file())]:
        digest.update(path.read_bytes())
    if not (folder.is_dir() and stamp.is_file() and stamp.read_text() == digest.hexdigest()):
        stamp.unlink(missing_ok=True)
        make_folder(folder, count, seed)
        stamp.write_text(digest.hexdigest())
    return folder


def news(folder):
    """For each topic in the order of their numbers: (running words, share of them that no topic before it uses, number
    of different words so far)."""
    known = set()
    definitions = sorted(Path(folder, "handouts").glob("*.yaml"), key=lambda path: int(path.stem.rpartition("-")[2]))
    for path in definitions:
        words = []
        for section in sorted(Path(folder, "en", path.stem).glob("*.md")):
            text = re.sub(r"\{\{.*?\}\}|\]\([^)\s]*|\[@.*?\]|&\w+;|\[!\w+\]", " ", section.read_text(encoding="utf-8"))
            words += [word.lower() for word in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", text)]
        share = sum(word not in known for word in words) / len(words)
        known.update(words)
        yield len(words), share, len(known)


def print_news(folder):
    shares = []
    for running, share, known in news(folder):
        shares.append(share)
        count = len(shares)
        if count in (1, 10, 100, 1000, 10000):
            last = shares[-max(1, count // 10):]
            print(f"topic {count:6}: {running:4} running words, {100 * sum(last) / len(last):5.1f} % of them new "
                f"(mean of the last {len(last)}), {known:9,} different words so far")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--book", action="store_true")
    parser.add_argument("--news", metavar="FOLDER")
    parser.add_argument("count", type=int, nargs="?")
    parser.add_argument("folder", nargs="?")
    args = parser.parse_args()
    if args.book:
        make_book(args.folder, args.count, args.seed)
    elif args.news:
        print_news(args.news)
    elif args.folder:
        make_folder(args.folder, args.count, args.seed)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
