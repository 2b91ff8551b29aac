"""stdpolicy/NAMES.md lists what the standard policies declare, as it stands in their files.

With --update, the page is written anew.
"""

import os
import pathlib
import re
import sys

SOURCE = pathlib.Path(os.environ.get("DULY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
FOLDER = SOURCE / "stdpolicy"
PAGE = FOLDER / "NAMES.md"
MODULES = ["vocabulary", "national", "board_requests", "disclosure_schemes"]
HEADINGS = {"fact": "Facts: what a case gives", "define": "Definitions: what rules work out", "decision": "Decisions",
            "action": "Actions: what people do", "choice": "Choices and their values", "rule": "Rules"}
HEAD = """# Names that the standard policies bring

`extends vocabulary` and `extends national` bring these names into a policy. The page is made from the policies:
`python3 tests/cli/names_test.py --update`.
"""
DECLARATION = re.compile(r'^(fact|define|decision|action|choice|rule) (\S+)(?: ordered)?\s+"([^"\n]*)"([^"\n]*)', re.MULTILINE)
VALUE = re.compile(r'^  (\w+)\s+"', re.MULTILINE)


def part_of(text, start):
    """A declaration, from its head to the next blank line."""
    end = text.find("\n\n", start)
    return text[start:end if end >= 0 else len(text)]


def row(text, found):
    kind, name, title, rest = found.groups()
    if kind in ("choice", "decision"):
        values = VALUE.findall(part_of(text, found.end()))
        return f"| `{name}` | {title} | {', '.join(f'`{value}`' for value in values)} |"
    if kind in ("action", "rule"):
        return f"| `{name}` | {title} |"
    of_type = re.match(r"\s*:\s*(.+)", rest)
    return f"| `{name}` | {title} | {of_type[1].strip() if of_type else 'yes/no'} |"


def page():
    lines = [HEAD]
    for module in MODULES:
        text = (FOLDER / f"{module}.policy").read_text(encoding="utf-8")
        declared = [(found[1], row(text, found)) for found in DECLARATION.finditer(text)]
        lines.append(f"## {module}\n")
        for kind, heading in HEADINGS.items():
            rows = [each for of_kind, each in declared if of_kind == kind]
            if rows:
                columns = ["name", "what it is", *{"fact": ["type"], "define": ["type"], "choice": ["values"],
                                                   "decision": ["values"]}.get(kind, [])]
                lines += [f"### {heading}\n", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|", *rows, ""]
    return "\n".join(lines)


def main():
    new = page()
    if sys.argv[1:] == ["--update"]:
        PAGE.write_text(new, encoding="utf-8")
        return 0
    problems = []
    if new != PAGE.read_text(encoding="utf-8"):
        problems.append("stdpolicy/NAMES.md is out of date: python3 tests/cli/names_test.py --update")
    for module in MODULES:  # nothing that the policies declare escapes the pattern
        text = (FOLDER / f"{module}.policy").read_text(encoding="utf-8")
        heads = re.findall(r"^(?:fact|define|decision|action|choice|rule) (\S+)", text, re.MULTILINE)
        problems += [f"{module}: `{name}` is missing" for name in heads if f"| `{name}` |" not in new]
    print("\n".join(problems))
    print(f"{0 if problems else 1} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
