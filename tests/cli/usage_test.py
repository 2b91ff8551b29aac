"""The command as a whole: help, wrong use, colours, pipes."""

import os
import subprocess

from _duly import DULY, POLICY, DulyTest, main


class Usage(DulyTest):
    def test_version(self):
        out, _ = self.expect(0, "--version")
        self.assertRegex(out, r"^duly \d+\.\d+\.\d+\n$")

    def test_help_of_everything_has_an_example(self):
        out, _ = self.expect(0, "--help", out="Examples:")
        for command in ("check", "decide", "test", "fmt", "explain"):
            self.assertIn(command, out)
            self.expect(0, command, "--help", out=f"duly {command}")
            self.expect(0, command, "--help", out="Examples:")

    def test_no_command(self):
        self.expect(2, err="No command is given")

    def test_misspelt_command(self):
        self.expect(2, "chek", "x.policy", err="There is no command `chek`")
        self.expect(2, "chek", "x.policy", err="Did you mean `check`?")
        self.expect(2, "--color", "never", "decde", err="Did you mean `decide`?")

    def test_misspelt_option(self):
        self.expect(2, "check", "--fromat", "json", "x.policy", err="`duly check` has no option `--fromat`")
        self.expect(2, "check", "--fromat=json", "x.policy", err="Did you mean `--format`?")

    def test_missing_and_surplus_arguments(self):
        self.expect(2, "check", err="PATH is required")
        self.expect(2, "decide", err="POLICY is required")
        self.expect(2, "decide", "x.policy", err="CASE is required")
        self.expect(2, "decide", "x.policy", "y", "z", err="z")
        self.expect(2, "test", err="PATH is required")

    def test_wrong_values(self):
        self.expect(2, "check", "--format", "xml", "x.policy", err="xml")
        self.expect(2, "decide", "x", "y", "--depth", "deep", err="deep")
        self.expect(2, "decide", "x", "y", "--as-at", "2023-02-29", err="2023-02-29")
        self.expect(2, "check", "x", "--color", "red", err="red")

    def test_global_options_stand_anywhere(self):
        self.write("visit.policy", POLICY)
        self.expect(0, "--color", "never", "check", "visit.policy")
        self.expect(0, "check", "visit.policy", "--color", "never", "--path", ".")

    def test_path_takes_one_folder_each(self):
        self.write("one/base.policy", 'policy base "B"\nfact x "X" : yes/no\n')
        self.write("two/middle.policy", 'policy middle "M"\n  extends base\n')
        self.write("top.policy", 'policy top "T"\n  extends middle\n')
        self.expect(1, "check", "top.policy", err="middle")
        self.expect(1, "check", "--path", "two", "top.policy", err="base")
        self.expect(0, "check", "--path", "two", "--path", "one", "top.policy", out="top: no errors", err="")
        self.expect(0, "check", "--path", "two", "top.policy", "--path", "one", out="top: no errors", err="")

    def test_colour(self):
        self.write("bad.policy", "policy bad")
        escape = "\x1b["
        _, err = self.expect(1, "check", "bad.policy")
        self.assertNotIn(escape, err)
        _, err = self.expect(1, "check", "bad.policy", "--color", "always")
        self.assertIn(escape, err)
        _, err = self.expect(1, "check", "bad.policy", env={"NO_COLOR": "1"})
        self.assertNotIn(escape, err)
        plain, _ = self.expect(1, "check", "bad.policy", "--color", "never")
        self.assertNotIn(escape, plain)

    def test_a_reader_that_leaves_is_no_error(self):
        self.write("visit.policy", POLICY)
        run = subprocess.Popen([os.path.abspath(DULY), "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.close()
        err = run.stderr.read()
        run.stderr.close()
        self.assertEqual(run.wait(), 0)
        self.assertEqual(err, b"")

    @staticmethod
    def _has_full_device():
        return os.path.exists("/dev/full")

    def test_a_full_disk_is_an_error(self):
        if not self._has_full_device():
            self.skipTest("no /dev/full here")
        with open("/dev/full", "wb") as full:
            run = subprocess.run([os.path.abspath(DULY), "explain"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"could not be written", run.stderr)


if __name__ == "__main__":
    main()
