#pragma once

#include <memory>
#include <vector>

#include "interpreter/eval/plan.hpp"

namespace duly {

/// Kleene's three values.
enum class Truth : std::uint8_t { no, yes, unknown };

/// What a walk makes of one subject.
struct Resolved {
  enum class State : std::uint8_t {
    value,
    conflict,
    gap,
    open,  // a fact that nobody has given may matter: the outcome diagrams tell
  };
  State state = State::open;
  Scalar value = 0;
  friend bool operator==(const Resolved&, const Resolved&) = default;
};

/// What walks of one plan came to in one case, for every subject and every rule. Used again it is changed only where it
/// differs from what holds where no rule applies.
class Outcomes {
 public:
  /// Takes up another case of this plan: everything is as where no rule applies, but for what every walk works out.
  void start(const std::shared_ptr<const Plan>& plan);

  Resolved of(SubjectId subject) const;
  /// Whether the rule applies: its condition, and for one that stands in another's place, that one's as well.
  Truth applies(RuleId rule) const;
  /// Whether it is left, once others have prevailed; unknown where that hangs on what is not known.
  Truth left(RuleId rule) const;

  std::shared_ptr<const Plan> plan;  // null before the first case
  std::vector<Cell> cells;           // by work
  std::vector<Mark> marks;           // by entry
  // What may not be as where no rule applies, beside what every walk works out.
  std::vector<std::uint32_t> works_to_put_back, entries_to_put_back;
};

}  // namespace duly
