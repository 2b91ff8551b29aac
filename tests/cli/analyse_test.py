"""duly analyse"""

import json
import os

from _docs import check_page
from _duly import POLICY, DulyTest, main

SOURCE = os.environ.get("DULY_SOURCE_DIR", os.getcwd())

HEAD = '''policy outing "Who may come on the outing"
choice weather_kind "The weather" ordered fine "Fine" wet "Wet" stormy "Stormy"
fact age "The child's age" : number of years from 0 to 17
fact agrees "A parent agrees" : yes/no
fact weather "The weather" : weather_kind
action pack_raincoat "Pack a raincoat"
decision comes "Does the child come along?" comes_along "The child comes." stays "The child stays."
'''
CLEAN = '''rule agreed "With agreement the child comes" comes is comes_along when agrees
rule refused "Without agreement the child stays" comes is stays when not agrees
'''
CONFLICT = CLEAN + 'rule storm "Nobody goes out in a storm" comes is stays when weather is stormy\n'
GAP = 'rule agreed "With agreement the child comes" comes is comes_along when agrees\n'
BREAKS = CLEAN + 'safeguard storm "Nobody is out in a storm" when weather is stormy never comes is comes_along\n'
DUTIES = CLEAN + '''rule wet "A raincoat in the wet" must pack_raincoat when weather is wet
rule light "The small travel light" must not pack_raincoat when age is under 5
'''
IDLE = CLEAN + '''define hard_going "Hard going" means any of
  - storm: weather is stormy
  - both: weather is fine and weather is wet
rule never "Never" must pack_raincoat when age is under 3 and age is over 5
'''
VALUES_ONLY = CLEAN + '''define small "Small" means age is under 5
safeguard nobody_small "There are no small children" never small
'''


class Analyse(DulyTest):
    def findings(self, rules, code=1, *more):
        self.write("outing.policy", HEAD + rules)
        out, _ = self.expect(code, "analyse", "outing.policy", "--format", "json", *more, err="")
        policy, = json.loads(out)["policies"]
        return policy["findings"], policy

    def check_pasted(self, finding, passes=True):
        """The case that a finding shows can be put into the policy, and comes out as it says."""
        with open(os.path.join(self.folder, "outing.policy"), encoding="utf-8") as file:
            self.write("pasted/outing.policy", file.read() + finding["case"])
        out, _ = self.expect(0 if passes else 1, "test", "pasted", err="")
        self.assertTrue(out.endswith("1 passed, 0 failed\n" if passes else "0 passed, 1 failed\n"), out)
        self.assertEqual(finding["case_passes"], passes)

    def test_nothing_found(self):
        findings, policy = self.findings(CLEAN, 0)
        self.assertEqual(findings, [])
        self.assertEqual((policy["policy"], policy["values"], policy["safeguards"], policy["complete"]),
                         ("outing", 2, 0, True))
        out, _ = self.expect(0, "analyse", "outing.policy")
        self.assertRegex(out, r"^outing: 2 values and duties, no safeguards, \d+ nodes: no conflict, no gap\n$")

    def test_a_policy_that_is_known_to_be_sound(self):
        self.write("visit.policy", POLICY.replace("despite pair", "despite pair when home.dogs is at most 5"
                                                  ).replace("when manager.allows\n  despite pair when", "despite pair\n  when manager.allows and"))
        out, _ = self.expect(0, "analyse", "visit.policy")
        self.assertIn("1 safeguard, ", out)
        self.assertIn("every safeguard holds in every case", out)

    def test_conflict(self):
        (finding,), _ = self.findings(CONFLICT)
        self.assertEqual((finding["kind"], finding["about"], finding["inherited"]), ("conflict", "comes", False))
        self.assertEqual([(p["name"], p["says"], p["at"]) for p in finding["parts"]],
                         [("outing.agreed", "comes_along", "outing.policy:8"), ("outing.storm", "stays", "outing.policy:10")])
        self.assertEqual(finding["witness"]["facts"], {"agrees": True, "weather": "stormy"})
        self.check_pasted(finding)
        # The witness is a case that `duly decide` takes as it stands.
        self.expect(4, "decide", "outing.policy", "-", text=json.dumps(finding["witness"]), err="")
        out, _ = self.expect(1, "analyse", "outing.policy", err="")
        for part in ("conflict: comes", "outing.policy:8", "To mend it:", "case comes_conflict", "1 conflict"):
            self.assertIn(part, out)

    def test_gap(self):
        (finding,), _ = self.findings(GAP)
        self.assertEqual((finding["kind"], finding["about"]), ("gap", "comes"))
        self.assertIn("otherwise", finding["mend"])
        self.check_pasted(finding)

    def test_duties(self):
        (finding,), _ = self.findings(DUTIES)
        self.assertEqual([p["says"] for p in finding["parts"]], ["must", "must not"])
        self.assertIn("duty pack_raincoat is conflict", finding["case"])
        self.check_pasted(finding)

    def test_safeguard(self):
        (finding,), _ = self.findings(BREAKS)
        self.assertEqual((finding["kind"], finding["about"]), ("broken_safeguard", "outing.storm"))
        self.assertEqual([p["name"] for p in finding["parts"]], ["outing.storm", "outing.agreed"])
        self.check_pasted(finding)

    def test_a_safeguard_about_definitions_alone(self):
        (finding,), _ = self.findings(VALUES_ONLY)
        self.check_pasted(finding, passes=False)
        out, _ = self.expect(1, "analyse", "outing.policy", err="")
        self.assertIn("it fails until this is mended", out)

    def test_idle(self):
        findings, _ = self.findings(IDLE)
        self.assertEqual([(f["kind"], f["about"]) for f in findings],
                         [("never_applies", "outing.never"), ("idle_item", "outing.hard_going.both")])
        self.assertEqual([f["witness"] for f in findings], [None, None])

    def test_a_case_never_takes_a_name_that_is_taken(self):
        (finding,), _ = self.findings(CONFLICT + 'case comes_conflict "Taken" expect comes is undecided\n')
        self.assertTrue(finding["case"].startswith("case comes_conflict_2 "))

    def test_an_inherited_conflict(self):
        self.findings(CONFLICT)
        self.write("local.policy", 'policy local "Local" extends outing\n')
        out, _ = self.expect(1, "analyse", "local.policy", err="")
        self.assertIn('(inherited)', out)
        self.assertIn("`despite outing.agreed, outing.storm`", out)
        # Mended as it says.
        self.write("local.policy", 'policy local "Local" extends outing\nrule storm_first "Storm" comes is stays '
                   "when weather is stormy despite outing.agreed, outing.storm\n")
        self.expect(0, "analyse", "local.policy")

    def test_what_hangs_on_the_day(self):
        agreement = '''fact holder.body "Holder" : body
fact recipient.body "Recipient" : body
fact information.category "Category" : information_category
fact purpose.kind "Purpose" : purpose_kind
choice body "Body" a_one "A" b_one "B"
choice information_category "Category" one_kind "One"
choice purpose_kind "Purpose" one_purpose "One"
agreement frame "Frame" tier 1 between a_one, b_one signed a_one 2024-01-02, b_one 2024-01-02
  in force from 2024-02-01 until 2024-12-31 review by 2024-11-01 owner "Owner"
'''
        rules = CLEAN + 'rule covered "Nobody stays while it is in force" comes is stays when frame.in_force and agrees\n'
        (finding,), policy = self.findings(agreement + rules, 1, "--as-at", "2026-03-02")
        self.assertIn("2026-03-02", policy["days"])
        self.assertTrue("2024-02-01" <= finding["witness"]["as_at"] <= "2024-12-31", finding["witness"])
        self.assertIn("as at 2024-", finding["case"])
        self.check_pasted(finding)

    def test_incomplete_is_said(self):
        findings, policy = self.findings(CONFLICT, 1, "--nodes", "1")
        self.assertEqual((findings, policy["complete"]), ([], False))
        out, _ = self.expect(1, "analyse", "outing.policy", "--nodes", "1", err="")
        self.assertIn("not everything was looked at", " ".join(out.split()))
        self.assertIn("`--nodes 10`", " ".join(out.split()))

    def test_folders_and_standard_policies(self):
        self.write("a/outing.policy", HEAD + CLEAN)
        self.write("a/b/other.policy", HEAD.replace("policy outing", "policy other") + CONFLICT)
        out, _ = self.expect(1, "analyse", "a", "national", err="")
        self.assertIn("\nother: 2 values and duties", out)
        self.assertIn("\nnational: ", out)

    def test_wrong_policies(self):
        self.write("bad.policy", "policy bad")
        out, _ = self.expect(1, "analyse", "bad.policy", err="bad.policy:1")
        self.assertEqual(out, "")
        self.expect(2, "analyse", "natonal", err="Did you mean `national`?")
        self.expect(2, "analyse", err="analyse --help")
        self.expect(2, "analyse", "national", "--nodes", "0", err="--nodes")
        self.expect(2, "analyse", "national", "--as-at", "2026-02-30", err="no date that exists")
        os.mkdir(os.path.join(self.folder, "empty"))
        self.expect(2, "analyse", "empty", err="no `.policy` file")

    def test_the_policies_that_come_with_duly(self):
        out, _ = self.expect(0, "analyse", os.path.join(SOURCE, "stdpolicy"), os.path.join(SOURCE, "examples"))
        for line in out.splitlines():
            self.assertIn("no conflict, no gap", line)

    def test_the_page_of_docs(self):
        check_page(self, "analysis.md")


if __name__ == "__main__":
    main()
