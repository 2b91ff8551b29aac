#include <algorithm>

#include "interpreter/eval/plan_maker.hpp"

namespace duly {

std::uint32_t PlanMaker::group(NodeId id, bool negated) {
  const std::size_t key = std::size_t{id.index} * 2 + (negated ? 1 : 0);
  if (groups_[key] != Plan::none) return groups_[key];
  const Node& node = at(program_.nodes, id);
  Draft draft;
  draft.any = (node.op == Op::any) != negated && (node.op == Op::any || node.op == Op::all);
  const std::uint32_t index =
      node.op == Op::negation ? group(program_.children[node.a], !negated) : (add(draft, id, negated), put(draft));
  return groups_[key] = index;
}

/// Takes a part into a group: its tests as bits, parts of the same kind as if they stood there themselves.
void PlanMaker::add(Draft& draft, NodeId id, bool negated) {
  const Node& node = at(program_.nodes, id);
  switch (node.op) {
    case Op::constant:
      if ((node.a != 0) != negated) {
        if (draft.any) draft.groups.push_back(put(Draft{}));  // all of nothing: holds
      } else {
        if (!draft.any) draft.groups.push_back(put(Draft{.any = true, .masks = {}, .groups = {}}));
      }
      return;
    case Op::negation: add(draft, program_.children[node.a], !negated); return;
    case Op::all:
    case Op::any:
      if (((node.op == Op::any) != negated) != draft.any) {
        draft.groups.push_back(group(id, negated));
        return;
      }
      for (std::uint32_t i = 0; i < node.b; ++i) add(draft, program_.children[node.a + i], negated);
      return;
    case Op::in_range:
    case Op::in_mask:
    case Op::compare:
    case Op::includes_any:
    case Op::includes_all:
    case Op::is_empty:
    case Op::duty_is:
    case Op::day_in: break;
  }
  Place place;
  if (const auto test = few_test(node)) {
    place = few_places_.at({test->slot, negated ? first_bits(values_of(test->slot)) & ~test->mask : test->mask});
  } else {
    const auto& places = test_places_.at(test_key(node));
    place = negated ? places.second : places.first;
  }
  const auto same = std::find_if(draft.masks.begin(), draft.masks.end(),
                                 [&](const Place& other) { return other.word == place.word; });
  if (same != draft.masks.end()) {
    same->bits |= place.bits;
  } else {
    draft.masks.push_back(place);
  }
}

std::uint32_t PlanMaker::put(const Draft& draft) {
  Plan::Group group;
  group.any = draft.any;
  group.first_mask = size(plan_.masks_);
  group.mask_count = size(draft.masks);
  plan_.masks_.insert(plan_.masks_.end(), draft.masks.begin(), draft.masks.end());
  group.first_group = size(plan_.group_lists_);
  group.group_count = size(draft.groups);
  plan_.group_lists_.insert(plan_.group_lists_.end(), draft.groups.begin(), draft.groups.end());
  plan_.groups_.push_back(group);
  return size(plan_.groups_) - 1;
}

}  // namespace duly
