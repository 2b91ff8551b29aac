#include "interpreter/eval/decision.hpp"

#include <algorithm>
#include <array>

namespace duly {
namespace {

constexpr std::size_t answers = 64;  // an Answer is less

// As tables, because what they say of a case cannot be guessed by processors.
constexpr auto extents = [] {
  std::array<Extent, answers> by_answer{};
  by_answer.fill(Extent::some);
  by_answer[answer::no] = Extent::none;
  by_answer[answer::yes] = Extent::every;
  return by_answer;
}();

constexpr auto statuses = [] {
  std::array<Status, answers> by_state{};
  by_state.fill(Status::undecided);
  by_state[answer::no] = Status::decided;
  by_state[answer::on_conflict] = Status::conflict;
  by_state[answer::on_gap] = Status::gap;
  by_state[answer::on_broken_safeguard] = Status::unsafe;
  return by_state;
}();

}  // namespace

const Decision::Open* Decision::open(std::uint32_t work) const {
  if (statuses[outcomes_.cells[work].state] != Status::undecided) return nullptr;
  const auto found = std::lower_bound(open_.begin(), open_.end(), work,
                                      [](const Open& each, std::uint32_t sought) { return each.work < sought; });
  return found != open_.end() && found->work == work ? &*found : nullptr;
}

Found Decision::found(SubjectId id) const noexcept {
  const std::uint32_t work = outcomes_.plan->work_of(id);
  const Cell& cell = outcomes_.cells[work];
  const Open* const still_open = open(work);
  return {statuses[cell.state], cell.value, outcomes_.plan->works()[work].is_text,
          still_open != nullptr && still_open->approximate};
}

std::span<const FactId> Decision::needs(SubjectId id) const noexcept {
  const Open* const still_open = open(outcomes_.plan->work_of(id));
  if (still_open == nullptr) return {};
  return std::span(needs_).subspan(still_open->first_need, still_open->need_count);
}

Finding Decision::of(SubjectId id) const {
  const auto still = needs(id);
  return {found(id), {still.begin(), still.end()}};
}

RuleFinding Decision::of(RuleId id) const noexcept {
  RuleFinding finding;
  for (const std::uint32_t entry : outcomes_.plan->entries_of(id)) {
    const Mark mark = outcomes_.marks[entry];
    finding.applies = std::max(finding.applies, extents[mark.applies()]);
    finding.left = std::max(finding.left, extents[mark.left()]);
  }
  return finding;
}

}  // namespace duly
