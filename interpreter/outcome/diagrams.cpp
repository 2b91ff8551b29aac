#include "interpreter/outcome/diagrams.hpp"

#include <algorithm>
#include <bit>

namespace duly {
namespace {

// Of an action's rules, what is left in each direction is kept until the end: the stronger of each, then both together.
constexpr Scalar directions = 8;
Scalar state_of(Duty duty) {
  switch (duty) {
    case Duty::none: return 0;
    case Duty::may: return 1;
    case Duty::should: return 2;
    case Duty::must: return 3;
    case Duty::should_not: return 1 * directions;
    case Duty::must_not: return 2 * directions;
  }
  return 0;
}
Leaf duty_of_state(Scalar state) {
  constexpr std::array towards = {Duty::none, Duty::may, Duty::should, Duty::must};
  constexpr std::array against = {Duty::none, Duty::should_not, Duty::must_not};
  const Duty for_it = towards[static_cast<std::size_t>(state % directions)];
  const Duty against_it = against[static_cast<std::size_t>(state / directions)];
  if (for_it != Duty::none && against_it != Duty::none) return Leaf::conflict();
  return Leaf::of_value(static_cast<Scalar>(against_it == Duty::none ? for_it : against_it));
}

bool holds_between(Scalar a, Relation relation, Scalar b) {
  switch (relation) {
    case Relation::equal: return a == b;
    case Relation::not_equal: return a != b;
    case Relation::less: return a < b;
    case Relation::less_equal: return a <= b;
    case Relation::greater: return a > b;
    case Relation::greater_equal: return a >= b;
  }
  return false;
}

}  // namespace

Diagrams::Diagrams(const Program& program, Date as_at, const Case* facts, std::size_t max_nodes)
    : program_(program), as_at_(as_at), variables_(program, as_at, facts), table_(max_nodes) {
  outcomes_.resize(program.subjects.size());
  applies_.assign(program.rules.size(), table_.no());
  left_.assign(program.rules.size(), table_.no());
  is_built_.assign(program.nodes.size(), false);
  built_.resize(program.nodes.size());
  readable_.resize(program.subjects.size());
  for (const SubjectId subject : program.evaluation_order) resolve(subject);
  for (const Safeguard& safeguard : program.safeguards) holds_.push_back(condition(safeguard.holds));
}

// ---- subjects ----------------------------------------------------------------------------------------------------

void Diagrams::resolve(SubjectId id) {
  const Subject& subject = at(program_.subjects, id);
  const std::uint32_t first = subject.first_instance;
  std::vector<Edge> applying(subject.instance_count);
  std::vector<Edge> blocked(subject.instance_count, table_.no());
  for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
    const Instance& instance = program_.instances[first + i];
    applying[i] = condition(at(program_.rules, instance.rule).condition);
    if (instance.place) applying[i] = table_.conjunction(applying[i], applying[instance.place->index - first]);
    Edge& applies = applies_[instance.rule.index];
    applies = table_.disjunction(applies, applying[i]);
  }
  for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
    for (const InstanceId loser : program_.prevails_over[first + i]) {
      Edge& by = blocked[loser.index - first];
      by = table_.disjunction(by, applying[i]);
    }
  }
  for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
    Edge& left = left_[program_.instances[first + i].rule.index];
    left = table_.disjunction(left, table_.conjunction(applying[i], table_.negation(blocked[i])));
  }
  const Edge outcome = subject.kind == SubjectKind::action ? resolve_duty(subject) : resolve_value(subject);
  outcomes_[id.index] = without_hidden(outcome);
}

Edge Diagrams::resolve_value(const Subject& subject) {
  const Edge none = table_.leaf(Leaf::none());
  Edge result = none;
  for (const RuleId rule : subject.rules) {
    const Edge part = table_.choose(left_[rule.index], concluded(at(program_.rules, rule).conclusion), none);
    result = table_.combine(result, part, [&](const Leaf& a, const Leaf& b) {
      if (a.kind == Leaf::Kind::none) return table_.leaf(b);
      if (b.kind == Leaf::Kind::none) return table_.leaf(a);
      if (a.kind == Leaf::Kind::conflict || b.kind == Leaf::Kind::conflict) return table_.leaf(Leaf::conflict());
      return same(a, b);
    });
  }
  const Edge otherwise = subject.otherwise ? concluded(*subject.otherwise) : table_.leaf(Leaf::gap());
  const Edge open = table_.indicator(result, [](const Leaf& leaf) { return leaf.kind == Leaf::Kind::none; });
  return table_.choose(open, otherwise, result);
}

Edge Diagrams::resolve_duty(const Subject& subject) {
  const Edge none = table_.value(0);
  Edge result = none;
  for (const RuleId rule : subject.rules) {
    const Edge state = table_.value(state_of(static_cast<Duty>(at(program_.rules, rule).conclusion.value)));
    result = table_.combine(result, table_.choose(left_[rule.index], state, none), [&](const Leaf& a, const Leaf& b) {
      return table_.value(std::max(a.low % directions, b.low % directions) +
                          std::max(a.low / directions, b.low / directions) * directions);
    });
  }
  return table_.map(result, [&](const Leaf& leaf) { return table_.leaf(duty_of_state(leaf.low)); });
}

Edge Diagrams::concluded(const Conclusion& conclusion) {
  if (!conclusion.copied) return table_.value(conclusion.value);
  return value_of(at(program_.terms, *conclusion.copied));
}

/// Two rules left that conclude values which are not told apart: they agree where the values are equal.
Edge Diagrams::same(const Leaf& a, const Leaf& b) {
  if (a == b) return table_.leaf(a);
  if (a.kind == Leaf::Kind::value && b.kind == Leaf::Kind::value) return table_.leaf(Leaf::conflict());
  const bool overlap = a.low <= b.high && b.low <= a.high;
  if (!overlap) return table_.leaf(Leaf::conflict());
  const Edge conflict = table_.leaf(Leaf::conflict());
  return relation_unknown(a, Elapsed::none, b, Elapsed::none, conflict, table_.leaf(a), conflict);
}

/// What a definition in conflict or with a gap was tried as: where it makes no difference it is gone already; where it
/// does, the outcome is in conflict, or has a gap, itself.
Edge Diagrams::without_hidden(Edge root) {
  std::map<Edge, Edge> memo;
  const auto below = [&](Edge edge) {
    for (const std::uint32_t variable : table_.support(edge)) {
      if (is_hidden(variable) && hidden_of_conflict_[variable - first_hidden]) return Leaf::conflict();
    }
    return Leaf::gap();
  };
  const std::function<Edge(Edge)> go = [&](Edge edge) -> Edge {
    if (edge.is_leaf()) {
      const Leaf leaf = table_.leaf_of(edge);
      if (leaf.kind != Leaf::Kind::unsplit || !leaf.of_subject) return edge;
      return table_.leaf(leaf.of_conflict ? Leaf::conflict() : Leaf::gap());
    }
    if (const auto found = memo.find(edge); found != memo.end()) return found->second;
    Edge result;
    if (is_hidden(table_.variable(edge))) {
      result = table_.leaf(below(edge));
    } else {
      std::vector<Edge> children(table_.arity(edge));
      for (std::uint32_t i = 0; i < children.size(); ++i) children[i] = go(table_.child(edge, i));
      result = table_.node(table_.variable(edge), children);
    }
    memo.emplace(edge, result);
    return result;
  };
  return go(root);
}

// ---- values ------------------------------------------------------------------------------------------------------

Edge Diagrams::value_of(const Term& term) {
  return term.is_subject ? readable(term.subject()) : fact_value(term.fact());
}

Edge Diagrams::fact_value(FactId fact) {
  const Type& type = at(program_.facts, fact).type;
  const auto unsplit = [&](const Range& range) {
    if (range.low == range.high) return table_.value(range.low);
    return table_.leaf({Leaf::Kind::unsplit, range.low, range.high, false, false, fact.index});
  };
  if (type.kind == TypeKind::set || type.kind == TypeKind::text) return unsplit({INT64_MIN, INT64_MAX});
  std::vector<Edge> children;
  if (type.kind == TypeKind::number || type.kind == TypeKind::date) {
    for (const Range& range : variables_.regions({false, fact.index, Elapsed::none}))
      children.push_back(unsplit(range));
  } else {
    for (Scalar value = 0; value <= type.high; ++value) children.push_back(table_.value(value));
  }
  return table_.node(variables_.first_of(fact), children);
}

/// A subject as others read it: in conflict or with a gap, it is an unknown.
Edge Diagrams::readable(SubjectId subject) {
  auto& memo = readable_[subject.index];
  if (!memo) {
    memo = table_.map(outcomes_[subject.index], [&](const Leaf& leaf) {
      if (leaf.kind == Leaf::Kind::conflict) return hidden_value(subject, true);
      if (leaf.kind == Leaf::Kind::gap) return hidden_value(subject, false);
      return table_.leaf(leaf);
    });
  }
  return *memo;
}

Edge Diagrams::hidden_value(SubjectId id, bool of_conflict) {
  const Subject& subject = at(program_.subjects, id);
  const auto unsplit = [&](const Range& range) {
    if (range.low == range.high) return table_.value(range.low);
    return table_.leaf({Leaf::Kind::unsplit, range.low, range.high, true, of_conflict, id.index});
  };
  if (subject.type.kind == TypeKind::set || subject.type.kind == TypeKind::text) return unsplit({INT64_MIN, INT64_MAX});
  std::vector<Edge> children;
  if (subject.type.kind == TypeKind::number || subject.type.kind == TypeKind::date) {
    for (const Range& range : variables_.regions({true, id.index, Elapsed::none})) children.push_back(unsplit(range));
  } else {
    for (Scalar value = 0; value <= subject.type.high; ++value) children.push_back(table_.value(value));
  }
  return table_.node(hidden({id.index, of_conflict, 0}), children);
}

std::uint32_t Diagrams::hidden(const HiddenKey& key) {
  const auto [found, fresh] =
      hidden_.emplace(key, first_hidden + static_cast<std::uint32_t>(hidden_of_conflict_.size()));
  if (fresh) hidden_of_conflict_.push_back(key.of_conflict);
  return found->second;
}

// ---- conditions --------------------------------------------------------------------------------------------------

Edge Diagrams::condition(NodeId id) {
  if (!is_built_[id.index]) {
    built_[id.index] = build(id);
    is_built_[id.index] = true;
  }
  return built_[id.index];
}

Edge Diagrams::build(NodeId id) {
  const Node& node = at(program_.nodes, id);
  switch (node.op) {
    case Op::constant: return node.a ? table_.yes() : table_.no();
    case Op::all: {
      Edge result = table_.yes();
      for (std::uint32_t i = 0; i < node.b; ++i)
        result = table_.conjunction(result, condition(program_.children[node.a + i]));
      return result;
    }
    case Op::any: {
      Edge result = table_.no();
      for (std::uint32_t i = 0; i < node.b; ++i)
        result = table_.disjunction(result, condition(program_.children[node.a + i]));
      return result;
    }
    case Op::negation: return table_.negation(condition(program_.children[node.a]));
    case Op::in_range: return in_range(program_.terms[node.a], program_.ranges[node.b]);
    case Op::in_mask: {
      const std::uint64_t mask = program_.masks[node.b];
      return table_.indicator(value_of(program_.terms[node.a]),
                              [&](const Leaf& leaf) { return ((mask >> leaf.low) & 1) != 0; });
    }
    case Op::compare: return compare(program_.terms[node.a], node.relation, program_.terms[node.b]);
    case Op::includes_any:
    case Op::includes_all: return set_test(node.op, program_.terms[node.a], program_.masks[node.b]);
    case Op::is_empty: return set_is_empty(program_.terms[node.a]);
    case Op::duty_is:
      return table_.indicator(readable(SubjectId{node.a}),
                              [&](const Leaf& leaf) { return leaf.low == Scalar{node.b}; });
    case Op::day_in: {
      const Range& range = program_.ranges[node.b];
      return as_at_.days >= range.low && as_at_.days <= range.high ? table_.yes() : table_.no();
    }
  }
  return table_.no();
}

/// What a number or date comes to as time elapsed: later dates have less behind them.
Range Diagrams::passed(const Leaf& leaf, Elapsed unit) const {
  if (unit == Elapsed::none) return {leaf.low, leaf.high};
  const auto since = [&](Scalar days) { return elapsed(unit, Date{static_cast<std::int32_t>(days)}, as_at_); };
  return {since(leaf.high), since(leaf.low)};
}

Edge Diagrams::in_range(const Term& term, const Range& range) {
  return table_.map(value_of({term.is_subject, term.index, Elapsed::none}), [&](const Leaf& leaf) {
    const Range has = passed(leaf, term.elapsed);
    if (has.low >= range.low && has.high <= range.high) return table_.yes();
    if (has.high < range.low || has.low > range.high) return table_.no();
    // The cuts keep this from happening; if they did not, the answer stays open rather than wrong.
    return relation_unknown(leaf, term.elapsed, Leaf::of_value(range.low), Elapsed::none, table_.no(), table_.yes(),
                            table_.yes());
  });
}

Edge Diagrams::set_test(Op op, const Term& term, std::uint64_t mask) {
  Edge result = op == Op::includes_all ? table_.yes() : table_.no();
  const Edge set = value_of(term);
  for (std::uint32_t i = 0; i < 64; ++i) {
    if (!((mask >> i) & 1)) continue;
    const Edge has = table_.map(set, [&](const Leaf& leaf) { return element(leaf, i); });
    result = op == Op::includes_all ? table_.conjunction(result, has) : table_.disjunction(result, has);
  }
  return result;
}

Edge Diagrams::element(const Leaf& leaf, std::uint32_t element) {
  if (leaf.kind == Leaf::Kind::value)
    return (static_cast<std::uint64_t>(leaf.low) >> element) & 1 ? table_.yes() : table_.no();
  if (leaf.of_subject)
    return table_.node(hidden({leaf.of, leaf.of_conflict, element + 1}), {table_.no(), table_.yes()});
  const std::uint32_t first = variables_.first_of(FactId{leaf.of});
  for (std::uint32_t i = 0; i < variables_.count_of(FactId{leaf.of}); ++i) {
    const Variable& variable = variables_.all()[first + i];
    if (variable.kind == Variable::Kind::element && variable.element == element) {
      return table_.node(first + i, {table_.no(), table_.yes()});
    }
  }
  return table_.no();
}

Edge Diagrams::set_is_empty(const Term& term) {
  const Edge set = value_of(term);
  const std::uint64_t mentioned = variables_.mentioned(term);
  return table_.map(set, [&](const Leaf& leaf) {
    if (leaf.kind == Leaf::Kind::value) return leaf.low == 0 ? table_.yes() : table_.no();
    Edge some = table_.no();
    for (std::uint32_t i = 0; i < 64; ++i) {
      if ((mentioned >> i) & 1) some = table_.disjunction(some, element(leaf, i));
    }
    Edge rest = table_.no();
    if (leaf.of_subject) {
      constexpr std::uint32_t rest_part = 65;
      rest = table_.node(hidden({leaf.of, leaf.of_conflict, rest_part}), {table_.no(), table_.yes()});
    } else {
      const FactId fact{leaf.of};
      for (std::uint32_t i = 0; i < variables_.count_of(fact); ++i) {
        const std::uint32_t variable = variables_.first_of(fact) + i;
        if (variables_.all()[variable].kind == Variable::Kind::rest)
          rest = table_.node(variable, {table_.no(), table_.yes()});
      }
    }
    return table_.negation(table_.disjunction(some, rest));
  });
}

Edge Diagrams::compare(const Term& a, Relation relation, const Term& b) {
  const Edge left = value_of({a.is_subject, a.index, Elapsed::none});
  const Edge right = value_of({b.is_subject, b.index, Elapsed::none});
  return table_.combine(
      left, right, [&](const Leaf& x, const Leaf& y) { return compare_leaves(x, a.elapsed, relation, y, b.elapsed); });
}

Edge Diagrams::compare_leaves(const Leaf& a, Elapsed a_unit, Relation relation, const Leaf& b, Elapsed b_unit) {
  const auto truth = [&](bool holds) { return holds ? table_.yes() : table_.no(); };
  if (a == b && a_unit == b_unit) return truth(holds_between(0, relation, 0));
  const Range x = passed(a, a_unit);
  const Range y = passed(b, b_unit);
  const bool always_less = x.high < y.low;
  const bool always_greater = x.low > y.high;
  if (always_less || always_greater) return truth(holds_between(always_less ? 0 : 1, relation, always_less ? 1 : 0));
  if (x.low == x.high && y.low == y.high) return truth(holds_between(x.low, relation, y.low));
  const bool at_most = x.high <= y.low;   // never greater
  const bool at_least = x.low >= y.high;  // never less
  if (at_most && (relation == Relation::less_equal || relation == Relation::greater))
    return truth(relation == Relation::less_equal);
  if (at_least && (relation == Relation::greater_equal || relation == Relation::less))
    return truth(relation == Relation::greater_equal);
  return relation_unknown(a, a_unit, b, b_unit, truth(holds_between(0, relation, 1)),
                          truth(holds_between(0, relation, 0)), truth(holds_between(1, relation, 0)));
}

/// A variable for how two values compare that are not told apart. It may ask what cannot be (of three values, say), so
/// whoever finds that it matters says "approximate"; that it does not matter is certain.
Edge Diagrams::relation_unknown(const Leaf& a, Elapsed a_unit, const Leaf& b, Elapsed b_unit, Edge less, Edge equal,
                                Edge greater) {
  for (const Pairing& pairing : pairings_) {
    if (pairing.a == a && pairing.a_unit == a_unit && pairing.b == b && pairing.b_unit == b_unit) {
      return table_.node(pairing.variable, {less, equal, greater});
    }
    if (pairing.a == b && pairing.a_unit == b_unit && pairing.b == a && pairing.b_unit == a_unit) {
      return table_.node(pairing.variable, {greater, equal, less});
    }
  }
  const std::uint32_t variable = first_auxiliary + static_cast<std::uint32_t>(auxiliaries_.size());
  const auto term = [](const Leaf& leaf, Elapsed unit) { return Term{leaf.of_subject, leaf.of, unit}; };
  pairings_.push_back({a, a_unit, b, b_unit, variable});
  // A plain number on one side stands for the value on the other: both are named, so that it can be asked for.
  auxiliaries_.emplace_back(term(a.kind == Leaf::Kind::value ? b : a, a_unit),
                            term(b.kind == Leaf::Kind::value ? a : b, b_unit));
  return table_.node(variable, {less, equal, greater});
}

}  // namespace duly
