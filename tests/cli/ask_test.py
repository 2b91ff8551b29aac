"""duly ask"""

import json
import os
import random
import signal
import subprocess
import time

from _docs import check_page
from _duly import DULY, DulyTest, POLICY, main
from _screen import Screen

MENU = "What next?"


class Ask(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)

    def ask(self, code, *lines, arguments=(), out=None, err=""):
        """Answers with the lines; returns what was printed."""
        text = "".join(line + "\n" for line in lines)
        printed, said = self.expect(code, "ask", "visit.policy", *arguments, text=text, out=out, err=err)
        self.assertNotIn("\x1b", printed + said)
        if not err:
            self.assertEqual(said, "")
        return printed

    # ---- over a pipe ----

    def test_a_whole_conversation(self):
        printed = self.ask(0, "no", "0", "0")
        self.assertEqual(printed.split(MENU)[0], """\
When a visit needs a second person (1.2)
How many people make the visit?

Answer with the number or the word in front of an answer, or with ? where you do not
know. You can also write: back, change, answers, progress, help, stop.

Question 1, of 3 at most
Is there a known risk at this home?
  Look at the file, and ask the last visitor.
  Asked for: Two go where something could go wrong [guide.pairs_1]
    resting on: Something could go wrong [guide.pairs_1]
    1  Yes: settles “Something could go wrong”
    2  No: leaves it open
    0  I do not know
> no

Question 2, of 3 at most
How many dogs are there?
  Asked for: Two go where something could go wrong [guide.pairs_1]
    resting on: Something could go wrong
  Expected: a whole number from 0 to 9, or ? if you do not know.
    - under 3: settles it: One person makes the visit.
    - 3 or more: settles “Something could go wrong”
> 0
  Settled: Something could go wrong: no

How many people make the visit? One person makes the visit.

  Settled: Something could go wrong: no
  Settled: Write the visit down: must

""")

    def test_the_end_of_input_loses_nothing(self):
        printed = self.ask(3, "yes", out="not decided yet")
        case = json.loads(printed[printed.index("{"):printed.rindex("}") + 1])
        self.assertEqual(case["facts"], {"home": {"risk": True}})
        self.assertIn("duly ask visit.policy --case case.json", printed)
        self.write("case.json", json.dumps(case))
        printed = self.ask(0, "no", arguments=("--case", "case.json"))
        self.assertIn("Known from the case: 1 fact.", printed)
        self.assertIn("Two people make the visit.", printed)
        self.assertNotIn("Is there a known risk", printed.split("Question 1")[1].split("\n> ")[0])

    def test_no_input_at_all(self):
        self.ask(3, out="not decided yet")

    def test_nonsense_is_asked_again(self):
        printed = self.ask(0, "", "perhaps", "7", "yess", "x" * 100_000, "\x1b[31m\x00\x7f", "no", "12", "1.0", "0")
        for part in ("Expected: yes or no", "“perhaps” is no answer to this", "Did you mean “yes”?", "outside the range",
                     "Did you mean “1”?"):
            self.assertIn(part, printed)
        self.assertIn("One person makes the visit.", printed)

    def test_bytes_that_are_no_text(self):
        code, out, _ = self.duly("ask", "visit.policy", text=b"\xff\xfe\n\xe2\x82\nno\n0\n0\n")
        self.assertEqual(code, 0, out)
        self.assertIn("“??” is no answer to this", out)

    def test_what_nobody_knows(self):
        for words in ("?", "0", "don't know", "Don’t know", "unknown"):
            printed = self.ask(3, words, "4", "?", "0")
            self.assertIn("Noted as not known.", printed)
            self.assertIn("Not known, and it can still matter:\n    - Has the manager allowed it?\n", printed)
            self.assertNotIn("- Is there a known risk", printed)  # the dogs have settled that

    def test_back(self):
        printed = self.ask(0, "back", "no", "4", "b", "0", "0")
        self.assertIn("There is no answer to take back.", printed)
        self.assertIn("Taken back: How many dogs are there?", printed)
        self.assertIn("One person makes the visit.", printed)

    def test_change(self):
        printed = self.ask(0, "no", "4", "change", "1", "yes", "no", "0")
        self.assertIn("So far: Is there a known risk at this home? no", printed)
        self.assertIn("Dropped, for it no longer matters: How many dogs are there? 4", " ".join(printed.split()))
        self.assertIn("Two people make the visit.", printed)

    def test_change_by_number_or_fact_and_second_thoughts(self):
        printed = self.ask(0, "no", "change 9", "change home.risk", "what", "", "change 1", "no", "answers", "4", "no", "0")
        self.assertIn("There is no such answer. Write a number from 1 to 1", printed)
        self.assertIn("or nothing to leave it as it is.", " ".join(printed.split()))
        self.assertIn("It stays as it is.", printed)
        self.assertIn("1. Is there a known risk at this home? no", printed)
        self.assertIn("Two people make the visit.", printed)

    def test_change_after_it_is_settled(self):
        printed = self.ask(0, "no", "0", "change 2", "5", "yes", "0")
        self.assertIn("Now: How many dogs are there? 5", printed)
        self.assertTrue(printed.rstrip().endswith("0"))

    def test_progress_and_help(self):
        printed = self.ask(3, "help", "no", "4", "progress", "stop", "0")
        self.assertIn("takes back the last answer", printed)
        self.assertIn("Settled: Something could go wrong: yes", printed)
        self.assertIn("Still to come: at most 1 question.", printed)
        self.assertIn("go on with the questions", printed)

    def test_stop_and_go_on(self):
        printed = self.ask(0, "no", "stop", "6", "0", "0")
        self.assertIn("One person makes the visit.", printed)

    def test_save(self):
        printed = self.ask(0, "no", "4", "no", "3", "case.json", "0")
        self.assertIn("Saved. `duly decide visit.policy case.json` decides it again.", printed)
        self.expect(0, "decide", "visit.policy", "case.json", out="Two people make the visit.")

    def test_save_never_writes_over_a_file_unasked(self):
        self.write("case.json", "mine")
        printed = self.ask(0, "no", "0", "save case.json", "no", "save", "", "save missing/case.json", "0")
        self.assertIn("case.json is there already. Write over it?", printed)
        self.assertEqual(printed.count("Nothing was saved."), 2)
        self.assertIn("missing/case.json could not be written: No such file or directory.", printed)
        with open(os.path.join(self.folder, "case.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.ask(0, "no", "0", "save case.json", "yes", "0")
        self.expect(0, "decide", "visit.policy", "case.json")

    def test_a_case_block_passes_as_a_test(self):
        printed = self.ask(0, "no", "4", "no", "block", "0")
        block = printed[printed.index("case from_interview"):].split("\nWhat next?")[0]
        self.write("visit.policy", POLICY + "\n" + block)
        self.expect(0, "test", "visit.policy", "--filter", "from_interview", out="1 passed, 0 failed")

    def test_the_explanation_and_the_record(self):
        self.write("visit.policy", POLICY + 'record sheet "Sheet" field who "Who went" : text\n')
        printed = self.ask(0, "no", "4", "no", "1", "record", "0")
        self.assertIn("Because\n  - Two go where something could go wrong", printed)
        self.assertIn("who: Who went (a text)", printed)

    def test_the_menu_takes_nonsense(self):
        printed = self.ask(0, "no", "0", "9", "", "maybe", "0")
        self.assertEqual(printed.count("Write a number from 0 to 5."), 3)

    def test_duties(self):
        self.write("visit.policy", POLICY + 'fact seen "Something was seen" : yes/no\n'
                   'action tell_police "Tell the police"\nrule police "Seen" must tell_police when seen\n')
        printed = self.ask(0, "no", "0", "maybe", "yes", "yes", "0")
        self.assertIn("That can take up to 1 question more.", printed)
        self.assertIn("Please answer yes or no.", printed)
        self.assertIn("(what has to be done: Tell the police)\nSomething was seen\n", printed)
        self.assertIn("Settled: Tell the police: must", printed)
        printed = self.ask(0, "no", "0", "no", "0")
        self.assertIn("Open: 1 duty", printed)

    def test_as_json(self):
        out, err = self.expect(3, "ask", "visit.policy", "--format", "json", text="no\n?\n?\n0\n", err="Question 1")
        answer = json.loads(out)
        self.assertEqual(list(answer), ["case", "answers", "not_known", "decision"])
        self.assertEqual(answer["case"]["facts"], {"home": {"risk": False}})
        self.assertEqual(answer["answers"][1], {"fact": "home.dogs", "value": None, "given": False})
        self.assertEqual(answer["not_known"], ["home.dogs", "manager.allows"])
        self.assertEqual(answer["decision"]["decisions"]["crew"]["status"], "undecided")
        self.assertNotIn("{", err)

    def test_how_it_ends(self):
        self.ask(4, "?", "8", "yes", "0", out="a safeguard is broken")

    def test_the_day(self):
        printed = self.ask(3, arguments=("--as-at", "2025-03-02"))
        self.assertIn('"as_at": "2025-03-02"', printed)

    def test_what_is_wrong(self):
        self.expect(2, "ask", "visitt", err="visitt")
        self.expect(2, "ask", "visit.policy", "--decision", "crw", err="Did you mean `crew`?")
        self.expect(2, "ask", "visit.policy", "--case", "-", err="cannot both come from standard input")
        self.expect(2, "ask", "visit.policy", "--case", "riskyy", err="Did you mean `risky`?")
        self.write("c.json", '{"facts": {"home.rsk": true}}')
        self.expect(1, "ask", "visit.policy", "--case", "c.json", err="E0854")
        self.write("broken.policy", "policy broken")
        self.expect(1, "ask", "broken.policy", err="error")

    def test_whatever_is_written_it_ends(self):
        words = ["yes", "no", "1", "2", "3", "0", "?", "", "back", "change", "change 1", "change home.risk", "answers", "progress",
                 "stop", "help", "save", "save x.json", "block", "explanation", "record", "\x03\x04", "9" * 30, "b b", "-1", "none"]
        for seed in range(40):
            chance = random.Random(seed)
            text = "\n".join(chance.choice(words) for _ in range(chance.randrange(60)))
            code, out, err = self.duly("ask", "visit.policy", text=text)
            self.assertIn(code, (0, 3, 4), f"seed {seed}\n{out}\n{err}")
            self.assertEqual(err, "", f"seed {seed}")

    def test_an_interrupt_in_a_pipe_ends_with_what_is_known(self):
        process = subprocess.Popen([os.path.abspath(DULY), "ask", "visit.policy"], cwd=self.folder,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(b"yes\n")
        process.stdin.flush()
        seen = b""
        while b"Question 2" not in seen:
            seen += os.read(process.stdout.fileno(), 4096)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 3)
        self.assertIn(b'"risk": true', seen + rest)

    # ---- at a terminal ----

    def screen(self, *arguments, **more):
        screen = Screen([os.path.abspath(DULY), "ask", "visit.policy", *arguments], self.folder, **more)
        self.addCleanup(screen.close)
        return screen

    def test_terminal_completion_and_editing(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.type("n\t")
        screen.wait_for("no")
        screen.type("x\x7f\r")  # a slip, rubbed out
        screen.wait_for("How many dogs are there?")
        screen.type("b\t\r")
        screen.wait_for("Taken back")
        screen.type("1\r")
        screen.wait_for("Has the manager allowed it?")
        screen.type("\x10\x10\x10\r")  # three lines up in the history: no
        screen.wait_for("Two people make the visit.")
        screen.wait_for(MENU)
        screen.type("0\r")
        self.assertEqual(screen.exit_code(), 0)
        self.assertTrue(screen.is_as_it_was())

    def test_terminal_completion_shows_what_there_is(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.type("\t")
        screen.wait_for("yes   no   don't know   back")
        screen.type("zz\t\x15no\r")
        screen.wait_for("How many dogs are there?")

    def test_terminal_ctrl_c_asks_first(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.type("yes\r")
        screen.wait_for("Has the manager allowed it?")
        screen.type("half a li\x03")
        screen.wait_for("Do you want to stop? Nothing is lost.")
        screen.type("\r")
        screen.wait_for("> ")
        screen.type("\x03")
        screen.wait_for("Do you want to stop?")
        screen.type("yes\r")
        screen.wait_for('"risk": true')
        self.assertEqual(screen.exit_code(), 3)
        self.assertTrue(screen.is_as_it_was())

    def test_terminal_ctrl_c_twice(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.type("\x03")
        screen.wait_for("Do you want to stop?")
        screen.type("\x03")
        screen.wait_for("case.json")
        self.assertEqual(screen.exit_code(), 3)
        self.assertTrue(screen.is_as_it_was())

    def test_terminal_ctrl_d_ends(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.type("yes\r")
        screen.wait_for("Has the manager allowed it?")
        screen.type("\x04")
        screen.wait_for('"risk": true')
        self.assertEqual(screen.exit_code(), 3)
        self.assertTrue(screen.is_as_it_was())

    def test_terminal_is_left_as_it_was_where_a_signal_ends_it(self):
        screen = self.screen()
        screen.wait_for("> ")
        screen.signal(signal.SIGTERM)
        screen.exit_code()
        self.assertTrue(screen.is_as_it_was())

    def test_terminal_without_a_cursor(self):
        screen = self.screen(term="dumb")
        screen.wait_for("> ")
        screen.type("no\r")
        screen.wait_for("How many dogs are there?")
        screen.type("\x03")
        screen.wait_for("Do you want to stop?")
        screen.type("\x03")
        self.assertEqual(screen.exit_code(), 3)
        self.assertNotIn("\x1b", screen.text)

    def test_the_page_of_docs(self):
        check_page(self, "interview.md")


if __name__ == "__main__":
    main()
