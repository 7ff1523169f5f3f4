"""`--format`: reports for machines, each judged by what others say it is. SARIF by its JSON Schema and JUnit by the XSD of
Jenkins' xUnit plugin (tests/fixtures/reports), json by what `handout schema report` prints, workflow commands by a reader
written here from GitHub's documentation of them ("Workflow commands for GitHub Actions": one command a line, `::name
key=value,key=value::message`; %25, %0D, %0A stand for %, CR, LF, and in values %3A and %2C for colon and comma)."""

import json
import os
import pty
import re
import signal
import subprocess
import time
import unittest
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote_to_bytes

from cases.support import FIXTURES, HANDOUT, ROOT, TOPICS, Case, definition

try:
    import jsonschema
except ImportError:
    jsonschema = None

FORMATS = ["text", "json", "github", "sarif", "junit"]
HOSTILE = "a,b:c%41\n::error::x \x1b[31m\udcff\u202e&<\">' .md"
SMALL_DISK = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"]  # a PDF does not fit
PLAIN = re.compile(r"\x1b\[[0-9;]*m")
TEXT = re.compile(r"^(.+?)(?::(\d+))?(?::(\d+))?: (error|warning|note): (.*) \[([a-z-]+)\]$", re.M)


def closed(schema):
    """The schema with no members but those that it names."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if "properties" in schema and schema.get("type") == "object":
            schema["additionalProperties"] = False
    elif isinstance(schema, list):
        schema = [closed(value) for value in schema]
    return schema


def workflow_commands(text):
    """The commands of a log as (name, properties, message), and the other lines."""
    commands, others = [], []
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"::(\w+)( [^:]*)?::(.*)", line)
        if not match:
            others.append(line)
            continue
        properties = {}
        for part in (match[2] or "").strip(" ").split(","):
            key, _, value = part.partition("=")
            for mark in ("%3A", "%2C", "%0D", "%0A", "%25"):
                value = value.replace(mark, unquote_to_bytes(mark).decode())
            properties[key] = value
        message = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        commands.append((match[1], properties, message))
    return commands, others


class Reports(Case):
    def report(self, format, command, *args, status=None, **more):
        """A report, from the stream that it is on; nothing else is told."""
        done = self.handout(command, *args, "--format", format, **more)
        if status is not None:
            self.assertEqual(done.status, status, done)
        text, other = (done.out, done.err) if command == "check" else (done.err, done.out)
        if command == "check" and format != "text":
            self.assertEqual(other, "", done)
        return text, done.status

    def lines(self, text):
        lines = [json.loads(line) for line in text.splitlines()]
        if jsonschema:
            schema = closed(json.loads(self.expect(0, "schema", "report").out))
            jsonschema.Draft202012Validator.check_schema(schema)
            judge = jsonschema.Draft202012Validator(schema)
            for line in lines:
                self.assertEqual([error.message[:300] for error in judge.iter_errors(line)], [], line)
        self.assertEqual((lines[0]["type"], lines[-1]["type"]), ("run", "summary"))
        numbers = [line["number"] for line in lines if line["type"] == "diagnostic"]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        for line in lines:
            self.assertLessEqual(set(line.get("diagnostics", [])), set(numbers))
        return lines

    def sarif(self, text):
        log = json.loads(text)
        if jsonschema:
            schema = json.loads((FIXTURES / "reports/sarif-2.1.0.json").read_text())
            judge = jsonschema.Draft202012Validator(schema)
            self.assertEqual([f"{error.json_path}: {error.message[:300]}" for error in judge.iter_errors(log)], [])
        run, = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(rules, sorted(rules, key=lambda rule: rule["id"]))
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            place, = [location["physicalLocation"] for location in result["locations"]]
            self.assertRegex(place["artifactLocation"]["uri"], r"^(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$")
            self.assertEqual("uriBaseId" in place["artifactLocation"], not place["artifactLocation"]["uri"].startswith("file:"))
        prints = [result["partialFingerprints"]["handoutFinding/v1"] for result in run["results"]]
        self.assertEqual(len(prints), len(set(prints)))
        return run

    def junit(self, text):
        self.write("report.xml", text)
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", FIXTURES / "reports/junit-10.xsd", self.dir / "report.xml"],
            capture_output=True, text=True, env=self.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        root = ElementTree.fromstring(text.encode())
        for suite in [root, *root.iter("testsuite")]:
            self.assertEqual([suite.get(name) for name in ("tests", "failures", "errors")],
                [str(len(list(suite.iter(name)))) for name in ("testcase", "failure", "error")])
        return root

    def judge(self, format, text):
        """Reads a report as its reader would."""
        return {"text": TEXT.findall, "json": self.lines, "github": workflow_commands, "sarif": self.sarif, "junit": self.junit}[format](text)

    def faulty(self):
        """Two topics with a shared mistake, and one of them with one of its own, in two languages."""
        self.project("alpha", "beta")
        self.judged()
        self.write("content/en/shared/risks-and-cost.md", "# Risks and cost\n\nIt may not work: {{no.such}} thing.\n")
        self.write("content/en/beta/in-short.md", "# In short\n\n> [!WARNIG]\n> Go: 100%.\n")


class Formats(Reports):
    def places(self, format, text):
        """What a report tells, in a form that all formats have: severity, code, file, line, column."""
        found = self.judge(format, text)
        if format == "text":
            return [(severity, code, file, line, column) for file, line, column, severity, _, code in found]
        if format == "json":
            return [(line["severity"], line["code"], line.get("file", "handout"), str(line.get("line", "")), str(line.get("column", "")))
                for line in found if line["type"] == "diagnostic"]
        if format == "github":
            return [(name.replace("notice", "note"), properties["title"], properties.get("file", "handout"), properties.get("line", ""),
                properties.get("col", "")) for name, properties, _ in found[0]]
        if format == "junit":
            told = []
            for element in found.iter():
                if element.tag in ("failure", "error", "system-out"):
                    told += [place for place in self.places("text", element.text)]
            return told
        told = []
        for result in found["results"]:
            place = result["locations"][0]["physicalLocation"]
            region = place.get("region", {})
            told.append((result["level"], result["ruleId"], place["artifactLocation"]["uri"], str(region.get("startLine", "")),
                str(region.get("startColumn", ""))))
        return told

    def test_all_formats_tell_the_same(self):
        self.faulty()
        for command in ("check", "build"):
            expected = self.places("text", self.report("text", command, status=1)[0])
            self.assertEqual(len(set(expected)), len(expected))
            self.assertGreaterEqual(len(expected), 2)
            for format in FORMATS[1:]:
                with self.subTest(command=command, format=format):
                    told = self.places(format, self.report(format, command, status=1)[0])
                    self.assertEqual(*map(sorted, (set(told), set(expected))) if format == "junit" else (told, expected))

    def test_the_number_of_workers_does_not_matter(self):
        for format in FORMATS:
            for command in ("check", "build"):
                one, four = (self.report(format, command, "-l", "all", "-j", jobs, *(["--force", "-o", self.dir] if command == "build" else []), cwd=ROOT,
                    status=0)[0] for jobs in (1, 4))
                self.assertEqual(one, four)
                self.judge(format, one)

    def test_exit_statuses_are_those_of_text(self):
        self.faulty()
        os.symlink("/dev/null", self.dir / "null")
        for args in (["build", "alpha"], ["build", "nobody"], ["check", "beta", "nobody"], ["build", "--content", "nowhere"],
            ["check", ROOT / "content/handouts/tendonitis.yaml", "-C", ROOT / "content", "--deny", "warnings"],
            ["build", "oa", "-C", ROOT / "content", "-o", "null/x"], ["build", "-l", "xx"], ["check", "-s", "none"]):
            expected = self.handout(*args).status
            for format in FORMATS[1:]:
                with self.subTest(args=args, format=format):
                    text, status = self.report(format, *args)
                    self.assertEqual(status, expected)
                    report = self.judge(format, text)
                    if format == "json":
                        self.assertEqual(report[-1]["status"], expected)
                    if format == "sarif":
                        self.assertEqual(report["invocations"][0]["exitCode"], expected)
                    if format == "junit":
                        failed = report.findall(".//failure") + report.findall(".//error")
                        self.assertEqual(bool(failed), expected != 0)

    def test_a_mistake_on_the_command_line_is_plain(self):
        self.project("alpha", "beta")
        for format in FORMATS:
            done = self.expect(2, "build", "-o", "one.pdf", "--format", format)
            self.assertEqual(done.err, "handout: several handouts cannot go into one file, 'one.pdf' (name a folder)\n"
                "Try 'handout build --help' for more information.\n")
            self.assertEqual(done.out, "")

    def test_nothing_to_report_and_nothing_to_do(self):
        self.project("alpha")
        for format in FORMATS[1:]:
            for command in ("check", "build"):
                if command == "check":
                    self.judged()
                report = self.judge(format, self.report(format, command, "--shard", "2/2", status=0)[0])
                if format == "json":
                    self.assertEqual([line["type"] for line in report], ["run", "summary"])
                if format == "sarif":
                    self.assertEqual((report["results"], report["tool"]["driver"]["rules"]), ([], []))
                if format == "junit":
                    self.assertEqual([case.get("name") for case in report.iter("testcase")], ["material"])
        self.write("bare.md", "# One\n\nTwo three.\n")
        for format in FORMATS[1:]:
            report = self.judge(format, self.report(format, "build", "bare.md", "-o", "bare.pdf", status=0)[0])
            if format == "sarif":
                self.assertEqual(report["results"], [])
            if format == "github":
                self.assertEqual(report, ([], []))

    def test_quiet_and_denied(self):
        """What --quiet hides is nowhere, unless it fails the run; then it is a failure."""
        for format in FORMATS[1:]:
            args = ["oa", "-C", ROOT / "content", "--root", ROOT]
            quiet = self.places(format, self.report(format, "check", *args, "-q", status=0)[0])
            self.assertEqual(quiet, [])
            denied = self.places(format, self.report(format, "check", *args, "-q", "--deny", "warnings", status=3)[0])
            self.assertEqual([(severity, code) for severity, code, *_ in denied], [("warning", "not-reviewed")])
        root = self.junit(self.report("junit", "check", *args, "--deny", "warnings")[0])
        case, = root.findall(".//testcase[failure]")
        self.assertEqual((case.get("classname"), case.get("name")), ("handout.en.standard", "osteoarthritis-en"))
        self.assertEqual(case.find("failure").get("type"), "not-reviewed")
        self.assertIn("note: ", case.find("system-out").text)
        github = self.report("github", "check", *args, "--deny", "warnings")[0]
        self.assertEqual(workflow_commands(github)[1], ["handout: the run fails because warnings are denied"])

    def test_dropped_diagnostics_are_counted(self):
        self.write("many.md", "# Many\n\n" + "{{no.such}}\n\n" * 1200)
        for format in FORMATS[1:]:
            report = self.judge(format, self.report(format, "build", "many.md", status=1)[0])
            if format == "json":
                self.assertEqual(report[-1]["errors"], 1200)
                self.assertIn("diagnostics-dropped", [line.get("code") for line in report])
            if format == "sarif":
                self.assertEqual(len(report["results"]), 1001)
            if format == "junit":
                self.assertEqual(len(report.findall(".//failure")), 1)

    def test_a_report_that_is_lost_is_a_failure(self):
        for format in FORMATS[1:]:
            for command, stream in (("check", "stdout"), ("build", "stderr")):
                with open("/dev/full", "wb") as full, self.subTest(format=format, command=command):
                    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {stream: full}
                    done = subprocess.run([HANDOUT, command, "no-such-topic", "--format", format], cwd=ROOT, env=self.environment(), **streams)
                    self.assertEqual(done.returncode, 4)

    def test_an_ended_run_leaves_nothing_half_written(self):
        for format in ("json", "sarif", "junit"):
            with open(self.dir / "report", "w+b") as report:
                process = subprocess.Popen([HANDOUT, "check", "-l", "all", "-s", "standard,large-print,ink-saver,pocket", "-j", "2", "--format", format],
                    cwd=ROOT, env=self.environment(), stdout=report, stderr=subprocess.PIPE)
                deadline = time.monotonic() + 30
                while format == "json" and report.seek(0, 2) == 0 and time.monotonic() < deadline:
                    time.sleep(0.001)
                time.sleep(0.05)
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate()
                self.assertEqual(process.returncode, -signal.SIGINT, "it was too fast to be stopped")
                report.seek(0)
                text = report.read().decode()
            self.assertEqual(errors, b"")
            if format == "json":
                self.assertTrue(text.endswith("\n"))
                self.assertEqual([json.loads(line)["type"] for line in text.splitlines()][:1], ["run"])
            else:
                self.assertEqual(text, "")


class Hostile(Reports):
    """Names and texts that could break out of a format."""

    def setUp(self):
        super().setUp()
        (self.dir / HOSTILE).write_bytes(("# A\n\n> [!W%0A::error::x,y:\u202e\"<&>\x07]\n> Text\u200b.\n\nSee {{no.\u2028such]]>}} and\x0b <b>&amp;</b>.\n").encode())

    def test_every_format_holds(self):
        for command in ("build", "check"):
            for format in FORMATS:
                with self.subTest(command=command, format=format):
                    text, _ = self.report(format, command, HOSTILE, "--root", ROOT, status=1)
                    self.assertIsInstance(text, str, "it is not UTF-8")
                    self.assertEqual(re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2028]", text), [])
                    self.assertTrue(self.judge(format, text))

    def test_json_has_the_name(self):
        lines = self.lines(self.report("json", "build", HOSTILE, "--root", ROOT)[0])
        name = HOSTILE.replace("\udcff", "\ufffd")
        self.assertEqual({line["file"] for line in lines if line["type"] == "diagnostic"}, {name})
        self.assertEqual([line["source"] for line in lines if line["type"] == "result"], [name])

    def test_sarif_has_the_name(self):
        run = self.sarif(self.report("sarif", "build", HOSTILE, "--root", ROOT)[0])
        for result in run["results"]:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            self.assertEqual(unquote_to_bytes(uri), os.fsencode(HOSTILE))

    def test_github_gets_no_command_of_others(self):
        commands, others = workflow_commands(self.report("github", "build", HOSTILE, "--root", ROOT)[0])
        self.assertEqual(others, [])
        shown = HOSTILE.replace("\x1b", "\\x1b").replace("\udcff", "\\xff").replace("\u202e", "\\u202e")
        for _, properties, _ in commands:
            self.assertEqual(properties["file"], shown)
            self.assertLessEqual(set(properties), {"file", "line", "endLine", "col", "endColumn", "title"})

    def test_names_that_xml_cannot_have(self):
        name = "nul\ufffe\uffff.md"
        self.write(name, "# A\n\n{{no.such}}\n")
        self.assertIn("\ufffd\ufffd", self.junit(self.report("junit", "build", name, "--root", ROOT, status=1)[0]).find(".//failure").text)


class Json(Reports):
    def test_results(self):
        self.faulty()
        self.write("content/en/alpha/in-short.md", "# In short\n\n<i>Fine</i>.\n")
        self.write("content/en/shared/risks-and-cost.md", "# Risks and cost\n\nIt may <b>not</b> work.\n")
        lines = self.lines(self.report("json", "build", "alpha", "beta", "nobody", "-o", "out", status=1)[0])
        results = {line["result"]: line for line in lines if line["type"] == "result"}
        diags = {line["number"]: line for line in lines if line["type"] == "diagnostic"}
        pdf = self.dir / "out/alpha-en.pdf"
        self.assertEqual({**results["alpha-en"], "diagnostics": None}, {"type": "result", "result": "alpha-en", "handout": "alpha",
            "source": "content/handouts/alpha.yaml", "language": "en", "style": "standard", "status": "built", "pages": 2,
            "bytes": pdf.stat().st_size, "file": "out/alpha-en.pdf", "diagnostics": None})
        self.assertEqual(results["beta-en"]["status"], "failed")
        self.assertNotIn("file", results["beta-en"])
        shared = [number for number, diag in diags.items() if diag.get("file") == "content/en/shared/risks-and-cost.md" and
            diag["code"] == "html-dropped"]
        self.assertEqual(len(shared), 1)
        for result in results.values():
            self.assertLessEqual(set(shared), set(result["diagnostics"]), "what is told once concerns both")
        self.assertEqual({diags[number]["result"] for number in shared}, {"alpha-en"})
        own = {diags[number]["file"].split("/")[2] for number in results["beta-en"]["diagnostics"] if "file" in diags[number]}
        self.assertEqual(own, {"beta", "shared"}, "what concerns others is not its own")
        unknown, = [diag for diag in diags.values() if diag["code"] == "topic-unknown"]
        self.assertNotIn("result", unknown)
        self.assertEqual((lines[-1]["asked"], lines[-1]["good"], lines[-1]["status"]), (3, 1, 1))

    def test_figures_are_those_of_the_table(self):
        text = self.expect(0, "check", "-l", "all", "oa", cwd=ROOT).out
        table = [[float(number.rstrip("%")) for number in re.findall(r"-?\d+(?:\.\d+)?%?", row)]
            for row in re.findall(r"^  the whole +(.*)$", text, re.M)]
        lines = self.lines(self.report("json", "check", "-l", "all", "oa", cwd=ROOT)[0])
        figures = [line for line in lines if line["type"] == "figures"]
        self.assertEqual([list(line["whole"].values()) for line in figures], table)
        self.assertEqual([len(line["sections"]) for line in figures], [10, 10])
        quiet = self.lines(self.report("json", "check", "-l", "all", "oa", "-q", cwd=ROOT)[0])
        self.assertEqual({line["type"] for line in quiet}, {"run", "result", "summary"})
        self.assertEqual({line["status"] for line in quiet if line["type"] == "result"}, {"checked"})

    def test_a_pdf_and_its_report(self):
        done = self.expect(0, "build", "oa", "-o", "-", "--format", "json", cwd=ROOT)
        self.assertTrue(done.out.startswith(b"%PDF"))
        result, = [line for line in self.lines(done.err) if line["type"] == "result"]
        self.assertEqual((result["bytes"], result["status"]), (len(done.out), "built"))
        self.assertNotIn("file", result)

    def test_places(self):
        self.write("x.md", "# É\n\né é {{no.such}}\n")
        diag, = [line for line in self.lines(self.report("json", "build", "x.md", "--root", ROOT)[0]) if line.get("severity") == "error"]
        self.assertEqual((diag["line"], diag["column"], diag["width"], diag["excerpt"]), (3, 5, 11, "é é {{no.such}}"))
        self.assertEqual((diag["result"], diag["source"], diag["machine"]), ("x-en", "x.md", False))

    def test_the_manual_has_every_member(self):
        manual = re.sub(r"\\f[BIR]|\\&|[,;]", " ", (ROOT / "src/run/handout.1").read_text())
        section = manual[manual.index(".SS JSON"):manual.index(".SH DIAGNOSTICS")]
        for kind, schema in json.loads(self.expect(0, "schema", "report").out)["$defs"].items():
            if kind == "reading":
                continue
            entry = section[section.index(f".B {kind}\n"):]
            entry = entry[:entry.find(".TP") if ".TP" in entry else None] + section[:section.index(".TP")]
            for name in schema["properties"]:
                self.assertRegex(entry, rf"\b{name}\b", f"{kind}: {name} is not in src/run/handout.1")


class Github(Reports):
    def test_annotations(self):
        self.write("x.md", "# A\n\n100% of {{no.such}}: <b>x</b>\n")
        text = self.report("github", "build", "x.md", "--root", ROOT, status=1)[0]
        line = next(line for line in text.splitlines() if line.startswith("::error"))
        self.assertRegex(line, r"^::error file=x\.md,line=3,endLine=3,col=9,endColumn=20,title=variable-unknown::")

    def test_paths_are_those_of_the_workspace(self):
        self.write("repo/docs/x.md", "{{no.such}}\n")
        (self.dir / "link").symlink_to("repo")
        args = ["build", "./../docs/x.md", "--root", ROOT]
        for workspace, expected in ((None, "x.md"), (self.dir / "repo", "docs/x.md"), (self.dir / "link", "docs/x.md"),
            (f"{self.dir}/./repo//", "docs/x.md"), (self.dir / "elsewhere", str(self.dir / "repo/docs/x.md")), ("", "x.md")):
            with self.subTest(workspace=workspace):
                env = {"GITHUB_WORKSPACE": None if workspace is None else str(workspace)}
                text, _ = self.report("github", *args, cwd=self.dir / "repo/docs", env=env)
                self.assertEqual(workflow_commands(text)[0][0][1]["file"], expected)
                text, _ = self.report("sarif", *args, cwd=self.dir / "repo/docs", env=env)
                uri = self.sarif(text)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                self.assertEqual(uri, expected if not expected.startswith("/") else "file://" + expected)


class Sarif(Reports):
    def test_results(self):
        self.write("x.md", "# A\n\né\t{{no.such}}: <b>x</b>\n")
        run = self.sarif(self.report("sarif", "build", "x.md", "--root", ROOT, status=1)[0])
        self.assertEqual(run["columnKind"], "unicodeCodePoints")
        result, = [result for result in run["results"] if result["ruleId"] == "variable-unknown"]
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(place["region"], {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 14, "snippet": {"text": "{{no.such}}"}})
        self.assertEqual(place["contextRegion"], {"startLine": 3, "snippet": {"text": "é\t{{no.such}}: <b>x</b>"}})
        self.assertEqual(result["properties"], {"handouts": ["x-en"]})
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        self.assertEqual((rule["name"], rule["shortDescription"]["text"], rule["defaultConfiguration"]["level"]),
            ("VariableUnknown", "There is no such variable.", "error"))
        self.assertEqual(run["invocations"][0]["executionSuccessful"], True, "a mistake in a text is what it is for")

    def test_rules_are_explained(self):
        run = self.sarif(self.report("sarif", "check", "oa", cwd=ROOT, status=0)[0])
        rule, = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "not-reviewed"]
        self.assertEqual(rule["help"]["text"], "No patient should rely on a draft. What to do: have it reviewed, then set its status. "
            "Basis: EQIP; DISCERN 5. See handout-check(5).")

    def test_faults_of_the_machine_are_notifications(self):
        self.project("alpha")
        run = self.sarif(self.report("sarif", "build", status=4, wrap=SMALL_DISK)[0])
        self.assertEqual(run["results"], [])
        invocation, = run["invocations"]
        notification, = invocation["toolExecutionNotifications"]
        self.assertEqual((notification["descriptor"]["id"], notification["level"]), ("file-unwritable", "error"))
        self.assertEqual((invocation["executionSuccessful"], invocation["exitCode"]), (False, 4))

    def test_what_stands_nowhere_is_a_notification(self):
        self.project("alpha")
        run = self.sarif(self.report("sarif", "build", "nobody", status=1)[0])
        self.assertEqual(run["results"], [])
        self.assertEqual([told["descriptor"]["id"] for told in run["invocations"][0]["toolExecutionNotifications"]], ["topic-unknown"])
        self.assertFalse(run["invocations"][0]["executionSuccessful"])

    def test_fingerprints_outlive_moved_lines(self):
        self.write("x.md", "# A\n\n{{no.such}} and {{no.such}}\n\n- <b>x</b>\n\n{{no.such}} and {{no.such}}\n")
        def prints():
            results = self.sarif(self.report("sarif", "build", "x.md", "--root", ROOT)[0])["results"]
            return [(result["ruleId"], result["partialFingerprints"]["handoutFinding/v1"]) for result in results], \
                [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results]
        before, lines = prints()
        self.write("x.md", "# A\n\nNew.\n\n{{no.such}} and {{no.such}}\n\n  - <b>x</b>\n\n{{no.such}} and {{no.such}}\n")
        after, moved = prints()
        self.assertEqual(before, after)
        self.assertEqual([line + 2 for line in lines], moved)
        self.write("x.md", "# A\n\n{{no.such}} or {{no.such}}\n\n- <b>x</b>\n\n{{no.such}} and {{no.such}}\n")
        self.assertNotEqual(before, prints()[0])


class Junit(Reports):
    def test_cases(self):
        self.faulty()
        root = self.junit(self.report("junit", "check", "alpha", "beta", "nobody", "-s", "standard,pocket", status=1)[0])
        self.assertEqual([suite.get("name") for suite in root], ["material", "en"])
        cases = {(case.get("classname"), case.get("name")): case for case in root.iter("testcase")}
        self.assertEqual(list(cases), [("handout", "material"), ("handout.en.standard", "alpha-en"), ("handout.en.pocket", "alpha-en-pocket"),
            ("handout.en.standard", "beta-en"), ("handout.en.pocket", "beta-en-pocket")])
        self.assertEqual(cases["handout", "material"].find("failure").get("type"), "topic-unknown")
        for case in list(cases.values())[1:]:
            self.assertIn("[variable-unknown]", case.find("failure").text, "a shared mistake fails each")
        failure = cases["handout.en.standard", "beta-en"].find("failure")
        self.assertIn("unknown call-out 'WARNIG'", failure.text)
        self.assertIn("\n  3 | > [!WARNIG]\n    |     ^^^^^^\n", failure.text)

    def test_faults_of_the_machine_are_errors(self):
        self.project("alpha")
        root = self.junit(self.report("junit", "build", status=4, wrap=SMALL_DISK)[0])
        self.assertEqual(root.find(".//testcase[@name='alpha-en']/error").get("type"), "file-unwritable")
        self.assertEqual(root.findall(".//failure"), [])


class Colors(Reports):
    def on_terminal(self, **env):
        """What the program writes on a terminal as standard error."""
        self.write("x.md", "{{no.such}} and <b>x</b>\n")
        master, slave = pty.openpty()
        process = subprocess.Popen([HANDOUT, "build", "x.md", "--root", ROOT, *env.pop("args", [])], cwd=self.dir, stderr=slave,
            stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=self.environment(env))
        os.close(slave)
        text = b""
        while True:
            try:
                block = os.read(master, 4096)
            except OSError: # the other end was closed
                break
            if not block:
                break
            text += block
        process.wait()
        os.close(master)
        return text.decode().replace("\r\n", "\n")

    def test_terminals_have_colors(self):
        plain = self.on_terminal(TERM="dumb")
        self.assertNotIn("\x1b", plain)
        colored = self.on_terminal(TERM="xterm")
        self.assertEqual(PLAIN.sub("", colored), plain)
        self.assertIn("\x1b[1mx.md:1:1:\x1b[m \x1b[1;31merror:\x1b[m ", colored)
        self.assertIn("\x1b[1;35mwarning:\x1b[m ", colored)
        self.assertIn("    | \x1b[1;31m^^^^^^^^^^^\x1b[m\n", colored)
        for env in ({"NO_COLOR": "1"}, {"TERM": None}, {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, {"args": ["--format", "json"]}):
            self.assertNotIn("\x1b", self.on_terminal(**({"TERM": "xterm"} | env)), env)
        self.assertIn("\x1b", self.on_terminal(TERM="xterm", NO_COLOR=""))

    def test_pipes_have_none_unless_forced(self):
        self.write("x.md", "{{no.such}}\n")
        run = lambda **env: self.handout("build", "x.md", "--root", ROOT, env=env).err
        self.assertNotIn("\x1b", run(TERM="xterm"))
        self.assertNotIn("\x1b", run(TERM="xterm", CLICOLOR_FORCE="0"))
        self.assertIn("\x1b[1;31m", run(CLICOLOR_FORCE="1"))
        self.assertEqual(PLAIN.sub("", run(CLICOLOR_FORCE="1")), run())
