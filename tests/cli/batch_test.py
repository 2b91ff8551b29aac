"""duly batch: JSON lines in, JSON lines out."""

import json
import os
import pty
import random
import select
import subprocess
import sys
import time

from _duly import DULY, POLICY, DulyTest, main

SOURCE = os.environ.get("DULY_SOURCE_DIR", os.getcwd())
DERBY = os.path.join(SOURCE, "examples", "derby", "derby.policy")
ORDINARY = '{"facts": {"home.risk": false, "home.dogs": 0, "manager.allows": false}}'


def random_lines(count, seed=1, wrong=0.0):
    """Cases of the policy `visit`; a share of lines is wrong in one way or another."""
    chosen = random.Random(seed)
    lines = []
    for number in range(count):
        facts = {}
        for name, values in (("home.risk", (True, False, None)), ("home.dogs", range(10)), ("manager.allows", (True, False))):
            if chosen.random() < 0.8:
                facts[name] = chosen.choice(values)
        line = json.dumps({"facts": facts, "id": number})
        if chosen.random() < wrong:
            line = chosen.choice(["", "{", line[:-3], line.replace("facts", "fact"), line + line, "\xff" * 9,
                                  '{"facts": {"home.dogs": 10}, "id": "ten"}'])
        lines.append(line)
    return lines


class Batch(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)

    def test_an_approximate_answer_says_so(self):
        self.write("days_apart.policy", '''policy days_apart "D"
fact first_day "One" : date  fact last_day "Two" : date
decision d "D?" yes_it_is "Yes." no_it_is_not "No." otherwise no_it_is_not
rule r "R" d is yes_it_is when first_day is before last_day
''')
        out, _ = self.expect(0, "batch", "days_apart.policy", text='{"facts": {}}\n{"facts": {"first_day": "2026-01-01"}}\n')
        self.assertEqual([json.loads(line)["decisions"]["d"] for line in out.splitlines()],
                         [{"undecided": ["first_day", "last_day"], "approximate": True}, {"undecided": ["last_day"]}])

    def batch(self, lines, *arguments, code=0, err=None):
        """Runs it on lines; returns its answers, parsed, and standard error."""
        out, said = self.expect(code, "batch", "visit.policy", *arguments, text="".join(line + "\n" for line in lines), err=err)
        answers = out.split("\n")
        self.assertEqual(answers.pop(), "")
        self.assertEqual(len(answers), len(lines))
        return [json.loads(answer) for answer in answers], said

    def decide(self, line, *arguments):
        code, out, _ = self.duly("decide", "visit.policy", "-", "--format", "json", *arguments, text=line)
        self.assertIn(code, (0, 3, 4))
        return json.loads(out)

    def test_short_answers_are_those_of_decide(self):
        lines = random_lines(60)
        answers, _ = self.batch(lines)
        statuses = set()
        for line, answer in zip(lines, answers):
            whole = self.decide(line)
            self.assertEqual(answer.pop("id"), json.loads(line)["id"])
            self.assertEqual(list(answer), ["decisions", "duties"])
            crew, decision = answer["decisions"]["crew"], whole["decisions"]["crew"]
            statuses.add(decision["status"])
            if decision["status"] == "decided":
                self.assertEqual(crew, decision["outcome"])
            elif decision["status"] == "undecided":
                self.assertEqual(crew, {"undecided": decision["needs"]})
            else:
                self.assertEqual(crew, {"unsafe": ["visit.no_lone_pack"]})
            self.assertEqual(answer["duties"], {duty["action"]: duty["duty"] for duty in whole["duties"]})
        self.assertEqual(statuses, {"decided", "undecided", "unsafe"})

    def test_full_answers_are_those_of_decide(self):
        lines = random_lines(60, seed=2)
        answers, _ = self.batch(lines, "--format", "full")
        for line, answer in zip(lines, answers):
            self.assertEqual(list(answer)[0], "id")
            self.assertEqual(answer.pop("id"), json.loads(line)["id"])
            whole = self.decide(line)
            self.assertEqual(answer, whole)
            self.assertEqual(list(answer), list(whole))

    def test_any_number_of_threads_gives_the_same_bytes(self):
        lines = random_lines(6000, wrong=0.02)
        self.write("cases.jsonl", "".join(line + "\n" for line in lines).encode("latin-1"))
        for form in ("compact", "full"):
            runs = [self.duly("batch", "visit.policy", "cases.jsonl", "--format", form, "--as-at", "2026-11-22", "--jobs", jobs)
                    for jobs in ("1", "2", "8", "256")]
            self.assertEqual(runs[0][0], 1)
            self.assertEqual(len(runs[0][1].splitlines()), 6000)
            for run in runs[1:]:
                self.assertEqual(run, runs[0])

    def test_wrong_lines_are_answered_in_their_place(self):
        answers, said = self.batch([ORDINARY, '{"facts": {"home.rsk": true}, "id": "b"}', ORDINARY,
                                    '{"facts": {"home": {"dogs": 1.5}, "manager.allows": "yes"}}', "not JSON", ORDINARY],
                                   code=1, err="3 of 6 lines are no case")
        self.assertEqual([("error" in answer) for answer in answers], [False, True, False, True, True, False])
        self.assertEqual(answers[1]["id"], "b")
        error = answers[1]["error"]
        self.assertEqual((error["line"], error["code"], error["path"]), (2, "E0854", "facts.home.rsk"))
        self.assertEqual(error["message"], "This policy has no fact `home.rsk`")
        self.assertEqual(error["help"], "Did you mean `home.risk`?")
        self.assertEqual(answers[3]["error"]["path"], "facts.home.dogs")
        self.assertEqual([other["path"] for other in answers[3]["error"]["others"]], ["facts.manager.allows"])
        self.assertEqual(answers[4]["error"]["line"], 5)
        self.assertEqual(answers[0], answers[5])
        self.assertEqual(said.count("\n"), 1)

    def test_one_wrong_line(self):
        self.batch([ORDINARY, "x"], code=1, err="1 of 2 lines is no case; in the place of it stands an `error`")

    def test_a_blank_line_is_no_case(self):
        answers, _ = self.batch([ORDINARY, "", "  ", ORDINARY], code=1, err="2 of 4 lines")
        self.assertEqual(answers[1]["error"]["message"], "The case is empty")
        self.assertEqual(answers[2]["error"]["message"], "The case is empty")

    def test_no_lines(self):
        out, said = self.expect(0, "batch", "visit.policy")
        self.assertEqual((out, said), ("", ""))

    def test_line_ends(self):
        unix, _ = self.expect(0, "batch", "visit.policy", text=f"{ORDINARY}\n{ORDINARY}\n")
        self.assertEqual(self.expect(0, "batch", "visit.policy", text=f"{ORDINARY}\r\n{ORDINARY}\r\n")[0], unix)
        self.assertEqual(self.expect(0, "batch", "visit.policy", text=f"{ORDINARY}\n{ORDINARY}")[0], unix)

    def test_ids(self):
        ids = ['"a"', "17", "-4", '""', '"caf\\u00e9 \\"x\\""', "null"]
        answers, _ = self.batch([f'{{"id": {each}, "facts": {{}}}}' for each in ids])
        self.assertEqual([answer.get("id") for answer in answers], [json.loads(each) for each in ids])
        self.assertNotIn("id", answers[-1])
        answers, _ = self.batch(['{"id": 1.5, "facts": {}}'], code=1, err="1 of 1")
        self.assertEqual(answers[0]["error"]["path"], "id")

    def test_very_long_lines(self):
        padded = ORDINARY[:-1] + " " * 1_000_000 + "}"
        # Cut at the longest that is allowed, this would be a case.
        too_long = ORDINARY + " " * (17 << 20) + "x"
        for jobs in ("1", "3"):
            answers, _ = self.batch([ORDINARY, padded, too_long, ORDINARY, too_long, too_long, padded], "--jobs", jobs, code=1,
                                    err="3 of 7 lines")
            self.assertEqual([answer == answers[0] for answer in answers], [True, True, False, True, False, False, True])
            for place in (2, 4, 5):
                self.assertEqual(answers[place]["error"]["message"], "The text is larger than 16 MiB")
                self.assertEqual(answers[place]["error"]["line"], place + 1)

    def test_lines_that_are_parts_of_a_longer_text(self):
        answers, _ = self.batch([ORDINARY, "x"], "--first-line", "1001", code=1, err="1 of 2")
        self.assertEqual(answers[1]["error"]["line"], 1002)

    def test_one_decision(self):
        self.write("two.policy", POLICY.replace("policy visit", "policy two").replace("define danger", 'decision car "Which car?"\n  big "B"\n  small "S"\n  '
                                                'otherwise small\n\ndefine danger'))
        both, _ = self.expect(0, "batch", "two.policy", text=ORDINARY)
        self.assertEqual(json.loads(both)["decisions"], {"crew": "single", "car": "small"})
        for form in ("compact", "full"):
            one, _ = self.expect(0, "batch", "two.policy", "--decision", "car", "--format", form, text=ORDINARY)
            self.assertEqual(list(json.loads(one)["decisions"]), ["car"])
        self.expect(2, "batch", "two.policy", "--decision", "cra", err="Did you mean `car`?")

    def test_the_day(self):
        lines = ['{"facts": {}, "as_at": "2020-05-06"}', '{"facts": {}}']
        for arguments in ([], ["--as-at", "2021-01-02"]):
            answers, _ = self.batch(lines, "--format", "full", *arguments)
            for line, answer in zip(lines, answers):
                self.assertEqual(answer["as_at"], self.decide(line, *arguments)["as_at"])
        self.assertEqual([answer["as_at"] for answer in answers], ["2021-01-02", "2021-01-02"])
        self.expect(2, "batch", "visit.policy", "--as-at", "2021-02-30", err="no date that exists")

    def test_wrong_use(self):
        self.expect(2, "batch", "visit.policy", "nowhere.jsonl", err="`nowhere.jsonl` cannot be read")
        self.expect(2, "batch", "visit.policy", ".", err="cannot be read: Is a directory")
        self.expect(2, "batch", "nowhere.policy", err="nowhere.policy")
        for jobs in ("0", "-1", "257", "two", "1.5", "4294967297", ""):
            self.expect(2, "batch", "visit.policy", "--jobs", jobs, err="no whole number from 1 to 256")
        self.expect(2, "batch", "visit.policy", "--first-line", "0", err="no whole number from 1 to")
        self.expect(2, "batch", "visit.policy", "--format", "ful", err="full")

    def test_a_policy_with_errors(self):
        self.write("wrong.policy", POLICY.replace("when danger", "when dagner"))
        out, _ = self.expect(1, "batch", "wrong.policy", text=ORDINARY, err="Did you mean `danger`?")
        self.assertEqual(out, "")

    def test_an_answer_comes_before_the_next_line_is_sent(self):
        for jobs in ("1", "4"):
            with subprocess.Popen([os.path.abspath(DULY), "batch", "visit.policy", "--jobs", jobs], cwd=self.folder,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
                for _ in range(20):
                    run.stdin.write(ORDINARY.encode() + b"\n")
                    run.stdin.flush()
                    self.assertTrue(select.select([run.stdout], [], [], 20)[0], f"no answer, --jobs {jobs}")
                    self.assertIn(b'"crew":"single"', run.stdout.readline())
                run.stdin.close()
                self.assertEqual(run.wait(20), 0)

    def test_a_reader_that_leaves_ends_it_quietly(self):
        self.write("cases.jsonl", (ORDINARY + "\n") * 200_000)
        for jobs in ("1", "4"):
            run = subprocess.run(["bash", "-c", f'"$0" batch visit.policy cases.jsonl --jobs {jobs} | head -n 1; echo "${{PIPESTATUS[0]}}"',
                                  os.path.abspath(DULY)], cwd=self.folder, capture_output=True, timeout=60)
            line, code = run.stdout.decode().splitlines()
            self.assertIn('"crew":"single"', line)
            self.assertEqual((code, run.stderr), ("0", b""))

    def test_a_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            run = subprocess.run([os.path.abspath(DULY), "batch", "visit.policy"], input=ORDINARY.encode(), stdout=full,
                                 stderr=subprocess.PIPE, cwd=self.folder, timeout=60)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"Standard output could not be written", run.stderr)

    def slowly(self, stdout, stderr, environment=None):
        """Sends lines with pauses, so that there is time for a progress bar; what came out at a terminal as standard error."""
        run = subprocess.Popen([os.path.abspath(DULY), "batch", "visit.policy"], cwd=self.folder, stdin=subprocess.PIPE,
                               stdout=stdout, stderr=stderr, env={**os.environ, **(environment or {})})
        for _ in range(6):
            run.stdin.write(ORDINARY.encode() + b"\n")
            run.stdin.flush()
            time.sleep(0.1)
        run.stdin.close()
        out, err = run.stdout.read() if run.stdout else b"", run.stderr.read() if run.stderr else b""
        for pipe in (run.stdout, run.stderr):
            if pipe:
                pipe.close()
        self.assertEqual(run.wait(20), 0)
        return out, err

    def at_a_terminal(self, both, environment=None):
        mine, theirs = pty.openpty()
        try:
            self.slowly(theirs if both else subprocess.DEVNULL, theirs, environment)
            shown = b""
            while select.select([mine], [], [], 0.2)[0]:
                shown += os.read(mine, 65536)
            return shown.decode()
        finally:
            os.close(mine)
            os.close(theirs)

    def test_progress_is_shown_at_a_terminal_alone(self):
        shown = self.at_a_terminal(both=False)
        self.assertRegex(shown, r"\r\d cases, \d+ a second")
        self.assertTrue(shown.endswith("\r\x1b[K"), "it is wiped away in the end")
        self.assertNotIn("a second", self.at_a_terminal(both=True))
        self.assertEqual(self.at_a_terminal(both=False, environment={"TERM": "dumb"}), "")
        self.assertEqual(self.slowly(subprocess.PIPE, subprocess.PIPE)[1], b"")

    def resident_kilobytes(self, lines, *arguments):
        """The most memory that a run holds."""
        name = self.write("cases.jsonl", "")
        with open(name, "w", encoding="utf-8") as file:
            for _ in range(lines // 100):
                file.write(self.hundred)
        program = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
                   "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        run = subprocess.run([sys.executable, "-c", program, os.path.abspath(DULY), "batch", "visit.policy", "cases.jsonl",
                              *arguments], cwd=self.folder, capture_output=True, timeout=120, check=True)
        return int(run.stdout)

    def test_memory_does_not_grow_with_the_lines(self):
        self.hundred = "".join(line + "\n" for line in random_lines(100))
        few, many = self.resident_kilobytes(20_000), self.resident_kilobytes(400_000)
        self.assertLess(many, few + 2000)
        few, many = self.resident_kilobytes(20_000, "--jobs", "4"), self.resident_kilobytes(400_000, "--jobs", "4")
        self.assertLess(many, few + 6000)


if __name__ == "__main__":
    main()
