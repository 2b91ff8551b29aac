"""duly.h states of every function who may call it from which threads, what it costs, which errors there are, and how
long what it gives lives; and every function that it declares is called by the tests of the faces."""

import os
import pathlib
import re
import sys

SOURCE = pathlib.Path(os.environ.get("DULY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
HEADER = SOURCE / "interpreter/include/duly/duly.h"
DECLARED = re.compile(r"(?:/\*((?:[^*]|\*(?!/))*)\*/\s*\n)?^DULY_API ([^;]*?)\b(duly_\w+)\(([^;]*)\);", re.MULTILINE)
# What speaks of the life of something that is given: in these words, on the function or at the head of its section.
LIVES = re.compile(r"\blives?\b|\bcaller's\b|borrowed from", re.IGNORECASE)
SECTION = re.compile(r"/\* ---- (.*?) -+ \*/")


def section_of(text, place):
    """What the section says before its first function."""
    start = max((found.end() for found in SECTION.finditer(text) if found.end() <= place), default=0)
    first = text.find("\nDULY_API ", start)
    return text[start:first]


def lacks(comment, result, name, parameters, section):
    if "Threads:" not in comment:
        yield "threads"
    if "Cost:" not in comment:
        yield "cost"
    if result.strip() == "duly_code" and name != "duly_error_code" and "Errors:" not in comment:
        yield "errors"
    gives_text = "duly_text" in result or re.search(r"duly_text ?\*", parameters)
    makes_object = re.search(r"duly_\w+ ?\*\*", parameters.replace("duly_error**", "").replace("duly_error **", ""))
    if (gives_text or makes_object) and not LIVES.search(comment + section):
        yield "ownership or lifetime"


def main():
    text = HEADER.read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "tests/api").glob("*.c*")))
    found = list(DECLARED.finditer(text))
    count = len(re.findall(r"^DULY_API ", text, re.MULTILINE))
    failures = []
    if len(found) != count or count < 60:
        failures.append(f"{count} functions are declared, {len(found)} were read")
    for each in found:
        comment, result, name, parameters = each.groups()
        failures += [f"{name}: nothing is said of {what}"
                     for what in lacks(comment or "", result, name, parameters, section_of(text, each.start()))]
        if f"{name}(" not in tests:
            failures.append(f"{name}: no test in tests/api calls it")
    for failure in failures:
        print(failure)
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
