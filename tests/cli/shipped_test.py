"""What ships holds together: no warning, every case as expected, every provision, rule and list item accounted for."""
import glob
import os
import re

from _duly import DulyTest, main

SOURCE = os.path.abspath(os.environ.get("DULY_SOURCE_DIR", "."))

STANDARD = ["vocabulary", "national", "board_requests", "disclosure_schemes"]
EXAMPLES = sorted(glob.glob(os.path.join(SOURCE, "examples", "*", "*.policy")))
FOLDERS = [os.path.join(SOURCE, "stdpolicy"), os.path.join(SOURCE, "examples")]


class Shipped(DulyTest):
    def test_there_is_no_error_and_no_warning(self):
        self.assertEqual(len(EXAMPLES), 5)
        dated = [path for path in EXAMPLES if "harbour" in path]  # its agreements' reviews fall due one day, as they should
        self.expect(0, "check", "--strict", *STANDARD, *[path for path in EXAMPLES if path not in dated])
        self.assertEqual(self.duly("check", *dated)[0], 0)

    def test_a_reader_finds_the_way(self):
        for path in sorted(glob.glob(os.path.join(SOURCE, "stdpolicy", "*.policy"))) + EXAMPLES:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            rules, line, cases = text.partition("\n# ======== CASES:")
            contents = [name for name in re.findall(r"^#   (.+)$", rules, re.MULTILINE) if not name.startswith("CASES:")]
            self.assertGreater(len(contents), 5, path)
            self.assertEqual(contents, re.findall(r"^# ---- (.+) ----$", rules, re.MULTILINE),
                             f"the contents of {path} are not its headings, in their order")
            self.assertEqual(bool(line), "\ncase " in text, f"{path} has cases, and a line above them, or neither")
            self.assertNotRegex(rules, r"(?m)^case ", f"{path} has a case above the line")
            below = re.findall(r"^[a-z]\w*", cases, re.MULTILINE)
            self.assertEqual(set(below) - {"case"}, set(), f"{path} has something else than cases below the line")
            named = set(re.findall(r"^(?:rule|safeguard) (\w+)", rules, re.MULTILINE))
            self.assertEqual(named & set(re.findall(r"^case (\w+)", cases, re.MULTILINE)), set(),
                             f"a case of {path} bears the name of a rule")

    def test_every_case_comes_out_as_expected(self):
        out, _ = self.expect(0, "test", *FOLDERS)
        passed = int(re.search(r"^(\d+) passed, 0 failed$", out, re.MULTILINE).group(1))
        self.assertGreaterEqual(passed, 250)

    def test_every_provision_rule_and_list_item_is_accounted_for(self):
        out, _ = self.expect(0, "coverage", *FOLDERS, "--require", "100")
        provisions = int(re.search(r"provisions accounted for .*\((\d+) of \1\)", out).group(1))
        self.assertGreaterEqual(provisions, 175)

    def test_no_rules_conflict_and_every_safeguard_holds(self):
        self.expect(0, "analyse", *FOLDERS)


if __name__ == "__main__":
    main()
