#include "interpreter/analysis/common_variables.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <unordered_map>

namespace duly {
namespace {

constexpr std::uint32_t first_auxiliary = 0x1000'0000;

bool is_scaled(TypeKind kind) { return kind == TypeKind::number || kind == TypeKind::date; }

/// Facts in the order of the diagram's variables.
std::vector<FactId> facts_in_order(const Diagrams& diagrams) {
  std::vector<FactId> facts;
  for (const Variable& variable : diagrams.variables().all()) {
    if (facts.empty() || facts.back() != variable.fact) facts.push_back(variable.fact);
  }
  return facts;
}

}  // namespace

CommonVariables::CommonVariables(Diagrams& first, Diagrams& second, Table& table)
    : sides_{&first, &second}, table_(table) {
  const auto name_of = [&](int side, FactId fact) { return at(sides_[side]->program().facts, fact).name; };
  for (const FactId fact : facts_in_order(first)) {
    const std::string name = name_of(0, fact);
    const auto other = second.program().find_fact(name);
    if (other && !can_be_shared(fact, *other)) {
      not_shared_.push_back(name);
      add_fact(name, fact, std::nullopt);
      add_fact(name, std::nullopt, other);
    } else {
      add_fact(name, fact, other);
    }
  }
  for (const FactId fact : facts_in_order(second)) {
    const std::string name = name_of(1, fact);
    if (!first.program().find_fact(name)) add_fact(name, std::nullopt, fact);
  }
}

/// Of one kind, and with a value in common.
bool CommonVariables::can_be_shared(FactId first, FactId second) const {
  const Type& a = type_of(0, first);
  const Type& b = type_of(1, second);
  if (a.kind != b.kind) return false;
  if (is_scaled(a.kind)) return a.unit == b.unit && a.low <= b.high && b.low <= a.high;
  if (a.kind != TypeKind::choice) return true;
  const auto names = values_of(0, first);
  const auto others = values_of(1, second);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) != others.end();
  });
}

std::vector<std::string> CommonVariables::values_of(int side, FactId fact) const {
  const Program& program = sides_[side]->program();
  const Type& type = type_of(side, fact);
  if (type.kind == TypeKind::yes_no) return {"no", "yes"};
  std::vector<std::string> names;
  for (const ChoiceValue& value : at(program.choices, type.choice).values) names.push_back(value.name);
  return names;
}

void CommonVariables::add_fact(const std::string& name, std::optional<FactId> first, std::optional<FactId> second) {
  Common common;
  common.name = name;
  common.fact[0] = first;
  common.fact[1] = second;
  const TypeKind kind = first ? type_of(0, *first).kind : type_of(1, *second).kind;
  const auto begin = static_cast<std::uint32_t>(commons_.size());
  if (is_scaled(kind)) {
    add_scaled(std::move(common));
  } else if (kind == TypeKind::set) {
    add_set(common);
  } else if (kind != TypeKind::text) {
    add_choice(std::move(common));
  }
  for (auto index = begin; index < commons_.size(); ++index) {
    if (first) of_fact_[{0, first->index}].push_back(index);
    if (second) of_fact_[{1, second->index}].push_back(index);
  }
}

void CommonVariables::add_scaled(Common common) {
  Range range;
  std::set<Scalar> starts;
  TypeKind kind = TypeKind::number;
  for (const int side : {0, 1}) {
    if (!common.fact[side]) continue;
    const Type& type = type_of(side, *common.fact[side]);
    kind = type.kind;
    range = {std::max(range.low, type.low), std::min(range.high, type.high)};
    for (const Range& each : sides_[side]->variables().regions({false, common.fact[side]->index, Elapsed::none})) {
      starts.insert(each.low);
    }
  }
  std::erase_if(starts, [&](Scalar start) { return start < range.low || start > range.high; });
  starts.insert(range.low);
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const Scalar high = std::next(start) == starts.end() ? range.high : *std::next(start) - 1;
    Part part;
    for (const int side : {0, 1}) {
      part.scalar[side] = representative({*start, high}, kind, today());
      if (common.fact[side]) part.value[side] = sides_[side]->variables().region_of(*common.fact[side], *start);
    }
    common.parts.push_back(part);
  }
  commons_.push_back(std::move(common));
}

void CommonVariables::add_choice(Common common) {
  const int side = common.fact[0] ? 0 : 1;
  const std::vector<std::string> names = values_of(side, *common.fact[side]);
  const std::vector<std::string> others = common.fact[1] ? values_of(1, *common.fact[1]) : names;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(others.begin(), others.end(), names[i]);
    if (found == others.end()) continue;
    const auto other = static_cast<std::uint32_t>(found - others.begin());
    common.parts.push_back({{i, other}, {static_cast<Scalar>(i), static_cast<Scalar>(other)}});
  }
  commons_.push_back(std::move(common));
}

/// A variable for each element that either policy mentions and both know; one more for all the others.
void CommonVariables::add_set(const Common& common) {
  const int side = common.fact[0] ? 0 : 1;
  const std::vector<std::string> names = values_of(side, *common.fact[side]);
  const std::vector<std::string> others = common.fact[1] ? values_of(1, *common.fact[1]) : names;
  std::uint64_t mentioned[2] = {0, 0};
  for (const int each : {0, 1}) {
    if (!common.fact[each]) continue;
    mentioned[each] = sides_[each]->variables().mentioned({false, common.fact[each]->index, Elapsed::none});
  }
  std::optional<Common> rest;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(others.begin(), others.end(), names[i]);
    if (found == others.end()) continue;
    const auto other = static_cast<std::uint32_t>(found - others.begin());
    const bool told_apart =
        (((common.fact[0] ? mentioned[0] >> i : 0) | (common.fact[1] ? mentioned[1] >> other : 0)) & 1) != 0;
    Common next = common;
    next.kind = told_apart ? Variable::Kind::element : Variable::Kind::rest;
    next.element[0] = i;
    next.element[1] = other;
    next.parts = {{{0, 0}, {0, 0}}, {{1, 1}, {1, 1}}};
    if (told_apart) {
      commons_.push_back(std::move(next));
    } else if (!rest) {
      rest = std::move(next);
    }
  }
  if (rest) commons_.push_back(std::move(*rest));
}

/// For each value of a policy's variable, when it holds, over the common variables.
std::vector<Edge> CommonVariables::conditions(int side, std::uint32_t index) {
  const Variable& variable = sides_[side]->variables().all()[index];
  const std::vector<std::uint32_t>& commons = of_fact_[{side, variable.fact.index}];
  if (variable.kind == Variable::Kind::fact) {
    const Common& common = commons_[commons.front()];
    std::vector<Edge> result;
    for (std::uint32_t value = 0; value < variable.arity; ++value) {
      std::vector<Edge> children;
      for (const Part& part : common.parts) children.push_back(part.value[side] == value ? table_.yes() : table_.no());
      result.push_back(table_.node(commons.front(), children));
    }
    return result;
  }
  const std::uint64_t mentioned = sides_[side]->variables().mentioned({false, variable.fact.index, Elapsed::none});
  Edge yes = table_.no();
  for (const std::uint32_t each : commons) {
    const Common& common = commons_[each];
    const bool is_mentioned = ((mentioned >> common.element[side]) & 1) != 0;
    const bool counts = variable.kind == Variable::Kind::element
                            ? common.kind == Variable::Kind::element && common.element[side] == variable.element
                            : !is_mentioned;
    if (counts) yes = table_.disjunction(yes, has(each));
  }
  return {table_.negation(yes), yes};
}

Edge CommonVariables::bring(int side, Edge root, const std::function<Edge(const Leaf&)>& leaf) {
  const Diagrams& diagrams = *sides_[side];
  const Table& from = diagrams.table();
  std::unordered_map<std::uint32_t, Edge> memo;
  const std::function<Edge(Edge)> go = [&](Edge edge) -> Edge {
    if (edge.is_leaf()) return leaf(from.leaf_of(edge));
    if (const auto found = memo.find(edge.bits()); found != memo.end()) return found->second;
    const std::uint32_t variable = from.variable(edge);
    std::vector<Edge> when;
    if (diagrams.is_auxiliary(variable) || diagrams.is_hidden(variable)) {
      const auto next = first_auxiliary + static_cast<std::uint32_t>(auxiliaries_.size());
      const std::uint32_t common = auxiliaries_.emplace(std::pair{side, variable}, next).first->second;
      for (std::uint32_t i = 0; i < from.arity(edge); ++i) {
        std::vector<Edge> just(from.arity(edge), table_.no());
        just[i] = table_.yes();
        when.push_back(table_.node(common, just));
      }
    } else {
      when = conditions(side, variable);
    }
    std::optional<Edge> result;
    for (std::uint32_t i = 0; i < from.arity(edge); ++i) {
      if (when[i] == table_.no()) continue;  // a value that the other policy does not have
      const Edge child = go(from.child(edge, i));
      result = result ? table_.choose(when[i], child, *result) : child;
    }
    memo.emplace(edge.bits(), *result);
    return *result;
  };
  return go(root);
}

Case CommonVariables::case_of(int side, const Path& path, Date day) const {
  Case facts(sides_[side]->program());
  facts.as_at = day;
  for (const auto& [variable, value, arity] : path) {
    if (variable >= first_auxiliary) continue;
    const Common& common = commons_[variable];
    if (!common.fact[side]) continue;
    const FactId fact = *common.fact[side];
    if (common.kind == Variable::Kind::fact) {
      facts.set(fact, common.parts[value].scalar[side]);
      continue;
    }
    auto elements = facts.known(fact) ? static_cast<std::uint64_t>(facts.value(fact)) : 0;
    if (value == 1) elements |= std::uint64_t{1} << common.element[side];
    facts.set(fact, static_cast<Scalar>(elements));
  }
  return facts;
}

std::vector<std::string> CommonVariables::facts_of(Edge diagram) const {
  std::vector<std::string> names;
  for (const std::uint32_t variable : table_.support(diagram)) {
    if (variable >= first_auxiliary) continue;
    const std::string& name = commons_[variable].name;
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

}  // namespace duly
