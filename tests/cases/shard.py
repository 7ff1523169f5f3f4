"""A run shared by several machines: --shard deals out its results, --manifest tells what became of them, and all shards
together make what one run makes. What README.md shows for engines that exist is read, and run where it can be."""

import hashlib
import json
import os
import re
import shlex
import signal
import subprocess
import time
import unittest
from pathlib import Path

from cases.support import BUILD, HANDOUT, ROOT, SLOWNESS, TOPICS, Case, definition

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = None

KEYS = ["file", "schema", "handout", "language", "edition", "paper", "version", "standard_version", "status", "pages", "size", "sha256"]


class Shards(Case):
    def bilingual(self, *topics):
        """A small project in two languages."""
        self.project(*topics)
        for lang in ("es",):
            self.write(f"content/{lang}/words.yaml", (ROOT / f"content/{lang}/words.yaml").read_text(encoding="utf-8"))
            self.write(f"content/{lang}/shared/risks-and-cost.md", "# Riesgos\n\nPuede no funcionar.\n")
            for topic in topics:
                self.write(f"content/{lang}/{topic}/in-short.md", f"# En breve\n\nEsto trata de {topic}.\n")
                self.write(f"content/handouts/{topic}.yaml", definition(topic) +
                    f"  es: {{title: T, purpose: Qué es., sections: [{{role: summary, file: {topic}/in-short.md}}]}}\n")

    def shell(self, script, status=0, **env):
        done = subprocess.run(["sh", "-c", script], cwd=self.dir, env=self.environment(env), capture_output=True, text=True,
            timeout=60 * SLOWNESS, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, status, f"{script}\n{done.stdout}{done.stderr}")
        return done

    def lines(self, name):
        return [json.loads(line) for line in self.read(name).splitlines()]

    def pdfs(self, folder):
        return {path.name: path.read_bytes() for path in sorted((self.dir / folder).rglob("*.pdf"))}


class Dealing(Shards):
    """Which results a shard has."""

    def built(self, output, *args, **more):
        """The names of what a shard builds, as its folder and its manifest have them."""
        done = self.expect(0, "build", "-o", output, "--manifest", "-", *args, **more)
        names = [json.loads(line)["file"] for line in done.out.splitlines()]
        self.assertEqual(list(self.pdfs(output)), sorted(names))
        return names, done

    def test_every_result_is_in_exactly_one_shard(self):
        self.bilingual("alpha", "alpha-2", "beta")
        self.write("own.yaml", "extends: standard\n")
        args = ["alpha", "beta", "alpha-2", "-l", "all", "-s", "./own.yaml,standard"]
        whole, _ = self.built("whole", *args)
        self.assertEqual(len(whole), 12)
        self.assertEqual(whole, sorted(whole))
        for count in (1, 2, 3, 5, 11, 12, 13, 14):
            with self.subTest(count=count):
                shards = [self.built(f"{count}-{k}", *args, "--shard", f"{k}/{count}")[0] for k in range(1, count + 1)]
                self.assertEqual(shards, [whole[k::count] for k in range(count)], "every N-th by name")

    def test_a_shard_without_results_succeeds(self):
        self.project("alpha", "beta")
        names, done = self.built("out", "--shard", "3/3")
        self.assertEqual((names, done.err), ([], "0 handouts\n"))
        self.expect(0, "build", "-o", "out", "--manifest", "empty.jsonl", "--shard=3/3")
        self.assertEqual(self.read("empty.jsonl"), "")
        self.assertEqual(self.expect(0, "build", "-o", "out", "--shard=3/3", "-q").err, "")

    def test_a_shard_keeps_the_order_of_the_command_line(self):
        self.project("alpha", "beta", "gamma")
        whole = self.expect(0, "build", "gamma", "alpha", "beta", "-o", "whole")
        self.assertEqual(self.expect(0, "build", "gamma", "alpha", "beta", "-o", "one", "--shard", "1/1").err, whole.err)
        done = self.expect(0, "build", "gamma", "alpha", "beta", "-v", "-o", "two", "--shard", "1/2")
        self.assertEqual(re.findall(r"^two/(\w+)-en\.pdf: |^(shard .*)$", done.err, re.M),
            [("", "shard 1/2: 2 of 3 handouts"), ("gamma", ""), ("alpha", "")])

    def test_check_is_shared_too(self):
        self.project("alpha", "beta", "gamma")
        self.judged()
        judged = lambda *args: re.findall(r"^(\w+)-en: ", self.handout("check", *args).out, re.M)
        self.assertEqual(judged(), ["alpha", "beta", "gamma"])
        self.assertEqual(judged("--shard", "1/2"), ["alpha", "gamma"])
        self.assertEqual(judged("--shard", "2/2"), ["beta"])
        self.assertEqual(self.expect(0, "check", "--shard", "4/4").out, "0 handouts\n")

    def test_what_cannot_be_planned_fails_every_shard(self):
        self.project("alpha", "beta")
        self.write("content/handouts/bad.yaml", "id: [")
        for args, code in (([], "yaml-syntax"), (["alpha", "beta", "nosuch"], "topic-unknown"), (["-s", "standard,nosuch"], "style-unknown")):
            for shard in ("1/3", "2/3", "3/3"):
                with self.subTest(args=args, shard=shard):
                    done = self.expect(1, "build", *args, "-o", "out", "--shard", shard)
                    self.assertIn(f"[{code}]", done.err)
        self.assertEqual(list(self.pdfs("out")), ["alpha-en.pdf", "beta-en.pdf"])

    def test_a_handout_that_fails_fails_its_own_shard(self):
        self.project("alpha", "beta", "gamma")
        self.write("content/en/beta/in-short.md", "# In short\n\n{{no.such}}\n")
        for shard, status in (("1/3", 0), ("2/3", 1), ("3/3", 0)):
            self.expect(status, "build", "-o", "out", "--shard", shard)
        self.assertEqual(list(self.pdfs("out")), ["alpha-en.pdf", "gamma-en.pdf"])

    def test_what_is_refused_of_the_whole_is_refused_of_a_shard(self):
        self.project("alpha", "beta")
        for args in (["-o", "-"], ["-o", "x.pdf"], ["alpha", "alpha"]):
            for shard in ("1/2", "2/2", "9/9"):
                with self.subTest(args=args, shard=shard):
                    self.expect(2, "build", *args, "--shard", shard)
        self.assertFalse((self.dir / "build").exists())

    def test_one_result_alone(self):
        self.project("alpha")
        self.expect(0, "build", "-o", "x.pdf", "--shard", "1/2")
        self.expect(0, "build", "-o", "y.pdf", "--shard", "2/2")
        self.assertTrue((self.dir / "x.pdf").exists() and not (self.dir / "y.pdf").exists())
        self.assertEqual(self.expect(0, "build", "-o", "-", "--shard", "2/2").out, "")

    def test_what_is_no_shard(self):
        self.project("alpha")
        for value in ("", "1", "/", "1/", "/2", "0/2", "3/2", "0/0", "1/0", "-1/2", "+1/2", " 1/2", "1/2 ", "1/2/3", "1.0/2", "0x1/2",
                "1/1000000001", "18446744073709551617/18446744073709551618", "AUTO", "auto/2", "１/２", "1/2\n"):
            with self.subTest(value):
                done = self.expect(2, "build", "--shard", value)
                self.assertIn("handout: --shard is K/N with K from 1 to N, as in 1/4, or 'auto', not ", done.err)
        self.assertIn("'handout list' does not have the option '--shard'", self.expect(2, "list", "--shard", "1/2").err)
        self.assertFalse((self.dir / "build").exists())
        self.expect(0, "build", "--shard", "1000000000/1000000000")
        self.expect(0, "build", "--shard", "001/01")


def slurm(task, least, greatest, count):
    return {f"SLURM_ARRAY_TASK_{name}": str(value) for name, value in
        (("ID", task), ("MIN", least), ("MAX", greatest), ("COUNT", count))}


GITLAB = ("CI_NODE_INDEX", "CI_NODE_TOTAL")
CIRCLE = ("CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL")
BUILDKITE = ("BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT")
KUBERNETES = ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS")
ENGINES = {GITLAB: 1, CIRCLE: 0, BUILDKITE: 0, KUBERNETES: 0}


class Environment(Shards):
    """--shard auto."""

    def setUp(self):
        super().setUp()
        self.project("alpha", "beta", "gamma", "delta")

    def shard(self, env):
        done = self.expect(0, "build", "-v", "-o", "out", "--shard", "auto", env=env)
        return re.search(r"^shard (\d+/\d+): ", done.err, re.M)[1]

    def refused(self, env, *names):
        done = self.expect(2, "build", "-o", "out", "--shard", "auto", env=env)
        self.assertTrue(done.err.startswith("handout: --shard auto: "), done)
        for name in names:
            self.assertIn(name, done.err)
        self.assertFalse((self.dir / "out").exists())
        return done.err

    def test_each_engine(self):
        for (index, total), first in ENGINES.items():
            with self.subTest(index):
                self.assertEqual([self.shard({index: str(first + k), total: "3"}) for k in range(3)], ["1/3", "2/3", "3/3"])
                self.assertEqual(self.shard({index: str(first), total: "1"}), "1/1")

    def test_slurm_arrays(self):
        for tasks in ([0, 1, 2, 3], [1, 2, 3], [1, 3, 5, 7], [10, 20, 30], [5], [0], [7, 4000000]):
            with self.subTest(tasks):
                self.assertEqual([self.shard(slurm(task, tasks[0], tasks[-1], len(tasks))) for task in tasks],
                    [f"{k + 1}/{len(tasks)}" for k in range(len(tasks))])

    def test_an_uneven_slurm_array_is_refused_by_one_task_at_least(self):
        for tasks in ([1, 2, 5], [0, 1, 4], [1, 2, 4, 5], [1, 3, 5, 7, 20], [0, 6, 16, 17, 18]):
            with self.subTest(tasks):
                statuses = [self.handout("build", "-o", "out", "--shard", "auto", env=slurm(task, tasks[0], tasks[-1], len(tasks))).status
                    for task in tasks]
                self.assertIn(2, statuses)

    def test_slurm_numbers_out_of_range(self):
        for task in ((0, 1, 4, 4), (5, 1, 4, 4), (2, 4, 1, 4), (1, 1, 4, 0), (1, 1, 4, 9), (1, 1, 1, 2), (2, 1, 1000000000, 1)):
            with self.subTest(task):
                self.refused(slurm(*task), "SLURM_ARRAY_TASK_ID")

    def test_none_is_refused(self):
        self.refused({}, *(names[0] for names in ENGINES), "SLURM_ARRAY_TASK_ID")

    def test_a_half_set_pair_is_refused(self):
        for (index, total), first in ENGINES.items():
            with self.subTest(index):
                self.refused({index: str(first)}, f"{index} is set, and {total} is not")
                self.refused({total: "1"}, f"{total} is set, and {index} is not")
        self.assertIn("let its manifest set JOB_COMPLETIONS", self.refused({"JOB_COMPLETION_INDEX": "0"}))
        whole = slurm(1, 1, 4, 4)
        for name in whole:
            with self.subTest(name):
                self.refused({**whole, name: None}, f"{name} is not (Slurm")
                self.refused({name: whole[name]}, f"{name} is set, and ")

    def test_a_half_set_pair_beside_a_whole_one_is_refused(self):
        self.refused({"CI_NODE_TOTAL": "1", **slurm(1, 1, 4, 4)}, "CI_NODE_TOTAL is set, and CI_NODE_INDEX is not")
        self.refused({GITLAB[0]: "1", GITLAB[1]: "4", "JOB_COMPLETION_INDEX": "0"}, "JOB_COMPLETIONS is not")

    def test_what_is_no_number_is_refused(self):
        for (index, total), first in ENGINES.items():
            for value in ("", "x", "-1", "+1", "1.0", " 1", "1 ", "0x1", "99999999999999999999", "1\n"):
                with self.subTest(index=index, value=value):
                    self.refused({index: value, total: "4"}, f"{index} is no whole number")
                    self.refused({index: str(first), total: value}, f"{total} is no whole number")
        self.refused(slurm(1, "", 4, 4), "SLURM_ARRAY_TASK_MIN is no whole number")
        self.assertNotIn("\x1b", self.refused({GITLAB[0]: "\x1b[31m", GITLAB[1]: "4"}))

    def test_numbers_out_of_range_are_refused(self):
        for (index, total), first in ENGINES.items():
            for number, count in ((first + 3, 3), (first + 1, 1), (first, 0), *([(0, 3)] if first else [])):
                with self.subTest(index=index, number=number, count=count):
                    self.refused({index: str(number), total: str(count)},
                        f"{index} is {number} and {total} is {count}, which is no shard (the first is numbered {first})")

    def test_engines_that_contradict_each_other_are_refused(self):
        gitlab = {GITLAB[0]: "2", GITLAB[1]: "3"}
        self.refused({**gitlab, **slurm(10, 10, 12, 3)}, "CI_NODE_INDEX says 2/3, and SLURM_ARRAY_TASK_ID says 1/3")
        self.refused({**gitlab, KUBERNETES[0]: "1", KUBERNETES[1]: "4"}, "CI_NODE_INDEX says 2/3, and JOB_COMPLETION_INDEX says 2/4")
        self.assertEqual(self.shard({**gitlab, **slurm(11, 10, 12, 3)}), "2/3", "they agree")

    def test_only_auto_asks_the_environment(self):
        env = {"CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "y"}
        self.expect(0, "build", "-o", "out", env=env)
        self.expect(0, "build", "-o", "out", "--shard", "1/2", env=env)
        self.expect(0, "build", "-o", "out", "--shard", "auto", "--shard", "1/2", env=env)
        self.expect(2, "build", "-o", "out", "--shard", "1/2", "--shard", "auto", env=env)

    def test_check_asks_too(self):
        self.judged()
        self.expect(0, "check", "--shard", "auto", env={"CI_NODE_INDEX": "9", "CI_NODE_TOTAL": "9"})
        self.expect(2, "check", "--shard", "auto")


class Manifest(Shards):
    def judge(self, text):
        """What the schema that the program prints finds in the lines."""
        schema = json.loads(self.expect(0, "schema", "manifest").out)
        jsonschema.Draft202012Validator.check_schema(schema)
        judge = jsonschema.Draft202012Validator(schema)
        return [f"{error.json_path}: {error.message}" for line in text.splitlines() for error in judge.iter_errors(json.loads(line))]

    def test_what_a_line_holds(self):
        self.project("alpha")
        self.expect(0, "build", "-o", "out", "-s", "standard,pocket", "--paper", "a4", "--manifest", "m.jsonl")
        pocket, standard = self.lines("m.jsonl")
        data = (self.dir / "out/alpha-en.pdf").read_bytes()
        self.assertEqual(standard, {"file": "alpha-en.pdf", "schema": 1, "handout": "alpha", "language": "en", "edition": "standard",
            "paper": "a4", "version": "1.0", "standard_version": "1.0", "status": "built", "pages": 2, "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest()})
        self.assertEqual((pocket["file"], pocket["edition"], pocket["paper"]), ("alpha-en-pocket.pdf", "pocket", "a5"))
        self.assertEqual([list(standard), list(pocket)], [KEYS, KEYS])

    def test_papers(self):
        self.project("alpha")
        for args, paper in (([], "letter"), (["--paper", "letter"], "letter"), (["--paper", "a4"], "a4"), (["-s", "pocket"], "half-letter")):
            self.expect(0, "build", "-o", "out", *args, "--manifest", "m.jsonl")
            self.assertEqual([line["paper"] for line in self.lines("m.jsonl")], [paper], args)

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_outsiders_agree(self):
        """The schema, sha256sum, pdfinfo, and sort, on what comes with the program."""
        self.expect(0, "build", "-l", "all", "-s", "standard,pocket", "-o", self.dir / "out", "--manifest", self.dir / "m.jsonl", cwd=ROOT)
        self.assertEqual(self.judge(self.read("m.jsonl")), [])
        lines = self.lines("m.jsonl")
        self.assertEqual([line["file"] for line in lines], list(self.pdfs("out")))
        self.assertEqual([line["handout"] for line in lines], [topic for topic in TOPICS for _ in range(4)])
        for line in lines:
            with self.subTest(line["file"]):
                path = self.dir / "out" / line["file"]
                self.assertEqual(line["size"], path.stat().st_size)
                self.assertEqual(line["sha256"], subprocess.run(["sha256sum", path], capture_output=True, text=True).stdout.split()[0])
                info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
                self.assertEqual(line["pages"], int(re.search(r"^Pages: +(\d+)$", info, re.M)[1]))
        self.shell("LC_ALL=C sort -c m.jsonl")

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_what_failed_has_a_line_and_what_was_never_planned_has_none(self):
        self.project("alpha", "beta")
        self.expect(0, "build", "beta", "-o", "out")
        self.write("content/en/beta/in-short.md", "# In short\n\n{{no.such}}\n")
        self.write("content/handouts/bad.yaml", "id: [")
        self.expect(1, "build", "alpha", "beta", "nosuch", "bad", "-l", "en,de", "-o", "out", "--manifest", "m.jsonl")
        alpha, beta = self.lines("m.jsonl")
        self.assertEqual((alpha["file"], alpha["status"]), ("alpha-en.pdf", "built"))
        self.assertEqual({key: beta[key] for key in ("file", "status", "pages", "size", "sha256", "version")},
            {"file": "beta-en.pdf", "status": "failed", "pages": None, "size": None, "sha256": None, "version": "1.0"})
        self.assertEqual(self.judge(self.read("m.jsonl")), [])
        self.assertEqual(list(self.pdfs("out")), ["alpha-en.pdf", "beta-en.pdf"], "the old one stays")

    def test_what_cannot_be_written_failed(self):
        self.project("alpha", "beta")
        (self.dir / "out/alpha-en.pdf").mkdir(parents=True)
        self.expect(1, "build", "-o", "out", "--manifest", "m.jsonl")
        self.assertEqual([(line["status"], line["pages"]) for line in self.lines("m.jsonl")], [("failed", None), ("built", 2)])

    def test_denied_warnings_are_no_failure(self):
        self.project("alpha")
        self.write("content/en/alpha/in-short.md", "# In short\n\n<b>Bold</b>.\n")
        self.expect(3, "build", "-o", "out", "--deny", "warnings", "--manifest", "m.jsonl")
        self.assertEqual(self.lines("m.jsonl")[0]["status"], "built")

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_the_schema_refuses_what_is_no_line(self):
        self.project("alpha")
        good = json.loads(self.expect(0, "build", "-o", "out", "--manifest", "-").out)
        self.assertEqual(self.judge(json.dumps(good)), [])
        self.assertEqual(self.judge(json.dumps(good | {"more": 1})), [], "others may come")
        for change in ({"schema": 2}, {"status": "current"}, {"pages": 0}, {"pages": None}, {"size": None}, {"status": "failed"},
                {"sha256": "abc"}, {"paper": "a3"}, {"file": None}, {"language": 5}):
            with self.subTest(change):
                self.assertNotEqual(self.judge(json.dumps(good | change)), [])
        for key in KEYS:
            self.assertNotEqual(self.judge(json.dumps({name: value for name, value in good.items() if name != key})), [], key)

    def test_the_manual_names_every_member(self):
        manual = (ROOT / "src/run/handout.1").read_text()
        section = manual[manual.index("\n.SH MANIFEST"):manual.index("\n.SH SHARDS")]
        self.assertEqual(re.findall(r"\w+", " ".join(re.findall(r"^\.TP\n\.BR? (.*)$", section, re.M))), KEYS)
        self.assertEqual(json.loads(self.expect(0, "schema", "manifest").out)["required"], KEYS)
        example = re.search(r"```json\n(.*)\n```", (ROOT / "README.md").read_text())[1]
        self.assertEqual(list(json.loads(example)), KEYS)

    def test_it_depends_on_the_input_alone(self):
        self.bilingual("alpha", "beta")
        self.write("content/en/beta/in-short.md", "# In short\n\n{{no.such}}\n")
        made = []
        for args in ([], [], ["-j", "1"], ["-j", "8", "-v"], ["beta", "alpha"], ["-q", "--shard", "1/1"]):
            self.expect(1, "build", "-l", "all", "-o", "out", *args, "--manifest", "m.jsonl")
            made.append(self.read("m.jsonl"))
        self.assertEqual(len(set(made)), 1, made)

    def test_a_bare_file(self):
        self.write("notes.md", "# Notes\n\nText.\n")
        for args in (["--root", ROOT], ["-C", "content"]):
            (self.dir / "content/en").mkdir(parents=True, exist_ok=True)
            self.write("content/en/words.yaml", (ROOT / "content/en/words.yaml").read_text())
            for name in ("styles", "fonts"):
                if not (self.dir / name).exists():
                    os.symlink(ROOT / name, self.dir / name)
            self.expect(0, "build", "notes.md", "-o", "out", *args, "--manifest", "m.jsonl")
            line, = self.lines("m.jsonl")
            self.assertEqual([line[key] for key in ("file", "handout", "language", "version", "standard_version", "status")],
                ["notes-en.pdf", None, "en", None, None, "built"])

    def test_names_of_all_kinds(self):
        """Lines are sorted as `sort` does, and JSON whatever a file is called."""
        self.project()
        names = [b"a", b"a-en", b"a-en.pdf x", b"a b", b'a"b', b"a\\b", b"a\nb", b"a\xffb", b"a\xfeb", "é".encode(), b"a!", b"{}", b"Z",
            "‮x".encode(), "😀".encode(), b"\x01"]
        for name in names:
            (self.dir / os.fsdecode(name + b".md")).write_text("# T\n\nText.\n")
        operands = [os.fsdecode(name + b".md") for name in names]
        command = [str(HANDOUT), "build", *operands, "-o", "out", "--manifest", "m.jsonl"]
        run = lambda *more: subprocess.run([*command, *more], cwd=self.dir, env=self.environment(), capture_output=True)
        self.assertEqual(run().returncode, 0)
        whole = self.read("m.jsonl")
        self.shell("LC_ALL=C sort -c m.jsonl")
        self.assertEqual(sorted(line["file"] for line in self.lines("m.jsonl")),
            sorted((name + b"-en.pdf").decode(errors="replace") for name in names))
        for k in (1, 2, 3):
            self.assertEqual(run("--shard", f"{k}/3", "--manifest", f"shard-{k}.jsonl").returncode, 0)
        self.assertEqual(self.shell("LC_ALL=C sort -m shard-*.jsonl").stdout, whole)

    def test_one_pdf_by_its_name(self):
        self.project("alpha")
        self.expect(0, "build", "alpha", "-o", "deep/er/x.pdf", "--manifest", "m.jsonl")
        line, = self.lines("m.jsonl")
        self.assertEqual(line["file"], "x.pdf")
        self.assertEqual(line["sha256"], hashlib.sha256((self.dir / "deep/er/x.pdf").read_bytes()).hexdigest())

    def test_a_pdf_on_standard_output(self):
        self.project("alpha")
        done = self.expect(0, "build", "alpha", "-o", "-", "--manifest", "m.jsonl")
        line, = self.lines("m.jsonl")
        self.assertEqual((line["file"], line["sha256"]), ("-", hashlib.sha256(done.out).hexdigest()))
        if os.path.exists("/dev/full"):
            self.shell(f"'{HANDOUT}' build alpha -o - --manifest m.jsonl >/dev/full", status=4)
            self.assertEqual([self.lines("m.jsonl")[0][key] for key in ("status", "sha256")], ["failed", None])

    def test_on_standard_output(self):
        self.project("alpha", "beta")
        done = self.expect(0, "build", "-o", "out", "--manifest", "-")
        self.expect(0, "build", "-o", "out", "--manifest", "m.jsonl")
        self.assertEqual(done.out, self.read("m.jsonl"))
        if os.path.exists("/dev/full"):
            self.shell(f"'{HANDOUT}' build -o out --manifest - >/dev/full", status=4)

    def test_what_is_refused(self):
        self.project("alpha", "beta")
        for args, problem in (
            (["--manifest", "-", "-o", "-"], "the manifest and the handout cannot both go to standard output"),
            (["--manifest", "m", "--dump", "pages"], "--manifest tells of PDFs, and --dump makes none"),
            (["--manifest", "-", "--dump", "pages", "-o", "x.txt"], "--manifest tells of PDFs, and --dump makes none"),
            (["--manifest", ""], "--manifest needs a FILE that is not empty"),
            (["--manifest"], "the option '--manifest' needs a value (FILE)"),
            (["--manifest", "out/beta-en.pdf", "-o", "out"], "the manifest would take the place of a handout, 'out/beta-en.pdf'"),
            (["--manifest", "content/../beta-en.pdf", "-o", "."], "the manifest would take the place of a handout, 'beta-en.pdf'"),
            (["alpha", "--manifest", "x.pdf", "-o", "x.pdf"], "the manifest would take the place of a handout, 'x.pdf'"),
            (["--depfile", "out/beta-en.pdf", "-o", "out"], "the depfile would take the place of a handout, 'out/beta-en.pdf'"),
            (["--depfile", "-", "--manifest", "-"], "the manifest and the depfile cannot both go to one place, '-'"),
            (["--depfile", "./x", "--manifest", "x"], "the manifest and the depfile cannot both go to one place, './x'"),
        ):
            with self.subTest(args):
                before = self.files()
                self.assertIn(f"handout: {problem}\n", self.expect(2, "build", *args).err)
                self.assertEqual(self.files(), before)
        self.assertIn("'handout check' does not have the option '--manifest'", self.expect(2, "check", "--manifest", "m").err)

    def test_the_old_one_stays_when_nothing_is_built(self):
        self.project("alpha")
        self.write("m.jsonl", "old\n")
        self.expect(2, "build", "alpha", "alpha", "--manifest", "m.jsonl")
        self.expect(1, "build", "-C", "nowhere", "--manifest", "m.jsonl")
        self.expect(1, "build", "--clinic", "nowhere.yaml", "--manifest", "m.jsonl")
        self.assertEqual(self.read("m.jsonl"), "old\n")
        self.expect(1, "build", "nosuch", "--manifest", "m.jsonl")
        self.assertEqual(self.read("m.jsonl"), "", "a run that made nothing")

    def test_where_it_cannot_be_written(self):
        self.project("alpha")
        for path, status in (("content", 1), ("content/clinic.yaml/m", 1), ("m" * 300, 1)):
            with self.subTest(path):
                done = self.expect(status, "build", "-o", "out", "--manifest", path)
                self.assertIn("[file-unwritable]", done.err)
                self.assertEqual(list(self.pdfs("out")), ["alpha-en.pdf"], "the handout is built all the same")

    def test_what_is_no_file_is_written_to_and_not_replaced(self):
        self.project("alpha")
        line = self.expect(0, "build", "-o", "out", "--manifest", "-").out
        os.mkfifo(self.dir / "pipe")
        self.assertEqual(self.shell(f"cat pipe & '{HANDOUT}' build -o out --manifest pipe 2>/dev/null && wait").stdout, line)
        self.assertTrue((self.dir / "pipe").is_fifo())
        self.assertEqual(self.shell(f"'{HANDOUT}' build -o out --manifest /dev/stdout 2>/dev/null | cat").stdout, line)
        self.assertEqual(self.shell(f"'{HANDOUT}' build -o out --manifest /dev/fd/3 3>&1 2>/dev/null >/dev/null | cat").stdout, line)
        dump = self.expect(0, "build", "--dump=document").out
        self.assertEqual(self.shell(f"'{HANDOUT}' build --dump=document -o /dev/stdout | cat").stdout, dump)
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            if os.path.lexists(name):
                self.write("log", "before\n")
                self.shell(f"'{HANDOUT}' build -o out --manifest {name} >>log 2>/dev/null; echo after >>log")
                self.assertEqual(self.read("log"), f"before\n{line}after\n", name)
                self.assertTrue(os.path.islink(name) or os.path.islink("/dev/fd"), name)
        self.assertIn("[file-unwritable]", self.expect(4, "build", "-o", "out", "--manifest", "/dev/fd/97").err)
        self.shell(f"'{HANDOUT}' build -o out --manifest /dev/null")
        self.assertTrue(Path("/dev/null").is_char_device())
        if os.path.exists("/dev/full"):
            self.assertIn("[file-unwritable]", self.expect(4, "build", "-o", "out", "--manifest", "/dev/full").err)

    def test_folders_are_made(self):
        self.project("alpha")
        self.expect(0, "build", "-o", "out", "--manifest", "a/b/m.jsonl")
        self.assertEqual(self.files("a"), ["b/m.jsonl"])

    def test_a_signal_writes_none(self):
        self.project()
        for i in range(300):
            self.write(f"content/handouts/t{i}.yaml", definition(f"t{i}"))
            self.write(f"content/en/t{i}/in-short.md", "# In short\n\n" + "Some words to set. " * 400)
        self.write("m.jsonl", "old\n")
        process = subprocess.Popen([HANDOUT, "build", "-j", "2", "-o", "out", "--manifest", "m.jsonl"], cwd=self.dir, env=self.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.time() + 30 * SLOWNESS
        while not list(self.dir.glob("out/*.pdf")) and time.time() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30 * SLOWNESS), -signal.SIGINT)
        self.assertEqual(self.read("m.jsonl"), "old\n")
        self.assertEqual([name for name in self.files() if name.endswith(".tmp")], [])

    def test_no_value_of_a_setting_is_in_it(self):
        self.project("alpha")
        private = {"patient.name": "Jane Q. Roe", "visit.date": "2026-11-19", "clinician.name": "Dr. Who", "clinic.prices.version": "7.77"}
        values = "".join(f"{key}={value}\n" for key, value in private.items())
        for args in (["-o", "out"], ["-o", "-"]):
            self.expect(0, "build", "alpha", *args, "--set-from", "-", "--manifest", "m.jsonl", text=values)
            text = self.read("m.jsonl")
            for value in private.values():
                self.assertNotIn(value, text)
            line = json.loads(text)
            self.assertEqual([line[key] for key in ("status", "standard_version", "sha256", "pages")], ["built", None, None, 2])
            if jsonschema:
                self.assertEqual(self.judge(text), [])

    def test_settings_of_the_clinic_leave_the_hash(self):
        self.project("alpha")
        self.expect(0, "build", "alpha", "-o", "out", "--set", "clinic.name=Second Clinic", "--manifest", "m.jsonl")
        line, = self.lines("m.jsonl")
        self.assertEqual(line["sha256"], hashlib.sha256((self.dir / "out/alpha-en.pdf").read_bytes()).hexdigest())
        self.assertEqual(line["standard_version"], "1.0")


class Machines(Shards):
    """Shards for real: several programs at once, started by GNU parallel."""

    ARGS = "--lang all --style standard,ink-saver"

    def setUp(self):
        super().setUp()
        self.whole = self.expect(0, "build", *self.ARGS.split(), "-o", self.dir / "whole", "--manifest", self.dir / "whole.jsonl", cwd=ROOT)
        self.assertEqual(len(self.pdfs("whole")), 16)

    def assert_like_one_run(self, folder, manifests):
        pdfs, whole = self.pdfs(folder), self.pdfs("whole")
        self.assertEqual(sorted(pdfs), sorted(whole))
        self.assertEqual([name for name in whole if pdfs[name] != whole[name]], [])
        self.assertEqual(self.shell(f"LC_ALL=C sort -m {manifests}").stdout, self.read("whole.jsonl"))

    def test_into_one_folder(self):
        self.shell(f"parallel '{HANDOUT}' build --root '{ROOT}' {self.ARGS} -j 1 -o one --shard {{}}/3 --manifest {{}}.jsonl ::: 1 2 3")
        self.assert_like_one_run("one", "[1-3].jsonl")

    def test_into_three_folders(self):
        self.shell(f"parallel '{HANDOUT}' build --root '{ROOT}' {self.ARGS} -o three/{{}} --shard {{}}/3 --manifest three/{{}}/m ::: 1 2 3")
        self.assertEqual([len(self.pdfs(f"three/{k}")) for k in (1, 2, 3)], [6, 5, 5])
        self.assert_like_one_run("three", "three/?/m")

    def test_more_shards_than_results(self):
        self.shell(f"parallel -j 4 '{HANDOUT}' build --root '{ROOT}' {self.ARGS} -o many --shard {{}}/18 --manifest {{}}.jsonl ::: $(seq 18)")
        self.assertEqual((self.read("17.jsonl"), self.read("18.jsonl")), ("", ""))
        self.assert_like_one_run("many", "[1-9].jsonl 1[0-8].jsonl")

    def test_a_shard_again_over_what_is_there(self):
        for _ in range(2):
            for k in (1, 2):
                self.expect(0, "build", *self.ARGS.split(), "-o", self.dir / "twice", "--shard", f"{k}/2", "--manifest", self.dir / f"{k}.jsonl", cwd=ROOT)
        self.assert_like_one_run("twice", "[12].jsonl")


class Readme(Shards):
    """What README.md shows in its section on several machines."""

    def setUp(self):
        super().setUp()
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        section = re.search(r"\n## On several machines\n(.*?)\n## ", text, re.S)[1]
        blocks = re.findall(r"```(\w+)\n(.*?)```", section, re.S)
        self.scripts = [body for kind, body in blocks if kind == "sh"]
        self.yaml = [body for kind, body in blocks if kind == "yaml"]
        self.slurm, = [body for kind, body in blocks if kind == "bash"]
        self.assertEqual((len(self.scripts), len(self.yaml)), (2, 3))
        for name in ("content", "styles", "fonts"):
            os.symlink(ROOT / name, self.dir / name)
        (self.dir / "build").mkdir()
        os.symlink(BUILD, self.dir / "build/release")

    def verify(self):
        """Runs the lines that merge and verify, as they stand there."""
        merged = self.shell(self.scripts[1])
        self.assertEqual((merged.stdout, merged.stderr), ("true\n", ""))
        self.expect(0, "build", "--lang", "all", "-o", "whole", "--manifest", "whole.jsonl")
        self.assertEqual(self.read("manifest.jsonl"), self.read("whole.jsonl"))
        self.assertEqual(self.pdfs("public"), self.pdfs("whole"))

    def run_jobs(self, script, environments):
        """Runs a script once for each job of an engine; `handout` is installed there."""
        path = f"{BUILD}:{os.environ['PATH']}"
        for env in environments:
            self.shell(script, PATH=path, **env)
        self.verify()

    def test_gnu_parallel_and_what_verifies(self):
        self.shell(self.scripts[0])
        self.verify()
        victim = self.dir / "public/tendonitis-en.pdf"
        data = bytearray(victim.read_bytes())
        data[1000] ^= 1
        victim.write_bytes(data)
        done = self.shell(self.scripts[1], status=1)
        self.assertIn("tendonitis-en.pdf: FAILED", done.stdout)

    def test_what_failed_is_seen(self):
        self.write("public/shard-1.jsonl", '{"file":"a.pdf","status":"failed","sha256":null}\n')
        merge, judge, verify = self.scripts[1].splitlines()
        self.shell(merge)
        self.assertEqual(self.shell(judge, status=1).stdout, "false\n")

    def test_slurm(self):
        script = self.slurm
        first, last = map(int, re.search(r"^#SBATCH --array=(\d+)-(\d+) ", script, re.M).groups())
        self.run_jobs(script, [{**slurm(task, first, last, last - first + 1), "SLURM_CPUS_PER_TASK": "2"} for task in range(first, last + 1)])

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_github(self):
        job = yaml.safe_load(self.yaml[0])["jobs"]["handouts"]
        shards = job["strategy"]["matrix"]["shard"]
        self.assertEqual(shards, list(range(1, len(shards) + 1)))
        command, = [step["run"] for step in job["steps"] if "--shard" in step.get("run", "")]
        fill = lambda shard: command.replace("${{ matrix.shard }}", str(shard)).replace("${{ strategy.job-total }}", str(len(shards)))
        self.assertNotIn("${{", fill(1))
        for shard in shards:
            self.shell(fill(shard))
        self.verify()

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_gitlab(self):
        job = yaml.safe_load(self.yaml[1])["handouts"]
        command, = [line for line in job["script"] if "--shard" in line]
        self.run_jobs(command, [{"CI_NODE_INDEX": str(k), "CI_NODE_TOTAL": str(job["parallel"])} for k in range(1, job["parallel"] + 1)])

    @unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
    def test_kubernetes(self):
        manifest = yaml.safe_load(self.yaml[2])
        self.assertEqual((manifest["apiVersion"], manifest["kind"]), ("batch/v1", "Job"))
        spec = manifest["spec"]
        container, = spec["template"]["spec"]["containers"]
        env = {variable["name"]: variable["value"] for variable in container["env"]}
        self.assertEqual(spec["completionMode"], "Indexed")
        self.assertEqual(env, {"JOB_COMPLETIONS": str(spec["completions"])})
        command = shlex.join([*container["command"], *container["args"]])
        self.run_jobs(command, [{**env, "JOB_COMPLETION_INDEX": str(k)} for k in range(spec["completions"])])
