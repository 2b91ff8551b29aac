"""What the tests of the hosts share: referrals, and the outputs that all hosts must give alike."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ.get("DULY_SOURCE_DIR", os.getcwd())
BUILD = os.environ.get("DULY_BUILD_DIR", os.path.join(SOURCE, "build"))
LIBRARY = os.environ.get("DULY_LIBRARY", "")
HOSTS = os.path.join(SOURCE, "examples", "hosts")
DERBY = os.path.join(SOURCE, "examples", "derby", "derby.policy")

DULY = os.environ.get("DULY", os.path.join(BUILD, "duly"))


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def run(command, *arguments):
    """Exit code, standard output and standard error."""
    environment = {**os.environ, "DULY_LIBRARY": LIBRARY, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*command, *arguments], capture_output=True, env=environment, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def cpp_host():
    return [os.path.join(BUILD, "examples", "hosts", "referral_cpp")]


class HostTest(unittest.TestCase):
    """Runs a host, `command`, and holds it against the host in C++ and against what it should say."""

    command = cpp_host()

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)

    def write(self, name, content):
        path = os.path.join(self._folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def expect(self, code, *arguments, out=(), err=()):
        got = run(self.command, *arguments)
        self.assertEqual(got[0], code, got)
        for text in out:
            self.assertIn(text, got[1])
        for text in err:
            self.assertIn(text, got[2])
        self.assertEqual(got, run(cpp_host(), *arguments))
        return got[1]

    def test_asks_what_is_missing(self):
        out = self.expect(3, DERBY, os.path.join(HOSTS, "referral.json"), out=[
            "May this information be shared?\nundecided", "To be asked:\n", "(consent.parent)\n",
            "    refused: Consent was refused\n"])
        self.assertNotIn("(purpose.legitimate)", out)

    def test_a_standard_policy_needs_no_file(self):
        self.expect(3, "national", self.write("nothing.json", {}), out=["(purpose.legitimate)"])

    def test_decides_and_tells_duties(self):
        case = self.write("ordered.json", {"facts": {"obligation": {"court_order": True}}})
        self.expect(1, "national", case, out=["decided: You must share this information.\nDuties:\n- must: "],
                    err=["whose_consent"])  # the record needs more than the decision

    def visits(self):
        return self.write("visits.policy", VISITS)

    def test_completes_a_record(self):
        case = self.write("case.json", {"facts": {"home.risk": True}})
        fields = self.write("fields.json", {"seen": "Two dogs, and Zoë"})
        self.expect(0, self.visits(), case, out=["decided: Two", "- must: Write it down, the same day", '"seen": null'])
        self.expect(0, self.visits(), case, fields, out=["Record:\n", "Two dogs, and Zoë"])
        self.expect(1, self.visits(), case, self.write("empty.json", {}), err=["seen"])

    def test_a_policy_that_extends_a_file_beside_it(self):
        self.visits()
        north = self.write("north.policy", 'policy north "The north"\n  extends visits\n')
        self.expect(0, north, self.write("case.json", {"facts": {"home.risk": True}}), out=["decided: Two"])

    def test_tells_what_is_wrong_with_a_referral_or_a_policy(self):
        wrong = self.write("wrong.json", {"facts": {"home.rsik": True, "visited": 1}})
        self.expect(1, self.visits(), wrong, err=["facts.home.rsik", "Did you mean `home.risk`?", "facts.visited"])
        self.expect(1, self.visits(), self.write("none.json", ""), err=["error"])
        self.expect(1, self.write("bad.policy", 'policy bad "Bad"\nfact f "F" : colour\n'), wrong, err=["bad.policy:2"])
        self.expect(1, "nowhere", wrong, err=["`nowhere`"])


VISITS = '''policy visits "Visits"
fact home.risk "There is a risk" : yes/no
  ask "Is there a risk?"
fact visited "The last visit" : date
  ask "When?"
decision crew "How many?"
  single "One"
  double "Two"
  otherwise single
rule pair "Two where there is a risk"
  crew is double
  when home.risk
action note "Write it down"
rule written "Visits are written down" must note timing "the same day"
record visit "The visit"
  field seen "What was seen" : text
'''


def main():
    """Runs the tests of the calling script."""
    result = unittest.main(module="__main__", exit=False, argv=[sys.argv[0]]).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(failed > 0)
