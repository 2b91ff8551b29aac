#!/usr/bin/env python3
"""Runs each `build/duly …` command that README.md shows in a console block, and compares what it prints."""
import difflib
import os
import pathlib
import shlex
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("DULY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
DULY = os.environ.get("DULY", str(SOURCE / "build" / "duly"))
README = SOURCE / "README.md"


def console_commands():
    """(line number, command, lines shown below it) of each `$ build/duly …` in a console block."""
    commands = []
    inside = False
    for number, line in enumerate(README.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = not inside and line == "```console"
            current = None
        elif inside and line.startswith("$ "):
            current = (number, line[2:], [])
            if line.startswith("$ build/duly "):
                commands.append(current)
        elif inside and current:
            current[2].append(line)
    return commands


def run(command):
    words = shlex.split(command)
    words[0] = DULY
    environment = {**os.environ, "NO_COLOR": "1"}
    environment.pop("COLUMNS", None)
    done = subprocess.run(words, cwd=SOURCE, capture_output=True, text=True, env=environment, check=False)
    return (done.stdout + done.stderr).splitlines(), done.returncode


def main():
    commands = console_commands()
    failed = 0
    for number, command, shown in commands:
        found, code = run(command)
        if not shown and code == 0:
            continue  # a command without output shown has to succeed, no more
        if shown == found:
            continue
        failed += 1
        print(f"README.md:{number}: `{command}` (exit code {code}) prints something else:")
        print("\n".join(difflib.unified_diff(shown, found, "shown", "found", lineterm="")))
    if not commands:
        print("README.md shows no `$ build/duly …` in a console block")
        failed += 1
    print(f"{len(commands) - failed} of {len(commands)} commands print what README.md shows")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
