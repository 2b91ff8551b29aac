#pragma once

#include <cstdint>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/decision.hpp"
#include "lang/program/program.hpp"

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

/// The tree walk: decides a case by language.md, section 5, subject after subject. Where every fact that matters is
/// known it settles everything; else it leaves open what Kleene's tables leave open. Buffers are kept between cases.
class Walk {
 public:
  explicit Walk(const Program& program);  // keeps a reference

  void run(const Case& facts);

  const Resolved& of(SubjectId subject) const { return subjects_[subject.index]; }
  /// Whether the rule applies: its condition, and for one that stands in another's place, that one's as well.
  Truth applies(RuleId rule) const { return applies_[rule.index]; }
  /// Whether it is left, once others have prevailed; unknown where that hangs on what is not known.
  Truth left(RuleId rule) const { return left_[rule.index]; }
  Truth holds(SafeguardId safeguard) const;
  /// The truth of a part of a condition, with what this case has settled.
  Truth condition(NodeId node) const;

 private:
  struct Below {  // what an unknown condition hangs on
    bool fact = false;
    bool conflict = false;
    bool gap = false;
  };
  struct Read {
    bool known = false;
    Scalar value = 0;
  };

  void resolve(SubjectId subject);
  Resolved settle(const Subject& subject, Below& below);
  Resolved settle_known(const Subject& subject);
  Resolved try_values_below(SubjectId subject, Resolved found);
  Truth evaluate(NodeId node, Below& below) const;
  Truth compare(const Node& node, Below& below) const;
  Read read(const Term& term, Below& below) const;
  Resolved conclude(const Conclusion& conclusion, Below& below) const;
  void join(Resolved& result, bool& any, const Resolved& next, bool is_action) const;

  const Program& program_;
  const Case* facts_ = nullptr;
  std::vector<Resolved> subjects_;
  std::vector<Truth> applies_;
  std::vector<Truth> left_;
  std::vector<Truth> instance_applies_;
  std::vector<Truth> instance_left_;
};

}  // namespace duly
