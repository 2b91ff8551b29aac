#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// One question of a diagram. Facts come first, in the order of asking; then what is tried for definitions in conflict
/// or with a gap; then how two unknown numbers compare.
struct Variable {
  enum class Kind : std::uint8_t {
    fact,     // its values: yes/no, a choice's, or the regions of a number or date
    element,  // whether a set has the element
    rest,     // whether a set has any element that no rule mentions
  };
  Kind kind = Kind::fact;
  FactId fact;
  std::uint32_t element = 0;
  std::uint32_t arity = 2;
};

/// Cuts every fact into the parts that the rules tell apart: numbers and dates at what they are compared with, sets
/// into the elements that are mentioned. Time since a date is cut at the dates where the comparison changes, as counted
/// on the day of the decision. Numbers and dates that are copied into or compared with each other share their cuts.
class Variables {
 public:
  /// `facts`: where values are compared with each other, their known values are cuts as well, so that the answer is
  /// exact unless two unknown ones meet. May be null.
  Variables(const Program& program, Date as_at, const Case* facts);

  /// In the order of asking: the default decision's facts first.
  const std::vector<Variable>& all() const { return variables_; }

  /// The first variable of a fact; a set's follow each other.
  std::uint32_t first_of(FactId fact) const { return first_[fact.index]; }
  std::uint32_t count_of(FactId fact) const { return count_[fact.index]; }

  /// The regions of a number or date (a fact's or a subject's), each from its start to before the next; with both ends.
  std::vector<Range> regions(const Term& term) const;
  /// The region in which a fact's value lies.
  std::uint32_t region_of(FactId fact, Scalar value) const;

  /// Which elements of a set are told apart, as bits.
  std::uint64_t mentioned(const Term& term) const;

  /// The value of a variable in a case in which its fact is known.
  std::uint32_t value_in(const Variable& variable, const Case& facts) const;

  /// Values are compared with each other, so that the cuts depend on what a case knows.
  bool depends_on_case() const { return depends_on_case_; }

 private:
  std::uint32_t group(const Term& term) const;
  std::uint32_t root(std::uint32_t group) const;
  void join(const Term& a, const Term& b);
  void cut(const Term& term, Range range);
  void cut_elapsed(const Term& term, Range range);
  void join_groups();
  void mention_elements();
  void make_cuts(const Case* facts);
  void cut_compared(const Case* facts);
  void order_facts();

  const Program& program_;
  Date as_at_;
  std::vector<std::uint32_t> parent_;        // of groups: facts, then subjects
  std::vector<std::vector<Scalar>> starts_;  // by group root: where regions begin
  std::vector<std::uint64_t> elements_;      // by group root
  std::vector<Variable> variables_;
  std::vector<std::uint32_t> first_, count_;      // by fact
  std::vector<std::vector<Scalar>> fact_starts_;  // by fact: its regions' starts, its own low first
  bool depends_on_case_ = false;
};

}  // namespace duly
