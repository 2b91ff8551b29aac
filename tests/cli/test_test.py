"""duly test"""

import json
import os
import xml.etree.ElementTree

from _duly import POLICY, DulyTest, main

FAILING = POLICY.replace("expect crew is double because pair", "expect crew is single because alone  no duty write_note")


def last(out):
    return out.rstrip("\n").split("\n")[-1]


class Test(DulyTest):
    def test_all_pass(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "test", "visit.policy", out="visit.policy: 3 cases, all as expected")
        self.assertEqual(last(out), "3 passed, 0 failed")

    def test_a_failure_says_what_and_why(self):
        self.write("visit.policy", FAILING)
        out, _ = self.expect(1, "test", "visit.policy")
        self.assertEqual(last(out), "2 passed, 1 failed")
        for part in ("FAILED visit.risky \"A risk is on file\" (visit.policy:", "expected  crew is single because visit.alone",
                     "found     crew is double", "visit.pair \"Two go where something could go wrong\"",
                     "expected  no duty write_note", "found     must write_note", "visit.note"):
            self.assertIn(part, out)

    def test_coverage_stands_before_the_results(self):
        self.write("visit.policy", POLICY)
        alone, _ = self.expect(0, "coverage", "visit.policy")
        results, _ = self.expect(0, "test", "visit.policy")
        out, _ = self.expect(0, "test", "visit.policy", "--coverage")
        self.assertEqual(out, alone + "\n" + results)
        out, _ = self.expect(0, "test", "visit.policy", "--coverage", "--format", "json")
        told = json.loads(out)
        self.assertEqual(told["coverage"], json.loads(self.expect(0, "coverage", "visit.policy", "--format", "json")[0]))
        self.assertEqual(told["passed"], 3)
        out, _ = self.expect(0, "test", "visit.policy", "--coverage", "--format", "junit", err=alone)
        xml.etree.ElementTree.fromstring(out)
        self.expect(2, "test", "visit.policy", "--coverage", "--filter", "risk", err="--filter")

    def test_coverage_of_what_cannot_be_read_is_left_out(self):
        self.write("visit.policy", POLICY)
        self.write("broken.policy", "policy broken")
        out, _ = self.expect(1, "test", ".", "--coverage", out="visit")
        self.assertEqual(last(out), "3 passed, 1 failed")

    def test_undecided_conflict_gap(self):
        self.write("p.policy", '''policy p "P"
fact x "X" : yes/no
fact y "Y" : yes/no
decision d "D?" a "A" b "B"
rule first "One" d is a when x
rule second "Two" d is b when y
case open "O" facts x is yes expect d is a
case both "B" facts x is yes y is yes expect d is a
case neither "N" facts x is no y is no expect d is a
case said "S" facts x is yes y is yes expect d is conflict
''')
        out, _ = self.expect(1, "test", "p.policy")
        self.assertEqual(last(out), "1 passed, 3 failed")
        for part in ("found     d is undecided", "still needed: y", "found     d is conflict", "these rules disagree:",
                     "p.first \"One\"", "p.second \"Two\"", "found     d is gap", "no rule applies"):
            self.assertIn(part, out)

    def test_a_broken_safeguard_fails(self):
        broken = POLICY + '''
case pack "A pack" facts home.dogs is 8 home.risk is no manager.allows is yes expect must write_note
case known_pack "A pack, as expected" like pack expect crew is unsafe
'''
        self.write("visit.policy", broken)
        out, _ = self.expect(1, "test", "visit.policy")
        self.assertEqual(last(out), "4 passed, 1 failed")
        self.assertIn("FAILED visit.pack", out)
        self.assertIn("a safeguard is broken, and the case does not expect it: visit.no_lone_pack", out)

    def test_folders(self):
        self.write("a/visit.policy", POLICY)
        self.write("b/deep/visit.policy", FAILING)
        self.write("b/.hidden/visit.policy", FAILING)
        self.write("b/notes.txt", "no policy")
        out, _ = self.expect(1, "test", ".")
        self.assertEqual(last(out), "5 passed, 1 failed")
        out, _ = self.expect(1, "test", "a", "b", "a/visit.policy")
        self.assertEqual(last(out), "5 passed, 1 failed")
        self.assertLess(out.index("a/visit.policy"), out.index("b/deep/visit.policy"))

    def test_filter(self):
        self.write("visit.policy", FAILING)
        out, _ = self.expect(0, "test", "visit.policy", "--filter", "quiet")
        self.assertEqual(last(out), "1 passed, 0 failed")
        out, _ = self.expect(0, "test", "visit.policy", "--filter", "knows the home")
        self.assertEqual(last(out), "1 passed, 0 failed")
        self.expect(2, "test", "visit.policy", "--filter", "zebra", err="No case has `zebra`")

    def test_inherited(self):
        self.write("visit.policy", POLICY)
        self.write("local.policy", '''policy local "Local"
  extends visit
rule always_two "Here, always two" crew is double despite all
case here "Here" like visit.quiet expect crew is double
''')
        out, _ = self.expect(0, "test", "local.policy")
        self.assertEqual(last(out), "1 passed, 0 failed")
        out, _ = self.expect(0, "test", "local.policy", "--inherited")
        self.assertEqual(last(out), "1 passed, 0 failed")
        self.assertIn("OTHERWISE visit.quiet", out)
        self.assertIn("of 3 inherited cases, 3 end otherwise under this policy", out)

    def test_inherited_cases_that_only_need_new_facts_stand_apart(self):
        self.write("base.policy", '''policy base "B"
fact x "X" : yes/no
fact y "Y" : yes/no
decision d "D?" a "A" b "B" otherwise b
rule first "One" d is a when x
rule second "Two" d is b when y despite first
case plain "P" facts x is yes y is no expect d is a
case other "O" facts x is no y is yes expect d is b
case open "Still open" facts x is yes expect d is undecided
''')
        self.write("local.policy", '''policy local "L"
  extends base
fact signed "Signed" : yes/no
rule unsigned "Nothing without a signature" d is b when x and not signed despite first
rule never_b "Other" d is a when y and not x despite second
''')
        out, _ = self.expect(0, "test", "local.policy", "--inherited")
        self.assertIn("of 3 inherited cases, 1 ends otherwise under this policy, 1 only needs facts that this policy adds", out)
        self.assertIn("OPEN 1 inherited case: these only need facts that this policy adds: signed\n  base.plain\n", out)
        self.assertIn("OTHERWISE base.other", out)
        self.assertNotIn("OTHERWISE base.plain", out)

    def test_errors_in_a_policy(self):
        self.write("a/bad.policy", "policy bad")
        self.write("a/visit.policy", POLICY)
        out, err = self.expect(1, "test", "a", err="bad.policy:1")
        self.assertEqual(last(out), "3 passed, 1 failed")

    def test_nothing_there(self):
        os.mkdir(os.path.join(self.folder, "empty"))
        self.expect(2, "test", "missing", err="missing")
        self.expect(2, "test", "empty", err="There is no `.policy` file below `empty`")
        self.write("bare.policy", 'policy bare "B"\n')
        out, _ = self.expect(0, "test", "bare.policy")
        self.assertEqual(last(out), "0 passed, 0 failed")

    def test_json(self):
        self.write("visit.policy", FAILING)
        out, _ = self.expect(1, "test", "visit.policy", "--format", "json")
        results = json.loads(out)
        self.assertEqual((results["passed"], results["failed"]), (2, 1))
        failed = next(case for case in results["policies"][0]["cases"] if not case["passed"])
        self.assertEqual(failed["case"], "visit.risky")
        self.assertEqual(failed["failures"][0]["found"], "crew is double")
        self.assertEqual(failed["failures"][0]["rules"], ["visit.pair"])

    def test_tap(self):
        self.write("visit.policy", FAILING.replace("A quiet home", "A quiet home # 1"))
        out, _ = self.expect(1, "test", "visit.policy", "--format", "tap")
        lines = out.split("\n")
        self.assertEqual(lines[:3], ["TAP version 13", "1..3", "ok 1 - visit.quiet: A quiet home \\# 1"])
        self.assertIn("not ok 2 - visit.risky: A risk is on file", lines)

    def test_junit(self):
        self.write("visit.policy", FAILING.replace("A quiet home", "A quiet <home> & garden"))
        self.write("bad.policy", "policy bad")
        out, _ = self.expect(1, "test", ".", "--format", "junit", err="bad.policy")
        root = xml.etree.ElementTree.fromstring(out)
        self.assertEqual((root.get("tests"), root.get("failures")), ("4", "2"))
        self.assertEqual(len(root.findall(".//failure")), 2)

    def test_standard_policies(self):
        out, _ = self.expect(0, "test", "national")
        self.assertRegex(last(out), r"^[1-9]\d* passed, 0 failed$")


if __name__ == "__main__":
    main()
