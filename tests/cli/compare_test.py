"""duly compare"""

import json
import re

from _duly import DulyTest, main

ONE = '''policy early "The early" version "1"
source guide_early "One's guide" provision twelve "From 12 a child decides"
fact age "The child's age" : number of years from 0 to 17
fact wants "The child wants it" : yes/no
fact allowed "A parent allows it" : yes/no
define decider "Who decides" : one of child, parent otherwise parent
rule own "From 12 the child decides" decider is child when age is at least 12 cite guide_early.twelve
decision goes "Does the child go?" go "The child goes." stay "The child stays." otherwise stay
rule child_wants "It wants to" goes is go when decider is child and wants
rule parent_allows "A parent allows it" goes is go when decider is parent and allowed
action note "Write it down"
rule note "It is written down" should note
case eleven "Eleven" facts age is 11 wants is yes allowed is no expect goes is stay
'''
OTHER = ONE.replace("policy early", "policy late").replace("guide_early", "guide_late").replace(
    "at least 12", "at least 10").replace("From 12", "From 10").replace("twelve", "ten").replace(
    "should note", "must note").replace(
    "action note", 'fact weather "The weather is fine" : yes/no\nrule storm "Not in bad weather" goes is stay '
                   "when not weather despite all\naction note")


class Compare(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("early.policy", ONE)
        self.write("late.policy", OTHER)

    def compare(self, *more, code=0, text=""):
        out, _ = self.expect(code, "compare", "early.policy", "late.policy", "--format", "json", *more, text=text, err="")
        return json.loads(out)

    def test_one_case(self):
        answer = self.compare("--case", "-", text='{"facts": {"age": 11, "wants": true, "allowed": false, "weather": true}}')
        self.assertEqual((answer["decision"], [p["name"] for p in answer["policies"]]), ("goes", ["early", "late"]))
        case, = answer["cases"]
        self.assertTrue(case["outcomes_differ"])
        early, late = case["policies"]
        self.assertEqual([(p["status"], p["outcome"]) for p in (early, late)], [("decided", "stay"), ("decided", "go")])
        self.assertEqual((early["left_out"], late["left_out"]), (["weather"], []))
        decider, = case["values"]
        self.assertEqual((decider["name"], decider["policies"]), ("decider", {"early": "parent", "late": "child"}))
        self.assertEqual([made["rule"] for made in late["because"]], ["late.child_wants", "late.own"])
        self.assertEqual(late["because"][1]["cites"], [{"provision": "guide_late.ten", "title": "From 10 a child decides"}])
        note, = case["duties"]
        self.assertEqual({name: duty["duty"] for name, duty in note["policies"].items()}, {"early": "should", "late": "must"})
        self.assertFalse(note["follows_from_outcome"])

    def test_a_named_case(self):
        case, = self.compare("--case", "eleven")["cases"]
        self.assertEqual((case["name"], case["title"]), ("eleven", "Eleven"))
        self.assertEqual([p["status"] for p in case["policies"]], ["decided", "undecided"])
        self.assertEqual(case["policies"][1]["needs"], ["weather"])

    def test_many_cases(self):
        self.write("cases.json", json.dumps([
            {"name": "a", "title": "A | one", "as_at": "2026-03-02", "facts": {"age": 11, "wants": True, "allowed": False}},
            {"name": "b", "facts": {"age": 17, "wants": True}}]))
        answer = self.compare("--cases", "cases.json")
        self.assertEqual([(c["name"], c["title"], c["outcomes_differ"]) for c in answer["cases"]],
                         [("a", "A | one", True), ("b", None, True)])
        out, _ = self.expect(0, "compare", "early.policy", "late.policy", "--cases", "cases.json")
        for part in ("a: A | one", "early: stay. The child stays.", "late: undecided.", "needs weather", "2 cases"):
            self.assertIn(part, out)
        out, _ = self.expect(0, "compare", "early.policy", "late.policy", "--cases", "cases.json", "--format", "markdown")
        self.assertIn("| 1. A \\| one | `stay` | `undecided` |", out)
        self.assertIn("### 2. b", out)

    def test_agreement_is_said(self):
        self.write("same.policy", ONE.replace("policy early", "policy same").replace("guide_early", "guide"))
        self.expect(0, "compare", "early.policy", "same.policy", "--case", "eleven", out="They agree, duties included.")
        self.expect(0, "compare", "early.policy", "same.policy", out="early and same decide `goes` alike in every case.")

    def test_wherever_they_part(self):
        answer = self.compare()
        self.assertEqual([(p["early"]["outcome"], p["late"]["outcome"]) for p in answer["partings"]],
                         [("go", "stay"), ("stay", "go")])
        for parting in answer["partings"]:
            example = parting["examples"][0]
            self.write("early.policy", ONE + example["case"])
            name = example["case"].split()[1]
            self.expect(0, "test", "early.policy", "--filter", f"early.{name}", out="1 passed, 0 failed")
            self.assertIn(f'# in late: goes is {parting["late"]["outcome"]}', example["case"])
        self.write("early.policy", ONE)
        stay_go = answer["partings"][1]
        self.assertEqual(set(stay_go["facts"]), {"age", "wants", "allowed", "weather"})
        self.assertEqual([w["rule"] for w in stay_go["examples"][0]["policies"][1]["because"]], ["late.child_wants", "late.own"])
        out, _ = self.expect(0, "compare", "early.policy", "late.policy")
        self.assertIn("early and late part over `goes` in 2 ways.", out)
        self.expect(0, "compare", "early.policy", "late.policy", "--format", "markdown", out="### early: `go`; late: `stay`")

    def test_two_versions_of_one_policy(self):
        self.write("new/early.policy", ONE.replace("at least 12", "at least 13"))
        out, _ = self.expect(0, "compare", "early.policy", "new/early.policy", out="new/early.policy: ")
        self.assertIn("age is 12", out)

    def test_too_large_is_said(self):
        answer = self.compare("--nodes", "1", code=1)
        self.assertEqual((answer["complete"], answer["partings"]), (False, []))

    def test_wrong_cases(self):
        for cases, said in (
                ('{}', "The cases are an array"),
                ('[{"facts": {}}]', "no name"),
                ('[{"name": "a", "fcts": {}}]', "Did you mean `facts`?"),
                ('[{"name": "a", "facts": {"ag": 3}}]', "Did you mean `age`?"),
                ('[{"name": "a", "facts": {"age": 18}}]', "between 0 and 17"),
                ('[{"name": "a", "facts": {"goes": "go"}}]', "work out"),
                ('[{"name": "a", "facts": {"wants": true, "wants": false}}]', "wants"),
                ('[{"name": "a", "facts": {}}, {"name": "a", "facts": {}}]', "Two cases"),
                ('[{"name": "a", "as_at": "yesterday"}]', "date"),
                ('', "empty")):
            self.write("cases.json", cases)
            out, err = self.expect(1, "compare", "early.policy", "late.policy", "--cases", "cases.json", err=said)
            self.assertEqual(out, "")
            self.assertEqual(len(re.findall("^error", err, re.M)), 1, err)

    def test_wrong_use(self):
        self.write("cases.json", "[]")
        self.expect(2, "compare", "early.policy", err="only one policy")
        self.expect(2, "compare", err="compare --help")
        self.expect(2, "compare", "early.policy", "late.policy", "early.policy", err="two policies are compared")
        self.expect(2, "compare", "early.policy", "lte.policy", err="Did you mean `late.policy`?")
        self.expect(2, "compare", "early.policy", "late.policy", "--case", "elven", err="None of the policies has a case")
        self.expect(2, "compare", "early.policy", "late.policy", "--cases", "missing.json", err="there is no such file")
        self.expect(2, "compare", "early.policy", "late.policy", "--case", "eleven", "--cases", "cases.json", err="--case")
        self.expect(2, "compare", "early.policy", "late.policy", "--decision", "gos", err="Did you mean `goes`?")
        self.write("third.policy", 'policy third "Third" decision x "X?" y "Y" otherwise y\n')
        self.expect(2, "compare", "early.policy", "third.policy", err="`early` decides `goes`, and `third` decides `x`")


if __name__ == "__main__":
    main()
