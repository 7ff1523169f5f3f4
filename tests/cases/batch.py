"""Batches: make's jobserver, limits on time and memory, processes that are killed, full disks, progress."""

import errno
import fcntl
import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest
from pathlib import Path

from cases.build import AS_OTHERS
from cases.support import HANDOUT, MEASURES_MEMORY, SLOWNESS, VARIANT, Case, definition

LINUX = sys.platform == "linux"
MAKE = os.environ.get("MAKE_COMMAND", "make")

# What a recipe runs: counts the tokens, starts the program, counts again, and says how many workers there were.
RECIPE = """\
import json, os, sys
sys.path.insert(0, {tests!r})
from cases.batch import find_pipe, tokens_in, watch
pipe = find_pipe(os.environ["MAKEFLAGS"])
before = tokens_in(pipe)
status, most = watch(sys.argv[2:], close_fds=False)
print(json.dumps([before, tokens_in(pipe), status, most]), file=open(sys.argv[1], "w"))
"""


def find_pipe(makeflags):
    """The read and the write end of the jobserver, the first opened anew so that it can be set not to wait."""
    value = re.findall(r"--jobserver-auth=(\S+)", makeflags)[-1]
    if value.startswith("fifo:"):
        return os.open(value[5:], os.O_RDONLY | os.O_NONBLOCK), os.open(value[5:], os.O_WRONLY)
    ends = value.split(",")
    return os.open(f"/proc/self/fd/{ends[0]}", os.O_RDONLY | os.O_NONBLOCK), int(ends[1])


def tokens_in(pipe):
    """The tokens that nobody has, sorted; they stay there."""
    found = b""
    try:
        found = os.read(pipe[0], 1000)
    except BlockingIOError:
        pass
    os.write(pipe[1], found)
    return sorted(found)


def children(pid):
    """The living children of a process."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[1] == str(pid) and fields[0] != "Z":
                found.append(int(entry))
    return sorted(found)


def watch(command, **more):
    """Runs a program to its end. Returns its status, and the largest number of children that it had at once."""
    process = subprocess.Popen(command, **more)
    most = 0
    while process.poll() is None:
        most = max(most, len(children(process.pid)))
    return process.returncode, most


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


class Batch(Case):
    """A project with small topics, and perhaps one that keeps a worker busy."""

    in_memory = False  # where disks do not matter, they need not be waited for

    def setUp(self):
        super().setUp()
        if self.in_memory and os.access("/dev/shm", os.W_OK):
            self.dir = Path(tempfile.mkdtemp(prefix="handout-test-", dir="/dev/shm"))
            self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def topics(self, count, words=200):
        self.project()
        for i in range(count):
            self.write(f"content/handouts/t{i:02}.yaml", definition(f"t{i:02}"))
            self.write(f"content/en/t{i:02}/in-short.md", "# In short\n\n" + f"Some words for number {i}. " * words + "\n")

    def heavy(self, name="heavy.md"):
        """A file that takes seconds, and more than a GB."""
        self.write(name, "# Heavy\n\n" + "- a\n" * 300_000)

    def start(self, *args, env=None, **more):
        """Starts the program, which is to be at work: `build` passes over nothing that is up to date."""
        more.setdefault("stderr", subprocess.PIPE)
        if args[0] == "build":
            args = (*args, "--force")
        return subprocess.Popen([HANDOUT, *map(str, args)], cwd=self.dir, env=self.environment(env), **more)

    def until(self, condition, what, seconds=20):
        """Waits for something that is about to happen, and returns it."""
        deadline = time.time() + seconds * SLOWNESS
        while time.time() < deadline:
            found = condition()
            if found:
                return found
            time.sleep(0.002)
        self.fail(f"waited in vain: {what}")

    def worker_of(self, process, number=1):
        return self.until(lambda: len(children(process.pid)) >= number and children(process.pid), "workers")

    def kill_at_work(self, workers, number):
        """Kills workers that have been given tasks, and not yet said that these are done."""
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        time.sleep(0.1)
        for worker in workers:
            os.kill(worker, number)
            send(worker, signal.SIGCONT)

    def finish(self, process, status):
        err = process.communicate(timeout=60 * SLOWNESS)[1]
        err = err.decode() if isinstance(err, bytes) else err
        self.assertEqual(process.returncode, status, err)
        return err

    def pdfs(self, folder="build/handouts"):
        return {path.name: path.read_bytes() for path in sorted((self.dir / folder).glob("*.pdf"))}

    def assert_tidy(self, folder="build/handouts"):
        self.assertEqual([name for name in self.files(folder) if not name.endswith(".pdf")], [])


@unittest.skipUnless(LINUX, "it is looked at by way of /proc")
class Jobserver(Batch):
    in_memory = True

    def setUp(self):
        super().setUp()
        self.topics(80)

    def pipe(self, tokens):
        read, write = os.pipe()
        self.addCleanup(os.close, read)
        self.addCleanup(os.close, write)
        os.write(write, tokens)
        return read, write

    def run_with(self, makeflags, *args, pipe=(), status=0):
        """Builds all; returns the largest number of workers that were seen, and standard error."""
        with open(self.dir / "err", "w") as err:
            found, most = watch([HANDOUT, "build", "--force", *args], cwd=self.dir, env=self.environment({"MAKEFLAGS": makeflags}),
                pass_fds=pipe, stderr=err)
        self.assertEqual(found, status, self.read("err"))
        return most, self.read("err")

    def left(self, pipe):
        os.set_blocking(pipe[0], False)
        return bytes(tokens_in(pipe))

    def test_each_worker_but_one_needs_a_token(self):
        for tokens, option in ((b"", "auth"), (b"x", "auth"), (b"zxy", "auth"), (b"+a", "fds")):
            with self.subTest(tokens):
                pipe = self.pipe(tokens)
                flags = f"kw -j4 --jobserver-auth=98,99 --jobserver-{option}={pipe[0]},{pipe[1]} -- A=--jobserver-auth=96,97"
                most, err = self.run_with(flags, "-v", pipe=pipe)
                self.assertEqual(most, 1 + len(tokens), err)
                self.assertNotIn("jobserver", err)
                self.assertTrue(os.get_blocking(pipe[0]), "the descriptor is shared with make")
                self.assertEqual(self.left(pipe), bytes(sorted(tokens)))

    def test_a_fifo(self):
        os.mkfifo(self.dir / "fifo")
        pipe = os.open(self.dir / "fifo", os.O_RDWR | os.O_NONBLOCK)
        self.addCleanup(os.close, pipe)
        os.write(pipe, b"ab")
        most, err = self.run_with(f" -j3 --jobserver-auth=fifo:{self.dir}/fifo")
        self.assertEqual(most, 3, err)
        self.assertEqual(bytes(tokens_in((pipe, pipe))), b"ab")

    def test_tokens_may_come_later(self):
        pipe = self.pipe(b"")
        process = self.start("build", env={"MAKEFLAGS": f"-j2 --jobserver-auth={pipe[0]},{pipe[1]}"}, pass_fds=pipe)
        worker = self.worker_of(process)[0]
        os.kill(worker, signal.SIGSTOP)
        os.write(pipe[1], b"q")
        self.worker_of(process, 2)
        self.until(lambda: children(process.pid) == [worker], "the end of the second worker")
        self.until(lambda: self.left(pipe) == b"q", "the token, given back while another worker is still busy")
        os.kill(worker, signal.SIGCONT)
        self.finish(process, 0)
        self.assertEqual(self.left(pipe), b"q")

    def test_a_jobserver_out_of_reach_leaves_one_worker(self):
        pipe = self.pipe(b"abc")
        with open(self.dir / "file", "w+") as file:
            for value in ("-2,-2", "98,99", f"{file.fileno()},{file.fileno()}", f"{pipe[1]},{pipe[0]}", "fifo:/nonexistent",
                    f"fifo:{self.dir}/file", "fifo:", "sem:x", "3", f"{pipe[0]},"):
                with self.subTest(value):
                    flags = f" -j8 --jobserver-auth={value}"
                    most, err = self.run_with(flags, "-v", pipe=(*pipe, file.fileno()))
                    self.assertEqual(most, 1)
                    self.assertIn("the jobserver of make cannot be reached", err)
        self.assertNotIn("jobserver", self.run_with(" -j8 --jobserver-auth=-2,-2")[1])
        self.assertEqual(self.left(pipe), b"abc")

    def test_an_explicit_number_wins(self):
        pipe = self.pipe(b"")
        self.assertEqual(self.run_with(f" -j2 --jobserver-auth={pipe[0]},{pipe[1]}", "-j3", pipe=pipe)[0], 3)

    def test_tokens_come_back_whoever_is_killed(self):
        for whom, number in (("parent", signal.SIGTERM), ("group", signal.SIGINT), ("worker", signal.SIGKILL),
                ("parent", signal.SIGKILL)):
            with self.subTest(f"{whom} {number}"):
                pipe = self.pipe(b"ab")
                process = self.start("build", env={"MAKEFLAGS": f"-j3 --jobserver-auth={pipe[0]},{pipe[1]}"}, pass_fds=pipe,
                    start_new_session=True)
                workers = self.worker_of(process, 3)
                if whom == "group":
                    os.killpg(process.pid, number)
                elif whom == "worker":
                    self.kill_at_work(workers[1:], number)
                else:
                    os.kill(process.pid, number)
                err = self.finish(process, 1 if whom == "worker" else -number)
                self.assertEqual(err.count("[worker-killed]"), 2 if whom == "worker" else 0)
                self.assertEqual(self.left(pipe), b"ab")

    def test_under_make(self):
        tests = str(Path(__file__).resolve().parent.parent)
        self.write("recipe.py", RECIPE.format(tests=tests))
        line = f"{sys.executable} recipe.py $@.json {HANDOUT} build --force -v -o $@.d 2>$@.err"
        self.write("Makefile", f"one two:\n\t+{line}\nplain:\n\t{HANDOUT} build --force -v -o $@.d 2>$@.err\n")
        for jobs in (2, 3):
            with self.subTest(jobs=jobs):
                done = self.make(f"-j{jobs}", "one")
                before, after, status, most = json.loads(self.read("one.json"))
                self.assertEqual((len(before), status, most), (jobs - 1, 0, jobs), done)
                self.assertEqual(after, before)
                self.assertNotIn("jobserver tokens", done)  # make counts them at its end
        self.assertNotIn("jobserver tokens", self.make("-j3", "one", "two", "plain"))
        self.assertIn("the jobserver of make cannot be reached", self.read("plain.err"))
        self.assertEqual(self.pdfs("one.d"), self.pdfs("plain.d"))

    def make(self, *args):
        done = subprocess.run([MAKE, *args], cwd=self.dir, env=self.environment(), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=60 * SLOWNESS)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout


@unittest.skipUnless(LINUX, "workers are found by way of /proc")
class Limits(Batch):
    in_memory = True

    def test_a_worker_that_hangs_costs_its_handout(self):
        self.topics(20)
        process = self.start("build", "-j2", "--timeout", 1.5 * SLOWNESS)
        os.kill(self.worker_of(process)[0], signal.SIGSTOP)
        err = self.finish(process, 1)
        self.assertRegex(err, r"handout: error: 't\d\d-en.pdf' took more than [\d.]+ s and was given up \(--timeout allows more\) "
            r"\[worker-timeout\]\n")
        self.assertEqual(err.count("[worker-timeout]"), 1)
        self.assertIn("\n19 of 20 handouts, 1 error", err)
        self.assertIn(len(self.pdfs()), (19, 20))  # it may have stood still behind the writing
        self.assert_tidy()

    def test_a_handout_that_takes_too_long(self):
        self.topics(4)
        self.heavy()
        results = set()
        for jobs in (1, 2, 8):
            done = self.expect(1, "build", "t00", "heavy.md", "t01", "nosuch", "t02", "-j", jobs, "-o", f"out{jobs}",
                "--timeout", 0.4 * SLOWNESS)
            self.assertIn("'heavy-en.pdf' took more than", done.err)
            results.add(done.err)
            self.assertEqual(self.files(f"out{jobs}"), ["t00-en.pdf", "t01-en.pdf", "t02-en.pdf"])
        self.assertEqual(len(results), 1)
        done = self.expect(1, "build", "heavy.md", "--timeout", "0.3")
        self.assertIn("took more than 0.3 s", done.err)
        self.judged()
        self.assertIn("[worker-timeout]", self.expect(1, "check", "heavy.md", "t00", "--timeout=0.3").out)

    def test_a_handout_that_takes_too_much_memory(self):
        self.topics(4)
        self.heavy()
        done = self.expect(1, "build", "t00", "heavy.md", "t01", "-j2", "--memory", "300")
        self.assertIn("handout: error: 'heavy-en.pdf' took more than 300 MB of memory and was given up (--memory allows more) "
            "[worker-memory]\n", done.err)
        self.assertEqual(self.files("build/handouts"), ["t00-en.pdf", "t01-en.pdf"])
        if MEASURES_MEMORY:
            self.assertLess(done.memory, 600 * 1024 * 1024)
        self.assertIn("[worker-memory]", self.expect(1, "build", "heavy.md", "--memory", "250").err)

    def test_time_in_which_all_stands_still_does_not_count(self):
        self.topics(30)
        process = self.start("build", "-j2", "--timeout", 1.5 * SLOWNESS, start_new_session=True)
        self.worker_of(process, 2)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(2 * SLOWNESS)
        os.killpg(process.pid, signal.SIGCONT)
        self.assertIn("30 handouts", self.finish(process, 0))

    def test_who_was_killed_and_who_crashed(self):
        self.topics(30)
        for number, code, text in ((signal.SIGKILL, "worker-killed", "was killed from outside"),
                (signal.SIGTERM, "worker-killed", "was killed from outside"), (signal.SIGABRT, "worker-crashed", "report this")):
            with self.subTest(number):
                process = self.start("build", "-j2")
                self.kill_at_work(self.worker_of(process)[:1], number)
                err = self.finish(process, 1)
                self.assertEqual(err.count(f"[{code}]"), 1, err)
                self.assertIn(text, err)
                self.assertEqual("report this as a bug" in err, code == "worker-crashed")
                self.assertIn("29 of 30 handouts", err)
                self.assert_tidy()

    def test_signals_stop_even_a_worker_that_hangs(self):
        self.topics(30)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number):
                process = self.start("build", "-j2", start_new_session=True)
                worker = self.worker_of(process)[0]
                os.kill(worker, signal.SIGSTOP)
                begun = time.time()
                os.killpg(process.pid, number)
                self.assertNotIn("[worker-", self.finish(process, -number))
                self.assertLess(time.time() - begun, 1.5 * SLOWNESS, "workers end at once, and are not killed after a while")
                self.assertEqual(children(process.pid), [])
                self.assert_tidy()


class Killed(Batch):
    """kill -9 of workers and of the leader at random moments, again and again, then a plain run."""

    rounds = 60

    @unittest.skipUnless(LINUX, "workers are found by way of /proc")
    def test_nothing_is_left_half_written(self):
        self.topics(12, words=40)
        self.expect(0, "build", "-o", "calm")
        calm = self.pdfs("calm")
        begun = time.time()
        process = self.start("build", "-j2", "-o", "out", stderr=subprocess.DEVNULL)
        process.wait()
        duration = time.time() - begun
        chance = random.Random(5)
        for round in range(self.rounds):
            process = self.start("build", "-j2", "-o", "out")
            time.sleep(chance.random() * duration)
            workers = children(process.pid)
            send(chance.choice([process.pid, *workers, *workers]), signal.SIGKILL)
            if chance.random() < 0.3:
                send(process.pid, signal.SIGKILL)
            process.communicate()  # ends when the last worker is gone
            for name, data in self.pdfs("out").items():
                self.assertTrue(data == calm[name], f"round {round}: {name} is not whole")
            if chance.random() < 0.2:
                (self.dir / "out" / chance.choice(sorted(calm))).unlink(missing_ok=True)
        self.expect(0, "build", "-j2", "-o", "out")
        self.assertEqual(self.files("out"), sorted(calm))
        self.assertTrue(self.pdfs("out") == calm)


class Disks(Batch):
    def setUp(self):
        super().setUp()
        self.topics(6)

    def test_the_number_of_workers_changes_nothing(self):
        self.write("content/en/t03/in-short.md", "# In short\n\n{{no.such}}\n")
        results = []
        for jobs in (1, 2, 8):
            done = self.expect(1, "build", "-j", jobs, "-o", f"out{jobs}")
            results.append((done.err, self.pdfs(f"out{jobs}")))
        self.assertEqual(len(results[0][1]), 5)
        self.assertTrue(results[0] == results[1] == results[2])

    def test_reports_to_a_full_disk(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([HANDOUT, "build", "-v", "-j2", "--progress=always"], cwd=self.dir, env=self.environment(),
                stderr=full)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(len(self.pdfs()), 6)
            done = subprocess.run([HANDOUT, "build", "--dump=pages", "-j2"], cwd=self.dir, env=self.environment(), stdout=full,
                stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 4)
            self.assertIn("[output-unwritable]", done.stderr)

    def test_a_folder_that_cannot_be_written(self):
        self.expect(0, "build", "-o", "out")
        before = self.pdfs("out")
        os.chmod(self.dir, 0o755)
        os.chmod(self.dir / "out", 0o555)
        self.addCleanup(os.chmod, self.dir / "out", stat.S_IRWXU)
        done = self.expect(4, "build", "-o", "out", "-j2", "--set", "clinic.name=Another", wrap=AS_OTHERS)
        self.assertEqual(done.err.count("[file-unwritable]"), 6)
        self.assertEqual(self.files("out"), sorted(before))
        self.assertTrue(self.pdfs("out") == before)

    def test_files_that_may_not_grow(self):
        """As on a full disk, a write fails in the middle of a file; this can be had anywhere."""
        self.expect(0, "build", "-o", "out")
        before = self.pdfs("out")
        limit = (8192, 8192)
        for names in (sorted(before), []):
            for name in set(before) - set(names):
                (self.dir / "out" / name).unlink()
            process = self.start("build", "-o", "out", "-j2", "--set", "clinic.name=Another",
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
            self.assertEqual(self.finish(process, 4).count("File too large [file-unwritable]"), 6)
            self.assertEqual(self.files("out"), names)
            self.assertTrue(self.pdfs("out") == {name: before[name] for name in names})

    def test_a_small_disk_that_is_full(self):
        (self.dir / "out").mkdir()
        script = f'mount -t tmpfs -o size=64k none out || exit 77; "{HANDOUT}" build -o out -j2; status=$?; ' \
            "find out -type f ! -name '*.pdf' ! -name '*.entry'; for pdf in out/*.pdf; do tail -c 6 $pdf; done; exit $status"
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        try:
            done = subprocess.run(["unshare", "--mount", *user, "sh", "-c", script], cwd=self.dir, env=self.environment(),
                capture_output=True, text=True, errors="replace")
        except FileNotFoundError:
            done = None
        if done is None or done.returncode in (1, 32, 77) and "[file-unwritable]" not in done.stderr:
            print("    no tmpfs can be mounted here; files that may not grow stand for it")
            return
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("No space left on device [file-unwritable]", done.stderr)
        self.assertRegex(done.stdout, r"\A(%%EOF\n)+\Z")


class Screen:
    """What a terminal shows that knows \\r, \\n and "erase to the end of the line"; it is told what it receives."""

    def __init__(self):
        self.lines, self.column, self.drawn = [""], 0, []

    def put(self, text):
        for part in re.findall(r"\x1b\[K|[\r\n]|[^\x1b\r\n]+|.", text):
            line = self.lines[-1]
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.lines.append("")
                self.column = 0
            elif part == "\x1b[K":
                self.lines[-1] = line[:self.column]
                if self.lines[-1]:
                    self.drawn.append(self.lines[-1])
            else:
                self.lines[-1] = line[:self.column] + part + line[self.column + len(part):]
                self.column += len(part)


@unittest.skipUnless(LINUX, "workers are found by way of /proc")
class Progress(Batch):
    in_memory = True
    STATE = r"\d+ of 40 handouts(, [\d.]+ a second, \d+ (s|min|h) left)?"

    def setUp(self):
        super().setUp()
        self.topics(40)
        self.write("content/en/t20/in-short.md", "# In short\n\n" + "Some words. " * 200 + "{{no.such}}\n")

    def on_terminal(self, *args, term="xterm", columns=60, pause=1.0, status=1, **more):
        """Runs the program on a terminal, halts its workers for a while, and returns what it wrote there, the time that it
        took, and the texts of its writes."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        attributes = termios.tcgetattr(follower)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(follower, termios.TCSANOW, attributes)
        begun = time.time()
        more.setdefault("stdout", subprocess.DEVNULL)
        process = self.start(*args, env={"TERM": term, "NO_COLOR": "1"}, stderr=follower, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0), **more)
        os.close(follower)
        writes = []

        def read():
            try:
                while data := os.read(leader, 4096):
                    writes.append(data.decode())
            except OSError as error:
                assert error.errno == errno.EIO

        reader = threading.Thread(target=read)
        reader.start()
        workers = self.worker_of(process)
        for worker in workers:
            send(worker, signal.SIGSTOP)
        time.sleep(pause)
        for worker in workers:
            send(worker, signal.SIGCONT)
        process.wait(60 * SLOWNESS)
        taken = time.time() - begun
        reader.join()
        os.close(leader)
        self.assertEqual(process.returncode, status, "".join(writes))
        return "".join(writes), taken

    def test_a_line_on_a_terminal(self):
        text, taken = self.on_terminal("build", "-v")
        screen = Screen()
        screen.put(text)
        self.assertGreater(len(screen.drawn), 3)
        self.assertLessEqual(len(screen.drawn), taken * 10 + 2)
        for line in screen.drawn:
            self.assertRegex(line, rf"\A{self.STATE}: t\d\d-en.pdf\Z")
            self.assertLess(len(line), 60)
        self.assertNotRegex("\n".join(screen.lines), r"\d of 40 handouts(?!, 1 error in [\d.]+ s)")
        self.assertEqual(sum(bool(re.fullmatch(r"build/handouts/t\d\d-en.pdf: \d pages, \d+ bytes", line))
            for line in screen.lines), 39)
        self.assertIn("content/en/t20/in-short.md:3:2401: error: unknown variable 'no.such' [variable-unknown]", screen.lines)
        self.assertRegex(screen.lines[-2], r"^39 of 40 handouts, 1 error in [\d.]+ s$")
        self.assertEqual(screen.lines[-1], "")
        self.assertNotRegex(text, r"\x1b(?!\[K)")

    def test_a_narrow_terminal(self):
        screen = Screen()
        screen.put(self.on_terminal("build", columns=30)[0])
        self.assertGreater(len(screen.drawn), 3)
        self.assertEqual(max(map(len, screen.drawn)), 29)

    def test_a_terminal_that_cannot_redraw(self):
        text, _ = self.on_terminal("build", term="dumb", pause=1.2)
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\r", text)
        self.assertRegex(text, rf"(?m)^{self.STATE}$")

    def test_quiet_and_never(self):
        for args in (["-q"], ["--progress", "never"], ["-q", "--progress=always"]):
            with self.subTest(args):
                text, _ = self.on_terminal("build", *args, pause=0.4)
                self.assertNotIn("\x1b", text)
                self.assertNotRegex(text, r"a second| in [\d.]+ s\n")

    def test_check_has_it_too(self):
        self.judged()
        with open(self.dir / "findings", "w") as findings:
            text, _ = self.on_terminal("check", stdout=findings)
        self.assertIn(" of 40 handouts", text)
        self.assertTrue(text.endswith("\r\x1b[K"))
        self.assertNotIn("\x1b", self.read("findings"))
        self.assertNotRegex(self.read("findings"), r" in [\d.]+ s\n")

    def test_an_interrupt_takes_the_line_away(self):
        def interrupt(process):
            time.sleep(0.5)
            os.kill(process.pid, signal.SIGINT)
        original = self.worker_of

        def worker_of(process, number=1):
            threading.Thread(target=interrupt, args=(process,)).start()
            return original(process, number)
        self.worker_of = worker_of
        text, _ = self.on_terminal("build", status=-signal.SIGINT)
        self.assertTrue(text.endswith("\r\x1b[K"), text)

    def test_a_log_elsewhere(self):
        runs = []
        for args, env, wanted in (((), None, False), ((), {"CI": "true"}, True), ((), {"CI": ""}, False),
                (("--progress=always",), None, True), (("--progress=never",), {"CI": "1"}, False), (("-q",), {"CI": "1"}, False)):
            process = self.start("build", "-j2", "-o", f"out{len(runs)}", *args, env=env)
            workers = self.worker_of(process, 2)
            for worker in workers:
                send(worker, signal.SIGSTOP)
            runs.append((process, workers, args, env, wanted))
        time.sleep(1.2)
        for process, workers, args, env, wanted in runs:
            for worker in workers:
                send(worker, signal.SIGCONT)
            with self.subTest(args=args, env=env):
                err = self.finish(process, 1)
                self.assertNotIn("\x1b", err)
                self.assertEqual(bool(re.search(rf"(?m)^{self.STATE}$", err)), wanted, err)
                if "-q" not in args:
                    self.assertRegex(err, r"\n39 of 40 handouts, 1 error" + (r" in [\d.]+ s" if wanted else "") + r"\n\Z")
