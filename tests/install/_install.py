"""What the tests of installing share."""

import os
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ.get("DULY_SOURCE_DIR", os.getcwd())
BUILD = os.environ.get("DULY_BUILD_DIR", os.path.join(SOURCE, "build"))


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def cached(name):
    """A value of the build's CMake cache."""
    with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8") as file:
        found = re.search(rf"^{name}(?::\w+)?=(.*)$", file.read(), re.M)
    return found.group(1) if found else ""


def run(*command, folder=None, env=None):
    """Runs it, and returns what it printed; fails where it does."""
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=600,
                          env=None if env is None else {**os.environ, **env})
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout.decode()}\n{done.stderr.decode()}")
    return done.stdout.decode()


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def examples():
    """The programs of docs/embedding.md: each block of C or C++, and the text below it that it prints."""
    with open(os.path.join(SOURCE, "docs", "embedding.md"), encoding="utf-8") as file:
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", file.read(), re.M | re.S)
    cmake = next(text for language, text in blocks if language == "cmake")
    programs = []
    for (language, text), (below, printed) in zip(blocks, blocks[1:]):
        if language in ("c", "cpp"):
            assert below == "text", f"nothing is said to be printed by:\n{text}"
            programs.append((language, text, printed))
    return cmake, programs


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name


def main():
    """Runs the tests of the calling script."""
    result = unittest.main(module="__main__", exit=False, argv=[sys.argv[0]]).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(failed > 0)
