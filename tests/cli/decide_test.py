"""duly decide"""

import json
import os
import subprocess

from _duly import DULY, POLICY, DulyTest, main


class Decide(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)

    def decide(self, code, facts, *more):
        out, _ = self.expect(code, "decide", "visit.policy", "-", "--format", "json", *more,
                             text=json.dumps({"facts": facts, "as_at": "2026-11-22"}), err="")
        return json.loads(out)

    def test_decided(self):
        answer = self.decide(0, {"home": {"risk": True}, "manager.allows": False, "home.dogs": 0})
        self.assertEqual(list(answer), ["policy", "as_at", "default", "decisions", "duties", "values", "next_question",
                                        "safeguards_broken", "warnings"])
        self.assertEqual(answer["policy"]["name"], "visit")
        self.assertEqual(answer["policy"]["version"], "1.2")
        self.assertEqual(answer["policy"]["modules"], [])
        self.assertRegex(answer["policy"]["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual(answer["as_at"], "2026-11-22")
        self.assertEqual(answer["default"], "crew")
        crew = answer["decisions"]["crew"]
        self.assertEqual(list(crew), ["status", "outcome", "advised", "says", "because", "set_aside", "needs"])
        self.assertEqual((crew["status"], crew["outcome"], crew["advised"], crew["says"]),
                         ("decided", "double", None, "Two people make the visit."))
        rule = crew["because"][0]
        self.assertEqual((rule["rule"], rule["cites"]), ("visit.pair", ["guide.pairs_1"]))
        self.assertRegex(rule["at"], r"^visit\.policy:\d+$")
        below = rule["because"][0]
        self.assertEqual(below["rule"], "visit.danger")
        item = below["because"][0]
        self.assertEqual((item["item"], item["facts"]), ("visit.danger.known", {"home.risk": True}))
        duty = answer["duties"][0]
        self.assertEqual((duty["action"], duty["duty"], duty["status"], duty["timing"]),
                         ("write_note", "must", "decided", "on the same day"))
        self.assertEqual(answer["values"]["danger"], {"status": "decided", "value": True, "needs": []})
        self.assertIsNone(answer["next_question"])

    def test_each_item_of_a_list_none_of_which_holds_is_a_reason(self):
        self.write("nothing.policy", '''policy nothing "N"
source g "G" provision p1 "One" provision p2 "Two" provision p3 "Three"
fact a "A" : yes/no  fact b "B" : yes/no  fact c "C" : yes/no
define calm "Calm" means c cite g.p3
decision d "D?" go "Go." stay "Stay." otherwise stay
rule r "R" d is go when none of
    - first: a [g.p1]
    - second: not calm [g.p2]
''')
        out, _ = self.expect(0, "decide", "nothing.policy", "-", "--format", "json",
                             text=json.dumps({"facts": {"a": False, "b": False, "c": True}}))
        [rule] = json.loads(out)["decisions"]["d"]["because"]
        first, second = rule["because"]
        self.assertEqual([first["item"], first["cites"], first["holds"], first["facts"]],
                         ["nothing.r.first", ["g.p1"], False, {"a": False}])
        self.assertEqual([second["item"], second["cites"], second["holds"]], ["nothing.r.second", ["g.p2"], False])
        [calm] = second["because"]
        self.assertEqual([calm["rule"], calm["cites"], calm["facts"]], ["nothing.calm", ["g.p3"], {"c": True}])
        # Where one holds, it alone is why the rule does not apply; the others are not told.
        self.expect(0, "decide", "nothing.policy", "-", text=json.dumps({"facts": {"a": True, "c": True}}), out="Stay.")

    def test_set_aside(self):
        answer = self.decide(0, {"home.risk": True, "manager.allows": True, "home.dogs": 1})
        crew = answer["decisions"]["crew"]
        self.assertEqual(crew["outcome"], "single")
        self.assertEqual(crew["set_aside"], [{"rule": "visit.pair", "by": "visit.alone"}])

    def test_undecided(self):
        answer = self.decide(3, {})
        crew = answer["decisions"]["crew"]
        self.assertEqual((crew["status"], crew["outcome"], crew["needs"][0]), ("undecided", None, "home.risk"))
        self.assertEqual(set(crew["possible"]), {"single", "double"})
        self.assertEqual(answer["next_question"]["fact"], "home.risk")
        self.assertEqual(answer["next_question"]["ask"], "Is there a known risk at this home?")
        self.assertEqual(answer["next_question"]["help"], "Look at the file, and ask the last visitor.")
        self.assertEqual(answer["next_question"]["type"], "yes/no")
        self.assertEqual([each["value"] for each in answer["next_question"]["answers"]], [True, False])

    def test_next_question_about_a_number(self):
        answer = self.decide(3, {"home.risk": False, "manager.allows": False})
        question = answer["next_question"]
        self.assertEqual((question["fact"], question["type"], question["answers"], question["from"], question["to"]),
                         ("home.dogs", "number", None, 0, 9))

    def test_unsafe(self):
        answer = self.decide(4, {"home.risk": False, "manager.allows": True, "home.dogs": 8})
        crew = answer["decisions"]["crew"]
        self.assertEqual((crew["status"], crew["outcome"], crew["advised"]), ("unsafe", None, "single"))
        self.assertEqual(answer["safeguards_broken"][0]["safeguard"], "visit.no_lone_pack")
        out, _ = self.expect(4, "decide", "visit.policy", "-", err="",
                             text='{"facts": {"manager.allows": true, "home.dogs": 8}}')
        self.assertIn("STOP", out)
        self.assertIn("Nobody meets a pack of dogs alone", out)

    def test_text(self):
        out, _ = self.expect(0, "decide", "visit.policy", "risky")
        for part in ("How many people make the visit?", "Two people make the visit.", "Because", "[guide.pairs_1]",
                     "What must be done", "Write the visit down", "on the same day", "visit 1.2", "Visiting: a guide"):
            self.assertIn(part, out)
        self.assertLessEqual(max(map(len, out.split("\n"))), 100)

    def test_depths(self):
        short, _ = self.expect(0, "decide", "visit.policy", "risky", "--depth", "short")
        normal, _ = self.expect(0, "decide", "visit.policy", "risky")
        full, _ = self.expect(0, "decide", "visit.policy", "risky", "--depth", "full")
        self.assertLessEqual(short.count("\n"), 7)
        self.assertLess(short.count("\n"), normal.count("\n"))
        self.assertLess(normal.count("\n"), full.count("\n"))
        self.assertIn("The manager's word is enough", full)  # did not apply
        self.assertNotIn("The manager's word is enough", normal)

    def test_markdown(self):
        out, _ = self.expect(0, "decide", "visit.policy", "risky", "--format", "markdown")
        self.assertTrue(out.startswith("# How many people make the visit?\n"))
        self.assertIn("\n## Because\n", out)

    def test_colour_only_when_asked(self):
        plain, _ = self.expect(0, "decide", "visit.policy", "risky")
        coloured, _ = self.expect(0, "decide", "visit.policy", "risky", "--color", "always")
        self.assertNotIn("\x1b", plain)
        self.assertIn("\x1b", coloured)

    def test_as_at(self):
        case = '{"facts": {}, "as_at": "2026-11-22"}'
        out, _ = self.expect(3, "decide", "visit.policy", "-", "--format", "json", "--as-at", "2025-01-02", text=case, err="")
        self.assertEqual(json.loads(out)["as_at"], "2025-01-02")

    def test_a_day_outside_the_time_in_force(self):
        self.write("visit.policy", POLICY.replace('version "1.2"', 'in force from 2024-01-01 until 2024-12-31'))
        answer = self.decide(3, {})
        self.assertIn("until 2024-12-31", answer["warnings"][0])
        self.assertIsNone(answer["policy"]["version"])
        self.expect(3, "decide", "visit.policy", "-", text="{}", out="until 2024-12-31", err="")

    def test_decision(self):
        self.write("two.policy", 'policy two "Two"\ndecision a "A?" x "X" otherwise x\ndecision b "B?" y "Y" otherwise y\n')
        out, _ = self.expect(0, "decide", "two.policy", "-", "--format", "json", text="{}", err="")
        self.assertEqual(list(json.loads(out)["decisions"]), ["a", "b"])
        out, _ = self.expect(0, "decide", "two.policy", "-", "--format", "json", "--decision", "b", text="{}", err="")
        answer = json.loads(out)
        self.assertEqual((answer["default"], list(answer["decisions"])), ("b", ["b"]))
        self.expect(2, "decide", "visit.policy", "risky", "--decision", "crw", err="Did you mean `crew`?")

    def test_a_policy_without_a_decision(self):
        self.write("plain.policy", 'policy plain "Plain"\nfact x "X" : yes/no\naction a "Do it"\nrule r "R" must a when x\n')
        out, _ = self.expect(0, "decide", "plain.policy", "-", text='{"facts": {"x": true}}', err="")
        self.assertIn("Do it", out)
        out, _ = self.expect(0, "decide", "plain.policy", "-", "--format", "json", text='{"facts": {"x": true}}', err="")
        self.assertIsNone(json.loads(out)["default"])

    def test_cases_by_name_file_and_standard_input(self):
        self.write("case.json", '{"facts": {"home.risk": true, "manager.allows": false}}')
        self.expect(0, "decide", "visit.policy", "case.json")
        self.expect(0, "decide", "visit.policy", "./case.json")
        self.expect(0, "decide", "visit.policy", "visit.risky")
        self.write("risky", "not JSON at all")
        self.expect(0, "decide", "visit.policy", "risky", out="Two people")
        self.expect(1, "decide", "visit.policy", "./risky", err="error[E0851]")

    def test_cases_that_are_not_there(self):
        self.expect(2, "decide", "visit.policy", "riskey", err="Did you mean `risky`?")
        self.expect(2, "decide", "visit.policy", "missing.json", err="there is no such file")
        self.expect(2, "decide", "visit.policy", ".", err="folder")

    def test_wrong_cases(self):
        for text, code, said in (
                ("", "E0851", "The case is empty"),
                ("{", "E0851", "ends too early"),
                ('{"facts": {"home": {"rsk": true}}}', "E0854", "home.risk"),
                ('{"facts": {"home.dogs": 11}}', "E0859", "home.dogs"),
                ('{"facts": {"danger": true}}', "E0855", "work out"),
                (b'{"facts": {"home.dogs": "\xff"}}', "E0863", "UTF-8"),
                ("[" * 10_000_000, "E0852", "64 levels")):
            out, err = self.expect(1, "decide", "visit.policy", "-", "--format", "json", text=text, err=said)
            self.assertEqual(out, "")
            self.assertIn(f"error[{code}]", err)
            self.assertIn("standard input:", err)

    def test_standard_input_that_cannot_be_read(self):
        run = subprocess.run([os.path.abspath(DULY), "decide", "visit.policy", "-"], cwd=self.folder, capture_output=True,
                             stdin=subprocess.DEVNULL)
        self.assertEqual(run.returncode, 1)
        folder = os.open(self.folder, os.O_RDONLY)
        run = subprocess.run([os.path.abspath(DULY), "decide", "visit.policy", "-"], cwd=self.folder, capture_output=True,
                             stdin=folder)
        os.close(folder)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"`standard input` cannot be read", run.stderr)

    def test_a_policy_with_errors(self):
        self.write("bad.policy", "policy bad")
        out, _ = self.expect(1, "decide", "bad.policy", "-", text="{}", err="bad.policy:1")
        self.assertEqual(out, "")

    def test_standard_policies(self):
        out, _ = self.expect(0, "decide", "national", "nothing_unusual", "--format", "json")
        self.assertEqual(json.loads(out)["default"], "sharing")


if __name__ == "__main__":
    main()
