// The walk where something is unknown, or where a guard lets entries through.

#include <algorithm>
#include <bit>
#include <utility>

#include "interpreter/eval/walk.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

bool is_against(Duty duty) { return duty == Duty::should_not || duty == Duty::must_not; }

/// Of one direction the stronger duty holds; two directions conflict.
bool join_duties(Scalar& held, Scalar next) {
  const auto a = static_cast<Duty>(held);
  const auto b = static_cast<Duty>(next);
  if (a == Duty::none || b == Duty::none) {
    held = std::max(held, next);
    return true;
  }
  if (is_against(a) != is_against(b)) return false;
  held = std::max(held, next);  // the enumerators of a direction stand by strength
  return true;
}

/// Joins what one more rule concludes; rules that disagree make a conflict.
void join(Resolved& result, bool& any, const Resolved& next, bool is_action) {
  if (!any) {
    result = next;
  } else if (result.state == Resolved::State::value) {
    const bool agree = is_action ? join_duties(result.value, next.value) : result.value == next.value;
    if (!agree) result = {Resolved::State::conflict, 0};
  }
  any = true;
}

}  // namespace

void Walk::apply(Entries entries) {
  const Conditions conditions = this->conditions();
  for (const std::uint32_t i : entries) {
    const Plan::Entry& entry = plan_->entries()[i];
    Answer when = conditions.of(entry);
    if (entry.place != Plan::none) when = both(when, now_->marks[entry.place].applies());
    now_->marks[i] = Mark::of(when, when);
  }
}

/// After the entries were applied.
Cell Walk::resolve(std::uint32_t index, Entries entries) {
  Answer hangs_on = answer::no;
  Resolved found = settle(plan_->works()[index], entries, hangs_on);
  if (found.state == Resolved::State::open && (hangs_on & answer::on_fact & ~answer::unknown) == 0) {
    found = try_values_below(index, entries, found);
  }
  switch (found.state) {
    case Resolved::State::value: return {found.value, answer::no};
    case Resolved::State::conflict: return {0, answer::on_conflict};
    case Resolved::State::gap: return {0, answer::on_gap};
    case Resolved::State::open: break;
  }
  open_.push_back(index);
  return {0, answer::on_fact};
}

/// Precedence, then what is left. Open where something unknown may still change it.
Resolved Walk::settle(const Plan::Work& work, Entries entries, Answer& hangs_on) {
  bool all_known = true;
  for (const std::uint32_t i : entries) {
    if (now_->marks[i].applies() < answer::unknown) continue;
    all_known = false;
    hangs_on |= this->hangs_on(plan_->groups()[plan_->entries()[i].condition]);
  }
  if (work.yields) set_aside(entries);
  Resolved result{Resolved::State::value, 0};
  bool any = false;
  bool surely = all_known;  // some rule is left however the unknown turns out
  for (const std::uint32_t i : entries) {
    if (now_->marks[i].left() == answer::no) continue;
    if (now_->marks[i].applies() == answer::yes) surely = true;  // it, or what prevails over it, is left
    const Resolved next = conclude(plan_->entries()[i].copied, plan_->entries()[i].value, hangs_on);
    if (next.state == Resolved::State::open) return next;
    if (!all_known && any && next.value != result.value) return {Resolved::State::open, 0};
    join(result, any, next, work.is_action);
  }
  if (!any) {
    if (work.resting != answer::no) return {Resolved::State::gap, 0};
    return conclude(work.copied, work.value, hangs_on);
  }
  if (!surely) return {Resolved::State::open, 0};
  return result;
}

void Walk::set_aside(Entries entries) {
  const auto give_way = [&](std::uint32_t loser, Answer to) {
    Mark& mark = now_->marks[loser];
    if (to == answer::yes) {
      mark.set_left(answer::no);
    } else if (mark.left() == answer::yes) {
      mark.set_left(answer::unknown);
    }
  };
  for (const std::uint32_t i : entries) {
    const Answer applies = now_->marks[i].applies();
    if (applies == answer::no) continue;
    const auto losers = plan_->losers_of(i);
    if (losers.size() <= entries.size()) {
      for (const std::uint32_t loser : losers) give_way(loser, applies);
    } else {  // most of them are ruled out already
      for (const std::uint32_t other : entries) {
        if (std::binary_search(losers.begin(), losers.end(), other)) give_way(other, applies);
      }
    }
  }
}

Resolved Walk::conclude(std::uint32_t copied, Scalar value, Answer& hangs_on) const {
  if (copied == Plan::none) return {Resolved::State::value, value};
  const Answer missing = read(plan_->slots()[copied], value);
  if (missing == answer::no) return {Resolved::State::value, value};
  hangs_on |= missing;
  return {Resolved::State::open, 0};
}

/// Nothing but definitions in conflict or with a gap is unknown here. Each is tried as every value it could have: where
/// that makes no difference the subject is settled; where it does, it is in conflict, or has a gap, itself.
Resolved Walk::try_values_below(std::uint32_t index, Entries entries, Resolved found) {
  const Plan::Work& work = plan_->works()[index];
  std::vector<std::uint32_t> read_here, unsettled;  // works
  std::size_t combinations = 1;
  constexpr std::size_t max_combinations = 4096;
  const auto values_of = [&](std::uint32_t read) {
    return static_cast<std::size_t>(at(program_.subjects, plan_->subject_of(read)).type.high) + 1;
  };
  for (const SubjectId subject : subjects_read(program_, plan_->subject_of(index))) {
    const std::uint32_t read = plan_->work_of(subject);
    read_here.push_back(read);
    if (now_->cells[read].known()) continue;
    const Type& type = at(program_.subjects, subject).type;
    if (type.kind != TypeKind::yes_no && type.kind != TypeKind::choice) return found;  // the diagrams know where to cut
    unsettled.push_back(read);
    combinations *= values_of(read);
    if (combinations > max_combinations) return found;
  }
  // Where two of them are compared, the test is run with the later: so all are there before any is seen.
  const auto publish_all = [&] {
    for (const std::uint32_t read : read_here) publish(read);
  };
  std::vector<Cell> before;
  for (const std::uint32_t read : unsettled) before.push_back(now_->cells[read]);
  std::vector<Resolved> results;
  Answer hangs_on = answer::no;
  for (std::size_t combination = 0; combination < combinations; ++combination) {
    std::size_t rest = combination;
    for (const std::uint32_t read : unsettled) {
      now_->cells[read] = {static_cast<Scalar>(rest % values_of(read)), answer::no};
      rest /= values_of(read);
    }
    publish_all();
    apply(entries);
    results.push_back(settle(work, entries, hangs_on));
  }
  for (std::size_t i = 0; i < unsettled.size(); ++i) now_->cells[unsettled[i]] = before[i];
  publish_all();
  apply(entries);
  settle(work, entries, hangs_on);  // so that what is said of the rules is what is known of them
  const auto is_open = [](const Resolved& result) { return result.state == Resolved::State::open; };
  if (std::any_of(results.begin(), results.end(), is_open)) return found;  // for want of a fact, which can help
  if (std::all_of(results.begin(), results.end(), [&](const Resolved& result) { return result == results.front(); })) {
    return results.front();
  }
  // Which of them make a difference: two combinations that differ in that one alone end differently.
  bool conflict = false;
  std::size_t stride = 1;
  for (std::size_t i = 0; i < unsettled.size(); ++i) {
    const std::size_t values = values_of(unsettled[i]);
    for (std::size_t combination = 0; combination < combinations && before[i].state == answer::on_conflict;
         ++combination) {
      const std::size_t first = combination - (combination / stride % values) * stride;
      conflict = conflict || !(results[combination] == results[first]);
    }
    stride *= values;
  }
  return {conflict ? Resolved::State::conflict : Resolved::State::gap, 0};
}

/// What an unknown condition hangs on.
Answer Walk::hangs_on(const Plan::Group& group) const {
  if (conditions().of(group) != answer::unknown) return answer::no;
  Answer result = answer::no;
  for (std::uint32_t i = group.first_mask; i < group.first_mask + group.mask_count; ++i) {
    const Plan::Mask& mask = plan_->masks()[i];
    const TestWord& word = words_[mask.word];
    for (std::uint64_t bits = mask.bits & word.unsure & ~word.failed; bits != 0; bits &= bits - 1) {
      const auto [first, second] = plan_->read_by(mask.word, static_cast<unsigned>(std::countr_zero(bits)));
      for (const Plan::Slot& slot : {first, second}) {
        if (slot.index != Plan::none) result |= static_cast<Answer>(cells_[slot.is_subject ? 1 : 0][slot.index].state);
      }
    }
  }
  for (std::uint32_t i = group.first_group; i < group.first_group + group.group_count; ++i) {
    result |= hangs_on(plan_->groups()[plan_->group_lists()[i]]);
  }
  return result;
}

}  // namespace duly
