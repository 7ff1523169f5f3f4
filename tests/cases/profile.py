"""The profile of `check`, content/check.yaml, and what it looks for in each language, content/LANG/check.yaml: no laxer than the
standards that they stand for, clean on the shipped content, and mistakes in them are told."""

import re

from cases.source import manual_text, rules
from cases.support import ROOT, TOPICS, Case

SEVERITIES = ["off", "note", "warning", "error"]

# For each rule the least severity, and for those that measure what the limit must not be laxer than; then `warn`.
# The numbers: AMA and CDC, and what this project made of them, for grades (its own rule: an English text must reach grade 6
# without the unavoidable terms and 8 with them, whole and in each section). PEMAT, CCI: instruments of AHRQ and CDC.
STANDARDS = {
    "grade-plain": ("error", 6.0),          # AMA: grade 6 or easier
    "grade-full": ("error", 8.0),           # CDC: grade 8 at most
    "grade-section": ("error", 8.0),        # the same: people read one section
    "smog": ("error", 9, 8),                # runs one to two grades above Flesch-Kincaid
    "reading-ease": ("error", 60, 70),      # Flesch 1948: 60 to 70 is plain English, 70 to 80 fairly easy
    "inflesz": ("error", 55, 65),           # Barrio-Cantalejo 2008: 55 to 65 is normal, 65 to 80 quite easy
    "inflesz-section": ("error", 55),
    "fernandez-huerta": ("warning", 70),    # "fairly easy", about grade 6
    "long-words": ("warning", 12),          # percent; ours
    "sentence-mean": ("warning", 12),       # words; EQIP says 15, CDC Simply Put 8 to 10
    "sentence-long": ("warning", 20),       # words; ours
    "paragraph-long": ("warning", 60),      # words; PEMAT 8, number ours
    "paragraph-sentences": ("warning", 4),  # PEMAT 8: three to four
    "section-long": ("warning", 120),       # words; PEMAT 8, number ours
    "list-long": ("warning", 7),            # CCI 8
    "cell-long": ("warning", 12),           # words; PEMAT 19, number ours
    "table-wide": ("warning", 4),           # columns; PEMAT 19, number ours
    "title-count": ("error",),
    "heading-vague": ("warning",),
    "heading-long": ("warning", 10),        # words; ours
    "section-missing": ("error",),
    "section-order": ("error",),            # usual care before the treatment
    "summary-emphasis": ("warning",),
    "action-missing": ("warning", 3),       # PEMAT 20, number ours
    "steps-missing": ("warning",),
    "tier-missing": ("error",),             # three tiers of warning signs, with the emergency number
    "tier-order": ("error",),
    "tier-empty": ("error",),
    "emergency-number": ("error",),
    "warning-phone": ("error",),
    "questions-few": ("error", 5),          # DISCERN 15, number ours
    "questions-lines": ("warning",),
    "options-few": ("error", 3),            # IPDAS: this treatment, usual care, none
    "options-none": ("error",),             # DISCERN 12
    "options-this": ("error",),
    "statement-missing": ("error",),
    "caption-missing": ("warning",),        # PEMAT 17
    "alt-file-name": ("error",),            # WCAG 2.1, 1.1.1
    "word-banned": ("error",),              # FTC, 21 CFR 1271.10
    "placeholder": ("error",),
    "word-absolute": ("warning",),
    "word-hard": ("warning",),
    "benefit-unhedged": ("error",),
    "balance": ("warning", 1.5),            # IPDAS: equal detail; 0.67 to 1.5
    "passive": ("warning", 10),             # percent; PEMAT 5, number ours
    "address-share": ("warning", 40),       # one "you" in 40 words; PEMAT 21, number ours
    "third-person": ("warning",),
    "acronym-unexplained": ("warning",),    # CCI 7
    "term-unexplained": ("warning",),       # PEMAT 4
    "math-needed": ("warning",),            # PEMAT 7
    "caps-run": ("warning", 2),             # words; CMS Toolkit
    "medicine-stop": ("error",),            # only its prescriber may stop a medicine
    "testimonial": ("error",),
    "link-text": ("warning",),
    "number-unbacked": ("error",),
    "number-unread": ("error",),
    "percent-bare": ("error",),
    "decimal": ("warning",),
    "denominator-mixed": ("error",),        # CCI 17
    "frequency-group": ("error",),          # IPDAS
    "frequency-time": ("error",),
    "framing-one-sided": ("warning",),
    "people-missing": ("warning",),         # CCI 20
    "people-differs": ("error",),
    "sources-few": ("error", 3),            # DISCERN 4, number ours
    "source-incomplete": ("error",),
    "source-unread": ("warning",),
    "not-reviewed": ("warning",),
    "as-of-old": ("error", 12, 6),          # months; ours
    "slot-empty": ("warning",),
    "conflict-missing": ("error",),         # IPDAS
    "state-notice": ("error",),
    "translation-unrecorded": ("warning",),
    "translation-stale": ("warning",),
    "translation-figures": ("error",),
    "type-small": ("error", 12),            # points; RNIB, APH
    "type-tiny": ("error", 10),             # points; ours
    "contrast-low": ("error", 4.5),         # WCAG 2.1, 1.4.3
    "contrast-gray": ("error", 4.5),        # the same, copied in gray
    "leading-low": ("error", 1.2),          # RNIB: 1.15 to 1.5
    "line-long": ("warning", 75),           # characters; RNIB: 60 to 70
    "justified": ("warning",),              # RNIB
    "italic-run": ("warning", 3),           # words; RNIB: none
    "heading-small": ("warning", 2),        # points above the text
    "heading-stranded": ("warning",),
    "line-stranded": ("warning",),          # ACB
    "split-needless": ("warning",),
    "page-empty": ("warning", 33),          # percent; ours
    "edge-near": ("warning", 18),           # points: a quarter of an inch
    "figure-far": ("warning",),             # PEMAT 16
    "picture-words": ("warning", 12),       # points; RNIB, APH
    "picture-resolution": ("warning", 200), # dots an inch; ours
    "language-unjudged": ("warning",),
    "check-allowed": ("note",),
    "allow-unknown": ("error",),
    "allow-unused": ("warning",),
    "allow-reason": ("error",),
}

# APH and ACB on large print; WCAG 2.1, 1.4.6 on its contrast.
LARGE_PRINT = {"type-small": 18, "type-tiny": 18, "contrast-low": 7, "contrast-gray": 7, "leading-low": 1.25, "picture-words": 18}

MOST_UNAVOIDABLE = 8

# Words that must never stand in a handout, each in a sentence.
BANNED = [
    "This is a cure for arthritis.",
    "Patients call it a miracle.",
    "It is a breakthrough in knee care.",
    "Ask about our revolutionary shot.",
    "This is a groundbreaking therapy.",
    "We use cutting-edge cells.",
    "The shot is a game-changer.",
    "It is a proven therapy.",
    "We guarantee relief.",
    "The shot is painless.",
    "It is a risk-free shot.",
    "There are no side effects.",
    "The cells are 100% natural.",
    "The cells regrow cartilage.",
    "It regrows cartilage.",
    "The shot can regenerate cartilage.",
    "It can reverse arthritis.",
    "The cells reverse your arthritis.",
    "It treats the root cause.",
    "Cells start natural healing.",
    "The shot is safe and effective.",
    "Our shot is FDA approved.",
    "Our lab is FDA registered.",
    "The cells are FDA cleared.",
    "The lab is FDA compliant.",
    "Your knee is bone on bone.",
    "You can avoid surgery.",
    "Our success rate is high.",
    "Many patients report less pain.",
    "John, 54, plays golf again.",
    "This price is for a limited time.",
    "There is financing available.",
    "The Mayo Clinic does it, too.",
]
ALLOWED = ["It is not proven.", "The shot is not FDA approved.", "There is no cure.", "A shot cannot cure it."]
ABSOLUTE = [
    "The shot always eases pain.",
    "The shot never causes harm, and it is safe.",
    "The shot will ease your pain.",
    "The shot helps everyone.",
    "The shot helps all patients.",
    "The relief is permanent.",
    "The relief from a shot is long-lasting.",
]
NOT_ABSOLUTE = ["Never stop your medicine.", "Always tell us if you feel worse.", "Will it help?", "It will not always help."]


def profile():
    return (ROOT / "content/check.yaml").read_text(encoding="utf-8")


def settings(text):
    """Of each rule: severity, limit, warn, as far as they are said."""
    number = r"(\d+(?:\.\d+)?)"
    found = re.findall(rf"^ +([a-z-]+): \{{(?:severity: (\w+))?(?:, )?(?:limit: {number})?(?:, warn: {number})?\}}", text, re.M)
    return {code: (severity, float(limit or "nan"), float(warn or "nan")) for code, severity, limit, warn in found}


def is_laxer(measure, bound, standard):
    """Is a bound missing, or beyond the standard's?"""
    return not (bound <= standard if measure == "MOST" else bound >= standard)


class Standards(Case):
    def setUp(self):
        super().setUp()
        text = profile()
        whole, styles = text[:text.index("\nstyles:")], text[text.index("\nstyles:"):text.index("\nemergency:")]
        self.settings = settings(whole)
        self.large_print = settings(styles[styles.index("  large-print:"):])

    def test_all_rules_are_judged_here(self):
        self.assertEqual(list(STANDARDS), list(rules()))
        self.assertEqual(set(self.settings), set(STANDARDS))

    def test_no_rule_is_laxer_than_the_standards(self):
        for code, (severity, *bounds) in STANDARDS.items():
            with self.subTest(code):
                measure = rules()[code][0]
                actual, *actual_bounds = self.settings[code]
                self.assertGreaterEqual(SEVERITIES.index(actual), SEVERITIES.index(severity))
                self.assertEqual(bool(bounds), measure != "NONE")
                for bound, standard in zip(actual_bounds, bounds):
                    self.assertFalse(is_laxer(measure, bound, standard), f"{bound:g} instead of {standard:g}")

    def test_large_print_is_no_laxer_than_the_standards(self):
        for code, standard in LARGE_PRINT.items():
            with self.subTest(code):
                self.assertFalse(is_laxer(rules()[code][0], self.large_print[code][1], standard))
        for code, (severity, limit, warn) in self.large_print.items():
            with self.subTest(code):
                self.assertEqual((severity, code in LARGE_PRINT), ("", True), "what is set here must be stricter")

    def test_few_terms_are_unavoidable(self):
        lexicons = sorted((ROOT / "content").glob("*/check.yaml"))
        self.assertEqual([path.parent for path in lexicons], sorted(path.parent for path in (ROOT / "content").glob("*/words.yaml")))
        for path in lexicons:
            terms, = re.findall(r"^unavoidable: \[(.*)\]", path.read_text(encoding="utf-8"), re.M)
            self.assertLessEqual(len(terms.split(",")), MOST_UNAVOIDABLE, path)

    def test_the_manual_tells_these_settings(self):
        told = dict(re.findall(r'^\.BR ([a-z-]+) ": ([^"]*)"$', manual_text("handout-check.5"), re.M))
        for code, (severity, limit, warn) in self.settings.items():
            word = "below" if rules()[code][0] == "LEAST" else "beyond"
            self.assertEqual(told.get(code), severity + (f" {word} {limit:g}" if limit == limit else "") +
                (f", warning {word} {warn:g}" if warn == warn else ""), f"{code} in src/run/handout-check.5")


class Words(Case):
    def findings(self, sentences):
        """The codes of what is found in each sentence."""
        self.write("words.md", "".join(f"{sentence}\n\n" for sentence in sentences))
        done = self.handout("check", "words.md", "--root", ROOT)
        found = re.findall(r"^words\.md:(\d+):\d+: \w+: .* \[([a-z-]+)\]$", done.out, re.M)
        return [(sentence, {code for line, code in found if int(line) == 2 * i + 1}) for i, sentence in enumerate(sentences)]

    def test_every_banned_word_is_found(self):
        for sentence, codes in self.findings(BANNED):
            self.assertTrue(codes & {"word-banned", "testimonial"}, f"{sentence}: {codes}")

    def test_honest_words_are_not(self):
        for sentence, codes in self.findings(ALLOWED):
            self.assertFalse(codes & {"word-banned", "testimonial"}, f"{sentence}: {codes}")

    def test_absolute_words_are_found_in_claims_only(self):
        for sentence, codes in self.findings(ABSOLUTE):
            self.assertIn("word-absolute", codes, sentence)
        for sentence, codes in self.findings(NOT_ABSOLUTE):
            self.assertNotIn("word-absolute", codes, sentence)


class Content(Case):
    def test_nothing_is_silenced(self):
        sections = sorted((ROOT / "content").glob("*/*/*.md"))
        self.assertGreater(len(sections), 30)
        for path in sections:
            self.assertIsNone(re.search(r"<!--\s*check:", path.read_text(encoding="utf-8")), path)

    def test_each_topic_exists_in_each_language(self):
        languages = sorted(path.parent.name for path in (ROOT / "content").glob("*/words.yaml"))
        for topic in TOPICS:
            text = (ROOT / f"content/handouts/{topic}.yaml").read_text(encoding="utf-8")
            editions = text[text.index("\nlanguages:"):]
            self.assertEqual(sorted(re.findall(r"^  ([a-z-]+): *(?:#.*)?$", editions, re.M)), languages, topic)

    def test_it_awaits_review_and_nothing_else(self):
        done = self.expect(3, "check", "--lang", "all", "--deny", "warnings", "--root", ROOT)
        found = re.findall(r"^\S+: (\w+): .* \[([a-z-]+)\]$", done.out, re.M)
        self.assertEqual({code for severity, code in found if severity != "note"}, {"not-reviewed"})
        self.assertEqual(done.err, "")


# Changes of the two files, where the mistake of each stands, and what is said about it.
MISTAKES = {
    "content/check.yaml": [
        ("  smog: {", "  smgo: {", "smgo", "unknown rule 'smgo' (did you mean 'smog'?) [yaml-key-unknown]"),
        ("  title-count: {severity: error}\n", "", "grade-plain:",
            "the rule 'title-count' is missing (to switch it off, write 'title-count: {severity: off}') [yaml-key-missing]"),
        ("title-count: {severity: error}", "title-count: {}", "{}\n", "a rule needs the key 'severity' [yaml-key-missing]"),
        ("title-count: {severity: error}", "title-count: {severity: fatal}", "fatal",
            "'severity' must be off, note, warning or error, not 'fatal' [yaml-value]"),
        ("title-count: {severity: error}", "title-count: {severity: error, limit: 1}", "{severity: error, limit: 1}\n",
            "this rule has no limit [yaml-key-unknown]"),
        ("title-count: {severity: error}", "title-count: {severity: error, limt: 1}", "limt",
            "unknown key 'limt' (did you mean 'limit'?) [yaml-key-unknown]"),
        ("sentence-long: {severity: warning, limit: 20}", "sentence-long: {severity: warning}", "{severity: warning}    ",
            "this rule needs the key 'limit' [yaml-key-missing]"),
        ("sentence-long: {severity: warning, limit: 20}", "sentence-long: {severity: warning, limit: -1}", "-1}",
            "'limit' must be in the range 0 to 10000 [yaml-value]"),
        ("smog: {severity: error, limit: 9.0, warn: 8.0}", "smog: {severity: error, limit: 9, warn: 9.5}",
            "{severity: error, limit: 9, warn: 9.5}", "'warn' must be milder than 'limit' (less) [yaml-value]"),
        ("reading-ease: {severity: error, limit: 60, warn: 70}", "reading-ease: {severity: error, limit: 60, warn: 50}",
            "{severity: error, limit: 60, warn: 50}", "'warn' must be milder than 'limit' (more) [yaml-value]"),
        ("\nemergency: \"911\"\n", "\n", "rules:", "a profile needs the key 'emergency' [yaml-key-missing]"),
        ("notice-states: [CA, FL, UT]", "notice-states: CA", "CA  ", "'notice-states' must be a list [yaml-type]"),
    ],
    "content/en/check.yaml": [
        ("formulas: english\n", "formulas: latin\n", "latin",
            "'formulas' must be english or spanish, not 'latin' [yaml-value]"),
        ("\nlong-word: 3 ", "\n", "formulas: english", "a lexicon needs the key 'long-word' [yaml-key-missing]"),
        ("\nlong-word: 3 ", "\nlong-word: three ", "three ", "'long-word' must be a whole number, not 'three' [yaml-value]"),
        ("\naddress: [", "\naddress: you # [", "you # [", "'address' must be a list [yaml-type]"),
        ("\nbanned:\n", "\nbaned:\n", "baned", "unknown key 'baned' (did you mean 'banned'?) [yaml-key-unknown]"),
        ("  - \"groundbreaking\"\n", "  - \"\"\n", "\"\"\n",
            "'' is no phrase to look for (write words, a|b, begin*, maybe?, # for a number, ~ for a gap) [yaml-value]"),
        ("  - \"groundbreaking\"\n", "  - \"~ new?\"\n", "\"~ new?\"",
            "'~ new?' is no phrase to look for (write words, a|b, begin*, maybe?, # for a number, ~ for a gap) [yaml-value]"),
        ("  - \"groundbreaking\"\n", "  - {say: new, instaed: old}\n", "instaed",
            "unknown key 'instaed' (did you mean 'instead'?) [yaml-key-unknown]"),
        ("  - \"groundbreaking\"\n", "  - {unless: [new]}\n", "{unless: [new]}",
            "a phrase needs the key 'say' [yaml-key-missing]"),
        ("  - \"groundbreaking\"\n", "  - {say: new, unless: [{say: old}]}\n", "{say: old}",
            "an exception must be a text [yaml-type]"),
        ("\nunavoidable: [", "\nunavoidable: [cartilage, ", "[cartilage, ",
            "9 unavoidable terms are too many (8 at most: a longer list would hide a hard text) [yaml-value]"),
    ],
}


class Mistakes(Case):
    def place(self, name, text, mark):
        at = text.index(mark)
        line = text.count("\n", 0, at) + 1
        return f"{name}:{line}:{at - text.rfind(chr(10), 0, at)}"

    def test_mistakes_are_told_where_they_stand(self):
        for name, mistakes in MISTAKES.items():
            self.setUp()
            self.project("alpha")
            self.judged()
            whole = self.read(name)
            for old, new, mark, message in mistakes:
                with self.subTest(new or old):
                    self.assertIn(old, whole, "the file has changed: change this test")
                    text = whole.replace(old, new, 1)
                    self.write(name, text)
                    done = self.expect(1, "check", "alpha")
                    self.assertEqual(done.err, "")
                    self.assertIn(f"{self.place(name, text, mark)}: error: {message}\n", done.out)
                    self.assertNotIn("alpha-en:", done.out)

    def test_mistakes_are_told_once_and_in_each_language(self):
        self.project("alpha", "beta")
        self.judged()
        self.write("content/es/words.yaml", (ROOT / "content/es/words.yaml").read_text(encoding="utf-8"))
        for lang in ("en", "es"):
            self.write(f"content/{lang}/check.yaml", "formulas: latin\n")
        self.write("x.md", "# A\n")
        done = self.expect(1, "check", "x.md", "alpha", "beta", "--lang", "en,es")
        for lang in ("en", "es"):
            self.assertEqual(done.out.count(f"content/{lang}/check.yaml:1:11: error: 'formulas' must be"), 1, done)

    def test_only_the_languages_of_the_run_are_read(self):
        self.project("alpha")
        self.judged()
        self.write("content/es/check.yaml", "formulas: latin\n")
        self.expect(0, "list")
        self.assertNotIn("content/es", self.handout("check", "alpha").out)


class Languages(Case):
    """Which file tells what is looked for."""

    def setUp(self):
        super().setUp()
        self.project()
        self.judged()
        self.write("x.md", "# How it works\n\nYou can utilize it.\n")

    def codes(self, lang):
        self.write(f"content/{lang}/words.yaml", self.read("content/en/words.yaml"))
        done = self.handout("check", "x.md", "--lang", lang)
        return re.findall(r" \[([a-z-]+)\]$", done.out, re.M)

    def test_a_region_has_the_words_of_its_language(self):
        self.assertEqual(self.codes("en-US"), ["word-hard"])

    def test_a_region_may_have_words_of_its_own(self):
        self.write("content/en-GB/check.yaml", self.read("content/en/check.yaml").replace("utiliz*", "abcdef"))
        self.assertEqual(self.codes("en-GB"), [])
        self.assertEqual(self.codes("en"), ["word-hard"])

    def test_another_language_has_none(self):
        for lang in ("eng", "fr", "fr-CA"):
            with self.subTest(lang):
                self.assertEqual(self.codes(lang), ["language-unjudged"])
        self.assertIn("there is no 'fr-CA/check.yaml'", self.handout("check", "x.md", "--lang", "fr-CA").out)
