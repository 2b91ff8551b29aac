#include "interpreter/eval/walk.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

namespace duly {

/// Bare pointers, which compilers keep in registers.
struct Walk::Here {
  Conditions conditions;
  const Plan::Work* works;
  const std::uint32_t* standing;
  const Plan::Entry* entries;
  const Plan::Slot* slots;
  const Plan::Table* subject_tables;
  const TestWord* by_value;
  TestWord* words;
  Mark* marks;
  Cell* cells;
};

Walk::Walk(const Program& program) : Walk(program, std::make_shared<const Plan>(program)) {}

Walk::Walk(const Program& program, std::shared_ptr<const Plan> plan)
    : program_(program), plan_(std::move(plan)), words_(plan_->words()), due_(plan_->always_bits().size()) {
  own_.start(plan_);
}

void Walk::run(const Case& facts, Outcomes& outcomes) {
  now_ = &outcomes;
  facts_ = &facts;
  outcomes.start(plan_);
  cells_[0] = facts.cells();
  cells_[1] = outcomes.cells.data();
  seen_ = answer::no;
  open_.clear();
  read_facts();
  const std::uint64_t* due = plan_->always_bits().data();
  if (!plan_->guards().empty()) {
    find_due();
    due = due_.data();
  }
  const Here here = this->here();
  for (std::size_t word = 0; word < due_.size(); ++word) {
    for (std::uint64_t left = due[word]; left != 0; left &= left - 1) {
      work_out(here, static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }
  }
}

inline Walk::Here Walk::here() {
  return {conditions(),
          plan_->works().data(),
          plan_->standing().data(),
          plan_->entries().data(),
          plan_->slots().data(),
          plan_->subject_tables().data(),
          plan_->by_value().data(),
          words_.data(),
          now_->marks.data(),
          now_->cells.data()};
}

Truth Walk::holds(SafeguardId safeguard) const { return condition(at(program_.safeguards, safeguard).holds); }

Truth Walk::condition(NodeId node) const {
  const Answer value = conditions().of(plan_->part(node));
  return value == answer::no ? Truth::no : value == answer::yes ? Truth::yes : Truth::unknown;
}

Conditions Walk::conditions() const {
  return {plan_->groups().data(), plan_->masks().data(), plan_->group_lists().data(), words_.data()};
}

// ---- what there is to do -----------------------------------------------------------------------------------------

void Walk::find_due() {
  std::copy(plan_->always_bits().begin(), plan_->always_bits().end(), due_.begin());
  candidates_.clear();
  next_candidate_ = 0;
  const auto& starts = plan_->guard_starts();
  const auto& guarded = plan_->guarded();
  const auto& works = plan_->entry_works();
  for (const Plan::Guard& guard : plan_->guards()) {
    std::uint32_t first = guard.first;
    std::uint32_t last = guard.first + guard.values;
    if (cells_[0][guard.fact].known()) {
      first += static_cast<std::uint32_t>(cells_[0][guard.fact].value);
      last = first + 1;
    }
    for (std::uint32_t i = starts[first]; i < starts[last]; ++i) {
      candidates_.push_back(guarded[i]);
      due_[works[guarded[i]] / 64] |= std::uint64_t{1} << (works[guarded[i]] % 64);
    }
  }
  if (candidates_.empty()) return;
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
}

/// Works are done in order, so the next candidates are this one's, or of one after it.
bool Walk::has_candidates(const Plan::Work& work) const {
  return next_candidate_ < candidates_.size() && candidates_[next_candidate_] < work.first + work.count;
}

/// The entries that may apply: those that stand in every case, and those that a guard lets through, in order.
void Walk::find_candidates(std::uint32_t index) {
  const Plan::Work& work = plan_->works()[index];
  const auto standing = plan_->standing().begin() + work.first_standing;
  const auto first = candidates_.begin() + static_cast<std::ptrdiff_t>(next_candidate_);
  const auto last = std::lower_bound(first, candidates_.end(), work.first + work.count);
  entries_.clear();
  std::merge(standing, standing + work.standing_count, first, last, std::back_inserter(entries_));
  now_->works_to_put_back.push_back(index);
  now_->entries_to_put_back.insert(now_->entries_to_put_back.end(), first, last);
  next_candidate_ = static_cast<std::size_t>(last - candidates_.begin());
}

inline void Walk::work_out(const Here& here, std::uint32_t index) {
  const Plan::Work& work = here.works[index];
  Cell& cell = here.cells[index];
  if (work.guarded && has_candidates(work)) {
    find_candidates(index);
    apply(entries_);
    cell = resolve(index, entries_);
  } else if (!(work.is_one ? settle_one(here, work, cell) : settle_known(here, work, cell))) {
    const std::uint32_t* const standing = here.standing + work.first_standing;
    cell = resolve(index, {standing, work.standing_count});
  }
  seen_ |= cell.state;
  publish(here, work, cell);
}

// ---- where everything is known ------------------------------------------------------------------------------------
// Without a branch that depends on the case, since processors would guess it wrongly. False where something is unknown
// after all: then the entries have been applied, and nothing else is done.

/// One rule: most duties and many definitions.
inline bool Walk::settle_one(const Here& here, const Plan::Work& work, Cell& cell) {
  const Answer when =
      work.word != Plan::none ? here.conditions.of(work.word, work.bits) : here.conditions.of(here.entries[work.only]);
  here.marks[work.only] = Mark::of(when, when);
  const Scalar applies = -Scalar{when};  // every bit, or none
  cell.value = (work.when_applies & applies) | (work.value & ~applies);
  cell.state = work.resting & ~static_cast<std::uint32_t>(applies);
  return when < answer::unknown;
}

/// Applies what stands; returns which of it others set aside, as bits, where all is known.
inline std::uint64_t Walk::apply_standing(const Here& here, const Plan::Work& work, Answer& seen) {
  const std::uint32_t* const standing = here.standing + work.first_standing;
  std::uint64_t aside = 0;
  for (std::uint32_t i = 0; i < work.standing_count; ++i) {
    const Plan::Entry& entry = here.entries[standing[i]];
    Answer when = here.conditions.of(entry);
    if (entry.place != Plan::none) when = both(when, here.marks[entry.place].applies());
    here.marks[standing[i]] = Mark::of(when, when);
    seen |= when;
    aside |= entry.losers & -std::uint64_t{when};
  }
  return aside;
}

inline bool Walk::settle_known(const Here& here, const Plan::Work& work, Cell& cell) {
  Answer seen = answer::no;
  const std::uint64_t aside = apply_standing(here, work, seen);
  if (seen >= answer::unknown || work.many) return false;
  const std::uint32_t* const standing = here.standing + work.first_standing;
  if (work.yields) {
    for (std::uint32_t i = 0; i < work.standing_count; ++i) {
      const std::uint64_t stays = ((aside >> i) & 1) - 1;  // every bit, or none
      here.marks[standing[i]].both &= static_cast<std::uint16_t>(stays | 0xff);
    }
  }
  return work.is_action ? settle_duty(here, work, cell) : settle_value(here, work, cell);
}

/// Of one direction the stronger duty holds; two directions conflict.
inline bool Walk::settle_duty(const Here& here, const Plan::Work& work, Cell& cell) {
  const std::uint32_t* const standing = here.standing + work.first_standing;
  Scalar in_favour = 0;
  Scalar against = 0;
  for (std::uint32_t i = 0; i < work.standing_count; ++i) {
    const Scalar duty = here.entries[standing[i]].value & -Scalar{here.marks[standing[i]].left()};
    const Scalar is_for = -Scalar{duty < static_cast<Scalar>(Duty::should_not)};
    in_favour = std::max(in_favour, duty & is_for);
    against = std::max(against, duty & ~is_for);
  }
  const unsigned conflict = in_favour * against != 0 ? 1u : 0u;
  cell.value = std::max(in_favour, against);
  cell.state = conflict * answer::on_conflict;
  return true;
}

/// All that is left concludes the same, or is in conflict.
inline bool Walk::settle_value(const Here& here, const Plan::Work& work, Cell& cell) {
  const std::uint32_t* const standing = here.standing + work.first_standing;
  Scalar value = 0;
  Scalar any = 0;
  Scalar differ = 0;
  std::uint32_t missing = answer::no;
  for (std::uint32_t i = 0; i < work.standing_count; ++i) {
    const Plan::Entry& entry = here.entries[standing[i]];
    const Scalar is_left = -Scalar{here.marks[standing[i]].left()};  // every bit, or none
    Scalar next = entry.value;
    if (entry.copied != Plan::none)
      missing |= read(here.slots[entry.copied], next) & static_cast<std::uint32_t>(is_left);
    differ |= (next ^ value) & is_left & any;
    value = (next & is_left) | (value & ~is_left);
    any |= is_left;
  }
  Scalar otherwise = work.value;
  if (work.copied != Plan::none) missing |= read(here.slots[work.copied], otherwise) & static_cast<std::uint32_t>(~any);
  if (missing != answer::no) {
    for (std::uint32_t i = 0; i < work.standing_count; ++i) {
      here.marks[standing[i]].set_left(here.marks[standing[i]].applies());
    }
    return false;
  }
  const unsigned disagree = differ != 0 ? 1u : 0u;
  cell.value = (value & any) | (otherwise & ~any);
  cell.state = disagree * answer::on_conflict + (work.resting & static_cast<std::uint32_t>(~any));
  return true;
}

// ---- tests -------------------------------------------------------------------------------------------------------

/// The tests that facts and the day answer by themselves.
void Walk::read_facts() {
  std::copy(plan_->resting().begin(), plan_->resting().end(), words_.begin());
  const TestWord* const by_value = plan_->by_value().data();
  TestWord* const words = words_.data();
  const Cell* const cells = cells_[0];
  for (const Plan::Table& table : plan_->fact_tables()) {
    const Cell& cell = cells[table.fact];
    const TestWord& now =
        by_value[table.first + (cell.known() ? static_cast<std::uint32_t>(cell.value) : table.values)];
    words[table.word].unsure |= now.unsure;
    words[table.word].failed |= now.failed;
  }
  if (plan_->fact_test_count() > 0) run_tests(0, plan_->fact_test_count());
}

/// Lets conditions see what a subject came to.
inline void Walk::publish(const Here& here, const Plan::Work& work, const Cell& cell) {
  for (std::uint32_t i = work.first_table; i < work.first_table + work.table_count; ++i) {
    const Plan::Table& table = here.subject_tables[i];
    const std::uint32_t row = cell.known() ? static_cast<std::uint32_t>(cell.value) : table.values;
    const TestWord& now = here.by_value[table.first + row];
    TestWord& word = here.words[table.word];
    word.unsure = (word.unsure & ~table.every) | now.unsure;
    word.failed = (word.failed & ~table.every) | now.failed;
  }
  if (work.test_count > 0) run_tests(work.first_test, work.test_count);
}

void Walk::publish(std::uint32_t index) { publish(here(), plan_->works()[index], now_->cells[index]); }

void Walk::run_tests(std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    const Plan::Test& each = plan_->tests()[i];
    TestWord& word = words_[each.word];
    word.unsure &= ~(each.holds | each.fails);
    word.failed &= ~(each.holds | each.fails);
    switch (test(each)) {
      case answer::no:
        word.unsure |= each.holds;
        word.failed |= each.holds;
        break;
      case answer::yes:
        word.unsure |= each.fails;
        word.failed |= each.fails;
        break;
      default: word.unsure |= each.holds | each.fails; break;
    }
  }
}

/// `no`, `yes` or `unknown`.
Answer Walk::test(const Plan::Test& test) const {
  const auto answer_of = [](bool holds) { return holds ? answer::yes : answer::no; };
  Scalar value = facts_->as_at.days;
  if (test.kind != Plan::Kind::day_in && read(test.slot, value) != answer::no) return answer::unknown;
  const auto bits = static_cast<std::uint64_t>(value);
  switch (test.kind) {
    case Plan::Kind::in_range:
    case Plan::Kind::day_in: {
      const Range& range = plan_->ranges()[test.operand];
      return answer_of(value >= range.low && value <= range.high);
    }
    case Plan::Kind::includes_any: return answer_of((bits & test.operand) != 0);
    case Plan::Kind::includes_all: return answer_of((bits & test.operand) == test.operand);
    case Plan::Kind::is_empty: return answer_of(bits == 0);
    case Plan::Kind::compare: break;
  }
  Scalar right = 0;
  if (read(plan_->slots()[test.operand], right) != answer::no) return answer::unknown;
  switch (test.relation) {
    case Relation::equal: return answer_of(value == right);
    case Relation::not_equal: return answer_of(value != right);
    case Relation::less: return answer_of(value < right);
    case Relation::less_equal: return answer_of(value <= right);
    case Relation::greater: return answer_of(value > right);
    case Relation::greater_equal: return answer_of(value >= right);
  }
  return answer::no;
}

}  // namespace duly
