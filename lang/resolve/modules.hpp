#pragma once

#include <vector>

#include "lang/compile.hpp"
#include "lang/syntax/tree.hpp"

namespace duly {

/// A policy and all that it extends.
struct ModuleTree {
  std::vector<syntax::Module> modules;                  // the most basic first; the policy itself last
  std::vector<std::vector<std::uint32_t>> extends;      // beside modules: as written
  std::vector<std::vector<std::uint32_t>> all_extends;  // transitively, in the order of `modules`

  /// Whether module `a` extends module `b`, directly or through others: then `b` is the more basic.
  bool does_extend(std::uint32_t a, std::uint32_t b) const;
};

/// Parses the policy and, through the loader, everything that it extends. Reports modules that are not there, circles,
/// names that are not their file's, and a policy of more than 64 modules; what is left can be checked all the same.
ModuleTree load_modules(LoadedModule root, const Loader& loader, SourceMap& sources, Diagnostics& diagnostics);

}  // namespace duly
