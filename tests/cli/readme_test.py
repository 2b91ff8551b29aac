"""Runs each `build/duly …` command that README.md shows in a console block, and compares what it prints.

With --update, README.md is rewritten to show what the commands print.
"""

import difflib
import os
import pathlib
import re
import shlex
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("DULY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
DULY = os.environ.get("DULY", str(SOURCE / "build" / "duly"))
README = SOURCE / "README.md"
PROMPT = "$ build/duly "


def run(command):
    """The lines that a command prints, in the order of standard output and then standard error, and its exit code."""
    words = [os.path.abspath(DULY), *shlex.split(command)[1:]]
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(words, cwd=SOURCE, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60)
    return (done.stdout + done.stderr).decode().splitlines(), done.returncode


def split(lines):
    """README.md as parts: a line of its own, or a command and the lines shown below it."""
    parts, command, inside = [], None, False
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            inside = not inside and line == "```console"
            command = None
        elif inside and line.startswith("$ "):
            command = (number, line, []) if line.startswith(PROMPT) else None
            if command:
                parts.append(command)
                continue
        if command:
            command[2].append(line)
        else:
            parts.append(line)
    return parts


def without_day(lines):
    """The day of a decision is today, and the paragraph that names it is wrapped: it becomes one line without the day."""
    text = "\n".join(lines)
    foot = re.compile(r"^As at [^\0]*?(?=\n\n|\Z)", re.MULTILINE)
    return foot.sub(lambda found: re.sub(r"\d+ [A-Z][a-z]+ \d{4}", "DAY", " ".join(found[0].split()), count=1), text).splitlines()


def main():
    parts = split(README.read_text(encoding="utf-8").splitlines())
    commands = [part for part in parts if isinstance(part, tuple)]
    failed = 0
    for number, line, shown in commands:
        found, code = run(line[2:])
        if without_day(shown) == without_day(found):
            continue
        failed += 1
        print(f"README.md:{number}: `{line}` (exit code {code}) prints something else:")
        print("\n".join(difflib.unified_diff(without_day(shown), without_day(found), "shown", "found", lineterm="")))
        shown[:] = found
    if not commands:
        failed += 1
        print(f"README.md shows no `{PROMPT}…` in a console block")
    if sys.argv[1:] == ["--update"]:
        lines = []
        for part in parts:
            lines += [part] if isinstance(part, str) else [part[1], *part[2]]
        README.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{failed} of {len(commands)} commands rewritten")
        return 0
    if failed:
        print("If the new words are right: python3 tests/cli/readme_test.py --update")
    print(f"{len(commands) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
