"""The source text keeps the house's rules: which folder may include which, one library in one place, every diagnostic
in the manual and in a test."""

import re
import unittest

from cases.support import ROOT

FOLDERS = ["base", "config", "content", "design", "layout", "paint", "run"]

# C17 and POSIX.1-2008; anything else is a library.
STANDARD = set("""assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg
stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath time uchar wchar wctype
dirent fcntl poll pthread strings unistd sys/mman sys/resource sys/select sys/stat sys/time sys/types sys/wait""".split())

# Where a library may be known.
LIBRARIES = [
    (r"yaml\.h", r"config/yaml\.c"),
    (r"cmark\.h", r"content/\w+\.c"),
    (r"hb-subset\.h", r"paint/\w+\.c"),
    (r"hb(-\w+)?\.h", r"(design|layout|paint)/\w+\.[ch]"),
    (r"(png|jpeglib|jerror)\.h", r"design/picture\w*\.[ch]"),
    (r"qrencode\.h", r"design/picture_qr\.c"),
    (r"expat\.h", r"design/svg_tree\.c"),
    (r"malloc\.h", r"base/arena\.c"),
    (r"(fribidi|unilbrk)\.h", r"layout/breaks\.c"),
    (r"unigbrk\.h", r"layout/shape\.c"),
    (r"uni(wbrk|ctype|case|norm|types|str)\.h", r"content/(slug|prose)\.c"),
    (r"hpdf\w*\.h", r"paint/writer\.c"),
    (r"libdeflate\.h", r"paint/\w+\.c"),
    (r"(sha2|sha256|md5|xxhash)\.h", r"base/hash\.c"),
    (r"link\.h", r"run/fingerprint\.c"),
    (r"sys/inotify\.h", r"run/notice\.c"),
    (r"sys/ioctl\.h", r"run/progress\.c"),
]

# Diagnostics that only a failing machine or a bug can bring about, so that no test asks for them.
UNTESTED = {"watch-failed", "pdf-write", "machine-memory"}


def c_files():
    return sorted(ROOT.glob("src/*/*.[ch]"))


def name(path):
    return str(path.relative_to(ROOT / "src"))


def without_comments(text):
    keep_lines = lambda match: "\n" * match.group().count("\n") if match.group().startswith("/") else match.group()
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', keep_lines, text, flags=re.S)


def arguments(text, start):
    """The arguments of the call whose opening bracket is at start."""
    depth, quoted, parts, begin, i = 0, "", [], start + 1, start
    while i < len(text):
        c = text[i]
        if quoted:
            if c == "\\":
                i += 1
            elif c == quoted:
                quoted = ""
        elif c in "\"'":
            quoted = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth == 0:
                parts.append(text[begin:i])
                return [part.strip() for part in parts]
        elif c == "," and depth == 1:
            parts.append(text[begin:i])
            begin = i + 1
        i += 1
    return []


def rules():
    """The rules of `check`, of which content/check_rules.h makes everything else: code → (measure, fix, reason, basis)."""
    text = without_comments((ROOT / "src/content/check_rules.h").read_text()).replace("\\\n", "\n")
    found = {}
    for match in re.finditer(r"\bRULE(\(\w+, \")", text):
        code, measure, *texts = arguments(text, match.start(1))[1:]
        found[literal(code)] = (measure, *map(literal, texts))
    return found


def literal(text):
    """The value of C's string literals, one or several."""
    return "".join(re.sub(r"\\(.)", r"\1", part) for part in re.findall(r'"((?:\\.|[^"\\])*)"', text))


def manual_text(page):
    """A page of the manual without its markup."""
    text = (ROOT / "src/run" / page).read_text(encoding="utf-8")
    for mark, shown in ((r"\-", "-"), (r"\(aq", "'"), (r"\(ga", "`"), (r"\(mu", "×"), (r"\(de", "°"), (r"\[u2026]", "…")):
        text = text.replace(mark, shown)
    accents = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
    return re.sub(r"\\f[BIR]|\\&", "", re.sub(r"\\\('([aeiou])", lambda match: accents[match[1]], text))


def diagnostic_codes():
    """All codes that the source can report but those of rules: literals given for a parameter or a member called `code`."""
    codes = {}
    texts = {path: without_comments(path.read_text()) for path in c_files()}
    takers = {}  # function → (index of its parameter `code`, its file when it is static)
    for path, text in texts.items():
        for match in re.finditer(r"(\w+)(\((?:[^()]|\([^()]*\))*const char \*code\b)", text):
            whole = arguments(text, match.start(2))
            index = next((i for i, part in enumerate(whole) if re.fullmatch(r"const char \*code", part)), None)
            if index is not None:
                takers.setdefault(match.group(1), []).append((index, path))
        for match in re.finditer(r"#\s*define (\w+)\(([^)]*)\)", text):
            names = [part.strip() for part in match.group(2).split(",")]
            if "code" in names:
                takers.setdefault(match.group(1), []).append((names.index("code"), path))
    for path, text in texts.items():
        for function, places in takers.items():
            for index, home in places:
                if home.suffix == ".c" and home != path and len(places) > 1:
                    continue
                for match in re.finditer(rf"\b{function}(\()", text):
                    given = arguments(text, match.start(1))
                    for literal in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', given[index] if index < len(given) else ""):
                        codes.setdefault(literal, name(path))
        for literal in re.findall(r'\.code = "([a-z0-9-]+)"', text):
            codes.setdefault(literal, name(path))
        for match in re.finditer(r'\bcode = ([^;]*);', text):
            for literal in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', match.group(1)):
                codes.setdefault(literal, name(path))
    return codes


class Layers(unittest.TestCase):
    def test_folders_are_in_order(self):
        self.assertEqual(sorted(path.name for path in (ROOT / "src").iterdir() if path.is_dir()), FOLDERS)

    def test_includes_go_down_only(self):
        for path in c_files():
            mine = path.parent.name
            for number, line in enumerate(path.read_text().splitlines(), 1):
                match = re.match(r'#\s*include\s+"([^"]+)"', line)
                if not match:
                    continue
                where = f"src/{name(path)}:{number}"
                folder = match.group(1).split("/")[0]
                self.assertTrue((ROOT / "src" / match.group(1)).is_file(), f"{where}: no such header under src")
                self.assertLessEqual(folder, mine, f"{where}: {mine} may not include from {folder}")

    def test_own_header_comes_first(self):
        for path in c_files():
            header = path.with_suffix(".h")
            if path.suffix == ".c" and header.exists():
                first = re.search(r'#\s*include\s+(\S+)', path.read_text()).group(1)
                self.assertEqual(first, f'"{name(header)}"', f"src/{name(path)}: own header first")

    def test_one_library_one_place(self):
        for path in c_files():
            for header in re.findall(r"#\s*include\s+<([^>]+)>", path.read_text()):
                if header[:-2] in STANDARD:
                    continue
                places = [place for library, place in LIBRARIES if re.fullmatch(library, header)]
                self.assertTrue(places, f"src/{name(path)}: <{header}> has no place in tests/cases/source.py")
                self.assertTrue(re.fullmatch(places[0], name(path)), f"src/{name(path)}: <{header}> belongs to {places[0]}")

    def test_no_header_is_included_in_a_circle(self):
        seen = {}
        def visit(header, trail):
            self.assertNotIn(header, trail, f"circle of headers: {trail}")
            if header not in seen:
                seen[header] = True
                for inner in re.findall(r'#\s*include\s+"([^"]+)"', (ROOT / "src" / header).read_text()):
                    visit(inner, trail + [header])
        for path in c_files():
            if path.suffix == ".h":
                visit(name(path), [])


class Manners(unittest.TestCase):
    def test_files_have_one_subject(self):
        for path in c_files():
            self.assertLessEqual(len(path.read_text().splitlines()), 700, f"src/{name(path)} is too long")

    def test_nothing_depends_on_the_locale(self):
        banned = r"\b(strto[dfl]|strtold|atof|setlocale|isalpha|isdigit|isspace|isupper|islower|tolower|toupper|strcoll)\s*\("
        for path in c_files():
            text = without_comments(path.read_text())
            self.assertIsNone(re.search(banned, text), f"src/{name(path)} calls what a locale changes")
            for literal in re.findall(r'"(?:\\.|[^"\\\n])*"', text):
                self.assertIsNone(re.search(r"%[-+ #0-9.*]*l?[eEfFgGaA]", literal.replace("%%", "")),
                    f"src/{name(path)}: floating-point conversion in {literal}")

    def test_nothing_is_left_to_do(self):
        for path in [*c_files(), *ROOT.glob("tests/**/*.[ch]"), *ROOT.glob("tests/**/*.py")]:
            if path.name != "source.py":
                self.assertIsNone(re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text()), path)

    def test_the_top_level(self):
        """Nothing is there but what was agreed, and every folder explains itself."""
        agreed = {"Makefile", "README.md", "LICENSE", "src", "content", "styles", "fonts", "tests", "build"}
        found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
        self.assertEqual(found - agreed, set())
        for folder in ("src", "content", "styles", "fonts", "tests"):
            self.assertTrue((ROOT / folder / "README.md").is_file(), f"{folder}/README.md")


class Codes(unittest.TestCase):
    def manual(self):
        text = manual_text("handout.1")
        section = text[text.index(".SH DIAGNOSTICS"):]
        section = section[:section.index("\n.SH ", 1)]
        return re.findall(r'^\.TP\n\.B ([a-z0-9-]+)$', section, re.M)

    def test_the_manual_lists_every_diagnostic(self):
        codes, listed = diagnostic_codes(), self.manual()
        self.assertGreater(len(codes), 50)
        self.assertEqual(sorted(set(codes) - set(listed)), [], "not in src/run/handout.1")
        self.assertEqual(sorted(set(listed) - set(codes)), [], "in src/run/handout.1, but not in the source")
        self.assertEqual(listed, sorted(set(listed)), "the manual lists them once and in order")

    def test_reports_explain_codes_as_the_manual_does(self):
        """src/run/codes.c is what SARIF says of a code that is no rule of `check`."""
        text = manual_text("handout.1")
        section = text[text.index(".SH DIAGNOSTICS"):]
        section = section[:section.index("\n.SH ", 1)]
        manual = {}
        for code, entry in re.findall(r"^\.TP\n\.B ([a-z0-9-]+)\n((?:(?!\.TP).*\n?)*)", section, re.M):
            lines = ["".join(quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', line[4:]))
                if line.startswith(".RB ") else line.removeprefix(".B ") for line in entry.splitlines()]
            manual[code] = " ".join(lines).strip()
        source = without_comments((ROOT / "src/run/codes.c").read_text())
        table = source[source.index("CODES[] = {"):]
        told = {}
        for entry in re.findall(r'\{("[a-z0-9-]+",\s*"[^{}]*(?:\{[^{}]*\}[^{}]*)*")\}', table):
            code, meaning = arguments(f"({entry})", 0)
            told[literal(code)] = literal(meaning)
        self.assertEqual(told, manual, "src/run/codes.c says what the section DIAGNOSTICS of src/run/handout.1 says")

    def test_every_diagnostic_is_tested(self):
        tests = "".join(path.read_text(errors="replace") for pattern in ("unit/*.c", "cases/*.py", "golden/diagnostics/*")
            for path in sorted((ROOT / "tests").glob(pattern)) if path.name not in ("source.py", "profile.py"))
        told = lambda code: f"[{code}]" in tests or f'"{code}"' in tests
        self.assertEqual([code for code in sorted(diagnostic_codes()) if code not in UNTESTED and not told(code)], [],
            "no test provokes these")
        faults = "".join(path.read_text() for path in sorted((ROOT / "tests/faults").glob("*.fault")))
        corpus = {path.stem for path in ROOT.glob("tests/corpus/*/*.txt")}
        self.assertEqual([code for code in rules() if code not in corpus and not told(code) and
            not re.search(rf"^== (\w+ )?{code}$", faults, re.M)], [], "no test provokes these rules")

    def test_codes_are_words_and_hyphens(self):
        for code, path in [*diagnostic_codes().items(), *((code, "check_rules.h") for code in rules())]:
            self.assertRegex(code, r"^[a-z]+(-[a-z]+)*$", path)

    def test_the_manual_has_every_rule_with_its_fix_and_its_source(self):
        entries = re.findall(r'^\.TP\n\.BR ([a-z-]+) ": [^"]*"\n((?:[^.].*\n|\.br\n)+)', manual_text("handout-check.5"), re.M)
        self.assertGreater(len(rules()), 80)
        self.assertEqual([code for code, _ in entries], list(rules()), "the manual lists them in the order of check_rules.h")
        for code, entry in entries:
            _, fix, reason, basis = rules()[code]
            self.assertTrue(reason, f"{code}: no reason is given")
            text = re.sub(r"\s+", " ", entry)
            for label, told in (("Fix", fix), ("From", basis)):
                if told:
                    self.assertIn(f"{label}: {told}.", text, f"{code} in src/run/handout-check.5")
