"""Runs what a page of docs/ shows, so that it stays true.

In a page, a block marked `console` holds commands after `$ ` (perhaps with `< FILE`) and, below each, what it prints; a line `…` stands for any
lines, and `…` in a line for any text. A block below a line that ends in `NAME`: is
written to that file, in the folder in which the commands run."""

import os
import re
import shlex
import subprocess

from _duly import DULY

SOURCE = os.environ.get("DULY_SOURCE_DIR", os.getcwd())


def blocks(page):
    """Each fenced block as its language, its text, and the last line of prose above it."""
    with open(os.path.join(SOURCE, "docs", page), encoding="utf-8") as file:
        text = file.read()
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        above = text[:match.start()].rstrip().rsplit("\n", 1)[-1]
        yield match.group(1), match.group(2), above


def commands(block):
    """The commands of a block, each with what it should print."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def matches(expected, printed):
    pattern = "".join("(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
                      for line in expected)
    return re.fullmatch(pattern, printed) is not None


def check_page(test, page):
    """Runs a page's commands in the test's folder, from which `examples` and `stdpolicy` can be seen."""
    for name in ("examples", "stdpolicy", "docs"):
        os.symlink(os.path.join(SOURCE, name), os.path.join(test.folder, name))
    ran = 0
    for language, text, above in blocks(page):
        named = re.search(r"`([\w.]+)`:$", above)
        if named and language != "console":
            test.write(named.group(1), text)
        if language != "console":
            continue
        for command, expected in commands(text):
            words = shlex.split(command)
            test.assertEqual(words[0], "duly", command)
            given = subprocess.DEVNULL
            if "<" in words:
                given = open(os.path.join(test.folder, words[words.index("<") + 1]), "rb")
                test.addCleanup(given.close)
                words = words[:words.index("<")]
            run = subprocess.run([os.path.abspath(DULY), *words[1:]], cwd=test.folder, stdin=given, capture_output=True,
                                 timeout=60)
            printed = run.stdout.decode() + run.stderr.decode()
            test.assertTrue(matches(expected, printed), f"{page}: {command}\n--- the page says\n"
                            + "\n".join(expected) + f"\n--- it prints\n{printed}")
            ran += 1
    test.assertGreater(ran, 0)
