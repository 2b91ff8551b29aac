#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// A fact that would have to be otherwise than it is in a case.
struct FactChange {
  FactId fact;
  std::optional<Scalar> from;  // null where the case does not know it
  Scalar to = 0;
  Range within;  // of numbers and dates: every value from here to there does as well
};

/// What would have to be otherwise for a case to come to something else.
struct NearestCase {
  enum class Search : std::uint8_t {
    found,
    none,       // no case leads there, whatever is changed
    too_large,  // the diagrams outgrew their bound, so nobody looked
  };
  Search search = Search::none;
  std::vector<FactChange> changes;  // in the order of asking; none where the case is there already
  std::optional<Case> facts;        // the case with the changes made
  bool exact = true;                // false where how two values compare may hide a nearer way
};

/// Whether somebody could act so that the fact becomes another: not so of numbers and dates (an age, a day of birth)
/// and of bodies (the choice `body`, and sets of it), which are as they are.
bool can_be_changed(const Program& program, FactId fact);

/// Looks for the fewest changes to one case that lead to an outcome: facts that it knows take other values, facts that
/// it does not know are filled in; what is left unknown makes no difference then. Of several ways the one that changes
/// the fewest facts that nobody can change, then the fewest facts, then the fewest that are known. Holds references to
/// the program; belongs to one thread.
class NearestCases {
 public:
  NearestCases(const Program& program, const Case& facts, std::size_t max_nodes = 1'000'000);

  /// To a value of a definition, decision or agreement that is yes/no or a choice, or to a duty. A decision counts as
  /// decided only where no safeguard that watches it is broken.
  NearestCase to_value(SubjectId subject, Scalar value);

  /// To a rule that applies and is left.
  NearestCase to_rule(RuleId rule);

 private:
  /// How many facts change: those that nobody can change, all, those that the case knows. Compared in this order.
  struct Cost {
    std::uint32_t fixed = 0, all = 0, known = 0;
    friend auto operator<=>(const Cost&, const Cost&) = default;
    friend Cost operator+(const Cost& a, const Cost& b) {
      return {a.fixed + b.fixed, a.all + b.all, a.known + b.known};
    }
  };
  /// What a way has done so far to the fact whose variable comes next (a set has several variables).
  enum class Mode : std::uint8_t { fresh, left_unknown, changed };
  struct Step {
    std::uint32_t value = 0;
    Mode mode = Mode::fresh;
    Cost cost;
  };
  struct Best {
    std::optional<Cost> cost;  // null where no way leads to yes
    Step step;
  };
  using Memo = std::map<std::pair<Edge, Mode>, Best>;

  Edge settled(Edge diagram, bool always, std::map<Edge, Edge>& memo);
  NearestCase search(Edge goal);
  Best best(Edge edge, Mode mode, Memo& memo) const;
  std::vector<Step> steps(Edge node, Mode mode) const;
  Mode carried(Mode mode, Edge from, Edge to) const;
  FactId fact_of(Edge node) const { return diagrams_->variables().all()[table_.variable(node)].fact; }
  void take(const Variable& variable, std::uint32_t value, Case& changed) const;

  const Program& program_;
  Case facts_;
  std::optional<Diagrams> diagrams_;  // null where they outgrew the bound
  Table table_;                       // diagrams with one more branch for each unknown fact: it stays unknown
  bool exact_ = true;
};

}  // namespace duly
