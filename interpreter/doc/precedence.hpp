#pragma once

#include <optional>
#include <vector>

#include "lang/program/program.hpp"

namespace duly::doc {

/// How one rule stands to the others about the same value or action, over all its instances. Each list is in the
/// rules' order, each rule once.
struct Standing {
  std::vector<RuleId> in_place_of;    // `instead of`
  std::vector<RuleId> prevails_over;  // without those in whose place it stands
  std::vector<RuleId> yields_to;      // those that stand in its place too
};

Standing standing_of(const Program& program, RuleId rule);

/// A subject's rules, the strongest first: one that prevails over another comes before it; else as they are asked.
std::vector<RuleId> strongest_first(const Program& program, SubjectId subject);

/// The `redefine` that took the place of a definition's inherited rules; null where there is none.
std::optional<RuleId> redefinition_of(const Program& program, SubjectId subject);

}  // namespace duly::doc
