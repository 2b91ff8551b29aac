"""Installs the library, and uses it from projects outside the tree, as docs/embedding.md says: by find_package and by
pkg-config, shared and static, from where it was installed and from where it was moved."""

import json
import os
import re
import shutil
import subprocess
import sys

from _install import BUILD, SOURCE, FolderTest, cached, examples, files_below, main, run, skip, write

COMPILER = cached("CMAKE_CXX_COMPILER")
CMAKE, PROGRAMS = examples()


class Installed(FolderTest):
    """The build as it is, installed below `prefix`."""

    build = BUILD
    shared = True

    def setUp(self):
        super().setUp()
        self.prefix = os.path.join(self.folder, "first")
        run("cmake", "--install", self.build, "--prefix", self.prefix)

    def environment(self):
        found = [os.path.join(self.prefix, at) for at in files_below(self.prefix) if at.endswith("duly.pc")]
        return {"PKG_CONFIG_PATH": os.path.dirname(found[0]), "LD_LIBRARY_PATH": os.path.dirname(self.library())}

    def library(self):
        name = "libduly.so" if self.shared else "libduly.a"
        return next(os.path.join(self.prefix, at) for at in files_below(self.prefix) if at.endswith(name))

    def project(self):
        """The project of the page, as it stands there."""
        language, text, printed = PROGRAMS[0]
        self.assertEqual(language, "cpp")
        self.assertLessEqual(len(CMAKE.splitlines()), 12)
        self.assertLessEqual(len(text.splitlines()), 20)
        folder = os.path.join(self.folder, "project")
        write(folder, "CMakeLists.txt", CMAKE)
        write(folder, "first.cpp", text)
        return folder, printed

    def build_project(self):
        folder, printed = self.project()
        build = os.path.join(folder, "build")
        shutil.rmtree(build, ignore_errors=True)
        run("cmake", "-S", folder, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={COMPILER}")
        run("cmake", "--build", build)
        self.assertEqual(run(os.path.join(build, "first")), printed)

    def test_find_package(self):
        self.build_project()

    def test_find_package_after_moving(self):
        moved = os.path.join(self.folder, "second place")
        os.rename(self.prefix, moved)
        self.prefix = moved
        self.build_project()

    def test_pkg_config_and_every_program_of_the_page(self):
        self.assertGreaterEqual(len(PROGRAMS), 6)
        for number, (language, text, printed) in enumerate(PROGRAMS):
            source = write(self.folder, f"program{number}.{language}", text)
            program = os.path.join(self.folder, f"program{number}")
            flags = run("pkg-config", "--cflags", "--libs", "duly", env=self.environment()).split()
            standard = "-std=c++20" if language == "cpp" else "-std=c99"
            compiler = COMPILER if language == "cpp" else os.environ.get("CC", "cc")
            run(compiler, standard, "-Wall", "-Wextra", "-Werror", "-pthread", source, *flags, "-o", program)
            self.assertEqual(run(program, env=self.environment()), printed, text)
        version = run("pkg-config", "--modversion", "duly", env=self.environment()).strip()
        self.assertEqual(version, cached("CMAKE_PROJECT_VERSION"))

    def test_nothing_but_the_faces(self):
        files = files_below(self.prefix)
        self.assertEqual([at for at in files if at.startswith("include/")],
                         ["include/duly/duly.h", "include/duly/duly.hpp"])
        for at in files:
            if at.endswith((".cmake", ".pc")):
                with open(os.path.join(self.prefix, at), encoding="utf-8") as file:
                    text = file.read()
                self.assertNotRegex(text, "(?i)pegtl|nlohmann|CLI11")
                self.assertNotIn(SOURCE, text, at)
                self.assertNotIn(self.prefix, text, at)
        self.assertTrue(any(at.endswith("national.policy") for at in files))

    def test_another_version_is_not_found(self):
        folder, _ = self.project()
        write(folder, "CMakeLists.txt", CMAKE.replace("duly 0.1 ", "duly 9.9 "))
        with self.assertRaisesRegex(AssertionError, "9.9"):
            run("cmake", "-S", folder, "-B", os.path.join(folder, "b"), f"-DCMAKE_PREFIX_PATH={self.prefix}",
                f"-DCMAKE_CXX_COMPILER={COMPILER}")


class Shared(Installed):
    def test_exports_the_functions_of_the_header_and_nothing_else(self):
        with open(os.path.join(self.prefix, "include", "duly", "duly.h"), encoding="utf-8") as file:
            declared = set(re.findall(r"^DULY_API [^;]*?\b(duly_\w+)\(", file.read(), re.M))
        lines = run("nm", "-D", "--defined-only", self.library()).splitlines()
        exported = {line.split()[2].split("@")[0] for line in lines if line.split()[1] != "A"}
        self.assertGreater(len(exported), 60)
        self.assertEqual(exported, declared)

    def test_the_host_in_python_needs_nothing_but_python(self):
        host = os.path.join(SOURCE, "examples", "hosts", "python", "referral.py")
        case = write(self.folder, "case.json", '{"facts": {"obligation.court_order": true}}')
        environment = {"PATH": "/nowhere", "HOME": self.folder, "DULY_LIBRARY": self.library() + ".0",
                       "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-S", host, "national", case], env=environment, capture_output=True,
                              timeout=60)
        self.assertIn("May this information be shared?\ndecided: ", done.stdout.decode(), done.stderr.decode())


class Static(Installed):
    """A second build, of the static library alone."""

    shared = False

    @classmethod
    def setUpClass(cls):
        cls.build = os.path.join(BUILD, "install-static")
        run("cmake", "-S", SOURCE, "-B", cls.build, "-G", cached("CMAKE_GENERATOR"), "-DBUILD_SHARED_LIBS=OFF",
            "-DDULY_BUILD_PROGRAM=OFF", "-DBUILD_TESTING=OFF", f"-DCMAKE_CXX_COMPILER={COMPILER}",
            f"-DCMAKE_BUILD_TYPE={cached('CMAKE_BUILD_TYPE')}",
            f"-DDULY_WERROR={cached('DULY_WERROR') or 'OFF'}")  # the same flags, so that ccache has the objects
        run("cmake", "--build", cls.build)

    def test_installs_no_command(self):
        files = files_below(self.prefix)
        self.assertFalse([at for at in files if at.startswith("bin/") or "/man1/" in at or ".so" in at])


class Packaging(FolderTest):
    """What of docs/packaging can be checked without vcpkg and Conan."""

    def test_the_vcpkg_port_agrees_with_the_sources(self):
        with open(os.path.join(SOURCE, "vcpkg.json"), encoding="utf-8") as file:
            own = json.load(file)
        with open(os.path.join(SOURCE, "docs", "packaging", "vcpkg", "vcpkg.json"), encoding="utf-8") as file:
            port = json.load(file)
        for key in ("name", "version", "description", "license"):
            self.assertEqual(port[key], own[key])
        self.assertEqual([each for each in port["dependencies"] if isinstance(each, str)], own["dependencies"])

    def test_the_conan_recipe_agrees_with_the_sources(self):
        with open(os.path.join(SOURCE, "docs", "packaging", "conan", "conanfile.py"), encoding="utf-8") as file:
            text = file.read()
        compile(text, "conanfile.py", "exec")
        self.assertIn(f'version = "{cached("CMAKE_PROJECT_VERSION")}"', text)
        for needed in ("fmt/", "nlohmann_json/", "taocpp-pegtl/"):
            self.assertIn(needed, text)


del Installed, FolderTest

if __name__ == "__main__":
    if cached("BUILD_SHARED_LIBS") != "ON" or cached("DULY_SANITIZE"):
        skip("installing is tried from the release build, with the shared library")
    if not shutil.which("pkg-config"):
        skip("pkg-config is not installed")
    main()
