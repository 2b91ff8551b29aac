"""duly check"""

import json
import os

from _duly import POLICY, DulyTest, main


class Check(DulyTest):
    def test_a_good_policy(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "check", "visit.policy", err="")
        self.assertRegex(out, r"^visit: no errors, (no|\d+) warnings?\n$")

    def test_errors_go_to_standard_error(self):
        self.write("bad.policy", 'policy bad "Bad"\nrule a "A" nothing is yes\n')
        out, err = self.expect(1, "check", "bad.policy", err="bad.policy:2")
        self.assertEqual(out, "")
        self.assertIn("nothing", err)
        self.assertRegex(err.strip().split("\n")[-1], r"^\d+ errors?")

    def test_several_policies(self):
        self.write("visit.policy", POLICY)
        self.write("bad.policy", "policy bad")
        self.expect(1, "check", "bad.policy", "visit.policy", out="visit: no errors", err="bad.policy")

    def test_a_folder_is_all_that_lies_below_it(self):
        self.write("all/visit.policy", POLICY)
        self.write("all/below/bad.policy", "policy bad")
        self.write("empty/x.txt", "")
        self.expect(1, "check", "all", out="visit: no errors", err="bad.policy")
        self.expect(0, "check", "empty", "all/visit.policy", out="visit: no errors", err="no `.policy` file below")

    def test_a_name_that_is_not_the_files(self):
        self.write("other.policy", POLICY)
        self.expect(1, "check", "other.policy", err="E0104")

    def test_files_that_cannot_be_read(self):
        self.write("visit.policy", POLICY)
        self.write("empty/x.txt", "")
        self.expect(2, "check", "missing.policy", err="error[E0101]: `missing.policy` cannot be read: there is no such file")
        self.expect(2, "check", "vist.policy", err="Did you mean `visit.policy`?")
        self.expect(2, "check", "vist", err="`vist` is neither a file nor a standard policy")
        self.expect(2, "check", "visit", err="Did you mean `visit.policy`?")
        self.expect(2, "check", "natonal", err="Did you mean `national`?")
        self.expect(2, "check", "empty", err="There is no `.policy` file below `empty`")
        self.expect(2, "check", "visit.policy/x.policy", err="not a folder")
        self.expect(2, "check", "missing.policy", "visit.policy", out="visit: no errors")
        if os.getuid() != 0:
            path = self.write("secret.policy", POLICY)
            os.chmod(path, 0)
            self.expect(2, "check", "secret.policy", err="you may not read it")

    def test_texts_that_are_no_policies(self):
        self.write("empty.policy", "")
        self.write("binary.policy", b"policy binary \"\xff\xfe\"\n")
        self.write("huge.policy", 'policy huge "H"\n' + "# x\n" * 300_000)
        self.expect(1, "check", "empty.policy", err="E0102")
        self.expect(1, "check", "binary.policy", err="E0103")
        self.expect(1, "check", "huge.policy", err="error[E09")

    def test_modules_beside_the_file(self):
        self.write("a/base.policy", 'policy base "B"\nfact x "X" : yes/no ask "X?"\n')
        self.write("a/top.policy", 'policy top "T"\n  extends base\ndefine y "Y" means x\n')
        self.expect(0, "check", "a/top.policy", out="top: no errors", err="")

    def test_an_unreadable_module_is_named(self):
        self.write("top.policy", 'policy top "T"\n  extends base\n')
        os.mkdir(os.path.join(self.folder, "base.policy"))
        self.expect(2, "check", "top.policy", err="`base.policy` cannot be read: it is a folder")

    def test_a_module_that_is_not_there(self):
        self.write("top.policy", 'policy top "T"\n  extends natonal\n')
        self.expect(1, "check", "top.policy", err="national")

    def test_standard_policies(self):
        for name in ("vocabulary", "national", "board_requests", "disclosure_schemes"):
            self.expect(0, "check", name, out=f"{name}: no errors", err="")

    def test_a_standard_policy_builds_on_standard_policies(self):
        self.write("vocabulary.policy", "policy vocabulary")
        self.expect(0, "check", "national", out="national: no errors", err="")

    def test_strict(self):
        self.write("w.policy", 'policy w "W"\nfact x "X" : yes/no\n')
        self.expect(0, "check", "w.policy", err="warning[W")
        self.expect(1, "check", "w.policy", "--strict", err="warning[W")

    def test_json(self):
        self.write("visit.policy", POLICY.replace("crew is double\n", "crew is duoble\n"))
        self.write("w.policy", 'policy w "W"\nfact x "X" : yes/no\n')
        out, err = self.expect(1, "check", "visit.policy", "w.policy", "--format", "json")
        self.assertEqual(err, "")
        found = json.loads(out)
        self.assertEqual({"visit.policy", "w.policy"}, {os.path.basename(each["file"]) for each in found})
        error = next(each for each in found if each["severity"] == "error")
        self.assertEqual(error["file"], "visit.policy")
        self.assertIn("double", error["help"])

    def test_json_of_shared_modules_counts_once(self):
        self.write("base.policy", 'policy base "B"\nfact x "X" : yes/no\n')
        self.write("left.policy", 'policy left "O"\n  extends base\n')
        self.write("right.policy", 'policy right "T"\n  extends base\n')
        out, _ = self.expect(0, "check", "left.policy", "right.policy", "base.policy", "--format", "json")
        places = [(each["code"], each["file"], each["line"], each["column"]) for each in json.loads(out)]
        self.assertEqual(len(places), len(set(places)))

    def test_sarif(self):
        self.write("bad.policy", "policy bad")
        out, _ = self.expect(1, "check", "bad.policy", "--format", "sarif")
        log = json.loads(out)
        self.assertEqual(log["version"], "2.1.0")
        self.assertTrue(log["runs"][0]["results"])
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "check", "visit.policy", "--format", "sarif")
        self.assertEqual(len(json.loads(out)["runs"]), 1)


if __name__ == "__main__":
    main()
