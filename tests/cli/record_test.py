"""duly record"""

import json

from _docs import check_page
from _duly import DulyTest, main

POLICY = '''policy visit "When a visit needs a second person"
  version "1.2"
source guide "Visiting: a guide" by "A council" dated 2024-02-01
  provision pairs "Two go where there is a known risk"
  provision notes "Every visit is written down"
fact home.risk "There is a known risk at the home" : yes/no judgement
fact home.dogs "Number of dogs" : number from 0 to 9
fact crime.known "A crime is known" : yes/no sensitive
decision crew "How many people make the visit?" single "One person makes the visit." double "Two people make the visit."
  otherwise single
rule pair "Two go where there is a known risk" crew is double when home.risk cite guide.pairs
rule small_dogs "Dogs do not matter" crew is single when home.dogs is over 3 despite pair
record visit_record "Record of a visit" cite guide.notes
  field crew "How many went" : text from crew
  field crime "Whether a crime is known" : yes/no from crime.known
  field who "Who went" : text
  field went_on "The day" : date
record risk_record "Record of a risk" when home.risk
  field manager "The manager who was told" : text
case risky "A risk is on file" as at 2026-03-02
  facts home.risk is yes  home.dogs is 0  crime.known is yes
  expect crew is double
case quiet "A quiet home" as at 2026-03-02
  facts home.risk is no  home.dogs is 9  crime.known is no
  expect crew is single
'''
FIELDS = {"who": "Ada and Ben", "went_on": "2026-03-01", "manager": "Cleo",
          "judgements": {"home.risk": {"reason": "A broken window", "role": "Social worker"}}}


class Record(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)
        self.write("fields.json", json.dumps(FIELDS))

    def test_what_there_is_to_fill_in(self):
        out, _ = self.expect(0, "record", "visit.policy", "risky", err="who: Who went (a text)")
        self.assertEqual(json.loads(out), {"who": None, "went_on": None, "manager": None,
                                           "judgements": {"home.risk": {"reason": None, "role": None}}})
        out, _ = self.expect(0, "record", "visit.policy", "quiet", err="")
        self.assertEqual(json.loads(out), {"who": None, "went_on": None})

    def test_records_of_other_decisions_that_are_open(self):
        self.write("visit.policy", POLICY + '''
fact car.there "A car is there" : yes/no
decision travel "How do they go?" by_car "They drive." by_bus "They take the bus."
rule drive "They drive where there is a car" travel is by_car when car.there
rule ride "They ride where there is none" travel is by_bus when not car.there
define driven "They drive" means travel is by_car
record travel_record "Record of a journey"
  field driver "Who drove" : text when driven
''')
        out, _ = self.expect(0, "record", "visit.policy", "quiet", err="note: `visit.travel_record` is left out")
        self.assertEqual(json.loads(out), {"who": None, "went_on": None})
        # Asked for by name, or decided, it is there.
        self.expect(1, "record", "visit.policy", "quiet", "--record", "travel_record", err="car.there")
        self.write("case.json", json.dumps({"facts": {"home.risk": False, "home.dogs": 9, "crime.known": False,
                                                      "car.there": True}}))
        out, _ = self.expect(0, "record", "visit.policy", "case.json", err="driver: Who drove")
        self.assertEqual(json.loads(out), {"who": None, "went_on": None, "driver": None})

    def test_items_do_not_give_sensitive_values_away(self):
        self.write("secret.policy", '''policy secret "S"
fact prison "Years in prison" : number from 0 to 50 sensitive
fact dogs "Dogs" : number from 0 to 9
decision crew "How many?" single "One." double "Two."
rule alone "One goes" crew is single when none of
    - prison is over 7
    - dogs is over 3
record sheet "A sheet" field who "Who" : text
case calm "C" facts prison is 7 dogs is 0 expect crew is single
''')
        self.write("who.json", '{"who": "Ada"}')
        for form in "markdown", "json":
            out, _ = self.expect(0, "record", "secret.policy", "calm", "--fields", "who.json", "--format", form)
            self.assertIn("Dogs: at least 4", out)
            self.assertNotIn("at least 8", out)
            out, _ = self.expect(0, "record", "secret.policy", "calm", "--fields", "who.json", "--format", form,
                                 "--unmask")
            self.assertIn("at least 8", out)

    def test_what_there_is_to_fill_in_as_a_page(self):
        out, err = self.expect(0, "record", "visit.policy", "risky", "--format", "markdown", err="")
        self.assertEqual(err, "")
        for part in ("# Records of a decision", "## Record of a visit", "- Who went (a text) (`who`)",
                     "## Professional judgements", "`judgements.home.risk`"):
            self.assertIn(part, out)
        self.assertNotIn("How many went", out)

    def test_json(self):
        out, _ = self.expect(0, "record", "visit.policy", "risky", "--fields", "fields.json", "--format", "json")
        answer = json.loads(out)
        self.assertEqual(list(answer), ["policy", "as_at", "decision", "set_aside", "records", "judgements"])
        self.assertEqual((answer["policy"]["name"], answer["policy"]["version"], answer["as_at"]),
                         ("visit", "1.2", "2026-03-02"))
        decision = answer["decision"]
        self.assertEqual((decision["name"], decision["outcome"], decision["says"]),
                         ("crew", "double", "Two people make the visit."))
        self.assertEqual(decision["because"][0]["rule"], "visit.pair")
        self.assertEqual(decision["because"][0]["cites"],
                         [{"provision": "guide.pairs", "title": "Two go where there is a known risk"}])
        self.assertEqual([r["record"] for r in answer["records"]], ["visit.visit_record", "visit.risk_record"])
        fields = {f["field"]: f for f in answer["records"][0]["fields"]}
        self.assertEqual((fields["crew"]["value"], fields["crew"]["from"]), ("Two people make the visit.", "crew"))
        self.assertEqual((fields["crime"]["value"], fields["crime"]["masked"]), (None, True))
        self.assertEqual((fields["who"]["value"], fields["who"]["from"]), ("Ada and Ben", None))
        self.assertEqual(answer["judgements"], [{"fact": "home.risk", "title": "There is a known risk at the home",
                                                 "value": True, "masked": False, "reason": "A broken window",
                                                 "role": "Social worker"}])

    def test_a_page_for_the_file(self):
        out, _ = self.expect(0, "record", "visit.policy", "risky", "--fields", "fields.json")
        for part in ("# Record of a decision", "Two people make the visit.", "## Record of a visit", "Who went: Ada and Ben",
                     "The day: 1 March 2026", "## Professional judgements", "Reason: A broken window",
                     "Judged by: Social worker", "## Because", "guide.pairs", "2 March 2026", "visit 1.2",
                     "not shown in this copy"):
            self.assertIn(part, out)
        shown, _ = self.expect(0, "record", "visit.policy", "risky", "--fields", "fields.json", "--unmask")
        self.assertIn("Whether a crime is known: yes", shown)
        self.assertNotIn("not shown in this copy", shown)
        self.assertNotIn("Whether a crime is known: yes", out)

    def test_what_was_set_aside(self):
        self.write("case.json", '{"facts": {"home.risk": true, "home.dogs": 5, "crime.known": false}}')
        out, _ = self.expect(0, "record", "visit.policy", "case.json", "--fields", "fields.json", "--format", "json")
        self.assertEqual(json.loads(out)["set_aside"],
                         [{"rule": "visit.pair", "title": "Two go where there is a known risk", "by": "visit.small_dogs"}])

    def test_one_record(self):
        self.write("fields.json", '{"manager": "Cleo", "judgements": {"home.risk": {"reason": "r", "role": "m"}}}')
        out, _ = self.expect(0, "record", "visit.policy", "risky", "--fields", "fields.json", "--record", "risk_record")
        self.assertTrue(out.startswith("# Record of a risk\n"))
        self.expect(2, "record", "visit.policy", "risky", "--record", "risc_record", err="Did you mean `visit.risk_record`?")

    def test_fields_from_standard_input(self):
        self.expect(0, "record", "visit.policy", "risky", "--fields", "-", text=json.dumps(FIELDS), out="Ada and Ben")
        self.expect(2, "record", "visit.policy", "-", "--fields", "-", text="{}", err="cannot both")

    def test_all_that_is_wrong_at_once(self):
        self.write("fields.json", '{\n "whoo": "Ada",\n "went_on": "2026-02-30",\n "crew": "double"\n}')
        out, err = self.expect(1, "record", "visit.policy", "risky", "--fields", "fields.json", err="")
        self.assertEqual(out, "")
        for part in ("fields.json:2: There is no field `whoo`", "Did you mean `who`?", "fields.json:3: went_on",
                     "fields.json:4: `crew` is filled from `crew`", "`who` is missing", "`manager` is missing",
                     "judgement `home.risk` is missing"):
            self.assertIn(part, err)

    def test_fields_that_are_none(self):
        for text in ("", "[]", "{", '{"who": "a", "who": "b"}', "[" * 1000):
            out, _ = self.expect(1, "record", "visit.policy", "risky", "--fields", "-", text=text, err="standard input:1")
            self.assertEqual(out, "")

    def test_cases_that_cannot_be_recorded(self):
        self.expect(1, "record", "visit.policy", "-", text="{}", err="`crew` is not decided yet")
        self.expect(1, "record", "visit.policy", "-", text='{"facts": {"home.rsk": true}}', err="E0854")
        self.expect(2, "record", "visit.policy", "rsky", err="Did you mean `risky`?")
        self.expect(2, "record", "visit.policy", "risky", "--fields", "missing.json", err="there is no such file")
        self.expect(2, "record", "visit.policy", err="record --help")
        self.write("bare.policy", 'policy bare "None" decision d "D?" p "P" otherwise p\n')
        self.expect(1, "record", "bare.policy", "-", text="{}", err="calls for no record")

    def test_the_page_of_docs(self):
        check_page(self, "records.md")


if __name__ == "__main__":
    main()
