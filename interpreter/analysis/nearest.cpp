#include "interpreter/analysis/nearest.hpp"

#include <algorithm>
#include <bit>

#include "interpreter/analysis/analyse.hpp"
#include "interpreter/analysis/witness.hpp"

namespace duly {
namespace {

bool is_scaled(TypeKind kind) { return kind == TypeKind::number || kind == TypeKind::date; }

/// The value of the range that lies nearest to the one that a case has.
Scalar nearest_in(const Range& range, std::optional<Scalar> from, TypeKind kind, Date as_at) {
  return from ? std::clamp(*from, range.low, range.high) : representative(range, kind, as_at);
}

}  // namespace

bool can_be_changed(const Program& program, FactId fact) {
  const Type& type = at(program.facts, fact).type;
  switch (type.kind) {
    case TypeKind::yes_no:
    case TypeKind::text: return true;
    case TypeKind::number:
    case TypeKind::date: return false;
    case TypeKind::choice:
    case TypeKind::set: return at(program.choices, type.choice).name != "body";
  }
  return true;
}

NearestCases::NearestCases(const Program& program, const Case& facts, std::size_t max_nodes)
    : program_(program), facts_(facts), table_(max_nodes) {
  try {
    diagrams_.emplace(program, facts.as_at, &facts, max_nodes);
  } catch (const TooLarge&) {
    diagrams_.reset();
  }
}

NearestCase NearestCases::to_value(SubjectId subject, Scalar value) {
  if (!diagrams_) return {.search = NearestCase::Search::too_large};
  try {
    exact_ = true;
    const Edge there = diagrams_->table().indicator(diagrams_->outcome(subject), [&](const Leaf& leaf) {
      return leaf.kind == Leaf::Kind::value && leaf.low == value;
    });
    std::map<Edge, Edge> always, perhaps;
    Edge goal = settled(there, true, always);
    if (at(program_.subjects, subject).kind == SubjectKind::decision) {
      for (std::uint32_t i = 0; i < program_.safeguards.size(); ++i) {
        const auto& watches = program_.safeguards[i].watches;
        if (!std::binary_search(watches.begin(), watches.end(), subject)) continue;
        // A safeguard is broken only where it is false however the unknown turns out.
        goal = table_.conjunction(goal, settled(diagrams_->holds(SafeguardId{i}), false, perhaps));
      }
    }
    return search(goal);
  } catch (const TooLarge&) {
    return {.search = NearestCase::Search::too_large};
  }
}

NearestCase NearestCases::to_rule(RuleId rule) {
  if (!diagrams_) return {.search = NearestCase::Search::too_large};
  try {
    exact_ = true;
    std::map<Edge, Edge> always;
    return search(settled(diagrams_->left(rule), true, always));
  } catch (const TooLarge&) {
    return {.search = NearestCase::Search::too_large};
  }
}

/// A diagram of yes and no brought into our own table. Where a fact is unknown it gets one more branch, last, for
/// leaving it so: what then holds `always` (in every way of filling it in), or else in some way. What is no fact at
/// all, such as how two unknown values compare, can only be left so.
Edge NearestCases::settled(Edge diagram, bool always, std::map<Edge, Edge>& memo) {
  const Table& from = diagrams_->table();
  if (diagram.is_leaf()) return from.leaf_of(diagram).low != 0 ? table_.yes() : table_.no();
  if (const auto found = memo.find(diagram); found != memo.end()) return found->second;
  const std::uint32_t variable = from.variable(diagram);
  std::vector<Edge> children;
  Edge joined = always ? table_.yes() : table_.no();
  for (std::uint32_t i = 0; i < from.arity(diagram); ++i) {
    children.push_back(settled(from.child(diagram, i), always, memo));
    joined = always ? table_.conjunction(joined, children.back()) : table_.disjunction(joined, children.back());
  }
  Edge result = joined;
  if (diagrams_->is_auxiliary(variable)) {
    exact_ = false;
  } else if (!diagrams_->is_hidden(variable)) {
    if (!facts_.known(diagrams_->variables().all()[variable].fact)) children.push_back(joined);
    result = table_.node(variable, children);
  }
  memo.emplace(diagram, result);
  return result;
}

/// The ways on from a node: each value of its variable, with what taking it changes.
std::vector<NearestCases::Step> NearestCases::steps(Edge node, Mode mode) const {
  const Variable& variable = diagrams_->variables().all()[table_.variable(node)];
  const bool known = facts_.known(variable.fact);
  const std::uint32_t as_it_is = known ? diagrams_->variables().value_in(variable, facts_) : table_.arity(node) - 1;
  std::vector<Step> result;
  for (std::uint32_t value = 0; value < table_.arity(node); ++value) {
    Step step{value, mode, {}};
    if (value == as_it_is) {
      if (!known && mode == Mode::changed) continue;  // a set is known in all its elements, or in none
      if (!known) step.mode = Mode::left_unknown;
    } else {
      if (mode == Mode::left_unknown) continue;
      step.mode = Mode::changed;
      const bool fixed = known && !can_be_changed(program_, variable.fact);
      if (mode != Mode::changed) step.cost = {fixed ? 1U : 0U, 1, known ? 1U : 0U};
    }
    result.push_back(step);
  }
  return result;
}

NearestCases::Mode NearestCases::carried(Mode mode, Edge from, Edge to) const {
  return !to.is_leaf() && fact_of(from) == fact_of(to) ? mode : Mode::fresh;
}

NearestCases::Best NearestCases::best(Edge edge, Mode mode, Memo& memo) const {
  Best result;
  if (edge.is_leaf()) {
    if (table_.leaf_of(edge).low != 0) result.cost = Cost{};
    return result;
  }
  if (const auto found = memo.find({edge, mode}); found != memo.end()) return found->second;
  for (const Step& step : steps(edge, mode)) {
    const Edge next = table_.child(edge, step.value);
    const std::optional<Cost> rest = best(next, carried(step.mode, edge, next), memo).cost;
    if (!rest) continue;
    const Cost cost = step.cost + *rest;
    if (!result.cost || cost < *result.cost) result = {cost, step};
  }
  memo.emplace(std::pair(edge, mode), result);
  return result;
}

NearestCase NearestCases::search(Edge goal) {
  NearestCase result;
  result.exact = exact_;
  Memo memo;
  if (!best(goal, Mode::fresh, memo).cost) return result;
  result.search = NearestCase::Search::found;
  Case changed = facts_;
  std::vector<FactId> touched;
  Mode mode = Mode::fresh;
  for (Edge edge = goal; !edge.is_leaf();) {
    const Step step = best(edge, mode, memo).step;
    const Variable& variable = diagrams_->variables().all()[table_.variable(edge)];
    const bool filled_in = facts_.known(variable.fact) || step.mode == Mode::changed;
    if (filled_in) take(variable, step.value, changed);
    if (step.mode == Mode::changed && (touched.empty() || touched.back() != variable.fact)) {
      touched.push_back(variable.fact);
    }
    const Edge next = table_.child(edge, step.value);
    mode = carried(step.mode, edge, next);
    edge = next;
  }
  for (const FactId fact : touched) {
    FactChange change{fact, {}, changed.value(fact), {changed.value(fact), changed.value(fact)}};
    if (facts_.known(fact)) change.from = facts_.value(fact);
    if (is_scaled(at(program_.facts, fact).type.kind)) {
      const auto region = diagrams_->variables().region_of(fact, change.to);
      change.within = diagrams_->variables().regions({false, fact.index, Elapsed::none})[region];
    }
    result.changes.push_back(change);
  }
  result.facts = std::move(changed);
  return result;
}

/// Makes the variable's fact such that the variable has the value; what it has already stays as it is.
void NearestCases::take(const Variable& variable, std::uint32_t value, Case& changed) const {
  const Type& type = at(program_.facts, variable.fact).type;
  if (changed.known(variable.fact) && diagrams_->variables().value_in(variable, changed) == value) return;
  if (variable.kind == Variable::Kind::fact) {
    if (!is_scaled(type.kind)) return changed.set(variable.fact, value);
    const Range range = diagrams_->variables().regions({false, variable.fact.index, Elapsed::none})[value];
    std::optional<Scalar> from;
    if (facts_.known(variable.fact)) from = facts_.value(variable.fact);
    return changed.set(variable.fact, nearest_in(range, from, type.kind, facts_.as_at));
  }
  auto bits = changed.known(variable.fact) ? static_cast<std::uint64_t>(changed.value(variable.fact)) : 0;
  const std::uint64_t mentioned = diagrams_->variables().mentioned({false, variable.fact.index, Elapsed::none});
  if (variable.kind == Variable::Kind::element) {
    const std::uint64_t element = std::uint64_t{1} << variable.element;
    bits = value == 1 ? bits | element : bits & ~element;
  } else {
    bits = value == 1 ? bits | std::uint64_t{1} << std::countr_zero(~mentioned) : bits & mentioned;
  }
  changed.set(variable.fact, static_cast<Scalar>(bits));
}

}  // namespace duly
