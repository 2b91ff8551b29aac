#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// A text that a loader found.
struct LoadedModule {
  std::string shown_name;  // what people are shown: a path, or `national.policy`
  std::string text;
};

/// Finds a module by name, as seen from the module that extends it (`from` is the shown name of that one); null where
/// there is none. `known` lets a message offer near names. The library itself reads no files.
struct Loader {
  std::function<std::optional<LoadedModule>(std::string_view name, std::string_view from)> load;
  std::function<std::vector<std::string>()> known;
};

struct CompileOptions {
  Date today = {};   // for warnings about reviews and dates in force; the caller says what day it is
  bool lint = true;  // warnings beyond those of names and types
};

struct Compiled {
  SourceMap sources;
  Diagnostics diagnostics;
  std::optional<Program> program;  // present if and only if there is no error
};

/// Text in, Program out: parse, resolve, check, lower, lint. Never throws for bad input. `root` is the policy's own
/// text; everything that it extends comes from the loader.
Compiled compile(LoadedModule root, const Loader& loader, const CompileOptions& options);

}  // namespace duly
