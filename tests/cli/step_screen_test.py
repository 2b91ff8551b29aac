"""duly step in a real terminal, which tmux provides.

Screens are kept in tests/golden/screens; DULY_UPDATE_SCREENS=1 rewrites them.
"""

import difflib
import os
import shutil
import subprocess
import sys
import time

from _duly import DULY, DulyTest, main

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("DULY_SOURCE_DIR", os.path.dirname(os.path.dirname(HERE)))
SCREENS = os.path.join(SOURCE, "tests", "golden", "screens")
UPDATE = os.environ.get("DULY_UPDATE_SCREENS") == "1"
PATIENCE = 60  # seconds: machines may be slow and busy

with open(os.path.join(HERE, "practice.policy"), encoding="utf-8") as file:
    PRACTICE = file.read()


class TerminalTest(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("practice.policy", PRACTICE)
        self.write("tmux.conf", 'set -g status off\nset -g default-terminal "screen"\nset -g escape-time 0\n')
        os.symlink(os.path.abspath(DULY), os.path.join(self.folder, "duly"))
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8"}
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", "sh", env=environment)
        self.until(lambda screen: screen.strip(), "waited for a prompt")
        self.type("PS1='$ '; clear\n")
        self.until(lambda screen: screen == "$\n", "waited for the prompt")
        self.type("stty -a > before; echo marker\n")
        self.wait("\nmarker\n")

    def tearDown(self):
        self.tmux("kill-server", check=False)
        super().tearDown()

    def tmux(self, *arguments, env=None, check=True):
        done = subprocess.run(["tmux", "-S", os.path.join(self.folder, "socket"), "-f",
                               os.path.join(self.folder, "tmux.conf"), *arguments],
                              cwd=self.folder, env=env, capture_output=True, timeout=PATIENCE)
        if check:
            self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def type(self, text):
        """Types text, `\\n` as Enter."""
        for line in text.splitlines(keepends=True):
            if line.rstrip("\n"):
                self.tmux("send-keys", "-l", line.rstrip("\n"))
            if line.endswith("\n"):
                self.tmux("send-keys", "Enter")

    def keys(self, *names):
        self.tmux("send-keys", *names)

    def screen(self):
        lines = [line.rstrip() for line in self.tmux("capture-pane", "-p").splitlines()]
        return "\n".join(lines).rstrip("\n") + "\n"

    def until(self, holds, what):
        """Waits until the screen is as wanted."""
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen()
            if holds(screen):
                return screen
            if time.monotonic() > end:
                self.fail(f"{what}; the screen is\n{screen}")
            time.sleep(0.05)

    def wait(self, *words):
        return self.until(lambda screen: all(word in screen for word in words), f"waited for {words}")

    def settled(self):
        """The screen once it has not changed for a while; for rewriting what is kept."""
        before, since = self.screen(), time.monotonic()
        while time.monotonic() - since < 1:
            time.sleep(0.1)
            now = self.screen()
            if now != before:
                before, since = now, time.monotonic()
        return before

    def check_screen(self, name):
        """The screen comes to be what is kept under this name."""
        path = os.path.join(SCREENS, name + ".txt")
        if UPDATE:
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.settled())
            return
        with open(path, encoding="utf-8") as file:
            kept = file.read()
        end = time.monotonic() + PATIENCE
        while (screen := self.screen()) != kept:
            if time.monotonic() > end:
                self.fail(f"{name}\n" + "\n".join(difflib.unified_diff(kept.splitlines(), screen.splitlines(), "kept",
                                                                       "found", lineterm="")))
            time.sleep(0.05)

    def step(self, *arguments):
        self.type("clear; echo marker; ./duly step practice.policy --as-at 2026-11-22 " + " ".join(arguments) + "\n")
        self.wait("duly step: practice")

    def check_restored(self):
        """Back at the shell: what stood on the screen stands there again, and the terminal has its modes."""
        self.wait("marker")
        self.type("stty -a > after; cmp before after && echo as it was\n")
        screen = self.wait("\nas it was\n")
        self.assertNotIn("This step", screen)

    def child(self):
        """The process of duly below the shell."""
        shell = self.tmux("list-panes", "-F", "#{pane_pid}").strip()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with open(f"/proc/{shell}/task/{shell}/children", encoding="ascii") as file:
                children = file.read().split()
            if children:
                return int(children[0])
            time.sleep(0.05)
        self.fail("duly does not run")


class Keys(TerminalTest):
    def test_forwards_and_back(self):
        self.step("eleven")
        self.check_screen("first_step")
        self.keys("n", "Right", "Space", "Enter", "n")
        self.check_screen("fifth_step_on")
        self.keys("r")
        self.check_screen("a_rule_applies")
        self.keys("b")
        self.check_screen("a_condition")
        self.keys("d")
        self.check_screen("decided")
        self.keys("End")
        self.check_screen("last_step")
        self.keys("n")
        self.wait("This is the last step.")
        self.keys("Home")
        self.check_screen("first_step")
        self.keys("Left")
        self.wait("This is the first step.")
        self.keys("$")
        self.check_screen("last_step")
        self.keys("0")
        self.check_screen("first_step")

    def test_keys_that_mean_nothing(self):
        self.step("eleven")
        for key in ("x", "F5", "Tab", "M-x", "PPage", "é", "C-l"):
            self.keys("n")
            self.wait("step 2 of")
            self.keys(key)
            self.wait("That key does nothing here. ? lists the keys.", "step 2 of")
            self.keys("b")
            self.wait("step 1 of")

    def test_pages(self):
        self.step("eleven")
        self.keys("?")
        self.check_screen("help")
        self.keys("x")
        self.check_screen("first_step")
        self.keys("d", "y")
        self.check_screen("why")
        self.keys("Escape")
        self.check_screen("decided")
        self.keys("w")
        self.check_screen("why_not_asked")
        self.keys("1", "Enter")
        self.check_screen("why_not")

    def test_what_if(self):
        self.step("eleven")
        self.keys("r", "i")
        self.check_screen("what_if_asked")
        self.keys("Enter")
        self.check_screen("what_if_typed")
        self.type("twelve\n")
        self.wait("`twelve` is no answer")
        self.type("12\n")
        self.check_screen("two_paths")
        self.keys("Down", "Down", "End")
        self.wait("(practice.no_storm_rides) |")
        self.keys("1")
        self.wait("The case stays as it was.")
        self.keys("i", "Enter")
        self.wait("How old is the child?")
        self.type("12\n")
        self.wait("With the change")
        self.keys("2")
        self.wait("(changed)")
        self.keys("d")
        self.check_screen("decided_after_the_change")

    def test_guess(self):
        self.step("eleven --guess")
        self.keys("End")
        self.check_screen("outcome_hidden")
        self.keys("g")
        self.check_screen("guess_asked")
        self.keys("Down", "Enter")
        self.check_screen("guess_right")
        self.keys("Escape")
        self.wait("This step")
        self.keys("g")
        self.wait("outcome hidden")
        self.keys("g")
        self.wait("What does your group say?")
        self.keys("1", "Enter")
        self.wait("The policy says something else.", "Keep the bicycle. (lend: keep)")

    def test_what_if_from_the_command_line(self):
        self.step("eleven --what-if child.age=12")
        self.check_screen("two_paths")


class Sizes(TerminalTest):
    def test_resizing(self):
        self.step("eleven")
        self.check_screen("first_step")
        self.tmux("resize-window", "-x", "120", "-y", "40")
        self.check_screen("first_step_120x40")
        self.tmux("resize-window", "-x", "60", "-y", "16")
        self.check_screen("first_step_60x16")
        self.tmux("resize-window", "-x", "40", "-y", "10")
        self.wait("too small")
        self.keys("n")
        self.tmux("resize-window", "-x", "80", "-y", "24")
        self.wait("step 2 of", "This step")
        self.keys("b")
        self.check_screen("first_step")


class Leaving(TerminalTest):
    def test_half_way(self):
        self.step("eleven")
        self.keys("n", "n", "q")
        self.check_restored()

    def test_on_every_signal(self):
        for signal in (15, 2, 1, 11, 6, 3):
            self.step("eleven")
            self.wait("This step")
            os.kill(self.child(), signal)
            self.until(lambda screen: "This step" not in screen, "waited for the shell")
            self.check_restored()

    def test_stopped_and_brought_back(self):
        self.step("eleven")
        self.keys("n")
        self.wait("step 2 of")
        self.keys("C-z")
        self.wait("marker")
        self.type("fg\n")
        self.wait("step 2 of", "This step")
        self.keys("n")
        self.wait("step 3 of")
        self.keys("q")
        self.check_restored()

    def test_control_c(self):
        self.step("eleven")
        self.keys("C-c")
        self.check_restored()


class OtherTerminals(TerminalTest):
    def test_what_is_no_full_screen_terminal_gets_plain_steps(self):
        for term, said in (("dumb", "cannot show a full screen"), ("", "TERM is not set"),
                           ("nonesuch", "nothing is known of the terminal")):
            self.type(f"clear; TERM={term} ./duly step practice.policy eleven 2> note; cat note | fold -s; echo done\n")
            self.until(lambda screen: f"{said}" in (text := " ".join(screen.split()))
                       and "the steps follow as plain text done" in text, f"waited for {said}")

    def test_plain_at_a_terminal(self):
        self.type("clear; ./duly step practice.policy eleven --plain | head -6; echo done\n")
        self.wait("1. To decide: May the bicycle be lent? (lend)", "\ndone\n")


if __name__ == "__main__":
    if shutil.which("tmux") is None:
        print("tmux is not installed")
        sys.exit(77)
    main()
