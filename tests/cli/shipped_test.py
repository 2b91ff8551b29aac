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
