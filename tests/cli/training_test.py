"""docs/training.md: a trainer who types what stands there sees what stands there."""

import os
import subprocess

from _docs import SOURCE, blocks, commands, matches
from _duly import DULY, DulyTest, main
from _screen import Screen

STEP = "build/duly step examples/derby/derby.policy "
BUILDS = "./bootstrap.sh run"  # too long for a test; it is what the README begins with


class Training(DulyTest):
    def setUp(self):
        super().setUp()
        os.symlink(os.path.join(SOURCE, "examples"), os.path.join(self.folder, "examples"))
        os.mkdir(os.path.join(self.folder, "build"))
        os.symlink(os.path.abspath(DULY), os.path.join(self.folder, "build", "duly"))

    def commands(self):
        return [each for language, text, _ in blocks("training.md") if language == "console" for each in commands(text)]

    def run_command(self, command, text=""):
        run = subprocess.run(["sh", "-c", command], cwd=self.folder, input=text.encode(), capture_output=True, timeout=60)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def test_every_command(self):
        ran = []
        for command, expected in self.commands():
            if command == BUILDS:
                self.assertTrue(os.access(os.path.join(SOURCE, "bootstrap.sh"), os.X_OK))
                continue
            # Thirty answers are more than the interview asks for; what is left over shows the explanation again.
            text = "1\n" * 30 + "3\nour_case.json\n0\n" if command.startswith("build/duly ask") else ""
            code, out, err = self.run_command(command, text)
            self.assertEqual((code, err), (0, ""), f"{command}\n{out}")
            if expected:
                self.assertTrue(matches(expected, out), f"{command}\n{out}")
            ran.append(command.split()[1])
        self.assertLessEqual({"handout", "step", "decide", "ask"}, set(ran))
        for name in ("handout.html", "steps.txt", "our_case.json", "our_case.html", "all.md"):
            self.assertGreater(os.path.getsize(os.path.join(self.folder, name)), 0, name)

    def screen(self, command):
        self.assertIn(command, [command for command, _ in self.commands()])
        screen = Screen(command.split(), self.folder)
        self.addCleanup(screen.close)
        return screen

    def test_guess_why_and_why_not(self):
        screen = self.screen(STEP + "aged_11_parent_refuses --guess")
        screen.wait_for("outcome hidden")
        screen.type(" " * 60)
        screen.wait_for("would give the answer away")
        screen.type("g")
        screen.wait_for("You may share this information.")
        screen.type("2\r")
        screen.wait_for("That is what the policy says")
        screen.type("x")
        screen.wait_for("n:next")
        screen.type("d")
        screen.wait_for("Decided: May this information be shared?")
        screen.type("y")
        screen.wait_for("Because")
        screen.type("x")
        screen.wait_for("n:next")
        screen.type("w")
        screen.wait_for("Do not share this information.")
        screen.type("3\r")
        screen.wait_for("does not apply")
        screen.type("xq")
        self.assertEqual(screen.exit_code(), 0)
        self.assertTrue(screen.is_as_it_was())

    def test_a_year_older(self):
        screen = self.screen(STEP + "aged_11_refused")
        screen.wait_for("n:next")
        screen.type("i")
        screen.wait_for("5. The child's age: 11 years")
        screen.type("5\r")
        screen.wait_for("How old is the child")
        screen.type("12\r")
        screen.wait_for("With the change")
        screen.type("1q")
        self.assertEqual(screen.exit_code(), 0)

    def test_an_interview(self):
        screen = self.screen("build/duly ask examples/derby/derby.policy")
        screen.wait_for("Question 1")
        screen.type("yes\r")
        screen.wait_for("Question 2")
        screen.type("back\r")
        screen.wait_for("Question 1")
        screen.type("?\r")
        screen.wait_for("Question 2")
        screen.type("stop\r")
        screen.wait_for("What next?")
        screen.type("0\r")
        self.assertEqual(screen.exit_code(), 3)


if __name__ == "__main__":
    main()
