"""Conan 2 recipe: builds the sources in which it stands. For a registry, source() takes the place of export_sources()."""

import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy


class Duly(ConanFile):
    name = "duly"
    version = "0.1.0"
    description = "A small embeddable policy language: decisions that explain themselves"
    license = "Apache-2.0"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False]}
    default_options = {"shared": False}

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "NOTICE", "lang/*", "interpreter/*", "stdpolicy/*"):
            copy(self, pattern, src=root, dst=self.export_sources_folder)

    def requirements(self):
        self.requires("fmt/[>=9.1 <12]")
        self.requires("nlohmann_json/[>=3.11 <4]", visible=False)
        self.requires("taocpp-pegtl/[>=3.2 <4]", visible=False)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["DULY_BUILD_PROGRAM"] = False
        toolchain.cache_variables["BUILD_TESTING"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.libs = ["duly"]
        self.cpp_info.requires = ["fmt::fmt"]
        if not self.options.shared:
            self.cpp_info.defines = ["DULY_STATIC"]
