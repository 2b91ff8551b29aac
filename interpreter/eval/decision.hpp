#pragma once

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
  /// and every safeguard holds. Then `value` has them, until the next call of anything. Else `decide` tells more.
  bool settle(const Case& facts);
  Scalar value(SubjectId subject) const;

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
