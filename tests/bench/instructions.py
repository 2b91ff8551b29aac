#!/usr/bin/env python3
"""Counts the instructions of four things that Duly does again and again, and holds them against what is recorded.

    python3 tests/bench/instructions.py BUILD            compares; exit code 1 where one takes over 5 % more
    python3 tests/bench/instructions.py BUILD --record   records the counts of now

Counts do not depend on how busy a machine is. They do depend on the compiler and the libraries: what is recorded is of
g++ 12 on Debian 12, and elsewhere the comparison is left out.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RECORD = os.path.join(HERE, "instructions.json")
TIMES = 20_000
ALLOWED = 1.05


def instructions(program, what, times):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, what,
                               str(times)], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        sys.exit(f"{what}: valgrind failed:\n{done.stderr}")
    return int(found.group(1))


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    program = os.path.join(sys.argv[1], "tests/bench/duly_counted")
    counts = {}
    for what in ("flowchart", "derby", "unknown", "irrelevant"):
        # Loading is the same in both runs, so the difference is deciding alone.
        more, less = instructions(program, what, 2 * TIMES), instructions(program, what, TIMES)
        counts[what] = round((more - less) / TIMES)
    if "--record" in sys.argv:
        with open(RECORD, "w") as file:
            json.dump(counts, file, indent=2)
            file.write("\n")
        print(f"recorded: {counts}")
        return 0
    compiler = subprocess.run(["c++", "-dumpfullversion"], capture_output=True, text=True).stdout.strip()
    if not compiler.startswith("12."):
        print(f"instructions: recorded with g++ 12, this is {compiler}: not compared")
        return 0
    with open(RECORD) as file:
        recorded = json.load(file)
    worse = False
    for what, count in counts.items():
        share = count / recorded[what]
        worse = worse or share > ALLOWED
        print(f"{what}: {count} instructions a case, {share - 1:+.1%} against {recorded[what]} recorded"
              f"{'  TOO MANY' if share > ALLOWED else ''}")
        if share < 1 / ALLOWED:
            print(f"  better than recorded: {sys.argv[0]} BUILD --record keeps it")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
