#include "interpreter/eval/decision.hpp"

#include <algorithm>

namespace duly {

const Decision::Open* Decision::open(std::uint32_t work) const {
  if (detail::statuses[outcomes_.cells[work].state] != Status::undecided) return nullptr;
  const auto found = std::lower_bound(open_.begin(), open_.end(), work,
                                      [](const Open& each, std::uint32_t sought) { return each.work < sought; });
  return found != open_.end() && found->work == work ? &*found : nullptr;
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

}  // namespace duly
