#include "interpreter/eval/walk.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "lang/program/reads.hpp"

namespace duly {
namespace {

Answer evaluate_part(const Walk::Bits& bits, std::uint32_t group);

Answer answer_of(bool holds) { return holds ? answer::yes : answer::no; }
Answer both(Answer a, Answer b) {
  const auto unknown = static_cast<Answer>((a | b) & ~answer::yes);
  if (a == answer::no || b == answer::no) return answer::no;
  return unknown != answer::no ? unknown : answer::yes;
}

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

/// By Kleene's tables, without a branch that depends on the case: `no`, `yes` or `unknown`.
inline Answer evaluate(const Walk::Bits& bits, const Plan::Group& group) {
  const Plan::Mask* const masks = bits.masks + group.first_mask;
  const Plan::Mask* const end = masks + group.mask_count;
  std::uint64_t settles = 0;  // of `any` what holds, of `all` what does not
  std::uint64_t open = 0;
  if (group.any) {
    for (const Plan::Mask* mask = masks; mask != end; ++mask) {
      settles |= mask->bits & bits.truth[mask->word];
      open |= mask->bits & bits.unknown[mask->word];
    }
  } else {
    for (const Plan::Mask* mask = masks; mask != end; ++mask) {
      const std::uint64_t rest = mask->bits & ~bits.truth[mask->word];
      settles |= rest & ~bits.unknown[mask->word];
      open |= rest & bits.unknown[mask->word];
    }
  }
  const Answer settled = group.any ? answer::yes : answer::no;
  for (std::uint32_t i = 0; i < group.group_count; ++i) {
    const Answer part = evaluate_part(bits, bits.group_lists[group.first_group + i]);
    settles |= part == settled ? 1u : 0u;
    open |= part & answer::unknown;
  }
  const unsigned is_settled = settles != 0 ? 1u : 0u;
  const unsigned is_open = open != 0 ? 1u - is_settled : 0u;
  // settled, or unknown, or the contrary: as sums, which compilers do not turn into branches
  return static_cast<Answer>(is_open * answer::unknown + (1u - is_open) * (settled ^ (1u - is_settled)));
}

inline Answer evaluate(const Walk::Bits& bits, const Plan::Entry& entry) {
  if (!entry.is_one_mask) return evaluate(bits, bits.groups[entry.condition]);
  const std::uint64_t rest = entry.mask.bits & ~bits.truth[entry.mask.word];
  const unsigned fails = (rest & ~bits.unknown[entry.mask.word]) != 0 ? 1u : 0u;
  const unsigned is_open = rest != 0 ? 1u : 0u;
  return static_cast<Answer>((1u - fails) *
                             (answer::yes + is_open));  // no, yes, or unknown, which is one more than yes
}

Answer evaluate_part(const Walk::Bits& bits, std::uint32_t group) { return evaluate(bits, bits.groups[group]); }

}  // namespace

Walk::Walk(const Program& program) : Walk(program, std::make_shared<const Plan>(program)) {}

Walk::Walk(const Program& program, std::shared_ptr<const Plan> plan)
    : program_(program),
      plan_(std::move(plan)),
      subject_values_(program.subjects.size(), 0),
      subject_states_(program.subjects.size(), answer::no),
      truth_(plan_->words(), 0),
      unknown_(plan_->words(), 0),
      applies_(plan_->entries().size(), answer::no),
      left_(plan_->entries().size(), answer::no),
      due_(plan_->always().size(), 0),
      done_(plan_->works().size(), 0) {
  for (const Plan::Work& work : plan_->works()) put_otherwise(work);
}

void Walk::run(const Case& facts) {
  facts_ = &facts;
  values_[0] = facts.values();
  states_[0] = facts.missing();
  values_[1] = subject_values_.data();
  states_[1] = subject_states_.data();
  reset();
  read_facts();
  find_due();
  const Bits all = bits();
  const Plan::Work* const works = plan_->works().data();
  for (std::size_t word = 0; word < due_.size(); ++word) {
    for (std::uint64_t left = due_[word]; left != 0; left &= left - 1) {
      const auto index = static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
      done_[done_count_++] = index;
      const Plan::Work& work = works[index];
      if (work.guarded) {
        do_guarded(index);
      } else if (work.count == 1 && work.plain) {
        do_single(all, work);
      } else {
        do_work(all, work);
      }
      publish(all, work);
    }
  }
}

Resolved Walk::of(SubjectId subject) const {
  const Answer state = subject_states_[subject.index];
  if (state == answer::no) return {Resolved::State::value, subject_values_[subject.index]};
  if (state == answer::on_conflict) return {Resolved::State::conflict, 0};
  if (state == answer::on_gap) return {Resolved::State::gap, 0};
  return {Resolved::State::open, 0};
}

Truth Walk::holds(SafeguardId safeguard) const { return condition(at(program_.safeguards, safeguard).holds); }

Truth Walk::condition(NodeId node) const { return truth(evaluate(bits(), plan_->part(node))); }

Truth Walk::strongest(RuleId rule, const std::vector<Answer>& of_entries) const {
  Truth result = Truth::no;
  for (const std::uint32_t entry : plan_->entries_of(rule)) {
    if (of_entries[entry] == answer::yes) return Truth::yes;
    if (of_entries[entry] != answer::no) result = Truth::unknown;
  }
  return result;
}

// ---- what there is to do -----------------------------------------------------------------------------------------

/// Guarded works are put back to what holds where nothing applies; all others are done in every run.
void Walk::reset() {
  for (const std::uint32_t entry : applying_guarded_) applies_[entry] = left_[entry] = answer::no;
  for (const std::uint32_t work : guarded_done_) put_otherwise(plan_->works()[work]);
  applying_guarded_.clear();
  guarded_done_.clear();
  done_count_ = 0;
  some_open_ = false;
}

void Walk::find_due() {
  std::copy(plan_->always().begin(), plan_->always().end(), due_.begin());
  candidates_.clear();
  next_candidate_ = 0;
  const auto& starts = plan_->guard_starts();
  const auto& guarded = plan_->guarded();
  const auto& works = plan_->entry_works();
  for (const Plan::Guard& guard : plan_->guards()) {
    std::uint32_t first = guard.first;
    std::uint32_t last = guard.first + guard.values;
    if (states_[0][guard.fact] == answer::no) {
      first += static_cast<std::uint32_t>(values_[0][guard.fact]);
      last = first + 1;
    }
    for (std::uint32_t i = starts[first]; i < starts[last]; ++i) {
      candidates_.push_back(guarded[i]);
      due_[works[guarded[i]] / 64] |= std::uint64_t{1} << (works[guarded[i]] % 64);
    }
  }
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
}

void Walk::do_guarded(std::uint32_t index) {
  const Plan::Work& work = plan_->works()[index];
  guarded_done_.push_back(index);
  find_candidates(work);
  apply(here_);
  resolve(work, here_);
  for (const std::uint32_t entry : here_) {
    if (applies_[entry] != answer::no) applying_guarded_.push_back(entry);
  }
}

/// One rule, which nothing sets aside: most duties and many definitions.
inline void Walk::do_single(const Bits& all, const Plan::Work& work) {
  const Plan::Entry& entry = all.entries[work.first];
  const Answer when = evaluate(all, entry);
  all.applies[work.first] = all.left[work.first] = when;
  if (when < answer::unknown) {
    const Scalar applies = -Scalar{when};  // every bit, or none
    all.values[work.subject] = (entry.value & applies) | (work.value & ~applies);
    all.states[work.subject] = static_cast<Answer>(work.resting & ~applies);
  } else {
    here_.assign(1, work.first);
    resolve(work, here_);
  }
}

inline void Walk::do_work(const Bits& all, const Plan::Work& work) {
  Answer seen = answer::no;
  const std::uint32_t end = work.first + work.count;
  for (std::uint32_t i = work.first; i < end; ++i) {
    const Plan::Entry& entry = all.entries[i];
    Answer when = evaluate(all, entry);
    if (entry.place != Plan::none) when = both(when, all.applies[entry.place]);
    all.applies[i] = all.left[i] = when;
    seen |= when;
  }
  if (work.plain && seen < answer::unknown) {
    settle_plain(all, work);
    return;
  }
  here_.resize(work.count);
  for (std::uint32_t i = 0; i < work.count; ++i) here_[i] = work.first + i;
  resolve(work, here_);
}

/// The entries that no guard stands before and those that theirs lets through, in order. Works are done in order too,
/// so the next candidates are this one's.
void Walk::find_candidates(const Plan::Work& work) {
  here_.clear();
  const auto unguarded = plan_->unguarded().begin() + work.first_unguarded;
  const auto first = candidates_.begin() + static_cast<std::ptrdiff_t>(next_candidate_);
  const auto last = std::lower_bound(first, candidates_.end(), work.first + work.count);
  std::merge(unguarded, unguarded + work.unguarded_count, first, last, std::back_inserter(here_));
  next_candidate_ = static_cast<std::size_t>(last - candidates_.begin());
}

// ---- subjects ----------------------------------------------------------------------------------------------------

void Walk::put(std::uint32_t subject, const Resolved& resolved) {
  subject_values_[subject] = resolved.value;
  switch (resolved.state) {
    case Resolved::State::value: subject_states_[subject] = answer::no; break;
    case Resolved::State::conflict: subject_states_[subject] = answer::on_conflict; break;
    case Resolved::State::gap: subject_states_[subject] = answer::on_gap; break;
    case Resolved::State::open:
      subject_states_[subject] = answer::on_fact;
      some_open_ = true;
      break;
  }
}

void Walk::put_otherwise(const Plan::Work& work) {
  subject_values_[work.subject] = work.value;
  subject_states_[work.subject] = work.resting;
}

void Walk::apply(Entries entries) {
  const Bits all = bits();
  for (const std::uint32_t i : entries) {
    Answer when = evaluate(all, all.entries[i]);
    if (all.entries[i].place != Plan::none) when = both(when, applies_[all.entries[i].place]);
    applies_[i] = left_[i] = when;
  }
}

/// Every condition is known and every conclusion a value: without a branch that depends on the case, which processors
/// would guess wrongly.
inline void Walk::settle_plain(const Bits& all, const Plan::Work& work) {
  const std::uint32_t end = work.first + work.count;
  if (work.yields) {
    for (std::uint32_t i = work.first; i < end; ++i) {
      const Answer still = all.applies[i] ^ answer::yes;
      const std::uint32_t* const losers = all.losers + all.entries[i].first_loser;
      for (std::uint32_t l = 0; l < all.entries[i].loser_count; ++l) all.left[losers[l]] &= still;
    }
  }
  Scalar value = work.value;
  Scalar any = 0;
  Scalar differ = 0;
  if (work.is_action) {  // of one direction the stronger duty holds; two directions conflict
    Scalar in_favour = 0;
    Scalar against = 0;
    for (std::uint32_t i = work.first; i < end; ++i) {
      const Scalar duty = all.entries[i].value & -Scalar{all.left[i]};
      const Scalar is_for = -Scalar{duty < static_cast<Scalar>(Duty::should_not)};
      in_favour = std::max(in_favour, duty & is_for);
      against = std::max(against, duty & ~is_for);
    }
    differ = in_favour * against;
    value = std::max(in_favour, against);
    any = value;
  } else {
    for (std::uint32_t i = work.first; i < end; ++i) {
      const Scalar is_left = -Scalar{all.left[i]};  // every bit, or none
      const Scalar next = all.entries[i].value;
      differ |= (next ^ value) & is_left & any;
      value = (next & is_left) | (value & ~is_left);
      any |= is_left;
    }
  }
  all.values[work.subject] = value;
  const unsigned disagree = differ != 0 ? 1u : 0u;
  const unsigned none = any == 0 ? 1u : 0u;
  all.states[work.subject] = static_cast<Answer>(disagree * answer::on_conflict + none * work.resting);
}

/// After the entries were applied.
void Walk::resolve(const Plan::Work& work, Entries entries) {
  Answer hangs_on = answer::no;
  Resolved found = settle(work, entries, hangs_on);
  if (found.state == Resolved::State::open && (hangs_on & answer::on_fact & ~answer::unknown) == 0) {
    found = try_values_below(work, entries, found);
  }
  put(work.subject, found);
}

/// Precedence, then what is left. Open where something unknown may still change it.
Resolved Walk::settle(const Plan::Work& work, Entries entries, Answer& hangs_on) {
  bool all_known = true;
  for (const std::uint32_t i : entries) {
    if (applies_[i] < answer::unknown) continue;
    all_known = false;
    hangs_on |= this->hangs_on(plan_->groups()[plan_->entries()[i].condition]);
  }
  if (work.yields) set_aside(entries);
  Resolved result{Resolved::State::value, 0};
  bool any = false;
  bool surely = all_known;  // some rule is left however the unknown turns out
  for (const std::uint32_t i : entries) {
    if (left_[i] == answer::no) continue;
    if (applies_[i] == answer::yes) surely = true;  // it, or what prevails over it, is left
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
    if (to == answer::yes) {
      left_[loser] = answer::no;
    } else if (left_[loser] == answer::yes) {
      left_[loser] = answer::unknown;
    }
  };
  for (const std::uint32_t i : entries) {
    if (applies_[i] == answer::no) continue;
    const Plan::Entry& entry = plan_->entries()[i];
    const std::span losers = std::span(plan_->losers()).subspan(entry.first_loser, entry.loser_count);
    if (losers.size() <= entries.size()) {
      for (const std::uint32_t loser : losers) give_way(loser, applies_[i]);
    } else {  // most of them are ruled out already
      for (const std::uint32_t other : entries) {
        if (std::binary_search(losers.begin(), losers.end(), other)) give_way(other, applies_[i]);
      }
    }
  }
}

Resolved Walk::conclude(const Plan::Slot& copied, Scalar value, Answer& hangs_on) const {
  if (copied.index == Plan::none) return {Resolved::State::value, value};
  const Answer missing = read(copied.index, copied.is_subject, copied.elapsed, value);
  if (missing == answer::no) return {Resolved::State::value, value};
  hangs_on |= missing;
  return {Resolved::State::open, 0};
}

/// Nothing but definitions in conflict or with a gap is unknown here. Each is tried as every value it could have: where
/// that makes no difference the subject is settled; where it does, it is in conflict, or has a gap, itself.
Resolved Walk::try_values_below(const Plan::Work& work, Entries entries, Resolved found) {
  std::vector<std::uint32_t> unsettled;
  std::size_t combinations = 1;
  constexpr std::size_t max_combinations = 4096;
  const auto values_of = [&](std::uint32_t read) {
    return static_cast<std::size_t>(program_.subjects[read].type.high) + 1;
  };
  for (const SubjectId read : subjects_read(program_, SubjectId{work.subject})) {
    if (subject_states_[read.index] == answer::no) continue;
    const Type& type = at(program_.subjects, read).type;
    if (type.kind != TypeKind::yes_no && type.kind != TypeKind::choice) return found;  // the diagrams know where to cut
    unsettled.push_back(read.index);
    combinations *= values_of(read.index);
    if (combinations > max_combinations) return found;
  }
  std::vector<Answer> before;
  for (const std::uint32_t read : unsettled) before.push_back(std::exchange(subject_states_[read], answer::no));
  std::vector<Resolved> results;
  Answer hangs_on = answer::no;
  for (std::size_t combination = 0; combination < combinations; ++combination) {
    std::size_t rest = combination;
    for (const std::uint32_t read : unsettled) {
      subject_values_[read] = static_cast<Scalar>(rest % values_of(read));
      rest /= values_of(read);
    }
    for (const std::uint32_t read : unsettled) publish(bits(), plan_->works()[plan_->work_of(read)]);
    apply(entries);
    results.push_back(settle(work, entries, hangs_on));
  }
  for (std::size_t i = 0; i < unsettled.size(); ++i) {
    subject_states_[unsettled[i]] = before[i];
    publish(bits(), plan_->works()[plan_->work_of(unsettled[i])]);
  }
  apply(entries);
  settle(work, entries, hangs_on);  // so that what is said of the rules is what is known of them
  if (std::all_of(results.begin(), results.end(), [&](const Resolved& result) { return result == results.front(); })) {
    return results.front();
  }
  // Which of them make a difference: two combinations that differ in that one alone end differently.
  bool conflict = false;
  std::size_t stride = 1;
  for (std::size_t i = 0; i < unsettled.size(); ++i) {
    const std::size_t values = values_of(unsettled[i]);
    for (std::size_t combination = 0; combination < combinations && before[i] == answer::on_conflict; ++combination) {
      const std::size_t first = combination - (combination / stride % values) * stride;
      conflict = conflict || !(results[combination] == results[first]);
    }
    stride *= values;
  }
  return {conflict ? Resolved::State::conflict : Resolved::State::gap, 0};
}

// ---- conditions --------------------------------------------------------------------------------------------------

/// The value of a fact or a subject; returns what it hangs on, `no` where it is known.
inline Answer Walk::read(std::uint32_t index, bool is_subject, Elapsed elapsed_in, Scalar& value) const {
  const Answer missing = states_[is_subject ? 1 : 0][index];
  if (missing != answer::no) return missing;
  value = values_[is_subject ? 1 : 0][index];
  if (elapsed_in != Elapsed::none) {
    value = elapsed(elapsed_in, Date{static_cast<std::int32_t>(value)}, facts_->as_at);
  }
  return answer::no;
}

/// The tests that facts and the day answer by themselves.
void Walk::read_facts() {
  std::copy(plan_->resting_truth().begin(), plan_->resting_truth().end(), truth_.begin());
  std::copy(plan_->resting_unknown().begin(), plan_->resting_unknown().end(), unknown_.begin());
  const std::uint64_t* const by_value = plan_->by_value().data();
  for (const Plan::Table& table : plan_->fact_tables()) {
    const bool known = states_[0][table.slot] == answer::no;
    const auto value = known ? static_cast<std::size_t>(values_[0][table.slot]) : 0;
    const std::uint64_t is_known = std::uint64_t{0} - (known ? 1u : 0u);
    truth_[table.word] |= by_value[table.first + value] & is_known;
    unknown_[table.word] |= table.every & ~is_known;
  }
  run_tests(0, plan_->fact_test_count());
}

/// Lets conditions see what a subject came to.
inline void Walk::publish(const Bits& all, const Plan::Work& work) {
  for (std::uint32_t i = work.first_table; i < work.first_table + work.table_count; ++i) {
    const Plan::Table& table = all.subject_tables[i];
    const bool known = all.states[work.subject] == answer::no;
    const auto value = known ? static_cast<std::size_t>(all.values[work.subject]) : 0;
    const std::uint64_t is_known = std::uint64_t{0} - (known ? 1u : 0u);
    std::uint64_t& truth = all.truth[table.word];
    std::uint64_t& unknown = all.unknown[table.word];
    truth = (truth & ~table.every) | (all.by_value[table.first + value] & is_known);
    unknown = (unknown & ~table.every) | (table.every & ~is_known);
  }
  if (work.test_count > 0) run_tests(work.first_test, work.test_count);
}

Walk::Bits Walk::bits() const {
  auto* const self = const_cast<Walk*>(this);  // what a const Walk does with them is to read
  return {plan_->groups().data(),      plan_->masks().data(),  plan_->group_lists().data(),
          plan_->entries().data(),     plan_->losers().data(), plan_->subject_tables().data(),
          plan_->by_value().data(),    self->truth_.data(),    self->unknown_.data(),
          self->applies_.data(),       self->left_.data(),     self->subject_values_.data(),
          self->subject_states_.data()};
}

void Walk::run_tests(std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    const Plan::Test& each = plan_->tests()[i];
    const std::uint64_t both = each.holds | each.fails;
    truth_[each.word] &= ~both;
    unknown_[each.word] &= ~both;
    switch (test(each)) {
      case answer::no: truth_[each.word] |= each.fails; break;
      case answer::yes: truth_[each.word] |= each.holds; break;
      default: unknown_[each.word] |= both; break;
    }
  }
}

/// `no`, `yes` or `unknown`.
Answer Walk::test(const Plan::Test& test) const {
  Scalar value = facts_->as_at.days;
  if (test.kind != Plan::Kind::day_in &&
      read(test.slot.index, test.slot.is_subject, test.slot.elapsed, value) != answer::no) {
    return answer::unknown;
  }
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
  const Plan::Slot& other = plan_->slots()[test.operand];
  Scalar right = 0;
  if (read(other.index, other.is_subject, other.elapsed, right) != answer::no) return answer::unknown;
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

/// What an unknown condition hangs on.
Answer Walk::hangs_on(const Plan::Group& group) const {
  if (evaluate(bits(), group) != answer::unknown) return answer::no;
  Answer result = answer::no;
  for (std::uint32_t i = group.first_mask; i < group.first_mask + group.mask_count; ++i) {
    const Plan::Mask& mask = plan_->masks()[i];
    for (std::uint64_t bits = mask.bits & unknown_[mask.word]; bits != 0; bits &= bits - 1) {
      const auto [first, second] = plan_->read_by(mask.word, static_cast<unsigned>(std::countr_zero(bits)));
      for (const Plan::Slot& slot : {first, second}) {
        if (slot.index != Plan::none) result |= states_[slot.is_subject][slot.index];
      }
    }
  }
  for (std::uint32_t i = group.first_group; i < group.first_group + group.group_count; ++i) {
    result |= hangs_on(plan_->groups()[plan_->group_lists()[i]]);
  }
  return result;
}

}  // namespace duly
