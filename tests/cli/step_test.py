"""duly step, as plain text and as JSON"""

import json
import os
import re
import subprocess

from _docs import check_page
from _duly import DULY, DulyTest, main

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("DULY_SOURCE_DIR", os.path.dirname(os.path.dirname(HERE)))
DERBY = os.path.join(SOURCE, "examples", "derby", "derby.policy")

with open(os.path.join(HERE, "practice.policy"), encoding="utf-8") as file:
    PRACTICE = file.read()


def line_of(text):
    """The line of the practice policy that begins with this text."""
    return next(number for number, line in enumerate(PRACTICE.splitlines(), 1) if line.strip().startswith(text))


class Step(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("practice.policy", PRACTICE)

    def steps(self, *arguments, policy="practice.policy"):
        out, _ = self.expect(0, "step", policy, *arguments, "--format", "json")
        return json.loads(out)


class Plain(Step):
    def test_numbered_steps_and_then_the_decision(self):
        out, _ = self.expect(0, "step", "practice.policy", "eleven", "--plain")
        self.assertIn("Case eleven: Aged 11: the parent refuses, the child agrees", out)
        for words in ("To decide: May the bicycle be lent? (lend)",
                      'Question 1: Is the shop open? (the first of "At the counter")',
                      "The shop is open: yes (fact shop.open)",
                      "Question 1: Is the shop open? yes. This leads on to question 2.",
                      "The child's age: 11 years (fact child.age)",
                      "Rule practice.under_12 applies: Below 12 the parent is asked. It says: Whose word counts: The parent's",
                      'Rule "A child of 12 or more decides" (practice.own_word) is set aside by "Below 12 the parent is asked" (practice.under_12).',
                      "Settled: Whose word counts: The parent's",
                      "- not met: Whose word counts: The parent's; and What the parent says: They agree (practice.agreed.parent)",
                      "This leads to: Keep the bicycle.",
                      "Decided: May the bicycle be lent? Keep the bicycle.",
                      "The safeguard holds: No child rides in a storm (practice.no_storm_rides)"):
            self.assertIn(words, re.sub(r"\s+", " ", out))
        self.assertIn(f"[guide.age_1] practice.policy:{line_of('rule under_12')}\n", out)
        numbers = [int(number) for number in re.findall(r"^ *(\d+)\. ", out, re.M)]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertIn("May the bicycle be lent?\n  Keep the bicycle. (lend: keep)\n", out)

    def test_without_a_terminal_it_is_plain(self):
        plain, _ = self.expect(0, "step", "practice.policy", "eleven", "--plain")
        self.assertEqual(self.expect(0, "step", "practice.policy", "eleven")[0], plain)

    def test_a_duty_with_who_and_when(self):
        out, _ = self.expect(0, "step", "practice.policy", "twelve", "--plain")
        self.assertIn("This must be done: Write the loan down, by the shop, before the child leaves (write_down: must)",
                      re.sub(r"\s+", " ", out))

    def test_what_is_not_known(self):
        out, _ = self.expect(0, "step", "practice.policy", "no_word", "--plain")
        text = re.sub(r"\s+", " ", out)
        self.assertIn("What the child says: not known (fact child.word)", text)
        self.assertIn("Not settled yet: May the bicycle be lent? Facts that can still matter: child.word.", text)
        self.assertIn("Rule practice.word.yes may apply, once more is known", text)

    def test_guess_stops_before_the_answer(self):
        out, _ = self.expect(0, "step", "practice.policy", "eleven", "--plain", "--guess")
        self.assertIn("Question 2: Does somebody agree whose word counts?", out)
        self.assertIn("  1. Lend the bicycle.\n  2. Keep the bicycle.\n  3. The policy gives no answer here.\n", out)
        self.assertNotIn("Decided", out)
        self.assertNotIn("leads to", out)
        self.assertNotIn("(lend: keep)", out)

    def test_a_case_from_a_file_on_a_day_of_its_own(self):
        self.write("case.json", '{"facts": {"shop": {"open": false}}}')
        out, _ = self.expect(0, "step", "practice.policy", "case.json", "--as-at", "2026-11-22", "--plain")
        self.assertIn("As at 22 November 2026\n", out)
        self.assertIn("This leads to: Keep the bicycle.", out)
        self.assertNotIn("Question 2", out)

    def test_every_shipped_policy_can_be_stepped_through(self):
        out, _ = self.expect(0, "step", "national", "nothing_unusual", "--plain")
        self.assertIn("(sharing)", out)


class Json(Step):
    def test_steps_with_their_keys(self):
        steps = self.steps("eleven")
        self.assertEqual([step["n"] for step in steps], list(range(1, len(steps) + 1)))
        for step in steps:
            self.assertEqual(list(step)[:3], ["n", "depth", "kind"])
            self.assertEqual(list(step)[-3:], ["text", "cites", "at"])
            self.assertTrue(step["text"])
            self.assertRegex(step["at"], r"^practice\.policy:\d+$")
        self.assertEqual({step["kind"] for step in steps},
                         {"question", "step", "answer", "fact", "condition", "rule", "set_aside", "settled", "safeguard"})
        self.assertEqual({step["kind"] for step in self.steps("twelve")} - {step["kind"] for step in steps}, {"duty"})

        def first(kind, **wanted):
            return next(step for step in steps
                        if step["kind"] == kind and all(step.get(key) == value for key, value in wanted.items()))
        self.assertEqual(steps[0]["decision"], "lend")
        self.assertEqual(first("fact", fact="child.age")["is"], 11)
        self.assertEqual(first("answer", step="open")["is"], True)
        self.assertEqual(first("answer", step="word")["rule"], "practice.word.no")
        self.assertEqual(first("set_aside"), {**first("set_aside"), "rule": "practice.own_word", "by": "practice.under_12"})
        self.assertEqual(first("settled", value="asked")["is"], "parent")
        decided = first("settled", decision="lend")
        self.assertEqual((decided["status"], decided["is"], decided["rules"], decided["needs"]),
                         ("decided", "keep", ["practice.word.no"], []))
        condition = first("condition", rule="practice.agreed")
        self.assertIs(condition["truth"], False)
        self.assertEqual([(part.get("item"), part["level"], part["truth"]) for part in condition["parts"]],
                         [("practice.agreed.parent", 0, False), (None, 1, True), (None, 1, False),
                          ("practice.agreed.child", 0, False), (None, 1, False), (None, 1, True)])
        self.assertEqual(condition["parts"][0]["at"], f"practice.policy:{line_of('- parent:')}")

    def test_the_last_word_on_each_value_is_that_of_decide(self):
        for policy, case in (("practice.policy", "eleven"), ("practice.policy", "no_word"), (DERBY, "aged_11_parent_refuses")):
            decided = json.loads(self.duly("decide", policy, case, "--format", "json")[1])
            settled = {step.get("value"): step for step in self.steps(case, policy=policy) if step["kind"] == "settled"}
            for name, value in decided["values"].items():
                if name in settled:
                    self.assertEqual((settled[name]["status"], settled[name]["is"]), (value["status"], value["value"]))

    def test_guess(self):
        steps = self.steps("eleven", "--guess")
        self.assertLess(len(steps), len(self.steps("eleven")))
        self.assertNotIn("lend", [step.get("decision") for step in steps if step["kind"] == "settled"])


class WhatIf(Step):
    def test_where_the_paths_part(self):
        found = self.steps("eleven", "--what-if", "child.age=12")
        self.assertEqual(found["what_if"], [{"fact": "child.age", "before": 11, "after": 12}])
        self.assertEqual(found["parts_at"], "asked")
        before, after = found["before"], found["after"]
        self.assertEqual(before["step"]["n"], after["step"]["n"])
        self.assertEqual((before["step"]["truth"], after["step"]["truth"]), (True, False))
        self.assertEqual([rule["rule"] for rule in before["rules"]], ["practice.under_12"])
        self.assertEqual([rule["rule"] for rule in after["rules"]], ["practice.own_word"])
        self.assertEqual(before["rules"][0]["provisions"][0]["provision"], "guide.age_1")
        self.assertEqual(after["rules"][0]["provisions"][0]["provision"], "guide.age_2")
        self.assertEqual((before["outcome"], after["outcome"]), ("keep", "hand_out"))

    def test_in_words(self):
        out, _ = self.expect(0, "step", "practice.policy", "eleven", "--plain", "--what-if", "child.age=12")
        before, after = out.split("With the change")
        self.assertIn("What if: The child's age: 12 years. As it is: The child's age: 11 years.", before)
        self.assertIn("The paths part at: Whose word counts.", before)
        self.assertIn("practice.under_12", before)
        self.assertIn("guide.age_1: Below 12 a parent is asked", re.sub(r"\s+", " ", before))
        self.assertIn("Outcome: Keep the bicycle. (keep)", before)
        self.assertIn("practice.own_word", after)
        self.assertIn("guide.age_2: A child of 12 or more decides", re.sub(r"\s+", " ", after))
        self.assertIn("Outcome: Lend the bicycle. (hand_out)", after)

    def test_several_changes(self):
        found = self.steps("eleven", "--what-if", "child.age=12", "--what-if", "child.word = refuses")
        self.assertEqual(len(found["what_if"]), 2)
        self.assertEqual((found["before"]["outcome"], found["after"]["outcome"]), ("keep", "keep"))

    def test_unknown(self):
        found = self.steps("twelve", "--what-if", "child.word=unknown")
        self.assertIsNone(found["what_if"][0]["after"])
        self.assertEqual((found["after"]["status"], found["after"]["outcome"]), ("undecided", None))

    def test_no_difference(self):
        found = self.steps("eleven", "--what-if", "child.word=agrees")
        self.assertIsNone(found["parts_at"])
        self.assertIsNone(found["before"]["step"])
        out, _ = self.expect(0, "step", "practice.policy", "eleven", "--what-if", "child.word=agrees")
        self.assertIn("It makes no difference", out)

    def test_derby_at_eleven_turned_twelve(self):
        """The first step at which the paths part, with both rules and their provisions, whatever they are called."""
        found = self.steps("aged_11_parent_refuses", "--what-if", "child.age=12", policy=DERBY)
        self.assertEqual(found["what_if"], [{"fact": "child.age", "before": 11, "after": 12}])
        self.assertEqual(found["parts_at"], "consent.giver")
        sides = found["before"], found["after"]
        for side in sides:
            self.assertEqual(side["step"]["kind"], "condition")
            self.assertEqual(len(side["rules"]), 1)
            self.assertTrue(side["rules"][0]["provisions"])
            self.assertTrue(side["rules"][0]["provisions"][0]["title"])
        self.assertEqual([side["step"]["truth"] for side in sides], [True, False])
        self.assertNotEqual(sides[0]["rules"][0]["rule"], sides[1]["rules"][0]["rule"])
        self.assertTrue(sides[0]["rules"][0]["rule"].startswith("derby."))
        self.assertTrue(sides[1]["rules"][0]["rule"].startswith("national."))
        self.assertTrue(any(p["provision"].startswith("derby.") for p in sides[0]["rules"][0]["provisions"]))

        # Where nothing else would do, the same birthday turns the outcome round.
        other = self.steps("aged_11_refused", "--what-if", "child.age=12", policy=DERBY)
        self.assertEqual((other["before"]["outcome"], other["after"]["outcome"]), ("do_not_share", "may_share"))


    def test_what_is_redefined_is_shown_where_it_is_in_force(self):
        steps = self.steps("aged_11_parent_refuses", policy=DERBY)
        places = {step["at"].split(":")[0] for step in steps
                  if step.get("value") == "reason_to_override" and step["kind"] in ("question", "settled")}
        self.assertEqual(places, {"derby.policy"})


class Page(DulyTest):
    def test_the_page_shows_what_the_command_prints(self):
        check_page(self, "stepping.md")


class WrongUse(Step):
    def test_cases_and_decisions_that_are_not_there(self):
        self.expect(2, "step", "practice.policy", "elven", err="Did you mean `eleven`?")
        self.expect(2, "step", "practice.policy", "eleven", "--decision", "lnd", err="Did you mean `lend`?")
        self.expect(2, "step", "practise.policy", "eleven", err="practise.policy")
        self.expect(2, "step", "practice.policy", err="CASE")

    def test_changes_that_are_none(self):
        for change, said in (("child.agee=12", "Did you mean `child.age`?"), ("child.age=18", "from 0 to 17"),
                             ("child.age", "no value"), ("parent.word=agress", "Did you mean `agrees`?"),
                             ("asked=child", "The rules work it out"), ("", "no fact")):
            out, _ = self.expect(2, "step", "practice.policy", "eleven", "--what-if", change, err=said)
            self.assertEqual(out, "")

    def test_what_hides_and_what_shows(self):
        self.expect(2, "step", "practice.policy", "eleven", "--guess", "--what-if", "child.age=12", err="Leave one of them out.")

    def test_a_format_that_is_none(self):
        self.expect(2, "step", "practice.policy", "eleven", "--format", "html", err="text, json")

    def test_a_policy_without_a_decision(self):
        self.write("bare.policy", 'policy bare "Bare"\nfact a "A" : yes/no ask "A?"\naction do "Do it"\n'
                   'rule r "R" must do when a\ncase c "C" facts a is yes expect must do\n')
        out, _ = self.expect(0, "step", "bare.policy", "c", "--plain", "--guess")
        self.assertIn("This must be done: Do it", out)
        self.assertTrue(self.steps("c", policy="bare.policy"))

    def test_a_reader_that_leaves_early(self):
        run = subprocess.run(f"{os.path.abspath(DULY)} step national nothing_unusual --plain | head -1", shell=True,
                             capture_output=True, timeout=60)
        self.assertEqual((run.returncode, run.stderr), (0, b""))


if __name__ == "__main__":
    main()
