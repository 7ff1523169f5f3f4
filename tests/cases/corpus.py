"""The rules of `check` against sentences that must and must not trigger them: tests/corpus/LANG/RULE.txt.

The sentences were judged by a reader, not by the rules; tests/corpus/README.md describes the format. Each rule's precision
(of what it found, how much is a fault) and recall (of the faults, how many it found) are held to the limits below.
HANDOUT_CORPUS=1 prints the figures also when all is well."""

import os
import re
import shutil

from cases.support import ROOT, Case

PRECISION = 0.95
RECALL = 0.95
SPLIT_RIGHT = 0.95  # of the lines on sentences: how many are split where a reader would
PLACED = 0.95  # of the marked words that were found: how many are covered by the finding

FOLDER = ROOT / "tests/corpus"
LANGUAGES = ["en", "es"]
SPLIT = "sentence-split"
HEADINGS = {"heading-vague"}
# What counts is the first use in a document, so that each sentence is a document.
FIRST_USE = {"acronym-unexplained", "term-unexplained"}
# Of these rules English has at least 25 + and 30 - sentences, of the others 12 and 15; Spanish has half of it.
LARGE = {"word-banned", "word-absolute", "benefit-unhedged", "passive", "number-unbacked"}


class Sentence:
    """A line of the corpus: its text without marks, and the stretches (from, to) of characters that were marked."""

    def __init__(self, path, number, line):
        self.where = f"{path.relative_to(ROOT)}:{number}"
        self.sign, self.marks, self.text = line[0], [], ""
        for i, part in enumerate(re.split(r"\{\+(.*?)\+\}", line[2:])):
            if i % 2:
                self.marks.append((len(self.text), len(self.text) + len(part)))
            self.text += part

    def __str__(self):
        return f"{self.where}: {self.text}"


def read_lines(lang, rule):
    path = FOLDER / lang / f"{rule}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return path, [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]


def read_sentences(lang, rule):
    path, lines = read_lines(lang, rule)
    return [Sentence(path, number, line) for number, line in lines]


def rules(lang):
    return sorted(path.stem for path in (FOLDER / lang).glob("*.txt") if path.stem != SPLIT)


def findings(output, code):
    """What was found under a code: file, line, and the stretch (from, to) of characters in that line."""
    found, current = [], None
    for line in output.splitlines():
        head = re.match(r"(\S.*?):(\d+):(\d+): (?:error|warning|note): .* \[([a-z-]+)\]$", line)
        caret = re.match(r"\s+\|\s*(\^+)\s*$", line)
        if head:
            name, row, column, current = os.path.basename(head[1]), int(head[2]), int(head[3]), head[4]
            if current == code:
                found.append((name, row, column - 1, column))
        elif caret and current == code:
            name, row, start, _ = found[-1]
            found[-1] = name, row, start, start + len(caret[1])
            current = None
    return found


def share(part, whole):
    return part / whole if whole else 1.0


class Score:
    """How a rule fared."""

    def __init__(self, lang, rule):
        self.lang, self.rule = lang, rule
        self.true_positives = self.covered = self.marked = 0
        self.missed, self.false_alarms, self.misplaced = [], [], []

    def add(self, sentence, stretches):
        """`stretches` are the findings in a sentence, counted from its first character."""
        if sentence.sign == "-":
            self.false_alarms += [sentence] if stretches else []
        elif not stretches:
            self.missed.append(sentence)
        else:
            self.true_positives += 1
            missing = [(start, end) for start, end in sentence.marks
                if not any(first < end and start < last for first, last in stretches)]
            self.marked += len(sentence.marks)
            self.covered += len(sentence.marks) - len(missing)
            self.misplaced += [sentence] if missing else []

    def figures(self):
        return (share(self.true_positives, self.true_positives + len(self.false_alarms)),
            share(self.true_positives, self.true_positives + len(self.missed)), share(self.covered, self.marked))

    def good(self):
        return all(value >= limit for value, limit in zip(self.figures(), (PRECISION, RECALL, PLACED)))

    def row(self):
        return "{:2}  {:20} {:5} {:5} {:5}  {:9.2f} {:6.2f} {:6.2f}{}".format(self.lang, self.rule, self.true_positives,
            len(self.missed), len(self.false_alarms), *self.figures(), "" if self.good() else "  <")

    def errors(self):
        return [f"{self.rule}: {word}: {sentence}" for word, sentences in (("missed", self.missed),
            ("false alarm", self.false_alarms), ("not at the marked words", self.misplaced)) for sentence in sentences]


class Corpus(Case):
    def check(self, lang, *names, root=ROOT):
        """The output of a check of bare files. Findings are expected, mistakes on the command line are not."""
        done = self.handout("check", "--root", root, "--lang", lang, *names)
        if done.status not in (0, 1):
            self.fail(f"check of {lang} {' '.join(names)[:60]}\n{done}")
        return done.out

    def score(self, lang, rule):
        sentences, score = read_sentences(lang, rule), Score(lang, rule)
        prefix = "## " if rule in HEADINGS else ""
        if rule in FIRST_USE:
            places = [(f"{lang}-{rule}-{i}.md", 3) for i in range(len(sentences))]
            for (name, _), sentence in zip(places, sentences):
                self.write(name, f"# Title\n\n{sentence.text}\n")
        else:
            name = f"{lang}-{rule}.md"
            places = [(name, 2 * i + 3) for i in range(len(sentences))]
            self.write(name, "# Title\n" + "".join(f"\n{prefix}{sentence.text}\n" for sentence in sentences))
        found = {}
        for name, row, first, last in findings(self.check(lang, *dict(places)), rule):
            found.setdefault((name, row), []).append((first - len(prefix), last - len(prefix)))
        for place, sentence in zip(places, sentences):
            score.add(sentence, found.get(place, []))
        return score

    def judge(self, lang):
        scores = [self.score(lang, rule) for rule in rules(lang)]
        table = "\n".join(["    rule                 found missed false  precision recall placed"] + [s.row() for s in scores])
        if os.environ.get("HANDOUT_CORPUS"):
            print(table, flush=True)
        if not all(score.good() for score in scores):
            errors = [line for score in scores for line in score.errors()]
            self.fail("\n".join([f"limits: {PRECISION}, {RECALL}, {PLACED}", table, *errors]))

    def test_english(self):
        self.judge("en")

    def test_spanish(self):
        self.judge("es")

    def test_sentences_are_split_where_a_reader_would(self):
        """With a limit of no words at all, every sentence is too long, and says so."""
        shutil.copytree(ROOT / "content", self.dir / "content")
        for name in ("styles", "fonts"):
            os.symlink(ROOT / name, self.dir / name)
        profile, count = re.subn(r"^(\s*sentence-long:[^\n]*\blimit: *)\d+", r"\g<1>0", self.read("content/check.yaml"),
            flags=re.M)
        self.assertEqual(count, 1, "content/check.yaml has no 'sentence-long: {… limit: …}'")
        self.write("content/check.yaml", profile)
        for lang in LANGUAGES:
            path, lines = read_lines(lang, SPLIT)
            texts = [line.split("| ", 1) for _, line in lines]
            self.write(f"{lang}.md", "# Title\n" + "".join(f"\n{text}\n" for _, text in texts))
            rows = [row for _, row, _, _ in findings(self.check(lang, f"{lang}.md", root=self.dir), "sentence-long")]
            wrong = [f"{path.relative_to(ROOT)}:{number}: {rows.count(2 * i + 3)} for {line}"
                for i, (number, line) in enumerate(lines) if rows.count(2 * i + 3) != int(texts[i][0])]
            with self.subTest(lang):
                self.assertGreaterEqual(1 - len(wrong) / len(lines), SPLIT_RIGHT,
                    f"{len(wrong)} of {len(lines)} are split elsewhere\n" + "\n".join(wrong))


class Format(Case):
    """The corpus itself: a slip in it would look like a slip of a rule."""

    def test_lines(self):
        sources = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "content/sources.yaml").read_text(encoding="utf-8"), re.M))
        for lang in LANGUAGES:
            for rule in [*rules(lang), SPLIT]:
                path, lines = read_lines(lang, rule)
                pattern = r"\d+\| (\S.*\S)" if rule == SPLIT else r"[+-] (\S.*\S)"
                seen = set()
                for number, line in lines:
                    where = f"{path.relative_to(ROOT)}:{number}"
                    match = re.fullmatch(pattern, line)
                    self.assertTrue(match, f"{where}: neither '+ TEXT' nor '- TEXT' (or 'N| TEXT')")
                    text = re.sub(r"\{\+(.*?)\+\}", r"\1", match[1])
                    self.assertNotRegex(text, r"\{\+|\+\}", f"{where}: a mark without its other end")
                    self.assertFalse(line[0] == "-" and text != match[1], f"{where}: a mark where nothing is to be found")
                    self.assertNotRegex(text, r"^([#>|]|[-+*] |\d+[.)] |```|    )", f"{where}: not a paragraph")
                    self.assertNotIn(text, seen, f"{where}: twice")
                    seen.add(text)
                    for cited in re.findall(r"\[@([a-z0-9-]+)\]", text):
                        self.assertIn(cited, sources, f"{where}: no such source")

    def test_there_are_enough(self):
        self.assertEqual(rules("en"), rules("es"))
        for lang, divisor in (("en", 1), ("es", 2)):
            for rule in rules(lang):
                signs = [line[0] for _, line in read_lines(lang, rule)[1]]
                wanted = (25, 30) if rule in LARGE else (12, 15)
                for sign, least in zip("+-", wanted):
                    self.assertGreaterEqual(signs.count(sign), least // divisor, f"{lang}/{rule}.txt: '{sign}'")
