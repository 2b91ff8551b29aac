#include "interpreter/eval/outcomes.hpp"

namespace duly {
namespace {

template <class Get>
Truth strongest(const Outcomes& outcomes, RuleId rule, Get get) {
  Truth result = Truth::no;
  for (const std::uint32_t entry : outcomes.plan->entries_of(rule)) {
    const Answer answer = get(outcomes.marks[entry]);
    if (answer == answer::yes) return Truth::yes;
    if (answer != answer::no) result = Truth::unknown;
  }
  return result;
}

}  // namespace

void Outcomes::start(const std::shared_ptr<const Plan>& the_plan) {
  const auto put_back = [&](std::uint32_t work) {
    cells[work] = {the_plan->works()[work].value, the_plan->works()[work].resting};
  };
  if (plan != the_plan) {
    plan = nullptr;  // while there is not yet room for all
    cells.resize(the_plan->works().size());
    for (std::uint32_t work = 0; work < cells.size(); ++work) put_back(work);
    marks.assign(the_plan->entries().size(), {});
    plan = the_plan;
  } else {
    for (const std::uint32_t work : works_to_put_back) put_back(work);
    for (const std::uint32_t entry : entries_to_put_back) marks[entry] = {};
  }
  works_to_put_back.clear();
  entries_to_put_back.clear();
}

Resolved Outcomes::of(SubjectId subject) const {
  const Cell& cell = cells[plan->work_of(subject)];
  if (cell.known()) return {Resolved::State::value, cell.value};
  if (cell.state == answer::on_conflict) return {Resolved::State::conflict, 0};
  if (cell.state == answer::on_gap) return {Resolved::State::gap, 0};
  return {Resolved::State::open, 0};
}

Truth Outcomes::applies(RuleId rule) const {
  return strongest(*this, rule, [](const Mark& mark) { return mark.applies(); });
}

Truth Outcomes::left(RuleId rule) const {
  return strongest(*this, rule, [](const Mark& mark) { return mark.left(); });
}

}  // namespace duly
