#pragma once

#include <optional>
#include <string>

#include "interpreter/cli/terminal.hpp"
#include "interpreter/eval/case.hpp"

namespace duly::cli {

/// A case that was found and read, or not: then the reason has been said.
struct OpenedCase {
  std::optional<Case> facts;
  std::optional<std::string> id;  // as JSON
  int exit_code = done;
};

/// CASE: the name of a case in the policy, a JSON file, or `-` for standard input. Where a name fits both, the case is
/// meant, and `./name` is the file.
OpenedCase open_case(Terminal& terminal, const Program& program, const std::string& argument);

/// The decision that `--decision` names, or the policy's default where it is empty. Null, and said, where there is no
/// such decision.
struct ChosenDecision {
  std::optional<SubjectId> subject;
  bool exists = true;
};
ChosenDecision choose_decision(Terminal& terminal, const Program& program, const std::string& name);

}  // namespace duly::cli
