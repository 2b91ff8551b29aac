"""What the tests of the command share: run it in a folder of its own, and close with `N passed, N failed`."""

import os
import subprocess
import sys
import tempfile
import unittest

DULY = os.environ.get("DULY", "build/duly")

POLICY = '''policy visit "When a visit needs a second person"
  version "1.2"

source guide "Visiting: a guide" by "A council" dated 2024-02-01
  provision pairs_1 "Two go where there is a known risk"
  provision pairs_2 "A manager may allow one person alone"
  provision notes_1 "Every visit is written down"

fact home.risk "There is a known risk at the home" : yes/no
  ask "Is there a known risk at this home?"
  help "Look at the file, and ask the last visitor."
fact home.dogs "Number of dogs" : number from 0 to 9
  ask "How many dogs are there?"
fact manager.allows "The manager allows one person alone" : yes/no
  ask "Has the manager allowed it?"

decision crew "How many people make the visit?"
  single "One person makes the visit."
  double "Two people make the visit."
  otherwise single

define danger "Something could go wrong" means any of
  - known: home.risk  [guide.pairs_1]
  - dogs: home.dogs is at least 3

rule pair "Two go where something could go wrong"
  crew is double
  when danger
  cite guide.pairs_1

rule alone "The manager's word is enough"
  crew is single
  when manager.allows
  despite pair
  because "The manager knows the home."
  cite guide.pairs_2

action write_note "Write the visit down" by "the visitor"
rule note "Visits are written down" must write_note timing "on the same day" cite guide.notes_1

safeguard no_lone_pack "Nobody meets a pack of dogs alone"
  when home.dogs is over 5
  never crew is single

case quiet "A quiet home"
  facts home.risk is no  home.dogs is 0  manager.allows is no
  expect crew is single  must write_note  asks nothing

case risky "A risk is on file" like quiet
  facts home.risk is yes
  expect crew is double because pair

case allowed "The manager knows the home" like risky
  facts manager.allows is yes
  expect crew is single because alone
'''


class DulyTest(unittest.TestCase):
    """Each test has an empty folder, in which the command runs."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def duly(self, *arguments, text="", env=None, **more):
        """Runs it; returns its exit code, standard output and standard error."""
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        environment.update(env or {})
        done = subprocess.run([os.path.abspath(DULY), *arguments], input=text if isinstance(text, bytes) else text.encode(),
                              capture_output=True, cwd=self.folder, env=environment, timeout=60, **more)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def expect(self, code, *arguments, out=None, err=None, text="", **more):
        """Runs it and checks its exit code and what it says; returns standard output and standard error."""
        got, stdout, stderr = self.duly(*arguments, text=text, **more)
        self.assertEqual(got, code, f"{arguments}\n{stdout}\n{stderr}")
        if out is not None:
            self.assertIn(out, stdout)
        if err is not None:
            self.assertIn(err, stderr)
        if code == 0 and err is None:
            self.assertEqual(stderr, "")
        return stdout, stderr


def main():
    """Runs the tests of the calling script."""
    result = unittest.main(module="__main__", exit=False, argv=[sys.argv[0]]).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(failed > 0)
