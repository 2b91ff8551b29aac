"""duly decide --why-not"""

import json

from _duly import POLICY, DulyTest, main


class WhyNot(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)

    def test_text(self):
        out, _ = self.expect(0, "decide", "visit.policy", "risky", "--why-not", "single",
                             out="What came out: Two people make the visit.")
        self.assertIn("The manager allows one person alone (here: no)", out)
        self.assertIn("What would have to be otherwise", out)

    def test_the_exit_code_is_that_of_the_decision(self):
        self.expect(3, "decide", "visit.policy", "-", "--why-not", "pair", text='{"facts": {}}', err="")

    def test_markdown(self):
        self.expect(0, "decide", "visit.policy", "risky", "--why-not", "alone", "--format", "markdown",
                    out="# Why not: The manager's word is enough")

    def test_json(self):
        out, _ = self.expect(0, "decide", "visit.policy", "allowed", "--why-not", "pair", "--format", "json")
        answer = json.loads(out)
        self.assertEqual(list(answer)[-2:], ["warnings", "why_not"])
        found = answer["why_not"]
        self.assertEqual(list(found), ["rule", "about", "value", "is_so", "holds_otherwise", "rules", "instead", "nearest"])
        self.assertEqual((found["rule"], found["about"], found["is_so"]), ("visit.pair", "crew", False))
        self.assertEqual(found["rules"][0]["set_aside_by"], ["visit.alone"])
        self.assertEqual(found["nearest"]["changes"], [{
            "fact": "manager.allows", "title": "The manager allows one person alone", "from": True, "to": False,
            "says": "The manager allows one person alone: no, instead of yes", "can_be_changed": True}])

    def test_the_changes_lead_there(self):
        facts = {"home.risk": True, "home.dogs": 4, "manager.allows": False}
        out, _ = self.expect(0, "decide", "visit.policy", "-", "--why-not", "single", "--format", "json",
                             text=json.dumps({"facts": facts}))
        for change in json.loads(out)["why_not"]["nearest"]["changes"]:
            facts[change["fact"]] = change["to"]
        self.expect(0, "decide", "visit.policy", "-", text=json.dumps({"facts": facts}), out="One person makes the visit.")

    def test_names_that_are_none(self):
        self.expect(2, "decide", "visit.policy", "risky", "--why-not", "sinlge", err="Did you mean `single`?")
        self.expect(2, "decide", "visit.policy", "risky", "--why-not", "alon", err="Did you mean `alone`?")
        self.expect(2, "decide", "visit.policy", "risky", "--why-not", "crew=tripel", err="It can be single, double.")
        self.expect(2, "decide", "visit.policy", "risky", "--why-not", "home.dogs=3", err="has no definition")


if __name__ == "__main__":
    main()
