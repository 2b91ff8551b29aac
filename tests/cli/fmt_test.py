"""duly fmt: files are laid out in place, nothing is ever lost."""

import os
import shutil
import stat

from _duly import POLICY, DulyTest, main

SOURCE = os.path.abspath(os.environ.get("DULY_SOURCE_DIR", "."))

UNTIDY = 'policy a "A"\n# why\nfact x "X":yes/no ask "X?"   # the question\n'
TIDY = 'policy a "A"\n\n# why\nfact x "X" : yes/no\n  ask "X?"  # the question\n'
BROKEN = 'policy b "B"\nfact x : yes/no\nfact y "Y":yes/no\n'


class Fmt(DulyTest):
    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read().decode()

    def files(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                      for folder, _, names in os.walk(self.folder) for name in names)

    # ---- what it does

    def test_a_file_is_laid_out_in_place_and_named(self):
        self.write("a.policy", UNTIDY)
        self.assertEqual(self.expect(0, "fmt", "a.policy"), ("a.policy\n", ""))
        self.assertEqual(self.read("a.policy"), TIDY)

    def test_nothing_is_said_where_nothing_changes(self):
        path = self.write("a.policy", TIDY)
        before = os.stat(path)
        self.assertEqual(self.expect(0, "fmt", "a.policy"), ("", ""))
        after = os.stat(path)
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_several_files_and_folders(self):
        self.write("z.policy", UNTIDY)
        self.write("in/b.policy", UNTIDY)
        self.write("in/deeper/a.policy", UNTIDY)
        self.write("in/tidy.policy", TIDY)
        self.write("in/notes.txt", UNTIDY)
        self.write("in/.hidden/c.policy", UNTIDY)
        out, _ = self.expect(0, "fmt", "z.policy", "in")
        self.assertEqual(out, "z.policy\nin/b.policy\nin/deeper/a.policy\n")
        self.assertEqual(self.read("in/deeper/a.policy"), TIDY)
        self.assertEqual(self.read("in/notes.txt"), UNTIDY)
        self.assertEqual(self.read("in/.hidden/c.policy"), UNTIDY)

    def test_a_file_given_by_name_may_be_called_anything(self):
        self.write("draft.txt", UNTIDY)
        self.expect(0, "fmt", "draft.txt", out="draft.txt\n")
        self.assertEqual(self.read("draft.txt"), TIDY)

    def test_check_changes_nothing_and_lists_what_is_not_laid_out(self):
        self.write("a.policy", UNTIDY)
        self.write("b.policy", TIDY)
        self.assertEqual(self.expect(1, "fmt", "--check", "a.policy", "b.policy"), ("a.policy\n", ""))
        self.assertEqual(self.read("a.policy"), UNTIDY)
        self.assertEqual(self.expect(0, "fmt", "--check", "b.policy"), ("", ""))

    def test_standard_input(self):
        self.assertEqual(self.expect(0, "fmt", "-", text=UNTIDY), (TIDY, ""))
        self.assertEqual(self.expect(0, "fmt", "-", text=TIDY), (TIDY, ""))
        self.assertEqual(self.expect(1, "fmt", "--check", "-", text=UNTIDY), ("-\n", ""))
        self.assertEqual(self.expect(0, "fmt", "--check", "-", text=TIDY), ("", ""))
        self.assertEqual(self.expect(1, "fmt", "-", text=BROKEN, err="standard input:2:8")[0], "")

    def test_a_file_stands_alone(self):
        self.write("a.policy", UNTIDY.replace("\n", "\n  extends nowhere_to_be_found\n", 1))
        self.expect(0, "fmt", "a.policy", out="a.policy\n")

    def test_cases_come_out_as_before(self):
        self.write("visit.policy", POLICY)
        before = self.expect(0, "test", "visit.policy")
        self.expect(0, "fmt", "visit.policy", out="visit.policy\n")
        self.assertEqual(self.expect(0, "test", "visit.policy"), before)

    def test_what_ships_is_laid_out(self):
        self.assertEqual(self.expect(0, "fmt", "--check", os.path.join(SOURCE, "stdpolicy"),
                                     os.path.join(SOURCE, "examples")), ("", ""))

    def test_the_page_shows_a_policy_that_is_laid_out(self):
        with open(os.path.join(SOURCE, "docs", "layout.md"), encoding="utf-8") as file:
            shown = file.read().split("```policy\n")[1].split("```")[0]
        self.assertEqual(self.expect(0, "fmt", "-", text=shown), (shown, ""))

    # ---- how texts arrive

    def test_line_ends_byte_order_mark_and_missing_last_line_end(self):
        for text in (TIDY.replace("\n", "\r\n"), "\ufeff" + TIDY, TIDY.rstrip("\n"), TIDY + "\n\n", "\n\n" + TIDY):
            self.write("a.policy", text)
            self.expect(0, "fmt", "a.policy", out="a.policy\n")
            self.assertEqual(self.read("a.policy"), TIDY)

    def test_a_file_that_holds_no_policy_is_left(self):
        for text in ("", "\n", "# nothing but a comment\n"):
            self.write("a.policy", text)
            self.expect(1, "fmt", "a.policy", err="E0102")
            self.assertEqual(self.read("a.policy"), text)

    def test_what_is_no_text_is_left(self):
        self.write("a.policy", b"policy a \"\xff\xfe\"\n")
        self.expect(1, "fmt", "a.policy", err="E0103")
        with open(os.path.join(self.folder, "a.policy"), "rb") as file:
            self.assertEqual(file.read(), b"policy a \"\xff\xfe\"\n")

    def test_files_near_the_limit_on_size(self):
        line = 'fact x{:05} "X":yes/no ask "X?"\n'
        text = 'policy a "A"\n' + "".join(line.format(i) for i in range(31_000))
        self.assertLess(len(text), 1 << 20)
        self.write("a.policy", text)
        self.expect(1, "fmt", "a.policy", err="it would be larger than 1 MiB")
        self.assertEqual(self.read("a.policy"), text)
        self.write("a.policy", text + "#" * (1 << 20))
        self.expect(1, "fmt", "a.policy", err="E0902")

    # ---- what is wrong with one file keeps no other from being done

    def test_a_syntax_error(self):
        self.write("a.policy", UNTIDY)
        self.write("b.policy", BROKEN)
        self.write("c.policy", UNTIDY)
        out, _ = self.expect(1, "fmt", "a.policy", "b.policy", "c.policy", err="b.policy:2:8")
        self.assertEqual(out, "a.policy\nc.policy\n")
        self.assertEqual(self.read("b.policy"), BROKEN)
        self.assertEqual(self.read("c.policy"), TIDY)
        self.expect(1, "fmt", "--check", "a.policy", "b.policy", err="b.policy:2:8")

    def test_a_file_that_is_not_there(self):
        self.write("a.policy", UNTIDY)
        out, _ = self.expect(2, "fmt", "missing.policy", "a.policy", err="There is no file or folder `missing.policy`")
        self.assertEqual(out, "a.policy\n")
        self.write("broken.policy", BROKEN)
        self.expect(2, "fmt", "missing.policy", "broken.policy", err="broken.policy:2:8")

    def test_what_is_no_file(self):
        os.mkfifo(os.path.join(self.folder, "pipe"))
        self.expect(2, "fmt", "pipe", err="`pipe` is neither a file nor a folder")
        os.mkdir(os.path.join(self.folder, "empty"))
        self.expect(2, "fmt", "empty", err="There is no `.policy` file below `empty`")
        self.write("a.policy", UNTIDY)
        self.expect(0, "fmt", "empty", "a.policy", err="it is passed over")

    def test_a_standard_policy_has_no_file(self):
        self.expect(2, "fmt", "national", err="`national` is a standard policy, which is part of the program")
        self.write("national/a.policy", UNTIDY)
        self.expect(0, "fmt", "national", out="national/a.policy\n")

    def test_wrong_use(self):
        self.expect(2, "fmt", err="PATH is required")
        self.write("a.policy", UNTIDY)
        self.expect(2, "fmt", "-", "a.policy", text=UNTIDY, err="stands alone")
        self.expect(2, "fmt", "--chek", "a.policy", err="Did you mean `--check`?")
        self.assertEqual(self.read("a.policy"), UNTIDY)

    # ---- how it is written

    def test_permissions_stay(self):
        path = self.write("a.policy", UNTIDY)
        for mode in (0o600, 0o664, 0o755):
            self.write("a.policy", UNTIDY)
            os.chmod(path, mode)
            self.expect(0, "fmt", "a.policy")
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), mode)

    def test_a_link_leads_to_it_still(self):
        self.write("kept/a.policy", UNTIDY)
        link = os.path.join(self.folder, "link.policy")
        os.symlink("kept/a.policy", link)
        self.expect(0, "fmt", "link.policy", out="link.policy\n")
        self.assertTrue(os.path.islink(link))
        self.assertEqual(self.read("kept/a.policy"), TIDY)
        os.symlink("gone.policy", os.path.join(self.folder, "dangling.policy"))
        self.expect(2, "fmt", "dangling.policy", err="There is no file or folder")

    def test_no_other_file_is_left_behind(self):
        self.write("a.policy", UNTIDY)
        self.write("b.policy", BROKEN)
        self.duly("fmt", "a.policy", "b.policy")
        self.assertEqual(self.files(), ["a.policy", "b.policy"])

    def test_a_file_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write to everything")
        path = self.write("in/a.policy", UNTIDY)
        os.chmod(path, 0o444)
        self.assertEqual(self.expect(2, "fmt", "in/a.policy", err="you may not write to it")[0], "")
        os.chmod(path, 0o644)
        os.chmod(os.path.dirname(path), 0o555)
        self.assertEqual(self.expect(2, "fmt", "in/a.policy", err="you may not write to its folder")[0], "")
        os.chmod(os.path.dirname(path), 0o755)
        self.assertEqual(self.read("in/a.policy"), UNTIDY)

    def test_a_full_disk_costs_nothing(self):
        limit = shutil.which("prlimit")
        if not limit:
            self.skipTest("no prlimit here")
        text = UNTIDY + "".join(f'fact x{i} "X":yes/no ask "X?"\n' for i in range(1000))
        self.write("a.policy", text)
        run = self.limited(limit, 4096)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn(b"cannot be written", run.stderr)
        self.assertEqual(self.read("a.policy"), text)
        self.assertEqual(self.files(), ["a.policy"])

    def limited(self, limit, size):
        import signal
        import subprocess

        from _duly import DULY
        return subprocess.run([limit, f"--fsize={size}", os.path.abspath(DULY), "fmt", "a.policy"], cwd=self.folder,
                              capture_output=True, timeout=60,
                              preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))


if __name__ == "__main__":
    main()
