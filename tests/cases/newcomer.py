"""What a newcomer does: the commands of README.md, and `make handouts` on a machine that lacks something."""

import os
import re
import shutil
import subprocess

from cases.support import BUILD, HANDOUT, ROOT, TOPICS, VARIANT, Case


class Readme(Case):
    def blocks(self):
        return re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)

    def test_the_commands_work(self):
        """The commands of README.md are run in order in a copy of the project, but those that install or print (desk.py)."""
        for name in ("content", "styles", "fonts"):
            shutil.copytree(ROOT / name, self.dir / name)
        lines = [line for block in self.blocks() if "| lp " not in block for line in block.splitlines() if line.strip()]
        commands = [line for line in lines if not line.startswith(("git ", "make", "sudo ", "lp "))]
        self.assertGreater(len(commands), 5)
        for name, text in (("notes.md", "# Notes\n\nHello.\n"), ("private.txt", "clinic.phone.day=555-0100\n")):
            self.write(name, text)
        for line in commands:
            with self.subTest(line):
                command = line.split("   #")[0].replace("build/release/handout", f'"{HANDOUT}"')
                done = subprocess.run(["sh", "-c", command], cwd=self.dir, env=self.environment(), capture_output=True,
                    text=True, errors="replace")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_make_targets_exist(self):
        text = (ROOT / "README.md").read_text() + (ROOT / "tests/README.md").read_text() + (ROOT / "src/README.md").read_text()
        makefile = (ROOT / "Makefile").read_text()
        for target in re.findall(r"`make ([a-z][a-z-]*)", text):
            self.assertRegex(makefile, rf"(?m)^{target}:", f"make {target}")

    def test_files_that_are_named_exist(self):
        for readme in [ROOT / "README.md", *ROOT.glob("*/README.md")]:
            text = re.sub(r"^```.*?^```|`[^`\n]*`", "", readme.read_text(), flags=re.M | re.S)
            for link in re.findall(r"\]\(([^)#:]+)\)", text):
                self.assertTrue((readme.parent / link).exists(), f"{readme.relative_to(ROOT)}: {link}")

    def test_options_agree_with_the_help(self):
        text = (ROOT / "README.md").read_text()
        said = set(re.findall(r"--[a-z][a-z-]+", self.expect(0, "build", "--help").out))
        table = set(re.findall(r"`(?:-[A-Za-z], )?(--[a-z][a-z-]+)", text))
        self.assertEqual(said - table - {"--help"}, set(), "not in README.md")


class Handouts(Case):
    def make(self):
        env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        done = subprocess.run(["make", "-C", ROOT, f"VARIANT={VARIANT}", f"BUILD={BUILD}", "SETUP=no", "handouts"],
            capture_output=True, text=True, env=env)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_make_handouts(self):
        said = self.make()
        for topic in TOPICS:
            self.assertIn(f"build/handouts/{topic}-en.pdf\n", said)
        self.assertNotRegex(self.make(), r"\n  (CC|LINK) ")  # the second time nothing is compiled


class Setup(Case):
    """tests/setup with stand-ins for the machine's commands."""

    def tool(self, name, script):
        path = self.write(f"bin/{name}", f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def setup(self, *parts, **env):
        """Runs tests/setup where only the stand-ins and a few harmless commands are found."""
        for name in ("sh", "id", "ls", "tr", "env", "grep", "uname", "cat", "touch"):
            if not (self.dir / "bin" / name).exists():
                (self.dir / "bin").mkdir(exist_ok=True)
                os.symlink(shutil.which(name), self.dir / "bin" / name)
        done = subprocess.run([shutil.which("sh"), ROOT / "tests/setup", *parts], cwd=self.dir, capture_output=True, text=True,
            env={"PATH": str(self.dir / "bin"), "CC": "cc", "PKG_CONFIG": "pkg-config", **env})
        return done.returncode, done.stdout + done.stderr

    def compiler(self):
        """A compiler and pkg-config that know everything once the file `installed` is there."""
        self.tool("cc", f'test -e "{self.dir}/installed"')
        self.tool("pkg-config", f'test -e "{self.dir}/installed"')

    def test_what_is_there_is_left_alone(self):
        self.compiler()
        self.write("installed", "")
        self.tool("apt-get", f'echo "$@" >>"{self.dir}/log"')
        self.assertEqual(self.setup("build"), (0, ""))
        self.assertFalse((self.dir / "log").exists())

    def test_setup_no_forbids(self):
        self.compiler()
        self.tool("apt-get", f'echo "$@" >>"{self.dir}/log"')
        status, said = self.setup("build", SETUP="no")
        self.assertEqual(status, 1)
        self.assertIn("setup: missing: ", said)
        self.assertIn("harfbuzz", said)
        self.assertFalse((self.dir / "log").exists())

    def test_debian_installs_and_says_what(self):
        self.compiler()
        self.tool("dpkg-query", "exit 1")
        self.tool("sudo", f'echo sudo >>"{self.dir}/log"; exec "$@"')
        self.tool("apt-get", f'echo "$@" >>"{self.dir}/log"; touch "{self.dir}/installed"')
        status, said = self.setup("build")
        self.assertEqual(status, 0, said)
        self.assertRegex(said, r"setup: installing with apt-get: gcc .*libhpdf-dev.*libharfbuzz-dev")
        log = (self.dir / "log").read_text()
        self.assertIn("install -y", log)
        self.assertEqual("sudo" in log, os.geteuid() != 0)

    def test_debian_that_cannot_install_fails(self):
        self.compiler()
        self.tool("dpkg-query", "exit 1")
        self.tool("sudo", 'exec "$@"')
        self.tool("apt-get", "exit 100")
        self.assertEqual(self.setup("build")[0], 1)

    def test_other_systems_are_told_the_packages(self):
        self.compiler()
        for command, package in (("dnf", "libharu-devel"), ("apk", "libharu-dev"), ("pacman", "libharu")):
            with self.subTest(command):
                self.tool(command, f'echo "$@" >>"{self.dir}/log"')
                status, said = self.setup("build", "check")
                self.assertEqual(status, 1)
                self.assertRegex(said, rf"install these packages.*\n  {command} .*\b{package}\b.*cmocka")
                (self.dir / "bin" / command).unlink()
        self.assertFalse((self.dir / "log").exists())

    def test_macos_is_told_the_packages(self):
        self.compiler()
        self.tool("uname", "echo Darwin")
        status, said = self.setup("build")
        self.assertEqual(status, 1)
        self.assertRegex(said, r"  brew install .*\blibharu\b")

    def test_a_part_that_does_not_exist(self):
        self.compiler()
        self.assertEqual(self.setup("nosuch")[0], 2)
