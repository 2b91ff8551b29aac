#include "interpreter/eval/case.hpp"

#include <utility>

namespace duly {

Case::Case(const Program& program) : as_at(today()), cells_(program.facts.size(), Cell{0, answer::on_fact}) {
  // Each text fact has a slot of its own for good, so that setting a text again reuses its memory.
  for (std::size_t fact = 0; fact < program.facts.size(); ++fact) {
    if (program.facts[fact].type.kind != TypeKind::text) continue;
    cells_[fact].value = static_cast<Scalar>(texts_.size());
    texts_.emplace_back();
  }
}

void Case::set_text(FactId fact, std::string text) {
  texts_[static_cast<std::size_t>(value(fact))] = std::move(text);
  cells_[fact.index].state = answer::no;
}

void Case::clear() {
  for (Cell& cell : cells_) cell.state = answer::on_fact;
  for (std::string& text : texts_) text.clear();
}

Case make_case(const Program& program, const TestCase& test_case) {
  Case result(program);
  if (test_case.as_at) result.as_at = *test_case.as_at;
  for (const GivenFact& given : test_case.facts) {
    if (at(program.facts, given.fact).type.kind == TypeKind::text) {
      result.set_text(given.fact, given.text);
    } else if (given.value) {
      result.set(given.fact, *given.value);
    }
  }
  return result;
}

}  // namespace duly
