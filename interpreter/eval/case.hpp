#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/eval/answer.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// What is known about one situation: a slot a fact, and the day of the decision. Belongs to one thread at a time.
class Case {
 public:
  explicit Case(const Program& program);

  /// The value must be of the fact's type and in its range; that is the caller's to check (the JSON reader does).
  void set(FactId fact, Scalar value) { cells_[fact.index] = {value, answer::no}; }
  void set_text(FactId fact, std::string text);
  void clear(FactId fact) { cells_[fact.index].state = answer::on_fact; }
  void clear();

  bool known(FactId fact) const { return cells_[fact.index].known(); }
  Scalar value(FactId fact) const { return cells_[fact.index].value; }
  /// The text of a known text fact.
  const std::string& text(FactId fact) const { return texts_[static_cast<std::size_t>(value(fact))]; }

  /// The slots themselves, by FactId; `on_fact` where nobody has given one.
  const Cell* cells() const { return cells_.data(); }

  Date as_at;  // today when made

 private:
  std::vector<Cell> cells_;
  std::vector<std::string> texts_;
};

/// The case of a `case` declaration; `as_at` is today where the declaration has none.
Case make_case(const Program& program, const TestCase& test_case);

}  // namespace duly
