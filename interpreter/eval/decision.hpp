#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/outcomes.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// How far a rule goes in this case: in no way of filling in the unknown facts, in some, in every one.
enum class Extent : std::uint8_t { none, some, every };

namespace detail {

// What a cell's state and a mark's answers say, as tables, because processors cannot guess what they say of a case.
inline constexpr auto statuses = [] {
  std::array<Status, 64> by_state{};
  by_state.fill(Status::undecided);
  by_state[answer::no] = Status::decided;
  by_state[answer::on_conflict] = Status::conflict;
  by_state[answer::on_gap] = Status::gap;
  by_state[answer::on_broken_safeguard] = Status::unsafe;
  return by_state;
}();

inline constexpr auto extents = [] {
  std::array<Extent, 64> by_answer{};
  by_answer.fill(Extent::some);
  by_answer[answer::no] = Extent::none;
  by_answer[answer::yes] = Extent::every;
  return by_answer;
}();

}  // namespace detail

/// What came out for one subject, in short.
struct Found {
  Status status = Status::undecided;  // never unsafe here but for decisions
  Scalar value = 0;                   // where decided; of an action a Duty
  bool copies_text = false;           // the value is a text: an index into the case's texts
  bool approximate = false;           // past the bound, or two unknown numbers compared: perhaps decided after all

  Duty duty() const { return static_cast<Duty>(value); }
};

/// What came out for one subject.
struct Finding : Found {
  std::vector<FactId> needs;  // where undecided: what can still matter, in the order of asking
};

/// What came out for one rule: whether it applies, and whether it is left once others have prevailed.
struct RuleFinding {
  Extent applies = Extent::none;
  Extent left = Extent::none;
};

/// The whole answer for one case. Refers to no program and no case: it stays valid as long as it is kept.
class Decision {
 public:
  Date as_at;
  std::vector<SafeguardId> broken;  // false however the unknown facts turn out

  // Once a Decider has filled it:
  Finding of(SubjectId id) const;
  RuleFinding of(RuleId id) const noexcept;
  // The same as the finding's, without a copy: they allocate nothing.
  Found found(SubjectId id) const noexcept;
  std::span<const FactId> needs(SubjectId id) const noexcept;

 private:
  friend class Decider;

  /// A subject that no value is known of.
  struct Open {
    std::uint32_t work = 0;
    bool approximate = false;
    std::uint32_t first_need = 0, need_count = 0;
  };

  Outcomes outcomes_;
  const Open* open(std::uint32_t work) const;  // null where a value, a conflict or a gap is known

  std::vector<Open> open_;  // by work
  std::vector<FactId> needs_;
  std::vector<std::uint32_t> unsafe_;  // works
};

inline Found Decision::found(SubjectId id) const noexcept {
  const std::uint32_t work = outcomes_.plan->work_of(id);
  const Cell& cell = outcomes_.cells[work];
  Found found{detail::statuses[cell.state], cell.value, outcomes_.plan->works()[work].is_text, false};
  if (found.status == Status::undecided) {
    const Open* const still_open = open(work);
    found.approximate = still_open != nullptr && still_open->approximate;
  }
  return found;
}

inline RuleFinding Decision::of(RuleId id) const noexcept {
  RuleFinding finding;
  for (const std::uint32_t entry : outcomes_.plan->entries_of(id)) {
    const Mark mark = outcomes_.marks[entry];
    finding.applies = std::max(finding.applies, detail::extents[mark.applies()]);
    finding.left = std::max(finding.left, detail::extents[mark.left()]);
  }
  return finding;
}

/// The first fact that can still matter to the subject; null where nothing is to be asked.
inline std::optional<FactId> next_question(const Decision& decision, SubjectId subject) {
  const auto needs = decision.needs(subject);
  if (needs.empty()) return std::nullopt;
  return needs.front();
}

/// Decides cases of one program. Holds the outcome diagrams, built on first need and kept. One thread at a time; make
/// one Decider a thread (they are cheap until unknown facts call for diagrams).
class Decider {
 public:
  struct Limits {
    std::size_t diagram_nodes = 1'000'000;  // past it, answers under unknown facts are approximate
  };

  explicit Decider(const Program& program);  // keeps a reference: the program must outlive it
  Decider(const Program& program, Limits limits);
  ~Decider();
  Decider(Decider&&) noexcept;
  Decider& operator=(Decider&&) noexcept;

  Decision decide(const Case& facts);

  /// How much is said of the rules. Subjects and safeguards are always exact.
  enum class Rules : std::uint8_t {
    exact,     // as explanations need it
    cautious,  // what Kleene's tables tell: `some` may be `none` or `every` in truth
  };

  /// Decides into a decision that is used again; allocates nothing after the first time where all facts that matter are
  /// known. Whatever `into` was before, even another program's, is forgotten.
  void decide(const Case& facts, Decision& into, Rules rules = Rules::exact);

  /// For answers alone, without a decision to keep: decides a case, and returns true where every subject has a value
  /// and every safeguard holds. Then `settled()[place_of(subject)]` has it, until the next call of anything. Else
  /// `decide` tells more.
  bool settle(const Case& facts);
  std::span<const Cell> settled() const;
  std::size_t place_of(SubjectId subject) const;

  /// For an undecided subject: for each outcome that is still possible, the rules left in some way that leads to it.
  struct Possible {
    Status status = Status::decided;  // decided, conflict or gap
    Scalar value = 0;
    std::vector<std::pair<RuleId, Extent>> rules;  // `every`: in every way that leads to this outcome
  };
  std::vector<Possible> possible(const Case& facts, SubjectId subject);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace duly
