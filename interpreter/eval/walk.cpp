#include "interpreter/eval/walk.hpp"

#include <algorithm>

#include "lang/program/reads.hpp"

namespace duly {
namespace {

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }
Truth negate(Truth value) { return value == Truth::unknown ? value : value == Truth::yes ? Truth::no : Truth::yes; }
Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
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

}  // namespace

Walk::Walk(const Program& program)
    : program_(program),
      subjects_(program.subjects.size()),
      applies_(program.rules.size(), Truth::no),
      left_(program.rules.size(), Truth::no),
      instance_applies_(program.instances.size(), Truth::no),
      instance_left_(program.instances.size(), Truth::no) {}

void Walk::run(const Case& facts) {
  facts_ = &facts;
  for (const SubjectId subject : program_.evaluation_order) resolve(subject);
}

Truth Walk::holds(SafeguardId safeguard) const { return condition(at(program_.safeguards, safeguard).holds); }

Truth Walk::condition(NodeId node) const {
  Below below;
  return evaluate(node, below);
}

// ---- subjects ----------------------------------------------------------------------------------------------------

void Walk::resolve(SubjectId id) {
  const Subject& subject = at(program_.subjects, id);
  Below below;
  Resolved found = settle(subject, below);
  if (found.state == Resolved::State::open && !below.fact) found = try_values_below(id, found);
  subjects_[id.index] = found;
}

/// Conditions, then precedence, then what is left. Open where something unknown may still change it.
Resolved Walk::settle(const Subject& subject, Below& below) {
  const std::uint32_t first = subject.first_instance;
  const std::uint32_t end = first + subject.instance_count;
  for (const RuleId rule : subject.rules) applies_[rule.index] = left_[rule.index] = Truth::no;
  bool all_known = true;
  for (std::uint32_t i = first; i < end; ++i) {
    const Instance& instance = program_.instances[i];
    Truth when = Truth::no;
    const Truth place = instance.place ? instance_applies_[instance.place->index] : Truth::yes;
    if (place != Truth::no) {
      Below here;
      when = both(evaluate(at(program_.rules, instance.rule).condition, here), place);
      if (when == Truth::unknown) {
        below.fact = below.fact || here.fact;
        below.conflict = below.conflict || here.conflict;
        below.gap = below.gap || here.gap;
      }
    }
    instance_applies_[i] = instance_left_[i] = when;
    Truth& applies = applies_[instance.rule.index];
    if (when == Truth::yes || (when == Truth::unknown && applies == Truth::no)) applies = when;
    all_known = all_known && when != Truth::unknown;
  }
  for (std::uint32_t i = first; i < end; ++i) {
    if (instance_applies_[i] == Truth::no) continue;
    for (const InstanceId loser : program_.prevails_over[i]) {
      Truth& left = instance_left_[loser.index];
      if (instance_applies_[i] == Truth::yes)
        left = Truth::no;
      else if (left == Truth::yes)
        left = Truth::unknown;
    }
  }
  for (std::uint32_t i = first; i < end; ++i) {
    Truth& left = left_[program_.instances[i].rule.index];
    if (instance_left_[i] == Truth::yes || (instance_left_[i] == Truth::unknown && left == Truth::no))
      left = instance_left_[i];
  }
  const bool is_action = subject.kind == SubjectKind::action;
  Resolved result{Resolved::State::value, 0};
  bool any = false;
  bool surely = all_known;  // some rule is left however the unknown turns out
  for (std::uint32_t i = first; i < end; ++i) {
    if (instance_left_[i] == Truth::no) continue;
    if (instance_applies_[i] == Truth::yes) surely = true;  // it, or what prevails over it, is left
    const Resolved next = conclude(at(program_.rules, program_.instances[i].rule).conclusion, below);
    if (next.state == Resolved::State::open) return {Resolved::State::open, 0};
    if (!all_known && any && next.value != result.value) return {Resolved::State::open, 0};
    join(result, any, next, is_action);
  }
  if (!any) return subject.otherwise ? conclude(*subject.otherwise, below) : Resolved{Resolved::State::gap, 0};
  if (!surely) return {Resolved::State::open, 0};
  return result;
}

void Walk::join(Resolved& result, bool& any, const Resolved& next, bool is_action) const {
  if (!any) {
    result = next;
  } else if (result.state == Resolved::State::value) {
    const bool agree = is_action ? join_duties(result.value, next.value) : result.value == next.value;
    if (!agree) result = {Resolved::State::conflict, 0};
  }
  any = true;
}

Resolved Walk::conclude(const Conclusion& conclusion, Below& below) const {
  if (!conclusion.copied) return {Resolved::State::value, conclusion.value};
  const Read value = read(at(program_.terms, *conclusion.copied), below);
  if (!value.known) return {Resolved::State::open, 0};
  return {Resolved::State::value, value.value};
}

/// Nothing but definitions in conflict or with a gap is unknown here. Each is tried as every value it could have: where
/// that makes no difference the subject is settled; where it does, it is in conflict, or has a gap, itself.
Resolved Walk::try_values_below(SubjectId id, Resolved found) {
  const Subject& subject = at(program_.subjects, id);
  std::vector<SubjectId> unsettled;
  std::size_t combinations = 1;
  constexpr std::size_t max_combinations = 4096;
  for (const SubjectId read : subjects_read(program_, id)) {
    if (subjects_[read.index].state == Resolved::State::value) continue;
    const Type& type = at(program_.subjects, read).type;
    if (type.kind != TypeKind::yes_no && type.kind != TypeKind::choice) return found;  // the diagrams know where to cut
    unsettled.push_back(read);
    combinations *= static_cast<std::size_t>(type.high) + 1;
    if (combinations > max_combinations) return found;
  }
  std::vector<Resolved> before;
  for (const SubjectId read : unsettled) before.push_back(subjects_[read.index]);
  std::vector<Resolved> results;
  for (std::size_t combination = 0; combination < combinations; ++combination) {
    std::size_t rest = combination;
    for (const SubjectId read : unsettled) {
      const auto values = static_cast<std::size_t>(at(program_.subjects, read).type.high) + 1;
      subjects_[read.index] = {Resolved::State::value, static_cast<Scalar>(rest % values)};
      rest /= values;
    }
    Below none;
    results.push_back(settle(subject, none));
  }
  for (std::size_t i = 0; i < unsettled.size(); ++i) subjects_[unsettled[i].index] = before[i];
  Below below;
  settle(subject, below);  // so that what is said of the rules is what is known of them
  if (std::all_of(results.begin(), results.end(), [&](const Resolved& result) { return result == results.front(); })) {
    return results.front();
  }
  // Which of them make a difference: two combinations that differ in that one alone end differently.
  bool conflict = false;
  std::size_t stride = 1;
  for (std::size_t i = 0; i < unsettled.size(); ++i) {
    const auto values = static_cast<std::size_t>(at(program_.subjects, unsettled[i]).type.high) + 1;
    for (std::size_t combination = 0; combination < combinations && before[i].state == Resolved::State::conflict;
         ++combination) {
      const std::size_t first = combination - (combination / stride % values) * stride;
      conflict = conflict || !(results[combination] == results[first]);
    }
    stride *= values;
  }
  return {conflict ? Resolved::State::conflict : Resolved::State::gap, 0};
}

// ---- conditions --------------------------------------------------------------------------------------------------

Walk::Read Walk::read(const Term& term, Below& below) const {
  Read result;
  if (!term.is_subject) {
    result.known = facts_->known(term.fact());
    if (!result.known) {
      below.fact = true;
      return result;
    }
    result.value = facts_->value(term.fact());
  } else {
    const Resolved& subject = subjects_[term.index];
    result.known = subject.state == Resolved::State::value;
    if (!result.known) {
      below.fact = below.fact || subject.state == Resolved::State::open;
      below.conflict = below.conflict || subject.state == Resolved::State::conflict;
      below.gap = below.gap || subject.state == Resolved::State::gap;
      return result;
    }
    result.value = subject.value;
  }
  if (term.elapsed != Elapsed::none) {
    result.value = elapsed(term.elapsed, Date{static_cast<std::int32_t>(result.value)}, facts_->as_at);
  }
  return result;
}

Truth Walk::evaluate(NodeId id, Below& below) const {
  const Node& node = at(program_.nodes, id);
  switch (node.op) {
    case Op::constant: return truth(node.a != 0);
    case Op::all:
    case Op::any: {
      const Truth stop = truth(node.op == Op::any);
      Truth result = negate(stop);
      Below open;
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const Truth part = evaluate(program_.children[node.a + i], open);
        if (part == stop) return stop;
        if (part == Truth::unknown) result = Truth::unknown;
      }
      if (result == Truth::unknown) {
        below.fact = below.fact || open.fact;
        below.conflict = below.conflict || open.conflict;
        below.gap = below.gap || open.gap;
      }
      return result;
    }
    case Op::negation: return negate(evaluate(program_.children[node.a], below));
    case Op::compare: return compare(node, below);
    case Op::day_in: {
      const Range& range = program_.ranges[node.b];
      return truth(facts_->as_at.days >= range.low && facts_->as_at.days <= range.high);
    }
    case Op::duty_is: {
      const Read duty = read(Term{true, node.a, Elapsed::none}, below);
      return duty.known ? truth(duty.value == Scalar{node.b}) : Truth::unknown;
    }
    case Op::in_range:
    case Op::in_mask:
    case Op::includes_any:
    case Op::includes_all:
    case Op::is_empty: break;
  }
  const Read value = read(program_.terms[node.a], below);
  if (!value.known) return Truth::unknown;
  const auto bits = static_cast<std::uint64_t>(value.value);
  switch (node.op) {
    case Op::in_range: {
      const Range& range = program_.ranges[node.b];
      return truth(value.value >= range.low && value.value <= range.high);
    }
    case Op::in_mask: return truth(((program_.masks[node.b] >> value.value) & 1) != 0);
    case Op::includes_any: return truth((bits & program_.masks[node.b]) != 0);
    case Op::includes_all: return truth((bits & program_.masks[node.b]) == program_.masks[node.b]);
    case Op::is_empty: return truth(bits == 0);
    case Op::constant:
    case Op::all:
    case Op::any:
    case Op::negation:
    case Op::compare:
    case Op::duty_is:
    case Op::day_in: break;
  }
  return Truth::unknown;
}

Truth Walk::compare(const Node& node, Below& below) const {
  const Read left = read(program_.terms[node.a], below);
  const Read right = read(program_.terms[node.b], below);
  if (!left.known || !right.known) return Truth::unknown;
  switch (node.relation) {
    case Relation::equal: return truth(left.value == right.value);
    case Relation::not_equal: return truth(left.value != right.value);
    case Relation::less: return truth(left.value < right.value);
    case Relation::less_equal: return truth(left.value <= right.value);
    case Relation::greater: return truth(left.value > right.value);
    case Relation::greater_equal: return truth(left.value >= right.value);
  }
  return Truth::unknown;
}

}  // namespace duly
