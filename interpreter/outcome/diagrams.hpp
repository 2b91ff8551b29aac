#pragma once

#include <map>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/outcome/table.hpp"
#include "interpreter/outcome/variables.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// The outcome diagrams of a program: what each subject comes to, when each rule applies and is left, whether each
/// safeguard holds, for every case at once. Built by the definitions of language.md, section 5, operation by operation,
/// independently of the tree walk, with which the tests compare it.
///
/// Variables of a diagram: those of Variables; after them, for a definition in conflict or with a gap that is read,
/// what it is tried as (hidden); after these, how two values that are not told apart compare (auxiliary). A subject's
/// outcome has no hidden ones: where they matter, the outcome is conflict or gap itself.
class Diagrams {
 public:
  /// Builds all of them. Throws TooLarge past `max_nodes`. `facts` as for Variables.
  Diagrams(const Program& program, Date as_at, const Case* facts, std::size_t max_nodes);

  const Program& program() const { return program_; }
  const Variables& variables() const { return variables_; }
  const Table& table() const { return table_; }
  Table& table() { return table_; }  // for analysis, which combines diagrams further

  /// Leaves: values (of actions, duties), unsplit, conflict, gap.
  Edge outcome(SubjectId subject) const { return outcomes_[subject.index]; }
  /// Yes and no leaves; hidden variables where they rest on a definition in conflict or with a gap.
  Edge applies(RuleId rule) const { return applies_[rule.index]; }
  Edge left(RuleId rule) const { return left_[rule.index]; }
  Edge holds(SafeguardId safeguard) const { return holds_[safeguard.index]; }
  /// Any part of a condition, for analysis and coverage.
  Edge condition(NodeId node);

  bool is_hidden(std::uint32_t variable) const { return variable >= first_hidden && variable < first_auxiliary; }
  bool is_auxiliary(std::uint32_t variable) const { return variable >= first_auxiliary; }
  /// The two facts or subjects that an auxiliary variable compares.
  std::pair<Term, Term> compared(std::uint32_t auxiliary) const { return auxiliaries_[auxiliary - first_auxiliary]; }

 private:
  static constexpr std::uint32_t first_hidden = 0x1000'0000;
  static constexpr std::uint32_t first_auxiliary = 0x2000'0000;

  struct HiddenKey {
    std::uint32_t subject;
    bool of_conflict;
    std::uint32_t part;  // of a set: element + 1, 65 for the rest
    friend auto operator<=>(const HiddenKey&, const HiddenKey&) = default;
  };

  void resolve(SubjectId subject);
  Edge resolve_value(const Subject& subject);
  Edge resolve_duty(const Subject& subject);
  Edge concluded(const Conclusion& conclusion);
  Edge without_hidden(Edge edge);
  Edge value_of(const Term& term);
  Edge readable(SubjectId subject);
  Edge fact_value(FactId fact);
  Edge hidden_value(SubjectId subject, bool of_conflict);
  std::uint32_t hidden(const HiddenKey& key);
  Edge build(NodeId node);
  Edge in_range(const Term& term, const Range& range);
  Edge set_test(Op op, const Term& term, std::uint64_t mask);
  Edge element(const Leaf& leaf, std::uint32_t element);
  Edge set_is_empty(const Term& term);
  Edge compare(const Term& a, Relation relation, const Term& b);
  Edge compare_leaves(const Leaf& a, Elapsed a_unit, Relation relation, const Leaf& b, Elapsed b_unit);
  Edge same(const Leaf& a, const Leaf& b);
  Edge relation_unknown(const Leaf& a, Elapsed a_unit, const Leaf& b, Elapsed b_unit, Edge less, Edge equal,
                        Edge greater);
  Range passed(const Leaf& leaf, Elapsed unit) const;

  const Program& program_;
  Date as_at_;
  Variables variables_;
  Table table_;
  std::vector<Edge> outcomes_, applies_, left_, holds_;
  std::vector<bool> is_built_;
  std::vector<Edge> built_;  // by node
  std::vector<std::optional<Edge>> readable_;
  std::map<HiddenKey, std::uint32_t> hidden_;
  std::vector<bool> hidden_of_conflict_;
  struct Pairing {
    Leaf a;
    Elapsed a_unit;
    Leaf b;
    Elapsed b_unit;
    std::uint32_t variable;
  };
  std::vector<Pairing> pairings_;
  std::vector<std::pair<Term, Term>> auxiliaries_;
};

}  // namespace duly
