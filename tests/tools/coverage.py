#!/usr/bin/env python3
"""Prints how many lines of each source file the tests reached. usage: coverage.py BUILD-FOLDER"""

import json
import subprocess
import sys
from pathlib import Path


def lines_of(notes):
    """Of each file of src, its lines that can run, and how often they did."""
    done = subprocess.run(["gcov", "--json-format", "--stdout", notes], capture_output=True, text=True, check=True)
    for report in done.stdout.splitlines():
        for file in json.loads(report)["files"]:
            if file["file"].startswith("src/"):
                yield file["file"], {line["line_number"]: line["count"] for line in file["lines"]}


def main():
    files = {}
    for notes in sorted(Path(sys.argv[1]).glob("src/*/*.gcda")):
        for name, lines in lines_of(notes):
            for number, count in lines.items():
                files.setdefault(name, {})[number] = files.get(name, {}).get(number, 0) + count
    total = reached = 0
    for name, lines in sorted(files.items()):
        hit = sum(count > 0 for count in lines.values())
        missed = [number for number, count in sorted(lines.items()) if not count]
        print(f"{100 * hit / max(1, len(lines)):5.1f} %  {name:32} {' '.join(map(str, missed[:12]))}{' ...' if len(missed) > 12 else ''}")
        total, reached = total + len(lines), reached + hit
    print(f"{100 * reached / max(1, total):5.1f} %  all {total} lines")


main()
