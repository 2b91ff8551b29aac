"""The .deb that cpack makes: what it holds, that lintian finds no error, that what it holds works."""

import gzip
import os
import re
import shutil
import subprocess

from _install import BUILD, FolderTest, cached, files_below, main, run, skip


class Deb(FolderTest):
    @classmethod
    def setUpClass(cls):
        cls.folder_of_package = os.path.join(BUILD, "deb")
        shutil.rmtree(cls.folder_of_package, ignore_errors=True)
        run("cpack", "-G", "DEB", "-B", cls.folder_of_package, folder=BUILD)
        name = next(each for each in os.listdir(cls.folder_of_package) if each.endswith(".deb"))
        cls.package = os.path.join(cls.folder_of_package, name)

    def setUp(self):
        super().setUp()
        run("dpkg-deb", "-x", self.package, self.folder)

    def test_lintian_finds_no_error(self):
        done = subprocess.run(["lintian", self.package], capture_output=True, timeout=120)
        printed = done.stdout.decode() + done.stderr.decode()
        self.assertNotRegex(printed, r"(?m)^E:")

    def test_holds_what_it_should(self):
        files = files_below(self.folder)
        for needed in ("usr/bin/duly", "usr/include/duly/duly.h", "usr/include/duly/duly.hpp", "usr/lib/libduly.so.0",
                       "usr/lib/cmake/duly/dulyConfig.cmake", "usr/share/duly/national.policy",
                       "usr/share/man/man1/duly.1.gz", "usr/share/bash-completion/completions/duly",
                       "usr/share/doc/duly/copyright", "usr/share/doc/duly/changelog.gz"):
            self.assertIn(needed, files)
        control = run("dpkg-deb", "-f", self.package)
        self.assertIn("libfmt", control)
        self.assertIn(f"Version: {cached('CMAKE_PROJECT_VERSION')}", control)

    def test_the_command_works(self):
        command = os.path.join(self.folder, "usr/bin/duly")
        self.assertEqual(run(command, "--version"), f"duly {cached('CMAKE_PROJECT_VERSION')}\n")
        run(command, "check", os.path.join(self.folder, "usr/share/duly/national.policy"))

    def commands(self):
        help_text = run(os.path.join(self.folder, "usr/bin/duly"), "--help")
        found = re.findall(r"^  (\w+) ", help_text.split("Subcommands:")[1].split("\n\n")[0], re.M)
        self.assertIn("decide", found)
        return found

    def test_the_manual_names_every_command(self):
        with gzip.open(os.path.join(self.folder, "usr/share/man/man1/duly.1.gz"), "rt", encoding="utf-8") as file:
            page = file.read()
        for command in self.commands():
            self.assertIn(f"\\fB{command}\\fR", page, f"docs/man/duly.1.scd says nothing of `duly {command}`")

    def complete(self, *words):
        script = '''
            source "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
            _duly; printf '%s\\n' "${COMPREPLY[@]}"'''
        completion = os.path.join(self.folder, "usr/share/bash-completion/completions/duly")
        command = os.path.join(self.folder, "usr/bin/duly")
        return run("bash", "-c", script, "bash", completion, command, *words).split()

    def test_bash_completes_commands_and_options(self):
        self.assertEqual(sorted(self.complete("")), sorted(self.commands()))
        self.assertIn("decide", self.complete("de"))
        self.assertNotIn("check", self.complete("de"))
        self.assertIn("decide", self.complete("--color", "never", "dec"))
        self.assertEqual(self.complete("decide", "--as"), ["--as-at"])
        self.assertIn("--path", self.complete("--"))
        self.assertEqual(self.complete("decide", "nation"), [])  # files are completed by bash itself


del FolderTest

if __name__ == "__main__":
    for program in ("cpack", "dpkg-deb", "dpkg-shlibdeps", "lintian"):
        if not shutil.which(program):
            skip(f"{program} is not installed")
    if cached("BUILD_SHARED_LIBS") != "ON" or cached("DULY_SANITIZE") or "NOTFOUND" in cached("DULY_SCDOC"):
        skip("the package is made of a release build, with the shared library and scdoc")
    main()
